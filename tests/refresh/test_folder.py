"""Files that a person downloaded take the place of answers, each known by its name."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from paritrana.faults import InvalidInput
from paritrana.refresh.cache import Answer
from paritrana.refresh.folder import answers_in

ENDS = (".xls", ".xml")


def answers(folder: Path) -> dict[str, Answer]:
    return answers_in(folder, ENDS, "a number", str.isdecimal)


def sentences(folder: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        answers(folder)
    return [str(fault).replace(f"{folder.parent}/", "") for fault in caught.value.faults]


def test_files_are_answers_of_the_day_on_which_they_were_saved(tmp_path: Path) -> None:
    path = tmp_path / "12.XLS"
    path.write_bytes(b"said")
    os.utime(path, (0, datetime(2026, 3, 4, 12).timestamp()))
    (tmp_path / ".DS_Store").write_bytes(b"")
    assert answers(tmp_path) == {"12": Answer(str(path), b"said", date(2026, 3, 4))}


def test_every_file_at_fault_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "F"
    folder.mkdir()
    for name in ("1.xls", "1.xml", "2.pdf", "three.xls"):
        (folder / name).write_bytes(b"")
    (folder / "4.xls").mkdir()
    assert sentences(folder) == [
        "F/1.xml: expected one file of this name, but F/1.xls has it, too.",
        "F/2.pdf: expected a file whose name is a number.",
        "F/4.xls: expected a file that can be read (Is a directory).",
        "F/three.xls: expected a file whose name is a number.",
    ]


def test_a_folder_without_files_and_no_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "F").mkdir()
    assert sentences(tmp_path / "F") == ["F: expected files whose name is a number; there is none."]
    assert sentences(tmp_path / "G") == [
        "G: expected a folder with files that were downloaded (No such file or directory)."
    ]
