"""The strength of the strongest regulation that is known of a region."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from paritrana.record.tables import Tables


def regulation(tables: Tables, year: int, strength: Mapping[str, float]) -> pd.DataFrame:
    """Strength of the strongest regulation found in a region up to the year (share of 1).

    A regulation without a year counts from the year in which its source was published. None found is
    unknown, not zero: the region has no row.
    """
    rows = tables.regulations
    published = rows["source_id"].map(tables.sources.set_index("source_id")["published"])
    in_force = rows["year"].astype(float).fillna(published.astype("str").str[:4].astype(float))
    rows = rows.assign(value=rows["kind"].map(strength), in_force=in_force)
    rows = rows[(rows["in_force"] <= year)].dropna(subset=["value", "region_code"])
    strongest = rows[rows["value"] == rows.groupby("region_code")["value"].transform("max")]
    return strongest.groupby("region_code").agg(
        low=("value", "first"),
        high=("value", "first"),
        kind=("value", lambda _: "recorded"),
        as_of=("in_force", lambda years: f"{int(min(years))}"),
        doubtful=("value", lambda _: False),
        observations=("kind", lambda _: ()),
        sources=("source_id", lambda ids: tuple(dict.fromkeys(ids))),
    )
