"""The clean data has no fault; each way to break it is told once, at its place, and nothing else is."""

import copy
import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml
from frictionless import Package

from paritrana import paths
from paritrana.checked import ONE_LINE
from paritrana.faults import Fault
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.parameters import page as params
from paritrana.parameters.rubric import KINDS
from paritrana.validation import files as validate_module
from paritrana.validation import validate
from paritrana.validation.files import read_sheets
from paritrana.validation.package import read_package
from paritrana.validation.parameters import check_parameters
from paritrana.validation.sheet import Sheet, Sheets
from tests.listening import listening

pytestmark = pytest.mark.slow

Breaker = Callable[[Path], object]
# file below data/, row, column, value, part of what was expected
Expected = tuple[str, int | None, str | None, str | None, str]


READ: dict[tuple[bytes | None, str], tuple[Sheet, list[Fault]]] = {}
READ_SHEET = validate_module.read_sheet


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)


O, A, L, R, S = "observations.csv", "awards.csv", "labour_force.csv", "regencies.csv", "sources.csv"  # noqa: E741
F, N, YEAR = "flags.csv", "notes.csv", "2018"
TOLD = (
    "a text of note of data/observations.csv, note of data/awards.csv, recipient of data/awards.csv, "
    "reason of data/flags.csv, reason of data/corrections.csv"
)


def cut() -> dict[str, list[list[str]]]:
    """The tables of which a fault needs not all: one year of all regions, one province's figures, flags and notes.

    The whole data is validated as it stands, by a test of its own.
    """
    labour, observations, flags, notes = (rows_of(paths.DATA / file) for file in (L, O, F, N))
    # A correction of a row that is not there would be a fault of its own.
    needed = {row[0] for row in flags[:5]} | {row[1] for row in rows_of(paths.DATA / "corrections.csv")}
    level, province = (observations[0].index(column) for column in ("level", "province_code"))
    few = [
        row
        for line, row in enumerate(observations)
        if line < 60 or row[province] == "13" or row[level] == "branch_area" or row[0] in needed
    ]
    kept = {row[0] for row in few}
    year = labour[0].index("year")
    return {
        L: [labour[0], *(row for row in labour if row[year] == YEAR)],
        O: few,
        F: [row for row in flags if row[0] in kept],
        N: [row for row in notes if row[0] in {each[-1] for each in few}],
    }


CUT = cut()


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data, some tables of it cut, beside the parameters."""
    folder = tmp_path_factory.mktemp("sound")
    shutil.copytree(paths.DATA, folder / "data", ignore=shutil.ignore_patterns("cases"))
    shutil.copytree(paths.PARAMS, folder / "params")
    for file, rows in CUT.items():
        write(folder / "data" / file, rows)
    return folder


@pytest.fixture(scope="session")
def sheets(sound: Path) -> Sheets:
    """The tables of the sound data as they were read."""
    return read_sheets(sound / "data", read_package(sound / "data")[0])[0]


@pytest.fixture
def root(sound: Path, tmp_path: Path) -> Path:
    """A copy of sound data and parameters that a test may break."""
    return shutil.copytree(sound, tmp_path / "root")


@pytest.fixture(autouse=True)
def unchanged_tables_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what was read of a table for as long as neither its bytes nor its description change: for speed only."""

    def read(path: Path, file: str, schema: dict[str, Any]) -> tuple[Sheet, list[Fault]]:
        key = (path.read_bytes() if path.is_file() else None, json.dumps([file, schema]))
        sheet, faults = READ.get(key) or READ.setdefault(key, READ_SHEET(path, file, schema))
        return replace(sheet, frame=sheet.frame.copy()), list(faults)

    monkeypatch.setattr(validate_module, "read_sheet", read)


def table(file: str, change: Callable[[list[list[str]]], object]) -> Breaker:
    """Break the rows of a table, header and all."""

    def breaker(data: Path) -> None:
        rows = rows_of(data / file)
        change(rows)
        write(data / file, rows)

    return breaker


def cell(file: str, row: int, column: str, value: str) -> Breaker:
    """Put a value into a cell; `row` is the line of the file."""
    return table(file, lambda rows: rows[row - 1].__setitem__(rows[0].index(column), value))


def line_of(file: str, column: str, value: str) -> int:
    """Find the first line of the sound data with this value."""
    rows = CUT.get(file) or rows_of(paths.DATA / file)
    return next(number for number, row in enumerate(rows, 1) if row[rows[0].index(column)] == value)


def raw(file: str, change: Callable[[bytes], bytes]) -> Breaker:
    """Break the bytes of a file."""
    return lambda data: (data / file).write_bytes(change((data / file).read_bytes()))


def together(*breakers: Breaker) -> Breaker:
    return lambda data: [breaker(data) for breaker in breakers]


def widened(rows: list[list[str]]) -> None:
    for row in rows:
        row.append("x")


