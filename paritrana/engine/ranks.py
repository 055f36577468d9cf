"""Ranks of totals, with honest ties: equal totals share the better rank ("min", as in 1, 2, 2, 4)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from paritrana.engine.scores import Ints


def ranks(totals: Ints, ties: str = "min") -> Ints:
    """Rank of each alternative, shape (N,): one more than the number of strictly greater totals.

    Where `ties` is `max`, equal totals share the worse rank; where it is `dense`, no rank is left out after them.

    >>> ranks(np.array([3, 5, 3, 1])), ranks(np.array([3, 5, 3, 1]), "dense")
    (array([2, 1, 2, 4]), array([2, 1, 2, 3]))
    """
    ordered = np.unique(totals) if ties == "dense" else np.sort(totals)
    return len(ordered) - np.searchsorted(ordered, totals, side="left" if ties == "max" else "right") + (ties != "max")


def rank_range_of_gaps(low: Ints, high: Ints, ties: str = "min") -> tuple[Ints, Ints]:
    """Best and worst rank, each shape (N,), that totals anywhere inside [low, high] can give.

    Exact, but for `dense`: there a first place is exact, and elsewhere no rank is better than second or worse than the
    worst of `min`, because rivals above may tie.

    The best case of an alternative is its own highest total and everybody else's lowest; the worst
    case is the reverse. Both can happen at once for one alternative, because intervals are independent.

    >>> rank_range_of_gaps(np.array([1, 2, 0]), np.array([3, 2, 0]))
    (array([1, 1, 3]), array([2, 2, 3]))
    """
    if ties == "max":
        # Equal rivals count as above; an alternative is no rival of itself.
        best = 1 + len(low) - np.searchsorted(np.sort(low), high, side="left") - (low >= high)
        return best, len(high) - np.searchsorted(np.sort(high), low, side="left")
    best = 1 + len(low) - np.searchsorted(np.sort(low), high, side="right")
    if ties == "dense":
        best = np.minimum(best, 2)
    # A rival passes where its highest total exceeds this one's lowest; an alternative does not pass itself.
    passing = len(high) - np.searchsorted(np.sort(high), low, side="right")
    return best, 1 + passing - (high > low)


def from_first_on(announced: Sequence[int]) -> bool:
    """Whether announced ranks are those of the first places: 1, 2, 3 or, shared, 1, 2, 2, in any order."""
    return bool(announced) and [1 + sum(other < own for other in announced) for own in announced] == list(announced)
