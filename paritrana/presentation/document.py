"""One HTML page that stands alone: it loads nothing, runs nothing, and prints as it looks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from paritrana.presentation.charts import Picture
from paritrana.presentation.html import escaped

# Nothing is loaded from anywhere and no script runs, whatever stands in the page.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLE = Path(__file__).with_suffix(".css")


def picture(made: Picture) -> str:
    """A picture inside the page, with the sentence that stands for it."""
    data = b64encode(made.data).decode()
    caption = f"<figcaption class='note'>{escaped(made.caption)}</figcaption>" if made.caption else ""
    return f'<figure><img alt="{escaped(made.alt)}" src="data:image/svg+xml;base64,{data}">{caption}</figure> '


def document(language: str, title: str, sections: Sequence[tuple[str, str]], mark: str = "") -> str:
    """The page: a title, and sections of a heading (empty where there is none) and HTML. A `mark` is on every sheet."""
    told = f'<p class="mark">{escaped(mark)}</p> ' if mark else ""
    marked = ' class="marked"' if mark else ""
    body = " ".join(_section(heading, html) for heading, html in sections)
    name = f"{mark} · {title}" if mark else title
    return (
        f'<!doctype html>\n<html lang="{escaped(language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="robots" content="noindex">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escaped(name)}</title>'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head><body{marked}>{told}<main>"
        f"<h1>{escaped(title)}</h1> {body}</main>{told}</body></html>\n"
    )


def _section(heading: str, html: str) -> str:
    title = f"<h2>{escaped(heading)}</h2> " if heading else ""
    return f"<section>{title}{html}</section>"
