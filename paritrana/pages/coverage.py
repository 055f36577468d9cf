"""The coverage page: what was stated, over which base, and what it is over the employed of Sakernas."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from paritrana.indicators.catalogue import COVERAGE
from paritrana.indicators.doubts import DOUBTFUL, OVER_WHOLE
from paritrana.indicators.formulas import share
from paritrana.indicators.frames import figures, labour_force, of_indicator
from paritrana.pages.others import other_figures
from paritrana.pages.record_page import RecordPage
from paritrana.presentation import charts
from paritrana.presentation.html import Cell, Column, Rows, bullets, facts, paragraphs, table

SEGMENTS = (
    ("formal_participants", "wage_earners"),
    ("informal_participants", "non_wage"),
    ("construction_participants", "construction"),
    ("non_asn_participants", "non_asn"),
)
SHOWN = ("active_participants", "coverage_share_pct", "eligible_workers", "non_asn_coverage_pct", "growth_pct")


def _coverage(page: RecordPage) -> pd.DataFrame:
    """Coverage over the employed by region code: recorded, conflicting or converted."""
    return of_indicator(page.analysis.recorded, COVERAGE.id)


def _stated(page: RecordPage) -> pd.DataFrame:
    """The stated shares of all workers picked for the year, by region code and denominator."""
    rows = page.analysis.nation.picks[page.year].picked
    keys = rows.index.to_frame(index=False)
    wanted = (
        (keys["indicator"] == "coverage_share_pct") & (keys["segment"] == "all") & keys["region_code"].isin(page.codes)
    )
    return rows[wanted.to_numpy()].droplevel(["indicator", "segment"])


def summary(page: RecordPage) -> str:
    """The page in one sentence and four figures."""
    say, regions, known = page.say, page.analysis.regions, _coverage(page)
    province = figures(page.analysis.nation.picks[page.year], "active_participants")
    own = province.loc[page.analysis.params.province] if page.analysis.params.province in province.index else None
    participants = (
        ("–", say("tidak tercatat"))
        if own is None
        else (say.interval(own["low"], own["high"]), say.date(own["as_of"]) or say("tanpa tanggal"))
    )
    lead = (
        say(
            "Untuk tahun {year}, cakupan atas penduduk bekerja diketahui bagi {known} dari {all} kabupaten/kota.",
            year=page.year,
            known=len(known),
            all=len(regions),
        )
        if len(known)
        else say(
            "Untuk tahun {year} tidak ada angka cakupan yang tercatat bagi satu pun kabupaten/kota di provinsi ini; yang diketahui adalah angkatan kerjanya.",
            year=page.year,
        )
    )
    return paragraphs([lead], "lead") + facts(
        [
            (
                f"{len(known)}/{len(regions)}",
                say("kabupaten/kota dengan angka cakupan"),
                say("tahun penilaian {year}", year=page.year),
            ),
            (participants[0], say("peserta aktif di seluruh provinsi"), participants[1]),
            (
                say.number(regions["employed"].sum()),
                say("penduduk bekerja"),
                say("Sakernas Agustus {year}", year=page.year),
            ),
            (
                say.number(regions["labour_force"].sum()),
                say("angkatan kerja"),
                say("Sakernas Agustus {year}", year=page.year),
            ),
        ]
    )


def findings(page: RecordPage) -> str:
    """The highest and the lowest known coverage, which figures are doubtful, and how many regions have none."""
    say, known = page.say, _coverage(page)
    ranges = [page.name(code) for code in known.index[known["low"] < known["high"]]]
    missing = [page.name(code) for code in page.codes if code not in known.index]
    return bullets(
        [
            _extremes(page, known),
            _doubted(page, known),
            say(
                "Hanya rentang yang dapat disebut untuk {names}, karena dasar persentasenya atau sumbernya berbeda.",
                names=say.list(ranges),
            )
            if ranges
            else "",
            say("Tanpa angka cakupan: {names}.", names=say.list(missing)) if missing and len(known) else "",
        ]
    )


def _extremes(page: RecordPage, known: pd.DataFrame) -> str:
    """The highest and the lowest of the exact figures that nothing speaks against; empty where there are none."""
    say = page.say
    exact = known[(known["low"] == known["high"]) & ~_disowned(page, known)].sort_values("low", ascending=False)
    if len(exact) > 1:
        return say(
            "Di antara {count} daerah dengan angka pasti, yang tertinggi {top} ({high}) dan yang terendah {bottom} ({low}) dari penduduk bekerja.",
            count=len(exact),
            top=page.name(exact.index[0]),
            high=say.percent(exact["low"].iloc[0]),
            bottom=page.name(exact.index[-1]),
            low=say.percent(exact["low"].iloc[-1]),
        )
    if len(exact) == 1:
        return say(
            "Angka pasti hanya ada untuk {name}: {share} dari penduduk bekerja.",
            name=page.name(exact.index[0]),
            share=say.percent(exact["low"].iloc[0]),
        )
    return ""


def _doubted(page: RecordPage, known: pd.DataFrame) -> str:
    """Whose figure is shown and not compared, each with the reason; empty where there is none."""
    said = [
        f"{page.name(code)} ({page.say.list([page.doubt(kind) for kind in page.doubts[code, COVERAGE.id]])})"
        for code in known.index[_disowned(page, known)]
    ]
    return page.say("Tidak ikut dibandingkan: {names}.", names=page.say.list(said)) if said else ""


def _disowned(page: RecordPage, known: pd.DataFrame) -> pd.Series:
    """Whether something speaks against each region's coverage."""
    return pd.Series([(code, COVERAGE.id) in page.doubts for code in known.index], known.index, dtype=bool)


