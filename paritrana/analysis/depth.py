"""What is exact about a ranking when any weights are admissible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pandas as pd

from paritrana.analysis.ranking import Ranking
from paritrana.engine.attribution import Aggregation, RankAttribution, rank_attribution
from paritrana.engine.inverse import Reproduction, reproduction
from paritrana.engine.rank_range import RangeSplit, RankRanges, rank_ranges
from paritrana.engine.ranks import from_first_on, rank_range_of_gaps
from paritrana.engine.scores import Ints
from paritrana.engine.smallest import Change, Rise, lift, rises
from paritrana.engine.spaces import simplex
from paritrana.engine.stability import NOBODY, Stability, stability
from paritrana.engine.table import Scored
from paritrana.parameters.page import Params

ATTRIBUTION_DRAWS = 2048  # a power of two; each is ranked once for every group of choices


@dataclass(frozen=True)
class Depth:
    """What is exact about a ranking when any weights are admissible (the whole simplex); arrays as in the ranking.

    `split`: rank ranges due to weights alone, gaps alone, and both; those of weights alone are at the middle of the
    intervals among the regions that have a rank (0 for the others, with the rubric's weights). `stability`: how far
    each weight can move, others in proportion, before something changes among these. `firsts`: for each region the
    smallest change of weights (L1) that makes it first among these, or the proof that none does. `rises`: by how much
    each of these must rise in one criterion to be first, the weights as they are (0 and not possible for the others).
    `attribution`: which choices move the ranks (sampled). `reproduction`: whether some weights give the announced
    podium, with the values at their middle and with any values inside their intervals; empty where no place from the
    first on is announced.
    """

    split: RangeSplit
    stability: Stability
    firsts: tuple[Change, ...]
    rises: Rise
    attribution: RankAttribution
    reproduction: tuple[Reproduction, Reproduction] | None


def depth_of(ranking: Ranking, recorded: pd.DataFrame, podium: Mapping[str, int], params: Params) -> Depth:
    """The sensitivity of a ranking over the whole simplex, exact but for the attribution."""
    table = ranking.table
    whole = simplex(table.shape[1])
    middle, free = (reproduce_podium(ranking, podium, params, free=free) for free in (False, True))
    return Depth(
        split=_split(ranking),
        stability=_stability(ranking),
        firsts=tuple(_first(ranking, own) for own in range(table.shape[0])),
        rises=_rises(ranking),
        attribution=rank_attribution(
            table,
            whole,
            conflicts=_conflicts(ranking, recorded),
            normalisations=("goalposts", "min-max", "z-score", "rank"),
            aggregations=_aggregations(ranking),
            draws=ATTRIBUTION_DRAWS,
            seed=params.seed,
        ),
        reproduction=(middle, free) if middle and free else None,
    )


def _aggregations(ranking: Ranking) -> tuple[Aggregation, ...]:
    """Both, the rubric's first."""
    own = ranking.rubric.aggregation
    return ("geometric", "additive") if own == "geometric" else ("additive", "geometric")


def _comparable(ranking: Ranking) -> Ints:
    """Positions of the regions that are compared at the middle: those that have a rank, or all where none has."""
    ranked = np.flatnonzero(ranking.rank)
    return ranked if len(ranked) else np.arange(len(ranking.rank))


def _split(ranking: Ranking) -> RangeSplit:
    """Rank ranges over any weights; the limit is in effort, not in time: the same bytes on every machine."""
    table, rows = ranking.table, _comparable(ranking)
    whole = simplex(table.shape[1])
    middle = rank_ranges(Scored.exact(table.rows(rows).twice_middle), whole)
    rank, parts = np.zeros(table.shape[0], dtype=np.int64), np.tile(table.parts.astype(object), (table.shape[0], 1))
    ends = {
        field.name: _placed(getattr(middle, field.name), rows, parts if field.name.endswith("parts") else rank)
        for field in fields(middle)
    }
    both = rank_ranges(table, whole)
    return RangeSplit(RankRanges(**ends), *rank_range_of_gaps(*table.totals), both)


def _placed(found: Any, rows: Ints, rest: Any) -> Any:
    """An array of the compared regions, shape (M, ...), as one of all regions; `rest` (N, ...) holds the others."""
    made = rest.copy()
    made[rows] = found
    return made


def _rises(ranking: Ranking) -> Rise:
    """Smallest rises for the first place among the ranked regions; arrays as in the ranking."""
    rows, shape = _comparable(ranking), ranking.table.shape
    found = rises(ranking.table.rows(rows), 1)
    millionths = _placed(found.millionths, rows, np.zeros(shape, dtype=np.int64))
    return Rise(millionths, _placed(found.possible, rows, np.zeros(shape, dtype=bool)))


def _stability(ranking: Ranking) -> Stability:
    """How far each weight can move before the order of the ranked regions changes; positions as in the ranking."""
    rows = _comparable(ranking)
    found = stability(ranking.table.rows(rows))
    positions = np.append(rows, NOBODY)  # the position -1, nobody, is the last of them
    leader, podium, order = (
        replace(span, below=positions[span.below], above=positions[span.above])
        for span in (found.leader, found.podium, found.ranking)
    )
    return replace(found, leader=leader, podium=podium, ranking=order)


def _first(ranking: Ranking, own: int) -> Change:
    """The smallest change of weights that makes a region first among the ranked ones; positions as in the ranking."""
    rows = np.union1d(_comparable(ranking), [own])
    place, whole = int(np.searchsorted(rows, own)), simplex(ranking.table.shape[1])
    change = lift(ranking.table.rows(rows), place, 1, whole)
    return replace(change, rivals=tuple(rows[list(change.rivals)].tolist()))


def _conflicts(ranking: Ranking, recorded: pd.DataFrame) -> np.ndarray:
    """The cells, shape (N, K), that are intervals because sources disagree."""
    disagreeing = set(recorded.index[recorded["kind"] == "conflict"])
    indicator = [ranking.rubric.criterion(name).indicator for name in ranking.criteria]
    return np.array([[(code, name) in disagreeing for name in indicator] for code in ranking.regions])


def reproduce_podium(ranking: Ranking, podium: Mapping[str, int], params: Params, *, free: bool) -> Reproduction | None:
    """Whether weights give the announced podium, with the values at their middle or (`free`) any in their intervals.

    None unless it is announced from the first place on, without a gap.
    """
    announced = list(podium.values())
    if not from_first_on(announced):
        return None
    positions = [ranking.regions.index(code) for code in podium if code in ranking.regions]
    if len(positions) < len(podium):
        return None
    return reproduction(
        ranking.table,
        positions,
        announced,
        simplex(ranking.table.shape[1]),
        free=free,
        draws=params.draws,
        seed=params.seed,
    )
