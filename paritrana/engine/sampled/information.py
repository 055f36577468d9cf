"""What knowing one more value would be worth: how much more often the first place would be named rightly.

The expected value of partial perfect information (Raiffa & Schlaifer 1961) of a plain decision: name the alternative
that is first; it is worth one if it is, else nothing. It is estimated from draws as by Strong, Oakley & Brennan (2014),
with bins of the known value in place of a regression: draws whose value falls into one bin are what is left possible
once it is known. The best name of each bin is chosen from one half of the draws and tried on the other, since the best
of noisy shares, tried on the same draws, would look better than it is even for a value that says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paritrana.engine.scores import Floats, Ints
from paritrana.engine.spaces import simplex

BINS = 8  # of equal count: enough to follow a bend, few enough that the share of the first is known in each
WEIGHTS = 8  # sets of weights that each draw of the values meets


@dataclass(frozen=True, eq=False)
class Information:
    """`now`: the share of draws in which the best name is right; `then` (M,): the same once a value is known.

    `error` (M,) is the sampling error of `then` - `now`. Where a value says nothing `then` is `now`, up to that error.
    """

    now: float
    then: Floats
    error: Floats

    @property
    def gain(self) -> Floats:
        """How much knowing each value adds, (M,); never below zero, as knowing more cannot hurt."""
        return np.maximum(self.then - self.now, 0.0)


def information(scores: Ints, values: Floats, *, seed: int) -> Information:
    """The worth of knowing each of M values, weights uniform on the simplex.

    `scores` (D, N, K) are the criterion scores of D joint draws, `values` (D, M) the values in the same draws. Equal
    totals are first for the earlier alternative. Raises ValueError where there are fewer than 2 draws for each bin.

    >>> scores = np.array([[[50], [score]] for score in range(100)])  # the second may be anything, the first is known
    >>> both = information(scores, np.array([[score, 0.0] for score in range(100)]), seed=1)
    >>> round(both.now, 1), both.then.round(1)  # to know the second settles it, to know what never changes adds nothing
    (0.5, array([1. , 0.5]))
    """
    count = len(scores)
    if count < 2 * BINS:
        raise ValueError(f"at least {2 * BINS} draws were expected, {count} were found")
    rng = np.random.default_rng(seed)
    order = rng.permutation(count)
    scores, values = scores[order], values[order]
    weights = simplex(scores.shape[2]).draw(count * WEIGHTS, rng).reshape(count, WEIGHTS, -1)
    first = np.matmul(weights, scores.transpose(0, 2, 1)).argmax(axis=2)
    shares = np.eye(scores.shape[1])[first].mean(axis=1)  # how often each is first in a draw of the values
    now = _rightly(shares, np.zeros(count, dtype=np.int64), 1)
    then = [_rightly(shares, _bins(column), BINS) for column in values.T]
    return Information(
        float(now.mean()),
        np.array([right.mean() for right in then]),
        np.array([(right - now).std() / np.sqrt(count) for right in then]),
    )


def _bins(values: Floats) -> Ints:
    """The bin of each draw, of about equal count; equal values fall into one."""
    edges = np.quantile(values, np.arange(1, BINS) / BINS)
    return np.searchsorted(edges, values, side="left").astype(np.int64)


def _rightly(shares: Floats, bins: Ints, count: int) -> Floats:
    """How often the name that the other half of the draws chose for a draw's bin is first in it, (D,)."""
    half = len(shares) // 2
    parts = (slice(None, half), slice(half, None))
    inside = np.eye(count)[bins]
    named = [(inside[part].T @ shares[part]).argmax(axis=1) for part in parts[::-1]]
    return np.concatenate(
        [
            np.take_along_axis(shares[part], best[bins[part]][:, None], axis=1)[:, 0]
            for part, best in zip(parts, named, strict=True)
        ]
    )
