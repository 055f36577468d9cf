"""Regions of admissible weights, and uniform draws from them.

A region is the part of the simplex (weights of at least zero that sum to one) that satisfies linear constraints.
Every exact method reads the constraints, every sampled one draws; the sampler is named in the result, because
draws are uniform and independent only where it says so.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paritrana.engine.scores import Floats

MOST_ROUNDS = 10_000  # rounds of rejection before a region is called too thin to draw from


@dataclass(frozen=True, eq=False)
class Region:
    """Weights w of shape (K,) with w >= 0, sum(w) = 1 and `matrix` @ w <= `bound` (shapes (M, K) and (M,)).

    `kind` is `simplex`, `box`, `order`, `linear` or `dirichlet`; `concentration` (K,) is set for the last, whose
    support is the whole simplex.
    """

    kind: str
    criteria: int
    matrix: Floats
    bound: Floats
    concentration: Floats | None = None
    order: tuple[int, ...] = ()

    @property
    def sampler(self) -> str:
        """How weights are drawn: exactly uniform and independent, unless the name says otherwise."""
        return {
            "simplex": "uniform on the simplex (Dirichlet(1))",
            "box": "uniform on the box, by rejection",
            "order": "uniform on the order cone, by sorting",
            "linear": "uniform, by rejection from the simplex",
            "dirichlet": "Dirichlet with the given concentration (not uniform)",
        }[self.kind]

    def contains(self, weights: Floats, tolerance: float = 1e-9) -> bool:
        """Whether weights of shape (K,) lie in the region."""
        proper = bool((weights >= -tolerance).all()) and abs(float(weights.sum()) - 1) <= tolerance
        return proper and bool((self.matrix @ weights <= self.bound + tolerance).all())

    def draw(self, count: int, rng: np.random.Generator) -> Floats:
        """Weights of shape (count, K); raises ValueError where the region is too thin to be hit."""
        if self.kind == "dirichlet" and self.concentration is not None:
            return rng.dirichlet(self.concentration, count)
        if self.kind == "simplex":
            return rng.dirichlet(np.ones(self.criteria), count)
        if self.kind == "order":
            drawn = np.empty((count, self.criteria))
            drawn[:, list(self.order)] = -np.sort(-rng.dirichlet(np.ones(self.criteria), count), axis=1)
            return drawn
        return self._by_rejection(count, rng)

    def _by_rejection(self, count: int, rng: np.random.Generator) -> Floats:
        """Draws from a simple region around this one, those inside kept."""
        kept: list[Floats] = []
        found = 0
        for _ in range(MOST_ROUNDS):
            offered = self._around(count, rng)
            inside = offered[(offered >= 0).all(axis=1) & (offered @ self.matrix.T <= self.bound).all(axis=1)]
            kept.append(inside)
            found += len(inside)
            if found >= count:
                return np.concatenate(kept)[:count]
        raise ValueError(f"the region of weights ({self.kind}) is too thin to draw from")

    def _around(self, count: int, rng: np.random.Generator) -> Floats:
        """Uniform draws from the simplex, or for a box from all its coordinates but the widest."""
        if self.kind != "box":
            return rng.dirichlet(np.ones(self.criteria), count)
        upper, lower = self.bound[: self.criteria], -self.bound[self.criteria :]
        widest = int(np.argmax(upper - lower))
        drawn = rng.uniform(lower, upper, (count, self.criteria))
        drawn[:, widest] = 1 - np.delete(drawn, widest, axis=1).sum(axis=1)
        return drawn


def simplex(criteria: int) -> Region:
    """All weights of so many criteria."""
    return Region("simplex", criteria, np.zeros((0, criteria)), np.zeros(0))


def box(weights: Floats, radius: float, *, relative: bool = False) -> Region:
    """Weights within `radius` of the given ones (shape (K,), sum 1), or within that share of each where `relative`.

    Raises ValueError where the radius is negative or not finite.
    """
    if not 0 <= radius < np.inf:
        raise ValueError(f"a radius of at least 0 was expected, {radius} was found")
    reach = weights * radius if relative else np.full(len(weights), radius)
    upper, lower = np.minimum(weights + reach, 1), np.maximum(weights - reach, 0)
    each = np.eye(len(weights))
    return Region("box", len(weights), np.vstack([each, -each]), np.concatenate([upper, -lower]))


def order(importance: Sequence[int]) -> Region:
    """Weights in an order of importance: positions of the criteria from the most important to the least."""
    count = len(importance)
    matrix = np.zeros((count - 1, count))
    for row, (more, less) in enumerate(itertools.pairwise(importance)):
        matrix[row, [more, less]] = -1, 1
    return Region("order", count, matrix, np.zeros(count - 1), order=tuple(importance))


def linear(matrix: Floats, bound: Floats) -> Region:
    """Weights that satisfy `matrix` @ w <= `bound` (shapes (M, K) and (M,))."""
    return Region("linear", matrix.shape[1], matrix, bound)


def dirichlet(concentration: Floats) -> Region:
    """Weights drawn from a Dirichlet distribution (concentration of shape (K,), positive); all of the simplex."""
    if not (concentration > 0).all():
        raise ValueError("positive concentrations were expected")
    return Region("dirichlet", len(concentration), np.zeros((0, len(concentration))), np.zeros(0), concentration)
