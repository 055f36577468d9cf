"""Scores of forecasts against what came: the smaller the better, but for logarithms of probabilities.

All are proper: a forecaster does best to say what it believes (Gneiting and Raftery 2007).
"""

from __future__ import annotations

import numpy as np

from paritrana.engine.scores import Floats, Ints


def interval_score(low: Floats, high: Floats, value: Floats, level: float) -> Floats:
    """Width of a central interval of this level, and 2 / (1 - level) for each unit that the value lies beyond it.

    >>> interval_score(np.array([0.0]), np.array([1.0]), np.array([1.1]), 0.9).round(6)  # 1 + 20 x 0.1
    array([3.])
    """
    outside = np.maximum(low - value, 0) + np.maximum(value - high, 0)
    score: Floats = high - low + 2 / (1 - level) * outside
    return score


def crps_of_draws(draws: Floats, value: Floats) -> Floats:
    """Continuous ranked probability score (n,) of predictive draws (n, D): E|X - value| - E|X - X'| / 2."""
    ordered = np.sort(draws, axis=1)
    count = ordered.shape[1]
    spread = ordered @ (2 * np.arange(1, count + 1) - count - 1) / count**2  # half of E|X - X'|
    score: Floats = np.abs(ordered - value[:, None]).mean(axis=1) - spread
    return score


def crps_uniform(low: Floats, high: Floats, value: Floats) -> Floats:
    """Continuous ranked probability score of the uniform distribution on [low, high] (Jordan et al. 2019).

    >>> crps_uniform(np.array([0.0]), np.array([1.0]), np.array([0.5])).round(6)  # 1 / 12
    array([0.083333])
    """
    width = high - low
    at = (value - low) / np.where(width > 0, width, 1)
    inside = np.clip(at, 0, 1)
    score: Floats = np.where(width > 0, width * (np.abs(at - inside) + inside**2 - inside + 1 / 3), np.abs(value - low))
    return score


def ranked_probability(shares: Floats, rank: Ints) -> Floats:
    """Ranked probability score (n,) of probabilities of N ranks, (n, N), against the rank that came (from 1).

    Mean over the N - 1 thresholds of the squared error of "this rank or a better one" (Epstein 1969).
    """
    places = np.arange(1, shares.shape[1])
    came = rank[:, None] <= places
    score: Floats = ((np.cumsum(shares, axis=1)[:, :-1] - came) ** 2).mean(axis=1)
    return score


def bootstrap_error(values: Floats, seed: int, samples: int = 2000) -> float:
    """Standard error of a mean of independent values: its deviation over samples drawn from them with replacement."""
    chosen = np.random.default_rng(seed).integers(len(values), size=(samples, len(values)))
    return float(values[chosen].mean(axis=1).std())
