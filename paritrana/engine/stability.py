"""Weight-stability intervals: how far one criterion's weight can move before the ranking changes.

Mareschal (1988): the weight v of one criterion moves and the others keep their proportions, so that every total is a
straight line in v. Two lines cross at most once; where they cross is a fraction of whole numbers, found in closed
form and compared exactly. Of a whole ranking only neighbours can cross first.

What stays: a preference "at least as high as" that holds at the rubric's weights.

- *leader*: each alternative that is first stays first or tied first;
- *podium*: each alternative with a rank of at most three stays at least as high as all the others; those who share a
  place so that there are more than three stay tied;
- *ranking*: each alternative stays at least as high as all those that it equals or exceeds.

Each is an interval that holds its ends: there two alternatives tie, which under the "min" rule still leaves the
better rank to the one that was ahead. Those who tie at the rubric's weights part at once, unless their lines are the
same: the interval is then a point, or ends there on one side.

A criterion of weight 0 is as any other. Where one criterion has all the weight the others have no proportions: they
then share what it gives up equally. The only criterion of a table has weight 1 and nowhere to go.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from paritrana.engine.ranks import ranks
from paritrana.engine.scores import Floats, Ints
from paritrana.engine.table import Weighted

PODIUM = 3  # places on a podium
NOBODY = -1  # stands for an alternative where the interval ends at weight 0 or 1
CLOSE = 1e-12  # breakpoints nearer than this are compared as fractions: doubles err by less than 1e-15


@dataclass(frozen=True)
class Span:
    """Intervals of each criterion's own weight, others in proportion, in which something stays.

    `low` and `high` have shape (K,), ends included; `exact` holds them as fractions. `below` and `above`, shape
    (K, 2), name who is passed and who passes just beyond each end (positions; -1 where the end is weight 0 or 1),
    one pair where several pass at once.
    """

    low: Floats
    high: Floats
    exact: tuple[tuple[Fraction, Fraction], ...]
    below: Ints
    above: Ints


@dataclass(frozen=True)
class Stability:
    """Weight-stability intervals (Mareschal 1988) at the middle of the values' intervals; exact.

    `weights` (K,) are the rubric's. `equal_shares` (K,) marks a criterion with all the weight, whose rest the others
    share equally.
    """

    weights: Floats
    leader: Span
    podium: Span
    ranking: Span
    equal_shares: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def stability(table: Weighted) -> Stability:
    """Intervals of the table's weights, at the middle of its scores; raises ValueError where it has no alternative.

    >>> from paritrana.engine import POINT, Scored
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT).weighted(np.array([1, 1]))
    >>> found = stability(table)
    >>> found.leader.low, found.leader.high
    (array([0.3, 0.3]), array([0.7, 0.7]))
    """
    if not table.shape[0]:
        raise ValueError("at least one alternative was expected")
    scores, parts = table.twice_middle, table.parts
    none, full = _line_ends(scores, parts)
    total = scores @ parts
    rank = ranks(total)
    order = np.lexsort((np.arange(len(total)), -total))
    first = order[rank[order] == 1]
    return Stability(
        parts / parts.sum(),
        _span(none, full, _pairs(first, order)),
        _span(none, full, _podium_pairs(order[rank[order] <= PODIUM], order, rank)),
        _span(none, full, _neighbours(order, total)),
        equal_shares=parts == parts.sum(),
    )


def _line_ends(scores: Ints, parts: Ints) -> tuple[Ints, Ints]:
    """Totals with none and with all of the weight on each criterion, shape (N, K); one positive scale per criterion."""
    # The others of a criterion that has all the weight count one part each.
    shape = np.where((parts == parts.sum())[:, None], 1, parts)
    np.fill_diagonal(shape, 0)
    return scores @ shape.T, scores * shape.sum(axis=1)


def _pairs(upper: Ints, lower: Ints) -> Ints:
    """Each of `upper` with each of `lower` but itself, shape (pairs, 2)."""
    pairs = np.stack(np.meshgrid(upper, lower, indexing="ij"), axis=-1).reshape(-1, 2)
    return pairs[pairs[:, 0] != pairs[:, 1]]


def _podium_pairs(members: Ints, order: Ints, rank: Ints) -> Ints:
    """Members with all others, and with each other those whose shared place makes them more than three."""
    others = _pairs(members, order[len(members) :])
    if len(members) <= PODIUM:
        return others
    shared = members[rank[members] == rank[members[-1]]]
    return np.vstack([_pairs(shared, shared), others])


def _neighbours(order: Ints, total: Ints) -> Ints:
    """Neighbours in the ranking, the upper first; tied ones both ways, because each must stay as high as the other."""
    downward = np.stack([order[:-1], order[1:]], axis=1)
    tied = downward[total[order[:-1]] == total[order[1:]]]
    return np.vstack([tied[:, ::-1], downward])


def _span(none: Ints, full: Ints, pairs: Ints) -> Span:
    """Intervals in which no pair (upper, lower) has its order reversed."""
    upper, lower = pairs[:, 0], pairs[:, 1]
    # The lead of a pair at weight 0 and at weight 1 of each criterion, shape (pairs, K).
    at_none, at_full = none[upper] - none[lower], full[upper] - full[lower]
    criteria = none.shape[1]
    upward = [_first(at_full[:, k], at_none[:, k]) for k in range(criteria)]
    downward = [_first(at_none[:, k], at_full[:, k]) for k in range(criteria)]
    # The weight of the only criterion of a table is 1 and stays so.
    starts = [Fraction(1) if criteria == 1 else 1 - way for way, _ in downward]
    ends = tuple((start, way) for start, (way, _) in zip(starts, upward, strict=True))
    return Span(
        np.array([float(start) for start, _ in ends]),
        np.array([float(end) for _, end in ends]),
        ends,
        _named(pairs, [pair for _, pair in downward]),
        _named(pairs, [pair for _, pair in upward]),
    )


def _first(beyond: Ints, before: Ints) -> tuple[Fraction, int | None]:
    """The first crossing on the way from 0 (lead `before`) to 1 (lead `beyond`), and whose; 1 where none is lost."""
    lost = np.flatnonzero(beyond < 0)
    if not len(lost):
        return Fraction(1), None
    where = before[lost] / (before[lost] - beyond[lost])
    nearest = lost[where <= where.min() + CLOSE]
    exact = {pair: Fraction(int(before[pair]), int(before[pair] - beyond[pair])) for pair in nearest.tolist()}
    first = min(exact, key=lambda pair: exact[pair])
    return exact[first], first


def _named(pairs: Ints, chosen: list[int | None]) -> Ints:
    """The chosen pairs, shape (K, 2)."""
    return np.array([(NOBODY, NOBODY) if pair is None else pairs[pair] for pair in chosen], dtype=np.int64)
