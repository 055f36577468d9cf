"""What a page may load and run: its own files and nothing else, whoever serves it and also from a file.

No script runs that stands in a page itself, but for those that the theme writes into it, known by their hashes: were a
text of the data ever taken for markup, it would still not be a program. And no page is made of anything that lies
outside of the book.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydata_sphinx_theme  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

# 'self' is the place that the page came from. `file:` says the same for browsers to which every file is a place of its
# own; on a page from a server it permits nothing, as browsers never let such a page read files.
HERE = "'self' file:"
# The weight lab computes in a Worker made from its own scripts: one that is loaded would not run from a file.
MORE = {"lab": "; worker-src blob:"}
THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme"
INLINE = re.compile(r"<script(?: data-cfasync=\"false\")?>(.*?)</script>", re.DOTALL)
# Only from hand-written pages could these be asked for, and none does: what they insert lies outside of the book.
INSERTIONS = {"file_insertion_enabled": False, "raw_enabled": False}


def theme_scripts(default_mode: str) -> Iterator[str]:
    """The scripts that the theme writes into pages: light or dark before anything is drawn, the focus of the search."""
    for name in ("layout.html", "search.html"):
        template = (THEME / name).read_text(encoding="utf-8")
        yield from (script.replace("{{ default_mode }}", default_mode) for script in INLINE.findall(template))


def hash_of(script: str) -> str:
    """How a policy names a script that stands in a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(default_mode: str) -> str:
    """What every page may do."""
    return "; ".join(
        [
            f"default-src {HERE}",
            f"script-src {HERE} {' '.join(map(hash_of, theme_scripts(default_mode)))}",
            f"style-src {HERE} 'unsafe-inline'",  # the cells of heat tables and bars carry their number in `style`
            f"img-src {HERE} data:",
            f"font-src {HERE} data:",
            "object-src 'none'",
            "frame-src 'none'",
            "base-uri 'none'",
            f"form-action {HERE}",
        ]
    )


def add_policy(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Put the policy before everything else that the head of a page may load."""
    said = policy(str(context.get("default_mode", "auto"))) + MORE.get(pagename, "")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{said}" />'
    context["metatags"] = f"\n    {meta}{context.get('metatags', '')}"


def leave_out_inline(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Leave out what themes write into a page as a script and nothing of this book reads: options of theirs."""
    context["script_files"][:] = [script for script in context["script_files"] if script.filename]


def insert_nothing(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Switch off directives that insert files or raw markup, before any page is read."""
    env.settings.update(INSERTIONS)


def refuse_files_from_elsewhere(app: Sphinx, env: BuildEnvironment) -> None:
    """Stop where a page shows or offers a file that lies outside of the book. Raises ExtensionError."""
    book = Path(app.srcdir).resolve()
    made = Path(app.outdir).parent.resolve() / "jupyter_execute"  # MyST-NB puts the pictures of notebooks there
    for names in (env.images, env.dlfiles):
        for name in names:
            path = (book / name).resolve()
            if not (path.is_relative_to(book) or path.is_relative_to(made)):
                raise ExtensionError(f"a file of the book was expected in place of {name}")


def setup(app: Sphinx) -> None:
    """Give every page the policy; late, so that no other extension writes before it."""
    app.connect("env-before-read-docs", insert_nothing)
    app.connect("env-updated", refuse_files_from_elsewhere)
    app.connect("html-page-context", leave_out_inline, priority=900)
    app.connect("html-page-context", add_policy, priority=900)
