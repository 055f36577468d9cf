"""A table as text while it is checked: which cells are known, and how a fault of one is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from paritrana.faults import Fault, one_line, shown

Cells: TypeAlias = pd.Series  # a column of text, indexed by the line of the file
Descriptor = dict[str, Any]
ADDED = 10_000_000  # the lines of a file that brings further rows to a table are counted from here


def fault_at(file: str, row: int | None, column: str | None, value: str | None, expected: str) -> Fault:
    """Make a fault whose sentence stays on one line, whatever the data holds."""
    column, value = (None if text is None else shown(text) for text in (column, value))
    return Fault(file, row, column, value, f"expected {one_line(expected)}")


@dataclass
class Sheet:
    """One table as text: `frame` has the lines of the file as its index; `whole` says that no row was lost.

    `added` is the file that brings further rows, if there is one; the index of these is its lines beyond ADDED.
    """

    file: str
    schema: Descriptor
    frame: pd.DataFrame
    whole: bool = True
    added: str = ""

    def place(self, line: int) -> str:
        """Return where a row stands, in words."""
        return f"{self.added}, row {line - ADDED}" if line > ADDED else f"{self.file}, row {line}"

    def text(self, column: str) -> Cells:
        """Return a column as text: NA where the cell is faulty or the column is missing, "" where it is empty."""
        if column in self.frame:
            return self.frame[column]
        return pd.Series(pd.NA, index=self.frame.index, dtype="string")

    def number(self, column: str) -> Cells:
        """Return a column as float64: NaN where the cell is faulty, missing or empty."""
        return pd.to_numeric(self.text(column), errors="coerce").astype("float64")

    def known(self, column: str) -> Cells:
        """Say where a column holds a value: neither faulty nor empty."""
        cells = self.text(column)
        return cells.notna() & cells.ne("").fillna(False)

    def complete(self, column: str) -> bool:
        """Say whether the table and this column of it were read without a loss, so that others can lean on it."""
        return self.whole and not self.text(column).isna().any()

    def faults(self, wrong: Cells, column: str, expected: str | Cells) -> Iterator[Fault]:
        """Yield a fault for each row where `wrong` is true; `expected` may be a text per row."""
        cells = self.text(column)[wrong.fillna(False).astype(bool)]
        words = dict.fromkeys(cells.index, expected) if isinstance(expected, str) else expected
        for line, cell in cells.items():
            yield fault_at(self.file, int(line), column, None if pd.isna(cell) else str(cell), words[line])

    def hide(self, faults: Iterable[Fault]) -> None:
        """Make the cells of these faults unknown."""
        lines: dict[str, list[int]] = {}
        for fault in faults:
            if fault.file == self.file and fault.row is not None and fault.row in self.frame.index:
                for name in (fault.column or "").split(", "):  # a key of several columns
                    lines.setdefault(name, []).append(fault.row)
        for name in lines.keys() & set(self.frame):
            self.frame.loc[lines[name], name] = pd.NA


Sheets = dict[str, Sheet]
