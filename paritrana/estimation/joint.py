"""Several fields at once: what one indicator of a region tells of another.

Workers that a budget protects are participants, so that coverage and protection rise together. The effects of province
and region of two fields have a common correlation (Rao and Molina 2015, section 4.4.1, the multivariate model); all
else is independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar

from paritrana.engine.scores import Floats
from paritrana.estimation.cells import SHARED, TERMS, Cells
from paritrana.estimation.field import Field, scaled
from paritrana.estimation.mixed import Solved, inverted

MOST = 0.95  # of a correlation: beyond it two fields would be one


@dataclass(frozen=True, eq=False)
class Design:
    """Rows (M, P) whose products are prior covariances: of all terms, and of those that fields have in common."""

    terms: sparse.csr_matrix
    shared: sparse.csr_matrix

    @staticmethod
    def of(designs: Sequence[sparse.csr_matrix]) -> Design:
        """From the design of each of TERMS, times its standard deviation."""
        shared = [designs[TERMS.index(name)] for name in SHARED]
        return Design(sparse.hstack(designs).tocsr(), sparse.hstack(shared).tocsr())

    @cached_property
    def across(self) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Both turned over, as products need them: for the observations it is done once, not for every province."""
        return self.terms.T.tocsr(), self.shared.T.tocsr()

    def at(self, places: Sequence[int]) -> Design:
        """Some of the rows."""
        return Design(self.terms[list(places)], self.shared[list(places)])


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

    @cached_property
    def everywhere(self) -> list[Design]:
        """What makes every cell of each field, but for the errors of unobserved cells."""
        designs = []
        for field in self.fields:
            spread = np.zeros(len(self.cells))
            spread[field.at] = field.spread[field.at]
            designs.append(Design.of(scaled(self.cells.designs, field.sds, spread)))
        return designs

    @cached_property
    def observed(self) -> list[Design]:
        """What makes the observations of each field."""
        return [Design.of(field.scaled(self.cells)) for field in self.fields]

    def posterior(self, places: Sequence[int]) -> tuple[Floats, Floats]:
        """Mean and covariance of these cells given all observations, field after field."""
        here = [design.at(places) for design in self.everywhere]
        cross = _covariance(here, self.observed, self.correlation)
        covariance = _covariance(here, here, self.correlation) - cross @ self.solved.inverse @ cross.T
        return cross @ self.solved.alpha, (covariance + covariance.T) / 2


def join(cells: Cells, fields: Sequence[Field]) -> Joint:
    """Fit the correlation of fields by maximum marginal likelihood, their own components as they are."""
    z = np.concatenate([field.z for field in fields])
    designs = [Design.of(field.scaled(cells)) for field in fields]
    alone, together = (_covariance(designs, designs, correlation) for correlation in (0.0, 1.0))
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


def _covariance(left: Sequence[Design], right: Sequence[Design], correlation: float) -> Floats:
    """Prior covariance of the rows of all fields, field after field; different fields have shared terms in common."""
    blocks = [
        [
            (mine.terms @ its.across[0]).toarray()
            if row == column
            else correlation * (mine.shared @ its.across[1]).toarray()
            for column, its in enumerate(right)
        ]
        for row, mine in enumerate(left)
    ]
    made: Floats = np.block(blocks)
    return made
