"""The most rivals that can be passed under one set of weights: a branch and bound over boxes of weights.

The weights are divided, not the rivals. In a box of weights the least and the greatest lead over a rival are
continuous knapsacks (Dantzig 1957): a rival whose least lead is not below zero is passed in the whole box, one whose
greatest lead is below zero nowhere, and so it stays in every part of the box. For the others "is passed" lies below the
concave min(1, 1 - lead / least lead). The sum of these over the rivals is concave: its tangent at any weights lies
above it, and the greatest value of a tangent in the box is one more knapsack. The weights at which it is reached are
the next that are tried (Frank and Wolfe 1956): a few steps give a bound, and weights that attain much. A box that may
hold more than was attained is halved where the leads move most. Boxes of all tasks are worked on together, as arrays.

Why floats prove a bound: leads are divided by their largest coefficient and weights sum to one, so that a lead of K
terms is off by less than K * 3e-16, its extremes by a few times as much. All leads are raised by HAIR = 1e-9, far more
than that for any number of criteria, before their signs are read: no rival that can be passed is taken for one that
cannot. A slope 1 / (HAIR - least lead) may be large, but it multiplies the error of a lead and its hair alike, so that
what is added up is still too high; the sum of N such terms is off by some N * 1e-16 more, for which a bound is raised
by LIFT before it is rounded down. A claim (rivals with a lead of at least minus a hair) may however be too high, by
rivals on a knife edge: who calls counts it in whole numbers. At such an edge boxes get small and nothing is decided:
where one is SMALL, its task is left with the bound reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import reduce
from operator import add
from typing import Self

import numpy as np
import numpy.typing as npt

from paritrana.engine.exact.polytope import Bools
from paritrana.engine.scores import Floats, Ints

HAIR = 1e-9  # by which leads are raised before their signs are read, in shares of the largest coefficient
LIFT = 1e-6  # by which a bound is raised before it is rounded down
STEPS = 12  # tangents at most in a box; more cost as much time as they save boxes
SMALL = 2.0**-16  # of the widest side of all weights: a box no wider is at a knife edge
BATCH = 2048  # boxes of all tasks halved at once
FEW = 512  # boxes up to which halves are halved again at once
TASKS = 128  # worked on at once
BEAM = 64  # of one task, lest many are halved that one of them makes needless
WORTH = 0.7  # share of boxes still worked on below which the others are taken out of the arrays
CELLS = 1 << 15  # boxes x rivals worked on at once, so that arrays stay in a processor's cache


@dataclass(frozen=True, eq=False)
class Claims:
    """What a search found for each of T tasks.

    Under the weights `points` (T, C) floats count `claimed` (T,) rivals as passed; for certain no more than `bound`
    (T,) are. `stuck` (T, C) are other weights, where a search ended at a knife edge, else the same. `spent` is the
    effort: leads worked out, over all boxes.
    """

    claimed: Ints
    bound: Ints
    points: Floats
    stuck: Floats
    spent: int


@dataclass(frozen=True, eq=False)
class _Columns:
    """Arrays of the same length."""

    def __getitem__(self, chosen: npt.NDArray[np.generic] | slice) -> Self:
        return type(self)(*(getattr(self, each.name)[chosen] for each in fields(self)))

    def __add__(self, other: Self) -> Self:
        pairs = ((getattr(self, each.name), getattr(other, each.name)) for each in fields(self))
        return type(self)(*map(np.concatenate, pairs))

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))


@dataclass(frozen=True, eq=False)
class _Boxes(_Columns):
    """Boxes of weights: that of the task `own` from `lower` to `upper` (B, C) and of sum one.

    There `sure` of its rivals are passed everywhere and those of `open` (B, n) neither everywhere nor nowhere. No more
    than `bound` are passed; `axes` (B, C) are those across which to halve it, the best first.
    """

    own: Ints
    lower: Floats
    upper: Floats
    open: Bools
    sure: Floats
    bound: Floats
    axes: Ints


@dataclass(frozen=True, eq=False)
class _Ground(_Columns):
    """Where tangents are laid: boxes with their undecided rivals, padded with rivals that count nothing.

    `rows` (B, m, C), `times` and `steep` (B, m): a rival's lead, how often it counts, and 1 / (HAIR - its least lead).
    """

    own: Ints
    lower: Floats
    width: Floats
    sure: Floats
    rows: Floats
    times: Floats
    steep: Floats

    def leads(self, weights: Floats) -> Floats:
        """Leads (B, m) under weights (B, C)."""
        return np.matmul(self.rows, weights[:, :, None])[:, :, 0]

    def passed(self, leads: Floats) -> Floats:
        """How many rivals are passed, (B,)."""
        return self.sure + (self.times * (leads >= -HAIR)).sum(axis=1)

    def tangent(self, leads: Floats) -> tuple[Floats, Floats]:
        """The concave function's value (B,) where the leads are these, and its slope (B, C)."""
        below = np.minimum((leads + HAIR) * self.steep, 0)
        slope = self.times * self.steep * (below < 0)
        return self.sure + (self.times * (1 + below)).sum(axis=1), np.matmul(slope[:, None, :], self.rows)[:, 0]

    def farthest(self, slope: Floats) -> Floats:
        """The weights (B, C) of each box at which the slope rises most: a continuous knapsack."""
        best_first = np.argsort(-slope, axis=1) + slope.shape[1] * np.arange(len(slope))[:, None]
        room = self.width.ravel()[best_first]
        given_before = np.cumsum(room, axis=1) - room
        weights = self.lower.copy()
        left = 1 - weights.sum(axis=1, keepdims=True) - given_before
        weights.ravel()[best_first] += np.minimum(np.maximum(left, 0), room)
        return weights


