"""What lies in a file before anything is made of it: sheets as grids of raw cells, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from paritrana.faults import Fault, InvalidInput

Sort = Literal["text", "number", "date", "truth", "formula", "error"]


@dataclass(frozen=True)
class Most:
    """How far a sheet is read: rows and columns of what a person fills in by hand."""

    rows: int = 2000
    columns: int = 80


BY_HAND = Most()


@dataclass(frozen=True)
class Raw:
    """A cell that holds something: its sort and value; `percent` where its format shows hundredths."""

    sort: Sort
    value: str | float | date | bool
    percent: bool = False


@dataclass(frozen=True)
class Grid:
    """A sheet: `cells` by (row, column), counted from 1; `merged` names ranges; `beyond` where more was left unread."""

    name: str
    cells: Mapping[tuple[int, int], Raw]
    hidden: bool = False
    merged: tuple[str, ...] = ()
    beyond: bool = False

    @property
    def rows(self) -> int:
        """The last row that holds anything."""
        return max((row for row, _ in self.cells), default=0)

    def row(self, number: int) -> dict[int, Raw]:
        """The cells of a row by column."""
        return {column: raw for (row, column), raw in self.cells.items() if row == number}


@dataclass(frozen=True)
class Grids:
    """All sheets of a file or folder.

    `text_only`: its format has no numbers, as CSV; `plain`: its numbers are written as in a program, 12.345 is 12 and a
    bit.
    """

    file: str
    sheets: tuple[Grid, ...]
    text_only: bool = False
    plain: bool = False


def refused(file: str, sentence: str) -> InvalidInput:
    """A file that is not read at all."""
    return InvalidInput([Fault(file, None, None, None, sentence)])


def held(cells: Iterator[tuple[int, int, Raw | None]]) -> dict[tuple[int, int], Raw]:
    """The cells that hold something."""
    return {(row, column): raw for row, column, raw in cells if raw is not None}
