"""The command line: `paritrana build`, `serve`, `validate`, `contribute`, `verify`, `rank`."""

from __future__ import annotations

import functools
import http.server
import json
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from paritrana import project

if TYPE_CHECKING:
    from paritrana.analysis.any_table import Result
    from paritrana.build.make import Outcome
    from paritrana.build.progress import Tell
    from paritrana.build.run.outcome import FailedPage
    from paritrana.parameters.page import Given
    from paritrana.plan.stale import Decision

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
)
console = Console(stderr=True)
UNUSABLE = 2  # exit code for a table or a rubric that cannot be ranked
INVALID = 1  # exit code for input that cannot be used, and for a book with a page missing
UNREADY = 2  # exit code where there is no project to work on, or a library is missing
BOOK_LIBRARIES = ("jupyter_book", "papermill", "pandas", "frictionless", "matplotlib")  # of the extra [book]
ADDABLE = "observations, awards, regulations, sources, flags, corrections"  # tables that rows can be added to
INTERRUPTED = 130  # exit code after Ctrl+C, as shells have it
GO_ON = "What is made by now is kept: run the same command again to go on."

Year = Annotated[int | None, typer.Option(help="Assessment year.")]
Rubric = Annotated[str | None, typer.Option(help="Rubric: a file of params/rubrics/.")]
Language = Annotated[str | None, typer.Option(help="Language of a book in one alone: id or en.")]
Province = Annotated[
    list[str] | None,
    typer.Option("--province", "-p", help="Province code, such as 13; repeat it. All 38 where none is given."),
]


@app.callback()
def main(
    folder: Annotated[
        Path | None,
        typer.Option("-C", metavar="FOLDER", help="The project; else the nearest at or above the working folder."),
    ] = None,
) -> None:
    """The Paritrana report book: builds it, serves it, checks its data."""
    chosen = folder or project.nearest() or project.named()
    if chosen:  # what is imported from here on, and every process that starts, works on it
        os.environ[project.VARIABLE] = str(chosen.resolve())


def _book_libraries() -> None:
    """End a command that needs the book's libraries with a sentence where they are not installed."""
    if lacking := [name for name in BOOK_LIBRARIES if not find_spec(name)]:
        _complain(f'The libraries of the book are not installed ({", ".join(lacking)}): pip install "paritrana[book]".')
        raise typer.Exit(UNREADY)


def _paths() -> ModuleType:
    """`paritrana.paths` for a command that works on a project; ends it with a sentence where there is none."""
    chosen = project.named()
    if not chosen:
        _complain(
            f"A project was expected, a folder with {', '.join(project.PARTS)}, and neither the working folder nor one "
            "above it is one: change into one, or name it after paritrana, as in paritrana -C FOLDER build."
        )
        raise typer.Exit(UNREADY)
    if lacking := project.missing(chosen):
        _complain(f"{chosen} is no project: it has no {', no '.join(lacking)}.")
        raise typer.Exit(UNREADY)
    from paritrana import paths

    if chosen != paths.ROOT:
        raise RuntimeError(f"this process works on {paths.ROOT} already, and cannot turn to {chosen}")
    from paritrana.contribution.writing import finish

    with suppress(OSError):  # of a project that cannot be written to nothing was begun
        finish(paths.DATA)
    own = chosen / paths.LIBRARY.name
    if own.is_dir() and own.resolve() != paths.LIBRARY:
        _complain(f"The library at work is {paths.LIBRARY}, not the project's own in {own}.", "yellow")
    return paths


@contextmanager
def _told(code: int = INVALID) -> Iterator[None]:
    """Turn faults into sentences on the terminal and an exit code."""
    from paritrana.faults import InvalidInput

    try:
        yield
    except InvalidInput as error:
        for fault in error.faults:
            _complain(str(fault))
        raise typer.Exit(code) from error


@contextmanager
def _building() -> Iterator[None]:
    """Turn what keeps a build from going on into a sentence; what is made by then is whole and stays.

    SIGTERM ends a build as Ctrl+C does.
    """
    from filelock import Timeout

    def end(*_: object) -> None:
        logging.disable()  # of kernels that are ended in the middle Jupyter would report at length
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        _complain(f"Interrupted. {GO_ON}")
        sys.stdout.flush()
        os._exit(INTERRUPTED)  # Python would wait for threads whose kernels are gone
    except Timeout as error:
        _complain(f"Another build is at work in this folder (it holds {error.lock_file}): wait for it to end.")
        raise typer.Exit(INVALID) from error
    except OSError as error:
        _complain(f"{error.filename or 'a file'} could not be written: {error.strerror or error}. {GO_ON}")
        raise typer.Exit(INVALID) from error
    except RuntimeError as error:
        _complain(str(error))
        raise typer.Exit(INVALID) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _put_back() -> None:
    """The site in its place, whatever ended the build before; where that cannot be, what follows says why."""
    from paritrana.build.site.publishing import put_back

    with suppress(OSError):
        put_back()