@dataclass(frozen=True, eq=False)
class _Crowd:
    """All tasks' rivals, one row each in one long list, so many (`most`) and one that counts nothing for each task.

    `rows` (T * (most + 1), C) are leads divided by their largest coefficient, `order` the criteria from the best to the
    worst for them, `falling` the leads in this order, `times` how often each counts.
    """

    most: int
    rows: Floats
    order: Ints
    falling: Floats
    times: Floats


class _Tops:
    """The most rivals claimed so far for each task, and under which weights."""

    def __init__(self, tasks: int, criteria: int) -> None:
        self.claimed, self.points = np.full(tasks, -1.0), np.zeros((tasks, criteria))

    def note(self, own: Ints, passed: Floats, weights: Floats) -> None:
        """Keep what is better than before, the first of several as good."""
        better = np.flatnonzero(passed > self.claimed[own])
        worst_first = better[np.argsort(passed[better], kind="stable")]
        self.claimed[own[worst_first]] = passed[worst_first]
        self.points[own[worst_first]] = weights[worst_first]


def most_passed(rows: Sequence[Floats], times: Sequence[Ints], lower: Floats, upper: Floats, effort: float) -> Claims:
    """For each task the most rivals with a lead of at least nothing, under one set of weights within a box.

    `rows`: for each task leads (n, C), none all zero; `times` (n,) how often each counts. Weights are at least `lower`,
    at most `upper` (C,) and sum to one. The first box of each task is looked at whatever the effort.

    >>> leads = np.array([[3.0, -1.0], [-1.0, 3.0], [1.0, -9.0], [-9.0, 1.0]])
    >>> found = most_passed([leads], [np.ones(4, dtype=int)], np.zeros(2), np.ones(2), np.inf)
    >>> found.claimed, found.bound
    (array([2]), array([2]))
    """
    crowd, tops, whole = _crowd(rows, times), _Tops(len(rows), len(lower)), _whole(rows, lower, upper)
    waiting, edges, spent = _looked(crowd, whole, tops, thorough=True), whole[:0], int(whole.open.sum())
    smallest = SMALL * float((upper - lower).max())
    while len(waiting := waiting[waiting.bound > tops.claimed[waiting.own]]) and spent < effort:
        chosen = _chosen(waiting, tops.claimed)
        small = chosen & ((waiting.upper - waiting.lower).max(axis=1) <= smallest)
        given_up = np.isin(waiting.own, waiting.own[small])
        edges += waiting[small] + waiting[given_up & ~small]
        parts = _divided(waiting[chosen & ~given_up])
        spent += int(parts.open.sum())
        waiting = waiting[~chosen & ~given_up] + _looked(crowd, parts, tops)
    bound, stuck = tops.claimed.copy(), tops.points.copy()
    np.maximum.at(bound, waiting.own, waiting.bound)
    np.maximum.at(bound, edges.own, edges.bound)
    first = np.unique(edges.own, return_index=True)[1]  # those of a task start with a small one
    stuck[edges.own[first]] = _middle(edges.lower, edges.upper - edges.lower)[first]
    return Claims(tops.claimed.astype(np.int64), bound.astype(np.int64), tops.points, stuck, spent)


