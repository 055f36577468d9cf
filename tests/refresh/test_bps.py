"""The labour force from BPS: which tables are asked for, put together by region, and what is wrong of them."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from paritrana.faults import InvalidInput
from paritrana.refresh import bps
from paritrana.refresh.changes import Told, changes
from paritrana.refresh.dynamic import Wanted
from tests.factories import REAL
from tests.refresh.answering import dynamic, dynamic_file
from tests.refresh.portal import Portal, Reply, told
from tests.refresh.test_dynamic import CODES, FORCE, NUMBERS

TOKEN = "0123456789abcdef"
ASKED = [
    Wanted(domain="1300", variable=63, category="Bekerja", column="employed"),
    Wanted(domain="1300", variable=63, category="Penganggur", column="unemployed"),
    Wanted(domain="1300", variable=70, column="labour_force"),
]
YEAR = 2025


def path(variable: int, domain: str = "1300") -> str:
    query = {"model": "data", "lang": "ind", "domain": domain, "var": str(variable), "th": "125"}
    return f"/v1/api/list?{urlencode({**query, 'key': TOKEN})}"


def column(name: str, category: str) -> dict[tuple[str, str], object]:
    return {(code, category): int(FORCE.at[code, name]) for code in CODES}


PARTS = dynamic(YEAR, NUMBERS | column("unemployed", "Penganggur"), categories=("Bekerja", "Penganggur"))
WHOLE = dynamic(YEAR, column("labour_force", "Jumlah"), variable=70, categories=("Jumlah",))


@pytest.fixture
def office(asked: Portal) -> Portal:
    asked.says(path(63), told(PARTS))
    asked.says(path(70), told(WHOLE))
    return asked


def fetched(portal: Portal, folder: Path, wanted: list[Wanted] = ASKED) -> list[Told]:
    return bps.fetch(portal.client(folder, parameters=bps.secret(TOKEN)), REAL, wanted, YEAR)


def sentences(portal: Portal, folder: Path) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        fetched(portal, folder)
    return [str(fault) for fault in caught.value.faults]


def test_what_bps_tells_is_what_the_data_has(office: Portal, tmp_path: Path) -> None:
    rows = fetched(office, tmp_path)
    assert [row.given["bps_code"] for row in rows] == sorted(CODES)
    for row in rows:
        assert row.numbers == FORCE.loc[row.given["bps_code"], ["employed", "unemployed", "labour_force"]].to_dict()
    assert changes(bps.TABLE, rows).files == {}


def test_a_table_with_two_columns_is_asked_for_once(office: Portal, tmp_path: Path) -> None:
    fetched(office, tmp_path)
    assert office.asked == [path(63), path(70)]


def test_sources_name_the_table_and_not_the_token(office: Portal, tmp_path: Path) -> None:
    (row, *_) = fetched(office, tmp_path)
    source = row.sources["labour_force"]
    assert source.address == f"{bps.BASE}{path(70)}".replace(f"&key={TOKEN}", "")
    assert source.title == "Angkatan kerja, 2025"
    assert row.sources["employed"] == row.sources["unemployed"] != source


def test_two_tables_that_tell_one_cell_differently_are_told(office: Portal, tmp_path: Path) -> None:
    twice = [*ASKED, Wanted(domain="1300", variable=70, column="employed")]
    with pytest.raises(InvalidInput) as caught:
        fetched(office, tmp_path, twice)
    assert len(caught.value.faults) == 19
    assert "Kab. Kepulauan Mentawai, employed" in str(caught.value.faults[0])
    assert "as another table tells" in str(caught.value.faults[0])


def test_faults_of_all_tables_are_told_together(office: Portal, tmp_path: Path) -> None:
    office.says(path(63), told({"status": "Error", "message": f"Key {TOKEN} is not known"}))
    office.says(path(70), Reply(b"<html>Perimeter WAF Block</html>"))
    found = sentences(office, tmp_path)
    assert len(found) == 3 and TOKEN not in "".join(found)
    assert "expected OK (Key *** is not known)" in found[0]
    assert found[2].endswith("expected JSON, but it is a page of HTML.")


@pytest.mark.parametrize("token", ["", "two words", "abc\n", "abc&x=1", "tökén"])
def test_a_token_that_is_none_is_told_without_being_shown(token: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        bps.secret(token)
    assert str(caught.value) == (
        "BPS_TOKEN or --token: expected your token of webapi.bps.go.id: letters and digits."
    )  # fmt: skip


def saved(folder: Path) -> Path:
    folder.mkdir()
    (folder / "1300-63-2025.json").write_bytes(dynamic_file(PARTS))
    (folder / "1300-70-2025.json").write_bytes(dynamic_file(WHOLE))
    return folder


def test_files_that_a_person_saved_tell_the_same(office: Portal, tmp_path: Path) -> None:
    folder = saved(tmp_path / "saved")
    own = bps.from_folder(folder, REAL, ASKED, YEAR)
    assert [row.numbers for row in own] == [row.numbers for row in fetched(office, tmp_path / "cache")]
    assert own[0].sources["employed"].address == fetched(office, tmp_path / "cache")[0].sources["employed"].address


def test_a_file_that_is_lacking_or_not_asked_for_is_told(tmp_path: Path) -> None:
    folder = saved(tmp_path / "saved")
    (folder / "1300-70-2025.json").rename(folder / "1300-71-2025.json")
    with pytest.raises(InvalidInput, match=r"1300-71-2025\.json: expected a file whose name is the domain, variable"):
        bps.from_folder(folder, REAL, ASKED, YEAR)
    (folder / "1300-71-2025.json").unlink()
    with pytest.raises(InvalidInput, match=r"1300-70-2025\.json: expected this file; there is none"):
        bps.from_folder(folder, REAL, ASKED, YEAR)


def test_the_tables_are_named_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "tables.yml"
    file.write_text(
        'tables:\n  - {domain: "1300", variable: 63, category: Bekerja, column: employed}\n'
        '  - {domain: "1300", variable: 63, category: Penganggur, column: unemployed}\n'
        '  - {domain: "1300", variable: 70, column: labour_force}\n',
        encoding="utf-8",
    )
    assert bps.wanted(file) == ASKED


def test_every_fault_of_that_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "tables.yml"
    file.write_text('tables:\n  - {domain: 1300, variable: 0, colum: employed}\n  - {domain: "1371", variable: 1}\n')
    with pytest.raises(InvalidInput) as caught:
        bps.wanted(file)
    found = "\n".join(map(str, caught.value.faults))
    assert "key tables.1.domain" in found and "one that looks like a number needs quotes" in found
    assert 'key tables.1.colum: this key is not known (did you mean "column"?)' in found
    assert "key tables.1.variable" in found and "key tables.2.column: this key is missing" in found
    assert "a province's domain of four digits in quotes, or 0000, was expected" in found


def variables(page: int) -> str:
    query = {"model": "var", "lang": "ind", "domain": "1300", "page": str(page), "key": TOKEN}
    return f"/v1/api/list?{urlencode(query)}"


def listed(page: int, pages: int, titles: dict[int, str]) -> Reply:
    items = [{"var_id": number, "title": title, "unit": "Orang"} for number, title in titles.items()]
    head = {"page": page, "pages": pages, "per_page": 10, "count": len(items), "total": 3}
    return told({"status": "OK", "data-availability": "available", "data": [head, items]})


def test_variables_are_found_by_the_words_of_their_title_on_every_page(asked: Portal, tmp_path: Path) -> None:
    asked.says(variables(1), listed(1, 2, {63: "Angkatan Kerja menurut Kabupaten/Kota", 64: "Tingkat Pengangguran"}))
    asked.says(variables(2), listed(2, 2, {70: "Jumlah angkatan  kerja"}))
    client = asked.client(tmp_path, parameters=bps.secret(TOKEN))
    assert [number for number, _, _ in bps.find(client, "1300", "KERJA angkatan")] == [63, 70]
    assert bps.find(client, "1300", "pengangguran") == [(64, "Tingkat Pengangguran", "Orang")]
    assert len(asked.asked) == 2


@pytest.mark.parametrize("data", [None, [], [{"pages": 1}], [{"page": 1}, []], [{"pages": 1}, ["x"]], "none"])
def test_a_list_of_variables_that_is_none_is_told(asked: Portal, tmp_path: Path, data: object) -> None:
    asked.says(variables(1), told({"status": "OK", "data-availability": "available", "data": data}))
    with pytest.raises(InvalidInput, match="data: expected a list of the pages and of the variables"):
        bps.find(asked.client(tmp_path, parameters=bps.secret(TOKEN)), "1300", "kerja")
