"""Rank acceptability: how often each alternative takes each rank when weights and gaps are drawn at random.

Stochastic multicriteria acceptability analysis, SMAA-2 (Lahdelma and Salminen 2001). Weights are uniform
on the simplex (Dirichlet(1); normalised uniforms would not be uniform) or fixed; a value inside an interval
is uniform and independent of the others.

Draws come in blocks, each with a random stream of its own, so that the result does not depend on how many
blocks are worked on at once, and memory does not grow with the number of draws. Drawn weights and values
are rounded to whole parts and millionths: totals stay exact, and a tie in the draw is a real tie.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paritrana.engine.scores import MAX_PARTS, Floats, Ints

BLOCK = 1024  # draws worked on at once
PARTS = MAX_PARTS  # parts in a drawn set of weights


@dataclass(frozen=True)
class Acceptability:
    """Shares of draws in which each alternative takes each rank.

    `share` has shape (N, N): alternative by rank, rank 1 first. Tied alternatives share the better rank,
    so that a row sums to one and a column need not. `standard_error` is the Monte Carlo error of each share
    (one standard error, same shape).
    """

    share: Floats
    draws: int
    seed: int

    @property
    def standard_error(self) -> Floats:
        """Binomial standard error of each share, shape (N, N)."""
        return np.sqrt(self.share * (1 - self.share) / self.draws)

    @property
    def expected_rank(self) -> Floats:
        """Mean rank of each alternative, shape (N,)."""
        return self.share @ np.arange(1, len(self.share) + 1)

    def rank_interval(self, coverage: float = 0.9) -> tuple[Ints, Ints]:
        """Lowest and highest rank of the central `coverage` of draws, each shape (N,)."""
        tail = (1 - coverage) / 2
        cumulative = np.cumsum(self.share, axis=1)
        # The smallest rank whose cumulative share exceeds the tail; 1e-12 absorbs the rounding of sums.
        best = (cumulative <= tail + 1e-12).sum(axis=1) + 1
        worst = (cumulative < 1 - tail - 1e-12).sum(axis=1) + 1
        return best, worst

    def top(self, places: int) -> Floats:
        """Probability of a rank among the first `places`, shape (N,)."""
        return self.share[:, :places].sum(axis=1)


def acceptability(low: Ints, high: Ints, *, draws: int, seed: int, parts: Ints | None = None) -> Acceptability:
    """Rank acceptability of alternatives whose criterion scores lie in [low, high], both shape (N, K).

    Weights are uniform on the simplex, or fixed where `parts` (shape (K,)) are given.
    """
    count = len(low)
    tally = np.zeros(count * count, dtype=np.int64)
    streams = np.random.SeedSequence(seed).spawn(-(-draws // BLOCK))
    for block, stream in enumerate(streams):
        size = min(BLOCK, draws - block * BLOCK)
        tally += _ranked(_drawn_totals(low, high, parts, size, np.random.default_rng(stream)))
    return Acceptability(tally.reshape(count, count) / draws, draws, seed)


def _drawn_totals(low: Ints, high: Ints, parts: Ints | None, size: int, rng: np.random.Generator) -> Floats:
    """Totals of `size` draws, shape (size, N): whole numbers held exactly in floats."""
    criteria = low.shape[1]
    weights = (
        np.rint(rng.dirichlet(np.ones(criteria), size) * PARTS)
        if parts is None
        else np.broadcast_to(parts.astype(float), (size, criteria))
    )
    drawn = weights @ low.T.astype(float)
    rows, columns = np.nonzero(high > low)  # row by row, so that each row's cells stand together
    if len(rows):
        width = (high - low)[rows, columns]
        inside = np.rint(rng.random((size, len(rows))) * width) * weights[:, columns]
        owners, starts = np.unique(rows, return_index=True)
        drawn[:, owners] += np.add.reduceat(inside, starts, axis=1)
    return drawn


def _ranked(drawn: Floats) -> Ints:
    """How often each alternative takes each rank, shape (N * N,), from totals of shape (draws, N).

    Total and index are packed into one whole number and sorted together, several times faster than an
    argsort; a total of scores up to 100 points is below 2**47, which leaves 16 bits for the index. Ties are
    found afterwards. Raises ValueError where total and index do not fit into one number.
    """
    size, count = drawn.shape
    bits = max(1, (count - 1).bit_length())
    if np.abs(drawn).max(initial=0) >= 2.0 ** (63 - bits):  # shifted, such a total would wrap around
        raise ValueError(f"scores are too large to rank {count} alternatives exactly")
    keys = (-drawn.astype(np.int64) << bits) | np.arange(count)
    keys.sort(axis=1)
    alternatives, values = keys & ((1 << bits) - 1), keys >> bits
    positions = np.broadcast_to(np.arange(count), (size, count)).copy()
    positions[:, 1:][values[:, 1:] == values[:, :-1]] = 0
    np.maximum.accumulate(positions, axis=1, out=positions)
    return np.bincount((alternatives * count + positions).ravel(), minlength=count * count)
