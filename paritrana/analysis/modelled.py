"""The assumption *modelled*: small-area estimates of a province as ranges for tables and draws for acceptabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from paritrana.analysis.known import ProvinceRecord
from paritrana.analysis.scales import relative_scores
from paritrana.engine.scores import Floats, Ints, criterion_scores
from paritrana.estimation.estimates import Estimates, estimate
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.frames import first_of
from paritrana.indicators.nation import survey_years
from paritrana.parameters.page import Params, book_rubric
from paritrana.parameters.rubric import Criterion, Rubric, rubric_path, strength_of
from paritrana.record.tables import Tables, bundled_tables
from paritrana.record.years import YEARS

SAMPLE = 4096  # joint draws of a province's values; each random set of weights meets one of them
TAILS = (0.05, 0.95)  # of the range that tables show


@dataclass(frozen=True, eq=False)
class Modelled:
    """A province's estimates: `ranges` as `gaps.plausible` gives them, of kind `modelled` where nothing is recorded.

    `draws` (SAMPLE, N, CRITERION_INDICATORS) are drawn together, in each indicator's unit, for `regions`.
    """

    regions: tuple[str, ...]
    ranges: pd.DataFrame
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


def modelled(estimates: Estimates, known: ProvinceRecord) -> Modelled:
    """A province's estimates for the year and the seed of its parameters."""
    params, regions = known.params, tuple(known.regions.index)
    drawn = estimates.draws(params.province, params.year, SAMPLE, params.seed)
    index = pd.MultiIndex.from_product([regions, CRITERION_INDICATORS], names=["region_code", "indicator"])
    low, high = np.quantile(drawn, TAILS, axis=0).reshape(2, -1)
    rows = pd.DataFrame({"low": low, "high": high, "kind": "modelled", "as_of": None, "doubtful": False}, index=index)
    nothing = pd.Series([()] * len(index), index=index, dtype=object)
    filler = rows.assign(observations=nothing, sources=nothing)
    return Modelled(regions, first_of([known.recorded, filler]).loc[index].sort_index(), drawn)


def estimates_of(tables: Tables, strength: Mapping[str, float]) -> Estimates:
    """Estimates of all years from the record of all years; `strength` is the value of each kind of regulation."""
    nations = survey_years(tables, YEARS, strength)
    recorded = {year: nation.recorded[year] for year, nation in nations.items()}
    return estimate(tables, recorded, nations[YEARS[0]].picks)


def estimates_for(params: Params) -> Estimates | None:
    """The estimates that an analysis of the bundled data needs; None where its assumption needs none."""
    return bundled_estimates(params.rubric) if params.assumption == "modelled" else None


@cache
def bundled_estimates(rubric: str) -> Estimates:
    """Estimates from the bundled data, once per process; raises InvalidInput for a faulty rubric."""
    return estimates_of(bundled_tables(), strength_of(book_rubric(rubric_path(rubric))))
