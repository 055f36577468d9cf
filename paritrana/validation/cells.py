"""Stage 2, the cells: what the Table Schemas of `data/datapackage.json` ask of each, and stricter on numbers."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
from frictionless import Schema
from frictionless.resources import TableResource

from paritrana.faults import CONTROL, Fault, nearest
from paritrana.validation.sheet import Descriptor, Sheet, fault_at

DAMAGED = "\ufffd"  # stands where bytes were no UTF-8
# Stricter than frictionless, which takes " 12", 1_000, NaN and the digits of other scripts as numbers.
PLAIN = {
    "integer": (r"-?[0-9]+", "a whole number without separators, such as 12500"),
    "number": (r"-?[0-9]+(\.[0-9]+)?", "a number with a point for decimals and no separators, such as 12500 or 12.5"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2024-12-31"),
}


def damaged_cells(sheet: Sheet) -> Iterator[Fault]:
    """Yield the cells whose bytes were no UTF-8."""
    for column in map(str, sheet.frame):
        wrong = sheet.text(column).str.contains(DAMAGED, regex=False)
        yield from sheet.faults(wrong, column, "text in UTF-8: save the file in this encoding")


def broken_cells(sheet: Sheet) -> Iterator[Fault]:
    """Yield the cells with a line break or a control character: every column is one line on the pages."""
    for column in map(str, sheet.frame):
        cells = sheet.text(column)
        if CONTROL.search("".join(cells.dropna())):  # one search for all: hardly any column has one
            yield from sheet.faults(
                cells.str.contains(CONTROL), column, "a text on one line, without line breaks and control characters"
            )


def unplain_cells(sheet: Sheet) -> Iterator[Fault]:
    """Yield the numbers and dates that are not written plainly, though a library would read them."""
    for field in sheet.schema["fields"]:
        if field["type"] in PLAIN:
            pattern, expected = PLAIN[field["type"]]
            cells = sheet.text(field["name"])
            wrong = sheet.known(field["name"]) & ~cells.str.fullmatch(pattern).fillna(True).astype(bool)
            yield from sheet.faults(wrong, field["name"], expected)


def schema_faults(sheet: Sheet) -> Iterator[Fault]:
    """Let frictionless hold the cells against the Table Schema; foreign keys are checked later, across sheets."""
    fields = {field["name"]: field for field in sheet.schema["fields"] if field["name"] in sheet.frame}
    lines = [1, *sheet.frame.index]
    key = sheet.schema.get("primaryKey", [])
    key = key if isinstance(key, list) else [key]
    columns = {name: sheet.frame[name].tolist() for name in fields}
    for error in _row_errors(sheet, fields, key):
        column = getattr(error, "field_name", None) or ", ".join(key)
        # no column: a row without a sound cell
        cells = [columns[name][error.row_number - 2] for name in column.split(", ")] if column else [pd.NA]
        if not any(cell is pd.NA for cell in cells):  # else told already
            line, demand = lines[error.row_number - 1], _demand(error, fields.get(column, {}), lines)
            yield fault_at(sheet.file, int(line), column, ", ".join(cells), demand)


def _row_errors(sheet: Sheet, fields: dict[str, Descriptor], key: list[str]) -> list[Any]:
    """Return what frictionless finds in the rows of a sheet, in the columns that it has."""
    schema = {"fields": list(fields.values()), "missingValues": [""]}
    schema |= {"primaryKey": key} if set(key) <= fields.keys() else {}
    rows = [list(fields), *sheet.frame[list(fields)].fillna("").to_numpy().tolist()]
    with TableResource(data=rows, schema=Schema.from_descriptor(schema)) as table:
        return [error for row in table.row_stream for error in row.errors]


def _demand(error: Any, field: Descriptor, lines: list[int]) -> str:
    """Say in words what the schema asked of the cell of a frictionless error."""
    if error.type in ("unique-error", "primary-key"):
        other = re.search(r"at position (\d+)", error.note)
        return f"a value of its own, but row {lines[int(other[1]) - 1]} has it too" if other else "a value of its own"
    if error.type == "type-error":
        return f"a {field['type']} that exists" + (f", such as {field['example']}" if "example" in field else "")
    limits, name = field["constraints"], re.match(r'constraint "(\w+)"', error.note)
    words: dict[str, Callable[[Any], str]] = {
        "required": lambda _: "a value",
        "enum": lambda values: _one_of(error.cell, values),
        "pattern": lambda form: (
            f"a text of the form {form}" + (f", such as {field['example']}" if "example" in field else "")
        ),
        "minimum": lambda limit: f"at least {limit}",
        "maximum": lambda limit: f"at most {limit}",
    }
    return words[name[1]](limits[name[1]]) if name and name[1] in words else error.note


def _one_of(value: str, options: list[str]) -> str:
    return f"{'one of ' if len(options) > 1 else ''}{', '.join(map(str, options))}{nearest(value, map(str, options))}"
