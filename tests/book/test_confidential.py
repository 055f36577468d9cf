"""What a panel keeps to itself is in no byte of what a book is made of and of what it is made into."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from tests.panel.secrets import FOLDER, marks
from tests.small_book import Book


def unpacked(content: bytes) -> Iterator[bytes]:
    """The content, and what it is where it is packed."""
    yield content
    with suppress(OSError, EOFError, zlib.error):
        yield gzip.decompress(content)
    with suppress(zlib.error):
        yield zlib.decompress(content)
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def telling(folder: Path) -> list[str]:
    """The files in which a secret stands: site, search index, pictures, notebooks, results, logs, kept analyses."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and any(
            mark in content or mark in content.lower() for content in unpacked(path.read_bytes()) for mark in marks()
        )
    ]


def test_no_secret_of_a_panel_is_in_any_byte_of_a_build(book: Book) -> None:
    made = [path for path in (book.folder / "_build").rglob("*") if path.is_file()]
    assert {".html", ".json", ".js", ".ipynb", ".jsonl"} <= {path.suffix for path in made}
    assert any("analyses" in path.parts for path in made)
    assert telling(book.folder / "_build") == []
    assert not any(mark.decode() in book.said for mark in marks())


def test_the_secrets_are_there_to_be_found(book: Book) -> None:
    """A search that finds nothing proves something only where it would find."""
    found = telling(book.folder / "panels")
    assert {"rahasia/figures.csv", "rahasia/cover.csv", "rahasia/panel.yml", "secret.xlsx"} <= set(found)
    assert (book.folder / FOLDER).is_dir()
