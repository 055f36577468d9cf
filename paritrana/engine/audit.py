"""Rounding audit: which published ranks exist only because figures were rounded, and whether a ranking follows at all.

Rounding makes ties, and ties share ranks: of the 191 countries of the Human Development Index of 2021, ranked on three
decimals, 29 would have another rank unrounded. And published scores are known only to their rounding: each stands for a
box, from half a unit below to half a unit above. A published ranking follows from published weights if some point of
the box gives it.

For known weights the box gives each total a whole interval, independently of the others, and totals in a published
order exist in intervals if and only if the upper end of each earlier one is beyond the lower end of each later one: no
solver is needed, and the answer is exact. Weights that are themselves known only to their rounding are a space:
`weights_that_rank` asks for some weights and some scores at once.

Halves may have been rounded up, down or to even: both ends of a box count as possible, so that "does not follow" holds
for every rule.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from paritrana.engine.exact.nearest import Nearest, nearest
from paritrana.engine.exact.polytope import space_rows
from paritrana.engine.inverse import podium
from paritrana.engine.ranks import ranks
from paritrana.engine.scores import POINT, Floats, Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored, Weighted

Bools = npt.NDArray[np.bool_]
_Chain = tuple[list[Fraction], None] | tuple[None, tuple[int, int]]
HALF_UNIT = Fraction(1, 2)  # of the last place of a rounded total
HALF = 1e-9  # in units of the last place: nearer to a half an error of doubles could decide how a total is rounded


@dataclass(frozen=True)
class Rounding:
    """What rounding does to a ranking, each of shape (N,).

    `rounded` are the rounded totals, `rank_rounded` and `rank_unrounded` their ranks ("min"), `differs` where those are
    not equal, `doubtful` where a total is so near to a half that its rounding is not certain.
    """

    rounded: Floats
    rank_rounded: Ints
    rank_unrounded: Ints
    differs: Bools
    doubtful: Bools


@dataclass(frozen=True)
class Consistency:
    """Whether a ranking follows from weights and scores that are known to a box; exact.

    `place` (N,), where it does: how far each alternative's scores stand on the way from its lowest to its highest
    (0 to 1, as fractions): the point `low + place * (high - low)` gives the ranking. `conflict`, where it does not:
    (above, below), positions whose published order no point of the box gives (a shared place counts both ways), or of
    three or more whose rounded totals leave no room between, the first and the last.
    """

    place: tuple[Fraction, ...] | None
    conflict: tuple[int, int] | None

    @property
    def follows(self) -> bool:
        """Whether some point of the box gives the ranking."""
        return self.place is not None


def rounding(totals: Floats, decimals: int) -> Rounding:
    """Ranks of totals (N,) rounded to `decimals` (halves to even), beside their ranks unrounded.

    >>> found = rounding(np.array([70.2, 70.4, 69.0]), 0)
    >>> found.rank_rounded, found.rank_unrounded
    (array([1, 1, 3]), array([2, 1, 3]))
    """
    units = totals * 10.0**decimals
    whole = np.rint(units)
    rounded, unrounded = (ranks(np.unique(each, return_inverse=True)[1]) for each in (whole, totals))
    doubtful = np.abs(np.abs(units - whole) - 1 / 2) <= HALF * np.maximum(np.abs(units), 1)
    return Rounding(whole / 10.0**decimals, rounded, unrounded, rounded != unrounded, doubtful)


def rounding_box(scores: Ints, decimals: int) -> Scored:
    """The scores that can have been published as these (N, K), rounded to so many decimals of a point.

    Raises ValueError where the scores are not rounded to so many decimals, or there are more than five of them.

    >>> found = rounding_box(np.array([[70, 12]]) * POINT, 0)
    >>> found.low / POINT, found.high / POINT
    (array([[69.5, 11.5]]), array([[70.5, 12.5]]))
    """
    if not 0 <= decimals <= 5:
        raise ValueError(f"0 to 5 decimals of a point were expected, {decimals} was found")
    unit = POINT // 10**decimals
    if (scores % unit).any():
        raise ValueError(f"scores rounded to {decimals} decimals of a point were expected")
    return Scored(scores - unit // 2, scores + unit // 2)


def consistency(table: Weighted, published: Ints, *, decimals: int | None = None) -> Consistency:
    """Whether published ranks (N,) follow from a table's weights for some scores in its box.

    Of the ranks only the order counts; equal ranks are ties. With `decimals` the total was rounded to so many decimals
    of a point before it was ranked; without, totals are ranked as they are.

    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT).weighted(np.array([1, 1]))
    >>> [consistency(table, np.array(ranks)).follows for ranks in ([2, 2, 1], [1, 2, 3])]
    [True, False]
    """
    lower, upper = (ends.tolist() for ends in table.totals)
    level = np.unique(published, return_inverse=True)[1].tolist()
    unit = Fraction(1 if decimals is None else POINT * int(table.parts.sum()), 10 ** (decimals or 0))
    if decimals is None:
        steps, conflict = _falling(lower, upper, _tightest(lower, upper, level))
    else:
        cells = (
            [math.ceil(end / unit - HALF_UNIT) for end in lower],
            [math.floor(end / unit + HALF_UNIT) for end in upper],
        )
        steps, conflict = _falling_whole(*cells, _tightest(*cells, level))
    if steps is None:
        return Consistency(None, conflict)
    wanted = [steps[own] * unit for own in level]
    return Consistency(tuple(map(_place, lower, upper, wanted)), None)


def _tightest(lower: list[int], upper: list[int], level: list[int]) -> list[tuple[int, int]]:
    """Of each level, first to last, whose upper end is lowest and whose lower end is highest (positions)."""
    members: list[list[int]] = [[] for _ in range(max(level) + 1)]
    for own, at in enumerate(level):
        members[at].append(own)
    return [(min(each, key=upper.__getitem__), max(each, key=lower.__getitem__)) for each in members]


def _falling(lower: list[int], upper: list[int], tightest: list[tuple[int, int]]) -> _Chain:
    """Falling totals, one for each level, inside the ends of all its members; or who stands in the way."""
    least: int | None = None
    for top, floor in tightest:
        if upper[top] < lower[floor]:
            return None, (top, floor)
        if least is not None and upper[least] <= lower[floor]:
            return None, (least, floor)
        least = top if least is None or upper[top] < upper[least] else least
    ceilings = list(accumulate((upper[top] for top, _ in tightest), min))
    floors = list(accumulate((lower[floor] for _, floor in reversed(tightest)), max))[::-1]
    # Between the two, ever nearer to the lower one: they never rise, so that the totals fall.
    shares = [Fraction(step + 1, len(tightest) + 1) for step in range(len(tightest))]
    return [(1 - share) * top + share * floor for share, top, floor in zip(shares, ceilings, floors, strict=True)], None


def _falling_whole(lower: list[int], upper: list[int], tightest: list[tuple[int, int]]) -> _Chain:
    """The same in whole numbers: each as high as it can be."""
    steps: list[Fraction] = []
    holder = tightest[0][0]
    for top, floor in tightest:
        if upper[top] < lower[floor]:
            return None, (top, floor)
        if not steps or upper[top] < steps[-1]:
            holder = top
        steps.append(Fraction(upper[top] if holder == top else steps[-1] - 1))
        if steps[-1] < lower[floor]:
            return None, (holder, floor)
    return steps, None


def _place(lower: int, upper: int, wanted: Fraction) -> Fraction:
    """How far a total stands between its ends; the nearest end where it is beyond (a cell is wider than a point)."""
    inside = min(max(wanted, Fraction(lower)), Fraction(upper))
    return (inside - lower) / (upper - lower) if upper > lower else Fraction(0)


def weights_that_rank(table: Weighted, published: Ints, space: WeightSpace) -> Nearest:
    """Weights of a space, nearest (L1) to the table's, that give published ranks ("min") for some scores in its box.

    The order is weak (ties count as either order); `impossible` is proved. Raises ValueError where the ranks are not
    those of all alternatives, ties sharing the better rank.

    >>> from paritrana.engine import simplex
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT).weighted(np.array([1, 1]))
    >>> weights_that_rank(table, np.array([1, 3, 2]), simplex(2)).weights
    array([0.7, 0.3])
    """
    found = podium(table, range(table.shape[0]), published.tolist(), free=True)
    return nearest(np.vstack([found.rows, space_rows(space)]), table.parts, "l1")
