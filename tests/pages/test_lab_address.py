"""The address that a page gives the weight lab; `tests/lab/test_page.py` opens such addresses in a browser."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from paritrana.pages.lab_address import check, lab_address
from paritrana.pages.page import Page, open_page

WEIGHTS = (20, 0, 40, 20, 20)


@pytest.fixture(scope="module")
def page() -> Page:
    return open_page("52", draws=100)


def address(page: Page, parts: Any, **rubric: Any) -> str:
    """The address of the ranking of all under its exact assumption, with other keys of its rubric."""
    ranking = page.analysis.exact
    assert ranking is not None
    return lab_address(page, replace(ranking, rubric=ranking.rubric.model_copy(update=rubric)), "all", parts)


@pytest.mark.parametrize(("text", "code"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_the_check_is_that_of_its_authors(text: str, code: int) -> None:
    assert int(check(text), 36) == code  # Noll's published test vectors


def test_an_address_names_the_ranking_and_the_weights_in_their_smallest_parts(page: Page) -> None:
    found = urlsplit(address(page, WEIGHTS))
    assert found.path == "../../lab.html"
    text, _, sign = found.fragment.partition("&h=")
    assert sign == check(text)
    assert {letter: value[0] for letter, value in parse_qs(text).items()} == {
        **{"v": "1", "p": "52", "y": "2024", "r": "hypothesis-a", "a": "p"},
        "w": "1.0.2.1.1",
    }


@pytest.mark.parametrize(
    "rubric", [{"id": "my-own"}, {"ties": "max"}, {"round": 1}], ids=["not in the lab", "other ties", "rounded"]
)
def test_there_is_no_address_where_the_lab_would_show_other_ranks(page: Page, rubric: dict[str, Any]) -> None:
    assert address(page, WEIGHTS, **rubric) == ""


def test_there_is_no_address_for_weights_that_are_finer_than_the_lab_reads(page: Page) -> None:
    assert address(page, (1_000_001, 0, 0, 0, 1)) == ""
