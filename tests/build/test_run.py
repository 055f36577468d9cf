"""Building: the same bytes twice, and faults that stay one page's faults."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from paritrana.build.run.outcome import PageResult
from paritrana.build.run.page import run_page
from paritrana.plan import book as plan
from tests.project import copy, paritrana


def test_the_same_page_comes_out_in_the_same_bytes() -> None:
    spec = plan.province_pages(plan.book(["95"])[1][0])[1]
    first, second = run_page(spec), run_page(spec)
    assert first.failure is None
    assert first.content == second.content


def test_a_page_runs_beside_an_event_loop_of_its_callers() -> None:
    spec = plan.province_pages(plan.book(["95"])[1][0])[1]

    async def caller() -> PageResult:
        return run_page(spec)

    with ThreadPoolExecutor(1) as thread:  # in this one a browser's loop may be running
        beside = thread.submit(asyncio.run, caller()).result()
    assert beside.failure is None
    assert beside.content == run_page(spec).content


def test_faulty_data_stops_the_build_with_the_report_of_validate_and_writes_nothing(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    table = folder / "data" / "observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",16950,", ",12x,"), encoding="utf-8")
    done, checked = paritrana(folder, "build", "-p", "95"), paritrana(folder, "validate")
    assert (done.returncode, checked.returncode) == (1, 1)
    sentences = [line for line in checked.stdout.splitlines() if "12x" in line]
    assert sentences
    assert all(sentence in done.stderr for sentence in sentences)
    assert not (folder / "_build").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--province", "99"], '"99" was found, the code of a province was expected'),
        (["--province", "13", "--year", "2031"], '"2031" was found'),
        (["--province", "13", "--rubric", "hypotesis-a"], 'did you mean "hypothesis-a"?'),
        (["--province", "13", "--language", "fr"], '"fr" was found'),
    ],
)
def test_an_impossible_parameter_stops_with_one_sentence(words: list[str], sentence: str, tmp_path: Path) -> None:
    done = paritrana(copy(tmp_path), "build", *words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_parameter_that_the_notebook_does_not_know_is_a_failure() -> None:
    spec = plan.PageSpec("coverage", "provinces/x/coverage.ipynb", (("province", "13"), ("wieght", 1)))
    failure = run_page(spec).failure
    assert failure is not None
    assert "wieght" in failure.error


def test_the_notebook_of_a_page_can_be_read_again(tmp_path: Path) -> None:
    content = run_page(plan.province_pages(plan.book(["95"])[1][0])[1]).content
    assert content is not None
    assert json.loads(next(iter(content.values())))["nbformat"] == 4
