"""The ranking of one's own table as one page that stands alone: who is ahead, what weights decide, what it rests on."""

from __future__ import annotations

import numpy as np

from paritrana.analysis.any_table import Result, near_ranges
from paritrana.engine.rank_range import RankRanges
from paritrana.pages.standing import plain, proved, standing, weights_table
from paritrana.presentation.document import document
from paritrana.presentation.html import Cell, Column, Rows, bullets, paragraphs, table
from paritrana.presentation.language import DASH, Text
from paritrana.presentation.likelihood import likelihood

Section = tuple[str, str]


def report(say: Text, result: Result, title: str, notes: tuple[str, ...]) -> str:
    """The page; `title` names the table, `notes` are what is to be known of it, in English."""
    near = near_ranges(result)
    own = say("bobot rubrik")
    ranked = standing(say, result, near, say("Alternatif"), own, say("Peringkat menurut rubrik"))
    sections = [_headline(say, result), (say("Peringkat"), ranked), _weights(say, result), _values(say, result)]
    if notes:
        told = f'<div lang="en">{bullets(list(notes))}</div>'
        sections.append((say("Catatan tentang tabel"), told))
    return document(say.language, title or say("Peringkat tabel"), [*sections, _origin(say, result, near)])


def _headline(say: Text, result: Result) -> Section:
    """Who is first, how often under random weights, and who else could be."""
    names = result.table.alternatives
    first = [names[at] for at in result.order if result.rank[at] == 1]
    most = int(np.argmax(result.chances.share[:, 0]))
    share = float(result.chances.share[most, 0])
    able = [names[at] for at in result.order if result.ranges.best[at] == 1]
    lines = [
        say("Menurut bobot rubrik, peringkat 1: {names}.", names=say.list(first)),
        say("Dengan bobot apa pun, yang dapat menjadi peringkat 1: {names}.", names=say.list(able)),
        say(
            "Bila bobot diundi acak, {name} menempati peringkat 1 pada {share} percobaan ({words}).",
            name=names[most],
            share=say.percent(share),
            words=likelihood(say, share),
        ),
    ]
    if (result.table.low != result.table.high).any():
        lines.append(say("Sebagian isian belum diketahui; rentang peringkat memuat semua nilai yang mungkin baginya."))
    return "", paragraphs(lines[:1], "lead") + bullets(lines[1:])


def _weights(say: Text, result: Result) -> Section:
    """The rubric's weights, and how far each can move before another is first."""
    criteria = [
        (
            one.title.in_language(say.language),
            DASH.join(plain(say, post) for post in one.goalposts) if one.goalposts else str(one.scale),
        )
        for one in result.rubric.criteria
    ]
    told = say("Bobot ini pilihan pembuat rubrik, bukan bobot resmi; tidak ada bobot resmi yang diumumkan.")
    caption = say("Bobot rubrik dan seberapa jauh dapat digeser")
    return say("Bobot"), paragraphs([told]) + weights_table(say, result, criteria, caption)


def _values(say: Text, result: Result) -> Section:
    """The values as they were read."""
    rows: Rows = [
        [
            Cell(result.table.alternatives[at]),
            *(_value(say, *ends) for ends in zip(result.table.low[at], result.table.high[at], strict=True)),
        ]
        for at in result.order
    ]
    heads = [Column(one.title.in_language(say.language)) for one in result.rubric.criteria]
    html = table(say("Nilai yang dipakai"), [Column(say("Alternatif"), numeric=False), *heads], rows)
    return say("Isian"), html


def _value(say: Text, low: float, high: float) -> Cell:
    if np.isnan(low):
        return Cell(DASH, badges=(("gap", say("tidak diketahui")),), classes="gap")
    ends = [say.number(end, _decimals(end)) for end in (low, high)]
    return Cell(ends[0] if low == high else DASH.join(ends))


def _decimals(value: float) -> int:
    """As many decimals as a value was given with, six at most."""
    return len(f"{value:.6f}".rstrip("0").split(".")[1])


def _origin(say: Text, result: Result, near: RankRanges) -> Section:
    """What the page was made from."""
    drawn = say(
        "{draws} percobaan acak, benih {seed}; nilai yang seri berbagi peringkat yang lebih baik.",
        draws=say.number(result.chances.draws),
        seed=result.chances.seed,
    )
    source = result.rubric.source.in_language(say.language)
    told = [drawn] if result.rubric.ties == "min" else []  # what another rule makes of equals is among the notes
    return say("Dasar"), bullets([say("Rubrik: {source}", source=source), *told, proved(say, result.ranges, near)])
