"""Parts of hand-written pages that the build writes: HTML that no parser of Markdown ever reads.

`{generated} NAME` in a page stands for the sections of `provinces/_NAME.json`. Nothing else puts HTML from data into a
hand-written page, so that no text in the data can become a directive, a role or a link.
"""

import json
from pathlib import Path

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDER = "provinces"  # in the book


class Generated(SphinxDirective):
    """The sections of a generated part: a heading where it has one, and its HTML."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the part's nodes, and let the page be read again when the part changes."""
        name = self.arguments[0]
        if not name.isalpha():
            raise self.error(f'the name of a generated part was expected, not "{name}"')
        path = Path(self.env.srcdir, FOLDER, f"_{name}.json")
        self.env.note_dependency(str(path))
        try:
            sections = json.loads(path.read_text(encoding="utf-8"))["sections"]
        except OSError as error:
            raise self.error(f"the build has not written {FOLDER}/{path.name} yet") from error
        return [node for title, html in sections for node in self._nodes(title, html)]

    def _nodes(self, title: str, html: str) -> list[nodes.Node]:
        """One section; without a title its HTML alone."""
        shown = nodes.raw("", html, format="html")
        if not title:
            return [shown]
        section = nodes.section("", nodes.title(title, title), shown, names=[nodes.fully_normalize_name(title)])
        self.state.document.note_implicit_target(section, section)
        return [section]


def setup(app: Sphinx) -> None:
    """Offer the directive."""
    app.add_directive("generated", Generated)
