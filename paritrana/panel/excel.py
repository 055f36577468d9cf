"""Sheets of an Excel workbook as grids, streamed: nothing is computed, followed or run."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from paritrana.faults import InvalidInput
from paritrana.panel.archive import damaged
from paritrana.panel.grids import Grid, Grids, Raw, held, refused
from paritrana.panel.layout import MOST_COLUMNS, MOST_ROWS
from paritrana.presentation.language import Text

MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=\"([A-Z0-9:$]{2,20})\"")
HOLDING = re.compile(rb"<(?:\w+:)?c\s[^<>]*?r=\"[A-Z]{1,3}(\d{1,7})\"[^<>]*(?<!/)>")  # a cell that is more than a style
MOST_MERGED = 3  # ranges that are named
MOST_SHEETS = 40


def read_excel(path: Path, file: str, say: Text) -> Grids:
    """The sheets of a workbook that was weighed; raises InvalidInput where it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are left out: charts, rules of formats
            book = load_workbook(path, read_only=True, keep_links=False)
            names = book.sheetnames
            if len(names) > MOST_SHEETS:
                raise refused(
                    file, say("paling banyak {most} lembar, ditemukan {count}", most=MOST_SHEETS, count=len(names))
                )
            with ZipFile(path) as archive:
                sheets = tuple(_grid(sheet, archive) for sheet in book.worksheets)
            book.close()
    except InvalidInput:
        raise
    except Exception as error:  # a damaged part can raise anything in the library that reads it
        raise refused(file, damaged(say)) from error
    return Grids(file, sheets)


def _grid(sheet: Any, archive: ZipFile) -> Grid:
    """A sheet with what it hides."""
    sheet.reset_dimensions()  # what a file says of its size need not be so
    content = archive.read(sheet._worksheet_path)
    lowest = max((int(row) for row in HOLDING.findall(content)), default=0)
    cells: dict[tuple[int, int], Raw] = {}
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), start=1):
        cells |= held(_cells(number, row))
    inside = {place: raw for place, raw in cells.items() if place[0] <= MOST_ROWS}
    merged = tuple(name.decode() for name in MERGED.findall(content)[:MOST_MERGED])
    beyond = lowest > MOST_ROWS or len(inside) < len(cells)
    return Grid(sheet.title, inside, sheet.sheet_state != "visible", merged, beyond)


def _cells(number: int, row: Any) -> Iterator[tuple[int, int, Raw | None]]:
    for column, cell in enumerate(row, start=1):
        if cell.value is not None:
            yield number, column, _raw(cell)


def _raw(cell: Any) -> Raw | None:
    """A cell by what it is, not by how it looks."""
    value = cell.value
    if cell.data_type == "f":
        return Raw("formula", str(value))
    if cell.data_type == "e":
        return Raw("error", str(value))
    if isinstance(value, bool):
        return Raw("truth", value)
    if isinstance(value, int | float):
        return Raw("number", float(value), "%" in (cell.number_format or ""))
    if isinstance(value, datetime):
        return Raw("date", value.date())
    if isinstance(value, date):
        return Raw("date", value)
    text = str(value).strip()
    return Raw("text", text) if text else None
