"""A province's first page: what is known, who leads and how surely, and the way to its other pages."""

from __future__ import annotations

import nbformat

from paritrana.analysis.headline import Headline, headline
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.formulas import cost_of_cover
from paritrana.pages import podium, regions
from paritrana.pages.leaders import empty, lead
from paritrana.pages.page import Page
from paritrana.pages.titles import overview_title
from paritrana.pages.wanted import most_wanted
from paritrana.presentation.html import (
    PLACE,
    Cell,
    Column,
    Link,
    Rows,
    facts,
    heading,
    links,
    page_metadata,
    paragraphs,
    table,
)

FIRST = 5  # regions shown before the reader goes on to the whole ranking


def notebook(page: Page) -> nbformat.NotebookNode:
    """The whole page as a notebook that was run: headings in Markdown, all else as what its cells have shown."""
    say, province = page.say, page.analysis.province["name"]
    description = say(
        "{province}, Penghargaan Paritrana tahun penilaian {year}: cakupan, anggaran, dan seberapa pasti peringkatnya.",
        province=province,
        year=page.year,
    )
    sections = (
        ("leaders", say("Siapa yang teratas, dan seberapa pasti"), "overview.leaders", leaders(page)),
        ("podium", say("Podium yang diumumkan"), "podium.announced", podium.announced(page)),
        ("score-sheets", say("Lembar nilai juri"), "podium.score_sheets", podium.score_sheets(page)),
        ("record", say("Yang tercatat"), "overview.record_table", record_table(page)),
        ("regions", say("Kabupaten/kota satu per satu"), "regions.one_by_one", regions.one_by_one(page)),
        ("ways-on", say("Lanjutkan membaca"), "overview.ways_on", ways_on(page)),
    )
    title = overview_title(say, page.tables, page.analysis.params.province, page.year)
    cells = [_heading(title, 1), _shown("overview.summary", summary(page))]
    for place, title, maker, content in sections:
        if not content:
            continue
        cells += [_heading(title, 2), _shown(maker, content, f"{PLACE}{place}")]
    made = nbformat.v4.new_notebook(cells=cells, metadata=page_metadata(description))
    for index, cell in enumerate(made.cells):
        cell.id = f"overview-{index:02d}"
    return made


def _heading(title: str, level: int) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(heading(title, level))


def _shown(maker: str, html: str, *tags: str) -> nbformat.NotebookNode:
    """A cell that has shown HTML, with the call that makes it."""
    output = nbformat.v4.new_output("display_data", {"text/html": html})
    metadata = {"tags": ["remove-input", *tags]}
    return nbformat.v4.new_code_cell(f"show({maker}(page))", outputs=[output], metadata=metadata)


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
    say, chances, found = page.say, ranking.any_weights, headline(page.analysis, ranking)
    low, high = chances.rank_interval()
    order = [at for at in page.order(ranking) if ranking.regions[at] in page.recorded][:FIRST]
    own = page.analysis.recorded.groupby("region_code").size()
    rows: Rows = [
        [
            _candidate(page, ranking.regions[at], found),
            f"{own[ranking.regions[at]]}/{len(CRITERION_INDICATORS)}",
            say.number(chances.expected_rank[at], 1),
            say.interval(low[at], high[at]),
            page.chance(chances.share[at, 0], chances.draws),
            page.chance(chances.top(3)[at], chances.draws),
        ]
        for at in order
    ]
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Isian"), say("daerah itu sendiri")),
        Column(say("Rata-rata peringkat"), say("bobot apa pun")),
        Column(say("Peringkat"), say("90 % percobaan")),
        Column(say("Peluang pertama"), say("acak: {share}", share=say.percent(found.baseline))),
        Column(say("Peluang tiga besar"), say("bobot apa pun")),
    ]
    lacking = [page.name(code) for code in ranking.regions if code not in page.recorded]
    sentences = [
        "" if found.leader else say("Urutan ini menurut angka yang ada saja; tidak menunjuk siapa yang teratas."),
        say("Tidak disebut karena tanpa data {year}: {names}.", year=page.year, names=say.list(lacking))
        if lacking
        else "",
        most_wanted(page),
    ]
    caption = say("Daerah dengan data menurut rata-rata peringkat, {count} yang pertama", count=len(rows))
    return table(caption, columns, rows) + paragraphs(sentences)


def _candidate(page: Page, code: str, found: Headline) -> Cell:
    """A region's name with what speaks against its values."""
    return Cell(page.name(code), badges=page.badges("", found.doubted.get(code, ())))


def record_table(page: Page) -> str:
    """What is recorded of each region: the value with its source, or a gap."""
    say, recorded = page.say, page.analysis.recorded
    rows: Rows = []
    for code in page.codes:
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
    return table(
        say("Data tahun {year}; garis berarti tidak ada angka", year=page.year),
        [Column(say("Kabupaten/kota"), numeric=False), *columns],
        rows,
        footnotes=page.footnotes("record"),
    )


def ways_on(page: Page) -> str:
    """Links to the province's other pages."""
    say = page.say
    ways = (
        ("coverage", say("Cakupan"), say("berapa pekerja yang tercakup, dengan penyebut yang sama")),
        ("budget", say("Anggaran"), say("apa yang dianggarkan dan apa yang dibelinya")),
        ("sensitivity", say("Kepekaan peringkat"), say("seberapa jauh peringkat bergantung pada bobot")),
    )
    announced = Link(f"{page.root}awards.html#p-{page.analysis.params.province}", say("Pemenang dan nomine"))
    return links(
        [
            *((Link(f"{name}.html", title), about) for name, title, about in ways),
            (announced, say("hasil yang diumumkan di provinsi ini, semua tahun, masing-masing dengan sumbernya")),
        ]
    )
