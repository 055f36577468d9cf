"""A site that Sphinx brings up to date comes out in the same bytes as one that it makes from nothing.

Where Sphinx 7 and MyST-NB leave traces of the earlier build, they are taken out here; a test compares the two.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.index_entries import split_index_msg


def forget_notebook_style(app: Sphinx) -> None:
    """Remove MyST-NB's style sheet: it is copied last, and pages would carry its checksum only the second time."""
    for path in (Path(app.outdir) / "_static").glob("mystnb.*.css"):
        path.unlink()


def complete_search_index(app: Sphinx) -> Iterator[Any]:
    """Put back the index entries of pages that were not read again, and drop words that no page has any more.

    Sphinx keeps neither apart: index entries are not loaded from the earlier index, words that lost their last page
    stay with an empty list.
    """
    indexer = app.builder.indexer  # type: ignore[attr-defined]
    known = indexer._index_entries
    for page, entries in app.env.get_domain("index").data["entries"].items():
        said = [(split_index_msg(kind, value), target or "", main) for kind, value, target, main, _ in entries]
        known.setdefault(page, sorted({(word, target, main) for words, target, main in said for word in words}))
    in_order = sorted(known.items())
    known.clear()
    known.update(in_order)
    for words in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, pages in words.items() if not pages]:
            del words[word]
    return iter(())


def setup(app: Sphinx) -> None:
    """Connect both."""
    app.connect("builder-inited", forget_notebook_style)
    app.connect("html-collect-pages", complete_search_index)
