"""Ranking a province's regions under one rubric, one assumption about gaps and one set of candidates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from paritrana.analysis.known import ProvinceRecord
from paritrana.analysis.modelled import Modelled, modelled
from paritrana.analysis.scoring import (
    FEWEST,
    parts_of,
    rank_ends,
    rank_keys,
    ranked_sample,
    ranked_table,
    rule_of,
    score_table,
    total_points,
)
from paritrana.engine.acceptability import acceptability, acceptability_of_sample
from paritrana.engine.ranks import ranks
from paritrana.engine.rules import Rule
from paritrana.engine.sampled.shares import Acceptability
from paritrana.engine.scores import POINT, Ints
from paritrana.engine.table import Weighted
from paritrana.estimation.estimates import Estimates
from paritrana.indicators import gaps
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.parameters.page import Assumption, Defaults, book_rubric
from paritrana.parameters.rubric import Criterion, Rubric, rubric_path

ASSUMPTIONS: tuple[Assumption, ...] = ("plausible", "anything", "known", "modelled")


def exact_assumption(assumption: Assumption) -> Assumption:
    """The assumption that exact methods stand on: a 90 % range of a model is no bound, so they keep *plausible*."""
    return "plausible" if assumption == "modelled" else assumption


@dataclass(frozen=True)
class Ranking:
    """Alternatives ranked under one rubric, one assumption about gaps and one set of candidates.

    Arrays are in the order of `regions` (N) and `criteria` (K). `table` are the whole scores that the engine adds up
    (logarithms where the rubric takes a geometric mean), with the weights. Scores are in points: `low` and `high` of
    shape (N, K), `total_low`, `total_middle`, `total_high` of shape (N,). `rank` is the rank at the middle of the
    intervals under the rubric's weights, among the regions with any recorded figure (0 for the others, whose middle
    says nothing); `best` and `worst` are exact under those weights, whatever the values inside the intervals are (where
    `bounded`, no value gives a rank beyond them); under *modelled* the intervals are 90 % ranges, beyond which a value
    may lie. `any_weights`: acceptability with weights uniform on the simplex; `own_weights`: with the rubric's weights
    and values drawn. `not_rankable`: candidates without one recorded figure among the criteria.
    """

    rubric: Rubric
    assumption: Assumption
    regions: tuple[str, ...]
    criteria: tuple[str, ...]
    left_out: tuple[str, ...]
    table: Weighted
    low: np.ndarray
    high: np.ndarray
    total_low: np.ndarray
    total_middle: np.ndarray
    total_high: np.ndarray
    rank: Ints
    best: Ints
    worst: Ints
    any_weights: Acceptability
    own_weights: Acceptability
    not_rankable: tuple[str, ...]

    @property
    def bounded(self) -> bool:
        """Whether scores are bounds that need not be reached together: intervals under a scale of the table."""
        moving = [self.rubric.criterion(name).scale is not None for name in self.criteria]
        return bool((self.table.low != self.table.high)[:, moving].any())


def main_ranking(known: ProvinceRecord, estimates: Estimates | None) -> Ranking | None:
    """The ranking of all of a province's regions under its parameters; None where nothing can be ranked.

    It is the main ranking of `analyse`, without the others; `estimates` are of the same record.
    """
    params, codes = known.params, list(known.regions.index)
    rubric = book_rubric(rubric_path(params.rubric))
    model = modelled(estimates, known) if estimates else None
    return rank_under(rubric, params, known.recorded, province_values(known), codes, params.assumption, model)


def exact_ranking(known: ProvinceRecord) -> Ranking | None:
    """The ranking of all of a province's regions that exact methods stand on."""
    params = known.params.model_copy(update={"assumption": exact_assumption(known.params.assumption)})
    return main_ranking(replace(known, params=params), None)


def province_values(known: ProvinceRecord) -> pd.DataFrame:
    """What is recorded or plausible of each of a province's regions and each indicator."""
    nation, codes = known.nation, list(known.regions.index)
    return gaps.plausible(nation.recorded, nation.spreads, nation.year, codes, CRITERION_INDICATORS)


