"""Other figures: the rows that the picking rule passed over, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from paritrana.pages.record_page import RecordPage
from paritrana.presentation.html import Cell, Column, Rows, details, paragraphs, table


def other_figures(page: RecordPage, indicators: Sequence[str]) -> str:
    """The figures of these indicators that were not picked for the year, folded away."""
    say = page.say
    reasons = {
        "agrees": say("sumber lain menyebut angka yang sama"),
        "outranked": say("angka lain lebih kuat menurut aturan"),
        "planned": say("rencana, bukan realisasi"),
        "part": say("bagian dari jumlah daerah"),
        "branch": say("wilayah kantor cabang BPJS, lebih luas dari daerah ini"),
        "mixed_group": say("kelompok yang lebih luas dari yang dimaksud indikator"),
        "not_own": say("dibayar provinsi atau perusahaan"),
    }
    rows = page.analysis.nation.picks[page.year].other
    rows = rows[rows["region_code"].isin(page.codes) & rows["indicator"].isin(list(indicators))]
    if rows.empty:
        return paragraphs([say("Tidak ada angka lain untuk tahun {year}.", year=page.year)])
    shown: Rows = [
        [
            page.name(row.region_code),
            page.indicator(row.indicator),
            Cell(
                observed(page, row.value, row.unit),
                page.sources([row.source_id]),
                page.denominator(row.denominator),
                remarks=page.remarks([row.observation_id]),
            ),
            say.date(row.as_of) or say("tanpa tanggal"),
            reasons[row.reason],
        ]
        for row in rows.itertuples()
    ]
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Indikator"), numeric=False),
        Column(say("Nilai")),
        Column(say("Per tanggal"), numeric=False),
        Column(say("Hubungannya dengan angka yang dipilih"), numeric=False),
    ]
    caption = say("Angka lain yang tidak dipilih, {year}", year=page.year)
    listed = table(caption, columns, shown, footnotes=page.footnotes("others"))
    return details(say("Tampilkan {count} angka lain", count=len(rows)), listed)


def observed(page: RecordPage, value: float, unit: str) -> str:
    """An observation's value in the form of its unit."""
    if unit == "percent":
        return page.say.percent(value / 100, 2)
    return page.say.rupiah(value) if unit == "IDR" else page.say.number(value)
