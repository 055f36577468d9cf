"""The result of one province: its analysis as rows of plain numbers and texts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import pandas as pd

from paritrana.analysis.headline import verdict
from paritrana.analysis.province import ProvinceAnalysis
from paritrana.indicators.measures import UNITS, measures
from paritrana.parameters.page import book_rubric
from paritrana.parameters.rubric import Rubric, rubric_path
from paritrana.record.picking import GROUP
from paritrana.results import ranked, rows
from paritrana.results.numbers import plain

SURVEY = ("labour_force", "employed", "informal_employed", "formal_employed", "employed_public_admin")


def province_result(analysis: ProvinceAnalysis) -> dict[str, Any]:
    """Everything that the pages of a province show as numbers, as `rows.ProvinceResult` describes it, JSON-able.

    `analysis` is a deep one (see `analysis.analyse`); KeyError otherwise, where anything is ranked. The language of the
    book is not in it: both editions have the same results.
    """
    params, rubric = analysis.params, book_rubric(rubric_path(analysis.params.rubric))
    recorded, cells = analysis.cells
    said = verdict(analysis, analysis.main)
    result = rows.ProvinceResult(
        year=params.year,
        province_code=params.province,
        name=analysis.province["name"],
        rubric=rubric.id,
        rubric_status=rubric.status,
        aggregation=rubric.aggregation,
        ties=rubric.ties,
        scenarios=params.scenarios,
        assumption=params.assumption,
        draws=params.draws,
        seed=params.seed,
        cells_recorded=recorded,
        cells=cells,
        leader=said.leader,
        leader_share=said.share,
        no_leader=said.why,
        criteria=tuple(_criteria(rubric)),
        regions=tuple(_regions(analysis)),
        record=tuple(_record(analysis)),
        passed_over=tuple(_passed_over(analysis)),
        values=tuple(_values(analysis)),
        measures=tuple(_measures(analysis)),
        interview=tuple(_interview(analysis)),
        scenario_ranks=tuple(_scenario_ranks(analysis)),
        comparisons=tuple(_comparisons(analysis)),
        wanted=tuple(rows.Wanted(**row) for row in analysis.wanted.to_dict("records")),
        **ranked.tables(analysis),
    )
    return result.model_dump(mode="json")


def _criteria(rubric: Rubric) -> Iterator[rows.Criterion]:
    whole = sum(rubric.parts.values())
    for criterion in rubric.criteria:
        low, high = criterion.goalposts or (None, None)
        weight = Fraction(rubric.parts[criterion.id], whole)
        yield rows.Criterion(
            criterion=criterion.id,
            weight=float(weight),
            weight_exact=str(weight),
            indicator=criterion.indicator,
            direction=criterion.direction,
            goalpost_low=low,
            goalpost_high=high,
            scale=criterion.scale,
        )


def _regions(analysis: ProvinceAnalysis) -> Iterator[rows.Region]:
    for code, region in analysis.regions.iterrows():
        counted = {name: plain(region[name]) for name in SURVEY}
        yield rows.Region(
            region_code=code,
            name=region["name"],
            level=region["level"],
            nominee=code in analysis.nominees,
            announced_rank=analysis.podium.get(code),
            **{name: None if count is None else int(count) for name, count in counted.items()},
        )


def _record(analysis: ProvinceAnalysis) -> Iterator[rows.Figure]:
    """The picked figures of the regions and the province, of all years around the assessment year."""
    unit = analysis.nation.tables.observations.set_index("observation_id")["unit"]
    for year, picks in sorted(analysis.nation.picks.items()):
        for key, figure in _here(picks.picked, analysis).iterrows():
            cells = {**dict(zip(GROUP, key, strict=True)), **figure, "unit": unit[figure["observations"][0]]}
            yield rows.Figure(figure_year=year, **{name: plain(cell) for name, cell in cells.items()})


def _here(frame: pd.DataFrame, analysis: ProvinceAnalysis) -> pd.DataFrame:
    """The rows of a province's regions and of the province itself."""
    codes = [analysis.params.province, *analysis.regions.index]
    return frame[frame.index.get_level_values("region_code").isin(codes)]


def _passed_over(analysis: ProvinceAnalysis) -> Iterator[rows.PassedOver]:
    other = analysis.nation.picks[analysis.params.year].other
    columns = [name for name in rows.PassedOver.model_fields if name != "region_code"]
    for code, figure in _here(other.set_index("region_code"), analysis)[columns].iterrows():
        yield rows.PassedOver(region_code=code, **{name: plain(cell) for name, cell in figure.items()})


def _values(analysis: ProvinceAnalysis) -> Iterator[rows.Value]:
    for (code, indicator), value in analysis.values.iterrows():
        yield rows.Value(region_code=code, indicator=indicator, **{name: plain(cell) for name, cell in value.items()})


def _measures(analysis: ProvinceAnalysis) -> Iterator[rows.Measure]:
    made = measures(analysis.regions, analysis.recorded, analysis.nation.picks[analysis.params.year])
    for (code, measure), ends in made.iterrows():
        yield rows.Measure(region_code=code, measure=measure, low=ends["low"], high=ends["high"], unit=UNITS[measure])


def _interview(analysis: ProvinceAnalysis) -> Iterator[rows.Interview]:
    """Nothing where nothing is ranked, or where the rubric has no interview."""
    if analysis.main is None or not any(criterion.indicator is None for criterion in analysis.main.rubric.criteria):
        return
    for code, moved in analysis.interview.iterrows():
        yield rows.Interview(region_code=code, rank_best=int(moved["best"]), rank_worst=int(moved["worst"]))


def _scenario_ranks(analysis: ProvinceAnalysis) -> Iterator[rows.Scenario]:
    for rubric in analysis.scenarios:
        for code, rank in analysis.scenarios[rubric].items():
            yield rows.Scenario(rubric=rubric, region_code=code, rank=int(rank))


def _comparisons(analysis: ProvinceAnalysis) -> Iterator[rows.Comparison]:
    found = analysis.comparison
    if found is None:
        return
    for one, other in combinations(range(len(found.names)), 2):
        yield rows.Comparison(
            rubric=found.names[one],
            other=found.names[other],
            kendall=plain(found.kendall[one, other]),
            spearman=plain(found.spearman[one, other]),
            weighted=plain(found.weighted[one, other]),
        )
