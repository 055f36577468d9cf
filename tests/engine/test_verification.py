"""Scores of forecasts against closed forms."""

import numpy as np
import pytest
from scipy.stats import norm

from paritrana.engine.verification import (
    bootstrap_error,
    crps_of_draws,
    crps_uniform,
    interval_score,
    ranked_probability,
)


@pytest.mark.parametrize("value", [-2.0, 0.0, 0.7, 3.0])
def test_crps_of_normal_draws_is_the_closed_form(value: float) -> None:
    """Gneiting and Raftery 2007, equation 21: z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)."""
    draws = norm.ppf((np.arange(20_000) + 0.5) / 20_000)[None]
    closed = value * (2 * norm.cdf(value) - 1) + 2 * norm.pdf(value) - 1 / np.sqrt(np.pi)
    assert crps_of_draws(draws, np.array([value]))[0] == pytest.approx(closed, abs=1e-3)


@pytest.mark.parametrize("value", [-0.5, 0.1, 0.3, 0.9])
def test_crps_of_a_uniform_is_that_of_its_draws(value: float) -> None:
    draws = 0.1 + 0.4 * (np.arange(20_000) + 0.5)[None] / 20_000
    closed = crps_uniform(np.array([0.1]), np.array([0.5]), np.array([value]))
    assert closed == pytest.approx(crps_of_draws(draws, np.array([value])), abs=1e-4)


def test_crps_of_a_point_is_the_distance() -> None:
    assert crps_uniform(np.array([0.4]), np.array([0.4]), np.array([0.1]))[0] == pytest.approx(0.3)


def test_the_interval_score_is_least_at_the_quantiles() -> None:
    values = norm.ppf((np.arange(2000) + 0.5) / 2000)

    def mean(half: float) -> float:
        return float(interval_score(np.full(2000, -half), np.full(2000, half), values, 0.9).mean())

    best = float(norm.ppf(0.95))
    assert mean(best) < min(mean(best - 0.2), mean(best + 0.2))


def test_ranked_probability_counts_how_far_off_a_rank_is() -> None:
    """Three ranks, all on the first: nothing if it came, half of one threshold, or both, if not."""
    sure = np.array([[1.0, 0.0, 0.0]] * 3)
    assert ranked_probability(sure, np.array([1, 2, 3])).tolist() == [0.0, 0.5, 1.0]


def test_the_bootstrap_error_is_that_of_a_mean() -> None:
    values = np.random.default_rng(3).normal(size=400)
    assert bootstrap_error(values, seed=1) == pytest.approx(values.std() / 20, rel=0.1)
