"""Derived indicators: the formulas, their units, and what they give for each region and year.

An indicator is a value or an interval per region. `derive` makes them all for one year from the picked
figures, the labour force survey (Sakernas, August) and the regulations; nothing is filled in here: a
region without a figure has no row.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from paritrana.record.picking import GROUP, Picks, is_best, with_standing
from paritrana.record.tables import Tables

CONTRIBUTION = 16_800  # rupiah a month, JKK 10,000 + JKM 6,800, lowest income class of non-wage workers
MONTHS = 12
BREAK_YEAR = 2023  # Sakernas has a new population base from here on: no comparison across it
LAST_YEAR = 2025  # the newest Sakernas in data/
# Years whose recorded values may stand in for each other, around the assessment year.
WINDOW = (-1, 0, 1)
LOW_QUANTILE, HIGH_QUANTILE = 0.05, 0.95
CRITERION_INDICATORS = ("coverage_employed", "vulnerable_per_informal", "growth", "regulation", "non_asn")
COLUMNS = ["low", "high", "kind", "as_of", "doubtful", "observations", "sources"]


def share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """part / whole, a share (1 = all): coverage over employed or labour force, vulnerable per informal worker."""
    return part / whole.where(whole > 0)


def gap_persons(participants: pd.Series, workers: pd.Series) -> pd.Series:
    """Workers not covered, persons: max(workers - participants, 0)."""
    return (workers - participants).clip(lower=0)


def person_months(budget: pd.Series) -> pd.Series:
    """Person-months of JKK + JKM that a budget buys: budget / Rp16,800."""
    return budget / CONTRIBUTION


def months_of_cover(budget: pd.Series, workers: pd.Series) -> pd.Series:
    """Months each protected worker is covered: budget / workers / Rp16,800."""
    return share(budget, workers) / CONTRIBUTION


def cost_of_cover(workers: pd.Series) -> pd.Series:
    """Rupiah that a year of JKK + JKM costs for these workers: workers x Rp16,800 x 12."""
    return workers * CONTRIBUTION * MONTHS


def labour_force(tables: Tables, year: int) -> pd.DataFrame:
    """Sakernas of one year, indexed by region code (kabupaten/kota), counts of persons as floats."""
    rows = tables.labour_force[tables.labour_force["year"] == year].set_index("kemendagri_code")
    counts = ["labour_force", "employed", "informal_employed", "formal_employed", "employed_public_admin"]
    return rows[counts].astype(float).sort_index()


def derive(tables: Tables, picks: Mapping[int, Picks], year: int, strength: Mapping[str, float]) -> pd.DataFrame:
    """The indicators that criteria score, for every kabupaten/kota with a figure in the year.

    `picks` are the picked figures of the year and of its neighbours; `strength` gives the value of each kind
    of regulation.

    Returns one row per region and indicator (index: region_code, indicator) with `low` and `high` (shares;
    1 = 100 %), `kind` (`recorded`, `conflict` where sources disagree, `converted` where a share on another
    base was turned into one over the employed), `as_of`, `doubtful`, `observations`, `sources`.
    """
    survey = labour_force(tables, year)
    now = picks[year]
    made = {
        "coverage_employed": _coverage(now, survey, eligible_ratio(tables, picks, year), construction_ratio(tables)),
        "vulnerable_per_informal": _ratio(
            figures(now, "vulnerable_workers_protected", "vulnerable"), survey["informal_employed"]
        ),
        "growth": _growth(tables, now),
        "regulation": regulation(tables, year, strength),
        "non_asn": _ratio(figures(now, "non_asn_coverage_pct", "non_asn"), pd.Series(100.0, index=survey.index)),
    }
    frame = pd.concat({name: part[COLUMNS] for name, part in made.items() if len(part)}, names=["indicator"])
    frame = frame.rename_axis(["indicator", "region_code"]).swaplevel()
    return frame[frame.index.get_level_values("region_code").isin(survey.index)].sort_index()


def of_indicator(derived: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of one indicator in the frame of `derive`, indexed by region code; empty where there are none."""
    return derived[derived.index.get_level_values("indicator") == name].droplevel("indicator")


