"""A table of one's own, from what people have to what can be ranked.

The first column names the alternatives, a column for each criterion follows, called by the criterion's id or title. An
empty cell is unknown, `lo..hi` an interval. What a file's marks leave open is asked back, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np

from paritrana.analysis.any_table import Table
from paritrana.analysis.numeric import ends_of, is_number
from paritrana.analysis.scales import makes_a_scale
from paritrana.analysis.scoring import FEWEST, in_words, scorable
from paritrana.engine.scores import Floats
from paritrana.faults import Fault, InvalidInput, nearest
from paritrana.parameters.rubric import Criterion, Rubric
from paritrana.presentation.language import Title
from paritrana.sheets.grids import Raw
from paritrana.sheets.numbers import MARKS, Mark, written
from paritrana.sheets.opened import Opened, Row, open_table

COUNTED = ("no", "nomor", "nr", "#")  # heads of a column that counts the rows
# What a row is called that sums up the others; an alternative may begin with Total, none begins with Jumlah.
SUMMING = re.compile(r"(jumlah|rata[- ]?rata|rerata|average|mean|sum|subtotal|median)\b.*", re.IGNORECASE)
WHOLE = re.compile(
    r"(grand )?total( (seluruh|semua|keseluruhan|umum|nasional|indonesia|kabupaten|kota|provinsi|overall))*",
    re.IGNORECASE,
)
BELOW = re.compile(r"(sumber|source|catatan|keterangan|note|notes)\b.*|\*.*", re.IGNORECASE)  # a note under the table
MOST_TOLD = 5  # cells of a column that are told one by one


@dataclass(frozen=True)
class Layout:
    """A table's parts: the head of each column, rows below it, where the names and the columns of criteria stand."""

    file: str
    line: int
    heads: list[str]
    rows: list[Row]
    names: int
    notes: tuple[str, ...]

    def cells(self, at: int) -> list[tuple[int, Raw | None]]:
        """The cells of a column with the numbers of their rows."""
        return [(line, row[at] if at < len(row) else None) for line, row in self.rows]


def read_table(path: Path, rubric: Rubric, *, sheet: str | None = None, decimal: str | None = None) -> Table:
    """The table of a file under a rubric; raises InvalidInput with every fault in it.

    `sheet` names that of a workbook; `decimal`, point or comma, is the mark of decimals where the file leaves it open.
    """
    mark, layout = _asked(decimal), _layout(open_table(path, sheet))
    faults = [*_columns_lacking(layout, rubric), *_row_faults(layout)]
    if faults and any(fault.row == layout.line for fault in faults):
        raise InvalidInput(faults)
    places = [_place(layout, criterion) or 0 for criterion in rubric.criteria]
    values, found = ends_of(
        layout.file, [(one, layout.cells(at)) for one, at in zip(rubric.criteria, places, strict=True)], mark
    )
    faults += _together(found)
    faults = faults or list(_unscorable(layout, values, rubric))
    if faults:
        raise InvalidInput(faults)
    return _table(layout, values)


def read_own(
    path: Path, rubric: Rubric | None, *, sheet: str | None = None, decimal: str | None = None
) -> tuple[Table, Rubric]:
    """The table of a file with the rubric that it is read under, or one made of it where there is none."""
    if rubric is None:
        return read_alone(path, sheet=sheet, decimal=decimal)
    return read_table(path, rubric, sheet=sheet, decimal=decimal), rubric


def read_alone(path: Path, *, sheet: str | None = None, decimal: str | None = None) -> tuple[Table, Rubric]:
    """The table of a file with a rubric made of it: equal weights, the least of a column 0 points and the most 100.

    Columns that hold no numbers are left out. Raises InvalidInput as `read_table` does.
    """
    mark, layout = _asked(decimal), _layout(open_table(path, sheet))
    places = [at for at in range(layout.names + 1, len(layout.heads)) if _holds_numbers(layout.cells(at))]
    heads = [layout.heads[at] for at in places]
    faults = [*_heads_lacking(layout, places), *_row_faults(layout)]
    if faults and any(fault.row == layout.line or fault.row is None for fault in faults):
        raise InvalidInput(faults)
    # The heads are the ids: they may hold spaces here, as no file and no address is made of them.
    plain = [
        Criterion.model_construct(id=head, title=Title(id=head, en=head), weight=Decimal(1), scale="minmax")
        for head in heads
    ]
    values, found = ends_of(layout.file, list(zip(plain, map(layout.cells, places), strict=True)), mark)
    faults += _together(found)
    if faults:
        raise InvalidInput(faults)
    criteria = [_between(one, values[:, at]) for at, one in enumerate(plain)]
    rubric = Rubric(
        id="equal", title=_both("Equal weights"), status="user", source=_both(layout.file), criteria=criteria
    )
    if faults := list(_unscorable(layout, values, rubric)):
        raise InvalidInput(faults)
    left = [head for at, head in enumerate(layout.heads) if at > layout.names and at not in places and head]
    return _table(replace(layout, notes=(*layout.notes, *_told_alone(heads, left))), values), rubric


