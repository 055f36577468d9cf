"""Frames of derived indicators: their columns, the ways to make, join and choose among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from paritrana.indicators.formulas import share
from paritrana.record.picking import GROUP, Picks
from paritrana.record.tables import Tables

COLUMNS = ["low", "high", "kind", "as_of", "doubtful", "observations", "sources"]
COUNTS = ("labour_force", "employed", "informal_employed", "formal_employed", "employed_public_admin")  # of Sakernas
LOW_QUANTILE, HIGH_QUANTILE = 0.05, 0.95


@dataclass(frozen=True)
class Evidence:
    """What the indicators of one year are derived from.

    `picks` are the picked figures of the year and of its neighbours; `strength` gives the value of each kind of
    regulation.
    """

    tables: Tables
    picks: Mapping[int, Picks]
    year: int
    strength: Mapping[str, float]

    @property
    def now(self) -> Picks:
        """The picked figures of the year."""
        return self.picks[self.year]

    @cached_property
    def survey(self) -> pd.DataFrame:
        """Sakernas of the year."""
        return labour_force(self.tables, self.year)


def labour_force(tables: Tables, year: int) -> pd.DataFrame:
    """Sakernas of one year, indexed by region code, COUNTS of persons as floats."""
    rows = tables.labour_force[tables.labour_force["year"] == year].set_index("kemendagri_code")
    return rows[list(COUNTS)].astype(float).sort_index()


def of_indicator(derived: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows of one indicator in the frame of `derive`, indexed by region code; empty where there are none."""
    return derived[derived.index.get_level_values("indicator") == name].droplevel("indicator")


def figures(picks: Picks, indicator: str, segment: str = "all", denominator: str = "") -> pd.DataFrame:
    """The picked figures of one indicator, indexed by region code."""
    rows, wanted = picks.picked, zip(GROUP[1:], (indicator, segment, denominator), strict=True)
    for level, value in wanted:
        rows = rows[rows.index.get_level_values(level) == value]
    return rows.droplevel(GROUP[1:])


def ratio(part: pd.DataFrame, whole: pd.Series) -> pd.DataFrame:
    """Figures divided by a count of the same region; regions without the count are left out."""
    base = whole.reindex(part.index)
    rows = part.assign(low=share(part["low"], base), high=share(part["high"], base))
    return rows.assign(kind=np.where(rows["low"] < rows["high"], "conflict", "recorded")).dropna(subset=["low"])


def first_of(routes: list[pd.DataFrame]) -> pd.DataFrame:
    """Each row (by its index) from the first of the routes that has it."""
    filled = [route for route in routes if len(route)] or routes[:1]
    rows = pd.concat([route[COLUMNS] for route in filled])
    return rows[~rows.index.duplicated()]


def joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Two columns of tuples of ids as one, without repeats; the second may be missing."""
    pairs = zip(first, second, strict=True)
    joined = [tuple(dict.fromkeys(a + (b if isinstance(b, tuple) else ()))) for a, b in pairs]
    return pd.Series(joined, index=first.index, dtype=object)
