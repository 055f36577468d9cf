"""The headings of pages, from their parameters alone: the coordinator fills them in without running anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from paritrana.i18n import Text
from paritrana.tables import load


def page_title(notebook: str, values: Mapping[str, Any]) -> str:
    """The heading of a notebook's page; raises KeyError for a notebook without one."""
    say = Text(values["language"])
    titles: dict[str, Callable[[], str]] = {
        "coverage": lambda: say("Cakupan: {province}, {year}", province=_province(values), year=values["year"]),
        "budget": lambda: say("Anggaran: {province}, {year}", province=_province(values), year=values["year"]),
        "sensitivity": lambda: say(
            "Kepekaan peringkat: {province}, {year}", province=_province(values), year=values["year"]
        ),
        "engine": lambda: say("Apakah mesin ini benar?"),
        "national": lambda: say("Perbandingan nasional, {year}", year=values["year"]),
    }
    return titles[notebook]()


def _province(values: Mapping[str, Any]) -> str:
    return str(load().provinces.set_index("kemendagri_code").at[values["province"], "name"])
