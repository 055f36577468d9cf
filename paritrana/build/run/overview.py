"""Making a province's first page and its results, of one analysis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nbformat

from paritrana.pages import overview
from paritrana.pages.page import open_page
from paritrana.results.province import province_result
from paritrana.results.tidy import json_text


def make(given: Mapping[str, Any]) -> tuple[str, str]:
    """The page as a notebook, and the results as JSON."""
    page = open_page(**given)
    return nbformat.writes(overview.notebook(page)) + "\n", json_text(province_result(page.analysis))
