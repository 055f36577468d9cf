"""The options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from paritrana.parameters.page import Given

Year = Annotated[int | None, typer.Option(help="Assessment year.")]
Rubric = Annotated[str | None, typer.Option(help="Rubric: a file of params/rubrics/.")]
Language = Annotated[str | None, typer.Option(help="Language of a book in one alone: id or en.")]
Province = Annotated[
    list[str] | None,
    typer.Option("--province", "-p", help="Province code, such as 13; repeat it. All 38 where none is given."),
]


def written(given: Given) -> list[str]:
    """What was given, as it is written on the command line."""
    return [f"--{key} {value}" for key, value in (given or {}).items() if value is not None]
