"""The announced podium beside what the analysis says of it."""

from __future__ import annotations

from dataclasses import replace

from paritrana.analysis.ranking import Ranking
from paritrana.engine.inverse import Reproduction
from paritrana.pages.page import Page
from paritrana.presentation.html import Cell, Column, Rows, bullets, paragraphs, table
from paritrana.presentation.likelihood import likelihood


def announced(page: Page) -> str:
    """The announced podium beside the probability that this analysis gives it."""
    say, podium = page.say, page.analysis.podium
    if not podium:
        return paragraphs(
            [say("Peringkat provinsi untuk tahun penilaian {year} tidak ditemukan dalam rekaman.", year=page.year)]
        )
    rankings = {
        name: page.analysis.rankings.get((name, page.analysis.params.assumption)) for name in ("all", "nominees")
    }
    rows: Rows = []
    for code, rank in podium.items():
        cells = [_chance(page, ranking, code, rank) for ranking in rankings.values()]
        rows.append([page.name(code), Cell(str(rank), page.sources(_award_sources(page, code, rank))), *cells])
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Diumumkan"), say("peringkat")),
        Column(say("Peluang peringkat itu"), say("semua kabupaten/kota")),
        Column(say("Peluang peringkat itu"), say("calon saja")),
    ]
    return table(
        say("Podium yang diumumkan dan peluangnya menurut analisis ini, {year}", year=page.year), columns, rows
    )


def reproduced(page: Page) -> str:
    """Whether any weights give the announced podium, and which are nearest to the rubric's."""
    ranking, depth = page.analysis.main, page.analysis.depth
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
    if free.possible and free.nearest_l1.weights is not None:
        titles = [say.title(ranking.rubric.criterion(name).title) for name in ranking.criteria]
        weights = [
            f"{title} {say.percent(weight)}" for title, weight in zip(titles, free.nearest_l1.weights, strict=True)
        ]
        sentences.append(
            say("Bobot terdekat dengan bobot hipotesis yang memungkinkannya: {weights}.", weights="; ".join(weights))
        )
    return bullets(sentences)


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
    """The acceptability of a rank for a region in a ranking, with its word."""
    if ranking is None or code not in ranking.regions or rank > len(ranking.regions):
        return Cell("–")
    chance = float(ranking.any_weights.share[ranking.regions.index(code), rank - 1])
    cell = page.chance(chance, ranking.any_weights.draws)
    return replace(cell, note=f"{cell.note} · {likelihood(page.say, chance)}")


def _award_sources(page: Page, code: str, rank: int) -> list[str]:
    """The sources that announce this rank."""
    awards = page.tables.awards
    rows = awards[
        (awards["region_code"] == code) & (awards["assessment_year"] == page.year) & (awards["stage"] == "province")
    ]
    return list(dict.fromkeys(rows.loc[rows["result"] == f"rank_{rank}", "source_id"]))
