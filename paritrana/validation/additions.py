"""Rows that are to be added to the tables: read from a folder, and put behind the rows that are there.

They are checked with everything that is there, as if they stood in the tables already, and what is found in them is
told of the file that brings them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from paritrana.faults import Fault, nearest, relative
from paritrana.validation.files import read_sheet
from paritrana.validation.sheet import ADDED, Descriptor, Sheet, Sheets, fault_at

TABLES = (  # that rows can be added to
    *("observations", "awards", "regulations", "sources", "flags", "corrections", "notes"),
    *("labour_force", "participants_province", "apbd_jawa_timur"),
)


def read_additions(folder: Path, package: Descriptor) -> tuple[Sheets, list[Fault]]:
    """The sheets of the tables that the folder brings rows for, and every fault of its files and their cells."""
    resources = {each["name"]: each for each in package.get("resources", [])}
    schemas = {resources[name]["path"]: resources[name] for name in TABLES if name in resources}
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        return {}, [fault_at(relative(folder), None, None, None, f"a folder with CSV files ({error.strerror})")]
    if not found:
        return {}, [fault_at(relative(folder), None, None, None, f"files such as {', '.join(schemas)}; there is none")]
    sheets: Sheets = {}
    faults: list[Fault] = []
    for path in found:
        if path.name not in schemas:
            near = nearest(path.name, schemas)
            faults.append(fault_at(relative(path), None, None, None, f"one of the files {', '.join(schemas)}{near}"))
        elif unreadable := _unreadable(path):
            faults.append(fault_at(relative(path), None, None, None, unreadable))
        else:
            sheet, told = read_sheet(path, relative(path), schemas[path.name]["schema"])
            sheets[schemas[path.name]["name"]] = sheet
            faults += told
    return sheets, faults


def _unreadable(path: Path) -> str:
    """What keeps a file from being read, or nothing."""
    try:
        with path.open("rb"):
            return ""
    except OSError as error:
        return f"a file that can be read ({error.strerror})"


def add(sheets: Sheets, added: Sheets) -> list[Fault]:
    """Put the rows behind those of their tables; `added` keeps those that are new, and other rows of a key are told."""
    faults: list[Fault] = []
    for table, sheet in added.items():
        own = sheets[table]
        there = _as_text(own.frame).isin(set(_as_text(sheet.frame)))
        known = set(_as_text(own.frame)[there])
        sheet.frame = sheet.frame[~_as_text(sheet.frame).isin(known)]
        found = list(_taken_keys(own, sheet))
        sheet.hide(found)
        faults += found
        rows = sheet.frame.set_axis(sheet.frame.index + ADDED, axis="index").reindex(columns=own.frame.columns)
        own.frame = pd.concat([own.frame, rows]) if len(rows) else own.frame
        own.whole, own.added = own.whole and sheet.whole, sheet.file
    return faults


def _as_text(frame: pd.DataFrame) -> pd.Series:
    """Each row as one text, in which no two different rows are alike."""
    cells = frame.astype("object").where(frame.notna(), "\ufffd")
    return pd.Series(["\0".join(map(str, row)) for row in cells.to_numpy()], index=frame.index, dtype="str")


def _taken_keys(own: Sheet, sheet: Sheet) -> Iterator[Fault]:
    """Rows whose key a row of the table has, though the rest of it differs."""
    key = sheet.schema.get("primaryKey", [])
    columns = [key] if isinstance(key, str) else list(key)
    if not columns or not set(columns) <= set(sheet.frame) or not set(columns) <= set(own.frame):
        return
    lines = {
        tuple(cells): int(line) for line, cells in zip(own.frame.index, own.frame[columns].to_numpy(), strict=True)
    }
    for line, cells in zip(sheet.frame.index, sheet.frame[columns].to_numpy(), strict=True):
        if (there := lines.get(tuple(cells))) and not pd.isna(cells).any():
            expected = f"a key of its own, but {own.place(there)} has it with {_difference(own, there, sheet, line)}"
            yield fault_at(sheet.file, int(line), ", ".join(columns), ", ".join(cells), expected)


def _difference(own: Sheet, there: int, sheet: Sheet, line: int) -> str:
    """The first column in which two rows differ, as the row that is there has it."""
    for column in own.frame:
        if column in sheet.frame and own.frame.at[there, column] != sheet.frame.at[line, column]:
            return f'"{own.frame.at[there, column]}" as its {column}'
    return "other cells"


def told_of_additions(faults: Iterable[Fault], sheets: Sheets) -> Iterator[Fault]:
    """The faults, those of added rows told of the file that brings them."""
    files: Mapping[str, str] = {sheet.file: sheet.added for sheet in sheets.values()}
    for fault in faults:
        added = fault.row is not None and fault.row > ADDED
        yield replace(fault, file=files[fault.file], row=(fault.row or 0) - ADDED) if added else fault
