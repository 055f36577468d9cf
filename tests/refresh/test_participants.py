"""The ministry's workbook: read where its columns say what they are, refused with the place where they do not."""

from collections.abc import Callable, Mapping

import pytest
from openpyxl import Workbook

from paritrana.faults import InvalidInput
from paritrana.refresh.cache import Answer
from paritrana.refresh.participants import Numbers, participants_of
from tests.factories import REAL
from tests.refresh.answering import COLUMNS, Sheet, excel, segments
from tests.refresh.portal import TODAY

ROWS = REAL.participants_province
GROUPS: Mapping[str, str] = dict(zip(ROWS["province"], ROWS["kemendagri_codes"], strict=True))
PRESENT: Mapping[str, str] = dict(zip(REAL.provinces["name"], REAL.provinces["kemendagri_code"], strict=True))
HAS = {str(row["kemendagri_codes"]): {name: int(row[name]) for name in COLUMNS} for _, row in ROWS.iterrows()}


def read(content: bytes, year: int = 2023) -> dict[str, Numbers]:
    return participants_of(Answer("1726.xlsx", content, TODAY), year, GROUPS, PRESENT)


def sentences(content: bytes, year: int = 2023) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(content, year)
    return [str(fault) for fault in caught.value.faults]


def changed(change: Callable[[Sheet], object]) -> bytes:
    rows = segments()
    change(rows)
    return excel(rows)


def with_header(*header: str) -> bytes:
    return excel([list(header), *segments()[1:]])


def widened(rows: Sheet) -> Sheet:
    """With a number before each row, two lines above, a sum and a note below."""
    numbered = [["No", *rows[0]], *([at, *row] for at, row in enumerate(rows[1:], start=1))]
    above: Sheet = [["Peserta BPJS Ketenagakerjaan berdasarkan jenis kepesertaan Tahun 2023"], []]
    return [*above, *numbered, [None, "Jumlah", 1, 2, 3, 6], [], [None, "Sumber: BPJS Ketenagakerjaan"]]


def two_rows(rows: Sheet) -> Sheet:
    """With the segments below one title."""
    return [["Provinsi", "Peserta aktif"], [None, *rows[0][1:]], *rows[1:]]


SHEETS: dict[str, bytes] = {
    "plain": excel(segments()),
    "with lines around": excel(widened(segments())),
    "header of two rows": excel(two_rows(segments())),
    "short names": with_header("PROVINSI", "PU", "BPU", "Jakon", "Total Peserta"),
    "with an underscore": with_header("Provinsi", "Penerima_Upah", "Bukan_Penerima_Upah", "Jasa_Konstruksi", "Jumlah"),
    "without a total": excel([row[:4] for row in segments()]),
    "names in capitals": changed(lambda rows: [row.__setitem__(0, str(row[0]).upper()) for row in rows[1:]]),
    "a total that is a formula": changed(lambda rows: [row.__setitem__(4, "=SUM(B2:D2)") for row in rows[1:]]),
}


@pytest.mark.parametrize("content", SHEETS.values(), ids=SHEETS.keys())
def test_every_province_gets_its_own_segments(content: bytes) -> None:
    assert read(content) == HAS


def test_provinces_that_were_divided_are_counted_by_what_they_are_today() -> None:
    names = [name for name in PRESENT if name not in GROUPS]
    rows = segments() + [[name, 1, 2, 3, 6] for name in names]
    found = read(excel(rows))
    assert set(found) == set(PRESENT.values())
    assert found[PRESENT["Papua"]] == HAS["91 93 94 95"]  # its own figure now, whatever it says


def row_of(rows: Sheet, name: str) -> list[object]:
    return next(row for row in rows if row[0] == name)


