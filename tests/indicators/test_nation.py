"""The part of the nation that a province's pages read: enough for them, and nothing of any other province."""

from dataclasses import fields

import pandas as pd
import pytest

from paritrana.analysis.known import record
from paritrana.analysis.province import analyse
from paritrana.indicators.nation import Nation, survey_nation, tables_within, within
from paritrana.pages import budget, coverage
from paritrana.pages.page import open_page
from paritrana.pages.record_page import open_record
from paritrana.parameters.page import province, province_codes
from paritrana.parameters.rubric import load_rubric, rubric_path, strength_of
from paritrana.record.picking import pick
from paritrana.record.regions import codes_of
from paritrana.record.tables import Tables
from tests.factories import REAL

pytestmark = pytest.mark.slow

STRENGTH = strength_of(load_rubric(rubric_path("hypothesis-a")))
OWN = (
    *("observations", "awards", "regulations", "labour_force", "flags", "notes", "sources", "jury_scores"),
    "apbd_jawa_timur",
)


@pytest.fixture(scope="module")
def nation() -> Nation:
    return survey_nation(REAL, 2024, STRENGTH)


@pytest.mark.parametrize("code", province_codes())
def test_no_row_of_another_province_is_read(nation: Nation, code: str) -> None:
    own = within(nation, code)
    codes = set(codes_of(REAL, code))
    assert set(own.survey.index) <= codes
    for frame in [*own.recorded.values(), *(picks.picked for picks in own.picks.values())]:
        assert set(frame.index.get_level_values("region_code")) <= codes
    for picks in own.picks.values():
        assert set(picks.other["region_code"]) <= codes
    assert set(own.tables.labour_force["kemendagri_code"]) <= codes
    assert own.tables.participants_province.empty


@pytest.mark.parametrize("code", ["13", "35", "51", "92", "95"])
def test_the_rule_picks_the_same_from_a_provinces_own_rows_alone(nation: Nation, code: str) -> None:
    alone = tables_within(REAL, code)
    for year, picks in within(nation, code).picks.items():
        again = pick(alone, year)
        pd.testing.assert_frame_equal(picks.picked, again.picked, check_dtype=False)
        assert list(picks.other["observation_id"]) == list(again.other["observation_id"])


def test_an_analysis_does_not_ask_for_more_than_it_is_handed(nation: Nation) -> None:
    params = province("13")
    whole, part = analyse(REAL, params, nation), analyse(REAL, params, within(nation, "13"))
    pd.testing.assert_frame_equal(whole.values, part.values)
    assert repr(whole.rankings) == repr(part.rankings)
    assert repr(whole.depths) == repr(part.depths)


def test_pages_of_the_record_say_the_same_without_what_the_nation_says_of_gaps() -> None:
    ranked, plain = open_page("13"), open_record("13")
    assert plain.analysis.nation.spreads == {}
    for show in (coverage.summary, coverage.findings, coverage.coverage_table, coverage.years_table, coverage.others):
        assert show(ranked) == show(plain)
    for show in (budget.summary, budget.findings, budget.budget_table, budget.cost_table, budget.province_money):
        assert show(ranked) == show(plain)


def test_every_table_is_cut_or_kept_whole_on_purpose() -> None:
    whole = {"provinces", "regencies"}
    none = {"participants_province", "corrections"}  # no province reads them, or its rows hold them
    assert {field.name for field in fields(Tables)} == {*OWN, *whole, *none}
    own = tables_within(REAL, "13")
    assert all(getattr(own, name) is getattr(REAL, name) for name in whole)
    assert all(len(getattr(own, name)) < len(getattr(REAL, name)) for name in OWN)


def test_the_record_of_a_province_is_its_own(nation: Nation) -> None:
    found = record(province("13"), nation)
    assert set(found.recorded.index.get_level_values("region_code")) <= set(found.regions.index)
