"""Writing files, each whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

LEFT_BEHIND = ("Thumbs.db", "desktop.ini")  # by Windows, in folders that it showed


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as the text of a CSV file, its header first."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def visible(folder: Path, pattern: str) -> list[Path]:
    """The files that match a pattern below a folder, sorted; without what editors and desktops leave beside them.

    Left out are hidden files and what lies in hidden folders, locks and copies of editors, pictures of a folder.
    """
    found = (path for path in folder.glob(pattern) if path.is_file())
    return sorted(path for path in found if not any(map(_left_behind, path.relative_to(folder).parts)))


def _left_behind(name: str) -> bool:
    return name.startswith((".", "#", "~$")) or name.endswith(("~", ".swp", ".bak")) or name in LEFT_BEHIND


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file that appears whole or not at all; its folder is made where it is missing.

    A file that already says the same is left untouched, so that Sphinx does not read it again.
    """
    written = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == written:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(written)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
