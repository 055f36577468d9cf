"""One computation under every surface: `analyse(tables, params)` makes all that a province's pages show.

It joins what lies to its left: the record, the derived indicators, the assumptions about gaps, the rubric and
the engine. It formats nothing: data frames and frozen dataclasses go out, texts and figures come later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from paritrana.analysis.scoring import rank_keys, ranked_scores, score_table, total_points
from paritrana.engine.acceptability import Acceptability, acceptability
from paritrana.engine.agreement import Comparison, compare
from paritrana.engine.attribution import RankAttribution, rank_attribution
from paritrana.engine.inverse import Reproduction, from_first_on, reproduction
from paritrana.engine.rank_range import RangeSplit, split
from paritrana.engine.ranks import rank_range_of_gaps, ranks
from paritrana.engine.scores import POINT, Ints, totals
from paritrana.engine.smallest import Change, lift
from paritrana.engine.spaces import simplex
from paritrana.engine.stability import NOBODY, Stability, stability
from paritrana.indicators import derive as indicators
from paritrana.indicators import gaps
from paritrana.indicators.nation import Nation, strength_of, survey_nation, within
from paritrana.parameters.page import Assumption, Defaults, Params, book_rubric, scenario_rubrics
from paritrana.parameters.rubric import Criterion, Rubric, rubric_path
from paritrana.record.tables import Tables

ASSUMPTIONS: tuple[Assumption, ...] = ("plausible", "anything", "known")
PODIUM = {"rank_1": 1, "rank_2": 2, "rank_3": 3}
ATTRIBUTION_DRAWS = 2048  # a power of two; each is ranked once for every group of choices
FEWEST = 2  # alternatives that a ranking needs
FEWEST_COMPARED = 3  # alternatives that two orders need before their likeness says anything


@dataclass(frozen=True)
class Ranking:
    """Alternatives ranked under one rubric, one assumption about gaps and one set of candidates.

    Arrays are in the order of `regions` (N) and `criteria` (K). `parts` (K,) are the weights, and `least` and `most`
    (N, K) the whole scores that the engine adds up (logarithms where the rubric takes a geometric mean). Scores are in
    points: `low` and `high` of shape (N, K), `total_low`, `total_middle`, `total_high` of shape (N,). `rank` is the
    rank at the middle of the intervals under the rubric's weights, among the regions with any recorded figure (0 for
    the others, whose middle says nothing); `best` and `worst` are exact under those weights, whatever the values inside
    the intervals are (where `bounded`, no value gives a rank beyond them). `any_weights`: acceptability with weights
    uniform on the simplex; `own_weights`: with the rubric's weights and values drawn. `not_rankable`: candidates
    without one recorded figure among the criteria.
    """

    rubric: Rubric
    assumption: Assumption
    regions: tuple[str, ...]
    criteria: tuple[str, ...]
    left_out: tuple[str, ...]
    parts: Ints
    least: Ints
    most: Ints
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
        return bool((self.least != self.most)[:, moving].any())


@dataclass(frozen=True)
class Depth:
    """What is exact about a ranking when any weights are admissible (the whole simplex); arrays as in the ranking.

    `split`: rank ranges due to weights alone, gaps alone, and both. `stability`: how far each weight can move, others
    in proportion, before something changes among the regions that have a rank. `firsts`: for each region the smallest
    change of weights (L1) that makes it first among these at the middle of the intervals, or the proof that none does.
    `attribution`: which choices move the ranks (sampled). `reproduction`: whether some weights give the announced
    podium, with the values at their middle and with any values inside their intervals; empty where no place from the
    first on is announced.
    """

    split: RangeSplit
    stability: Stability
    firsts: tuple[Change, ...]
    attribution: RankAttribution
    reproduction: tuple[Reproduction, Reproduction] | None


@dataclass(frozen=True)
class ProvinceRecord:
    """What is recorded and announced of one province.

    `regions`: its kabupaten/kota (code, name, level) indexed by code, with Sakernas of the year. `recorded`: the
    derived indicators of the year. `nominees` and `podium` come from the announcements (podium: region -> announced
    rank).
    """

    params: Params
    province: pd.Series
    nation: Nation
    regions: pd.DataFrame
    recorded: pd.DataFrame
    nominees: tuple[str, ...]
    podium: Mapping[str, int]

    @property
    def cells(self) -> tuple[int, int]:
        """How many of the region x indicator cells are recorded, and how many there are."""
        return len(self.recorded), len(self.regions) * len(indicators.CRITERION_INDICATORS)


@dataclass(frozen=True)
class ProvinceAnalysis(ProvinceRecord):
    """All that the pages, the result files and the command line show of one province.

    `values`: recorded or plausible, one row per region and indicator. `rankings`: by candidates (`all`,
    `nominees`) and assumption. `interview`: best and worst rank per region of the main ranking when the interview
    items may be anything. `scenarios`: rank at the middle per recorded region (rows) and rubric (columns).
    `depths`: what is exact about each of the rankings (empty unless asked for). `comparison`: how alike the
    scenarios rank.
    """

    values: pd.DataFrame
    rankings: Mapping[tuple[str, Assumption], Ranking]
    interview: pd.DataFrame
    scenarios: pd.DataFrame
    comparison: Comparison | None
    depths: Mapping[tuple[str, Assumption], Depth]

    @property
    def depth(self) -> Depth | None:
        """What is exact about the main ranking."""
        return self.depths.get(("all", self.params.assumption))

    @property
    def main(self) -> Ranking | None:
        """The ranking of all candidates under the assumption of the parameters."""
        return self.rankings.get(("all", self.params.assumption))


def record(params: Params, nation: Nation) -> ProvinceRecord:
    """What is recorded of one province; of the nation only the province's own part is kept (`nation.within`)."""
    own = within(nation, params.province)
    regions = regions_of(own, params.province)
    codes = list(regions.index)
    here = own.recorded[params.year].loc[lambda frame: frame.index.get_level_values("region_code").isin(codes)]
    nominees, podium = announced(own.tables, params.province, params.year, codes)
    return ProvinceRecord(
        params=params,
        province=own.tables.provinces.set_index("kemendagri_code").loc[params.province],
        nation=own,
        regions=regions,
        recorded=here,
        nominees=nominees,
        podium=podium,
    )


