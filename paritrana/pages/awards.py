"""What was announced to kabupaten/kota before provincial juries.

Such a page ranks nothing and reaches no engine. Each result stands once on it or on the other one, with all its sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from paritrana.pages.announced import (
    CATEGORIES,
    AwardsPage,
    grouped,
    newest_first,
    year_key,
)
from paritrana.pages.titles import award_year
from paritrana.parameters import page as parameters
from paritrana.presentation.entries import Box, Group, Row, filter_form, matrix
from paritrana.presentation.html import Cell, Column, Link, Rows, bullets, facts, paragraphs, table
from paritrana.presentation.language import DASH, Text
from paritrana.record.awards import RESULTS, Announced, recipients
from paritrana.record.tables import bundled_tables

MANY = 5  # results from which on an assessment year has a column of its own
# The pages that this book began with: they were handed over without an address.
FIRST_SOURCES = ("S85956cb6", "S7a865635", "Sbabd66bc", "Sfee75f2c", "S65b9b477")


def open_awards(**given: object) -> AwardsPage:
    """A page of what was announced; raises InvalidInput where a parameter cannot be used."""
    tables = bundled_tables()
    return AwardsPage(Text(parameters.national(given).language), tables, "", recipients(tables))


def choose(page: AwardsPage, results: Sequence[Announced], categories: Sequence[str] = ()) -> str:
    """The form that filters a page of these results, by category too where some are named."""
    say = page.say
    years = newest_first(results)
    choices = [
        ("category", say("Kategori"), [(key, page.category(key)) for key in categories]),
        ("province", say("Provinsi"), [(code, page.name(code)) for code in page.provinces]),
        ("year", say("Tahun penilaian"), [(year_key(year), page.year(year)) for year in years]),
        ("kind", say("Hasil"), [("winner", say("pemenang")), ("candidate", say("finalis dan nomine"))]),
    ]
    words = {"all": say("semua"), "text": say("Nama"), "reset": say("Hapus saringan")}
    said = say("{shown} dari {all} hasil ditampilkan", shown="{shown}", all="{all}")
    return filter_form(say("Saring hasil"), said, [choice for choice in choices if choice[2]], words)


# The page of kabupaten/kota


def summary(page: AwardsPage) -> str:
    """What the record holds of all editions, in one sentence and four figures."""
    say, awards = page.say, page.tables.awards
    editions = sorted(set(awards["edition"]))
    lead = say(
        "Buku ini memuat {rows} hasil Penghargaan Paritrana dari {sources} halaman sumber, berlabel {first} sampai {last}; hasil yang tidak ada di sini belum ditemukan, bukan tidak ada.",
        rows=say.number(len(awards)),
        sources=say.number(awards["source_id"].nunique()),
        first=editions[0],
        last=editions[-1],
    )
    first = {(one.province, one.year) for one in page.local if one.result == "rank_1"}
    items = [
        (say.number(len(page.award)), say("penerima dan calon"), say("dihitung sekali per penghargaan")),
        (
            say.number(len({one.region for one in page.local if one.region})),
            say("kabupaten/kota"),
            say("pernah disebut di tingkat provinsi"),
        ),
        (say.number(len(first)), say("juara pertama provinsi"), say("kabupaten/kota, semua tahun")),
        (say.number(len({one.province for one in page.local})), say("provinsi"), say("dengan hasil kabupaten/kota")),
    ]
    return paragraphs([lead], "lead") + facts(items)


def known_table(page: AwardsPage) -> str:
    """How many recipients and candidates are known in each category, by assessment year."""
    say = page.say
    years = newest_first(page.award)
    counts = Counter((one.stage, one.category, one.year) for one in page.award)
    rows: Rows = []
    for stage in ("province", "kabupaten", "national"):
        for category in CATEGORIES:
            told = [counts[stage, category, year] for year in years]
            if sum(told):
                name = Cell(page.category(category), note=page.stage(stage))
                rows.append([name, *(say.number(each) if each else DASH for each in told), say.number(sum(told))])
    columns = [
        Column(say("Kategori"), numeric=False),
        *(Column(page.year(year)) for year in years),
        Column(say("Jumlah")),
    ]
    return table(say("Penerima dan calon yang diketahui, menurut tahun penilaian"), columns, rows)


def gaps(page: AwardsPage) -> str:
    """For each assessment year of which much is known: how much, and which provinces' results were not found."""
    return bullets([*(_lacking(page, year) for year in _years(page)), _without_national(page)])


def _lacking(page: AwardsPage, year: int) -> str:
    say = page.say
    known = [one for one in page.local if one.year == year]
    found = {one.province for one in known}
    podium = [{one.province for one in known if place in one.places} for place in ("rank_1", "rank_2", "rank_3")]
    missing = [page.name(code) for code in page.provinces if code not in found]
    return say(
        "Tahun penilaian {year}: ada hasil kabupaten/kota untuk {found} dari {all} provinsi; juara pertama diketahui di {first}, ketiga peringkat di {podium}. Belum ditemukan: {missing}.",
        year=year,
        found=len(found),
        all=len(page.provinces),
        first=len(podium[0]),
        podium=len(set.intersection(*podium)),
        missing=say.list(missing, len(missing)) if missing else DASH,
    )


