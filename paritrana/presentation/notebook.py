"""How a notebook shows what a page holds."""

from __future__ import annotations

from IPython.display import HTML, display

from paritrana.presentation.charts import Picture


def show(shown: str | Picture | None) -> None:
    """Display HTML or a picture; nothing where there is nothing to show.

    The alternative text of a picture and its caption travel in the output's metadata; the build moves them to where
    the book reads them.
    """
    if isinstance(shown, Picture):
        data = shown.data.decode() if shown.mime == "image/svg+xml" else shown.data
        display({shown.mime: data}, raw=True, metadata={shown.mime: {"alt": shown.alt, "caption": shown.caption}})
    elif shown:
        display(HTML(shown))
