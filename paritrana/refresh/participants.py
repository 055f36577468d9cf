"""The ministry's workbook of participants: a row for each province, a column for each segment.

How the ministry lays its sheets out is documented nowhere: a sheet is read where its columns say that they are the
province and the three segments, each once, and refused where they do not. A workbook that also counts participants who
are not active is refused too: the data has active ones alone, and both stand under the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from paritrana.faults import Fault, InvalidInput, nearest
from paritrana.presentation.language import Text
from paritrana.refresh.answers import refusal, told, whole_number
from paritrana.refresh.cache import Answer
from paritrana.refresh.places import plain, provinces
from paritrana.sheets.archive import weighed
from paritrana.sheets.excel import read_excel
from paritrana.sheets.grids import Grid, Raw

# What a column of the data is called in a header, by its letters alone and without `peserta` and `aktif`.
HEADERS = {
    "province": ("provinsi",),
    "wage_earners_pu": ("pu", "penerimaupah", "penerimaupahpu"),
    "non_wage_bpu": ("bpu", "bukanpenerimaupah", "bukanpenerimaupahbpu"),
    "construction_jakon": ("jakon", "jasakonstruksi", "jasakonstruksijakon"),
    "active_participants": ("total", "jumlah"),
}
NEEDED = tuple(HEADERS)[:4]
SEGMENTS = NEEDED[1:]
WHOLES = ("total", "jumlah", "indonesia", "nasional")
INACTIVE = re.compile(r"\b(tidak|non|belum|in)[\s-]*aktif", re.IGNORECASE)
YEAR = re.compile(r"\b20\d\d\b")
TOP = 20  # rows in which a header may begin

Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Header:
    """The columns of a sheet by what they hold, and the row below which the provinces begin."""

    columns: Mapping[str, int]
    row: int


def participants_of(
    answer: Answer, year: int, groups: Mapping[str, str], present: Mapping[str, str]
) -> dict[str, Numbers]:
    """Active participants by segment, by the codes that a row counts; raises InvalidInput with all faults of the sheet.

    `groups` are the rows of the data that count several provinces or one, `present` those of today: names and codes.
    """
    for grid in _grids(answer):
        if header := _header(grid, answer.address):
            return _read(grid, header, answer, year, groups, present)
    names = ", ".join(("Provinsi", "Penerima Upah", "Bukan Penerima Upah", "Jasa Konstruksi"))
    raise refusal(answer.address, f"a sheet with the columns {names} in its first {TOP} rows")


def _grids(answer: Answer) -> tuple[Grid, ...]:
    """The sheets that are seen; the file is weighed before anything is read of it."""
    say = Text("en")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(answer.content)
        weighed(path, answer.address, say)
        sheets = read_excel(path, answer.address, say).sheets
    return tuple(sheet for sheet in sheets if not sheet.hidden)


def _header(grid: Grid, place: str) -> Header | None:
    """The header of a sheet in one row, or in two of which the lower one has the segments."""
    for upper, lower in pairwise(range(1, TOP + 2)):
        for rows in ((upper,), (upper, lower)):
            found = [(name, column) for row in rows for column, raw in grid.row(row).items() if (name := _name(raw))]
            columns = dict(found)
            if set(NEEDED) <= set(columns):
                if twice := sorted({name for name, _ in found if [name for name, _ in found].count(name) > 1}):
                    raise refusal(f"{place}, sheet {grid.name}, row {rows[-1]}", f"one column for {', '.join(twice)}")
                return Header(columns, rows[-1])
    return None


def _name(raw: Raw) -> str:
    """What a cell of a header says that its column holds, or nothing."""
    called = re.sub(r"peserta|aktif|[^a-z]", "", str(raw.value).lower()) if raw.sort == "text" else ""
    return next((name for name, words in HEADERS.items() if called in words), "")


def _read(
    grid: Grid, header: Header, answer: Answer, year: int, groups: Mapping[str, str], present: Mapping[str, str]
) -> dict[str, Numbers]:
    place = f"{answer.address}, sheet {grid.name}"
    faults = list(_beside(grid, header, place, year))
    rows: dict[str, Numbers] = {}
    known = provinces([*groups, *present])
    for number in range(header.row + 1, grid.rows + 1):
        cells = {name: raw for name, column in header.columns.items() if (raw := grid.cells.get((number, column)))}
        if "province" not in cells or not set(SEGMENTS) & set(cells):
            continue  # a note, an empty row
        name = str(cells["province"].value)
        if plain(name) in WHOLES:
            continue
        where, called = f"{place}, row {number}", known.get(plain(name))
        if called is None:
            faults.append(told(where, f"a province{nearest(name, known.values())}", name))
        elif called in rows:
            faults.append(told(where, "each province once", name))
        else:
            rows[called], found = _numbers(cells, f"{where} ({called})")
            faults += found
    codes, lacking = _scheme(rows, groups, present)
    if lacking and not faults:
        faults.append(told(place, f"every province; there is no row for {', '.join(lacking)}"))
    if faults:
        raise InvalidInput(faults)
    return {codes[name]: numbers for name, numbers in rows.items()}


def _beside(grid: Grid, header: Header, place: str, year: int) -> Iterator[Fault]:
    """What a sheet says above its numbers: whether they are of active participants, and of which year."""
    above = [(at, str(raw.value)) for at, raw in sorted(grid.cells.items()) if at[0] <= header.row]
    for (row, _), text in above:
        if INACTIVE.search(text):
            yield told(f"{place}, row {row}", "active participants alone", text)
    years = {found for _, text in above for found in YEAR.findall(text)}
    if years and str(year) not in years:
        yield told(place, f"figures of {year}", ", ".join(sorted(years)))


def _numbers(cells: Mapping[str, Raw], where: str) -> tuple[Numbers, list[Fault]]:
    """The segments of a row and their sum, which must be the total that stands there."""
    counts = {name: whole_number(cells[name].value) if name in cells else None for name in SEGMENTS}
    faults = [
        told(f"{where}, column {name}", "a whole number of persons", cells[name].value if name in cells else "")
        for name, count in counts.items()
        if count is None
    ]
    numbers = {name: count for name, count in counts.items() if count is not None}
    total = cells.get("active_participants")
    summed = sum(numbers.values())
    if not faults and total and total.sort != "formula" and whole_number(total.value) != summed:
        faults.append(told(f"{where}, column active_participants", f"{summed}, the sum of the segments", total.value))
    return {**numbers, "active_participants": summed}, faults


def _scheme(
    rows: Mapping[str, Numbers], groups: Mapping[str, str], present: Mapping[str, str]
) -> tuple[Mapping[str, str], list[str]]:
    """The codes by name, of today's provinces where a new one has a row, else as the data groups them; what lacks."""
    new = set(present) - set(groups)
    scheme = present if new & set(rows) else groups
    return {**groups, **scheme}, sorted(set(scheme) - set(rows))