def figure(page: RecordPage) -> charts.Picture | None:
    """Known coverage over the employed beside the share that was stated; nothing where neither is known."""
    say, known, stated = page.say, _coverage(page), _stated(page)
    codes = [code for code in page.codes if code in known.index or code in stated.index.get_level_values("region_code")]
    if not codes:
        return None
    ordered = known.reindex(codes).sort_values(["high", "low"], ascending=False)
    first = stated["low"].groupby("region_code").first() / 100
    drawn = charts.intervals(
        say,
        [page.name(code) for code in ordered.index],
        ordered["low"].to_numpy(float),
        ordered["high"].to_numpy(float),
        first.reindex(ordered.index).to_numpy(float),
        label=say("atas penduduk bekerja (Sakernas)"),
        mark_label=say("seperti dinyatakan sumber"),
        alt=say(
            "Diagram cakupan {count} kabupaten/kota di {province} tahun {year}, atas penduduk bekerja dan seperti dinyatakan sumber, dari {low} sampai {high}.",
            count=len(codes),
            province=page.analysis.province["name"],
            year=page.year,
            low=say.percent(float(ordered["low"].fillna(first).min())),
            high=say.percent(float(ordered["high"].fillna(first).max())),
        ),
    )
    caption = say(
        "Cakupan kabupaten/kota di {province}, {year}, persen penduduk bekerja. Sumber: peserta dan persentase dari halaman yang ditautkan di tabel; penduduk bekerja dari Sakernas Agustus {year}, BPS.",
        province=page.analysis.province["name"],
        year=page.year,
    )
    return replace(drawn, caption=caption)


