"""The notebooks call, show and explain: their parameters are those of the plan, and they compute nothing."""

import ast
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from paritrana import paths
from paritrana.parameters.page import national, province_codes
from paritrana.plan.book import (
    AWARDS_KEYS,
    AWARDS_NOTEBOOKS,
    CALIBRATION_KEYS,
    CALIBRATION_NOTEBOOK,
    ENGINE_KEYS,
    ENGINE_NOTEBOOK,
    NATIONAL_KEYS,
    NATIONAL_NOTEBOOK,
    PROVINCE_KEYS,
    PROVINCE_NOTEBOOKS,
    ZONES_KEYS,
    ZONES_NOTEBOOK,
    ZONES_RUBRIC,
)

FILES = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
each = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def code_cells(file: Path) -> list[Any]:
    return [cell for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "code"]


def keys(file: Path) -> tuple[str, ...]:
    whole = {
        NATIONAL_NOTEBOOK: NATIONAL_KEYS,
        ZONES_NOTEBOOK: ZONES_KEYS,
        ENGINE_NOTEBOOK: ENGINE_KEYS,
        CALIBRATION_NOTEBOOK: CALIBRATION_KEYS,
        **dict.fromkeys(AWARDS_NOTEBOOKS, AWARDS_KEYS),
    }
    return whole.get(file.stem, PROVINCE_KEYS)


def assignments(file: Path) -> dict[str, Any]:
    """The parameters cell as names and the literals that they are set to."""
    nodes = [node for node in ast.parse(code_cells(file)[0].source).body if isinstance(node, ast.Assign)]
    return {
        target.id: ast.literal_eval(node.value)
        for node in nodes
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def test_the_notebooks_are_those_of_the_plan() -> None:
    others = [NATIONAL_NOTEBOOK, ZONES_NOTEBOOK, ENGINE_NOTEBOOK, CALIBRATION_NOTEBOOK, *AWARDS_NOTEBOOKS]
    assert sorted(file.stem for file in FILES) == sorted([*PROVINCE_NOTEBOOKS, *others])


@each
def test_the_notebook_is_sound(file: Path) -> None:
    notebook = nbformat.read(file, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.metadata.kernelspec.name) == (4, "python3")


@each
def test_exactly_one_cell_is_tagged_parameters_and_it_is_the_first_of_code(file: Path) -> None:
    tagged = ["parameters" in cell.metadata.get("tags", []) for cell in code_cells(file)]
    assert tagged == [True] + [False] * (len(tagged) - 1)


@each
def test_papermill_finds_the_parameters_of_the_plan(file: Path) -> None:
    assert tuple(papermill.inspect_notebook(str(file))) == keys(file)


@each
def test_parameters_are_plain_assignments(file: Path) -> None:
    body = ast.parse(code_cells(file)[0].source).body
    assert tuple(assignments(file)) == keys(file)
    assert len(body) == len(keys(file))


@each
def test_the_defaults_are_those_of_the_parameters(file: Path) -> None:
    given = assignments(file)
    assert given.pop("province", "13") in province_codes()
    assert set(given.pop("chapters", [])) <= set(province_codes())
    own = {"rubric": ZONES_RUBRIC} if file.stem == ZONES_NOTEBOOK else {}
    assert given.items() <= {**national().model_dump(), **own}.items()


@each
def test_no_output_and_no_count_is_committed(file: Path) -> None:
    assert [(cell.outputs, cell.execution_count) for cell in code_cells(file)] == [([], None)] * len(code_cells(file))


@each
def test_nothing_is_defined_in_a_notebook(file: Path) -> None:
    defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for cell in code_cells(file):  # a magic or a shell command would be no Python
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, defining)]


@each
def test_every_cell_has_an_id_of_its_own(file: Path) -> None:
    ids = [cell.id for cell in nbformat.read(file, as_version=4).cells]
    assert len(set(ids)) == len(ids)