S = "1726.xlsx, sheet Data"
BROKEN: dict[str, tuple[bytes, list[str]]] = {
    "no columns": (
        with_header("Wilayah", "A", "B", "C", "D"),
        [
            "1726.xlsx: expected a sheet with the columns Provinsi, Penerima Upah, Bukan Penerima Upah, "
            "Jasa Konstruksi in its first 20 rows."
        ],
    ),
    "a segment twice": (
        excel([["Provinsi", "PU", "BPU", "Jakon", "PU"], *segments()[1:]]),
        [f"{S}, row 1: expected one column for wage_earners_pu."],
    ),
    "not active": (
        excel([["Provinsi", "PU", "BPU", "Jakon", "Tenaga kerja non aktif"], *segments()[1:]]),
        [f'{S}, row 1: "Tenaga kerja non aktif" was found, expected active participants alone.'],
    ),
    "another year": (
        excel([["Tahun 2022"], *segments()]),
        [f'{S}: "2022" was found, expected figures of 2023.'],
    ),
    "an unknown province": (
        changed(lambda rows: row_of(rows, "Bali").__setitem__(0, "Balii")),
        [f'{S}, row 18: "Balii" was found, expected a province (did you mean "Bali"?).'],
    ),
    "a province twice": (
        changed(lambda rows: row_of(rows, "Bali").__setitem__(0, "Banten")),
        [f'{S}, row 18: "Banten" was found, expected each province once.'],
    ),
    "a province is lacking": (
        changed(lambda rows: rows.remove(row_of(rows, "Bali"))),
        [f"{S}: expected every province; there is no row for Bali."],
    ),
    "only one of the new provinces": (
        changed(lambda rows: rows.append(["Papua Selatan", 1, 1, 1, 3])),
        [
            f"{S}: expected every province; there is no row for Papua Barat Daya, Papua Pegunungan, Papua Tengah.",
        ],
    ),
    "no number": (
        changed(lambda rows: row_of(rows, "Bali").__setitem__(2, "n/a")),
        [f'{S}, row 18 (Bali), column non_wage_bpu: "n/a" was found, expected a whole number of persons.'],
    ),
    "an empty cell": (
        changed(lambda rows: row_of(rows, "Bali").__setitem__(3, None)),
        [f'{S}, row 18 (Bali), column construction_jakon: "" was found, expected a whole number of persons.'],
    ),
    "a formula": (
        changed(lambda rows: row_of(rows, "Bali").__setitem__(1, "=1+1")),
        [f'{S}, row 18 (Bali), column wage_earners_pu: "=1+1" was found, expected a whole number of persons.'],
    ),
    "a total that is another": (
        changed(lambda rows: row_of(rows, "Bali").__setitem__(4, 7)),
        [
            f'{S}, row 18 (Bali), column active_participants: "7.0" was found, expected 1027234, '
            "the sum of the segments."
        ],
    ),
    "several": (
        changed(lambda rows: (row_of(rows, "Bali").__setitem__(2, -1), row_of(rows, "Aceh").__setitem__(0, "Ace"))),
        [
            f'{S}, row 2: "Ace" was found, expected a province (did you mean "Aceh"?).',
            f'{S}, row 18 (Bali), column non_wage_bpu: "-1.0" was found, expected a whole number of persons.',
        ],
    ),
}


@pytest.mark.parametrize(("content", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_a_sheet_that_is_not_understood_is_told_with_its_rows(content: bytes, expected: list[str]) -> None:
    assert sentences(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><html>Sesi berakhir</html>",
        excel(segments())[:-500],
        excel(segments())[:60],
        b"PK\x03\x04",
    ],
    ids=["empty", "page", "cut at its end", "cut at its beginning", "mark alone"],
)
def test_a_file_that_is_no_workbook_is_one_sentence(content: bytes) -> None:
    (sentence,) = sentences(content)
    assert sentence.startswith("1726.xlsx: this file is damaged or no workbook")


def test_a_sheet_that_is_hidden_is_not_read() -> None:
    book = Workbook()
    assert book.active is not None
    hidden = book.create_sheet("Data")
    for row in segments():
        hidden.append(row)
    hidden.sheet_state = "hidden"
    from io import BytesIO

    content = BytesIO()
    book.save(content)
    assert "expected a sheet with the columns" in sentences(content.getvalue())[0]
