"""One computation under every surface: `analyse(tables, params)` makes all that a province's pages show.

It joins what lies to its left: the record, the derived indicators, the assumptions about gaps, the rubric and
the engine. It formats nothing: data frames and frozen dataclasses go out, texts and figures come later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import pandas as pd

from paritrana.analysis.depth import Depth, depth_of
from paritrana.analysis.known import ProvinceRecord, record
from paritrana.analysis.modelled import Modelled, estimates_of, modelled
from paritrana.analysis.ranking import ASSUMPTIONS, Ranking, exact_assumption, province_values, rank_under, scores_of
from paritrana.analysis.scoring import parts_of, rank_ends, rank_keys, ranked_table
from paritrana.analysis.wanted import nothing_wanted, wanted
from paritrana.engine.agreement import Comparison, compare
from paritrana.engine.ranks import ranks
from paritrana.estimation.estimates import Estimates
from paritrana.indicators.nation import Nation, survey_nation
from paritrana.parameters.page import Assumption, Params, book_rubric, scenario_rubrics
from paritrana.parameters.rubric import Rubric, rubric_path, strength_of
from paritrana.record.tables import Tables

FEWEST_COMPARED = 3  # alternatives that two orders need before their likeness says anything


@dataclass(frozen=True)
class ProvinceAnalysis(ProvinceRecord):
    """All that the pages, the result files and the command line show of one province.

    `values`: recorded, or what the assumption of the parameters says, one row per region and indicator. `rankings`: by
    candidates (`all`, `nominees`) and assumption. `interview`: best and worst rank per region when the interview items
    may be anything and gaps are plausible. `scenarios`: rank at the middle per recorded region (rows) and rubric
    (columns). `depths`: what is exact about each of the rankings but the modelled ones (empty unless asked for).
    `comparison`: how alike the scenarios rank. `wanted`: what recording an unknown value would be worth (`wanted`).
    """

    values: pd.DataFrame
    rankings: Mapping[tuple[str, Assumption], Ranking]
    interview: pd.DataFrame
    scenarios: pd.DataFrame
    comparison: Comparison | None
    depths: Mapping[tuple[str, Assumption], Depth]
    wanted: pd.DataFrame

    @property
    def exact(self) -> Ranking | None:
        """The ranking of all candidates that exact methods stand on."""
        return self.rankings.get(("all", exact_assumption(self.params.assumption)))

    @property
    def depth(self) -> Depth | None:
        """What is exact about it."""
        return self.depths.get(("all", exact_assumption(self.params.assumption)))

    @property
    def main(self) -> Ranking | None:
        """The ranking of all candidates under the assumption of the parameters."""
        return self.rankings.get(("all", self.params.assumption))


def analyse(
    tables: Tables,
    params: Params,
    nation: Nation | None = None,
    *,
    deep: bool = True,
    estimates: Estimates | None = None,
) -> ProvinceAnalysis:
    """Everything about one province; `nation` may be handed in where many provinces of one year are analysed.

    So may `estimates`, which are made where the parameters ask for them; without them nothing is *modelled*. Who shows
    no exact sensitivity leaves it out with `deep`: it takes most of the time.
    """
    rubric = book_rubric(rubric_path(params.rubric))
    nation = nation or survey_nation(tables, params.year, strength_of(rubric))
    known = record(params, nation)
    codes, here, nominees = list(known.regions.index), known.recorded, known.nominees
    values = province_values(known)
    if estimates is None and params.assumption == "modelled":
        estimates = estimates_of(tables, strength_of(rubric))
    model = modelled(estimates, known) if estimates else None
    rankings = _rankings(rubric, params, here, values, {"all": tuple(codes), "nominees": nominees}, model)
    shown = model.ranges if model and params.assumption == "modelled" else values
    ranked = sorted(set(here.index.get_level_values("region_code")))
    scenarios = scenario_ranks(scenario_rubrics(params.scenarios), shown, ranked)
    return ProvinceAnalysis(
        **{field.name: getattr(known, field.name) for field in fields(known)},
        values=shown,
        rankings=rankings,
        interview=_interview(rubric, values, codes),
        scenarios=scenarios,
        comparison=compare({str(name): scenarios[name].to_numpy() for name in scenarios})
        if len(scenarios) >= FEWEST_COMPARED
        else None,
        depths={
            key: depth_of(ranking, here, known.podium, params)
            for key, ranking in rankings.items()
            if deep and key[1] == exact_assumption(key[1])
        },
        wanted=wanted(rubric, known, model, params.seed) if deep and model else nothing_wanted(),
    )


def _rankings(
    rubric: Rubric,
    params: Params,
    recorded: pd.DataFrame,
    values: pd.DataFrame,
    candidates: Mapping[str, tuple[str, ...]],
    model: Modelled | None,
) -> dict[tuple[str, Assumption], Ranking]:
    """A ranking for each set of candidates and assumption that can be ranked at all."""
    made = {
        (name, assumption): rank_under(rubric, params, recorded, values, regions, assumption, model)
        for name, regions in candidates.items()
        for assumption in ASSUMPTIONS
    }
    return {key: ranking for key, ranking in made.items() if ranking is not None}


def _interview(rubric: Rubric, values: pd.DataFrame, regions: Sequence[str]) -> pd.DataFrame:
    """Best and worst rank of each region when the interview may give anything and gaps are plausible."""
    table = ranked_table(rubric, scores_of(rubric, values, regions, rubric.criteria))
    best, worst = rank_ends(rubric, table)
    return pd.DataFrame({"best": best, "worst": worst}, index=list(regions))


def scenario_ranks(rubrics: Sequence[Rubric], values: pd.DataFrame, regions: Sequence[str]) -> pd.DataFrame:
    """Rank at the middle of the intervals for each region and rubric, interview left out.

    A rubric in which nothing but the interview has weight is left out too: under it all would be equal.
    """
    made = {}
    for rubric in rubrics:
        public = [criterion for criterion in rubric.criteria if criterion.indicator is not None]
        if parts_of(rubric, public).any():
            made[rubric.id] = ranks(rank_keys(rubric, scores_of(rubric, values, regions, public)), rubric.ties)
    return pd.DataFrame(made, index=list(regions))