def rank_regions(
    rubric: Rubric,
    values: pd.DataFrame,
    regions: Sequence[str],
    criteria: Sequence[Criterion],
    *,
    recorded: Collection[str],
    assumption: Assumption,
    draws: int,
    seed: int,
    not_rankable: Sequence[str] = (),
    sample: Ints | None = None,
) -> Ranking:
    """Rank regions on the given criteria; `values` holds low and high by region and indicator, NaN for anything.

    `recorded` names the regions of which anything is recorded. `sample` are what the engine adds up, drawn together,
    (D, N, K); without it values are drawn from their intervals, each by itself.
    """
    scored = scores_of(rubric, values, regions, criteria)
    table = ranked_table(rubric, scored)
    best, worst = rank_ends(rubric, table)
    rule = rule_of(rubric)
    known = np.isin(list(regions), list(recorded))
    rank = np.zeros(len(regions), dtype=np.int64)
    rank[known] = ranks(rank_keys(rubric, scored)[known], rubric.ties)
    return Ranking(
        rubric=rubric,
        assumption=assumption,
        regions=tuple(regions),
        criteria=tuple(criterion.id for criterion in criteria),
        left_out=tuple(c.id for c in rubric.criteria if c.id not in {kept.id for kept in criteria}),
        table=table,
        low=scored.low / POINT,
        high=scored.high / POINT,
        total_low=total_points(rubric, scored.low, scored.parts),
        total_middle=total_points(rubric, scored.twice_middle // 2, scored.parts),
        total_high=total_points(rubric, scored.high, scored.parts),
        rank=rank,
        best=best,
        worst=worst,
        any_weights=_acceptability(table, sample, rule, draws, seed),
        own_weights=_acceptability(table, sample, rule, draws, seed, table.parts),
        not_rankable=tuple(not_rankable),
    )


def _acceptability(
    table: Weighted, sample: Ints | None, rule: Rule, draws: int, seed: int, parts: Ints | None = None
) -> Acceptability:
    """Acceptability over values drawn together, or over intervals where there are none."""
    if sample is None:
        return acceptability(table, draws=draws, seed=seed, parts=parts, rule=rule)
    return acceptability_of_sample(sample, draws=draws, seed=seed, parts=parts, rule=rule)


def values_table(
    values: pd.DataFrame, regions: Sequence[str], criteria: Sequence[Criterion]
) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest value of each region (rows) and criterion (columns); NaN where anything is possible."""
    low = np.full((len(regions), len(criteria)), np.nan)
    high = low.copy()
    for column, criterion in enumerate(criteria):
        if criterion.indicator is not None:  # else never public
            ends = values.xs(criterion.indicator, level="indicator").reindex(list(regions))
            low[:, column], high[:, column] = ends["low"], ends["high"]
    return low, high


def scores_of(rubric: Rubric, values: pd.DataFrame, regions: Sequence[str], criteria: Sequence[Criterion]) -> Weighted:
    """Criterion scores of some regions, with the criteria's weights."""
    scored = score_table(rubric, criteria, *values_table(values, regions, criteria))
    return scored.weighted(parts_of(rubric, criteria))


def rank_under(
    rubric: Rubric,
    params: Defaults,
    recorded: pd.DataFrame,
    values: pd.DataFrame,
    candidates: Sequence[str],
    assumption: Assumption,
    model: Modelled | None = None,
) -> Ranking | None:
    """The ranking of some regions under an assumption about gaps; None where nothing can be ranked.

    `recorded` are the derived indicators of the year, also of other regions than the candidates (an empty frame: there
    is nothing to rank by); `values` hold what is recorded or plausible for each candidate, `model` what is modelled.
    """
    if len(candidates) < FEWEST or recorded.empty or (assumption == "modelled" and model is None):
        return None
    criteria = _criteria(rubric, recorded, candidates, assumption)
    used = {criterion.indicator for criterion in criteria}
    have = set(recorded[recorded.index.get_level_values("indicator").isin(used)].index.get_level_values(0))
    lacking = [code for code in candidates if code not in have] if assumption == "known" else []
    rankable = [code for code in candidates if code not in lacking]
    if not parts_of(rubric, criteria).any() or len(rankable) < FEWEST:  # without weight all would be equal
        return None
    rows, sample = values, None
    if assumption == "anything":
        rows = gaps.anything(recorded, candidates, CRITERION_INDICATORS)
    elif assumption == "modelled" and model is not None:
        rows, sample = model.ranges, ranked_sample(rubric, model.scores(rubric, criteria, rankable))
    return rank_regions(
        rubric,
        rows,
        rankable,
        criteria,
        recorded=set(recorded.index.get_level_values("region_code")),
        assumption=assumption,
        draws=params.draws,
        seed=params.seed,
        not_rankable=lacking,
        sample=sample,
    )


def _criteria(
    rubric: Rubric, recorded: pd.DataFrame, regions: Sequence[str], assumption: Assumption
) -> list[Criterion]:
    """The criteria that count under an assumption; their weights are parts of their own sum."""
    public = [criterion for criterion in rubric.criteria if criterion.indicator is not None]
    if assumption == "anything":
        return list(rubric.criteria)
    if assumption in ("plausible", "modelled"):
        return public
    known = gaps.known_indicators(recorded, regions, [str(criterion.indicator) for criterion in public])
    return [criterion for criterion in public if criterion.indicator in known]
