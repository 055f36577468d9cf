"""SpreadsheetML, the XML that Excel 2003 wrote: rows of cells as text, and nothing that may grow or be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from paritrana.refresh.answers import refusal, text_of

SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
DEFINES = re.compile(r"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
MOST_CELLS = 400


def rows_of(content: bytes, place: str) -> list[list[str]]:
    """The rows of all sheets that hold anything; an empty cell, and one that is jumped over, is an empty text.

    Raises InvalidInput where the content is not SpreadsheetML or is cut.
    """
    text = text_of(content, place, "SpreadsheetML")
    if DEFINES.search(text):
        raise refusal(place, "SpreadsheetML without a document type of its own")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise refusal(place, f"SpreadsheetML to its end ({error})") from None
    if root.tag != f"{SPACE}Workbook":
        raise refusal(place, "SpreadsheetML, whose outermost element is Workbook", root.tag)
    rows = [list(_cells(row, place)) for row in root.iter(f"{SPACE}Row")]
    return [row for row in rows if any(row)]


def _cells(row: ElementTree.Element, place: str) -> Iterator[str]:
    """The cells of a row, each where it stands."""
    at = 0
    for cell in row.iter(f"{SPACE}Cell"):
        index = cell.get(f"{SPACE}Index", str(at + 1))
        if not re.fullmatch("[0-9]{1,4}", index) or not at < int(index) <= MOST_CELLS:
            raise refusal(
                place, f"the number of a column behind {at}, at most {MOST_CELLS}, as the Index of a cell", index
            )
        yield from [""] * (int(index) - 1 - at)
        at = int(index)
        data = cell.find(f"{SPACE}Data")
        yield "" if data is None else "".join(data.itertext()).strip()
