"""The formulas behind shares, gaps in persons, months of cover and costs."""

from __future__ import annotations

import pandas as pd

CONTRIBUTION = 16_800  # rupiah a month, JKK 10,000 + JKM 6,800, lowest income class of non-wage workers


MONTHS = 12


def share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """part / whole, a share (1 = all): coverage over employed or labour force, vulnerable per informal worker."""
    return part / whole.where(whole > 0)


def gap_persons(participants: pd.Series, workers: pd.Series) -> pd.Series:
    """Workers not covered, persons: max(workers - participants, 0)."""
    return (workers - participants).clip(lower=0)


def person_months(budget: pd.Series) -> pd.Series:
    """Person-months of JKK + JKM that a budget buys: budget / Rp16,800."""
    return budget / CONTRIBUTION


def months_of_cover(budget: pd.Series, workers: pd.Series) -> pd.Series:
    """Months each protected worker is covered: budget / workers / Rp16,800."""
    return share(budget, workers) / CONTRIBUTION


def cost_of_cover(workers: pd.Series) -> pd.Series:
    """Rupiah that a year of JKK + JKM costs for these workers: workers x Rp16,800 x 12."""
    return workers * CONTRIBUTION * MONTHS
