"""Exact answers under a rubric that rounds totals or lets ties share another rank than the better one.

Rounding makes ties of totals that differ, so that the weights under which one alternative is first are no convex set
any more. What can be proved is proved on both sides: a rival that is farther above than a rounding can hide is above,
one that is not above at all is not; and what the weights at hand give is counted as the rubric ranks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from paritrana.engine.exact.polytope import Whole
from paritrana.engine.rank_range import RankRanges, rank_ranges
from paritrana.engine.ranks import ranks
from paritrana.engine.rules import Rule
from paritrana.engine.scores import Ints
from paritrana.engine.smallest import Change, lift
from paritrana.engine.spaces import WeightSpace, simplex
from paritrana.engine.table import Weighted

GRAIN = 8  # units of the scores (or of logarithms, which err by less) the first is ahead where a tie does not suffice
FIRST_OF_ALL = 2  # under `dense` nobody who cannot be first is better than this


@dataclass(frozen=True)
class Certificate:
    """Weights that make an alternative first (`change`), or that none do, and whether that is `proved`.

    Proved is that no smaller change does it (but for a grain, where a tie does not suffice), or that none does.
    """

    change: Change
    proved: bool


def ranges_under(rule: Rule, table: Weighted, space: WeightSpace) -> RankRanges:
    """Best and worst ranks as the rule counts them; the table's weights belong to the space."""
    found = rank_ranges(table, space, ties=rule.ties, blur=rule.blur(table))
    if rule.decimals is None and rule.ties != "dense":
        return found
    own = np.array([table.parts] * table.shape[0], dtype=object)
    best = _reached(rule, table, (found.best_parts, own), best=True)
    worst = _reached(rule, table, (found.worst_parts, own), best=False)
    bound = np.minimum(found.best, FIRST_OF_ALL) if rule.ties == "dense" else found.best
    return RankRanges(bound, found.worst, best[0], worst[0], best[1], worst[1])


def _reached(rule: Rule, table: Weighted, tried: tuple[Whole, ...], *, best: bool) -> tuple[Ints, Whole]:
    """The best (or worst) rank of each alternative under one of the weights tried for it, and those weights."""
    given = np.array([[_rank(rule, table, at, parts[at], best) for at in range(len(parts))] for parts in tried])
    chosen = given.argmin(axis=0) if best else given.argmax(axis=0)
    at = np.arange(given.shape[1])
    return given[chosen, at], np.array(tried, dtype=object)[chosen, at]


def _rank(rule: Rule, table: Weighted, at: int, parts: Any, best: bool) -> int:
    """The rank of an alternative whose values are at their best end and all others' at their worst, or the reverse."""
    own, others = (table.high, table.low) if best else (table.low, table.high)
    scores = others.astype(object)
    scores[at] = own[at]
    return int(ranks(_keys(rule, scores @ parts, int(sum(parts))), rule.ties)[at])


def _keys(rule: Rule, totals: Whole, whole: int) -> Ints:
    """Keys of totals that may be too large for 64 bits."""
    if rule.decimals is None:
        return np.unique(totals, return_inverse=True)[1].astype(np.int64)
    return rule.keys(np.array([total / whole for total in totals]), 1.0)


def certificates_under(rule: Rule, table: Weighted, rank: Ints) -> tuple[Certificate, ...]:
    """For each alternative the smallest change of weights that makes it first, at the middle of the intervals.

    `rank` are the ranks under the table's weights.
    """
    blur = rule.blur(table)
    return tuple(_certificate(rule, table, own, int(rank[own]), int(blur[own])) for own in range(table.shape[0]))


def _certificate(rule: Rule, table: Weighted, own: int, rank: int, blur: int) -> Certificate:
    whole = simplex(table.shape[1])
    alone = rule.ties == "max"
    if rule.decimals is None:
        return Certificate(_counted(rule, table, own, lift(table, own, 1, whole, ahead=GRAIN * alone)), True)
    if rank == 1:
        parts = tuple(int(part) for part in table.parts // np.gcd.reduce(table.parts))
        return Certificate(Change(0.0, table.parts / table.parts.sum(), parts, 1, ()), True)
    found = lift(table, own, 1, whole, ahead=blur if alone else 0)
    if not found.impossible:
        return Certificate(_counted(rule, table, own, found), False)
    return Certificate(found, lift(table, own, 1, whole, ahead=GRAIN if alone else -blur).impossible)


def _counted(rule: Rule, table: Weighted, own: int, change: Change) -> Change:
    """The change with the rank as the rule counts it."""
    if change.parts is None:
        return change
    parts = np.array(change.parts, dtype=object)
    keys = _keys(
        rule, (table.twice_middle // 2 if rule.decimals is not None else table.twice_middle) @ parts, sum(change.parts)
    )
    return replace(change, rank=int(ranks(keys, rule.ties)[own]))


def notes(rule: Rule) -> Iterator[str]:
    """What holds for which totals and ties, in a sentence each; nothing where all holds as it is."""
    if rule.decimals is not None:
        yield (
            f"Totals are ranked rounded to {rule.decimals} decimals: ranks and shares count them so, rank ranges are "
            "bounds where they say so, a certificate may ask for more than is needed, and weight intervals are about "
            "totals that are not rounded."
        )
    if rule.ties == "max":
        yield (
            "Equal totals share the worse rank, in ranges, shares and certificates too (first by some millionths of a "
            "point); weight intervals, central weights and confidence factors count a tie for first as first."
        )
    if rule.ties == "dense":
        yield (
            "No rank is left out after equal totals, in shares too: rank ranges are bounds where they say so, as "
            "rivals may tie with each other."
        )
