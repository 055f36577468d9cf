"""Geometric means in whole numbers: logarithms of scores whose weighted sums rank as the weighted means do.

A logarithm is counted in parts of an octave and made of those of the primes: that of a product is the sum of those of
its factors, exactly. Two alternatives whose products of powers are equal, such as 20 x 90 and 30 x 60, therefore have
equal totals under every weight at which they tie, and every method that adds up whole numbers knows the tie.

A prime's own logarithm is rounded to whole parts. As in a musical temperament, the number of parts of an octave is
chosen so that the small primes, which stand in a score many times, are close to whole parts: the logarithm of a score
of at most 100 points is never off by more than 1.6 parts, and the next millionth of a point is at least 3.8 parts
away. So the order of scores is never lost, and means that differ by more than a hundred-millionth of themselves are
told apart.

A score of less than a millionth of a point counts as a millionth, in the mean as in the rank: its logarithm would be
without end, and one criterion at zero would decide whatever the weights are.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from paritrana.engine.scores import LARGEST, POINT, Floats, Ints

OCTAVE = 265_079_474  # parts of an octave; of all numbers from 250 to 272 million the one with the smallest errors
WHOLE_MEAN = 9  # decimals of a mean in points: equal means are equal numbers


def log_scores(scores: Ints) -> Ints:
    """Logarithms of scores of any shape, in whole parts of an octave above a millionth of a point.

    >>> low, high = log_scores(np.array([[20, 90], [30, 60]]) * POINT).sum(axis=1)
    >>> low == high  # 20 x 90 = 30 x 60
    np.True_
    """
    distinct, places = np.unique(np.maximum(scores, 1), return_inverse=True)
    rest, made = distinct.copy(), np.zeros(len(distinct), dtype=np.int64)
    for prime in _primes():
        if prime * prime > rest.max(initial=1):
            break
        divisible = np.flatnonzero(rest % prime == 0)
        while len(divisible):
            rest[divisible] //= prime
            made[divisible] += _parts(np.array(prime))
            divisible = divisible[rest[divisible] % prime == 0]
    # What is left of each is one, or a prime.
    return (made + _parts(rest))[places].reshape(np.shape(scores))


def rounded_logs(scores: Ints | Floats) -> Floats:
    """The same for scores that were drawn: each rounded by itself, fast, so that ties are not kept."""
    return _parts(np.maximum(scores, 1)).astype(float)


def geometric_points(scores: Ints, parts: Ints) -> Floats:
    """Weighted geometric means of scores of shape (N, K), in points, shape (N,); equal means are equal numbers.

    >>> geometric_points(np.array([[100, 25]]) * POINT, np.array([1, 1]))
    array([50.])
    """
    logs = np.log(np.maximum(scores, 1) / POINT)
    return np.round(np.exp(logs @ (parts / parts.sum())), WHOLE_MEAN)


def mean_points(totals: Ints, whole: float) -> Floats:
    """Means in points from totals of logarithms under weights whose sum is `whole`, to a millionth of a point."""
    points: Floats = np.exp2(totals / (whole * OCTAVE)) / POINT
    return points


def _parts(numbers: Ints | Floats) -> Ints:
    return np.rint(OCTAVE * np.log2(numbers)).astype(np.int64)


@cache
def _primes() -> list[int]:
    """All primes whose square is a score (sieve of Eratosthenes)."""
    most = int(LARGEST**0.5) + 1
    prime = np.ones(most + 1, dtype=bool)
    prime[:2] = False
    for number in range(2, int(most**0.5) + 1):
        prime[number * number :: number] &= not prime[number]
    return np.flatnonzero(prime).tolist()
