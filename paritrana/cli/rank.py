"""`paritrana rank`: any table, ranked and shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from paritrana.cli.terminal import UNUSABLE, complaining

if TYPE_CHECKING:
    from paritrana.analysis.any_table import Result


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

    with complaining(UNUSABLE):
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
    from paritrana.analysis.any_table import range_in_words, sentences, share_in_words

    shown = Table("rank", "alternative", "score", "rank range", "first", "top three")
    chances = result.chances
    for at in sorted(range(len(result.rank)), key=lambda at: int(result.rank[at])):
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
