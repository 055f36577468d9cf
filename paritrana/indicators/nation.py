"""The record and the indicators of the whole country, and the part of them that the pages of one province read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from paritrana.indicators import gaps
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.derive import derive
from paritrana.indicators.doubts import Doubts, doubts
from paritrana.indicators.frames import labour_force
from paritrana.record.notes import texts
from paritrana.record.picking import Picks, pick
from paritrana.record.regions import codes_of, of_codes
from paritrana.record.tables import Tables
from paritrana.record.years import BREAK_YEAR, LAST_YEAR, window


@dataclass(frozen=True)
class Nation:
    """The record and the indicators of regions, for one assessment year.

    `picks`: the picked figures of the year and its neighbours. `recorded`: the derived indicators of each year of
    the window (see `indicators.derive`); `doubts`: what speaks against them (see `indicators.doubts`). `survey`:
    Sakernas of the year by region code, persons. `spreads`: for each indicator what the values recorded nationwide say
    of a gap.
    """

    tables: Tables
    year: int
    picks: Mapping[int, Picks]
    recorded: Mapping[int, pd.DataFrame]
    doubts: Mapping[int, Doubts]
    survey: pd.DataFrame
    spreads: Mapping[str, gaps.Spread]


def survey_nation(tables: Tables, year: int, strength: Mapping[str, float]) -> Nation:
    """The record and the indicators of all regions, once for all provinces of a year."""
    return survey_years(tables, [year], strength)[year]


def survey_years(tables: Tables, years: Collection[int], strength: Mapping[str, float]) -> dict[int, Nation]:
    """The nation in each of some assessment years; what their windows share is made once."""
    picks = {other: pick(tables, other) for other in range(BREAK_YEAR - 1, LAST_YEAR + 1)}
    windows = {year: window(year) for year in years}
    every = {other for near in windows.values() for other in near}
    derived = {other: derive(tables, picks, other, strength) for other in every}
    against = {other: doubts(tables, frame) for other, frame in derived.items()}
    nations = {}
    for year, near in windows.items():
        recorded = {other: derived[other] for other in near}
        spreads = gaps.spreads(recorded, CRITERION_INDICATORS)
        doubtful = {other: against[other] for other in near}
        nations[year] = Nation(tables, year, picks, recorded, doubtful, labour_force(tables, year), spreads)
    return nations


def within(nation: Nation, province: str) -> Nation:
    """What the pages of one province may read: its own rows of everything, and of the nation only the spreads.

    A page that is handed no more than this cannot depend on another province's rows, so that a change there leaves
    it as it is (see `inputs`).
    """
    codes = codes_of(nation.tables, province)
    return replace(
        nation,
        tables=tables_within(nation.tables, province),
        picks={
            year: Picks(year, of_codes(picks.picked, codes), picks.other[picks.other["region_code"].isin(codes)])
            for year, picks in nation.picks.items()
        },
        recorded={year: of_codes(frame, codes) for year, frame in nation.recorded.items()},
        doubts={
            year: {cell: kinds for cell, kinds in found.items() if cell[0] in codes}
            for year, found in nation.doubts.items()
        },
        survey=nation.survey[nation.survey.index.isin(codes)],
    )


def tables_within(tables: Tables, province: str) -> Tables:
    """A province's own rows; the lists of regions stay whole, since a name may need to be told from its twin."""
    codes = codes_of(tables, province)
    observations = tables.observations[
        tables.observations["region_code"].isin(codes) | (tables.observations["province_code"] == province)
    ]
    awards = tables.awards[tables.awards["province_code"] == province]
    regulations = tables.regulations[tables.regulations["province_code"] == province]
    cited = pd.concat([part["source_id"] for part in (observations, awards, regulations)])
    labour, budgets = tables.labour_force, tables.apbd_jawa_timur
    own = replace(
        tables,
        observations=observations,
        awards=awards,
        regulations=regulations,
        labour_force=labour[labour["kemendagri_code"].isin(codes)],
        sources=tables.sources[tables.sources["source_id"].isin(cited)],
        corrections=tables.corrections.iloc[:0],  # they are in the rows
        flags=tables.flags[tables.flags["observation_id"].isin(observations["observation_id"])],
        jury_scores=tables.jury_scores[tables.jury_scores["province_code"] == province],
        apbd_jawa_timur=budgets[budgets["kemendagri_code"].isin(codes)],
        participants_province=tables.participants_province.iloc[:0],
    )
    return replace(own, notes=tables.notes[tables.notes["note"].isin(texts(own))])
