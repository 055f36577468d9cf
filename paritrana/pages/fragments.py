"""Generated parts of hand-written pages, and the page that stands where a page failed."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pandas as pd

from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.nation import Nation
from paritrana.pages.vocabulary import Words
from paritrana.presentation.html import (
    Cell,
    Column,
    Rows,
    escaped,
    facts,
    heading,
    is_safe,
    markdown_text,
    one_line,
    paragraphs,
    table,
)
from paritrana.presentation.language import Text
from paritrana.record.corrections import SEPARATOR
from paritrana.record.tables import Tables

BY_REGION = ("labour_force", "participants_province", "apbd_jawa_timur")  # tables whose key is year and region

Sections = list[tuple[str, str]]  # parts of a page: a title (empty where the part has none) and its HTML


def headline(say: Text, nation: Nation, provinces: int) -> Sections:
    """The start page's figures: how much of the record is there, and for which year."""
    tables, year = nation.tables, nation.year
    cells, every = len(nation.recorded[year]), len(nation.survey) * len(CRITERION_INDICATORS)
    lead = say(
        "Edisi ini membahas tahun penilaian {year}: {provinces} bab provinsi. Dari semua isian tentang {regions} kabupaten/kota, hanya {share} yang tercatat.",
        year=year,
        provinces=provinces,
        regions=len(nation.survey),
        share=say.percent(cells / every),
    )
    items = [
        (say.number(len(tables.observations)), say("angka"), say("masing-masing dengan sumbernya")),
        (say.number(len(tables.sources)), say("halaman sumber"), say("pers, pemerintah, dan BPJS")),
        (say.number(len(tables.awards)), say("hasil penghargaan"), say("yang diumumkan")),
        (
            f"{say.number(cells)}/{say.number(every)}",
            say("isian tercatat"),
            say("tahun penilaian {year}", year=year),
        ),
    ]
    return [("", paragraphs([lead]) + facts(items))]


def files(say: Text, tables: Tables) -> Sections:
    """The tables that were read out of press and official pages: file, rows, and what is in it."""
    told = {
        "observations": say("peserta, cakupan, pekerja rentan, anggaran, dan angka lain"),
        "awards": say("nomine, finalis, pemenang, dan peringkat yang diumumkan"),
        "regulations": say("Perda, Perbup, Perwali, surat edaran, dan peraturan lain"),
        "jury_scores": say("satu lembar nilai yang dimuat pers"),
        "sources": say("alamat, judul, penerbit, dan tanggal sumber"),
        "flags": say(
            "baris observations.csv yang meragukan, hanya sebagian dari jumlah suatu daerah, atau mencakup wilayah atau kelompok yang lebih luas"
        ),
        "corrections": say("isian tabel lain yang keliru, dengan nilai yang benar dan alasannya"),
    }
    rows: Rows = [[f"{name}.csv", say.number(len(getattr(tables, name))), about] for name, about in told.items()]
    columns = [
        Column(say("Berkas"), numeric=False),
        Column(say("Baris")),
        Column(say("Isi"), numeric=False),
    ]
    return [("", table(say("Tabel dari pers dan situs resmi"), columns, rows))]


def corrections(say: Text, tables: Tables) -> Sections:
    """What was corrected: the row, the column, the old value and the new one, why, and the page that shows it."""
    words = Words(say, tables, "")
    rows: Rows = [
        [
            _corrected_row(words, str(row.table), str(row.key)),
            Cell(f"{row.table}.{row.column}"),
            Cell(_stated(row.expected)),
            Cell(_stated(row.value)),
            Cell(words.told(str(row.reason))[0], words.sources([str(row.source_id)]), say.date(row.date)),
        ]
        for row in tables.corrections.itertuples()
    ]
    columns = [
        Column(say("Baris"), numeric=False),
        Column(say("Kolom"), numeric=False),
        Column(say("Semula"), numeric=False),
        Column(say("Menjadi"), numeric=False),
        Column(say("Alasan"), numeric=False),
    ]
    return [("", table(say("Isian yang dibetulkan"), columns, rows))]


def _corrected_row(words: Words, table: str, key: str) -> str:
    """A corrected row as a reader knows it: an observation by region, indicator and year, any other row by its key.

    Of a table with a row for each region and year the key is these two.
    """
    if table in BY_REGION:
        year, code = key.split(SEPARATOR)
        return f"{words.name(code)}, {year}"
    rows = words.tables.observations
    rows = rows[rows["observation_id"] == key]
    if table != "observations" or rows.empty:
        return key.replace(SEPARATOR, ", ")
    row = rows.iloc[0]
    name = words.name(row["region_code"]) if isinstance(row["region_code"], str) else str(row["region_name"])
    year = "" if pd.isna(row["year"]) else f", {row['year']}"
    return f"{name}, {words.indicator(row['indicator'])}{year} ({key})"


def _stated(text: object) -> str:
    """A cell as its file has it; an empty one is a dash."""
    return text if isinstance(text, str) else "–"


def sources(say: Text, tables: Tables) -> Sections:
    """Every source page under the first letter of its publisher; each entry can be linked to by its id."""
    rows = tables.sources.assign(folded=tables.sources["publisher"].str.casefold())
    rows = rows.sort_values(["folded", "published", "source_id"], na_position="last")
    letters = rows["publisher"].str[0].str.upper().where(lambda first: first.str.isalpha(), "0–9")
    return [(str(letter), _entries(say, part)) for letter, part in rows.groupby(letters)]


def _entries(say: Text, rows: pd.DataFrame) -> str:
    """Sources as a list; what comes from data is escaped, and only http(s) addresses are links."""
    entries = []
    for row in rows.itertuples():
        said = " · ".join(part for part in (str(row.publisher), say.date(row.published)) if part)
        title = one_line(row.title) if isinstance(row.title, str) else ""
        if isinstance(row.url, str) and is_safe(row.url):
            where = f'<a href="{escaped(row.url)}">{escaped(title or _short(row.url))}</a>'
        else:
            nowhere = say("(tanpa alamat)")
            where = f"{escaped(title)} {escaped(nowhere)}"
        entries.append(f'<li id="{escaped(row.source_id)}">{escaped(said)}: {where}</li>')
    return f'<ul class="sources">\n{chr(10).join(entries)}\n</ul>'


def _short(url: str, most: int = 70) -> str:
    """An address as it is shown: without its scheme, cut where it is long."""
    bare = url.split("://", 1)[-1]
    return bare if len(bare) <= most else f"{bare[:most]}…"


def missing(say: Text, name: str, cell: str, error: str) -> list[str]:
    """What stands where a page failed: that it is missing, why, and what to do."""
    lines = [
        say("Halaman ini gagal dibuat; halaman lain tidak terpengaruh."),
        say("Bagian yang gagal: {cell}", cell=cell) if cell else "",
        say("Sebabnya: {error}", error=error),
        say("Jalankan kembali pembuatan buku untuk melengkapinya ({name}).", name=name),
    ]
    return [line for line in lines if line]


def missing_page(title: str, lines: Sequence[str]) -> str:
    """The Markdown of such a page."""
    return "\n\n".join([heading(title), *(f"{{.missing}}\n{markdown_text(line)}" for line in lines)]) + "\n"


def as_json(sections: Sections) -> str:
    """Parts of a hand-written page as the book reads them (`sphinx_ext.generated`)."""
    return json.dumps({"sections": sections}, ensure_ascii=False) + "\n"
