"""A fact that has to stand in two places, such as in Python and in the lab's scripts, is the same in both."""

import re

import pytest

from paritrana.build.site.bundle import parts
from paritrana.engine import scores
from paritrana.faults import InvalidInput
from paritrana.parameters import rubric
from paritrana.parameters.page import national
from paritrana.paths import ROOT
from paritrana.record.years import LAST_YEAR, YEARS
from tests.factories import REAL


def numbers(script: str, name: str) -> list[float]:
    """The number or the list of numbers that a constant of one of the lab's scripts has."""
    (text,) = [path.read_text(encoding="utf-8") for path in parts() if path.stem == script]
    (value,) = re.findall(rf"^ *const {name} = \[?([\d., e_]+)\]?;", text, re.MULTILINE)
    return [float(number) for number in value.split(",")]


def test_a_rubric_and_the_engine_know_the_same_most_parts() -> None:
    assert rubric.MAX_PARTS == scores.MAX_PARTS


@pytest.mark.parametrize(("script", "name"), [("ranks", "MAX_PARTS"), ("state", "MOST_PARTS")])
def test_the_lab_knows_as_many_parts_as_the_engine(script: str, name: str) -> None:
    assert numbers(script, name) == [scores.MAX_PARTS]


@pytest.mark.parametrize("script", ["ranks", "detail"])
def test_the_lab_counts_scores_as_the_engine_does(script: str) -> None:
    assert numbers(script, "POINT") == [scores.POINT]


def test_the_newest_year_is_that_of_the_newest_survey() -> None:
    assert REAL.labour_force["year"].max() == LAST_YEAR


def test_the_years_that_can_be_asked_for_are_those_of_the_record() -> None:
    assert [national({"year": year}).year for year in YEARS] == list(YEARS)
    for beyond in (YEARS[0] - 1, YEARS[-1] + 1):
        with pytest.raises(InvalidInput):
            national({"year": beyond})


def test_the_page_on_rap_names_files_that_are_there() -> None:
    named = re.findall(r"`([\w./-]+[/.][\w./-]*)`", (ROOT / "book" / "rap.md").read_text(encoding="utf-8"))
    made = {"_build/logs/", "results/"}  # by a build
    assert made < set(named)
    assert len(named) > 20
    assert [name for name in named if name not in made and not (ROOT / name).exists()] == []
