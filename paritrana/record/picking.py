"""The record: for each region, indicator and year the one figure that the rule picks, and the figures it does not.

The rule, in this order (the book's page "Metode" says it in words):

1. actual before cumulative; a plan is never picked;
2. the date nearest to 31 December of the year, as near after it only where none is as near before; a figure without
   a date comes after every dated one;
3. a stated year before an inferred one;
4. a page of a government or of BPJS before press;
5. an exact figure before one that its source rounds (its note says so): 1.4 billion is no other figure than 1,457
   million;
6. the newest page.

Figures of one denominator are compared only with each other: a share is picked for each denominator.
Where figures that stand equal in all six disagree, the value is the interval between them.

Left out of the pick, and still shown as other figures: what `flags.csv` marks as a part of a region's total, as of a
BPJS branch whose area is larger than the region, or as of a wider group than the indicator's; and money or workers that
a province or a company pays, which are not the kabupaten's or kota's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from paritrana.record.tables import Tables

STATUS_ORDER = {"actual": 0, "cumulative": 1}
BASIS_ORDER = {"stated": 0, "inferred": 1, "unknown": 2}
UNDATED = 400  # days: further from the end of the year than any date in it
# Whose money a figure speaks of, for indicators that judge a region by what its own budget pays.
OWN_BUDGET = ("vulnerable_workers_protected", "vulnerable_workers_budget_idr")
NOT_OWN = ("province", "company")
NEVER_PICKED = ("part", "branch", "mixed_group")  # flags of figures that are not the region's, or not the indicator's
# What a note says of a figure that is not exact: 'rounded in source', 'about', '"more than 30 thousand"'.
ROUNDED = r"\brounded\b|^\W*(?:about|more than|almost|nearly)\b"
GROUP = ["region_code", "indicator", "segment", "denominator"]
STANDING = ["status_order", "days_from_year_end", "basis_order", "source_order", "rounded", "age"]


@dataclass(frozen=True)
class Picks:
    """What the rule picked for one year, nationwide, and everything it did not.

    `picked`: one row per region, indicator, segment and denominator ("" where it has none), with
    `low`, `high` (in the indicator's unit; equal unless sources disagree), `status`, `as_of`, `year_basis`,
    `months`, `fund`, `paid_by_level`, `doubtful`, `observations` and `sources` (tuples of ids), `others`
    (how many figures were not picked). Indexed by GROUP.
    `other`: the observation rows that were not picked, with `reason`.
    """

    year: int
    picked: pd.DataFrame
    other: pd.DataFrame


def pick(tables: Tables, year: int) -> Picks:
    """Apply the rule to every region and indicator of one year."""
    rows = with_standing(tables, year)
    usable = rows[rows["reason"] == ""]
    best = is_best(usable, GROUP)
    picked = (
        usable[best]
        .groupby(GROUP)
        .agg(
            low=("value", "min"),
            high=("value", "max"),
            status=("status", "first"),
            as_of=("as_of", "first"),
            year_basis=("year_basis", "first"),
            months=("months", "max"),
            fund=("fund", "first"),
            paid_by_level=("paid_by_level", "first"),
            doubtful=("doubtful", "any"),
            observations=("observation_id", tuple),
            sources=("source_id", lambda ids: tuple(dict.fromkeys(ids))),
        )
    )
    weaker = usable[~best]
    passed_over = pd.concat([rows[rows["reason"] != ""], weaker.assign(reason=_against_picked(weaker, picked))])
    others = passed_over.groupby(GROUP).size().reindex(picked.index, fill_value=0)
    picked = picked.assign(others=others).astype({"as_of": "str"})  # text also where no figure has a date
    return Picks(year, picked, passed_over.sort_values([*GROUP, "observation_id"]))


def _against_picked(weaker: pd.DataFrame, picked: pd.DataFrame) -> pd.Series:
    """Why each weaker row was not picked: it says the same as the pick (`agrees`), or another figure is stronger."""
    chosen = picked[["low", "high"]].reindex(pd.MultiIndex.from_frame(weaker[GROUP])).set_axis(weaker.index)
    agrees = (weaker["value"] == chosen["low"]) & (weaker["value"] == chosen["high"])
    return pd.Series("outranked", index=weaker.index).mask(agrees, "agrees")


def is_best(usable: pd.DataFrame, group: list[str]) -> pd.Series:
    """Whether each row stands first in its group by the rule; rows that stand equal are all first."""
    ordered = usable.sort_values([*group, *STANDING, "observation_id"])
    best = ordered.groupby(group)[STANDING].transform("first")
    return (ordered[STANDING] == best).all(axis=1).reindex(usable.index)


def with_standing(tables: Tables, year: int) -> pd.DataFrame:
    """The year's observations of regions with their standing, and the reason where a row cannot be picked."""
    rows = tables.observations
    rows = rows[(rows["year"] == year) & rows["region_code"].notna()].copy()
    rows["denominator"] = rows["denominator"].fillna("")
    sources = tables.sources.set_index("source_id")
    year_end = pd.Timestamp(year, 12, 31)
    apart = (pd.to_datetime(rows["as_of"]) - year_end).dt.days
    days = apart.abs() + 0.5 * (apart > 0)  # two dates are a change, not a conflict
    published = rows["source_id"].map(sources["published"]).fillna("")
    known = dict(zip(tables.flags["observation_id"], tables.flags["flag"], strict=True))
    flags = rows["observation_id"].map(lambda row: known.get(row, ""))
    rows["status_order"] = rows["status"].map(STATUS_ORDER)
    rows["days_from_year_end"] = days.fillna(UNDATED)
    rows["basis_order"] = rows["year_basis"].map(BASIS_ORDER)
    rows["source_order"] = (~rows["source_id"].map(is_official(sources["url"]))).astype(int)
    rows["rounded"] = rows["note"].fillna("").str.contains(ROUNDED, case=False).astype(int)
    rows["age"] = -published.rank(method="dense")  # ISO dates sort as text; no date sorts before all of them
    rows["doubtful"] = flags == "doubtful"
    foreign = rows["indicator"].isin(OWN_BUDGET) & rows["paid_by_level"].isin(NOT_OWN)
    rows["reason"] = ""
    rows.loc[foreign & (rows["level"].isin(["kabupaten", "kota"])), "reason"] = "not_own"
    rows["reason"] = rows["reason"].mask(flags.isin(NEVER_PICKED), flags)
    rows.loc[~rows["status"].isin(list(STATUS_ORDER)), "reason"] = "planned"
    return rows


def is_official(urls: pd.Series) -> pd.Series:
    """Whether each address is a page of a government or of BPJS: a host under go.id."""
    hosts = urls.fillna("").str.extract(r"^https?://([^/:]+)", expand=False).fillna("").str.lower()
    return hosts.str.endswith(".go.id")
