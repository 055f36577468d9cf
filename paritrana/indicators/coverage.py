"""Coverage over the employed: stated, summed over segments, or converted from another base."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from paritrana.indicators.formulas import share
from paritrana.indicators.frames import HIGH_QUANTILE, LOW_QUANTILE, figures, first_of, joined, labour_force, ratio
from paritrana.record.picking import Picks
from paritrana.record.regions import participants
from paritrana.record.tables import Tables
from paritrana.record.years import window


def coverage(picks: Picks, survey: pd.DataFrame, plausible: tuple[float, float], construction: float) -> pd.DataFrame:
    """Coverage over the employed: from participants, else from their segments, else from a share on another base."""
    employed = survey["employed"]
    eligible = figures(picks, "eligible_workers")
    known = share(eligible[["low", "high"]].mean(axis=1), employed.reindex(eligible.index))
    ranges = pd.DataFrame({"low": plausible[0], "high": plausible[1]}, index=survey.index)
    known_ranges = ranges.assign(low=known, high=known).fillna(ranges)
    one = ranges.assign(low=1.0, high=1.0)
    over_force = share(survey["labour_force"], employed)
    bases = {
        "employed": one,
        "labour_force": ranges.assign(low=over_force, high=over_force),
        "potential": known_ranges,
        "workers_unspecified": ranges.assign(high=over_force),
        "unspecified": ranges.assign(high=over_force),
    }
    routes = [
        ratio(figures(picks, "active_participants"), employed),
        ratio(_summed_segments(picks, construction), employed).assign(kind="converted"),
    ]
    routes += [_converted(figures(picks, "coverage_share_pct", "all", base), bases[base]) for base in bases]
    return first_of(routes)


def _summed_segments(picks: Picks, construction: float) -> pd.DataFrame:
    """Active participants as wage earners + non-wage workers + construction workers, where the first two are known.

    Where the construction workers are not stated they may be none, or up to `construction` per participant of the
    two other segments: the sum is an interval.
    """
    wage, other = (
        figures(picks, "formal_participants", "wage_earners"),
        figures(picks, "informal_participants", "non_wage"),
    )
    both = wage.index.intersection(other.index)
    wage, other = wage.loc[both], other.loc[both]
    building = figures(picks, "construction_participants", "construction").reindex(both)
    low, high = wage["low"] + other["low"], wage["high"] + other["high"]
    return wage.assign(
        low=low + building["low"].fillna(0),
        high=high + building["high"].fillna(high * construction),
        doubtful=wage["doubtful"] | other["doubtful"],
        observations=joined(wage["observations"], other["observations"]),
        sources=joined(wage["sources"], other["sources"]),
    )


def construction_ratio(tables: Tables) -> float:
    """95th percentile over provinces of construction workers per participant of the other segments (Kemnaker 2023)."""
    rows = participants(tables)
    return float(
        (rows["construction_jakon"] / (rows["wage_earners_pu"] + rows["non_wage_bpu"])).quantile(HIGH_QUANTILE)
    )


def _converted(stated: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Stated shares (percent of a base) as shares of the employed; `base` is the base per employed person."""
    ratio = base.reindex(stated.index)
    rows = stated.assign(low=stated["low"] / 100 * ratio["low"], high=stated["high"] / 100 * ratio["high"])
    return rows.assign(kind="converted").dropna(subset=["low"])


def eligible_ratio(tables: Tables, picks: Mapping[int, Picks], year: int) -> tuple[float, float]:
    """5th and 95th percentile of eligible workers per employed person, as recorded around the year.

    "Eligible" ("potential") workers are the base of most stated shares; where a region's own count is not
    known, this is the range of plausible bases.
    """
    ratios = []
    for near in window(year):
        eligible = figures(picks[near], "eligible_workers")
        employed = labour_force(tables, near)["employed"]
        ratios.append(share(eligible[["low", "high"]].mean(axis=1), employed.reindex(eligible.index)))
    low, high = pd.concat(ratios).dropna().quantile([LOW_QUANTILE, HIGH_QUANTILE])
    return float(low), float(high)
