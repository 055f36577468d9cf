"""How a value that a criterion scores follows from what its sources state, in one line.

Every number in it is recorded or of the labour force survey; the value itself stands beside it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from paritrana.indicators.catalogue import COVERAGE, GROWTH, REGULATION, VULNERABLE
from paritrana.pages.page import Page
from paritrana.parameters.page import strength_under

BASE = {COVERAGE.id: "employed", VULNERABLE.id: "informal_employed"}  # what counted people are divided by


def working(page: Page, code: str, name: str, row: pd.Series) -> str:
    """The line of a recorded value, `row` of the derived indicators (`derive`)."""
    if name == REGULATION.id:
        return _regulation(page, code, row)
    stated = _stated(page, row)
    if COVERAGE.id == name and "coverage_share_pct" in stated:
        return _converted(page, row, stated["coverage_share_pct"])
    if name in BASE:
        return _divided(page, code, name, stated)
    if name == GROWTH.id and "active_participants" in stated:
        return _grown(page, stated["active_participants"])
    return page.say("angka yang dinyatakan sumbernya")


def _stated(page: Page, row: pd.Series) -> dict[str, list[Any]]:
    """The observations behind a value, by their indicator."""
    found: dict[str, list[Any]] = {}
    for each in page.observed(row["observations"]):
        found.setdefault(each.indicator, []).append(each)
    return found


def _divided(page: Page, code: str, name: str, stated: dict[str, list[Any]]) -> str:
    """People counted in one segment or more, over those they are among."""
    say, base = page.say, BASE[name]
    parts = [f"{_span(page, rows)} {page.indicator(key)}" for key, rows in stated.items()]
    people = {
        "employed": say("penduduk bekerja"),
        "informal_employed": say("pekerja informal"),
    }[base]
    told = say(
        "{counted} dibagi {count} {people} (Sakernas Agustus {year})",
        counted=" + ".join(parts),
        count=say.number(page.analysis.regions.at[code, base]),
        people=people,
        year=page.year,
    )
    if "formal_participants" not in stated or "construction_participants" in stated:
        return told
    lacking = say("peserta jasa konstruksi tidak disebut, karena itu rentang")
    return f"{told}; {lacking}"


def _span(page: Page, rows: list[Any]) -> str:
    """What is stated, from the least to the most."""
    return page.say.interval(min(row.value for row in rows), max(row.value for row in rows))


def _converted(page: Page, row: pd.Series, stated: list[Any]) -> str:
    """A share of another base, and how large that is beside the employed."""
    say, least, most = page.say, min(one.value for one in stated), max(one.value for one in stated)
    return say(
        "{share} dari {base}, dikalikan perbandingannya dengan penduduk bekerja: {ratio}",
        share=say.interval(least / 100, most / 100, "percent", 2),
        base=say.list(list(dict.fromkeys(_base(page, one.denominator) for one in stated))),
        ratio=say.interval(100 * row["low"] / least, 100 * row["high"] / most, "number", 2),
    )


def _base(page: Page, denominator: str) -> str:
    return page.say("dasar yang tidak disebut") if denominator == "unspecified" else page.denominator(denominator)


def _grown(page: Page, stated: list[Any]) -> str:
    """Counts of two years, the later first."""
    counts = [
        page.say("{count} ({year})", count=_span(page, [row for row in stated if row.year == year]), year=year)
        for year in sorted({row.year for row in stated}, reverse=True)
    ]
    return page.say("peserta aktif {counts}, dikurangi satu", counts=page.say(" dibagi ").join(counts))


def _regulation(page: Page, code: str, row: pd.Series) -> str:
    """The strongest regulations that are known."""
    say, rows, strength = page.say, page.tables.regulations, strength_under(page.analysis.params.rubric)
    rows = rows[(rows["region_code"] == code) & rows["source_id"].isin(row["sources"])]
    told = {_named(one): one.kind for one in rows.itertuples() if strength.get(one.kind) == row["low"]}
    cited = {kind for name, kind in told.items() if name != kind}
    named = [name for name, kind in told.items() if name != kind or kind not in cited]
    return say("{names}; kekuatannya menurut rubrik", names=say.list(named))


def _named(rule: Any) -> str:
    """A regulation as it is cited: Perwali 5/2023; as much of it as is known, the kind alone where nothing is."""
    number, year = ("" if pd.isna(part) else str(part) for part in (rule.number, rule.year))
    known = [part for part in (number, year) if part and not (part == year and number.endswith(f"/{year}"))]
    return " ".join([rule.kind, "/".join(known)]) if known else str(rule.kind)
