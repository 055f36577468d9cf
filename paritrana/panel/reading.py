"""A panel's workbook from its file to checked rows; every fault at once, by sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import is_zipfile

from openpyxl.utils import get_column_letter

from paritrana.faults import Fault, InvalidInput, relative, shown
from paritrana.panel import layout
from paritrana.panel.cells import Reading, near
from paritrana.panel.layout import FIRST, GUIDE, KEYS, LANGUAGES, TITLES, Scored, Sheet
from paritrana.panel.tables import read_tables
from paritrana.presentation.language import Text
from paritrana.sheets import workbooks
from paritrana.sheets.archive import MOST_FILE
from paritrana.sheets.grids import Grid, Grids, refused

MARK = "panel.yml"  # in the folder of an overlay
ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_OF = 0.5  # of a sheet's columns, and it is that sheet whatever it is called
NOT_READ = "record"  # the kind of columns that are there for the eye
Values = Mapping[str, str]  # what is kept of a row, by the key of its column; empty where the cell is


@dataclass(frozen=True)
class Line:
    """A row that was filled in: its number, what is kept of it, and which of its cells were faulty."""

    row: int
    values: Values
    faulty: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Filled:
    """A sheet with its rows: `tab` is what it is called in the file, `places` where its columns stand."""

    sheet: Sheet
    file: str
    tab: str
    places: Mapping[str, int]
    lines: tuple[Line, ...]

    def fault(self, line: Line | None, key: str, sentence: str) -> Fault:
        """A fault of a cell, or of the sheet where there is no line."""
        cell = f"!{get_column_letter(self.places[key])}{line.row}" if line and key in self.places else ""
        return Fault(f"{self.file}, {self.tab}{cell}", None, None, None, sentence)


@dataclass(frozen=True)
class Workbook:
    """All sheets that were read, by key, in the language of the workbook."""

    say: Text
    filled: Mapping[str, Filled]

    def lines(self, key: str) -> tuple[Line, ...]:
        """The rows of a sheet."""
        return self.filled[key].lines if key in self.filled else ()


def read_workbook(path: Path, say: Text) -> tuple[Workbook, list[Fault]]:
    """The sheets of a file or folder, and the faults of its cells.

    Raises InvalidInput where the file cannot be read, or is no workbook of a panel. `say` words what goes wrong before
    the language of the workbook is known.
    """
    grids = read_grids(path, say)
    say = _language(grids, say)
    tabs, faults = _tabs(grids, say)
    if not {"cover", "criteria"} <= set(tabs):
        raise InvalidInput(faults)
    reading = Reading.of(grids, say)
    filled: dict[str, Filled] = {}
    for sheet in (layout.cover(say), layout.criteria(say)):
        filled[sheet.key], found = _filled(grids.file, tabs[sheet.key], sheet, reading)
        faults += found
    typed, judged = criteria_with_columns(filled["criteria"])
    for sheet in layout.sheets(say, category(filled["cover"]), typed, judged):
        if sheet.key in tabs and sheet.key not in filled:
            filled[sheet.key], found = _filled(grids.file, tabs[sheet.key], sheet, reading)
            faults += found
        elif sheet.key not in tabs:
            faults.append(_missing(grids, sheet.title, tabs, say))
    return Workbook(say, filled), faults


def read_grids(path: Path, say: Text) -> Grids:
    """The cells of a file or folder as they are; what it is called does not decide what it is."""
    file = relative(path)
    if path.is_dir():
        return replace(read_tables(path, file, say), plain=(path / MARK).exists())
    if not path.is_file():
        raise refused(file, say("berkas ini tidak ada"))
    if path.stat().st_size > MOST_FILE:
        raise refused(file, say("berkas ini lebih besar dari {size} MB", size=MOST_FILE // 2**20))
    if not is_zipfile(path):
        told = say("berkas ini bukan buku kerja .xlsx atau .ods, atau bersandi; simpan sebagai .xlsx tanpa kata sandi")
        raise refused(file, told)
    return workbooks.read_workbook(path, file, say)


def _language(grids: Grids, say: Text) -> Text:
    """The language of the workbook: that of the titles in its cover; the given one where none fits."""
    for language in LANGUAGES:
        other = Text(language)
        titles = [column.title for column in layout.cover(other).columns]
        for grid in grids.sheets:
            found = [str(raw.value).removesuffix(" *") for _, raw in sorted(grid.row(TITLES).items())]
            if found[:3] == titles[:3]:
                return other
    return say


def _tabs(grids: Grids, say: Text) -> tuple[dict[str, Grid], list[Fault]]:
    """The sheets that are known, by key, and faults for all others that hold anything and for known ones that hide."""
    titles = {layout.sheet_title(Text(lang), key).casefold(): key for lang in LANGUAGES for key in _keys()}
    titles |= {key: key for key in _keys()}
    tabs: dict[str, Grid] = {}
    faults, unknown = [], []
    for grid in grids.sheets:
        key = titles.get(grid.name.strip().casefold())
        if key is None:
            unknown += [grid] if grid.cells else []
        elif key in tabs:
            faults.append(_of_sheet(grids, grid, say("lembar ini ada dua kali; hapus salah satu")))
        else:
            tabs[key] = grid
            if grid.hidden:
                faults.append(_of_sheet(grids, grid, say("lembar ini tersembunyi; tampilkan kembali")))
    for grid in unknown:
        renamed, fault = _unknown(grids, grid, tabs, say)
        faults.append(fault)
        tabs |= {renamed: grid} if renamed else {}
    always = ("cover", "candidates", "criteria")
    lacking = [layout.sheet_title(say, key) for key in always if key not in tabs]
    faults += [_missing(grids, title, tabs, say) for title in lacking if not {"cover", "criteria"} <= set(tabs)]
    return tabs, faults


def _keys() -> tuple[str, ...]:
    return (GUIDE, *layout.SHEETS)


def _of_sheet(grids: Grids, grid: Grid, sentence: str) -> Fault:
    return Fault(f"{grids.file}, {grid.name}", None, None, None, sentence)


def _unknown(grids: Grids, grid: Grid, tabs: Mapping[str, Grid], say: Text) -> tuple[str, Fault]:
    """A sheet that is none of the template: one of its sheets under another name (its key), or hidden, or extra."""
    keys = {str(raw.value) for raw in grid.row(KEYS).values()}
    shared = {
        sheet.key: len(keys & {column.key for column in sheet.columns}) / len(sheet.columns)
        for sheet in layout.sheets(say, layout.REGIONAL, (), ())
        if sheet.key not in tabs
    }
    best = max(shared, key=lambda key: shared[key], default="")
    if best and shared[best] > MOST_OF:
        told = say('lembar ini berganti nama; kembalikan menjadi "{title}"', title=layout.sheet_title(say, best))
        return best, _of_sheet(grids, grid, told)
    if grid.hidden:
        return "", _of_sheet(grids, grid, say("lembar tersembunyi yang tidak dikenal; hapus lembar ini"))
    told = say("lembar ini tidak ada dalam templat; hapus atau pindahkan ke berkas lain")
    return "", _of_sheet(grids, grid, told)


def _missing(grids: Grids, title: str, tabs: Mapping[str, Grid], say: Text) -> Fault:
    """A sheet that is not there."""
    others = [grid.name for grid in grids.sheets if grid not in tabs.values()]
    told = say('lembar "{title}" tidak ada', title=title) + near(say, title, others)
    return Fault(grids.file, None, None, None, told)


def category(cover: Filled) -> str:
    """The category that the cover names; that of the regions where it names none."""
    named = [line.values["category"] for line in cover.lines if line.values.get("category")]
    return named[0] if named else layout.REGIONAL


def criteria_with_columns(criteria: Filled) -> tuple[list[Scored], list[Scored]]:
    """The criteria whose values are typed, and those that jurors give points for."""
    typed, judged = [], []
    for line in criteria.lines:
        values = line.values
        one = Scored(values["id"], values["title"], values["unit"])
        if not ID.fullmatch(values["id"]):
            continue
        if values["kind"] == layout.FIGURE and not values["indicator"]:
            typed.append(one)
        if values["kind"] == layout.JURY:
            ends = sorted(float(values[key]) for key in ("zero", "full") if values[key])
            judged.append(replace(one, least=ends[0], most=ends[-1]) if len(set(ends)) == 2 else one)
    return typed, judged


def _filled(file: str, grid: Grid, sheet: Sheet, reading: Reading) -> tuple[Filled, list[Fault]]:
    """A sheet's rows, and the faults of its head and of each cell."""
    say = reading.say
    places, faults = _places(file, grid, sheet, say)
    if grid.merged:
        told = say("sel {ranges} digabung; pisahkan kembali", ranges=", ".join(grid.merged))
        faults.append(Fault(f"{file}, {grid.name}", None, None, None, told))
    if grid.beyond:
        told = say("ada isi di bawah baris {most}; hapus baris-baris itu", most=layout.MOST_ROWS)
        faults.append(Fault(f"{file}, {grid.name}", None, None, None, told))
    filled = Filled(sheet, file, grid.name, places, ())
    by_row: dict[int, set[int]] = {}
    for row, column in grid.cells:
        if row >= FIRST:
            by_row.setdefault(row, set()).add(column)
    lines = []
    for row in sorted(by_row):
        line, found = _line(filled, grid, row, by_row[row], reading)
        faults += found
        if line:
            lines.append(line)
    return replace(filled, lines=tuple(lines)), faults


