"""Criterion scores from values and goalposts, and totals from scores and weights, in whole numbers.

A criterion score is linear between two fixed goalposts (UNDP, Human Development Report, technical
notes), so that it does not change when alternatives come or go, as min-max scaling would.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

POINT = 1_000_000  # a score is counted in millionths of a point
FULL = 100 * POINT  # the score at the better goalpost
MAX_PARTS = 1_000_000  # the sum of a set of weights is at most this
LARGEST = 9_000 * POINT  # up to such scores every total is exact, also with drawn weights and also in a browser

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def criterion_scores(
    low: Floats, high: Floats, goalposts: tuple[float, float], *, up: bool = True, clip: bool = True
) -> tuple[Ints, Ints]:
    """Scores of values known as intervals: (lowest, highest), in millionths of a point, shapes as given.

    `goalposts` are the values that score 0 and 100 points (the other way round where `up` is false).
    With `clip` a value beyond them scores 0 or 100; without it the line goes on.
    A missing end (NaN) stands for anything the criterion allows: the goalpost on that side, or the other end
    where that lies beyond it. Raises ValueError where a score is so large that totals would not be exact.

    >>> criterion_scores(np.array([0.25, np.nan]), np.array([0.5, np.nan]), (0, 1))
    (array([25000000,        0]), array([ 50000000, 100000000]))
    """
    start, end = goalposts
    # fmin and fmax: an upper end below the goalpost (growth of -10 % at most) must not become the lower one.
    ends = [np.where(np.isnan(low), np.fmin(start, high), low), np.where(np.isnan(high), np.fmax(end, low), high)]
    if clip:  # before they are divided: the quotient of a huge value may be no number
        ends = [np.clip(value, start, end) for value in ends]
    with np.errstate(over="ignore", under="ignore"):
        points = [np.rint((value - start) / (end - start) * FULL) for value in ends]
    if not up:
        points = [FULL - points[1], FULL - points[0]]
    # Only without clip; cast to integers such a score would wrap around and rank anywhere.
    if any((np.abs(value) > LARGEST).any() for value in points):
        raise ValueError(f"goalposts {start} and {end} give a score of more than {LARGEST // POINT} points")
    return points[0].astype(np.int64), points[1].astype(np.int64)


def totals(scores: Ints, parts: Ints) -> Ints:
    """Weighted totals, shape (N,): the sum of parts x scores; divide by `parts.sum()` for millionths of a point.

    >>> totals(np.array([[100, 0], [70, 70]]) * POINT, np.array([3, 2]))
    array([300000000, 350000000])
    """
    return scores @ parts
