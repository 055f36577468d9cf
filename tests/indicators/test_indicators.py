"""Derived indicators against figures computed by hand from the sources."""

import pandas as pd
import pytest

from paritrana.analysis.known import bundled
from paritrana.indicators.derive import derive
from paritrana.indicators.formulas import cost_of_cover, gap_persons, months_of_cover, person_months, share
from paritrana.indicators.frames import figures
from paritrana.indicators.nation import Nation, survey_nation
from paritrana.indicators.regulation import regulation
from paritrana.parameters.rubric import load_rubric, rubric_path, strength_of
from paritrana.record.picking import pick
from paritrana.record.years import window
from tests.factories import REAL, observation, tables

STRENGTH = strength_of(load_rubric(rubric_path("hypothesis-a")))
PADANG_PANJANG = "13.74"


@pytest.fixture(scope="module")
def nation() -> Nation:
    return survey_nation(REAL, 2024, STRENGTH)


def derived(*rows: dict[str, object], year: int = 2024) -> pd.DataFrame:
    made = tables(*rows, observation(indicator="eligible_workers", value=20000, region_code="13.71"))
    return derive(made, {near: pick(made, near) for near in range(2022, 2026)}, year, STRENGTH)


def test_padang_panjang_covers_55_5_percent_of_the_employed_and_52_7_of_the_labour_force(nation: Nation) -> None:
    # 15,386 active participants (31 December 2024); Sakernas August 2024: 27,745 employed, 29,188 in the labour force.
    survey = nation.survey.loc[PADANG_PANJANG]
    assert (survey["employed"], survey["labour_force"]) == (27745, 29188)
    row = nation.recorded[2024].loc[(PADANG_PANJANG, "coverage_employed")]
    assert row["low"] == row["high"] == 15386 / 27745
    assert round(row["low"] * 100, 1) == 55.5
    assert round(row["low"] * survey["employed"] / survey["labour_force"] * 100, 1) == 52.7


def test_padang_panjangs_budget_of_2024_lasts_10_4_months_for_its_8300_workers(nation: Nation) -> None:
    picks = nation.picks[2024]
    budget = figures(picks, "vulnerable_workers_budget_idr", "vulnerable").loc[[PADANG_PANJANG], "low"]
    workers = figures(picks, "vulnerable_workers_protected", "vulnerable").loc[[PADANG_PANJANG], "low"]
    assert (budget.iloc[0], workers.iloc[0]) == (1_457_000_000, 8300)
    assert round(share(budget, workers).iloc[0]) == 175_542
    assert round(months_of_cover(budget, workers).iloc[0], 1) == 10.4
    assert round(person_months(budget).iloc[0]) == 86_726


def test_a_year_of_cover_for_one_worker_costs_201600_rupiah() -> None:
    assert cost_of_cover(pd.Series([1.0]))[0] == 201_600


def test_nobody_is_left_uncovered_where_participants_exceed_the_workers() -> None:
    assert list(gap_persons(pd.Series([30.0, 120.0]), pd.Series([100.0, 100.0]))) == [70, 0]


def test_growth_of_lombok_timur_lies_between_what_its_two_pairs_of_counts_give(nation: Nation) -> None:
    # The score sheet printed for 2024: 110,300 (December 2023) to 144,110 (December 2024). The page on the interview
    # that has 138,325 for 2023 has 163,927 for 2024: to divide 144,110 by it would mix two counts.
    row = nation.recorded[2024].loc[("52.03", "growth")]
    assert (row["low"], row["high"]) == pytest.approx((163927 / 138325 - 1, 144110 / 110300 - 1))
    assert row["kind"] == "conflict"
    assert {"S35297f5d", "Sdb2c384b"} <= set(row["sources"])


def test_growth_is_that_between_undated_counts_of_one_page_and_never_of_two() -> None:
    before = observation(value=100, year=2023)
    grown = derived(observation(value=120), before).loc[(PADANG_PANJANG, "growth")]
    assert (grown["low"], grown["high"], grown["kind"]) == (pytest.approx(0.2), pytest.approx(0.2), "recorded")
    assert set(grown["observations"]) >= {before["observation_id"]}
    assert (PADANG_PANJANG, "growth") not in derived(observation(value=120, source_id="office"), before).index
    dated = observation(value=120, as_of="2024-07-31")
    assert (PADANG_PANJANG, "growth") not in derived(dated, before).index


