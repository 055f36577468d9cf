"""A Bayesian linear mixed model on plain arrays: its variance components, its posterior, its outliers.

Observations z (n,) are rows of a latent field: z = A f + noise, f = sum of random effects. Every effect is normal with
mean zero and a standard deviation of its own, so that z is normal with covariance sum(sd^2 x gram) + noise: the linear
mixed model of small-area estimation (Rao and Molina 2015, chapters 5 and 10; Fay and Herriot 1979), the fixed effects
being random ones with a wide prior. The standard deviations maximise the marginal likelihood times a weak prior
(empirical Bayes), which with the coefficients integrated out is restricted maximum likelihood with a penalty.

The errors of cells and of totals are Student t: a normal scale mixture whose weights are found by
expectation-maximisation (Lange, Little and Taylor 1989), so that a value far from all others pulls little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.optimize import minimize

from paritrana.engine.scores import Floats

FREEDOM = 5.0  # degrees of freedom of the errors
TYPICAL = 0.3  # the prior's middle of every standard deviation, on the scale of the field
FACTOR = 1.0  # standard deviation of the prior's logarithm: a factor of e either way
SMALLEST, LARGEST = 0.005, 5.0
JITTER = 1e-9  # keeps a covariance of repeated rows invertible


def covariance(sds: Floats, grams: Sequence[Floats], noise: Floats) -> Floats:
    """Covariance of the observations, (n, n): sum of sd^2 x gram, and the noise."""
    total = noise + JITTER * np.eye(len(noise))
    part = np.empty_like(total)  # one for all terms: new memory for each costs more than the arithmetic
    for sd, gram in zip(sds, grams, strict=True):
        total += np.multiply(gram, sd**2, out=part)
    return total


def inverted(total: Floats) -> tuple[Floats, float]:
    """Inverse of a covariance, and half the logarithm of its determinant; raises LinAlgError where it is none."""
    factor, failed = dpotrf(total, lower=True)
    if failed:
        raise np.linalg.LinAlgError("the covariance of the observations is not positive definite")
    half = float(np.log(np.diag(factor)).sum())
    inverse, _ = dpotri(factor, lower=True, overwrite_c=True)  # nothing above the diagonal
    diagonal = np.diag(inverse).copy()
    inverse = inverse + inverse.T
    np.fill_diagonal(inverse, diagonal)
    return inverse, half


def deviance(logs: Floats, grams: Sequence[Floats], noise: Floats, z: Floats) -> tuple[float, Floats]:
    """Minus the log posterior density of the logarithms of the standard deviations, up to a constant; its gradient."""
    sds = np.exp(logs)
    inverse, logs_sum = inverted(covariance(sds, grams, noise))
    alpha = inverse @ z
    apart = (logs - np.log(TYPICAL)) / FACTOR
    value = 0.5 * z @ alpha + logs_sum + 0.5 * apart @ apart
    slope = [sd**2 * (np.vdot(inverse, gram) - alpha @ gram @ alpha) for sd, gram in zip(sds, grams, strict=True)]
    return float(value), np.array(slope) + apart / FACTOR


def components(grams: Sequence[Floats], noise: Floats, z: Floats, start: Floats) -> Floats:
    """Standard deviations of the effects (K,) that maximise the penalised marginal likelihood, from a first guess."""
    found = minimize(
        deviance,
        np.log(start),
        args=(grams, noise, z),
        jac=True,
        method="L-BFGS-B",
        bounds=[(np.log(SMALLEST), np.log(LARGEST))] * len(grams),
        options={"maxiter": 40, "ftol": 1e-6},
    )
    return np.exp(found.x)


@dataclass(frozen=True, eq=False)
class Solved:
    """The observations under their covariance: `inverse` (n, n) of it, and `alpha` = inverse @ z (n,)."""

    z: Floats
    inverse: Floats
    alpha: Floats

    @staticmethod
    def of(total: Floats, z: Floats) -> Solved:
        """Solve for one covariance of the observations."""
        inverse, _ = inverted(total)
        return Solved(z, inverse, inverse @ z)

    def left_out(self) -> tuple[Floats, Floats]:
        """Mean and variance of each observation given all others, each (n,), in closed form (Rasmussen, Williams 2006).

        The standard deviations of the effects are those that all observations gave.
        """
        variance = 1 / np.diag(self.inverse)
        return self.z - self.alpha * variance, variance


def weights(solved: Solved, sd: float, spread: Floats) -> Floats:
    """Weights (n,) of errors with variance sd^2 x spread, from their expected squares; 1 is a usual error."""
    variance = sd**2 * spread
    square = (variance * solved.alpha) ** 2 + variance - variance**2 * np.diag(solved.inverse)
    return (FREEDOM + 1) / (FREEDOM + square / sd**2)
