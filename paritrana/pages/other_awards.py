"""The page of all results that are not those of kabupaten/kota before provincial juries: national ones, provinces,
villages and employers.
"""

from __future__ import annotations

from collections.abc import Sequence

from paritrana.pages.announced import CATEGORIES, REGIONS, AwardsPage, grouped, kind_key, year_key
from paritrana.pages.awards import choose
from paritrana.presentation.entries import Box, Row, listing, matrix
from paritrana.presentation.html import Cell, paragraphs
from paritrana.presentation.language import DASH
from paritrana.record.awards import NATION, PROVINCES, Announced

LOCAL = ("province", "kabupaten")  # stages below the national one
EMPLOYERS = tuple(key for key in CATEGORIES if key not in (REGIONS, PROVINCES))


def others_summary(page: AwardsPage) -> str:
    """How many results are on the page, and how many of them are national."""
    say = page.say
    return paragraphs(
        [
            say(
                "Halaman ini memuat {count} penerima dan calon: {national} di tingkat nasional, {local} di tingkat provinsi di luar kategori kabupaten/kota.",
                count=say.number(len(page.others)),
                national=say.number(len(page.of(["national"], CATEGORIES))),
                local=say.number(len(page.of(LOCAL, EMPLOYERS))),
            )
        ],
        "lead",
    )


def others_chooser(page: AwardsPage) -> str:
    """The filter of the page of all other results."""
    found = {one.category for one in page.others}
    return choose(page, page.others, [key for key in CATEGORIES if key in found])


def national_provinces(page: AwardsPage) -> str:
    """The national results of provinces, by assessment year and zone."""
    return _by_zone(page, PROVINCES, page.say("Provinsi di tingkat nasional, menurut tahun penilaian dan zona"))


def national_regions(page: AwardsPage) -> str:
    """The national results of kabupaten/kota, by assessment year and zone."""
    return _by_zone(page, REGIONS, page.say("Kabupaten/kota di tingkat nasional, menurut tahun penilaian dan zona"))


def _by_zone(page: AwardsPage, category: str, caption: str) -> str:
    """National results of a category: a row for each assessment year, a column for each zone."""
    say, seen = page.say, set[str]()
    zones = page.tables.provinces.groupby("paritrana_zone", sort=False)["kemendagri_code"].apply(list)
    results = page.of(["national"], [category])
    rows = []
    for year in dict.fromkeys(one.year for one in results):
        own = [one for one in results if one.year == year]
        boxes = [_zone(page, [one for one in own if one.province in codes], codes, seen) for codes in zones]
        note = page.other_years(NATION, year, (told.edition for one in own for told in one.told))
        rows.append(Row(page.year(year), tuple(boxes), note, keys={"year": year_key(year), "category": category}))
    columns = [(zone, {"province": " ".join(codes)}) for zone, codes in zones.items()]
    return matrix(
        caption,
        [(say("Tahun penilaian"), {}), *columns],
        rows,
        empty=DASH,
        folded=say("Catatan"),
        nothing=say("Tidak ada hasil yang cocok di bagian ini."),
    )


def _zone(page: AwardsPage, results: Sequence[Announced], codes: Sequence[str], seen: set[str]) -> Box:
    """The national results of a zone; each says its province."""
    return Box(tuple(grouped(page, results, seen)), "", page.remarks_on(results), {"province": " ".join(codes)})


def national_others(page: AwardsPage) -> str:
    """The national results of villages and employers."""
    results = page.of(["national"], EMPLOYERS)
    return _listed(page, results, page.say("Desa dan pemberi kerja di tingkat nasional"), with_category=True)


def of_category(page: AwardsPage, category: str) -> str:
    """The results of a category before provincial juries and below; empty where there are none."""
    results = page.of(LOCAL, [category])
    caption = page.say("{category} di tingkat provinsi", category=page.category(category))
    return _listed(page, results, caption) if results else ""


def _listed(page: AwardsPage, results: Sequence[Announced], caption: str, with_category: bool = False) -> str:
    """Results as a list: who and where, what, and for which assessment year."""
    say = page.say
    rows = [
        (
            {"year": year_key(one.year), "province": one.province, "kind": kind_key(one), "category": one.category},
            [
                Cell(page.recipient(one), note=_about(page, one, with_category)),
                Cell(page.result(one.result), page.links(one), badges=page.disputed(one), remarks=page.noted(one)),
                Cell(page.year(one.year), note=_other_years(page, one)),
            ],
        )
        for one in results
    ]
    columns = [say("Penerima"), say("Hasil"), say("Tahun penilaian")]
    return listing(caption, columns, rows, say("Catatan"), say("Tidak ada hasil yang cocok di bagian ini."))


def _about(page: AwardsPage, one: Announced, with_category: bool) -> str:
    """A recipient's category, province, and that a contest was one below the provincial award, as far as these tell."""
    told = [
        page.category(one.category) if with_category else "",
        page.name(one.province) if one.province else "",
        page.stage(one.stage) if one.stage not in ("province", "national") else "",
    ]
    return " · ".join(filter(None, told))


def _other_years(page: AwardsPage, one: Announced) -> str:
    """The other years of the award that a result is of; a contest of a kabupaten has a day of its own."""
    award = {"national": NATION, "province": one.province}.get(one.stage, "")
    return page.other_years(award, one.year, (told.edition for told in one.told))
