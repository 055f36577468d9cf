"""The provinces in the place of kabupaten/kota, so that all that is said of regions can be said of them."""

from __future__ import annotations

from dataclasses import replace

from paritrana.indicators.frames import COUNTS
from paritrana.record.tables import Tables


def provinces_as_regions(tables: Tables) -> Tables:
    """The tables with Sakernas summed by province: what is derived from them are the indicators of provinces.

    Its estimates for kabupaten/kota add up to those of their province, but for rounding. A province that a year's
    survey does not count whole has no row.
    """
    rows = tables.labour_force
    owner = rows["kemendagri_code"].str.split(".").str[0]
    summed = rows.groupby(["year", owner])[list(COUNTS)].agg(lambda counts: counts.sum(skipna=False))
    return replace(tables, labour_force=summed.reset_index().dropna())
