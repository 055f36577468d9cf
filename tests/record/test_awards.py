"""What is announced: the podium, and the candidates where a list of them is known."""

from dataclasses import replace
from typing import Any

import pytest

from paritrana.record.awards import announced
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


@pytest.mark.parametrize("province", ["11", "18", "21", "33", "34", "35", "52", "53", "74", "81", "94", "96"])
def test_the_provinces_of_which_only_winners_are_known_in_2024_have_no_nominees(province: str) -> None:
    regions = REAL.regencies.loc[REAL.regencies["province_code"] == province, "kemendagri_code"]
    nominees, podium = announced(REAL, province, 2024, list(regions))
    assert podium and not nominees


def test_a_province_with_a_list_in_the_record_keeps_it() -> None:
    regions = REAL.regencies.loc[REAL.regencies["province_code"] == "73", "kemendagri_code"]
    assert len(announced(REAL, "73", 2024, list(regions))[0]) == 12
