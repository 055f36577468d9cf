"""The national page: what is known where, the provinces side by side, and the announced podiums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from paritrana.analysis.depth import reproduce_podium
from paritrana.analysis.headline import verdict
from paritrana.analysis.known import ProvinceRecord, bundled, record
from paritrana.analysis.ranking import Ranking
from paritrana.analysis.store import rankings_of
from paritrana.indicators.catalogue import COVERAGE, CRITERION_INDICATORS
from paritrana.indicators.formulas import cost_of_cover
from paritrana.indicators.frames import figures, labour_force, of_indicator
from paritrana.indicators.nation import Nation
from paritrana.pages.coverage_map import coverage_map
from paritrana.pages.podium import no_verdict
from paritrana.pages.start import Chapter, answer
from paritrana.pages.titles import award_year
from paritrana.pages.vocabulary import Words
from paritrana.parameters import page as parameters
from paritrana.plan.book import chapter
from paritrana.presentation.html import Cell, Column, Link, Rows, bullets, facts, paragraphs, table
from paritrana.presentation.language import Text
from paritrana.presentation.likelihood import times_chance
from paritrana.record.regions import participants

DARK = 0.7  # from this share on a heat cell needs light text


@dataclass(frozen=True)
class NationalPage(Words):
    """The page of the whole country; `ranked` holds each province with its main ranking and the one that exact methods
    stand on.

    `chapters` are the provinces that have a chapter in this book.
    """

    chapters: tuple[str, ...]
    nation: Nation
    ranked: dict[str, tuple[ProvinceRecord, Ranking | None, Ranking | None]]

    @property
    def announced(self) -> dict[str, tuple[ProvinceRecord, Ranking | None, Ranking | None]]:
        """The provinces whose podium was announced."""
        return {code: ranked for code, ranked in self.ranked.items() if ranked[0].podium}

    @property
    def year(self) -> int:
        """The assessment year."""
        return self.nation.year

    @property
    def coverage(self) -> pd.DataFrame:
        """Coverage over the employed of every region that has one."""
        return of_indicator(self.nation.recorded[self.year], COVERAGE.id)


def open_national(chapters: Sequence[str], **given: object) -> NationalPage:
    """The national page from the bundled data; raises InvalidInput where a parameter cannot be used."""
    defaults = parameters.national(given)
    nation = bundled(defaults.year, defaults.rubric)
    codes = nation.tables.provinces["kemendagri_code"]
    provinces = {code: record(parameters.province(code, given), nation) for code in codes}
    ranked = {code: (province, *rankings_of(province)) for code, province in provinces.items()}
    return NationalPage(Text(defaults.language), nation.tables, "", tuple(chapters), nation, ranked)


def leaders(page: NationalPage) -> str:
    """In how many of all provinces the data let name who leads, and which; why in the others not."""
    told = [
        Chapter(
            code=code,
            name=page.name(code),
            href=_address(code) if code in page.chapters else "",
            leader=page.name(said.leader) if said.leader else "",
            share=said.share,
            why=next(iter(said.why), ""),
            cells=province.cells,
            regions=(),
        )
        for code, (province, main, _) in page.ranked.items()
        for said in [verdict(province, main)]
    ]
    return answer(page.say, told, whole=True)


def _address(code: str) -> str:
    """The first page of a province's chapter."""
    return f"{chapter(parameters.province(code))}/index.html"


def summary(page: NationalPage) -> str:
    """The country in one sentence and four figures."""
    say, survey = page.say, page.nation.survey
    cells = len(page.nation.recorded[page.year])
    every = len(survey) * len(CRITERION_INDICATORS)
    lead = say(
        "Dari {every} isian data ({regions} kabupaten/kota × {indicators} indikator) hanya {cells} yang terisi untuk tahun {year}: {share}.",
        every=say.number(every),
        regions=len(survey),
        indicators=len(CRITERION_INDICATORS),
        cells=say.number(cells),
        year=page.year,
        share=say.percent(cells / every),
    )
    informal = survey["informal_employed"].sum()
    return paragraphs([lead]) + facts(
        [
            (
                f"{len(page.coverage)}/{len(survey)}",
                say("kabupaten/kota dengan angka cakupan"),
                say("tahun penilaian {year}", year=page.year),
            ),
            (
                say.number(survey["employed"].sum()),
                say("penduduk bekerja"),
                say("Sakernas Agustus {year}", year=page.year),
            ),
            (
                say.rupiah_short(cost_of_cover(informal)),
                say("biaya melindungi semua pekerja informal setahun"),
                say("{workers} orang", workers=say.number(informal)),
            ),
            (
                str(len(page.announced)),
                say("provinsi dengan peringkat yang diketahui"),
                say("seluruh podium atau sebagian"),
            ),
        ]
    )


