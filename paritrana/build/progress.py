"""How a build tells of itself: a bar for people, lines of JSON for programs and for the run log.

What is told are records: mappings with the key `event`, which is `start`, `running`, `page`, `site`, `paper` or `end`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Tell = Callable[[Mapping[str, Any]], None]  # hears of a record
SHOWN = 3  # pages named beside the bar


def json_lines(file: TextIO) -> Tell:
    """Write each record as a line of JSON, at once; which pages run at a moment is left out."""

    def tell(record: Mapping[str, Any]) -> None:
        if record["event"] != "running":
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()

    return tell


@contextmanager
def run_log(path: Path) -> Iterator[Tell]:
    """The record of one build, over that of the build before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        yield json_lines(file)


@contextmanager
def bar(console: Console) -> Iterator[Tell]:
    """A progress bar over the pages that run: how many are done, how fast, how long it will take, which run now."""
    columns = (
        BarColumn(24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=0, rate="")

        def tell(record: Mapping[str, Any]) -> None:
            if record["event"] == "start":
                progress.update(task, total=record["to_run"])
            elif record["event"] == "page":
                progress.update(task, advance=1, rate=f"{progress.tasks[task].speed or 0:.1f}/s")
            elif record["event"] == "running":
                progress.update(task, description=", ".join(record["pages"][:SHOWN]))

        yield tell
