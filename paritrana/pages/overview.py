"""A province's first page, the brief: what was announced, what is known, who leads and how surely; then the annex.

It has the same order in every province. What a reader does not need to follow it stands in the annex.
"""

from __future__ import annotations

import nbformat

from paritrana.analysis.headline import Headline, headline
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.formulas import cost_of_cover
from paritrana.pages import podium, regions, results
from paritrana.pages.coverage_map import province_map
from paritrana.pages.leaders import empty, lead
from paritrana.pages.page import Page
from paritrana.pages.titles import overview_title
from paritrana.pages.wanted import most_wanted
from paritrana.presentation.html import (
    PLACE,
    Cell,
    Column,
    Rows,
    facts,
    heading,
    page_metadata,
    paragraphs,
    table,
)

Sections = tuple[tuple[str, str, str, str], ...]  # place, title, the call that makes it, what that has shown
FIRST = 5  # regions shown before the reader goes on to the whole ranking


def notebook(page: Page) -> nbformat.NotebookNode:
    """The whole page as a notebook that was run: headings in Markdown, all else as what its cells have shown."""
    say, province = page.say, page.analysis.province["name"]
    description = say(
        "{province}, Penghargaan Paritrana tahun penilaian {year}: cakupan, anggaran, dan seberapa pasti peringkatnya.",
        province=province,
        year=page.year,
    )
    brief: Sections = (
        ("leaders", say("Siapa yang teratas, dan seberapa pasti"), "overview.leaders", leaders(page)),
        ("results", say("Hasil yang diumumkan, semua tahun"), "results.all_years", results.all_years(page)),
        ("map", say("Peta cakupan"), "coverage_map.province_map", province_map(page)),
        ("record", say("Yang diketahui dan yang belum"), "overview.record_table", record_table(page)),
    )
    annex: Sections = (
        ("regions", say("Kabupaten/kota satu per satu"), "regions.one_by_one", regions.one_by_one(page)),
        ("podium", say("Podium yang diumumkan dan peluangnya"), "podium.announced", podium.announced(page)),
        ("score-sheets", say("Lembar nilai juri"), "podium.score_sheets", podium.score_sheets(page)),
    )
    title = overview_title(say, page.tables, page.analysis.params.province, page.year)
    cells = [
        *(_heading(title, 1), _shown("overview.summary", summary(page)), *_sections(brief, 2)),
        *(_heading(say("Lampiran teknis"), 2), _shown("overview.of_annex", of_annex(page), f"{PLACE}annex")),
        *_sections(annex, 3),
    ]
    made = nbformat.v4.new_notebook(cells=cells, metadata=page_metadata(description))
    for index, cell in enumerate(made.cells):
        cell.id = f"overview-{index:02d}"
    return made


def _sections(sections: Sections, level: int) -> list[nbformat.NotebookNode]:
    """The sections that have something to show, each under its heading."""
    return [
        cell
        for place, title, maker, content in sections
        if content
        for cell in (_heading(title, level), _shown(maker, content, f"{PLACE}{place}"))
    ]


def _heading(title: str, level: int) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(heading(title, level))


def _shown(maker: str, html: str, *tags: str) -> nbformat.NotebookNode:
    """A cell that has shown HTML, with the call that makes it."""
    output = nbformat.v4.new_output("display_data", {"text/html": html})
    metadata = {"tags": ["remove-input", *tags]}
    return nbformat.v4.new_code_cell(f"show({maker}(page))", outputs=[output], metadata=metadata)


def of_annex(page: Page) -> str:
    """What the annex is for."""
    told = page.say(
        "Untuk yang ingin memeriksa: setiap daerah satu per satu, dan hasil juri di samping perhitungan ini."
    )
    return paragraphs([told])


