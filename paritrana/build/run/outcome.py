"""What came of a page and of a build."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from paritrana import paths
from paritrana.plan.book import PageSpec
from paritrana.plan.edition import Edition


@dataclass(frozen=True)
class Failure:
    """Why a page is missing.

    `cell`: the heading above the cell. `error`: one line. `frame`: the last place in this library that the traceback
    names. `traceback`: all of it, for the log. `notebook`: the notebook as far as it came.
    """

    cell: str
    error: str
    frame: str
    traceback: str
    notebook: str | None = None


@dataclass(frozen=True)
class PageResult:
    """A finished page, or the failure that it ended in.

    `content`: the text of each of the page's files (`PageSpec.files`). `seconds`: wall time. `peak`: the most memory
    that its kernel held, in bytes.
    """

    spec: PageSpec
    content: Mapping[str, str] | None
    failure: Failure | None
    seconds: float
    peak: int | None = None


@dataclass(frozen=True)
class FailedPage:
    """A page that failed, why, and where its traceback lies."""

    spec: PageSpec
    failure: Failure
    log: Path


@dataclass
class Report:
    """What a build did: the pages that were made, those left as they were, and those that failed, by their names."""

    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: dict[str, FailedPage] = field(default_factory=dict)


def log_of(edition: Edition, name: str) -> Path:
    """Where the traceback of a failed page lies; its notebook, as far as it came, lies beside it."""
    return edition.failed / f"{name.replace('/', '-')}.log"


def failure_of(error: Exception) -> Failure:
    """What was raised outside of a notebook, as a failure."""
    own = [step for step in traceback.extract_tb(error.__traceback__) if paths.LIBRARY in Path(step.filename).parents]
    frame = f"{_place(own[-1].filename)}:{own[-1].lineno}, in {own[-1].name}" if own else ""
    return Failure("", f"{type(error).__name__}: {error}", frame, "".join(traceback.format_exception(error)))


def _place(filename: str) -> str:
    """Where a file of this library lies in it."""
    return str(Path(filename).relative_to(paths.LIBRARY.parent))
