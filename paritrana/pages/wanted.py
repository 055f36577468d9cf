"""What data a province needs: the unknown figures that would settle most who is first."""

from __future__ import annotations

import pandas as pd

from paritrana.pages.page import Page
from paritrana.presentation.html import Cell, Column, Rows, paragraphs, table

MOST = 8  # figures that are named
ERRORS = 2  # standard errors by which a figure must help before it is named


def wanted_table(page: Page) -> str:
    """The figures that would help most if somebody recorded them, or that none helps alone; empty where nothing is ranked."""
    say, rows = page.say, page.analysis.wanted
    if rows.empty or page.analysis.main is None:
        return ""
    helpful = _helpful(rows)
    now = say.percent(float(rows["now"].iloc[0]))
    start = say(
        "Dengan data sekarang, tebakan terbaik tentang peringkat 1 benar dalam {now} percobaan (bobot apa pun, angka kosong menurut perkiraan).",
        now=now,
    )
    if helpful.empty:
        return paragraphs(
            [
                start,
                say(
                    "Tidak satu angka pun yang sendirian banyak mengubahnya: yang dibutuhkan beberapa angka sekaligus."
                ),
            ]
        )
    shown: Rows = [
        [
            page.name(row.region_code),
            page.criterion(row.indicator),
            say.percent(row.then),
            Cell(say.number(100 * (row.then - row.now), 1), note=f"± {say.number(100 * row.error, 1)}"),
        ]
        for row in helpful.head(MOST).itertuples()
    ]
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Angka yang dibutuhkan"), numeric=False),
        Column(say("Tebakan benar"), say("rata-rata, bila angka itu tercatat")),
        Column(say("Naik"), say("poin persen")),
    ]
    caption = say("Angka kosong yang paling mempersempit peringkat 1, {year}", year=page.year)
    more = len(helpful) - MOST
    rest = say("{count} angka kosong lain juga membantu.", count=more) if more > 0 else ""
    return paragraphs([start]) + table(caption, columns, shown) + paragraphs([rest])


def most_wanted(page: Page) -> str:
    """The one figure that would help most, in one sentence; empty where none does."""
    say, helpful = page.say, _helpful(page.analysis.wanted)
    if helpful.empty:
        return ""
    row = next(helpful.itertuples())
    return say(
        "Data yang paling dibutuhkan: {indicator} {name}; bila tercatat, peringkat 1 dapat ditebak dengan benar pada {then} percobaan, sekarang {now}.",
        indicator=page.criterion(row.indicator).lower(),
        name=page.name(row.region_code),
        then=say.percent(row.then),
        now=say.percent(row.now),
    )


def _helpful(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures that help by more than their sampling error."""
    return rows[rows["then"] - rows["now"] > ERRORS * rows["error"]]
