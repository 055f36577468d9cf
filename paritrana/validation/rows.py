"""Stage 4, rows together: parts add up, no region is lacking, no row stands twice."""

from collections.abc import Iterator

import pandas as pd

from paritrana.faults import Fault
from paritrana.validation.sheet import Cells, Sheet, Sheets, fault_at

# (table, total, its parts)
SUMS = (
    ("labour_force", "labour_force", ("employed", "unemployed")),
    ("labour_force", "employed", ("formal_employed", "informal_employed")),
    ("participants_province", "active_participants", ("wage_earners_pu", "non_wage_bpu", "construction_jakon")),
)
# (table, whole, a part that can't exceed it)
BOUNDS = (
    ("labour_force", "formal_employed", "employees"),
    ("labour_force", "employed", "employed_age_15_19"),
    ("labour_force", "employed", "employed_age_65_plus"),
    ("labour_force", "employed", "employed_public_admin"),
)


def check_sums(sheets: Sheets) -> Iterator[Fault]:
    """Parts must add up to their total."""
    for table, total, parts in SUMS:
        sheet = sheets[table]
        summed = pd.concat([sheet.number(part) for part in parts], axis="columns").sum(axis="columns", skipna=False)
        wrong = summed.notna() & (summed != sheet.number(total))
        written = summed.map("{:.0f}".format).astype("string")
        yield from sheet.faults(wrong, total, written + f", the sum of {' and '.join(parts)}")


def check_bounds(sheets: Sheets) -> Iterator[Fault]:
    """No part may exceed its whole."""
    for table, whole, part in BOUNDS:
        sheet = sheets[table]
        wrong = sheet.number(part) > sheet.number(whole)
        yield from sheet.faults(wrong, part, "at most " + sheet.text(whole) + f", its {whole}")


def check_provinces(sheets: Sheets) -> Iterator[Fault]:
    """A province's numbers must be those of its kabupaten and kota together."""
    provinces, regencies = sheets["provinces"], sheets["regencies"]
    if not (regencies.complete("kemendagri_code") and provinces.complete("kemendagri_code")):
        return
    own = regencies.text("kemendagri_code").str.slice(0, 2)
    for column, numbers in _summands(regencies).items():
        total = provinces.text("kemendagri_code").map(numbers.groupby(own).sum(skipna=False)).round(3)
        wrong = (provinces.number(column) - total).abs() > 0.002
        expected = total.map("{:.10g}".format).astype("string") + ", the sum over data/regencies.csv"
        yield from provinces.faults(wrong, column, expected)


def _summands(regencies: Sheet) -> dict[str, Cells]:
    """What each kabupaten and kota adds to the columns of its province."""
    second = regencies.text("kemendagri_code").str.slice(3, 4)
    return {
        "n_kabupaten": (second < "7").astype("float64"),
        "n_kota": (second >= "7").astype("float64"),
        "population_dec2024": regencies.number("population_dec2024"),
        "area_km2": regencies.number("area_km2"),
    }


def check_complete(sheets: Sheets) -> Iterator[Fault]:
    """Each year of the labour force has every region, each year of the budgets every region of Jawa Timur."""
    if not sheets["regencies"].complete("kemendagri_code"):
        return
    regions = set(sheets["regencies"].text("kemendagri_code").dropna())
    yield from _check_each_year(sheets["labour_force"], regions)
    yield from _check_each_year(sheets["apbd_jawa_timur"], {code for code in regions if code.startswith("35.")})


def _check_each_year(sheet: Sheet, wanted: set[str]) -> Iterator[Fault]:
    if not (sheet.complete("kemendagri_code") and sheet.complete("year")):
        return
    for year, codes in sheet.text("kemendagri_code").groupby(sheet.text("year")):
        if lacking := sorted(wanted - set(codes)):
            names = ", ".join(lacking[:5]) + (f" and {len(lacking) - 5} more" if len(lacking) > 5 else "")
            expected = f"all {len(wanted)} regions in {year}, but there is no row for {names}"
            yield fault_at(sheet.file, None, "kemendagri_code", None, expected)


def check_duplicates(sheets: Sheets) -> Iterator[Fault]:
    """No row may stand twice, not even under another key."""
    for sheet in (sheets["observations"], sheets["awards"], sheets["regulations"]):
        cells = sheet.frame.drop(columns="observation_id", errors="ignore").dropna()
        cells = cells[cells.duplicated(keep=False)]
        first: dict[tuple[str, ...], int] = {}
        for line, row in zip(cells.index, map(tuple, cells.to_numpy()), strict=True):
            if first.setdefault(row, int(line)) != line:
                place = sheet.place(first[row]) if sheet.added else f"row {first[row]}"
                yield fault_at(sheet.file, int(line), None, None, f"a row of its own, but it repeats {place}")
