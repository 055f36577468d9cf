"""Necessary and possible preference over a space of weights and over gaps, and the tiers that follow.

Robust ordinal regression (Greco, Mousseau, Slowinski 2008), here for a weighted sum whose weights are any of a space:
one alternative is necessarily preferred to another if it is at least as good under every admissible weight and
value, and possibly preferred if it is so under some. A pair is decided by the largest lead of one over the other,
a linear programme with a closed form on the simplex, in an order of importance and in a box.

A sign decides, so that signs are exact: bounds of a space are read as fractions, a lead too close to zero for
floats is computed again in whole numbers, and linear programmes are solved by a simplex method on whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paritrana.engine.exact.leads import pair_leads
from paritrana.engine.exact.polytope import Bools
from paritrana.engine.scores import Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored


@dataclass(frozen=True, eq=False)
class Preference:
    """Relations between alternatives, boolean arrays of shape (N, N): row i at least as good as column j.

    `necessary`: under every admissible weight and value; `possible`: under at least one.
    """

    necessary: Bools
    possible: Bools

    @property
    def necessary_strict(self) -> Bools:
        """Row strictly better than column under every admissible weight and value."""
        return ~self.possible.T

    @property
    def possible_strict(self) -> Bools:
        """Row strictly better than column under at least one admissible weight and value."""
        return ~self.necessary.T

    @property
    def preferred(self) -> Bools:
        """Row never worse than column and somewhere better: the asymmetric part of `necessary`."""
        return self.necessary & ~self.necessary.T


def preference(table: Scored, space: WeightSpace) -> Preference:
    """Necessary and possible preference between the alternatives of a table over a space of weights, exact.

    >>> from paritrana.engine import POINT, simplex
    >>> table = Scored.exact(np.array([[80, 60], [50, 50], [0, 100]]) * POINT)
    >>> preference(table, simplex(2)).necessary_strict
    array([[False,  True, False],
           [False, False, False],
           [False, False, False]])
    """
    _, most = pair_leads(table.low, table.high, space)
    np.fill_diagonal(most, 0)  # one value compared with itself, not its two ends
    return Preference(necessary=most.T <= 0, possible=most >= 0)


def tiers(above: Bools) -> Ints:
    """Tier of each alternative, shape (N,): one more than the longest chain of alternatives above it.

    `above` (N, N) is a strict partial order, row above column, such as `Preference.necessary_strict`.

    >>> tiers(np.array([[False, True, False], [False, False, False], [False, False, False]]))
    array([1, 2, 1])
    """
    _require_order(above)
    level = np.ones(len(above), dtype=np.int64)
    for one in np.argsort(above.sum(axis=0), kind="stable"):  # all above it have fewer above them
        level[one] += level[above[:, one]].max(initial=0)
    return level


def covers(above: Bools) -> Bools:
    """The pairs of a Hasse diagram: row above column in the strict partial order `above`, and nothing in between.

    >>> covers(np.array([[False, True, True], [False, False, True], [False, False, False]]))  # 0 over 1 over 2
    array([[False,  True, False],
           [False, False,  True],
           [False, False, False]])
    """
    return above & ~_require_order(above)


def _require_order(above: Bools) -> Bools:
    """Pairs with an alternative in between; raises ValueError where `above` is no strict partial order."""
    between = (above.astype(np.float32) @ above.astype(np.float32)) > 0
    if above.diagonal().any() or (between & ~above).any():
        raise ValueError("a strict partial order was expected: transitive, and nothing above itself")
    return between
