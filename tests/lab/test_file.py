"""A file of the reader's own in the weight lab: read on the device, ranked as the engine does, refused with reasons."""

import base64
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from paritrana import paths
from paritrana.build.site.bundle import bundle
from paritrana.build.site.sphinx_ext.security import MORE, policy
from paritrana.engine.ranks import ranks
from paritrana.engine.scores import criterion_scores, totals
from paritrana.lab import reading
from paritrana.lab.fixture import FIXTURE
from paritrana.presentation.language import Text
from paritrana.sheets.numbers import meant
from tests import archives
from tests.browser import open_page, sideways, violations
from tests.lab import files

DEV = paths.LAB / "dev.html"
TABLE = b"Nama;Cakupan;Inovasi\nAlfa;12,5;3\nBeta;40,25;\nGama;33;10..12\n"
# What a file gives: the scores and ranks that the lab computes, or every fault.
READ = """async ([name, text]) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  const words = ParitranaLabWords(ParitranaLabGiven.texts, "id");
  const found = await ParitranaLabOpen(words).open([{ name, bytes }]);
  if (found.faults) return { faults: found.faults.map(({place, sentence}) => `${place}: ${sentence}`) };
  const core = ParitranaLabCore();
  const table = core.table(ParitranaLabOwn.data(found.own), ParitranaLabOwn.start(found.own));
  const { rank, best, worst, middle } = core.rank(table, table.parts);
  const arrays = Object.entries({ low: table.low, high: table.high, rank, best, worst, middle });
  return { own: found.own, names: table.names, titles: table.titles, parts: table.parts,
    ...Object.fromEntries(arrays.map(([key, list]) => [key, [...list]])) };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with open_page(browser, DEV.as_uri()) as (opened, faults):
        yield opened
        assert faults == []


def read(page: Page, content: bytes, name: str = "data.csv") -> Any:
    """What the lab makes of a file."""
    return page.evaluate(READ, [name, base64.b64encode(content).decode()])


def faults_of(page: Page, content: bytes, name: str = "data.csv") -> list[str]:
    found = read(page, content, name)
    assert "faults" in found, found
    return list(found["faults"])


def put(page: Page, content: bytes, name: str = "data.csv") -> None:
    """Choose a file as a reader does."""
    page.set_input_files("#lab-file-input", {"name": name, "mimeType": "", "buffer": content})


# ---- a plain table


@given(
    st.lists(
        st.tuples(*[st.one_of(st.none(), st.integers(-999, 999), st.floats(-1e6, 1e6, width=32))] * 3),
        min_size=2,
        max_size=8,
    )
)
@settings(derandomize=True, deadline=None, max_examples=40)
def test_a_plain_table_is_scored_and_ranked_as_the_engine_does(
    page: Page, rows: list[tuple[float | None, ...]]
) -> None:
    values = np.array([[np.nan if cell is None else cell for cell in row] for row in rows], dtype=float)
    sound = [k for k in range(3) if len(set(values[~np.isnan(values[:, k]), k])) > 1]
    values = values[:, sound]
    heads = ["Nama", *[f"K{k}" for k in sound]]
    cells = [[f"P{at}", *[None if np.isnan(value) else float(value) for value in row]] for at, row in enumerate(values)]
    found = read(page, files.workbook([heads, *cells]), "data.xlsx")
    if not sound:
        assert found["faults"]
        return
    ends = [(float(np.nanmin(column)), float(np.nanmax(column))) for column in values.T]
    scored = [criterion_scores(column, column, goalposts) for column, goalposts in zip(values.T, ends, strict=True)]
    low, high = (np.stack(side, axis=1) for side in zip(*scored, strict=True))
    equal = np.ones(len(sound), dtype=np.int64)
    assert found["names"] == [row[0] for row in cells]
    assert found["low"] == low.ravel().tolist() and found["high"] == high.ravel().tolist()
    assert found["rank"] == ranks(totals(low + high, equal), "min").tolist()


@pytest.mark.parametrize(
    "text",
    [
        "Nama;Cakupan;Inovasi\nAlfa;12,5;3\nBeta;40,25;\nGama;33;10..12\n",
        "Nama\tCakupan\tInovasi\r\nAlfa\t12.5\t3\r\nBeta\t40.25\t\r\nGama\t33\t10..12",
        'Nama,"Cakupan",Inovasi\nAlfa,"12,5",3\nBeta,"40,25",\n"Gama",33,10..12\n',
        "\ufeffNama,Cakupan,Inovasi\n\nAlfa,12.5,3.0\nBeta,40.25,\nGama,33,10..12\n",
    ],
)
def test_delimiters_decimal_marks_and_line_ends_make_no_difference(page: Page, text: str) -> None:
    found = read(page, text.encode())
    assert found["names"] == ["Alfa", "Beta", "Gama"] and found["titles"] == ["Cakupan", "Inovasi"]
    assert [[value and [value["low"], value["high"]] for value in row] for row in found["own"]["values"]] == [
        [[12.5, 12.5], [3, 3]],
        [[40.25, 40.25], None],
        [[33, 33], [10, 12]],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_are_read_in_utf_8_and_as_windows_writes_them(page: Page, encoding: str) -> None:
    found = read(page, 'Nama;A\nDesa "É" – ½;1\nDesa ñ;2\n'.encode(encoding))
    assert found["names"] == ['Desa "É" – ½', "Desa ñ"]


def test_numbers_of_one_file_are_read_by_the_one_mark_that_it_has(page: Page) -> None:
    """12.345 alone is twelve thousand or twelve; beside 0.5 it is twelve."""
    assert faults_of(page, b"Nama;A\nx;12.345\ny;1\n") == [
        'data.csv, B2: "12.345" ialah teks yang bermakna ganda; ketik 12345 atau 12,345 sebagai angka'
    ]
    for text, value in ((b"Nama;A\nx;12.345\ny;0.5\n", 12.345), (b"Nama;A\nx;12.345\ny;0,5\n", 12345)):
        assert read(page, text)["own"]["values"][0][0]["low"] == value
    assert faults_of(page, b"Nama;A;B\nx;1,5;7\ny;2.5;8\n") == [
        "data.csv: B2 memakai koma desimal dan B3 titik desimal; pakai satu macam di seluruh berkas"
    ]


@given(st.from_regex(r"(Rp)?[+-]?[0-9]{1,4}([.,' ][0-9]{1,4}){0,3} ?%?", fullmatch=True))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_a_number_typed_as_text_means_what_it_means_to_the_panels_reader(page: Page, text: str) -> None:
    shown = page.evaluate("(text) => ParitranaLabNumerals.meant(text).map(({ value }) => value)", text)
    assert shown == meant(text)


def test_a_workbook_is_read_as_excel_writes_it(page: Page) -> None:
    """Shared and rich texts, without how they are spoken; cells without an address; hundredths; texts with entities."""
    found = read(page, files.as_excel_writes(), "data.xlsx")
    assert found["names"] == ["Desa A & B", "Desa <b>"] and found["titles"] == ["Cakupan", "Panjang"]
    assert [[value["low"] for value in row] for row in found["own"]["values"]] == [[0.5, 1e6], [0.25, 2.5]]


def test_every_fault_of_a_file_is_told_at_once_with_its_cell(page: Page) -> None:
    cells = {"A4": "Alfa", "B2": "12", "C2": "=1+1", "C4": "tinggi", "B3": "#N/A", "E3": 5}
    assert faults_of(page, files.workbook(cells=cells), "nilai.xlsx") == [
        "nilai.xlsx, Data!E1: kolom ini berisi tetapi tidak berjudul; tulis judulnya",
        'nilai.xlsx, Data!A4: "Alfa" sudah ada di baris 2; setiap baris satu kali',
        'nilai.xlsx, Data!B2: "12" ialah teks; ketik 12 sebagai angka',
        'nilai.xlsx, Data!C2: "=1+1" ialah rumus; tempel nilainya saja',
        'nilai.xlsx, Data!B3: "#N/A" ialah kesalahan rumus; ketik nilainya',
        'nilai.xlsx, Data!C4: "tinggi" bukan angka; kosongkan sel bila tidak diketahui',
        f"nilai.xlsx, Data!E1: {NO_SCALE.format('')}",
    ]


NO_SCALE = 'kolom "{}" tidak memuat dua nilai yang berbeda, jadi tidak dapat memisahkan siapa pun; hapus kolomnya'
DAMAGED = "data.xlsx: berkas ini rusak atau bukan buku kerja; simpan kembali sebagai .xlsx atau .csv"
HEAVY = "data.xlsx: isinya terlalu besar untuk buku kerja yang diisi dengan tangan"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "a text that calls itself a workbook": (b"Nama;A\nx;1\n", "data.xlsx: berkas ini bukan buku kerja .xlsx"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "data.xlsx: berkas ini bukan buku kerja .xlsx"),
    "an empty file": (b"", "data.xlsx: berkas ini bukan buku kerja .xlsx"),
    "a truncated archive": (files.workbook()[:2000], DAMAGED),
    "an archive of a text": (files.changed({"[Content_Types].xml": b"x", "_rels/.rels": b"<<<"}), DAMAGED),
    "a bomb": (files.changed({files.SHEET: b" " * 2**27}), HEAVY),
    "a bomb that says it is small": (files.lying(), DAMAGED),
    "a content that is not what its check says": (files.flipped(), DAMAGED),
    "more rows than a sheet of a panel has": (files.changed({files.SHEET: files.rows(200_000)}), HEAVY),
    "entities that grow": (files.changed({files.SHEET: archives.LAUGHS + b"<worksheet>&b;</worksheet>"}), DAMAGED),
    "entities in UTF-16": (
        files.changed({files.SHEET: (archives.LAUGHS + b"<x>&b;</x>").decode().encode("utf-16")}),
        DAMAGED,
    ),
    "an entity from outside": (
        files.changed({files.SHEET: b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>'}),
        DAMAGED,
    ),
    "elements in elements": (files.changed({files.SHEET: b"<a>" * 190_000 + b"</a>" * 190_000}), DAMAGED),
    "macros": (files.changed({"xl/vbaProject.bin": b"x"}), "data.xlsx: berkas ini berisi makro"),
    "links to other files": (
        files.changed({"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "data.xlsx: berkas ini bertaut ke berkas lain",
    ),
    "a last cell": (
        files.changed({files.SHEET: files.rows(1, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}),
        "data.xlsx: berkas ini tidak berisi tabel",
    ),
    "merged cells": (files.workbook(merge="B2:C2"), "data.xlsx, Data: sel B2:C2 digabung; pisahkan kembali"),
    "a row below all that are read": (
        files.workbook(cells={"A2001": "x"}),
        "data.xlsx, Data: ada isi di bawah baris 2000",
    ),
    "a column beyond all that are read": (
        files.workbook(cells={"CC2": 1}),
        "data.xlsx, Data: ada isi di sebelah kanan kolom CB",
    ),
    "a formula where a name stands": (
        files.workbook(cells={"A2": "=HYPERLINK(1)"}),
        'data.xlsx, Data!A2: "=HYPERLINK(1)" ialah rumus; tempel nilainya saja',
    ),
    "a date where a number stands": (
        files.workbook(cells={"B2": date(2025, 10, 31)}),
        'data.xlsx, Data!B2: "2025-10-31" ialah tanggal, bukan angka',
    ),
    "a name of many lines": (files.workbook(cells={"A2": "a\nb"}), 'data.xlsx, Data!A2: "a\\nb" lebih dari satu baris'),
    "a name without end": (files.workbook(cells={"A2": "a" * 501}), 'data.xlsx, Data!A2: "aaaaaaaa'),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_gets_a_sentence(page: Page, name: str) -> None:
    content, sentence = HOSTILE[name]
    assert faults_of(page, content, "data.xlsx")[0].startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'Nama;A\n"x;1\ny;2\n', "data.csv: tanda kutip di berkas ini tidak berpasangan"),
        (b"Nama;A\nx;1\0\ny;2\n", "data.csv: berkas ini bukan tabel dalam teks"),
        (b"x" * (4 * 2**20 + 1), "data.csv: berkas ini lebih besar dari 4 MB"),
        (b"\n\n", "data.csv: berkas ini tidak berisi tabel"),
        (b"Nama;A\nx;1\nx;2\n", 'data.csv, A3: "x" sudah ada di baris 2'),
        (b"Nama;A;a\nx;1;2\ny;2;3\n", 'data.csv, C1: judul "a" sudah ada di B1'),
        (b"Nama;A\n;1\ny;2\n", "data.csv, A2: baris ini tidak bernama"),
        (b"Nama;A\nx;9..1\ny;2\n", 'data.csv, B2: "9..1" bukan rentang'),
        (b"Nama;A\nx;1.2.3\ny;2\n", 'data.csv, B2: "1.2.3" bukan angka'),
        (b"Nama;A\nx;Rp500\ny;2\n", 'data.csv, B2: "Rp500" ialah teks; ketik 500 sebagai angka'),
        (b"Nama;A\nx;2\ny;2\n", 'data.csv, B1: kolom "A" tidak memuat dua nilai'),
        (b"Nama\nx\ny\n", "data.csv: kolom kriteria ditunggu"),
        (b"Nama;A\nx;1\n", 'data.csv, B1: kolom "A" tidak memuat dua nilai'),
        (files.wide(27), "data.csv: paling banyak 26 kriteria, ditemukan 27"),
    ],
)  # fmt: skip
def test_a_table_in_text_that_cannot_be_read_gets_a_sentence(page: Page, content: bytes, sentence: str) -> None:
    assert faults_of(page, content)[0].startswith(sentence)


def test_of_hundreds_of_faults_the_first_are_told_and_the_others_counted(page: Page) -> None:
    rows = b"".join(b"n%d;x\n" % row for row in range(500))
    told = faults_of(page, b"Nama;A\n" + rows)
    assert len(told) == 201 and told[-1] == "data.csv: dan 300 kekeliruan lagi"


# ---- on the page


def press(page: Page, name: str) -> None:
    """Go with the tabulator to what has this text, and press Enter there."""
    focused = "() => document.activeElement.textContent"
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == name:
            break
    assert page.evaluate(focused) == name
    page.keyboard.press("Enter")


def test_a_file_is_ranked_in_place_of_the_record_until_the_reader_goes_back(browser: Browser) -> None:
    with open_page(browser, DEV.as_uri()) as (page, faults):
        page.locator("#lab-weight-0").fill("50")
        page.wait_for_timeout(700)
        before = page.url
        put(page, TABLE)
        expect(page.locator(".lab-mark")).to_be_focused()
        assert "berkas Anda sendiri, bukan catatan publik" in page.locator(".lab-mark").inner_text()
        assert page.locator(".lab-name").all_inner_texts() == ["Gama", "Beta", "Alfa"]
        assert page.locator("#lab-province").is_hidden() and page.locator("#lab-link").is_hidden()
        page.locator(".lab-ranking tbody td:nth-child(5):has-text('%')").first.wait_for()  # out of the Worker
        page.get_by_role("button", name="Gama").click()
        assert "10–12" in page.locator(".lab-detail").inner_text() and "C4" in page.locator(".lab-detail").inner_text()
        page.locator("#lab-weight-0").fill("100")
        expect(page.locator(".lab-name").first).to_have_text("Beta")
        page.wait_for_timeout(700)
        assert page.url == before  # weights of a reader's own stand in no address
        page.get_by_role("button", name="Kembali ke catatan publik").click()
        expect(page.locator(".lab-name")).to_have_count(8)
        assert page.locator(".lab-mark").is_hidden() and page.locator("#lab-weight-0").input_value() == "50"
        assert faults == []


def test_of_a_file_with_a_fault_nothing_is_shown(browser: Browser) -> None:
    with open_page(browser, DEV.as_uri()) as (page, faults):
        names = page.locator(".lab-name").all_inner_texts()
        put(page, b'Nama;A\nx;<img src=x onerror="alert(1)">\ny;2\n')
        expect(page.locator(".lab-faults")).to_be_focused()
        assert '"<img src=x onerror="alert(1)">" bukan angka' in page.locator(".lab-faults").inner_text()
        assert page.locator(".lab-name").all_inner_texts() == names and page.locator(".lab-mark").is_hidden()
        put(page, TABLE)
        expect(page.locator(".lab-mark")).to_be_visible()
        assert page.locator(".lab-faults").is_hidden()
        assert faults == []


def test_text_of_a_file_is_never_markup(browser: Browser) -> None:
    harm = "<img src=x onerror=alert(1)>"
    rows = [(harm, harm, "B"), (f"{harm}1", 1, 2), (f"__proto__{harm}", 2, 1), ("{name}", 3, 3)]
    with open_page(browser, DEV.as_uri()) as (page, faults):
        put(page, files.workbook(rows), f"{harm.replace('/', '')}.xlsx")
        expect(page.locator(".lab-name")).to_have_count(3)
        page.get_by_role("button", name="{name}").first.click()
        assert page.locator("paritrana-lab img").count() == 0
        assert set(page.locator(".lab-name").all_inner_texts()) == {str(row[0]) for row in rows[1:]}
        assert faults == []


def test_a_file_is_opened_and_left_by_keyboard_alone(browser: Browser) -> None:
    with open_page(browser, DEV.as_uri()) as (page, faults):
        page.locator("#lab-rubric").focus()
        with page.expect_file_chooser() as waiting:
            press(page, "Buka berkas (CSV, XLSX, atau JSON)")
        waiting.value.set_files({"name": "data.csv", "mimeType": "text/csv", "buffer": TABLE})
        expect(page.locator(".lab-mark")).to_be_focused()
        press(page, "Nilai untuk 0 dan 100 poin")
        assert page.locator(".lab-mark table").is_visible()
        press(page, "Kembali ke catatan publik")
        assert page.locator(".lab-mark").is_hidden()
        assert page.evaluate("() => document.activeElement.textContent") == "Buka berkas (CSV, XLSX, atau JSON)"
        assert faults == []


def kept(page: Page) -> bytes:
    """The state as the page saves it."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Simpan keadaan (JSON)").click()
    return waiting.value.path().read_bytes()


