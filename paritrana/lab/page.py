"""The weight lab's part of its page: the table of the default choice, and what the script needs to replace it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from paritrana.analysis.known import record
from paritrana.analysis.ranking import Ranking
from paritrana.analysis.store import rankings_of
from paritrana.digests import sha256
from paritrana.indicators.nation import Nation
from paritrana.lab.texts import lab_texts
from paritrana.pages.record_page import RecordPage
from paritrana.parameters import page as parameters
from paritrana.parameters.page import Defaults
from paritrana.plan.book import LAB_PROVINCES
from paritrana.presentation.html import Cell, Column, Rows, paragraphs, table
from paritrana.presentation.language import Text

VERSION_LETTERS = 8


def fragment(nation: Nation, defaults: Defaults, data: Mapping[str, Any]) -> str:
    """The lab as HTML on one line; `data` is what `paritrana.lab` makes for the script of the same record."""
    say = Text(defaults.language)
    code = fullest(data)
    params = parameters.province(code, {**defaults.model_dump(), "rubric": data["rubric"]})
    known = record(params, nation)
    page = RecordPage(say, known.nation.tables, "", known)
    # The script element is read as text, the tables stay where no script runs.
    element = given(say, data, code, f"{LAB_PROVINCES}/")
    strings = f'<script type="application/json">{_inline(element)}</script>'
    tables = default_tables(page, rankings_of(known)[0])
    return f'<div class="lab"><paritrana-lab>{tables}{strings}</paritrana-lab></div>'


def given(say: Text, data: Mapping[str, Any], province: str, folder: str) -> dict[str, Any]:
    """What the script reads out of its element: the choice that the lab begins with, and its texts.

    `folder` is where the scripts of provinces lie, as seen from the page.
    """
    start = {
        "province": province,
        "year": data["year"],
        "rubric": data["rubric"],
        "candidates": "all",
        "assumption": data["assumption"],
    }
    return {
        "language": say.language,
        "version": version(data),
        "folder": folder,
        "start": start,
        "texts": lab_texts(say),
    }


def fullest(data: Mapping[str, Any]) -> str:
    """The province with most figures per region in the year of the book (the first of equal ones).

    Figures that something speaks against do not count: nobody's first sight of a ranking should rest on them. Of those
    that the book has, where it says so, and never the fictional one.
    """
    real = [place for place, province in enumerate(data["provinces"]) if not province.get("fictional")]
    inside = [place for place in real if data["provinces"][place]["code"] in data["scripts"]]
    owners = np.array([region[2] for region in data["regions"]])
    year = str(data["year"])
    columns = zip(data["scores"][year], data["origins"][year], strict=True)
    cells = [region for column, told in columns for region in _undoubted(column, told)]
    share = np.bincount(owners[cells], minlength=len(data["provinces"])) / np.bincount(owners)
    return str(data["provinces"][max(inside or real, key=lambda place: share[place])]["code"])


def _undoubted(column: Mapping[str, Any], told: Sequence[Sequence[Any]]) -> list[int]:
    """The regions with a record that nothing speaks against; what is told of the fictional ones is nothing."""
    plain = told[len(column["filled"]) :]  # kind, figure, date, sources; doubts only where there are any
    return [cell[0] for cell, origin in zip(column["recorded"], plain, strict=False) if len(origin) == 4]


def version(data: Mapping[str, Any]) -> str:
    """A name of the figures that the lab computes with: the same for the same figures, in every language."""
    figures = {key: data[key] for key in ("scores", "nominees", "podiums")}
    text = json.dumps(figures, sort_keys=True)
    return sha256(text)[:VERSION_LETTERS]


def default_tables(page: RecordPage, ranking: Ranking | None) -> str:
    """What readers without the script see: the default weights and the ranking under them."""
    say = page.say
    hint = say("Tanpa JavaScript, halaman ini menampilkan pilihan bawaan; bobot tidak dapat digeser.")
    tables = "" if ranking is None else _weights_table(page, ranking) + _ranking_table(page, ranking)
    return paragraphs([hint], "lab-help") + tables


def _weights_table(page: RecordPage, ranking: Ranking) -> str:
    """The weights of the criteria that count."""
    say, rubric = page.say, ranking.rubric
    whole = int(ranking.table.parts.sum())
    rows: Rows = [
        [say.title(rubric.criterion(name).title), say.percent(int(part) / whole, 2)]
        for name, part in zip(ranking.criteria, ranking.table.parts, strict=True)
    ]
    caption = say("{title}: bobot hipotesis, bukan bobot resmi", title=say.title(rubric.title))
    return table(caption, [Column(say("Kriteria"), numeric=False), Column(say("Bobot"))], rows)


def _ranking_table(page: RecordPage, ranking: Ranking) -> str:
    """The regions by rank, those without any recorded figure after the others."""
    say = page.say
    unranked = np.where(ranking.rank > 0, ranking.rank, len(ranking.regions) + 1)
    rows: Rows = [
        [
            page.region(ranking.regions[at], ranking.regions[at] in page.recorded, page.year),
            str(ranking.rank[at] or "–"),
            Cell(say.number(ranking.total_middle[at], 1), note=_ends(page, ranking, at)),
            say.interval(ranking.best[at], ranking.worst[at]),
        ]
        for at in np.argsort(unranked, kind="stable")
    ]
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Peringkat"), say("di tengah rentang")),
        Column(say("Skor"), say("poin di tengah rentang; rentang")),
        Column(say("Rentang peringkat"), say("karena data kosong")),
    ]
    place = {"area": page.analysis.province["name"], "year": page.year}
    return table(say("{area}, tahun penilaian {year}", **place), columns, rows)


def _ends(page: RecordPage, ranking: Ranking, at: int) -> str:
    """The interval of a score; nothing where it is one number."""
    ends = page.say.interval(ranking.total_low[at], ranking.total_high[at], "number", 1)
    return ends if ends != page.say.number(ranking.total_middle[at], 1) else ""


def _inline(element: Mapping[str, Any]) -> str:
    """JSON inside a page, which no text in it can end."""
    return json.dumps(element, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
