"""What announced results say of the weights: a posterior over the simplex, by importance sampling.

Before anything is announced all weights are equally likely (uniform on the simplex). Each result, an alternative
announced first, makes weights under which it is first more likely. Values that are not known are drawn, and the
likelihood of a result is the share of draws in which it comes about; nothing is known of how a jury errs, so that a
result that no draw gives counts as one of chance in one draw more, not as impossible. The weights drawn from the prior
are then weighed by the likelihood of all results together (importance sampling; effective sample size after Kong 1992),
and each result is predicted from all the others (leave-one-out, Gelfand, Dey & Chang 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paritrana.engine.scores import Floats, Ints
from paritrana.engine.spaces import simplex

ENDS = (0.05, 0.95)  # of the ranges of weights
BLOCK = 500  # weights at once


@dataclass(frozen=True)
class Announced:
    """A result: `scores` (D, N, K) of joint draws of the alternatives' values, and which of them was `first`."""

    scores: Ints
    first: int


@dataclass(frozen=True, eq=False)
class WeightPosterior:
    """Weights as R announced results leave them.

    `draws` (W, K) from the prior with their `likelihood` (W,), which sums to one; `effective` is the number of draws
    that they are worth. `mean` and `low`, `high` (K,) are of the posterior, `prior_low` and `prior_high` the same range
    before; `before` and `after` (R,) the log probability of each result under the prior and under what the others say.
    """

    draws: Floats
    likelihood: Floats
    effective: float
    mean: Floats
    low: Floats
    high: Floats
    prior_low: float
    prior_high: float
    before: Floats
    after: Floats


def weight_posterior(results: Sequence[Announced], criteria: int, *, draws: int, seed: int) -> WeightPosterior:
    """The posterior of the weights of K criteria after announced results (an empty sequence leaves the prior).

    >>> points = np.array([[[100, 0], [0, 100]]])  # the first is ahead where its own criterion weighs more than half
    >>> told = weight_posterior([Announced(points, 0)] * 5, 2, draws=20_000, seed=1)
    >>> told.mean.round(2)  # one draw of the values: each result makes the half that gives it three times as likely
    array([0.75, 0.25])
    """
    weights = simplex(criteria).draw(draws, np.random.default_rng(seed))
    logs = np.array([np.log(_likelihood(result, weights)) for result in results]).reshape(len(results), draws)
    together = logs.sum(axis=0)
    likelihood = _normal(together)
    low, high = np.array([_quantiles(column, likelihood) for column in weights.T]).T
    prior = 1 - (1 - np.array(ENDS)) ** (1 / (criteria - 1)) if criteria > 1 else np.ones(2)
    return WeightPosterior(
        draws=weights,
        likelihood=likelihood,
        effective=float(1 / (likelihood**2).sum()),
        mean=likelihood @ weights,
        low=low,
        high=high,
        prior_low=float(prior[0]),
        prior_high=float(prior[1]),
        before=np.log(np.exp(logs).mean(axis=1)),
        after=np.array([np.log(_normal(together - own) @ np.exp(own)) for own in logs]),
    )


def _likelihood(result: Announced, weights: Floats) -> Floats:
    """The share of draws of the values in which each set of weights puts the announced alternative first, (W,)."""
    count, alternatives, criteria = result.scores.shape
    table = result.scores.reshape(-1, criteria).astype(np.float64)
    made = []
    for start in range(0, len(weights), BLOCK):
        totals = (table @ weights[start : start + BLOCK].T).reshape(count, alternatives, -1)
        made.append((totals[:, result.first] >= totals.max(axis=1)).sum(axis=0))
    return (np.concatenate(made) + 1 / alternatives) / (count + 1)


def _normal(logs: Floats) -> Floats:
    """Likelihoods that sum to one, from their logarithms up to a constant."""
    likelihood = np.exp(logs - logs.max())
    return likelihood / likelihood.sum()


def _quantiles(values: Floats, likelihood: Floats) -> Floats:
    """The ENDS of weighed draws."""
    order = np.argsort(values)
    reached = np.cumsum(likelihood[order])
    return values[order][np.minimum(np.searchsorted(reached, ENDS), len(values) - 1)]
