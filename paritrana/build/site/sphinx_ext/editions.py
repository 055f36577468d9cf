"""A page in the site's other languages: the switch that leads there, and what the site holds once for all of them.

Every edition of a site has the same pages at the same places: one in the language of the site's root there, each other
in a folder that is called as its language. The links are relative and work from a file.
"""

from typing import Any

from sphinx.application import Sphinx

NAMES = {"id": "Bahasa Indonesia", "en": "English"}  # each in itself, for those who read it
SHARED = "results/"  # the numbers, which no language changes, lie at the site's root


def place(app: Sphinx, language: str) -> str:
    """The folder of the site that a language's edition lies in, with a slash at its end; empty at the root."""
    return "" if language == app.config.site_languages[0] else f"{language}/"


def to_root(app: Sphinx, pagename: str) -> str:
    """The way from a page to the root of its own edition."""
    return "../" * app.builder.get_target_uri(pagename).count("/")


def add_links(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Give the templates the page in each language of the site, and lead to what lies at the site's root."""
    own = str(app.config.language)
    languages = app.config.site_languages if own in app.config.site_languages else []
    context["languages"] = [
        {"code": language, "name": NAMES[language], "own": language == own, "href": _link(app, pagename, own, language)}
        for language in languages
    ]
    if languages and place(app, own) and "body" in context:
        up = to_root(app, pagename)
        context["body"] = context["body"].replace(f'href="{up}{SHARED}', f'href="{up}../{SHARED}')


def _link(app: Sphinx, pagename: str, own: str, language: str) -> str:
    """From a page to itself in another language."""
    up = to_root(app, pagename) + ("../" if place(app, own) else "")
    return up + place(app, language) + app.builder.get_target_uri(pagename)


def setup(app: Sphinx) -> None:
    """Connect to the moment at which a page is written."""
    app.add_config_value("site_languages", [], "html", list)
    app.connect("html-page-context", add_links)
