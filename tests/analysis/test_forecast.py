"""Frozen forecasts: the committed one is whole, no other takes its place, and it is scored as results come."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from paritrana.analysis.forecast import COLUMNS, freeze, frozen_path, frozen_score, read_frozen
from paritrana.faults import InvalidInput
from paritrana.record.tables import Tables
from tests.factories import REAL

YEAR = 2025
PROVINCE = "61"


def told() -> pd.DataFrame:
    return read_frozen(YEAR)


def announced(**places: str) -> Tables:
    """The real tables with one province's result of the year, given as rank_1 and so on."""
    row = {
        "stage": "province",
        "category": "kabupaten_kota",
        "province_code": PROVINCE,
        "assessment_year": YEAR,
    }
    rows = pd.DataFrame(
        [{**row, "region_code": code, "result": rank} for rank, code in places.items()], columns=REAL.awards.columns
    )
    return replace(REAL, awards=pd.concat([REAL.awards[REAL.awards["assessment_year"] != YEAR], rows]))


def test_the_frozen_forecast_is_of_every_region_that_has_a_rival_and_its_probabilities_are_some() -> None:
    rows = told()
    assert tuple(rows.columns) == COLUMNS
    assert rows["dated"].nunique() == 1
    sizes = REAL.regencies.groupby("province_code")["kemendagri_code"].count()
    rivals = REAL.regencies[REAL.regencies["province_code"].map(sizes) > 1]
    assert sorted(rows["region_code"]) == sorted(rivals["kemendagri_code"])
    assert (rows["region_code"].str[:2] == rows["province_code"]).all()
    sums = rows.groupby("province_code")[["first", "podium"]].sum()
    np.testing.assert_allclose(sums["first"], 1, atol=1e-4)
    assert rows["first"].gt(0).all()
    # Equal scores share the better rank, so that a podium may be taken by more than three.
    assert (sums["podium"] >= np.minimum(sums.index.map(sizes), 3) - 1e-4).all()
    assert rows[["first", "podium"]].le(1).all().all()


def test_a_frozen_forecast_is_never_written_over_and_a_date_has_to_be_one(tmp_path: Path) -> None:
    path = freeze(told(), YEAR, "2026-11-27", tmp_path)
    before = path.read_bytes()
    with pytest.raises(InvalidInput) as error:
        freeze(told().assign(first=0.5), YEAR, "27-11-2026", tmp_path)
    assert [fault.value for fault in error.value.faults] == ["27-11-2026", None]
    assert "never written over" in str(error.value)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_frozen_comes_back_as_it_was(tmp_path: Path) -> None:
    freeze(told().drop(columns="dated"), YEAR, str(told()["dated"].iloc[0]), tmp_path)
    assert frozen_path(YEAR, tmp_path).read_bytes() == frozen_path(YEAR).read_bytes()


def test_a_forecast_has_no_score_before_anything_is_announced_and_one_afterwards() -> None:
    rows = told()
    here = rows[rows["province_code"] == PROVINCE]
    assert frozen_score(rows, YEAR, announced()) == {"dated": rows["dated"].iloc[0], "n": 0, "podium_n": 0}
    first, second, third = here["region_code"].iloc[:3]
    score = frozen_score(rows, YEAR, announced(rank_1=first, rank_2=second, rank_3=third))
    assert score["n"] == 1
    assert score["log_score"] == pytest.approx(np.log(here["first"].iloc[0]))
    assert score["chance"] == pytest.approx(-np.log(len(here)))
    came = np.array([1.0] * 3 + [0.0] * (len(here) - 3))
    assert score["podium_n"] == len(here)
    assert score["podium_brier"] == pytest.approx(np.mean((here["podium"] - came) ** 2))
