"""Exact best and worst rank of every alternative over a space of weights and over gaps.

Extreme ranking analysis (Kadzinski, Greco and Slowinski 2012). The best case of an alternative is its own highest
scores against everybody else's lowest, because weights are not negative; the worst case is the reverse. What is
left is to find the weights under which most rivals are passed:

1. a rival that is passed everywhere or nowhere is counted and left out (`preference.pair_leads`);
2. many weights are tried, which gives a rank that is attained;
3. whether all rivals can be passed at once is decided in whole numbers: who can be first is always exact;
4. a mixed-integer programme with a binary per rival bounds the rank from outside. It is relaxed by a hair, so that
   floats make it miss nothing; whether the rivals it names can really be passed together is decided in whole
   numbers (`preference.largest_lead`). If not, the few that exclude each other are forbidden, and it is solved
   again (combinatorial Benders cuts, Codato and Fischetti 2006).

Ties share the better rank. For the best rank a rival is passed where it is not strictly above, so that a tie on a
knife edge is enough; for the worst rank it passes only where it is strictly above.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_array

from paritrana.engine.exact.leads import pair_leads
from paritrana.engine.exact.polytope import Bools, Polytope, Whole, extreme_points, polytope_of
from paritrana.engine.exact.programme import largest_lead
from paritrana.engine.exact.solver import quiet_milp
from paritrana.engine.ranks import rank_range_of_gaps
from paritrana.engine.scores import MAX_PARTS, Floats, Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored, Weighted

DRAWS = 1_000  # weights tried for every alternative
NEAR = 40  # weights tried at each distance around the best of them
EFFORT = 125_000  # pairs of switches in all programmes together: ten seconds or so
NODES = 20_000  # switches in the nodes of a programme's tree, where effort is limited: most need much less
HAIR = 1e-6  # by how much the programme relaxes a lead whose largest coefficient is SCALE
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

    def count(self, parts: Whole) -> int:
        """How many rivals are passed under weights as whole parts, exactly."""
        return self.sure + int(self.times[self.passed(self.rows.astype(object) @ parts)].sum())


@dataclass(frozen=True, eq=False)
class _Found:
    """How many rivals are passed under the weights `parts`, and at most under any."""

    attained: int
    bound: int
    parts: Whole


def rank_ranges(
    table: Scored, space: WeightSpace, *, effort: int | None = EFFORT, ties: str = "min", blur: Ints | None = None
) -> RankRanges:
    """Exact best and worst ranks of the alternatives of a table over a space of weights.

    `effort` is how many pairs of rivals all programmes together may weigh, easy ones first. Where it is spent the
    bounds proved so far are given: the same on every machine, as nothing is measured in time. With None all are exact.

    Where `ties` is `max`, equal rivals count as above. Totals that differ by no more than `blur` (N,) may tie after a
    rounding: then the ranks are bounds, wide enough whether they do or not.

    >>> from paritrana.engine import POINT, simplex
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT)
    >>> found = rank_ranges(table, simplex(2))
    >>> found.best, found.worst
    (array([1, 1, 1]), array([3, 3, 2]))
    """
    low, high = table.low, table.high
    polytope = polytope_of(space)
    tries = _tries(polytope, space.criteria)
    least, most = pair_leads(low, high, space)
    count = range(len(low))
    strict = ties == "max"
    near = np.zeros(len(low), dtype=np.int64) if blur is None else blur
    passing, passed = (0 * near, near) if strict else (near, 0 * near)
    tasks = [_task(high[own] - low, own, least[own], most[own], passing[own], strict=strict) for own in count]
    tasks += [_task(high - low[own], own, least[:, own], most[:, own], passed[own], strict=not strict) for own in count]
    found = [_all_at_once(task, _try(task, tries), polytope) for task in tasks]
    hard = [at for at, one in enumerate(found) if one.attained < one.bound]
    hard.sort(key=lambda at: len(tasks[at].rows))
    left = math.inf if effort is None else effort
    for at in hard:
        found[at], spent = _solved(tasks[at], found[at], space, polytope, left)
        left -= spent
    return _ranges(tasks, found, polytope, len(low))


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


def _task(rows: Ints, own: int, least: Floats, most: Floats, near: int, *, strict: bool) -> _Task:
    """The rivals of one alternative: its leads over them for its best rank, theirs over it for its worst.

    `near` is added to each lead, in each criterion: weights sum to one.
    """
    rows, least, most = rows + near, least + near, most + near
    sure, never = (least > 0, most <= 0) if strict else (least >= 0, most < 0)
    unsure = ~sure & ~never
    sure[own] = unsure[own] = False
    distinct, first, times = np.unique(rows[unsure], axis=0, return_index=True, return_counts=True)
    return _Task(distinct, times, least[unsure][first], int(sure.sum()), strict)


def _tries(polytope: Polytope, criteria: int) -> Whole:
    """Weights of the space to try, whole parts of about a million in sum, shape (D, K): its corners, and mixtures."""
    rng = np.random.default_rng(0)
    corners = extreme_points(polytope, criteria)
    if corners is None:  # too many: those of random directions
        directions = rng.integers(-1000, 1001, (10 * criteria, 1, criteria))
        corners = np.array([largest_lead(direction, polytope).parts for direction in directions])
    corners = np.array([corner * max(1, MAX_PARTS // corner.sum()) for corner in corners], dtype=object)
    chosen = rng.integers(0, len(corners), (DRAWS, criteria))
    shares = rng.dirichlet(np.ones(criteria), DRAWS)
    mixed = _rounded(np.einsum("dc,dck->dk", shares, _as_floats(corners)[chosen]))
    return np.concatenate([corners, mixed[polytope.holds(mixed)]])


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


def _try(task: _Task, tries: Whole) -> _Found:
    """The best of the weights tried, and of some between it and the others."""
    best = tries[np.argmax(_counts(task, tries))]
    # Sums of parts are mixtures: they stay in the space without rounding.
    near = np.concatenate([best * (2**step - 1) + tries[:: len(tries) // NEAR + 1] for step in range(1, 7)])
    better = near[np.argmax(_counts(task, near))]
    chosen = max(best, better, key=task.count)
    return _Found(task.count(chosen), task.most, chosen)


def _counts(task: _Task, tries: Whole) -> npt.NDArray[np.float32]:
    """How many rivals are passed under each of the weights, as floats see it (exact for parts up to a million)."""
    passed = task.passed(task.rows.astype(float) @ tries.T.astype(float))
    return task.times.astype(np.float32) @ passed.astype(np.float32)  # products of integers are slow


def _all_at_once(task: _Task, found: _Found, polytope: Polytope) -> _Found:
    """Whether all rivals can be passed at once, exactly: else one of those who exclude each other is not passed."""
    if found.attained == found.bound:
        return found
    size = task.rows.shape[1]
    active: list[int] = []
    parts = found.parts
    while True:
        values = task.rows.astype(object) @ parts
        missed = np.flatnonzero(~task.passed(values))
        if not len(missed):
            return _Found(task.most, task.most, parts)
        active += missed[np.argsort(values[missed], kind="stable")][: 2 * size].tolist()
        lead = largest_lead(task.rows[active], polytope)
        if not task.passed(np.array([lead.value], dtype=object))[0]:
            least = min(int(task.times[active[row]]) for row in lead.binding)
            return replace(found, bound=task.most - least)
        parts = lead.parts


def _solved(task: _Task, found: _Found, space: WeightSpace, polytope: Polytope, effort: float) -> tuple[_Found, int]:
    """The weights under which most rivals are passed, the bound where effort is spent, and what was spent."""
    spent = 0
    attained, bound, parts = found.attained, found.bound, found.parts
    forbidden: list[Ints] = []
    while attained < bound and spent + len(task.rows) ** 2 <= effort:
        spent += len(task.rows) ** 2
        options = {"node_limit": max(1, NODES // len(task.rows))} if math.isfinite(effort) else {}
        answer = _programme(task, space, attained + 1 - task.sure, forbidden, options)
        if answer.status == 2:  # proved: no more than what is attained
            return _Found(attained, attained, parts), spent
        if answer.mip_dual_bound is not None and math.isfinite(answer.mip_dual_bound):
            bound = max(attained, min(bound, task.sure + math.floor(1e-4 - answer.mip_dual_bound)))
        if answer.x is None:
            break
        named = np.flatnonzero(answer.x[space.criteria :] > 0.5)
        candidate, excluding = _jointly(task, named, answer.x[: space.criteria], polytope)
        forbidden += excluding
        if task.count(candidate) > attained:
            attained, parts = task.count(candidate), candidate
        elif not excluding:  # no progress
            break
    return _Found(attained, bound, parts), spent


def _programme(task: _Task, space: WeightSpace, needed: int, forbidden: list[Ints], options: dict[str, int]) -> Any:
    """Weights and the rivals passed, most of all: a mixed-integer programme over (weights, binaries).

    A binary of one requires its lead to be at least nothing (less a hair); of zero, nothing more than its least value.
    """
    count, criteria = task.rows.shape
    scale = SCALE / np.abs(task.rows).max(axis=1)
    slack = HAIR - task.least * scale
    lower, upper = np.zeros(criteria + count), np.ones(criteria + count)
    if space.kind == "box":
        upper[:criteria], lower[:criteria] = space.bound[:criteria], -space.bound[criteria:]
    weights, passed = np.eye(criteria + count)[:criteria], np.eye(criteria + count)[criteria:]
    constraints = [
        LinearConstraint(csr_array((task.rows * scale[:, None]) @ weights - slack[:, None] * passed), -slack - HAIR),
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
        values = task.rows[named].astype(object) @ lead.parts
        missed = np.flatnonzero(~task.passed(values))
        if not len(missed):
            return lead.parts, excluding
        active += list(named[missed[np.argsort(values[missed], kind="stable")][: len(weights)]])


def _ranges(tasks: list[_Task], found: list[_Found], polytope: Polytope, count: int) -> RankRanges:
    """Ranks from numbers of rivals passed: first the tasks for the best ranks, then those for the worst."""
    parts = np.array([_readable(task, one, polytope) for task, one in zip(tasks, found, strict=True)], dtype=object)
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


def _readable(task: _Task, found: _Found, polytope: Polytope) -> Whole:
    """A witness in parts of a million where that loses nothing, else in the smallest whole parts."""
    rounded = _rounded(_as_floats(found.parts))
    if polytope.holds(rounded) and task.count(rounded) == found.attained:
        return rounded
    return found.parts // math.gcd(*found.parts)
