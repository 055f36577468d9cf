"""Stage 4, translations: each is of a text that a table holds."""

from collections.abc import Iterator

import pandas as pd

from paritrana.faults import Fault
from paritrana.record.notes import TEXTS
from paritrana.validation.sheet import Sheets


def check_notes(sheets: Sheets) -> Iterator[Fault]:
    """A translation of a text that no table has (any more)."""
    columns = [(sheets[name], column) for name, columns in TEXTS.items() for column in columns]
    if not all(sheet.complete(column) for sheet, column in columns):
        return
    sheet = sheets["notes"]
    written = set(pd.concat([sheet.text(column) for sheet, column in columns]))
    where = ", ".join(f"{column} of {sheet.file}" for sheet, column in columns)
    yield from sheet.faults(sheet.known("note") & ~sheet.text("note").isin(written), "note", f"a text of {where}")