def _crowd(rows: Sequence[Floats], times: Sequence[Ints]) -> _Crowd:
    """The rivals of all tasks as one list."""
    most, criteria = max(map(len, rows)), rows[0].shape[1]
    leads, counts = np.zeros((len(rows), most + 1, criteria)), np.zeros((len(rows), most + 1))
    for task, (own, often) in enumerate(zip(rows, times, strict=True)):
        leads[task, : len(own)] = own / np.abs(own).max(axis=1, keepdims=True)
        counts[task, : len(own)] = often
    flat = leads.reshape(-1, criteria)
    order = np.argsort(-flat, axis=1, kind="stable")
    return _Crowd(most, flat, order.astype(np.int16), np.take_along_axis(flat, order, axis=1), counts.ravel())


def _whole(rows: Sequence[Floats], lower: Floats, upper: Floats) -> _Boxes:
    """All weights, for each task."""
    count = len(rows)
    undecided = np.arange(max(map(len, rows))) < np.array([len(own) for own in rows])[:, None]
    ends = _tightened(np.tile(lower, (count, 1)), np.tile(upper, (count, 1)))
    nothing = np.zeros(count)
    return _Boxes(np.arange(count), *ends, undecided, nothing, nothing, np.zeros((count, len(lower)), dtype=np.int64))


