"""The command line `paritrana`: which commands there are, and the project that they work on.

What a command does is imported when it runs: `--help` should not wait for pandas.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from paritrana import project
from paritrana.cli.build import build
from paritrana.cli.check import backtest, validate, verify
from paritrana.cli.contribute import contribute
from paritrana.cli.panel import import_, template
from paritrana.cli.rank import rank
from paritrana.cli.refresh import refresh
from paritrana.cli.serve import serve

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_show_locals=False,  # one of them is a token
)
# In the order of the help, each with its example.
COMMANDS = (
    (build, "build --province 13 --province 51 --year 2024"),
    (validate, "validate"),
    (contribute, "contribute my-rows --dry-run"),
    (template, "template --province 13 --year 2025 panel.xlsx"),
    (import_, "import panel.xlsx --into panels/sumbar-2025"),
    (verify, "verify _build/html"),
    (backtest, "backtest --years 2023 --years 2024 --json"),
    (rank, "rank table.csv --rubric params/rubrics/hypothesis-a.yml --space box --radius 0.1"),
    (serve, "serve --language en --port 8000"),
)
for command, example in COMMANDS:
    app.command(example.split()[0], epilog=f"Example: paritrana {example}")(command)
app.add_typer(refresh, name="refresh")


@app.callback()
def main(
    folder: Annotated[
        Path | None,
        typer.Option("-C", metavar="FOLDER", help="The project; else the nearest at or above the working folder."),
    ] = None,
) -> None:
    """The Paritrana report book: builds it, serves it, checks its data."""
    chosen = folder or project.nearest() or project.named()
    if chosen:  # what is imported from here on, and every process that starts, works on it
        os.environ[project.VARIABLE] = str(chosen.resolve())
