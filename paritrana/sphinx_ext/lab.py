"""The weight lab's scripts and style: on its own page only, in their order, without their comments."""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

PAGE = "lab"
FOLDER = "lab"  # in _static
# The data, the functions that compute with them, the parts of the view, and the element last of all.
SCRIPTS = (
    "nation", "numbers", "ranks", "tables", "shares", "crossings", "nearest", "answers", "draws", "core", "worker",
    "dom", "words", "state", "work", "save", "chart",
    "choice", "weights", "detail", "ranking", "sure", "ask", "compare", "keep", "lab",
)  # fmt: skip
# Only comments that have their lines to themselves: nothing inside a line has to be understood.
COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def take_out(app: Sphinx, config: Config) -> None:
    """Take the lab's files from the list of what every page loads: Jupyter Book puts all of _static there."""
    for files in (config.html_js_files, config.html_css_files):
        files[:] = [file for file in files if not str(file[0]).startswith(f"{FOLDER}/")]


def load(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Let the lab's page load what it needs, after the page itself is there."""
    if pagename == PAGE:
        app.add_css_file(f"{FOLDER}/lab.css", priority=900)
        for name in SCRIPTS:
            app.add_js_file(f"{FOLDER}/{name}.js", priority=900, loading_method="defer")


def slim(app: Sphinx, error: Exception | None) -> None:
    """Take comments and indents out of the lab's scripts in the built book: half of their bytes."""
    if not error and app.builder.format == "html":
        for path in (Path(app.outdir) / "_static" / FOLDER).glob("*.js"):
            path.write_text(without_comments(path.read_text(encoding="utf-8")), encoding="utf-8")


def without_comments(script: str) -> str:
    """A script without the lines that hold only comments, and without indents."""
    return INDENT.sub("", COMMENT.sub("", script))


def setup(app: Sphinx) -> None:
    """Connect to the moments at which the files are named, loaded and copied."""
    app.connect("config-inited", take_out, priority=900)
    app.connect("html-page-context", load)
    app.connect("build-finished", slim)
