"""The headings of pages, from their parameters alone: the coordinator fills them in without running anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from paritrana.presentation.language import Text
from paritrana.record.awards import handed_over, labels
from paritrana.record.regions import names
from paritrana.record.tables import Tables, bundled_tables


def page_title(notebook: str, values: Mapping[str, Any]) -> str:
    """The heading of a page by the notebook it is made from; raises KeyError where it has none."""
    say = Text(values["language"])
    titles: dict[str, Callable[[], str]] = {
        "overview": lambda: overview_title(say, bundled_tables(), values["province"], values["year"]),
        "coverage": lambda: say("Cakupan: {province}, {year}", province=_province(values), year=values["year"]),
        "budget": lambda: say("Anggaran: {province}, {year}", province=_province(values), year=values["year"]),
        "sensitivity": lambda: say(
            "Kepekaan peringkat: {province}, tahun penilaian {year}", province=_province(values), year=values["year"]
        ),
        "lab": lambda: say("Laboratorium bobot"),
        "calibration": lambda: say("Seberapa baik perkiraan ini?"),
        "engine": lambda: say("Uji kebenaran perhitungan"),
        "awards": lambda: say("Pemenang dan nomine kabupaten/kota"),
        "other-awards": lambda: say("Pemenang nasional, desa, dan pemberi kerja"),
        "zones": lambda: say("Provinsi menurut zona"),
        "national": lambda: say("Perbandingan nasional, tahun penilaian {year}", year=values["year"]),
    }
    return titles[notebook]()


def overview_title(say: Text, tables: Tables, province: str, year: int) -> str:
    """The heading of a province's first page: its name, and both years that its award goes by."""
    return f"{province_name(province)}, {award_year(say, tables, province, year)}"


def award_year(say: Text, tables: Tables, province: str, year: int) -> str:
    """The assessment year of a province's award with the other year that it goes by.

    That is when it was handed over, else the year on its label where that is another; else nothing is known of it.
    """
    if month := handed_over(tables, province, year):
        return say("tahun penilaian {year} (diserahkan {month})", year=year, month=say.month(month))
    others = [str(label) for label in labels(tables, province, year)]
    if others and others != [str(year)]:
        return say("tahun penilaian {year} (berlabel {labels})", year=year, labels=say.list(others))
    return say("tahun penilaian {year}", year=year)


def province_name(code: str) -> str:
    """What a province is called, alone: its chapter's name in the sidebar."""
    return _names()[code]


def _province(values: Mapping[str, Any]) -> str:
    return province_name(values["province"])


@cache
def _names() -> Mapping[str, str]:
    """Every region's name by its code; a book asks for more than a hundred."""
    return names(bundled_tables())
