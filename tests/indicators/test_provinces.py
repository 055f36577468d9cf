"""Provinces in the place of regions: counts added up by hand, and the record's own provincial figures."""

import pandas as pd
import pytest

from paritrana.indicators.frames import labour_force
from paritrana.indicators.nation import survey_nation
from paritrana.indicators.provinces import provinces_as_regions
from tests.factories import REAL, observation, tables


def test_a_province_has_the_workers_of_its_regions() -> None:
    summed = labour_force(provinces_as_regions(REAL), 2024)
    own = labour_force(REAL, 2024)
    assert sorted(summed.index) == sorted(REAL.provinces["kemendagri_code"])
    bali = sum(own.at[code, "employed"] for code in own.index if code.startswith("51."))
    assert (summed.at["51", "employed"], summed["labour_force"].sum()) == (bali, own["labour_force"].sum())


def test_a_province_of_which_a_region_is_not_counted_has_no_sum() -> None:
    rows = REAL.labour_force.copy()
    lost = (rows["kemendagri_code"] == "51.71") & (rows["year"] == 2024)
    rows.loc[lost, "employed"] = pd.NA
    given = provinces_as_regions(type(REAL)(**{**vars(REAL), "labour_force": rows}))
    assert "51" not in labour_force(given, 2024).index
    assert "51" in labour_force(given, 2023).index


def test_the_indicators_are_of_provinces_alone() -> None:
    given = tables(
        observation(region_code="51", province_code="51", level="province", region_name="Bali", value=500_000.0),
        observation(),
    )
    nation = survey_nation(provinces_as_regions(given), 2024, {"Pergub": 0.7})
    coverage = nation.recorded[2024].xs("coverage_employed", level="indicator")
    employed = labour_force(provinces_as_regions(REAL), 2024).at["51", "employed"]
    assert list(coverage.index) == ["51"]
    assert coverage.at["51", "low"] == pytest.approx(500_000 / employed)
    strengths = nation.recorded[2024].xs("regulation", level="indicator")["low"]
    assert set(strengths) <= {0.7} and len(strengths)
