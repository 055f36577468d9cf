"""What can hardly be as it stands needs a flag or a note that says why; what can be is let alone."""

import pandas as pd
import pytest

from paritrana.validation.sheet import Sheets
from paritrana.validation.suspects import check_suspects
from tests.validation.test_corrections import sheet

PLACE = {"region_code": "13.74", "level": "kota", "year": "2024", "status": "actual", "source_id": "S00000001"}
ID = {"observation_id": "O0000000001"}


def sheets(*observations: dict[str, str], flags: tuple[str, ...] = ()) -> Sheets:
    """These observations of Padang Panjang, whose labour force is 29,188 in 2024 and 30,000 in 2025."""
    force = [{"year": "2024", "labour_force": "29188"}, {"year": "2025", "labour_force": "30000"}]
    return {
        "observations": sheet("observations", *(PLACE | ID | row for row in observations)),
        "flags": sheet("flags", *({"observation_id": row, "flag": "doubtful"} for row in flags)),
        "labour_force": sheet("labour_force", *({"kemendagri_code": "13.74"} | row for row in force)),
    }


def told(*observations: dict[str, str], flags: tuple[str, ...] = ()) -> list[str]:
    return [str(fault) for fault in check_suspects(sheets(*observations, flags=flags))]


SHARE = {"indicator": "coverage_share_pct", "unit": "percent", "value": "100.5"}
MANY = {"indicator": "active_participants", "unit": "persons", "value": "29189"}
BRANCH = {"indicator": "active_participants", "unit": "persons", "value": "5", "definition": "of the Padang branch"}
MONEY = {"indicator": "vulnerable_workers_budget_idr", "unit": "IDR", "value": "1000000000"}
PAID = {
    "observation_id": "O0000000002",
    "indicator": "vulnerable_workers_protected",
    "unit": "persons",
    "value": "1136",
}
SUSPECT = {
    "a share above all": ((SHARE,), 'column value: "100.5"', "the share exceeds 100 %"),
    "more than there are": ((MANY,), 'column value: "29189"', "it exceeds the labour force of the region, 29188"),
    "more than in the nearest year": (
        (MANY | {"year": "2026", "value": "30001"},),
        'column value: "30001"',
        "it exceeds the labour force of the region, 30000",
    ),
    "a branch": ((BRANCH,), 'column definition: "of the Padang branch"', "a branch can be larger than the region"),
    "money for years": (
        (MONEY, PAID),
        'column value: "1000000000"',
        "it pays 52.4 months for the workers of its own source",
    ),
    "money for days": (
        (MONEY | {"value": "9000000"}, PAID),
        'column value: "9000000"',
        "it pays 0.5 months for the workers of its own source",
    ),
}


@pytest.mark.parametrize(("rows", "found", "why"), SUSPECT.values(), ids=SUSPECT.keys())
def test_a_suspect_figure_is_asked_for_a_flag_or_a_note(rows: tuple[dict[str, str], ...], found: str, why: str) -> None:
    asked = f"expected a row in data/flags.csv or a note that explains it, for {why}."
    assert told(*rows) == [f"data/observations.csv, row 2, {found} was found, {asked}"]
    assert told(rows[0] | {"note": "rounded in source"}, *rows[1:]) != []
    assert told(rows[0] | {"note": "the headline says so too"}, *rows[1:]) == []
    assert told(*rows, flags=(ID["observation_id"],)) == []


@pytest.mark.parametrize(
    "row",
    [
        SHARE | {"value": "100"},
        SHARE | {"indicator": "growth_pct"},
        MANY | {"value": "29188"},
        MANY | {"status": "planned"},
        MANY | {"indicator": "eligible_workers"},
        MANY | {"level": "province", "region_code": "13"},
        BRANCH | {"definition": "as told by the BPJS branch head"},
        BRANCH | {"definition": "workers as counted by the branch"},
        BRANCH | {"status": "planned"},
        BRANCH | {"definition": "of a branching programme"},
        MONEY,
    ],
)
def test_what_can_be_is_let_alone(row: dict[str, str]) -> None:
    assert told(row) == []


def test_of_several_counts_of_one_source_the_one_that_fits_counts() -> None:
    assert told(MONEY, PAID, PAID | {"value": "5000"}) == []
    assert told(MONEY, PAID | {"source_id": "S00000002"}) == []


def test_flags_that_were_not_read_ask_for_nothing() -> None:
    known = sheets(SHARE)
    known["flags"].whole = False
    assert list(check_suspects(known)) == []
    assert isinstance(known["observations"].frame, pd.DataFrame)
