"""A page runs where it is not as it was made, or was made from something else; its stamp says from what."""

from pathlib import Path

import nbformat
import pytest

from paritrana.analysis.inputs import Inputs
from paritrana.plan import book as plan
from paritrana.plan import inputs, stamps
from paritrana.plan.edition import Edition
from paritrana.plan.stale import decide

SPEC = plan.province_pages(plan.book(["95"])[1][0])[2]
FILES = {
    "x.ipynb": nbformat.writes(nbformat.v4.new_notebook()),
    "x.md": "# Judul\n\n" + stamps.UNKNOWN,
    "x.js": "const x = 1;",
    "x.json": '{"x": 1}',
}


def write(folder: Path, made_from: Inputs) -> Path:
    """A page as a build leaves it in the folder of an edition."""
    path = folder / "book" / SPEC.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(stamps.stamped(SPEC.path, FILES["x.ipynb"], made_from), encoding="utf-8")
    return path


def why(folder: Path) -> tuple[str, ...]:
    return decide([SPEC], Edition(str(folder)))[0].why


def test_a_page_runs_in_the_edition_that_lacks_it_and_in_no_other(tmp_path: Path) -> None:
    write(tmp_path / "one", inputs.of_pages([SPEC])[SPEC.name])
    assert why(tmp_path / "one") == ()
    assert why(tmp_path / "other") == ("there is no such page yet",)


def test_a_page_runs_for_what_it_was_made_from_otherwise(tmp_path: Path) -> None:
    now = inputs.of_pages([SPEC])[SPEC.name]
    write(tmp_path, {**now, "lock": "another", "rows of tables that are gone": "x"})
    assert why(tmp_path) == ("lock", "rows of tables that are gone")


def test_a_page_that_was_edited_or_is_no_notebook_runs(tmp_path: Path) -> None:
    path = write(tmp_path, inputs.of_pages([SPEC])[SPEC.name])
    text = path.read_text(encoding="utf-8")
    for damaged in (text.replace('"cells": []', '"cells": [ ]'), text[:-20], "", "[]"):
        assert damaged != text
        path.write_text(damaged, encoding="utf-8")
        assert why(tmp_path) == ("the page is not as it was made",)


@pytest.mark.parametrize("name", FILES)
def test_a_stamp_is_read_back_from_every_kind_of_file_until_one_character_changes(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    text = stamps.stamped(name, FILES[name], {"b": "2", "a": "1"})
    path.write_text(text, encoding="utf-8")
    assert stamps.inputs_of(path) == {"a": "1", "b": "2"}
    for damaged in (text.replace('"a": "1"', '"a": "3"'), text[1:], FILES[name]):
        assert damaged != text
        path.write_text(damaged, encoding="utf-8")
        assert stamps.inputs_of(path) is None
    path.unlink()
    assert stamps.inputs_of(path) is None


def test_of_a_provinces_pages_only_the_first_runs_again_for_another_border() -> None:
    made = inputs.of_pages(plan.province_pages(plan.book(["95"])[1][0]))
    assert [name.rsplit("/", 1)[-1] for name, read in made.items() if "data/regencies.geojson" in read] == ["index"]