def package(change: Callable[[dict[str, Any]], object]) -> Breaker:
    """Break the description of the data; resources are found by their name."""

    def breaker(data: Path) -> None:
        content = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in content["resources"]}
        change(resources)
        content["resources"] = list(resources.values())
        (data / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")

    return breaker


def without(file: str, column: str) -> Breaker:
    def change(rows: list[list[str]]) -> None:
        place = rows[0].index(column)
        for row in rows:
            del row[place]

    return table(file, change)


def swapped(rows: list[list[str]]) -> None:
    for row in rows:
        row[0], row[1] = row[1], row[0]


PADANG_PANJANG = line_of(O, "region_code", "13.74")
SHARE = line_of(O, "indicator", "coverage_share_pct")
BUDGET = line_of(O, "indicator", "vulnerable_workers_budget_idr")
AFTER_FLAGS = len(CUT[F]) + 1
BRANCH = line_of(O, "level", "branch_area")
AFTER_SOURCES, AFTER_AWARDS = (len(rows_of(paths.DATA / file)) + 1 for file in (S, A))
RAJA_AMPAT = AFTER_AWARDS - 1  # the last award: a region of what was Papua Barat until 2022
SINGKIL = line_of(R, "kemendagri_code", "11.10")

CASES: dict[str, tuple[Breaker, list[Expected]]] = {
    # the cells
    "text for a number": (cell(O, 17, "value", "12x"), [(O, 17, "value", "12x", "a number")]),
    "nan for a number": (cell(O, 17, "value", "NaN"), [(O, 17, "value", "NaN", "a number")]),
    "inf for a number": (cell(O, 17, "value", "inf"), [(O, 17, "value", "inf", "a number")]),
    "a decimal comma": (cell(O, SHARE, "value", "12,5"), [(O, SHARE, "value", "12,5", "a point for decimals")]),
    "thousands dots": (cell(O, 17, "value", "1.250.000"), [(O, 17, "value", "1.250.000", "no separators")]),
    "one thousands dot": (cell(O, 17, "value", "29.985"), [(O, 17, "value", "29.985", "a whole number")]),
    "a spreadsheet's exponent": (cell(O, 17, "value", "3E+07"), [(O, 17, "value", "3E+07", "a number")]),
    "python's underscore": (cell(L, 17, "employed", "38_871"), [(L, 17, "employed", "38_871", "a whole number")]),
    "digits of another script": (cell(L, 17, "employed", "٣٨"), [(L, 17, "employed", "٣٨", "a whole number")]),
    "space in a number": (cell(L, 17, "year", " 2018"), [(L, 17, "year", " 2018", "a whole number")]),
    "fraction of a person": (cell(L, 17, "employed", "38.5"), [(L, 17, "employed", "38.5", "a whole number")]),
    "negative persons": (cell(L, 17, "employees", "-5"), [(L, 17, "employees", "-5", "at least 0")]),
    "negative persons by unit": (cell(O, 17, "value", "-5"), [(O, 17, "value", "-5", "a whole number that is not")]),
    "more persons than people": (cell(O, 17, "value", "400000000"), [(O, 17, "value", "400000000", "at most 300")]),
    "negative money": (cell(O, BUDGET, "value", "-1"), [(O, BUDGET, "value", "-1", "an amount that is not negative")]),
    "percentage out of range": (cell(O, SHARE, "value", "250"), [(O, SHARE, "value", "250", "from 0 to 200")]),
    "unit of another indicator": (cell(O, SHARE, "unit", "persons"), [(O, SHARE, "unit", "persons", "percent, the")]),
    "year 2204": (cell(O, 17, "year", "2204"), [(O, 17, "year", "2204", "at most 2045")]),
    "day of another year": (cell(O, 2, "as_of", "2017-12-31"), [(O, 2, "as_of", "2017-12-31", "a day in 2020")]),
    "a day that never was": (cell(O, 17, "as_of", "2024-02-30"), [(O, 17, "as_of", "2024-02-30", "that exists")]),
    "a day the wrong way round": (cell(O, 17, "as_of", "31-12-2024"), [(O, 17, "as_of", "31-12-2024", "2024-12-31")]),
    "a month that never was": (cell(S, 3, "published", "2024-13"), [(S, 3, "published", "2024-13", "that exists")]),
    "unknown word, with a hint": (
        cell(O, 17, "status", "actul"),
        [(O, 17, "status", "actul", 'one of actual, planned, cumulative (did you mean "actual"?)')],
    ),
    "an empty cell that must not be": (cell(O, 17, "unit", ""), [(O, 17, "unit", "", "a value")]),
    "duplicate observation": (
        cell(O, 17, "observation_id", "Of5daa18645"),
        [(O, 17, "observation_id", "Of5daa18645", "row 2 has it too")],
    ),
    "duplicate source": (
        table(S, lambda rows: rows.append([rows[1][0], "https://example.org/", "", "Example", ""])),
        [(S, AFTER_SOURCES, "source_id", None, "row 2 has it too")],
    ),
    "duplicate key of two columns": (
        cell(L, 4, "kemendagri_code", "11.10"),
        [(L, 4, "year, kemendagri_code", "2018, 11.10", "row 3 has it too")],
    ),
    "a row twice": (table(A, lambda rows: rows.append(rows[5])), [(A, AFTER_AWARDS, None, None, "repeats row 6")]),
    "a scripted address": (
        cell(S, 3, "url", "javascript:alert(1)"),
        [(S, 3, "url", "javascript:alert(1)", "^https?://")],
    ),
    "a code that a spreadsheet made a number": (
        cell(O, PADANG_PANJANG, "region_code", "13.7"),
        [(O, PADANG_PANJANG, "region_code", "13.7", "such as 13.74")],
    ),
    "the same in the reference table": (
        cell(R, SINGKIL, "kemendagri_code", "11.1"),
        [(R, SINGKIL, "kemendagri_code", "11.1", "such as 13.74")],
    ),
    # across columns and tables
    "unknown region": (
        cell(O, PADANG_PANJANG, "region_code", "13.99"),
        [(O, PADANG_PANJANG, "region_code", "13.99", "the code of a region")],
    ),
    "no region where there must be one": (
        cell(O, PADANG_PANJANG, "region_code", ""),
        [(O, PADANG_PANJANG, "region_code", "", "the code of a kota")],
    ),
    "region in the wrong province": (
        cell(O, PADANG_PANJANG, "province_code", "14"),
        [(O, PADANG_PANJANG, "province_code", "14", "13, as the region 13.74 tells")],
    ),
    "region in the former province too late": (
        cell(A, RAJA_AMPAT, "province_code", "92"),
        [(A, RAJA_AMPAT, "province_code", "92", "as the region")],
    ),
    "unknown province": (
        cell(O, BRANCH, "province_code", "99"),
        [(O, BRANCH, "province_code", "99", "one of the kemendagri_code of data/provinces.csv")],
    ),
    "name of another region": (
        cell(O, PADANG_PANJANG, "region_name", "Padang"),
        [(O, PADANG_PANJANG, "region_name", "Padang", "Padang Panjang, as the region 13.74 tells")],
    ),
    "kota called kabupaten": (
        cell(O, PADANG_PANJANG, "level", "kabupaten"),
        [(O, PADANG_PANJANG, "level", "kabupaten", "kota, as the region 13.74 tells")],
    ),
    "province for the nation": (cell(O, 2, "province_code", "13"), [(O, 2, "province_code", "13", "nothing, as")]),
    "kota called kabupaten in the reference table": (
        cell(R, line_of(R, "kemendagri_code", "13.74"), "level", "kabupaten"),
        [(R, line_of(R, "kemendagri_code", "13.74"), "level", "kabupaten", "kota, as the code 13.74 tells")],
    ),
    "regency of another province": (
        cell(R, SINGKIL, "province_code", "12"),
        [(R, SINGKIL, "province_code", "12", "11, as the region 11.10 tells")],
    ),
    "code of BPS for that of Kemendagri": (
        cell(L, 3, "bps_code", "1110"),
        [(L, 3, "bps_code", "1110", "1102, as the region 11.10 tells")],
    ),
    "unknown source": (
        cell(O, 17, "source_id", "S602f13b7"),
        [(O, 17, "source_id", "S602f13b7", 'one of the source_id of data/sources.csv (did you mean "S602f13b6"?)')],
    ),
    "flag on an unknown observation": (
        cell(F, 3, "observation_id", "O0000000000"),
        [(F, 3, "observation_id", "O0000000000", "one of the observation_id of data/observations.csv")],
    ),
    "a translation of no note": (
        cell(N, 3, "note", "told nowhere"),
        [(N, 3, "note", "told nowhere", TOLD)],
    ),
    "a translation without a text": (cell(N, 3, "indonesian", ""), [(N, 3, "indonesian", "", "a value")]),
    "a translation of two lines": (
        cell(N, 3, "indonesian", "satu\ndua"),
        [(N, 3, "indonesian", None, "a text on one line")],
    ),
    "two translations of one note": (
        table(N, lambda rows: rows.append([rows[1][0], "lain"])),
        [(N, len(CUT["notes.csv"]) + 1, "note", CUT["notes.csv"][1][0], "row 2 has it too")],
    ),
    "parts that don't add up": (
        cell(L, 17, "labour_force", "1"),
        [(L, 17, "labour_force", "1", "the sum of employed and unemployed")],
    ),
    "a part above its whole": (
        cell(L, 17, "employed_public_admin", "9999999"),
        [(L, 17, "employed_public_admin", "9999999", "its employed")],
    ),
    "province with a kota too many": (
        cell("provinces.csv", 4, "n_kota", "8"),
        [("provinces.csv", 4, "n_kota", "8", "7, the sum over data/regencies.csv")],
    ),
    "513 regions in a year": (
        table(L, lambda rows: rows.pop(2)),
        [(L, None, "kemendagri_code", None, "all 514 regions in 2018, but there is no row for 11.10")],
    ),
    "province in two groups": (
        cell("participants_province.csv", 34, "kemendagri_codes", "92 95"),
        [
            ("participants_province.csv", 34, "kemendagri_codes", "92 95", "each in one row only of a year"),
            ("participants_province.csv", 35, "kemendagri_codes", "91 93 94 95", "each in one row only of a year"),
        ],
    ),
    "a base for what is no share": (
        cell(O, 17, "denominator", "employed"),
        [(O, 17, "denominator", "employed", "nothing")],
    ),
    "a share without its base": (cell(O, SHARE, "denominator", ""), [(O, SHARE, "denominator", "", "the base")]),
    "a fund without its payer": (cell(O, BUDGET, "paid_by_level", ""), [(O, BUDGET, "paid_by_level", "", "a payer")]),
    "a year out of nowhere": (cell(O, 17, "year_basis", "unknown"), [(O, 17, "year_basis", "unknown", "how the year")]),
    "an edition before its year": (
        cell(A, RAJA_AMPAT, "assessment_year", "2016"),
        [(A, RAJA_AMPAT, "assessment_year", "2016", "the year of edition 2025 or the one before")],
    ),
    # rows and header
    "an extra cell": (table(O, lambda rows: rows[16].append("x")), [(O, 17, None, "21 cells", "20 cells")]),
    "a missing cell": (table(O, lambda rows: rows[16].pop(3)), [(O, 17, None, "19 cells", "20 cells")]),
    "a blank row": (table(O, lambda rows: rows.insert(16, [])), [(O, 17, None, "", "delete the blank row")]),
    "a missing column": (without(O, "unit"), [(O, 1, "unit", None, "a column of this name")]),
    "a missing key column": (without(S, "source_id"), [(S, 1, "source_id", None, "a column of this name")]),
    "a misspelt column": (
        table(O, lambda rows: rows[0].__setitem__(10, "Valeu")),
        [(O, 1, "value", "Valeu", 'the column name "value"')],
    ),
    "an extra column": (
        table(O, widened),
        [(O, 1, "x", "x", "no such column")],
    ),
    "a column twice": (table(O, lambda rows: rows[0].__setitem__(11, "value")), [(O, 1, "value", "value", "once")]),
    "columns in another order": (table(S, swapped), [(S, 1, None, "url,source_id,title,publisher,published", "order")]),
    "no header": (table(L, lambda rows: rows.pop(0)), [(L, 1, None, None, "a header: year,bps_code")]),
    # files
    "a missing file": (lambda data: (data / S).unlink(), [(S, None, None, None, "this file")]),
    "an empty file": (raw(S, lambda _: b""), [(S, None, None, None, "the file is empty")]),
    "only a header": (
        raw(S, lambda old: old.split(b"\n")[0] + b"\n"),
        [(S, None, None, None, "rows below the header")],
    ),
    "utf-16": (raw(S, lambda old: old.decode().encode("utf-16")), [(S, None, None, None, "UTF-8")]),
    "semicolons": (raw(R, lambda old: old.replace(b",", b";")), [(R, 1, None, None, "commas, not semicolons")]),
    "an open quote": (
        raw(F, lambda old: old + b'"O123,x,y\n'),
        [(F, AFTER_FLAGS, None, None, "a row of CSV")],
    ),
    "a file that nobody knows": (
        lambda data: (data / "more.csv").write_bytes(b"a\n1\n"),
        [("more.csv", None, None, None, "does not know this one")],
    ),
    "broken geojson": (
        raw("provinces.geojson", lambda old: old[:-20]),
        [("provinces.geojson", 1, None, None, "JSON")],
    ),
    "geojson of another kind": (
        raw("provinces.geojson", lambda _: b"[]"),
        [("provinces.geojson", None, None, None, "a FeatureCollection")],
    ),
    "geojson with an unknown code": (
        raw("provinces.geojson", lambda old: old.replace(b'"id":"11"', b'"id":"10"')),
        [
            ("provinces.geojson", None, "id", None, "a feature for 11"),
            ("provinces.geojson", None, "id", "10", "a kemendagri_code of data/provinces.csv"),
        ],
    ),
    "geojson with several unknown codes": (
        raw(
            "provinces.geojson", lambda old: old.replace(b'"id":"11"', b'"id":"10"').replace(b'"id":"12"', b'"id":"09"')
        ),
        [
            ("provinces.geojson", None, "id", None, "a feature for 11"),
            ("provinces.geojson", None, "id", None, "a feature for 12"),
            ("provinces.geojson", None, "id", "09", "a kemendagri_code of data/provinces.csv"),
            ("provinces.geojson", None, "id", "10", "a kemendagri_code of data/provinces.csv"),
        ],
    ),
    # the description
    "no description": (
        lambda data: (data / "datapackage.json").unlink(),
        [("datapackage.json", None, None, None, "a file that describes the tables")],
    ),
    "a description that is no JSON": (
        raw("datapackage.json", lambda old: old.replace(b'"title":', b'"title"', 1)),
        [("datapackage.json", 4, None, None, "JSON")],
    ),
    "a description that is a list": (
        raw("datapackage.json", lambda _: b"[1]"),
        [("datapackage.json", None, None, None, "")],
    ),
    "a table without a schema": (
        package(lambda tables: tables["awards"].pop("schema")),
        [("datapackage.json", None, None, None, "a Table Schema, in the resource awards")],
    ),
    "a table that is not described": (
        package(lambda tables: tables.pop("flags")),
        [
            ("datapackage.json", None, None, None, "a resource named flags"),
            (F, None, None, None, "does not know this one"),
        ],
    ),
    "a type that does not exist": (
        package(lambda tables: tables["awards"]["schema"]["fields"][0].update(type="strng")),
        [("datapackage.json", None, None, None, "strng")],
    ),
    "a pattern that is none": (
        package(lambda tables: tables["flags"]["schema"]["fields"][0]["constraints"].update(pattern="(")),
        [("datapackage.json", None, None, None, "the pattern of flags.observation_id")],
    ),
    "a bound that is no number": (
        package(lambda tables: tables["awards"]["schema"]["fields"][0]["constraints"].update(minimum="x")),
        [("datapackage.json", None, None, None, "a number as the minimum of awards.edition")],
    ),
    "a foreign key to nowhere": (
        package(lambda tables: tables["flags"]["schema"]["foreignKeys"][0]["reference"].update(resource="x")),
        [("datapackage.json", None, None, None, "the name of a resource in the foreign key of flags")],
    ),
    "a foreign key of two columns": (
        package(lambda tables: tables["flags"]["schema"]["foreignKeys"][0].update(fields=["observation_id", "flag"])),
        [("datapackage.json", None, None, None, "")],
    ),
    "a key of one column twice": (
        together(
            package(lambda tables: tables["flags"]["schema"]["fields"][0]["constraints"].pop("unique")),
            table(F, lambda rows: rows.append([*rows[1][:2], "again"])),
        ),
        [(F, AFTER_FLAGS, "observation_id", None, "row 2 has it too")],
    ),
    "a schema elsewhere": (
        package(lambda tables: tables["flags"].update(schema="https://example.org/schema.json")),
        [("datapackage.json", None, None, None, "not the address of one")],
    ),
    "a path out of the folder": (
        package(lambda tables: tables["flags"].update(path="../flags.csv")),
        [("datapackage.json", None, None, None, "not safe")],
    ),
    # several at once
    "several faults at once": (
        together(
            cell(O, 17, "value", "12x"),
            cell(O, 17, "status", "done"),
            cell(O, 200, "value", "x"),
            cell(A, 9, "result", "rank_4"),
            cell(F, 2, "flag", ""),
        ),
        [
            (A, 9, "result", "rank_4", "rank_1"),
            (F, 2, "flag", "", "a value"),
            (O, 17, "status", "done", "one of actual"),
            (O, 17, "value", "12x", "a number"),
            (O, 200, "value", "x", "a number"),
        ],
    ),
}


def test_the_data_has_no_fault() -> None:
    assert [str(fault) for fault in validate()] == []


def test_frictionless_itself_finds_the_package_valid() -> None:
    report = Package(str(paths.DATA / "datapackage.json")).validate(limit_errors=10**6)
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:10]


