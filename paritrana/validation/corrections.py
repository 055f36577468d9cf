"""Between the cells and the meaning: corrections must fit the cells that they correct, and are made before the rest.

What is told of a corrected cell afterwards is told of its correction: the value at fault stands there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pandas as pd

from paritrana.faults import Fault, nearest
from paritrana.record.corrections import key_columns, row_keys
from paritrana.record.tables import CORRECTIONS
from paritrana.validation.cells import broken_cells, schema_faults, unplain_cells
from paritrana.validation.sheet import Sheet, Sheets

Corrected = dict[tuple[str, int, str], int]  # file, line and column of a cell -> line of its correction
KEY_FIELD = {"name": "key of the row", "type": "string"}
NEEDED = ["table", "key", "column", "expected", "value"]


def make_corrections(sheets: Sheets) -> tuple[Corrected, list[Fault]]:
    """Put right the cells that corrections name; return these cells, and the faults of corrections that fit none."""
    corrections = sheets[CORRECTIONS]
    made: Corrected = {}
    faults: list[Fault] = []
    if not set(NEEDED) <= set(corrections.frame):
        return made, faults
    for table, rows in corrections.frame.dropna(subset=NEEDED).groupby("table"):
        sheet, own = sheets[str(table)], replace(corrections, frame=rows)
        lines = _lines(sheet, str(table))
        found = _misfits(sheet, own, lines)
        faults += found if sheet.whole else []  # of a table that lost rows or columns more fits than can be seen
        made |= _make(sheet, own, lines)
    return made, faults


def told_of_corrections(faults: Iterable[Fault], made: Corrected, file: str) -> Iterator[Fault]:
    """The faults, those of corrected cells told of the value in `file` that corrected them."""
    for fault in faults:
        line = made.get((fault.file, fault.row or 0, fault.column or ""))
        yield replace(fault, file=file, row=line, column="value") if line else fault


def _lines(sheet: Sheet, table: str) -> dict[str, list[int]]:
    """The lines of a table by the keys of their rows."""
    key = key_columns(table, sheet.schema)
    if not set(key) <= set(sheet.frame):
        return {}
    keys = row_keys(sheet.frame[list(key)].dropna(), key)
    return {str(name): list(map(int, lines)) for name, lines in keys.index.to_series().groupby(keys)}


def _misfits(sheet: Sheet, corrections: Sheet, lines: dict[str, list[int]]) -> list[Fault]:
    """What is wrong with the corrections of one table; a cell that is at fault is hidden."""
    faults: list[Fault] = []
    for check in CHECKS:
        found = list(check(sheet, corrections, lines))
        corrections.hide(found)
        faults += found
        corrections.frame = corrections.frame.dropna(subset=NEEDED)
    return faults


def _unknown_columns(sheet: Sheet, corrections: Sheet, _: dict[str, list[int]]) -> Iterator[Fault]:
    names, cells = list(map(str, sheet.frame)), corrections.text("column")
    near = cells.map(lambda name: nearest(name, names)).astype("string")
    yield from corrections.faults(~cells.isin(names), "column", f"a column of {sheet.file}" + near)


def _unknown_keys(sheet: Sheet, corrections: Sheet, lines: dict[str, list[int]]) -> Iterator[Fault]:
    cells = corrections.text("key")
    count = cells.map(lambda key: len(lines.get(key, ()))).astype("int64")
    yield from corrections.faults(count == 0, "key", f"the key of a row of {sheet.file}; no row has it")
    several = f"the key of one row of {sheet.file}, but " + count.astype("string") + " rows have it"
    yield from corrections.faults(count > 1, "key", several)


def _other_values(sheet: Sheet, corrections: Sheet, lines: dict[str, list[int]]) -> Iterator[Fault]:
    """Another value stands in the file than the correction expects, or the new one is no other."""
    rows = corrections.frame
    places = [lines[key][0] for key in rows["key"]]
    found = [sheet.frame.at[place, name] for place, name in zip(places, rows["column"], strict=True)]
    stands = pd.Series(found, index=rows.index, dtype="string")
    said = pd.Series([sheet.place(place) for place in places], index=rows.index, dtype="string")
    expected = 'the value "' + stands + '", which stands in ' + said + ", column " + rows["column"]
    yield from corrections.faults(stands != rows["expected"], "expected", expected)
    yield from corrections.faults(rows["value"] == rows["expected"], "value", "another value than the one that stands")


def _wrong_values(sheet: Sheet, corrections: Sheet, _: dict[str, list[int]]) -> Iterator[Fault]:
    """What the Table Schema asks of the cell it asks of the new value."""
    fields = {field["name"]: field for field in sheet.schema["fields"]}
    for name, rows in corrections.frame.groupby("column"):
        # Beside the key: frictionless passes over a row in which every cell is empty.
        values = rows[["key", "value"]].set_axis([KEY_FIELD["name"], str(name)], axis="columns")
        column = Sheet(corrections.file, {"fields": [KEY_FIELD, fields[str(name)]]}, values)
        for stage in (broken_cells, unplain_cells, schema_faults):
            found = list(stage(column))
            column.hide(found)
            yield from (replace(fault, column="value") for fault in found)


CHECKS: tuple[Callable[[Sheet, Sheet, dict[str, list[int]]], Iterable[Fault]], ...] = (
    _unknown_columns,
    _unknown_keys,
    _other_values,
    _wrong_values,
)


def _make(sheet: Sheet, corrections: Sheet, lines: dict[str, list[int]]) -> Corrected:
    """Put the new values into the cells, and say which cells these are."""
    made: Corrected = {}
    for row in corrections.frame.itertuples():
        line = lines[str(row.key)][0]
        sheet.frame.at[line, row.column] = row.value
        made[sheet.file, line, str(row.column)] = int(row.Index)
    return made
