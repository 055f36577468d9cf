"""Several fields at once: what one indicator of a region tells of another.

Workers that a budget protects are participants, so that coverage and protection rise together. The effects of province
and region of two fields have a common correlation (Rao and Molina 2015, section 4.4.1, the multivariate model); all
else is independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar

from paritrana.engine.scores import Floats
from paritrana.estimation.cells import INTERCEPT, SHARED, TERMS, Cells
from paritrana.estimation.field import Field
from paritrana.estimation.mixed import Solved, inverted

MOST = 0.95  # of a correlation: beyond it two fields would be one


@dataclass(frozen=True, eq=False)
class Joint:
    """Fields with the correlation that they were found to have, and their observations (one after the other) solved."""

    cells: Cells
    fields: tuple[Field, ...]
    correlation: float
    solved: Solved

    @property
    def starts(self) -> list[int]:
        """Where the observations of each field begin."""
        return [0, *np.cumsum([len(field.z) for field in self.fields])[:-1].tolist()]

    def prior(self, places: Sequence[int]) -> Floats:
        """Prior covariance of these cells of all fields, field after field, without the errors of unobserved cells."""
        own = [_designs(self.cells, field, places, field.at) for field in self.fields]
        return _stacked(own, own, self.correlation)

    def cross(self, places: Sequence[int]) -> Floats:
        """Prior covariance of these cells of all fields (rows) with the observations (columns)."""
        own = [_designs(self.cells, field, places, field.at) for field in self.fields]
        return _stacked(own, [field.scaled(self.cells) for field in self.fields], self.correlation)

    def posterior(self, places: Sequence[int]) -> tuple[Floats, Floats]:
        """Mean and covariance of these cells given all observations, field after field."""
        cross = self.cross(places)
        covariance = self.prior(places) - cross @ self.solved.inverse @ cross.T
        return cross @ self.solved.alpha, (covariance + covariance.T) / 2


def join(cells: Cells, fields: Sequence[Field]) -> Joint:
    """Fit the correlation of fields by maximum marginal likelihood, their own components as they are."""
    z = np.concatenate([field.z for field in fields])
    designs = [field.scaled(cells) for field in fields]
    alone, together = _stacked(designs, designs, 0.0), _stacked(designs, designs, 1.0)
    start = 0
    for field in fields:
        part = slice(start, start + len(field.z))
        alone[part, part] += field.own_noise() + 1e-9 * np.eye(len(field.z))
        together[part, part] = alone[part, part]
        start += len(field.z)

    def loss(correlation: float) -> float:
        inverse, half = inverted(alone + correlation * (together - alone))
        return float(half + 0.5 * z @ inverse @ z)

    found = minimize_scalar(loss, bounds=(-MOST, MOST), method="bounded", options={"xatol": 0.01})
    correlation = float(found.x)
    return Joint(cells, tuple(fields), correlation, Solved.of(alone + correlation * (together - alone), z))


def _designs(cells: Cells, field: Field, places: Sequence[int], at: np.ndarray) -> list[sparse.csr_matrix]:
    """The design of each term for some cells, times its standard deviation; unobserved cells have no error."""
    sds = [INTERCEPT, *field.sds[: len(TERMS) - 1]]
    designs = [design[list(places)] * sd for design, sd in zip(cells.designs, sds, strict=True)]
    observed = np.zeros(len(cells))
    observed[at] = np.sqrt(field.spread[at])
    designs[-1] = designs[-1] @ sparse.diags(observed)
    return designs


def _stacked(left: list[list[sparse.csr_matrix]], right: list[list[sparse.csr_matrix]], correlation: float) -> Floats:
    """Covariance of the rows of all fields, field after field; different fields have the shared terms in common."""
    every, shared = range(len(TERMS)), [TERMS.index(name) for name in SHARED]
    blocks = [
        [
            _block(mine, its, every) if row == column else correlation * _block(mine, its, shared)
            for column, its in enumerate(right)
        ]
        for row, mine in enumerate(left)
    ]
    made: Floats = np.block(blocks)
    return made


def _block(mine: list[sparse.csr_matrix], its: list[sparse.csr_matrix], terms: Sequence[int]) -> Floats:
    """Covariance of the rows of two designs through these terms."""
    one, other = (sparse.hstack([designs[at] for at in terms]) for designs in (mine, its))
    block: Floats = (one @ other.T).toarray()
    return block
