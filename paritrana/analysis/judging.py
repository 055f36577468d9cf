"""A panel's ranking: its figures over the record, the points of its jurors, and how far both depend on who judged.

Several jurors of a criterion make one value, the mean of those who gave points; what they do not agree on is shown
beside it and never hidden in it. Without a juror the means are made anew from the others, and so is the ranking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from paritrana.analysis.any_table import BOX_RADIUS, Result, Table, rank_table
from paritrana.analysis.scoring import parts_of, rank_keys, ranked_table, score_table, scores_on, total_points
from paritrana.engine.concordance import FEWEST_ALTERNATIVES, FEWEST_JUDGES, Concordance, concordance
from paritrana.engine.rank_range import RankRanges, rank_ranges
from paritrana.engine.ranks import ranks
from paritrana.engine.scores import POINT, Floats, Ints
from paritrana.engine.spaces import box, simplex
from paritrana.indicators.catalogue import REGULATION
from paritrana.indicators.nation import Nation, survey_nation
from paritrana.panel.layout import JURY
from paritrana.panel.overlay import over_record, sources_of
from paritrana.panel.panel import Criterion, Panel
from paritrana.parameters.page import national, strength_under
from paritrana.record.tables import Tables

PANEL, RECORD, JURORS, NOBODY = "panel", "record", "jurors", ""  # where a value comes from
Origins = npt.NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Jury:
    """What J jurors say of N candidates on the M criteria that they judge.

    `mean` and `spread` (N, M) are over those who gave points, in the units of the sheet; the spread is the standard
    deviation of the sample, NaN of less than two. `given` (N, M) counts them. `totals` (J, N) are each juror's weighted
    points out of 100, NaN where one is missing. `agreement` is on these, of the candidates whom all judged, `on` by
    criterion. `without` (J, N) are the ranks without each juror, `pull` (J, N) by how many points of the total that
    juror raises each candidate.
    """

    mean: Floats
    spread: Floats
    given: Ints
    totals: Floats
    agreement: Concordance | None
    on: Mapping[str, Concordance | None]
    without: Ints
    pull: Floats


@dataclass(frozen=True, eq=False)
class Judging:
    """A panel with its ranking: `origins` (N, K) tells where each value comes from; `near` are the ranks that weights
    within ten points of a hundred of the panel's can give; `jury` is there where more than nobody gave points.
    """

    panel: Panel
    result: Result
    origins: Origins
    near: RankRanges
    jury: Jury | None

    @property
    def known(self) -> tuple[int, int]:
        """How many values are known, and how many there are."""
        return int((self.origins != NOBODY).sum()), self.origins.size

    @property
    def points(self) -> Floats:
        """The total of each candidate in points, at the middle of what it can be: shape (N,)."""
        return (self.result.score_low + self.result.score_high) / 2

    @property
    def order(self) -> list[int]:
        """The candidates by rank; those of one rank in the order of the sheet."""
        return sorted(range(len(self.result.rank)), key=lambda at: int(self.result.rank[at]))


def judge(panel: Panel, tables: Tables, *, draws: int, seed: int) -> Judging:
    """The ranking of a panel; of kabupaten/kota with the record's figures where the panel gave none."""
    rubric, nation = panel.rubric, None
    if any(one.indicator for one in panel.criteria):
        nation = survey_nation(over_record(tables, panel), panel.year, strength_under(national().rubric))
    columns = [_values(panel, one, nation) for one in panel.criteria]
    low, high, origins = (np.stack(part, axis=1) for part in zip(*columns, strict=True))
    table = Table(tuple(panel.ranked.values()), low, high)
    result = rank_table(table, rubric, simplex(len(panel.criteria)), draws=draws, seed=seed)
    scored = score_table(rubric, rubric.criteria, low, high)
    near = rank_ranges(ranked_table(rubric, scored), box(result.stability.weights, BOX_RADIUS))
    return Judging(panel, result, origins, near, _jury(panel, table, seed))


def _values(panel: Panel, criterion: Criterion, nation: Nation | None) -> tuple[Floats, Floats, Origins]:
    """Lowest and highest value of the ranked candidates on a criterion, NaN where unknown, and where it comes from."""
    if criterion.indicator and nation is not None:
        return _derived(panel, criterion, nation)
    value, origin = (mean_of(panel, criterion), JURORS) if criterion.kind == JURY else (panel.typed(criterion), PANEL)
    return value, value, np.where(np.isnan(value), NOBODY, origin)


