"""Digests of what is read and written: SHA-256, whole where anybody may check it, cut where only a build compares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from paritrana import paths

LENGTH = 16  # hexadecimal digits: 64 bits tell apart what a book can hold


def sha256(content: str | bytes) -> str:
    """The SHA-256 of text or bytes in hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def digest(content: str | bytes) -> str:
    """SHA-256 of text or bytes, cut to what a build needs to compare."""
    return sha256(content)[:LENGTH]


def digest_of_files(files: Iterable[Path]) -> str:
    """One digest of some files of the project or of this library and their places in it."""
    return digest("\n".join(f"{_place(path)} {digest(path.read_bytes())}" for path in sorted(files)))


def _place(path: Path) -> Path:
    """The file's path in what holds it: the library need not lie in the project."""
    return path.relative_to(paths.LIBRARY.parent if paths.LIBRARY in path.parents else paths.ROOT)
