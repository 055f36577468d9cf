"""The sensitivity page: scores, ranks, and how sure they are when weights and gaps are open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from paritrana.analysis.ranking import Ranking
from paritrana.engine.rank_range import RankRanges
from paritrana.engine.smallest import Change
from paritrana.engine.stability import Span
from paritrana.pages.leaders import empty, lead, starred
from paritrana.pages.page import Page
from paritrana.parameters.page import scenario_rubrics
from paritrana.parameters.rubric import Criterion
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


def weights_table(page: Page) -> str:
    """The rubric's criteria and weights, with what they are: a hypothesis."""
    say, ranking = page.say, page.analysis.main
    if ranking is None:
        return ""
    rubric = ranking.rubric
    whole = sum(rubric.parts.values())
    used = sum(rubric.parts[name] for name in ranking.criteria)
    rows: Rows = []
    for criterion in rubric.criteria:
        part = rubric.parts[criterion.id]
        scored = criterion.id in ranking.criteria
        rows.append(
            [
                say.title(criterion.title),
                say.percent(part / whole),
                say.percent(part / used) if scored else Cell("–"),
                _goalposts(page, criterion),
            ]
        )
    columns = [
        Column(say("Kriteria"), numeric=False),
        Column(say("Bobot hipotesis")),
        Column(say("Bobot tanpa wawancara")),
        Column(say("Titik acuan"), say("0 dan 100 poin")),
    ]
    caption = say("{title}: bobot hipotesis, bukan bobot resmi", title=say.title(rubric.title))
    return paragraphs([say.title(rubric.source), *_moving(page, ranking)]) + table(caption, columns, rows)


def _moving(page: Page, ranking: Ranking) -> list[str]:
    """What must be known of scores whose scale moves with the values of the table; nothing where all are fixed."""
    rubric = ranking.rubric
    if not any(rubric.criterion(name).scale for name in ranking.criteria):
        return []
    return [
        page.say(
            "Skala “menurut tabel” dibuat dari nilai yang diketahui di tabel ini dan bergeser bersamanya; kriteria yang nilainya mungkin sama di semua daerah tidak membedakan siapa pun."
        ),
        page.say(
            "Karena itu skor dan peringkat yang berupa rentang adalah batas aman: yang di luarnya mustahil, tetapi tidak semua yang di dalamnya mungkin, dan peluang dihitung seolah-olah skor merata di dalam batas itu."
        ),
    ]


def _goalposts(page: Page, criterion: Criterion) -> str:
    """The values that make 0 and 100 points, or that the table gives them."""
    if criterion.indicator is None:
        return page.say("tidak pernah publik")
    return (
        page.goalposts(criterion.indicator, *criterion.goalposts) if criterion.goalposts else page.say("menurut tabel")
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


def ranges_table(page: Page, candidates: str = "all") -> str:
    """The exact rank range of every region: due to weights alone, to gaps alone, to both, and to any gaps at all."""
    key = (candidates, page.analysis.params.assumption)
    ranking, depth = page.analysis.rankings.get(key), page.analysis.depths.get(key)
    if ranking is None or depth is None:
        return ""
    say, parts = page.say, depth.split
    wide = page.analysis.depths[candidates, "anything"].split.both
    rows: Rows = []
    for at in page.order(ranking):
        code = ranking.regions[at]
        spans = (
            (parts.weights.best[at], parts.weights.worst[at]),
            (parts.gaps_best[at], parts.gaps_worst[at]),
            (parts.both.best[at], parts.both.worst[at]),
            (wide.best[at], wide.worst[at]),
        )
        cells = [say.interval(*span) for span in spans]
        if code not in page.recorded:
            cells[0] = "–"  # the middle of what nobody recorded says nothing
        rows.append([page.region(code, code in page.recorded), *cells])
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Bobot apa pun"), say("nilai di tengah rentang")),
        Column(say("Kekosongan"), say("bobot hipotesis")),
        Column(say("Keduanya"), say("kekosongan wajar")),
        Column(say("Keduanya"), say("kekosongan apa pun")),
    ]
    sentences = [
        say(
            "{able} dari {all} daerah dapat menjadi yang pertama dengan bobot tertentu dan nilai tertentu di dalam rentangnya.",
            able=int((parts.both.best == 1).sum()),
            all=len(rows),
        ),
        _proof(page, ranking, parts.both),
    ]
    caption = say("Peringkat terbaik dan terburuk yang mungkin, dan sebabnya")
    if candidates == "nominees":
        caption = say("Peringkat terbaik dan terburuk yang mungkin di antara calon yang diumumkan")
    return paragraphs(sentences) + table(caption, columns, rows)


def _proof(page: Page, ranking: Ranking, ranges: RankRanges) -> str:
    """Whether rank ranges are exact, or bounds."""
    if (ranges.best_proved & ranges.worst_proved).all() and not ranking.bounded:
        return page.say("Rentang ini terbukti pasti: tidak ada bobot yang memberi peringkat di luarnya.")
    return page.say("Sebagian rentang ini adalah batas terbukti; rentang yang sebenarnya dapat lebih sempit.")


def stability_table(page: Page) -> str:
    """How far each weight can move before the leader or any rank changes, and who then passes whom."""
    ranking, depth = page.analysis.main, page.analysis.depth
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


