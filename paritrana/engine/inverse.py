"""The inverse problem: which weights give an announced podium, or why none do.

Announced places are inequalities between totals, linear in the weights, so that the weights that reproduce a podium
are a convex space of their own (as in UTA and its kin, Jacquet-Lagreze and Siskos 1982).

Values inside intervals may be taken at the middle, or left free. Free values look bilinear (weights times values) and
are not: with fixed non-negative weights the total of each alternative ranges over a whole interval [l, h], from its
lowest to its highest values, independently of the others. Totals x with x1 >= x2 >= ... exist in such intervals if and
only if h of each earlier one is at least l of each later one (choose the least h so far), and both ends are linear in
the weights. So "some weights and some values do it" is exactly a set of linear inequalities, one for each pair.
Values are taken as continuous; a millionth of a point is the grain of the scores.

Who was not announced comes after all who were. Feasibility is proved in whole numbers (`smallest`); the largest ball
(Chebyshev centre) and the lead are linear programmes in doubles; the share of draws has its standard error; whether one
place alone can be had is a mixed-integer programme, whose yes is tested in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog
from scipy.stats import beta

from paritrana.engine.exact.nearest import Nearest, Whole, nearest
from paritrana.engine.exact.polytope import space_rows
from paritrana.engine.exact.solver import quiet_milp
from paritrana.engine.ranks import from_first_on
from paritrana.engine.sampled.draws import BLOCK
from paritrana.engine.sampled.shares import CONFIDENCE
from paritrana.engine.scores import MAX_PARTS, POINT, Floats, Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored, Weighted

LEAD = 1e-3  # points between totals in a mixed-integer programme: its tolerance (1e-6 of a switch) is 1e-4 points
GRAIN = 2  # a millionth of a point in rows that hold twice the scores: a lead as small as the scores know
MOST_LEAD = 100.0  # points; bounds the lead where all announced share one place


@dataclass(frozen=True)
class Podium:
    """Announced places as inequalities `rows` @ w >= 0 (M, K), in twice the millionths of a point.

    `pairs` (M, 2) are the positions of who must be at least as high as whom; `steps` (M,) how many places they are
    apart, 0 for a shared place.
    """

    rows: Ints
    pairs: Ints
    steps: Ints


@dataclass(frozen=True)
class Place:
    """Whether one alternative can have one rank, alone of all the announced.

    `possible` is True where it does at `weights` (K,), those of the whole `parts`, at which it is proved; False where
    the solver proved that no admissible weights do it, not even if rivals that tie count as above (to its tolerance);
    None where only totals that differ by less than 1e-3 points could, as with rivals who are equals: not decided.
    """

    possible: bool | None
    weights: Floats | None
    parts: tuple[int, ...] | None


@dataclass(frozen=True)
class Reproduction:
    """Whether and where an announced podium is possible over a space of weights.

    `possible`: some admissible weights give every announced order or a tie; `clear`: each place is then ahead of the
    next by at least a millionth of a point. Both are proved in whole numbers. `conflict` are pairs (above, below) that
    together no admissible weights satisfy; empty where possible.

    `lead`: points by which each place can at most be ahead of the next (negative: what is missing; None where shared
    places are impossible). `centre` (K,) and `radius`: the largest ball in the plane of weights that sum to one, None
    where impossible. `nearest_l1` and `nearest_l2`: the weights nearest to the rubric's. `hits` of `draws`
    weights drawn from the space give the podium clearly. `places`: whether each announced place is possible alone.
    """

    possible: bool
    clear: bool
    conflict: tuple[tuple[int, int], ...]
    lead: float | None
    centre: Floats | None
    radius: float | None
    nearest_l1: Nearest
    nearest_l2: Nearest
    hits: int
    draws: int
    seed: int
    places: tuple[Place, ...]

    @property
    def share(self) -> float:
        """Share of draws that give the podium: its volume within the space where draws are uniform."""
        return self.hits / self.draws

    @property
    def standard_error(self) -> float:
        """Binomial standard error of the share; 0 where no draw or every draw hits: see `bounds`."""
        return float(np.sqrt(self.share * (1 - self.share) / self.draws))

    @property
    def bounds(self) -> tuple[float, float]:
        """Bounds of the share that hold in 95 % of samples (Clopper and Pearson 1934), also where nothing hits."""
        tail, missed = (1 - CONFIDENCE) / 2, self.draws - self.hits
        lower = float(beta.ppf(tail, self.hits, missed + 1)) if self.hits else 0.0
        return lower, float(beta.ppf(1 - tail, self.hits + 1, missed)) if missed else 1.0


def podium(table: Scored, positions: Sequence[int], announced: Sequence[int], *, free: bool) -> Podium:
    """The inequalities of announced ranks of the alternatives at `positions` of a table.

    Values are at the middle of their intervals, or `free` inside them. Raises ValueError where the ranks are not those
    of the first places (1, 2, 3 or, shared, 1, 2, 2): with a place left open the weights are not one convex space.

    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT)
    >>> podium(table, [2, 0], [1, 2], free=False).pairs
    array([[2, 0],
           [0, 1]])
    """
    if not from_first_on(announced):
        raise ValueError(f"announced ranks from 1 on without a gap were expected, {list(announced)} was found")
    if len(set(positions)) < len(positions) or len(positions) != len(announced):
        raise ValueError("one announced rank for each of some different alternatives was expected")
    count = table.shape[0]
    level = np.full(count, len(set(announced)))
    level[list(positions)] = np.unique(announced, return_inverse=True)[1]
    everyone = np.arange(count)
    pairs = np.stack(np.meshgrid(np.array(positions), everyone, indexing="ij"), axis=-1).reshape(-1, 2)
    steps = level[pairs[:, 1]] - level[pairs[:, 0]]
    # With known values the order of neighbouring places gives that of all; with free values each pair counts.
    used = (steps >= 0) & (pairs[:, 0] != pairs[:, 1]) & (free | (steps <= 1))
    above, below = pairs[used].T
    middle = table.twice_middle
    rows = 2 * (table.high[above] - table.low[below]) if free else middle[above] - middle[below]
    return Podium(rows, pairs[used], steps[used])


def reproduction(
    table: Weighted,
    positions: Sequence[int],
    announced: Sequence[int],
    space: WeightSpace,
    *,
    free: bool,
    draws: int,
    seed: int,
) -> Reproduction:
    """Whether and where announced ranks are possible; the table's weights are the rubric's, the rest as in `podium`.

    Raises ValueError where the space holds no weights.

    >>> from paritrana.engine import simplex
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT).weighted(np.array([1, 1]))
    >>> made = reproduction(table, [2, 0], [1, 2], simplex(2), free=False, draws=999, seed=1)
    >>> made.possible, round(made.share, 1)  # at weights of 0.5 to 0.7
    (True, 0.2)
    """
    found = podium(table, positions, announced, free=free)
    limits, parts = space_rows(space), table.parts
    if nearest(limits, parts, "l1").impossible:
        raise ValueError("the space holds no weights")
    rows = np.vstack([found.rows, limits])
    closest, ranked = nearest(rows, parts, "l1"), zip(positions, announced, strict=True)
    ahead = np.vstack([found.rows - GRAIN * found.steps[:, None], limits])
    centre, radius = (None, None) if closest.impossible else _largest_ball(rows)
    return Reproduction(
        possible=not closest.impossible,
        clear=not nearest(ahead, parts, "l1").impossible,
        conflict=tuple((int(found.pairs[row, 0]), int(found.pairs[row, 1])) for row in _excluding(closest, found)),
        lead=_lead(found, limits),
        centre=centre,
        radius=radius,
        nearest_l1=closest,
        nearest_l2=closest if closest.impossible else nearest(rows, parts, "l2"),
        hits=_hits(found, space, draws, seed),
        draws=draws,
        seed=seed,
        places=tuple(place(table, own, rank, space, free=free) for own, rank in ranked),
    )


def _excluding(closest: Nearest, found: Podium) -> list[int]:
    return [row for row in closest.binding if row < len(found.rows)] if closest.impossible else []


def _lead(found: Podium, limits: Whole) -> float | None:
    """Points by which each place can be ahead of the next: variables are the weights and the lead."""
    rows = np.vstack([found.rows / (2 * POINT), _unit(limits)])
    steps = np.append(found.steps, np.zeros(len(limits)))
    criteria = found.rows.shape[1]
    solved = linprog(
        np.append(np.zeros(criteria), -1.0),
        A_ub=np.column_stack([-rows, steps]),
        b_ub=np.zeros(len(rows)),
        A_eq=[[*np.ones(criteria), 0]],
        b_eq=[1],
        bounds=[(0, None)] * criteria + [(None, MOST_LEAD)],
    )
    if solved.status not in (0, 2):
        raise ArithmeticError(f"the solver gave up on the lead: {solved.message}")
    return float(solved.x[-1]) if solved.status == 0 else None


def _unit(rows: Whole) -> Floats:
    """Rows as doubles with a largest entry of one."""
    plain = rows.astype(float)
    return plain / np.maximum(np.abs(plain).max(axis=1, keepdims=True, initial=0), 1)


def _largest_ball(rows: Whole) -> tuple[Floats, float]:
    """Centre and radius of the largest ball in {w: rows @ w >= 0, w >= 0, sum 1}, within the plane of sum 1."""
    criteria = rows.shape[1]
    every = np.vstack([_unit(rows), np.eye(criteria)])
    norms = np.linalg.norm(every - every.mean(axis=1, keepdims=True), axis=1)
    solved = linprog(
        np.append(np.zeros(criteria), -1.0),
        A_ub=np.column_stack([-every, norms]),
        b_ub=np.zeros(len(every)),
        A_eq=[[*np.ones(criteria), 0]],
        b_eq=[1],
        bounds=[(0, None)] * criteria + [(0, 1)],
    )
    if solved.status != 0:
        raise ArithmeticError("the largest ball of a space that holds weights was not found")
    return solved.x[:-1], float(solved.x[-1])


def _hits(found: Podium, space: WeightSpace, draws: int, seed: int) -> int:
    """How many weights drawn from the space give the announced order, each clear place strictly."""
    strict = found.steps > 0
    least = np.where(strict, 1, 0)[:, None]
    hits = 0
    for block, stream in enumerate(np.random.SeedSequence(seed).spawn(-(-draws // BLOCK))):
        weights = space.draw(min(BLOCK, draws - block * BLOCK), np.random.default_rng(stream))
        # Whole parts of a million: sums are exact in doubles, and a tie in the draw is a real tie.
        hits += int((found.rows @ np.rint(weights * MAX_PARTS).T >= least).all(axis=0).sum())
    return hits


def place(table: Scored, own: int, rank: int, space: WeightSpace, *, free: bool) -> Place:
    """Whether `own` can have exactly this rank over a space; values at the middle of their intervals, or `free`.

    >>> from paritrana.engine import simplex
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT)
    >>> [place(table, 2, rank, simplex(2), free=False).possible for rank in (1, 2, 3)]
    [True, True, False]
    """
    ends = (2 * table.low, 2 * table.high) if free else (table.twice_middle, table.twice_middle)
    limits, even = space_rows(space), np.ones(table.shape[1], dtype=np.int64)
    # First with every rival clearly on one side, then with ties, which the solver's tolerance can mistake.
    for behind in (LEAD, 0.0):
        above = _ranked(ends, own, rank, space, LEAD, behind)
        if above is not None:
            found = nearest(np.vstack([_sides(ends, own, above), limits]), even, "l1")
            if not found.impossible:
                return Place(True, found.weights, found.parts)
    return Place(False if _ranked(ends, own, rank, space, 0, 0) is None else None, None, None)


def _sides(ends: tuple[Ints, Ints], own: int, above: Ints) -> Ints:
    """Rows that hold where these rivals can be above `own` and the others not, by values that exist at once.

    A total t of `own` is between its ends, below the upper end of each rival above, at least the lower end of each
    other: it exists if and only if each such upper end is beyond each such lower end.
    """
    low, high = ends
    others = np.setdiff1d(np.arange(len(low)), above)  # `own` among them
    ahead = (high[above][:, None] - low[others][None] - GRAIN).reshape(-1, low.shape[1])
    return np.vstack([ahead, high[own] - low[others[others != own]]])


def _ranked(
    ends: tuple[Ints, Ints], own: int, rank: int, space: WeightSpace, ahead: float, behind: float
) -> Ints | None:
    """Rivals above `own` where it has a rank, by a mixed-integer programme; None where it proves that no weights do it.

    Variables: the weights, the total of `own`, and for each rival whether it is above, then by at least `ahead` points;
    the others are below by at least `behind`.
    """
    low, high = (end / (2 * POINT) for end in ends)
    rivals = np.flatnonzero((high > low[own]).any(axis=1) & (np.arange(len(low)) != own))
    count, criteria = len(rivals), low.shape[1]
    column, none = np.ones((count, 1)), np.zeros((1, count))
    # The least number that makes a row idle while the rival is on the other side.
    above = np.maximum((high[own] - high[rivals]).max(axis=1, initial=0), 0) + ahead
    below = np.maximum((low[rivals] - low[own]).max(axis=1, initial=0), 0) + behind
    rows: list[tuple[Floats, Any, Any]] = [
        (np.hstack([high[rivals], -column, -np.diag(above)]), ahead - above, np.inf),
        (np.hstack([low[rivals], -column, -np.diag(below)]), -np.inf, -behind),
        (np.hstack([[high[own]], [[-1]], none]), 0, np.inf),
        (np.hstack([[low[own]], [[-1]], none]), -np.inf, 0),
        (np.hstack([np.ones((1, criteria)), [[0]], none]), 1, 1),
        (np.hstack([np.zeros((1, criteria)), [[0]], none + 1]), rank - 1, rank - 1),
    ]
    if len(space.matrix):
        rows.append((np.hstack([space.matrix, np.zeros((len(space.matrix), 1 + count))]), -np.inf, space.bound))
    solved = quiet_milp(
        np.zeros(criteria + 1 + count),
        constraints=[LinearConstraint(*row) for row in rows],
        integrality=np.append(np.zeros(criteria + 1), np.ones(count)),
        bounds=Bounds(np.append([0] * criteria + [-np.inf], none), np.append([1] * criteria + [np.inf], none + 1)),
    )
    if solved.status not in (0, 2):
        raise ArithmeticError(f"the solver gave up on a rank: {solved.message}")
    return rivals[solved.x[criteria + 1 :] > 1 / 2] if solved.status == 0 else None
