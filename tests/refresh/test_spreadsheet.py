"""SpreadsheetML as rows, and what is none of it, in one sentence."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest

from paritrana.faults import InvalidInput
from paritrana.refresh.spreadsheet import rows_of

HEAD = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'  # fmt: skip # noqa: E501


def cell(text: str) -> str:
    return f'<Cell><Data ss:Type="String">{escape(text)}</Data></Cell>'


def sheet(body: str) -> bytes:
    return f'{HEAD}<Worksheet ss:Name="Data"><Table>{body}</Table></Worksheet></Workbook>'.encode()


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as the portal of the Ministry of Finance writes them."""
    return sheet("".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows))


def test_rows_are_read_cell_by_cell() -> None:
    rows = [["Akun", "Anggaran"], [" Pendapatan & Belanja ", "1.5"], ["", ""]]
    assert rows_of(workbook(rows), "here") == [["Akun", "Anggaran"], ["Pendapatan & Belanja", "1.5"]]


def test_a_cell_stands_where_its_index_says() -> None:
    content = sheet(f'<Row><Cell ss:Index="3"><Data>a</Data></Cell>{cell("b")}<Cell/></Row>')
    assert rows_of(content, "here") == [["", "", "a", "b", ""]]


def test_markup_inside_a_cell_is_its_text() -> None:
    assert rows_of(sheet("<Row><Cell><Data><B>a</B>b</Data></Cell></Row>"), "here") == [["ab"]]


@pytest.mark.parametrize("index", ["0", "x", "401", "-1", "9" * 5000, "٣"])
def test_an_index_that_is_none_is_told(index: str) -> None:
    with pytest.raises(InvalidInput, match="expected the number of a column behind 0, at most 400"):
        rows_of(sheet(f'<Row><Cell ss:Index="{index}"><Data>a</Data></Cell></Row>'), "here")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (workbook([["a"]])[:-20], "SpreadsheetML to its end ("),
        (b"a,b\n1,2\n", "SpreadsheetML to its end (syntax error"),
        (b"<html><body>Maintenance</body></html>", "SpreadsheetML, but it is a page of HTML"),
        (b"<Workbook/>", "SpreadsheetML, whose outermost element is Workbook"),
        (b"PK\x03\x04\xff", "SpreadsheetML in UTF-8, but byte 5 is not"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + workbook([["a"]]), "SpreadsheetML without a document type of its own"),
        (('<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD).encode("utf-16"), "SpreadsheetML without a document type"),
    ],
    ids=["cut", "CSV", "page", "another Workbook", "XLSX", "entities", "entities in UTF-16"],
)
def test_what_is_no_spreadsheet_is_one_sentence(content: bytes, expected: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        rows_of(content, "here")
    (fault,) = caught.value.faults
    assert f"expected {expected}" in str(fault)


def test_other_encodings_are_read() -> None:
    text = workbook([["Anggaran é"]]).decode()
    for encoding, declared in (("utf-16", "UTF-16"), ("latin-1", "ISO-8859-1"), ("utf-8-sig", "UTF-8")):
        content = text.replace('version="1.0"', f'version="1.0" encoding="{declared}"').encode(encoding)
        assert rows_of(content, "here") == [["Anggaran é"]]
