"""The lab without the book: `lab/dev.html` as who changes its scripts opens it."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from paritrana import paths
from paritrana.lab import NATION, as_script
from paritrana.lab.fixture import FIXTURE, fixture
from paritrana.parameters import page as parameters
from paritrana.plan.book import LAB_DATA, LAB_PROVINCES
from paritrana.record.example import read_example
from tests.browser import open_page
from tests.lab import parity as lab

MOST_BYTES = 30_000
BOOK = Path("_build") / "html"  # where a book lies that was built
DATA, PROVINCES = BOOK / LAB_DATA, BOOK / LAB_PROVINCES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The lab and the book's own style, and no book that was built."""
    shutil.copytree(paths.LAB, tmp_path / "lab", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(paths.BOOK / "_static", tmp_path / "book" / "_static", ignore=shutil.ignore_patterns("lab"))
    return tmp_path


def test_the_fixture_is_what_the_library_writes_today() -> None:
    text = fixture(lab.data(), parameters.national())
    assert text == FIXTURE.read_text(encoding="utf-8"), "write it again: make texts, or python -m paritrana.lab"
    assert len(text.encode()) < MOST_BYTES


def test_the_page_shows_the_fictional_province_from_a_file_without_any_build(browser: Browser, folder: Path) -> None:
    with open_page(browser, (folder / "lab" / "dev.html").as_uri()) as (page, faults):
        expect(page.locator(".lab-name")).to_have_count(len(read_example().names))
        assert set(page.locator(".lab-name").all_inner_texts()) == set(read_example().names)
        page.locator(".lab-ranking tbody td:nth-child(5):has-text('%')").first.wait_for()  # out of the Worker
        page.get_by_role("button", name="Cari perubahan terkecil").click()
        page.locator(".lab-answer").get_by_text(".").first.wait_for()
        assert not page.get_by_text("tanpa angka tahun itu").first.is_visible()  # the theme's rule for what is hidden
        assert faults == []


def test_the_page_shows_the_whole_nation_where_a_book_was_built(browser: Browser, folder: Path) -> None:
    (folder / DATA).parent.mkdir(parents=True)
    (folder / DATA).write_text(as_script(NATION, lab.data()), encoding="utf-8")
    with open_page(browser, (folder / "lab" / "dev.html").as_uri() + "?nation") as (page, faults):
        page.select_option("#lab-province", "ID")
        expect(page.get_by_text("514").first).to_be_visible()
        assert faults == []


def test_the_page_loads_what_is_modelled_of_a_province_from_the_book(browser: Browser, folder: Path) -> None:
    (folder / DATA).parent.mkdir(parents=True)
    (folder / DATA).write_text(as_script(NATION, lab.data() | {"scripts": {"13": "a"}}), encoding="utf-8")
    (folder / PROVINCES).mkdir()
    (folder / PROVINCES / "13.js").write_text(lab.script("13"), encoding="utf-8")
    with open_page(browser, (folder / "lab" / "dev.html").as_uri() + "?nation") as (page, faults):
        page.select_option("#lab-province", "13")
        page.get_by_text("ditarik bersama: satu dari").wait_for()
        assert page.locator(".lab-note:visible").count() == 0
        assert faults == []


def test_an_edited_script_is_what_the_page_runs(browser: Browser, folder: Path) -> None:
    script = folder / "lab" / "view" / "ranking.js"
    with script.open("a", encoding="utf-8") as file:
        file.write("\nglobalThis.edited = true;\n")
    with open_page(browser, (folder / "lab" / "dev.html").as_uri()) as (page, _):
        assert page.evaluate("() => globalThis.edited")


def test_a_region_whose_figures_are_doubted_says_so_as_the_pages_do(browser: Browser, folder: Path) -> None:
    """Kutai Timur leads its province on shares of more than the whole; of the fictional one nothing is doubted."""
    (folder / DATA).parent.mkdir(parents=True)
    (folder / DATA).write_text(as_script(NATION, lab.data()), encoding="utf-8")
    with open_page(browser, (folder / "lab" / "dev.html").as_uri() + "?nation#p=64") as (page, faults):
        row = page.locator(".lab-ranking tbody tr").filter(has_text="Kutai Timur")
        shown = row.locator("th .badge-doubtful").all_inner_texts()
        assert "di atas 100 %" in [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown]
        strip = page.locator(".lab-podium li").filter(has_text="Kutai Timur")
        assert strip.locator(".badge-doubtful").count() == len(shown)
        row.get_by_role("button").click()
        assert page.locator(".lab-detail .badge-doubtful").count() >= len(shown)
        page.select_option("#lab-province", "99")
        assert page.locator(".badge-doubtful").count() == 0
        assert faults == []
