"""`paritrana rank`: any table, ranked and shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from paritrana.cli.needs import book_libraries
from paritrana.cli.terminal import UNUSABLE, complain, complaining

if TYPE_CHECKING:
    from paritrana.analysis.any_table import Result


TableFile = Annotated[
    Path,
    typer.Argument(
        help="CSV, Excel or OpenDocument, - for standard input: names, then a column per criterion; "
        "empty is unknown, lo..hi an interval."
    ),
]
Rubric = Annotated[
    Path | None,
    typer.Option(help="A YAML file as in params/rubrics/; without it columns weigh the same and more is better."),
]
Sheet = Annotated[str | None, typer.Option(help="Sheet of a workbook; else the first that holds anything.")]
Decimal = Annotated[
    str | None, typer.Option(help="point or comma: the mark of decimals, where a column leaves it open.")
]
Space = Annotated[str, typer.Option(help="Admissible weights: simplex, box, dirichlet or order.")]
Radius = Annotated[
    float | None, typer.Option(help="box: share to either side (0.1); dirichlet: sum of the concentrations.")
]


def rank(
    table: TableFile,
    rubric: Rubric = None,
    sheet: Sheet = None,
    decimal: Decimal = None,
    space: Space = "simplex",
    radius: Radius = None,
    draws: Annotated[int, typer.Option(min=1, help="Random draws behind each acceptability.")] = 20_000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draws.")] = 16_800,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a row of CSV for each alternative, by rank.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Also write one HTML page that stands alone, with pictures.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of that page: id or en.")] = "id",
) -> None:
    """Rank any table under a rubric: scores, rank ranges, acceptabilities, what would have to change."""
    from paritrana.analysis import any_table as ranking
    from paritrana.analysis.own_table import read_own
    from paritrana.parameters.rubric import load_own_rubric

    _refuse_options(as_json, as_csv, language, radius is not None and space in ("simplex", "order"))
    if html is not None:
        book_libraries()
    with complaining(UNUSABLE):
        told, read = read_own(table, load_own_rubric(rubric) if rubric else None, sheet=sheet, decimal=decimal)
        result = ranking.rank_table(told, read, ranking.space_of(read, space, radius), draws=draws, seed=seed)
    if html is not None:
        _write_page(html, table, result, language)
    if as_json:
        typer.echo(json.dumps(ranking.as_json(result), ensure_ascii=False, allow_nan=False))
    elif as_csv:
        typer.echo(ranking.as_csv(result), nl=False)
    else:
        _show_ranking(result)


def _refuse_options(as_json: bool, as_csv: bool, language: str, radius: bool) -> None:
    """End with a sentence where the options do not go together."""
    if radius:
        complain("--radius: --space box or dirichlet was expected with it; the other spaces have none.")
        raise typer.Exit(UNUSABLE)
    if as_json and as_csv:
        complain("--json and --csv: one of them was expected.")
        raise typer.Exit(UNUSABLE)
    if language not in ("id", "en"):
        complain(f'--language: "{language}" was found, id or en was expected.')
        raise typer.Exit(UNUSABLE)


def _write_page(path: Path, table: Path, result: Result, language: str) -> None:
    """The ranking as a page."""
    from paritrana.analysis.any_table import all_notes
    from paritrana.files import write_whole
    from paritrana.pages.own_table import report
    from paritrana.presentation.language import Text

    try:
        write_whole(
            path, report(Text(language), result, title="" if str(table) == "-" else table.stem, notes=all_notes(result))
        )
    except OSError as error:
        complain(f"{error.filename or path} could not be written: {error.strerror or error}.")
        raise typer.Exit(UNUSABLE) from error


def _show_ranking(result: Result) -> None:
    """A ranking as a table and two sentences."""
    from paritrana.analysis.any_table import range_in_words, sentences, share_in_words

    shown = Table("rank", "alternative", "score", "rank range", "first", "top three")
    chances = result.chances
    for at in result.order:
        low, high = result.score_low[at], result.score_high[at]
        shown.add_row(
            str(result.rank[at]),
            escape(result.table.alternatives[at]),
            f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}",
            range_in_words(result, at),
            share_in_words(float(chances.share[at, 0]), chances.draws),
            f"{chances.top(3)[at]:.1%}",
        )
    Console().print(shown)
    for sentence in sentences(result):
        typer.echo(sentence)
