"""Derived indicators: the formulas, their units, and what they give for each region and year.

An indicator is a value or an interval per region. `derive` makes them all for one year from the picked
figures, the labour force survey (Sakernas, August) and the regulations; nothing is filled in here: a
region without a figure has no row.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from paritrana.indicators.coverage import construction_ratio, coverage, eligible_ratio
from paritrana.indicators.frames import COLUMNS, figures, labour_force, ratio
from paritrana.indicators.growth import growth
from paritrana.indicators.regulation import regulation
from paritrana.record.picking import Picks
from paritrana.record.tables import Tables


def derive(tables: Tables, picks: Mapping[int, Picks], year: int, strength: Mapping[str, float]) -> pd.DataFrame:
    """The indicators that criteria score, for every kabupaten/kota with a figure in the year.

    `picks` are the picked figures of the year and of its neighbours; `strength` gives the value of each kind
    of regulation.

    Returns one row per region and indicator (index: region_code, indicator) with `low` and `high` (shares;
    1 = 100 %), `kind` (`recorded`, `conflict` where sources disagree, `converted` where a share on another
    base was turned into one over the employed), `as_of`, `doubtful`, `observations`, `sources`.
    """
    survey = labour_force(tables, year)
    now = picks[year]
    made = {
        "coverage_employed": coverage(now, survey, eligible_ratio(tables, picks, year), construction_ratio(tables)),
        "vulnerable_per_informal": ratio(
            figures(now, "vulnerable_workers_protected", "vulnerable"), survey["informal_employed"]
        ),
        "growth": growth(tables, now),
        "regulation": regulation(tables, year, strength),
        "non_asn": ratio(figures(now, "non_asn_coverage_pct", "non_asn"), pd.Series(100.0, index=survey.index)),
    }
    frame = pd.concat({name: part[COLUMNS] for name, part in made.items() if len(part)}, names=["indicator"])
    frame = frame.rename_axis(["indicator", "region_code"]).swaplevel()
    return frame[frame.index.get_level_values("region_code").isin(survey.index)].sort_index()
