"""The book's own Sphinx extension: search, words and references in Indonesian, accessibility, security, formulas."""

from typing import Any

from sphinx.application import Sphinx

from paritrana.build.site.sphinx_ext import (
    accessibility,
    editions,
    finished,
    frame,
    generated,
    head,
    incremental,
    interface,
    lab,
    mathml,
    numbers,
    places,
    references,
    regions,
    search,
    security,
    sidebar,
    tabs,
    weight,
)

PARTS = (
    *(search, regions, places, interface, references, accessibility, security, generated, editions, head),
    *(mathml, sidebar, tabs, weight, lab, frame, numbers, incremental, finished),
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Load every part."""
    # Jupyter Book sets the options of sphinx_comments even where that extension is not loaded.
    app.add_config_value("comments_config", {}, "html", dict)
    for part in PARTS:
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
