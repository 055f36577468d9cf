"""Commands of a copy of the project while they are at work, and every process that they started."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.project import environment, python_path


@contextmanager
def running(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A command of the copy, in a process group of its own as a terminal gives it; it is over when the test is."""
    with subprocess.Popen(
        [sys.executable, "-m", "paritrana", *words],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def at_work(folder: Path, program: str = "") -> list[psutil.Process]:
    """Every process that works for the copy, wherever it hangs in the tree; those of one program, if it is named."""
    found = []
    for process in psutil.process_iter():
        try:
            own = process.environ().get("PYTHONPATH") == python_path(folder)
            if own and process.status() != psutil.STATUS_ZOMBIE and (not program or program in process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


def wait_for(condition: Callable[[], bool], seconds: float = 120, pause: float = 0.02) -> None:
    """Wait until this holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(pause)
