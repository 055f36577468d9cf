"""Making the weight lab's part of its page, and its data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paritrana.analysis.known import bundled
from paritrana.lab import NATION, as_script, nation_data
from paritrana.lab import page as lab
from paritrana.pages import fragments
from paritrana.parameters import page as parameters


def make(given: Mapping[str, Any]) -> tuple[str, str]:
    """The part as JSON, and the data as a script."""
    defaults = parameters.national(given)
    data = nation_data(bundled(defaults.year, defaults.rubric).tables, defaults)
    fragment = lab.fragment(bundled(defaults.year, data["rubric"]), defaults, data)
    return fragments.as_json([("", fragment)]), as_script(NATION, data)
