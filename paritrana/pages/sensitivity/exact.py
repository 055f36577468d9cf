"""What is exact about the ranks: how far they reach, and which changes of weights move them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paritrana.analysis.ranking import Ranking, exact_assumption
from paritrana.engine.rank_range import RankRanges
from paritrana.engine.scores import Ints
from paritrana.engine.smallest import Change
from paritrana.engine.stability import Span
from paritrana.pages.page import Page
from paritrana.presentation.html import Cell, Column, Rows, paragraphs, table

ALWAYS = 2  # causes that have a column in any case: weights alone, gaps alone


@dataclass(frozen=True)
class Cause:
    """What opens the ranks, as a column of the table; best and worst rank in the order of the ranking, shape (N,)."""

    column: Column
    best: Ints
    worst: Ints

    @property
    def says_nothing(self) -> bool:
        """Whether it allows every region any rank."""
        return bool((self.best == 1).all() and (self.worst == len(self.worst)).all())


def ranges_table(page: Page, candidates: str = "all") -> str:
    """The exact rank range of every region: due to weights alone, to gaps alone, to both, and to any gaps at all.

    A cause that allows every region any rank has no column, but a sentence.
    """
    key = (candidates, exact_assumption(page.analysis.params.assumption))
    ranking, depth = page.analysis.rankings.get(key), page.analysis.depths.get(key)
    if ranking is None or depth is None:
        return ""
    say, parts = page.say, depth.split
    wide = page.analysis.depths[candidates, "anything"].split.both
    causes = (
        Cause(Column(say("Bobot apa pun"), say("nilai di tengah rentang")), parts.weights.best, parts.weights.worst),
        Cause(Column(say("Data kosong"), say("bobot hipotesis")), parts.gaps_best, parts.gaps_worst),
        Cause(Column(say("Keduanya"), say("data kosong wajar")), parts.both.best, parts.both.worst),
        Cause(Column(say("Keduanya"), say("data kosong berapa pun")), wide.best, wide.worst),
    )
    kept = [cause for at, cause in enumerate(causes) if at < ALWAYS or not cause.says_nothing]
    sentences = [
        _able(page, parts.both, causes[2].says_nothing, causes[3].says_nothing),
        _proof(page, ranking, parts.both),
    ]
    caption = say("Peringkat terbaik dan terburuk yang mungkin, dan sebabnya")
    if candidates == "nominees":
        caption = say("Peringkat terbaik dan terburuk yang mungkin di antara calon yang diumumkan")
    columns = [Column(say("Kabupaten/kota"), numeric=False), *(cause.column for cause in kept)]
    return paragraphs(sentences) + table(caption, columns, _spans(page, ranking, kept))


def _spans(page: Page, ranking: Ranking, causes: Sequence[Cause]) -> Rows:
    """The rank range that each cause allows each region."""
    rows: Rows = []
    for at in page.order(ranking):
        code = ranking.regions[at]
        cells = [page.say.interval(cause.best[at], cause.worst[at]) for cause in causes]
        if code not in page.recorded:
            cells[0] = "–"  # the middle of what nobody recorded says nothing
        rows.append([page.region(code, code in page.recorded, page.year), *cells])
    return rows


def _able(page: Page, both: RankRanges, plausible: bool, anything: bool) -> str:
    """Who can be first at all, or that every region can take any rank, with plausible gaps or with any."""
    say, count = page.say, len(both.best)
    if plausible:
        return say(
            "Bila bobot dan isi data kosong diubah bersama, setiap daerah dapat menempati peringkat 1 sampai {count}, juga dengan rentang yang wajar: data yang ada belum membatasi satu peringkat pun.",
            count=count,
        )
    able = say(
        "{able} dari {all} daerah dapat menjadi yang pertama dengan bobot tertentu dan nilai tertentu di dalam rentangnya.",
        able=int((both.best == 1).sum()),
        all=count,
    )
    if not anything:
        return able
    return f"{able} " + say(
        "Bila data kosong boleh berapa pun nilainya, setiap daerah dapat menempati peringkat 1 sampai {count}.",
        count=count,
    )


def _proof(page: Page, ranking: Ranking, ranges: RankRanges) -> str:
    """Whether rank ranges are exact, or bounds."""
    if (ranges.best_proved & ranges.worst_proved).all() and not ranking.bounded:
        return page.say("Rentang ini terbukti pasti: tidak ada bobot yang memberi peringkat di luarnya.")
    return page.say("Sebagian rentang ini adalah batas terbukti; rentang yang sebenarnya dapat lebih sempit.")


def stability_table(page: Page) -> str:
    """How far each weight can move before the leader or any rank changes, and who then passes whom."""
    ranking, depth = page.analysis.exact, page.analysis.depth
    if ranking is None or depth is None:
        return ""
    say, found = page.say, depth.stability
    rows: Rows = []
    for at, name in enumerate(ranking.criteria):
        leader, order = found.leader, found.ranking
        rows.append(
            [
                say.title(ranking.rubric.criterion(name).title),
                say.percent(found.weights[at]),
                Cell(
                    say.interval(leader.low[at], leader.high[at], "percent", 1),
                    note=_passing(page, ranking, leader, at),
                ),
                say.interval(order.low[at], order.high[at], "percent", 1),
            ]
        )
    columns = [
        Column(say("Kriteria"), numeric=False),
        Column(say("Bobot tanpa wawancara")),
        Column(say("Yang pertama tetap"), say("selama bobot ini antara")),
        Column(say("Seluruh urutan tetap"), say("selama bobot ini antara")),
    ]
    caption = say("Sejauh mana setiap bobot dapat bergeser, bobot lain ikut sebanding, nilai di tengah rentang")
    return table(caption, columns, rows)


def _passing(page: Page, ranking: Ranking, span: Span, at: int) -> str:
    """Who passes whom at the ends of a stability interval; nothing where an end is 0 or 1."""
    said = []
    for sign, pair in (("<", span.below[at]), (">", span.above[at])):
        if pair[0] >= 0:
            passed, passing = (page.name(ranking.regions[one]) for one in pair)
            sentence = page.say("{passing} menyusul {passed}", passing=passing, passed=passed)
            said.append(f"{sign} {sentence}")
    return "; ".join(said)


def firsts_table(page: Page) -> str:
    """For each recorded region the smallest change of weights that makes it first, or that none does."""
    ranking, depth = page.analysis.exact, page.analysis.depth
    if ranking is None or depth is None:
        return ""
    say = page.say
    rows: Rows = []
    for at in page.order(ranking):
        code, change = ranking.regions[at], depth.firsts[at]
        if code not in page.recorded:
            continue
        if change.weights is None or change.distance is None:
            rows.append([page.name(code), say("tidak mungkin"), Cell("–", classes="gap")])
            continue
        titles = [say.title(ranking.rubric.criterion(name).title) for name in ranking.criteria]
        weights = [f"{title} {say.percent(weight)}" for title, weight in zip(titles, change.weights, strict=True)]
        # Half of the L1 distance is what has to be taken from some criteria and given to others.
        cell = Cell("; ".join(weights), note=_shared_first(page, ranking, change))
        rows.append([page.name(code), say.number(50 * change.distance, 1), cell])
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Bobot yang dipindahkan"), say("poin persen")),
        Column(say("Bobot yang menjadikannya pertama"), numeric=False),
    ]
    caption = say("Perubahan bobot terkecil agar suatu daerah menjadi yang pertama, nilai di tengah rentang")
    return table(caption, columns, rows)


def _shared_first(page: Page, ranking: Ranking, change: Change) -> str:
    """With how many others a region is first at the weights of a change; nothing where it is alone."""
    ranked = np.array([code in page.recorded for code in ranking.regions])
    totals = ranking.table.twice_middle[ranked].astype(object) @ np.array(change.parts, dtype=object)
    others = int((totals == totals.max()).sum()) - 1
    return page.say("bersama {count} daerah lain", count=others) if others else ""
