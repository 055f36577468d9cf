"""Making the weight lab's part of its page, and its data: the nation's, and what is modelled of each chapter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paritrana.analysis.known import bundled
from paritrana.digests import digest
from paritrana.lab import NATION, as_script, nation_data
from paritrana.lab import page as lab
from paritrana.lab.estimates import province_scripts
from paritrana.pages import fragments
from paritrana.parameters import page as parameters


def make(given: Mapping[str, Any]) -> tuple[str, ...]:
    """The part as JSON, the nation's data as a script, and a script for each chapter."""
    defaults = parameters.national({key: value for key, value in given.items() if key != "chapters"})
    tables = bundled(defaults.year, defaults.rubric).tables
    scripts = province_scripts(given["chapters"], defaults)
    data = nation_data(tables, defaults) | {"scripts": {code: digest(text) for code, text in scripts.items()}}
    fragment = lab.fragment(bundled(defaults.year, data["rubric"]), defaults, data)
    return fragments.as_json([("", fragment)]), as_script(NATION, data), *scripts.values()
