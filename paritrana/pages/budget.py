"""The budget page: what was budgeted for vulnerable workers, what it buys, and what full cover would cost."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from paritrana.indicators.formulas import CONTRIBUTION, cost_of_cover, months_of_cover, share
from paritrana.indicators.frames import figures
from paritrana.indicators.measures import BUDGET, ENDS, PROTECTED, workers_of_budgets
from paritrana.pages.others import observed, other_figures
from paritrana.pages.record_page import RecordPage
from paritrana.presentation import charts
from paritrana.presentation.html import Cell, Column, Rows, bullets, facts, paragraphs, table


def _budgets(page: RecordPage) -> pd.DataFrame:
    """The picked budgets of the province's regions, rupiah."""
    rows = figures(page.analysis.nation.picks[page.year], BUDGET, "vulnerable")
    return rows[rows.index.isin(page.codes)]


def _protected(page: RecordPage) -> pd.DataFrame:
    """The picked counts of protected vulnerable workers, persons."""
    rows = figures(page.analysis.nation.picks[page.year], PROTECTED, "vulnerable")
    return rows[rows.index.isin(page.codes)]


def summary(page: RecordPage) -> str:
    """The page in one sentence and four figures."""
    say, budgets = page.say, _budgets(page)
    informal = page.analysis.regions["informal_employed"].sum()
    cost = cost_of_cover(informal)
    return paragraphs([_lead(page, budgets, cost)], "lead") + facts(
        [
            (say.number(informal), say("pekerja informal"), say("Sakernas Agustus {year}", year=page.year)),
            (
                say.rupiah_short(cost),
                say("biaya melindungi semuanya setahun"),
                say("{rate} per orang per bulan × 12", rate=say.rupiah(CONTRIBUTION)),
            ),
            (
                f"{len(budgets)}/{len(page.codes)}",
                say("kabupaten/kota dengan anggaran tercatat"),
                say("realisasi, bukan rencana"),
            ),
            (
                f"{len(_protected(page))}/{len(page.codes)}",
                say("kabupaten/kota dengan jumlah pekerja rentan terlindungi"),
                say("tahun penilaian {year}", year=page.year),
            ),
        ]
    )


def _lead(page: RecordPage, budgets: pd.DataFrame, cost: float) -> str:
    """How much is budgeted in how many regions, against the cost of full cover; or why nothing is."""
    say, known = page.say, budgets[ENDS].sum()
    if budgets.empty and page.is_administrative:
        return page.no_own_budget
    if budgets.empty:
        return say(
            "Untuk tahun {year} tidak ada anggaran iuran pekerja rentan yang tercatat di kabupaten/kota provinsi ini; biaya perlindungan penuh tetap dapat dihitung.",
            year=page.year,
        )
    return say(
        "Anggaran iuran pekerja rentan tahun {year} tercatat di {count} dari {all} kabupaten/kota, seluruhnya {sum}: {share} dari biaya melindungi semua pekerja informal provinsi ini selama setahun; {lacking} kabupaten/kota lain tanpa angka anggaran.",
        year=page.year,
        count=len(budgets),
        all=len(page.codes),
        sum=say.interval(known["low"], known["high"], "rupiah_short"),
        share=say.interval(known["low"] / cost, known["high"] / cost, "percent", 2),
        lacking=len(page.codes) - len(budgets),
    )


def budget_table(page: RecordPage) -> str:
    """What was budgeted, by whom, from which fund, and what it buys."""
    say, budgets, protected = page.say, _budgets(page), _protected(page)
    codes = [code for code in page.codes if code in budgets.index or code in protected.index]
    if not codes:
        return paragraphs(
            [
                say(
                    "Tidak ada anggaran atau pekerja rentan terlindungi yang tercatat untuk tahun {year}.",
                    year=page.year,
                )
            ]
        )
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Anggaran")),
        Column(say("Dana dan pembayar"), numeric=False),
        Column(say("Pekerja terlindungi"), say("orang")),
        Column(say("Setara perlindungan"), say("orang-bulan")),
        Column(say("Per pekerja"), say("rupiah")),
        Column(say("Lama perlindungan"), say("bulan per pekerja")),
    ]
    rows: Rows = [[page.name(code), *_budget_cells(page, code, budgets, protected)] for code in codes]
    caption = say("Anggaran iuran pekerja rentan dan jangkauannya, {year}", year=page.year)
    return table(caption, columns, rows, footnotes=page.footnotes("budget"))


