"""Files that mean harm or are out of all measure: a sentence each, within ten seconds and 500 MB."""

import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests import archives
from tests.archives import HEAD, LAUGHS
from tests.panel.workbooks import BLANK
from tests.project import environment

SECONDS, MEGABYTES = 10, 500
LINUX = Path("/proc/self/status").exists()
SHEET = "xl/worksheets/sheet5.xml"  # Angka
TOO_LARGE = "isinya terlalu besar untuk buku kerja yang diisi"
DAMAGED = "berkas ini rusak atau bukan buku kerja"
NO_WORKBOOK = "berkas ini bukan buku kerja .xlsx atau .ods"
ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Sampul">{}</table:table></office:spreadsheet></office:body></office:document-content>"""
TAIL = b"</sheetData>%s</worksheet>"


def changed(parts: dict[str, bytes]) -> bytes:
    """The template's archive with parts put in their place, or added."""
    return archives.changed(BLANK, parts)


def ods(body: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", ODS.format(body))
    return out.getvalue()


def part(name: str) -> bytes:
    with ZipFile(BytesIO(BLANK)) as archive:
        return archive.read(name)


def lying() -> bytes:
    """An archive whose directory says that its bomb is small."""
    return archives.lying(changed({"xl/bomb.xml": b"<a>" + b"b" * 2**26}))


def rows(count: int, row: bytes = b'<row><c t="n"><v>1</v></c></row>') -> bytes:
    return HEAD + row * count + TAIL % b""


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (lambda: changed({SHEET: b" " * 2**28}), TOO_LARGE),
    "lying.xlsx": (lying, DAMAGED),
    "million.xlsx": (lambda: changed({SHEET: rows(10**6)}), TOO_LARGE),
    "empty-rows.xlsx": (lambda: changed({SHEET: rows(10**6, b"<row/>")}), TOO_LARGE),
    "parts.xlsx": (lambda: changed({f"x/{number}.xml": b"" for number in range(3000)}), TOO_LARGE),
    "last-cell.xlsx": (
        lambda: changed({SHEET: HEAD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + TAIL % b""}),
        'panel.xlsx, Angka: kolom code ("Kode") tidak ada',
    ),
    "last-row.xlsx": (
        lambda: changed({SHEET: part(SHEET).replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')}),
        "Angka: ada isi di bawah baris 2000",
    ),
    "merged.xlsx": (
        lambda: changed({SHEET: part(SHEET).replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')}),
        "Angka: sel A1:XFD1048576 digabung",
    ),
    "laughs.xlsx": (lambda: changed({"xl/sharedStrings.xml": LAUGHS + b"<x>&b;</x>"}), DAMAGED),
    "laughs-utf16.xlsx": (
        lambda: changed({"xl/sharedStrings.xml": (LAUGHS + b"<x>&b;</x>").decode().encode("utf-16")}),
        DAMAGED,
    ),
    "outside.xlsx": (
        lambda: changed({SHEET: b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>'}),
        DAMAGED,
    ),
    "nested.xlsx": (lambda: changed({SHEET: b"<a>" * 190_000 + b"</a>" * 190_000}), ""),
    "unclosed.xlsx": (lambda: changed({SHEET: b'<c <c r="A1" ' * 190_000}), DAMAGED),
    "digits.xlsx": (lambda: changed({SHEET: rows(1, b'<row r="9"><c r="C9"><v>' + b"9" * 10**6 + b"</v></c></row>")}), ""),
    "macros.xlsm": (lambda: changed({"xl/vbaProject.bin": b"x"}), "berkas ini berisi makro"),
    "linked.xlsx": (lambda: changed({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "berkas ini bertaut ke berkas lain"),
    "most.xlsx": (lambda: changed({SHEET: rows(60_000)}), "Angka: ada isi di bawah baris 2000"),
    "wide.xlsx": (lambda: changed({SHEET: rows(1, b"<row>" + b"<c><v>1</v></c>" * 90_000 + b"</row>")}), "Angka"),
    "repeated.ods": (
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
            'office:value-type="float" office:value="1"/></table:table-row>'
        ),
        'lembar "Kriteria" tidak ada',
    ),
    "spaces.ods": (
        lambda: ods('<table:table-row><table:table-cell><text:p>a<text:s text:c="999999999"/></text:p></table:table-cell></table:table-row>'),
        'lembar "Kriteria" tidak ada',
    ),
    "wrong-date.ods": (
        lambda: ods('<table:table-row><table:table-cell office:value-type="date" office:date-value="2025-99-01"/></table:table-row>'),
        DAMAGED,
    ),
    "old.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, NO_WORKBOOK),
    "empty.xlsx": (lambda: b"", NO_WORKBOOK),
    "cut.xlsx": (lambda: BLANK[: len(BLANK) // 2], NO_WORKBOOK),
    "no-book.xlsx": (lambda: changed({"[Content_Types].xml": b"<x/>"}), DAMAGED),
    "not-xml.xlsx": (lambda: changed({SHEET: b"<<<<"}), DAMAGED),
    "large.xlsx": (lambda: b"PK\x03\x04" + bytes(range(256)) * 2**17, "berkas ini lebih besar dari 16 MB"),
}  # fmt: skip
READ = """
import json, sys, time
from paritrana.faults import InvalidInput
from paritrana.panel.reading import read_workbook
from paritrana.panel.overlay import read_panel
from paritrana.record.tables import bundled_tables
from paritrana.presentation.language import Text
from pathlib import Path
def most():  # since this program began; what getrusage tells begins with the one that started it
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
tables, said = bundled_tables(), {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    begun = time.monotonic()
    try:
        read_panel(path, Text("id"), tables)
        told = []
    except InvalidInput as error:
        told = [str(fault) for fault in error.faults]
    said[path.name] = (told, time.monotonic() - begun, most())
print(json.dumps(said))
"""


pytestmark = [pytest.mark.skipif(not LINUX, reason="memory is told by /proc"), pytest.mark.slow]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], float, float]]:
    """What is said of each file, how long that took in seconds, and the most memory by then in megabytes."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in FILES.items():
        (folder / name).write_bytes(make())
    command = [sys.executable, "-c", READ, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment(Path.cwd()))
    found: dict[str, tuple[list[str], float, float]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_has_its_sentence_in_time_and_in_little_memory(
    name: str, said: dict[str, tuple[list[str], float, float]]
) -> None:
    told, seconds, megabytes = said[name]
    expected = FILES[name][1].replace("panel.xlsx", name)
    assert any(expected in sentence for sentence in told), told
    assert len(told) <= 201
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
