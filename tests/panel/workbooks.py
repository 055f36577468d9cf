"""The workbook of a panel as a secretary hands it in: the template of a province, filled in."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from paritrana.faults import InvalidInput
from paritrana.panel.layout import FIRST, KEYS
from paritrana.panel.overlay import read_panel
from paritrana.panel.panel import Panel
from paritrana.panel.template import template, wanted
from paritrana.panel.writing import workbook
from paritrana.presentation.language import Text
from tests.factories import REAL

PROVINCE, YEAR, JURORS = "34", 2025, 3  # five kabupaten/kota
FILE = "panel.xlsx"
ID = Text("id")
# participants, a year before, vulnerable workers, budget in rupiah, non-ASN in percent
GIVEN: dict[str, tuple[float, float, float, float, float]] = {
    "34.01": (61000, 52000, 9000, 1_500_000_000, 88.5),
    "34.02": (150000, 131000, 21000, 3_400_000_000, 97),
    "34.03": (72000, 60000, 12500, 2_000_000_000, 76.25),
    "34.04": (260000, 233000, 30000, 5_100_000_000, 100),
    "34.71": (118000, 110000, 4000, 700_000_000, 92),
}
COLUMNS = (
    "active_participants",
    "active_participants_before",
    "vulnerable_protected",
    "vulnerable_budget",
    "non_asn_coverage",
)
POINTS = {"J1": (81, 72, 66, 90, 77), "J2": (78, 80, 60, 88, 70), "J3": (85, 70.5, 71, 84, 79)}


class Book:
    """A workbook at hand: cells by the key of their column and a value that stands in the row."""

    def __init__(self, made: bytes) -> None:
        self.book: Any = load_workbook(BytesIO(made))

    def tab(self, title: str) -> Any:
        return self.book[title]

    def column(self, title: str, key: str) -> int:
        return next(cell.column for cell in self.tab(title)[KEYS] if cell.value == key)

    def cell(self, title: str, row: int | tuple[str, ...], key: str) -> Any:
        """A cell by its row, or by values that the row has."""
        tab = self.tab(title)
        if isinstance(row, tuple):
            held = ({str(cell.value) for cell in cells} for cells in tab.iter_rows(min_row=FIRST))
            row = next(at for at, found in enumerate(held, start=FIRST) if set(row) <= found)
        return tab.cell(row, self.column(title, key))

    def put(self, tab: str, row: int | tuple[str, ...], /, **values: object) -> None:
        for key, value in values.items():
            self.cell(tab, row, key).value = value

    def saved(self, folder: Path, name: str = FILE) -> Path:
        self.book.save(folder / name)
        return folder / name


def blank() -> bytes:
    """The template of the province."""
    sheets, rows = template(ID, wanted(PROVINCE, YEAR, "kabupaten_kota", None, JURORS, None), REAL)
    return workbook(ID, sheets, rows)


BLANK = blank()


def filled() -> Book:
    """The template with every cell filled in that can be."""
    book = Book(BLANK)
    book.put("Sampul", FIRST, organiser="Tim Sembilan", date="2025-10-31")
    for code, given in GIVEN.items():
        book.put("Angka", (code,), **dict(zip(COLUMNS, given, strict=True)), document="D1")
    for juror, points in POINTS.items():
        for code, point in zip(GIVEN, points, strict=True):
            book.put("Nilai", (juror, code), speaker=point, material=point - 5)
    book.put(
        "Dokumen",
        FIRST,
        id="D1",
        title="Laporan BPJS Ketenagakerjaan",
        publisher="BPJS",
        url="https://bpjs.example.go.id/a",
    )
    book.put(
        "Regulasi", FIRST, code="34.02", kind="Perda", number="3", year=2023, subject="Jaminan sosial", document="D1"
    )
    return book


def read(path: Path) -> Panel:
    return read_panel(path, ID, REAL)


def faults(path: Path) -> list[str]:
    """What is said of a file, without the folder it lies in."""
    try:
        read(path)
    except InvalidInput as error:
        return [str(fault).removeprefix(f"{path.parent}/") for fault in error.faults]
    return []


def after(edit: Callable[[Book], None], folder: Path) -> list[str]:
    """What is said of the filled workbook after a mistake."""
    book = filled()
    edit(book)
    return faults(book.saved(folder))
