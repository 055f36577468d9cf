"""What a command needs before it begins, or a sentence that says what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from types import ModuleType

import typer

from paritrana import project
from paritrana.cli.terminal import UNREADY, complain

BOOK_LIBRARIES = ("jupyter_book", "papermill", "pandas", "frictionless", "matplotlib")  # of the extra [book]
PDF_LIBRARIES = ("playwright", "pikepdf")  # of the extra [pdf]
REFRESH_LIBRARIES = ("requests", "tenacity", "openpyxl")  # of the extra [refresh]


def book_libraries() -> None:
    """End a command that needs the book's libraries with a sentence where they are not installed."""
    _libraries("The libraries of the book", BOOK_LIBRARIES, "book")


def refresh_libraries() -> None:
    """The same for a command that asks portals."""
    _libraries("The libraries for portals", REFRESH_LIBRARIES, "book,refresh")


def pdf_tools() -> None:
    """End a command that prints with a sentence where what it needs is not installed: libraries, or a Chromium."""
    _libraries("The libraries for PDF files", PDF_LIBRARIES, "pdf")
    from paritrana.build.paper.printer import refuse_no_browser

    try:
        refuse_no_browser()
    except RuntimeError as error:
        complain(str(error))
        raise typer.Exit(UNREADY) from error


def _libraries(what: str, names: Sequence[str], extra: str) -> None:
    """End a command with a sentence where libraries of an extra are not installed."""
    if lacking := [name for name in names if not find_spec(name)]:
        complain(f'{what} are not installed ({", ".join(lacking)}): pip install "paritrana[{extra}]".')
        raise typer.Exit(UNREADY)


def project_paths() -> ModuleType:
    """`paritrana.paths` for a command that works on a project; ends it with a sentence where there is none."""
    chosen = project.named()
    if not chosen:
        complain(
            f"A project was expected, a folder with {', '.join(project.PARTS)}, and neither the working folder nor one "
            "above it is one: change into one, or name it after paritrana, as in paritrana -C FOLDER build."
        )
        raise typer.Exit(UNREADY)
    if lacking := project.missing(chosen):
        complain(f"{chosen} is no project: it has no {', no '.join(lacking)}.")
        raise typer.Exit(UNREADY)
    from paritrana import paths

    if chosen != paths.ROOT:
        raise RuntimeError(f"this process works on {paths.ROOT} already, and cannot turn to {chosen}")
    from paritrana.contribution.writing import finish

    with suppress(OSError):  # of a project that cannot be written to nothing was begun
        finish(paths.DATA)
    own = chosen / paths.LIBRARY.name
    if own.is_dir() and own.resolve() != paths.LIBRARY:
        complain(f"The library at work is {paths.LIBRARY}, not the project's own in {own}.", "yellow")
    return paths


def put_back_site() -> None:
    """The site in its place, whatever ended the build before; where that cannot be, what follows says why."""
    from paritrana.build.site.publishing import put_back

    with suppress(OSError):
        put_back()
