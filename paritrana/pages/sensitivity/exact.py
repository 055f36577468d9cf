"""What is exact about the ranks: how far they reach, and which changes of weights move them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paritrana.analysis.ranking import Ranking, exact_assumption
from paritrana.engine.rank_range import RankRanges
from paritrana.engine.scores import POINT, Ints
from paritrana.engine.smallest import Change, Rise
from paritrana.engine.stability import Span
from paritrana.indicators.catalogue import indicator
from paritrana.pages.lab_address import lab_address
from paritrana.pages.page import Page
from paritrana.presentation.html import Cell, Column, Fold, Link, Rows, paragraphs, table

ALWAYS = 2  # causes that have a column in any case: weights alone, gaps alone
NEAR_THE_TOP = 5  # places after the first of which it is told what they lack


@dataclass(frozen=True)
class Cause:
    """What opens the ranks, as a column of the table; best and worst rank in the order of the ranking, shape (N,).

    `over_weights` are the same ranks with the weights that give them, where weights do.
    """

    column: Column
    best: Ints
    worst: Ints
    over_weights: RankRanges | None = None

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
        _over_weights(Column(say("Bobot apa pun"), say("daerah tercatat, nilai di tengah rentang")), parts.weights),
        Cause(Column(say("Data kosong"), say("bobot hipotesis")), parts.gaps_best, parts.gaps_worst),
        _over_weights(Column(say("Keduanya"), say("data kosong wajar")), parts.both),
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
    return paragraphs(sentences) + table(caption, columns, _spans(page, ranking, candidates, kept))


def _over_weights(column: Column, ranges: RankRanges) -> Cause:
    return Cause(column, ranges.best, ranges.worst, ranges)


def _spans(page: Page, ranking: Ranking, candidates: str, causes: Sequence[Cause]) -> Rows:
    """The rank range that each cause allows each region, with weights that give its ends."""
    rows: Rows = []
    for at in page.order(ranking):
        code = ranking.regions[at]
        cells = [
            Cell(
                page.say.interval(cause.best[at], cause.worst[at]),
                fold=_witnesses(page, ranking, candidates, cause, at),
            )
            for cause in causes
        ]
        if code not in page.recorded:
            cells[0] = Cell("–")  # the middle of what nobody recorded says nothing
        rows.append([page.region(code, code in page.recorded, page.year), *cells])
    return rows


def _witnesses(page: Page, ranking: Ranking, candidates: str, cause: Cause, at: int) -> Fold | None:
    """The weights that give a region its best and its worst rank, each with the lab in which they do so."""
    say, ranges = page.say, cause.over_weights
    if ranges is None:
        return None
    ends = {
        int(ranges.best_attained[at]): ranges.best_parts[at],
        int(ranges.worst_attained[at]): ranges.worst_parts[at],
    }
    lines = []
    for rank, parts in ends.items():
        told = say("peringkat {rank}: {weights}", rank=rank, weights=_weights(page, ranking, parts))
        called = say(
            "lihat di laboratorium: {name} di peringkat {rank}", name=page.name(ranking.regions[at]), rank=rank
        )
        there = lab_address(page, ranking, candidates, parts)
        lines.append((told, Link(there, say("lihat di laboratorium"), called)))
    return Fold(say("bobotnya"), tuple(lines))


def _weights(page: Page, ranking: Ranking, parts: Sequence[int]) -> str:
    """The criteria that have weight, each with its share of the sum."""
    whole = sum(map(int, parts))
    named = [
        f"{page.say.title(ranking.rubric.criterion(name).title)} {page.say.percent(int(part) / whole)}"
        for name, part in zip(ranking.criteria, parts, strict=True)
        if part
    ]
    return "; ".join(named)


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


def rises_table(page: Page) -> str:
    """What each region behind the first lacks in one criterion alone to be first, under the weights as they are.

    Told of recorded values only, and of sums: a geometric mean rises otherwise.
    """
    ranking, depth = page.analysis.exact, page.analysis.depth
    if ranking is None or depth is None or ranking.rubric.aggregation != "additive":
        return ""
    say = page.say
    behind = [at for at in np.argsort(ranking.rank, kind="stable") if ranking.rank[at] > 1][:NEAR_THE_TOP]
    rows: Rows = [
        [
            page.name(ranking.regions[at]),
            str(ranking.rank[at]),
            *(_rise(page, ranking, depth.rises, at, column) for column in range(len(ranking.criteria))),
        ]
        for at in behind
    ]
    if not rows:
        return ""
    titles = [Column(say.title(ranking.rubric.criterion(name).title)) for name in ranking.criteria]
    caption = say(
        "Nilai satu kriteria yang sekurang-kurangnya diperlukan agar menjadi yang pertama, bobot hipotesis, nilai lain di tengah rentang"
    )
    lead = say(
        "Dibaca per sel: hanya kriteria itu yang naik, semua yang lain tetap. “Tidak cukup” berarti nilai 100 poin pun belum menjadikannya yang pertama."
    )
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Peringkat"), say("di tengah rentang")),
        *titles,
    ]
    return paragraphs([lead]) + table(caption, columns, rows)


def _rise(page: Page, ranking: Ranking, found: Rise, at: int, column: int) -> Cell:
    """The value that a criterion must reach, with the points that are missing."""
    say, code = page.say, ranking.regions[at]
    criterion = ranking.rubric.criterion(ranking.criteria[column])
    if criterion.indicator is None or (code, criterion.indicator) not in page.analysis.recorded.index:
        return Cell(say("tanpa angka {year}", year=page.year), classes="gap")
    if not found.possible[at, column]:
        return Cell(say("tidak cukup"))
    missing = found.millionths[at, column] / POINT
    note = say("+{points} poin", points=say.number(_up(missing, 0.1), 1))
    if criterion.goalposts is None:
        return Cell(note)
    low, high = criterion.goalposts
    share = ((ranking.low[at, column] + ranking.high[at, column]) / 2 + missing) / 100
    unit = indicator(criterion.indicator).unit
    step = 10.0 ** -(unit.decimals + (2 if unit.write == "percent" else 0))
    value = (
        _up(low + share * (high - low), step)
        if criterion.direction == "up"
        else -_up(share * (high - low) - high, step)
    )
    return Cell(page.value(criterion.indicator, value, value), note=note)


def _up(value: float, step: float) -> float:
    """The least multiple of a step that is not below a value: what is rounded down would not be enough."""
    return math.ceil(value / step - 1e-9) * step


def _shared_first(page: Page, ranking: Ranking, change: Change) -> str:
    """With how many others a region is first at the weights of a change; nothing where it is alone."""
    ranked = np.array([code in page.recorded for code in ranking.regions])
    totals = ranking.table.twice_middle[ranked].astype(object) @ np.array(change.parts, dtype=object)
    others = int((totals == totals.max()).sum()) - 1
    return page.say("bersama {count} daerah lain", count=others) if others else ""
