"""Gaps: what a value that nobody recorded may be, on a ladder of three assumptions.

A gap is neither zero nor the mean; it is an interval.

- *plausible*: an actual value of a neighbouring year, widened by the year-to-year changes that the record
  shows; else the 5th to 95th percentile of the values recorded nationwide around the year.
- *anything*: all that the criterion allows (left as NaN, which the engine reads as the goalposts).
- *known*: as plausible, but only criteria recorded for at least 60 % of the candidates count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from paritrana.indicators.catalogue import indicator
from paritrana.indicators.frames import HIGH_QUANTILE, LOW_QUANTILE, first_of, of_indicator

KNOWN_SHARE = 0.60  # a criterion counts as known where it is recorded for this share of the candidates
FEWEST_CHANGES = 5  # year-to-year changes needed before they are taken to widen a neighbouring value


@dataclass(frozen=True)
class Spread:
    """What the values of one indicator, recorded nationwide around the year, say of a gap.

    `low`, `high`: their 5th and 95th percentile, NaN where nobody recorded any. `fall`, `rise`: the 5th and 95th
    percentile of their changes from one year to the next; None where there are too few to say.
    """

    low: float
    high: float
    fall: float | None
    rise: float | None


def spreads(recorded: Mapping[int, pd.DataFrame], indicators: Sequence[str]) -> dict[str, Spread]:
    """The spread of each indicator; `recorded` as in `plausible`, with the regions of the whole country."""
    by_year = {name: {near: of_indicator(frame, name) for near, frame in recorded.items()} for name in indicators}
    return {
        name: _spread(_middles(frames).to_numpy(), yearly_changes(frames).to_numpy())
        for name, frames in by_year.items()
    }


def plausible(
    recorded: Mapping[int, pd.DataFrame],
    spread: Mapping[str, Spread],
    year: int,
    regions: Sequence[str],
    indicators: Sequence[str],
) -> pd.DataFrame:
    """Every region and indicator of one year: recorded where there is a record, else a plausible interval.

    `recorded` holds, for the year and its neighbours, the frame of `indicators.derive`. Returns one row per
    region and indicator (same columns); the kind of a filled row is `neighbour` or `nationwide`.
    """
    parts = [_filled(recorded, spread[name], year, regions, name) for name in indicators]
    return pd.concat(parts).sort_index()


def plausible_without(
    recorded: Mapping[int, pd.DataFrame], year: int, regions: Sequence[str], name: str
) -> pd.DataFrame:
    """What would be plausible (`low`, `high`, one row per region) of each region if its own value were not recorded.

    As `spreads` and `plausible` say of a record that lacks that one value, without making them anew for each.
    """
    by_year = {near: of_indicator(frame, name) for near, frame in recorded.items()}
    middles, changes = _middles(by_year), yearly_changes(by_year)
    made = {}
    for code in regions:
        others = middles.to_numpy()[~_of(middles, code, year)]
        spread = _spread(others, changes.to_numpy()[~(_of(changes, code, year - 1) | _of(changes, code, year))])
        steps = _steps(spread, year) if indicator(name).neighbours else []
        near = (
            _widened(by_year[at].at[code, "low"], by_year[at].at[code, "high"], down, up)
            for at, down, up in steps
            if at in by_year and code in by_year[at].index
        )
        made[code] = next(near, (spread.low, spread.high))
    return pd.DataFrame.from_dict(made, orient="index", columns=["low", "high"]).astype(float)


def anything(recorded: pd.DataFrame, regions: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    """Every region and indicator: recorded where there is a record, else NaN to NaN of kind `anything`."""
    wanted = pd.MultiIndex.from_product([regions, indicators], names=["region_code", "indicator"])
    return first_of([recorded, _filler(wanted, nan, nan, "anything")]).loc[wanted].sort_index()


def known_indicators(recorded: pd.DataFrame, regions: Sequence[str], indicators: Sequence[str]) -> list[str]:
    """The indicators recorded for at least 60 % of the regions, in the order given."""
    here = recorded[recorded.index.get_level_values("region_code").isin(regions)]
    counts = here.groupby("indicator").size()
    return [name for name in indicators if counts.get(name, 0) >= KNOWN_SHARE * len(regions)]


def _filled(
    recorded: Mapping[int, pd.DataFrame], spread: Spread, year: int, regions: Sequence[str], name: str
) -> pd.DataFrame:
    """One indicator of every region: the record, else a neighbouring year, else what is recorded nationwide."""
    by_year = {near: of_indicator(frame, name) for near, frame in recorded.items()}
    near = _neighbours(by_year, spread, year) if indicator(name).neighbours else []
    nationwide = _filler(pd.Index(regions), spread.low, spread.high, "nationwide")
    index = pd.MultiIndex.from_product([regions, [name]], names=["region_code", "indicator"])
    return first_of([by_year[year], *near, nationwide]).loc[list(regions)].set_axis(index)


def _spread(values: np.ndarray, changes: np.ndarray) -> Spread:
    """The spread of one indicator from its values and their yearly changes, in any order."""
    quantiles = [LOW_QUANTILE, HIGH_QUANTILE]
    low, high = np.quantile(values, quantiles) if len(values) else (nan, nan)
    fall, rise = np.quantile(changes, quantiles) if len(changes) >= FEWEST_CHANGES else (None, None)
    return Spread(low, high, fall, rise)


def _neighbours(by_year: Mapping[int, pd.DataFrame], spread: Spread, year: int) -> list[pd.DataFrame]:
    """Values of the year before, then of the year after, widened by the changes the record shows."""
    near = [(by_year[at], down, up) for at, down, up in _steps(spread, year) if at in by_year]
    ends = [_widened(frame["low"], frame["high"], down, up) for frame, down, up in near]
    return [
        frame.assign(low=low, high=high, kind="neighbour") for (frame, *_), (low, high) in zip(near, ends, strict=True)
    ]


def _steps(spread: Spread, year: int) -> list[tuple[int, float, float]]:
    """The neighbouring years in their order, with the changes from each to the year; none where too little is known."""
    if spread.fall is None or spread.rise is None:
        return []
    return [(year - 1, spread.fall, spread.rise), (year + 1, -spread.rise, -spread.fall)]


def _widened(low: Any, high: Any, down: float, up: float) -> tuple[Any, Any]:
    """The ends of values, numbers or columns of them, as the changes move them; no share is below zero."""
    return np.maximum(low + min(down, 0), 0), high + max(up, 0)


def yearly_changes(by_year: Mapping[int, pd.DataFrame]) -> pd.Series:
    """Changes of the recorded values from one year to the next, by the first year and the region.

    Only exact values count: between two converted shares the change would be that of the assumed base.
    """
    exact = {year: _middle(frame[frame["kind"] == "recorded"]) for year, frame in by_year.items()}
    pairs = [(year, year + 1) for year in by_year if year + 1 in by_year]
    changes = {before: (exact[after] - exact[before]).dropna() for before, after in pairs}
    return pd.concat(changes) if changes else pd.Series(dtype=float)


def _middles(by_year: Mapping[int, pd.DataFrame]) -> pd.Series:
    """The middle of every value, by year and region."""
    return pd.concat({year: _middle(frame) for year, frame in by_year.items()})


def _of(rows: pd.Series, code: str, year: int) -> np.ndarray:
    """Where a series by year and region speaks of a region in a year, (n,)."""
    if rows.empty:
        return np.zeros(0, dtype=bool)
    at, of = (rows.index.get_level_values(level).to_numpy() for level in (0, 1))
    return np.asarray((at == year) & (of == code))


def _middle(rows: pd.DataFrame) -> pd.Series:
    """The middle of each interval."""
    return rows[["low", "high"]].astype(float).mean(axis=1)


def _filler(index: pd.Index, low: float, high: float, kind: str) -> pd.DataFrame:
    """The same interval of one kind in every row, with no source."""
    rows = pd.DataFrame({"low": low, "high": high, "kind": kind, "as_of": None, "doubtful": False}, index=index)
    nothing = pd.Series([()] * len(index), index=index, dtype=object)
    return rows.assign(observations=nothing, sources=nothing)
