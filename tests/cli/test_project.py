"""A command works on the project that it stands in, or on the one that it is told of, and on no other."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from paritrana import paths, project
from paritrana.cli.app import app
from tests.project import copy

pytestmark = pytest.mark.slow

WHERE = "from paritrana import paths; print(paths.ROOT)"
INPUTS = "import json; from paritrana.results.manifest import inputs; print(json.dumps(inputs()))"


def run(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Python in a folder, with the library under test, which lies elsewhere."""
    environment = {name: value for name, value in os.environ.items() if name != project.VARIABLE}
    environment |= {"PYTHONPATH": str(paths.LIBRARY.parent), "COLUMNS": "400", **variables}
    return subprocess.run(
        [sys.executable, "-P", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def paritrana(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "-m", "paritrana", *words, **variables)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A project without a library of its own; its fault tells it from the one that the library lies in."""
    folder = tmp_path / "other"
    folder.mkdir()
    shutil.rmtree(copy(folder) / "paritrana")
    (folder / "params" / "provinces" / "13.yml").unlink()
    return folder


@pytest.mark.parametrize("command", ["build", "validate", "contribute rows", "verify", "backtest", "serve"])
def test_outside_of_a_project_a_command_says_in_one_sentence_what_it_needs(command: str, tmp_path: Path) -> None:
    done = paritrana(tmp_path, *command.split())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert all(part in done.stderr for part in ("data/datapackage.json", "params", "book", "notebooks", "-C FOLDER"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_project_is_refused_with_what_it_lacks(other: Path, tmp_path: Path) -> None:
    shutil.rmtree(other / "notebooks")
    done = paritrana(tmp_path, "-C", "other", "build")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{other} is no project: it has no notebooks.\n"


def test_a_command_works_on_the_project_that_is_named(other: Path, tmp_path: Path) -> None:
    done = paritrana(tmp_path, "-C", "other", "validate")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("params/provinces/13.yml: ")


def test_a_command_works_on_the_nearest_project_above_its_folder(other: Path) -> None:
    done = paritrana(other / "notebooks", "validate")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("params/provinces/13.yml: ")


def test_the_project_that_a_command_stands_in_comes_before_one_that_a_variable_names(other: Path) -> None:
    done = paritrana(other, "validate", PARITRANA_PROJECT=str(paths.LIBRARY.parent))
    assert done.stdout.startswith("params/provinces/13.yml: ")


def test_a_variable_names_the_project_of_a_command_outside_of_any(other: Path, tmp_path: Path) -> None:
    done = paritrana(tmp_path, "validate", PARITRANA_PROJECT=str(other))
    assert done.stdout.startswith("params/provinces/13.yml: ")


def test_a_process_that_is_started_elsewhere_works_on_the_project_of_its_variable(other: Path) -> None:
    done = run(paths.NOTEBOOKS, "-c", WHERE, PARITRANA_PROJECT=str(other))
    assert done.stdout.strip() == str(other)


def test_a_notebook_opened_in_its_folder_works_on_its_project(other: Path) -> None:
    assert run(other / "notebooks", "-c", WHERE).stdout.strip() == str(other)


def test_outside_of_a_project_the_library_works_on_the_checkout_that_it_lies_in(tmp_path: Path) -> None:
    assert run(tmp_path, "-c", WHERE).stdout.strip() == str(paths.LIBRARY.parent)


def test_a_project_with_a_library_of_its_own_is_told_that_another_is_at_work(tmp_path: Path) -> None:
    done = paritrana(copy(tmp_path), "validate")
    assert (done.returncode, done.stdout) == (0, "The data and the parameters are valid.\n")
    assert done.stderr == (
        f"The library at work is {paths.LIBRARY}, not the project's own in {tmp_path / 'paritrana'}.\n"
    )


def test_a_process_does_not_turn_from_one_project_to_another(other: Path) -> None:
    done = CliRunner().invoke(app, ["-C", str(other), "validate"])
    assert isinstance(done.exception, RuntimeError)
    assert f"cannot turn to {other}" in str(done.exception)


def test_the_inputs_of_a_book_are_its_project_and_the_library_at_work(other: Path) -> None:
    found = json.loads(run(other, "-c", INPUTS).stdout)
    assert "paritrana/paths.py" in found
    assert "data/observations.csv" in found
    assert "params/provinces/13.yml" not in found


def test_a_page_has_one_digest_of_the_library_wherever_that_lies(other: Path, tmp_path: Path) -> None:
    code = "from paritrana.plan.inputs import _of_notebook; print(_of_notebook('budget')['library'])"
    inside = copy(tmp_path)
    own = run(inside, "-c", code, PYTHONPATH=str(inside))
    assert own.returncode == 0, own.stderr
    assert run(other, "-c", code).stdout == own.stdout
