"""Growth of active participants: over the same month of the year before, or between two counts that one page gives."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from paritrana.indicators.frames import COLUMNS, figures, first_of, joined, ratio
from paritrana.record.picking import Picks, is_best, with_standing
from paritrana.record.tables import Tables


def growth(tables: Tables, picks: Picks) -> pd.DataFrame:
    """Growth of active participants over the year before, as a share; else the growth that a source states.

    Two ways count it: the picked figure over that of the same month of the year before, and two undated figures that
    one page gives for the two years (it compares them itself). Where both are there and differ, sources disagree: the
    value is the interval from the least to the most that they give.
    """
    months, pages = _of_months(tables, picks), _of_pages(tables, picks.year)
    both = months.index.intersection(pages.index)
    counted = first_of([_spanned(months.loc[both], pages.loc[both]), months, pages])
    stated = figures(picks, "growth_pct")
    return first_of(
        [ratio(counted, pd.Series(1.0, index=counted.index)), ratio(stated, pd.Series(100.0, index=stated.index))]
    )


def _of_months(tables: Tables, picks: Picks) -> pd.DataFrame:
    """Growth from the picked figure of the year and that of the same month of the year before, by region."""
    now = figures(picks, "active_participants").dropna(subset=["as_of"])
    before = _participants_by_month(tables, picks.year - 1)
    key = pd.MultiIndex.from_arrays([now.index, now["as_of"].str[5:7]])
    then = before.reindex(key).set_axis(now.index)
    return now.assign(
        low=now["low"] / then["high"] - 1,
        high=now["high"] / then["low"] - 1,
        kind="recorded",
        sources=joined(now["sources"], then["sources"]),
        observations=joined(now["observations"], then["observations"]),
    ).dropna(subset=["low"])[COLUMNS]


def _participants_by_month(tables: Tables, year: int) -> pd.DataFrame:
    """Active participants of a year by region and month ("01" to "12"), the best figure of each month."""
    rows = _counts(tables, year).dropna(subset=["as_of"])
    rows = rows.assign(month=rows["as_of"].str[5:7])
    best = rows[is_best(rows, ["region_code", "month"])].groupby(["region_code", "month"])
    return best.agg(
        low=("value", "min"),
        high=("value", "max"),
        sources=("source_id", tuple),
        observations=("observation_id", tuple),
    )


def _of_pages(tables: Tables, year: int) -> pd.DataFrame:
    """Growth from the undated figures of two years on one page, by region."""
    key = ["region_code", "source_id"]
    now, before = (rows[rows["as_of"].isna()] for rows in (_counts(tables, year), _counts(tables, year - 1)))
    pairs = now.merge(before[before["value"] > 0], on=key, suffixes=("", "_before"))
    pairs = pairs.assign(
        growth=pairs["value"] / pairs["value_before"] - 1,
        doubtful=pairs["doubtful"] | pairs["doubtful_before"],
        both=list(zip(pairs["observation_id"], pairs["observation_id_before"], strict=True)),
    )
    return pairs.groupby("region_code").agg(
        low=("growth", "min"),
        high=("growth", "max"),
        kind=("growth", lambda _: "recorded"),
        as_of=("growth", lambda _: None),
        doubtful=("doubtful", "any"),
        observations=("both", lambda ids: tuple(dict.fromkeys(chain.from_iterable(ids)))),
        sources=("source_id", lambda ids: tuple(dict.fromkeys(ids))),
    )


def _counts(tables: Tables, year: int) -> pd.DataFrame:
    """The active participants of a year that may be picked, with their standing."""
    rows = with_standing(tables, year)
    return rows[(rows["reason"] == "") & (rows["indicator"] == "active_participants") & (rows["segment"] == "all")]


def _spanned(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Growth of the same regions counted in two ways, from the least to the most of both."""
    return first.assign(
        low=first["low"].clip(upper=second["low"]),
        high=first["high"].clip(lower=second["high"]),
        doubtful=first["doubtful"] | second["doubtful"],
        observations=joined(first["observations"], second["observations"]),
        sources=joined(first["sources"], second["sources"]),
    )
