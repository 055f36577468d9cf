"""Files of a reader's own for the weight lab: tables, workbooks, and those that mean harm."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from tests import archives

SHEET = "xl/worksheets/sheet1.xml"
TAIL = b"</sheetData></worksheet>"
ROWS = (("Nama", "Cakupan", "Inovasi"), ("Alfa", 12.5, 3), ("Beta", 40.25, None), ("Gama", 33, 12))


def saved(book: Workbook) -> bytes:
    """A workbook as its file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows: Sequence[Sequence[object]] = ROWS, cells: Mapping[str, Any] | None = None, merge: str = "") -> bytes:
    """A workbook of one sheet, with some cells put otherwise, or a range of them merged."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in rows:
        sheet.append(list(row))
    for place, value in (cells or {}).items():
        sheet[place] = value
    if merge:
        sheet.merge_cells(merge)
    return saved(book)


def changed(parts: Mapping[str, bytes]) -> bytes:
    """The workbook's archive with parts put in their place, or added."""
    return archives.changed(workbook(), parts)


def rows(count: int, row: bytes = b'<row><c t="n"><v>1</v></c></row>') -> bytes:
    """The XML of a sheet with many rows."""
    return archives.HEAD + row * count + TAIL


def lying() -> bytes:
    """An archive whose directory says that the sheet, a bomb, is small."""
    return archives.lying(changed({SHEET: b"<a>" + b"b" * 2**24}))


def flipped() -> bytes:
    """An archive whose content is not what its check says."""
    made = bytearray(changed({SHEET: rows(3)}))
    at = made.rindex(b"PK\x01\x02")
    made[at + 16] ^= 1
    return bytes(made)


def as_excel_writes() -> bytes:
    """A workbook with what Excel writes and openpyxl does not: shared and rich texts, their reading, exponents."""
    texts = b"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
      <si><t>Nama</t></si><si><t xml:space="preserve"> Cakupan </t></si>
      <si><r><t>Pan</t></r><r><rPr><b/></rPr><t>jang</t></r></si>
      <si><r><t>Desa A &amp; B</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si><si><t>Desa &lt;b&gt;</t></si></sst>"""
    cells = b"""<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c t="s"><v>2</v></c></row>
      <row><c t="s"><v>3</v></c><c s="1"><v>0.5</v></c><c><v>1E6</v></c></row>
      <row r="7"><c r="A7" t="s"><v>4</v></c>
        <c r="B7" s="1"><v>0.25</v></c><c r="C7"><v>2.5</v></c><c r="D7" s="1"/></row>"""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = [(b"worksheet", b"worksheets/sheet1.xml"), (b"styles", b"styles.xml"), (b"sharedStrings", b"texts.xml")]
    links = b"".join(
        b'<Relationship Type="%s/%s" Target="%s" Id="rId%d"/>' % (kind, name, target, number)
        for number, (name, target) in enumerate(parts, 1)
    )
    namespace = b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    styles = b"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
      <cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>"""
    return changed(
        {
            SHEET: archives.HEAD + cells + TAIL,
            "xl/texts.xml": texts,
            "xl/styles.xml": styles,
            "xl/_rels/workbook.xml.rels": b"<Relationships %s>%s</Relationships>" % (namespace, links),
        }
    )


def wide(criteria: int) -> bytes:
    """A table in text with many criteria."""
    lines = [[b"Nama", *(b"K%d" % k for k in range(criteria))], [b"x", *[b"1"] * criteria], [b"y", *[b"2"] * criteria]]
    return b"\n".join(b";".join(line) for line in lines)
