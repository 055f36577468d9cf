"""The weight lab's scripts and style: on its own page only, and as one script without comments."""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

PAGE = "lab"
FOLDER = "lab"  # in _static
DATA, BUNDLE, STYLE = "nation.js", "all.js", "lab.css"  # what the page loads
# The arithmetic, the parts of the view, and the element last of all.
SCRIPTS = (
    "numbers", "ranks", "tables", "shares", "crossings", "nearest", "answers", "draws", "core", "worker",
    "dom", "words", "state", "work", "save", "chart",
    "choice", "fields", "weights", "detail", "ranking", "sure", "ask", "compare", "report", "keep", "lab",
)  # fmt: skip
# Only comments that have their lines to themselves: nothing inside a line has to be understood.
COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def take_out(app: Sphinx, config: Config) -> None:
    """Take the lab's files from the list of what every page loads: Jupyter Book puts all of _static there."""
    for files in (config.html_js_files, config.html_css_files):
        files[:] = [file for file in files if not str(file[0]).startswith(f"{FOLDER}/")]


def bundle(app: Sphinx) -> None:
    """Let Sphinx copy one script made of all of them: a third of their bytes when both are compressed."""
    source = Path(app.srcdir) / "_static" / FOLDER
    if source.is_dir():
        made = Path(app.doctreedir) / "static" / FOLDER / BUNDLE
        made.parent.mkdir(parents=True, exist_ok=True)
        texts = [(source / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
        made.write_text("".join(map(without_comments, texts)), encoding="utf-8")
        app.config.html_static_path.append(str(made.parent.parent))


def without_comments(script: str) -> str:
    """A script without the lines that hold only comments, and without indents."""
    return INDENT.sub("", COMMENT.sub("", script))


def load(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Let the lab's page load what it needs, after the page itself is there."""
    if pagename == PAGE:
        app.add_css_file(f"{FOLDER}/{STYLE}", priority=900)
        for name in (DATA, BUNDLE):
            app.add_js_file(f"{FOLDER}/{name}", priority=900, loading_method="defer")


def remove_parts(app: Sphinx, error: Exception | None) -> None:
    """Take the single scripts out of the built book: no page loads them."""
    if not error and app.builder.format == "html":
        for path in (Path(app.outdir) / "_static" / FOLDER).glob("*.js"):
            if path.name not in (DATA, BUNDLE):
                path.unlink()


def setup(app: Sphinx) -> None:
    """Connect to the moments at which the files are named, copied and loaded."""
    app.connect("config-inited", take_out, priority=900)
    app.connect("builder-inited", bundle)
    app.connect("html-page-context", load)
    app.connect("build-finished", remove_parts)
