"""The estimates of a year as rows: what every value that the rubric scores may be, recorded or not."""

from __future__ import annotations

import json

import pandas as pd

from paritrana.analysis.modelled import SAMPLE
from paritrana.estimation.estimates import Estimates
from paritrana.record.years import YEARS
from paritrana.results.tidy import csv_text

DECIMALS = 6  # more than an estimate can say, and few enough to be the same whatever adds up first


def estimates_table(estimates: Estimates, year: int, seed: int) -> pd.DataFrame:
    """One row per region of the country and indicator, columns as in `rows.Estimate`."""
    return estimates.table(year, SAMPLE, seed).round(DECIMALS)


def estimates_texts(estimates: Estimates, seed: int) -> dict[str, str]:
    """The same as CSV, by assessment year."""
    return {str(year): csv_text(estimates_table(estimates, year, seed)) for year in YEARS}


def estimates_json(estimates: Estimates, seed: int) -> str:
    """These texts in one JSON object, as a build keeps them beside the page."""
    return json.dumps(estimates_texts(estimates, seed)) + "\n"