def test_a_state_is_saved_with_its_file_and_opened_again(browser: Browser) -> None:
    with open_page(browser, DEV.as_uri()) as (page, faults):
        put(page, TABLE)
        expect(page.locator(".lab-mark")).to_be_visible()
        assert "seluruh isi berkas Anda" in page.locator(".lab-keep").inner_text()
        page.locator("#lab-weight-0").fill("80")
        page.get_by_role("button", name="Simpan bobot sekarang").click()
        own = kept(page)
        page.get_by_role("button", name="Kembali ke catatan publik").click()
        page.locator("#lab-weight-0").fill("45")
        assert "seluruh isi berkas Anda" not in page.locator(".lab-keep").inner_text()
        of_record = kept(page)
        assert b"Alfa" not in of_record and json.loads(of_record)["files"] == []
        page.locator("#lab-weight-0").fill("10")
        put(page, own, "keadaan.json")
        expect(page.locator(".lab-mark")).to_be_visible()
        assert page.locator("#lab-weight-0").input_value() == "80"
        assert page.locator(".lab-name").count() == 3 and page.locator(".lab-scenarios li").count() == 1
        put(page, of_record, "keadaan.json")
        expect(page.locator(".lab-mark")).to_be_hidden()
        assert page.locator("#lab-weight-0").input_value() == "45"
        assert faults == []


