"""What the theme and the notebook renderer leave in the way of keyboards and screen readers, mended."""

from html import escape
from pathlib import Path
from typing import Any

from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

TEMPLATES = Path(__file__).parent / "templates"


def put_templates_first(app: Sphinx, config: Config) -> None:
    """Let this package's templates win over those of the theme."""
    config.templates_path.insert(0, str(TEMPLATES))


def visit_hidden_cell(self: HTML5Translator, node: HideCodeCellNode) -> None:
    """Open a folded cell: its own words name it, not the English label that the renderer adds."""
    self.body.append(f'<details class="admonition hide {" ".join(node["classes"])}">\n<summary>\n')
    for state, key in (("collapsed", "prompt_show"), ("expanded", "prompt_hide")):
        self.body.append(f'<p class="{state} admonition-title">{escape(node[key])}</p>\n')
    self.body.append("</summary>\n")


def mend_body(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Make the entries of a bibliography items of its list, which is all that a list may hold."""
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def setup(app: Sphinx) -> None:
    """Replace the templates and markup at fault."""
    app.connect("config-inited", put_templates_first)
    app.connect("html-page-context", mend_body)
    app.add_node(HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_HideCellInput))
