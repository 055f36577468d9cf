"""Forecasts that were frozen before anything was announced: made once, never anew, scored when results come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from paritrana import paths
from paritrana.analysis.contests import public
from paritrana.analysis.modelled import drawn
from paritrana.analysis.scoring import FEWEST, ranked_sample
from paritrana.engine.acceptability import acceptability_of_sample
from paritrana.engine.verification import bootstrap_error
from paritrana.estimation.estimates import Estimates
from paritrana.faults import Fault, InvalidInput, relative
from paritrana.files import write_whole
from paritrana.parameters.page import Defaults, book_rubric, province, province_codes
from paritrana.parameters.rubric import rubric_path
from paritrana.record.awards import announced
from paritrana.record.tables import Tables

FORECASTS = paths.DATA / "forecasts"
COLUMNS = ("dated", "province_code", "region_code", "first", "podium")
DECIMALS = 6
PLACES = 3  # of a podium
Report = dict[str, Any]


def frozen_path(year: int, folder: Path = FORECASTS) -> Path:
    """Where the frozen forecast of an assessment year lies."""
    return folder / f"{year}.csv"


def frozen_texts(folder: Path = FORECASTS) -> dict[str, str]:
    """The text of every frozen forecast, by assessment year."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}


def read_frozen(year: int, folder: Path = FORECASTS) -> pd.DataFrame:
    """The frozen forecast of an assessment year, columns as in COLUMNS; codes are texts."""
    return pd.read_csv(
        frozen_path(year, folder), dtype={name: str for name in COLUMNS if name not in ("first", "podium")}
    )


def forecast(estimates: Estimates, year: int, defaults: Defaults) -> pd.DataFrame:
    """The probabilities of the first place and of one of the first three, of every region of the country.

    Under random weights and modelled gaps, among all regions of a province; a province of one region has no contest.
    Columns `province_code`, `region_code`, `first` (sums to one in a province, never nil) and `podium`.
    """
    rubric = book_rubric(rubric_path(defaults.rubric))
    made = []
    for code in province_codes():
        model = drawn(estimates, province(code, {**defaults.model_dump(), "year": year}))
        if len(model.regions) < FEWEST:
            continue
        sample = ranked_sample(rubric, model.scores(rubric, public(rubric), model.regions))
        told = acceptability_of_sample(sample, draws=defaults.draws, seed=defaults.seed)
        counts = told.share[:, 0] * told.draws + 0.5
        rows = {"region_code": model.regions, "first": counts / counts.sum(), "podium": told.top(PLACES)}
        made.append(pd.DataFrame({"province_code": code, **rows}))
    return pd.concat(made, ignore_index=True).round(DECIMALS)


def freeze(told: pd.DataFrame, year: int, day: str, folder: Path = FORECASTS) -> Path:
    """Write a forecast with its date; raises InvalidInput for what is no date, and where one is frozen already."""
    path = frozen_path(year, folder)
    faults = []
    if not _is_date(day):
        faults.append(Fault("date", None, None, day, "a date was expected, such as 2026-11-27"))
    if path.exists():
        expected = "no file was expected: a frozen forecast is never written over"
        faults.append(Fault(relative(path), None, None, None, expected))
    if faults:
        raise InvalidInput(faults)
    write_whole(path, told.assign(dated=day)[list(COLUMNS)].to_csv(index=False, lineterminator="\n"))
    return path


def _is_date(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def frozen_scores(tables: Tables, folder: Path = FORECASTS) -> dict[str, Report]:
    """How good every frozen forecast was, by assessment year, as far as results are announced.

    `n` first places announced (alone) so far; with any, their `log_score` beside `chance`, and from two on the
    bootstrap `error` of the difference. `podium_n` regions in provinces with an announced podium, `podium_brier` the
    mean squared error of their probabilities of a place on it.
    """
    return {year: frozen_score(read_frozen(int(year), folder), int(year), tables) for year in frozen_texts(folder)}


def frozen_score(told: pd.DataFrame, year: int, tables: Tables) -> Report:
    """The scores of one forecast."""
    first, chance, errors = [], [], []
    for rows, podium in _with_results(told, year, tables):
        winners = [code for code, place in podium.items() if place == 1]
        if len(winners) == 1:
            first.append(float(np.log(rows.loc[winners[0], "first"])))
            chance.append(-float(np.log(len(rows))))
        if sorted(podium.values()) == list(range(1, PLACES + 1)):
            errors += list((rows["podium"] - rows.index.isin(list(podium))) ** 2)
    apart = np.array(first) - np.array(chance)
    return {
        "dated": str(told["dated"].iloc[0]),
        "n": len(first),
        **({"log_score": float(np.mean(first)), "chance": float(np.mean(chance))} if first else {}),
        **({"error": bootstrap_error(apart, seed=year)} if len(first) >= FEWEST else {}),
        "podium_n": len(errors),
        **({"podium_brier": float(np.mean(errors))} if errors else {}),
    }


def _with_results(told: pd.DataFrame, year: int, tables: Tables) -> Iterator[tuple[pd.DataFrame, Mapping[str, int]]]:
    """The rows of each province by region code, with the podium where one was announced."""
    for code, rows in told.groupby("province_code"):
        podium = announced(tables, str(code), year, list(rows["region_code"]))[1]
        if podium:
            yield rows.set_index("region_code"), podium
