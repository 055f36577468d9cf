"""What speaks against a recorded value: its own flags, or a share of more than the whole.

Such a value is kept and shown. It names no leader, no highest and no lowest (`analysis.headline`).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import pandas as pd

from paritrana.indicators.catalogue import GROWTH, SHARE, indicator
from paritrana.record.tables import Tables

DOUBTFUL, OVER_WHOLE = "doubtful", "over_100"
GROWING = "growth_pct"  # may well be over 100 %

Doubts = Mapping[tuple[str, str], tuple[str, ...]]  # by region and indicator


def doubts(tables: Tables, recorded: pd.DataFrame) -> Doubts:
    """What speaks against each value of the frame of `indicators.derive`; values without doubts are left out.

    Kinds are those of `flags.csv` (`doubtful`, `branch`, `mixed_group`) on any observation that the value is made of,
    and `over_100` where the value, the upper end of its interval, or the share that a source states is over 100 %.
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
    found = {}
    columns = (recorded[name] for name in ("observations", "doubtful", "high"))
    for (code, name), made_of, doubtful, high in zip(recorded.index, *columns, strict=True):
        kinds = {flagged[one] for one in made_of if one in flagged}
        kinds |= {DOUBTFUL} if doubtful else set()
        share = indicator(name).unit == SHARE and name != GROWTH.id
        over = (share and high > 1) or not stated.isdisjoint(made_of)
        kinds |= {OVER_WHOLE} if over else set()
        if kinds:
            found[code, name] = tuple(sorted(kinds))
    return found
