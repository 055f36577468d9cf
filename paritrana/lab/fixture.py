"""What `lab/dev.html` shows without a book: the fictional province alone, and the texts of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paritrana import paths
from paritrana.lab.data import NATION, as_script
from paritrana.lab.page import given
from paritrana.parameters.page import Defaults
from paritrana.plan.book import LAB_PROVINCES
from paritrana.presentation.language import Text
from paritrana.record.example import PROVINCE

FIXTURE = paths.LAB / "fixture.js"
GIVEN = "ParitranaLabGiven"  # the name by which the page finds what the element is given


def fixture(data: Mapping[str, Any], defaults: Defaults) -> str:
    """The script, made of the nation's data."""
    alone = _alone(data)
    element = given(Text(defaults.language), alone, PROVINCE, f"../_build/html/{LAB_PROVINCES}/")
    return as_script(NATION, alone) + as_script(GIVEN, element)


def _alone(data: Mapping[str, Any]) -> dict[str, Any]:
    """The nation's data without its real provinces; nothing of a fictional one has a source."""
    (owner,) = [place for place, province in enumerate(data["provinces"]) if province.get("fictional")]
    kept = [place for place, region in enumerate(data["regions"]) if region[2] == owner]
    announced = {
        key: {year: {PROVINCE: places[PROVINCE]} for year, places in data[key].items()}
        for key in ("nominees", "podiums")
    }
    return {
        **data,
        "provinces": [data["provinces"][owner]],
        "regions": [[*data["regions"][place][:2], 0] for place in kept],
        "scores": {year: [_cut(column, kept) for column in columns] for year, columns in data["scores"].items()},
        "origins": {year: [[] for _ in columns] for year, columns in data["scores"].items()},
        "links": [],
        **announced,
    }


def _cut(column: Mapping[str, Any], kept: list[int]) -> dict[str, Any]:
    """A column of the regions that are kept, at their new positions."""
    cells = {
        name: [[kept.index(place), *ends] for place, *ends in column[name] if place in kept]
        for name in ("filled", "recorded")
    }
    return {**column, **cells}
