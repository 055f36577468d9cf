"""What the analysis of a province is made from, as digests: the rubrics and rows that it reads, and no others.

A province reads no more than `nation.within` hands it, so that another province's new figure leaves it alone, unless
that figure moves what the nation says of a gap (a spread) or of a base (a derived indicator).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from functools import cache

import pandas as pd

from paritrana.analysis.known import bundled, bundled_years
from paritrana.digests import digest
from paritrana.indicators.nation import Nation, tables_within
from paritrana.parameters.page import Assumption, book_rubric, scenario_rubrics
from paritrana.parameters.rubric import rubric_path
from paritrana.record.regions import codes_of, of_codes
from paritrana.record.tables import Tables

FITTED = ("provinces", "regencies", "labour_force", "observations", "regulations", "participants_province", "flags")
Inputs = Mapping[str, str]  # what is read, in words -> its digest


@cache
def of_rubrics(rubric: str, scenarios: str) -> str:
    """The digest of the rubrics that are named; comments and layout of their files do not count."""
    rubrics = [book_rubric(rubric_path(rubric)), *scenario_rubrics(scenarios)]
    return digest("\n".join(read.model_dump_json() for read in rubrics))


def of_rubric(rubric: str) -> str:
    """The digest of one rubric."""
    return digest(book_rubric(rubric_path(rubric)).model_dump_json())


def of_spreads(year: int, rubric: str) -> Inputs:
    """What the nation says of a gap, for each indicator."""
    return spreads_of(bundled(year, rubric))


@cache
def of_gaps(year: int, rubric: str, assumption: Assumption) -> Inputs:
    """What an analysis reads of the whole country: what it says of a gap, and all that a model of gaps is fitted to."""
    spreads = of_spreads(year, rubric)
    return {**spreads, **of_record(rubric)} if assumption == "modelled" else spreads


@cache
def of_record(rubric: str) -> Inputs:
    """All that a model of gaps is fitted to, whatever the year."""
    return {"what gaps are modelled from": _of_tables(rubric, FITTED)}


def of_everything(rubric: str) -> Inputs:
    """All tables of the record, with what is announced."""
    return {"the record": _of_tables(rubric, [field.name for field in fields(Tables)])}


def _of_tables(rubric: str, names: Iterable[str]) -> str:
    """The digest of the bundled tables of these names, row by row."""
    tables = next(iter(bundled_years(rubric).values())).tables
    read = [pd.util.hash_pandas_object(getattr(tables, name), index=False).to_numpy().tobytes() for name in names]
    return digest(b"".join(read))


def spreads_of(nation: Nation) -> Inputs:
    """What a nation says of a gap, for each indicator, as digests."""
    return {f"nationwide spread of {name}": digest(repr(asdict(spread))) for name, spread in nation.spreads.items()}


@cache
def of_province(year: int, rubric: str, province: str) -> Inputs:
    """What is read of one province: its rows of each table, and the indicators derived from them."""
    return rows_of_province(bundled(year, rubric), _row_hashes(year, rubric), province)


def rows_of_province(nation: Nation, hashes: Mapping[str, pd.Series], province: str) -> Inputs:
    """The rows of each table and of each year's indicators that the pages of a province read, as digests."""
    codes = codes_of(nation.tables, province)
    read = _frames(
        tables_within(nation.tables, province),
        {near: of_codes(frame, codes) for near, frame in nation.recorded.items()},
    )
    return {name: digest(hashes[name].loc[frame.index].to_numpy().tobytes()) for name, frame in read.items()}


@cache
def _row_hashes(year: int, rubric: str) -> dict[str, pd.Series]:
    """The hashes of the bundled rows."""
    return hashes_of(bundled(year, rubric))


def hashes_of(nation: Nation) -> dict[str, pd.Series]:
    """A 64-bit hash of every row of the nation's tables and derived indicators, numbers to the last bit.

    The place of a row in its table does not count: a row that is put before it leaves it as it is.
    """
    frames = _frames(nation.tables, nation.recorded)
    numbered = {name for name, frame in frames.items() if isinstance(frame.index, pd.RangeIndex)}
    return {name: pd.util.hash_pandas_object(frame, index=name not in numbered) for name, frame in frames.items()}


def _frames(tables: Tables, recorded: Mapping[int, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The frames that a province's page reads its rows from, by what they are called where a build explains itself."""
    rows = {f"rows of {field.name}": getattr(tables, field.name) for field in fields(Tables)}
    return {**rows, **{f"indicators of {year}": frame for year, frame in recorded.items()}}
