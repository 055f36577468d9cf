"""What portals tell, set beside what the data has: rows that are new, and cells that are another value now.

Both go to the door for new rows as files: a new row into its table, another value into `corrections.csv`, which keeps
the old one readable, and with them the pages that say it. Nothing of the data is written here.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from paritrana import paths
from paritrana.digests import sha256
from paritrana.faults import Fault, InvalidInput
from paritrana.files import csv_text
from paritrana.record.corrections import SEPARATOR, key_columns
from paritrana.record.tables import CORRECTIONS, PACKAGE

Row = Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """A page or file of a portal: `accessed` is the day on which it said what is told of it."""

    address: str
    title: str
    publisher: str
    accessed: date

    @property
    def source_id(self) -> str:
        """Its key in the table of sources: the same address has the same one."""
        return f"S{sha256(self.address)[:8]}"

    def row(self) -> dict[str, str]:
        """Its row in the table of sources; when a portal published a figure it does not say."""
        title = f"{self.title} (accessed {self.accessed.isoformat()})"
        told = {"source_id": self.source_id, "url": self.address, "title": title, "publisher": self.publisher}
        return {**told, "published": ""}


@dataclass(frozen=True)
class Told:
    """What a portal tells of one row: the cells that a new row begins with, its numbers by column, and where."""

    called: str
    given: Row
    numbers: Mapping[str, int]
    sources: Mapping[str, Source]  # by column


@dataclass(frozen=True)
class Changes:
    """The files for the door, each a table with its rows, and a line for each difference."""

    files: Mapping[str, Sequence[Row]]
    lines: Sequence[str]


@dataclass
class _Standing:
    """A table of the data as it stands in its files."""

    table: str
    header: list[str]
    key: tuple[str, ...]
    rows: dict[str, Row]
    corrected: dict[tuple[str, str], str]  # value that a correction put in place, by key and column
    sources: set[str]  # ids


def changes(table: str, rows: Iterable[Told], tolerance: int = 0, folder: Path = paths.DATA) -> Changes:
    """Set rows of a table beside the data; values that differ by no more than `tolerance` are the same.

    Raises InvalidInput where a portal tells another value of a cell that a correction has put right already.
    """
    standing = _standing(table, folder)
    there, new = _divided(standing, rows)
    cells = [cell for row in there for cell in _different(standing, row, tolerance)]
    if faults := [_corrected_already(standing, cell) for cell in cells if cell.place in standing.corrected]:
        raise InvalidInput(faults)
    used = [cell.source for cell in cells] + [source for row in new for source in row.sources.values()]
    sources = {source.source_id: source.row() for source in used if source.source_id not in standing.sources}
    reasons = sorted({_reasons(cell.source) for cell in cells})
    files: dict[str, Sequence[Row]] = {
        table: [_row(standing, row) for row in new],
        CORRECTIONS: [_correction(table, cell) for cell in cells],
        "sources": [sources[name] for name in sorted(sources)],
        "notes": [{"note": english, "indonesian": indonesian} for english, indonesian in reasons],
    }
    lines = [f"{table} {cell.called}, {cell.place[1]}: {cell.expected or 'nothing'} -> {cell.number}" for cell in cells]
    lines += [f"{table} {row.called}: new, {_listed(row.numbers)}" for row in new]
    return Changes({name: told for name, told in files.items() if told}, lines)


@dataclass(frozen=True)
class _Cell:
    """A cell of which a portal tells another value: `place` is the key of its row and its column."""

    place: tuple[str, str]
    called: str
    expected: str
    number: int
    source: Source


def _divided(standing: _Standing, rows: Iterable[Told]) -> tuple[list[Told], list[Told]]:
    """The rows that the data has under their key, and those that are new."""
    there: list[Told] = []
    new: list[Told] = []
    for row in rows:
        (there if _key(standing, row.given) in standing.rows else new).append(row)
    return there, new


def _key(standing: _Standing, row: Row) -> str:
    return SEPARATOR.join(row[name] for name in standing.key)


def _different(standing: _Standing, row: Told, tolerance: int) -> Iterator[_Cell]:
    """The cells of a row of which a portal tells another value than the data has."""
    key = _key(standing, row.given)
    for column, number in row.numbers.items():
        expected = standing.rows[key][column]
        has = standing.corrected.get((key, column), expected)
        if not has or abs(int(has) - number) > tolerance:
            yield _Cell((key, column), row.called, expected, number, row.sources[column])


def _row(standing: _Standing, row: Told) -> Row:
    """A new row; what is not told is empty."""
    cells = {**row.given, **{column: str(number) for column, number in row.numbers.items()}}
    return {name: cells.get(name, "") for name in standing.header}


def _listed(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{column} {number}" for column, number in numbers.items())


def _correction(table: str, cell: _Cell) -> Row:
    reason, _ = _reasons(cell.source)
    (key, column), source = cell.place, cell.source
    told = {"table": table, "key": key, "column": column, "expected": cell.expected, "value": str(cell.number)}
    return {**told, "reason": reason, "source_id": source.source_id, "date": source.accessed.isoformat()}


def _reasons(source: Source) -> tuple[str, str]:
    """Why a cell is corrected, in English and in Indonesian."""
    who, day = source.publisher, source.accessed.isoformat()
    return f"{who} told another value on {day}.", f"{who} menyebut nilai lain pada {day}."


def _corrected_already(standing: _Standing, cell: _Cell) -> Fault:
    key, column = cell.place
    has = standing.corrected[cell.place]
    expected = f"expected {has}, which data/corrections.csv has for it: change the value there if this one is right"
    return Fault(f"{standing.table}, row {key}, {column}", None, None, str(cell.number), expected)


def _standing(table: str, folder: Path) -> _Standing:
    """Read a table as text, and what is corrected of it."""
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8-sig"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    key = key_columns(table, resources[table]["schema"])
    own = _read(folder / resources[table]["path"])
    corrected = {
        (row["key"], row["column"]): row["value"]
        for row in _read(folder / resources[CORRECTIONS]["path"])
        if row["table"] == table
    }
    sources = {row["source_id"] for row in _read(folder / resources["sources"]["path"])}
    rows = {SEPARATOR.join(row[name] for name in key): row for row in own}
    header = [column["name"] for column in resources[table]["schema"]["fields"]]
    return _Standing(table, header, key, rows, corrected, sources)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def text_of_rows(rows: Sequence[Row]) -> str:
    """Rows as the text of a CSV file."""
    header = list(rows[0])
    return csv_text([header, *([row[name] for name in header] for row in rows)])


def sums(table: str, rows: Sequence[Told], folder: Path = paths.DATA) -> list[str]:
    """What the rows add up to, column by column, beside the newest earlier year of the data: a first check by eye."""
    standing = list(_standing(table, folder).rows.values())
    years = {row.given["year"] for row in rows}
    lines = []
    for year in sorted(years):
        before = max((row["year"] for row in standing if row["year"] < year), default=None)
        told = [row for row in rows if row.given["year"] == year]
        for column in dict.fromkeys(name for row in told for name in row.numbers):
            count = sum(column in row.numbers for row in told)
            total = sum(row.numbers.get(column, 0) for row in told)
            earlier = sum(int(row[column]) for row in standing if row["year"] == before and row[column])
            beside = f"; {before} in the data: {earlier}" if before else ""
            lines.append(f"{year}, {column}: {total} in {count} rows{beside}")
    return lines
