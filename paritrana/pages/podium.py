"""The announced podium beside what the analysis says of it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from paritrana.analysis.ranking import Ranking
from paritrana.engine.inverse import Reproduction
from paritrana.pages.page import Page
from paritrana.pages.titles import award_year
from paritrana.presentation.html import Cell, Column, Rows, bullets, paragraphs, table
from paritrana.presentation.language import Text
from paritrana.presentation.likelihood import times_chance


def announced(page: Page) -> str:
    """The announced podium beside how probable this analysis holds it, against chance."""
    say, podium = page.say, page.analysis.podium
    if not podium:
        return paragraphs(
            [
                say(
                    "Peringkat provinsi untuk {title} tidak ditemukan dalam data.",
                    title=say("tahun penilaian {year}", year=page.year),
                ),
                nominees_unknown(page),
            ]
        )
    groups = {"all": say("semua kabupaten/kota"), "nominees": say("calon saja")}
    rankings = {
        name: page.analysis.rankings.get((name, page.analysis.params.assumption))
        for name in groups
        if name == "all" or page.analysis.nominees
    }
    rows: Rows = []
    for code, rank in podium.items():
        cells = [_chance(page, ranking, code, rank) for ranking in rankings.values()]
        rows.append([page.name(code), Cell(str(rank), page.sources(_award_sources(page, code, rank))), *cells])
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Diumumkan"), say("peringkat")),
        *(Column(say("Peluang peringkat itu"), groups[name]) for name in rankings),
    ]
    caption = say("Podium yang diumumkan untuk {title} dan peluangnya menurut analisis ini", title=_award(page))
    return table(caption, columns, rows) + paragraphs([no_verdict(say), nominees_unknown(page)])


def _award(page: Page) -> str:
    """The award of the page by both its years."""
    return award_year(page.say, page.tables, page.analysis.params.province, page.year)


def no_verdict(say: Text) -> str:
    """What a probability beside an announced place is not."""
    return say(
        "Peluang ini dihitung dari data terbuka dengan bobot yang diundi acak, dan bukan peluang bahwa juri memilihnya; peluang acak ialah 1 dibagi banyaknya daerah."
    )


def score_sheets(page: Page) -> str:
    """The points that juries are known to have given to regions of the province in the year; empty where none are."""
    say, scores = page.say, page.tables.jury_scores
    rows = scores[(scores["assessment_year"] == page.year) & scores["region_code"].isin(page.codes)]
    if rows.empty:
        return ""
    intro = say(
        "Nilai yang diperoleh, bukan bobot: nilai maksimum setiap butir tidak diumumkan. Angka di kolom bukti ialah angka juri; bila sumber lain menyebut angka yang berbeda, tabel data di halaman ini menampilkan rentangnya."
    )
    return paragraphs([intro]) + "".join(_sheet(page, str(code), own) for code, own in rows.groupby("region_code"))


def _sheet(page: Page, code: str, rows: pd.DataFrame) -> str:
    """One score sheet with its sum, in the order in which the award page has its items."""
    say = page.say
    items = {
        "coverage": say("Cakupan kepesertaan"),
        "vulnerable_workers": say("Pekerja rentan"),
        "growth": say("Pertumbuhan cakupan"),
        "regulation": say("Regulasi"),
        "non_asn": say("Non-ASN dan petugas pemilu"),
        "speaker": say("Penguasaan pembicara"),
        "material": say("Materi dan uji pemahaman"),
    }
    given = rows.set_index("criterion")
    lines: Rows = [
        [
            title,
            Cell(say.number(given.at[item, "points"], 2), page.sources([given.at[item, "source_id"]])),
            page.told(given.at[item, "evidence"])[0],
        ]
        for item, title in items.items()
        if item in given.index
    ]
    lines.append([say("Jumlah"), say.number(given["points"].sum(), 2), ""])
    columns = [
        Column(say("Butir"), numeric=False),
        Column(say("Nilai diperoleh")),
        Column(say("Bukti yang disebut sumber"), numeric=False),
    ]
    caption = say("Lembar nilai juri untuk {name}, {title}", name=page.name(code), title=_award(page))
    return table(caption, columns, lines)


def nominees_fact(page: Page) -> tuple[str, str, str]:
    """How many nominees are known, as a key figure."""
    say, count = page.say, len(page.analysis.nominees)
    if not count:
        return "–", say("nomine yang diumumkan"), say("daftarnya tidak diketahui")
    return str(count), say("nomine yang diumumkan"), say("tahun penilaian {year}", year=page.year)


def nominees_unknown(page: Page) -> str:
    """That no list of nominees is known; empty where one is."""
    if page.analysis.nominees:
        return ""
    if page.analysis.podium:
        return page.say("Daftar nomine tidak diketahui; hanya pemenang yang diumumkan.")
    return page.say("Daftar nomine tidak diketahui.")


def reproduced(page: Page) -> str:
    """Whether any weights give the announced podium, and which are nearest to the rubric's."""
    ranking, depth = page.analysis.exact, page.analysis.depth
    if ranking is None or depth is None or depth.reproduction is None:
        return ""
    say = page.say
    middle, free = depth.reproduction
    sentences = [
        _reproducible(page, middle, say("Dengan nilai di tengah rentang")),
        _reproducible(page, free, say("Dengan nilai apa pun di dalam rentang")),
    ]
    for (code, rank), place in zip(page.analysis.podium.items(), free.places, strict=True):
        if place.possible is False:
            sentences.append(
                say(
                    "Tidak ada bobot yang dapat menjelaskan peringkat {rank} bagi {name}.",
                    rank=rank,
                    name=page.name(code),
                )
            )
    return bullets([*sentences, _nearest(page, ranking, free)])