def analyse(tables: Tables, params: Params, nation: Nation | None = None, *, deep: bool = True) -> ProvinceAnalysis:
    """Everything about one province; `nation` may be handed in where many provinces of one year are analysed.

    Pages that show no exact sensitivity leave it out with `deep`: it takes most of the time.
    """
    rubric = book_rubric(rubric_path(params.rubric))
    nation = nation or survey_nation(tables, params.year, strength_of(rubric))
    known = record(params, nation)
    codes, here, nominees = list(known.regions.index), known.recorded, known.nominees
    values = _values(known)
    rankings = _rankings(rubric, params, here, values, {"all": tuple(codes), "nominees": nominees})
    scenarios = _scenarios(params, values, sorted(set(here.index.get_level_values("region_code"))))
    return ProvinceAnalysis(
        **{field.name: getattr(known, field.name) for field in fields(known)},
        values=values,
        rankings=rankings,
        interview=_interview(rubric, values, codes),
        scenarios=scenarios,
        comparison=compare({str(name): scenarios[name].to_numpy() for name in scenarios})
        if len(scenarios) >= FEWEST_COMPARED
        else None,
        depths={key: _depth(ranking, here, known.podium, params) for key, ranking in rankings.items() if deep},
    )


def main_ranking(known: ProvinceRecord) -> Ranking | None:
    """The ranking of all of a province's regions under its parameters; None where nothing can be ranked.

    It is the main ranking of `analyse`, without the others.
    """
    params, codes = known.params, list(known.regions.index)
    rubric = book_rubric(rubric_path(params.rubric))
    return rank_under(rubric, params, known.recorded, _values(known), codes, params.assumption)


def _values(known: ProvinceRecord) -> pd.DataFrame:
    """What is recorded or plausible of each of a province's regions and each indicator."""
    nation, codes = known.nation, list(known.regions.index)
    return gaps.plausible(nation.recorded, nation.spreads, nation.year, codes, indicators.CRITERION_INDICATORS)


def regions_of(nation: Nation, province: str) -> pd.DataFrame:
    """The kabupaten/kota of a province by code, with name, level and Sakernas of the year (persons)."""
    rows = nation.tables.regencies
    rows = rows[rows["province_code"] == province].set_index("kemendagri_code").sort_index()
    return rows[["name", "official_name", "level"]].join(nation.survey)


