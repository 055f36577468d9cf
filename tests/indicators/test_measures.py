"""What follows from the record beside the criteria: known figures, and gaps that stay gaps."""

from typing import Any

import pandas as pd
import pytest

from paritrana.analysis.province import ProvinceAnalysis, analyse
from paritrana.indicators.formulas import share
from paritrana.indicators.measures import BUDGET, PROTECTED, UNITS, measures, workers_of_budgets
from paritrana.pages import budget
from paritrana.pages.page import open_page
from paritrana.parameters import page as params
from paritrana.record.picking import pick
from paritrana.record.tables import load
from tests import factories
from tests.factories import observation, source
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


def test_money_for_nobody_has_no_amount_per_worker() -> None:
    """No worker is protected: Rp1,680,000 are no amount for each, and not an endless one."""
    assert divided_by(budget_of(), workers(0)) == (0, 0)
    assert share(pd.Series([1_680_000.0]), pd.Series([0.0])).isna().all()


def test_teluk_bintunis_budget_is_divided_by_the_workers_of_its_own_page() -> None:
    """Rp100,800,000 for 2,000 workers are Rp50,400 for each, the three months that it states; 0 is another's."""
    table = budget.budget_table(open_page("92", year=2025))
    protected, bought, each, months = {row[0]: row for row in rows(table)}["Teluk Bintuni"][3:]
    assert (protected, bought) == ("0", "6.000")
    assert (each, months) == ("Rp50.400", "3,0")
    assert "untuk 2.000 pekerja menurut sumber anggaran" in table


PAGES = {"other": source("other")}


def budget_of(value: float = 1_680_000, **given: Any) -> dict[str, Any]:
    return observation(
        indicator=BUDGET, segment="vulnerable", unit="IDR", value=value, paid_by_level="regency", **given
    )


def workers(value: float, **given: Any) -> dict[str, Any]:
    row = {"indicator": PROTECTED, "segment": "vulnerable", "value": value, "paid_by_level": "regency"}
    return observation(**row | given)


def divided_by(*figures: dict[str, Any], **given: Any) -> tuple[float, float] | None:
    """The workers that the budget of Padang Panjang is divided by, if there are any."""
    found = workers_of_budgets(pick(factories.tables(*figures, **given, **PAGES), 2024))
    return (found.at["13.74", "low"], found.at["13.74", "high"]) if "13.74" in found.index else None


def test_a_budget_is_divided_by_the_workers_of_its_own_source_though_others_are_picked() -> None:
    better = workers(50, source_id="other", as_of="2024-12-31")
    assert divided_by(budget_of(), workers(100)) == (100, 100)
    assert divided_by(budget_of(), better, workers(100)) == (100, 100)
    assert divided_by(budget_of(), better, workers(100), workers(90)) == (90, 100)


def test_a_budget_is_not_divided_by_the_workers_of_another_source_or_payer_or_group() -> None:
    assert divided_by(budget_of(), workers(100, source_id="other")) is None
    assert divided_by(budget_of(), workers(100, paid_by_level="other")) is None
    assert divided_by(budget_of(), workers(100, status="planned")) is None
    wider = workers(100)
    assert divided_by(budget_of(), wider, flags={wider["observation_id"]: "mixed_group"}) is None
    assert divided_by(workers(100)) is None


def test_a_payer_that_is_not_stated_may_be_the_same() -> None:
    assert divided_by(budget_of(), workers(100, paid_by_level="unstated")) == (100, 100)
    assert divided_by(budget_of(), workers(100, paid_by_level=None)) == (100, 100)


@pytest.mark.parametrize(
    ("province", "code", "name", "said"),
    [
        # Rp1.8 billion are for 28,000 cadres, the 61,771 of another page are a wider group: nothing to divide.
        ("35", "35.78", "Kota Surabaya", None),
        # The sum covers wage recipients of the city too.
        ("18", "18.72", "Kota Metro", None),
        # Its source counts 14,280 whom companies pay for too, another one 10,000: no one group.
        ("33", "33.21", "Demak", "apart"),
        # The page of the sum names 184 workers, the 1,616 are another page's.
        ("17", "17.06", "Mukomuko", "apart"),
    ],
)
def test_budgets_of_other_groups_pay_for_no_months(province: str, code: str, name: str, said: str | None) -> None:
    page = open_page(province, year=2024)
    made = measures(page.analysis.regions, page.analysis.recorded, page.analysis.nation.picks[2024])
    assert not {"budget_per_worker", "months_of_cover"} & set(made.loc[code].index)
    findings = budget.findings(page)
    assert f"{name}: Rp" not in findings
    assert (name in findings) == (said == "apart")
    assert ("tidak dibagi" in budget.budget_table(page)) == (said == "apart")


def test_padang_panjang_pays_for_ten_months() -> None:
    """Rp1,457,000,000 for 8,300 workers on one page: 10.4 months."""
    page = open_page("13", year=2024)
    assert "Kota Padang Panjang: Rp1.457.000.000 untuk 8.300 pekerja cukup untuk 10,4 bulan." in budget.findings(page)
