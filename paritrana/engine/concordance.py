"""How far several judges agree: Kendall's coefficient of concordance, and how probable so much of it is by chance.

Kendall and Babington Smith (1939): each judge's scores become ranks, equal ones share the middle of their places, and W
is the spread of the rank sums over the greatest that is possible with these ties: 1 where all judges have one order, 0
where their orders cancel out. The usual test, chi-square with N - 1 degrees of freedom (Friedman 1937), is rough for
few judges and few alternatives. Beside it stands a permutation test, which holds for any number: each judge's ranks
are dealt anew at random, and it is counted how often W is as large; the p-value of D draws is never 0 (Phipson and
Smyth 2010).

How near one ranking is to another where the top matters most tell two coefficients of Salabun and Urbaniak (2020):
WS, in which the first ranking is the reference, and Spearman's with weights (Pinto da Costa and Soares 2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from paritrana.engine.scores import Floats

DRAWS = 10_000
FEWEST_JUDGES, FEWEST_ALTERNATIVES = 2, 3
NEAR = 1e-9  # sums of middle ranks that differ by less are equal


@dataclass(frozen=True)
class Concordance:
    """Agreement of `judges` on `alternatives`: `w` from 0 to 1, NaN where a judge tells nobody apart.

    `chi_square` with `alternatives - 1` degrees of freedom has the p-value `by_chi_square`; `by_permutation` is that of
    `draws` random deals.
    """

    judges: int
    alternatives: int
    w: float
    chi_square: float
    by_chi_square: float
    by_permutation: float
    draws: int


def concordance(scores: Floats, *, seed: int, draws: int = DRAWS) -> Concordance:
    """Agreement of J judges on N alternatives: `scores` of shape (J, N), higher is better, all known.

    Raises ValueError where there are less than two judges or three alternatives, or where a score is not known.

    >>> orders = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])  # Siegel 1956
    >>> found = concordance(orders.astype(float), seed=1)
    >>> round(found.w, 2), round(found.chi_square, 2)
    (0.16, 2.43)
    """
    judges, alternatives = scores.shape
    if judges < FEWEST_JUDGES or alternatives < FEWEST_ALTERNATIVES:
        raise ValueError(f"two judges and three alternatives were expected, {judges} and {alternatives} were found")
    if np.isnan(scores).any():
        raise ValueError("a score of each judge for each alternative was expected, NaN was found")
    ranks = stats.rankdata(scores, axis=1)
    if (ranks == ranks[:, :1]).all(axis=1).any():
        nothing = float("nan")
        return Concordance(judges, alternatives, nothing, nothing, nothing, nothing, draws)
    statistic, chance = stats.friedmanchisquare(*scores.T)
    w = float(statistic) / (judges * (alternatives - 1))
    return Concordance(judges, alternatives, w, float(statistic), float(chance), _dealt(ranks, draws, seed), draws)


def ws_coefficient(reference: Floats, other: Floats) -> float:
    """WS of a ranking against a reference (Salabun and Urbaniak 2020), both (N,), ranks from 1 on.

    1 where both are the same, the less the nearer to the top of the reference they differ, and never below 0. With the
    rankings exchanged it is another number. Raises ValueError where there are less than two ranks, or not as many.

    >>> round(ws_coefficient(np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 4, 5])), 4)
    0.8542
    """
    count = _ranked(reference, other)
    farthest = np.maximum(reference - 1, count - reference)
    return float(1 - (2.0**-reference * np.abs(reference - other) / farthest).sum())


def weighted_spearman(one: Floats, other: Floats) -> float:
    """Spearman's coefficient of two rankings (N,), ranks from 1 on, in which the top weighs more.

    Pinto da Costa and Soares (2005): each squared difference counts as much as both ranks lie above the last. Raises
    ValueError where there are less than two ranks, or not as many.

    >>> round(weighted_spearman(np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 4, 5])), 4)
    0.8833
    """
    count = _ranked(one, other)
    apart = ((one - other) ** 2 * (2 * (count + 1) - one - other)).sum()
    return float(1 - 6 * apart / (count**4 + count**3 - count**2 - count))


def _ranked(one: Floats, other: Floats) -> int:
    """How many alternatives two rankings rank."""
    if one.shape != other.shape or one.ndim != 1 or len(one) < 2:
        shapes = f"{one.shape} and {other.shape}"
        raise ValueError(f"two rankings of the same two alternatives or more were expected, {shapes} were found")
    return len(one)


def _dealt(ranks: Floats, draws: int, seed: int) -> float:
    """How often ranks dealt at random within each judge agree as much; ties stay, so that W grows with the spread."""
    rng = np.random.default_rng(seed)
    sums = np.zeros((draws, ranks.shape[1]))
    for judge in ranks:
        sums += rng.permuted(np.broadcast_to(judge, sums.shape), axis=1)
    spread = ((sums - sums.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    found = ranks.sum(axis=0)
    as_large = int((spread >= ((found - found.mean()) ** 2).sum() - NEAR).sum())
    return (1 + as_large) / (1 + draws)
