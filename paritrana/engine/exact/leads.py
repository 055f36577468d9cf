"""The largest lead of each of many rows over a set of weights: in doubles, and exactly where they leave a doubt."""

from __future__ import annotations

from typing import Any

import numpy as np

from paritrana.engine.exact.polytope import Bools, Whole, _fraction_above, common, extreme_points, polytope_of
from paritrana.engine.exact.programme import largest_lead
from paritrana.engine.scores import Floats, Ints
from paritrana.engine.spaces import WeightSpace

DOUBT = 1e-7  # a lead below this share of the largest coefficient is computed again exactly


EDGE = 1e-9  # rounding of bounds that meet


BLOCK = 1 << 16  # pairs worked on at once, whatever the size of a block of draws


def pair_leads(low: Ints, high: Ints, space: WeightSpace) -> tuple[Floats, Floats]:
    """Least and largest lead over a space of the highest scores of a row over the lowest of a column, each (N, N).

    Floats with exact signs, as of `leads`.
    """
    count = len(low)
    least, most = np.empty((count, count)), np.empty((count, count))
    step = max(1, BLOCK // max(1, count))
    for start in range(0, count, step):
        block = slice(start, start + step)
        least[block], most[block] = leads(high[block, None] - low, space)
    return least, most


def leads(rows: Ints, space: WeightSpace) -> tuple[Floats, Floats]:
    """Least and largest value of each row of coefficients (shape (..., K)) over the weights of a space.

    Floats of shape (...), with exact signs: 0.0 stands for exactly nothing.
    """
    if space.kind in ("simplex", "dirichlet"):
        return rows.min(axis=-1).astype(float), rows.max(axis=-1).astype(float)
    if space.kind == "order":  # the extreme points are the means of the first criteria (Kmietowicz and Pearman 1981)
        means = np.cumsum(rows[..., list(space.order)], axis=-1) / np.arange(1, space.criteria + 1)
        return means.min(axis=-1), means.max(axis=-1)
    flat = rows.reshape(-1, space.criteria)
    if space.kind == "box":
        least, most = -_fills(-flat, space), _fills(flat, space)
    else:
        least, most = _over_points(flat, space)
    return least.reshape(rows.shape[:-1]), most.reshape(rows.shape[:-1])


def _fills(rows: Ints, space: WeightSpace) -> Floats:
    """Largest value of each row over a box: a continuous knapsack (Dantzig 1957); floats with exact signs."""
    lower, upper = -space.bound[space.criteria :], space.bound[: space.criteria]
    if lower.sum() > 1 + EDGE or upper.sum() < 1 - EDGE:
        raise ValueError("the space of weights is empty")
    values: Floats = _filled(rows, lower, upper, 1.0)
    doubtful = _doubtful(values, rows)
    if doubtful.any():
        ends, unit = common([*(-_fraction_above(-end) for end in lower), *map(_fraction_above, upper)])
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


def _over_points(rows: Ints, space: WeightSpace) -> tuple[Floats, Floats]:
    """Least and largest value of each row over linear constraints: at the extreme points, or by programmes."""
    polytope = polytope_of(space)
    points = extreme_points(polytope, space.criteria)
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
