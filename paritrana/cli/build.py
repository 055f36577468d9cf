"""`paritrana build`: the book, and what is told of it while it is made."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paritrana.cli.needs import book_libraries, pdf_tools, project_paths, put_back_site
from paritrana.cli.options import Language, Province, Rubric, Year, written
from paritrana.cli.terminal import INVALID, building, complain, complaining, console

if TYPE_CHECKING:
    from paritrana.build.make import Outcome
    from paritrana.build.progress import Tell
    from paritrana.build.run.outcome import FailedPage
    from paritrana.parameters.page import Given
    from paritrana.plan.stale import Decision


def build(
    province: Province = None,
    year: Year = None,
    rubric: Rubric = None,
    language: Language = None,
    jobs: Annotated[int, typer.Option(min=1, help="Pages made at once on this machine.")] = 2 * (os.cpu_count() or 1),
    executor: Annotated[str, typer.Option(help="Where pages are made: local, or dask:tcp://HOST:PORT.")] = "local",
    only: Annotated[
        list[str] | None, typer.Option(help="Run this page alone, such as provinces/51-bali/budget; no site is made.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each page why it runs, or that it need not.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what --explain says, and neither run nor write anything.")
    ] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print the site too, with a Chromium: a brief of each province, and the book.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong.")] = False,
    json_log: Annotated[bool, typer.Option("--json-log", help="Print what happens as lines of JSON.")] = False,
) -> None:
    """Run the notebooks that something changed for and build the book into _build/html, in all its languages.

    In one language alone it goes into _build/html-LANGUAGE, with another year or rubric into _build/html-YEAR-RUBRIC.
    With --pdf the site is printed into a folder beside it, such as _build/paper.
    """
    _refuse_what_cannot_be_made(only, pdf)
    from paritrana.build import locks, make

    given = {"year": year, "rubric": rubric, "language": language}
    request = make.Request(province or (), given, executor, jobs, only or (), pdf)
    with complaining(), building():
        if not dry_run:
            put_back_site()
        ready = make.planned(request)
        if explain or dry_run:
            _explain(ready.decisions)
        if dry_run:
            return
        with locks.alone(), _telling(quiet, json_log) as tell:
            outcome = make.make(request, ready, tell)
    _summary(outcome, given, quiet or json_log)
    if outcome.faulty:
        raise typer.Exit(INVALID)


def _refuse_what_cannot_be_made(only: Sequence[str] | None, pdf: bool) -> None:
    """End the command with a sentence where something is missing, or two options exclude each other."""
    project_paths()
    book_libraries()
    if pdf and only:
        complain("--pdf prints a whole site, and with --only none is made: leave one of them out.")
        raise typer.Exit(INVALID)
    if pdf:
        pdf_tools()


def _explain(decisions: Sequence[Decision]) -> None:
    """A line for each page."""
    for decision in decisions:
        typer.echo(f"{decision.name}: {'runs: ' + '; '.join(decision.why) if decision.why else 'as it was'}")


@contextmanager
def _telling(quiet: bool, json_log: bool) -> Iterator[Tell]:
    """Everything that happens goes into the run log, and to the terminal as it was asked for."""
    from paritrana import paths
    from paritrana.build import progress

    with ExitStack() as stack:
        told = [stack.enter_context(progress.run_log(paths.BUILD / "logs" / "build.jsonl"))]
        if json_log:
            told.append(progress.json_lines(sys.stdout))
        elif not quiet:
            told.append(stack.enter_context(progress.bar(console)))

        def tell(record: Mapping[str, Any]) -> None:
            for each in told:
                each(record)

        yield tell


def _summary(outcome: Outcome, given: Given, quiet: bool) -> None:
    """What was built, in a few lines; of a page that failed all that is needed to mend it."""
    report, site = outcome.report, outcome.site
    warnings = site.warnings if site else ()
    if not quiet:
        counts = f"{len(report.made)} pages made, {len(report.kept)} as they were, {len(report.failed)} failed"
        console.print(f"{counts}, {len(warnings)} warnings, {outcome.seconds:.0f} s", highlight=False)
    for name, page in report.failed.items():
        complain(_failed(name, page, given))
    for warning in warnings:
        complain(warning, "yellow")
    if site and site.failure:
        complain(site.failure)
    elif site and not quiet:
        console.print(f"The book: {site.index}", markup=False, soft_wrap=True)
    for sentence in outcome.unprinted:
        complain(sentence)
    if outcome.paper and not quiet:
        console.print(f"On paper: {outcome.paper}", markup=False, soft_wrap=True)


def _failed(name: str, page: FailedPage, given: Given) -> str:
    """Everything that is needed to find out why a page failed."""
    failure = page.failure
    rest = {
        "at": failure.frame,
        "with": ", ".join(f"{key}={value!r}" for key, value in page.spec.parameters),
        "log": str(page.log),
        "again": " ".join(["paritrana build --only", name, *written(given)]),
    }
    where = f' in "{failure.cell}"' if failure.cell else ""
    return "\n".join(
        [f"failed: {name}{where}: {failure.error}", *(f"  {key}: {said}" for key, said in rest.items() if said)]
    )
