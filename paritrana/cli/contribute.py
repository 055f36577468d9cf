"""`paritrana contribute`: new rows for the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paritrana.cli.needs import book_libraries, project_paths
from paritrana.cli.terminal import building, complaining

# Tables that rows can be added to.
ADDABLE = (
    "observations, awards, regulations, sources, flags, corrections, notes, labour_force, "
    "participants_province, apbd_jawa_timur"
)


def contribute(
    folder: Annotated[Path, typer.Argument(help=f"CSV files with the columns of those in data/: any of {ADDABLE}.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
) -> None:
    """Add rows to the record: check them with all that is there, show what they change, write all or nothing."""
    project_paths()
    book_libraries()
    with complaining(), building():
        take_in(folder, dry_run=dry_run)


def take_in(folder: Path, *, dry_run: bool) -> None:
    """Through the door with the rows of a folder; raises InvalidInput, and writes nothing, where one may not pass."""
    from paritrana.build import locks
    from paritrana.contribution import contribute as door

    with locks.alone():
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
