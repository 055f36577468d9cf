"""A file is written whole or not at all, and not touched where it already says the same."""

import os
from pathlib import Path

import pytest

from paritrana.files import visible, write_whole


def test_text_and_bytes_are_written_and_the_folder_is_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "text", "é\n")
    write_whole(tmp_path / "a" / "bytes", b"\x00\xff")
    assert (tmp_path / "a" / "b" / "text").read_bytes() == b"\xc3\xa9\n"
    assert (tmp_path / "a" / "bytes").read_bytes() == b"\x00\xff"


def test_a_file_that_says_the_same_is_not_touched_and_another_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_text("old", encoding="utf-8")
    os.utime(path, (0, 0))
    write_whole(path, "old")
    assert path.stat().st_mtime == 0
    write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert path.stat().st_mtime > 0


def test_where_writing_fails_the_old_stays_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()  # no file can take the place of a folder
    with pytest.raises(OSError, match="page"):
        write_whole(tmp_path / "page", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


def test_what_editors_and_desktops_leave_beside_files_is_not_seen(tmp_path: Path) -> None:
    for name in (
        "b.yml",
        "a.yml",
        ".#a.yml",
        "._a.yml",
        ".a.yml.swp",
        "a.yml~",
        "~$a.yml",
        "Thumbs.db",
        ".hidden/c.yml",
    ):
        write_whole(tmp_path / name, "x")
    assert visible(tmp_path, "**/*") == visible(tmp_path, "*.yml") == [tmp_path / "a.yml", tmp_path / "b.yml"]
