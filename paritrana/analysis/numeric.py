"""The cells of a table's columns as numbers: one mark for decimals in each, percent signs in all of it or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from paritrana.engine.scores import Floats
from paritrana.faults import Fault
from paritrana.parameters.rubric import Criterion
from paritrana.sheets.grids import Raw
from paritrana.sheets.numbers import MARKS, Mark, Typed, typed, written

UNKNOWN = ("na", "n/a", "n.a.", "#n/a")  # what programs write where nothing is known
EXPECTED = "a number such as 12.5, an interval such as 10..15, or nothing was expected"
Ends = tuple[float, float]
Column = tuple[Criterion, Sequence[tuple[int, Raw | None]]]  # a criterion with its cells and their rows
NOTHING = (np.nan, np.nan)


@dataclass(frozen=True)
class Cell:
    """A cell that holds numbers: its row, its text, and one end or two."""

    line: int
    text: str
    ends: tuple[Typed, ...]

    @property
    def sure(self) -> set[Mark]:
        """The marks of decimals that its ends are sure of."""
        return {end.sure for end in self.ends if end.sure}

    def under(self, mark: Mark) -> list[float] | None:
        """Its ends with this mark of decimals; none where they are no numbers so."""
        found = [end.by[mark] for end in self.ends if mark in end.by]
        return found if len(found) == len(self.ends) else None


def is_number(raw: Raw) -> bool:
    """Whether a cell holds a number, an interval, or says that nothing is known."""
    return not isinstance(_parsed(0, raw), str)


def ends_of(file: str, columns: Sequence[Column], decimal: Mark | None) -> tuple[Floats, list[Fault]]:
    """The values of columns as (N, K, 2), lowest and highest, NaN where unknown; and a fault for each that is none.

    `decimal` is the mark of decimals of columns that leave it open.
    """
    faults: list[Fault] = []
    read: list[list[Cell | None]] = []
    for criterion, cells in columns:
        parsed = [_parsed(line, raw) if raw else None for line, raw in cells]
        for (line, raw), cell in zip(cells, parsed, strict=True):
            if isinstance(cell, str):
                faults.append(Fault(file, line, criterion.id, str(raw.value) if raw else "", cell))
        read.append([None if isinstance(cell, str) else cell for cell in parsed])
    commas = _only_commas(read)
    values = np.full((len(columns[0][1]) if columns else 0, len(columns), 2), np.nan)
    for at, ((criterion, _), held) in enumerate(zip(columns, read, strict=True)):
        mark, found = _mark(file, criterion, held, decimal or ("comma" if commas else None))
        ends, more = _ends(file, criterion, held, mark)
        faults += found or [*more, *_half_percent(file, criterion, held)]
        values[:, at] = ends
    return values, faults


def _parsed(line: int, raw: Raw) -> Cell | str | None:
    """A cell as numbers, nothing, or what was expected of it."""
    if raw.sort == "number" and isinstance(raw.value, float):
        value = round(raw.value * 100, 9) if raw.percent else raw.value
        both = Typed(dict.fromkeys(MARKS, value), raw.percent)
        return Cell(line, written(raw.value), (both,)) if np.isfinite(value) else "a finite number was expected"
    if raw.sort == "date":
        return "a number was expected; this is a date: format the cell as a number and type it again"
    if raw.sort == "formula":
        return "a number was expected; this formula has no value yet: open the file in a spreadsheet and save it"
    text = str(raw.value)
    if raw.sort != "text":
        return EXPECTED
    if text.casefold() in UNKNOWN:
        return None
    ends = tuple(typed(part) for part in text.split(".."))
    if len(ends) > 2 or not all(end.by for end in ends):
        return EXPECTED
    if not np.isfinite([value for end in ends for value in end.by.values()]).all():
        return "a finite number was expected"
    return Cell(line, text, ends)


def _only_commas(columns: Sequence[Sequence[Cell | None]]) -> bool:
    """Whether all decimals of a file that can be told stand behind a comma.

    The other way round says nothing: who copies 15.386 beside a computed 0.5 may mean thousands.
    """
    return {mark for cells in columns for cell in cells if cell for mark in cell.sure} == {"comma"}


def _mark(
    file: str, criterion: Criterion, cells: Sequence[Cell | None], usual: Mark | None
) -> tuple[Mark, list[Fault]]:
    """The mark of decimals of a column, with what leaves it open or speaks against it; `usual` settles an open one."""
    known = [cell for cell in cells if cell]
    sure = Counter(mark for cell in known for mark in cell.sure)
    if sure:
        mark = max(MARKS, key=lambda one: sure[one])
        other = f"a number with decimals behind a {mark} was expected, as in the rest of this column"
        wrong = [cell for cell in known if cell.under(mark) is None]
        return mark, [Fault(file, cell.line, criterion.id, cell.text, other) for cell in wrong]
    doubtful = [cell for cell in known if any(end.open for end in cell.ends)]
    if not doubtful or usual:
        return usual or "point", []
    return "point", [_question(file, criterion, doubtful)]


def _question(file: str, criterion: Criterion, doubtful: Sequence[Cell]) -> Fault:
    """What a mark means is asked of the first cell in which it can mean two things."""
    first = doubtful[0]
    said = {mark: "..".join(written(end) for end in first.under(mark) or []) for mark in MARKS}
    many = f" ({len(doubtful)} cells of this column are so)" if len(doubtful) > 1 else ""
    asked = f"which can be {said['comma']} or {said['point']}: run again with --decimal comma or --decimal point{many}"
    return Fault(file, first.line, criterion.id, first.text, asked)


def _ends(file: str, criterion: Criterion, cells: Sequence[Cell | None], mark: Mark) -> tuple[list[Ends], list[Fault]]:
    """Lowest and highest value of each cell under a mark of decimals."""
    values: list[Ends] = []
    faults: list[Fault] = []
    for cell in cells:
        found = cell.under(mark) if cell else None
        values.append(NOTHING)
        if cell and found and found[0] > found[-1]:
            expected = "an interval with its lower end first was expected"
            faults.append(Fault(file, cell.line, criterion.id, cell.text, expected))
        elif cell and found:
            divided = 100 if _is_share(criterion) and any(end.percent for end in cell.ends) else 1
            values[-1] = found[0] / divided, found[-1] / divided
    return values, faults


def _is_share(criterion: Criterion) -> bool:
    """Whether a percent sign means hundredths: not where goalposts beyond 1 say that values are counted in percent."""
    return not criterion.goalposts or max(map(abs, criterion.goalposts)) <= 1


def _half_percent(file: str, criterion: Criterion, cells: Sequence[Cell | None]) -> Iterator[Fault]:
    """A fault where some values of a column have a percent sign and others have none; nothing needs none."""
    known = [cell for cell in cells if cell and any(value for end in cell.ends for value in end.by.values())]
    without = [cell for cell in known if not any(end.percent for end in cell.ends)]
    if without and len(without) < len(known):
        expected = "a percent sign was expected, as in other cells of this column, or none in all of them"
        yield Fault(file, without[0].line, criterion.id, without[0].text, expected)
