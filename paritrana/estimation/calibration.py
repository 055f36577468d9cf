"""Whether the spread of a field is right: each recorded value beside what all others say of it; what mends it.

The model knows one error for all years; how far figures scatter differs between them. The ranges of each year are
therefore made as wide as its left-out values ask for: conformal prediction by the jackknife (Barber et al. 2021) with
the years as classes of their own (Mondrian, Vovk et al. 2005), on the scale of the predictive distribution.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.special import ndtri

from paritrana.engine.scores import Floats
from paritrana.estimation.joint import Joint
from paritrana.estimation.mixed import FREEDOM

CHECKED = 4000  # draws behind the predictive distribution of a left-out value
SEED = 16800  # of these draws alone
HELD = 0.9  # of left-out values, by the ranges that tables show
ALL_YEARS = 20.0  # values that all years together count as in the factor of one: they decide where it has next to none


def factors(joint: Joint, used: Mapping[str, pd.DataFrame]) -> dict[tuple[str, int], float]:
    """The factor of each field's spread, by indicator and year; `used` names the fields and their observed cells."""
    made: dict[tuple[str, int], float] = {}
    for at, (name, rows) in enumerate(used.items()):
        scores, years = normal_scores(joint, at, left_out(joint, at, len(rows))), rows["year"].to_numpy()
        made |= {(name, year): factor(scores, years == year) for year in joint.cells.years}
    return made


def cross_fitted(joint: Joint, at: int, rows: pd.DataFrame) -> Floats:
    """Predictive draws (n, CHECKED) of each observed cell, given all others, under the factor of all other regions."""
    draws = left_out(joint, at, len(rows))
    scores = normal_scores(joint, at, draws)
    regions, years = rows["region_code"].to_numpy(), rows["year"].to_numpy()
    others = [regions != code for code in regions]
    factor_of = [factor(scores[rest], years[rest] == year) for rest, year in zip(others, years, strict=True)]
    middle = draws.mean(axis=1, keepdims=True)
    return middle + np.array(factor_of)[:, None] * (draws - middle)


def left_out(joint: Joint, at: int, count: int) -> Floats:
    """Predictive draws (count, CHECKED) of the observed cells of a field, each given all other observations."""
    field = joint.fields[at]
    start = joint.starts[at]
    mean, variance = (made[start : start + count] for made in joint.solved.left_out())
    # The error of a left-out value is not down-weighted: it is drawn anew from its whole distribution.
    rest = np.maximum(variance - field.cell_sd**2 * field.spread[field.at], 0)
    rng = np.random.default_rng(SEED)
    error = field.cell_sd * rng.standard_t(FREEDOM, size=(count, CHECKED))
    return mean[:, None] + np.sqrt(rest)[:, None] * rng.standard_normal((count, CHECKED)) + error


def normal_scores(joint: Joint, at: int, draws: Floats) -> Floats:
    """Where each observed cell of a field lies in its predictive draws (n, CHECKED), as a score of the normal, (n,)."""
    rank = (draws < joint.fields[at].z[: len(draws), None]).sum(axis=1)
    scores: Floats = ndtri((rank + 0.5) / (CHECKED + 1))
    return scores


def factor(scores: Floats, own: np.ndarray) -> float:
    """The factor of a year's spread under which its 90 % ranges hold as many left-out values as they say.

    Of the `scores` (n,) of all years `own` (n,) marks those of the year. The end of a range is to lie as far from its
    middle as 90 % of the year's values, with all years as ALL_YEARS more of them and one value beyond all others: then
    a further value of the year lies inside with about that probability (weighted quantile, Tibshirani et al. 2019).
    One where there are no scores to tell.
    """
    if not len(scores):
        return 1.0
    away = np.abs(scores)
    order, weight = np.argsort(away), own + ALL_YEARS / len(scores)
    within = np.cumsum(weight[order]) / (weight.sum() + 1)
    at = min(int(np.searchsorted(within, HELD)), len(scores) - 1)
    return float(away[order][at] / ndtri((1 + HELD) / 2))