def coverage_table(page: RecordPage) -> str:
    """Participants, Sakernas, and the coverage and the gap that follow, for every region."""
    say, regions, known = page.say, page.analysis.regions, _coverage(page)
    participants = figures(page.analysis.nation.picks[page.year], "active_participants")
    rows: Rows = []
    for code in page.codes:
        survey = regions.loc[code]
        cell, force, gap = Cell("–"), Cell("–"), Cell("–")
        if code in known.index:
            row = known.loc[code]
            links, badges = page.sources(row["sources"]), page.marks(code, COVERAGE.id)
            told = page.remarks(row["observations"])
            cell = Cell(say.interval(row["low"], row["high"], "percent", 1), links, "", badges, remarks=told)
            force = page.measure(code, "coverage_labour_force", links, "percent", 1)
            gap = page.measure(code, "not_covered", links)
        rows.append(
            [
                page.name(code),
                cell,
                page.picked(participants, code),
                page.survey(say.number(survey["employed"])),
                force,
                gap,
            ]
        )
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Cakupan atas bekerja")),
        Column(say("Peserta aktif"), say("orang")),
        Column(say("Bekerja"), say("orang, Sakernas")),
        Column(say("Cakupan atas angkatan kerja")),
        Column(say("Belum tercakup"), say("orang")),
    ]
    caption = say("Cakupan atas penduduk bekerja dan angkatan kerja, {year}", year=page.year)
    return table(caption, columns, rows, footnotes=page.footnotes("coverage"))


def stated_table(page: RecordPage) -> str:
    """What the sources state, over which base."""
    say, stated = page.say, _stated(page)
    if stated.empty:
        return paragraphs([say("Tidak ada persentase cakupan yang dinyatakan untuk tahun {year}.", year=page.year)])
    rows: Rows = []
    for (code, base), row in stated.iterrows():
        kind = "conflict" if row["low"] < row["high"] else "recorded"
        doubts = [name for name, stands in ((DOUBTFUL, row["doubtful"]), (OVER_WHOLE, row["high"] > 100)) if stands]
        text = say.interval(row["low"] / 100, row["high"] / 100, "percent", 2)
        told = page.remarks(row["observations"])
        value = Cell(text, page.sources(row["sources"]), "", page.badges(kind, doubts), remarks=told)
        rows.append([page.name(code), value, page.denominator(base), say.date(row["as_of"]) or say("tanpa tanggal")])
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Dinyatakan")),
        Column(say("Penyebut"), numeric=False),
        Column(say("Per tanggal"), numeric=False),
    ]
    caption = say("Cakupan yang dinyatakan sumber, menurut penyebutnya, {year}", year=page.year)
    return table(caption, columns, rows, footnotes=page.footnotes("stated"))


def denominators(page: RecordPage) -> str:
    """The trap of the denominators on this province's own figures: one region, several bases."""
    say, nation = page.say, page.analysis.nation
    participants = figures(nation.picks[page.year], "active_participants")
    rows: Rows = []
    for code in page.codes:
        steps = _steps(page, code)
        if len(steps) < 2 or code not in participants.index:
            continue
        survey, count = page.analysis.regions.loc[code], participants.loc[code]
        links = page.sources(count["sources"])
        for base in ("employed", "labour_force"):
            ends = share(count[["low", "high"]].astype(float), pd.Series(survey[base], index=["low", "high"]))
            told = page.remarks(count["observations"])
            value = Cell(say.interval(ends["low"], ends["high"], "percent", 1), links, remarks=told)
            steps.append((str(page.year), value, say("{base} (Sakernas)", base=page.denominator(base))))
        rows += [
            [page.name(code) if not at else Cell(page.name(code), classes="same"), *step]
            for at, step in enumerate(steps)
        ]
    if not rows:
        return paragraphs(
            [
                say(
                    "Untuk provinsi ini belum ada daerah dengan dua penyebut yang dapat dibandingkan pada angkanya sendiri."
                )
            ]
        )
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Tahun"), numeric=False),
        Column(say("Cakupan")),
        Column(say("Penyebut"), numeric=False),
    ]
    return table(say("Satu daerah, beberapa penyebut"), columns, rows, footnotes=page.footnotes("bases"))


def _steps(page: RecordPage, code: str) -> list[tuple[str, Cell, str]]:
    """The shares stated for a region, year by year and base by base up to the assessment year."""
    steps = []
    for year in sorted(near for near in page.analysis.nation.picks if page.year - 1 <= near <= page.year):
        rows = page.analysis.nation.picks[year].picked
        for key, row in rows[rows.index.get_level_values("region_code") == code].iterrows():
            if key[1:3] == ("coverage_share_pct", "all"):
                text = page.say.interval(row["low"] / 100, row["high"] / 100, "percent", 2)
                told = page.remarks(row["observations"])
                value = Cell(text, page.sources(row["sources"]), remarks=told)
                steps.append((str(year), value, page.denominator(key[3])))
    return steps


