"""Whether what was forecast with a probability came as often: ranges by their level, places by their probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from paritrana.analysis.contests import Contest
from paritrana.engine.sampled.posterior import Announced, WeightPosterior, weight_posterior
from paritrana.engine.scores import Floats

HIGH = 0.4
EDGES = (0.0, 0.05, 0.1, 0.2, HIGH, 1.0)  # of the bins of probabilities, each with its upper edge
SURE = 0.9  # of the range of an observed frequency
PLACES = 3  # of a podium
WEIGHTS = 4000  # sets of weights drawn for what results say of them


@dataclass(frozen=True)
class Bin:
    """Forecasts of about one probability: their mean, how often it came, in what range that lies, and how many."""

    forecast: float
    observed: float
    low: float
    high: float
    count: int


def reliability(forecasts: Floats, came: np.ndarray) -> list[Bin]:
    """Forecast probabilities (n,) in bins beside how often it came (n,); empty bins are left out.

    The range is that of a share of independent trials (Wilson 1927); within a province they are not quite.

    >>> reliability(np.array([0.02, 0.04, 0.3]), np.array([False, False, True]))[1].observed
    1.0
    """
    at = np.clip(np.digitize(forecasts, EDGES, right=True) - 1, 0, None)
    bins = [(forecasts[at == place], came[at == place]) for place in range(len(EDGES) - 1)]
    return [_bin(told, true) for told, true in bins if len(told)]


def _bin(forecasts: Floats, came: np.ndarray) -> Bin:
    interval = binomtest(int(came.sum()), len(came)).proportion_ci(SURE, method="wilson")
    return Bin(float(forecasts.mean()), float(came.mean()), float(interval.low), float(interval.high), len(forecasts))


def first_places(contests: Sequence[Contest]) -> tuple[Floats, np.ndarray]:
    """The probability of the first place of every candidate where one was announced, and whether it took it."""
    told = [contest for contest in contests if contest.winner]
    return _together(
        [contest.firsts(contest.shares) for contest in told],
        [[code == contest.winner for code in contest.candidates] for contest in told],
    )


def podium_places(contests: Sequence[Contest]) -> tuple[Floats, np.ndarray]:
    """The same of one of the first places, where all of them were announced and somebody had to go without."""
    told = [
        contest
        for contest in contests
        if sorted(contest.podium.values()) == list(range(1, PLACES + 1)) and len(contest.candidates) > PLACES
    ]
    return _together(
        [contest.shares[:, :PLACES].sum(axis=1) for contest in told],
        [[code in contest.podium for code in contest.candidates] for contest in told],
    )


def _together(forecasts: Sequence[Floats], came: Sequence[Sequence[bool]]) -> tuple[Floats, np.ndarray]:
    """Those of all contests, one after the other."""
    return np.concatenate([np.zeros(0), *forecasts]), np.concatenate([np.zeros(0, dtype=bool), *came])


def weights_told(contests: Sequence[Contest], seed: int) -> WeightPosterior | None:
    """What the announced first places say together of the weights; None where none was announced."""
    told = [contest for contest in contests if contest.winner]
    results = [Announced(contest.scores, contest.candidates.index(str(contest.winner))) for contest in told]
    criteria = told[0].scores.shape[2] if told else 0
    return weight_posterior(results, criteria, draws=WEIGHTS, seed=seed) if told else None
