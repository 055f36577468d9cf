"""The assumption *modelled*: small-area estimates of a province as ranges for tables and draws for acceptabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from paritrana.analysis.known import ProvinceRecord, bundled_years
from paritrana.analysis.scales import relative_scores
from paritrana.engine.scores import Floats, Ints, criterion_scores
from paritrana.estimation.estimates import Estimates, estimate
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.frames import first_of
from paritrana.indicators.nation import Nation, survey_years
from paritrana.parameters.page import Params
from paritrana.parameters.rubric import Criterion, Rubric
from paritrana.record.tables import Tables
from paritrana.record.years import YEARS

SAMPLE = 4096  # joint draws of a province's values; each random set of weights meets one of them
TAILS = (0.05, 0.95)  # of the range that tables show


@dataclass(frozen=True, eq=False)
class Drawn:
    """Joint draws (SAMPLE, N, CRITERION_INDICATORS) of a province's `regions`, in each indicator's unit."""

    regions: tuple[str, ...]
    draws: Floats

    def scores(self, rubric: Rubric, criteria: Sequence[Criterion], regions: Sequence[str]) -> Ints:
        """Criterion scores of some of the regions in every draw, (SAMPLE, N, K), in millionths of a point."""
        at = [self.regions.index(code) for code in regions]
        scored = [self._column(rubric, criterion)[:, at] for criterion in criteria]
        return np.stack(scored, axis=2)

    def _column(self, rubric: Rubric, criterion: Criterion) -> Ints:
        """Scores of one criterion, (SAMPLE, N)."""
        drawn = self.draws[:, :, CRITERION_INDICATORS.index(str(criterion.indicator))]
        up = criterion.direction == "up"
        if criterion.goalposts is not None:
            return criterion_scores(drawn, drawn, criterion.goalposts, up=up, clip=rubric.clip)[0]
        scale = str(criterion.scale)
        return np.stack([relative_scores(row, row, scale, up=up, clip=rubric.clip)[0] for row in drawn])


@dataclass(frozen=True, eq=False)
class Modelled(Drawn):
    """A province's estimates: `ranges` as `gaps.plausible` gives them, of kind `modelled` where nothing is recorded."""

    ranges: pd.DataFrame


def drawn(estimates: Estimates, params: Params) -> Drawn:
    """A province's estimates for the year and the seed of its parameters."""
    draws = estimates.draws(params.province, params.year, SAMPLE, params.seed)
    return Drawn(tuple(estimates.regions(params.province)), draws)


def modelled(estimates: Estimates, known: ProvinceRecord) -> Modelled:
    """The same with its ranges."""
    made = drawn(estimates, known.params)
    index = pd.MultiIndex.from_product([made.regions, CRITERION_INDICATORS], names=["region_code", "indicator"])
    low, high = np.quantile(made.draws, TAILS, axis=0).reshape(2, -1)
    rows = pd.DataFrame({"low": low, "high": high, "kind": "modelled", "as_of": None, "doubtful": False}, index=index)
    nothing = pd.Series([()] * len(index), index=index, dtype=object)
    filler = rows.assign(observations=nothing, sources=nothing)
    return Modelled(made.regions, made.draws, first_of([known.recorded, filler]).loc[index].sort_index())


def estimates_of(tables: Tables, strength: Mapping[str, float]) -> Estimates:
    """Estimates of all years from the record of all years; `strength` is the value of each kind of regulation."""
    return estimates_from(survey_years(tables, YEARS, strength))


def estimates_from(nations: Mapping[int, Nation]) -> Estimates:
    """Estimates of all years from the nation in each of them."""
    nation = nations[YEARS[0]]
    return estimate(nation.tables, {year: nations[year].recorded[year] for year in YEARS}, nation.picks)


def estimates_for(params: Params) -> Estimates | None:
    """The estimates that an analysis of the bundled data needs; None where its assumption needs none."""
    return bundled_estimates(params.rubric) if params.assumption == "modelled" else None


@cache
def bundled_estimates(rubric: str) -> Estimates:
    """Estimates from the bundled data, once per process; raises InvalidInput for a faulty rubric."""
    return estimates_from(bundled_years(rubric))
