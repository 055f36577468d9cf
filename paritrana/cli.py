"""The command line: `paritrana build`, `serve`, `validate`, `rank`."""

from __future__ import annotations

import functools
import http.server
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table as RichTable

from paritrana import paths
from paritrana.faults import InvalidInput

if TYPE_CHECKING:
    from paritrana.rank import Result

app = typer.Typer(
    help="The Paritrana report book: builds it, serves it, checks its data.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
console = Console(stderr=True)
UNUSABLE = 2  # exit code for a table or a rubric that cannot be ranked
INVALID = 1  # exit code for input that cannot be used, and for a book with a page missing

Province = Annotated[
    list[str] | None,
    typer.Option("--province", "-p", help="Province code, such as 13; repeat it. All 38 where none is given."),
]


@contextmanager
def _told(code: int = INVALID) -> Iterator[None]:
    """Turn faults into sentences on the terminal and an exit code."""
    try:
        yield
    except InvalidInput as error:
        for fault in error.faults:
            console.print(str(fault), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(code) from error


@app.command(epilog="Example: paritrana build --province 13 --province 51 --year 2024")
def build(
    province: Province = None,
    year: Annotated[int | None, typer.Option(help="Assessment year.")] = None,
    rubric: Annotated[str | None, typer.Option(help="Rubric: a file of params/rubrics/.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the book: id or en.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks run at once.")] = os.cpu_count() or 1,
) -> None:
    """Run the notebooks and build the book into _build/html."""
    # Imported here: `--help` should not wait for papermill and matplotlib.
    from paritrana import plan, site
    from paritrana.build import make_pages
    from paritrana.validation import validate as faults_of

    start = time.monotonic()
    with _told():
        defaults, provinces = plan.book(province or (), {"year": year, "rubric": rubric, "language": language})
        if faults := faults_of():
            raise InvalidInput(faults)
    with _watching() as watch, ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as executor:
        report = make_pages(defaults, provinces, executor, watch)
    with console.status("Jupyter Book makes the site"):
        index, warnings = site.make_site(provinces, defaults.language)
    _summary(report.made, report.failed, warnings, time.monotonic() - start)
    console.print(f"The book: {index}", markup=False, soft_wrap=True)
    if report.failed or warnings:
        raise typer.Exit(INVALID)


@contextmanager
def _watching() -> Iterator[Callable[[dict[Future[Any], str]], None]]:
    """A progress bar over the pages: how many are left, and which run now."""
    columns = (
        BarColumn(24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=None)

        def watch(waiting: dict[Future[Any], str]) -> None:
            if progress.tasks[0].total is None:
                progress.update(task, total=len(waiting))
            running = [name for future, name in waiting.items() if future.running()]
            done = (progress.tasks[0].total or 0) - len(waiting)
            progress.update(task, completed=done, description=", ".join(running[:3]))

        yield watch


def _summary(made: list[str], failed: dict[str, Any], warnings: list[str], seconds: float) -> None:
    """What was built, in a few lines."""
    console.print(f"{len(made)} pages, {len(failed)} failed, {len(warnings)} warnings, {seconds:.0f} s")
    for name, failure in failed.items():
        where = f' in "{failure.cell}"' if failure.cell else ""
        console.print(
            f"failed: {name}{where}: {failure.error}", style="red", markup=False, highlight=False, soft_wrap=True
        )
    for warning in warnings:
        console.print(warning, style="yellow", markup=False, highlight=False, soft_wrap=True)


@app.command(epilog="Example: paritrana validate")
def validate(
    root: Annotated[
        Path, typer.Option(help="The project to check: the folder that holds data/ and params/.")
    ] = paths.ROOT,
) -> None:
    """Check every table and every parameter file; report all faults at once."""
    from paritrana.validation import validate as faults_of

    faults = faults_of(root)
    for fault in faults:
        typer.echo(str(fault))
    counted = "1 fault." if len(faults) == 1 else f"{len(faults)} faults."
    typer.echo(counted if faults else "The data and the parameters are valid.")
    if faults:
        raise typer.Exit(INVALID)


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
    from paritrana import rank as ranking
    from paritrana.rubric import load_rubric

    with _told(UNUSABLE):
        read = load_rubric(rubric)
        result = ranking.rank_table(
            ranking.read_table(table, read), read, ranking.region_of(read, space, radius), draws=draws, seed=seed
        )
    if as_json:
        typer.echo(json.dumps(ranking.as_json(result), ensure_ascii=False, allow_nan=False))
    else:
        _show_ranking(result)


def _show_ranking(result: Result) -> None:
    """A ranking as a table and two sentences."""
    from paritrana.rank import sentences

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


@app.command(epilog="Example: paritrana serve --port 8000")
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 8000,
) -> None:
    """Serve the built book on this machine."""
    folder = paths.BUILD / "html"
    if not (folder / "index.html").exists():
        console.print("There is no book yet: run `paritrana build` first.", style="red", markup=False)
        raise typer.Exit(INVALID)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        typer.echo(f"The book is at http://127.0.0.1:{server.server_port}/ (Ctrl+C stops)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("Stopped.")
