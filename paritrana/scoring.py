"""From values and a rubric to what the engine ranks: whole scores, and totals in points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import rankdata

from paritrana.engine.scores import FULL, POINT, Floats, Ints, criterion_scores, geometric_points, log_scores, totals
from paritrana.rubric import Criterion, Rubric

SPREAD = 5  # standard deviations from the mean to 0 or 100 points: 10 points each


def score_table(rubric: Rubric, criteria: Sequence[Criterion], low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Criterion scores (lowest, highest) of values of shape (N, K), in millionths of a point.

    NaN stands for an unknown value: anything the criterion allows, 0 to 100 points.
    """
    scored = [_column(rubric, criterion, low[:, at], high[:, at]) for at, criterion in enumerate(criteria)]
    return np.stack([part[0] for part in scored], axis=1), np.stack([part[1] for part in scored], axis=1)


def _column(rubric: Rubric, criterion: Criterion, low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """The scores of one criterion."""
    up = criterion.direction == "up"
    if criterion.scale == "rank":
        return _rank_scores(low, high, up=up)
    posts = criterion.goalposts or _posts_of(low, high, criterion.scale == "zscore")
    clip = rubric.clip if criterion.goalposts else criterion.scale != "zscore"
    lowest, highest = criterion_scores(low, high, posts, up=up, clip=clip)
    unknown = np.isnan(low) & np.isnan(high)
    return np.where(unknown, 0, lowest), np.where(unknown, FULL, highest)


def _posts_of(low: Floats, high: Floats, standardised: bool) -> tuple[float, float]:
    """The goalposts that the table itself gives: its least and greatest value, or five deviations around its mean."""
    if not standardised:
        return float(np.nanmin(low)), float(np.nanmax(high))
    middle = (low + high) / 2
    mean, deviation = float(np.nanmean(middle)), float(np.nanstd(middle))
    return mean - SPREAD * deviation, mean + SPREAD * deviation


def _rank_scores(low: Floats, high: Floats, *, up: bool) -> tuple[Ints, Ints]:
    """100 points for the best middle, 0 for the worst, equal steps between; unknown values anything."""
    middle = (low + high) / 2 * (1 if up else -1)
    known = ~np.isnan(middle)
    lowest, highest = np.zeros(len(middle), dtype=np.int64), np.full(len(middle), FULL, dtype=np.int64)
    places = rankdata(middle[known], method="average") - 1
    lowest[known] = highest[known] = np.rint(places / max(known.sum() - 1, 1) * FULL).astype(np.int64)
    return lowest, highest


def ranked_scores(rubric: Rubric, scores: Ints) -> Ints:
    """What the engine adds up: the scores, or their logarithms where the rubric takes the geometric mean."""
    return log_scores(scores) if rubric.aggregation == "geometric" else scores


def rank_keys(rubric: Rubric, low: Ints, high: Ints, parts: Ints) -> Ints:
    """Whole numbers, shape (N,), that rank the alternatives at the middle of their intervals; equal is a tie.

    Exact totals, or totals rounded to the rubric's decimals (half a unit is rounded up).
    """
    if rubric.round is not None:
        points = total_points(rubric, (low + high) // 2, parts)
        # 1e-9 absorbs the last bits: a total of exactly half a unit must not fall below it.
        return np.floor(points * 10**rubric.round + 0.5 + 1e-9).astype(np.int64)
    if rubric.aggregation == "geometric":
        return totals(log_scores((low + high) // 2), parts)
    return totals(low + high, parts)  # twice the middle, without a half


def total_points(rubric: Rubric, scores: Ints, parts: Ints) -> Floats:
    """The total of each alternative in points, shape (N,), exact (before any rounding of the rubric)."""
    if rubric.aggregation == "geometric":
        return geometric_points(scores, parts)
    points: Floats = totals(scores, parts) / (float(parts.sum()) * POINT)
    return points
