"""What new rows change: the figure picked for each region, indicator and year, and how many cells are recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from paritrana.indicators.nation import Nation
from paritrana.record.picking import GROUP, Picks
from paritrana.record.regions import names

COLUMNS = ["low", "high", "observations"]


def changed_figures(before: Picks, after: Picks, called: Mapping[str, str]) -> Iterator[str]:
    """A line for each figure of a year that is picked otherwise: the old value, the new one, and the rows it is from.

    `called` gives regions their names.
    """
    old, new = (picks.picked[COLUMNS] for picks in (before, after))
    both = old.add_suffix("_before").join(new.add_suffix("_after"), how="outer").sort_index()
    reasons = after.other.set_index("observation_id")["reason"]
    for key, row in both.iterrows():
        then, now = ([row[f"{column}_{when}"] for column in COLUMNS] for when in ("before", "after"))
        if then != now and not (pd.isna(then[0]) and pd.isna(now[0])):
            region, *told = dict(zip(GROUP, key, strict=True)).values()
            about = ", ".join(part for part in (called.get(region, region), *told, str(after.year)) if part)
            yield f"{about}: {_value(then)} -> {_value(now)}{_why(then, now, reasons)}"


def _value(picked: list[object]) -> str:
    """A picked value, or the interval it lies in."""
    low, high, _ = picked
    if pd.isna(low):
        return "nothing"
    return f"{low:.15g}" if low == high else f"{low:.15g}..{high:.15g}"


def _why(then: list[object], now: list[object], reasons: Mapping[str, str]) -> str:
    """The rows that are picked now; where none is, why those of before are not."""
    if isinstance(now[2], tuple):
        return f" ({', '.join(now[2])})"
    rows = then[2] if isinstance(then[2], tuple) else ()
    told = [f"{row}: {reasons.get(row, 'gone')}" for row in rows]
    return f" ({', '.join(told)})"


def differences(before: Mapping[int, Nation], after: Mapping[int, Nation]) -> Iterator[str]:
    """The changed figures of every year that the book reads, and how many cells of an assessment year are recorded."""
    newest = max(after)
    called = names(after[newest].tables)
    for year, picks in before[newest].picks.items():
        yield from changed_figures(picks, after[newest].picks[year], called)
    for year in after:
        old, new = len(before[year].recorded[year]), len(after[year].recorded[year])
        if old != new:
            yield f"Recorded cells of {year}: {old} -> {new}"
