"""What a secretary does wrong in a workbook: each mistake has its one sentence, by sheet and cell."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.panel.workbooks import Book, after, faults, filled

Edit = Callable[[Book], None]
SLEMAN, BANTUL = ("34.04",), ("34.02",)
FIGURE = "active_participants"


def put(tab: str, row: int | tuple[str, ...], **values: object) -> Edit:
    return lambda book: book.put(tab, row, **values)


def sheet(tab: str, change: Callable[[Worksheet], object]) -> Edit:
    def edit(book: Book) -> None:
        change(book.tab(tab))

    return edit


def swapped(book: Book) -> None:
    """Two regions change their names, as a sort of one column alone does."""
    one, other = (book.cell("Angka", row, "name") for row in (SLEMAN, BANTUL))
    one.value, other.value = other.value, one.value


def copied(book: Book) -> None:
    book.book.copy_worksheet(book.tab("Nilai")).title = "Scores"


def without_column(tab: str, key: str) -> Edit:
    return lambda book: book.tab(tab).delete_cols(book.column(tab, key))


def became_a_date(book: Book) -> None:
    cell = book.cell("Angka", SLEMAN, FIGURE)
    cell.value, cell.number_format = datetime(2025, 3, 1), "yyyy-mm-dd"


def unseen(book: Book) -> None:
    book.book.create_sheet("x").append([1])
    book.tab("x").sheet_state = "veryHidden"


def numbered_day(book: Book) -> None:
    cell = book.cell("Dokumen", 5, "date")
    cell.value, cell.number_format = 45657, "0"


# What was done, and what is said of it.
MISTAKES: dict[str, tuple[Edit, list[str]]] = {
    "a sheet is renamed": (
        sheet("Angka", lambda tab: setattr(tab, "title", "Sheet2")),
        ['panel.xlsx, Sheet2: lembar ini berganti nama; kembalikan menjadi "Angka".'],
    ),
    "a sheet is deleted": (
        lambda book: book.book.remove(book.tab("Dokumen")),
        ['panel.xlsx: lembar "Dokumen" tidak ada.'],
    ),
    "a sheet is added": (
        lambda book: book.book.create_sheet("Hitungan").append(["jumlah", 5]),
        ["panel.xlsx, Hitungan: lembar ini tidak ada dalam templat; hapus atau pindahkan ke berkas lain."],
    ),
    "a sheet that nobody sees": (
        unseen,
        ["panel.xlsx, x: lembar tersembunyi yang tidak dikenal; hapus lembar ini."],
    ),
    "a sheet is hidden": (
        sheet("Nilai", lambda tab: setattr(tab, "sheet_state", "hidden")),
        ["panel.xlsx, Nilai: lembar ini tersembunyi; tampilkan kembali."],
    ),
    "a sheet stands twice, once in English": (
        copied,
        ["panel.xlsx, Scores: lembar ini ada dua kali; hapus salah satu."],
    ),
    "a column is deleted": (
        without_column("Angka", "non_asn_coverage"),
        ['panel.xlsx, Angka: kolom non_asn_coverage ("Cakupan non-ASN") tidak ada; kembalikan kolomnya.'],
    ),
    "a column is added": (
        sheet("Angka", lambda tab: tab.cell(1, 15, "activ_participants")),
        [
            'panel.xlsx, Angka!O1: "activ_participants" bukan kolom lembar ini; hapus kolomnya (maksudnya "active_participants"?).'
        ],
    ),
    "a column stands twice": (
        sheet("Juri", lambda tab: tab.cell(1, 4, "role")),
        ["panel.xlsx, Juri!D1: kolom role ada dua kali; hapus salah satu."],
    ),
    "a remark beside the table": (
        sheet("Angka", lambda tab: tab.cell(6, 20, "cek lagi")),
        ['panel.xlsx, Angka!T6: "cek lagi" berada di luar tabel; hapus atau pindahkan.'],
    ),
    "two regions are swapped": (
        swapped,
        [
            'panel.xlsx, Angka!B6: kode 34.02 ialah Bantul, di sini tertulis "Sleman" (Sleman berkode 34.04; barisnya mungkin tertukar).',
            'panel.xlsx, Angka!B8: kode 34.04 ialah Sleman, di sini tertulis "Bantul" (Bantul berkode 34.02; barisnya mungkin tertukar).',
        ],
    ),
    "a code that became a number": (
        put("Peserta", BANTUL, code=34.02),
        [
            "panel.xlsx, Peserta!A6: 34,02 ialah angka; kode harus teks agar nol di belakangnya tidak hilang: format sel sebagai teks.",
            "panel.xlsx, Peserta: baris untuk 34.02 (Bantul) hilang; kembalikan, atau tulis tidak di kolom Dinilai.",
            'panel.xlsx, Angka!A6: "34.02" bukan kode peserta di lembar ini.',
            *(f'panel.xlsx, Nilai!B{row}: "34.02" bukan kode peserta di lembar ini.' for row in (6, 11, 16)),
            'panel.xlsx, Regulasi!A5: "34.02" bukan kode peserta di lembar ini.',
        ],
    ),
    "a candidate's row is deleted": (
        sheet("Angka", lambda tab: tab.delete_rows(8)),
        ["panel.xlsx, Angka: baris untuk 34.04 (Sleman) hilang; kembalikan."],
    ),
    "a candidate stands twice": (
        sheet("Angka", lambda tab: tab.append(["34.04", "Sleman", 5])),
        ['panel.xlsx, Angka!A10: "34.04" sudah ada di baris 8; setiap baris satu kali.'],
    ),
    "a juror's row is deleted": (
        sheet("Nilai", lambda tab: tab.delete_rows(8)),
        ["panel.xlsx, Nilai: baris J1 untuk Sleman hilang; kembalikan."],
    ),
    "a number as text with a point": (
        put("Angka", SLEMAN, active_participants="260.000"),
        ['panel.xlsx, Angka!C8: "260.000" ialah teks yang bermakna ganda; ketik 260000 atau 260 sebagai angka.'],
    ),
    "a number as text with points": (
        put("Angka", SLEMAN, vulnerable_budget="Rp5.100.000.000"),
        ['panel.xlsx, Angka!I8: "Rp5.100.000.000" ialah teks; ketik 5100000000 sebagai angka.'],
    ),
    "a number as text with a comma": (
        put("Angka", SLEMAN, non_asn_coverage="97,5 %"),
        ['panel.xlsx, Angka!K8: "97,5 %" ialah teks; ketik 97,5 sebagai angka.'],
    ),
    "the decimal mark of another language": (
        put("Angka", SLEMAN, non_asn_coverage="1,234.5"),
        ['panel.xlsx, Angka!K8: "1,234.5" ialah teks; ketik 1234,5 sebagai angka.'],
    ),
    "a word for a number": (
        put("Angka", SLEMAN, active_participants="belum ada"),
        ['panel.xlsx, Angka!C8: "belum ada" bukan angka; kosongkan sel bila tidak diketahui.'],
    ),
    "a dash for nothing": (
        put("Nilai", ("J2", "34.01"), speaker="-"),
        ['panel.xlsx, Nilai!D10: "-" bukan angka; kosongkan sel bila tidak diketahui.'],
    ),
    "a number that became a date": (
        became_a_date,
        ['panel.xlsx, Angka!C8: "2025-03-01" ialah tanggal, bukan angka; format sel sebagai angka.'],
    ),
    "a date as a number": (
        numbered_day,
        ["panel.xlsx, Dokumen!D5: 45657 ialah angka; bila maksudnya 2024-12-31, ketik begitu."],
    ),
    "a date in another order": (
        put("Dokumen", 5, date="31/12/2024"),
        ['panel.xlsx, Dokumen!D5: "31/12/2024" bukan tanggal seperti 2024-12-31.'],
    ),
    "a formula": (
        put("Angka", SLEMAN, active_participants="=SUM(C5:C7)"),
        ['panel.xlsx, Angka!C8: "=SUM(C5:C7)" ialah rumus; tempel nilainya saja.'],
    ),
    "a formula of another file": (
        put("Angka", SLEMAN, active_participants="='[rekap.xlsx]2025'!B4"),
        ["""panel.xlsx, Angka!C8: "='[rekap.xlsx]2025'!B4" ialah rumus; tempel nilainya saja."""],
    ),
    "a text that a table would compute": (
        put("Angka", SLEMAN, note="+cmd|' /C calc'!A0"),
        ["""panel.xlsx, Angka!N8: "+cmd|' /C calc'!A0" ialah rumus; tempel nilainya saja."""],
    ),
    "what is left of a formula": (
        put("Angka", SLEMAN, active_participants="#REF!"),
        ['panel.xlsx, Angka!C8: "#REF!" ialah kesalahan rumus; ketik nilainya.'],
    ),
    "merged cells": (
        sheet("Nilai", lambda tab: tab.merge_cells("F5:F7")),
        ["panel.xlsx, Nilai: sel F5:F7 digabung; pisahkan kembali."],
    ),
    "fewer than nobody": (
        put("Angka", SLEMAN, active_participants=-5),
        ["panel.xlsx, Angka!C8: -5 terlalu kecil; paling sedikit 0."],
    ),
    "half a person": (
        put("Angka", SLEMAN, active_participants=260000.5),
        ["panel.xlsx, Angka!C8: 260000,5 bukan bilangan bulat."],
    ),
    "more participants than workers": (
        put("Angka", SLEMAN, active_participants=2600000),
        ["panel.xlsx, Angka!C8: 2600000 orang melebihi angkatan kerja (690157); periksa, atau jelaskan di kolom Catatan."],
    ),
    "a budget in millions": (
        put("Angka", SLEMAN, vulnerable_budget=5100),
        [
            "panel.xlsx, Angka!I8: anggaran ini membayar 0,00 bulan iuran bagi pekerja di baris yang sama; tulis rupiah penuh, atau jelaskan di kolom Catatan."
        ],
    ),
    "a share where percent are asked for": (
        put("Angka", SLEMAN, non_asn_coverage=0.975),
        ["panel.xlsx, Angka!K8: 0,975 tampaknya bagian dari 1; tulis 97,5 untuk 97,5 persen."],
    ),
    "too many percent": (
        put("Angka", SLEMAN, non_asn_coverage=975),
        ["panel.xlsx, Angka!K8: 975 terlalu besar; paling banyak 200."],
    ),
    "too many points": (
        put("Nilai", ("J1", "34.04"), speaker=900),
        ["panel.xlsx, Nilai!D8: 900 terlalu besar; paling banyak 100."],
    ),
    "a juror whom nobody knows": (
        put("Nilai", ("J1", "34.04"), juror="J9"),
        [
            'panel.xlsx, Nilai!A8: "J9" tidak ada di lembar Juri.',
            "panel.xlsx, Nilai: baris J1 untuk Sleman hilang; kembalikan.",
        ],
    ),
    "a regulation without its year": (
        put("Regulasi", 5, year=None),
        ["panel.xlsx, Regulasi!D5: sel ini kosong; Tahun harus diisi."],
    ),
    "a document that is not listed": (
        put("Angka", SLEMAN, document="D7"),
        ['panel.xlsx, Angka!M8: "D7" tidak ada di lembar Dokumen.'],
    ),
    "a word that is not in the list": (
        put("Regulasi", 5, kind="Perdaa"),
        [
            'panel.xlsx, Regulasi!B5: "Perdaa" tidak ada dalam daftar: tidak ada, UU, PP, Perpres, Inpres, Permen, Perda, Pergub, Perbup, Perwali, Instruksi, SE, dan SK (maksudnya "Perda"?).'
        ],
    ),
    "an address that runs something": (
        put("Dokumen", 5, url="javascript:alert(1)"),
        ['panel.xlsx, Dokumen!E5: "javascript:alert(1)" bukan alamat web yang dimulai dengan https://.'],
    ),
    "several lines in a cell": (
        put("Dokumen", 5, title="Laporan\nBPJS"),
        ['panel.xlsx, Dokumen!B5: "Laporan\\nBPJS" lebih dari satu baris; tulis dalam satu baris.'],
    ),
    "a cell that has to be filled in": (
        put("Sampul", 5, title=None),
        ["panel.xlsx, Sampul!A5: sel ini kosong; Judul harus diisi."],
    ),
    "a year that is not judged": (
        put("Sampul", 5, year=205),
        ["panel.xlsx, Sampul!D5: 205 terlalu kecil; paling sedikit 2023."],
    ),
    "a weight that is no whole number": (
        put("Kriteria", ("coverage",), weight=0.3),
        ["panel.xlsx, Kriteria!E5: 0,3 bukan bilangan bulat."],
    ),
    "goalposts that are the same": (
        put("Kriteria", ("speaker",), zero=100),
        [
            "panel.xlsx, Kriteria!G10: nilai untuk 0 poin dan untuk 100 poin sama, 100; keduanya harus berbeda.",
        ],
    ),
    "a criterion without its column": (
        sheet("Kriteria", lambda tab: tab.cell(12, 1, "inovasi") and [
            tab.cell(12, column, value) for column, value in ((2, "Inovasi"), (3, "juri"), (5, 5), (6, 0), (7, 10))
        ]),
        ['panel.xlsx, Nilai: kolom inovasi ("Inovasi") tidak ada; kembalikan kolomnya.'],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_has_its_sentence_and_no_other(name: str, tmp_path: Path) -> None:
    edit, said = MISTAKES[name]
    assert after(edit, tmp_path) == said


def test_a_workbook_that_is_filled_in_has_no_fault(tmp_path: Path) -> None:
    assert faults(filled().saved(tmp_path)) == []


def test_mistakes_in_cells_are_all_told_at_once(tmp_path: Path) -> None:
    book = filled()
    chosen = (
        *("a number as text with points", "a date as a number", "too many points", "a document that is not listed"),
        *("a word that is not in the list", "a weight that is no whole number", "merged cells"),
    )
    for name in chosen:
        MISTAKES[name][0](book)
    assert set(faults(book.saved(tmp_path))) == {said for name in chosen for said in MISTAKES[name][1]}


def test_a_workbook_that_was_not_filled_in_says_so(tmp_path: Path) -> None:
    def emptied(book: Book) -> None:
        for tab, first in (
            ("Angka", "active_participants"),
            ("Nilai", "speaker"),
            ("Regulasi", "code"),
            ("Dokumen", "id"),
        ):
            for row in book.tab(tab).iter_rows(min_row=5, min_col=book.column(tab, first)):
                for cell in row:
                    cell.value = None

    assert after(emptied, tmp_path) == ["panel.xlsx, Angka: belum ada angka atau nilai yang diisi."]
