"""The plan of a book: every province has its pages, each with its parameters and a place of its own."""

import pytest

from paritrana import paths
from paritrana.faults import InvalidInput
from paritrana.parameters.page import national, province, province_codes
from paritrana.plan.book import (
    LAB,
    NATIONAL_KEYS,
    OVERVIEW,
    PROVINCE_KEYS,
    PROVINCE_NOTEBOOKS,
    book,
    chapter,
    lab_page,
    national_page,
    pages,
    province_pages,
)
from paritrana.record.tables import load


def test_every_province_of_the_data_is_in_the_book() -> None:
    assert [params.province for params in book()[1]] == sorted(load().provinces["kemendagri_code"])


@pytest.mark.parametrize("code", province_codes())
def test_every_province_has_its_pages(code: str) -> None:
    params = province(code)
    pages_of = province_pages(params)
    assert [page.notebook for page in pages_of] == ["overview", "coverage", "budget", "sensitivity"]
    assert [page.name for page in pages_of] == [f"{chapter(params)}/{name}" for name in ("index", *PROVINCE_NOTEBOOKS)]
    assert chapter(params).startswith(f"provinces/{code}-")


def test_no_two_pages_have_the_same_place() -> None:
    every = pages(*book())
    assert len({page.path for page in every}) == len({page.name for page in every}) == len(every) == 7 + 4 * 38


def test_every_page_has_a_notebook_to_be_made_from() -> None:
    notebooks = {page.notebook for page in pages(*book(["13"]))} - {OVERVIEW, LAB}
    assert all((paths.NOTEBOOKS / f"{name}.ipynb").is_file() for name in notebooks)


def test_a_page_receives_the_parameters_of_its_province_in_the_order_of_the_cell() -> None:
    params = province("13", {"rubric": "equal", "draws": 500})
    for page in province_pages(params):
        assert tuple(key for key, _ in page.parameters) == PROVINCE_KEYS
        assert dict(page.parameters) == params.model_dump(exclude={"slug"})


def test_the_national_page_receives_the_defaults_and_the_chapters_of_the_book() -> None:
    page = national_page(national(), [province("13"), province("51")])
    assert tuple(key for key, _ in page.parameters) == NATIONAL_KEYS
    assert dict(page.parameters) == national().model_dump() | {"chapters": ["13", "51"]}


def test_the_lab_has_a_script_for_each_chapter_beside_the_nations() -> None:
    page = lab_page(national(), [province("13"), province("51")])
    assert dict(page.parameters) == national().model_dump() | {"chapters": ["13", "51"]}
    scripts = [f"_static/lab/{name}.js" for name in ("nation", "provinces/13", "provinces/51")]
    assert page.files == ("provinces/_lab.json", *scripts)


def test_chosen_provinces_come_once_and_in_order() -> None:
    assert [params.province for params in book(["51", "13", "51"])[1]] == ["13", "51"]


def test_what_is_given_reaches_the_nation_and_every_province() -> None:
    defaults, provinces = book(["13", "51"], {"year": 2025})
    assert {params.year for params in [defaults, *provinces]} == {2025}


def test_all_faults_of_a_book_are_told_together_and_once() -> None:
    with pytest.raises(InvalidInput) as error:
        book(["13", "51", "99", "98"], {"year": 1999, "language": "fr"})
    assert [(fault.column, fault.value) for fault in error.value.faults] == [
        ("year", "1999"),
        ("language", "fr"),
        (None, "98"),
        (None, "99"),
    ]
