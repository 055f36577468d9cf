"""Who leads and how surely: ranks, scores and chances when weights and gaps are open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from paritrana.analysis.headline import Headline, disowned, headline
from paritrana.analysis.ranking import Ranking, exact_assumption
from paritrana.pages.leaders import basis, empty, lead, starred, why_nobody
from paritrana.pages.page import Page
from paritrana.pages.podium import nominees_fact, nominees_unknown
from paritrana.presentation import charts
from paritrana.presentation.html import Cell, Column, Rows, bullets, facts, paragraphs, table
from paritrana.presentation.likelihood import SURE, likelihood


def summary(page: Page) -> str:
    """Who is likely to be first, in one sentence, with four figures."""
    ranking = page.analysis.main
    if ranking is None:
        return paragraphs([lead(page)], "lead") + empty(page)
    say, found = page.say, headline(page.analysis.nation, ranking)
    return paragraphs([lead(page)], "lead") + facts(
        [
            _first_fact(page, found),
            (f"{found.cells[0]}/{found.cells[1]}", say("isian tercatat"), say("daerah × indikator")),
            (f"{found.regions[0]}/{found.regions[1]}", say("daerah dengan data"), say("satu isian atau lebih")),
            nominees_fact(page),
        ]
    )


def _first_fact(page: Page, found: Headline) -> tuple[str, str, str]:
    """How often the leader is first, or, where none may be named, how often any region would be by chance."""
    say = page.say
    if found.leader is None:
        return (
            say.percent(found.baseline),
            say("peluang acak peringkat 1"),
            say("bila {all} daerah sama kuatnya", all=found.regions[1]),
        )
    error = say("galat baku ± {error} poin persen", error=say.number(100 * found.error, 1))
    if found.error == 0 and page.analysis.main:  # all draws agree, which is no certainty
        error = page.chance(found.share, page.analysis.main.any_weights.draws).note
    return (
        say.percent(found.share),
        say("percobaan dengan {name} di peringkat 1", name=page.name(found.leader)),
        error,
    )


def figure(page: Page) -> charts.Picture | None:
    """The acceptability of every rank for every region."""
    ranking = page.analysis.main
    if ranking is None:
        return None
    say, order = page.say, page.order(ranking)
    chances = ranking.any_weights
    drawn = charts.acceptabilities(
        say,
        [starred(page, ranking.regions[at]) for at in order],
        chances.share[order],
        chances.expected_rank[order],
        say(
            "Peta kalor peluang setiap peringkat bagi {count} kabupaten/kota di {province}, diurutkan menurut rata-rata peringkat; makin panjang jalur warna, makin tidak pasti; bintang menandai daerah tanpa data.",
            count=len(order),
            province=page.analysis.province["name"],
        ),
    )
    caption = say(
        "Peluang setiap peringkat kabupaten/kota di {province}, tahun penilaian {year}, persen dari {draws} percobaan dengan bobot apa pun; bintang: tanpa data. Sumber: perhitungan buku ini atas data yang ditautkan di halaman cakupan dan anggaran.",
        province=page.analysis.province["name"],
        year=page.year,
        draws=say.number(chances.draws),
    )
    return replace(drawn, caption=caption)


def ranking_table(page: Page, candidates: str = "all") -> str:
    """Ranks and their uncertainty with the scores behind them, by mean rank; regions without data come last."""
    ranking = page.analysis.rankings.get((candidates, page.analysis.params.assumption))
    say = page.say
    if ranking is None and page.analysis.main is None:
        return ""
    if ranking is None:
        return paragraphs(
            [nominees_unknown(page) or say("Tidak ada peringkat yang dapat disusun untuk pilihan calon ini.")]
        )
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Rata-rata peringkat"), say("bobot apa pun")),
        Column(say("Peringkat"), say("90 % percobaan")),
        Column(say("Peluang pertama"), say("acak: {share}", share=say.percent(1 / len(ranking.regions)))),
        Column(say("Peluang tiga besar"), say("bobot apa pun")),
        Column(say("Skor"), say("poin, bobot hipotesis")),
        Column(say("Peringkat"), say("bobot hipotesis, di tengah rentang")),
        Column(say("Rentang peringkat"), say("bobot hipotesis, data kosong wajar")),
    ]
    caption = (
        say("Peringkat semua kabupaten/kota, menurut rata-rata peringkat")
        if candidates == "all"
        else say("Peringkat calon yang diumumkan saja, menurut rata-rata peringkat")
    )
    exact = page.analysis.rankings[candidates, exact_assumption(ranking.assumption)]
    body = table(caption, columns, _ranked(page, ranking, exact))
    return body + paragraphs([_open_gaps(page, page.analysis.rankings[candidates, "anything"])])


def _ranked(page: Page, ranking: Ranking, exact: Ranking) -> Rows:
    """The rows of the ranking: ranks under any weights, then scores and ranks under the rubric's.

    `exact` has the same regions in the same order.
    """
    say, chances = page.say, ranking.any_weights
    low, high = chances.rank_interval()
    podium = chances.top(3)
    return [
        [
            page.region(ranking.regions[at], ranking.regions[at] in page.recorded, page.year),
            say.number(chances.expected_rank[at], 1),
            say.interval(low[at], high[at]),
            page.chance(chances.share[at, 0], chances.draws),
            page.chance(podium[at], chances.draws),
            say.interval(ranking.total_low[at], ranking.total_high[at], "number", 1),
            str(ranking.rank[at] or "–"),
            say.interval(exact.best[at], exact.worst[at]),
        ]
        for at in page.order(ranking)
    ]


def _open_gaps(page: Page, ranking: Ranking) -> str:
    """How far ranks reach under the rubric's weights where a gap may be anything at all."""
    say, count = page.say, len(ranking.regions)
    bound = [page.name(ranking.regions[at]) for at in range(count) if not _is_anywhere(ranking)[at]]
    if not bound:
        return say(
            "Bila data kosong boleh berapa pun nilainya, setiap daerah dapat menempati peringkat 1 sampai {count}.",
            count=count,
        )
    return say(
        "Bila data kosong boleh berapa pun nilainya, hanya {names} yang peringkatnya masih terbatas; daerah lain dapat menempati peringkat 1 sampai {count}.",
        names=say.list(bound),
        count=count,
    )