def summary(page: Page) -> str:
    """The province in one sentence and four figures."""
    say, regions = page.say, page.analysis.regions
    recorded, cells = page.analysis.cells
    informal = regions["informal_employed"].sum()
    return paragraphs([lead(page)], "lead") + facts(
        [
            (
                str(len(regions)),
                say("kabupaten/kota"),
                say("{force} angkatan kerja", force=say.number(regions["labour_force"].sum())),
            ),
            (f"{recorded}/{cells}", say("isian tercatat"), say("daerah × indikator")),
            (
                say.rupiah_short(cost_of_cover(informal)),
                say("biaya melindungi semua pekerja informal setahun"),
                say("{workers} orang", workers=say.number(informal)),
            ),
            podium.nominees_fact(page),
        ]
    )


def leaders(page: Page) -> str:
    """The first regions with data by mean rank, with their chances and what their rank rests on."""
    ranking = page.analysis.main
    if ranking is None:
        return empty(page)
    say, chances, found = page.say, ranking.any_weights, headline(page.analysis.nation, ranking)
    low, high = chances.rank_interval()
    order = [at for at in page.order(ranking) if ranking.regions[at] in page.recorded][:FIRST]
    own = page.analysis.recorded.groupby("region_code").size()
    rows: Rows = [
        [
            _candidate(page, ranking.regions[at], found),
            say.number(chances.expected_rank[at], 1),
            say.interval(low[at], high[at]),
            page.chance(chances.share[at, 0], chances.draws),
            page.chance(chances.top(3)[at], chances.draws),
            f"{own[ranking.regions[at]]}/{len(CRITERION_INDICATORS)}",
        ]
        for at in order
    ]
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Rata-rata peringkat"), say("bobot apa pun")),
        Column(say("Peringkat"), say("90 % percobaan")),
        Column(say("Peluang pertama"), say("acak: {share}", share=say.percent(found.baseline))),
        Column(say("Peluang tiga besar"), say("bobot apa pun")),
        Column(say("Isian"), say("daerah itu sendiri")),
    ]
    unnamed = say("Urutan ini menurut angka yang ada saja; tidak menunjuk siapa yang teratas.")
    caption = say("Daerah dengan data menurut rata-rata peringkat, {count} yang pertama", count=len(rows))
    return table(caption, columns, rows) + paragraphs(["" if found.leader else unnamed, most_wanted(page)])


def _candidate(page: Page, code: str, found: Headline) -> Cell:
    """A region's name with what speaks against its values."""
    return Cell(page.name(code), badges=page.badges("", found.doubted.get(code, ())))


def record_table(page: Page) -> str:
    """What is recorded of each region with data: the value with its source, or a gap; and which have none."""
    say, recorded = page.say, page.analysis.recorded
    rows: Rows = []
    for code in (code for code in page.codes if code in page.recorded):
        cells = []
        for name in CRITERION_INDICATORS:
            if (code, name) not in recorded.index:
                cells.append(Cell("–", classes="gap"))
                continue
            row = recorded.loc[(code, name)]
            cells.append(
                Cell(
                    page.value(name, row["low"], row["high"]),
                    page.sources(row["sources"]),
                    say.date(row["as_of"]),
                    page.marks(code, name),
                    remarks=page.remarks(row["observations"]),
                )
            )
        rows.append([page.name(code), *cells])
    columns = [Column(page.criterion(name), page.unit(name)) for name in CRITERION_INDICATORS]
    caption = say("Data tahun {year}; garis berarti tidak ada angka", year=page.year)
    heads = [Column(say("Kabupaten/kota"), numeric=False), *columns]
    shown = table(caption, heads, rows, footnotes=page.footnotes("record")) if rows else ""
    return shown + paragraphs([_unknown(page)])


def _unknown(page: Page) -> str:
    """The regions of which nothing is recorded for the year, by name; empty where there are none."""
    say = page.say
    names = [page.name(code) for code in page.codes if code not in page.recorded]
    if not names:
        return ""
    if len(names) == len(page.codes):
        return say("Belum ada data tahun {year} dari satu kabupaten/kota pun.", year=page.year)
    return say(
        "Belum ada data tahun {year} dari {count} dari {all} kabupaten/kota: {names}.",
        year=page.year,
        count=len(names),
        all=len(page.codes),
        names=say.list(names, len(names)),
    )