def _derived(panel: Panel, criterion: Criterion, nation: Nation) -> tuple[Floats, Floats, Origins]:
    """What follows from the figures of the panel and of the record, in the panel's unit."""
    own, derived = sources_of(panel), nation.recorded[panel.year]
    low, high = np.full((2, len(panel.ranked)), np.nan)
    origins = np.full(len(panel.ranked), NOBODY, dtype="<U6")
    for at, code in enumerate(panel.ranked):
        if (code, criterion.indicator) in derived.index:
            row = derived.loc[(code, criterion.indicator)]
            low[at], high[at] = row["low"] * criterion.per, row["high"] * criterion.per
            origins[at] = PANEL if own & set(row["sources"]) else RECORD
        elif criterion.indicator == REGULATION.id and code in panel.without_regulation:
            low[at] = high[at] = 0
            origins[at] = PANEL
    return low, high, origins


def mean_of(panel: Panel, criterion: Criterion, without: int | None = None) -> Floats:
    """The mean points of a criterion over the jurors who gave any, shape (N,); one of them can be left out."""
    points = panel.points[:, :, panel.judged.index(criterion)]
    points = points if without is None else np.delete(points, without, axis=0)
    count = (~np.isnan(points)).sum(axis=0)
    return np.where(count > 0, np.nansum(points, axis=0) / np.maximum(count, 1), np.nan)


def _jury(panel: Panel, table: Table, seed: int) -> Jury | None:
    """What the jurors say; none where nobody gave points."""
    points = panel.points
    given = (~np.isnan(points)).sum(axis=0)
    if not given.any():
        return None
    mean = np.stack([mean_of(panel, one) for one in panel.judged], axis=1)
    squares = np.nansum((points - mean) ** 2, axis=0)
    totals = _totals(panel)
    every = [_without(panel, table, juror) for juror in range(len(panel.jurors))]
    whole = _ranked(panel, table)
    return Jury(
        mean=mean,
        spread=np.where(given > 1, np.sqrt(squares / np.maximum(given - 1, 1)), np.nan),
        given=given,
        totals=totals,
        agreement=_agreement(totals, seed),
        on={one.id: _agreement(points[:, :, at] * _sign(one), seed) for at, one in enumerate(panel.judged)},
        without=np.array([found[0] for found in every]),
        pull=np.array([whole[1] - found[1] for found in every]),
    )


def _sign(criterion: Criterion) -> int:
    return 1 if criterion.zero < criterion.full else -1


def _totals(panel: Panel) -> Floats:
    """Each juror's points for each candidate out of 100, by the weights of the judged criteria: shape (J, N)."""
    weights = np.array([one.weight for one in panel.judged], dtype=float)
    weights = weights if weights.any() else np.ones_like(weights)
    made = np.zeros(panel.points.shape[:2])
    for at, one in enumerate(panel.judged):
        given = panel.points[:, :, at]
        scored, _ = scores_on(panel.rubric, panel.rubric.criterion(one.id), given.ravel(), given.ravel())
        made += weights[at] / weights.sum() * np.where(np.isnan(given), np.nan, scored.reshape(given.shape) / POINT)
    return made


def _agreement(scores: Floats, seed: int) -> Concordance | None:
    """Agreement of those jurors who gave any points, on the candidates whom all of them judged; none of too few."""
    judging = scores[~np.isnan(scores).all(axis=1)]
    common = judging[:, ~np.isnan(judging).any(axis=0)]
    if common.shape[0] < FEWEST_JUDGES or common.shape[1] < FEWEST_ALTERNATIVES:
        return None
    return concordance(common, seed=seed)


def _without(panel: Panel, table: Table, juror: int) -> tuple[Ints, Floats]:
    """Ranks and totals without a juror."""
    low, high = table.low.copy(), table.high.copy()
    for at, one in enumerate(panel.criteria):
        if one.kind == JURY:
            low[:, at] = high[:, at] = mean_of(panel, one, juror)
    return _ranked(panel, Table(table.alternatives, low, high))


def _ranked(panel: Panel, table: Table) -> tuple[Ints, Floats]:
    """Ranks and totals in points of a table under the panel's rubric, at the middle of what is not known."""
    rubric = panel.rubric
    scored = score_table(rubric, rubric.criteria, table.low, table.high).weighted(parts_of(rubric, rubric.criteria))
    middle = total_points(rubric, scored.twice_middle, scored.parts) / 2
    return ranks(rank_keys(rubric, scored), rubric.ties), middle
