"""What the site is made of: pages of hand and of the build put together, the table of contents, what changed since."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import yaml

from paritrana.build.site.contents import pages_in, table_of_contents
from paritrana.build.site.sources import assemble, hand_written, refuse_what_is_made
from paritrana.build.site.state import STATE, State, sizes, state_of, sums_of, why
from paritrana.faults import InvalidInput
from paritrana.parameters.page import province
from paritrana.plan import book as plan
from paritrana.results.manifest import SUMS
from tests.project import copy, paritrana

PROVINCES = [province("95")]
SPECS = plan.province_pages(PROVINCES[0])
CHAPTER = plan.chapter(PROVINCES[0])
NO_PLACE = 'a part with the caption "Metode dan data"'


def put(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def places(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_book_is_put_together_and_what_belongs_to_it_no_more_goes(tmp_path: Path) -> None:
    hand, book = tmp_path / "hand", tmp_path / "book"
    for name in ("index.md", "_static/a.css", "locale/en/book.po", ".DS_Store", "locale/en/old.mo"):
        put(hand / name)
    for name in (SPECS[1].path, SPECS[2].stub, f"{CHAPTER}/.index.new", "provinces/13-x/index.ipynb", "gone.md"):
        put(book / name, "page")
    put(book / "locale/en/book.mo", "compiled")
    put(book / "locale/fr/book.mo", "compiled")
    assemble(book, SPECS, {"_toc.yml": "contents"}, hand)
    assert places(book) == {
        "index.md", "_static", "_static/a.css", "locale", "locale/en", "locale/en/book.po", "locale/en/book.mo",
        "_toc.yml", "provinces", CHAPTER, SPECS[1].path, SPECS[2].stub,
    }  # fmt: skip
    assert set(hand_written(hand)) == {"index.md", "_static/a.css", "locale/en/book.po"}


def test_only_what_differs_is_written_and_a_page_takes_the_place_of_its_failure(tmp_path: Path) -> None:
    hand, book = tmp_path / "hand", tmp_path / "book"
    put(hand / "index.md")
    put(hand / "part")
    put(book / SPECS[1].path)
    put(book / SPECS[1].stub, "it failed")
    assemble(book, SPECS, {}, hand)
    assert not (book / SPECS[1].stub).exists()
    before = (book / "index.md").stat().st_mtime_ns
    (hand / "part").unlink()
    put(hand / "part" / "new.md", "new")
    assemble(book, SPECS, {}, hand)
    assert (book / "index.md").stat().st_mtime_ns == before
    assert (book / "part" / "new.md").read_text(encoding="utf-8") == "new"


def test_what_lies_in_the_place_of_a_generated_page_is_refused(tmp_path: Path) -> None:
    specs = plan.pages(*plan.book(["95"]))
    for name in ("national.md", "_static/lab/nation.js", "provinces/13-x/index.ipynb", "en/x.md", "index.md"):
        put(tmp_path / name)
    with pytest.raises(InvalidInput) as refused:
        refuse_what_is_made(specs, ["en"], tmp_path)
    assert [fault.file for fault in refused.value.faults] == [
        "book/_static/lab/nation.js",
        "book/en",
        "book/national.md",
        "book/provinces",
    ]
    refuse_what_is_made(specs, ["en"])


def toc(folder: Path, *captions: str) -> Path:
    parts = [{"caption": caption, "chapters": [{"file": f"page{at}"}]} for at, caption in enumerate(captions)]
    put(folder / "_toc.yml", yaml.safe_dump({"format": "jb-book", "root": "index", "parts": parts}))
    return folder


def test_provinces_come_after_method_and_data_and_a_caption_that_is_not_known_stays(tmp_path: Path) -> None:
    contents = table_of_contents(PROVINCES, "en", toc(tmp_path, "Metode dan data", "Lampiran", "Untuk pengembang"))
    assert [part["caption"] for part in contents["parts"]] == [
        "Method and data", "Province", "Lampiran", "For developers",
    ]  # fmt: skip
    assert list(pages_in(contents)) == ["index", "page0", *(spec.name for spec in SPECS), "page1", "page2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{format: jb-book, root: index, parts: [{chapters: [{file: a}]}]}",
            NO_PLACE,
        ),
        ("{format: jb-book, root: index, chapters: [{file: a}]}", NO_PLACE),
        ("{format: jb-book, root: index, parts: [{caption: Metode dan data}]}", "a table of contents was expected"),
        ("{format: jb-book, root: index, parts: 3}", "a table of contents was expected"),
        ("[]", "a mapping of keys to values was expected"),
    ],
)
def test_a_table_of_contents_without_a_place_for_the_provinces_is_one_sentence(
    text: str, expected: str, tmp_path: Path
) -> None:
    put(tmp_path / "_toc.yml", text)
    with pytest.raises(InvalidInput, match=expected) as refused:
        table_of_contents(PROVINCES, "id", tmp_path)
    assert len(refused.value.faults) == 1


def test_a_renamed_part_stops_the_build_before_anything_runs(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    path = folder / "book" / "_toc.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Metode dan data", "Cara"), encoding="utf-8")
    done = paritrana(folder, "build", "-p", "95")
    assert (done.returncode, done.stderr) == (
        1,
        'book/_toc.yml: a part with the caption "Metode dan data" was expected: the provinces come after it.\n',
    )
    assert not (folder / "_build").exists()


def test_a_site_is_made_anew_for_what_differs_and_for_nothing_else(tmp_path: Path) -> None:
    site = put(tmp_path / "index.html", "page").parent
    put(site / SUMS, "of this edition")
    made = State({"lock": "a"}, {"x": "1", "y": "1"}, "script", {"in": "1"}, sizes(site), sums_of(site))
    now = replace(made, files={}, sums="")
    assert why(made, now, site) == []
    assert why(None, now, site) == ["there is no finished site yet"]
    assert why(made, replace(now, pages={"x": "2", "y": "1"}), site) == ["x"]
    assert why(made, replace(now, pages={"x": "2"}), site) == ["2 pages"]
    assert why(made, replace(now, frame={"lock": "b"}, pages={}), site) == ["lock"]
    assert why(made, replace(now, inputs={}), site) == ["the manifest"]
    assert why(made, replace(now, lab="another script"), site) == ["the weight lab"]
    put(site / SUMS, "of that edition")  # which has as many bytes
    assert sizes(site) == made.files
    assert why(made, now, site) == ["the site is not as it was made"]


@pytest.mark.parametrize("text", [None, "", "{}", '{"frame": {}, "pages": {}, "inputs": {}, "more": {}}'])
def test_a_state_that_cannot_be_read_is_none(text: str | None, tmp_path: Path) -> None:
    state = State({"lock": "a"}, {}, "script", {}, {"index.html": 4}, "b")
    put(tmp_path / STATE, json.dumps(asdict(state)))
    assert state_of(tmp_path) == state
    (tmp_path / STATE).unlink()
    if text is not None:
        put(tmp_path / STATE, text)
    assert state_of(tmp_path) is None