def segments_table(page: RecordPage) -> str:
    """Participants by segment, where a source splits them."""
    say, picks = page.say, page.analysis.nation.picks[page.year]
    parts = [figures(picks, indicator, segment) for indicator, segment in SEGMENTS]
    codes = [code for code in page.codes if any(code in part.index for part in parts)]
    if not codes:
        return paragraphs([say("Tidak ada peserta menurut segmen yang tercatat untuk tahun {year}.", year=page.year)])
    rows: Rows = [[page.name(code), *(page.picked(part, code) for part in parts)] for code in codes]
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Penerima upah"), say("orang")),
        Column(say("Bukan penerima upah"), say("orang")),
        Column(say("Jasa konstruksi"), say("orang")),
        Column(say("Non-ASN"), say("orang")),
    ]
    caption = say("Peserta menurut segmen, {year}", year=page.year)
    return table(caption, columns, rows, footnotes=page.footnotes("segments"))


def years_table(page: RecordPage) -> str:
    """Coverage over the employed in each year since the break in Sakernas, and the growth where it can be told."""
    say, nation = page.say, page.analysis.nation
    by_year = {
        year: figures(picks, "active_participants")
        for year, picks in sorted(nation.picks.items())
        if year in nation.recorded
    }
    codes = [code for code in page.codes if any(code in rows.index for rows in by_year.values())]
    if not codes:
        return paragraphs([say("Tidak ada jumlah peserta aktif yang tercatat dari tahun ke tahun.")])
    rows: Rows = []
    for code in codes:
        cells: list[Cell | str] = [page.name(code)]
        for year, picked in by_year.items():
            employed = labour_force(page.tables, year).at[code, "employed"]
            cell = page.picked(picked, code)
            if code in picked.index:
                ends = picked.loc[code, ["low", "high"]].astype(float) / employed
                cell = replace(cell, text=say.interval(ends["low"], ends["high"], "percent", 1))
            cells.append(cell)
        rows.append(cells)
    columns = [Column(say("Kabupaten/kota"), numeric=False), *(Column(str(year)) for year in by_year)]
    caption = say("Cakupan atas penduduk bekerja dari tahun ke tahun, dengan tanggal angkanya")
    return table(caption, columns, rows, footnotes=page.footnotes("years"))


def targets_table(page: RecordPage) -> str:
    """The targets that were announced for the assessment year and later."""
    say, rows = page.say, page.tables.observations
    wanted = rows[(rows["indicator"] == "coverage_target_pct") & (rows["year"] >= page.year)]
    wanted = wanted[wanted["region_code"].isin([*page.codes, page.analysis.params.province])]
    wanted = wanted.drop_duplicates(["region_code", "year", "value", "segment"]).sort_values(
        ["region_code", "year", "value"]
    )
    if wanted.empty:
        return paragraphs([say("Tidak ada target cakupan yang tercatat.")])
    shown: Rows = [
        [
            page.name(row.region_code),
            str(row.year),
            Cell(
                say.percent(row.value / 100, 2),
                page.sources([row.source_id]),
                remarks=page.remarks([row.observation_id]),
            ),
            page.denominator(str(row.denominator)) or say("tidak disebut"),
        ]
        for row in wanted.itertuples()
    ]
    columns = [
        Column(say("Daerah"), numeric=False),
        Column(say("Tahun"), numeric=False),
        Column(say("Target")),
        Column(say("Penyebut"), numeric=False),
    ]
    return table(say("Target cakupan yang diumumkan"), columns, shown, footnotes=page.footnotes("targets"))


def others(page: RecordPage) -> str:
    """The figures that the rule did not pick."""
    return other_figures(page, SHOWN)
