"""A panel's workbook in the weight lab: the scores, ranks and faults are those of `paritrana import`."""

import base64
import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from paritrana import paths
from paritrana.analysis.judging import judge
from paritrana.panel import browser as layout_script
from paritrana.panel.layout import FIRST
from tests.browser import open_page, sideways, violations
from tests.factories import REAL
from tests.lab.test_file import DEV, READ
from tests.panel import workbooks
from tests.panel.workbooks import BLANK, FILE, Book, read

EXAMPLE = paths.ROOT / "examples" / "panel" / "panel-desa.xlsx"
HINT = re.compile(
    r' \((?:maksudnya "|[^()]* berkode )[^()]*\)(?=\.?$)'
)  # what a word may have meant: not guessed at here
INDICATOR = "dihitung dari catatan publik, yang hanya dapat dilakukan paritrana import"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with open_page(browser, DEV.as_uri()) as (opened, faults):
        yield opened
        assert faults == []


def example() -> Book:
    return Book(EXAMPLE.read_bytes())


def shown(page: Page, path: Path) -> Any:
    """What the lab makes of a workbook."""
    return page.evaluate(READ, [path.name, base64.b64encode(path.read_bytes()).decode()])


def compare(found: Any, path: Path) -> None:
    """Scores to the millionth, totals, ranks and their ranges, with those of the report."""
    judging = judge(read(path), REAL, draws=100, seed=1)
    result = judging.result
    assert tuple(found["names"]) == result.table.alternatives
    assert found["rank"] == result.rank.tolist()
    assert np.abs(np.array(found["middle"]) - judging.points).max() < 1e-9
    for low, high, place, rank in zip(found["best"], found["worst"], found["rank"], result.rank, strict=True):
        assert low <= place == rank <= high


def test_the_layout_is_what_the_library_writes_today() -> None:
    text = layout_script.SCRIPT.read_text(encoding="utf-8")
    assert text == layout_script.script(), "write it again: python -m paritrana.panel.browser"


def test_the_example_has_the_scores_and_ranks_of_its_report(page: Page) -> None:
    compare(shown(page, EXAMPLE), EXAMPLE)


@pytest.mark.parametrize("seed", range(4))
def test_workbooks_with_gaps_are_ranked_as_in_their_reports(page: Page, tmp_path: Path, seed: int) -> None:
    """Cells without a figure, jurors who give no points, candidates who are not ranked, other goalposts and weights."""
    chance, book = random.Random(seed), example()
    for tab, share in (("Angka", 0.3), ("Nilai", 0.4)):
        for row in book.tab(tab).iter_rows(min_row=FIRST, min_col=3 if tab == "Angka" else 4):
            for cell in row:
                if isinstance(cell.value, int | float) and chance.random() < share:
                    cell.value = None
    for row in range(FIRST, FIRST + 6):
        low = chance.randint(0, 40)
        ends = [low, low + chance.choice([10, 33, 60])]
        book.put("Kriteria", row, weight=chance.randint(0, 50), zero=ends[0], full=ends[1])
    for row in (9, 10):  # points of jurors lie between the goalposts of their criterion
        book.put("Kriteria", row, weight=7, zero=chance.choice([0, 100]), full=50 if seed % 2 else 101)
    for row in book.tab("Nilai").iter_rows(min_row=FIRST, min_col=4):
        for cell in row:
            if isinstance(cell.value, int | float):
                cell.value = chance.choice([50, 66.5, 77, 100]) if not seed % 2 else 50
    book.put("Kriteria", 9, zero=0, full=100)
    book.put("Kriteria", 10, zero=100, full=0)
    book.put("Peserta", FIRST + seed, ranked="tidak")
    path = book.saved(tmp_path)
    found = shown(page, path)
    assert "faults" not in found, found
    assert any(low < high for low, high in zip(found["best"], found["worst"], strict=True))
    compare(found, path)


def put(tab: str, row: int, /, **values: object) -> Callable[[Book], None]:
    return lambda book: book.put(tab, row, **values)


def cell(tab: str, place: str, value: object) -> Callable[[Book], None]:
    return lambda book: book.tab(tab).__setitem__(place, value)


def several(*edits: Callable[[Book], None]) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        for one in edits:
            one(book)

    return edit


def days(book: Book) -> None:
    place = book.cell("Sampul", FIRST, "date")
    place.value, place.number_format = 45961, "General"


def emptied(book: Book) -> None:
    for tab, first in (("Angka", 3), ("Nilai", 4)):
        for row in book.tab(tab).iter_rows(min_row=FIRST, min_col=first):
            for one in row:
                one.value = None