def _complain(sentence: str, style: str = "red") -> None:
    console.print(sentence, style=style, markup=False, highlight=False, soft_wrap=True)


@app.command(epilog="Example: paritrana build --province 13 --province 51 --year 2024")
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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong.")] = False,
    json_log: Annotated[bool, typer.Option("--json-log", help="Print what happens as lines of JSON.")] = False,
) -> None:
    """Run the notebooks that something changed for and build the book into _build/html, in all its languages.

    In one language alone it goes into _build/html-LANGUAGE, with another year or rubric into _build/html-YEAR-RUBRIC.
    """
    _paths()
    _book_libraries()
    # Imported here: `--help` should not wait for pandas.
    from paritrana.build import locks, make

    given = {"year": year, "rubric": rubric, "language": language}
    request = make.Request(province or (), given, executor, jobs, only or ())
    with _told(), _building():
        if not dry_run:
            _put_back()
        ready = make.planned(request)
        if explain or dry_run:
            _explain(ready.decisions)
        if dry_run:
            return
        with locks.alone(), _telling(quiet, json_log) as tell:
            outcome = make.make(request, ready, tell)
    _summary(outcome, given, quiet or json_log)
    if outcome.report.failed or (outcome.site and (outcome.site.failure or outcome.site.warnings)):
        raise typer.Exit(INVALID)


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
        _complain(_failed(name, page, given))
    for warning in warnings:
        _complain(warning, "yellow")
    if site and site.failure:
        _complain(site.failure)
    elif site and not quiet:
        console.print(f"The book: {site.index}", markup=False, soft_wrap=True)


def _failed(name: str, page: FailedPage, given: Given) -> str:
    """Everything that is needed to find out why a page failed."""
    failure = page.failure
    rest = {
        "at": failure.frame,
        "with": ", ".join(f"{key}={value!r}" for key, value in page.spec.parameters),
        "log": str(page.log),
        "again": " ".join(["paritrana build --only", name, *_options(given)]),
    }
    where = f' in "{failure.cell}"' if failure.cell else ""
    return "\n".join(
        [f"failed: {name}{where}: {failure.error}", *(f"  {key}: {said}" for key, said in rest.items() if said)]
    )


def _options(given: Given) -> list[str]:
    """What was given, as it is written on the command line."""
    return [f"--{key} {value}" for key, value in (given or {}).items() if value is not None]


@app.command(epilog="Example: paritrana validate")
def validate(
    root: Annotated[
        Path | None, typer.Option(help="Another folder to check, with data/ and params/.", show_default=False)
    ] = None,
) -> None:
    """Check every table and every parameter file; report all faults at once."""
    checked = root or _paths().ROOT
    _book_libraries()
    from paritrana.validation import validate as faults_of

    faults = faults_of(checked)
    for fault in faults:
        typer.echo(str(fault))
    counted = "1 fault." if len(faults) == 1 else f"{len(faults)} faults."
    typer.echo(counted if faults else "The data and the parameters are valid.")
    if faults:
        raise typer.Exit(INVALID)


