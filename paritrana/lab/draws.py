"""What is modelled, as the lab draws it: a few joint draws of every province, one byte for a score.

Coverage and protection have draws of their own in every region. Of the other indicators all gaps are alike (see
`estimation.few`): one set of draws, as wide as the largest province, serves each province, turned so that provinces do
not draw together.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

import numpy as np

from paritrana.analysis.modelled import SAMPLE, TAILS
from paritrana.engine.scores import Floats, Ints
from paritrana.estimation.estimates import Estimates

DRAWS = 200  # joint draws of a province's values
STEPS = 200  # of a packed score from the least to the most of its cell; strengths of regulations lie on them


@dataclass(frozen=True, eq=False)
class YearDraws:
    """What is modelled of a year's R regions, in each indicator's unit.

    `low` and `high` (R, CRITERION_INDICATORS) are the ends of the 90 % ranges, `values` (DRAWS, R,
    CRITERION_INDICATORS) the first joint draws behind them; `alike` has draws (DRAWS, the largest province's regions)
    by indicator of which all gaps are alike.
    """

    low: Floats
    high: Floats
    values: Floats
    alike: dict[str, Floats]


def year_draws(estimates: Estimates, year: int, seed: int) -> YearDraws:
    """The draws that the pages of all provinces show, as ranges and as the first of them."""
    low, high, values, widest = [], [], [], 0
    for code in sorted(set(estimates.cells.provinces)):
        drawn = estimates.draws(code, year, SAMPLE, seed)
        ends = np.quantile(drawn, TAILS, axis=0)
        low.append(ends[0])
        high.append(ends[1])
        values.append(drawn[:DRAWS])
        widest = max(widest, drawn.shape[1])
    alike = estimates.few(year, DRAWS, widest, np.random.default_rng([seed, year]))
    return YearDraws(np.concatenate(low), np.concatenate(high), np.concatenate(values, axis=1), alike)


def packed(scores: Ints, least: Ints, most: Ints) -> str:
    """Scores (DRAWS, M) as bytes in base64, cell after cell: steps from the `least` to the `most` (M,) of each."""
    width = np.maximum(most - least, 1)
    steps = np.rint((scores - least) / width * STEPS).astype(np.uint8)
    return base64.b64encode(np.ascontiguousarray(steps.T).tobytes()).decode("ascii")


def unpacked(text: str, least: Ints, most: Ints) -> Ints:
    """The scores (DRAWS, M) that the script reads out of what `packed` made."""
    steps = np.frombuffer(base64.b64decode(text), dtype=np.uint8).reshape(len(least), DRAWS).T
    return np.asarray(least) + np.floor((np.asarray(most) - least) * steps / STEPS + 0.5).astype(np.int64)
