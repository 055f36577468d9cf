"""Stage 4, the columns of one row together: a value and its unit, a year and its date, a share and its base."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from paritrana.faults import Fault
from paritrana.validation.sheet import Cells, Sheet, Sheets

MAXIMUM_PERSONS = 300_000_000  # more than Indonesia's residents
COUNTS = ("persons", "employers", "cases", "villages")


def check_units(sheets: Sheets) -> Iterator[Fault]:
    """An indicator has its unit, and a unit its range."""
    sheet = sheets["observations"]
    unit, indicator = sheet.text("unit"), sheet.text("indicator")
    meant = indicator.map(_unit_of, na_action="ignore").astype("string")
    wrong = (unit != meant) & ~(unit.isin(COUNTS) & (meant == "count")) & meant.notna() & unit.notna()
    named = meant.replace("count", "one of " + ", ".join(COUNTS))
    yield from sheet.faults(wrong, "unit", named + ", the unit of " + indicator)
    yield from _check_ranges(sheet, unit.mask(wrong))


def _check_ranges(sheet: Sheet, unit: Cells) -> Iterator[Fault]:
    """Counts are whole and not negative, amounts are not negative, shares and growth have bounds."""
    value, indicator = sheet.number("value"), sheet.text("indicator")
    count, growth = unit.isin(COUNTS), indicator == "growth_pct"
    money, share = unit.isin(("IDR", "IDR per month")), (unit == "percent") & indicator.notna() & ~growth
    yield from sheet.faults(count & ((value < 0) | (value % 1 > 0)), "value", "a whole number that is not negative")
    yield from sheet.faults(count & (value > MAXIMUM_PERSONS), "value", f"at most {MAXIMUM_PERSONS}")
    yield from sheet.faults(money & (value < 0), "value", "an amount that is not negative")
    yield from sheet.faults(share & ((value < 0) | (value > 200)), "value", "a percentage from 0 to 200")
    yield from sheet.faults(growth & ((value < -100) | (value > 1000)), "value", "growth from -100 to 1000 percent")


def _unit_of(indicator: str) -> str:
    if indicator.startswith("contribution_"):
        return "IDR per month"
    return "percent" if indicator.endswith("_pct") else "IDR" if indicator.endswith("_idr") else "count"


def check_kinds(sheets: Sheets) -> Iterator[Fault]:
    """Columns that belong to some indicators only: a base to shares, a plan to targets."""
    sheet = sheets["observations"]
    indicator, base, status = sheet.text("indicator"), sheet.text("denominator"), sheet.text("status")
    coverage = indicator.str.startswith("coverage_")
    yield from sheet.faults(coverage & (base == ""), "denominator", "the base of the coverage, or unspecified")
    yield from sheet.faults(~coverage & sheet.known("denominator"), "denominator", "nothing, for this is no coverage")
    target = indicator.str.contains("target", regex=False)
    yield from sheet.faults(target & status.notna() & (status != "planned"), "status", "planned, for this is a target")


def check_payers(sheets: Sheets) -> Iterator[Fault]:
    """A fund has a payer, and a payer a fund."""
    sheet = sheets["observations"]
    fund, payer = sheet.text("fund"), sheet.text("paid_by_level")
    yield from sheet.faults((fund == "") & sheet.known("paid_by_level"), "fund", "a fund, since paid_by_level is given")
    yield from sheet.faults(sheet.known("fund") & (payer == ""), "paid_by_level", "a payer, since a fund is given")


def check_years(sheets: Sheets) -> Iterator[Fault]:
    """A year and the day of the same row must fit, and so must a year and how it is known."""
    sheet = sheets["observations"]
    year, day = sheet.number("year"), pd.to_numeric(sheet.text("as_of").str.slice(0, 4), errors="coerce")
    far = (year - day).abs() > 1
    yield from sheet.faults(far, "as_of", "a day in " + sheet.text("year") + " or the year beside it")
    yield from _check_year_basis(sheet, "year", "year_basis")
    yield from _check_year_basis(sheets["awards"], "assessment_year", "assessment_year_basis")


def _check_year_basis(sheet: Sheet, year: str, basis: str) -> Iterator[Fault]:
    empty, unknown = sheet.text(year) == "", sheet.text(basis) == "unknown"
    yield from sheet.faults(empty & sheet.known(basis) & ~unknown, year, f"a year, since {basis} is not unknown")
    yield from sheet.faults(sheet.known(year) & unknown, basis, "how the year is known, since there is one")


def check_editions(sheets: Sheets) -> Iterator[Fault]:
    """An edition of the award assesses its own year or the one before."""
    for sheet in (sheets["awards"], sheets["jury_scores"]):
        wrong = ~(sheet.number("edition") - sheet.number("assessment_year")).fillna(0).between(0, 1)
        expected = "the year of edition " + sheet.text("edition") + " or the one before"
        yield from sheet.faults(wrong, "assessment_year", expected)


def check_published(sheets: Sheets) -> Iterator[Fault]:
    """A date of publication, also a partial one, must exist."""
    sheet = sheets["sources"]
    exists = sheet.text("published").map(_exists, na_action="ignore").fillna(True).astype(bool)
    wrong = sheet.known("published") & ~exists
    yield from sheet.faults(wrong, "published", "a date that exists, such as 2024-09-30, 2024-09 or 2024")


def _exists(partial: str) -> bool:
    """Say whether a day, a month or a year exists in the calendar."""
    try:
        date.fromisoformat(partial + "-01" * (2 - partial.count("-")))
    except ValueError:
        return False
    return True
