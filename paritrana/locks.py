"""Who works in the build's folder: one build at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock

from paritrana import paths

LOCK = paths.BUILD / "lock"


@contextmanager
def alone() -> Iterator[None]:
    """While this holds no other build works in this folder. Raises Timeout where one does, OSError where none could."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(LOCK, timeout=0):
        yield
