"""What the engine is asked about: a table of criterion scores as intervals, with or without weights of its own.

Each is checked once, where it is made; the methods then take it as it is. A method that goes over a space of weights
takes `Scored`, one that starts from given weights takes `Weighted`, which is the same table with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from paritrana.engine.logarithms import log_scores
from paritrana.engine.scores import Ints, totals


@dataclass(frozen=True, eq=False)
class Points:
    """The scores under a table of logarithms, shapes (N, K): in points a value inside its interval is uniform.

    `low` and `high` are millionths of a point, `middle` the logarithm of the middle between them, which is not the
    middle of their logarithms.
    """

    low: Ints
    high: Ints
    middle: Ints

    def rows(self, positions: Ints | Sequence[int]) -> Points:
        """Those of some alternatives, in this order."""
        return Points(self.low[positions], self.high[positions], self.middle[positions])


@dataclass(frozen=True, eq=False)
class Scored:
    """Scores of N alternatives on K criteria in millionths of a point, anywhere in [`low`, `high`], both (N, K) int64.

    Where totals are geometric means, `low` and `high` are the logarithms of the scores (see `geometric`), and `points`
    holds the scores: logarithms are added up, but what is drawn and what lies in the middle are points.

    Raises ValueError, with a sentence for each fault, where the two are no such table.

    >>> from paritrana.engine import POINT
    >>> Scored(np.array([[40, 40]]) * POINT, np.array([[70, 60]]) * POINT).twice_middle / (2 * POINT)
    array([[55., 50.]])
    """

    low: Ints
    high: Ints
    points: Points | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        if faults := list(self._faults()):
            raise ValueError("; ".join(faults))

    @staticmethod
    def exact(scores: Ints) -> Scored:
        """A table (N, K) in which every score is known."""
        return Scored(scores, scores)

    def geometric(self) -> Self:
        """The table of which weighted geometric means are the totals: its scores as logarithms.

        >>> Scored.exact(np.array([[20, 90], [30, 60]])).geometric().low.sum(axis=1).tolist()
        [2867097720, 2867097720]
        """
        low, high = log_scores(self.low), log_scores(self.high)
        high = np.maximum(low, high)  # beyond 100 points the next millionth may be nearer than what is rounded
        middle = np.clip(log_scores((self.low + self.high) // 2), low, high)
        return replace(self, low=low, high=high, points=Points(self.low, self.high, middle))

    def weighted(self, parts: Ints) -> Weighted:
        """The table with weights (K,)."""
        return Weighted(self.low, self.high, parts, points=self.points)

    def rows(self, positions: Ints | Sequence[int]) -> Self:
        """The table of some of its alternatives, in this order."""
        points = self.points and self.points.rows(positions)
        return replace(self, low=self.low[positions], high=self.high[positions], points=points)

    @property
    def shape(self) -> tuple[int, int]:
        """N and K."""
        count, criteria = self.low.shape
        return count, criteria

    @property
    def twice_middle(self) -> Ints:
        """Twice the middle, shape (N, K): whole where the middle is not, and of the same order.

        Of logarithms it is twice the logarithm of the middle in points.
        """
        return self.low + self.high if self.points is None else 2 * self.points.middle

    def _faults(self) -> Iterator[str]:
        """What keeps it from being a table, in a sentence each."""
        for name, ends in (("lowest", self.low), ("highest", self.high)):
            if ends.dtype != np.int64:
                yield f"{name} scores in whole numbers (int64) were expected, {ends.dtype} was found"
        if self.low.ndim != 2 or self.low.shape != self.high.shape:
            shapes = f"{self.low.shape} and {self.high.shape}"
            yield f"lowest and highest scores of one shape (N, K) were expected, {shapes} were found"
        else:
            yield from self._reversed()

    def _reversed(self) -> Iterator[str]:
        """Intervals whose lower end is the higher one: the first, and how many more."""
        found = np.argwhere(~(self.low <= self.high))
        for row, column in found[:1].tolist():
            ends = f"{self.low[row, column]} and {self.high[row, column]}"
            more = f", and {len(found) - 1} more such" if len(found) > 1 else ""
            place = f"of alternative {row} on criterion {column} (counted from 0){more}"
            yield f"a lowest score no higher than the highest was expected, {ends} were found {place}"


@dataclass(frozen=True, eq=False)
class Weighted(Scored):
    """The same with weights: whole `parts` of their own sum, shape (K,) int64, none below zero and not all zero.

    >>> from paritrana.engine import POINT
    >>> Scored.exact(np.array([[100, 0], [70, 70]]) * POINT).weighted(np.array([3, 1])).totals[0] / (4 * POINT)
    array([75., 70.])
    """

    parts: Ints

    @property
    def totals(self) -> tuple[Ints, Ints]:
        """Lowest and highest total of each alternative, each (N,), in millionths of a point times the sum of parts."""
        return totals(self.low, self.parts), totals(self.high, self.parts)

    def _faults(self) -> Iterator[str]:
        yield from super()._faults()
        yield from weight_faults(self.parts, self.low.shape[-1] if self.low.ndim else 0)


def weight_faults(parts: Ints, criteria: int) -> Iterator[str]:
    """What keeps `parts` from being weights of so many criteria, in a sentence each."""
    if parts.dtype != np.int64:
        yield f"weights in whole parts (int64) were expected, {parts.dtype} was found"
    if parts.shape != (criteria,):
        yield f"a weight for each of {criteria} criteria was expected, the shape {parts.shape} was found"
    elif (parts < 0).any():
        place = int(np.argmax(parts < 0))
        yield f"weights of at least zero were expected, {parts[place]} was found for criterion {place} (counted from 0)"
    elif parts.sum() == 0:
        yield "at least one positive weight was expected, all are zero"
