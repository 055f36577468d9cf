"""The set of weights nearest to given ones under linear rows, solved in doubles and proved in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from scipy.optimize import nnls

from paritrana.engine.scores import Floats, Ints

Norm = Literal["l1", "l2", "linf"]


Whole = np.ndarray[tuple[int, ...], np.dtype[Any]]  # whole numbers or fractions of any size (int64, or objects)


NOISE = 1e-9  # a coefficient of a tableau of doubles below this is noise (rows are scaled to 1)


NEGATIVE = 1e-12  # a right side below minus this is not yet satisfied, in a tableau of doubles


CLEAR = 1e-10  # a sum of doubles larger than this share of its largest term has a certain sign


MOST_PIVOTS = 1_000  # doubles that have not finished by then go round in circles


@dataclass(frozen=True)
class Nearest:
    """The nearest weights that satisfy all inequalities, or the proof that there are none.

    `distance` is the length of the change (of weights with sum 1); `weights` (K,) are those of `parts`, whole parts of
    their own sum, at which every inequality holds exactly; all None where `impossible`. `binding` are the positions of
    the inequalities that hold the solution where it is, or that together exclude all weights; nothing nearer can be
    had without giving up one of them.
    """

    distance: float | None
    weights: Floats | None
    parts: tuple[int, ...] | None
    binding: tuple[int, ...]

    @property
    def impossible(self) -> bool:
        """Whether it is proved that no admissible weights satisfy the inequalities."""
        return self.parts is None


def nearest(rows: Whole, parts: Ints, norm: Norm) -> Nearest:
    """The weights w nearest to `parts` (K,) with `rows` @ w >= 0 (whole numbers of any size, shape (M, K))."""
    start = [int(part) for part in parts]
    if _holds(rows, start):
        return _nearest(0.0, start, ())
    solution = _programme(rows, parts, "l1" if norm == "l2" else norm)
    return _projection(rows, parts) if norm == "l2" and not solution.impossible else solution


def _nearest(distance: float, parts: Sequence[int], binding: tuple[int, ...]) -> Nearest:
    common = math.gcd(*parts)
    lowest = tuple(part // common for part in parts)
    return Nearest(distance, _shares(lowest), lowest, binding)


def _shares(parts: Sequence[int]) -> Floats:
    whole = sum(parts)
    return np.array([part / whole for part in parts])


def _signs(rows: Whole, parts: Sequence[int]) -> Ints:
    """Signs of rows @ parts, shape (M,): by doubles where they are certain, else in whole numbers."""
    plain = rows.astype(float)
    sums = plain @ _shares(parts)
    signs = np.sign(sums).astype(np.int64)
    close = np.abs(sums) <= CLEAR * np.abs(plain).max(axis=1, initial=0)
    exact = rows[close].astype(object) @ np.array(parts, dtype=object)
    signs[close] = [(value > 0) - (value < 0) for value in exact]
    return signs


def _holds(rows: Whole, parts: Sequence[int]) -> bool:
    return min(parts) >= 0 and bool((_signs(rows, parts) >= 0).all())


def _solved(matrix: Whole, right: Sequence[int]) -> tuple[list[int], int] | None:
    """Solution of a square system of whole numbers as numerators and one positive denominator; None if singular.

    Elimination without fractions (Bareiss 1968).
    """
    work = [[int(value) for value in (*row, end)] for row, end in zip(matrix, right, strict=True)]
    before = 1
    for step in range(len(work)):
        pivot = next((row for row in range(step, len(work)) if work[row][step]), None)
        if pivot is None:
            return None
        work[step], work[pivot] = work[pivot], work[step]
        lead, head = work[step], work[step][step]
        for row in range(len(work)):
            if row != step:
                factor = work[row][step]
                work[row] = [
                    (head * own - factor * other) // before for own, other in zip(work[row], lead, strict=True)
                ]
        before = head
    sign = 1 if before > 0 else -1
    return [sign * row[-1] for row in work], abs(before)


@dataclass(frozen=True)
class _Table:
    """left @ z <= right, z >= 0, cost @ z least, in whole numbers; the weights are the present ones + moves @ z.

    `l1`: z is what is added to and what is taken from each weight, at cost 1. `linf`: z is d and s; the change is
    d - s with d at most 2 s, at cost s. The first rows of `left` are the inequalities asked for.
    """

    left: Whole
    right: Whole
    cost: Ints
    moves: Ints


def _table(rows: Whole, parts: Ints, norm: Norm) -> _Table:
    each = np.eye(len(parts), dtype=np.int64)
    if norm == "l1":
        moves, limits, cost = np.hstack([each, -each]), np.zeros((0, 2 * len(parts)), np.int64), np.ones(2 * len(parts))
    else:
        ones = np.ones((len(parts), 1), dtype=np.int64)
        moves, limits, cost = np.hstack([each, -ones]), np.hstack([each, -2 * ones]), np.eye(len(parts) + 1)[-1]
    balance = moves.sum(axis=0)
    left = np.vstack([-(rows @ moves), -moves, limits, balance, -balance])
    right = np.concatenate([rows @ parts, parts, np.zeros(len(limits) + 2, dtype=np.int64)])
    return _Table(left, right, cost.astype(np.int64), moves)


def _programme(rows: Whole, parts: Ints, norm: Norm) -> Nearest:
    """Nearest weights by linear programming: in doubles if the proof succeeds, else in fractions."""
    table = _table(rows, parts, norm)
    scale = np.maximum(np.abs(table.left).max(axis=1), 1).astype(float)
    left, right = table.left / scale[:, None], table.right / scale / parts.sum()
    found = _proved(rows, parts, table, _dual_simplex(left.astype(float), right.astype(float), table.cost), scale)
    return found or _programme_in_fractions(rows, parts, table)


def _programme_in_fractions(rows: Whole, parts: Ints, table: _Table) -> Nearest:
    """The same, slow and certain."""
    fractions = np.vectorize(Fraction, otypes=[object])
    end = _dual_simplex(fractions(table.left), fractions(table.right), fractions(table.cost))
    found = _proved(rows, parts, table, end, np.ones(len(table.left)))
    if found is None:
        raise ArithmeticError("a linear programme solved in fractions could not be proved")
    return found


@dataclass(frozen=True)
class _End:
    """Where the dual simplex method ends: the labels (variables, then slacks of the rows) that are zero and not.

    `blocked` holds the multiple of each row whose sum no z >= 0 satisfies; None at an optimum.
    """

    zero: Ints
    other: Ints
    blocked: list[Any] | None


def _dual_simplex(left: Whole, right: Whole, cost: Whole) -> _End | None:
    """Least cost @ z with left @ z <= right, z >= 0, where cost >= 0; None if doubles go round in circles.

    The tableau is the condensed one. In fractions the smallest label enters and leaves (Bland 1977), which ends.
    """
    table = np.vstack([np.column_stack([left, right]), np.append(cost, 0)])
    exact = table.dtype == object
    zero, other = np.arange(left.shape[1]), left.shape[1] + np.arange(len(left))
    for _ in range(1_000 * MOST_PIVOTS if exact else MOST_PIVOTS):
        row = _leaving(table[:-1, -1], other, exact)
        if row is None:
            return _End(zero, other, None)
        column = _entering(table[row, :-1], table[-1, :-1], zero, exact)
        if column is None:
            return _End(zero, other, _multipliers(table[row, :-1], zero, other[row], len(left)))
        _pivot(table, row, column)
        zero[column], other[row] = other[row], zero[column]
    return None


def _leaving(right: Whole, other: Ints, exact: bool) -> int | None:
    """The row to satisfy next."""
    if exact:
        negative = np.flatnonzero(right < 0)
        return int(negative[np.argmin(other[negative])]) if len(negative) else None
    row = int(np.argmin(right))
    return row if right[row] < -NEGATIVE else None


def _entering(row: Whole, cost: Whole, zero: Ints, exact: bool) -> int | None:
    """The column that satisfies the row at least cost."""
    columns = np.flatnonzero(row < (0 if exact else -NOISE))
    if not len(columns):
        return None
    ratios = cost[columns] / -row[columns]
    least = columns[ratios <= ratios.min() + (0 if exact else NEGATIVE)]
    return int(least[np.argmin(zero[least] if exact else row[least])])


def _pivot(table: Whole, row: int, column: int) -> None:
    """Exchange the variable of a column with that of a row, in place."""
    head = table[row, column]
    lead, side = table[row] / head, table[:, column].copy()
    table -= np.outer(side, lead)
    table[row], table[:, column] = lead, -side / head
    table[row, column] = 1 / head


def _multipliers(row: Whole, zero: Ints, own: int, rows: int) -> list[Any]:
    """The multiple of each of the first rows that stands in a row of the tableau: the coefficients of their slacks."""
    multiples: list[Any] = [0] * rows
    variables = len(zero)
    for label, value in [*zip(zero.tolist(), row.tolist(), strict=True), (int(own), 1)]:
        if label >= variables and value > 0:
            multiples[label - variables] = value
    return multiples


def _proved(rows: Whole, parts: Ints, table: _Table, end: _End | None, scale: Floats) -> Nearest | None:
    """An end computed again and tested in whole numbers; None where it does not stand the test."""
    if end is None:
        return None
    return _optimum(rows, parts, table, end) if end.blocked is None else _exclusion(rows, end.blocked, scale)


def _exclusion(rows: Whole, multiples: list[Any], scale: Floats) -> Nearest | None:
    """Proof that no weights do it: non-negative multiples of the rows whose sum is negative in each criterion."""
    used = [row for row in range(len(rows)) if multiples[row]]
    exact = [Fraction(multiples[row]) / Fraction(scale[row]) for row in used]
    sums = [
        sum(share * int(rows[row, k]) for share, row in zip(exact, used, strict=True)) for k in range(rows.shape[1])
    ]
    return Nearest(None, None, None, tuple(used)) if used and max(sums) < 0 else None


def _optimum(rows: Whole, parts: Ints, table: _Table, end: _End) -> Nearest | None:
    """Proof of an optimum: the vertex satisfies all rows, and multiples of the tight ones price no other below it."""
    variables = len(table.cost)
    tight, free = np.sort(end.zero[end.zero >= variables]) - variables, np.sort(end.other[end.other < variables])
    corner = table.left[np.ix_(tight, free)]
    values = _solved(corner, table.right[tight].tolist())
    prices = _solved(corner.T, (-table.cost[free]).tolist())
    if values is None or prices is None or min([*values[0], *prices[0]], default=0) < 0:
        return None
    reduced = table.cost.astype(object) * prices[1] + np.array(prices[0], dtype=object) @ table.left[tight].astype(
        object
    )
    change = table.moves[:, free].astype(object) @ np.array(values[0], dtype=object)
    found = [int(part) * values[1] + int(extra) for part, extra in zip(parts, change, strict=True)]
    if reduced.min() < 0 or not _holds(rows, found):
        return None
    length = Fraction(
        sum(int(c) * v for c, v in zip(table.cost[free], values[0], strict=True)), values[1] * int(parts.sum())
    )
    binding = tuple(int(row) for row, price in zip(tight, prices[0], strict=True) if row < len(rows) and price > 0)
    return _nearest(float(length), found, binding)


def _projection(rows: Whole, parts: Ints) -> Nearest:
    """Nearest weights in Euclidean length, given that there are some: tight rows by doubles, else by fractions."""
    criteria = len(parts)
    every = np.vstack([rows, np.eye(criteria, dtype=np.int64)])
    # In the plane of weights that sum to one only the deviations of a row from its mean count.
    flat = criteria * every - every.sum(axis=1, keepdims=True)
    short = -(every @ parts)
    found = _foot(rows, parts, every, flat, short, _tight(flat.astype(float), short.astype(float)))
    found = found or _foot(rows, parts, every, flat, short, _tight_in_fractions(every, flat, short))
    if found is None:
        raise ArithmeticError("a least-distance problem solved in fractions could not be proved")
    return found


def _tight(flat: Floats, short: Floats) -> list[int]:
    """The rows with positive multipliers: least distance as non-negative least squares (Lawson and Hanson 1974)."""
    norms = np.sqrt((flat**2).sum(axis=1))
    norms[norms == 0] = np.inf  # a constant row: it holds, or nothing would
    deficit = short / norms
    # The length of the answer does not matter here, but it should be near one for the sake of precision.
    system = np.vstack([(flat / norms[:, None]).T, deficit / max(deficit.max(), 1)])
    try:
        multiples, _ = nnls(system, np.eye(len(system))[-1])
    except RuntimeError:  # too many iterations
        return []
    return np.flatnonzero(multiples > 0).tolist()


def _tight_in_fractions(every: Whole, flat: Whole, short: Whole) -> list[int]:
    """The same in fractions, slow and certain: the non-negative least squares of Lawson and Hanson."""
    short = short.astype(object)
    gram = every.astype(object) @ flat.astype(object).T + np.outer(short, short)
    multiples: dict[int, Fraction] = {}
    while True:
        slope = short - sum((gram[:, row] * multiple for row, multiple in multiples.items()), 0 * short)
        steepest = int(np.argmax(slope))
        if slope[steepest] <= 0:
            return sorted(multiples)
        multiples[steepest] = Fraction(0)
        multiples = _descended(gram, short, multiples)


def _descended(gram: Whole, short: Whole, multiples: dict[int, Fraction]) -> dict[int, Fraction]:
    """The least squares of the rows in use; those whose multiples would turn negative are dropped on the way."""
    while True:
        used = list(multiples)
        solved = _solved(gram[np.ix_(used, used)], short[used].tolist())
        if solved is None:
            raise ArithmeticError("a least-distance problem has dependent rows")
        goal = {row: Fraction(value, solved[1]) for row, value in zip(used, solved[0], strict=True)}
        if min(goal.values()) > 0:
            return goal
        step = min(multiples[row] / (multiples[row] - goal[row]) for row in used if goal[row] <= 0)
        moved = {row: multiples[row] + step * (goal[row] - multiples[row]) for row in used}
        multiples = {row: value for row, value in moved.items() if value > 0}


def _foot(rows: Whole, parts: Ints, every: Whole, flat: Whole, short: Whole, tight: list[int]) -> Nearest | None:
    """Proof of a projection: its foot satisfies all rows and is reached by non-negative multiples of the tight ones."""
    used = flat[tight].astype(object)
    multiples = _solved(every[tight].astype(object) @ used.T, short[tight].tolist())
    if multiples is None or min(multiples[0], default=0) < 0:
        return None
    change = np.array(multiples[0], dtype=object) @ used
    found = [int(part) * multiples[1] + int(extra) for part, extra in zip(parts, change, strict=True)]
    if not _holds(rows, found):
        return None
    length = Fraction(sum(int(extra) ** 2 for extra in change), (multiples[1] * int(parts.sum())) ** 2)
    binding = tuple(row for row, multiple in zip(tight, multiples[0], strict=True) if row < len(rows) and multiple > 0)
    return _nearest(math.sqrt(length), found, binding)