def test_a_damaged_state_gets_one_sentence_and_changes_nothing(browser: Browser) -> None:
    with open_page(browser, DEV.as_uri()) as (page, faults):
        put(page, TABLE)
        expect(page.locator(".lab-mark")).to_be_visible()
        whole = kept(page)
        state = json.loads(whole)
        broken = [
            whole[:200],
            b"[]",
            b"null",
            json.dumps({**state, "version": 2}).encode(),
            json.dumps({**state, "address": "javascript:alert(1)"}).encode(),
            json.dumps({**state, "files": [{"name": "x.csv", "content": "%%"}]}).encode(),
            json.dumps({**state, "files": 3}).encode(),
        ]
        for content in broken:
            put(page, content, "keadaan.json")
            told = page.locator(".lab-faults li")
            expect(told).to_have_text(re.compile("^keadaan.json: berkas ini bukan keadaan yang disimpan halaman ini"))
            assert told.count() == 1 and page.locator(".lab-name").count() == 3
            put(page, TABLE)
            expect(page.locator(".lab-faults")).to_be_hidden()
        faulty = base64.b64encode(b"Nama;A\nx;a\ny;2\n").decode()
        put(page, json.dumps({**state, "files": [{"name": "x.csv", "content": faulty}]}).encode(), "keadaan.json")
        expect(page.locator(".lab-faults li").first).to_have_text(re.compile('^x.csv, B2: "a" bukan angka'))
        assert faults == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_file_that_is_shown_meets_the_guidelines_at_every_width(browser: Browser, width: int) -> None:
    with open_page(browser, DEV.as_uri(), width) as (page, faults):
        put(page, TABLE)
        page.locator(".lab-ranking tbody td:nth-child(5):has-text('%')").first.wait_for()
        page.locator(".lab-mark summary").click()
        assert violations(page) == [] and sideways(page) == 0
        put(page, b"Nama;A\nx;a\ny;b\n")
        expect(page.locator(".lab-faults")).to_be_visible()
        assert violations(page) == [] and sideways(page) == 0
        assert faults == []


