"""A set of weights in whole numbers: its corners, its edges, and the exact rows that bound it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np
import numpy.typing as npt

from paritrana.engine.spaces import WeightSpace

Bools = npt.NDArray[np.bool_]


Whole = npt.NDArray[np.object_]  # integers of Python, of any size


Point = tuple[tuple[int, ...], frozenset[int]]  # weights as whole parts, and the constraints that hold with equality


PLAIN = 2**40  # whole numbers below this are held in 64 bits: times a million parts they stay below 2**63
MOST_WORK = 2_000_000  # comparisons made at most, for each constraint, to list extreme points; beyond, programmes


@dataclass(frozen=True, eq=False)
class Polytope:
    """A space in whole numbers: weights w >= 0, sum 1, with `matrix` @ w <= `bound` (shapes (M, K) and (M,))."""

    matrix: Whole
    bound: Whole

    def holds(self, parts: Whole) -> Bools:
        """Whether weights given as parts of their own sum, shape (..., K), lie inside, exactly."""
        within = parts @ self.matrix.T <= self.bound * parts.sum(axis=-1, keepdims=True)
        return within.astype(bool).all(axis=-1) & (parts >= 0).astype(bool).all(axis=-1)


def polytope_of(space: WeightSpace) -> Polytope:
    """A space in whole numbers.

    A float is read as the simple fraction it was rounded from (0.225 where 0.22499999999999998 stands); a bound
    that is none is read as the billionth just beyond it, so that a space that holds only one set of weights stays.
    """
    rows = [common([*map(_nearest, row), _fraction_above(end)])[0]
            for row, end in zip(space.matrix, space.bound, strict=True)]  # fmt: skip
    whole = np.array(rows, dtype=object).reshape(len(rows), space.criteria + 1)
    return Polytope(whole[:, :-1], whole[:, -1])


def space_rows(space: WeightSpace) -> Whole:
    """The constraints of a space as whole rows, shape (M, K): rows @ w >= 0 for weights that sum to one.

    Those that hold for all weights are left out.
    """
    polytope = polytope_of(space)
    rows: Whole = polytope.bound[:, None] - polytope.matrix
    rows = rows[[min(row) < 0 for row in rows]]
    return rows.astype(np.int64) if np.abs(rows).max(initial=0) < PLAIN else rows


def simple(value: float) -> Fraction | None:
    """The fraction with a denominator up to a million that a float was rounded from."""
    near = Fraction(value).limit_denominator(1_000_000)
    return near if abs(near - Fraction(value)) <= Fraction(1, 10**15) else None


def _nearest(value: float) -> Fraction:
    return simple(value) or Fraction(value)


def _fraction_above(value: float) -> Fraction:
    """The number a bound was rounded from: a simple fraction, a billionth, or else the billionth above."""
    near = simple(value)
    if near is not None:
        return near
    return Fraction(math.ceil(value * 1e9 - 1e-4), 10**9)


def common(values: list[Fraction]) -> tuple[Whole, int]:
    """Fractions as whole multiples of one common unit, and how many of it make one."""
    unit = math.lcm(*(value.denominator for value in values))
    return np.array([int(value * unit) for value in values], dtype=object), unit


def extreme_points(polytope: Polytope, criteria: int) -> Whole | None:
    """Extreme points, each as whole parts of its own sum, shape (V, K), exact; None where it takes too long.

    Double description (Motzkin et al. 1953): the simplex is cut by one constraint after the other.
    """
    corners = np.eye(criteria, dtype=int).tolist()
    points: list[Point] = [(tuple(row), frozenset(range(criteria)) - {own}) for own, row in enumerate(corners)]
    for number, (row, end) in enumerate(zip(polytope.matrix, polytope.bound, strict=True), start=criteria):
        slack = [sum((end - a) * w for a, w in zip(row, point, strict=True)) for point, _ in points]
        if sum(s > 0 for s in slack) * sum(s < 0 for s in slack) * len(points) > MOST_WORK:
            return None
        kept = [
            (point, face | {number} if s == 0 else face)
            for (point, face), s in zip(points, slack, strict=True)
            if s >= 0
        ]
        points = kept + on_edges(points, slack, number, criteria)
    if not points:
        raise ValueError("the space of weights is empty")
    return np.array([point for point, _ in points], dtype=object)


def on_edges(points: list[Point], slack: list[int], number: int, criteria: int) -> list[Point]:
    """The points where an edge from a point inside to one outside meets a constraint."""
    found: list[Point] = []
    for one, two in product([at for at, s in enumerate(slack) if s > 0], [at for at, s in enumerate(slack) if s < 0]):
        shared = points[one][1] & points[two][1]
        # Two points are the ends of an edge if no third one lies on all the faces that they share.
        if len(shared) < criteria - 2 or sum(shared <= face for _, face in points) > 2:
            continue
        mixed = [slack[one] * b - slack[two] * a for a, b in zip(points[one][0], points[two][0], strict=True)]
        divisor = math.gcd(*mixed)
        found.append((tuple(value // divisor for value in mixed), shared | {number}))
    return found
