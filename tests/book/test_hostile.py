"""A book of texts that would be markup, built for real and opened in Chromium: it is the small book in other words.

Validation would refuse the line breaks in them; here its memory of a sound input is forged, so that what stands behind
it is tried as well.
"""

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from paritrana.presentation.html import one_line
from paritrana.record.notes import TEXTS
from tests.browser import open_page
from tests.hostile import MARK, MARKUP, texts
from tests.listening import listening
from tests.project import copy, paritrana
from tests.small_book import Book

SECRET = "the-content-of-a-file-outside"
FORGE = "from paritrana.build import make; make.VALID.write_text(make.state_of_input())"
# Every element of a page by its name, its classes and the names of its attributes.
SHAPE = """() => [...document.querySelectorAll("*")].map((e) => e.localName + " " +
  [...e.attributes].map((a) => a.name + (a.name === "class" ? "=" + a.value : "")).sort().join(" "))
  .map((said) => said.replace(/ wide| end/g, ""))"""  # a table of longer texts is wider


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine, and what it was asked for."""
    with listening(MARK) as server:
        yield server


def free_texts(resource: dict[str, Any]) -> set[str]:
    """The columns of a table that hold whatever somebody wrote."""
    # The other columns tell which cell or which note is meant, and what stands in it.
    if resource["name"] in ("corrections", "notes"):
        return {"reason"} if resource["name"] == "corrections" else {"indonesian"}
    schema = resource["schema"]
    keys = {name for key in schema.get("foreignKeys", []) for name in key["fields"]} | {*schema.get("primaryKey", [])}
    fields = [field for field in schema["fields"] if field["type"] == "string" and field["name"] not in keys]
    return {field["name"] for field in fields if not {"enum", "pattern"} & field.get("constraints", {}).keys()}


def make_hostile(folder: Path, pieces: Iterator[str]) -> None:
    """Put hostile text behind every free text of the tables, and into every title of the rubrics and scenarios."""
    resources = json.loads((folder / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    with (folder / "data" / "corrections.csv").open(encoding="utf-8", newline="") as file:
        corrections = [(row["table"], row["key"]) for row in csv.DictReader(file)]
    corrected = {table: {key for name, key in corrections if name == table} for table, _ in corrections}
    said: dict[str, str] = {}  # a text that has its Indonesian -> what it becomes, the same wherever it stands
    tables = sorted((found for found in resources if "schema" in found), key=lambda one: str(one["name"]) == "notes")
    for resource in tables:
        path = folder / "data" / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        places = [header.index(name) for name in free_texts(resource)]
        keys = corrected.get(resource["name"], ())
        named = [row for row in rows if any(set(key.split("|")) <= set(row) for key in keys)]
        kept = {cell for row in named for cell in row}  # what is the same elsewhere stays the same
        for row in rows:
            if row in named:
                continue  # a correction names the row by its texts, and what stands in it
            for at in places:
                if row[at] in kept and header[at] in TEXTS.get(resource["name"], ()):
                    continue
                if header[at] not in TEXTS.get(resource["name"], ()):
                    row[at] = f"{row[at] or 'x'} {next(pieces)}"
                elif row[at]:
                    row[at] = said.setdefault(row[at], f"{row[at]} {next(pieces)}")
        if resource["name"] == "notes":
            rows += [[said[note], indonesian] for note, indonesian in rows if note in said]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    for path in [*(folder / "params" / "rubrics").glob("*.yml"), *(folder / "params" / "scenarios").glob("*.yml")]:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for titled in [content, *content.get("criteria", [])]:
            titled["title"] = {language: f"{title} {next(pieces)}" for language, title in titled["title"].items()}
        # Nobody can read a rubric with a line break in a title; all else in them can be tried.
        text = yaml.safe_dump(on_one_line(content), allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")


def on_one_line(content: object) -> object:
    if isinstance(content, dict):
        return {key: on_one_line(value) for key, value in content.items()}
    if isinstance(content, list):
        return [on_one_line(value) for value in content]
    return one_line(content) if isinstance(content, str) else content


@pytest.fixture(scope="module")
def hostile_book(tmp_path_factory: pytest.TempPathFactory, asked: tuple[str, list[str]]) -> Book:
    """The small book of hostile texts."""
    root = tmp_path_factory.mktemp("hostile")
    outside = root / "outside.txt"
    outside.write_text(f"# {SECRET}\n\n<script>document.title = '{MARK}'</script>\n", encoding="utf-8")
    (root / "project").mkdir()
    folder = copy(root / "project")
    # NUL is the one character with which a table would not be read at all.
    make_hostile(folder, cycle([text.replace("\x00", "\x01") for text in texts(str(outside), asked[0])]))
    (folder / "_build").mkdir()
    subprocess.run([sys.executable, "-c", FORGE], cwd=folder, check=True)
    done = paritrana(folder, "build", "--province", "13", "--province", "95")
    assert (done.returncode, "0 failed, 0 warnings" in done.stderr) == (0, True), done.stdout + done.stderr
    return Book(folder, done.stderr)


def names_of_pages(book: Book) -> list[str]:
    pages = [path.relative_to(book.site) for path in book.site.rglob("*.html") if "_static" not in path.parts]
    return sorted(page.with_suffix("").as_posix() for page in pages)


def shape(page: Page) -> Counter[str]:
    """The elements of a page; of the weight lab's when it has computed what it shows at first."""
    if page.locator("paritrana-lab").count():
        page.locator(".lab-ranking tbody td:nth-child(5):has-text('%')").first.wait_for()
        expect(page.locator("paritrana-lab progress")).to_be_hidden(timeout=30_000)
    return Counter(page.evaluate(SHAPE))


def test_validation_refuses_all_of_it(hostile_book: Book) -> None:
    done = paritrana(hostile_book.folder, "validate")
    assert done.returncode != 0
    tables = {path.name for path in (hostile_book.folder / "data").glob("*.csv")}
    found = {line.split(",")[0].removeprefix("data/") for line in done.stdout.splitlines() if "one line" in line}
    assert tables <= found


def test_no_text_becomes_an_element_runs_or_asks_for_anything(
    hostile_book: Book, book: Book, browser: Browser, asked: tuple[str, list[str]]
) -> None:
    pages = names_of_pages(book)
    assert names_of_pages(hostile_book) == pages
    for name in pages:
        with open_page(browser, book.url(name)) as (page, _):
            expected = shape(page)
        with open_page(browser, hostile_book.url(name)) as (page, faults):
            found = shape(page)
            assert faults == [], name
            assert page.title() != MARK
        assert (name, found - expected, expected - found) == (name, Counter(), Counter())
    assert asked[1] == []


def test_no_file_from_outside_is_in_the_site(hostile_book: Book) -> None:
    files = [path for path in hostile_book.site.rglob("*") if path.is_file()]
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


def test_a_hostile_title_is_text_among_the_results_of_a_search(hostile_book: Book, browser: Browser) -> None:
    title = " ".join(MARKUP[0].split())
    url = f"{hostile_book.url('search')}?q={quote('papua pegunungan')}"
    with open_page(browser, url) as (page, faults):
        results = page.locator("#search-results li a")
        expect(results.first).to_be_visible()
        assert page.locator("#search-results li a *").count() == 0, title
        assert faults == []
