"""Confidence factors of SMAA-2: how often its central weights make an alternative first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from paritrana.engine.rules import PLAIN, Rule
from paritrana.engine.sampled.draws import (
    BLOCK,
    EXACT,
    PARTS,
    Inside,
    product,
    shared,
    too_large,
)
from paritrana.engine.sampled.shares import (
    CONFIDENCE,
    binomial_error,
    hoeffding,
)
from paritrana.engine.scores import Floats, Ints
from paritrana.engine.table import Scored


@dataclass(frozen=True, eq=False)
class Confidence:
    """Confidence factors, shape (N,): share of draws of the values in which an alternative's own weights make it first.

    First or tied first; NaN where it has no such weights. Without intervals a factor is 0 or 1, and exact.
    """

    share: Floats
    draws: int
    seed: int

    @property
    def standard_error(self) -> Floats:
        """Binomial standard error, shape (N,)."""
        return binomial_error(self.share, self.draws)

    def bound(self, confidence: float = CONFIDENCE) -> float:
        """Half-width of an interval around every factor that holds for all at once (Hoeffding, union bound)."""
        return hoeffding(len(self.share), self.draws, confidence)


def confidence_factors(
    table: Scored, weights: Floats, *, draws: int, seed: int, threads: int = 1, rule: Rule = PLAIN
) -> Confidence:
    """How often the weights of row i make alternative i first (SMAA-2: with i's central weights).

    Only the scores are drawn; `weights` has shape (N, K), NaN where an alternative has none. Rounded totals tie.

    >>> from paritrana.engine import POINT
    >>> low = np.array([[100, 0], [0, 100], [40, 40]]) * POINT
    >>> high = np.array([[100, 0], [0, 100], [70, 70]]) * POINT
    >>> own = np.array([[1, 0], [0, 1], [0.5, 0.5]])
    >>> confidence_factors(Scored(low, high), own, draws=20_000, seed=1).share.round(2)  # 1 - (2/3)**2 / 2 of the third
    array([1.  , 1.  , 0.78])
    """
    candidates = np.flatnonzero(~np.isnan(weights).any(axis=1))
    duel = _Duel.of(table, candidates, np.rint(weights[candidates] * PARTS), rule)
    # Values of their own: the central weights were made from the first draws.
    streams = np.random.SeedSequence([seed, 1]).spawn(-(-draws // BLOCK))

    def wins(blocks: range) -> Ints:
        won = np.zeros(len(candidates), dtype=np.int64)
        for block in blocks:
            won += duel.won(min(BLOCK, draws - block * BLOCK), np.random.default_rng(streams[block]))
        return won

    share = np.full(len(weights), np.nan)
    share[candidates] = sum(shared(wins, len(streams), threads)) / draws
    return Confidence(share, draws, seed)


@dataclass(frozen=True, eq=False)
class _Duel:
    """Each candidate, under its own weights, against all alternatives.

    Candidates C of N alternatives, under `parts` (C, K). `own` names each candidate's alternative. A candidate is first
    where its total is not below `floor` (C,), the greatest total that is known without drawing, nor below the total of
    a rival that can exceed that: `reachable` (N, C). `base` (N, C) are the lowest totals, `columns` the criteria of
    each alternative's intervals, and `inside` tells where their values lie.
    """

    own: Ints
    parts: Floats
    floor: Floats
    reachable: npt.NDArray[np.bool_]
    base: Floats
    columns: list[Ints]
    inside: list[Inside]
    rule: Rule

    @staticmethod
    def of(table: Scored, own: Ints, parts: Floats, rule: Rule) -> _Duel:
        """Raises ValueError where totals would not be exact."""
        low, high = table.low, table.high
        greatest = max(np.abs(low).max(initial=0), np.abs(high).max(initial=0)) * parts.sum(axis=1).max(initial=0)
        if greatest >= EXACT:
            raise ValueError(too_large(len(low)))
        base, most = low @ parts.T, high @ parts.T
        at = np.arange(len(own))
        rivals = base.copy()
        rivals[own, at] = -np.inf
        floor = rivals.max(axis=0, initial=-np.inf)
        reachable = most > np.maximum(floor, base[own, at])
        reachable[own, at] = False
        if rule.decimals is None:
            reachable[:, most[own, at] < floor] = False  # the candidate cannot win anyway
        unknown = [np.flatnonzero(row) for row in high > low]
        inside = [Inside.of(table, np.full(len(columns), row), columns) for row, columns in enumerate(unknown)]
        return _Duel(own, parts, floor, reachable, base, unknown, inside, rule)

    def won(self, size: int, rng: np.random.Generator) -> Ints:
        """In how many of `size` draws of the values each candidate is first, shape (C,)."""
        most = np.repeat(self.floor[:, None], size, axis=1)
        mine = np.repeat(self.base[self.own, np.arange(len(self.own))][:, None], size, axis=1)
        candidate = {alternative: at for at, alternative in enumerate(self.own.tolist())}
        for row, (columns, inside) in enumerate(zip(self.columns, self.inside, strict=True)):
            above = inside.above(rng.random((BLOCK, len(columns)))[:size])
            if row in candidate:
                mine[candidate[row]] += above @ self.parts[candidate[row], columns]
            reached = np.flatnonzero(self.reachable[row])
            if len(reached):
                rival = product(self.parts[np.ix_(reached, columns)], above.T, np.empty((len(reached), size)))
                rival += self.base[row, reached][:, None]
                most[reached] = np.maximum(most[reached], rival)
        if self.rule.decimals is None or not np.isfinite(self.floor).all():  # without a rival
            return (mine >= most).sum(axis=1)
        whole = self.parts.sum(axis=1, keepdims=True)
        return (self.rule.keys(mine, whole) >= self.rule.keys(most, whole)).sum(axis=1)
