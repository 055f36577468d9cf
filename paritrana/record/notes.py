"""What the tables say in words: English in the tables themselves, Indonesian in `notes.csv`, one row per text."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from paritrana.record.tables import Tables

# The columns of each table whose texts pages show, other than names and titles.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "observations": ("note",),
    "awards": ("note", "recipient"),
    "flags": ("reason",),
    "corrections": ("reason",),
    "jury_scores": ("evidence",),
}


def texts(tables: Tables) -> set[str]:
    """All texts of the tables that `notes.csv` may have in Indonesian."""
    columns = [getattr(tables, name)[column] for name, columns in TEXTS.items() for column in columns]
    return set(pd.concat(columns).dropna())
