"""The list of a site's pages for search engines, which want whole addresses: only of a site that has one."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from paritrana.presentation.html import escaped

SITEMAP = "sitemap.xml"


def sitemap(address: str, pages: Iterable[str]) -> str:
    """The pages (without suffix) of the site with this address, in the form of sitemaps.org."""
    told = "".join(f"<url><loc>{escaped(address + quote(page))}.html</loc></url>\n" for page in pages)
    opened = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{opened}\n{told}</urlset>\n'
