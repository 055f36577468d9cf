"""`paritrana validate`, `verify`, `backtest`: whether the data, the numbers and the estimates hold."""

from __future__ import annotations

import json
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from paritrana.cli.needs import book_libraries, project_paths, put_back_site
from paritrana.cli.terminal import INVALID, complaining, console


def validate(
    root: Annotated[
        Path | None, typer.Option(help="Another folder to check, with data/ and params/.", show_default=False)
    ] = None,
) -> None:
    """Check every table and every parameter file; report all faults at once."""
    checked = root or project_paths().ROOT
    book_libraries()
    from paritrana.validation import validate as faults_of

    faults = faults_of(checked)
    for fault in faults:
        typer.echo(str(fault))
    counted = "1 fault." if len(faults) == 1 else f"{len(faults)} faults."
    typer.echo(counted if faults else "The data and the parameters are valid.")
    if faults:
        raise typer.Exit(INVALID)


def verify(
    site: Annotated[Path | None, typer.Argument(help="The folder of a built site.", show_default="_build/html")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Provinces computed at once.")] = os.cpu_count() or 1,
) -> None:
    """Make the results of a site again and say which numbers, files and inputs differ, and by how much."""
    built = project_paths().BUILD / "html"
    book_libraries()
    from paritrana.results import report
    from paritrana.results.verify import verify as verified

    put_back_site()
    with (
        complaining(),
        console.status("The results are computed again"),
        ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as executor,
    ):
        found = verified(site or built, executor)
    for sentence in report.sentences(found):
        typer.echo(sentence)
    if not found.same:
        raise typer.Exit(INVALID)


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
    project_paths()
    book_libraries()
    if freeze is not None:
        _freeze(freeze, date, draws, seed)
        return
    from paritrana.analysis import backtest as made
    from paritrana.parameters.page import national
    from paritrana.record.tables import bundled_tables
    from paritrana.record.years import YEARS

    with complaining(), console.status("Every recorded value is left out once"):
        defaults = [national({"year": year, "draws": draws, "seed": seed}) for year in years or YEARS]
        report = made.backtest(bundled_tables(), [each.year for each in defaults], defaults[0])
    typer.echo(json.dumps(report, indent=1) if as_json else "\n".join(made.sentences(report)))


def _freeze(year: int, day: str, draws: int | None, seed: int | None) -> None:
    """Freeze the forecast of an assessment year."""
    from paritrana.analysis import forecast as made
    from paritrana.analysis.store import estimates_under
    from paritrana.parameters.page import national

    with complaining(), console.status("Every province is ranked once"):
        defaults = national({"year": year, "draws": draws, "seed": seed})
        told = made.forecast(estimates_under(defaults.rubric), year, defaults)
        path = made.freeze(told, year, day)
    typer.echo(f"The forecast of {year} is frozen in {path.name} of data/forecasts.")