@app.command(epilog="Example: paritrana contribute my-rows --dry-run")
def contribute(
    folder: Annotated[Path, typer.Argument(help=f"CSV files with the columns of those in data/: any of {ADDABLE}.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
) -> None:
    """Add rows to the record: check them with all that is there, show what they change, write all or nothing."""
    _paths()
    _book_libraries()
    from paritrana.build import locks
    from paritrana.contribution import contribute as door

    with _told(), _building(), locks.alone():
        found = door.read(folder)
        if not found.rows:
            typer.echo(f"Nothing is new: the data has every row of {folder} already.")
            return
        changes = door.effects(found)
        for line in changes.figures or ["No figure that is picked changes."]:
            typer.echo(line)
        typer.echo(f"{len(changes.pages)} pages change: {', '.join(changes.pages)}")
        if not dry_run:
            door.write(found)
    counted = ", ".join(f"{count} to {table}.csv" for table, count in found.rows.items())
    typer.echo(f"Would add {counted}; nothing was written." if dry_run else f"Added {counted}.")


@app.command(epilog="Example: paritrana verify _build/html")
def verify(
    site: Annotated[Path | None, typer.Argument(help="The folder of a built site.", show_default="_build/html")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Provinces computed at once.")] = os.cpu_count() or 1,
) -> None:
    """Make the results of a site again and say which numbers, files and inputs differ, and by how much."""
    built = _paths().BUILD / "html"
    _book_libraries()
    from paritrana.results import report
    from paritrana.results.verify import verify as verified

    _put_back()
    with (
        _told(),
        console.status("The results are computed again"),
        ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as executor,
    ):
        found = verified(site or built, executor)
    for sentence in report.sentences(found):
        typer.echo(sentence)
    if not found.same:
        raise typer.Exit(INVALID)


@app.command(epilog="Example: paritrana backtest --years 2023 --years 2024 --json")
def backtest(
    years: Annotated[
        list[int] | None,
        typer.Option(help="Assessment year; may be given again.", show_default="all that the data carry"),
    ] = None,
    draws: Annotated[int | None, typer.Option(min=100, help="Random weights behind each probability.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the draws.")] = None,
    freeze: Annotated[
        int | None, typer.Option(metavar="YEAR", help="Only freeze the forecast of this assessment year in data/.")
    ] = None,
    date: Annotated[str, typer.Option(help="The day that the frozen forecast carries.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say how good the estimates are: leave out what is recorded and announced, and compare."""
    _paths()
    _book_libraries()
    if freeze is not None:
        _freeze(freeze, date, draws, seed)
        return
    from paritrana.analysis import backtest as made
    from paritrana.parameters.page import national
    from paritrana.record.tables import bundled_tables
    from paritrana.record.years import YEARS

    with _told(), console.status("Every recorded value is left out once"):
        defaults = [national({"year": year, "draws": draws, "seed": seed}) for year in years or YEARS]
        report = made.backtest(bundled_tables(), [each.year for each in defaults], defaults[0])
    typer.echo(json.dumps(report, indent=1) if as_json else "\n".join(made.sentences(report)))


def _freeze(year: int, day: str, draws: int | None, seed: int | None) -> None:
    """Freeze the forecast of an assessment year."""
    from paritrana.analysis import forecast as made
    from paritrana.analysis.store import estimates_under
    from paritrana.parameters.page import national

    with _told(), console.status("Every province is ranked once"):
        defaults = national({"year": year, "draws": draws, "seed": seed})
        told = made.forecast(estimates_under(defaults.rubric), year, defaults)
        path = made.freeze(told, year, day)
    typer.echo(f"The forecast of {year} is frozen in {path.name} of data/forecasts.")


@app.command(
    epilog="Example: paritrana rank table.csv --rubric params/rubrics/hypothesis-a.yml --space box --radius 0.1"
)
def rank(
    table: Annotated[
        Path, typer.Argument(help="CSV: names, then a column per criterion; empty is unknown, lo..hi an interval.")
    ],
    rubric: Annotated[Path, typer.Option(help="Rubric: a YAML file as in params/rubrics/.")],
    space: Annotated[str, typer.Option(help="Admissible weights: simplex, box, dirichlet or order.")] = "simplex",
    radius: Annotated[
        float | None, typer.Option(help="box: share to either side (0.1); dirichlet: sum of the concentrations.")
    ] = None,
    draws: Annotated[int, typer.Option(min=1, help="Random draws behind each acceptability.")] = 20_000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draws.")] = 16_800,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Rank any table under a rubric: scores, rank ranges, acceptabilities, what would have to change."""
    from paritrana.analysis import any_table as ranking
    from paritrana.parameters.rubric import load_rubric

    with _told(UNUSABLE):
        read = load_rubric(rubric)
        result = ranking.rank_table(
            ranking.read_table(table, read), read, ranking.space_of(read, space, radius), draws=draws, seed=seed
        )
    if as_json:
        typer.echo(json.dumps(ranking.as_json(result), ensure_ascii=False, allow_nan=False))
    else:
        _show_ranking(result)


def _show_ranking(result: Result) -> None:
    """A ranking as a table and two sentences."""
    from paritrana.analysis.any_table import sentences

    shown = RichTable("rank", "alternative", "score", "rank range", "first", "top three")
    chances, ranges = result.chances, result.ranges
    for at in sorted(range(len(result.rank)), key=lambda at: int(result.rank[at])):
        low, high = result.score_low[at], result.score_high[at]
        shown.add_row(
            str(result.rank[at]),
            escape(result.table.alternatives[at]),
            f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}",
            f"{ranges.best[at]} to {ranges.worst[at]}",
            f"{chances.share[at, 0]:.1%} ± {100 * chances.standard_error[at, 0]:.1f}",
            f"{chances.top(3)[at]:.1%}",
        )
    Console().print(shown)
    for sentence in sentences(result):
        typer.echo(sentence)


@app.command(epilog="Example: paritrana serve --language en --port 8000")
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 8000,
    year: Year = None,
    rubric: Rubric = None,
    language: Language = None,
) -> None:
    """Serve the book on this machine, as it was built with the same options."""
    _paths()
    _book_libraries()
    from paritrana.plan.edition import site_asked_for

    _put_back()
    given = {"year": year, "rubric": rubric, "language": language}
    with _told():
        folder = site_asked_for(given)
    if not (folder / "index.html").exists():
        _complain(f"There is no book yet: run `{' '.join(['paritrana build', *_options(given)])}` first.")
        raise typer.Exit(INVALID)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        typer.echo(f"The book is at http://127.0.0.1:{server.server_port}/ (Ctrl+C stops)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("Stopped.")