def announced(
    tables: Tables, province: str, year: int, regions: Sequence[str]
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """The known candidates of a province's award (any announced result) and the announced podium."""
    awards = tables.awards
    rows = awards[
        (awards["stage"] == "province")
        & (awards["category"] == "kabupaten_kota")
        & (awards["province_code"] == province)
        & (awards["assessment_year"] == year)
        & awards["region_code"].isin(list(regions))
    ]
    ranked = rows[rows["result"].isin(list(PODIUM))].drop_duplicates(["region_code", "result"])
    podium = {code: PODIUM[result] for code, result in zip(ranked["region_code"], ranked["result"], strict=True)}
    return tuple(sorted(set(rows["region_code"]))), dict(sorted(podium.items(), key=lambda item: (item[1], item[0])))


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
) -> Ranking:
    """Rank regions on the given criteria; `values` holds low and high by region and indicator, NaN for anything.

    `recorded` names the regions of which anything is recorded.
    """
    low, high, parts = _scores(rubric, values, regions, criteria)
    least, most = ranked_scores(rubric, low), ranked_scores(rubric, high)
    best, worst = rank_range_of_gaps(totals(least, parts), totals(most, parts))
    known = np.isin(list(regions), list(recorded))
    rank = np.zeros(len(regions), dtype=np.int64)
    rank[known] = ranks(rank_keys(rubric, low, high, parts)[known], rubric.ties)
    return Ranking(
        rubric=rubric,
        assumption=assumption,
        regions=tuple(regions),
        criteria=tuple(criterion.id for criterion in criteria),
        left_out=tuple(c.id for c in rubric.criteria if c.id not in {kept.id for kept in criteria}),
        parts=parts,
        least=least,
        most=most,
        low=low / POINT,
        high=high / POINT,
        total_low=total_points(rubric, low, parts),
        total_middle=total_points(rubric, (low + high) // 2, parts),
        total_high=total_points(rubric, high, parts),
        rank=rank,
        best=best,
        worst=worst,
        any_weights=acceptability(least, most, draws=draws, seed=seed),
        own_weights=acceptability(least, most, draws=draws, seed=seed, parts=parts),
        not_rankable=tuple(not_rankable),
    )


def _depth(ranking: Ranking, recorded: pd.DataFrame, podium: Mapping[str, int], params: Params) -> Depth:
    """The sensitivity of a ranking over the whole simplex, exact but for the attribution."""
    least, most, parts = ranking.least, ranking.most, ranking.parts
    whole = simplex(len(parts))
    middle, free = (reproduce_podium(ranking, podium, params, free=free) for free in (False, True))
    return Depth(
        split=split(least, most, parts, whole, time_limit=None),  # the same bytes on every machine
        stability=_stability(ranking),
        firsts=tuple(_first(ranking, own) for own in range(len(least))),
        attribution=rank_attribution(
            least,
            most,
            parts,
            whole,
            conflicts=_conflicts(ranking, recorded),
            normalisations=("goalposts", "min-max", "z-score", "rank"),
            aggregations=("additive", "geometric"),
            draws=ATTRIBUTION_DRAWS,
            seed=params.seed,
        ),
        reproduction=(middle, free) if middle and free else None,
    )


def _comparable(ranking: Ranking) -> Ints:
    """Positions of the regions that are compared at the middle: those that have a rank, or all where none has."""
    ranked = np.flatnonzero(ranking.rank)
    return ranked if len(ranked) else np.arange(len(ranking.rank))


def _stability(ranking: Ranking) -> Stability:
    """How far each weight can move before the order of the ranked regions changes; positions as in the ranking."""
    rows = _comparable(ranking)
    found = stability(ranking.least[rows], ranking.most[rows], ranking.parts)
    positions = np.append(rows, NOBODY)  # the position -1, nobody, is the last of them
    leader, podium, order = (
        replace(span, below=positions[span.below], above=positions[span.above])
        for span in (found.leader, found.podium, found.ranking)
    )
    return replace(found, leader=leader, podium=podium, ranking=order)


def _first(ranking: Ranking, own: int) -> Change:
    """The smallest change of weights that makes a region first among the ranked ones; positions as in the ranking."""
    rows = np.union1d(_comparable(ranking), [own])
    place, whole = int(np.searchsorted(rows, own)), simplex(len(ranking.parts))
    change = lift(ranking.least[rows], ranking.most[rows], ranking.parts, place, 1, whole)
    return replace(change, rivals=tuple(rows[list(change.rivals)].tolist()))


def _conflicts(ranking: Ranking, recorded: pd.DataFrame) -> np.ndarray:
    """The cells, shape (N, K), that are intervals because sources disagree."""
    disagreeing = set(recorded.index[recorded["kind"] == "conflict"])
    indicator = [ranking.rubric.criterion(name).indicator for name in ranking.criteria]
    return np.array([[(code, name) in disagreeing for name in indicator] for code in ranking.regions])


def reproduce_podium(ranking: Ranking, podium: Mapping[str, int], params: Params, *, free: bool) -> Reproduction | None:
    """Whether weights give the announced podium, with the values at their middle or (`free`) any in their intervals.

    None unless it is announced from the first place on, without a gap.
    """
    announced = list(podium.values())
    if not from_first_on(announced):
        return None
    positions = [ranking.regions.index(code) for code in podium if code in ranking.regions]
    if len(positions) < len(podium):
        return None
    return reproduction(
        ranking.least,
        ranking.most,
        ranking.parts,
        positions,
        announced,
        simplex(len(ranking.parts)),
        free=free,
        draws=params.draws,
        seed=params.seed,
    )


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


def _scores(
    rubric: Rubric, values: pd.DataFrame, regions: Sequence[str], criteria: Sequence[Criterion]
) -> tuple[Ints, Ints, Ints]:
    """Criterion scores (low, high: shape (N, K), millionths of a point) and the criteria's weights in parts (K,)."""
    low, high = score_table(rubric, criteria, *values_table(values, regions, criteria))
    return low, high, np.array([rubric.parts[criterion.id] for criterion in criteria], dtype=np.int64)


def _rankings(
    rubric: Rubric,
    params: Params,
    recorded: pd.DataFrame,
    values: pd.DataFrame,
    candidates: Mapping[str, tuple[str, ...]],
) -> dict[tuple[str, Assumption], Ranking]:
    """A ranking for each set of candidates and assumption that can be ranked at all."""
    made = {
        (name, assumption): rank_under(rubric, params, recorded, values, regions, assumption)
        for name, regions in candidates.items()
        for assumption in ASSUMPTIONS
    }
    return {key: ranking for key, ranking in made.items() if ranking is not None}


def rank_under(
    rubric: Rubric,
    params: Defaults,
    recorded: pd.DataFrame,
    values: pd.DataFrame,
    candidates: Sequence[str],
    assumption: Assumption,
) -> Ranking | None:
    """The ranking of some regions under an assumption about gaps; None where nothing can be ranked.

    `recorded` are the derived indicators of the year, also of other regions than the candidates (an empty frame: there
    is nothing to rank by); `values` hold what is recorded or plausible for each candidate.
    """
    if len(candidates) < FEWEST or recorded.empty:
        return None
    criteria = _criteria(rubric, recorded, candidates, assumption)
    used = {criterion.indicator for criterion in criteria}
    have = set(recorded[recorded.index.get_level_values("indicator").isin(used)].index.get_level_values(0))
    lacking = [code for code in candidates if code not in have] if assumption == "known" else []
    rankable = [code for code in candidates if code not in lacking]
    if not criteria or len(rankable) < FEWEST:
        return None
    rows = gaps.anything(recorded, candidates, indicators.CRITERION_INDICATORS) if assumption == "anything" else values
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
    )


