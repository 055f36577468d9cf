"""Regions of admissible weights, and draws from them.

A space is the part of the simplex (weights of at least zero that sum to one) that satisfies linear constraints.
Every exact method reads the constraints, every sampled one draws. Draws are independent of each other; how they
are distributed is named by `sampler`, because they are exactly uniform only where it says so.

Uniform draws come from a simplex or a box around the space, those outside rejected, as long as that hits often
enough. A space too thin for that is walked through by hit-and-run (Smith 1984: from a point go in a random
direction to a uniform point of the chord), which is uniform in the limit. One chain with a gap between its draws
would leave them dependent, so that the usual errors of shares were wrong; every draw here is the end of a walk of
its own, as long as that gap would be. Steps are measured by the ellipsoid at the analytic centre (Dikin 1967),
so that a space may be thin in one direction and long in another.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from paritrana.engine.scores import Floats

SLACK = 1e-12  # rounding of a sum of weights; what is outside by no more is inside
FLAT = 1e-7  # a constraint that no weights satisfy by more (than solvers answer for) is an equation
THIN = 10 * FLAT  # a space no wider than this is a point, as far as solvers can tell
LEAST_HITS = 1 / 256  # share of hits from which on rejection is faster than walking
TRIAL = 8192  # weights offered to see how often they hit
OFFER = 2048  # weights offered at once
STEPS = 25  # steps of a walk per criterion
NEWTON_STEPS = 200  # towards the analytic centre; any point inside serves, the centre best
CENTRED = 1e-6  # a Newton decrement that counts as none

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class WeightSpace:
    """Weights w of shape (K,) with w >= 0, sum(w) = 1 and `matrix` @ w <= `bound` (shapes (M, K) and (M,)).

    `kind` is `simplex`, `box`, `order`, `linear` or `dirichlet`; `concentration` (K,) is set for the last, whose
    support is the whole simplex, and `order` for the order of importance.
    """

    kind: str
    criteria: int
    matrix: Floats
    bound: Floats
    concentration: Floats | None = None
    order: tuple[int, ...] = ()

    @property
    def sampler(self) -> str:
        """How weights are drawn: exactly uniform, unless the name says otherwise; independent in every case."""
        if self.kind in ("box", "linear"):
            return {
                "point": "the one point of the space",
                "simplex": f"uniform on the space ({self.kind}), by rejection from a simplex",
                "box": f"uniform on the space ({self.kind}), by rejection from a box",
                "walk": f"nearly uniform on the space ({self.kind}), by hit-and-run, a walk for each draw",
            }[self._method]
        return {
            "simplex": "uniform on the simplex (Dirichlet(1))",
            "order": "uniform on the order cone, by sorting",
            "dirichlet": "Dirichlet with the given concentration (not uniform)",
        }[self.kind]

    def contains(self, weights: Floats, tolerance: float = 1e-9) -> bool:
        """Whether weights of shape (K,) lie in the space."""
        proper = bool((weights >= -tolerance).all()) and abs(float(weights.sum()) - 1) <= tolerance
        return proper and bool((self.matrix @ weights <= self.bound + tolerance).all())

    def draw(self, count: int, rng: np.random.Generator) -> Floats:
        """Independent weights of shape (count, K); raises ValueError where no weights are admissible."""
        if self.kind == "dirichlet" and self.concentration is not None:
            return rng.dirichlet(self.concentration, count)
        if self.kind == "simplex":
            return rng.dirichlet(np.ones(self.criteria), count)
        if self.kind == "order":
            drawn = np.empty((count, self.criteria))
            drawn[:, list(self.order)] = -np.sort(-rng.dirichlet(np.ones(self.criteria), count), axis=1)
            return drawn
        if self._method == "point":
            # What a solver gives as the least weights of a point need not be one: each is off by its tolerance.
            only = self._limits[0] if self.kind == "box" else self._farthest(np.zeros(self.criteria))
            return np.tile(only, (count, 1))
        return self._walked(count, rng) if self._method == "walk" else self._by_rejection(count, rng)

    @cached_property
    def _limits(self) -> tuple[Floats, Floats]:
        """Least and greatest weight of each criterion in the space, both (K,)."""
        if self.kind == "box":
            upper, lower = self.bound[: self.criteria], -self.bound[self.criteria :]
            if lower.sum() > 1 + FLAT or upper.sum() < 1 - FLAT:
                raise ValueError("no weights of sum one lie in the box")
            # What one weight may be depends on what the others leave.
            return (
                np.maximum(lower, upper + (1 - upper.sum())),
                np.minimum(upper, lower + (1 - lower.sum())),
            )
        ends = [self._farthest(sign * each) for sign in (1, -1) for each in np.eye(self.criteria)]
        least, most = np.array(ends).reshape(2, self.criteria, self.criteria).diagonal(axis1=1, axis2=2)
        return np.clip(least, 0, 1), np.clip(most, 0, 1)

    def _farthest(self, cost: Floats) -> Floats:
        """A point of the space (K,) of the least cost."""
        sum_to_one = {"A_eq": np.ones((1, self.criteria)), "b_eq": [1.0]}
        found = linprog(cost, A_ub=self.matrix, b_ub=self.bound, bounds=(0, None), method="highs", **sum_to_one)
        if found.x is None:
            raise ValueError("no weights satisfy the constraints of the space")
        return np.asarray(found.x)

    @cached_property
    def _method(self) -> str:
        """What hits the space most often in a trial (always the same one): `simplex`, `box`, or else `walk`."""
        least, most = self._limits
        if (most - least).max() <= (SLACK if self.kind == "box" else THIN):
            return "point"
        shares = {around: self._hits(around) for around in ("simplex", "box")}
        best = max(shares, key=lambda around: shares[around])
        return best if shares[best] >= LEAST_HITS else "walk"

    def _hits(self, around: str) -> float:
        """Share of what is offered that lies inside."""
        return float(self._inside(self._around(around, TRIAL, np.random.default_rng(0))).mean())

    def _inside(self, weights: Floats) -> Bools:
        """Which of weights of shape (count, K) and sum one lie in the space."""
        outside = (weights < -SLACK).any(axis=1) | (weights @ self.matrix.T > self.bound + SLACK).any(axis=1)
        return np.logical_not(outside)

    def _by_rejection(self, count: int, rng: np.random.Generator) -> Floats:
        """Uniform draws from around the space, those inside kept."""
        kept: list[Floats] = []
        while sum(map(len, kept)) < count:
            offered = self._around(self._method, OFFER, rng)
            kept.append(offered[self._inside(offered)])
        return np.maximum(np.concatenate(kept)[:count], 0)

    def _around(self, around: str, count: int, rng: np.random.Generator) -> Floats:
        """Uniform draws from the simplex above the least weights, or from all limits but the widest."""
        least, most = self._limits
        if around == "simplex":
            return least + max(0.0, 1 - least.sum()) * rng.dirichlet(np.ones(self.criteria), count)
        widest = int(np.argmax(most - least))
        drawn = rng.uniform(least, np.maximum(least, most), (count, self.criteria))  # solvers may have them cross
        drawn[:, widest] = 1 - np.delete(drawn, widest, axis=1).sum(axis=1)
        return drawn

    def _walked(self, count: int, rng: np.random.Generator) -> Floats:
        """Ends of walks from the centre, a walk for each draw."""
        centre, axes, rows, slack = self._geometry
        # A walk in each column: the least and greatest of a few rows are found faster than those of a few columns.
        place, room = np.zeros((axes.shape[1], count)), np.repeat(slack[:, None], count, axis=1)
        least = SLACK * slack[:, None]
        for _ in range(STEPS * self.criteria):
            direction = rng.standard_normal(place.shape)
            change = rows @ direction
            pace = change / room
            back, forth = 1 / pace.min(axis=0), 1 / pace.max(axis=0)
            step = back + (forth - back) * rng.random(count)
            place += step * direction
            room -= step * change
            # A step to the wall itself would leave no room at all, and nothing to divide by.
            np.maximum(room, least, out=room)
        return np.maximum(centre + (axes @ place).T, 0)

    @cached_property
    def _geometry(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Analytic centre (K,), axes of its ellipsoid (K, D), and on these the constraints (rows (M, D), slack (M,)).

        D is the dimension of the space: constraints that hold with equality everywhere are taken out first.
        """
        matrix, bound = np.vstack([self.matrix, -np.eye(self.criteria)]), np.append(self.bound, np.zeros(self.criteria))
        reached = np.array([self._farthest(row) for row in matrix])
        flat = bound - (matrix * reached).sum(axis=1) <= FLAT
        basis = _null_space(np.vstack([np.ones(self.criteria), matrix[flat]]))
        matrix, bound = matrix[~flat], bound[~flat]
        centre, hessian = _analytic_centre(matrix, bound, basis, reached.mean(axis=0))
        axes = basis @ np.linalg.inv(np.linalg.cholesky(hessian)).T
        rows = matrix @ axes
        moving = np.abs(rows).max(axis=1) > SLACK
        return centre, axes, rows[moving], (bound - matrix @ centre)[moving]


