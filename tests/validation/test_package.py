"""The description of the data says nothing that the build does not heed, and what it says is certain."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paritrana import paths
from paritrana.validation.package import read_package

Change = Callable[[dict[str, Any]], object]
CHANGES: dict[str, tuple[Change, str]] = {
    "encoding": (lambda one: one.update(encoding="latin-1"), "utf-8 as the encoding of provinces, not latin-1."),
    "no encoding": (lambda one: one.update(encoding="klingon"), "expected utf-8 as the encoding of provinces"),
    "delimiter": (lambda one: one.update(dialect={"delimiter": ";"}), "a comma as the delimiter of provinces, not ;."),
    "name": (lambda one: one.update(name="My Table"), "a name of small letters, digits and . _ -, in the resource My"),
    "pattern": (
        lambda one: one["schema"]["fields"][0].update(constraints={"pattern": "(a+)+$"}),
        "expected a pattern of provinces.kemendagri_code without a repetition inside of another",
    ),
}  # fmt: skip


def said(folder: Path, content: bytes) -> list[str]:
    shutil.copytree(paths.DATA, folder / "data", ignore=shutil.ignore_patterns("cases", "forecasts"))
    (folder / "data" / "datapackage.json").write_bytes(content)
    return [str(fault) for fault in read_package(folder / "data")[1]]


@pytest.mark.parametrize("name", CHANGES)
def test_what_the_build_would_not_heed_is_one_sentence(tmp_path: Path, name: str) -> None:
    change, expected = CHANGES[name]
    package = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    change(package["resources"][0])
    (sentence,) = said(tmp_path, json.dumps(package).encode())
    assert expected in sentence


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[" * 100_000, "expected JSON, not values nested hundreds of times"),
        (b'{"name": "a", "name": "b"}', 'each key of an object once, but "name" stands twice'),
        (b'{"name": NaN}', "expected JSON, which has no NaN"),
        (b"\xff\xfe{", "expected text in UTF-8, but byte 1 is not"),
    ],
)
def test_json_that_says_nothing_certain_is_one_sentence(tmp_path: Path, content: bytes, expected: str) -> None:
    (sentence,) = said(tmp_path, content)
    assert expected in sentence


def test_what_a_desktop_or_an_editor_leaves_is_no_table(tmp_path: Path) -> None:
    shutil.copytree(paths.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("cases", "forecasts"))
    for name in ("._awards.csv", ".#awards.csv", "~$awards.csv"):
        (tmp_path / "data" / name).write_bytes(b"\0")
    assert read_package(tmp_path / "data")[1] == []
