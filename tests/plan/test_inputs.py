"""What a build remembers of its input, and what depends on what among the modules."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import copy

pytestmark = pytest.mark.slow

STATE = "from paritrana.build.make import state_of_input; print(state_of_input())"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that a test may change."""
    return copy(tmp_path_factory.mktemp("inputs"))


def state(folder: Path) -> str:
    """What a build of the copy would remember of its input."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run([sys.executable, "-c", STATE], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def state_with(folder: Path, file: str) -> str:
    """The same, with another line in a file of the copy."""
    path = folder / file
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    try:
        return state(folder)
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("file", ["data/awards.csv", "params/national.yml", "paritrana/parameters/rubric.py"])
def test_input_is_checked_again_where_it_or_a_rule_has_changed(folder: Path, file: str) -> None:
    assert state_with(folder, file) != state(folder)


def test_input_is_not_checked_again_for_a_word_of_a_page(folder: Path) -> None:
    assert state_with(folder, "paritrana/pages/overview.py") == state(folder)
