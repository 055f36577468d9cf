"""Who may be called the leader of a ranking: one rule for every page, table and sentence that names one.

A region is named only where all of this holds:

1. at least half of the candidates have a recorded value that nothing speaks against: a leader is one among others;
2. nothing speaks against any value that the region itself brings, be it of the year or of the year beside it that
   stands in for a gap: no doubtful figure, none of a BPJS branch or of a wider group, no share over 100 %, none whose
   year no source states or that repeats the count of the year before;
3. at least two of its own values are of the year: no single cell, and no neighbouring year alone;
4. no other candidate, recorded or not, is first as often, and
5. its probability of the first place is above chance (1/N); both by more than two standard errors of the draws.

Where nobody may be named, `obstacles` says why, and `best_known` what can be said instead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from paritrana.analysis.known import ProvinceRecord
from paritrana.analysis.ranking import Ranking
from paritrana.indicators.catalogue import CRITERION_INDICATORS, INDICATORS
from paritrana.indicators.doubts import Doubts
from paritrana.indicators.nation import Nation

FEWEST_SHARE = 0.5  # of the candidates that have a value which nothing speaks against
FEWEST_CELLS = 2  # values of the year that a leader has itself
STANDING_IN = tuple(each.id for each in INDICATORS if each.neighbours)
ERRORS = 2.0  # standard errors by which a probability is above another

Obstacle = Literal["few", "disowned", "single", "rival", "chance"]
NoLeader = Literal["administrative", "unrecorded", Obstacle]


@dataclass(frozen=True)
class Spread:
    """What is recorded of one indicator without doubt: in how many regions, and from where to where."""

    indicator: str
    regions: int
    low: float
    high: float


@dataclass(frozen=True)
class Headline:
    """What may be said of the first place of a ranking.

    `first` is the recorded region that is most often first, with its probability (`share`), the Monte Carlo error of
    it (`error`, one standard error), and `baseline`, what it were by chance. `obstacles` are the reasons not to name
    it. `cells` and `regions` count what is recorded and what there is,
    `own_cells` the same of `first` alone. `sound` are the regions that 2. and 3. of the rule let name, with the doubts
    about the others in `doubted`. `best_known` is the indicator recorded in most regions, None where nothing is
    recorded without doubt.
    """

    first: str
    share: float
    error: float
    baseline: float
    obstacles: tuple[Obstacle, ...]
    sound: frozenset[str]
    doubted: Mapping[str, tuple[str, ...]]
    cells: tuple[int, int]
    regions: tuple[int, int]
    own_cells: tuple[int, int]
    best_known: Spread | None

    @property
    def leader(self) -> str | None:
        """The region that may be called the leader; None where none may."""
        return None if self.obstacles else self.first

    @property
    def doubts(self) -> tuple[str, ...]:
        """What speaks against the values of `first`."""
        return self.doubted.get(self.first, ())


@dataclass(frozen=True)
class Verdict:
    """Who may be called the leader of a province, with the share of draws in which it is first; else why nobody may."""

    leader: str | None
    share: float | None
    why: tuple[NoLeader, ...]


def verdict(known: ProvinceRecord, ranking: Ranking | None) -> Verdict:
    """The rule applied to a province's main ranking; None where nothing can be ranked."""
    if known.is_administrative or ranking is None:
        return Verdict(None, None, ("administrative" if known.is_administrative else "unrecorded",))
    found = headline(known.nation, ranking)
    return Verdict(found.leader, found.share if found.leader else None, found.obstacles)