def _nearest(page: Page, ranking: Ranking, found: Reproduction) -> str:
    """The weights nearest to the rubric's that allow the podium, or that its own do; empty where none do."""
    say, near = page.say, found.nearest_l1
    if not found.possible or near.weights is None:
        return ""
    if near.distance == 0:
        return say("Bobot hipotesis sendiri sudah memungkinkannya.")
    titles = [say.title(ranking.rubric.criterion(name).title) for name in ranking.criteria]
    weights = [f"{title} {say.percent(weight)}" for title, weight in zip(titles, near.weights, strict=True)]
    return say("Bobot terdekat dengan bobot hipotesis yang memungkinkannya: {weights}.", weights="; ".join(weights))


def _reproducible(page: Page, found: Reproduction, start: str) -> str:
    """One sentence: the podium is impossible, only just possible, or possible in a share of all weights."""
    say = page.say
    if not found.possible:
        return say("{start}, tidak ada bobot yang memberi podium yang diumumkan.", start=start)
    if not found.clear:
        return say(
            "{start}, podium yang diumumkan hanya mungkin bila nilainya seri.",
            start=start,
        )
    low, high = found.bounds
    return say(
        "{start}, podium yang diumumkan mungkin dalam {share} dari semua bobot (batas 95 %: {bounds}).",
        start=start,
        share=say.percent(found.share),
        bounds=say.interval(low, high, "percent", 1),
    )


def _chance(page: Page, ranking: Ranking | None, code: str, rank: int) -> Cell:
    """The acceptability of a rank for a region in a ranking, against chance; none where nothing is recorded of it."""
    if ranking is None or code not in ranking.regions or rank > len(ranking.regions):
        return Cell("–")
    if code not in page.recorded:
        return Cell("–", note=page.say("tanpa data {year}, tidak dapat dinilai", year=page.year), classes="gap")
    chances = ranking.any_weights
    chance = float(chances.share[ranking.regions.index(code), rank - 1])
    cell = page.chance(chance, chances.draws)
    return replace(cell, note=f"{cell.note} · {times_chance(page.say, chance, len(ranking.regions), chances.draws)}")


def _award_sources(page: Page, code: str, rank: int) -> list[str]:
    """The sources that announce this rank."""
    awards = page.tables.awards
    rows = awards[
        (awards["region_code"] == code) & (awards["assessment_year"] == page.year) & (awards["stage"] == "province")
    ]
    return list(dict.fromkeys(rows.loc[rows["result"] == f"rank_{rank}", "source_id"]))
