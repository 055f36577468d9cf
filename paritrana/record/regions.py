"""Regions: which kabupaten/kota a province has, and the rows of a frame that are theirs."""

from __future__ import annotations

import pandas as pd

from paritrana.record.tables import Tables


def codes_of(tables: Tables, province: str) -> list[str]:
    """The codes of a province's kabupaten/kota, and its own."""
    regions = tables.regencies
    return [*regions.loc[regions["province_code"] == province, "kemendagri_code"], province]


def of_codes(frame: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """The rows of these regions in a frame whose index has a level `region_code`."""
    return frame[frame.index.get_level_values("region_code").isin(codes)]
