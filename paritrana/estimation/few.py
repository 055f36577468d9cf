"""Indicators of which little is recorded: what two to twenty values, and a prior that is written down, say of a gap.

No region has a number of its own here. What a draw assumes of the country (a mean, a share) is common to all regions
in it: that much is uncertain together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from paritrana.engine.scores import Floats

# Growth: normal, with a normal-inverse-gamma prior (Gelman et al. 2013, section 3.3) as strong as one value: about
# as the participants of the whole country grew from 2022 to 2024, give or take 20 points.
GROWTH_MEAN, GROWTH_VALUES, GROWTH_SHAPE, GROWTH_VARIANCE = 0.12, 1.0, 2.0, 0.04
FULL = 0.995  # from here on all are said to be protected


@dataclass(frozen=True)
class Pooled:
    """Values of one normal population of unknown mean and variance: the posterior's parameters."""

    mean: float
    values: float
    shape: float
    scale: float

    @staticmethod
    def of(values: Floats) -> Pooled:
        """The posterior of growth from the recorded values, (n,)."""
        count = len(values)
        mean = float(values.mean()) if count else GROWTH_MEAN
        strength = GROWTH_VALUES + count
        apart = GROWTH_VALUES * count / strength * (mean - GROWTH_MEAN) ** 2
        inner = float(((values - mean) ** 2).sum())
        prior = GROWTH_VARIANCE * (GROWTH_SHAPE - 1)
        centre = (GROWTH_VALUES * GROWTH_MEAN + count * mean) / strength
        return Pooled(centre, strength, GROWTH_SHAPE + count / 2, prior + (inner + apart) / 2)

    def draw(self, count: int, regions: int, rng: np.random.Generator) -> Floats:
        """Values of regions, (count, regions): each by itself a Student t of 2 x shape degrees of freedom."""
        variance = self.scale / rng.gamma(self.shape, size=(count, 1))
        mean = self.mean + np.sqrt(variance / self.values) * rng.standard_normal((count, 1))
        made: Floats = mean + np.sqrt(variance) * rng.standard_normal((count, regions))
        return made


@dataclass(frozen=True)
class AllOrPart:
    """Shares that are mostly all: how many recorded values are (nearly) one, and how many are not."""

    full: int
    part: int

    @staticmethod
    def of(values: Floats) -> AllOrPart:
        """The counts among the recorded values, (n,)."""
        full = int((values >= FULL).sum())
        return AllOrPart(full, len(values) - full)

    def draw(self, count: int, regions: int, rng: np.random.Generator) -> Floats:
        """Values of regions, (count, regions): one with a probability that is uniform a priori, else anything below."""
        chance = rng.beta(1 + self.full, 1 + self.part, size=(count, 1))
        return np.where(rng.random((count, regions)) < chance, 1.0, rng.random((count, regions)))


@dataclass(frozen=True, eq=False)
class Like:
    """An indicator that has no model of its own: a gap is like any of its recorded `values`, (n,), of all years."""

    values: Floats

    def draw(self, count: int, regions: int, rng: np.random.Generator) -> Floats:
        """Values of regions, (count, regions); NaN where nothing is recorded anywhere."""
        if not len(self.values):
            return np.full((count, regions), np.nan)
        return self.values[rng.integers(len(self.values), size=(count, regions))]


@dataclass(frozen=True, eq=False)
class Unseen:
    """Regulations that exist though none was found: their share of the regions without one, and the strengths found.

    `mean` and `variance` are those of the share, `strengths` (n,) the recorded ones, of which an unseen one is like
    any.
    """

    mean: float
    variance: float
    strengths: Floats

    @staticmethod
    def of(found: pd.DataFrame, regions: int) -> Unseen:
        """From the regulations found (rows of `indicators.regulation`) among so many regions.

        All regions were searched equally hard. How many were missed follows from how often the found ones were found
        again: on one page only (once), on two (twice). The estimate once x (once - 1) / (2 x (twice + 1)) is a lower
        bound where some are easier to find than others (Chao 1987); so is its variance.
        """
        pages = found["sources"].map(len)
        once, twice = float((pages == 1).sum()), float((pages == 2).sum())
        missed = once * (once - 1) / (2 * (twice + 1))
        ratio = once / max(twice, 1.0)
        variance = max(twice, 1.0) * (ratio**2 / 2 + ratio**3 + ratio**4 / 4)
        without = regions - len(found)
        mean = min((missed + 0.5) / (without + 1), 0.5)  # half a region more: no share is nil
        least, most = (
            mean * (1 - mean) / (without + 2),
            mean * (1 - mean) / 2,
        )  # a count of them all, and next to nothing
        return Unseen(mean, min(max(variance / without**2, least), most), found["low"].to_numpy(np.float64))

    def draw(self, count: int, regions: int, rng: np.random.Generator) -> Floats:
        """Strengths of regions without a regulation found, (count, regions); 0 where there is none."""
        weight = self.mean * (1 - self.mean) / self.variance - 1
        chance = rng.beta(self.mean * weight, (1 - self.mean) * weight, size=(count, 1))
        if not len(self.strengths):
            return np.zeros((count, regions))
        like = self.strengths[rng.integers(len(self.strengths), size=(count, regions))]
        return np.where(rng.random((count, regions)) < chance, like, 0.0)
