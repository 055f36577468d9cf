"""Who leads and how surely: ranks, scores and chances when weights and gaps are open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from paritrana.analysis.ranking import Ranking
from paritrana.pages.leaders import empty, lead, starred
from paritrana.pages.page import Page
from paritrana.presentation import charts
from paritrana.presentation.html import Cell, Column, Rows, bullets, facts, paragraphs, table
from paritrana.presentation.likelihood import SURE, likelihood


def summary(page: Page) -> str:
    """Who is likely to be first, in one sentence, with four figures."""
    ranking = page.analysis.main
    if ranking is None:
        return empty(page)
    say, chances = page.say, ranking.any_weights
    leader = page.leader(ranking)
    recorded, cells = page.analysis.cells
    error = say.number(100 * chances.standard_error[leader, 0], 1)
    return paragraphs([lead(page)], "lead") + facts(
        [
            (
                say.percent(chances.share[leader, 0]),
                say("keterterimaan peringkat pertama {name}", name=page.name(ranking.regions[leader])),
                say("galat baku ± {error} poin persen", error=error),
            ),
            (f"{recorded}/{cells}", say("sel rekaman terisi"), say("daerah × indikator")),
            (say.number(chances.draws), say("percobaan acak"), say("benih {seed}", seed=chances.seed)),
            (
                str(len(page.analysis.nominees) or "–"),
                say("calon yang diumumkan"),
                say("tahun penilaian {year}", year=page.year),
            ),
        ]
    )


def figure(page: Page) -> charts.Picture | None:
    """The acceptability of every rank for every region."""
    ranking = page.analysis.main
    if ranking is None:
        return None
    say, order = page.say, page.order(ranking)
    chances = ranking.any_weights
    leader = order[0]
    best, worst = chances.rank_interval()
    return charts.acceptabilities(
        say,
        [starred(page, ranking.regions[at]) for at in order],
        chances.share[order],
        chances.expected_rank[order],
        say(
            "Peta kalor peluang setiap peringkat bagi {count} kabupaten/kota di {province}: {name} terbaik rata-rata dengan peringkat {low} sampai {high} dalam 90 % percobaan; makin panjang jalur warna, makin tidak pasti; bintang menandai daerah tanpa rekaman.",
            count=len(order),
            province=page.analysis.province["name"],
            name=page.name(ranking.regions[leader]),
            low=best[leader],
            high=worst[leader],
        ),
    )


def ranking_table(page: Page, candidates: str = "all") -> str:
    """Scores, ranks and their uncertainty, from the best expected rank down."""
    ranking = page.analysis.rankings.get((candidates, page.analysis.params.assumption))
    say = page.say
    if ranking is None and page.analysis.main is None:
        return ""
    if ranking is None:
        return paragraphs([say("Tidak ada peringkat yang dapat disusun untuk pilihan calon ini.")])
    chances, open_gaps = ranking.any_weights, page.analysis.rankings[candidates, "anything"]
    low, high = chances.rank_interval()
    rows: Rows = []
    for at in page.order(ranking):
        code, first, podium = ranking.regions[at], chances.share[at, 0], chances.top(3)[at]
        wide = open_gaps.regions.index(code)
        rows.append(
            [
                page.region(code, code in page.recorded),
                Cell(say.interval(ranking.total_low[at], ranking.total_high[at], "number", 1)),
                str(ranking.rank[at] or "–"),
                say.interval(ranking.best[at], ranking.worst[at]),
                say.interval(open_gaps.best[wide], open_gaps.worst[wide]),
                page.chance(first, chances.draws),
                page.chance(podium, chances.draws),
                say.interval(low[at], high[at]),
            ]
        )
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Skor"), say("poin, bobot hipotesis")),
        Column(say("Peringkat"), say("di tengah rentang")),
        Column(say("Rentang peringkat"), say("kekosongan wajar")),
        Column(say("Rentang peringkat"), say("kekosongan apa pun")),
        Column(say("Peluang pertama"), say("bobot apa pun")),
        Column(say("Peluang tiga besar"), say("bobot apa pun")),
        Column(say("Peringkat"), say("90 % percobaan")),
    ]
    caption = (
        say("Peringkat semua kabupaten/kota") if candidates == "all" else say("Peringkat calon yang diumumkan saja")
    )
    return table(caption, columns, rows)


def sureness(page: Page) -> str:
    """What is sure, and what is not."""
    ranking = page.analysis.main
    if ranking is None:
        return ""
    say, leader = page.say, page.leader(ranking)
    kept = say(
        "Jika bobot hipotesis dipegang dan hanya kekosongan yang terbuka, peluang pertama {name} {share}.",
        name=page.name(ranking.regions[leader]),
        share=say.percent(ranking.own_weights.share[leader, 0]),
    )
    return bullets([_likely_podium(page, ranking), kept, _never_first(page, ranking), _anywhere(page, ranking)])


def _likely_podium(page: Page, ranking: Ranking) -> str:
    """Who is likely to be among the first three, or that nobody is."""
    say, count = page.say, min(3, len(ranking.regions) - 1)
    podium = ranking.any_weights.top(count)
    likely = [page.name(ranking.regions[at]) for at in np.argsort(-podium) if podium[at] >= SURE]
    if not likely:
        return say("Tidak ada daerah yang peluangnya masuk {count} besar mencapai dua pertiga.", count=count)
    return say(
        "Peluang masuk {count} besar: {word} bagi {names}.",
        count=count,
        word=likelihood(say, min(podium[podium >= SURE])),
        names=say.list(likely),
    )


def _never_first(page: Page, ranking: Ranking) -> str:
    """Who cannot be first under the rubric's weights, whatever the values are."""
    say = page.say
    never = [page.name(ranking.regions[at]) for at in page.order(ranking) if ranking.best[at] > 1]
    if not never:
        return say(
            "Dengan bobot hipotesis, setiap daerah masih dapat menjadi yang pertama: kekosongan rekaman terlalu besar."
        )
    return say(
        "Dengan bobot hipotesis, {names} tidak dapat menjadi yang pertama apa pun nilai di dalam rentangnya.",
        names=say.list(never),
    )


