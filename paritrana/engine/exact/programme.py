"""The largest lead of one alternative over others within a set of weights: a linear programme in whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from paritrana.engine.exact.polytope import Polytope, Whole
from paritrana.engine.scores import Ints


@dataclass(frozen=True, eq=False)
class Lead:
    """The largest smallest lead over a space: its value (a fraction), where it is reached, and why it is not larger.

    `parts` (K,) are weights as whole parts of their own sum; `binding` are the rows, with positive multipliers,
    whose weighted sum is nowhere in the space larger than `value` times the sum of the multipliers.
    """

    value: Fraction
    parts: Whole
    binding: list[int]


def largest_lead(rows: Ints, polytope: Polytope) -> Lead:
    """Largest value over the space of the least of some rows of coefficients (shape (n, K)), exact.

    The dual linear programme in whole numbers: fraction-free pivots (Edmonds 1967, Bareiss 1968). It has as many
    rows as there are criteria, and a first solution at hand: the first row of coefficients, at its best corner.
    """
    count, criteria = rows.shape
    table, basis, best = _first_table(rows.astype(object), polytope)
    unit, stalled = 1, False
    while (entering := _entering(table[-1, :-1], stalled)) is not None:
        leaving = _leaving(table, basis, entering)
        stalled = table[leaving, -1] == 0
        pivot = table[leaving, entering]
        others = np.arange(len(table)) != leaving
        change = np.outer(table[others, entering], table[leaving])
        table[others] = (table[others] * pivot - change) // unit
        basis[leaving], unit = entering, pivot
    parts = table[-1, -1 - criteria : -1].copy()
    parts[[0, best]] = parts[[best, 0]]
    held = [own for own, value in zip(basis, table[:-1, -1], strict=True) if own < count and value > 0]
    return Lead(Fraction(-int(table[-1, -1]), int(unit)), parts // math.gcd(*parts), held)


def _first_table(rows: Whole, polytope: Polytope) -> tuple[Whole, list[int], int]:
    """Tableau, its basis and the best corner of the first row.

    Columns: multipliers of the rows, of the constraints, weights (the best corner's first), and the right side;
    rows: one for each weight but the best corner's, the sum of the multipliers, and the costs.
    """
    best = int(np.argmax(rows[0]))
    turned, matrix = rows.copy(), polytope.matrix.copy()
    turned[:, [0, best]] = turned[:, [best, 0]]
    matrix[:, [0, best]] = matrix[:, [best, 0]]
    count, constraints, criteria = len(rows), len(matrix), rows.shape[1]
    table = np.zeros((criteria + 1, count + constraints + criteria + 1), dtype=object)
    behind = turned[:, :1] - turned  # how far each corner lies behind the best one
    table[: criteria - 1, :count] = (behind[0] - behind).T[1:]
    table[: criteria - 1, count : -criteria - 1] = (matrix[:, :1] - matrix).T[1:]
    table[: criteria - 1, -1 - criteria] = -1
    table[: criteria - 1, -criteria:-1] = np.eye(criteria - 1, dtype=int).astype(object)
    table[: criteria - 1, -1] = behind[0, 1:]
    table[criteria - 1, :count] = table[criteria - 1, -1] = 1
    table[-1, :count] = turned[:, 0] - turned[0, 0]
    table[-1, count : -criteria - 1] = polytope.bound - matrix[:, 0]
    table[-1, -1 - criteria], table[-1, -1] = 1, -turned[0, 0]
    return table, [*range(count + constraints + 1, count + constraints + criteria), 0], best


def _entering(costs: Whole, stalled: bool) -> int | None:
    """The column of the steepest gain, or the first with any after a step without gain (Bland 1977: it ends)."""
    gains = np.flatnonzero(costs < 0)
    if not len(gains):
        return None
    return int(gains[0] if stalled else gains[np.argmin(costs[gains])])


def _leaving(table: Whole, basis: list[int], entering: int) -> int:
    """The row that is used up first; of several, the one of the first column."""
    ratios = [
        (Fraction(int(table[row, -1]), int(table[row, entering])), basis[row], row)
        for row in range(len(basis))
        if table[row, entering] > 0
    ]
    if not ratios:  # the dual is unbounded
        raise ValueError("the space of weights is empty")
    return min(ratios)[2]
