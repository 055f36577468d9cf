"""Stage 1, the files: encoding, CSV, header and length of the rows, with the line numbers of a text editor."""

import csv
import difflib
import io
from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from paritrana.faults import Fault
from paritrana.record.tables import NAMES
from paritrana.validation.cells import broken_cells, damaged_cells, schema_faults, unplain_cells
from paritrana.validation.sheet import Descriptor, Sheet, Sheets, fault_at

MARKS = {";": "semicolons", "\t": "tabs", "|": "bars"}
Record = tuple[int, list[str]]  # the line a record begins on, and its cells


def read_sheets(folder: Path, package: Descriptor) -> tuple[Sheets, list[Fault]]:
    """Read every table that the package describes; one that it lacks is an empty sheet that nothing leans on."""
    sheets: Sheets = {}
    faults: list[Fault] = []
    for resource in package.get("resources", []):
        if "schema" in resource:
            path = folder / resource["path"]
            sheets[resource["name"]], found = read_sheet(path, f"data/{resource['path']}", resource["schema"])
            faults += found
    for name in NAMES:
        sheets.setdefault(name, Sheet(f"data/{name}.csv", {}, pd.DataFrame(), whole=False))
    return sheets, faults


def read_sheet(path: Path, file: str, schema: Descriptor) -> tuple[Sheet, list[Fault]]:
    """Read one table as text and check its file, which is told of as `file`, and its cells against the schema.

    What is faulty is unknown in the sheet.
    """
    names = [field["name"] for field in schema["fields"]]
    sheet = Sheet(file, schema, pd.DataFrame(columns=names, dtype="string"), whole=False)
    if not path.is_file():
        return sheet, []  # told with the package
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    faults = _fill(sheet, text, names)
    for stage in (damaged_cells, broken_cells, unplain_cells, schema_faults):
        found = list(stage(sheet))
        sheet.hide(found)
        faults += found
    return sheet, faults


def _fill(sheet: Sheet, text: str, names: list[str]) -> list[Fault]:
    """Put the rows of CSV text into a sheet, and say whether all are in it."""
    records, faults = _records(sheet.file, text)
    labels, found = _labels(sheet.file, records[0][1], names) if records else ([], [])
    faults += found
    if not labels:
        return faults
    rows, found = _rows(sheet.file, records[1:], len(labels))
    sheet.whole = not faults and not found
    index = pd.Index([line for line, _ in rows], dtype="int64")
    sheet.frame = pd.DataFrame([cells for _, cells in rows], index=index, columns=labels, dtype="string")
    return faults + found


def _records(file: str, text: str) -> tuple[list[Record], list[Fault]]:
    """Split CSV text into records, each with the line it begins on; stop at what is no CSV."""
    records: list[Record] = []
    if "\0" in text:
        return records, [fault_at(file, None, None, None, "CSV text in UTF-8, but there are zero bytes in it")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        return records, [fault_at(file, line, None, None, f"a row of CSV ({error}); the rest of the file was not read")]
    if not any(any(cells) for _, cells in records):
        return [], [fault_at(file, None, None, None, "a header and rows, but the file is empty")]
    return records, [fault_at(file, None, None, None, "rows below the header")] if len(records) == 1 else []


def _labels(file: str, found: list[str], names: list[str]) -> tuple[list[str], list[Fault]]:
    """Return the columns as the schema calls them, and the faults of the header; no columns if it is unusable."""
    if faults := list(_unusable(file, found, names)):
        return [], faults
    meant = _meant(found, names)
    labels = [meant.get(label, label) for label in found]
    faults = [fault_at(file, 1, name, label, f'the column name "{name}"') for label, name in meant.items()]
    faults += [fault_at(file, 1, label, label, "no such column") for label in labels if label not in names]
    faults += [fault_at(file, 1, name, None, "a column of this name") for name in names if name not in labels]
    if not faults and labels != names:
        faults = [fault_at(file, 1, None, ",".join(labels), f"the columns in this order: {','.join(names)}")]
    return labels, faults


def _unusable(file: str, found: list[str], names: list[str]) -> Iterator[Fault]:
    """Yield what makes a header so wrong that its columns can't be told."""
    if len(found) == 1 < len(names) and (used := [name for mark, name in MARKS.items() if mark in found[0]]):
        yield fault_at(file, 1, None, found[0], f"columns separated by commas, not {used[0]}")
    elif twice := sorted({label for label in found if found.count(label) > 1}):
        yield from (fault_at(file, 1, label, label, "each column once") for label in twice)
    elif not set(found) & set(names):
        yield fault_at(file, 1, None, ",".join(found), f"a header: {','.join(names)}")


def _meant(found: list[str], names: list[str]) -> dict[str, str]:
    """Map each misspelt label to the column it stands for."""
    meant: dict[str, str] = {}
    for label in [label for label in found if label not in names]:
        if name := _nearest(label, set(names) - set(found) - set(meant.values())):
            meant[label] = name
    return meant


def _rows(file: str, records: list[Record], width: int) -> tuple[list[Record], list[Fault]]:
    """Part the rows that fit the header from those that are blank, too short or too long."""
    good, faults = [], []
    for line, cells in records:
        if not any(cells):
            faults.append(fault_at(file, line, None, "", "a row with values: delete the blank row"))
        elif len(cells) != width:
            faults.append(fault_at(file, line, None, f"{len(cells)} cells", f"{width} cells, as in the header"))
        else:
            good.append((line, cells))
    return good, faults


def _nearest(value: str, options: Collection[str]) -> str | None:
    folded = {option.casefold().strip(): option for option in sorted(options)}
    matches = difflib.get_close_matches(value.casefold().strip(), folded, n=1)
    return folded[matches[0]] if matches else None
