"""Running Jupyter Book 1 over a book, and how it ended: only Sphinx itself can say that a site is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from paritrana import paths
from paritrana.build.site.leash import FINISHED

LOG = paths.BUILD / "logs" / "jupyter-book.log"
LEASH = Path(__file__).with_name("leash.py")
SPHINX_SECONDS = 1800
WITH_WARNINGS = 1  # exit code of a build that came to its end; also that of one that did not
NAMED = 3  # missing files that a sentence names
# What Sphinx makes beside the pages.
ALWAYS = ("search.html", "searchindex.js", "objects.inv")


@dataclass(frozen=True)
class Ended:
    """How Jupyter Book ended: the lines of warnings and errors, and what it did if there is no whole site."""

    warnings: tuple[str, ...]
    failure: str | None


def run(book: Path, config: Path, workshop: Path, pages: Iterable[str], lock: int) -> Ended:
    """Make the site of these pages of a book in Sphinx's working folder, whose lock goes along."""
    mark, site = workshop / "finished", workshop / "_build" / "html"
    mark.unlink(missing_ok=True)
    words: list[str | Path] = ["build", book, "--config", config, "--path-output", workshop]
    command = [sys.executable, "-P", LEASH, "jupyter-book", *words, "-W", "--keep-going", "--quiet"]
    settings = {"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8", FINISHED: str(mark)}
    code = _ended(command, {**os.environ, **settings}, lock)
    said = LOG.read_text(encoding="utf-8", errors="replace")
    warnings = tuple(line for line in said.splitlines() if "WARNING" in line or "ERROR" in line)
    failure = _death(code, mark.exists()) or _lack(site, pages)
    if code and not (failure or warnings):
        failure = f"stopped with exit code {code} and gave no reason"
    return Ended(warnings, failure)


def _ended(command: list[str | Path], environment: dict[str, str], lock: int) -> int | None:
    """The exit code of a command, negative for a signal; None where it took too long. None outlives this call."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("wb") as log:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(lock,),
            start_new_session=True,
        )
        try:
            return process.wait(SPHINX_SECONDS)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)


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


def _lack(site: Path, pages: Iterable[str]) -> str | None:
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
