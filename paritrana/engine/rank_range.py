"""Exact best and worst rank of every alternative over a space of weights and over gaps.

Extreme ranking analysis (Kadzinski, Greco and Slowinski 2012). The best case of an alternative is its own highest
scores against everybody else's lowest, because weights are not negative; the worst case is the reverse. What is
left is to find the weights under which most rivals are passed:

1. a rival that is passed everywhere or nowhere is counted and left out (`preference.pair_leads`);
2. a branch and bound over boxes of weights bounds how many of the others can be passed together, and names weights
   that attain as much, as floats see it, which may take a tie for a lead or miss one (`exact.boxes`). In an order of
   importance, and under linear constraints with few extreme points, weights are mixtures of these points;
3. what the named weights attain is counted in whole numbers. On a knife edge the rivals concerned are passed by a
   linear programme in whole numbers instead (`exact.programme.largest_lead`);
4. what is then still open goes to a mixed-integer programme with a binary per rival. It is relaxed by a hair, so that
   floats make it miss nothing; whether the rivals it names can really be passed together is decided in whole
   numbers. If not, the few that exclude each other are forbidden, and it is solved again (combinatorial Benders cuts,
   Codato and Fischetti 2006). Whether all rivals can be passed at once, so that who can be first is always exact, is
   decided in whole numbers before.

Ties share the better rank. For the best rank a rival is passed where it is not strictly above, so that a tie on a
knife edge is enough; for the worst rank it passes only where it is strictly above.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_array

from paritrana.engine.exact.boxes import HAIR, most_passed
from paritrana.engine.exact.leads import pair_leads
from paritrana.engine.exact.polytope import Bools, Polytope, Whole, extreme_points, polytope_of
from paritrana.engine.exact.programme import largest_lead
from paritrana.engine.exact.solver import quiet_milp
from paritrana.engine.ranks import rank_range_of_gaps
from paritrana.engine.scores import MAX_PARTS, Floats, Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored, Weighted

EFFORT = 3_000_000  # leads worked out in all boxes together: some seconds
AS_MANY = 50  # leads that are worked out in the time that a programme takes for a pair of its switches
NODES = 20_000  # switches in the nodes of a programme's tree, where effort is limited: most need much less
CELLS = 8_000_000  # coefficients of the tasks that are searched at once
NEAR = 1e-3  # of a lead's largest coefficient: rivals no farther ahead are tried at a knife edge
EXACT = 2**62  # sums below this are whole in 64 bits
CORNERS = 64  # extreme points at most of which weights are taken as mixtures
RELAXED = 1e-6  # by how much the programme relaxes a lead whose largest coefficient is SCALE
SCALE = 10.0  # larger, and a binary rounded by the solver's tolerance moves a lead by more than that tolerance


@dataclass(frozen=True, eq=False)
class RankRanges:
    """Best and worst ranks, arrays of shape (N,), and the weights that attain them.

    `best` and `worst` are proved: no admissible weights and values give a better or worse rank. `best_attained` and
    `worst_attained` are reached by the witnesses. Where both agree the rank is exact (`best_proved`,
    `worst_proved`); elsewhere the effort was spent, and the truth lies in between; a best rank of 1, and whether an
    alternative can be last, is always exact. `best_parts` and `worst_parts` (N, K)
    are the witnesses as whole parts of their own sum: evaluated with the alternative's highest and all others'
    lowest scores (for the worst rank the reverse) they give the attained rank exactly. The sum is a million, unless
    the rank needs finer weights, such as thirds.
    """

    best: Ints
    worst: Ints
    best_attained: Ints
    worst_attained: Ints
    best_parts: Whole
    worst_parts: Whole

    @property
    def best_proved(self) -> Bools:
        """Where the best rank is exact, shape (N,)."""
        return self.best == self.best_attained

    @property
    def worst_proved(self) -> Bools:
        """Where the worst rank is exact, shape (N,)."""
        return self.worst == self.worst_attained

    @property
    def best_weights(self) -> Floats:
        """Weights (sum 1) that attain `best_attained`, shape (N, K), rounded to floats: a tie may be lost in them."""
        return _as_floats(self.best_parts)

    @property
    def worst_weights(self) -> Floats:
        """Weights (sum 1) that attain `worst_attained`, shape (N, K), rounded to floats."""
        return _as_floats(self.worst_parts)


@dataclass(frozen=True, eq=False)
class RangeSplit:
    """What makes a rank uncertain: weights alone, gaps alone, both together.

    `weights`: values at the middle of their intervals, any weights of the space. `gaps_best` and `gaps_worst` (N,):
    any values, the given weights. `both`: any values, any weights.
    """

    weights: RankRanges
    gaps_best: Ints
    gaps_worst: Ints
    both: RankRanges


@dataclass(frozen=True, eq=False)
class _Task:
    """One alternative's rank in one direction: find weights under which as many rivals as possible are passed.

    `rows` (n, K) are leads that may be positive here and negative there, none twice; `times` (n,) is how many
    rivals have each, `least` (n,) its least value over the space. `sure` more rivals are passed everywhere. With
    `strict` a lead of exactly nothing does not pass.
    """

    rows: Ints
    times: Ints
    least: Floats
    sure: int
    strict: bool

    @property
    def most(self) -> int:
        """How many rivals are passed at most."""
        return self.sure + int(self.times.sum())

    def passed(self, values: Any) -> Bools:
        """Which leads, given their values, pass a rival."""
        return (values > 0 if self.strict else values >= 0).astype(bool)

    def values(self, parts: Whole) -> Any:
        """Leads (n,) under weights as whole parts, exactly."""
        plain = len(self.rows) and int(np.abs(self.rows).max()) * sum(parts) < EXACT
        return self.rows @ parts.astype(np.int64) if plain else self.rows.astype(object) @ parts

    def count(self, parts: Whole) -> int:
        """How many rivals are passed under weights as whole parts, exactly."""
        return self.sure + int(self.times[self.passed(self.values(parts))].sum())


@dataclass(frozen=True, eq=False)
class _Side:
    """The tasks of all alternatives in one direction: leads are `mine` (N, K) of one less `theirs` of the rivals.

    `least` and `most` (N, N) are their extremes over the space, `near` (N,) is added to each of them: weights sum to
    one. `first` and `group` (N,) tell rivals apart that differ: leads over equals are the same.
    """

    mine: Ints
    theirs: Ints
    least: Floats
    most: Floats
    near: Ints
    strict: bool

    @cached_property
    def _groups(self) -> tuple[Ints, Ints]:
        """The first of each group of equal rivals, and which group each belongs to."""
        _, first, group = np.unique(self.theirs, axis=0, return_index=True, return_inverse=True)
        return first, group.ravel()

    def task(self, own: int) -> _Task:
        """That of one alternative: its rivals that are passed under some weights and not under others."""
        near, (first, group) = self.near[own], self._groups
        least, most = self.least[own] + near, self.most[own] + near
        sure, never = (least > 0, most <= 0) if self.strict else (least >= 0, most < 0)
        unsure = ~sure & ~never
        sure[own] = unsure[own] = False
        times = np.bincount(group[unsure], minlength=len(first))
        chosen = first[times > 0]
        rows = self.mine[own] - self.theirs[chosen] + near
        return _Task(rows, times[times > 0], least[chosen], int(sure.sum()), self.strict)


@dataclass(frozen=True, eq=False)
class _Contest:
    """The tasks of all N alternatives: for their best ranks 0 to N - 1, for their worst ranks N to 2 N - 1."""

    best: _Side
    worst: _Side

    def __len__(self) -> int:
        return 2 * len(self.best.mine)

    def task(self, at: int) -> _Task:
        """One of them."""
        half = len(self) // 2
        return self.best.task(at) if at < half else self.worst.task(at - half)

    def some(self, start: int) -> list[_Task]:
        """As many from this one on as fit into memory together."""
        tasks = [self.task(start)]
        while start + len(tasks) < len(self) and sum(task.rows.size for task in tasks[-1:]) * len(tasks) < CELLS:
            tasks.append(self.task(start + len(tasks)))
        return tasks


@dataclass(frozen=True, eq=False)
class _Frame:
    """A space of weights as mixtures of `corners` (C, K), whole parts of one common sum; None where they are too many.

    A mixture has at least `lower` and at most `upper` (C,) of each.
    """

    polytope: Polytope
    corners: Whole | None
    lower: Floats
    upper: Floats

    def parts(self, mixtures: Floats) -> Whole:
        """Mixtures (T, C) of sum one as whole parts of weights (T, K): shares are rounded to a millionth.

        Where the space is too narrow for that they may lie outside.
        """
        least, most = np.ceil(self.lower * MAX_PARTS - HAIR), np.floor(self.upper * MAX_PARTS + HAIR)
        shares = np.clip(np.rint(mixtures * MAX_PARTS), least, most)
        missing, more, less = MAX_PARTS - shares.sum(axis=1, keepdims=True), most - shares, shares - least
        shares += np.clip(missing - (np.cumsum(more, axis=1) - more), 0, more)
        shares -= np.clip(-missing - (np.cumsum(less, axis=1) - less), 0, less)
        return shares.astype(np.int64).astype(object) @ self.corners


@dataclass(frozen=True, eq=False)
class _Found:
    """How many rivals are passed under the weights `parts`, and at most under any; how many were undecided at first."""

    attained: int
    bound: int
    parts: Whole
    rivals: int


def rank_ranges(
    table: Scored, space: WeightSpace, *, effort: int | None = EFFORT, ties: str = "min", blur: Ints | None = None
) -> RankRanges:
    """Exact best and worst ranks of the alternatives of a table over a space of weights.

    `effort` is how many leads may be worked out, all boxes of weights together; a programme counts for as many as take
    its time. Where it is spent the bounds proved so far are given: the same on every machine, as nothing is measured in
    time. With None all are exact.

    Where `ties` is `max`, equal rivals count as above. Totals that differ by no more than `blur` (N,) may tie after a
    rounding: then the ranks are bounds, wide enough whether they do or not.

    >>> from paritrana.engine import POINT, simplex
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT)
    >>> found = rank_ranges(table, simplex(2))
    >>> found.best, found.worst
    (array([1, 1, 1]), array([3, 3, 2]))
    """
    nothing = np.zeros(table.shape[0], dtype=np.int64)
    contest = _contest(table, space, ties == "max", nothing if blur is None else blur)
    frame, left = _frame(space), math.inf if effort is None else float(effort)
    found: list[_Found] = []
    while len(found) < len(contest):
        tasks = contest.some(len(found))
        several, spent = _searched(tasks, frame, left * len(tasks) / (len(contest) - len(found)))
        found, left = found + several, left - spent
    hard = [at for at, one in enumerate(found) if one.attained < one.bound]
    for at in sorted(hard, key=lambda at: found[at].rivals):
        found[at], spent = _solved(contest.task(at), found[at], space, frame.polytope, left)
        left -= spent
    return _ranges(found, table.shape[0])


def split(table: Weighted, space: WeightSpace, *, effort: int | None = EFFORT) -> RangeSplit:
    """How much of each rank range is due to weights and how much to gaps; `effort` for each of the two searches.

    The table's weights are the rubric's. A middle is taken as the sum of both ends, exact where half of it is not:
    ranks do not change when all scores are doubled.

    >>> from paritrana.engine import POINT, simplex
    >>> low = np.array([[100, 0], [0, 100], [40, 40]]) * POINT
    >>> high = np.array([[100, 0], [0, 100], [70, 70]]) * POINT
    >>> found = split(Scored(low, high).weighted(np.array([1, 1])), simplex(2))
    >>> found.gaps_worst, found.weights.worst, found.both.worst
    (array([2, 2, 3]), array([3, 3, 2]), array([3, 3, 3]))
    """
    best, worst = rank_range_of_gaps(*table.totals)
    middle = rank_ranges(Scored.exact(table.twice_middle), space, effort=effort)
    return RangeSplit(middle, best, worst, rank_ranges(table, space, effort=effort))


def _contest(table: Scored, space: WeightSpace, strict: bool, blur: Ints) -> _Contest:
    """All tasks of a table: with `strict`, a tie is not enough for a better rank."""
    nothing = 0 * blur
    passing, passed = (nothing, blur) if strict else (blur, nothing)
    least, most = pair_leads(table.low, table.high, space)
    best = _Side(table.high, table.low, least, most, passing, strict)
    return _Contest(best, _Side(-table.low, -table.high, least.T, most.T, passed, not strict))


def _frame(space: WeightSpace) -> _Frame:
    """What weights of a space are mixtures of."""
    polytope, criteria = polytope_of(space), space.criteria
    if space.kind == "box":
        ends = (polytope.bound / np.abs(polytope.matrix).max(axis=1)).astype(float)
        return _Frame(polytope, _corners(np.eye(criteria, dtype=int).astype(object)), -ends[criteria:], ends[:criteria])
    points = extreme_points(polytope, criteria)
    if points is None or len(points) > CORNERS:
        return _Frame(polytope, None, np.zeros(0), np.zeros(0))
    return _Frame(polytope, _corners(points), np.zeros(len(points)), np.ones(len(points)))


def _corners(points: Whole) -> Whole:
    """Weights (C, K) as parts of one common sum."""
    sums = points.sum(axis=1)
    return points * (math.lcm(*sums) // sums)[:, None]


def _searched(tasks: list[_Task], frame: _Frame, effort: float) -> tuple[list[_Found], int]:
    """The weights under which most rivals are passed, as far as a search over boxes finds them, and what was spent."""
    anywhere = largest_lead(np.zeros((1, frame.polytope.matrix.shape[1]), dtype=np.int64), frame.polytope).parts
    found = [
        _readable(task, _Found(task.count(anywhere), task.most, anywhere, len(task.rows)), frame.polytope)
        for task in tasks
    ]
    unsure = [at for at, task in enumerate(tasks) if len(task.rows)]
    if frame.corners is None or not unsure:
        return found, 0
    corners = _as_floats(frame.corners)
    rows, times = [tasks[at].rows @ corners.T for at in unsure], [tasks[at].times for at in unsure]
    claims = most_passed(rows, times, frame.lower, frame.upper, effort)
    parts = frame.parts(claims.points)
    inside = frame.polytope.holds(parts)
    for place, at in enumerate(unsure):
        bounded = replace(found[at], bound=tasks[at].sure + int(claims.bound[place]))
        tried = [parts[place]] if inside[place] else []
        edges = [claims.points[place] @ corners, claims.stuck[place] @ corners]
        found[at] = _attained(tasks[at], bounded, tried, edges, frame.polytope)
    return found, claims.spent


def _attained(task: _Task, found: _Found, tried: list[Whole], edges: list[Floats], polytope: Polytope) -> _Found:
    """What is attained under weights, in whole numbers, and if that is too little, at a knife edge near others."""
    for parts in tried:
        found = _better(task, found, parts)
    found = _all_at_once(task, found, polytope)
    for weights in edges:
        if found.attained < found.bound:
            near = task.rows @ weights >= -NEAR * np.abs(task.rows).max(axis=1)
            found = _better(task, found, _jointly(task, np.flatnonzero(near), weights, polytope)[0])
    return _readable(task, found, polytope)


def _better(task: _Task, found: _Found, parts: Whole) -> _Found:
    """What is attained under other weights, if that is more."""
    count = task.count(parts)
    return replace(found, attained=count, parts=parts) if count > found.attained else found


def _rounded(weights: Floats) -> Whole:
    """Weights (..., K) as whole parts of a million: rounded down, and the rest to where most was lost."""
    scaled = weights / weights.sum(axis=-1, keepdims=True) * MAX_PARTS
    parts = np.floor(scaled)
    order = np.argsort(parts - scaled, axis=-1, kind="stable")
    rest = MAX_PARTS - parts.sum(axis=-1, keepdims=True)
    extra = (np.arange(weights.shape[-1]) < rest).astype(float)
    given = np.zeros_like(parts)
    np.put_along_axis(given, order, np.broadcast_to(extra, parts.shape), axis=-1)
    return (parts + given).astype(np.int64).astype(object)


def _as_floats(parts: Whole) -> Floats:
    """Weights of sum 1."""
    return (parts / parts.sum(axis=-1, keepdims=True)).astype(float)


def _all_at_once(task: _Task, found: _Found, polytope: Polytope) -> _Found:
    """Whether all rivals can be passed at once, exactly: else one of those who exclude each other is not passed."""
    if found.attained == found.bound or found.bound < task.most:
        return found
    size = task.rows.shape[1]
    active: list[int] = []
    parts = found.parts
    while True:
        values = task.values(parts)
        missed = np.flatnonzero(~task.passed(values))
        if not len(missed):
            return replace(found, attained=task.most, parts=parts)
        active += missed[np.argsort(values[missed], kind="stable")][: 2 * size].tolist()
        lead = largest_lead(task.rows[active], polytope)
        if not task.passed(np.array([lead.value], dtype=object))[0]:
            least = min(int(task.times[active[row]]) for row in lead.binding)
            return replace(found, bound=task.most - least)
        parts = lead.parts


def _solved(task: _Task, found: _Found, space: WeightSpace, polytope: Polytope, effort: float) -> tuple[_Found, int]:
    """The weights under which most rivals are passed, the bound where effort is spent, and what was spent."""
    spent, price = 0, AS_MANY * len(task.rows) ** 2
    forbidden: list[Ints] = []
    while found.attained < found.bound and spent + price <= effort:
        spent += price
        options = {"node_limit": max(1, NODES // len(task.rows))} if math.isfinite(effort) else {}
        answer = _programme(task, space, found.attained + 1 - task.sure, forbidden, options)
        if answer.status == 2:  # proved: no more than what is attained
            found = replace(found, bound=found.attained)
            break
        if answer.mip_dual_bound is not None and math.isfinite(answer.mip_dual_bound):
            below = task.sure + math.floor(1e-4 - answer.mip_dual_bound)
            found = replace(found, bound=max(found.attained, min(found.bound, below)))
        if answer.x is None:
            break
        named = np.flatnonzero(answer.x[space.criteria :] > 0.5)
        candidate, excluding = _jointly(task, named, answer.x[: space.criteria], polytope)
        forbidden += excluding
        better = _better(task, found, candidate)
        if better is found and not excluding:  # no progress
            break
        found = better
    return _readable(task, found, polytope), spent


def _programme(task: _Task, space: WeightSpace, needed: int, forbidden: list[Ints], options: dict[str, int]) -> Any:
    """Weights and the rivals passed, most of all: a mixed-integer programme over (weights, binaries).

    A binary of one requires its lead to be at least nothing (less a hair); of zero, nothing more than its least value.
    """
    count, criteria = task.rows.shape
    scale = SCALE / np.abs(task.rows).max(axis=1)
    slack = RELAXED - task.least * scale
    lower, upper = np.zeros(criteria + count), np.ones(criteria + count)
    if space.kind == "box":
        upper[:criteria], lower[:criteria] = space.bound[:criteria], -space.bound[criteria:]
    weights, passed = np.eye(criteria + count)[:criteria], np.eye(criteria + count)[criteria:]
    constraints = [
        LinearConstraint(csr_array((task.rows * scale[:, None]) @ weights - slack[:, None] * passed), -slack - RELAXED),
        LinearConstraint(csr_array(weights.sum(axis=0)[None]), 1, 1),
        LinearConstraint(csr_array((task.times @ passed)[None]), needed),
    ]
    if len(space.matrix) and space.kind != "box":
        constraints.append(LinearConstraint(csr_array(space.matrix @ weights), -np.inf, space.bound))
    if forbidden:
        together = np.array([passed[rows].sum(axis=0) for rows in forbidden])
        constraints.append(LinearConstraint(csr_array(together), -np.inf, [len(rows) - 1 for rows in forbidden]))
    return quiet_milp(
        -(task.times @ passed),
        constraints=constraints,
        bounds=Bounds(lower, upper),
        integrality=passed.sum(axis=0),
        options=options,
    )


def _jointly(task: _Task, named: Ints, weights: Floats, polytope: Polytope) -> tuple[Whole, list[Ints]]:
    """Weights that pass the named rivals together, or most of them, and the sets of rivals that exclude each other."""
    excluding: list[Ints] = []
    named = named[np.argsort(task.rows[named] @ weights, kind="stable")]  # the tightest first
    active = list(named[: 2 * len(weights)])
    while True:
        if not active:
            return largest_lead(np.zeros((1, len(weights)), dtype=np.int64), polytope).parts, excluding
        lead = largest_lead(task.rows[active], polytope)
        if not task.passed(np.array([lead.value], dtype=object))[0]:
            excluding.append(np.array([active[row] for row in lead.binding]))
            dropped = min(excluding[-1], key=lambda row: task.times[row])
            named = named[named != dropped]
            active.remove(dropped)
            continue
        values = task.values(lead.parts)[named]
        missed = np.flatnonzero(~task.passed(values))
        if not len(missed):
            return lead.parts, excluding
        active += list(named[missed[np.argsort(values[missed], kind="stable")][: len(weights)]])


def _ranges(found: list[_Found], count: int) -> RankRanges:
    """Ranks from numbers of rivals passed: first the tasks for the best ranks, then those for the worst."""
    parts = np.array([one.parts for one in found], dtype=object)
    bound = np.array([one.bound for one in found], dtype=np.int64)
    attained = np.array([one.attained for one in found], dtype=np.int64)
    return RankRanges(
        best=count - bound[:count],
        worst=1 + bound[count:],
        best_attained=count - attained[:count],
        worst_attained=1 + attained[count:],
        best_parts=parts[:count],
        worst_parts=parts[count:],
    )


def _readable(task: _Task, found: _Found, polytope: Polytope) -> _Found:
    """With a witness in parts of a million where that loses nothing, else in the smallest whole parts."""
    if sum(found.parts) == MAX_PARTS:
        return found
    rounded = _rounded(_as_floats(found.parts))
    if polytope.holds(rounded) and task.count(rounded) == found.attained:
        return replace(found, parts=rounded)
    return replace(found, parts=found.parts // math.gcd(*found.parts))