def _budget_cells(page: RecordPage, code: str, budgets: pd.DataFrame, protected: pd.DataFrame) -> list[Cell | str]:
    """The cells of one region: budget, fund and payer, protected workers, and what follows from them."""
    say = page.say
    workers = page.picked(protected, code)
    if code not in budgets.index:
        row = protected.loc[code]
        return [Cell("–"), _fund(page, row), workers, Cell("–"), Cell("–"), _stated_months(page, row)]
    row = budgets.loc[code]
    links = page.sources(row["sources"])
    cells: list[Cell | str] = [
        page.picked(budgets, code, "rupiah"),
        _fund(page, row),
        workers,
        page.measure(code, "person_months", links),
    ]
    stated, paid = _stated_months(page, row), _paid(page)
    if code not in paid.index:
        apart = say("sumber atau kelompok berbeda: tidak dibagi") if code in protected.index else ""
        return [*cells, Cell("–", note=apart), stated]
    note = say("sumber menyebut {months} bulan", months=stated.text) if stated.text != "–" else ""
    counted = _counted(page, paid, protected, code)
    return [
        *cells,
        page.measure(code, "budget_per_worker", links, "rupiah", note=counted),
        page.measure(code, "months_of_cover", links, "number", 1, note),
    ]


def _paid(page: RecordPage) -> pd.DataFrame:
    """The workers that the source of each budget names, persons (see `measures.workers_of_budgets`)."""
    return workers_of_budgets(page.analysis.nation.picks[page.year])


def _counted(page: RecordPage, paid: pd.DataFrame, protected: pd.DataFrame, code: str) -> str:
    """By how many workers a budget is divided, where another count is shown beside it."""
    low, high = paid.loc[code, ENDS]
    shown = code in protected.index and tuple(protected.loc[code, ENDS]) == (low, high)
    return (
        ""
        if shown
        else page.say("untuk {workers} pekerja menurut sumber anggaran", workers=page.say.interval(low, high))
    )


def _fund(page: RecordPage, row: pd.Series) -> Cell:
    """Where the money comes from, and who pays."""
    return Cell(page.fund(row["fund"]), note=page.say("dibayar: {payer}", payer=page.payer(row["paid_by_level"])))


def _stated_months(page: RecordPage, row: pd.Series) -> Cell:
    """The months of contributions that the source states."""
    return (
        Cell("–")
        if pd.isna(row["months"])
        else Cell(page.say.number(float(row["months"])), page.sources(row["sources"]))
    )


def cost_table(page: RecordPage) -> str:
    """The cost of covering every informal worker for a year, for every region, and the share that is budgeted."""
    say, budgets = page.say, _budgets(page)
    rows: Rows = []
    for code in page.codes:
        informal = page.analysis.regions.at[code, "informal_employed"]
        part = Cell("–")
        if code in budgets.index:
            part = page.measure(code, "budget_share_of_cost", page.sources(budgets.at[code, "sources"]), "percent", 2)
        rows.append(
            [
                page.name(code),
                part,
                page.picked(budgets, code, "rupiah"),
                page.survey(say.rupiah(cost_of_cover(informal))),
                page.survey(say.number(informal)),
            ]
        )
    total = page.analysis.regions["informal_employed"].sum()
    rows.append(
        [
            Cell(say("Seluruh provinsi"), classes="total"),
            Cell("–"),
            Cell("–"),
            page.survey(say.rupiah(cost_of_cover(total))),
            page.survey(say.number(total)),
        ]
    )
    columns = [
        Column(say("Kabupaten/kota"), numeric=False),
        Column(say("Bagian yang dianggarkan")),
        Column(say("Dianggarkan")),
        Column(say("Biaya setahun")),
        Column(say("Pekerja informal"), say("orang, Sakernas")),
    ]
    caption = say("Biaya melindungi setiap pekerja informal selama setahun, {year}", year=page.year)
    return table(caption, columns, rows, footnotes=page.footnotes("cost"))


