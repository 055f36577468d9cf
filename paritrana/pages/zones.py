"""The page of the province category: provinces beside those of their zone, on the public record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paritrana.analysis.headline import Headline, disowned
from paritrana.analysis.zones import Zone, zones
from paritrana.indicators.catalogue import COVERAGE, VULNERABLE
from paritrana.pages.page import chance
from paritrana.pages.start import reason_of
from paritrana.pages.vocabulary import Words
from paritrana.parameters import page as parameters
from paritrana.plan.book import chapter
from paritrana.presentation.html import Cell, Column, Link, Rows, bullets, paragraphs, table
from paritrana.presentation.language import DASH, Text
from paritrana.record.tables import bundled_tables

SHOWN = (COVERAGE.id, VULNERABLE.id)  # the others are recorded of next to no province: they count as cells alone


@dataclass(frozen=True)
class ZonesPage(Words):
    """The page of the province category; `years` holds the zones of each assessment year, newest first.

    `chapters` are the provinces that have a chapter in this book.
    """

    chapters: tuple[str, ...]
    years: Mapping[int, Sequence[Zone]]


def open_zones(chapters: Sequence[str], **given: object) -> ZonesPage:
    """The page from the bundled data; raises InvalidInput where a parameter cannot be used."""
    params, tables = parameters.national(given), bundled_tables()
    return ZonesPage(Text(params.language), tables, "", tuple(chapters), zones(tables, params))


def lead(page: ZonesPage) -> str:
    """In how many zones of each year somebody may be called first."""
    say = page.say
    told = [
        say(
            "{named} dari {zones} zona untuk {year}",
            named=sum(bool(zone.said and zone.said.leader) for zone in found),
            zones=len(found),
            year=year,
        )
        for year, found in page.years.items()
    ]
    sentence = say(
        "Data publik cukup untuk menyebut provinsi yang paling sering teratas di {zones}; bobotnya hipotesis dan diubah-ubah secara acak.",
        zones=say.list(told),
    )
    return paragraphs([sentence], "lead")


def findings(page: ZonesPage, year: int) -> str:
    """What can be said of each zone in a year: who is most often first, else why nobody is named; who was announced."""
    return bullets([_finding(page, zone) for zone in page.years[year]])


def _finding(page: ZonesPage, zone: Zone) -> str:
    say, found = page.say, zone.said
    if found is None:
        told = say("{zone}: tidak ada angka.", zone=zone.name)
    elif found.leader is None:
        reason = reason_of(say, found.obstacles[0])
        told = say("{zone}: tidak dapat disebut, karena {reason}.", zone=zone.name, reason=reason)
    else:
        told = _leads(page, zone, found)
    return " ".join(filter(None, (told, _results(page, zone))))


def _leads(page: ZonesPage, zone: Zone, found: Headline) -> str:
    """Who is most often first, and on what."""
    return page.say(
        "{zone}: {name} teratas pada {share} percobaan (peluang acak {baseline}), berdasarkan {cells} dari {every} isian zona ini.",
        zone=zone.name,
        name=page.name(found.first),
        share=page.say.percent(found.share),
        baseline=page.say.percent(found.baseline),
        cells=found.cells[0],
        every=found.cells[1],
    )


def _results(page: ZonesPage, zone: Zone) -> str:
    """Who was announced in the zone; empty where nothing was found."""
    say = page.say
    told = [f"{page.name(code)} ({page.result(one.result).lower()})" for code, one in sorted(zone.announced.items())]
    return say("Diumumkan: {results}.", results=say.list(told)) if told else ""


def provinces(page: ZonesPage, year: int) -> str:
    """Every province of a year beside those of its zone, the most often first in front."""
    say = page.say
    rows: Rows = [row for zone in page.years[year] for row in _rows(page, zone)]
    columns = [
        Column(say("Provinsi"), numeric=False),
        Column(say("Teratas di zonanya"), say("peluang, bobot acak")),
        *(Column(page.criterion(name)) for name in SHOWN),
        Column(say("Isian")),
        Column(say("Diumumkan"), say("tingkat nasional"), numeric=False),
    ]
    caption = say("Provinsi menurut zona, tahun penilaian {year}", year=year)
    return table(caption, columns, rows, footnotes=page.footnotes(f"zones-{year}"))


def _rows(page: ZonesPage, zone: Zone) -> Rows:
    """The provinces of a zone."""
    share = dict(zip(zone.ranking.regions, zone.ranking.any_weights.share[:, 0], strict=True)) if zone.ranking else {}
    draws = zone.ranking.any_weights.draws if zone.ranking else 0
    cells, against = zone.recorded.groupby("region_code").size(), disowned(zone.nation)
    return [
        [
            _name(page, zone, code),
            chance(page.say, float(share[code]), draws) if code in share else Cell(DASH, classes="gap"),
            *(_value(page, zone, code, name, against.get((code, name), ())) for name in SHOWN),
            f"{cells.get(code, 0)}/{zone.said.own_cells[1]}" if zone.said else str(cells.get(code, 0)),
            _announced(page, zone, code),
        ]
        for code in sorted(zone.provinces, key=lambda code: (-share.get(code, 0), code))
    ]


def _name(page: ZonesPage, zone: Zone, code: str) -> Cell:
    """A province's name, with its zone; it leads to its chapter where this book has one."""
    links = (Link(f"{chapter(parameters.province(code))}/index.html"),) if code in page.chapters else ()
    return Cell(page.name(code), links, zone.name)


def _value(page: ZonesPage, zone: Zone, code: str, name: str, doubts: Sequence[str]) -> Cell:
    """A recorded value of a province with its sources, and what speaks against it."""
    if (code, name) not in zone.recorded.index:
        return Cell(DASH, classes="gap")
    row = zone.recorded.loc[(code, name)]
    return Cell(
        page.value(name, row["low"], row["high"]),
        page.sources(row["sources"]),
        page.say.date(row["as_of"]),
        page.badges(row["kind"], doubts),
        remarks=page.remarks(row["observations"]),
    )


def _announced(page: ZonesPage, zone: Zone, code: str) -> Cell:
    """What the national jury announced of a province, with its sources."""
    one = zone.announced.get(code)
    if one is None:
        return Cell(DASH)
    return Cell(page.result(one.result), page.sources(told.source for told in one.told))
