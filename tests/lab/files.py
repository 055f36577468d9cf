"""Files of a reader's own for the weight lab: tables, workbooks, and those that mean harm."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ROWS = (("Nama", "Cakupan", "Inovasi"), ("Alfa", 12.5, 3), ("Beta", 40.25, None), ("Gama", 33, 12))


def saved(book: Workbook) -> bytes:
    """A workbook as its file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows: Sequence[Sequence[object]] = ROWS, cells: Mapping[str, Any] | None = None) -> bytes:
    """A workbook of one sheet, with some cells put otherwise."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in rows:
        sheet.append(list(row))
    for place, value in (cells or {}).items():
        sheet[place] = value
    return saved(book)


def merged() -> bytes:
    """A workbook with merged cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in ROWS:
        sheet.append(list(row))
    sheet.merge_cells("B2:C2")
    return saved(book)


def changed(parts: Mapping[str, bytes], made: bytes | None = None) -> bytes:
    """A workbook's archive with parts put in their place, or added."""
    out = BytesIO()
    with ZipFile(BytesIO(made or workbook())) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def rows(count: int, row: bytes = b'<row><c t="n"><v>1</v></c></row>') -> bytes:
    """The XML of a sheet with many rows."""
    return HEAD + row * count + TAIL


def lying() -> bytes:
    """An archive whose directory says that the sheet, a bomb, is small."""
    made = bytearray(changed({SHEET: b"<a>" + b"b" * 2**24}))
    at = made.rindex(b"PK\x01\x02")  # what was put in last
    made[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(made)


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
            SHEET: HEAD + cells + TAIL,
            "xl/texts.xml": texts,
            "xl/styles.xml": styles,
            "xl/_rels/workbook.xml.rels": b"<Relationships %s>%s</Relationships>" % (namespace, links),
        }
    )


def wide(criteria: int) -> bytes:
    """A table in text with many criteria."""
    lines = [[b"Nama", *(b"K%d" % k for k in range(criteria))], [b"x", *[b"1"] * criteria], [b"y", *[b"2"] * criteria]]
    return b"\n".join(b";".join(line) for line in lines)
