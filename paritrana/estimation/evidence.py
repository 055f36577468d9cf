"""What the record says of the field: values on the logit scale, what is uncertain of them, and totals of provinces."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from paritrana.engine.scores import Floats
from paritrana.indicators.frames import figures, of_indicator
from paritrana.record.picking import Picks
from paritrana.record.regions import participants
from paritrana.record.tables import Tables
from paritrana.record.years import PARTICIPANTS_YEAR

START = 0.003  # keeps shares of 0 and 1 on the scale; of the starts tried (0 to 0.05) left-out values favour it
NINETY = 3.29  # standard deviations between the 5th and the 95th percentile of a normal


def values(recorded: Mapping[int, pd.DataFrame], name: str) -> pd.DataFrame:
    """The recorded values of an indicator in all years, one row per region and year (index 0, 1, ...).

    `value` is the middle of the interval, `low` and `high` its ends; `source` names the page whose unknown base a
    converted share stands on, and is empty elsewhere. Left out are values flagged doubtful and those of 100 % or
    more, whose base is not the region's own workers.
    """
    frames = [of_indicator(frame, name).assign(year=year).reset_index() for year, frame in recorded.items()]
    rows = pd.concat(frames, ignore_index=True).astype({"low": float, "high": float})
    rows["value"] = (rows["low"] + rows["high"]) / 2
    rows = rows[(rows["value"] < 1) & ~rows["doubtful"].astype(bool)].reset_index(drop=True)
    return rows.assign(source=bases(rows))[["region_code", "year", "value", "low", "high", "source"]]


def bases(rows: pd.DataFrame) -> pd.Series:
    """The page on whose unknown base each derived value stands: its id, or "" where the base is known."""
    unknown = (rows["kind"] == "converted") & (rows["low"] > 0) & (rows["low"] < rows["high"])
    return pd.Series([ids[0] if on else "" for ids, on in zip(rows["sources"], unknown, strict=True)], rows.index)


def logit(shares: Floats) -> Floats:
    """Logarithm of the odds of shares, started so that 0 and 1 have one too (Mosteller and Tukey 1977)."""
    inside = np.clip(shares, 0, 1)
    made: Floats = np.log((inside + START) / (1 - inside + START))
    return made


def expit(field: Floats) -> Floats:
    """Shares from logarithms of odds, 0 to 1."""
    made: Floats = np.clip((1 + 2 * START) / (1 + np.exp(-field)) - START, 0, 1)
    return made


def steepness(shares: Floats) -> Floats:
    """How much `logit` rises with the logarithm of a share."""
    return shares / (shares + START) + shares / (1 - shares + START)


def noise(rows: pd.DataFrame) -> Floats:
    """Covariance (n, n) of what is uncertain of the recorded values, on the logit scale.

    A share on an unknown base is the stated share times an unknown ratio, one for all that a source says: its
    logarithm is normal, with 90 % between the plausible bases. Where sources disagree the value is uniform between
    them, independently.
    """
    low, high = (np.maximum(rows[end].to_numpy(np.float64), START) for end in ("low", "high"))
    width, steep = np.log(high / low), steepness(rows["value"].to_numpy(np.float64))
    converted = (rows["source"] != "").to_numpy()
    sd = width * steep / np.where(converted, NINETY, np.sqrt(12))
    label = np.where(converted, rows["source"], [f"row {at}" for at in range(len(rows))])
    same: Floats = (label[:, None] == label[None, :]) * np.outer(sd, sd)
    return same


def totals(
    tables: Tables, picks: Mapping[int, Picks], years: tuple[int, ...]
) -> list[tuple[int, tuple[str, ...], float]]:
    """Stated participants of provinces: year, the provinces that the count spans, persons.

    Of 2023 those of the ministry (Kemnaker 2024), of other years what the record has.
    """
    rows = participants(tables)
    stated = [
        (PARTICIPANTS_YEAR, tuple(str(row.kemendagri_codes).split()), float(row.active_participants))
        for row in rows.itertuples()
    ]
    for year in years:
        found = figures(picks[year], "active_participants")
        told = found.index.isin(tables.provinces["kemendagri_code"]) & (year != PARTICIPANTS_YEAR)
        provinces = found[told]
        middle = provinces[["low", "high"]].astype(float).mean(axis=1)
        stated += [(year, (str(code),), float(value)) for code, value in middle.items()]
    return [row for row in stated if row[0] in years]
