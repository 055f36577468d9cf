"""What should be recorded next: the unknown values of a province that would settle most who is first."""

from __future__ import annotations

import pandas as pd

from paritrana.analysis.known import ProvinceRecord
from paritrana.analysis.modelled import Modelled
from paritrana.analysis.scoring import FEWEST, ranked_sample
from paritrana.engine.sampled.information import information
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.parameters.rubric import Rubric

COLUMNS = ("region_code", "indicator", "now", "then", "error")


def wanted(rubric: Rubric, known: ProvinceRecord, model: Modelled, seed: int) -> pd.DataFrame:
    """Every value of a criterion that nobody recorded, by what knowing it would be worth, the most useful first.

    Columns: region_code, indicator; `now`, how often the best name for the first place is right while the values are
    as they are modelled, and `then`, how often it would be on average once the value is known (shares of draws, weights
    uniform on the simplex); `error`, the sampling error of the difference. No rows where nothing can be ranked, and
    none where all is known.
    """
    criteria = [criterion for criterion in rubric.criteria if criterion.indicator is not None]
    indicators = [name for name in CRITERION_INDICATORS if name in {criterion.indicator for criterion in criteria}]
    cells = [
        (at, code, name)
        for at, code in enumerate(model.regions)
        for name in indicators
        if (code, name) not in known.recorded.index
    ]
    if len(model.regions) < FEWEST or not cells:
        return nothing_wanted()
    values = model.draws[:, [at for at, _, _ in cells], [CRITERION_INDICATORS.index(name) for _, _, name in cells]]
    found = information(ranked_sample(rubric, model.scores(rubric, criteria, model.regions)), values, seed=seed)
    rows = pd.DataFrame([cell[1:] for cell in cells], columns=list(COLUMNS[:2]))
    rows = rows.assign(now=found.now, then=found.then, error=found.error)
    return rows.sort_values(["then", *COLUMNS[:2]], ascending=[False, True, True], ignore_index=True)


def nothing_wanted() -> pd.DataFrame:
    """The same columns without a row."""
    return pd.DataFrame({name: pd.Series(dtype=object if name in COLUMNS[:2] else float) for name in COLUMNS})
