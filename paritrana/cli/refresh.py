"""`paritrana refresh`: fresh official data, from a portal or from files that a person downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paritrana.cli.contribute import take_in
from paritrana.cli.needs import book_libraries, project_paths, refresh_libraries
from paritrana.cli.terminal import building, complaining, console

if TYPE_CHECKING:
    from paritrana.refresh.changes import Told
    from paritrana.refresh.client import Client

UNTRIED = (
    "The portals' answers are read as public documentation tells of them; this program has not met a real one yet."
)
refresh = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,
    help=f"Fetch fresh official data, show what differs, and take it in as `contribute` does. {UNTRIED}",
)
Year = Annotated[int, typer.Option(min=2018, max=2045, help="Year of the figures.")]
From = Annotated[
    Path | None,
    typer.Option("--from", help="Folder of files that were downloaded by hand; no portal is asked then."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]
Again = Annotated[bool, typer.Option("--again", help="Ask for what was kept in the last seven days, too.")]
Token = Annotated[
    str,
    typer.Option(envvar="BPS_TOKEN", help="Your token; in the variable no list of processes shows it."),
]


@refresh.command("bps", epilog="Example: paritrana refresh bps --year 2025 --tables my-tables.yml --dry-run")
def bps(
    year: Year,
    tables: Annotated[Path, typer.Option(help="YAML: which variable of which domain holds which column (README.md).")],
    token: Token = "",
    folder: From = None,
    again: Again = False,
    dry_run: DryRun = False,
) -> None:
    """Labour force of kabupaten and kota (Sakernas, BPS WebAPI), table labour_force.

    Variables differ from province to province and none is known to this program: bps-variables lists them. Files for
    --from are named by domain, variable and year: 1300-63-2025.json. A new year needs all 514 regions.
    """
    _ready()
    from paritrana.record.tables import bundled_tables
    from paritrana.refresh import bps as portal

    with complaining(), building():
        asked, data = portal.wanted(tables), bundled_tables()
        rows = (
            portal.from_folder(folder, data, asked, year)
            if folder
            else portal.fetch(_bps_client(token, again=again), data, asked, year)
        )
        _take_in(portal.TABLE, rows, dry_run=dry_run)


@refresh.command("bps-variables", epilog='Example: paritrana refresh bps-variables 1300 "angkatan kerja"')
def bps_variables(
    domain: Annotated[str, typer.Argument(help="Domain of BPS: its code of the province and 00.")],
    words: Annotated[str, typer.Argument(help="What the title of a variable has to hold.")],
    token: Token = "",
    again: Again = False,
) -> None:
    """List the variables that an office of BPS has, by number, title and unit: what --tables of bps names."""
    _ready()
    from paritrana.refresh import bps as portal

    with complaining(), building():
        for number, title, unit in portal.find(_bps_client(token, again=again), domain, words):
            typer.echo(f"{number}: {title}{f' ({unit})' if unit else ''}")


@refresh.command("djpk", epilog="Example: paritrana refresh djpk --year 2025 --dry-run")
def djpk(year: Year, folder: From = None, again: Again = False, dry_run: DryRun = False) -> None:
    """Budgets (APBD) of the kabupaten and kota of Jawa Timur (Ministry of Finance, DJPK), table apbd_jawa_timur.

    The data has no budgets of other provinces, and no line of a budget says what is paid to BPJS Ketenagakerjaan. Files
    for --from are named by the code of their region: 35.01.xls. The year has to be over.
    """
    _ready()
    from paritrana.record.tables import bundled_tables
    from paritrana.refresh import djpk as portal
    from paritrana.refresh.places import regions

    with complaining(), building():
        own = regions(bundled_tables(), portal.PROVINCE)
        rows = (
            portal.from_folder(folder, year, own)
            if folder
            else portal.fetch(_client(portal.BASE, {}, {}, again=again), year, own)
        )
        _take_in(portal.TABLE, rows, tolerance=portal.ROUNDED, dry_run=dry_run)


@refresh.command("kemnaker", epilog="Example: paritrana refresh kemnaker --year 2024 --from downloads --dry-run")
def kemnaker(year: Year, folder: From = None, again: Again = False, dry_run: DryRun = False) -> None:
    """Active participants by province and segment in December (Ministry of Manpower), table participants_province.

    The portal's list and the layout of its workbooks are documented nowhere: what is not recognised is refused. Work
    accidents are not asked for. The file for --from is named by the number of its page: 1726.xlsx. The year has to be
    over.
    """
    _ready()
    from paritrana.record.tables import bundled_tables
    from paritrana.refresh import kemnaker as portal

    with complaining(), building():
        data = bundled_tables()
        rows = (
            portal.from_folder(folder, data, year)
            if folder
            else portal.fetch(_client(portal.BASE, portal.HEADERS, {}, again=again), data, year)
        )
        _take_in(portal.TABLE, rows, dry_run=dry_run)


def _ready() -> None:
    project_paths()
    book_libraries()
    refresh_libraries()


def _bps_client(token: str, *, again: bool) -> Client:
    from paritrana.refresh import bps as portal

    return _client(portal.BASE, {}, portal.secret(token), again=again)


def _client(base: str, headers: Mapping[str, str], secret: Mapping[str, str], *, again: bool) -> Client:
    """A client that says on the terminal what it asks for."""
    from paritrana.refresh.cache import FOLDER, Cache
    from paritrana.refresh.client import Client

    def tell(address: str) -> None:
        console.print(f"Asking {address}", markup=False, highlight=False, soft_wrap=True)

    return Client(base, Cache(FOLDER, date.today()), headers=headers, parameters=secret, again=again, tell=tell)


def _take_in(table: str, rows: Sequence[Told], *, tolerance: int = 0, dry_run: bool) -> None:
    """Show what the rows change, and hand it to the door as a folder of files, which stays to be looked at."""
    from paritrana import paths
    from paritrana.files import write_whole
    from paritrana.refresh.changes import changes, sums, text_of_rows

    found = changes(table, rows, tolerance)
    for line in [*found.lines, *sums(table, rows)]:
        typer.echo(line)
    if not found.files:
        typer.echo(f"Nothing is new: the data has what {len(rows)} rows tell.")
        return
    folder = paths.BUILD / "refresh" / table
    shutil.rmtree(folder, ignore_errors=True)
    for name, told in found.files.items():
        write_whole(folder / f"{name}.csv", text_of_rows(told))
    take_in(folder, dry_run=dry_run)
