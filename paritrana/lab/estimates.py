"""What is modelled of a province as the lab's script reads it: 90 % ranges, and joint draws in a letter for each score.

Each province has a script of its own, which the page loads when the province is chosen: all of them together would be
ten times as heavy as the nation's data. The draws are the first ones of those behind the acceptabilities on the pages
of the province (see `analysis.modelled`): page and lab differ by how many there are, and by half a step of a letter.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from paritrana import paths
from paritrana.analysis import inputs
from paritrana.analysis.kept import key_for, once
from paritrana.analysis.modelled import SAMPLE, TAILS, Drawn
from paritrana.analysis.store import estimates_under
from paritrana.digests import digest
from paritrana.engine.scores import Ints
from paritrana.estimation.estimates import Estimates
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.frames import of_indicator
from paritrana.lab.data import Definition, as_script, cells, definitions_of, in_whole, rubrics_of, strength_key
from paritrana.parameters.page import Defaults
from paritrana.record.tables import bundled_tables
from paritrana.record.years import YEARS

DRAWS = 200  # joint draws of a province's values
STEPS = 90  # of a packed score from the least to the most of its region; strengths of regulations lie on them
# What stands for a step: printable ASCII without what a script would have to escape, one byte each.
LETTERS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"<\\')[: STEPS + 1]
NAME = "ParitranaLabProvince"  # followed by the code: the name by which the page finds what a script brought


def province_scripts(provinces: Sequence[str], defaults: Defaults) -> dict[str, str]:
    """The script of each of these provinces, by its code, from the bundled data; kept, if there is where.

    No language is in them: editions share what is kept.
    """
    read = json.dumps([list(provinces), defaults.rubric, defaults.scenarios, defaults.seed])
    made_from = {
        "parameters": read,
        "rubrics": inputs.of_rubrics(defaults.rubric, defaults.scenarios),
        **inputs.of_record(defaults.rubric),
    }
    path = paths.ANALYSES / f"lab-{digest(read)}.pickle"
    return once(path, key_for(__name__, made_from), lambda: _made(provinces, defaults))


def _made(provinces: Sequence[str], defaults: Defaults) -> dict[str, str]:
    rubrics = rubrics_of(defaults)
    definitions = list(definitions_of(rubrics).values())
    codes = sorted(bundled_tables().regencies["kemendagri_code"])
    # Of those that give regulations the same worth the book's own comes last: its estimates are at hand.
    fitted = sorted(rubrics, key=lambda rubric: rubric.id == defaults.rubric)
    estimates = {key: estimates_under(name) for key, name in {strength_key(one): one.id for one in fitted}.items()}
    return {
        province: as_script(f"{NAME}{province}", province_data(province, codes, definitions, estimates, defaults.seed))
        for province in provinces
    }


def province_data(
    province: str,
    codes: Sequence[str],
    definitions: Sequence[Definition],
    estimates: Mapping[str, Estimates],
    seed: int,
) -> dict[str, Any]:
    """What is modelled of a province in every year and column of the nation's data, as JSON can hold it.

    `codes` are those of all regions in the order of that data, `estimates` those for each `strength_key`.
    """
    regions = next(iter(estimates.values())).regions(province)
    first = codes.index(regions[0])
    years: dict[str, list[dict[str, Any] | None]] = {}
    for year in YEARS:
        drawn = {
            key: Drawn(tuple(regions), fitted.draws(province, year, SAMPLE, seed)) for key, fitted in estimates.items()
        }
        years[str(year)] = [
            _column(one, drawn[key], _recorded(one, estimates[key], year), first)
            for one in definitions
            for key in [strength_key(one.rubric)]
        ]
    return {"draws": DRAWS, "steps": STEPS, "years": years}


def packed(scores: Ints, least: Ints, most: Ints) -> str:
    """Scores (DRAWS, M) as LETTERS, region after region: steps from the `least` to the `most` (M,) of each."""
    width = np.maximum(most - least, 1)
    steps = np.rint((scores - least) / width * STEPS).astype(int)
    return "".join(LETTERS[step] for step in steps.T.ravel())


def _recorded(definition: Definition, estimates: Estimates, year: int) -> Collection[str]:
    """The regions with a record of a criterion."""
    return set(of_indicator(estimates.recorded[year], str(definition.criterion.indicator)).index)


def _column(definition: Definition, drawn: Drawn, recorded: Collection[str], first: int) -> dict[str, Any] | None:
    """One criterion in one year, None where it is never public; `first` is the position of the province's first region.

    Regions that are recorded as one number have neither a range nor draws.
    """
    indicator = definition.criterion.indicator
    if indicator is None:
        return None
    values = drawn.draws[:, :, CRITERION_INDICATORS.index(indicator)]
    low, high = in_whole(definition, *np.quantile(values, TAILS, axis=0))
    missing = [at for at, code in enumerate(drawn.regions) if code not in recorded]
    few = Drawn(drawn.regions, drawn.draws[:DRAWS])
    scores = few.scores(definition.rubric, [definition.criterion], few.regions)[:, :, 0]
    least, most = scores.min(axis=0), scores.max(axis=0)
    own = np.flatnonzero(least < most)
    return {
        "ranges": cells(missing, low, high, first),
        "drawn": cells(own, least, most, first),
        "packed": packed(scores[:, own], least[own], most[own]),
    }
