"""A notebook that cannot be read is told in one sentence; what an editor left out or put in is no fault."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from paritrana import paths
from paritrana.faults import InvalidInput
from paritrana.plan import inputs
from paritrana.plan.book import PageSpec
from paritrana.plan.notebooks import declared, imported, read_notebook

GOOD = (paths.NOTEBOOKS / "coverage.ipynb").read_bytes()


def other(**changes: Any) -> bytes:
    return json.dumps({**json.loads(GOOD), **changes}).encode()


@pytest.mark.parametrize("content", [GOOD, b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n"), other(metadata={})])
def test_a_notebook_is_read_however_an_editor_saved_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.ipynb"
    path.write_bytes(content)
    read = read_notebook(path)
    assert read.cells == nbformat.reads(GOOD.decode(), as_version=4).cells
    assert read.metadata.kernelspec["name"] == "python3"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            GOOD.replace(b"{\n", b"{\n<<<<<<< HEAD\n", 1),
            "page.ipynb, row 2: JSON was expected; this is a merge that was",
        ),
        (GOOD[: len(GOOD) // 2], "JSON was expected ("),
        (b"", "row 1: JSON was expected"),
        (b"[]", "a notebook of format 4 was expected"),
        (b"null", "a notebook of format 4 was expected"),
        (b"{}", "a notebook of format 4 was expected"),
        (b"[" * 100_000, "a notebook of format 4 was expected"),
        (other(nbformat=99), "a notebook of format 4 was expected"),
        (other(cells=3), "a notebook of format 4 was expected"),
        (b"\xe9" + GOOD, "text in UTF-8 was expected, but byte 1 is not"),
        (None, "a readable notebook was expected (No such file or directory)"),
    ],
)
def test_what_is_no_notebook_is_one_sentence(tmp_path: Path, content: bytes | None, expected: str) -> None:
    path = tmp_path / "page.ipynb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput) as raised:
        read_notebook(path)
    (fault,) = raised.value.faults
    assert expected in str(fault) and len(str(fault).splitlines()) == 1


def test_a_plan_is_made_with_a_notebook_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.ipynb").write_bytes(b"<<<<<<< HEAD\n")
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    spec = PageSpec("broken", "broken.ipynb", ())
    assert "notebook" in inputs._of_notebook(spec.notebook)


def test_magics_are_no_obstacle_to_what_a_cell_imports() -> None:
    assert "paritrana.pages" in imported("%matplotlib inline\n!ls\nfrom paritrana.pages import coverage")
    assert imported("this is no Python") == []


def test_a_parameter_is_found_whatever_its_comment_says() -> None:
    cell = nbformat.v4.new_code_cell("year = 2024  # a = b\nrubric: str = 'x'", metadata={"tags": ["parameters"]})
    assert declared(nbformat.v4.new_notebook(cells=[cell])) == {"year", "rubric"}
    assert declared(nbformat.v4.new_notebook()) == set()
