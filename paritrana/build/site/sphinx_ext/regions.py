"""Names that lead to a place inside a page: whoever searches a kabupaten or kota comes to what is known of it.

Generated HTML names such a place by `id="…" data-names="…|…"` (`presentation.html.named`); each name becomes an entry
of the search index. The first name of a place is the one that a result shows.
"""

import re
from html import unescape
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from paritrana.build.site.sphinx_ext.scripts import mend

NAMED = re.compile(r' id="([^"]+)" data-names="([^"]+)"')
# A result of the search is the title of a page. Of a place in it that has names, the longest of them is told too.
ENTRIES = "    // search for explicit entries in index directives\n"
CALLED = """    const called = {};
    for (const [entry, places] of Object.entries(indexEntries))
      for (const [file, id] of places)
        if (entry.length > (called[`${file}#${id}`] ?? "").length) called[`${file}#${id}`] = entry;
    const told = (name) => {
      const upper = name.replace(/(?<![\\p{L}'])\\p{L}/gu, (letter) => letter.toUpperCase());
      return Object.assign(document.createElement("div"), { textContent: upper }).innerHTML;
    };
"""
TITLE = '            titles[file],\n            id ? "#" + id'
PLACE = (
    '            id ? `${titles[file]} > ${told(called[`${file}#${id}`])}` : titles[file],\n            id ? "#" + id'
)


class NamedPlaces(SphinxTransform):
    """Give the index of a page an entry for each name of each place; before the domains look for entries."""

    default_priority = 800

    def apply(self, **kwargs: Any) -> None:
        """Add the entries at the end of the page."""
        html = [node.astext() for node in self.document.findall(nodes.raw) if "html" in node.get("format", "")]
        found = [match for text in html for match in NAMED.findall(text)]
        entries = [
            ("single", unescape(name), place, "main", None) for place, names in found for name in names.split("|")
        ]
        if entries:
            self.document += addnodes.index(entries=entries)


def tell_places(app: Sphinx, error: Exception | None) -> None:
    """Let the search name the place that a result leads to."""
    if not error:
        mend(app, "searchtools.js", ENTRIES, CALLED + ENTRIES)
        mend(app, "searchtools.js", TITLE, PLACE)


def setup(app: Sphinx) -> None:
    """Add the transform, and mend the search when it is in place."""
    app.add_transform(NamedPlaces)
    app.connect("build-finished", tell_places)
