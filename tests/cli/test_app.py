"""The command line as its user meets it."""

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.project import copy, paritrana, python_path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("command", ["backtest", "build", "serve", "validate", "verify"])
def test_help_shows_an_example(command: str, tmp_path: Path) -> None:
    done = paritrana(copy(tmp_path), command, "--help")
    assert done.returncode == 0
    assert f"Example: paritrana {command}" in done.stdout


def test_validate_says_that_clean_data_is_valid(tmp_path: Path) -> None:
    done = paritrana(copy(tmp_path), "validate")
    assert (done.returncode, done.stdout) == (0, "The data and the parameters are valid.\n")


def test_validate_counts_the_faults_and_exits_with_1(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "params" / "provinces" / "13.yml").unlink()
    done = paritrana(folder, "validate")
    assert done.returncode == 1
    assert "params/provinces/13.yml" in done.stdout
    assert done.stdout.endswith("1 fault.\n")


def test_serve_without_a_book_says_what_to_do(tmp_path: Path) -> None:
    done = paritrana(copy(tmp_path), "serve")
    assert done.returncode == 1
    assert "run `paritrana build` first" in done.stderr


def served(folder: Path, *options: str) -> bytes:
    """The first page that `serve` shows of the copy."""
    command = [sys.executable, "-u", "-m", "paritrana", "serve", "--port", "0", *options]
    with subprocess.Popen(
        command, cwd=folder, env={"PYTHONPATH": python_path(folder)}, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://\S+", server.stdout.readline())
            assert address is not None
            with urllib.request.urlopen(address[0]) as answer:
                shown: bytes = answer.read()
        finally:
            server.terminate()
    return shown


def test_serve_shows_the_book(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "_build" / "html").mkdir(parents=True)
    (folder / "_build" / "html" / "index.html").write_text("the book", encoding="utf-8")
    assert served(folder) == b"the book"


def test_serve_shows_the_edition_that_is_asked_for_and_says_how_to_build_one_that_is_not_there(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "_build" / "html-en").mkdir(parents=True)
    (folder / "_build" / "html-en" / "index.html").write_text("the English book", encoding="utf-8")
    assert served(folder, "--language", "en") == b"the English book"
    other = paritrana(folder, "serve", "--year", "2023", "--language", "en")
    assert (other.returncode, other.stderr) == (
        1,
        "There is no book yet: run `paritrana build --year 2023 --language en` first.\n",
    )
