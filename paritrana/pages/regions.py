"""What is known of each kabupaten/kota of a province, together in one place that can be linked to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd

from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.pages.page import Page
from paritrana.pages.working import working
from paritrana.presentation.html import Card, Cell, Place, Remark, cards, details, paragraphs, places
from paritrana.presentation.likelihood import times_chance

ALL = "all"  # the segment that a figure of a whole region speaks of
# The reported figures that are told beside the indicators, with the segment that they speak of.
REPORTED = {
    "active_participants": ALL,
    "coverage_share_pct": ALL,
    "eligible_workers": ALL,
    "formal_participants": "wage_earners",
    "informal_participants": "non_wage",
    "construction_participants": "construction",
    "non_asn_participants": "non_asn",
    "non_asn_coverage_pct": "non_asn",
    "vulnerable_workers_protected": "vulnerable",
    "vulnerable_workers_budget_idr": "vulnerable",
}
PODIUM = 3
Possible = Mapping[str, Mapping[str, Any]]  # what the main ranking says, by region
GENERIC = ("Kepulauan", "Kep.", "Pulau")  # what a name may begin with that nobody types


def place(code: str) -> str:
    """The anchor of a region on its province's first page: r-1374."""
    return f"r-{code.replace('.', '')}"


def aliases(name: str, official: str) -> tuple[str, ...]:
    """What a region is looked for by: `Kabupaten Solok`, `Kab. Solok`, `Kab Solok`, `Solok`."""
    level = official.split(" ", 1)[0]
    bare = official.removeprefix(f"{level} ")
    first, _, rest = bare.partition(" ")
    short = (f"Kab. {bare}", f"Kab {bare}") if level == "Kabupaten" else ()
    return tuple(dict.fromkeys((official, name, *short, bare, *((rest,) if first in GENERIC else ()))))


def one_by_one(page: Page) -> str:
    """A card for each region that something is known of, and a line for each of the others."""
    say = page.say
    known = [code for code in page.codes if code in page.recorded or len(_awards(page, code))]
    known.sort(key=lambda code: code not in page.recorded)
    rest = [code for code in page.codes if code not in known]
    intro = say(
        "Di sini terkumpul semua yang diketahui tentang setiap daerah: angka tahun {year}, hasil penghargaan semua tahun, biaya perlindungan penuh, dan peringkat yang mungkin.",
        year=page.year,
    )
    possible = _possible(page)
    lines = places((_place(page, code), _line(page, code, possible)) for code in rest)
    title = say(
        "{count} daerah tanpa angka tahun {year} dan tanpa hasil penghargaan dalam data",
        count=len(rest),
        year=page.year,
    )
    return (
        paragraphs([intro])
        + cards(_card(page, code, possible) for code in known)
        + (details(title, lines) if rest else "")
    )


def _place(page: Page, code: str) -> Place:
    official = str(page.analysis.regions.at[code, "official_name"])
    return Place(place(code), page.name(code), aliases(page.name(code), official))


def _card(page: Page, code: str, possible: Possible) -> Card:
    """Everything of a region under its headings; what there is nothing of is left out."""
    say = page.say
    parts = [
        (say("Yang dinilai, {year}", year=page.year), list(_values(page, code))),
        (say("Angka yang dilaporkan, {year}", year=page.year), list(_reported(page, code))),
        (say("Hasil penghargaan, semua tahun"), list(_results(page, code))),
        (say("Biaya perlindungan penuh"), [_cost(page, code)]),
        (say("Peringkat yang mungkin"), [Cell(sentence) for sentence in _ranks(page, code, possible)]),
    ]
    own = int(code in page.recorded and page.analysis.recorded.loc[code].shape[0])
    note = say("{own} dari {each} isian", own=own, each=len(CRITERION_INDICATORS))
    return Card(_place(page, code), note, tuple((title, tuple(cells)) for title, cells in parts if cells))


def _values(page: Page, code: str) -> Iterator[Cell]:
    """The recorded indicators that a criterion scores, with their sources, dates and doubts."""
    for name in CRITERION_INDICATORS:
        if (code, name) in page.analysis.recorded.index:
            row = page.analysis.recorded.loc[(code, name)]
            yield Cell(
                page.value(name, row["low"], row["high"]),
                page.sources(row["sources"]),
                page.say.date(row["as_of"]),
                page.marks(code, name),
                remarks=(Remark(page.criterion(name), working(page, code, name, row)),),
                before=f"{page.criterion(name)}:",
            )


