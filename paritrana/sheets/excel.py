"""Sheets of an Excel workbook as grids, streamed: nothing is computed, followed or run."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import repeat
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from paritrana.faults import InvalidInput
from paritrana.presentation.language import Text
from paritrana.sheets.archive import Source, damaged
from paritrana.sheets.grids import BY_HAND, Grid, Grids, Most, Raw, held, refused

MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=\"([A-Z0-9:$]{2,20})\"")
HOLDING = re.compile(rb"<(?:\w+:)?c\s[^<>]*?r=\"[A-Z]{1,3}(\d{1,7})\"[^<>]*(?<!/)>")  # a cell that is more than a style
MOST_MERGED = 3  # ranges that are named
MOST_SHEETS = 40


def read_excel(source: Source, file: str, say: Text, most: Most = BY_HAND, *, computed: bool = False) -> Grids:
    """The sheets of a workbook that was weighed; raises InvalidInput where it cannot be read.

    A formula is told as one, or with `computed` as the value that the program which saved the file gave it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are left out: charts, rules of formats
            book = load_workbook(source, read_only=True, keep_links=False)
            names = book.sheetnames
            if len(names) > MOST_SHEETS:
                raise refused(
                    file, say("paling banyak {most} lembar, ditemukan {count}", most=MOST_SHEETS, count=len(names))
                )
            with ZipFile(source) as archive:
                sheets = tuple(_grid(sheet, archive, most) for sheet in book.worksheets)
            book.close()
            if computed and any(raw.sort == "formula" for grid in sheets for raw in grid.cells.values()):
                saved = load_workbook(source, read_only=True, keep_links=False, data_only=True)
                sheets = tuple(map(_with_values, sheets, saved.worksheets, repeat(most)))
                saved.close()
    except InvalidInput:
        raise
    except Exception as error:  # a damaged part can raise anything in the library that reads it
        raise refused(file, damaged(say)) from error
    return Grids(file, sheets)


def _with_values(grid: Grid, sheet: Any, most: Most) -> Grid:
    """The sheet with the value that was saved in place of each formula; one without a value stays a formula."""
    values = _read(sheet, most)
    return replace(
        grid, cells={at: values.get(at, raw) if raw.sort == "formula" else raw for at, raw in grid.cells.items()}
    )


def _read(sheet: Any, most: Most) -> dict[tuple[int, int], Raw]:
    """The cells of a sheet, and of one row more than is read."""
    sheet.reset_dimensions()  # what a file says of its size need not be so
    cells: dict[tuple[int, int], Raw] = {}
    for number, row in enumerate(sheet.iter_rows(max_row=most.rows + 1, max_col=most.columns), start=1):
        cells |= held(_cells(number, row))
    return cells


def _grid(sheet: Any, archive: ZipFile, most: Most) -> Grid:
    """A sheet with what it hides."""
    content = archive.read(sheet._worksheet_path)
    lowest = max((int(row) for row in HOLDING.findall(content)), default=0)
    cells = _read(sheet, most)
    inside = {place: raw for place, raw in cells.items() if place[0] <= most.rows}
    merged = tuple(name.decode() for name in MERGED.findall(content)[:MOST_MERGED])
    beyond = lowest > most.rows or len(inside) < len(cells)
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
