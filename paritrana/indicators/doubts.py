"""What speaks against a recorded value: its own flags, a share of more than the whole, or a year that is not certain.

Such a value is kept and shown. It names no leader, no highest and no lowest (`analysis.headline`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain

import pandas as pd

from paritrana.indicators.catalogue import GROWTH, SHARE, indicator
from paritrana.record.tables import Tables

DOUBTFUL, OVER_WHOLE, INFERRED, REPEATED = "doubtful", "over_100", "inferred", "repeated"
GROWING = "growth_pct"  # may well be over 100 %

Doubts = Mapping[tuple[str, str], tuple[str, ...]]  # by region and indicator


def doubts(tables: Tables, recorded: pd.DataFrame) -> Doubts:
    """What speaks against each value of the frame of `indicators.derive`; values without doubts are left out.

    Kinds are those of `flags.csv` (`doubtful`, `branch`, `mixed_group`) on any observation that the value is made of;
    `over_100` where the value, the upper end of its interval, or the share that a source states is over 100 %;
    `inferred` where no source states the year of such an observation, `repeated` where it counts exactly as many
    persons as one of the year before.
    """
    used = set(chain.from_iterable(recorded["observations"]))
    flags = tables.flags[tables.flags["observation_id"].isin(used)]
    flagged = dict(zip(flags["observation_id"], flags["flag"], strict=True))
    rows = tables.observations
    beyond = rows[
        rows["observation_id"].isin(used)
        & (rows["unit"] == "percent")
        & (rows["value"] > 100)
        & (rows["indicator"] != GROWING)
    ]
    stated = set(beyond["observation_id"])
    of_another_year = _undated(rows, used)
    found = {}
    columns = (recorded[name] for name in ("observations", "doubtful", "high"))
    for (code, name), made_of, doubtful, high in zip(recorded.index, *columns, strict=True):
        kinds = {flagged[one] for one in made_of if one in flagged}
        kinds |= {DOUBTFUL} if doubtful else set()
        kinds |= {kind for kind, ids in of_another_year.items() if not ids.isdisjoint(made_of)}
        share = indicator(name).unit == SHARE and name != GROWTH.id
        over = (share and high > 1) or not stated.isdisjoint(made_of)
        kinds |= {OVER_WHOLE} if over else set()
        if kinds:
            found[code, name] = tuple(sorted(kinds))
    return found


def _undated(rows: pd.DataFrame, used: Collection[str]) -> dict[str, set[str]]:
    """The used observations whose year is inferred, and those that repeat a count of the year before, by their ids.

    Another page that states the year beside the same value confirms an inferred one. Two counts that are alike to the
    last person are one count, of which one year is wrong; none protected in two years is no such thing.
    """
    own = rows[rows["observation_id"].isin(set(used))]
    near = rows[rows["region_code"].isin(own["region_code"]) & (rows["status"] != "planned")]
    same, year = ["region_code", "indicator", "segment", "value"], own["year"]
    stated = _keys(near[near["year_basis"] == "stated"], [*same, "year"])
    before = _keys(near[near["unit"] == "persons"], [*same, "year"])
    inferred = (own["year_basis"] != "stated") & ~_keys(own, [*same, "year"]).isin(stated)
    repeated = (own["value"] > 0) & _keys(own.assign(year=year - 1), [*same, "year"]).isin(before)
    return {
        kind: set(own.loc[stands.to_numpy(), "observation_id"])
        for kind, stands in ((INFERRED, inferred), (REPEATED, repeated))
    }


def _keys(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    """The cells of some columns of each row as one tuple."""
    return pd.Series(list(rows[columns].itertuples(index=False, name=None)), rows.index, dtype=object)
