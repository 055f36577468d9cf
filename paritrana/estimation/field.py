"""The field of one indicator: variance components, outliers, and totals of provinces that its cells must sum to.

A stated total is one more observation: the logarithm of the sum of employed x share. It is linearised around the
posterior (statistical linearisation, so that the spread of the cells is in the expected sum), with an error of its
own, Student t too: a total may count other workers, or another month, than the figures of the regions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from paritrana.engine.scores import Floats
from paritrana.estimation.cells import INTERCEPT, TERMS, Cells
from paritrana.estimation.evidence import START, logit, noise
from paritrana.estimation.mixed import TYPICAL, Solved, components, covariance, weights

ROUNDS = 2  # of outlier weights, and of linearised totals: the third changes no digit that is shown
Total = tuple[int, tuple[str, ...], float]


@dataclass(frozen=True, eq=False)
class Field:
    """Observations of one indicator and what was fitted to them.

    `rows` (n, R) is what each observation sums over the cells, `z` (n,) its value, `noise` (n, n) what is uncertain of
    it. `sds` are the standard deviations of TERMS without the intercept, then that of totals. `spread` (R,) multiplies
    the variance of each cell's own error, `apart` (n,) that of each total's; `observed` (n,) marks observations of
    single cells, of which `at` are the places.
    """

    rows: sparse.csr_matrix
    z: Floats
    noise: Floats
    sds: Floats
    spread: Floats
    apart: Floats
    observed: np.ndarray
    at: np.ndarray

    @property
    def cell_sd(self) -> float:
        """Standard deviation of a usual error of a cell."""
        return float(self.sds[len(TERMS) - 2])

    def scaled(self, cells: Cells) -> list[sparse.csr_matrix]:
        """The design of each term for the observations, times its standard deviation; (n, P) each."""
        return scaled([self.rows @ design for design in cells.designs], self.sds, self.spread)

    def own_noise(self) -> Floats:
        """Covariance of what belongs to the observations alone: bases, conflicts, and the errors of totals."""
        return self.noise + np.diag(np.where(self.observed, 0, self.sds[-1] ** 2 * self.apart))


def scaled(designs: Sequence[sparse.csr_matrix], sds: Floats, spread: Floats) -> list[sparse.csr_matrix]:
    """Designs of TERMS times the standard deviations of a field (see `Field.sds`), cells' errors with their spread."""
    made = [design * sd for design, sd in zip(designs, [INTERCEPT, *sds[: len(TERMS) - 1]], strict=True)]
    made[-1] = made[-1] @ sparse.diags(np.sqrt(spread))
    return made


def fit(cells: Cells, recorded: pd.DataFrame, totals: Sequence[Total]) -> Field:
    """Fit the field of one indicator to its recorded values (see `evidence.values`) and to totals of provinces."""
    at = np.array([cells.at(code, year) for code, year in zip(recorded["region_code"], recorded["year"], strict=True)])
    count = len(at)
    field = Field(
        rows=sparse.csr_matrix((np.ones(count), (np.arange(count), at)), shape=(count, len(cells))),
        z=logit(recorded["value"].to_numpy(np.float64)),
        noise=noise(recorded),
        sds=np.full(len(TERMS), TYPICAL),
        spread=np.ones(len(cells)),
        apart=np.ones(count),
        observed=np.ones(count, dtype=bool),
        at=at,
    )
    field = _estimated(cells, field)
    for _ in range(ROUNDS):
        if totals:
            field = _with_totals(cells, field, totals, count)
        field = _estimated(cells, _weighted(cells, field))
    return field


def solved(cells: Cells, field: Field) -> Solved:
    """The observations under the fitted covariance."""
    own = sparse.hstack(field.scaled(cells))
    return Solved.of(covariance(np.zeros(0), [], (own @ own.T).toarray() + field.own_noise()), field.z)


def _estimated(cells: Cells, field: Field) -> Field:
    """The field with its standard deviations estimated anew."""
    unit = replace(field, sds=np.ones(len(TERMS)))
    intercept, *grams = ((design @ design.T).toarray() for design in unit.scaled(cells))
    error = np.diag(np.where(field.observed, 0, field.apart))
    sds = components([*grams, error], field.noise + intercept, field.z, field.sds)
    return replace(field, sds=sds)


def _weighted(cells: Cells, field: Field) -> Field:
    """The field with the outlier weights of its cells' errors and totals estimated anew."""
    made = solved(cells, field)
    spread, apart = field.spread.copy(), field.apart.copy()
    kept = field.observed
    own = np.ones(len(field.z))
    own[kept] = field.spread[field.at]
    spread[field.at] = 1 / weights(made, field.cell_sd, own)[kept]
    apart[~kept] = 1 / weights(made, float(field.sds[-1]), field.apart)[~kept]
    return replace(field, spread=spread, apart=apart)


def _with_totals(cells: Cells, field: Field, totals: Sequence[Total], count: int) -> Field:
    """The field with each total as a linear observation of its cells, around the posterior of the field."""
    mean, variance = moments(cells, field)
    # The mean of expit over a normal, and its derivative (MacKay 1992).
    flat = 1 / np.sqrt(1 + np.pi * variance / 8)
    odds = 1 / (1 + np.exp(-mean * flat))
    persons = cells.employed * np.maximum((1 + 2 * START) * odds - START, 0)
    slope = cells.employed * (1 + 2 * START) * flat * odds * (1 - odds)
    rows, z = [], []
    for year, provinces, stated in totals:
        inside = np.zeros(len(cells), dtype=bool)
        inside[cells.of(year)] = np.isin(cells.provinces[cells.of(year)], provinces)
        expected = persons[inside].sum()
        row = np.where(inside, slope, 0) / expected
        rows.append(row)
        z.append(np.log(stated / expected) + row @ mean)
    wide = len(z)
    apart = np.ones(count + wide)
    apart[: len(field.apart)] = field.apart
    bigger = np.zeros((count + wide, count + wide))
    bigger[:count, :count] = field.noise[:count, :count]
    return replace(
        field,
        rows=sparse.vstack([field.rows[:count], sparse.csr_matrix(np.array(rows))]).tocsr(),
        z=np.concatenate([field.z[:count], z]),
        noise=bigger,
        apart=apart,
        observed=np.arange(count + wide) < count,
    )


def moments(cells: Cells, field: Field) -> tuple[Floats, Floats]:
    """Posterior mean and variance of every cell, each (R,)."""
    made = solved(cells, field)
    unit, own = (
        sparse.hstack(terms) for terms in (scaled(cells.designs, field.sds, field.spread), field.scaled(cells))
    )
    cross = (unit @ own.T).toarray()
    prior = np.asarray(unit.multiply(unit).sum(axis=1)).ravel()
    explained = ((cross @ made.inverse) * cross).sum(axis=1)
    return cross @ made.alpha, np.maximum(prior - explained, 0)