def _criteria(
    rubric: Rubric, recorded: pd.DataFrame, regions: Sequence[str], assumption: Assumption
) -> list[Criterion]:
    """The criteria that count under an assumption; their weights are parts of their own sum."""
    public = [criterion for criterion in rubric.criteria if criterion.indicator is not None]
    if assumption == "anything":
        return list(rubric.criteria)
    if assumption == "plausible":
        return public
    known = gaps.known_indicators(recorded, regions, [str(criterion.indicator) for criterion in public])
    return [criterion for criterion in public if criterion.indicator in known]


def _interview(rubric: Rubric, values: pd.DataFrame, regions: Sequence[str]) -> pd.DataFrame:
    """Best and worst rank of each region when the interview may give anything and gaps are plausible."""
    low, high, parts = _scores(rubric, values, regions, rubric.criteria)
    ends = [totals(ranked_scores(rubric, scores), parts) for scores in (low, high)]
    best, worst = rank_range_of_gaps(*ends)
    return pd.DataFrame({"best": best, "worst": worst}, index=list(regions))


def _scenarios(params: Params, values: pd.DataFrame, regions: Sequence[str]) -> pd.DataFrame:
    """Rank at the middle of the intervals for each region and scenario rubric, interview left out."""
    made = {}
    for rubric in scenario_rubrics(params.scenarios):
        public = [criterion for criterion in rubric.criteria if criterion.indicator is not None]
        low, high, parts = _scores(rubric, values, regions, public)
        made[rubric.id] = ranks(rank_keys(rubric, low, high, parts), rubric.ties)
    return pd.DataFrame(made, index=list(regions))