def _is_anywhere(ranking: Ranking) -> np.ndarray:
    """Whether each region may have any rank under the rubric's weights, shape (N,)."""
    found: np.ndarray = ranking.worst - ranking.best == len(ranking.regions) - 1
    return found


def sureness(page: Page) -> str:
    """What is sure, and what is not."""
    ranking, exact = page.analysis.main, page.analysis.exact
    if ranking is None or exact is None:
        return ""
    say, found = page.say, headline(page.analysis.nation, ranking)
    kept = (
        say(
            "Dengan bobot hipotesis, bila hanya data kosong yang diubah-ubah, {name} menempati peringkat 1 pada {share} percobaan.",
            name=page.name(found.leader),
            share=say.percent(ranking.own_weights.share[ranking.regions.index(found.leader), 0]),
        )
        if found.leader
        else ""
    )
    return bullets([_likely_podium(page, ranking, found), kept, _never_first(page, exact), _anywhere(page, exact)])


def _likely_podium(page: Page, ranking: Ranking, found: Headline) -> str:
    """Who is likely to be among the first three, of those that may be named, or that nobody is."""
    say, count = page.say, min(3, len(ranking.regions) - 1)
    podium = ranking.any_weights.top(count)
    likely = [at for at in np.argsort(-podium) if podium[at] >= SURE and ranking.regions[at] in found.sound]
    if not likely or "few" in found.obstacles:
        return say("Tidak ada daerah yang dapat disebut kemungkinan besar masuk {count} besar.", count=count)
    return say(
        "{names} masuk {count} besar pada sedikitnya {share} percobaan ({word}).",
        names=say.list([page.name(ranking.regions[at]) for at in likely]),
        count=count,
        share=say.percent(min(podium[likely]), 0),
        word=likelihood(say, min(podium[likely])),
    )


def _never_first(page: Page, ranking: Ranking) -> str:
    """Who cannot be first under the rubric's weights, whatever the values are."""
    say = page.say
    never = [page.name(ranking.regions[at]) for at in page.order(ranking) if ranking.best[at] > 1]
    if not never:
        return say(
            "Dengan bobot hipotesis, setiap daerah masih dapat menjadi yang pertama: terlalu banyak data yang kosong."
        )
    return say(
        "Dengan bobot hipotesis, {names} tidak dapat menjadi yang pertama apa pun nilai di dalam rentangnya.",
        names=say.list(never),
    )