def figure(page: RecordPage) -> charts.Picture | None:
    """The share of the cost of full cover that is budgeted, for the regions with a budget."""
    say, budgets = page.say, _budgets(page)
    if budgets.empty:
        return None
    costs = cost_of_cover(page.analysis.regions["informal_employed"]).reindex(budgets.index)
    shares = share(budgets[ENDS].astype(float).mean(axis=1), costs).sort_values(ascending=False)
    drawn = charts.bars(
        say,
        [page.name(code) for code in shares.index],
        shares.to_numpy(float),
        label=say("persen dari biaya melindungi semua pekerja informal setahun"),
        alt=say(
            "Diagram batang bagian biaya perlindungan penuh yang dianggarkan di {count} kabupaten/kota {province}, {year}, dari {low} sampai {high}.",
            count=len(shares),
            province=page.analysis.province["name"],
            year=page.year,
            low=say.percent(shares.iloc[-1]),
            high=say.percent(shares.iloc[0]),
        ),
    )
    caption = say(
        "Anggaran iuran pekerja rentan kabupaten/kota di {province}, {year}, persen dari biaya melindungi semua pekerja informal setahun. Sumber: anggaran dari halaman yang ditautkan di tabel; pekerja informal dari Sakernas Agustus {year}, BPS.",
        province=page.analysis.province["name"],
        year=page.year,
    )
    return replace(drawn, caption=caption)


def findings(page: RecordPage) -> str:
    """What the budgets say: the largest share, and cover that lasts less than a year."""
    say, budgets, paid = page.say, _budgets(page), _paid(page)
    both = budgets.index.intersection(paid.index)
    months = months_of_cover(budgets.loc[both, ENDS].mean(axis=1), paid.loc[both, ENDS].mean(axis=1))
    sentences = [
        say(
            "{name}: {budget} untuk {workers} pekerja cukup untuk {months} bulan.",
            name=page.name(code),
            budget=say.rupiah(budgets.at[code, "low"]),
            workers=say.number(paid.at[code, "low"]),
            months=say.number(value, 1),
        )
        for code, value in months.items()
        if value < 11.5
        and budgets.at[code, "low"] == budgets.at[code, "high"]
        and paid.at[code, "low"] == paid.at[code, "high"]
    ]
    if sentences:
        sentences.insert(
            0, say("Anggaran yang tidak cukup untuk dua belas bulan, jika dibagi dengan jumlah pekerja yang disebut:")
        )
    long = [page.name(code) for code, value in months.items() if value > 24]
    if long:
        sentences.append(
            say(
                "Anggaran {names} jauh melebihi iuran pekerja yang disebut; barangkali mencakup peserta atau program lain.",
                names=say.list(long),
            )
        )
    apart = [page.name(code) for code in budgets.index.intersection(_protected(page).index).difference(paid.index)]
    if apart:
        sentences.append(
            say(
                "Anggaran dan jumlah pekerja {names} berasal dari sumber yang berbeda atau mencakup kelompok yang berbeda, jadi keduanya tidak dibagi.",
                names=say.list(apart),
            )
        )
    return bullets(sentences)


def province_money(page: RecordPage) -> str:
    """What the province itself pays: shown, and not counted as a kabupaten's."""
    say, code = page.say, page.analysis.params.province
    rows = page.tables.observations
    rows = rows[
        (rows["year"] == page.year) & rows["indicator"].isin([BUDGET, PROTECTED]) & (rows["segment"] == "vulnerable")
    ]
    own = (rows["region_code"] == code) | (rows["region_code"].isin(page.codes) & (rows["paid_by_level"] == "province"))
    rows = rows[own].drop_duplicates(["region_code", "indicator", "value", "status"])
    if rows.empty:
        return paragraphs([say("Tidak ada uang provinsi yang tercatat untuk tahun {year}.", year=page.year)])
    status = {"actual": say("realisasi"), "planned": say("rencana"), "cumulative": say("kumulatif")}
    shown: Rows = [
        [
            page.name(row.region_code),
            page.indicator(row.indicator),
            Cell(
                observed(page, row.value, row.unit),
                page.sources([row.source_id]),
                remarks=page.remarks([row.observation_id]),
            ),
            page.fund(row.fund),
            status[row.status],
        ]
        for row in rows.itertuples()
    ]
    columns = [
        Column(say("Untuk"), numeric=False),
        Column(say("Indikator"), numeric=False),
        Column(say("Nilai")),
        Column(say("Dana"), numeric=False),
        Column(say("Status"), numeric=False),
    ]
    caption = say("Uang dan pekerja di tingkat provinsi, {year}", year=page.year)
    return table(caption, columns, shown, footnotes=page.footnotes("province"))


def others(page: RecordPage) -> str:
    """The figures that the rule did not pick."""
    return other_figures(page, (BUDGET, PROTECTED))
