"""All files of a contribution change or none does, wherever it is ended; rows go where the tables have their order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paritrana.contribution.order import placed
from paritrana.contribution.writing import STAGE, WHOLE, finish, write_together

OLD = {"a.csv": "a\n1\n", "b.csv": "b\n1\n", "c.csv": "c\n1\n"}
NEW = {"a.csv": "a\n1\n2\n", "b.csv": "b\n1\n2\n"}
# Ends the process where the files are written, staged or put in place for the given time.
KILLED = """
import os, sys
from pathlib import Path
from paritrana.contribution import writing
name, times = sys.argv[2], int(sys.argv[3])
owner = Path if name == "replace" else os
real = getattr(owner, name)
def last(*words):
    global times
    times -= 1
    if times < 0:
        os._exit(9)
    return real(*words)
setattr(owner, name, last)
writing.write_together({"a.csv": "a\\n1\\n2\\n", "b.csv": "b\\n1\\n2\\n"}, Path(sys.argv[1]))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name, text in OLD.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def content(data: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in data.iterdir() if path.is_file()}


def test_every_file_is_written_and_nothing_is_left(data: Path) -> None:
    write_together(NEW, data)
    assert content(data) == OLD | NEW
    assert not (data / STAGE).exists()


def test_a_file_that_cannot_be_written_leaves_all_old_ones(data: Path) -> None:
    with pytest.raises(OSError):
        write_together({**NEW, "no folder/d.csv": "d"}, data)
    assert content(data) == OLD
    assert not (data / STAGE).exists()


@pytest.mark.parametrize(
    ("at", "times", "whole"),
    [("fsync", 0, False), ("fsync", 1, False), ("fsync", 2, True), ("replace", 0, True), ("replace", 1, True)],
)
def test_a_kill_is_made_up_for_by_the_next_command(data: Path, at: str, times: int, whole: bool) -> None:
    """Killed at the first or second file, at the mark, before any or after one file was put in its place."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", KILLED, str(data), at, str(times)], env=environment, check=False)
    assert done.returncode == 9
    if at == "fsync":
        assert content(data) == OLD
    finish(data)
    assert content(data) == (OLD | NEW if whole else OLD)
    assert not (data / STAGE).exists()
    finish(data)
    write_together(NEW, data)
    assert content(data) == OLD | NEW


def test_what_was_thrown_away_does_not_come_back(data: Path) -> None:
    (data / STAGE).mkdir()
    (data / STAGE / "c.csv").write_text("half")
    write_together(NEW, data)
    assert content(data) == OLD | NEW
    assert not (data / STAGE / WHOLE).exists()


def test_a_table_that_is_a_link_stays_one(data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    real = tmp_path_factory.mktemp("real") / "a.csv"
    (data / "a.csv").rename(real)
    (data / "a.csv").symlink_to(real)
    write_together(NEW, data)
    assert (data / "a.csv").is_symlink() and real.read_text() == NEW["a.csv"]


def test_new_rows_go_behind_the_last_row_that_they_do_not_come_before() -> None:
    old = [["S1"], ["S3"], ["S5"]]
    assert placed("sources", ["source_id"], old, [["S6"], ["S0"], ["S4"]]) == [
        ["S0"],
        ["S1"],
        ["S3"],
        ["S4"],
        ["S5"],
        ["S6"],
    ]


def test_rows_that_are_equal_in_order_lie_as_they_came_and_old_rows_never_move() -> None:
    header = ["observation_id", "flag"]
    old = [["O9", "doubtful"], ["O1", "doubtful"], ["O5", "part"], ["O4", "doubtful"]]
    new = [["O8", "doubtful"], ["O3", "doubtful"], ["O2", "branch"]]
    found = placed("flags", header, old, new)
    assert found == [new[2], *old, new[0], new[1]]
    assert [row for row in found if row in old] == old


def test_areas_without_a_code_come_last_among_the_observations() -> None:
    header = ["region_code", "region_name", "indicator", "year", "observation_id"]
    old = [["11", "Aceh", "x", "2024", "O1"], ["", "Toraja", "x", "2024", "O2"]]
    new = [["", "Solo", "x", "2024", "O3"], ["96", "Papua Barat Daya", "x", "2024", "O4"]]
    assert placed("observations", header, old, new) == [old[0], new[1], new[0], old[1]]
