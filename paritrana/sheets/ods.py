"""Sheets of an OpenDocument spreadsheet as grids.

The readers of this format at hand expand what it says is repeated, which can be a million columns by a million rows:
here repeats are followed no further than a sheet is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, ParseError, parse
from zipfile import ZipFile

from openpyxl.utils import get_column_letter

from paritrana.presentation.language import Text
from paritrana.sheets.archive import BROKEN, Source, damaged
from paritrana.sheets.grids import BY_HAND, Grid, Grids, Most, Raw, refused

NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TABLE, OFFICE, TEXT, STYLE = (f"{{{NAMESPACE.format(name)}}}" for name in ("table", "office", "text", "style"))
NUMBERS = ("float", "currency", "percentage")
CONTENT = "content.xml"
MOST_SPACES = 500


def read_ods(source: Source, file: str, say: Text, most: Most = BY_HAND, *, computed: bool = False) -> Grids:
    """The sheets of a spreadsheet that was weighed; raises InvalidInput where it cannot be read.

    A formula is told as one, or with `computed` as the value that the program which saved the file gave it.
    """
    try:
        with ZipFile(source) as archive, archive.open(CONTENT) as content:
            root = parse(content).getroot()
        hidden = _hidden(root)
        return Grids(file, tuple(_grid(table, hidden, most, computed) for table in root.iter(f"{TABLE}table")))
    except (ParseError, LookupError, *BROKEN) as error:
        raise refused(file, damaged(say)) from error


def _hidden(root: Element) -> set[str]:
    """The styles under which a table is not shown."""
    found = set()
    for style in root.iter(f"{STYLE}style"):
        shown = [each.get(f"{TABLE}display") for each in style.iter(f"{STYLE}table-properties")]
        if "false" in shown:
            found.add(style.get(f"{STYLE}name", ""))
    return found


def _grid(table: Element, hidden: set[str], most: Most, computed: bool) -> Grid:
    cells: dict[tuple[int, int], Raw] = {}
    merged: list[str] = []
    number = 1
    for row in table.iter(f"{TABLE}table-row"):
        repeated = _times(row, "number-rows-repeated")
        found = dict(_cells(row, most, computed))
        merged += [f"{get_column_letter(column)}{number}" for column in _spanning(row, most)]
        last = min(number + repeated - 1, most.rows + 1)
        if found:
            cells |= {(at, column): raw for at in range(number, last + 1) for column, raw in found.items()}
        number += repeated
    inside = {place: raw for place, raw in cells.items() if place[0] <= most.rows}
    name = table.get(f"{TABLE}name", "")
    return Grid(name, inside, table.get(f"{TABLE}style-name") in hidden, tuple(merged[:3]), len(inside) < len(cells))


def _times(element: Element, name: str) -> int:
    """How often a row or a cell is repeated."""
    said = element.get(f"{TABLE}{name}", "1")
    return max(1, int(said)) if said.isdigit() and len(said) < 10 else 1


def _placed(row: Element, most: Most) -> Iterator[tuple[int, int, Element]]:
    """First and last column of each cell of a row, as far as a sheet is read."""
    column = 1
    for cell in row:
        if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell") and column <= most.columns:
            last = column + _times(cell, "number-columns-repeated") - 1
            yield column, min(last, most.columns), cell
            column = last + 1


def _cells(row: Element, most: Most, computed: bool) -> Iterator[tuple[int, Raw]]:
    for first, last, cell in _placed(row, most):
        raw = _raw(cell, computed)
        for column in range(first, last + 1) if raw else ():
            if raw:
                yield column, raw


def _spanning(row: Element, most: Most) -> Iterator[int]:
    """The columns in which a merged range begins."""
    for first, _, cell in _placed(row, most):
        if any(cell.get(f"{TABLE}number-{way}-spanned", "1") != "1" for way in ("columns", "rows")):
            yield first


def _raw(cell: Element, computed: bool) -> Raw | None:
    sort, formula = cell.get(f"{OFFICE}value-type"), cell.get(f"{TABLE}formula", "")
    if formula and not (computed and sort):
        return Raw("formula", formula)
    if sort in NUMBERS:
        return Raw("number", float(cell.get(f"{OFFICE}value", "nan")), sort == "percentage")
    if sort == "date":
        return Raw("date", date.fromisoformat(cell.get(f"{OFFICE}date-value", "")[:10]))
    if sort == "boolean":
        return Raw("truth", cell.get(f"{OFFICE}boolean-value") == "true")
    text = "\n".join(_said(paragraph) for paragraph in cell.iter(f"{TEXT}p")).strip()
    return Raw("text", text) if text else None


def _said(paragraph: Element) -> str:
    """The text of a paragraph; spaces that are counted become no more than a cell may have."""
    parts = [paragraph.text or ""]
    for child in paragraph.iter():
        if child is not paragraph:
            parts.append(" " * min(_spaces(child), MOST_SPACES) + (child.text or ""))
            parts.append(child.tail or "")
    return "".join(parts)


def _spaces(child: Element) -> int:
    said = child.get(f"{TEXT}c", "1")
    return int(said) if child.tag == f"{TEXT}s" and said.isdigit() and len(said) < 6 else int(child.tag == f"{TEXT}s")
