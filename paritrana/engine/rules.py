"""What a rubric makes of totals before they are ranked: decimals to which they are rounded, and what ties share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from paritrana.engine.logarithms import OCTAVE, mean_points
from paritrana.engine.scores import LARGEST, POINT, Ints
from paritrana.engine.table import Scored

Bools = npt.NDArray[np.bool_]
Ties = Literal["min", "max", "dense"]
CLOSE = 5e-7  # points by which a geometric mean may be off: logarithms are rounded to whole parts
ERRORS = 4  # parts by which two logarithms may be off together
HALF = 1e-9  # of a unit: a total of exactly half a unit must not fall below it by its last bits


@dataclass(frozen=True)
class Rule:
    """How totals become ranks.

    `decimals`: those of the total in points that is ranked, half a unit rounded up; None for the exact total. `ties`:
    equals share the better rank (`min`), the worse (`max`), or no rank is left out after them (`dense`). `geometric`:
    totals are those of logarithms.

    >>> Rule(decimals=1).keys(np.array([50.004, 50.0]) * POINT, 1).tolist()
    [500, 500]
    """

    ties: Ties = "min"
    decimals: int | None = None
    geometric: bool = False

    def keys(self, totals: Any, whole: Any) -> Ints:
        """Whole numbers that rank totals of any shape under weights whose sum is `whole`; equal is a tie."""
        if self.decimals is None:
            return np.asarray(totals).astype(np.int64)
        points = mean_points(totals, whole) + CLOSE if self.geometric else totals / (whole * POINT)
        return np.floor(points * 10.0**self.decimals + 0.5 + HALF).astype(np.int64)

    def blur(self, table: Scored) -> Ints:
        """How far each alternative's total may be from another's and yet be the same one rounded, shape (N,).

        At least so far that one that is farther above is above rounded too; 0 where nothing is rounded. Of logarithms
        it depends on the total: the least that it can be is taken.
        """
        count = table.shape[0]
        if self.decimals is None:
            return np.zeros(count, dtype=np.int64)
        unit = 10.0**-self.decimals * (1 + 1e-6) + 1e-6
        if not self.geometric or table.points is None:
            return np.full(count, int(np.ceil(unit * POINT)), dtype=np.int64)
        least = table.points.low.min(axis=1) / POINT
        clear = least > 2 * unit  # below that a rounding can hide anything
        ratio = least / np.where(clear, least - unit, 1)
        parts = np.ceil(OCTAVE * np.log2(np.where(clear, ratio, 1))) + ERRORS
        return np.where(clear, parts, LARGEST).astype(np.int64)


PLAIN = Rule()


def sharing(tied: Bools, ties: Ties) -> Ints:
    """Ranks of places in order, shape (D, N), where `tied` marks the places that share the one before them."""
    places = np.arange(tied.shape[1])
    if ties == "dense":
        return np.cumsum(~tied, axis=1)
    if ties == "min":
        return np.maximum.accumulate(np.where(tied, 0, places), axis=1) + 1
    ends = np.ones_like(tied)
    ends[:, :-1] = ~tied[:, 1:]
    return np.minimum.accumulate(np.where(ends, places, places[-1])[:, ::-1], axis=1)[:, ::-1] + 1
