"""The pages of a province as tabs under the title of each of them, and the weight lab with the province chosen."""

from html import escape
from typing import Any

from sphinx.application import Sphinx

from paritrana.plan.book import LAB
from paritrana.presentation.language import Text

HEAD = "</h1>"


def ways(say: Text) -> dict[str, str]:
    """The pages of a province by the last part of their names, in the order in which they are read."""
    return {
        "index": say("Ringkasan"),
        "coverage": say("Cakupan"),
        "budget": say("Anggaran"),
        "sensitivity": say("Kepekaan peringkat"),
    }


def tabs(app: Sphinx, pagename: str) -> str:
    """The tabs of a province's page; empty for any other page."""
    place, _, own = pagename.rpartition("/")
    say, pages = Text(app.config.language), app.env.found_docs
    titles = ways(say)
    if own not in titles or not place:
        return ""
    code = place.rpartition("/")[2].partition("-")[0]
    lab = [(LAB, say("Laboratorium bobot"), f"#p={code}")] if LAB in pages else []
    there = [(f"{place}/{name}", title, "") for name, title in titles.items() if f"{place}/{name}" in pages]
    links = [
        f"<li>{_link(app.builder.get_relative_uri(pagename, page) + end, title, page == pagename)}</li>"
        for page, title, end in [*there, *lab]
    ]
    label = escape(say("Halaman provinsi ini"))
    return f'<nav class="tabs" aria-label="{label}"><ul>{"".join(links)}</ul></nav>'


def _link(href: str, title: str, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    return f'<a href="{escape(href) or "#"}"{mark}>{escape(title)}</a>'


def add(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Put the tabs under the title."""
    body = context.get("body", "")
    if found := tabs(app, pagename) if HEAD in body else "":
        context["body"] = body.replace(HEAD, HEAD + found, 1)


def setup(app: Sphinx) -> None:
    """Connect to the moment at which a page is written."""
    app.connect("html-page-context", add)
