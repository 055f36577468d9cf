"""Workbooks are archives of XML: they are weighed before anything is read of them.

What is expanded, and how many elements it has, bounds the time and memory that any reader needs. A document type could
define entities that grow without end, and no workbook has one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from paritrana.faults import Fault, InvalidInput
from paritrana.presentation.language import Text
from paritrana.sheets.grids import refused

MOST_BYTES = 16 * 2**20  # expanded; the workbook of 38 regions and nine jurors has two million
MOST_FILE = 16 * 2**20  # of the file itself
MOST_ELEMENTS = 400_000  # of its XML, opening and closing ones
MOST_PARTS = 500
PIECE = 2**20
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)  # of zipfile
FORBIDDEN = re.compile(rb"<!DOCTYPE|<!ENTITY|\x00", re.IGNORECASE)  # in UTF-16 every second byte is null
MACROS = re.compile(r"vbaproject|^basic/|^scripts/|macrosheets", re.IGNORECASE)
LINKED = re.compile(r"externallinks/", re.IGNORECASE)
Source = Path | BytesIO  # a file, or what was in it


def weighed(source: Source, file: str, say: Text) -> tuple[str, ...]:
    """The names of an archive's parts; raises InvalidInput where it is too heavy, damaged, or carries what may run."""
    try:
        with ZipFile(source) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
                raise refused(file, _too_large(say))
            if sum(_elements(archive, info.filename, file, say) for info in infos) > MOST_ELEMENTS:
                raise refused(file, _too_large(say))
    except InvalidInput:
        raise
    except BROKEN as error:
        raise refused(file, damaged(say)) from error
    names = tuple(info.filename for info in infos)
    if faults := list(_running(names, file, say)):
        raise InvalidInput(faults)
    return names


def damaged(say: Text) -> str:
    """What is said of a file that cannot be read as what it seems to be."""
    return say("berkas ini rusak atau bukan buku kerja; simpan kembali sebagai .xlsx atau .ods")


def _too_large(say: Text) -> str:
    return say(
        "isinya terlalu besar untuk buku kerja yang diisi dengan tangan (paling banyak {size} MB setelah dibuka dan sekitar {cells} sel); hapus baris dan kolom kosong atau lembar lain, lalu simpan kembali",
        size=MOST_BYTES // 2**20,
        cells=say.number(MOST_ELEMENTS // 4),
    )  # fmt: skip


def _elements(archive: ZipFile, name: str, file: str, say: Text) -> int:
    """How many elements a part of XML has; raises InvalidInput where it defines a document type."""
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return 0
    count, tail = 0, b""
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            if FORBIDDEN.search(tail + piece):
                raise refused(file, damaged(say))
            count += piece.count(b"<")
            tail = piece[-16:]
    return count


def _running(names: tuple[str, ...], file: str, say: Text) -> Iterator[Fault]:
    """Macros, and links to other files."""
    if any(MACROS.search(name) for name in names):
        expected = say("berkas ini berisi makro; simpan sebagai .xlsx tanpa makro")
        yield Fault(file, None, None, None, expected)
    if any(LINKED.search(name) for name in names):
        expected = say("berkas ini bertaut ke berkas lain; putuskan tautannya dan tempel nilainya saja")
        yield Fault(file, None, None, None, expected)
