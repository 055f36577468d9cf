"""`paritrana serve`: the built book on this machine."""

from __future__ import annotations

import functools
import http.server
from typing import Annotated

import typer

from paritrana.cli.needs import book_libraries, project_paths, put_back_site
from paritrana.cli.options import Language, Rubric, Year, written
from paritrana.cli.terminal import INVALID, complain, complaining


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 8000,
    year: Year = None,
    rubric: Rubric = None,
    language: Language = None,
) -> None:
    """Serve the book on this machine, as it was built with the same options."""
    project_paths()
    book_libraries()
    from paritrana.plan.edition import site_asked_for

    put_back_site()
    given = {"year": year, "rubric": rubric, "language": language}
    with complaining():
        folder = site_asked_for(given)
    if not (folder / "index.html").exists():
        complain(f"There is no book yet: run `{' '.join(['paritrana build', *written(given)])}` first.")
        raise typer.Exit(INVALID)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        typer.echo(f"The book is at http://127.0.0.1:{server.server_port}/ (Ctrl+C stops)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("Stopped.")