def _tightened(lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """The box around those of a box's weights that sum to one: what one may be depends on what the others leave."""
    least = np.maximum(lower, upper + (1 - upper.sum(axis=1, keepdims=True)))
    most = np.minimum(upper, lower + (1 - lower.sum(axis=1, keepdims=True)))
    return least, np.maximum(least, most)


def _middle(lower: Floats, width: Floats) -> Floats:
    """Weights of sum one, all as far up in their box."""
    wide = width.sum(axis=1, keepdims=True)
    return lower + width * (1 - lower.sum(axis=1, keepdims=True)) / np.where(wide > 0, wide, 1)


def _chosen(waiting: _Boxes, claimed: Floats) -> Bools:
    """The boxes to halve next, of the tasks that are nearest to a proof, so that some are proved where effort ends.

    Of each task some of the greatest bound, those with the fewest undecided rivals first.
    """
    by_task = np.lexsort((waiting.open.sum(axis=1), -waiting.bound, waiting.own))
    own, bound = waiting.own[by_task], waiting.bound[by_task]
    first = np.searchsorted(own, own)
    missing = bound[first] - claimed[own]
    leaders = np.unique(first)
    nearest = leaders[np.argsort(missing[leaders], kind="stable")][:TASKS]
    beam = min(max(1, BATCH // len(nearest)), BEAM)
    chosen = np.zeros(len(own), dtype=bool)
    chosen[by_task[np.isin(first, nearest) & (np.arange(len(own)) - first < beam)]] = True
    return chosen


def _divided(boxes: _Boxes) -> _Boxes:
    """The halves of boxes, and halves of these as long as they are few: arrays take their time, however short."""
    for turn in range(boxes.axes.shape[1]):
        if turn and len(boxes) > FEW:
            break
        boxes = _halved(boxes, boxes.axes[:, turn])
    return boxes


def _halved(boxes: _Boxes, axis: Ints) -> _Boxes:
    """Both halves of each box across an axis (B,), but those that hold no weights."""
    at = np.arange(len(boxes))
    middle = (boxes.lower[at, axis] + boxes.upper[at, axis]) / 2
    left, right = boxes.upper.copy(), boxes.lower.copy()
    left[at, axis] = right[at, axis] = middle
    lower, upper = np.concatenate([boxes.lower, right]), np.concatenate([left, boxes.upper])
    holds = (lower.sum(axis=1) <= 1 + HAIR) & (upper.sum(axis=1) >= 1 - HAIR)
    lower, upper = _tightened(lower, upper)
    return replace(boxes + boxes, lower=lower, upper=upper)[holds]


def _looked(crowd: _Crowd, boxes: _Boxes, tops: _Tops, *, thorough: bool = False) -> _Boxes:
    """The boxes that may hold more than was claimed, with what is decided in them and their bounds."""
    undecided = boxes.open.sum(axis=1)
    largest_first = np.argsort(-undecided, kind="stable")
    found, start = [boxes[:0]], 0
    while start < len(boxes):
        step = max(1, CELLS // max(1, int(undecided[largest_first[start]])))
        found.append(_looked_at_once(crowd, boxes[largest_first[start : start + step]], tops, thorough))
        start += step
    return reduce(add, found)


def _looked_at_once(crowd: _Crowd, boxes: _Boxes, tops: _Tops, thorough: bool) -> _Boxes:
    """The same of boxes with nearly as many undecided rivals each."""
    places = _places(boxes.open)
    rivals = boxes.own[:, None] * (crowd.most + 1) + places
    ground, undecided = _ground(crowd, boxes, rivals)
    bound = _bounds(ground, tops, thorough)
    stays = bound > tops.claimed[boxes.own]
    still = np.zeros((len(boxes), crowd.most + 1), dtype=bool)
    np.put_along_axis(still, places, undecided, axis=1)
    ground = ground[stays]
    leads = ground.leads(_middle(ground.lower, ground.width))
    moves = np.abs(ground.rows - leads[:, :, None])
    moved = np.matmul((ground.times * ground.steep)[:, None, :], moves)[:, 0] * ground.width
    axes = np.argsort(-moved, axis=1)
    kept = boxes[stays]
    return _Boxes(kept.own, kept.lower, kept.upper, still[stays, :-1], ground.sure, bound[stays], axes)


def _places(chosen: Bools) -> Ints:
    """Where each row is true, shape (B, m), filled up with the number of columns."""
    count = chosen.sum(axis=1)
    row, column = chosen.nonzero()
    places = np.full((len(chosen), int(count.max(initial=0))), chosen.shape[1])
    places[row, np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)] = column
    return places


def _ground(crowd: _Crowd, boxes: _Boxes, rivals: Ints) -> tuple[_Ground, Bools]:
    """Boxes with some of their rivals (B, m), and which of these stay undecided."""
    rows, times, width = crowd.rows[rivals], crowd.times[rivals], boxes.upper - boxes.lower
    least, most = _extremes(rows, crowd.order[rivals], crowd.falling[rivals], boxes.lower, width)
    undecided = (least < -HAIR) & (most >= -HAIR)
    sure = boxes.sure + (times * (least >= -HAIR)).sum(axis=1)
    steep = 1 / np.where(undecided, HAIR - least, 1)
    return _Ground(boxes.own, boxes.lower, width, sure, rows, times * undecided, steep), undecided


def _extremes(rows: Floats, order: Ints, falling: Floats, lower: Floats, width: Floats) -> tuple[Floats, Floats]:
    """Least and greatest lead (B, m) over each box: what is left to give goes to the worst, or the best, in turn."""
    criteria = rows.shape[2]
    room = width.ravel()[order + criteria * np.arange(len(rows))[:, None, None]]
    least = np.matmul(rows, lower[:, :, None])[:, :, 0]
    most = least.copy()
    for lead, turns in ((most, range(criteria)), (least, reversed(range(criteria)))):
        left = np.broadcast_to(1 - lower.sum(axis=1, keepdims=True), lead.shape).copy()
        for turn in turns:
            given = np.minimum(room[:, :, turn], left)
            left -= given
            given *= falling[:, :, turn]
            lead += given
    return least, most


def _bounds(ground: _Ground, tops: _Tops, thorough: bool) -> Floats:
    """How many rivals are passed at most in each box (B,), by tangents; what is met on the way is noted.

    No more steps where a box is needless, or where the function itself exceeds the claim, as no tangent lies below it;
    `thorough` goes on all the same.
    """
    bound = ground.sure + ground.times.sum(axis=1)
    going = np.arange(len(bound))
    weights = _middle(ground.lower, ground.width)
    leads = ground.leads(weights)
    for step in range(STEPS):
        tops.note(ground.own, ground.passed(leads), weights)
        value, slope = ground.tangent(leads)
        corner = ground.farthest(slope)
        bound[going] = np.minimum(bound[going], value + (slope * (corner - weights)).sum(axis=1))
        claimed = tops.claimed[ground.own]
        useful = (np.floor(bound[going] + LIFT) > claimed) & (thorough | (value < claimed + 1))
        if not useful.any():
            break
        if useful.mean() < WORTH:
            ground, going = ground[useful], going[useful]
            weights, leads, corner = weights[useful], leads[useful], corner[useful]
        there = ground.leads(corner)
        tops.note(ground.own, ground.passed(there), corner)
        weights = weights + 2 / (step + 2) * (corner - weights)
        leads = leads + 2 / (step + 2) * (there - leads)
    return np.floor(bound + LIFT)
