"""Regions: which kabupaten/kota a province has, what they are called, and the rows of a frame that are theirs."""

from __future__ import annotations

import pandas as pd

from paritrana.record.tables import Tables
from paritrana.record.years import PARTICIPANTS_YEAR


def codes_of(tables: Tables, province: str) -> list[str]:
    """The codes of a province's kabupaten/kota, and its own."""
    regions = tables.regencies
    return [*regions.loc[regions["province_code"] == province, "kemendagri_code"], province]


def of_codes(frame: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """The rows of these regions in a frame whose index has a level `region_code`."""
    return frame[frame.index.get_level_values("region_code").isin(codes)]


def names(tables: Tables) -> dict[str, str]:
    """Every province and kabupaten/kota by its code, named as it is unmistakable: Kota Solok, Kab. Solok, Agam."""
    regions, provinces = tables.regencies, tables.provinces
    twins = set(regions.loc[regions["name"].duplicated(), "name"])
    named = dict(zip(provinces["kemendagri_code"], provinces["name"], strict=True))
    for code, name, level in zip(regions["kemendagri_code"], regions["name"], regions["level"], strict=True):
        plain = f"Kab. {name}" if name in twins else str(name)
        named[code] = f"Kota {name}" if level == "kota" else plain
    return named


def participants(tables: Tables) -> pd.DataFrame:
    """Active participants by province of the year that estimates and pages read; a row may count several provinces."""
    rows = tables.participants_province
    return rows[rows["year"] == PARTICIPANTS_YEAR]
