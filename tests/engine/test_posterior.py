"""The posterior of weights, against closed forms and against a grid."""

import itertools

import numpy as np
import pytest

from paritrana.engine.sampled.posterior import Announced, weight_posterior
from paritrana.engine.scores import POINT

DRAWS = 40_000
OWN = np.array([[[100, 0], [0, 100]]]) * POINT  # the first is ahead where its criterion weighs more than half


def test_without_results_the_weights_are_as_they_were() -> None:
    told = weight_posterior([], 3, draws=DRAWS, seed=1)
    assert told.mean == pytest.approx(np.full(3, 1 / 3), abs=0.01)
    assert told.effective == pytest.approx(DRAWS)
    assert told.low == pytest.approx(np.full(3, told.prior_low), abs=0.01)
    assert told.high == pytest.approx(np.full(3, told.prior_high), abs=0.01)
    assert len(told.before) == len(told.after) == 0


def test_the_range_of_a_uniform_weight_is_that_of_its_distribution() -> None:
    """One weight of K uniform ones is Beta(1, K - 1)."""
    told = weight_posterior([], 5, draws=100, seed=1)
    assert 1 - (1 - told.prior_low) ** 4 == pytest.approx(0.05)
    assert 1 - (1 - told.prior_high) ** 4 == pytest.approx(0.95)


def test_results_that_need_more_than_half_leave_little_else() -> None:
    """One draw of the values: where the result does not come about it keeps (0 + 1/2) / 2 against (1 + 1/2) / 2."""
    for count in (1, 3):
        told = weight_posterior([Announced(OWN, 0)] * count, 2, draws=DRAWS, seed=1)
        odds = 3.0**count
        assert told.mean[0] == pytest.approx((0.75 * odds + 0.25) / (odds + 1), abs=0.01)
        assert told.effective == pytest.approx(DRAWS * (odds + 1) ** 2 / (2 * (odds**2 + 1)), rel=0.02)


def test_a_result_is_predicted_from_the_others_alone() -> None:
    """Against the same sums over a grid of weights."""
    rng = np.random.default_rng(3)
    results = [Announced((rng.random((20, 4, 3)) * 100 * POINT).astype(np.int64), first) for first in (0, 2, 3)]
    told = weight_posterior(results, 3, draws=DRAWS, seed=1)
    steps = 120
    pairs = np.array([pair for pair in itertools.product(range(steps), repeat=2) if sum(pair) < steps]) + 1 / 3
    grid = np.column_stack([pairs, steps - pairs.sum(axis=1)]) / steps
    like = []
    for result in results:
        totals = np.einsum("dnk,wk->wdn", result.scores, grid)
        hits = (totals.argmax(axis=2) == result.first).sum(axis=1)
        like.append((hits + 1 / 4) / 21)
    table = np.array(like)
    assert told.before == pytest.approx(np.log(table.mean(axis=1)), abs=0.02)
    for own in range(3):
        others = np.delete(table, own, axis=0).prod(axis=0)
        assert told.after[own] == pytest.approx(np.log((others * table[own]).sum() / others.sum()), abs=0.02)
    whole = table.prod(axis=0)
    assert told.mean == pytest.approx(whole @ grid / whole.sum(), abs=0.01)


def test_a_result_that_no_weights_give_leaves_them_as_they_were() -> None:
    never = np.array([[[10, 10], [20, 20]]]) * POINT
    told = weight_posterior([Announced(never, 0)], 2, draws=DRAWS, seed=1)
    assert told.effective == pytest.approx(DRAWS)
    assert told.before[0] == pytest.approx(np.log(1 / 4))