def _both(text: str) -> Title:
    return Title(id=text, en=text)


def _told_alone(heads: Sequence[str], left: Sequence[str]) -> Iterator[str]:
    """What a reader should know of a ranking without a rubric."""
    yield (
        f"No rubric was given: equal weights for {', '.join(heads)}; the least of a column makes 0 points and the most "
        "100, and more is better; a rubric can say otherwise."
    )
    if left:
        yield f"Left out, as they hold no numbers: {', '.join(left)}."


def _between(criterion: Criterion, values: Floats) -> Criterion:
    """The criterion with the least and the most of its column as goalposts; alike in every row it stays a scale."""
    known = values[~np.isnan(values)]
    if not len(known) or known.min() == known.max():
        return criterion
    return criterion.model_copy(update={"scale": None, "goalposts": (float(known.min()), float(known.max()))})


def _asked(decimal: str | None) -> Mark | None:
    """The mark of decimals that the command line names."""
    if decimal is None or decimal in MARKS:
        return "comma" if decimal == "comma" else "point" if decimal else None
    raise InvalidInput(
        [Fault("--decimal", None, None, decimal, f"point or comma was expected{nearest(decimal, MARKS)}")]
    )


def _layout(opened: Opened) -> Layout:
    """The parts of a table; a title and remarks above its head are passed over."""
    rows = list(opened.rows)
    wide = max((_filled(cells) for _, cells in rows), default=0)
    while rows and (_said(rows[0][1][0]).startswith("#") or (_filled(rows[0][1]) < 2 <= wide)):
        rows.pop(0)
    if not rows:
        raise InvalidInput([Fault(opened.file, None, None, None, "a header and rows were expected, the file is empty")])
    (line, head), *below = rows
    heads = [" ".join(_said(raw).split()) for raw in head]
    while heads and not heads[-1] and not any(_at(cells, len(heads) - 1) for _, cells in below):
        heads.pop()  # a column without anything in it
    counted = len(heads) > 2 and heads[0].casefold().strip(". ") in COUNTED and _counts(below)
    notes = (f"The column {heads[0]} counts the rows: {heads[1]} names the alternatives.",) if counted else ()
    return Layout(opened.file, line, heads, below, int(counted), (*opened.notes, *notes))


def _filled(cells: Sequence[Raw | None]) -> int:
    return sum(cell is not None for cell in cells)


def _at(cells: Sequence[Raw | None], at: int) -> Raw | None:
    return cells[at] if at < len(cells) else None


def _said(raw: Raw | None) -> str:
    """A cell as text."""
    if raw is None:
        return ""
    return written(raw.value) if isinstance(raw.value, float) else str(raw.value)


def _counts(rows: Sequence[Row]) -> bool:
    """Whether the numbers among the first cells are 1, 2, 3 and on; before a total there may be none."""
    found = [text for _, cells in rows if (text := _said(cells[0]).strip(". ")).isdecimal()]
    return bool(found) and found == [str(at) for at in range(1, len(found) + 1)]


def _place(layout: Layout, criterion: Criterion) -> int | None:
    """The column of a criterion: by its id, else by its id or a title in any case."""
    places = range(layout.names + 1, len(layout.heads))
    exact = [at for at in places if layout.heads[at] == criterion.id]
    called = {name.casefold() for name in (criterion.id, criterion.title.id, criterion.title.en)}
    found = exact or [at for at in places if layout.heads[at].casefold() in called]
    return found[0] if found else None


def _columns_lacking(layout: Layout, rubric: Rubric) -> Iterator[Fault]:
    """Columns that are missing, stand twice, or stand where the names should."""
    others = layout.heads[layout.names + 1 :]
    for criterion in rubric.criteria:
        if layout.heads[layout.names] == criterion.id and criterion.id not in others:
            expected = "the names of the alternatives were expected in the first column; this is a criterion"
            yield Fault(layout.file, layout.line, criterion.id, None, expected)
        elif _place(layout, criterion) is None:
            expected = f"a column of this name was expected{nearest(criterion.id, others)}"
            yield Fault(layout.file, layout.line, criterion.id, None, expected)
        elif layout.heads.count(criterion.id) > 1:
            yield Fault(layout.file, layout.line, criterion.id, criterion.id, "each column once was expected")
    taken = Counter(place for one in rubric.criteria if (place := _place(layout, one)) is not None)
    for place in [place for place, count in taken.items() if count > 1]:
        expected = "a column of one criterion was expected; several are called so"
        yield Fault(layout.file, layout.line, layout.heads[place], layout.heads[place], expected)


