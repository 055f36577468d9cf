"""The three assumptions about gaps."""

import numpy as np
import pandas as pd
import pytest

from paritrana.indicators import gaps
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.nation import Nation, survey_nation
from paritrana.parameters.rubric import load_rubric, rubric_path, strength_of
from tests.factories import REAL

NAMES = CRITERION_INDICATORS


@pytest.fixture(scope="module")
def nation() -> Nation:
    return survey_nation(REAL, 2024, strength_of(load_rubric(rubric_path("hypothesis-a"))))


def codes(province: str) -> list[str]:
    return [code for code in REAL.regencies["kemendagri_code"] if code.startswith(f"{province}.")]


@pytest.mark.parametrize("province", ["13", "35", "95"])
def test_plausible_leaves_the_record_as_it_is_and_no_gap_open(nation: Nation, province: str) -> None:
    values = gaps.plausible(nation.recorded, nation.spreads, 2024, codes(province), NAMES)
    assert len(values) == len(codes(province)) * len(NAMES)
    assert values[["low", "high"]].notna().all().all()
    assert (values["low"] <= values["high"]).all()
    recorded = nation.recorded[2024].loc[lambda frame: frame.index.get_level_values(0).isin(codes(province))]
    pd.testing.assert_frame_equal(values.loc[recorded.index, ["low", "high"]], recorded[["low", "high"]])


def test_a_gap_without_neighbours_spans_the_5th_to_95th_percentile_of_the_nation(nation: Nation) -> None:
    row = gaps.plausible(nation.recorded, nation.spreads, 2024, ["13.01"], ["coverage_employed"]).iloc[0]
    everything = pd.concat(nation.recorded.values()).xs("coverage_employed", level="indicator")
    middle = everything[["low", "high"]].mean(axis=1)
    assert row["kind"] == "nationwide"
    assert (row["low"], row["high"]) == tuple(np.quantile(middle, [0.05, 0.95]))


def test_a_neighbouring_year_is_widened_by_the_changes_on_record(nation: Nation) -> None:
    # Kabupaten Solok has no coverage of 2024, and one of 2025.
    row = gaps.plausible(nation.recorded, nation.spreads, 2024, ["13.02"], ["coverage_employed"]).iloc[0]
    later = nation.recorded[2025].loc[("13.02", "coverage_employed")]
    by_year = {year: frame.xs("coverage_employed", level="indicator") for year, frame in nation.recorded.items()}
    fall, rise = np.quantile(gaps.yearly_changes(by_year), [0.05, 0.95])
    assert row["kind"] == "neighbour"
    assert row["low"] == pytest.approx(later["low"] - rise)
    assert row["high"] == pytest.approx(later["high"] - fall)


def test_a_regulation_of_next_year_says_nothing_of_this_year(nation: Nation) -> None:
    values = gaps.plausible(nation.recorded, nation.spreads, 2024, codes("13"), ["regulation"])
    assert set(values["kind"]) == {"recorded", "nationwide"}


def test_anything_leaves_gaps_open(nation: Nation) -> None:
    here = nation.recorded[2024].loc[["13.74"]]
    values = gaps.anything(here, ["13.74"], NAMES)
    assert values.loc[("13.74", "growth"), ["low", "high"]].isna().all()
    assert values.loc[("13.74", "coverage_employed"), "low"] == 15386 / 27745


def test_known_keeps_criteria_recorded_for_60_percent_of_the_candidates(nation: Nation) -> None:
    nominees = ["13.03", "13.09", "13.10", "13.73", "13.74"]  # three of five have coverage: exactly 60 %
    assert gaps.known_indicators(nation.recorded[2024], nominees, NAMES) == ["coverage_employed", "regulation"]
    assert gaps.known_indicators(nation.recorded[2024], codes("13"), NAMES) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name != "regulation"])
def test_a_value_left_out_leaves_what_a_record_without_it_says(nation: Nation, name: str) -> None:
    here = [code for code, indicator in nation.recorded[2024].index if indicator == name][::9]
    found = gaps.plausible_without(nation.recorded, 2024, here, name)
    for code in here:
        without = {**nation.recorded, 2024: nation.recorded[2024].drop((code, name))}
        row = gaps.plausible(without, gaps.spreads(without, [name]), 2024, [code], [name]).iloc[0]
        assert tuple(found.loc[code]) == pytest.approx((row["low"], row["high"]), abs=1e-12)