MISTAKES: dict[str, Callable[[Book], None]] = {
    "texts where numbers stand": several(
        put("Angka", 5, coverage="12.345"), put("Angka", 6, coverage="12,5"), put("Angka", 7, coverage="banyak")
    ),
    "a formula": put("Angka", 8, staff="=1+1"),
    "a formula that is a text": put("Angka", 8, note="@SUM(1)"),
    "an error": put("Angka", 8, staff="#DIV/0!"),
    "points beyond the goalposts": put("Nilai", 7, innovation=101, interview=-1),
    "a code that became a number": put("Peserta", 6, code=3.5),
    "a code with other signs": put("Juri", 6, juror="J 2"),
    "another name": put("Angka", 9, name="Desa Lain"),
    "an unknown candidate and juror": put("Nilai", 9, juror="J9", code="77"),
    "a choice that is none": put("Peserta", 7, ranked="mungkin"),
    "a category that is none": put("Sampul", 5, category="kota besar"),
    "a date that is none": put("Sampul", 5, date="31/10/2025"),
    "a number of days": days,
    "a year out of range": put("Sampul", 5, year=1999),
    "a year that is not whole": put("Sampul", 5, year=2025.5),
    "a weight that is not whole": put("Kriteria", 5, weight=1.5),
    "goalposts that are the same": put("Kriteria", 6, zero=5, full=5),
    "a criterion with a column's code": put("Kriteria", 6, id="note"),
    "a criterion without a column": put("Kriteria", 6, id="other"),
    "no weight at all": several(*(put("Kriteria", row, weight=0) for row in range(5, 11))),
    "a required cell is empty": put("Kriteria", 7, title=None),
    "an address that is none": put("Dokumen", 5, url="javascript:alert(1)"),
    "a document that is not there": put("Angka", 5, document="D7"),
    "a candidate stands twice": put("Peserta", 6, code="1"),
    "a text of many lines": put("Peserta", 6, note="a\nb"),
    "a text without end": put("Peserta", 6, note="a" * 501),
    "a juror's row is deleted": lambda book: book.tab("Nilai").delete_rows(8),
    "a candidate's row is deleted": lambda book: book.tab("Angka").delete_rows(8),
    "cells are merged": lambda book: book.tab("Angka").merge_cells("C6:C7"),
    "a sheet is deleted": lambda book: book.book.remove(book.tab("Dokumen")),
    "the criteria are deleted": lambda book: book.book.remove(book.tab("Kriteria")),
    "a sheet has another name": lambda book: setattr(book.tab("Angka"), "title", "Sheet2"),
    "a sheet is added": lambda book: book.book.create_sheet("Hitungan").append(["jumlah", 5]),
    "a sheet is hidden": lambda book: setattr(book.tab("Nilai"), "sheet_state", "hidden"),
    "a column is added": cell("Angka", "J1", "activ"),
    "a column is deleted": lambda book: book.tab("Juri").delete_cols(3),
    "a column stands twice": cell("Juri", "D1", "role"),
    "a remark beside the table": cell("Angka", "T6", "cek lagi"),
    "a row below all that are read": cell("Angka", "A2001", "x"),
    "nothing is filled in": emptied,
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_gets_the_sentences_of_the_command(page: Page, tmp_path: Path, name: str) -> None:
    book = example()
    MISTAKES[name](book)
    path = book.saved(tmp_path)
    told = workbooks.faults(path)
    assert told
    found = shown(page, path)["faults"]
    assert sorted(f"{one}." for one in found) == sorted(HINT.sub("", one.removesuffix(".")) + "." for one in told)


def test_what_is_reckoned_from_the_record_is_left_to_the_command(page: Page, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(BLANK)
    found = [one for one in shown(page, path)["faults"] if INDICATOR in one]
    assert len(found) == 5 and found[0].startswith(f"{FILE}, Kriteria!D5: ")


def test_sheets_that_were_saved_as_csv_are_the_same_workbook(page: Page, browser: Browser) -> None:
    book = load_workbook(EXAMPLE)
    payloads: list[Any] = []
    for tab in book.worksheets[1:]:
        out = io.StringIO()
        rows = ([_typed(value) for value in row] for row in tab.iter_rows(values_only=True))
        csv.writer(out, delimiter=";").writerows(rows)
        payloads.append({"name": f"{tab.title}.csv", "mimeType": "", "buffer": out.getvalue().encode("cp1252")})
    with open_page(browser, DEV.as_uri()) as (opened, faults):
        opened.set_input_files("#lab-file-input", payloads[:-3])
        assert 'lembar "Dokumen" tidak ada' in opened.locator(".lab-faults").inner_text()
        opened.set_input_files("#lab-file-input", payloads)
        expect(opened.locator(".lab-faults")).to_be_hidden()
        expect(opened.locator(".lab-mark")).to_be_visible()
        scores = opened.locator(".lab-score").all_inner_texts()
        assert scores == sorted(scores, reverse=True) and len(scores) == 20
        middle = sorted(shown(page, EXAMPLE)["middle"], reverse=True)
        assert [float(text.replace(",", ".")) for text in scores] == pytest.approx(middle, abs=0.0501)
        opened.set_input_files("#lab-file-input", [*payloads[:2], str(EXAMPLE)][:2])
        expect(opened.locator(".lab-faults")).to_be_visible()
        assert faults == []


def _typed(value: object) -> object:
    """A cell as a person of Indonesia types it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).replace(".", ",") if isinstance(value, float) else value


@pytest.mark.parametrize("width", [390, 1280])
def test_the_workbook_is_shown_with_points_of_jurors_and_where_they_stand(browser: Browser, width: int) -> None:
    with open_page(browser, DEV.as_uri(), width) as (page, faults):
        page.set_input_files("#lab-file-input", str(EXAMPLE))
        expect(page.locator(".lab-mark")).to_be_focused()
        assert "bertanda rahasia" in page.locator(".lab-mark").inner_text()
        assert "tahun penilaian 2025" in page.locator(".lab-ranking caption").inner_text()
        page.locator(".lab-name").first.click()
        detail = page.locator(".lab-detail").inner_text()
        assert re.search(r"rata-rata dari 3 juri: \d+–\d+", detail) and re.search(r"Nilai!D\d+, Nilai!D\d+", detail)
        assert re.search(r"Angka!C\d+", detail)
        page.locator(".lab-ranking tbody td:nth-child(5):has-text('%')").first.wait_for()
        assert violations(page) == [] and sideways(page) == 0
        assert faults == []
