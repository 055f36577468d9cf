"""What follows from the record beside the criteria: cover over the labour force, who is not covered, what money buys.

Each is an interval like the figures it comes from, made with the formulas of `indicators`. A budget is divided by
workers only where both speak of one group: one source states both, for one payer (`workers_of_budgets`).
"""

from __future__ import annotations

import pandas as pd

from paritrana.indicators.catalogue import COVERAGE
from paritrana.indicators.formulas import cost_of_cover, gap_persons, months_of_cover, person_months, share
from paritrana.indicators.frames import figures, of_indicator
from paritrana.record.picking import Picks

UNITS = {  # measure -> its unit
    "coverage_labour_force": "share",
    "not_covered": "persons",
    "cost_of_cover": "IDR per year",
    "budget_share_of_cost": "share",
    "person_months": "person-months",
    "budget_per_worker": "IDR",
    "months_of_cover": "months",
}
BUDGET, PROTECTED = "vulnerable_workers_budget_idr", "vulnerable_workers_protected"
ENDS = ["low", "high"]


def measures(regions: pd.DataFrame, recorded: pd.DataFrame, picks: Picks) -> pd.DataFrame:
    """The measures of regions: `low` and `high` in the unit of UNITS by region_code and measure.

    `regions` holds Sakernas by region code, `recorded` the derived indicators, `picks` the figures of the year. A
    region without the figure that a measure needs has no row.
    """
    made = _cover(regions, recorded) | _money(regions, picks)
    rows = pd.concat({name: made[name] for name in UNITS}, names=["measure", "region_code"]).dropna()
    return rows.swaplevel().sort_index()


def _cover(regions: pd.DataFrame, recorded: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Cover over the labour force, and the employed whom nobody covers."""
    coverage = _ends(of_indicator(recorded, COVERAGE.id), regions)
    survey = regions.reindex(coverage.index)
    persons = coverage.mul(survey["employed"], axis=0)
    uncovered = {end: gap_persons(persons[end], survey["employed"]) for end in ENDS}
    return {
        "coverage_labour_force": persons.div(survey["labour_force"], axis=0),
        # The more are covered the fewer are not: the ends change places.
        "not_covered": pd.DataFrame({"low": uncovered["high"], "high": uncovered["low"]}),
    }


def _money(regions: pd.DataFrame, picks: Picks) -> dict[str, pd.DataFrame]:
    """What full cover costs, and what the budgets for vulnerable workers buy."""
    budget = _ends(figures(picks, BUDGET, "vulnerable"), regions)
    workers = _ends(workers_of_budgets(picks), regions)
    cost = cost_of_cover(regions["informal_employed"])
    # The least for each worker is the lower budget over the higher count.
    count = workers.rename(columns={"low": "high", "high": "low"})
    return {
        "cost_of_cover": pd.DataFrame({"low": cost, "high": cost}),
        "budget_share_of_cost": budget.div(cost.reindex(budget.index), axis=0),
        "person_months": budget.apply(person_months),
        "budget_per_worker": pd.DataFrame({end: share(budget[end], count[end]) for end in ENDS}),
        "months_of_cover": pd.DataFrame({end: months_of_cover(budget[end], count[end]) for end in ENDS}),
    }


def workers_of_budgets(picks: Picks) -> pd.DataFrame:
    """The workers that the source of each region's picked budget names for the same payer, persons.

    `low` and `high` by region code; a region whose budget and workers are never told by one source has no row. A count
    that the rule passes over serves where it is the one that the budget's own source gives.
    """
    budgets, picked = (figures(picks, name, "vulnerable") for name in (BUDGET, PROTECTED))
    others = picks.other
    others = others[(others["indicator"] == PROTECTED) & (others["segment"] == "vulnerable")]
    others = others[others["reason"].isin(["outranked", "agrees"])]
    found: dict[str, tuple[float, float]] = {}
    for code, budget in budgets.iterrows():
        if code in picked.index and _one_group(budget, picked.loc[code]):
            found[str(code)] = (picked.at[code, "low"], picked.at[code, "high"])
            continue
        own = others[(others["region_code"] == code) & others["source_id"].isin(budget["sources"])]
        own = own[[_same_payer(budget["paid_by_level"], payer) for payer in own["paid_by_level"]]]
        if len(own):
            found[str(code)] = (own["value"].min(), own["value"].max())
    return pd.DataFrame.from_dict(found, orient="index", columns=ENDS, dtype=float)


def _one_group(budget: pd.Series, workers: pd.Series) -> bool:
    """Whether a picked budget and picked workers share a source and a payer."""
    shared = set(budget["sources"]) & set(workers["sources"])
    return bool(shared) and _same_payer(budget["paid_by_level"], workers["paid_by_level"])


def _same_payer(first: object, second: object) -> bool:
    """Whether two figures may be of one payer; one that is not stated may be any."""
    unknown = any(pd.isna(payer) or payer == "unstated" for payer in (first, second))
    return unknown or first == second


def _ends(rows: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Both ends of the figures of these regions."""
    return rows.loc[rows.index.isin(regions.index), ENDS].astype(float)
