"""Derived indicators: what the formulas of the catalogue give for each region and year.

An indicator is a value or an interval per region. `derive` makes them all for one year from the picked
figures, the labour force survey (Sakernas, August) and the regulations; nothing is filled in here: a
region without a figure has no row.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from paritrana.indicators.catalogue import INDICATORS
from paritrana.indicators.frames import COLUMNS, Evidence
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
    known = Evidence(tables, picks, year, strength)
    made = {indicator.id: indicator.derived(known) for indicator in INDICATORS}
    frame = pd.concat({name: part[COLUMNS] for name, part in made.items() if len(part)}, names=["indicator"])
    frame = frame.rename_axis(["indicator", "region_code"]).swaplevel()
    return frame[frame.index.get_level_values("region_code").isin(known.survey.index)].sort_index()
