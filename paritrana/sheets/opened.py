"""A table by what it is: text or a workbook, from a file or from standard input, as rows of raw cells."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

from paritrana.faults import nearest, relative
from paritrana.presentation.language import Text
from paritrana.sheets.grids import Grid, Most, Raw, refused
from paritrana.sheets.texts import Unreadable, decoded, rows_of

MOST_BYTES = 64 * 2**20
MOST = Most(rows=20_000, columns=400)
OLD = b"\xd0\xcf\x11\xe0"  # of .xls, and of a workbook with a password
Row = tuple[int, list[Raw | None]]  # the number of a row with its cells


@dataclass(frozen=True)
class Opened:
    """The rows of a table that hold anything, and what was decided while it was read."""

    file: str
    rows: list[Row]
    notes: tuple[str, ...] = ()


def open_table(path: Path, sheet: str | None = None) -> Opened:
    """The table in a file, or of standard input where it is called `-`; of a workbook one sheet.

    Raises InvalidInput where it cannot be read.
    """
    file = "standard input" if str(path) == "-" else relative(path)
    try:
        content = sys.stdin.buffer.read(MOST_BYTES + 1) if str(path) == "-" else _start(path)
    except OSError as error:
        raise refused(file, f"a readable file was expected ({error.strerror or error})") from error
    if len(content) > MOST_BYTES:
        raise refused(file, f"a table of at most {MOST_BYTES // 2**20} MB was expected")
    if content.startswith(OLD):
        raise refused(file, "an old Excel file (.xls) or one with a password is not read: save it as .xlsx without")
    if is_zipfile(BytesIO(content)):
        return _workbook(content, file, sheet)
    if sheet is not None:
        raise refused(file, f"a workbook was expected, of which --sheet {sheet} names a sheet; this is no workbook")
    return _text(content, file)


def _start(path: Path) -> bytes:
    """A file as far as one is read: some have no end."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _text(content: bytes, file: str) -> Opened:
    try:
        written = decoded(content)
        if written.text.lstrip()[:1] == "<":
            raise Unreadable("a table as CSV or a workbook was expected; this is HTML or XML")
        rows = rows_of(written.text)
    except Unreadable as error:
        raise refused(file, str(error)) from error
    notes = (f"It was read as {written.encoding}, as it is not UTF-8.",) if written.encoding else ()
    return Opened(file, [(line, [_cell(cell) for cell in cells]) for line, cells in rows], notes)


def _cell(cell: str) -> Raw | None:
    text = cell.strip()
    return Raw("text", text) if text else None


def _workbook(content: bytes, file: str, sheet: str | None) -> Opened:
    if not find_spec("openpyxl"):
        raise refused(file, 'workbooks are read by openpyxl: pip install "paritrana[book]", or save it as CSV UTF-8')
    from paritrana.sheets.workbooks import read_workbook

    grids = read_workbook(BytesIO(content), file, Text("en"), MOST, computed=True).sheets
    filled = [grid for grid in grids if grid.cells and (sheet is not None or not grid.hidden)]
    chosen = _chosen(filled, file, sheet)
    place = f"{file}, {chosen.name}"
    if chosen.beyond:
        raise refused(place, f"at most {MOST.rows} rows and {MOST.columns} columns were expected")
    others = [grid.name for grid in filled if grid is not chosen]
    notes = (f"The sheet {chosen.name} was read; --sheet names another: {', '.join(others)}.",)
    return Opened(place, list(_rows(chosen)), notes if others and sheet is None else ())


def _chosen(filled: list[Grid], file: str, sheet: str | None) -> Grid:
    """The sheet of this name, else the first that is seen and holds anything."""
    names = [grid.name for grid in filled]
    found = [grid for grid in filled if sheet is None or grid.name.strip() == sheet.strip()]
    if found:
        return found[0]
    if sheet is None:
        raise refused(file, "a sheet that holds anything was expected; all that are seen are empty")
    raise refused(file, f"a sheet called {sheet} was expected{nearest(sheet, names)}; there are {', '.join(names)}")


def _rows(grid: Grid) -> Iterator[Row]:
    """The rows that hold anything, all of the width of the widest."""
    width = max(column for _, column in grid.cells)
    for row in sorted({row for row, _ in grid.cells}):
        yield row, [grid.cells.get((row, column)) for column in range(1, width + 1)]
