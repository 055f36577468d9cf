"""Making the pages of a site: what changed is run, and what comes back is written into the book of its edition.

The pages of all editions run in one pool, so that no processor waits for the last page of one of them.

Only this coordinator writes files, each whole or not at all. A page that fails is that page's failure: the others
finish, the book says which page is missing and why, and the caller learns of it. The next build runs what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, as_completed
from itertools import islice
from pathlib import Path

from paritrana.analysis.inputs import Inputs
from paritrana.build.progress import Tell
from paritrana.build.run.outcome import FailedPage, Failure, PageResult, Report, failure_of, log_of
from paritrana.build.run.page import run_page
from paritrana.files import write_whole
from paritrana.pages import fragments
from paritrana.pages.titles import page_title
from paritrana.plan import inputs
from paritrana.plan.book import LAB, PageSpec
from paritrana.plan.stale import Decision
from paritrana.plan.stamps import stamped
from paritrana.presentation.html import paragraphs
from paritrana.presentation.language import Text

MEGABYTE = 1_000_000
LOOKED_AT = 64  # pages among which those that run now are looked for: the first ones, as they were submitted


def make_pages(decisions: Sequence[Decision], executor: Executor, tell: Tell) -> Report:
    """Run the pages that have to run and write them. Raises OSError where a page cannot be written.

    An executor that breaks (a worker of a process pool that was killed takes the whole pool along) loses no page:
    what it had not done is run here.
    """
    report = Report(kept=[decision.name for decision in decisions if not decision.why])
    wanted = [decision for decision in decisions if decision.why]
    for decision in wanted:
        _log(decision).unlink(missing_ok=True)
    for decision, result in results(wanted, executor, tell):
        _write_page(result, decision)
        _count(result, decision, report)
        tell(_record(result, decision))
    return report


def results(wanted: Iterable[Decision], executor: Executor, tell: Tell) -> Iterator[tuple[Decision, PageResult]]:
    """The pages in the order in which they are finished, each with the decision on it."""
    waiting: dict[Future[PageResult], Decision] = {}
    lost: list[Decision] = []
    for decision in wanted:
        try:
            waiting[executor.submit(run_elsewhere, decision.spec, decision.inputs)] = decision
        except BrokenExecutor:
            lost.append(decision)
    for future in as_completed(list(waiting)):
        decision = waiting.pop(future)
        oldest = islice(waiting.items(), LOOKED_AT)
        tell({"event": "running", "pages": [other.name for key, other in oldest if key.running()]})
        try:
            yield decision, future.result()
        except (BrokenExecutor, CancelledError):
            lost.append(decision)
        except Exception as error:  # what the executor itself raises: a page that killed every worker it was given to
            yield decision, PageResult(decision.spec, None, failure_of(error), 0.0)
    yield from ((decision, run_page(decision.spec)) for decision in lost)


def run_elsewhere(spec: PageSpec, expected: Inputs) -> PageResult:
    """Make a page on a worker, which may be another machine with a copy of the project of its own.

    A copy that differs would make another page than the one asked for: the page fails, and says what differs.
    """
    try:
        if other := inputs.changed(expected, inputs.of_pages([spec])[spec.name]):
            raise RuntimeError(f"the worker's copy of the project differs from this one: {', '.join(other)}")
    except Exception as error:
        return PageResult(spec, None, failure_of(error), 0.0)
    return run_page(spec)


def _record(result: PageResult, decision: Decision) -> dict[str, object]:
    """A finished page as a line of the run log."""
    failure = result.failure
    return {
        "event": "page",
        "page": decision.name,
        "status": "failed" if failure else "made",
        "seconds": round(result.seconds, 3),
        "peak_mb": round(result.peak / MEGABYTE, 1) if result.peak else None,
        "why": list(decision.why),
        **({"cell": failure.cell, "error": failure.error, "frame": failure.frame} if failure else {}),
    }


def _count(result: PageResult, decision: Decision, report: Report) -> None:
    if result.failure is None:
        report.made.append(decision.name)
    else:
        report.failed[decision.name] = FailedPage(result.spec, result.failure, _log(decision))


def _log(decision: Decision) -> Path:
    return log_of(decision.edition, decision.spec.name)


def _write_page(result: PageResult, decision: Decision) -> None:
    """Write a finished page, or the page that says why it is missing; one of the other kind gives way."""
    spec, book, log = result.spec, decision.edition.book, _log(decision)
    for file, text in (result.content or {}).items():
        write_whole(book / file, stamped(file, text, decision.inputs))
    if result.failure is not None:
        for file in spec.files:
            (book / file).unlink(missing_ok=True)
        write_whole(book / spec.stub, _missing(spec, result.failure))
        write_whole(log, result.failure.traceback)
        if result.failure.notebook:
            write_whole(log.with_suffix(".ipynb"), result.failure.notebook)
    elif spec.stub != spec.path:
        (book / spec.stub).unlink(missing_ok=True)


def _missing(spec: PageSpec, failure: Failure) -> str:
    """What stands where a page failed, in the form that the book reads there."""
    values = dict(spec.parameters)
    lines = fragments.missing(Text(values["language"]), spec.name, failure.cell, failure.error)
    if spec.notebook == LAB:
        return fragments.as_json([("", paragraphs(lines, "missing"))])
    return fragments.missing_page(page_title(spec.notebook, values), lines)
