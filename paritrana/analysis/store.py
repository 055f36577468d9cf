"""Analyses kept between the pages of a build: made once, read by whatever else shows the same province.

A build on this machine makes the folder that they are kept in; where there is none, as on another machine's worker,
each is made when it is asked for. A kept one is used only if it was made from what the asked one would be made from,
and only if its file is as it was written; else it is made again. The language is no part of it: editions share them.
"""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from filelock import FileLock

from paritrana import paths
from paritrana.analysis import inputs
from paritrana.analysis.known import ProvinceRecord, bundled
from paritrana.analysis.modelled import estimates_for
from paritrana.analysis.province import ProvinceAnalysis, analyse
from paritrana.analysis.ranking import Ranking, exact_ranking, main_ranking
from paritrana.code import of_machine, of_modules
from paritrana.digests import digest, sha256
from paritrana.files import write_whole
from paritrana.parameters.page import Params

NOT_READ = {"language", "slug"}  # parameters that no analysis depends on


def analysis_of(params: Params) -> ProvinceAnalysis:
    """The whole analysis of a province from the bundled data; kept, if there is where."""
    if not paths.ANALYSES.is_dir():
        return _made(params)
    with FileLock(_place(params).with_suffix(".lock")):  # another page may be making it at this moment
        found = _kept(params)
        if found is None:
            found = _made(params)
            _keep(found)
    return found


def rankings_of(known: ProvinceRecord) -> tuple[Ranking | None, Ranking | None]:
    """The main ranking of all of a province's regions, and the one that exact methods stand on.

    They are those of its analysis, where that is kept; None where nothing can be ranked.
    """
    if found := _kept(known.params):
        return found.main, found.exact
    return main_ranking(known, estimates_for(known.params)), exact_ranking(known)


def _made(params: Params) -> ProvinceAnalysis:
    nation = bundled(params.year, params.rubric)
    return analyse(nation.tables, params, nation, estimates=estimates_for(params))


def _kept(params: Params) -> ProvinceAnalysis | None:
    """The analysis that is kept for these parameters; None where there is none, or none that can be trusted."""
    try:
        content = _place(params).read_bytes()
    except OSError:
        return None
    head, _, body = content.partition(b"\n")
    if head.decode(errors="replace") != f"{key_of(params)} {sha256(body)}":
        return None
    return replace(pickle.loads(body), params=params)


def _keep(analysis: ProvinceAnalysis) -> None:
    """Keep an analysis, if it can be: a full disk is no failure."""
    body = pickle.dumps(analysis, protocol=pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        write_whole(_place(analysis.params), f"{key_of(analysis.params)} {sha256(body)}\n".encode() + body)


def _place(params: Params) -> Path:
    """Where an analysis is kept: one of other data or code with the same parameters gives way."""
    return paths.ANALYSES / f"{params.province}-{digest(_read(params))}.pickle"


def key_of(params: Params) -> str:
    """The digest of all that an analysis is made from."""
    made_from = {
        **of_machine(),
        "library": _library(),
        "rubrics": inputs.of_rubrics(params.rubric, params.scenarios),
        **inputs.of_gaps(params.year, params.rubric, params.assumption),
        **inputs.of_province(params.year, params.rubric, params.province),
    }
    return digest(json.dumps([made_from, _read(params)], sort_keys=True))


def _read(params: Params) -> str:
    """The parameters that an analysis depends on, as text."""
    return params.model_dump_json(exclude=NOT_READ)


@cache
def _library() -> str:
    """The digest of what makes an analysis, and of what keeps it."""
    return of_modules([__name__])
