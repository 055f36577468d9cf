"""Generated parts of hand-written pages, and the page that stands where a page failed."""

from __future__ import annotations

from html import escape

import pandas as pd

from paritrana.i18n import Text
from paritrana.indicators import CRITERION_INDICATORS
from paritrana.markup import facts, is_safe, markdown_text, paragraphs
from paritrana.nation import Nation
from paritrana.tables import Tables


def headline(say: Text, nation: Nation, provinces: int) -> str:
    """The start page's figures: how much of the record is there, and for which year."""
    tables, year = nation.tables, nation.year
    cells, every = len(nation.recorded[year]), len(nation.survey) * len(CRITERION_INDICATORS)
    lead = say(
        "Edisi ini membahas tahun penilaian {year}: {provinces} bab provinsi, {regions} kabupaten/kota dalam rekaman, dan hanya {share} dari rekaman itu yang terisi.",
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
            say("sel rekaman terisi"),
            say("tahun penilaian {year}", year=year),
        ),
    ]
    return paragraphs([lead], "lead") + facts(items) + "\n"


def sources(say: Text, tables: Tables) -> str:
    """Every source page under the first letter of its publisher; each entry can be linked to by its id."""
    rows = tables.sources.assign(folded=tables.sources["publisher"].str.casefold())
    rows = rows.sort_values(["folded", "published", "source_id"], na_position="last")
    letters = rows["publisher"].str[0].str.upper().where(lambda first: first.str.isalpha(), "0–9")
    return "\n".join(f"## {letter}\n\n{_entries(say, part)}" for letter, part in rows.groupby(letters))


def _entries(say: Text, rows: pd.DataFrame) -> str:
    """Sources as a list; what comes from data is escaped, and only http(s) addresses are links."""
    entries = []
    for row in rows.itertuples():
        said = " · ".join(part for part in (str(row.publisher), say.date(row.published)) if part)
        title = row.title if isinstance(row.title, str) else ""
        if isinstance(row.url, str) and is_safe(row.url):
            where = f'<a href="{escape(row.url)}">{escape(title or _short(row.url))}</a>'
        else:
            where = escape(title) + " " + escape(say("(tanpa alamat)"))
        entries.append(f'<li id="{escape(row.source_id)}">{escape(said)}: {where}</li>')
    return f'<ul class="sources">\n{chr(10).join(entries)}\n</ul>\n'


def _short(url: str, most: int = 70) -> str:
    """An address as it is shown: without its scheme, cut where it is long."""
    bare = url.split("://", 1)[-1]
    return bare if len(bare) <= most else f"{bare[:most]}…"


def missing_page(say: Text, name: str, title: str, cell: str, error: str) -> str:
    """A page that says that it is missing, and why."""
    lines = [
        say("Halaman ini gagal dibuat; halaman lain tidak terpengaruh."),
        say("Bagian yang gagal: {cell}", cell=cell) if cell else "",
        say("Sebabnya: {error}", error=error),
        say("Jalankan kembali pembuatan buku untuk melengkapinya ({name}).", name=name),
    ]
    return f"# {markdown_text(title)}\n\n{paragraphs(lines, 'missing')}\n"
