"""Growth of active participants over the same month of the year before."""

from __future__ import annotations

import pandas as pd

from paritrana.indicators.frames import figures, first_of, joined, ratio
from paritrana.record.picking import Picks, is_best, with_standing
from paritrana.record.tables import Tables


def growth(tables: Tables, picks: Picks) -> pd.DataFrame:
    """Growth of active participants over the same month of the year before; else the growth that a source states."""
    now = figures(picks, "active_participants").dropna(subset=["as_of"])
    before = _participants_by_month(tables, picks.year - 1)
    key = pd.MultiIndex.from_arrays([now.index, now["as_of"].str[5:7]])
    then = before.reindex(key).set_axis(now.index)
    counted = now.assign(
        low=now["low"] / then["high"] - 1,
        high=now["high"] / then["low"] - 1,
        sources=joined(now["sources"], then["sources"]),
        observations=joined(now["observations"], then["observations"]),
    )
    stated = figures(picks, "growth_pct")
    return first_of(
        [ratio(counted, pd.Series(1.0, index=now.index)), ratio(stated, pd.Series(100.0, index=stated.index))]
    )


def _participants_by_month(tables: Tables, year: int) -> pd.DataFrame:
    """Active participants of a year by region and month ("01" to "12"), the best figure of each month."""
    rows = with_standing(tables, year)
    rows = rows[(rows["reason"] == "") & (rows["indicator"] == "active_participants") & (rows["segment"] == "all")]
    rows = rows.dropna(subset=["as_of"]).assign(month=lambda frame: frame["as_of"].str[5:7])
    best = rows[is_best(rows, ["region_code", "month"])].groupby(["region_code", "month"])
    return best.agg(
        low=("value", "min"),
        high=("value", "max"),
        sources=("source_id", tuple),
        observations=("observation_id", tuple),
    )
