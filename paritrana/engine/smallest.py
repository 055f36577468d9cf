"""The smallest change of the weights that makes something true, or the proof that no admissible weights do.

What is asked for is a set of inequalities `rows` @ w >= 0 between totals, in whole numbers. A space of weights is of
the same kind, because the weights sum to one: h @ w <= b is (b - h) @ w >= 0. Three lengths of a change are offered:

- `l1`, the sum of all changes (twice the weight that is moved), and `linf`, the largest single change: linear
  programmes, by the dual simplex method (Lemke 1954), which starts at the present weights, where the cost is zero;
- `l2`, the Euclidean length: a least-distance problem, by non-negative least squares (Lawson and Hanson 1974).

They are solved in doubles, fast, which only tells which inequalities are tight. From those the solution is computed in
whole numbers and tested in whole numbers: that it satisfies every inequality, and that the multipliers prove that
nothing is nearer. Where that fails (doubles can mistake what is tight) the same method runs in fractions, which cannot
err. Where no weights do it, multipliers prove it (Farkas 1902): rivals that together beat the alternative under any
admissible weights.

Nearest weights lie where totals tie; under the "min" rule a tie is enough. Ties hold only at the exact weights: these
are returned as whole parts of their own sum, which can be large.

A place among the first few lets so many rivals pass. Which ones is searched as in linear programming with violated
constraints (Matousek 1995): only taking away a rival that holds the optimum can improve it, so that few sets are tried.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from paritrana.engine.exact.nearest import Nearest, Norm, Whole, _signs, nearest
from paritrana.engine.exact.polytope import space_rows
from paritrana.engine.scores import FULL, Floats, Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored, Weighted


@dataclass(frozen=True)
class Change:
    """The smallest change of weights that lifts an alternative to a place, or the proof that none does.

    `distance`, `weights` (K,), `parts` and `impossible` are those of `Nearest`. `rank` is the alternative's rank at
    exactly these weights. `rivals` (positions) are those it then ties with and that keep it from getting there earlier;
    where impossible, those who together keep it out under any admissible weights (or who always beat it).
    """

    distance: float | None
    weights: Floats | None
    parts: tuple[int, ...] | None
    rank: int | None
    rivals: tuple[int, ...]

    @property
    def impossible(self) -> bool:
        """Whether it is proved that no admissible weights do it."""
        return self.parts is None


@dataclass(frozen=True)
class Rise:
    """Smallest rises of one criterion's score that lift an alternative to a rank, the weights unchanged.

    `millionths` (N, K): whole millionths of a point by which the middle of the score must rise, rounded up; 0 where the
    rank is held already, and where `possible` (N, K) is false: not even 100 points suffice.
    """

    millionths: Ints
    possible: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def rises(table: Weighted, rank: int) -> Rise:
    """Smallest rises in each criterion alone for a rank of at most `rank`, at the middle of the scores.

    >>> from paritrana.engine import POINT, Scored
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT).weighted(np.array([1, 1]))
    >>> found = rises(table, 1)
    >>> found.millionths[0].tolist(), found.possible[0].tolist()  # of the first alternative
    ([0, 40000000], [False, True])
    """
    count = table.shape[0]
    if not 1 <= rank <= count:
        raise ValueError(f"a rank from 1 to {count} was expected, {rank} was found")
    scores, parts = table.twice_middle, table.parts
    total = scores @ parts
    missing = np.maximum(np.sort(total)[::-1][rank - 1] - total, 0)[:, None]
    # Both ends rise, so that the sum of the ends rises twice as fast as the middle.
    needed = -(-missing // np.maximum(2 * parts, 1))
    possible = (missing == 0) | ((parts > 0) & (2 * needed <= 2 * FULL - scores))
    return Rise(np.where(possible, needed, 0), possible)


def overtake(
    table: Weighted, own: int, rival: int, space: WeightSpace, *, norm: Norm = "l1", best_case: bool = False
) -> Change:
    """Smallest change of the weights at which `own` has at least the total of `rival`.

    Scores are taken at the middle, or with `best_case` at the best end for `own`.

    >>> from paritrana.engine import POINT, Scored, simplex
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT).weighted(np.array([1, 4]))
    >>> overtake(table, 0, 1, simplex(2)).weights
    array([0.5, 0.5])
    """
    leads = _leads(table, own, best_case)
    found = nearest(np.vstack([leads[[rival]], space_rows(space)]), table.parts, norm)
    return _change(found, leads, (rival,) if found.impossible or found.distance else ())


def lift(
    table: Weighted,
    own: int,
    places: int,
    space: WeightSpace,
    *,
    norm: Norm = "l1",
    best_case: bool = False,
    ahead: int = 0,
) -> Change:
    """Smallest change of the weights at which `own` has a rank of at most `places`.

    Scores are taken at the middle, or with `best_case` at the best end for `own`. A rival is passed where `own` is at
    least `ahead` ahead of it, in the unit of scores (below zero: no more than so far behind). For the first few places:
    up to K ** (places - 1) sets of rivals are tried. Raises ValueError for a place below the first.

    >>> from paritrana.engine import POINT, Scored, simplex
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT).weighted(np.array([1, 1]))
    >>> found = lift(table, 0, 1, simplex(2))
    >>> found.weights, round(found.distance, 9)
    (array([0.7, 0.3]), 0.4)
    """
    if places < 1:
        raise ValueError(f"a place from 1 on was expected, {places} was found")
    leads = _leads(table, own, best_case) - 2 * ahead * (np.arange(table.shape[0]) != own)[:, None]
    always = np.flatnonzero((leads < 0).all(axis=1))
    if len(always) >= places:
        return Change(None, None, None, None, tuple(always[:places].tolist()))
    rivals = np.flatnonzero((leads < 0).any(axis=1) & (leads >= 0).any(axis=1))
    search = _Search(leads[rivals], space_rows(space), table.parts, norm)
    found, holding = search.within(frozenset(), places - 1 - len(always))
    return _change(found, leads, tuple(rivals[list(holding)].tolist()))


class _Search:
    """Nearest weights with at most so many rivals above; each set of rivals is solved once."""

    def __init__(self, leads: Ints, limits: Whole, parts: Ints, norm: Norm) -> None:
        self.leads, self.limits, self.parts, self.norm = leads, limits, parts, norm
        self.seen: dict[frozenset[int], tuple[Nearest, tuple[int, ...]]] = {}

    def within(self, above: frozenset[int], budget: int) -> tuple[Nearest, tuple[int, ...]]:
        """The best with the rivals in `above` let pass and `budget` more, and the rivals that hold it there."""
        if above in self.seen:
            return self.seen[above]
        kept = [rival for rival in range(len(self.leads)) if rival not in above]
        best = nearest(np.vstack([self.leads[kept], self.limits]), self.parts, self.norm)
        holding = tuple(kept[row] for row in best.binding if row < len(kept))
        if budget and best.distance != 0:
            branches = [self.within(above | {rival}, budget - 1) for rival in holding]
            best, holding = min([(best, holding), *branches], key=lambda branch: _length(branch[0]))
        self.seen[above] = best, holding
        return best, holding


def _length(found: Nearest) -> float:
    return math.inf if found.distance is None else found.distance


def _leads(table: Scored, own: int, best_case: bool) -> Ints:
    """Twice the lead of `own` over each in each criterion, shape (N, K)."""
    if not best_case:
        return table.twice_middle[own] - table.twice_middle
    leads = 2 * (table.high[own] - table.low)
    leads[own] = 0
    return leads


def _change(found: Nearest, leads: Ints, rivals: tuple[int, ...]) -> Change:
    """A change with the rank evaluated at its exact weights."""
    rank = None if found.parts is None else 1 + int((_signs(leads, found.parts) < 0).sum())
    return Change(found.distance, found.weights, found.parts, rank, rivals)