def figures(picks: Picks, indicator: str, segment: str = "all", denominator: str = "") -> pd.DataFrame:
    """The picked figures of one indicator, indexed by region code."""
    rows, wanted = picks.picked, zip(GROUP[1:], (indicator, segment, denominator), strict=True)
    for level, value in wanted:
        rows = rows[rows.index.get_level_values(level) == value]
    return rows.droplevel(GROUP[1:])


def _ratio(part: pd.DataFrame, whole: pd.Series) -> pd.DataFrame:
    """Figures divided by a count of the same region; regions without the count are left out."""
    base = whole.reindex(part.index)
    rows = part.assign(low=share(part["low"], base), high=share(part["high"], base))
    return rows.assign(kind=np.where(rows["low"] < rows["high"], "conflict", "recorded")).dropna(subset=["low"])


def _coverage(picks: Picks, survey: pd.DataFrame, plausible: tuple[float, float], construction: float) -> pd.DataFrame:
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
        _ratio(figures(picks, "active_participants"), employed),
        _ratio(_summed_segments(picks, construction), employed).assign(kind="converted"),
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
        observations=_joined(wage["observations"], other["observations"]),
        sources=_joined(wage["sources"], other["sources"]),
    )


def construction_ratio(tables: Tables) -> float:
    """95th percentile over provinces of construction workers per participant of the other segments (Kemnaker 2023)."""
    rows = tables.participants_province
    return float(
        (rows["construction_jakon"] / (rows["wage_earners_pu"] + rows["non_wage_bpu"])).quantile(HIGH_QUANTILE)
    )


def _converted(stated: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Stated shares (percent of a base) as shares of the employed; `base` is the base per employed person."""
    ratio = base.reindex(stated.index)
    rows = stated.assign(low=stated["low"] / 100 * ratio["low"], high=stated["high"] / 100 * ratio["high"])
    return rows.assign(kind="converted").dropna(subset=["low"])


def first_of(routes: list[pd.DataFrame]) -> pd.DataFrame:
    """Each row (by its index) from the first of the routes that has it."""
    filled = [route for route in routes if len(route)] or routes[:1]
    rows = pd.concat([route[COLUMNS] for route in filled])
    return rows[~rows.index.duplicated()]


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


def window(year: int) -> list[int]:
    """The assessment year and its neighbours that the survey covers on this side of its break."""
    return [year + step for step in WINDOW if BREAK_YEAR <= year + step <= LAST_YEAR]


def _growth(tables: Tables, picks: Picks) -> pd.DataFrame:
    """Growth of active participants over the same month of the year before; else the growth that a source states."""
    now = figures(picks, "active_participants").dropna(subset=["as_of"])
    before = _participants_by_month(tables, picks.year - 1)
    key = pd.MultiIndex.from_arrays([now.index, now["as_of"].str[5:7]])
    then = before.reindex(key).set_axis(now.index)
    counted = now.assign(
        low=now["low"] / then["high"] - 1,
        high=now["high"] / then["low"] - 1,
        sources=_joined(now["sources"], then["sources"]),
        observations=_joined(now["observations"], then["observations"]),
    )
    stated = figures(picks, "growth_pct")
    return first_of(
        [_ratio(counted, pd.Series(1.0, index=now.index)), _ratio(stated, pd.Series(100.0, index=stated.index))]
    )


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Two columns of tuples of ids as one, without repeats; the second may be missing."""
    pairs = zip(first, second, strict=True)
    joined = [tuple(dict.fromkeys(a + (b if isinstance(b, tuple) else ()))) for a, b in pairs]
    return pd.Series(joined, index=first.index, dtype=object)


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


def regulation(tables: Tables, year: int, strength: Mapping[str, float]) -> pd.DataFrame:
    """Strength of the strongest regulation found in a kabupaten/kota up to the year (share of 1).

    A regulation without a year counts from the year in which its source was published. None found is
    unknown, not zero: the region has no row.
    """
    rows = tables.regulations[tables.regulations["level"].isin(["kabupaten", "kota"])]
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
