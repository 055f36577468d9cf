"""Criterion scores from values and goalposts, and totals from scores and weights, in whole numbers.

A criterion score is linear between two fixed goalposts (UNDP, Human Development Report, technical
notes), so that it does not change when alternatives come or go, as min-max scaling would.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

POINT = 1_000_000  # a score is counted in millionths of a point
FULL = 100 * POINT  # the score at the better goalpost

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def criterion_scores(
    low: Floats, high: Floats, goalposts: tuple[float, float], *, up: bool = True, clip: bool = True
) -> tuple[Ints, Ints]:
    """Scores of values known as intervals: (lowest, highest), in millionths of a point, shapes as given.

    `goalposts` are the values that score 0 and 100 points (the other way round where `up` is false).
    With `clip` a value beyond them scores 0 or 100; without it the line goes on.
    A missing end (NaN) stands for anything the criterion allows: the goalpost on that side.
    """
    start, end = goalposts
    ends = [np.where(np.isnan(low), start, low), np.where(np.isnan(high), end, high)]
    points = [np.rint((value - start) / (end - start) * FULL) for value in ends]
    if not up:
        points = [FULL - points[1], FULL - points[0]]
    if clip:
        points = [np.clip(value, 0, FULL) for value in points]
    return points[0].astype(np.int64), points[1].astype(np.int64)


def totals(scores: Ints, parts: Ints) -> Ints:
    """Weighted totals, shape (N,): the sum of parts x scores; divide by `parts.sum()` for millionths of a point."""
    return scores @ parts
