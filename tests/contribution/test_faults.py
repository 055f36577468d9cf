"""Each way to break a contribution is told in one sentence, of the file that brings it, and of nothing else."""

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paritrana.faults import Fault
from paritrana.validation import additions, files, validate, validate_with
from paritrana.validation.sheet import Sheet
from tests.contribution.small_project import Row, read, small_project

READ: dict[tuple[bytes, str], tuple[Sheet, list[Fault]]] = {}
READ_SHEET = files.read_sheet


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("small"))


@pytest.fixture(autouse=True)
def tables_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what was read of the tables of the project: for speed only."""

    def read_once(path: Path, file: str, schema: dict[str, Any]) -> tuple[Sheet, list[Fault]]:
        key = (path.read_bytes(), file)
        sheet, faults = READ.get(key) or READ.setdefault(key, READ_SHEET(path, file, schema))
        return replace(sheet, frame=sheet.frame.copy()), list(faults)

    monkeypatch.setattr(files, "read_sheet", read_once)


def observation(**given: str) -> Row:
    """A sound new observation of Lombok Timur, from a source that is new too."""
    row = {
        "observation_id": "Oaaaaaaaa01",
        "region_code": "52.03",
        "region_name": "Lombok Timur",
        "level": "kabupaten",
        "province_code": "52",
        "year": "2024",
        "as_of": "2024-12-31",
        "indicator": "active_participants",
        "segment": "all",
        "denominator": "",
        "value": "150000",
        "unit": "persons",
        "status": "actual",
        "months": "",
        "fund": "",
        "paid_by_level": "",
        "year_basis": "stated",
        "definition": "made for a test",
        "source_id": "Saaaaaa01",
        "note": "",
    }
    return row | given


SOURCE = {
    "source_id": "Saaaaaa01",
    "url": "https://example.com/new",
    "title": "",
    "publisher": "Contoh",
    "published": "2025-01-02",
}
FLAG = {"observation_id": "Oaaaaaaaa01", "flag": "doubtful", "reason": "Made for a test."}
AWARD = {
    "edition": "2025",
    "assessment_year": "2024",
    "assessment_year_basis": "derived",
    "stage": "province",
    "province_code": "52",
    "category": "kabupaten_kota",
    "recipient": "Bima",
    "recipient_level": "kota",
    "region_code": "52.72",
    "result": "nominee",
    "source_id": "Saaaaaa01",
    "note": "",
}
REGULATION = {
    "region_code": "52.03",
    "region_name": "Lombok Timur",
    "level": "kabupaten",
    "province_code": "52",
    "kind": "Perda",
    "number": "99",
    "year": "2023",
    "subject": "made for a test",
    "source_id": "Saaaaaa01",
    "note": "",
}
SHARE = {"indicator": "coverage_share_pct", "denominator": "potential", "unit": "percent", "value": "45.5"}


def correction(**given: str) -> Row:
    """A sound correction of the row that `observation` makes."""
    row = {"table": "observations", "key": "Oaaaaaaaa01", "column": "value", "expected": "150000", "value": "140000"}
    return row | {"reason": "Made for a test.", "source_id": "Saaaaaa01", "date": "2026-11-27"} | given


def text(rows: list[Row]) -> str:
    table = io.StringIO()
    made = csv.DictWriter(table, list(rows[0]), lineterminator="\n")
    made.writeheader()
    made.writerows(rows)
    return table.getvalue()


Files = dict[str, list[Row] | bytes]


def written(folder: Path, content: Files) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in content.items():
        (folder / name).write_bytes(rows if isinstance(rows, bytes) else text(rows).encode())
    return folder


def sound(**given: list[Row] | bytes) -> Files:
    """A contribution without a fault: one observation and its source; other files by their table."""
    tables = {"observations": [observation()], "sources": [SOURCE], **given}
    return {f"{table}.csv": rows for table, rows in tables.items()}


def sentences(folder: Path, root: Path) -> list[str]:
    return [str(fault).replace(f"{folder}/", "") for fault in validate_with(folder, root)[1]]


def raw(change: Callable[[str], str]) -> bytes:
    return change(text([observation()])).encode()


HARMLESS: dict[str, Files] = {
    "an observation and its source": sound(),
    "every table": sound(flags=[FLAG], awards=[AWARD], regulations=[REGULATION], corrections=[correction()]),
    "a byte order mark": sound(observations=b"\xef\xbb\xbf" + text([observation()]).encode()),
    "windows line ends": sound(observations=raw(lambda old: old.replace("\n", "\r\n"))),
    "no line end at the end": sound(observations=raw(str.rstrip)),
    "markup, which pages escape": sound(observations=[observation(note="<script>alert(1)</script> & [x](y)")]),
    "a hidden file beside": sound() | {".DS_Store": b"\0"},
}


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_sound_has_no_fault_and_all_of_it_is_new(tmp_path: Path, root: Path, content: Files) -> None:
    new, faults = validate_with(written(tmp_path / "new", content), root)
    assert list(map(str, faults)) == []
    assert {f"{table}.csv" for table in new} == {name for name in content if name.endswith(".csv")}
    assert all(len(rows) == 1 for rows in new.values())


O = "observations.csv, row 2, column"  # noqa: E741 - as in the sentences
C = "corrections.csv, row 2, column"
# name -> the files, and the beginning of each sentence
BROKEN: dict[str, tuple[Files, list[str]]] = {
    "a column is missing": (
        sound(observations=[{k: v for k, v in observation().items() if k != "status"}]),
        ["observations.csv, row 1, column status: expected a column of this name."],
    ),
    "a column too many": (
        sound(observations=[observation(colour="red")]),
        ['observations.csv, row 1, column colour: "colour" was found, expected no such column.'],
    ),
    "a column is misspelt": (
        sound(observations=raw(lambda old: old.replace("region_code", "region_cod"))),
        ['observations.csv, row 1, column region_code: "region_cod" was found, expected the column name'],
    ),
    "the columns in another order": (
        sound(observations=[dict(reversed(observation().items()))]),
        ['observations.csv, row 1: "note,source_id'],
    ),
    "semicolons": (
        sound(observations=raw(lambda old: old.replace(",", ";"))),
        ['observations.csv, row 1: "observation_id;region_code'],
    ),
    "text for a number": (sound(observations=[observation(value="12x")]), [f'{O} value: "12x" was found, expected a']),
    "not a number": (sound(observations=[observation(value="NaN")]), [f'{O} value: "NaN" was found, expected a']),
    "infinitely many": (sound(observations=[observation(value="inf")]), [f'{O} value: "inf" was found, expected a']),
    "a decimal comma": (
        sound(observations=[observation(**SHARE | {"value": "45,5"})]),
        [f'{O} value: "45,5" was found, expected a number with a point'],
    ),
    "thousands dots": (
        sound(observations=[observation(value="150.000.000")]),
        [f'{O} value: "150.000.000" was found, expected a number'],
    ),
    "persons below zero": (
        sound(observations=[observation(value="-5")]),
        [f'{O} value: "-5" was found, expected a whole number that is not negative.'],
    ),
    "half a person": (
        sound(observations=[observation(value="0.5")]),
        [f'{O} value: "0.5" was found, expected a whole number that is not negative.'],
    ),
    "a share above all bounds": (
        sound(observations=[observation(**SHARE | {"value": "4500"})]),
        [f'{O} value: "4500" was found, expected a percentage from 0 to 200.'],
    ),
    "another unit": (
        sound(observations=[observation(unit="percent")]),
        [f'{O} unit: "percent" was found, expected one of persons, employers, cases, villages, the unit of'],
    ),
    "no base of a coverage": (
        sound(observations=[observation(**SHARE | {"denominator": ""})]),
        [f'{O} denominator: "" was found, expected the base of the coverage, or unspecified.'],
    ),
    "an unknown indicator": (
        sound(observations=[observation(indicator="active_participant")]),
        [f'{O} indicator: "active_participant" was found, expected one of active_participants,'],
    ),
    "a year out of range": (
        sound(observations=[observation(year="1924", as_of="")]),
        [f'{O} year: "1924" was found, expected at least 2000.'],
    ),
    "a date in another form": (
        sound(observations=[observation(as_of="31/12/2024")]),
        [f'{O} as_of: "31/12/2024" was found, expected a date such as 2024-12-31.'],
    ),
    "a day that never was": (
        sound(observations=[observation(as_of="2024-02-30")]),
        [f'{O} as_of: "2024-02-30" was found, expected a date that exists'],
    ),
    "a day of another year": (
        sound(observations=[observation(as_of="2020-12-31")]),
        [f'{O} as_of: "2020-12-31" was found, expected a day in 2024 or the year beside it.'],
    ),
    "an unknown region": (
        sound(observations=[observation(region_code="52.99")]),
        [f'{O} region_code: "52.99" was found, expected the code of a region'],
    ),
    "a code that lost its dot": (
        sound(observations=[observation(region_code="5203")]),
        [f'{O} region_code: "5203" was found, expected a text of the form'],
    ),
    "the name of another region": (
        sound(observations=[observation(region_name="Bima")]),
        [f'{O} region_name: "Bima" was found, expected Lombok Timur, as the region 52.03 tells.'],
    ),
    "a source that nobody gives": (
        {"observations.csv": [observation()]},
        [f'{O} source_id: "Saaaaaa01" was found, expected one of the source_id of data/sources.csv'],
    ),
    "control characters": (
        sound(observations=[observation(note="a\x1b[31mb")]),
        [f'{O} note: "a\\x1b[31mb" was found, expected a text on one line'],
    ),
    "two lines in a cell": (
        sound(observations=[observation(note="a\nb")]),
        [f'{O} note: "a\\nb" was found, expected a text on one line'],
    ),
    "another encoding": (
        sound(observations=text([observation(note="déjà")]).encode("cp1252")),
        [f'{O} note: "d�j�" was found, expected text in UTF-8'],
    ),
    "utf-16": (
        sound(observations=text([observation()]).encode("utf-16")),
        ["observations.csv: expected CSV text in UTF-8, but there are zero bytes in it."],
    ),
    "an open quote": (
        sound(observations=raw(lambda old: old + '"O123')),
        ["observations.csv, row 3: expected a row of CSV"],
    ),
    "a blank row": (
        sound(observations=raw(lambda old: old + ",,\n")),
        ['observations.csv, row 3: "" was found, expected a row with values: delete the blank row.'],
    ),
    "a row that is too short": (
        sound(observations=raw(lambda old: old + "Oaaaaaaaa02,52.03\n")),
        ['observations.csv, row 3: "2 cells" was found, expected 20 cells, as in the header.'],
    ),
    "an empty file": (
        sound(observations=b""),
        ["observations.csv: expected a header and rows, but"],
    ),
    "a header alone": (
        sound(flags=b"observation_id,flag,reason\n"),
        ["flags.csv: expected rows below the header."],
    ),
    "one id twice": (
        sound(observations=[observation(), observation(value="5")]),
        ['observations.csv, row 3, column observation_id: "Oaaaaaaaa01" was found, expected a value of its own, but'],
    ),
    "one row twice under two ids": (
        sound(observations=[observation(), observation(observation_id="Oaaaaaaaa02")]),
        ["observations.csv, row 3: expected a row of its own, but it repeats observations.csv, row 2."],
    ),
    "a flag of an unknown observation": (
        sound(flags=[FLAG | {"observation_id": "Oaaaaaaaa09"}]),
        ['flags.csv, row 2, column observation_id: "Oaaaaaaaa09" was found, expected one of the observation_id of'],
    ),
    "an unknown kind of flag": (
        sound(flags=[FLAG | {"flag": "branches"}]),
        ['flags.csv, row 2, column flag: "branches" was found, expected one of doubtful, part, branch, mixed_group'],
    ),
    "a flag without a reason": (
        sound(flags=[FLAG | {"reason": ""}]),
        ['flags.csv, row 2, column reason: "" was found, expected a value.'],
    ),
    "a correction of another value": (
        sound(corrections=[correction(expected="15")]),
        [f'{C} expected: "15" was found, expected the value "150000", which stands in observations.csv, row 2, column'],
    ),
    "a correction of no row": (
        sound(corrections=[correction(key="Oaaaaaaaa09")]),
        [f'{C} key: "Oaaaaaaaa09" was found, expected the key of a row of data/observations.csv; no row has it.'],
    ),
    "a correction of an unknown table": (
        sound(corrections=[correction(table="observation")]),
        [f'{C} table: "observation" was found, expected one of observations,'],
    ),
    "a correction of an unknown column": (
        sound(corrections=[correction(column="values")]),
        [f'{C} column: "values" was found, expected a column of data/observations.csv (did you mean "value"?).'],
    ),
    "a correction into what must not be": (
        sound(corrections=[correction(value="-1")]),
        [f'{C} value: "-1" was found, expected a whole number that is not negative.'],
    ),
    "two corrections of one cell": (
        sound(corrections=[correction(), correction(value="130000")]),
        ["corrections.csv, row 3, column table, key, column: "],
    ),
    "an award in another category": (
        sound(awards=[AWARD | {"category": "kota"}]),
        ['awards.csv, row 2, column category: "kota" was found, expected one of kabupaten_kota,'],
    ),
    "an edition long after its year": (
        sound(awards=[AWARD | {"edition": "2030"}]),
        ['awards.csv, row 2, column assessment_year: "2024" was found, expected the year of edition 2030 or the one'],
    ),
    "no kind of regulation": (
        sound(regulations=[REGULATION | {"kind": "Perdes?"}]),
        ['regulations.csv, row 2, column kind: "Perdes?" was found, expected one of'],
    ),
    "an address that is none": (
        sound(sources=[SOURCE | {"url": "javascript:alert(1)"}]),
        ['sources.csv, row 2, column url: "javascript:alert(1)" was found, expected a text of the form'],
    ),
    "a table that takes no rows": (
        sound() | {"regencies.csv": b"a\n1\n"},
        ["regencies.csv: expected one of the files observations.csv,"],
    ),
    "a file with a slip in its name": (
        sound() | {"Observations.csv": b"a\n1\n"},
        ["Observations.csv: expected one of the files observations.csv,"],
    ),
    "a spreadsheet": (
        sound() | {"observations.xlsx": b"PK"},
        ["observations.xlsx: expected one of the files observations.csv,"],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("content", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_each_fault_is_one_sentence_about_its_file_and_row(
    tmp_path: Path, root: Path, content: Files, expected: list[str]
) -> None:
    found = sentences(written(tmp_path / "new", content), root)
    assert len(found) == len(expected), "\n".join(found)
    for sentence, begin in zip(found, expected, strict=True):
        assert sentence.startswith(begin), sentence
        assert sentence.isprintable()


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path, root: Path) -> None:
    content = sound(
        observations=[observation(value="x", status="done")],
        flags=[FLAG | {"flag": "odd"}],
        sources=[SOURCE | {"published": "2025-13"}],
        corrections=[correction(table="none")],
    )
    found = sentences(written(tmp_path / "new", content), root)
    assert [sentence.split(":")[0] for sentence in found] == [
        f"{C} table",
        "flags.csv, row 2, column flag",
        f"{O} status",
        f"{O} value",
        "sources.csv, row 2, column published",
    ]


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Folders that are none, each with what it is."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    (tmp_path / "dangling").mkdir()
    (tmp_path / "dangling" / "flags.csv").symlink_to(tmp_path / "nowhere.csv")
    (tmp_path / "nested" / "flags.csv").mkdir(parents=True)
    yield {name: tmp_path / name for name in ("none", "empty", "file", "dangling", "nested")}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("none", "expected a folder with CSV files (No such file or directory)."),
        ("empty", "expected files such as observations.csv, awards.csv, regulations.csv, sources.csv, flags.csv, "),
        ("file", "expected a folder with CSV files (Not a directory)."),
        ("dangling", "expected a file that can be read (No such file or directory)."),
        ("nested", "expected a file that can be read (Is a directory)."),
    ],
)
def test_a_folder_that_holds_no_contribution_is_one_sentence(
    folders: dict[str, Path], root: Path, name: str, expected: str
) -> None:
    (fault,) = validate_with(folders[name], root)[1]
    assert str(fault).split(": ", 1)[1].startswith(expected)


def test_a_link_to_a_file_is_as_good_as_the_file(tmp_path: Path, root: Path) -> None:
    elsewhere = written(tmp_path / "elsewhere", sound())
    (tmp_path / "links").mkdir()
    for path in elsewhere.iterdir():
        (tmp_path / "links" / path.name).symlink_to(path)
    new, faults = validate_with(tmp_path / "links", root)
    assert not faults and set(new) == {"observations", "sources"}


def test_rows_that_are_there_already_are_not_new(tmp_path: Path, root: Path) -> None:
    there = read(root / "data" / "observations.csv")[:3]
    assert validate_with(written(tmp_path / "new", {"observations.csv": there}), root) == ({}, [])
    new, faults = validate_with(written(tmp_path / "new", sound(observations=[*there, observation()])), root)
    assert not faults
    assert list(new["observations"]["observation_id"]) == ["Oaaaaaaaa01"]


def test_a_key_that_another_row_has_is_told_with_what_stands_there(tmp_path: Path, root: Path) -> None:
    there = read(root / "data" / "observations.csv")[0]
    (sentence,) = sentences(written(tmp_path / "new", {"observations.csv": [there | {"value": "1"}]}), root)
    assert sentence == (
        f'{O} observation_id: "{there["observation_id"]}" was found, expected a key of its own, but '
        f'data/observations.csv, row 2 has it with "{there["value"]}" as its value.'
    )


def test_a_row_that_repeats_one_of_the_data_under_another_id_is_told_with_its_place(tmp_path: Path, root: Path) -> None:
    again = read(root / "data" / "observations.csv")[4] | {"observation_id": "Oaaaaaaaa01"}
    found = sentences(written(tmp_path / "new", {"observations.csv": [again]}), root)
    assert found == ["observations.csv, row 2: expected a row of its own, but it repeats data/observations.csv, row 6."]


def test_faults_of_the_data_itself_are_told_of_the_data(tmp_path: Path, root: Path) -> None:
    broken = shutil.copytree(root, tmp_path / "root")
    path = broken / "data" / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",actual,", ",actuel,", 1), encoding="utf-8")
    (fault,) = validate_with(written(tmp_path / "new", sound()), broken)[1]
    assert (fault.file, fault.column, fault.value) == ("data/observations.csv", "status", "actuel")


def test_the_small_project_is_sound(root: Path) -> None:
    assert validate(root) == []


def test_every_table_that_rows_can_be_added_to_has_an_order(root: Path) -> None:
    from paritrana.cli.contribute import ADDABLE
    from paritrana.contribution.order import ORDER

    assert set(ORDER) == set(additions.TABLES) == set(ADDABLE.split(", "))
