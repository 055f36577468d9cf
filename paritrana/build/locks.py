"""Who works in the build's folders: one build at a time, and one Jupyter Book over each working folder of Sphinx."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from paritrana import paths

LOCK = paths.BUILD / "lock"
LEFT_OVER_SECONDS = 30  # one whose build was killed ends itself at once; a stopped one never does


@contextmanager
def alone() -> Iterator[None]:
    """While this holds no other build works in this folder. Raises Timeout where one does, OSError where none could."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(LOCK, timeout=0):
        yield


@contextmanager
def held(workshop: Path) -> Iterator[int]:
    """A lock on Sphinx's working folder, as a descriptor to hand to Jupyter Book: it holds until the last holder ends.

    Waits for one that an earlier build left; raises RuntimeError where that does not end.
    """
    workshop.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + LEFT_OVER_SECONDS
    with (workshop / "lock").open("w") as file:
        while not _taken(file.fileno()):
            if time.monotonic() > end:
                raise RuntimeError(f"A Jupyter Book of an earlier build still works in {workshop}: end it first.")
            time.sleep(0.05)
        yield file.fileno()


def _taken(descriptor: int) -> bool:
    """Whether the lock is ours now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