@pytest.mark.parametrize(("breaker", "expected"), CASES.values(), ids=CASES.keys())
def test_each_fault_is_told_once_at_its_place(root: Path, breaker: Breaker, expected: list[Expected]) -> None:
    breaker(root / "data")
    faults = validate(root)
    told = "\n".join(map(str, faults))
    assert [(f.file, f.row, f.column) for f in faults] == [(f"data/{e[0]}", e[1], e[2]) for e in expected], told
    for fault, (_, _, _, value, words) in zip(faults, expected, strict=True):
        assert value is None or fault.value == value, told
        assert words in fault.expected, told
        assert str(fault).isprintable() and str(root) not in str(fault), told


def replaced(file: str, old: str, new: str) -> Breaker:
    """Break a parameter file; `file` is below params/."""

    def breaker(root: Path) -> None:
        path = root / "params" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return breaker


N, P, C = "national.yml", "provinces/13.yml", "scenarios/main.yml"
HA, HW = "rubrics/hypothesis-a.yml", "rubrics/winner-shares.yml"
NO_WEIGHT = "a weight was expected: a number from 0 to 1000000 with at most 6 decimals."
STRENGTH = ", strength: {Perda: 1.0, Perbup: 0.7, Perwali: 0.7, SE: 0.4, Instruksi: 0.4}"
INDICATORS = f"one of {', '.join(CRITERION_INDICATORS)}, or null where nothing is public, was expected"
EACH_KIND = "the value of each kind of regulation was expected, such as {Perda: 1, Perbup: 0.7}."
RUBRICS = "coverage-heavy, equal, hypothesis-a, hypothesis-b, provinces, regulation-heavy, winner-shares"
# the sentences below params/, whole: what a person reads
PARAMETERS: dict[str, tuple[Breaker, list[str]]] = {
    "weights that sum to 0.99": (
        replaced(HW, "weight: 0.15,", "weight: 0.14,"),
        [
            f'{HW}, key criteria: "a sum of 0.99" was found, '
            "weights whose sum is exactly 1, or whole numbers, were expected."
        ],
    ),
    "a negative weight": (
        replaced(HA, "weight: 30", "weight: -30"),
        [f'{HA}, key criteria.coverage.weight: "-30" was found, {NO_WEIGHT}'],
    ),
    "a weight that is no number": (
        replaced(HA, "weight: 30", "weight: .nan"),
        [f'{HA}, key criteria.coverage.weight: "nan" was found, {NO_WEIGHT}'],
    ),
    "a weight with seven decimals": (
        replaced(HW, "weight: 0.15,", "weight: 0.1500001,"),
        [f'{HW}, key criteria.coverage.weight: "0.1500001" was found, {NO_WEIGHT}'],
    ),
    "a weight in quotes": (
        replaced(HA, "weight: 30", 'weight: "30"'),
        [f'{HA}, key criteria.coverage.weight: "30" was found, {NO_WEIGHT}'],
    ),
    "an unknown key, with a hint": (
        replaced(HA, "weight: 30", "wieghts: 30"),
        [
            f"{HA}, key criteria.coverage.weight: this key is missing.",
            f'{HA}, key criteria.coverage.wieghts: this key is not known (did you mean "weight"?).',
        ],
    ),
    "a criterion twice": (
        replaced(HA, "id: growth", "id: coverage"),
        [f'{HA}, key criteria: "coverage" was found, criterion ids that differ from each other were expected.'],
    ),
    "goalposts the wrong way round": (
        replaced(HA, "[0, 0.5]", "[0.5, 0]"),
        [
            f'{HA}, key criteria.vulnerable_workers.goalposts: "[0.5, 0]" was found, '
            "two numbers were expected, the low one first, such as [0, 0.5]."
        ],
    ),
    "a status in another word": (
        replaced(HA, "status: hypothesis", "status: hypotheses"),
        [
            f'{HA}, key status: "hypotheses" was found, '
            'hypothesis, official or user was expected (did you mean "hypothesis"?).'
        ],
    ),
    "an indicator that the book has not": (
        replaced(HA, "indicator: growth", "indicator: grwth"),
        [f'{HA}, key criteria.growth.indicator: "grwth" was found, {INDICATORS} (did you mean "growth"?).'],
    ),
    "an empty indicator": (
        replaced(HA, "indicator: growth", 'indicator: ""'),
        [f'{HA}, key criteria.growth.indicator: "" was found, {INDICATORS}.'],
    ),
    "an indicator that is a path": (
        replaced(HA, "indicator: growth", "indicator: ../x"),
        [f'{HA}, key criteria.growth.indicator: "../x" was found, {INDICATORS}.'],
    ),
    "regulations without a strength": (
        replaced(HA, STRENGTH, ""),
        [f"{HA}, key criteria.regulation.strength: {EACH_KIND}"],
    ),
    "regulations with an empty strength": (
        replaced(HA, STRENGTH, ", strength: {}"),
        [f"{HA}, key criteria.regulation.strength: {EACH_KIND}"],
    ),
    "a strength of something else": (
        replaced(HA, "indicator: growth", f"indicator: growth{STRENGTH}"),
        [f"{HA}, key criteria.growth.strength: this key was expected only where the indicator is regulation."],
    ),
    "a strength of nothing": (
        replaced(HA, "weight: 10, indicator: null", f"weight: 10, indicator: null{STRENGTH}"),
        [f"{HA}, key criteria.speaker.strength: this key was expected only where the indicator is regulation."],
    ),
    "a regulation of two strengths": (
        replaced(HA, "indicator: growth", "indicator: regulation, strength: {Perda: 0.9}"),
        [
            f"{HA}, key criteria.regulation.strength: the same values as in growth were expected: "
            "a regulation has one strength in a book."
        ],
    ),
    "a strength of an unknown kind": (
        replaced(HA, "Perda: 1.0", "Prda: 1.0"),
        [
            f'{HA}, key criteria.regulation.strength.Prda: "Prda" was found, a kind of regulation was expected, one of '
            f'{", ".join(KINDS)} (did you mean "Perda"?).'
        ],
    ),
    "strengths that are none": (
        replaced(
            HA, "Perda: 1.0, Perbup: 0.7, Perwali: 0.7, SE: 0.4", "Perda: .nan, Perbup: .inf, Perwali: -1, SE: 1.1"
        ),
        [
            f'{HA}, key criteria.regulation.strength.{kind}: "{worth}" was found, a number from 0 to 1 was expected.'
            for kind, worth in (("Perbup", "inf"), ("Perda", "nan"), ("Perwali", "-1"), ("SE", "1.1"))
        ],
    ),
    "goalposts without end": (
        replaced(HA, "[0, 0.5]", "[0, .inf]"),
        [
            f'{HA}, key criteria.vulnerable_workers.goalposts: "[0, inf]" was found, '
            "two numbers were expected, the low one first, such as [0, 0.5]."
        ],
    ),
    "a title in one language": (replaced(HA, "title: {id: Hipotesis A, en: Hypothesis A}", "title: Mine"), []),
    "a scale that depends on the table": (replaced(HA, "goalposts: [0, 0.5]", "scale: minmax"), []),
    "the id of another rubric": (
        replaced(HA, "id: hypothesis-a", "id: equal"),
        [f'{HA}, key id: "equal" was found, "hypothesis-a" was expected, as in the name of the file.'],
    ),
    "a province code without quotes": (
        replaced(P, '"13"', "13"),
        [f'{P}, key province: "13" was found, a two-digit code in quotes was expected, as in province: "13".'],
    ),
    "the code of another province": (
        replaced(P, '"13"', '"14"'),
        [f'{P}, key province: "14" was found, "13" was expected, as in the name of the file.'],
    ),
    "the address of another province": (
        replaced(P, "13-sumatera-barat", "14-riau"),
        [f'{P}, key slug: "14-riau" was found, an address that begins with 13- was expected.'],
    ),
    "an address with a space": (
        replaced(P, "13-sumatera-barat", "13 sumatera"),
        [f'{P}, key slug: "13 sumatera" was found, a code and a name in small letters were expected, such as 51-bali.'],
    ),
    "a province without parameters": (
        lambda root: (root / "params" / P).unlink(),
        [f"{P}: expected the parameters of this province; there are none."],
    ),
    "parameters without a province": (
        lambda root: (root / "params" / "provinces" / "99.yml").write_text('province: "99"\nslug: 99-none\n'),
        [
            'provinces/99.yml, key province: "99" was found, expected the code of a province of data/provinces.csv.',
        ],
    ),
    "a rubric that does not exist": (
        replaced(N, "rubric: hypothesis-a", "rubric: hypotesis-a"),
        [f'{N}, key rubric: "hypotesis-a" was found, one of {RUBRICS} was expected (did you mean "hypothesis-a"?).'],
    ),
    "a year to come": (
        replaced(N, "year: 2024", "year: 2031"),
        [f'{N}, key year: "2031" was found, a whole number of at most 2025 was expected.'],
    ),
    "a year long gone": (
        replaced(N, "year: 2024", "year: 2019"),
        [f'{N}, key year: "2019" was found, a whole number of at least 2023 was expected.'],
    ),
    "a year with a fraction": (
        replaced(N, "year: 2024", "year: 2024.5"),
        [f'{N}, key year: "2024.5" was found, a whole number was expected.'],
    ),
    "no year": (replaced(N, "year: 2024", "year:"), [f'{N}, key year: "" was found, a whole number was expected.']),
    "no draws": (
        replaced(N, "draws: 20000", "draws: 0"),
        [f'{N}, key draws: "0" was found, a whole number of at least 100 was expected.'],
    ),
    "a seed that is too large": (
        replaced(N, "seed: 16800", "seed: 4294967296"),
        [f'{N}, key seed: "4294967296" was found, a whole number below 4294967296 was expected.'],
    ),
    "a key twice": (
        replaced(N, "seed: 16800", "seed: 16800\nyear: 2023"),
        [f'{N}, row 9: YAML was expected (the key "year" stands twice).'],
    ),
    "what is no YAML": (
        replaced(N, "year: 2024", "year: [2024"),
        [f"{N}, row 3: YAML was expected (expected ',' or ']', but got '<scalar>')."],
    ),
    "a day that never was": (
        replaced(N, "year: 2024", "year: 2024-13-01"),
        [f"{N}: YAML was expected (month must be in 1..12)."],
    ),
    "what is no text": (
        lambda root: (root / "params" / C).write_bytes(b"id: \xff"),
        [f"{C}: text in UTF-8 was expected, but byte 5 is not."],
    ),
    "a list for a mapping": (
        lambda root: (root / "params" / C).write_text("[1, 2]"),
        [f'{C}: "[1, 2]" was found, a mapping of keys to values was expected.'],
    ),
    "scenarios of unknown rubrics": (
        replaced(C, "[hypothesis-a, hypothesis-b, equal,", "[hypothesis-a, x1, x2, equul,"),
        [
            f'{C}, key rubrics: "equul" was found, the name of a rubric was expected (did you mean "equal"?).',
            f'{C}, key rubrics: "x1" was found, the name of a rubric was expected.',
            f'{C}, key rubrics: "x2" was found, the name of a rubric was expected.',
        ],
    ),
    "several files at once": (
        together(replaced(HA, "weight: 30", "weight: -30"), replaced(P, '"13"', "13"), replaced(C, "main", "4")),
        [
            f'{P}, key province: "13" was found, a two-digit code in quotes was expected, as in province: "13".',
            f'{HA}, key criteria.coverage.weight: "-30" was found, {NO_WEIGHT}',
            f'{C}, key id: "4" was found, a text was expected; one that looks like a number needs quotes.',
        ],
    ),
}


