"""What is modelled of a province, as a script brings it: ranges and draws of the pages, nothing of what is recorded."""

import gzip
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paritrana.analysis.scoring import scores_on
from paritrana.engine.scores import FULL
from paritrana.lab.estimates import DRAWS, LETTERS, NAME, STEPS, packed, province_scripts
from paritrana.parameters import page as parameters
from paritrana.record.years import YEARS
from tests.factories import REAL
from tests.lab import parity as lab

MOST_BYTES = 125_000  # of one province, as it is


def unpacked(text: str, least: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Scores (DRAWS, M) out of what `packed` made, before they are rounded."""
    steps = np.array([LETTERS.index(letter) for letter in text]).reshape(len(least), DRAWS).T
    return least + (most - least) * steps / STEPS


@given(st.integers(0, 2**32 - 1))
def test_a_packed_score_is_within_half_a_step_and_the_least_and_the_most_stay(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, rng.integers(1, FULL, 6), (DRAWS, 6), endpoint=True)
    least, most = scores.min(axis=0), scores.max(axis=0)
    again = unpacked(packed(scores, least, most), least, most)
    assert (np.abs(again - scores) <= (most - least) / STEPS / 2 + 1e-6).all()
    assert (again.min(axis=0) == least).all() and (again.max(axis=0) == most).all()


def test_the_script_of_the_largest_province_is_small() -> None:
    text = lab.script("35").encode()
    assert len(text) < MOST_BYTES
    assert b"\\" not in text  # nothing has to be escaped
    assert len(gzip.compress(text)) < 0.8 * MOST_BYTES


def test_a_script_brings_its_province_alone_and_the_same_in_every_language() -> None:
    english = parameters.national({"language": "en", "draws": lab.DRAWS})
    assert province_scripts(["13"], english) == {"13": lab.script("13")}
    assert lab.script("13").startswith(f"globalThis.{NAME}13=")


@pytest.mark.parametrize("code", ["13", "95"])
@pytest.mark.parametrize("year", YEARS)
def test_ranges_and_draws_are_those_of_the_pages_of_the_province(code: str, year: int) -> None:
    model, rubric = lab.modelled_of(year, code), lab.rubric_of("hypothesis-a")
    codes = sorted(REAL.regencies["kemendagri_code"])
    for criterion, column in zip(rubric.criteria, lab.estimates(code)["years"][str(year)], strict=True):
        if criterion.indicator is None:
            assert column is None
            continue
        rows = model.ranges.xs(criterion.indicator, level="indicator").loc[list(model.regions)]
        gaps = rows[rows["kind"] == "modelled"]
        low, high = scores_on(rubric, criterion, gaps["low"].to_numpy(float), gaps["high"].to_numpy(float))
        assert [codes[cell[0]] for cell in column["ranges"]] == list(gaps.index)
        assert [(cell[1], cell[-1]) for cell in column["ranges"]] == list(zip(low, high, strict=True))
        check_draws(
            column, model.scores(rubric, [criterion], model.regions)[:DRAWS, :, 0], codes.index(model.regions[0])
        )


def check_draws(column: dict[str, Any], drawn: np.ndarray, first: int) -> None:
    """The draws (DRAWS, N) of a column are there, each in its place, but for half a step; one number has none."""
    at = np.array([cell[0] - first for cell in column["drawn"]], dtype=int)
    assert at.tolist() == np.flatnonzero(np.ptp(drawn, axis=0)).tolist()
    least, most = (np.array([cell[place] for cell in column["drawn"]]) for place in (1, 2))
    again = unpacked(column["packed"], least, most)
    assert (np.abs(again - drawn[:, at]) <= (most - least) / STEPS / 2 + 1e-6).all()


def test_what_is_recorded_as_one_number_has_neither_range_nor_draws() -> None:
    data, seen = lab.data(), 0
    for year in YEARS:
        for place, column in enumerate(lab.estimates("13")["years"][str(year)]):
            known = {cell[0] for cell in data["scores"][str(year)][place]["recorded"] if len(cell) == 2}
            missing = {cell[0] for cell in (column or {"ranges": []})["ranges"]}
            drawn = {cell[0] for cell in (column or {"drawn": []})["drawn"]}
            assert not known & (missing | drawn)
            seen += len(drawn)
    assert seen > 100


def test_rubrics_that_value_regulations_alike_share_the_estimates_of_the_books_own() -> None:
    scripts = province_scripts(["13"], parameters.national({"rubric": "equal", "draws": lab.DRAWS}))
    assert json.loads(scripts["13"].partition("=")[2].rstrip(";\n")) == lab.estimates("13")
