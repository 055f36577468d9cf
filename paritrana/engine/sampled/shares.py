"""What a sample of draws says: shares of ranks, central weights, pairwise winning, and their errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paritrana.engine.scores import Floats, Ints

CONFIDENCE = 0.95  # of what is said of a sampling error, where no other is asked for


def binomial_error(share: Floats | float, draws: int) -> Floats:
    """Standard error of shares of so many independent draws."""
    return np.sqrt(share * (1 - share) / draws)


def unseen(draws: int, confidence: float = CONFIDENCE) -> float:
    """How large a share can be of which so many independent draws saw nothing (Clopper and Pearson 1934).

    Of a share that every draw saw it is what may be missing from one. There the standard error is 0, which is no
    certainty.

    >>> round(unseen(1000), 4)
    0.0037
    """
    return float(1 - ((1 - confidence) / 2) ** (1 / draws))


def hoeffding(cells: int, draws: int, confidence: float) -> float:
    """Half-width within which all `cells` shares lie at once, with at least this confidence (Hoeffding 1963)."""
    return float(np.sqrt(np.log(2 * cells / (1 - confidence)) / (2 * draws)))


@dataclass(frozen=True, eq=False)
class CentralWeights:
    """Mean of the weights that make an alternative first, shape (N, K), each row of sum one; NaN where none did.

    Weights that leave it tied for first count too. `standard_error` (N, K) is the Monte Carlo error of each mean,
    NaN where less than two draws make it first; `found` (N,) is the number of draws that do.
    """

    weights: Floats
    standard_error: Floats
    found: Ints


@dataclass(frozen=True, eq=False)
class Pairwise:
    """Pairwise winning index (Leskinen et al. 2006), shape (N, N): row against column.

    `above` is the share of draws in which the row's total is strictly greater, `tied` in which both are equal
    (0 on the diagonal).
    """

    above: Floats
    tied: Floats
    draws: int

    @property
    def standard_error(self) -> Floats:
        """Binomial standard error of `above`, shape (N, N)."""
        return binomial_error(self.above, self.draws)


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Shares of draws in which each alternative takes each rank.

    `share` has shape (N, N): alternative by rank, rank 1 first. Tied alternatives share the better rank,
    so that a row sums to one and a column need not. `standard_error` is the Monte Carlo error of each share
    (one standard error, same shape). `sampler` says how weights were drawn, `ties_for_first` in how many draws
    several alternatives were first. `central` and `pairwise` are there where they were asked for.
    """

    share: Floats
    draws: int
    seed: int
    sampler: str = ""
    ties_for_first: int = 0
    central: CentralWeights | None = None
    pairwise: Pairwise | None = None

    @property
    def standard_error(self) -> Floats:
        """Binomial standard error of each share, shape (N, N)."""
        return binomial_error(self.share, self.draws)

    def bound(self, confidence: float = CONFIDENCE) -> float:
        """Half-width of an interval around every share that holds for all cells at once (Hoeffding, union bound)."""
        return hoeffding(self.share.size, self.draws, confidence)

    @property
    def expected_rank(self) -> Floats:
        """Mean rank of each alternative, shape (N,)."""
        return self.share @ np.arange(1, len(self.share) + 1)

    @property
    def expected_rank_error(self) -> Floats:
        """Standard error of the mean rank, shape (N,)."""
        apart = np.arange(1, len(self.share) + 1) - self.expected_rank[:, None]
        return np.sqrt((self.share * apart**2).sum(axis=1) / self.draws)

    @property
    def median_rank(self) -> Ints:
        """The smallest rank that at least half of the draws do not exceed, shape (N,)."""
        return (np.cumsum(self.share, axis=1) < 0.5 - 1e-12).sum(axis=1) + 1

    def rank_interval(self, coverage: float = 0.9) -> tuple[Ints, Ints]:
        """Lowest and highest rank of the central `coverage` of draws, each shape (N,)."""
        tail = (1 - coverage) / 2
        cumulative = np.cumsum(self.share, axis=1)
        # The smallest rank whose cumulative share exceeds the tail; 1e-12 absorbs the rounding of sums.
        best = (cumulative <= tail + 1e-12).sum(axis=1) + 1
        worst = (cumulative < 1 - tail - 1e-12).sum(axis=1) + 1
        return best, worst

    @property
    def entropy(self) -> Floats:
        """Shannon entropy of each alternative's ranks in bits, shape (N,): 0 for one rank, log2(N) for all alike."""
        return -(self.share * np.log2(np.where(self.share > 0, self.share, 1))).sum(axis=1) + 0.0  # not -0.0

    def top(self, places: int) -> Floats:
        """Probability of a rank among the first `places`, shape (N,)."""
        return self.share[:, :places].sum(axis=1)