@pytest.mark.parametrize(("breaker", "sentences"), PARAMETERS.values(), ids=PARAMETERS.keys())
def test_each_fault_of_the_parameters_is_one_sentence(
    root: Path, sheets: Sheets, breaker: Breaker, sentences: list[str]
) -> None:
    breaker(root)
    told = [str(fault) for fault in check_parameters(root, sheets)]
    assert sorted(told) == sorted(f"params/{sentence}" for sentence in sentences)


def test_faults_of_data_and_parameters_are_told_together(root: Path) -> None:
    replaced(N, "draws: 20000", "draws: 0")(root)
    cell(S, 3, "url", "javascript:alert(1)")(root / "data")
    assert [fault.file for fault in validate(root)] == ["data/sources.csv", "params/national.yml"]


def test_a_control_character_in_a_parameter_stays_on_its_line(root: Path) -> None:
    replaced(N, "rubric: hypothesis-a", 'rubric: "a\\n\\e[31m"')(root)
    sentences = [str(fault) for fault in validate(root)]
    assert sentences[0] == rf'params/national.yml, key rubric: "a\n\x1b[31m" was found, {ONE_LINE}.'


# A character of each kind that breaks a line or controls what follows, where a person would hardly see it.
BREAKS = ("\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1b", "\x7f", "\t")


