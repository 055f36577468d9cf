"""Scales that a table makes of its own known values: min-max, z-score and rank.

Such a scale moves with the values. Where values are intervals, a score is therefore bounded by letting all other
values move as well: whatever the values inside their intervals are, every score that they give lies within the bounds
made here. For min-max and rank each bound is reached; those of z-scores are safe, but may be wider than need be. The
bounds of several alternatives need not be reached together.

A value that is not known at both ends may score anything, 0 to 100 points, and does not move the scale. Where the
known values are alike, or may be, there is no scale, and all alternatives may score anything. Only where every value
is known and all are surely alike do all score 50 points: the criterion tells nobody from another.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from paritrana.engine.scores import FULL, Floats, Ints

ALIKE = 1e-12  # values whose difference is a smaller share of the greatest differ by no more than roundings do
DEVIATION = 0.1  # what a standard deviation counts, as a share of the 100 points
HALVINGS = 60  # of an interval no longer than 2: to the last bits of a float

Bounds = tuple[Floats, Floats]


def relative_scores(low: Floats, high: Floats, scale: str, *, up: bool, clip: bool) -> tuple[Ints, Ints]:
    """Bounds (lowest, highest), shape (N,), of the scores that one of the `SCALES` gives to values in [low, high].

    In millionths of a point. Only a z-score can leave 0 to 100 points, and only without `clip`.
    """
    lowest, highest = np.zeros(len(low), dtype=np.int64), np.full(len(low), FULL, dtype=np.int64)
    known = ~(np.isnan(low) | np.isnan(high))
    ends = _known_ends(low, high) if up else _known_ends(-high, -low)
    if _apart(*ends):
        shares = SCALES[scale](*ends)
        lowest[known], highest[known] = (np.rint((np.clip(part, 0, 1) if clip else part) * FULL) for part in shares)
    elif known.all() and _alike(*ends):
        lowest[:] = highest[:] = FULL // 2
    return lowest, highest


def makes_a_scale(low: Floats, high: Floats) -> bool:
    """Whether the known values differ, whatever they are inside their intervals."""
    return _apart(*_known_ends(low, high))


def _known_ends(low: Floats, high: Floats) -> Bounds:
    """The values known at both ends, brought below 1 by a power of two, which rounds nothing and cannot overflow."""
    known = ~(np.isnan(low) | np.isnan(high))
    ends = np.stack([low[known], high[known]])
    with np.errstate(under="ignore"):  # nothing beside the greatest
        least, most = np.ldexp(ends, -np.frexp(np.abs(ends).max(initial=0))[1])
    return least, most


def _apart(low: Floats, high: Floats) -> bool:
    return bool(low.max(initial=-np.inf) - high.min(initial=np.inf) > ALIKE)


def _alike(low: Floats, high: Floats) -> bool:
    return bool(high.max(initial=-np.inf) - low.min(initial=np.inf) <= ALIKE)


def _min_max(low: Floats, high: Floats) -> Bounds:
    """0 for the least, 1 for the greatest: a share falls when any other value rises, and rises with its own."""

    def share(own: Floats, others: Floats) -> Floats:
        ordered = np.sort(others)
        # The least of the others is the second where one is the least itself.
        least = np.minimum(own, np.where(others == ordered[0], ordered[1], ordered[0]))
        greatest = np.maximum(own, np.where(others == ordered[-1], ordered[-2], ordered[-1]))
        shares: Floats = (own - least) / (greatest - least)
        return shares

    return share(low, high), share(high, low)


def _z_score(low: Floats, high: Floats) -> Bounds:
    """0.5 at the mean, and a tenth for each standard deviation (of the known values as a whole, not a sample)."""
    count = len(low)
    least, most = _deviations(low, high)
    below = low - (high.sum() - high + low) / count
    above = high - (low.sum() - low + high) / count
    # No value of n lies farther than this from their mean, in standard deviations.
    farthest = np.sqrt(count - 1)
    lowest = np.maximum(below / np.where(below < 0, least, most), -farthest)
    highest = np.minimum(above / np.where(above < 0, most, least), farthest)
    return 0.5 + DEVIATION * lowest, 0.5 + DEVIATION * highest


def _deviations(low: Floats, high: Floats) -> tuple[float, float]:
    """The least standard deviation of values in [low, high], and one that none exceeds.

    The variance is the least mean square distance from any point: a point found for the nearest values gives the
    first, any point with the farthest values the second.
    """
    if np.array_equal(low, high):
        return float(low.std()), float(low.std())
    start, end = float(low.min()), float(high.max())
    for _ in range(HALVINGS):
        middle = (start + end) / 2
        rising = (np.maximum(middle - high, 0) - np.maximum(low - middle, 0)).sum() > 0
        start, end = (start, middle) if rising else (middle, end)
    near = np.maximum(np.maximum(low - start, start - high), 0)
    mean = (low + high).mean() / 2
    far = np.maximum(mean - low, high - mean)
    return float(np.sqrt((near**2).mean())), float(np.sqrt((far**2).mean()))


def _rank(low: Floats, high: Floats) -> Bounds:
    """0 for the least, 1 for the greatest, equal steps between; equals share the middle of their places."""
    exact, below, above = low == high, np.sort(high), np.sort(low)
    # Twice the place: those below, and those below or equal, without the alternative itself.
    lowest = below.searchsorted(low, "left") + below.searchsorted(low, "right") - exact
    highest = above.searchsorted(high, "left") + above.searchsorted(high, "right") - np.where(exact, 1, 2)
    steps = 2.0 * (len(low) - 1)
    return lowest / steps, highest / steps


SCALES: dict[str, Callable[[Floats, Floats], Bounds]] = {"minmax": _min_max, "zscore": _z_score, "rank": _rank}
