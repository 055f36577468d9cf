"""What should be recorded next: unknown values of a province, by how much knowing one would settle."""

from dataclasses import replace

import pytest

from paritrana.analysis.known import bundled
from paritrana.analysis.modelled import estimates_for
from paritrana.analysis.province import ProvinceAnalysis, analyse
from paritrana.analysis.wanted import nothing_wanted
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.pages.page import page_of
from paritrana.pages.wanted import MOST, most_wanted, wanted_table
from paritrana.parameters.page import Assumption, province

pytestmark = pytest.mark.slow


def made(code: str, assumption: Assumption = "modelled") -> ProvinceAnalysis:
    params = province(code, {"draws": 500, "assumption": assumption})
    nation = bundled(params.year, params.rubric)
    return analyse(nation.tables, params, nation, estimates=estimates_for(params))


@pytest.fixture(scope="module")
def lampung() -> ProvinceAnalysis:
    return made("18")


def test_every_value_that_nobody_recorded_is_there_once(lampung: ProvinceAnalysis) -> None:
    cells = set(zip(lampung.wanted["region_code"], lampung.wanted["indicator"], strict=True))
    every = {(code, name) for code in lampung.regions.index for name in CRITERION_INDICATORS}
    assert cells == every - set(lampung.recorded.index)
    assert len(cells) == len(lampung.wanted)


def test_the_most_useful_comes_first_and_all_start_from_the_same(lampung: ProvinceAnalysis) -> None:
    assert lampung.wanted["then"].is_monotonic_decreasing
    assert lampung.wanted["now"].nunique() == 1
    assert (1 / len(lampung.regions) <= lampung.wanted["now"]).all()
    assert (lampung.wanted[["now", "then"]] <= 1).all(axis=None)


def test_without_estimates_nothing_is_wanted_and_nothing_is_said() -> None:
    plain = made("95", "plausible")
    assert plain.wanted.empty
    assert list(plain.wanted) == list(nothing_wanted())
    assert wanted_table(page_of(plain)) == most_wanted(page_of(plain)) == ""


def test_the_page_names_what_helps_and_no_more_than_fits(lampung: ProvinceAnalysis) -> None:
    page = page_of(lampung)
    first = lampung.wanted.iloc[0]
    assert page.name(first["region_code"]) in most_wanted(page)
    text = wanted_table(page)
    assert text.count("<tr") <= MOST + 1
    assert page.name(first["region_code"]) in text


def test_where_no_figure_helps_alone_it_is_said(lampung: ProvinceAnalysis) -> None:
    useless = replace(lampung, wanted=lampung.wanted.assign(then=lampung.wanted["now"]))
    assert "Tidak satu angka pun" in wanted_table(page_of(useless))
    assert most_wanted(page_of(useless)) == ""
