"""Sheets with rows as an Excel workbook, or as CSV files in a folder; the same rows give the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from paritrana.files import csv_text
from paritrana.panel import layout
from paritrana.panel.layout import FIRST, GUIDE, HELP, KEYS, TITLES, UNITS, Column, Sheet
from paritrana.panel.reading import Values
from paritrana.presentation.language import Text

SPARE = 60  # empty rows that are ready to be filled in
ADDED = 6  # columns ready for criteria that the panel adds
EPOCH = datetime(2000, 1, 1)
CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
GREY = PatternFill("solid", fgColor="E7E9EB")
HEAD = PatternFill("solid", fgColor="0B3C49")
FORMATS = {"count": "#,##0", "money": "#,##0", "date": "yyyy-mm-dd", "code": "@", "text": "@", "year": "0"}
NUMERIC = ("number", "count", "money", "percent", "year")
FIXED = ("cover", "candidates", "figures", "scores")  # their rows are given
GROWING = ("figures", "scores")  # a criterion that is added has a column there


def csv_texts(sheets: Sequence[Sheet], rows: Mapping[str, Sequence[Values]]) -> dict[str, str]:
    """Each sheet as the text of a CSV file, by the key of the sheet."""
    texts = {}
    for sheet in sheets:
        lines = [[getattr(column, part) for column in sheet.columns] for part in ("key", "title", "unit", "help")]
        lines += [[row.get(column.key, "") for column in sheet.columns] for row in rows.get(sheet.key, ())]
        texts[sheet.key] = csv_text(lines)
    return texts


def workbook(say: Text, sheets: Sequence[Sheet], rows: Mapping[str, Sequence[Values]]) -> bytes:
    """The sheets as an Excel workbook with lists, limits, units and locked cells, after a sheet that says what to do."""
    book = Workbook()
    book.properties.creator, book.properties.created = "Paritrana", EPOCH
    first = book.active or book.create_sheet()
    _guide(first, say, sheets)
    for sheet in sheets:
        _sheet(book.create_sheet(sheet.title), say, sheet, rows.get(sheet.key, ()), sheets)
    made = io.BytesIO()
    book.save(made)
    return _without_clock(made.getvalue())


def _without_clock(made: bytes) -> bytes:
    """The archive without the time at which it was written."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(made)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info.filename)
            if info.filename == "docProps/core.xml":
                content = CLOCK.sub(rb"\g<1>" + EPOCH.isoformat().encode() + b"Z", content)
            target.writestr(ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return out.getvalue()


def _guide(tab: Worksheet, say: Text, sheets: Sequence[Sheet]) -> None:
    tab.title = layout.sheet_title(say, GUIDE)
    lines = [*layout.guide(say), *(f"{sheet.title}: {sheet.about}" for sheet in sheets)]
    for row, line in enumerate(lines, start=1):
        cell: Any = tab.cell(row, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    tab.column_dimensions["A"].width = 100
    _protect(tab)


def _protect(tab: Worksheet) -> None:
    """Lock what is not meant to be filled in; rows and columns can still be added."""
    tab.protection.sheet = True
    for free in ("insertRows", "insertColumns", "deleteRows", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(tab.protection, free, False)


def _sheet(tab: Worksheet, say: Text, sheet: Sheet, rows: Sequence[Values], sheets: Sequence[Sheet]) -> None:
    last = FIRST + len(rows) - 1 + (0 if sheet.key in FIXED else SPARE)
    for place, column in enumerate(sheet.columns, start=1):
        _head(tab, place, column)
        for row in range(FIRST, last + 1):
            values = rows[row - FIRST] if row - FIRST < len(rows) else {}
            _cell(tab, row, place, column, values.get(column.key, ""))
        tab.column_dimensions[get_column_letter(place)].width = column.width
        if not column.locked and last >= FIRST:
            _limit(tab, say, f"{get_column_letter(place)}{FIRST}:{get_column_letter(place)}{last}", column, sheets)
    for place in range(len(sheet.columns) + 1, len(sheet.columns) + 1 + (ADDED if sheet.key in GROWING else 0)):
        for row in range(KEYS, last + 1):
            tab.cell(row, place).protection = Protection(locked=False)
    tab.freeze_panes = f"{get_column_letter(1 + sum(column.locked for column in sheet.columns[:3]))}{FIRST}"
    tab.row_dimensions[KEYS].height = 11
    tab.row_dimensions[HELP].height = 58
    _protect(tab)


def _head(tab: Worksheet, place: int, column: Column) -> None:
    """The key, title, unit and help of a column."""
    tab.cell(KEYS, place, column.key).font = Font(size=7, color="8A8F94")
    title: Any = tab.cell(TITLES, place, column.title + (" *" if column.required else ""))
    title.font, title.fill = Font(bold=True, color="FFFFFF"), HEAD
    tab.cell(UNITS, place, column.unit).font = Font(italic=True, size=9)
    tab.cell(HELP, place, column.help).font = Font(size=8, color="565E68")
    for row in (TITLES, HELP):
        tab.cell(row, place).alignment = Alignment(wrap_text=True, vertical="top")


def _cell(tab: Worksheet, row: int, place: int, column: Column, kept: str) -> None:
    cell: Any = tab.cell(row, place)
    value = _value(column, kept)
    if value is not None:
        cell.value = value
    if isinstance(value, str):  # never a formula, whatever it begins with
        cell.data_type = "s"
    cell.number_format = FORMATS.get(column.kind, "General")
    cell.protection = Protection(locked=column.locked)
    if column.locked:
        cell.fill = GREY


def _value(column: Column, kept: str) -> Any:
    """What a cell shows of what is kept: a number, a date, the word of a choice."""
    if not kept:
        return None
    if column.kind in NUMERIC or (column.kind == "record" and re.fullmatch(r"-?\d+(\.\d+)?", kept)):
        return float(kept) if "." in kept or "e" in kept else int(kept)
    if column.kind == "date":
        return date.fromisoformat(kept)
    return dict(column.choices).get(kept, kept)


def _limit(tab: Worksheet, say: Text, cells: str, column: Column, sheets: Sequence[Sheet]) -> None:
    """What a program lets be typed into the cells: a choice of a list, a number within its limits."""
    rule: DataValidation | None = None
    if column.choices:
        rule = DataValidation("list", formula1=f'"{",".join(word for _, word in column.choices)}"')
    elif column.key == "document":
        title = next(sheet.title for sheet in sheets if sheet.key == "documents")
        rule = DataValidation("list", formula1=f"'{title}'!$A${FIRST}:$A${FIRST + SPARE - 1}")
    elif column.kind in NUMERIC:
        sort: Any = "decimal" if column.kind in ("number", "percent") else "whole"
        least, most = (
            (column.least if column.least is not None else -1e15),
            (column.most if column.most is not None else 1e15),
        )
        rule = DataValidation(sort, operator="between", formula1=f"{least:.15g}", formula2=f"{most:.15g}")
    if rule:
        rule.allow_blank, rule.showErrorMessage, rule.showInputMessage = True, True, bool(column.help)
        rule.promptTitle, rule.prompt = column.title[:32], column.help[:255]
        rule.errorTitle, rule.error = say("Isian ditolak"), column.help[:255] or column.title
        rule.add(cells)
        tab.add_data_validation(rule)
