"""How each value follows from what is stated: who reckons with the numbers of the line comes to the value beside it."""

import re
from functools import cache

import pandas as pd
import pytest

from paritrana.pages.page import Page, open_page
from paritrana.pages.working import working

pytestmark = pytest.mark.slow
SHARE = 0.0005 + 1e-9  # a value is written to a tenth of a per cent


@cache
def lines(province: str) -> dict[tuple[str, str], tuple[pd.Series, str]]:
    """The line of every recorded value of a province."""
    page: Page = open_page(province, assumption="plausible", draws=100)
    recorded = page.analysis.recorded
    return {(code, name): (row, working(page, code, name, row)) for (code, name), row in recorded.iterrows()}


def numbers(text: str) -> list[float]:
    """The numbers of an Indonesian text without those of years."""
    found = re.findall(r"\d[\d.]*(?:,\d+)?", re.sub(r"Sakernas Agustus \d{4}|\(\d{4}\)", "", text))
    return [float(number.replace(".", "").replace(",", ".")) for number in found]


@pytest.mark.parametrize("province", ["13", "35", "64"])
def test_counts_divided_by_people_give_the_value(province: str) -> None:
    told = {key: (row, text) for key, (row, text) in lines(province).items() if " dibagi " in text and "+" not in text}
    assert len(told) > 3
    for (code, name), (row, text) in told.items():
        *counted, people = numbers(text)
        assert counted[0] / people == pytest.approx(row["low"], abs=SHARE), (code, name)
        assert counted[-1] / people == pytest.approx(row["high"], abs=SHARE), (code, name)


@pytest.mark.parametrize("province", ["13", "35", "64", "73"])
def test_a_share_of_another_base_times_its_ratio_gives_the_value(province: str) -> None:
    told = [(row, numbers(text)) for row, text in lines(province).values() if "dikalikan perbandingannya" in text]
    assert told
    for row, (*stated, low, high) in told:
        assert stated[0] / 100 * low == pytest.approx(row["low"], abs=stated[0] / 100 * 0.005)
        assert stated[-1] / 100 * high == pytest.approx(row["high"], abs=stated[-1] / 100 * 0.005)


def test_segments_are_summed_and_a_missing_one_is_said_to_make_a_range() -> None:
    row, text = lines("64")["64.08", "coverage_employed"]  # Kutai Timur: wage earners and non-wage workers alone
    wage, other, employed = numbers(text)
    assert (wage + other) / employed == pytest.approx(row["low"], abs=SHARE)
    assert row["high"] > row["low"]
    assert text.endswith("peserta jasa konstruksi tidak disebut, karena itu rentang")


def test_a_regulation_is_cited_as_far_as_it_is_known() -> None:
    texts = {key: text for key, (_, text) in lines("13").items()}
    assert texts["13.03", "regulation"] == "Perda 2/2024; kekuatannya menurut rubrik"
    assert texts["13.74", "regulation"] == "Perwali 2024; kekuatannya menurut rubrik"  # another source names no year
    assert texts["13.71", "regulation"] == "Perwali; kekuatannya menurut rubrik"
    assert texts["13.11", "regulation"] == "SE 560/307/DTKT/2020; kekuatannya menurut rubrik"


def test_growth_of_counted_people_is_told_with_both_counts() -> None:
    page: Page = open_page("13", assumption="plausible", draws=100)
    ids = page.tables.observations.query("indicator == 'active_participants' and region_code == '13.74'")
    pair = ids.drop_duplicates("year").sort_values("year").tail(2)
    row = pd.Series({"observations": tuple(pair["observation_id"])})
    before, now = pair["value"]
    first, second = numbers(working(page, "13.74", "growth", row))[:2]
    assert (first, second) == (now, before)
