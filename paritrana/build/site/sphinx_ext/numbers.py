"""Tables and figures counted page by page, so that a reader can cite one: "Tabel 2", with a place that a link leads to.

The number is text and no counter of a style sheet: it is copied, printed and read aloud with its title.
"""

import re
from collections.abc import Callable
from html import escape
from itertools import count
from typing import Any

from sphinx.application import Sphinx
from sphinx.locale import _

# Tables of the book's own making, and figures with a caption; a table of a hand-written page has no title.
TABLE = re.compile(r'(<table class="(?:data|heat)[^"]*">\s*<caption[^>]*>)')
FIGURE = re.compile(
    r'(<img [^>]*src=")([^"]+)("[^>]*>\s*(?:</a>\s*)?<figcaption>\s*<p>)(<span class="caption-text">.*?</span>)',
    re.DOTALL,
)


def numbered(body: str) -> str:
    """A page's HTML with a number before the title of each table and figure, and a way to take each figure along."""
    return FIGURE.sub(_figure(), TABLE.sub(_table(), body))


def _table() -> Callable[[re.Match[str]], str]:
    numbers = count(1)
    return lambda found: found[1] + _number("table", str(_("Table {number}")), next(numbers))


def _figure() -> Callable[[re.Match[str]], str]:
    numbers = count(1)

    def told(found: re.Match[str]) -> str:
        number, form = next(numbers), found[2].rpartition(".")[2].upper()
        name = escape(str(_("Download this figure ({form})")).format(form=form))
        way = f' <a class="take" href="{found[2]}" download>{name}</a>'
        return f"{found[1]}{found[2]}{found[3]}{_number('figure', str(_('Figure {number}')), number)}{found[4]}{way}"

    return told


def _number(kind: str, words: str, number: int) -> str:
    return f'<span class="number" id="{kind}-{number}">{escape(words.format(number=number))}</span> '


def number(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Count the tables and figures of a page."""
    if "body" in context:
        context["body"] = numbered(context["body"])


def setup(app: Sphinx) -> None:
    """Count when all that a page holds is there."""
    app.connect("html-page-context", number)