def _anywhere(page: Page, ranking: Ranking) -> str:
    """Whose rank may be any, from the first to the last; empty where there is no such region."""
    say, anywhere = page.say, _is_anywhere(ranking)
    wide = [page.name(ranking.regions[at]) for at in page.order(ranking) if anywhere[at]]
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
    say, values, against = page.say, page.analysis.values, disowned(page.analysis.nation)
    rows: Rows = []
    for at in page.order(ranking):
        code, cells = ranking.regions[at], []
        for column, name in enumerate(ranking.criteria):
            source = values.loc[(code, ranking.rubric.criterion(name).indicator)]
            text = say.interval(ranking.low[at, column], ranking.high[at, column], "number", 1)
            cells.append(_score(page, text, source, against.get((code, str(source.name[1])), ())))
        rows.append([page.region(code, code in page.recorded, page.year), *cells])
    titles = [Column(say.title(ranking.rubric.criterion(name).title), say("poin")) for name in ranking.criteria]
    caption = say("Skor tiap kriteria, 0 sampai 100 poin; ° rentang nasional karena tidak ada angka")
    if ranking.assumption == "modelled":
        caption = say("Skor tiap kriteria, 0 sampai 100 poin; ° perkiraan karena tidak ada angka, rentang 90 %")
    first = Column(say("Kabupaten/kota"), numeric=False)
    return table(caption, [first, *titles], rows, footnotes=page.footnotes("scores"))


def _score(page: Page, text: str, source: pd.Series, doubted: tuple[str, ...]) -> Cell:
    """A criterion's score with where its value comes from; a small ring marks a range taken from the whole nation."""
    if source["kind"] in ("nationwide", "modelled"):
        return Cell(f"{text} °", classes="gap")
    badges = page.badges(source["kind"], doubted)
    if source["kind"] == "neighbour":
        badges = (("gap", _stated_elsewhere(page, *source.name)), *badges[1:])
    told = page.remarks(source["observations"])
    return Cell(text, page.sources(source["sources"]), "", badges, remarks=told)


def _stated_elsewhere(page: Page, code: str, name: str) -> str:
    """The year whose value stands in for a gap, and that value."""
    for near in (page.year - 1, page.year + 1):
        rows = page.analysis.nation.recorded.get(near)
        if rows is not None and (code, name) in rows.index:
            return f"{near}: {page.value(name, rows.at[(code, name), 'low'], rows.at[(code, name), 'high'])}"
    return page.say("dari tahun lain")


def assumptions_table(page: Page) -> str:
    """Who may be called first under each assumption about gaps and each set of candidates, and on what basis."""
    say = page.say
    names = {
        "plausible": say("wajar"),
        "anything": say("apa pun"),
        "known": say("yang tercatat"),
        "modelled": say("diperkirakan"),
    }
    groups = {"all": say("semua kabupaten/kota"), "nominees": say("calon yang diumumkan")}
    rows: Rows = []
    for (candidates, assumption), ranking in page.analysis.rankings.items():
        found = headline(page.analysis.nation, ranking)
        criteria = [say.title(ranking.rubric.criterion(name).title) for name in ranking.criteria]
        lacking = (
            say("tidak dapat diperingkat: {names}", names=say.list([page.name(code) for code in ranking.not_rankable]))
            if ranking.not_rankable
            else ""
        )
        first = Cell(_first_of(page, found), note=lacking)
        rows.append([groups[candidates], names[assumption], first, basis(say, found), ", ".join(criteria)])
    if not rows:
        return ""
    columns = [
        Column(say("Calon"), numeric=False),
        Column(say("Anggapan tentang data kosong"), numeric=False),
        Column(say("Paling sering di peringkat 1"), say("bobot apa pun"), numeric=False),
        Column(say("Dasarnya"), numeric=False),
        Column(say("Kriteria"), numeric=False),
    ]
    return table(say("Siapa yang dapat disebut pertama menurut anggapan dan calon"), columns, rows)


def _first_of(page: Page, found: Headline) -> str:
    """Who is most often first and how often, or why nobody may be named."""
    if found.leader is None:
        return page.say("tidak dapat disebut, karena {reason}", reason=why_nobody(page.say, found))
    return page.say(
        "{name}: {share} (peluang acak {baseline})",
        name=page.name(found.leader),
        share=page.say.percent(found.share),
        baseline=page.say.percent(found.baseline),
    )