def test_no_column_of_any_table_holds_more_than_one_line(root: Path) -> None:
    """Every column of every table at once, each with its own kind of break, in the first row that has a value there."""
    places: list[tuple[str, str]] = []
    for path in sorted((root / "data").glob("*.csv")):
        rows = rows_of(path)
        for at, column in enumerate(rows[0]):
            row = next(row for row in rows[1:] if row[at])
            row[at] += f"{BREAKS[len(places) % len(BREAKS)]}x"
            places.append((f"data/{path.name}", column))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)  # else a CR would not be quoted
    found = [(fault.file, fault.column) for fault in validate(root) if "on one line" in fault.expected]
    assert sorted(found) == sorted(places)


def test_no_text_of_a_parameter_holds_more_than_one_line(root: Path) -> None:
    """Every text of every file at once, each with its own kind of break."""
    breaks = cycle(BREAKS)
    files = sorted((root / "params").rglob("*.yml"))
    count = 0
    for path in files:
        content, texts = broken(yaml.safe_load(path.read_text(encoding="utf-8")), breaks)
        count += texts
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
    faults = [fault for fault in params.faults(root / "params") if fault.expected == ONE_LINE]
    assert {Path(fault.file) for fault in faults} == set(files)
    assert len(faults) == count > 150
    own = {fault.column for fault in faults if fault.file.endswith("hypothesis-a.yml")}
    assert {"id", "title.id", "title.en", "status", "source.id"} <= own