def _places(file: str, grid: Grid, sheet: Sheet, say: Text) -> tuple[dict[str, int], list[Fault]]:
    """Where each column stands, and faults for those that lack, are unknown, or stand twice."""
    heads = {column: str(raw.value).strip() for column, raw in sorted(grid.row(KEYS).items())}
    keys = [column.key for column in sheet.columns]
    faults = []

    def add(column: int | None, sentence: str) -> None:
        cell = f"!{get_column_letter(column)}{KEYS}" if column else ""
        faults.append(Fault(f"{file}, {grid.name}{cell}", None, None, None, sentence))

    for column in sheet.columns:
        if column.key not in heads.values() and column.kind != NOT_READ:
            add(None, say('kolom {key} ("{title}") tidak ada; kembalikan kolomnya', key=column.key, title=column.title))
    places: dict[str, int] = {}
    for place, head in heads.items():
        if head not in keys:
            add(place, say('"{head}" bukan kolom lembar ini; hapus kolomnya', head=shown(head)) + near(say, head, keys))
        elif head in places:
            add(place, say("kolom {key} ada dua kali; hapus salah satu", key=head))
        places.setdefault(head, place)
    return {key: place for key, place in places.items() if key in keys}, faults


def _line(
    filled: Filled, grid: Grid, row: int, columns: set[int], reading: Reading
) -> tuple[Line | None, Sequence[Fault]]:
    """A row as it is kept with its faults; none where nothing of it is read."""
    read = {column.key: column for column in filled.sheet.columns if column.kind != NOT_READ}
    outside = sorted(columns - set(filled.places.values()))
    faults = list(_outside(filled, grid, row, outside, reading.say))
    if not columns & {filled.places[key] for key in read if key in filled.places}:
        return None, faults
    values, faulty = dict.fromkeys(read, ""), set()
    empty = Line(row, {})
    for key, column in read.items():
        if key not in filled.places:
            continue
        kept = reading.kept(column, grid.cells.get((row, filled.places[key])))
        values[key] = "" if kept.fault else kept.text
        if kept.fault:
            faulty.add(key)
            faults.append(filled.fault(empty, key, kept.fault))
    return Line(row, values, frozenset(faulty)), faults


def _outside(filled: Filled, grid: Grid, row: int, columns: Sequence[int], say: Text) -> Iterator[Fault]:
    """What stands beside the table in a row, the first such cell; a column with an unknown head has its fault already."""
    headed = set(grid.row(KEYS))
    for column in [column for column in columns if column not in headed][:1]:
        cell = f"{filled.file}, {filled.tab}!{get_column_letter(column)}{row}"
        value = shown(str(grid.cells[row, column].value))
        yield Fault(cell, None, None, None, say('"{value}" berada di luar tabel; hapus atau pindahkan', value=value))
