"""What is announced: the podium, and the candidates where a list of them is known."""

from dataclasses import replace
from typing import Any

import pytest

from paritrana.pages.titles import award_year, page_title
from paritrana.presentation.language import Text
from paritrana.record.awards import announced, handed_over, labels
from tests.factories import REAL

REGIONS = ["13.71", "13.72", "13.73", "13.74"]


def told(*results: tuple[str, str]) -> Any:
    """What is announced of four regions of one province, from (region, result)."""
    row = {
        "edition": 2025,
        "assessment_year": 2024,
        "stage": "province",
        "category": "kabupaten_kota",
        "province_code": "13",
    }
    rows = REAL.awards.iloc[: len(results)].assign(
        **row, region_code=[code for code, _ in results], result=[result for _, result in results]
    )
    return announced(replace(REAL, awards=rows), "13", 2024, REGIONS)


PODIUM = (("13.71", "rank_1"), ("13.72", "rank_2"), ("13.73", "rank_3"))


def test_a_list_that_is_just_the_podium_is_no_list_of_nominees() -> None:
    assert told(*PODIUM) == ((), {"13.71": 1, "13.72": 2, "13.73": 3})


def test_winners_who_are_also_called_nominees_are_no_list_of_nominees() -> None:
    assert told(*PODIUM, ("13.71", "nominee"), ("13.72", "finalist"))[0] == ()


def test_places_beyond_the_third_are_winners_too() -> None:
    assert told(*PODIUM, ("13.74", "harapan_1"))[0] == ()
    assert told(("13.71", "winner"), ("13.72", "winner"))[0] == ()


def test_one_name_is_no_list() -> None:
    assert told(*PODIUM, ("13.74", "finalist"))[0] == ()


def test_a_list_of_nominees_has_the_winners_too() -> None:
    nominees, podium = told(("13.71", "rank_1"), ("13.72", "nominee"), ("13.74", "finalist"))
    assert nominees == ("13.71", "13.72", "13.74")
    assert podium == {"13.71": 1}


def test_a_shared_place_is_shared_and_a_result_told_twice_counts_once() -> None:
    twice = (("13.74", "rank_1"), ("13.71", "rank_1"), ("13.74", "rank_1"), ("13.72", "rank_3"))
    assert list(told(*twice)[1].items()) == [("13.71", 1), ("13.74", 1), ("13.72", 3)]


@pytest.mark.parametrize("province", ["11", "18", "21", "33", "34", "35", "52", "53", "74", "81", "94", "96"])
def test_the_provinces_of_which_only_winners_are_known_in_2024_have_no_nominees(province: str) -> None:
    regions = REAL.regencies.loc[REAL.regencies["province_code"] == province, "kemendagri_code"]
    nominees, podium = announced(REAL, province, 2024, list(regions))
    assert podium and not nominees


def test_a_province_with_a_list_in_the_record_keeps_it() -> None:
    regions = REAL.regencies.loc[REAL.regencies["province_code"] == "73", "kemendagri_code"]
    assert len(announced(REAL, "73", 2024, list(regions))[0]) == 12


def noted(*notes: str | None, edition: int = 2025) -> Any:
    """The real tables with results of one province and year that carry these notes."""
    row = {"edition": edition, "assessment_year": 2024, "stage": "province", "province_code": "13"}
    return replace(REAL, awards=REAL.awards.iloc[: len(notes)].assign(**row, note=list(notes)))


@pytest.mark.parametrize(
    ("notes", "month"),
    [
        (["handed over 2025-07-29 Surabaya"], "2025-07"),
        (["award ceremony 2025-07-29 Surabaya", "handed out 2025-07-29"], "2025-07"),
        (["ceremony 7 July 2025, Kendari"], "2025-07"),
        (["handed over 3 Sept 2025"], "2025-09"),
        (["the same ceremony of 5 Aug 2025 is the 2024 edition elsewhere"], "2025-08"),
        (["rank not stated; given 2025-08-13"], "2025-08"),
        (["handed over 2025-12-03", "handed over 2025-12-03", "given 2025-11-03"], "2025-12"),
        (["handed over 2025-12-03", "given 2025-11-03"], None),
        (["interview 26 June 2025"], None),
        (["19 participants interviewed 16 July 2025", None], None),
        (["handed over 2025-13-45"], None),
    ],
)
def test_the_month_of_the_ceremony_is_read_out_of_the_notes(notes: list[str | None], month: str | None) -> None:
    assert handed_over(noted(*notes), "13", 2024) == month
    assert handed_over(noted(*notes), "13", 2023) is None


def test_an_award_is_named_by_both_its_years() -> None:
    say, english = Text("id"), Text("en")
    given = noted("ceremony 2025-11-17")
    assert award_year(say, given, "13", 2024) == "tahun penilaian 2024 (diserahkan November 2025)"
    assert award_year(english, given, "13", 2024) == "assessment year 2024 (handed over November 2025)"
    assert award_year(say, noted(None), "13", 2024) == "tahun penilaian 2024 (berlabel 2025)"
    assert award_year(say, noted(None, edition=2024), "13", 2024) == "tahun penilaian 2024"
    assert labels(noted(None), "13", 2023) == ()
    assert award_year(say, noted(None), "13", 2023) == "tahun penilaian 2023"


def test_the_heading_of_a_province_has_both_years() -> None:
    given = {"language": "id", "province": "13", "year": 2024}
    assert page_title("overview", given) == "Sumatera Barat, tahun penilaian 2024 (diserahkan November 2025)"