def _reported(page: Page, code: str) -> Iterator[Cell]:
    """The picked figures of the year as their sources tell them, with what was noted of them."""
    picked = page.analysis.nation.picks[page.year].picked
    for (_, indicator, segment, base), row in picked[picked.index.get_level_values("region_code") == code].iterrows():
        if REPORTED.get(indicator) != segment:
            continue
        of = page.denominator(base) if indicator == "coverage_share_pct" else ""
        yield Cell(
            _amount(page, indicator, row["low"], row["high"]),
            page.sources(row["sources"]),
            page.say.date(row["as_of"]),
            page.badges("conflict" if row["low"] < row["high"] else "", ["doubtful"] if row["doubtful"] else []),
            remarks=page.remarks(row["observations"]),
            before=_sentence_case(page.indicator(indicator) + (f" ({of})" if of else "")) + ":",
        )


def _amount(page: Page, indicator: str, low: float, high: float) -> str:
    """A reported figure in its unit, which the end of its indicator's id tells."""
    if indicator.endswith("_pct"):
        return page.say.interval(low / 100, high / 100, "percent", 2)
    return page.say.interval(low, high, "rupiah" if indicator.endswith("_idr") else "number")


def _results(page: Page, code: str) -> Iterator[Cell]:
    """What was announced of a region, the newest first, each result once with all its sources."""
    say, rows = page.say, _awards(page, code)
    keys = ["assessment_year", "stage", "category", "result"]
    for (year, stage, category, result), group in rows.groupby(keys, dropna=False, sort=False):
        told = [page.result(result), page.stage(stage)]
        other = "" if category == "kabupaten_kota" else say("kategori lain")
        when = say("tahun tidak diketahui") if pd.isna(year) else str(int(year))
        yield Cell(
            ", ".join(filter(None, [*told, other])),
            page.sources(dict.fromkeys(group["source_id"])),
            before=f"{when}:",
        )


def _awards(page: Page, code: str) -> pd.DataFrame:
    """The announced results of a region in all years, the newest first."""
    awards = page.tables.awards
    return awards[awards["region_code"] == code].sort_values("assessment_year", ascending=False, kind="stable")


def _cost(page: Page, code: str) -> Cell:
    """What it costs to cover every informal worker of a region for a year."""
    workers = page.say.number(page.analysis.regions.at[code, "informal_employed"])
    cost = page.measure(code, "cost_of_cover", (), "rupiah").text
    return Cell(page.say("{cost} setahun untuk {workers} pekerja informal", cost=cost, workers=workers))


def _ranks(page: Page, code: str, possible: Possible) -> list[str]:
    """Where a region could rank, and how often it is first and among the first three, against chance."""
    if code not in possible:
        return []
    say, found = page.say, possible[code]
    tell = partial(times_chance, say, draws=found["draws"])
    count = len(possible)
    sentences = [
        _range(page, code, possible),
        say(
            "Peringkat 1 pada {share} percobaan: {times}",
            share=say.percent(found["first"]),
            times=tell(found["first"], count),
        ),
    ]
    if count > PODIUM:
        top, places = found["top"], count / PODIUM
        sentences.append(
            say("Tiga besar pada {share} percobaan: {times}", share=say.percent(top), times=tell(top, places))
        )
    return sentences


def _range(page: Page, code: str, possible: Possible) -> str:
    """The ranks of nine in ten draws."""
    found = possible[code]
    return page.say(
        "Peringkat {range} dari {count} pada 90 % percobaan",
        range=page.say.interval(found["low"], found["high"]),
        count=len(possible),
    )


def _possible(page: Page) -> Possible:
    """What the main ranking says of each region; nothing where no ranking applies."""
    ranking = page.analysis.main
    if ranking is None or page.is_administrative:
        return {}
    chances = ranking.any_weights
    low, high = chances.rank_interval()
    top = chances.top(PODIUM)
    return {
        code: {
            "low": low[at],
            "high": high[at],
            "first": float(chances.share[at, 0]),
            "top": float(top[at]),
            "draws": chances.draws,
        }
        for at, code in enumerate(ranking.regions)
    }


def _line(page: Page, code: str, possible: Possible) -> str:
    """What can be said of a region without a figure: what its full cover costs, and where it could rank."""
    ranks = [_range(page, code, possible)] if code in possible else []
    return ". ".join([_cost(page, code).text, *ranks])


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
