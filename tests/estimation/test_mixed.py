"""The mixed model against brute force: densities from scipy, gradients by differences, leaving out by solving again."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from paritrana.engine.scores import Floats
from paritrana.estimation.mixed import FACTOR, FREEDOM, TYPICAL, Solved, components, covariance, deviance, weights


def grouped(count: int = 60, groups: int = 12, seed: int = 5) -> tuple[list[Floats], Floats, Floats]:
    """Values of groups of five: the grams of the groups and of single errors, no noise, and values drawn from them."""
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), count // groups)
    grams = [(group[:, None] == group[None, :]).astype(float), np.eye(count)]
    z = 0.8 * rng.standard_normal(groups)[group] + 0.3 * rng.standard_normal(count)
    return grams, np.zeros((count, count)), z


def test_the_deviance_is_minus_the_log_density_of_a_normal_with_the_prior() -> None:
    grams, noise, z = grouped()

    def density(logs: Floats) -> float:
        normal = multivariate_normal(np.zeros(len(z)), covariance(np.exp(logs), grams, noise))
        prior = ((logs - np.log(TYPICAL)) ** 2).sum() / (2 * FACTOR**2)
        return float(normal.logpdf(z) - prior)

    one, other = np.log([0.8, 0.3]), np.log([0.2, 0.9])
    assert deviance(one, grams, noise, z)[0] - deviance(other, grams, noise, z)[0] == pytest.approx(
        density(other) - density(one)
    )


def test_the_gradient_is_that_of_the_deviance() -> None:
    grams, noise, z = grouped()
    at, step = np.log([0.5, 0.4]), 1e-5
    slope = deviance(at, grams, noise, z)[1]
    for k in range(2):
        ends = [deviance(at + sign * step * np.eye(2)[k], grams, noise, z)[0] for sign in (1, -1)]
        assert slope[k] == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-5)


def test_components_find_what_values_were_drawn_with() -> None:
    grams, noise, z = grouped(count=1000, groups=200)
    assert components(grams, noise, z, np.full(2, TYPICAL)) == pytest.approx([0.8, 0.3], rel=0.15)


def test_leaving_out_in_closed_form_is_solving_without_the_value() -> None:
    grams, noise, z = grouped()
    total = covariance(np.array([0.8, 0.3]), grams, noise)
    mean, variance = Solved.of(total, z).left_out()
    for at in (0, 17, 59):
        rest = np.arange(len(z)) != at
        weight = np.linalg.solve(total[np.ix_(rest, rest)], total[rest, at])
        assert mean[at] == pytest.approx(weight @ z[rest])
        assert variance[at] == pytest.approx(total[at, at] - weight @ total[rest, at])


def test_a_value_far_from_its_group_weighs_little_and_a_usual_one_no_less_than_one() -> None:
    grams, noise, z = grouped()
    z[7] = z[7] + 5
    solved = Solved.of(covariance(np.array([0.8, 0.3]), grams, noise), z)
    made = weights(solved, 0.3, np.ones(len(z)))
    assert np.argmin(made) == 7
    assert made[7] < 0.1
    assert made.max() <= (FREEDOM + 1) / FREEDOM


def test_a_covariance_that_is_none_is_refused() -> None:
    with pytest.raises(np.linalg.LinAlgError, match="not positive definite"):
        Solved.of(-np.eye(3), np.ones(3))