def attribution_table(page: Page) -> str:
    """Which choices move the ranks: grouped Sobol indices of the average rank shift."""
    ranking, depth = page.analysis.main, page.analysis.depth
    if ranking is None or depth is None:
        return ""
    say, shift = page.say, depth.attribution.shift
    names = {
        "weights": say("Bobot"),
        "missing values": say("Kekosongan"),
        "conflicting sources": say("Sumber yang berbeda"),
        "normalisation": say("Cara penskalaan"),
        "aggregation": say("Cara penggabungan"),
    }
    rows: Rows = [
        [
            names[group],
            _index(page, shift.first, shift.first_low, shift.first_high, at),
            _index(page, shift.total, shift.total_low, shift.total_high, at),
        ]
        for at, group in enumerate(shift.groups)
    ]
    lead = say(
        "Jika semua pilihan dibiarkan berubah, peringkat bergeser rata-rata {shift} ± {error} tempat.",
        shift=say.number(shift.mean[0], 2),
        error=say.number(shift.standard_error[0], 2),
    )
    columns = [
        Column(say("Pilihan"), numeric=False),
        Column(say("Pengaruh sendiri"), say("selang bootstrap 95 %")),
        Column(say("Pengaruh seluruhnya"), say("bersama pilihan lain")),
    ]
    return paragraphs([lead]) + table(
        say("Apa yang menggeser peringkat: bagian dari keragaman pergeseran rata-rata"), columns, rows
    )


def _index(page: Page, value: np.ndarray, low: np.ndarray, high: np.ndarray, at: int) -> Cell:
    """A Sobol index of the average shift with its bootstrap interval; an estimate below 0 is shown as 0."""
    ends = np.clip([value[at, 0], low[at, 0], high[at, 0]], 0, 1)
    return Cell(page.say.percent(ends[0], 0), note=page.say.interval(ends[1], ends[2], "percent", 0))


def firsts_table(page: Page) -> str:
    """For each recorded region the smallest change of weights that makes it first, or that none does."""
    ranking, depth = page.analysis.main, page.analysis.depth
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
    totals = (ranking.least + ranking.most)[ranked].astype(object) @ np.array(change.parts, dtype=object)
    others = int((totals == totals.max()).sum()) - 1
    return page.say("bersama {count} daerah lain", count=others) if others else ""


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


def scenarios_table(page: Page) -> str:
    """The rank of every region under each named set of weights."""
    ranking = page.analysis.main
    if ranking is None:
        return ""
    say, ranks = page.say, page.analysis.scenarios
    first = ranks.columns[0]
    rows: Rows = []
    for code in ranks.sort_values([first]).index:
        cells = [
            Cell(str(ranks.at[code, name]), note=_move(page, ranks.at[code, first] - ranks.at[code, name]))
            for name in ranks.columns
        ]
        rows.append([page.name(code), *cells])
    columns = [Column(say.title(rubric.title)) for rubric in scenario_rubrics(page.analysis.params.scenarios)]
    caption = say("Peringkat daerah tercatat di tengah rentang menurut beberapa himpunan bobot (semuanya hipotesis)")
    return table(caption, [Column(say("Kabupaten/kota"), numeric=False), *columns], rows)


def comparison_table(page: Page) -> str:
    """How alike each set of weights ranks to the first one, and who moves most."""
    found, ranks = page.analysis.comparison, page.analysis.scenarios
    if found is None:
        return ""
    say, first = page.say, found.names[0]
    titles = {rubric.id: say.title(rubric.title) for rubric in scenario_rubrics(page.analysis.params.scenarios)}
    rows: Rows = []
    for at, name in enumerate(found.names[1:], start=1):
        movers = found.movers(first, name, list(ranks.index), most=2)
        moved = [f"{page.name(mover.alternative)} ({mover.before} → {mover.after})" for mover in movers]
        measures = (found.kendall[0, at], found.spearman[0, at], found.weighted[0, at])
        rows.append([titles[name], *(say.number(value, 2) for value in measures), Cell("; ".join(moved) or "–")])
    columns = [
        Column(say("Bobot"), numeric=False),
        Column(say("Kendall tau-b")),
        Column(say("Spearman")),
        Column(say("Tau berbobot"), say("puncak lebih penting")),
        Column(say("Paling berpindah"), numeric=False),
    ]
    return table(say("Kesamaan urutan dengan {title}; 1 berarti sama persis", title=titles[first]), columns, rows)


def _move(page: Page, places: int) -> str:
    """How many places a region moves, with a word and an arrow."""
    if places == 0:
        return ""
    return page.say("▲ naik {places}", places=places) if places > 0 else page.say("▼ turun {places}", places=-places)


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


def interview(page: Page) -> str:
    """What the interview, which is never public, could still move."""
    ranking = page.analysis.main
    if ranking is None or not ranking.left_out:
        return ""
    say, moved = page.say, page.analysis.interview
    wider = moved.loc[list(ranking.regions)]
    grown = (
        int(((wider["best"] < ranking.best) | (wider["worst"] > ranking.worst)).sum())
        if ranking.assumption == "plausible"
        else 0
    )
    share = sum(ranking.rubric.parts[name] for name in ranking.left_out) / sum(ranking.rubric.parts.values())
    return paragraphs(
        [
            say(
                "Butir wawancara memegang {share} dari bobot hipotesis dan tidak pernah diumumkan; peringkat di atas disusun tanpanya.",
                share=say.percent(share, 0),
            ),
            say(
                "Jika nilai wawancara boleh berapa pun, rentang peringkat {count} dari {all} daerah melebar.",
                count=grown,
                all=len(ranking.regions),
            ),
        ]
    )
