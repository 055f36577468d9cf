"""What regions are called, each by a name that no other has, and the participants of their provinces."""

from dataclasses import replace

import pandas as pd

from paritrana.analysis.known import bundled
from paritrana.pages.titles import page_title
from paritrana.pages.vocabulary import Words
from paritrana.presentation.language import Text
from paritrana.record.regions import names, participants
from paritrana.record.tables import bundled_tables
from tests.factories import REAL


def test_a_kabupaten_and_a_kota_of_one_name_are_told_apart() -> None:
    named = names(REAL)
    assert (named["13.02"], named["13.72"], named["13.06"], named["13"]) == (
        "Kab. Solok",
        "Kota Solok",
        "Agam",
        "Sumatera Barat",
    )


def test_no_two_regions_have_one_name() -> None:
    named = names(REAL)
    assert len(set(named.values())) == len(named) == len(REAL.provinces) + len(REAL.regencies)


def test_headings_and_tables_call_a_province_by_the_same_name() -> None:
    words = Words(Text("id"), REAL, "")
    for code in REAL.provinces["kemendagri_code"]:
        title = page_title("overview", {"language": "id", "province": code, "year": 2024})
        assert title.startswith(f"{words.name(code)}, tahun penilaian 2024")


def test_headings_and_the_analysis_read_the_tables_once() -> None:
    assert bundled(2024, "hypothesis-a").tables is bundled_tables() is bundled(2024, "equal").tables


def test_participants_are_those_of_the_year_that_pages_read_whatever_years_the_table_has() -> None:
    rows = REAL.participants_province
    later = pd.concat([rows.assign(year=2024), rows, rows.assign(year=2022)], ignore_index=True)
    found = participants(replace(REAL, participants_province=later))
    assert list(found["kemendagri_codes"]) == list(rows["kemendagri_codes"])
    assert set(found["year"]) == {2023}
