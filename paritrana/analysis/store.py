"""Analyses and estimates kept between the pages of a build: made once, read by whatever else shows the same.

A build on this machine makes the folder that they are kept in; where there is none, as on another machine's worker,
each is made when it is asked for. A kept one is used only if it was made from what the asked one would be made from
(see `kept`). The language is no part of an analysis: editions share them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from paritrana import paths
from paritrana.analysis import inputs
from paritrana.analysis.kept import kept, key_for, once
from paritrana.analysis.known import ProvinceRecord, bundled
from paritrana.analysis.modelled import bundled_estimates
from paritrana.analysis.province import ProvinceAnalysis, analyse
from paritrana.analysis.ranking import Ranking, exact_ranking, main_ranking
from paritrana.digests import digest
from paritrana.estimation.estimates import Estimates
from paritrana.parameters.page import Params

NOT_READ = {"language", "slug"}  # parameters that no analysis depends on


def analysis_of(params: Params) -> ProvinceAnalysis:
    """The whole analysis of a province from the bundled data; kept, if there is where."""
    return replace(once(_place(params), key_of(params), lambda: _made(params)), params=params)


def rankings_of(known: ProvinceRecord) -> tuple[Ranking | None, Ranking | None]:
    """The main ranking of all of a province's regions, and the one that exact methods stand on.

    They are those of its analysis, where that is kept, else kept themselves; None where nothing can be ranked.
    """
    params = known.params
    found: ProvinceAnalysis | None = kept(_place(params), key_of(params))
    if found:
        return found.main, found.exact
    return once(
        _place(params, "rankings-"),
        key_of(params),
        lambda: (main_ranking(known, estimates_kept(params)), exact_ranking(known)),
    )


def estimates_kept(params: Params) -> Estimates | None:
    """The estimates that an analysis of the bundled data needs; None where its assumption needs none."""
    return estimates_under(params.rubric) if params.assumption == "modelled" else None


@cache
def estimates_under(rubric: str) -> Estimates:
    """The estimates of all years from the bundled data; kept, if there is where.

    The rubric says what each kind of regulation is worth; raises InvalidInput for a faulty one.
    """
    return once(
        paths.ANALYSES / f"estimates-{digest(rubric)}.pickle",
        key_for(__name__, {"rubric": inputs.of_rubric(rubric), **inputs.of_record(rubric)}),
        lambda: bundled_estimates(rubric),
    )


def _made(params: Params) -> ProvinceAnalysis:
    nation = bundled(params.year, params.rubric)
    return analyse(nation.tables, params, nation, estimates=estimates_kept(params))


def _place(params: Params, part: str = "") -> Path:
    """Where an analysis, or a part of one, is kept: that of other data or code with the same parameters gives way."""
    return paths.ANALYSES / f"{part}{params.province}-{digest(_read(params))}.pickle"


def key_of(params: Params) -> str:
    """The digest of all that an analysis is made from."""
    made_from = {
        "parameters": _read(params),
        "rubrics": inputs.of_rubrics(params.rubric, params.scenarios),
        **inputs.of_gaps(params.year, params.rubric, params.assumption),
        **inputs.of_province(params.year, params.rubric, params.province),
    }
    return key_for(__name__, made_from)


def _read(params: Params) -> str:
    """The parameters that an analysis depends on, as text."""
    return params.model_dump_json(exclude=NOT_READ)
