"""What was announced to the kabupaten/kota of one province, year by year: winners and candidates by name."""

from __future__ import annotations

from collections.abc import Sequence

from paritrana.pages.announced import PLACE, REGIONS, AwardsPage, grouped, mark_of, newest_first
from paritrana.pages.record_page import RecordPage
from paritrana.presentation.entries import Box, Row, matrix
from paritrana.presentation.html import Link, links, paragraphs
from paritrana.record.awards import Announced, recipients


def all_years(page: RecordPage) -> str:
    """A row for each assessment year with a result: its other years, the winners, and the other candidates."""
    say, province = page.say, page.analysis.params.province
    told = AwardsPage(say, page.tables, page.root, recipients(page.tables))
    found = [one for one in told.of([PLACE], [REGIONS]) if one.province == province]
    chapter = Link(f"{page.root}awards.html#p-{province}", say("Pemenang dan nomine"))
    way = links([(chapter, say("hasil semua provinsi, dapat disaring menurut tahun, provinsi, dan nama"))], "on-screen")
    if not found:
        nothing = say("Hasil Penghargaan Paritrana untuk kabupaten/kota provinsi ini belum ditemukan.")
        return paragraphs([nothing]) + way
    years = newest_first(found)
    shown = matrix(
        say("Hasil kabupaten/kota di tingkat provinsi, menurut tahun penilaian"),
        [(say("Tahun penilaian"), {}), (say("Pemenang"), {}), (say("Finalis dan nomine"), {})],
        [_row(told, province, year, [one for one in found if one.year == year]) for year in years],
        empty=say("tidak ditemukan"),
        folded=say("Catatan"),
        nothing="",
    )
    return shown + way


def _row(page: AwardsPage, province: str, year: int | None, results: Sequence[Announced]) -> Row:
    """The results of one assessment year."""
    other = page.other_years(province, year, (said.edition for one in results for said in one.told))
    boxes = [_box(page, [one for one in results if one.won is won]) for won in (True, False)]
    return Row(page.year(year), tuple(boxes), other)


def _box(page: AwardsPage, results: Sequence[Announced]) -> Box:
    """Results with what was noted of them; no place on the page is theirs, for the region has its own below."""
    placed = {mark_of(one.region) for one in results}
    return Box(tuple(grouped(page, results, placed)), remarks=page.remarks_on(results))
