"""Provinces ranked in their zones on the public record, as the national award compares them since assessment year 2022.

The engine, the formulas and the rule that names a leader are those of kabupaten/kota. The estimates are not: their
model is one of kabupaten/kota, so that a gap here may be whatever is plausible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from paritrana.analysis.headline import Headline, headline
from paritrana.analysis.ranking import Ranking, rank_under
from paritrana.indicators import gaps
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.nation import Nation, survey_years
from paritrana.indicators.provinces import provinces_as_regions
from paritrana.parameters.page import Defaults, book_rubric
from paritrana.parameters.rubric import Rubric, rubric_path, strength_of
from paritrana.record.awards import PROVINCES, Announced, recipients
from paritrana.record.tables import Tables
from paritrana.record.years import YEARS


@dataclass(frozen=True)
class Zone:
    """The provinces of a zone in an assessment year.

    `nation` is that of provinces (see `provinces_as_regions`), `recorded` its derived indicators of the zone. `ranking`
    and `said`, who may be called first, are None where nothing can be ranked. `announced`: national results by code.
    """

    name: str
    provinces: tuple[str, ...]
    nation: Nation
    recorded: pd.DataFrame
    ranking: Ranking | None
    said: Headline | None
    announced: Mapping[str, Announced]


def zones(tables: Tables, params: Defaults) -> dict[int, list[Zone]]:
    """The zones in each assessment year, newest first; of the parameters `rubric`, `draws` and `seed` count."""
    rubric = book_rubric(rubric_path(params.rubric))
    nations = survey_years(provinces_as_regions(tables), YEARS, strength_of(rubric))
    members = tables.provinces.groupby("paritrana_zone", sort=False)["kemendagri_code"].apply(tuple)
    results = [one for one in recipients(tables) if one.stage == "national" and one.category == PROVINCES]
    made: dict[int, list[Zone]] = {}
    for year in sorted(YEARS, reverse=True):
        announced = {one.region: one for one in results if one.year == year}
        made[year] = [
            _zone(str(name), codes, nations[year], rubric, params, announced) for name, codes in members.items()
        ]
    return made


def _zone(
    name: str,
    codes: Sequence[str],
    nation: Nation,
    rubric: Rubric,
    params: Defaults,
    announced: Mapping[str, Announced],
) -> Zone:
    """One zone: its provinces compared with each other alone."""
    frame = nation.recorded[nation.year]
    recorded = frame[frame.index.get_level_values("region_code").isin(codes)]
    values = gaps.plausible(nation.recorded, nation.spreads, nation.year, codes, CRITERION_INDICATORS)
    ranking = rank_under(rubric, params, recorded, values, codes, "plausible")
    own = {code: one for code, one in announced.items() if code in codes}
    return Zone(name, tuple(codes), nation, recorded, ranking, headline(nation, ranking) if ranking else None, own)
