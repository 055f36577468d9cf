"""Participants by segment from the ministry: the one data set of a year, found in its list or saved by hand."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from paritrana.faults import InvalidInput
from paritrana.refresh import kemnaker
from paritrana.refresh.changes import Told, changes, text_of_rows
from paritrana.validation import validate_with
from tests.factories import REAL
from tests.refresh.answering import excel, segments
from tests.refresh.portal import Portal, Reply, told

FILE = "/satudata-public/2023/12/files/data/1708918168687_Peserta%2520BPJS.xlsx"
TITLE = "Peserta BPJS Ketenagakerjaan berdasarkan jenis kepesertaan Tahun 2023"
OTHERS = ("Perusahaan peserta BPJSTK Jan 2024", "Jumlah kasus kecelakaan kerja Tahun 2023")


def page(number: int) -> str:
    return f"{kemnaker.LIST}?page={number}&limit=10"


def listing(portal: Portal, *pages: list[tuple[str, str]]) -> None:
    for number, items in enumerate([*pages, []], start=1):
        listed = [
            {"judul": title, "file": file, "ketenagakerjaan": {"kategori": "Jaminan sosial"}} for title, file in items
        ]
        portal.says(page(number), told({"data": {"data": listed}}))


@pytest.fixture
def ministry(asked: Portal) -> Portal:
    listing(asked, [(OTHERS[0], "x")] * 10, [(OTHERS[1], "y"), (TITLE, asked.base + FILE)])
    asked.says(FILE, Reply(excel(segments())))
    return asked


def fetched(portal: Portal, folder: Path, year: int = 2023) -> list[Told]:
    return kemnaker.fetch(portal.client(folder, headers=kemnaker.HEADERS), REAL, year)


def sentence(portal: Portal, folder: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        fetched(portal, folder)
    (fault,) = caught.value.faults
    return str(fault)


def test_what_the_ministry_tells_is_what_the_data_has(ministry: Portal, tmp_path: Path) -> None:
    rows = fetched(ministry, tmp_path)
    assert len(rows) == 34
    assert changes(kemnaker.TABLE, rows).files == {}
    assert ministry.asked == [page(1), page(2), page(3), FILE]
    assert {headers["Referer"] for headers in ministry.headers} == {kemnaker.PAGE}


def test_another_figure_is_a_correction(ministry: Portal, tmp_path: Path) -> None:
    rows = segments()
    bali = next(row for row in rows if row[0] == "Bali")
    bali[1:] = [563_989, 310_591, 152_655, 1_027_235]
    ministry.says(FILE, Reply(excel(rows)))
    found = changes(kemnaker.TABLE, fetched(ministry, tmp_path))
    assert found.lines == [
        "participants_province 2023, Bali, wage_earners_pu: 563988 -> 563989",
        "participants_province 2023, Bali, active_participants: 1027234 -> 1027235",
    ]
    assert found.files["sources"][0]["url"] == kemnaker.BASE + FILE
    assert [row["key"] for row in found.files["corrections"]] == ["2023|51"] * 2


def test_a_new_year_passes_the_door_without_work_accidents(asked: Portal, tmp_path: Path) -> None:
    listing(asked, [(TITLE.replace("2023", "2024"), asked.base + FILE)])
    asked.says(FILE, Reply(excel(segments())))
    found = changes(kemnaker.TABLE, fetched(asked, tmp_path / "cache", 2024))
    folder = tmp_path / "new"
    folder.mkdir()
    for name, rows in found.files.items():
        (folder / f"{name}.csv").write_text(text_of_rows(rows), encoding="utf-8")
    new, faults = validate_with(folder)
    assert list(map(str, faults)) == []
    assert len(new["participants_province"]) == 34 and set(new["participants_province"]["jkk_cases"]) == {""}


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ([], "found: none."),
        ([TITLE.replace("2023", "2022")], "found: none."),
        ([TITLE, TITLE + " (revisi)"], f"found: {TITLE}; {TITLE} (revisi)."),
    ],
    ids=["nothing", "another year", "two"],
)
def test_a_year_that_is_not_listed_once_is_told(
    asked: Portal, tmp_path: Path, titles: list[str], expected: str
) -> None:
    listing(asked, [(title, f"{asked.base}/{at}.xlsx") for at, title in enumerate(titles)])
    assert sentence(asked, tmp_path).endswith(
        f"expected one data set of participants by segment (jenis kepesertaan) of 2023, {expected}"
    )


def test_a_file_of_another_host_is_not_asked_for(asked: Portal, tmp_path: Path) -> None:
    listing(asked, [(TITLE, "http://127.0.0.1:1/data.xlsx")])
    assert f'"http://127.0.0.1:1/data.xlsx" was found, expected a file of {asked.base}.' in sentence(asked, tmp_path)


@pytest.mark.parametrize(
    "content", [{}, [], {"data": []}, {"data": {"data": None}}, {"data": {"data": [{"title": "x"}]}}, "x"]
)
def test_a_list_of_another_shape_is_told(asked: Portal, tmp_path: Path, content: object) -> None:
    asked.says(page(1), told(content))
    assert sentence(asked, tmp_path).endswith("an object data with a list data, each of which has judul and file.")


def test_a_year_that_is_not_over_is_refused(asked: Portal, tmp_path: Path) -> None:
    listing(asked, [(TITLE.replace("2023", "2026"), asked.base + FILE)])
    asked.says(FILE, Reply(excel(segments())))
    with pytest.raises(InvalidInput, match="a year that was over then: the data has participants of December"):
        fetched(asked, tmp_path, 2026)


def test_a_file_that_is_no_workbook_is_asked_for_again(ministry: Portal, tmp_path: Path) -> None:
    ministry.says(FILE, Reply(b"<html>Sesi berakhir</html>"))
    assert "this file is damaged or no workbook" in sentence(ministry, tmp_path)
    ministry.says(FILE, Reply(excel(segments())))
    assert len(fetched(ministry, tmp_path)) == 34
    assert ministry.asked[-2:] == [FILE, FILE]


def test_a_file_that_a_person_saved_tells_the_same(ministry: Portal, tmp_path: Path) -> None:
    path = tmp_path / "saved" / "1726.xlsx"
    path.parent.mkdir()
    path.write_bytes(excel(segments()))
    os.utime(path, (0, datetime(2026, 11, 28, 12).timestamp()))
    own = kemnaker.from_folder(path.parent, REAL, 2023)
    assert [row.numbers for row in own] == [row.numbers for row in fetched(ministry, tmp_path / "cache")]
    assert own[0].sources["wage_earners_pu"].address == "https://satudata.kemnaker.go.id/data/kumpulan-data/1726"


def test_one_file_is_expected_and_its_name_is_that_of_its_page(tmp_path: Path) -> None:
    (tmp_path / "peserta.xlsx").write_bytes(b"")
    with pytest.raises(InvalidInput, match=r"expected a file whose name is the number of its page, such as 1726\.xlsx"):
        kemnaker.from_folder(tmp_path, REAL, 2023)
    for name in ("1726.xlsx", "1727.xlsx"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "peserta.xlsx").unlink()
    with pytest.raises(InvalidInput, match="expected one file of 2023, but there are 2"):
        kemnaker.from_folder(tmp_path, REAL, 2023)