def test_a_large_file_is_ranked_as_well(browser: Browser) -> None:
    rng = np.random.default_rng(7)
    rows = [("Nama", *[f"K{k}" for k in range(10)])]
    rows += [(f"P{at}", *rng.normal(size=10).round(6).tolist()) for at in range(1999)]
    with open_page(browser, DEV.as_uri()) as (page, faults):
        put(page, files.workbook(rows), "data.xlsx")
        expect(page.locator(".lab-mark")).to_be_visible(timeout=10_000)
        assert page.locator(".lab-ranking .lab-name").count() == 50
        assert faults == []


def test_a_file_is_opened_by_the_one_script_of_the_book_under_its_policy(browser: Browser, tmp_path: Path) -> None:
    given_, data = FIXTURE.read_text(encoding="utf-8").split("globalThis.ParitranaLabGiven=")[::-1]
    (tmp_path / "all.js").write_text(bundle(), encoding="utf-8")
    (tmp_path / "data.js").write_text(data, encoding="utf-8")
    (tmp_path / "lab.html").write_text(
        f"""<!doctype html><html lang="id"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{policy("auto")}{MORE["lab"]}"><title>Lab</title></head>
        <body><paritrana-lab><script type="application/json">{given_.rstrip().rstrip(";")}</script></paritrana-lab>
        <script src="data.js"></script><script src="all.js"></script></body></html>""",
        encoding="utf-8",
    )
    with open_page(browser, (tmp_path / "lab.html").as_uri()) as (page, faults):
        put(page, files.as_excel_writes(), "data.xlsx")
        expect(page.locator(".lab-name")).to_have_text(["Desa A & B", "Desa <b>"])
        page.locator(".lab-ranking tbody td:nth-child(5):has-text('%')").first.wait_for()  # out of the Worker
        assert json.loads(kept(page))["files"][0]["name"] == "data.xlsx"
        assert faults == []


# ---- what is said


def test_every_sentence_about_a_file_is_there_in_both_languages() -> None:
    indonesian, english = (reading.file_texts(Text(language)) for language in ("id", "en"))
    assert indonesian.keys() == english.keys()
    assert {key for key in indonesian if indonesian[key] == english[key]} == set()
    instead = [key.removeprefix("own_") for key in indonesian if key.startswith("own_")]
    given_ = json.loads((paths.LAB / "fixture.js").read_text(encoding="utf-8").split("ParitranaLabGiven=")[1][:-2])
    assert set(instead) <= given_["texts"].keys()