def _null_space(rows: Floats) -> Floats:
    """Orthonormal directions (K, D) along which none of the rows changes."""
    _, size, right = np.linalg.svd(rows)
    return right[int((size > FLAT).sum()) :].T


def _analytic_centre(matrix: Floats, bound: Floats, basis: Floats, start: Floats) -> tuple[Floats, Floats]:
    """The point (K,) of the greatest product of slacks, and the Hessian (D, D) of its logarithm there."""
    point, rows = start, matrix @ basis
    for _ in range(NEWTON_STEPS):
        scaled = rows / (bound - matrix @ point)[:, None]
        hessian, gradient = scaled.T @ scaled, scaled.sum(axis=0)
        step = -np.linalg.solve(hessian, gradient)
        decrement = np.sqrt(-gradient @ step)
        if decrement <= CENTRED:
            break
        # Damped, so that it stays inside (Nesterov and Nemirovski 1994).
        point = point + basis @ step / (1 + decrement)
    return point, hessian


def simplex(criteria: int) -> WeightSpace:
    """All weights of so many criteria.

    >>> simplex(2).contains(np.array([0.2, 0.8])), simplex(2).contains(np.array([0.2, 0.2]))
    (True, False)
    """
    return WeightSpace("simplex", criteria, np.zeros((0, criteria)), np.zeros(0))


