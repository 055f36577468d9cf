"""Running Jupyter Book 1 over books, and how it ended: only Sphinx itself can say that a site is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from paritrana.build.site.leash import FINISHED

LEASH = Path(__file__).with_name("leash.py")
SPHINX_SECONDS = 1800
WITH_WARNINGS = 1  # exit code of a build that came to its end; also that of one that did not
NAMED = 3  # missing files that a sentence names
# What Sphinx makes beside the pages.
ALWAYS = ("search.html", "searchindex.js", "objects.inv")


@dataclass(frozen=True)
class Task:
    """A book for Jupyter Book: its sources, its settings, and the pages that its site must have.

    `workshop`: Sphinx's working folder, whose `lock` goes along. `log`: where what it says is kept.
    """

    book: Path
    config: Path
    workshop: Path
    pages: Collection[str]
    lock: int
    log: Path

    @property
    def site(self) -> Path:
        """Where the site is made."""
        return made_in(self.workshop)

    @property
    def mark(self) -> Path:
        """The file that says that Sphinx came to its end."""
        return self.workshop / "finished"


@dataclass(frozen=True)
class Ended:
    """How Jupyter Book ended: the lines of warnings and errors, and what it did if there is no whole site."""

    warnings: tuple[str, ...]
    failure: str | None


def made_in(workshop: Path) -> Path:
    """Where Sphinx makes a site in its working folder."""
    return workshop / "_build" / "html"


def run(tasks: Sequence[Task]) -> list[Ended]:
    """Make the site of each book, all at once. No Jupyter Book outlives this call."""
    end = time.monotonic() + SPHINX_SECONDS
    with ExitStack() as stack:
        started = [stack.enter_context(_running(task)) for task in tasks]
        codes = [_code(process, end) for process in started]
    return [_how(task, code) for task, code in zip(tasks, codes, strict=True)]


@contextmanager
def _running(task: Task) -> Iterator[subprocess.Popen[bytes]]:
    """Jupyter Book over a book; it is ended with this context."""
    task.mark.unlink(missing_ok=True)
    words: list[str | Path] = ["build", task.book, "--config", task.config, "--path-output", task.workshop]
    command = [sys.executable, "-P", LEASH, "jupyter-book", *words, "-W", "--keep-going", "--quiet"]
    settings = {"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8", FINISHED: str(task.mark)}
    task.log.parent.mkdir(parents=True, exist_ok=True)
    with task.log.open("wb") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, **settings},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(task.lock,),
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)


def _code(process: subprocess.Popen[bytes], end: float) -> int | None:
    """The exit code of a command, negative for a signal; None where it runs on at the end of its time."""
    try:
        return process.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        return None


def _how(task: Task, code: int | None) -> Ended:
    """How a Jupyter Book ended, by its exit code, by what it said and by what it left."""
    said = task.log.read_text(encoding="utf-8", errors="replace")
    warnings = tuple(line for line in said.splitlines() if "WARNING" in line or "ERROR" in line)
    failure = _death(code, task.mark.exists()) or _lack(task.site, task.pages)
    if code and not (failure or warnings):
        failure = f"stopped with exit code {code} and gave no reason"
    return Ended(warnings, failure)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, if it runs, and what it has started."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdin:
        process.stdin.close()


def _death(code: int | None, finished: bool) -> str | None:
    """What kept Sphinx from its end, if anything did: its mark is the proof, for an exit code tells too little."""
    if code is None:
        return f"was not done after {SPHINX_SECONDS} s and was ended"
    if code < 0:
        return f"was ended by signal {-code} ({signal.strsignal(-code)})"
    if not finished or code not in (0, WITH_WARNINGS):
        return f"stopped with exit code {code} before the site was whole"
    return None


def _lack(site: Path, pages: Collection[str]) -> str | None:
    """Which files the site lacks or has empty, if it does."""
    wanted = [*(f"{page}.html" for page in pages), *ALWAYS]
    lacking = [file for file in wanted if not (site / file).is_file() or not (site / file).stat().st_size]
    more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
    return f"left pages missing: {', '.join(lacking[:NAMED])}{more}" if lacking else None


def refuse_version_2() -> None:
    """Version 2 would rename `_config.yml` and drop half of it: stop before it can. Raises RuntimeError."""
    found = version("jupyter-book")
    if found.split(".")[0] != "1":
        raise RuntimeError(
            f"Jupyter Book 1 is needed, {found} is installed: run `make book`, which installs the locked versions"
        )