def _anywhere(page: Page, ranking: Ranking) -> str:
    """Whose rank may be any, from the first to the last; empty where there is no such region."""
    say, width = page.say, ranking.worst - ranking.best
    wide = [page.name(ranking.regions[at]) for at in page.order(ranking) if width[at] == len(ranking.regions) - 1]
    if not wide:
        return ""
    return say(
        "Tidak ada yang dapat dikatakan tentang peringkat {names}: rentangnya dari yang pertama sampai yang terakhir.",
        names=say.list(wide),
    )


def scores_table(page: Page) -> str:
    """The score of every criterion for every region, with where it comes from."""
    ranking = page.analysis.main
    if ranking is None:
        return ""
    say, values = page.say, page.analysis.values
    rows: Rows = []
    for at in page.order(ranking):
        code, cells = ranking.regions[at], []
        for column, name in enumerate(ranking.criteria):
            source = values.loc[(code, ranking.rubric.criterion(name).indicator)]
            text = say.interval(ranking.low[at, column], ranking.high[at, column], "number", 1)
            cells.append(_score(page, text, source))
        rows.append([page.region(code, code in page.recorded), *cells])
    titles = [Column(say.title(ranking.rubric.criterion(name).title), say("poin")) for name in ranking.criteria]
    caption = say("Skor tiap kriteria, 0 sampai 100 poin; ° rentang nasional karena tidak ada angka")
    return table(caption, [Column(say("Kabupaten/kota"), numeric=False), *titles], rows)


def _score(page: Page, text: str, source: pd.Series) -> Cell:
    """A criterion's score with where its value comes from; a small ring marks a range taken from the whole nation."""
    if source["kind"] == "nationwide":
        return Cell(f"{text} °", classes="gap")
    return Cell(text, page.sources(source["sources"]), "", page.badges(source["kind"], bool(source["doubtful"])))


def assumptions_table(page: Page) -> str:
    """The first three by acceptability under each assumption about gaps and each set of candidates."""
    say = page.say
    names = {"plausible": say("wajar"), "anything": say("apa pun"), "known": say("yang tercatat")}
    groups = {"all": say("semua kabupaten/kota"), "nominees": say("calon yang diumumkan")}
    rows: Rows = []
    for (candidates, assumption), ranking in page.analysis.rankings.items():
        order = np.argsort(-ranking.any_weights.share[:, 0], kind="stable")[:3]
        top = [f"{page.name(ranking.regions[at])} ({say.percent(ranking.any_weights.share[at, 0])})" for at in order]
        criteria = [say.title(ranking.rubric.criterion(name).title) for name in ranking.criteria]
        lacking = (
            say("tidak dapat diperingkat: {names}", names=say.list([page.name(code) for code in ranking.not_rankable]))
            if ranking.not_rankable
            else ""
        )
        rows.append([groups[candidates], names[assumption], Cell("; ".join(top), note=lacking), ", ".join(criteria)])
    if not rows:
        return ""
    columns = [
        Column(say("Calon"), numeric=False),
        Column(say("Anggapan tentang kekosongan"), numeric=False),
        Column(say("Peluang pertama terbesar"), numeric=False),
        Column(say("Kriteria"), numeric=False),
    ]
    return table(say("Peluang pertama menurut anggapan dan calon"), columns, rows)
