"""Archives of workbooks that mean harm, for the readers of the library and of the weight lab."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def changed(made: bytes, parts: Mapping[str, bytes]) -> bytes:
    """An archive with parts put in their place, or added."""
    out = BytesIO()
    with ZipFile(BytesIO(made)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def lying(archive: bytes) -> bytes:
    """The archive with a directory that says that what was put in last, a bomb, is small."""
    made = bytearray(archive)
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(made)
