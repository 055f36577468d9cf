"""What a build tells: every event as a line, and a bar for people that names the pages that run."""

import io
import json
from pathlib import Path

from rich.console import Console

from paritrana.build import progress

START = {"event": "start", "to_run": 2}
RUNNING = {"event": "running", "pages": ["national", "engine", "index", "more"]}
PAGE = {"event": "page", "page": "nasional é", "status": "made"}


def test_every_event_but_what_runs_at_a_moment_is_a_line_at_once(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "build.jsonl"
    for _ in range(2):  # the second log stands in place of the first
        with progress.run_log(path) as tell:
            for record in (START, RUNNING, PAGE):
                tell(record)
            assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == [START, PAGE]


def test_the_bar_counts_the_pages_and_names_the_first_that_run() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=200)
    with progress.bar(console) as tell:
        for record in (START, RUNNING, PAGE):
            tell(record)
    assert "1/2" in screen.getvalue()
    assert "national, engine, index" in screen.getvalue()
    assert "more" not in screen.getvalue()
