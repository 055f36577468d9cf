"""Announced results beside the probabilities that were given to them: no estimate knows of an award."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from paritrana.analysis.modelled import Drawn, drawn
from paritrana.analysis.ranking import values_table
from paritrana.analysis.scoring import ranked_sample, ranked_table, score_table
from paritrana.engine.acceptability import acceptability, acceptability_of_sample
from paritrana.engine.scores import Floats, Ints
from paritrana.estimation.estimates import Estimates
from paritrana.indicators import gaps
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.nation import Nation
from paritrana.parameters.page import Defaults, Params, province, province_codes
from paritrana.parameters.rubric import Criterion, Rubric
from paritrana.record.awards import announced

KEPT = 256  # draws of the values that a contest keeps


@dataclass(frozen=True, eq=False)
class Contest:
    """One announced result and the probabilities that were given to it.

    `candidates` are N codes, `podium` the announced places of some; `shares` and `plausible` (N, N) are the
    probabilities of each rank under random weights, from estimates and from *plausible* ranges, of so many `draws`.
    `scores` (KEPT, N, K) are of some joint draws of the values, the interview left out.
    """

    year: int
    province: str
    candidates: tuple[str, ...]
    podium: Mapping[str, int]
    shares: Floats
    plausible: Floats
    draws: int
    scores: Ints

    @property
    def winner(self) -> str | None:
        """The announced first; None where there is none, or more than one."""
        first = [code for code, place in self.podium.items() if place == 1]
        return first[0] if len(first) == 1 else None

    def firsts(self, shares: Floats) -> Floats:
        """Probabilities of the first place, (N,), that sum to one; half a draw more for each, so that none is nil."""
        counts = shares[:, 0] * self.draws + 0.5
        made: Floats = counts / counts.sum()
        return made


def public(rubric: Rubric) -> list[Criterion]:
    """The criteria that a contest is ranked by: the interview is never announced."""
    return [criterion for criterion in rubric.criteria if criterion.indicator is not None]


def contests(nation: Nation, estimates: Estimates, rubric: Rubric, defaults: Defaults) -> Iterator[tuple[str, Contest]]:
    """Every announced result of a year, among all regions of its province and among its nominees where they are known.

    Yields `all` or `nominees` with the contest.
    """
    values = gaps.plausible(
        nation.recorded, nation.spreads, nation.year, list(estimates.cells.regions), CRITERION_INDICATORS
    )
    for code in province_codes():
        params = province(code, {**defaults.model_dump(), "year": nation.year})
        nominees, podium = announced(nation.tables, code, nation.year, estimates.regions(code))
        if podium:
            model = drawn(estimates, params)
            yield "all", _contest(params, model.regions, podium, model, values, rubric)
            if set(nominees) > set(podium):
                yield "nominees", _contest(params, nominees, podium, model, values, rubric)


def _contest(
    params: Params,
    candidates: tuple[str, ...],
    podium: Mapping[str, int],
    model: Drawn,
    values: pd.DataFrame,
    rubric: Rubric,
) -> Contest:
    """The probabilities of ranks among these candidates; `values` are what is *plausible* of them."""
    criteria = public(rubric)
    sample = ranked_sample(rubric, model.scores(rubric, criteria, candidates))
    table = ranked_table(rubric, score_table(rubric, criteria, *values_table(values, candidates, criteria)))
    return Contest(
        year=params.year,
        province=params.province,
        candidates=candidates,
        podium=podium,
        shares=acceptability_of_sample(sample, draws=params.draws, seed=params.seed).share,
        plausible=acceptability(table, draws=params.draws, seed=params.seed).share,
        draws=params.draws,
        scores=sample[:KEPT],
    )