def _without_national(page: AwardsPage) -> str:
    """The assessment years whose national winners were not found; empty where none is lacking."""
    say, national = page.say, page.of(["national"], CATEGORIES)
    won = {one.year for one in national if one.won}
    lacking = [str(year) for year in sorted({one.year for one in page.award if one.year} - won)]
    return say("Pemenang nasional tahun penilaian {years} belum ditemukan.", years=say.list(lacking)) if lacking else ""


def _years(page: AwardsPage) -> list[int]:
    """The assessment years that have a column of their own, newest first."""
    counts = Counter(one.year for one in page.local if one.year)
    return sorted((year for year, count in counts.items() if count >= MANY), reverse=True)


def chooser(page: AwardsPage) -> str:
    """The filter of the page of kabupaten/kota."""
    return choose(page, page.local)


def regions_table(page: AwardsPage) -> str:
    """Every result of kabupaten/kota before provincial juries: a row for each province, a column for each year."""
    say, years, seen = page.say, _years(page), set[str]()
    rest = [year for year in newest_first(page.local) if year not in years]
    rows = []
    for code in page.provinces:
        own = [one for one in page.local if one.province == code]
        boxes = [_box(page, code, year, [one for one in own if one.year == year], seen) for year in years]
        if rest:
            boxes.append(_rest(page, [one for one in own if one.year in rest], rest, seen))
        rows.append(Row(page.name(code), tuple(boxes), anchor=f"p-{code}", keys={"province": code}))
    columns = [(say("Provinsi"), {}), *((page.year(year), {"year": year_key(year)}) for year in years)]
    if rest:
        columns.append((say("Tahun lain"), {"year": " ".join(map(year_key, rest))}))
    return matrix(
        say("Hasil kabupaten/kota di tingkat provinsi, menurut tahun penilaian"),
        columns,
        rows,
        empty=say("tidak ditemukan"),
        folded=say("Catatan"),
        nothing=say("Tidak ada hasil yang cocok di bagian ini."),
    )


def _box(page: AwardsPage, province: str, year: int, results: Sequence[Announced], seen: set[str]) -> Box:
    """The results of a province's award for an assessment year."""
    note = page.other_years(province, year, (told.edition for one in results for told in one.told)) if results else ""
    return Box(tuple(grouped(page, results, seen)), note, page.remarks_on(results), {"year": year_key(year)})


def _rest(page: AwardsPage, results: Sequence[Announced], years: Sequence[int | None], seen: set[str]) -> Box:
    """The results of a province for years of which little is known."""
    made: list[Group] = []
    for year in years:
        own = [one for one in results if one.year == year]
        made += grouped(page, own, seen, f"{page.year(year)}: ".capitalize(), {"year": year_key(year)})
    return Box(tuple(made), "", page.remarks_on(results), {"year": " ".join(map(year_key, years))}, gap=False)


def first_sources(page: AwardsPage) -> str:
    """What the pages said that this book began with, beside what is now known of the same awards."""
    say = page.say
    sources = page.tables.sources.set_index("source_id")
    rows: Rows = []
    for source in FIRST_SOURCES:
        told = [one for one in page.award if any(each.source == source for each in one.told)]
        about = sources.loc[source]
        published = say.date(about["published"])
        of = Cell(about["title"], page.sources([source]), f"{about['publisher']}, {published}")
        rows.append([of, _said(page, source, told), _now(page, told[0].province, told[0].year)])
    columns = [
        Column(say("Sumber pertama"), numeric=False),
        Column(say("Yang dikatakannya"), numeric=False),
        Column(say("Yang kini tercatat"), numeric=False),
    ]
    return table(say("Sumber pertama buku ini, dan penghargaan yang sama menurut data sekarang"), columns, rows)


def _said(page: AwardsPage, source: str, results: Sequence[Announced]) -> Cell:
    """What one source says of recipients, by its own words for their results."""
    say = page.say
    told = [(each, one) for one in results for each in one.told if each.source == source]
    parts = []
    for result, same in groupby(
        sorted(told, key=lambda pair: RESULTS.index(pair[0].result)), lambda pair: pair[0].result
    ):
        names = [page.recipient(one) for _, one in same]
        parts.append(f"{page.result(result)}: {say.list(names, len(names))}")
    label = say("berlabel {labels}", labels=say.list(sorted({str(each.edition) for each, _ in told})))
    return Cell("; ".join(parts), note=label)


def _now(page: AwardsPage, province: str, year: int | None) -> Cell:
    """What is known of the kabupaten/kota of a province's award: its winners, and how many were candidates."""
    say = page.say
    own = [one for one in page.local if (one.province, one.year) == (province, year)]
    parts = []
    for result, same in groupby([one for one in own if one.won], lambda one: one.result):
        names = [page.recipient(one) for one in same]
        parts.append(f"{page.result(result)}: {say.list(names, len(names))}")
    if others := sum(not one.won for one in own):
        parts.append(say("{count} finalis atau nomine lain", count=others))
    award = f"{page.name(province)}, {award_year(say, page.tables, province, year) if year else page.year(year)}"
    return Cell(award, (Link(f"#p-{province}"),), "; ".join(parts))
