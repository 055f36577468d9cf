"""Budgets of Jawa Timur: as the portal answers, and every way in which it may answer otherwise."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from paritrana.faults import InvalidInput
from paritrana.refresh import djpk
from paritrana.refresh.changes import Told, changes
from paritrana.refresh.places import regions
from tests.factories import REAL
from tests.refresh.answering import EAST, PEMDA, budget, budget_file, listed
from tests.refresh.portal import Portal, Reply, told
from tests.refresh.test_spreadsheet import workbook

OWN = regions(REAL, "35")
LIST = "/portal/pemda/13/2024"
ROWS = REAL.apbd_jawa_timur[REAL.apbd_jawa_timur["year"] == 2024].set_index("kemendagri_code")


def path(code: str, year: int = 2024) -> str:
    return f"/portal/csv_apbd?type=apbd&periode=12&tahun={year}&provinsi=13&pemda={PEMDA[code]}"


@pytest.fixture
def whole(asked: Portal) -> Portal:
    """A portal that has every budget of 2024."""
    asked.says(LIST, told(listed()))
    for code in EAST:
        asked.says(path(code), Reply(budget_file(code, 2024)))
    return asked


def fetched(portal: Portal, folder: Path, year: int = 2024) -> list[Told]:
    return djpk.fetch(portal.client(folder), year, OWN)


def sentences(portal: Portal, folder: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        fetched(portal, folder)
    return [str(fault).replace(portal.base, "") for fault in caught.value.faults]


def test_what_the_portal_tells_is_what_the_data_has(whole: Portal, tmp_path: Path) -> None:
    rows = fetched(whole, tmp_path)
    assert {row.given["kemendagri_code"] for row in rows} == set(EAST)
    for row in rows:
        assert len(row.numbers) == 8
        assert all(ROWS.at[row.given["kemendagri_code"], column] == number for column, number in row.numbers.items())
    assert changes(djpk.TABLE, rows, djpk.ROUNDED).files == {}


def test_a_second_run_asks_nothing(whole: Portal, tmp_path: Path) -> None:
    first = fetched(whole, tmp_path)
    whole.asked.clear()
    assert fetched(whole, tmp_path) == first
    assert whole.asked == []


def test_an_amount_is_another_one_beyond_what_the_data_was_rounded_to(whole: Portal, tmp_path: Path) -> None:
    rows = budget("35.01", 2024)
    before = int(rows[1][1])
    for amount, count in ((before + 5_000_000, 0), (before - 5_000_001, 1)):
        rows[1][1] = f"{amount}"
        whole.says(path("35.01"), Reply(workbook(rows)))
        found = changes(djpk.TABLE, fetched(whole, tmp_path / str(amount)), djpk.ROUNDED)
        assert len(found.files.get("corrections", ())) == count
    assert found.lines == [f"apbd_jawa_timur 2024, Kab. Pacitan, revenue_budget_idr: {before} -> {before - 5_000_001}"]


def changed(change: Callable[[list[list[str]]], object]) -> bytes:
    rows = budget("35.02", 2024)
    change(rows)
    return workbook(rows)


def without(title: str) -> bytes:
    return workbook([row for row in budget("35.02", 2024) if row[0] != title])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (without("TKDD"), [", row TKDD, column Anggaran: expected", ", row TKDD, column Realisasi: expected"]),
        (changed(lambda rows: rows[1].__setitem__(2, "n/a")), [', row Pendapatan Daerah, column Realisasi: "n/a" was']),
        (changed(lambda rows: rows[4].__setitem__(1, "1.872,91 M")), [', row TKDD, column Anggaran: "1.872,91 M" was']),
        (changed(lambda rows: rows[1].__setitem__(1, "0")), [", row Pendapatan Daerah, column Anggaran: "]),
        (changed(lambda rows: rows[5].pop() and rows[5].pop()), [", row Belanja Daerah, column Realisasi: "]),
        (
            changed(lambda rows: rows[0].__setitem__(1, "Pagu")),
            [': "Akun, Pagu, Realisasi, Persentase" was found, expected a first row with Akun, Anggaran and Realisasi'],
        ),
        (b"<!DOCTYPE html><html>Sedang pemeliharaan</html>", [": expected SpreadsheetML, but it is a page of HTML."]),
        (budget_file("35.02", 2024)[:-99], [": expected SpreadsheetML to its end"]),
        (b"", [": expected SpreadsheetML, but it is empty."]),
        (workbook([]), [": \"\" was found, expected a first row with Akun"]),
    ],
    ids=["account", "words", "billions", "zero", "short", "column", "page", "cut", "empty", "no rows"],
)  # fmt: skip
def test_a_budget_that_is_none_is_told_with_its_place(
    whole: Portal, tmp_path: Path, body: bytes, expected: list[str]
) -> None:
    whole.says(path("35.02"), Reply(body))
    found = sentences(whole, tmp_path)
    assert len(found) == len(expected)
    assert all(sentence.startswith(path("35.02") + start) for sentence, start in zip(found, expected, strict=True))


def test_an_account_that_stands_twice_counts_by_its_first_row(whole: Portal, tmp_path: Path) -> None:
    row = next(row for row in fetched(whole, tmp_path) if row.given["kemendagri_code"] == "35.01")
    assert row.numbers["pad_budget_idr"] == ROWS.at["35.01", "pad_budget_idr"] != 5


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"05": "Kab. Blitarr"}, ['/05: "Kab. Blitarr" was found', ": expected Kab. Blitar once, but it is there 0"]),
        ({"40": "Kab. Blitar"}, [": expected Kab. Blitar once, but it is there 2 times."]),
        ({"19": "Madiun"}, ["Kabupaten or Kota before the name", ": expected Kab. Madiun once"]),
        ({"00": "Provinsi Jawa Barat"}, ['"Provinsi Jawa Barat" was found, expected Provinsi Jawa Timur.']),
        ({"00": None}, ["expected an object of codes and names."]),
    ],
    ids=["misspelt", "twice", "two of one name", "another province", "no name"],
)
def test_a_list_of_other_regions_is_told_and_no_budget_is_asked_for(
    asked: Portal, tmp_path: Path, change: dict[str, str], expected: list[str]
) -> None:
    asked.says(LIST, told(listed() | change))
    found = sentences(asked, tmp_path)
    assert len(found) == len(expected) and all(
        part in line.replace(", ", "/") or part in line for part, line in zip(expected, found, strict=True)
    )
    assert asked.asked == [LIST]


def test_a_year_that_is_not_over_is_refused(asked: Portal, tmp_path: Path) -> None:
    asked.says("/portal/pemda/13/2026", told(listed()))
    for code in EAST:
        asked.says(path(code, 2026), Reply(budget_file(code, 2024)))
    with pytest.raises(InvalidInput, match="a year that was over then: figures are cumulative within it"):
        fetched(asked, tmp_path, 2026)


def test_faults_of_several_budgets_are_told_together_and_only_they_are_asked_for_again(
    whole: Portal, tmp_path: Path
) -> None:
    whole.says(path("35.02"), Reply(b"<html>"))
    whole.says(path("35.78"), Reply(b"", 404))
    assert len(sentences(whole, tmp_path)) == 2
    whole.asked.clear()
    for code in ("35.02", "35.78"):
        whole.says(path(code), Reply(budget_file(code, 2024)))
    assert len(fetched(whole, tmp_path)) == 38
    assert whole.asked == [path("35.02"), path("35.78")]


def test_files_that_a_person_saved_tell_the_same(whole: Portal, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for code in EAST:
        (folder / f"{code}.xls").write_bytes(budget_file(code, 2024))
        os.utime(folder / f"{code}.xls", (0, datetime(2026, 11, 28, 12).timestamp()))
    asked = {row.called: row for row in fetched(whole, tmp_path / "cache")}
    assert {row.called: row for row in djpk.from_folder(folder, 2024, OWN)} == asked


def test_a_file_of_another_region_is_told(tmp_path: Path) -> None:
    (tmp_path / "32.01.xls").write_bytes(b"")
    with pytest.raises(InvalidInput, match="expected a file whose name is the code of a region of Jawa Timur"):
        djpk.from_folder(tmp_path, 2024, OWN)