def map_of_coverage(page: NationalPage) -> str:
    """Known coverage over the employed by kabupaten/kota; a pattern where there is none."""
    addresses = {code: _address(code) for code in page.chapters}
    return coverage_map(page, page.coverage, page.year, addresses)


def map_findings(page: NationalPage) -> str:
    """What the map says: how many regions have an exact figure, a range, or nothing."""
    say, known = page.say, page.coverage
    exact = known[known["low"] == known["high"]]
    sentences = [
        say(
            "{exact} daerah mempunyai angka pasti, {ranges} hanya rentang, {none} tidak ada sama sekali.",
            exact=len(exact),
            ranges=len(known) - len(exact),
            none=len(page.nation.survey) - len(known),
        ),
        say("Median angka pasti: {median} dari penduduk bekerja.", median=say.percent(exact["low"].median()))
        if len(exact)
        else "",
    ]
    return bullets(sentences)


def _by_province(page: NationalPage) -> pd.Series:
    """The province code of each region of the survey."""
    return page.tables.regencies.set_index("kemendagri_code")["province_code"].reindex(page.nation.survey.index)


def provinces_table(page: NationalPage) -> str:
    """Every province with its labour force, the cost of full cover, and what the record holds of it."""
    say, survey, owner = page.say, page.nation.survey, _by_province(page)
    picked = figures(page.nation.picks[page.year], "active_participants")
    recorded = page.nation.recorded[page.year].index.get_level_values("region_code").map(owner)
    rows: Rows = []
    for code in page.tables.provinces["kemendagri_code"]:
        here = survey[owner == code]
        informal = here["informal_employed"].sum()
        cells = int((recorded == code).sum())
        rows.append(
            [
                _chapter_link(page, code),
                str(len(here)),
                page.survey(say.number(here["employed"].sum())),
                page.survey(say.number(informal)),
                page.survey(say.rupiah_short(cost_of_cover(informal))),
                page.picked(picked, code),
                say.percent(cells / (len(here) * len(CRITERION_INDICATORS)), 0),
            ]
        )
    columns = [
        Column(say("Provinsi"), numeric=False),
        Column(say("Kabupaten/kota")),
        Column(say("Bekerja"), say("orang, Sakernas")),
        Column(say("Pekerja informal"), say("orang, Sakernas")),
        Column(say("Biaya setahun"), say("melindungi semua pekerja informal")),
        Column(say("Peserta aktif"), say("orang, tingkat provinsi")),
        Column(say("Data terisi")),
    ]
    caption = say("Provinsi berdampingan, {year}", year=page.year)
    return table(caption, columns, rows, footnotes=page.footnotes("provinces"))


def _chapter_link(page: NationalPage, code: str) -> Cell:
    """A province's name; it leads to its chapter where this book has one."""
    links = (Link(_address(code)),) if code in page.chapters else ()
    return Cell(page.name(code), links)


def completeness_table(page: NationalPage) -> str:
    """In how many regions of each province each indicator is recorded."""
    say, owner = page.say, _by_province(page)
    recorded = page.nation.recorded[page.year].index.to_frame(index=False)
    counts = pd.crosstab(recorded["region_code"].map(owner), recorded["indicator"])
    counts = counts.reindex(
        index=page.tables.provinces["kemendagri_code"], columns=list(CRITERION_INDICATORS), fill_value=0
    )
    sizes = owner.value_counts()
    rows: Rows = []
    for code, row in counts.iterrows():
        cells = [_heat(f"{count}/{sizes[code]}", count / sizes[code]) for count in row]
        rows.append([page.name(str(code)), *cells])
    columns = [Column(say("Provinsi"), numeric=False), *(Column(page.criterion(name)) for name in CRITERION_INDICATORS)]
    caption = say("Kabupaten/kota dengan angka tercatat menurut provinsi dan indikator, {year}", year=page.year)
    return table(caption, columns, rows, classes="heat")


def _heat(text: str, share: float) -> Cell:
    """A cell shaded by a share (0 to 1)."""
    return Cell(text, style=f"--p:{share:.3f}", classes="hi" if share >= DARK else "")


