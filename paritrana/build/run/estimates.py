"""Making the estimates that are kept beside the page on how good they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paritrana.analysis.store import estimates_under
from paritrana.results.estimates import estimates_json


def make(given: Mapping[str, Any]) -> tuple[str]:
    """The estimates of all years as JSON."""
    return (estimates_json(estimates_under(given["rubric"]), given["seed"]),)
