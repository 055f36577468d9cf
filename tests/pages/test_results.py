"""A province's brief names everyone that was announced to its kabupaten/kota, in every year, with the sources."""

import re
from html import unescape

import pytest

from paritrana.pages import results
from paritrana.pages.record_page import open_record
from tests.factories import REAL

PROVINCES = ("13", "35", "52")
ROW = re.compile(r"<tr[^>]*><th[^>]*>(.*?)</th>(.*?)</tr>", re.DOTALL)
LABEL = re.compile(r'<span class="label">(.*?)</span>')
SOURCE = re.compile(r'<a class="src" href="([^"]*)"')


def rows_of(province: str) -> dict[str, list[str]]:
    """The cells of the table of announced results by assessment year, of a real province."""
    html = results.all_years(open_record(province))
    found = {}
    for title, cells in ROW.findall(html):
        year = re.match(r"(\d{4}|tidak diketahui)", re.sub(r"<[^>]+>", "", title).strip())
        if year:
            found[year[1]] = re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)
    return found


@pytest.mark.parametrize("province", PROVINCES)
def test_every_row_of_the_awards_stands_in_its_year_with_its_source(province: str) -> None:
    awards, shown = REAL.awards, rows_of(province)
    own = awards[
        (awards["stage"] == "province")
        & (awards["category"] == "kabupaten_kota")
        & (awards["province_code"] == province)
    ]
    addresses = REAL.sources.set_index("source_id")["url"]
    years = {"tidak diketahui" if year != year else str(int(year)) for year in own["assessment_year"].astype(float)}
    assert set(shown) == years
    for row in own.itertuples():
        year = "tidak diketahui" if row.assessment_year != row.assessment_year else str(int(row.assessment_year))
        links = {unescape(href) for cell in shown[year] for href in SOURCE.findall(cell)}
        assert any(href == addresses[row.source_id] or row.source_id in href for href in links), row


def test_winners_stand_apart_from_those_who_were_only_candidates() -> None:
    awards = REAL.awards
    nominees = awards[(awards["province_code"] == "13") & (awards["assessment_year"] == 2024)]
    assert set(nominees["result"]) >= {"nominee"}
    winners, others = ([*LABEL.findall(cell)] for cell in rows_of("13")["2024"])
    assert winners and not {"Nomine", "Finalis"} & set(winners)
    assert set(others) <= {"Nomine", "Finalis"} and "Nomine" in others


def test_a_province_without_results_says_so_in_one_sentence() -> None:
    empty = sorted(set(REAL.provinces["kemendagri_code"]) - set(REAL.awards["province_code"].dropna()))
    for code in empty[:1]:
        html = results.all_years(open_record(code))
        assert "<table" not in html and "belum ditemukan" in html