def podiums_table(page: NationalPage) -> str:
    """The announced podiums, each place with the probability that the analysis gives it."""
    say = page.say
    if not page.announced:
        return paragraphs(
            [say("Tidak ada podium provinsi yang tercatat untuk tahun penilaian {year}.", year=page.year)]
        )
    rows: Rows = [
        [
            replace(_chapter_link(page, code), note=award_year(say, page.tables, code, page.year)),
            *(_place(page, province, ranking, rank) for rank in (1, 2, 3)),
            _reproduced(page, province, exact),
        ]
        for code, (province, ranking, exact) in page.announced.items()
    ]
    columns = [
        Column(say("Provinsi"), numeric=False),
        *(Column(say("Peringkat {rank}", rank=rank), numeric=False) for rank in (1, 2, 3)),
        Column(say("Mungkin dengan bobot tertentu?"), say("nilai apa pun di dalam rentang"), numeric=False),
    ]
    caption = say("Podium yang diumumkan dan peluangnya, tahun penilaian {year}", year=page.year)
    return table(caption, columns, rows) + paragraphs([no_verdict(say)])


def _place(page: NationalPage, province: ProvinceRecord, ranking: Ranking | None, rank: int) -> Cell:
    """Who was announced at a rank, and how probable that is under any weights, against chance."""
    placed = [code for code, place in province.podium.items() if place == rank]
    said = [_against_chance(page, province, ranking, code, rank) for code in placed]
    return Cell(", ".join(page.name(code) for code in placed) or "–", note="; ".join(filter(None, said)))


def _against_chance(page: NationalPage, province: ProvinceRecord, ranking: Ranking | None, code: str, rank: int) -> str:
    """The probability of an announced rank beside chance; that it cannot be told where nothing is recorded."""
    if ranking is None or code not in ranking.regions:
        return ""
    if code not in province.recorded.index.get_level_values("region_code"):
        return page.say("tanpa data {year}, tidak dapat dinilai", year=page.year)
    chances = ranking.any_weights
    chance = float(chances.share[ranking.regions.index(code), rank - 1])
    times = times_chance(page.say, chance, len(ranking.regions), chances.draws)
    return f"{page.say.percent(chance)} · {times}"


def _reproduced(page: NationalPage, province: ProvinceRecord, ranking: Ranking | None) -> Cell:
    """Whether some weights give the announced podium, with any values inside the intervals, and in what share."""
    say = page.say
    free = reproduce_podium(ranking, province.podium, province.params, free=True) if ranking else None
    if free is None:
        return Cell(say("tidak lengkap"), classes="gap")
    if not free.possible:
        return Cell(say("tidak"))
    if not free.clear:
        return Cell(say("hanya bila seri"))
    low, high = free.bounds
    share = say("ya, dalam {share} bobot", share=say.percent(free.share, 0))
    return Cell(share, note=say.interval(low, high, "percent", 1))


def place_table(page: NationalPage) -> str:
    """Participants of 2023 over the employed by province: where the employer is registered, not where the work is."""
    say, employed = page.say, labour_force(page.tables, 2023)["employed"]
    owner = page.tables.regencies.set_index("kemendagri_code")["province_code"]
    rows = participants(page.tables)
    shown = []
    for row in rows.itertuples():
        workers = employed[owner.reindex(employed.index).isin(str(row.kemendagri_codes).split())].sum()
        shown.append((row.province, row.active_participants, workers, row.active_participants / workers))
    shown.sort(key=lambda item: -item[3])
    source = (Link(f"{page.root}data.html#data-participants", say("Kemnaker")),)
    cells: Rows = [
        [name, Cell(say.number(count), source), page.survey(say.number(workers)), Cell(say.percent(part), source)]
        for name, count, workers, part in shown
    ]
    columns = [
        Column(say("Provinsi (pembagian 34 provinsi)"), numeric=False),
        Column(say("Peserta aktif"), say("orang, 2023")),
        Column(say("Bekerja"), say("orang, Sakernas 2023")),
        Column(say("Perbandingan")),
    ]
    top, low = shown[0], shown[-1]
    lead = say(
        "{top} mencapai {high} dan {bottom} hanya {low}: peserta dicatat di tempat perusahaannya terdaftar, bukan di tempat orangnya bekerja.",
        top=top[0],
        high=say.percent(top[3], 0),
        bottom=low[0],
        low=say.percent(low[3], 0),
    )
    return paragraphs([lead]) + table(
        say("Peserta aktif dibagi penduduk bekerja menurut provinsi, 2023"), columns, cells
    )