def box(weights: Floats, radius: float, *, relative: bool = False) -> WeightSpace:
    """Weights within `radius` of the given ones (shape (K,), sum 1), or within that share of each where `relative`.

    Raises ValueError where the radius is negative or not finite.

    >>> [box(np.array([0.5, 0.5]), 0.1).contains(np.array([share, 1 - share])) for share in (0.45, 0.7)]
    [True, False]
    """
    if not 0 <= radius < np.inf:
        raise ValueError(f"a radius of at least 0 was expected, {radius} was found")
    reach = weights * radius if relative else np.full(len(weights), radius)
    upper, lower = np.minimum(weights + reach, 1), np.maximum(weights - reach, 0)
    each = np.eye(len(weights))
    return WeightSpace("box", len(weights), np.vstack([each, -each]), np.concatenate([upper, -lower]))


def order(importance: Sequence[int]) -> WeightSpace:
    """Weights in an order of importance: positions of the criteria from the most important to the least.

    >>> [order([1, 0]).contains(np.array([share, 1 - share])) for share in (0.45, 0.7)]
    [True, False]
    """
    count = len(importance)
    matrix = np.zeros((count - 1, count))
    for row, (more, less) in enumerate(itertools.pairwise(importance)):
        matrix[row, [more, less]] = -1, 1
    return WeightSpace("order", count, matrix, np.zeros(count - 1), order=tuple(importance))


def linear(matrix: Floats, bound: Floats) -> WeightSpace:
    """Weights that satisfy `matrix` @ w <= `bound` (shapes (M, K) and (M,)).

    >>> at_most_a_third = linear(np.array([[3.0, 0.0]]), np.array([1.0]))
    >>> [at_most_a_third.contains(np.array([share, 1 - share])) for share in (0.3, 0.7)]
    [True, False]
    """
    return WeightSpace("linear", matrix.shape[1], matrix, bound)


def dirichlet(concentration: Floats) -> WeightSpace:
    """Weights drawn from a Dirichlet distribution (concentration of shape (K,), positive); all of the simplex.

    >>> dirichlet(np.array([3.0, 1.0])).draw(20_000, np.random.default_rng(1)).mean(axis=0).round(2)
    array([0.75, 0.25])
    """
    if not (concentration > 0).all():
        raise ValueError("positive concentrations were expected")
    return WeightSpace("dirichlet", len(concentration), np.zeros((0, len(concentration))), np.zeros(0), concentration)