def test_growth_needs_the_same_month() -> None:
    now = observation(value=120, as_of="2024-12-31")
    assert (PADANG_PANJANG, "growth") not in derived(now, observation(value=100, year=2023, as_of="2023-06-30")).index
    same = derived(now, observation(value=100, year=2023, as_of="2023-12-01")).loc[(PADANG_PANJANG, "growth")]
    assert same["low"] == pytest.approx(0.2)


def test_a_stated_share_of_eligible_workers_is_converted_through_their_known_number() -> None:
    share = observation(indicator="coverage_share_pct", denominator="potential", value=50, unit="percent")
    eligible = observation(indicator="eligible_workers", value=20000)
    row = derived(share, eligible).loc[(PADANG_PANJANG, "coverage_employed")]
    assert row["kind"] == "converted"
    assert row["low"] == row["high"] == pytest.approx(0.5 * 20000 / 27745)


def test_a_share_on_an_unknown_base_is_an_interval_over_the_plausible_bases() -> None:
    share = observation(indicator="coverage_share_pct", denominator="unspecified", value=50, unit="percent")
    row = derived(share).loc[(PADANG_PANJANG, "coverage_employed")]
    assert row["low"] < 0.5 < row["high"] == pytest.approx(0.5 * 29188 / 27745)


def test_segments_sum_up_to_an_interval_where_construction_is_not_stated() -> None:
    wage = observation(indicator="formal_participants", segment="wage_earners", value=2000)
    other = observation(indicator="informal_participants", segment="non_wage", value=1000)
    building = observation(indicator="construction_participants", segment="construction", value=500)
    row = derived(wage, other).loc[(PADANG_PANJANG, "coverage_employed")]
    # Kemnaker 2023: in 95 % of 34 provinces there are at most 0.493 construction workers per other participant.
    assert row["kind"] == "converted"
    assert row["low"] == pytest.approx(3000 / 27745)
    assert row["high"] == pytest.approx(3000 * 1.4934 / 27745, rel=1e-3)
    exact = derived(wage, other, building).loc[(PADANG_PANJANG, "coverage_employed")]
    assert exact["low"] == exact["high"] == pytest.approx(3500 / 27745)


def test_participants_come_before_a_stated_share() -> None:
    share = observation(indicator="coverage_share_pct", denominator="employed", value=90, unit="percent")
    row = derived(share, observation(value=2774.5)).loc[(PADANG_PANJANG, "coverage_employed")]
    assert row["low"] == pytest.approx(0.1)


def test_the_strongest_regulation_up_to_the_year_counts_and_none_found_is_unknown() -> None:
    rows = regulation(REAL, 2024, STRENGTH)
    assert rows.at[PADANG_PANJANG, "low"] == 0.7  # a Perwali
    assert rows.at["13.03", "low"] == 1.0  # a Perda of Sijunjung, 2024
    assert "13.03" not in regulation(REAL, 2023, STRENGTH).index or (
        regulation(REAL, 2023, STRENGTH).at["13.03", "low"] < 1.0
    )
    assert "13.01" not in rows.index  # Pesisir Selatan: none found


def test_no_comparison_crosses_the_break_in_sakernas() -> None:
    assert window(2023) == [2023, 2024]
    assert window(2024) == [2023, 2024, 2025]
    assert window(2025) == [2024, 2025]


def test_every_derived_value_is_an_interval_with_a_source(nation: Nation) -> None:
    for frame in nation.recorded.values():
        assert (frame["low"] <= frame["high"]).all()
        assert frame["low"].notna().all()
        assert frame["sources"].map(len).min() >= 1


def test_lombok_timurs_record_is_what_the_score_sheet_counts() -> None:
    """Two Perda and one Perbup; 32,644 of 34,555 non-ASN; 110,300 participants in December 2023, 144,110 a year on."""
    own = bundled(2024, "hypothesis-a").recorded[2024].loc["52.03"]
    assert own.at["regulation", "low"] == own.at["regulation", "high"] == 1.0
    assert own.at["non_asn", "low"] == pytest.approx(32_644 / 34_555, abs=1e-4)
    assert own.at["growth", "high"] == pytest.approx(144_110 / 110_300 - 1)
