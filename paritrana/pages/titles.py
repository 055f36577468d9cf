"""The headings of pages, from their parameters alone: the coordinator fills them in without running anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from paritrana.presentation.language import Text
from paritrana.record.regions import names
from paritrana.record.tables import bundled_tables


def page_title(notebook: str, values: Mapping[str, Any]) -> str:
    """The heading of a page by the notebook it is made from; raises KeyError where it has none."""
    say = Text(values["language"])
    titles: dict[str, Callable[[], str]] = {
        "overview": lambda: f"{_province(values)}, {values['year']}",
        "coverage": lambda: say("Cakupan: {province}, {year}", province=_province(values), year=values["year"]),
        "budget": lambda: say("Anggaran: {province}, {year}", province=_province(values), year=values["year"]),
        "sensitivity": lambda: say(
            "Kepekaan peringkat: {province}, {year}", province=_province(values), year=values["year"]
        ),
        "lab": lambda: say("Laboratorium bobot"),
        "engine": lambda: say("Apakah mesin ini benar?"),
        "national": lambda: say("Perbandingan nasional, {year}", year=values["year"]),
    }
    return titles[notebook]()


def _province(values: Mapping[str, Any]) -> str:
    return _names()[values["province"]]


@cache
def _names() -> Mapping[str, str]:
    """Every region's name by its code; a book asks for more than a hundred."""
    return names(bundled_tables())