def headline(nation: Nation, ranking: Ranking) -> Headline:
    """Apply the rule to a ranking of regions in the nation's year; its candidates are those ranked and not rankable."""
    scored = {ranking.rubric.criterion(name).indicator for name in ranking.criteria}
    names = [name for name in CRITERION_INDICATORS if name in scored]
    candidates = [*ranking.regions, *ranking.not_rankable]
    cells = _of(nation.recorded[nation.year], candidates, names)
    against = {cell: kinds for cell, kinds in disowned(nation).items() if cell[1] in names}
    undoubted = cells[[cell not in against for cell in cells.index]]
    counts = {str(code): int(count) for code, count in cells.groupby("region_code").size().items()}
    doubted = _by_region(against)
    at = _most_often_first(ranking, counts.keys())
    first, chances = ranking.regions[at], ranking.any_weights
    tests: Mapping[Obstacle, bool] = {
        "few": undoubted.index.get_level_values("region_code").nunique() < FEWEST_SHARE * len(candidates),
        "disowned": first in doubted,
        "single": counts.get(first, 0) < FEWEST_CELLS,
        "rival": not _ahead(ranking, at),
        "chance": not _above_chance(ranking, at),
    }
    return Headline(
        first=first,
        share=float(chances.share[at, 0]),
        error=float(chances.standard_error[at, 0]),
        baseline=1 / len(ranking.regions),
        obstacles=tuple(name for name, stands in tests.items() if stands),
        sound=frozenset(code for code, count in counts.items() if count >= FEWEST_CELLS and code not in doubted),
        doubted=doubted,
        cells=(len(cells), len(candidates) * len(names)),
        regions=(len(counts), len(candidates)),
        own_cells=(counts.get(first, 0), len(names)),
        best_known=_best_known(undoubted, names),
    )


def disowned(nation: Nation) -> Doubts:
    """What speaks against the values of regions in the nation's year, by region and indicator.

    A gap has the doubts of the year before, else of the year after, where its indicator may stand in for it.
    """
    year = nation.year
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    seen: set[tuple[str, str]] = set()
    for near in (year, year - 1, year + 1):
        rows = nation.recorded.get(near)
        if rows is None:
            continue
        new = {cell for cell in rows.index if near == year or cell[1] in STANDING_IN} - seen
        found |= {cell: kinds for cell, kinds in nation.doubts[near].items() if cell in new}
        seen |= new
    return found


def _by_region(against: Mapping[tuple[str, str], tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The kinds of doubt about any value of each region."""
    kinds: dict[str, set[str]] = {}
    for (code, _), found in against.items():
        kinds.setdefault(code, set()).update(found)
    return {code: tuple(sorted(found)) for code, found in kinds.items()}


def _of(recorded: pd.DataFrame, regions: list[str], names: list[str]) -> pd.DataFrame:
    """The recorded values of these regions and indicators."""
    index = recorded.index
    return recorded[
        index.get_level_values("region_code").isin(regions) & index.get_level_values("indicator").isin(names)
    ]


def _most_often_first(ranking: Ranking, recorded: Collection[str]) -> int:
    """The position of the recorded region that is most often first; of any where none is recorded."""
    known = np.array([code in recorded for code in ranking.regions])
    return int(np.argmax(np.where(known, ranking.any_weights.share[:, 0], -1.0)))


def _ahead(ranking: Ranking, at: int) -> bool:
    """Whether a region is first more often than any other by more than the error of the difference.

    The draws are shared: the variance of the difference of two shares of them is (a + b - (a - b)^2) / draws.
    """
    share, draws = ranking.any_weights.share[:, 0], ranking.any_weights.draws
    others = np.delete(share, at)
    apart = share[at] - others
    error = np.sqrt(np.maximum(share[at] + others - apart**2, 0) / draws)
    return bool((apart > ERRORS * error).all())


def _above_chance(ranking: Ranking, at: int) -> bool:
    """Whether a region is first more often than 1/N by more than the error of its share."""
    chances = ranking.any_weights
    return bool(chances.share[at, 0] - 1 / len(ranking.regions) > ERRORS * chances.standard_error[at, 0])


def _best_known(sound: pd.DataFrame, names: list[str]) -> Spread | None:
    """The indicator with a value that nothing speaks against in most regions; the first of the catalogue on a tie."""
    if sound.empty:
        return None
    counts = sound.groupby("indicator").size().reindex(names, fill_value=0)
    name = str(counts.idxmax())
    rows = sound.xs(name, level="indicator")[["low", "high"]].astype(float)
    return Spread(name, len(rows), float(rows["low"].min()), float(rows["high"].max()))
