"""What a page says of itself in its head: one description in its own language, and what previews and engines ask for.

Whole addresses stand there only where the site has one (`html.baseurl` in _config.yml); none is made up.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

from docutils import nodes  # type: ignore[import-untyped]
from markupsafe import Markup
from sphinx.application import Sphinx

META = re.compile(r"<meta\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
LONGEST = 200  # characters of a description that is taken from the page's text
CARD, WIDTH, HEIGHT = "card.png", 1200, 630  # in book/_static, and its size in pixels
LOCALES = {"id": "id_ID", "en": "en_GB"}  # as previews call the languages


def describe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Put the head's lines in place of those that the parsers left: a description per language, a second viewport."""
    kept, said = sorted_out(context.get("metatags", ""), str(app.config.language))
    front_matter = (context.get("meta") or {}).get("description")
    description = str(front_matter or said or first_words(doctree))
    card = [*_card(app, context, description), *_picture(app, context)]
    lines = [*kept, *_described(description), *card, *_places(context)]
    context["metatags"] = "".join(f"\n    {line}" for line in lines)


def sorted_out(tags: str, language: str) -> tuple[list[str], str]:
    """The tags that stay, and the description among them that is in this language or in none."""
    kept, said = [], ""
    for tag in META.findall(tags):
        found = dict(ATTRIBUTE.findall(tag))
        if found.get("name") == "description":
            said = unescape(found["content"]) if found.get("lang", language) == language else said
        elif found.get("name") != "viewport":  # the layout has one
            kept.append(tag)
    return kept, said


def first_words(doctree: Any) -> str:
    """The beginning of a page's text, up to the end of a sentence or else of a word; empty where it has none."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    found = (each.astext() for each in paragraphs if isinstance(each.parent, nodes.section | nodes.document))
    text = " ".join(next(found, "").split())
    if len(text) <= LONGEST:
        return text
    whole, broken = text[:LONGEST].rfind(". ") + 1, f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
    return text[:whole] if whole else broken


def _described(description: str) -> Iterator[str]:
    if description:
        yield f'<meta name="description" content="{escape(description)}" />'


def _card(app: Sphinx, context: dict[str, Any], description: str) -> Iterator[str]:
    """What is said of the page where a link to it is shared."""
    languages = context["languages"] or [{"code": str(app.config.language), "own": True}]
    said = {
        "og:type": "article",
        "og:site_name": str(context["docstitle"]),
        "og:title": str(Markup(context.get("title", "")).striptags()),
        "og:description": description,
        "og:url": context.get("pageurl") or "",
        "og:locale": next(LOCALES[each["code"]] for each in languages if each["own"]),
    }
    yield from (f'<meta property="{name}" content="{escape(text)}" />' for name, text in said.items() if text)
    for each in languages:
        if not each["own"]:
            yield f'<meta property="og:locale:alternate" content="{LOCALES[each["code"]]}" />'


def _picture(app: Sphinx, context: dict[str, Any]) -> Iterator[str]:
    """What is seen where a link is shared: the card of the book, with its whole address, or nothing.

    No picture of a page: one without its page would tell half of it.
    """
    if app.config.html_baseurl:
        address, shown = urljoin(app.config.html_baseurl, f"_static/{CARD}"), str(context["docstitle"])
        told = {"og:image": address, "og:image:alt": shown, "og:image:width": WIDTH, "og:image:height": HEIGHT}
        yield from (f'<meta property="{name}" content="{escape(str(text))}" />' for name, text in told.items())
        seen = {"twitter:card": "summary_large_image", "twitter:image": address, "twitter:image:alt": shown}
        yield from (f'<meta name="{name}" content="{escape(text)}" />' for name, text in seen.items())


def _places(context: dict[str, Any]) -> Iterator[str]:
    """The page in each language of the site, where it has several."""
    if len(context["languages"]) > 1:
        for each in context["languages"]:
            href = urljoin(context.get("pageurl") or "", each["href"])
            yield f'<link rel="alternate" hreflang="{each["code"]}" href="{escape(href)}" />'


def setup(app: Sphinx) -> None:
    """Write late, when the page's other languages are known, and before the policy, which comes first of all."""
    app.connect("html-page-context", describe, priority=800)
