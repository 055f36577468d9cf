"""What follows from the record beside the criteria: known figures, and gaps that stay gaps."""

import pandas as pd
import pytest

from paritrana.analysis.province import ProvinceAnalysis, analyse
from paritrana.indicators.measures import UNITS, measures
from paritrana.pages import budget
from paritrana.pages.page import open_page
from paritrana.parameters import page as params
from paritrana.record.tables import load
from tests.pages.test_pages import rows

pytestmark = pytest.mark.slow

TABLES = load()


def of(province: str, year: int) -> tuple[ProvinceAnalysis, pd.DataFrame]:
    """A province's analysis and its measures."""
    found = analyse(TABLES, params.province(province, {"year": year}), deep=False)
    return found, measures(found.regions, found.recorded, found.nation.picks[year])


def test_padang_panjangs_measures_are_those_of_its_own_figures() -> None:
    known, made = of("13", 2024)
    survey = known.regions.loc["13.74"]
    participants = known.recorded.loc[("13.74", "coverage_employed"), "low"] * survey["employed"]
    own = made.loc["13.74"]
    assert participants == pytest.approx(15_386)
    assert own.at["coverage_labour_force", "low"] == pytest.approx(15_386 / survey["labour_force"])
    assert own.at["not_covered", "high"] == pytest.approx(27_745 - 15_386)
    assert own.at["person_months", "low"] == 1_457_000_000 / 16_800
    assert own.at["budget_per_worker", "high"] == 1_457_000_000 / 8_300
    assert own.at["months_of_cover", "low"] == pytest.approx(1_457_000_000 / 8_300 / 16_800)
    assert own.at["cost_of_cover", "low"] == survey["informal_employed"] * 16_800 * 12


def test_the_lower_end_is_never_above_the_higher_one() -> None:
    for year in (2023, 2024, 2025):
        for province in ("13", "35", "52", "92"):
            made = of(province, year)[1]
            assert (made["low"] <= made["high"]).all()
            assert set(made.index.get_level_values("measure")) <= UNITS.keys()


def test_money_for_nobody_yet_has_no_amount_per_worker() -> None:
    made = of("92", 2025)[1]
    own = set(made.loc["92.06"].index)
    assert {"budget_share_of_cost", "person_months"} <= own
    assert own.isdisjoint({"budget_per_worker", "months_of_cover"})
    shown = {row[0]: row for row in rows(budget.budget_table(open_page("92", year=2025)))}
    assert shown["Teluk Bintuni"][3:] == ["0", "6.000", "–", "–"]
