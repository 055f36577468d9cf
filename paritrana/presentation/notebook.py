"""How a notebook shows what a page holds."""

from __future__ import annotations

from IPython.display import HTML, display

from paritrana.presentation.charts import Picture

SVG = "image/svg+xml"


def show(shown: str | Picture | None) -> None:
    """Display HTML or a picture; nothing where there is nothing to show.

    The alternative text of a picture and its caption travel in the output's metadata; the build moves them to where
    the book reads them.
    """
    if isinstance(shown, Picture):
        told = {SVG: {"alt": shown.alt, "caption": shown.caption}}
        display({SVG: shown.data.decode()}, raw=True, metadata=told)
    elif shown:
        display(HTML(shown))
