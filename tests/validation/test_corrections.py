"""Each way a correction can be wrong is one sentence; one that fits is made before the meaning is looked at."""

import json
from collections.abc import Mapping

import pandas as pd
import pytest

from paritrana import paths
from paritrana.faults import Fault
from paritrana.validation.corrections import make_corrections, told_of_corrections
from paritrana.validation.sheet import Sheet, Sheets, fault_at

PACKAGE = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
SCHEMAS = {resource["name"]: resource["schema"] for resource in PACKAGE["resources"] if "schema" in resource}
AWARD = {"edition": "2024", "stage": "province", "province_code": "16", "category": "kabupaten_kota"}


def sheet(table: str, *rows: Mapping[str, str]) -> Sheet:
    """A sheet with these rows, from line 2 on; a column that is not given is empty."""
    names = [field["name"] for field in SCHEMAS[table]["fields"]]
    cells = [[row.get(name, "") for name in names] for row in rows]
    frame = pd.DataFrame(cells, index=pd.RangeIndex(2, len(rows) + 2), columns=names, dtype="string")
    return Sheet(f"data/{table}.csv", SCHEMAS[table], frame)


def correction(**given: str) -> dict[str, str]:
    """A correction that fits: 5892 persons were 5829."""
    row = {"table": "observations", "key": "O0000000001", "column": "value", "expected": "5892", "value": "5829"}
    return row | {"reason": "Digits transposed.", "source_id": "S00000001", "date": "2026-11-27"} | given


def sheets(*corrections: Mapping[str, str]) -> Sheets:
    rows = [
        {"observation_id": "O0000000001", "value": "5892", "status": "actual", "year": "2023"},
        {"observation_id": "O0000000002", "value": "7", "as_of": ""},
    ]
    award = AWARD | {"recipient": "A", "source_id": "S00000001", "result": "winner"}
    return {
        "observations": sheet("observations", *rows),
        "awards": sheet("awards", award, award | {"recipient": "B"}, award | {"recipient": "B", "result": "rank_1"}),
        "corrections": sheet("corrections", *corrections),
    }


def test_a_correction_that_fits_is_made() -> None:
    award = correction(table="awards", key="2024|province|16|kabupaten_kota|A|S00000001", column="result")
    known = sheets(correction(), award | {"expected": "winner", "value": "rank_2"})
    made, faults = make_corrections(known)
    assert faults == []
    assert known["observations"].frame.at[2, "value"] == "5829"
    assert known["awards"].frame.at[2, "result"] == "rank_2"
    assert made == {("data/observations.csv", 2, "value"): 2, ("data/awards.csv", 2, "result"): 3}


B = "2024|province|16|kabupaten_kota|B|S00000001"
WRONG: dict[str, tuple[dict[str, str], str]] = {
    "a column that is not there": (
        correction(column="values"),
        'column column: "values" was found, expected a column of data/observations.csv (did you mean "value"?).',
    ),
    "a row that is not there": (
        correction(key="O0000000003"),
        'column key: "O0000000003" was found, expected the key of a row of data/observations.csv; no row has it.',
    ),
    "a key of two rows": (
        correction(table="awards", key=B, column="result", expected="winner", value="rank_2"),
        f'column key: "{B}" was found, expected the key of one row of data/awards.csv, but 2 rows have it.',
    ),
    "another value stands": (
        correction(expected="5893"),
        'column expected: "5893" was found, expected the value "5892", which stands in data/observations.csv, row 2, '
        "column value.",
    ),
    "the number is written otherwise": (
        correction(expected="5892.0"),
        'column expected: "5892.0" was found, expected the value "5892", which stands in data/observations.csv, row 2, '
        "column value.",
    ),
    "nothing stands": (
        correction(key="O0000000002", column="as_of", expected="2024-01-01", value="2024-01-02"),
        'column expected: "2024-01-01" was found, expected the value "", which stands in data/observations.csv, row 3, '
        "column as_of.",
    ),
    "nothing changes": (
        correction(value="5892"),
        'column value: "5892" was found, expected another value than the one that stands.',
    ),
    "no number": (
        correction(value="5.829,0"),
        'column value: "5.829,0" was found, expected a number with a point for decimals and no separators, such as '
        "12500 or 12.5.",
    ),
    "no such kind": (
        correction(column="status", expected="actual", value="planed"),
        'column value: "planed" was found, expected one of actual, planned, cumulative (did you mean "planned"?).',
    ),
    "out of range": (
        correction(column="year", expected="2023", value="1023"),
        'column value: "1023" was found, expected at least 2000.',
    ),
    "two lines": (
        correction(column="status", expected="actual", value="plan\nned"),
        'column value: "plan\\nned" was found, expected a text on one line, without line breaks and control '
        "characters.",
    ),
    "a value that must be there is emptied": (
        correction(value=""),
        'column value: "" was found, expected a value.',
    ),
}


@pytest.mark.parametrize(("row", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_each_misfit_is_one_sentence_and_corrects_nothing(row: dict[str, str], sentence: str) -> None:
    known = sheets(row)
    made, faults = make_corrections(known)
    assert [str(fault) for fault in faults] == [f"data/corrections.csv, row 2, {sentence}"]
    assert not made
    assert known["observations"].frame.equals(sheets()["observations"].frame)


def test_all_misfits_are_told_at_once() -> None:
    known = sheets(*(row for row, _ in WRONG.values()))
    assert len(make_corrections(known)[1]) == len(WRONG)


def test_what_is_wrong_with_a_corrected_cell_is_told_of_its_correction() -> None:
    known = sheets(correction())
    made, _ = make_corrections(known)
    corrected = fault_at("data/observations.csv", 2, "value", "5829", "at most 5000")
    other = fault_at("data/observations.csv", 3, "value", "7", "at most 5")
    assert list(told_of_corrections([corrected, other], made, "data/corrections.csv")) == [
        Fault("data/corrections.csv", 2, "value", "5829", "expected at most 5000"),
        other,
    ]


def test_of_a_table_that_lost_rows_what_fits_is_corrected_and_nothing_more_is_told() -> None:
    known = sheets(correction(key="O0000000003"), correction())
    known["observations"].whole = False
    assert make_corrections(known) == ({("data/observations.csv", 2, "value"): 3}, [])
