"""Necessary and possible preference over a region of weights and over gaps, and the tiers that follow.

Robust ordinal regression (Greco, Mousseau, Slowinski 2008), here for a weighted sum whose weights are any of a region:
one alternative is necessarily preferred to another if it is at least as good under every admissible weight and
value, and possibly preferred if it is so under some. A pair is decided by the largest lead of one over the other,
a linear programme with a closed form on the simplex, in an order of importance and in a box.

A sign decides, so that signs are exact: bounds of a region are read as fractions, a lead too close to zero for
floats is computed again in whole numbers, and linear programmes are solved by a simplex method on whole numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from paritrana.engine.scores import Floats, Ints
from paritrana.engine.spaces import Region

Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.object_]  # integers of Python, of any size
_Point = tuple[tuple[int, ...], frozenset[int]]  # weights as whole parts, and the constraints that hold with equality

MOST_WORK = 2_000_000  # comparisons made at most, for each constraint, to list extreme points; beyond, programmes
DOUBT = 1e-7  # a lead below this share of the largest coefficient is computed again exactly
EDGE = 1e-9  # rounding of bounds that meet
BLOCK = 1 << 16  # pairs worked on at once


@dataclass(frozen=True, eq=False)
class Polytope:
    """A region in whole numbers: weights w >= 0, sum 1, with `matrix` @ w <= `bound` (shapes (M, K) and (M,))."""

    matrix: Whole
    bound: Whole

    def holds(self, parts: Whole) -> Bools:
        """Whether weights given as parts of their own sum, shape (..., K), lie inside, exactly."""
        within = parts @ self.matrix.T <= self.bound * parts.sum(axis=-1, keepdims=True)
        return within.astype(bool).all(axis=-1) & (parts >= 0).astype(bool).all(axis=-1)


@dataclass(frozen=True, eq=False)
class Lead:
    """The largest smallest lead over a region: its value (a fraction), where it is reached, and why it is not larger.

    `parts` (K,) are weights as whole parts of their own sum; `binding` are the rows, with positive multipliers,
    whose weighted sum is nowhere in the region larger than `value` times the sum of the multipliers.
    """

    value: Fraction
    parts: Whole
    binding: list[int]


@dataclass(frozen=True, eq=False)
class Preference:
    """Relations between alternatives, boolean arrays of shape (N, N): row i at least as good as column j.

    `necessary`: under every admissible weight and value; `possible`: under at least one.
    """

    necessary: Bools
    possible: Bools

    @property
    def necessary_strict(self) -> Bools:
        """Row strictly better than column under every admissible weight and value."""
        return ~self.possible.T

    @property
    def possible_strict(self) -> Bools:
        """Row strictly better than column under at least one admissible weight and value."""
        return ~self.necessary.T

    @property
    def preferred(self) -> Bools:
        """Row never worse than column and somewhere better: the asymmetric part of `necessary`."""
        return self.necessary & ~self.necessary.T


def preference(low: Ints, high: Ints, region: Region) -> Preference:
    """Necessary and possible preference between alternatives with scores in [low, high] (shape (N, K)), exact."""
    _, most = pair_leads(low, high, region)
    np.fill_diagonal(most, 0)  # one value compared with itself, not its two ends
    return Preference(necessary=most.T <= 0, possible=most >= 0)


def tiers(above: Bools) -> Ints:
    """Tier of each alternative, shape (N,): one more than the longest chain of alternatives above it.

    `above` (N, N) is a strict partial order, row above column, such as `Preference.necessary_strict`.
    """
    _require_order(above)
    level = np.ones(len(above), dtype=np.int64)
    for one in np.argsort(above.sum(axis=0), kind="stable"):  # all above it have fewer above them
        level[one] += level[above[:, one]].max(initial=0)
    return level


def covers(above: Bools) -> Bools:
    """The pairs of a Hasse diagram: row above column in the strict partial order `above`, and nothing in between."""
    return above & ~_require_order(above)


def _require_order(above: Bools) -> Bools:
    """Pairs with an alternative in between; raises ValueError where `above` is no strict partial order."""
    between = (above.astype(np.float32) @ above.astype(np.float32)) > 0
    if above.diagonal().any() or (between & ~above).any():
        raise ValueError("a strict partial order was expected: transitive, and nothing above itself")
    return between


def pair_leads(low: Ints, high: Ints, region: Region) -> tuple[Floats, Floats]:
    """Least and largest lead over a region of the highest scores of a row over the lowest of a column, each (N, N).

    Floats with exact signs, as of `leads`.
    """
    count = len(low)
    least, most = np.empty((count, count)), np.empty((count, count))
    step = max(1, BLOCK // max(1, count))
    for start in range(0, count, step):
        block = slice(start, start + step)
        least[block], most[block] = leads(high[block, None] - low, region)
    return least, most


def leads(rows: Ints, region: Region) -> tuple[Floats, Floats]:
    """Least and largest value of each row of coefficients (shape (..., K)) over the weights of a region.

    Floats of shape (...), with exact signs: 0.0 stands for exactly nothing.
    """
    if region.kind in ("simplex", "dirichlet"):
        return rows.min(axis=-1).astype(float), rows.max(axis=-1).astype(float)
    if region.kind == "order":  # the extreme points are the means of the first criteria (Kmietowicz and Pearman 1981)
        means = np.cumsum(rows[..., list(region.order)], axis=-1) / np.arange(1, region.criteria + 1)
        return means.min(axis=-1), means.max(axis=-1)
    flat = rows.reshape(-1, region.criteria)
    if region.kind == "box":
        least, most = -_fills(-flat, region), _fills(flat, region)
    else:
        least, most = _over_points(flat, region)
    return least.reshape(rows.shape[:-1]), most.reshape(rows.shape[:-1])


def _fills(rows: Ints, region: Region) -> Floats:
    """Largest value of each row over a box: a continuous knapsack (Dantzig 1957); floats with exact signs."""
    lower, upper = -region.bound[region.criteria :], region.bound[: region.criteria]
    if lower.sum() > 1 + EDGE or upper.sum() < 1 - EDGE:
        raise ValueError("the region of weights is empty")
    values: Floats = _filled(rows, lower, upper, 1.0)
    doubtful = _doubtful(values, rows)
    if doubtful.any():
        ends, unit = _common([*(-_fraction_above(-end) for end in lower), *map(_fraction_above, upper)])
        values[doubtful] = _filled(rows[doubtful], ends[: len(lower)], ends[len(lower) :], unit) / unit
    return values


def _filled(rows: Ints, lower: Any, upper: Any, whole: float) -> Any:
    """Each criterion gets its least weight, the best in turn more, up to its largest, until `whole` is given out."""
    best_first = np.argsort(-rows, axis=-1, kind="stable")
    room = (upper - lower)[best_first]
    given_before = np.cumsum(room, axis=-1) - room
    weights = lower[best_first] + np.clip(whole - lower.sum() - given_before, 0, room)
    return (np.take_along_axis(rows, best_first, axis=-1) * weights).sum(axis=-1)


def _doubtful(values: Floats, rows: Ints) -> Bools:
    """Which values are too close to nothing for floats to tell their sign."""
    return np.abs(values) <= DOUBT * np.abs(rows).max(axis=-1)


def _over_points(rows: Ints, region: Region) -> tuple[Floats, Floats]:
    """Least and largest value of each row over linear constraints: at the extreme points, or by programmes."""
    polytope = polytope_of(region)
    points = extreme_points(polytope, region.criteria)
    if points is None:
        most = [float(largest_lead(row[None], polytope).value) for row in rows]
        least = [-float(largest_lead(-row[None], polytope).value) for row in rows]
        return np.array(least), np.array(most)
    step = max(1, 50 * BLOCK // len(points))
    ends = [_at_points(rows[start : start + step], points) for start in range(0, len(rows), step)]
    return np.concatenate([least for least, _ in ends]), np.concatenate([most for _, most in ends])


def _at_points(rows: Ints, points: Whole) -> tuple[Floats, Floats]:
    """Least and largest value of each row at some weights, given as parts of their sums; floats with exact signs."""
    values = rows @ (points / points.sum(axis=1, keepdims=True)).astype(float).T
    least, most = values.min(axis=1), values.max(axis=1)
    for ends, choose in ((least, np.min), (most, np.max)):
        doubtful = _doubtful(ends, rows)
        signs = np.sign(choose(rows[doubtful].astype(object) @ points.T, axis=1)) if doubtful.any() else 0
        ends[doubtful] = signs * np.maximum(np.abs(ends[doubtful]), np.finfo(float).tiny)
    return least, most


def polytope_of(region: Region) -> Polytope:
    """A region in whole numbers.

    A float is read as the simple fraction it was rounded from (0.225 where 0.22499999999999998 stands); a bound
    that is none is read as the billionth just beyond it, so that a region that holds only one set of weights stays.
    """
    rows = [_common([*map(_nearest, row), _fraction_above(end)])[0]
            for row, end in zip(region.matrix, region.bound, strict=True)]  # fmt: skip
    whole = np.array(rows, dtype=object).reshape(len(rows), region.criteria + 1)
    return Polytope(whole[:, :-1], whole[:, -1])


def _simple(value: float) -> Fraction | None:
    """The fraction with a denominator up to a million that a float was rounded from."""
    near = Fraction(value).limit_denominator(1_000_000)
    return near if abs(near - Fraction(value)) <= Fraction(1, 10**15) else None


def _nearest(value: float) -> Fraction:
    return _simple(value) or Fraction(value)


def _fraction_above(value: float) -> Fraction:
    """The number a bound was rounded from: a simple fraction, a billionth, or else the billionth above."""
    near = _simple(value)
    if near is not None:
        return near
    return Fraction(math.ceil(value * 1e9 - 1e-4), 10**9)


def _common(values: list[Fraction]) -> tuple[Whole, int]:
    """Fractions as whole multiples of one common unit, and how many of it make one."""
    unit = math.lcm(*(value.denominator for value in values))
    return np.array([int(value * unit) for value in values], dtype=object), unit


def extreme_points(polytope: Polytope, criteria: int) -> Whole | None:
    """Extreme points, each as whole parts of its own sum, shape (V, K), exact; None where it takes too long.

    Double description (Motzkin et al. 1953): the simplex is cut by one constraint after the other.
    """
    corners = np.eye(criteria, dtype=int).tolist()
    points: list[_Point] = [(tuple(row), frozenset(range(criteria)) - {own}) for own, row in enumerate(corners)]
    for number, (row, end) in enumerate(zip(polytope.matrix, polytope.bound, strict=True), start=criteria):
        slack = [sum((end - a) * w for a, w in zip(row, point, strict=True)) for point, _ in points]
        if sum(s > 0 for s in slack) * sum(s < 0 for s in slack) * len(points) > MOST_WORK:
            return None
        kept = [
            (point, face | {number} if s == 0 else face)
            for (point, face), s in zip(points, slack, strict=True)
            if s >= 0
        ]
        points = kept + _on_edges(points, slack, number, criteria)
    if not points:
        raise ValueError("the region of weights is empty")
    return np.array([point for point, _ in points], dtype=object)


def _on_edges(points: list[_Point], slack: list[int], number: int, criteria: int) -> list[_Point]:
    """The points where an edge from a point inside to one outside meets a constraint."""
    found: list[_Point] = []
    for one, two in product([at for at, s in enumerate(slack) if s > 0], [at for at, s in enumerate(slack) if s < 0]):
        shared = points[one][1] & points[two][1]
        # Two points are the ends of an edge if no third one lies on all the faces that they share.
        if len(shared) < criteria - 2 or sum(shared <= face for _, face in points) > 2:
            continue
        mixed = [slack[one] * b - slack[two] * a for a, b in zip(points[one][0], points[two][0], strict=True)]
        divisor = math.gcd(*mixed)
        found.append((tuple(value // divisor for value in mixed), shared | {number}))
    return found


def largest_lead(rows: Ints, polytope: Polytope) -> Lead:
    """Largest value over the region of the least of some rows of coefficients (shape (n, K)), exact.

    The dual linear programme in whole numbers: fraction-free pivots (Edmonds 1967, Bareiss 1968). It has as many
    rows as there are criteria, and a first solution at hand: the first row of coefficients, at its best corner.
    """
    count, criteria = rows.shape
    table, basis, best = _first_table(rows.astype(object), polytope)
    unit, stalled = 1, False
    while (entering := _entering(table[-1, :-1], stalled)) is not None:
        leaving = _leaving(table, basis, entering)
        stalled = table[leaving, -1] == 0
        pivot = table[leaving, entering]
        others = np.arange(len(table)) != leaving
        change = np.outer(table[others, entering], table[leaving])
        table[others] = (table[others] * pivot - change) // unit
        basis[leaving], unit = entering, pivot
    parts = table[-1, -1 - criteria : -1].copy()
    parts[[0, best]] = parts[[best, 0]]
    held = [own for own, value in zip(basis, table[:-1, -1], strict=True) if own < count and value > 0]
    return Lead(Fraction(-int(table[-1, -1]), int(unit)), parts // math.gcd(*parts), held)


def _first_table(rows: Whole, polytope: Polytope) -> tuple[Whole, list[int], int]:
    """Tableau, its basis and the best corner of the first row.

    Columns: multipliers of the rows, of the constraints, weights (the best corner's first), and the right side;
    rows: one for each weight but the best corner's, the sum of the multipliers, and the costs.
    """
    best = int(np.argmax(rows[0]))
    turned, matrix = rows.copy(), polytope.matrix.copy()
    turned[:, [0, best]] = turned[:, [best, 0]]
    matrix[:, [0, best]] = matrix[:, [best, 0]]
    count, constraints, criteria = len(rows), len(matrix), rows.shape[1]
    table = np.zeros((criteria + 1, count + constraints + criteria + 1), dtype=object)
    behind = turned[:, :1] - turned  # how far each corner lies behind the best one
    table[: criteria - 1, :count] = (behind[0] - behind).T[1:]
    table[: criteria - 1, count : -criteria - 1] = (matrix[:, :1] - matrix).T[1:]
    table[: criteria - 1, -1 - criteria] = -1
    table[: criteria - 1, -criteria:-1] = np.eye(criteria - 1, dtype=int).astype(object)
    table[: criteria - 1, -1] = behind[0, 1:]
    table[criteria - 1, :count] = table[criteria - 1, -1] = 1
    table[-1, :count] = turned[:, 0] - turned[0, 0]
    table[-1, count : -criteria - 1] = polytope.bound - matrix[:, 0]
    table[-1, -1 - criteria], table[-1, -1] = 1, -turned[0, 0]
    return table, [*range(count + constraints + 1, count + constraints + criteria), 0], best


def _entering(costs: Whole, stalled: bool) -> int | None:
    """The column of the steepest gain, or the first with any after a step without gain (Bland 1977: it ends)."""
    gains = np.flatnonzero(costs < 0)
    if not len(gains):
        return None
    return int(gains[0] if stalled else gains[np.argmin(costs[gains])])


def _leaving(table: Whole, basis: list[int], entering: int) -> int:
    """The row that is used up first; of several, the one of the first column."""
    ratios = [
        (Fraction(int(table[row, -1]), int(table[row, entering])), basis[row], row)
        for row in range(len(basis))
        if table[row, entering] > 0
    ]
    if not ratios:  # the dual is unbounded
        raise ValueError("the region of weights is empty")
    return min(ratios)[2]
