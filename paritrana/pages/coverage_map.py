"""The map of known coverage: every province with how many of its regions have a figure, and those regions on it.

A region that has none is not drawn by itself: its province says so, in a pattern that is no colour of the scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from paritrana.indicators.catalogue import COVERAGE
from paritrana.indicators.frames import of_indicator
from paritrana.pages.record_page import RecordPage
from paritrana.pages.regions import place
from paritrana.pages.vocabulary import Words
from paritrana.presentation.html import paragraphs
from paritrana.presentation.shapes import DOTS, Shape, dot, legend, shade, small_map, swatch, wide_map
from paritrana.record import maps

STEPS = (0.20, 0.40)  # shares of the employed at which the map takes another colour
RANGE = "range"  # the class of a dot for a figure of which only a range is known


def coverage_map(words: Words, coverage: pd.DataFrame, year: int, chapters: dict[str, str]) -> str:
    """Coverage over the employed, `low` and `high` (shares, 1 = 100 %) by region code, as a map with its legend.

    `chapters` are the addresses of the first pages of the provinces in the book, by code: regions lead to their place
    there.
    """
    say = words.say
    title = say(
        "Peta cakupan kabupaten/kota atas penduduk bekerja, {year}; setiap daerah berangka adalah tautan ke bagiannya",
        year=year,
    )
    shapes = [*_provinces(words, coverage, chapters), *_regions(words, coverage, chapters)]
    caption = say(
        "Cakupan kabupaten/kota, {year}, persen penduduk bekerja; bila hanya rentang yang diketahui, warnanya menurut titik tengah. Sumber: halaman yang ditautkan di bab provinsi; penduduk bekerja dari Sakernas Agustus {year}, BPS.",
        year=year,
    )
    return _told(words, wide_map(shapes, title), caption)


def province_map(page: RecordPage) -> str:
    """The same of one province: each of its regions leads to its place on the page, with a figure or without."""
    say, borders = page.say, maps.regencies()
    ends = of_indicator(page.analysis.recorded, COVERAGE.id)
    shapes = [
        _region(
            page, code, borders[code], (float(ends.at[code, "low"]), float(ends.at[code, "high"])), f"#{place(code)}"
        )
        if code in ends.index
        else Shape(borders[code], page.name(code), say("tidak ada angka; bukan nol"), DOTS, f"#{place(code)}")
        for code in page.codes
    ]
    title = say(
        "Peta cakupan kabupaten/kota di {province}, {year}; setiap daerah adalah tautan ke bagiannya di halaman ini",
        province=page.analysis.province["name"],
        year=page.year,
    )
    caption = say(
        "Cakupan kabupaten/kota, {year}, persen penduduk bekerja; bila hanya rentang yang diketahui, warnanya menurut titik tengah.",
        year=page.year,
    )
    return _told(page, small_map(shapes, title), caption)


def _told(words: Words, drawn: str, caption: str) -> str:
    """A map between how to read it and what it shows."""
    hint = words.say("Arahkan, sentuh, atau pilih daerah dengan tombol Tab untuk membaca cakupannya.")
    return paragraphs([hint], "on-screen") + drawn + _legend(words) + paragraphs([caption], "note")


def _provinces(words: Words, coverage: pd.DataFrame, chapters: dict[str, str]) -> Iterator[Shape]:
    """The ground of the map: what is not covered by a region has no figure."""
    owner = words.tables.regencies["kemendagri_code"].str[:2]
    counts, known = owner.value_counts(), coverage.index.str[:2].value_counts()
    for code, rings in sorted(maps.provinces().items()):
        told = words.say(
            "{known} dari {all} daerah mempunyai angka cakupan", known=int(known.get(code, 0)), all=counts[code]
        )
        yield Shape(rings, words.name(code), told, DOTS, chapters.get(code, ""))


def _regions(words: Words, coverage: pd.DataFrame, chapters: dict[str, str]) -> Iterator[Shape]:
    """The regions that have a figure."""
    borders = maps.regencies()
    for code, low, high in coverage[["low", "high"]].astype(float).itertuples():
        chapter = chapters.get(code[:2], "")
        yield _region(words, code, borders[code], (low, high), f"{chapter}#{place(code)}" if chapter else "")


def _region(words: Words, code: str, rings: Sequence[np.ndarray], ends: tuple[float, float], href: str) -> Shape:
    """A region with its figure, or the range in which it lies."""
    low, high = ends
    told, exact = words.say.interval(low, high, "percent", 1), low == high
    return Shape(
        rings,
        words.name(code),
        told if exact else words.say("{range} (rentang)", range=told),
        shade((low + high) / 2, STEPS),
        href,
        shade(low, STEPS) if exact else RANGE,
    )


def _legend(words: Words) -> str:
    """What the colours, the pattern and the dots mean."""
    say = words.say
    low, high = (say.percent(step, 0) for step in STEPS)
    keys = [
        (swatch("most"), say("lebih dari {high}", high=high)),
        (swatch("some"), say("{low} sampai {high}", low=low, high=high)),
        (swatch("least"), say("kurang dari {low}", low=low)),
        (dot("some"), say("angka pasti")),
        (dot(RANGE), say("hanya rentang")),
        (swatch(DOTS), say("tidak ada angka; bukan nol")),
    ]
    return legend(keys)