def broken(content: Any, breaks: Iterator[str]) -> tuple[Any, int]:
    """The content with a break in each of its texts, and how many texts there are."""
    if isinstance(content, dict):
        made = {key: broken(value, breaks) for key, value in content.items()}
        return {key: value for key, (value, _) in made.items()}, sum(count for _, count in made.values())
    if isinstance(content, list):
        values = [broken(value, breaks) for value in content]
        return [value for value, _ in values], sum(count for _, count in values)
    return (f"{content}{next(breaks)}x", 1) if isinstance(content, str) else (content, 0)


def test_a_fictional_name_is_one_line(root: Path) -> None:
    path = root / "data" / "example" / "provinsi-contoh.csv"
    rows = rows_of(path)
    rows[1][rows[0].index("name")] = "dua\u2028baris"
    write(path, rows)
    (fault,) = validate(root)
    assert (fault.row, fault.column, fault.expected) == (2, "name", ONE_LINE)


def test_no_address_in_the_description_of_the_data_is_asked(root: Path) -> None:
    with listening() as (server, asked):
        clean = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
        for key in ("profile", "$schema", "schema", "dialect", "path"):
            content = copy.deepcopy(clean)
            for place in (content, content["resources"][0], content["resources"][0]["schema"]):
                place[key] = f"{server}profile.json"
                (root / "data" / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
                _, faults = read_package(root / "data")
                assert faults or key != "profile"
    assert asked == []


HARMLESS: dict[str, Breaker] = {
    "a byte order mark": raw(O, lambda old: b"\xef\xbb\xbf" + old),
    "windows line ends": raw(O, lambda old: old.replace(b"\n", b"\r\n")),
    "everything quoted": lambda data: quoted(data / O),
    "no line end at the end": raw(O, lambda old: old.rstrip(b"\n")),
}


def quoted(path: Path) -> None:
    rows = rows_of(path)
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, quoting=csv.QUOTE_ALL).writerows(rows)


