"""A panel's sheets as CSV files in a folder, one a sheet: read as grids in which all is text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from paritrana.faults import Fault, InvalidInput
from paritrana.panel.layout import MOST_COLUMNS, MOST_ROWS
from paritrana.presentation.language import Text
from paritrana.sheets.grids import Grid, Grids, Raw, held, refused
from paritrana.sheets.texts import Unreadable, decoded

MOST_BYTES = 4 * 2**20  # of a file
DELIMITERS = ";\t,"  # where the comma is the decimal mark, lists are parted by semicolons
ENDING = ".csv"


def read_tables(folder: Path, file: str, say: Text) -> Grids:
    """The CSV files of a folder; raises InvalidInput with a sentence for each that cannot be read."""
    grids: list[Grid] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        try:
            grids.append(_grid(path, f"{file}/{path.name}", say))
        except InvalidInput as error:
            faults += error.faults
    if faults:
        raise InvalidInput(faults)
    return Grids(file, tuple(grids), text_only=True)


def _grid(path: Path, file: str, say: Text) -> Grid:
    if path.stat().st_size > MOST_BYTES:
        raise refused(file, say("berkas ini lebih besar dari {size} MB", size=MOST_BYTES // 2**20))
    try:
        text = decoded(path.read_bytes()).text
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except (Unreadable, csv.Error) as error:
        raise refused(file, say("berkas ini bukan CSV dalam UTF-8; simpan kembali dengan pilihan UTF-8")) from error
    return Grid(path.stem, held(_cells(lines[:MOST_ROWS])), beyond=any(map(any, lines[MOST_ROWS:])))


def _delimiter(text: str) -> str:
    """What parts the keys in the first line."""
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _cells(lines: list[list[str]]) -> Iterator[tuple[int, int, Raw | None]]:
    for row, line in enumerate(lines, start=1):
        for column, cell in enumerate(line[:MOST_COLUMNS], start=1):
            text = cell.strip()
            yield row, column, Raw("text", text) if text else None
