"""Every fault of the data, each in one sentence that names file, row, column, value and what was expected.

Three stages, each passing over what an earlier one found faulty, so that one mistake is told once:

1. the files: encoding, CSV, header, length of the rows (here, with the line number of a text editor);
2. the cells: what the Table Schemas of `data/datapackage.json` ask for (frictionless, and stricter on numbers);
3. the meaning: what only several columns or tables show together (pandas).

A cell that was found faulty, or could not be read, is unknown (NA) from then on; an empty cell is an empty string.
"""

import csv
import difflib
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
from frictionless import FrictionlessException, Package, Schema
from frictionless.resources import TableResource

from paritrana import params, paths
from paritrana.faults import Fault, nearest
from paritrana.tables import NAMES, PACKAGE

PACKAGE_FILE = f"data/{PACKAGE}"
LONGEST = 80  # characters of a value that a sentence quotes
HINTS = 50  # faults of one kind beyond which no nearest valid value is searched: the cause is another one
DAMAGED = "\ufffd"  # stands where bytes were no UTF-8
MAXIMUM_PERSONS = 300_000_000  # more than Indonesia's residents
FORMER_PROVINCE = {"93": "91", "94": "91", "95": "91", "96": "92"}  # Papua was divided in the course of 2022
COUNTS = ("persons", "employers", "cases", "villages")
# Stricter than frictionless, which takes " 12", 1_000, NaN and the digits of other scripts as numbers.
PLAIN = {
    "integer": (r"-?[0-9]+", "a whole number without separators, such as 12500"),
    "number": (r"-?[0-9]+(\.[0-9]+)?", "a number with a point for decimals and no separators, such as 12500 or 12.5"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2024-12-31"),
}

Cells: TypeAlias = pd.Series  # a column of text, indexed by the line of the file
Descriptor = dict[str, Any]


def _fault(file: str, row: int | None, column: str | None, value: str | None, expected: str) -> Fault:
    """Make a fault whose sentence stays on one line, whatever the data holds."""
    column, value = (None if text is None else _cut(_inline(text)) for text in (column, value))
    return Fault(file, row, column, value, f"expected {_inline(expected)}")


def _inline(text: str) -> str:
    """Show control characters as escapes."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


@dataclass
class Sheet:
    """One table as text: `frame` has the lines of the file as its index; `whole` says that no row was lost."""

    file: str
    schema: Descriptor
    frame: pd.DataFrame
    whole: bool = True

    def text(self, column: str) -> Cells:
        """Return a column as text: NA where the cell is faulty or the column is missing, "" where it is empty."""
        if column in self.frame:
            return self.frame[column]
        return pd.Series(pd.NA, index=self.frame.index, dtype="string")

    def number(self, column: str) -> Cells:
        """Return a column as float64: NaN where the cell is faulty, missing or empty."""
        return pd.to_numeric(self.text(column), errors="coerce").astype("float64")

    def known(self, column: str) -> Cells:
        """Say where a column holds a value: neither faulty nor empty."""
        cells = self.text(column)
        return cells.notna() & cells.ne("").fillna(False)

    def complete(self, column: str) -> bool:
        """Say whether the table and this column of it were read without a loss, so that others can lean on it."""
        return self.whole and not self.text(column).isna().any()

    def faults(self, wrong: Cells, column: str, expected: str | Cells) -> Iterator[Fault]:
        """Yield a fault for each row where `wrong` is true; `expected` may be a text per row."""
        cells = self.text(column)
        for line in self.frame.index[wrong.fillna(False).astype(bool)]:
            value = None if pd.isna(cells[line]) else str(cells[line])
            yield _fault(self.file, int(line), column, value, expected if isinstance(expected, str) else expected[line])

    def hide(self, faults: Iterable[Fault]) -> None:
        """Make the cells of these faults unknown."""
        lines: dict[str, list[int]] = {}
        for fault in faults:
            if fault.file == self.file and fault.row is not None and fault.row in self.frame.index:
                for name in (fault.column or "").split(", "):  # a key of several columns
                    lines.setdefault(name, []).append(fault.row)
        for name in lines.keys() & set(self.frame):
            self.frame.loc[lines[name], name] = pd.NA


Sheets = dict[str, Sheet]


def validate(root: Path = paths.ROOT) -> list[Fault]:
    """Return every fault of the project's data, sorted by file, row and column; clean data gives an empty list.

    `root` is the folder that holds `data/`. Nothing is written, and no fault of the data raises an error.
    """
    folder = root / "data"
    package, faults = _read_package(folder)
    sheets: Sheets = {}
    for resource in package.get("resources", []):
        if "schema" in resource:
            sheets[resource["name"]], found = _read_sheet(folder, resource)
            faults += found
    for name in NAMES:
        sheets.setdefault(name, Sheet(f"data/{name}.csv", {}, pd.DataFrame(), whole=False))
    faults += _check_meaning(sheets) if package else []
    faults += _check_boundaries(folder, sheets) if package else []
    faults += params.faults(root / "params")
    faults += _check_parameters(root / "params", sheets)
    return _told_once(faults)


def _check_parameters(folder: Path, sheets: Sheets) -> Iterator[Fault]:
    """Yield a fault for each province without parameters, and for parameters of no province."""
    codes, provinces = params.province_codes(folder), sheets["provinces"]
    if not provinces.complete("kemendagri_code"):
        return
    known = list(provinces.text("kemendagri_code"))
    for code in sorted(set(known) - set(codes)):
        yield _fault(
            f"params/provinces/{code}.yml", None, None, None, "the parameters of this province; there are none"
        )
    for code in sorted(set(codes) - set(known)):
        yield _fault(
            f"params/provinces/{code}.yml", None, "province", code, "the code of a province of data/provinces.csv"
        )


def _told_once(faults: Iterable[Fault]) -> list[Fault]:
    """Keep the first fault of each cell, in the order of the files."""
    first: dict[tuple[Any, ...], Fault] = {}
    for fault in faults:
        whole = fault.expected if fault.row is None else None  # several faults of one file are different faults
        first.setdefault((fault.file, fault.row, fault.column, whole), fault)
    return sorted(first.values(), key=lambda f: (f.file, f.row or 0, f.column or "", f.value or "", f.expected))


# Stage 1: the package and its files


def _read_package(folder: Path) -> tuple[Descriptor, list[Fault]]:
    """Read datapackage.json; an unsound one is returned as {}: without a description nothing can be checked."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}, [_fault(PACKAGE_FILE, None, None, None, "a file that describes the tables; there is none")]
    except UnicodeDecodeError as error:
        return {}, [_fault(PACKAGE_FILE, None, None, None, f"text in UTF-8, but byte {error.start + 1} is not")]
    except json.JSONDecodeError as error:
        return {}, [_fault(PACKAGE_FILE, error.lineno, None, None, f"JSON ({error.msg}, character {error.colno})")]
    if faults := [_fault(PACKAGE_FILE, None, None, None, note) for note in _unsound(package)]:
        return {}, faults
    return package, list(_unlisted(folder, package))


def _unsound(package: Any) -> Iterator[str]:
    """Yield what the description of the data should be and is not."""
    resources = package.get("resources") if isinstance(package, dict) else None
    for resource in resources if isinstance(resources, list) else []:
        if isinstance(resource, dict) and isinstance(resource.get("schema"), str):
            yield f"a Table Schema, in the resource {resource.get('name')}, not the address of one"
            return  # frictionless would fetch it
    try:
        Package.from_descriptor(package)
    except FrictionlessException as error:
        yield from [f"a valid Data Package ({_inline(cause.note)})" for cause in error.reasons or [error.error]]
        return
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        yield f"a valid Data Package ({_inline(str(error))})"
        return
    names = {resource["name"] for resource in package["resources"]}
    for resource in package["resources"]:
        if not isinstance(resource.get("path"), str):
            yield f"a path, in the resource {resource['name']}"
        elif resource["path"].endswith(".csv") and not isinstance(resource.get("schema"), dict):
            yield f"a Table Schema, in the resource {resource['name']}"
        else:
            yield from _unsound_schema(resource["name"], resource.get("schema", {}), names)


def _unsound_schema(name: str, schema: Descriptor, names: Collection[str]) -> Iterator[str]:
    """Yield what frictionless finds only when it is too late: bad patterns and bounds, keys to nowhere."""
    for field in schema.get("fields", []):
        limits = field.get("constraints", {})
        try:
            re.compile(limits.get("pattern", ""))
        except (re.error, TypeError) as error:
            yield f"a regular expression as the pattern of {name}.{field['name']} ({error})"
        for limit in {"minimum", "maximum"} & limits.keys():
            if isinstance(limits[limit], bool) or not isinstance(limits[limit], int | float):
                yield f"a number as the {limit} of {name}.{field['name']}"
    for key in schema.get("foreignKeys", []):
        target, columns = key["reference"].get("resource"), [key["fields"], key["reference"]["fields"]]
        if not all(isinstance(side, list) and len(side) == 1 for side in columns):
            yield f"a list of one column on each side of the foreign keys of {name}"
        if target not in names:
            yield f"the name of a resource in the foreign key of {name}, not {target}"


def _unlisted(folder: Path, package: Descriptor) -> Iterator[Fault]:
    """Yield the tables that the package lacks, the files that it lacks, and the files that it does not know."""
    names = {resource["name"] for resource in package["resources"]}
    for name in [name for name in NAMES if name not in names]:
        yield _fault(PACKAGE_FILE, None, None, None, f"a resource named {name}{nearest(name, names - set(NAMES))}")
    files = {resource["path"] for resource in package["resources"]}
    for path in sorted(path for path in files if not (folder / path).is_file()):
        yield _fault(f"data/{path}", None, None, None, f"this file, which {PACKAGE_FILE} lists; there is none")
    for path in sorted(path.name for path in folder.glob("*.csv") if path.name not in files):
        yield _fault(
            f"data/{path}", None, None, None, f"a table that {PACKAGE_FILE} describes; it does not know this one"
        )


def _read_sheet(folder: Path, resource: Descriptor) -> tuple[Sheet, list[Fault]]:
    """Read one table as text and check its files and cells; what is faulty is unknown in the sheet."""
    file, schema = f"data/{resource['path']}", resource["schema"]
    names = [field["name"] for field in schema["fields"]]
    sheet = Sheet(file, schema, pd.DataFrame(columns=names, dtype="string"), whole=False)
    if not (folder / resource["path"]).is_file():
        return sheet, []  # told by _unlisted
    text = (folder / resource["path"]).read_bytes().decode("utf-8-sig", errors="replace")
    records, faults = _records(file, text)
    labels, found = _labels(file, records, names)
    faults += found
    if not labels:
        return sheet, faults
    rows, found = _rows(file, records[1:], len(labels))
    sheet.whole = not faults and not found
    index = pd.Index([line for line, _ in rows], dtype="int64")
    sheet.frame = pd.DataFrame([cells for _, cells in rows], index=index, columns=labels, dtype="string")
    faults += found
    for stage in (_damaged_cells, _unplain_cells, _schema_faults):
        found = list(stage(sheet))
        sheet.hide(found)
        faults += found
    return sheet, faults


def _records(file: str, text: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """Split CSV text into records, each with the line it begins on; stop at what is no CSV."""
    records: list[tuple[int, list[str]]] = []
    if "\0" in text:
        return records, [_fault(file, None, None, None, "CSV text in UTF-8, but there are zero bytes in it")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        return records, [_fault(file, line, None, None, f"a row of CSV ({error}); the rest of the file was not read")]
    if not any(any(cells) for _, cells in records):
        return [], [_fault(file, None, None, None, "a header and rows, but the file is empty")]
    return records, [_fault(file, None, None, None, "rows below the header")] if len(records) == 1 else []


def _labels(file: str, records: list[tuple[int, list[str]]], names: list[str]) -> tuple[list[str], list[Fault]]:
    """Return the columns as the schema calls them, and the faults of the header; no columns if it is unusable."""
    if not records:
        return [], []
    found = records[0][1]
    if len(found) == 1 < len(names) and (used := [mark for mark in ";\t|" if mark in found[0]]):
        mark = {";": "semicolons", "\t": "tabs", "|": "bars"}[used[0]]
        return [], [_fault(file, 1, None, found[0], f"columns separated by commas, not {mark}")]
    if twice := sorted({label for label in found if found.count(label) > 1}):
        return [], [_fault(file, 1, label, label, "each column once") for label in twice]
    if not set(found) & set(names):
        return [], [_fault(file, 1, None, ",".join(found), f"a header: {','.join(names)}")]
    meant: dict[str, str] = {}  # a misspelt label -> the column it stands for
    for label in [label for label in found if label not in names]:
        if name := _nearest(label, set(names) - set(found) - set(meant.values())):
            meant[label] = name
    labels = [meant.get(label, label) for label in found]
    faults = [_fault(file, 1, name, label, f'the column name "{name}"') for label, name in meant.items()]
    faults += [_fault(file, 1, label, label, "no such column") for label in labels if label not in names]
    faults += [_fault(file, 1, name, None, "a column of this name") for name in names if name not in labels]
    if not faults and labels != names:
        faults = [_fault(file, 1, None, ",".join(labels), f"the columns in this order: {','.join(names)}")]
    return labels, faults


def _rows(
    file: str, records: list[tuple[int, list[str]]], width: int
) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """Part the rows that fit the header from those that are blank, too short or too long."""
    good, faults = [], []
    for line, cells in records:
        if not any(cells):
            faults.append(_fault(file, line, None, "", "a row with values: delete the blank row"))
        elif len(cells) != width:
            faults.append(_fault(file, line, None, f"{len(cells)} cells", f"{width} cells, as in the header"))
        else:
            good.append((line, cells))
    return good, faults


# Stage 2: the cells


def _damaged_cells(sheet: Sheet) -> Iterator[Fault]:
    for column in map(str, sheet.frame):
        wrong = sheet.text(column).str.contains(DAMAGED, regex=False)
        yield from sheet.faults(wrong, column, "text in UTF-8: save the file in this encoding")


def _unplain_cells(sheet: Sheet) -> Iterator[Fault]:
    for field in sheet.schema["fields"]:
        if field["type"] in PLAIN:
            pattern, expected = PLAIN[field["type"]]
            cells = sheet.text(field["name"])
            wrong = sheet.known(field["name"]) & ~cells.str.fullmatch(pattern).fillna(True).astype(bool)
            yield from sheet.faults(wrong, field["name"], expected)


def _schema_faults(sheet: Sheet) -> Iterator[Fault]:
    """Let frictionless hold the cells against the Table Schema; foreign keys are checked later, across sheets."""
    fields = {field["name"]: field for field in sheet.schema["fields"] if field["name"] in sheet.frame}
    lines = [1, *sheet.frame.index]
    frame = sheet.frame[list(fields)]
    key = sheet.schema.get("primaryKey", [])
    key = key if isinstance(key, list) else [key]
    schema = {"fields": list(fields.values()), "missingValues": [""]}
    schema |= {"primaryKey": key} if set(key) <= fields.keys() else {}
    rows = [list(fields), *frame.fillna("").to_numpy().tolist()]
    with TableResource(data=rows, schema=Schema.from_descriptor(schema)) as table:
        errors = [error for row in table.row_stream for error in row.errors]
    for error in errors:
        line, column = lines[error.row_number - 1], getattr(error, "field_name", None) or ", ".join(key)
        cells = frame.loc[line, column.split(", ")]
        if cells.notna().all():  # else told already
            yield _fault(sheet.file, int(line), column, ", ".join(cells), _demand(error, fields.get(column, {}), lines))


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


def _nearest(value: str, options: Collection[str]) -> str | None:
    folded = {option.casefold().strip(): option for option in sorted(options)}
    matches = difflib.get_close_matches(value.casefold().strip(), folded, n=1)
    return folded[matches[0]] if matches else None


# Stage 3: the meaning


def _check_meaning(sheets: Sheets) -> list[Fault]:
    """Run every check across columns and tables; what one found faulty is unknown to the next."""
    faults: list[Fault] = []
    for check in CHECKS:
        found = list(check(sheets))
        faults += found
        for sheet in sheets.values():
            sheet.hide(found)
    return faults


def _check_regencies(sheets: Sheets) -> Iterator[Fault]:
    """Code, level and official name of a kabupaten or kota must tell the same."""
    sheet = sheets["regencies"]
    code, level, name = sheet.text("kemendagri_code"), sheet.text("level"), sheet.text("name")
    by_code = (
        code.str.slice(3, 4)
        .map(lambda digit: "kota" if digit >= "7" else "kabupaten", na_action="ignore")
        .astype("string")
    )
    yield from sheet.faults(level != by_code, "level", by_code + ", as the code " + code + " tells")
    title = by_code.str.capitalize()
    fits = sheet.text("official_name").isin([*(title + " " + name), *(title + " Administrasi " + name)])
    wrong = sheet.known("name") & sheet.known("official_name") & by_code.notna() & ~fits
    yield from sheet.faults(wrong, "official_name", title + " and the name " + name)


def _places(sheets: Sheets) -> pd.DataFrame:
    """All regions by Kemendagri code ("00", "13", "13.74"): level, name, province_code, province, bps_code."""
    provinces, regencies = sheets["provinces"], sheets["regencies"]
    columns = {
        "level": (pd.Series("province", index=provinces.frame.index), regencies.text("level")),
        "name": (provinces.text("name"), regencies.text("name")),
        "bps_code": (provinces.text("bps_code"), regencies.text("bps_code")),
        "code": (provinces.text("kemendagri_code"), regencies.text("kemendagri_code")),
    }
    places = pd.DataFrame({key: pd.concat(parts, ignore_index=True).astype("string") for key, parts in columns.items()})
    places = places.dropna(subset="code").drop_duplicates("code").set_index("code")
    places["province_code"] = places.index.str.slice(0, 2)
    places["province"] = places["province_code"].map(places["name"])
    places["province_bps"] = places["province_code"].map(places["bps_code"])
    places.loc["00", ["level", "name", "province_code"]] = ["national", "Indonesia", ""]
    return places


# (table, column with the code, column that must agree with it, what of the region it must be)
AGREEMENTS = (
    ("regencies", "kemendagri_code", "province_code", "province_code"),
    ("regencies", "kemendagri_code", "province", "province"),
    ("regencies", "kemendagri_code", "province_bps", "province_bps"),
    ("labour_force", "kemendagri_code", "bps_code", "bps_code"),
    ("labour_force", "kemendagri_code", "level", "level"),
    ("labour_force", "kemendagri_code", "name", "name"),
    ("labour_force", "kemendagri_code", "province", "province"),
    ("apbd_jawa_timur", "kemendagri_code", "bps_code", "bps_code"),
    ("apbd_jawa_timur", "kemendagri_code", "level", "level"),
    ("apbd_jawa_timur", "kemendagri_code", "name", "name"),
    ("observations", "region_code", "level", "level"),
    ("observations", "region_code", "province_code", "province_code"),
    ("observations", "region_code", "region_name", "name"),
    ("regulations", "region_code", "level", "level"),
    ("regulations", "region_code", "province_code", "province_code"),
    ("regulations", "region_code", "region_name", "name"),
    ("awards", "region_code", "recipient_level", "level"),
    ("awards", "region_code", "province_code", "province_code"),
    ("awards", "region_code", "recipient", "name"),
    ("jury_scores", "region_code", "province_code", "province_code"),
    ("jury_scores", "region_code", "region_name", "name"),
)
REGION_LEVELS = ("national", "province", "kabupaten", "kota")


def _check_agreement(sheets: Sheets) -> Iterator[Fault]:
    """What a row says of its region must be what provinces.csv and regencies.csv say of it."""
    places = _places(sheets)
    for table, key, column, attribute in AGREEMENTS:
        sheet = sheets[table]
        code, cells = sheet.text(key), sheet.text(column)
        right = code.map(places[attribute]).astype("string")
        wrong = (cells != right) & cells.notna() & right.notna()
        if (table, column) == ("awards", "province_code"):  # a candidate stood in the province of its time
            wrong &= ~((right.map(FORMER_PROVINCE) == cells) & (sheet.number("assessment_year") <= 2022))

        yield from sheet.faults(wrong, column, right.replace("", "nothing") + ", as the region " + code + " tells")


def _check_codes(sheets: Sheets) -> Iterator[Fault]:
    """A region's code must exist; only what is no administrative region may have none."""
    complete = sheets["provinces"].complete("kemendagri_code") and sheets["regencies"].complete("kemendagri_code")
    known = _places(sheets).index
    for table, column in (("observations", "level"), ("regulations", "level"), ("awards", "recipient_level")):
        sheet = sheets[table]
        code = sheet.text("region_code")
        if complete:
            wrong = sheet.known("region_code") & ~code.isin(known)
            yield from _unknown(sheet, wrong, "region_code", "the code of a region, as in data/regencies.csv", known)
        level = sheet.text(column)
        yield from sheet.faults((code == "") & level.isin(REGION_LEVELS), "region_code", "the code of a " + level)
    sheet = sheets["participants_province"]
    codes = sheet.text("kemendagri_codes").str.split(" ").explode()
    if complete:
        provinces = set(sheets["provinces"].text("kemendagri_code"))
        unknown = (codes.notna() & (~codes.isin(provinces) | codes.duplicated(keep=False))).groupby(level=0).any()
        yield from sheet.faults(unknown, "kemendagri_codes", "codes of provinces, each in one row only")


def _check_foreign_keys(sheets: Sheets) -> Iterator[Fault]:
    """A key must exist in the table it points at; a table that lost rows or keys is not pointed at."""
    for sheet in sheets.values():
        for key in sheet.schema.get("foreignKeys", []):
            column, reference = key["fields"][0], key["reference"]
            target = sheets[reference["resource"]]
            options = target.text(reference["fields"][0])
            if target.complete(reference["fields"][0]):
                wrong = sheet.known(column) & ~sheet.text(column).isin(options)
                yield from _unknown(
                    sheet, wrong, column, f"one of the {reference['fields'][0]} of {target.file}", set(options)
                )


def _unknown(sheet: Sheet, wrong: Cells, column: str, expected: str, options: Collection[str]) -> Iterator[Fault]:
    cells = sheet.text(column)[wrong]
    near = options if len(cells) <= HINTS else ()
    yield from sheet.faults(wrong, column, expected + cells.map(lambda cell: nearest(cell, near)).astype("string"))


def _check_units(sheets: Sheets) -> Iterator[Fault]:
    """An indicator has its unit, and a unit its range: counts are whole and not negative, shares are 0 to 200."""
    sheet = sheets["observations"]
    value, unit, indicator = sheet.number("value"), sheet.text("unit"), sheet.text("indicator")
    meant = indicator.map(_unit_of, na_action="ignore").astype("string")
    wrong = (unit != meant) & ~(unit.isin(COUNTS) & (meant == "count")) & meant.notna() & unit.notna()
    named = meant.replace("count", "one of " + ", ".join(COUNTS))
    yield from sheet.faults(wrong, "unit", named + ", the unit of " + indicator)
    unit = unit.mask(wrong)
    count, growth = unit.isin(COUNTS), indicator == "growth_pct"
    money, share = unit.isin(("IDR", "IDR per month")), (unit == "percent") & indicator.notna() & ~growth
    yield from sheet.faults(count & ((value < 0) | (value % 1 > 0)), "value", "a whole number that is not negative")
    yield from sheet.faults(count & (value > MAXIMUM_PERSONS), "value", f"at most {MAXIMUM_PERSONS}")
    yield from sheet.faults(money & (value < 0), "value", "an amount that is not negative")
    yield from sheet.faults(share & ((value < 0) | (value > 200)), "value", "a percentage from 0 to 200")
    yield from sheet.faults(growth & ((value < -100) | (value > 1000)), "value", "growth from -100 to 1000 percent")


def _unit_of(indicator: str) -> str:
    if indicator.startswith("contribution_"):
        return "IDR per month"
    return "percent" if indicator.endswith("_pct") else "IDR" if indicator.endswith("_idr") else "count"


def _check_kinds(sheets: Sheets) -> Iterator[Fault]:
    """Columns that belong to some indicators only: a base to shares, a plan to targets, a payer to a fund."""
    sheet = sheets["observations"]
    indicator, base, status = sheet.text("indicator"), sheet.text("denominator"), sheet.text("status")
    coverage = indicator.str.startswith("coverage_")
    yield from sheet.faults(coverage & (base == ""), "denominator", "the base of the coverage, or unspecified")
    yield from sheet.faults(~coverage & sheet.known("denominator"), "denominator", "nothing, for this is no coverage")
    target = indicator.str.contains("target", regex=False)
    yield from sheet.faults(target & status.notna() & (status != "planned"), "status", "planned, for this is a target")
    fund, payer = sheet.text("fund"), sheet.text("paid_by_level")
    yield from sheet.faults((fund == "") & sheet.known("paid_by_level"), "fund", "a fund, since paid_by_level is given")
    yield from sheet.faults(sheet.known("fund") & (payer == ""), "paid_by_level", "a payer, since a fund is given")


def _check_years(sheets: Sheets) -> Iterator[Fault]:
    """Years and dates that stand side by side must fit each other; a date, also a partial one, must exist."""
    sheet = sheets["observations"]
    year, day = sheet.number("year"), pd.to_numeric(sheet.text("as_of").str.slice(0, 4), errors="coerce")
    far = (year - day).abs() > 1
    yield from sheet.faults(far, "as_of", "a day in " + sheet.text("year") + " or the year beside it")
    yield from _check_year_basis(sheet, "year", "year_basis")
    sheet = sheets["awards"]
    yield from _check_year_basis(sheet, "assessment_year", "assessment_year_basis")
    for sheet in (sheets["awards"], sheets["jury_scores"]):
        wrong = ~(sheet.number("edition") - sheet.number("assessment_year")).fillna(0).between(0, 1)
        expected = "the year of edition " + sheet.text("edition") + " or the one before"
        yield from sheet.faults(wrong, "assessment_year", expected)
    sheet = sheets["sources"]
    wrong = sheet.known("published") & ~sheet.text("published").map(_exists, na_action="ignore").fillna(True).astype(
        bool
    )
    yield from sheet.faults(wrong, "published", "a date that exists, such as 2024-09-30, 2024-09 or 2024")


def _check_year_basis(sheet: Sheet, year: str, basis: str) -> Iterator[Fault]:
    empty, unknown = sheet.text(year) == "", sheet.text(basis) == "unknown"
    yield from sheet.faults(empty & sheet.known(basis) & ~unknown, year, f"a year, since {basis} is not unknown")
    yield from sheet.faults(sheet.known(year) & unknown, basis, "how the year is known, since there is one")


def _exists(partial: str) -> bool:
    """Say whether a day, a month or a year exists in the calendar."""
    try:
        date.fromisoformat(partial + "-01" * (2 - partial.count("-")))
    except ValueError:
        return False
    return True


# (table, total, its parts)
SUMS = (
    ("labour_force", "labour_force", ("employed", "unemployed")),
    ("labour_force", "employed", ("formal_employed", "informal_employed")),
    ("participants_province", "active_participants", ("wage_earners_pu", "non_wage_bpu", "construction_jakon")),
)
# (table, whole, a part that can't exceed it)
BOUNDS = (
    ("labour_force", "formal_employed", "employees"),
    ("labour_force", "employed", "employed_age_15_19"),
    ("labour_force", "employed", "employed_age_65_plus"),
    ("labour_force", "employed", "employed_public_admin"),
)


def _check_sums(sheets: Sheets) -> Iterator[Fault]:
    """Parts must add up to their total, and no part may exceed its whole."""
    for table, total, parts in SUMS:
        sheet = sheets[table]
        summed = pd.concat([sheet.number(part) for part in parts], axis="columns").sum(axis="columns", skipna=False)
        wrong = summed.notna() & (summed != sheet.number(total))
        yield from sheet.faults(
            wrong, total, summed.map("{:.0f}".format).astype("string") + f", the sum of {' and '.join(parts)}"
        )
    for table, whole, part in BOUNDS:
        sheet = sheets[table]
        wrong = sheet.number(part) > sheet.number(whole)
        yield from sheet.faults(wrong, part, "at most " + sheet.text(whole) + f", its {whole}")


def _check_provinces(sheets: Sheets) -> Iterator[Fault]:
    """A province's numbers must be those of its kabupaten and kota together."""
    provinces, regencies = sheets["provinces"], sheets["regencies"]
    if not (regencies.complete("kemendagri_code") and provinces.complete("kemendagri_code")):
        return
    code = provinces.text("kemendagri_code")
    own = regencies.text("kemendagri_code").str.slice(0, 2)
    second = regencies.text("kemendagri_code").str.slice(3, 4)
    parts = {
        "n_kabupaten": (second < "7").astype("float64"),
        "n_kota": (second >= "7").astype("float64"),
        "population_dec2024": regencies.number("population_dec2024"),
        "area_km2": regencies.number("area_km2"),
    }
    for column, numbers in parts.items():
        total = code.map(numbers.groupby(own).sum(skipna=False)).round(3)
        wrong = (provinces.number(column) - total).abs() > 0.002
        expected = total.map("{:.10g}".format).astype("string") + ", the sum over data/regencies.csv"
        yield from provinces.faults(wrong, column, expected)


def _check_complete(sheets: Sheets) -> Iterator[Fault]:
    """Each year of the labour force has every region, each year of the budgets every region of Jawa Timur."""
    regions = set(sheets["regencies"].text("kemendagri_code").dropna())
    for table, wanted in (("labour_force", regions), ("apbd_jawa_timur", {c for c in regions if c.startswith("35.")})):
        sheet = sheets[table]
        code = sheet.text("kemendagri_code")
        sound = sheets["regencies"].complete("kemendagri_code") and sheet.complete("kemendagri_code")
        if not (sound and sheet.complete("year")):
            continue
        for year, codes in code.groupby(sheet.text("year")):
            if lacking := sorted(wanted - set(codes)):
                names = ", ".join(lacking[:5]) + (f" and {len(lacking) - 5} more" if len(lacking) > 5 else "")
                expected = f"all {len(wanted)} regions in {year}, but there is no row for {names}"
                yield _fault(sheet.file, None, "kemendagri_code", None, expected)


def _check_duplicates(sheets: Sheets) -> Iterator[Fault]:
    """No row may stand twice, not even under another key."""
    for table in ("observations", "awards", "regulations"):
        sheet = sheets[table]
        cells = sheet.frame.drop(columns="observation_id", errors="ignore").dropna()
        cells = cells[cells.duplicated(keep=False)]
        first: dict[tuple[str, ...], int] = {}
        for line, row in zip(cells.index, map(tuple, cells.to_numpy()), strict=True):
            if row in first:
                yield _fault(sheet.file, int(line), None, None, f"a row of its own, but it repeats row {first[row]}")
            first.setdefault(row, int(line))


CHECKS: tuple[Callable[[Sheets], Iterable[Fault]], ...] = (
    _check_regencies,  # first, since the others lean on it
    _check_codes,
    _check_agreement,
    _check_foreign_keys,
    _check_units,
    _check_kinds,
    _check_years,
    _check_sums,
    _check_provinces,
    _check_complete,
    _check_duplicates,
)


def _check_boundaries(folder: Path, sheets: Sheets) -> Iterator[Fault]:
    """The boundary files must be GeoJSON with one shape per code of their table."""
    for table in ("provinces", "regencies"):
        path, file = folder / f"{table}.geojson", f"data/{table}.geojson"
        try:
            shapes = {
                shape["id"]: shape["geometry"]["coordinates"] for shape in json.loads(path.read_bytes())["features"]
            }
        except FileNotFoundError:
            continue  # told by _unlisted
        except UnicodeDecodeError:
            yield _fault(file, None, None, None, "text in UTF-8")
        except json.JSONDecodeError as error:
            yield _fault(file, error.lineno, None, None, f"JSON ({error.msg}, character {error.colno})")
        except (KeyError, TypeError):
            yield _fault(file, None, None, None, "a FeatureCollection whose features have an id and a geometry")
        else:
            yield from _check_shapes(file, shapes, sheets[table])


def _check_shapes(file: str, shapes: dict[str, Any], sheet: Sheet) -> Iterator[Fault]:
    codes = set(sheet.text("kemendagri_code").dropna())
    if sheet.complete("kemendagri_code"):
        for code in sorted(shapes.keys() - codes):
            yield _fault(file, None, "id", code, f"a kemendagri_code of {sheet.file}")
        for code in sorted(codes - shapes.keys()):
            yield _fault(file, None, "id", None, f"a feature for {code}, which {sheet.file} has")
