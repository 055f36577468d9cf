"""`paritrana template` and `paritrana import`: a panel's own workbook, out and in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paritrana.cli.needs import book_libraries, project_paths
from paritrana.cli.terminal import INVALID, complain, complaining

if TYPE_CHECKING:
    from paritrana.panel.panel import Panel

WORKBOOK = ".xlsx"
Language = Annotated[str, typer.Option(help="Language of the workbook, and of what is said of it: id or en.")]


def template(
    target: Annotated[Path, typer.Argument(help="A new .xlsx file, or a new folder for CSV files.")],
    province: Annotated[str, typer.Option(help="Province code, such as 13.")],
    year: Annotated[int, typer.Option(help="Assessment year.")],
    category: Annotated[
        str,
        typer.Option(
            help="kabupaten_kota, provinsi, desa, usaha_besar, usaha_menengah, usaha_mikro, layanan_publik or other."
        ),
    ] = "kabupaten_kota",
    names: Annotated[
        Path | None, typer.Option(help="The candidates, one a line; of kabupaten_kota the record knows them.")
    ] = None,
    jurors: Annotated[int, typer.Option(min=1, max=30, help="How many jurors give points.")] = 3,
    rubric: Annotated[
        str | None, typer.Option(help="Rubric to begin with: a file of params/rubrics/, or the path of one.")
    ] = None,
    language: Language = "id",
) -> None:
    """Write a workbook for a panel: candidates, rubric and the record's figures filled in, all else empty."""
    project_paths()
    book_libraries()
    from paritrana.files import write_whole
    from paritrana.panel.template import template as made
    from paritrana.panel.template import wanted
    from paritrana.panel.writing import csv_texts, workbook
    from paritrana.presentation.language import Text
    from paritrana.record.tables import bundled_tables

    if target.exists():
        complain(f"{target} is there already: name a new file, so that nothing that was filled in is lost.")
        raise typer.Exit(INVALID)
    with complaining():
        say = Text(_language(language))
        sheets, rows = made(say, wanted(province, year, category, names, jurors, rubric), bundled_tables())
        if target.suffix == WORKBOOK:
            write_whole(target, workbook(say, sheets, rows))
        else:
            for key, text in csv_texts(sheets, rows).items():
                write_whole(target / f"{key}.csv", text)
    typer.echo(f"{target}: {len(rows['candidates'])} candidates, {jurors} jurors.")
    typer.echo(f"Fill it in, then run `paritrana import {target}`.")


def _language(code: str) -> str:
    from paritrana.faults import Fault, InvalidInput
    from paritrana.panel.layout import LANGUAGES

    if code not in LANGUAGES:
        raise InvalidInput([Fault("--language", None, None, code, "id or en was expected")])
    return code


def import_(
    workbook: Annotated[Path, typer.Argument(help="A workbook (.xlsx, .ods), a folder of CSV files, or an overlay.")],
    into: Annotated[
        Path | None,
        typer.Option(help="Folder of the overlay; else panels/ and the workbook's name.", show_default=False),
    ] = None,
    report: Annotated[
        bool, typer.Option("--report", help="Also write the panel's ranking as one HTML page beside the overlay.")
    ] = False,
    publish: Annotated[
        bool, typer.Option("--publish", help="The page is for everybody: it and its name carry no mark.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    language: Language = "id",
) -> None:
    """Read a panel's workbook: every fault at once, by sheet and cell; then what changes, and an overlay of the record.

    The bundled data are never written to, and no book reads an overlay by itself.
    """
    paths = project_paths()
    book_libraries()
    from paritrana.panel import overlay
    from paritrana.presentation.language import Text
    from paritrana.record.tables import bundled_tables

    folder = into or paths.ROOT / overlay.FOLDER / workbook.stem
    with complaining():
        say = Text(_language(language))
        panel = overlay.read_panel(workbook, say, bundled_tables())
        before = overlay.existing(folder, panel, say, bundled_tables())
    changes = list(overlay.differences(before, panel))
    for line in changes or ["Nothing is new."]:
        typer.echo(line)
    if changes and not dry_run:
        _write(folder, panel)
    counted = "1 change" if len(changes) == 1 else f"{len(changes)} changes"
    typer.echo(f"{counted}; nothing was written." if dry_run or not changes else f"{counted}, written to {folder}.")
    if report and not dry_run:
        typer.echo(f"The report: {_report(folder, panel, publish=publish)}")


def _report(folder: Path, panel: Panel, *, publish: bool) -> Path:
    """Write the page of a panel's ranking beside its overlay; whose figures are confidential its name says."""
    from paritrana.analysis.judging import judge
    from paritrana.files import write_whole
    from paritrana.pages.judging import report
    from paritrana.parameters.page import national
    from paritrana.presentation.language import Text
    from paritrana.record.tables import bundled_tables

    say, usual = Text(panel.language), national()
    marked = panel.confidential and not publish
    told = say("rahasia")
    path = folder.with_name(f"{folder.name}{f'-{told}' if marked else ''}.html")
    found = judge(panel, bundled_tables(), draws=usual.draws, seed=usual.seed)
    write_whole(path, report(say, found, mark=marked))
    return path


def _write(folder: Path, panel: Panel) -> None:
    from paritrana.panel import overlay

    try:
        overlay.write(folder, panel)
    except OSError as error:
        complain(f"{error.filename or folder} could not be written: {error.strerror or error}.")
        raise typer.Exit(INVALID) from error
