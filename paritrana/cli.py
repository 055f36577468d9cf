"""The command line: `paritrana build`, `serve`, `validate`."""

from __future__ import annotations

import functools
import http.server
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from paritrana import paths
from paritrana.faults import InvalidInput

app = typer.Typer(
    help="The Paritrana report book: builds it, serves it, checks its data.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
console = Console(stderr=True)
INVALID = 1  # exit code for input that cannot be used, and for a book with a page missing

Province = Annotated[
    list[str] | None,
    typer.Option("--province", "-p", help="Province code, such as 13; repeat it. All 38 where none is given."),
]


@contextmanager
def _told() -> Iterator[None]:
    """Turn faults into sentences on the terminal and exit code 1."""
    try:
        yield
    except InvalidInput as error:
        for fault in error.faults:
            console.print(str(fault), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(INVALID) from error


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