@pytest.mark.parametrize("breaker", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_harmless_is_no_fault(root: Path, breaker: Breaker) -> None:
    breaker(root / "data")
    assert [str(fault) for fault in validate(root)] == []


def test_rows_are_lines_of_the_file_below_a_line_break_in_a_cell(root: Path) -> None:
    cell(O, 17, "note", "three\nlong\nlines")(root / "data")
    text = (root / "data" / O).read_text(encoding="utf-8").replace("Oef6d80f30f", "Of5daa18645")
    lines = text.split("\n")
    lines[29] = lines[29].replace("actual", "actuel")
    (root / "data" / O).write_text("\n".join(lines), encoding="utf-8")
    assert [(f.row, f.column) for f in validate(root)] == [(3, "observation_id"), (17, "note"), (30, "status")]


def test_a_real_latin_1_file(root: Path) -> None:
    cell(O, 17, "note", "déjà")(root / "data")
    path = root / "data" / O
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    (fault,) = validate(root)
    assert (fault.file, fault.row, fault.column, fault.value) == ("data/observations.csv", 17, "note", "d\ufffdj\ufffd")


def test_an_empty_folder_gives_one_sentence_for_its_data_and_one_for_its_parameters(tmp_path: Path) -> None:
    assert [fault.file for fault in validate(tmp_path)] == ["data/datapackage.json", "params/national.yml"]


def test_every_column_may_be_missing_without_a_crash(sound: Path, root: Path) -> None:
    """All tables lose half of their columns, then the other half."""
    for half in (0, 1):
        for path in sorted((root / "data").glob("*.csv")):
            rows = rows_of(sound / "data" / path.name)
            write(path, [row[half::2] for row in rows])
        faults = validate(root)
        assert all(isinstance(fault, Fault) for fault in faults)
        header = {(fault.file, fault.column) for fault in faults if fault.row == 1}
        assert len(header) > 50


def test_every_cell_may_be_nonsense_without_a_crash(root: Path) -> None:
    for path in (root / "data").glob("*.csv"):
        rows = rows_of(path)
        write(path, [rows[0], *([f"<{column}>" for column in rows[0]] for _ in range(30))])
    faults = validate(root)
    assert len(faults) > 1000
    assert len({(fault.file, fault.row, fault.column) for fault in faults}) == len(faults)
