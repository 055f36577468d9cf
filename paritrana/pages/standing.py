"""Where the alternatives of a table stand: ranks with the ranges that other weights give, as a table and in pictures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from paritrana.analysis.any_table import Result
from paritrana.engine.rank_range import RankRanges
from paritrana.presentation.charts import Picture, acceptabilities, spans
from paritrana.presentation.document import picture
from paritrana.presentation.html import Cell, Column, Rows, table
from paritrana.presentation.language import DASH, Text


def standing(say: Text, result: Result, near: RankRanges, whose: str, own: str, caption: str) -> str:
    """Each alternative's rank and score, and the ranks that other weights can give.

    `whose` heads the names, `own` says which weights the ranks are under; `near` are the ranks within ten points of them.
    """
    rows: Rows = [
        [
            Cell(result.table.alternatives[at]),
            str(result.rank[at]),
            say.interval(result.score_low[at], result.score_high[at], "number", 2),
            say.interval(near.best[at], near.worst[at]),
            say.interval(result.ranges.best[at], result.ranges.worst[at]),
            say.percent(float(result.chances.share[at, 0])),
        ]
        for at in result.order
    ]
    columns = [
        Column(whose, numeric=False),
        Column(say("Peringkat"), own),
        Column(say("Nilai"), say("poin")),
        Column(say("Peringkat yang mungkin"), say("bobot ± 10 poin")),
        Column(say("Peringkat yang mungkin"), say("bobot apa pun")),
        Column(say("Peringkat 1"), say("bobot acak")),
    ]
    return table(caption, columns, rows) + picture(_spans(say, result, near, own)) + picture(_shares(say, result))


def _spans(say: Text, result: Result, near: RankRanges, own: str) -> Picture:
    order, wide = result.order, result.ranges
    names = [result.table.alternatives[at] for at in order]
    first = order[0]
    alt = say(
        "Peringkat setiap peserta dengan rentangnya; {name} di peringkat 1 dan dengan bobot apa pun antara {best} dan {worst}.",
        name=names[0],
        best=int(wide.best[first]),
        worst=int(wide.worst[first]),
    )
    labels = (own, say("bobot ± 10 poin"), say("bobot apa pun"))
    ends = ((wide.best[order], wide.worst[order]), (near.best[order], near.worst[order]))
    return spans(say, names, *ends, result.rank[order], labels=labels, alt=alt)


def _shares(say: Text, result: Result) -> Picture:
    order = result.order
    share = result.chances.share[order]
    expected = share @ np.arange(1, len(order) + 1)
    names = [result.table.alternatives[at] for at in order]
    alt = say(
        "Peluang setiap peringkat bila bobot diundi acak; {name} di peringkat 1 pada {share} percobaan.",
        name=names[0],
        share=say.percent(float(share[0, 0])),
    )
    return acceptabilities(say, names, share, expected, alt)


def ends(result: Result, at: int) -> Iterator[tuple[int, float, int]]:
    """Where moving the weight of a criterion alone puts another first: the criterion, the weight, and who passes."""
    span = result.stability.leader
    for weight, pair in ((span.low[at], span.below[at]), (span.high[at], span.above[at])):
        if pair[1] >= 0:
            yield at, float(weight), int(pair[1])


def weights_table(say: Text, result: Result, criteria: list[tuple[str, str]], caption: str) -> str:
    """The weights of criteria, each a title and its goalposts in words, and how far each can move alone."""
    span = result.stability.leader
    rows: Rows = []
    for at, (title, posts) in enumerate(criteria):
        passing = dict.fromkeys(result.table.alternatives[rival] for _, _, rival in ends(result, at))
        rows.append(
            [
                title,
                say.percent(result.stability.weights[at]),
                posts,
                say.interval(float(span.low[at]), float(span.high[at]), "percent", 1),
                say.list(list(passing)) if passing else DASH,
            ]
        )
    columns = [
        Column(say("Kriteria"), numeric=False),
        Column(say("Bobot")),
        Column(say("Nilai untuk 0 dan 100 poin")),
        Column(say("Peringkat 1 bertahan"), say("bobot kriteria ini sendiri")),
        Column(say("Lalu menyusul"), numeric=False),
    ]
    return table(caption, columns, rows)


def plain(say: Text, value: float) -> str:
    """A value with decimals only where it has any."""
    return say.number(value, 0 if value == int(value) else 2)


def proved(say: Text, *every: RankRanges) -> str:
    """Whether every rank range is exact, in a sentence."""
    if all(bool(found.best_proved.all() and found.worst_proved.all()) for found in every):
        return say("Semua rentang peringkat terbukti tepat.")
    return say("Sebagian rentang peringkat ialah batas luar: waktu untuk membuktikannya habis.")
