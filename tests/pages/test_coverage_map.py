"""The map of known coverage: every region with a figure is on it, and tells it; whatever has none says so."""

import re
from functools import cache
from html import unescape

import pytest

from paritrana.indicators.frames import of_indicator
from paritrana.pages import national
from paritrana.pages.coverage_map import coverage_map, province_map
from paritrana.pages.national import NationalPage
from paritrana.pages.record_page import open_record
from paritrana.record.regions import names

LINK = re.compile(r'<a href="([^"]+)" aria-label="([^"]+)">(.*?)</a>')


@cache
def page(language: str = "id") -> NationalPage:
    return national.open_national(["13"], year=2024, language=language, draws=100)


def test_every_figure_and_every_province_is_told() -> None:
    coverage, called = page().coverage, names(page().tables)
    every = {code: f"x/{code}" for code in page().tables.provinces["kemendagri_code"]}
    found = {
        unescape(label): (unescape(href), drawn)
        for href, label, drawn in LINK.findall(coverage_map(page(), coverage, 2024, every))
    }
    assert len(found) == 38 + len(coverage)
    for code, row in coverage.iterrows():
        low, high = (f"{100 * float(row[end]):.1f}".replace(".", ",") for end in ("low", "high"))
        told = low if row["low"] == row["high"] else f"{low}–{high}"
        drawn = [
            (label, *rest)
            for label, rest in found.items()
            if label.startswith(f"{called[code]}: {told}\N{NO-BREAK SPACE}%")
        ]
        assert len(drawn) == 1, called[code]
        label, href, shapes = drawn[0]
        assert href == f"x/{code[:2]}#r-{code.replace('.', '')}"
        assert label.endswith("(rentang)") == (row["low"] < row["high"]) == ("mark range" in shapes)
    for code in every:
        known = int(coverage.index.str.startswith(code).sum())
        assert any(label.startswith(f"{called[code]}: {known} dari ") for label in found)


def test_provinces_that_are_not_in_the_book_lead_nowhere() -> None:
    links = [href for href, *_ in LINK.findall(national.map_of_coverage(page()))]
    here = int(page().coverage.index.str.startswith("13").sum())
    assert len(links) == 1 + here
    assert all(href.startswith("provinces/13-sumatera-barat/index.html") for href in links)


def test_a_year_without_figures_has_a_map_all_the_same() -> None:
    html = coverage_map(page(), page().coverage.iloc[:0], 2025, {})
    assert html.count('fill="url(#map-dots)"') == 38 + 1  # and in the legend
    assert not LINK.search(html)


@pytest.mark.parametrize("province", ["13", "31", "95"])
def test_the_map_of_a_province_tells_every_region_and_leads_to_its_place(province: str) -> None:
    own = open_record(province)
    found = LINK.findall(province_map(own))
    coverage = of_indicator(own.analysis.recorded, "coverage_employed")
    assert [href for href, *_ in found] == [f"#r-{code.replace('.', '')}" for code in own.codes]
    for code, (_, label, drawn) in zip(own.codes, found, strict=True):
        if code not in coverage.index:
            assert label == f"{own.name(code)}: tidak ada angka; bukan nol" and "url(#map-dots)" in drawn
            continue
        row = coverage.loc[code]
        told = own.value("coverage_employed", row["low"], row["high"])
        exact = row["low"] == row["high"]
        assert unescape(label) == f"{own.name(code)}: {told}" + ("" if exact else " (rentang)")
        assert ("mark range" in drawn) != exact and "url(#map-dots)" not in drawn


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_answer_counts_every_province_and_names_who_may_be_named(language: str) -> None:
    html = national.leaders(page(language))
    named = re.findall(r"<li>(?:<a [^>]*>)?([^<:]+)", html)
    first = re.findall(r"\d+", re.findall(r"<p[^>]*>(.*?)</p>", html)[0])
    assert first[:2] == [str(len(named)), "38"]
    others = sum(map(int, re.findall(r"\((\d+) (?:of the )?pro", html)))
    assert len(named) + others == 38