def _heads_lacking(layout: Layout, places: Sequence[int]) -> Iterator[Fault]:
    """Columns of numbers without a head or with that of another, and that there are none."""
    for at in places:
        if not layout.heads[at]:
            yield Fault(layout.file, layout.line, f"{at + 1}", "", "the name of a criterion was expected")
        elif layout.heads.index(layout.heads[at]) < at:
            yield Fault(layout.file, layout.line, layout.heads[at], layout.heads[at], "each column once was expected")
    if not places:
        found = f"{len(layout.heads)} columns" if len(layout.heads) > 1 else "1 column"
        yield Fault(layout.file, None, None, found, "names and at least one column of numbers were expected")


def _holds_numbers(cells: Iterable[tuple[int, Raw | None]]) -> bool:
    """Whether at least half of what a column holds are numbers."""
    held = [is_number(raw) for _, raw in cells if raw is not None]
    return sum(held) * 2 >= len(held) > 0


def _row_faults(layout: Layout) -> Iterator[Fault]:
    """Rows of the wrong length, names that are missing or stand twice, and rows that are no alternatives."""
    head, width = layout.heads[layout.names], len(layout.heads)
    names = [_said(_at(cells, layout.names)) for _, cells in layout.rows]
    often, written_rows = Counter(names), list(zip(layout.rows, names, strict=True))
    for (line, cells), name in written_rows:
        if _filled(cells) == 1 and (note := next(filter(BELOW.fullmatch, map(_said, cells)), "")):
            expected = "an alternative was expected; this is a note under the table: leave it out"
            yield Fault(layout.file, line, head, note, expected)
        elif len(cells) < width or any(cells[width:]):
            expected = f"{width} cells were expected, as in the header"
            yield Fault(layout.file, line, None, f"{len(cells)} cells", expected)
        elif not name:
            yield Fault(layout.file, line, head, "", "the name of an alternative was expected")
        elif SUMMING.fullmatch(name) or WHOLE.fullmatch(name):
            expected = "is this a sum or a mean of the others? Then leave the row out; else give it another name"
            yield Fault(layout.file, line, head, name, expected)
        elif often[name] > 1:
            yield Fault(layout.file, line, head, name, "a name that no other row has was expected")
    if len(names) < FEWEST:
        yield Fault(layout.file, None, None, f"{len(names)} rows", "at least two alternatives were expected")


def _together(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Faults of one kind in a column, told one by one where they are few."""
    alike: dict[tuple[str | None, str], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.column, fault.expected), []).append(fault)
    for kind in alike.values():
        if len(kind) <= MOST_TOLD:
            yield from kind
        else:
            yield replace(kind[0], value=f"{kind[0].value} and {len(kind) - 1:,} more like it")


def _table(layout: Layout, values: Floats) -> Table:
    names = tuple(_said(_at(cells, layout.names)) for _, cells in layout.rows)
    return Table(names, values[:, :, 0], values[:, :, 1], layout.notes)


def _unscorable(layout: Layout, values: Floats, rubric: Rubric) -> Iterator[Fault]:
    """Criteria that cannot rank, and values that have no score; `values` holds the ends of each row's cells."""
    low, high = np.moveaxis(values, 2, 0)
    lines = [line for line, _ in layout.rows]
    for at, criterion in enumerate(rubric.criteria):
        if criterion.scale:
            yield from _of_no_scale(layout.file, lines, criterion, low[:, at], high[:, at])
        else:
            yield from _of_no_score(layout.file, lines, rubric, criterion, low[:, at], high[:, at])


def _of_no_scale(file: str, lines: Sequence[int], criterion: Criterion, low: Floats, high: Floats) -> Iterator[Fault]:
    """A fault where the column makes no scale: intervals would move it, and it needs two values that differ."""
    known = np.flatnonzero(~np.isnan(low))
    wide = [int(at) for at in known if low[at] < high[at]]
    if wide:
        first, more = wide[0], len(wide) - 1
        found = f"{low[first]:g}..{high[first]:g}" + (f" and {more} more" if more else "")
        expected = f"one number or nothing was expected: the scale {criterion.scale} moves with the values, and only"
        yield Fault(file, lines[first], criterion.id, found, f"{expected} fixed goalposts take intervals")
    elif not makes_a_scale(low, high) and len(known) < len(low):
        expected = f"two values that differ were expected, of which the scale {criterion.scale} is made, or goalposts"
        found = f"{low[known[0]]:g} in {len(known)} of {len(low)} rows" if len(known) else f"nothing in {len(low)} rows"
        yield Fault(file, None, criterion.id, found, f"{expected}, or leave it out")


def _of_no_score(
    file: str, lines: Sequence[int], rubric: Rubric, criterion: Criterion, low: Floats, high: Floats
) -> Iterator[Fault]:
    """A fault for each value that fixed goalposts without clipping give no score."""
    least, most = scorable(rubric, criterion)
    for line, *ends in zip(lines, low, high, strict=True):
        beyond = [end for end in ends if end < least or end > most]
        if beyond:
            expected = f"{in_words(least, most)}, as the rubric does not clip"
            yield Fault(file, line, criterion.id, f"{beyond[0]:.12g}", expected)
