"""What is recorded and announced of one province, before anything is ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.nation import Nation, survey_years, within
from paritrana.parameters.page import Params, strength_under
from paritrana.record.awards import announced
from paritrana.record.tables import bundled_tables
from paritrana.record.years import YEARS


def bundled(year: int, rubric: str) -> Nation:
    """The country as the bundled data have it; raises InvalidInput for a faulty rubric."""
    return bundled_years(rubric)[year]


@cache
def bundled_years(rubric: str) -> Mapping[int, Nation]:
    """The country in every assessment year, once per process; raises InvalidInput for a faulty rubric."""
    return survey_years(bundled_tables(), YEARS, strength_under(rubric))


# DKI Jakarta: its kota and kabupaten are administrative (Law 29/2007, Law 2/2024).
ADMINISTRATIVE = "31"


@dataclass(frozen=True)
class ProvinceRecord:
    """What is recorded and announced of one province.

    `regions`: its kabupaten/kota (code, name, level) indexed by code, with Sakernas of the year. `recorded`: the
    derived indicators of the year. `nominees` and `podium` come from the announcements (podium: region -> announced
    rank).
    """

    params: Params
    province: pd.Series
    nation: Nation
    regions: pd.DataFrame
    recorded: pd.DataFrame
    nominees: tuple[str, ...]
    podium: Mapping[str, int]

    @property
    def is_administrative(self) -> bool:
        """Whether the regions of the province are administrative ones, without a budget of their own."""
        return self.params.province == ADMINISTRATIVE

    @property
    def cells(self) -> tuple[int, int]:
        """How many of the region x indicator cells are recorded, and how many there are."""
        return len(self.recorded), len(self.regions) * len(CRITERION_INDICATORS)


def record(params: Params, nation: Nation) -> ProvinceRecord:
    """What is recorded of one province; of the nation only the province's own part is kept (`nation.within`)."""
    own = within(nation, params.province)
    regions = regions_of(own, params.province)
    codes = list(regions.index)
    here = own.recorded[params.year].loc[lambda frame: frame.index.get_level_values("region_code").isin(codes)]
    nominees, podium = announced(own.tables, params.province, params.year, codes)
    return ProvinceRecord(
        params=params,
        province=own.tables.provinces.set_index("kemendagri_code").loc[params.province],
        nation=own,
        regions=regions,
        recorded=here,
        nominees=nominees,
        podium=podium,
    )


def regions_of(nation: Nation, province: str) -> pd.DataFrame:
    """The kabupaten/kota of a province by code, with name, level and Sakernas of the year (persons)."""
    rows = nation.tables.regencies
    rows = rows[rows["province_code"] == province].set_index("kemendagri_code").sort_index()
    return rows[["name", "official_name", "level"]].join(nation.survey)
