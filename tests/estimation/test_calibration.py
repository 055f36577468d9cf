"""The factor of a spread: against what it must be in closed form, and on figures drawn with a scatter that is known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from paritrana.analysis.modelled import bundled_estimates
from paritrana.engine.scores import Floats
from paritrana.estimation.calibration import ALL_YEARS, cross_fitted, factor, factors, left_out
from paritrana.estimation.cells import INTERCEPT
from paritrana.estimation.estimates import FIELDS, Estimates
from paritrana.estimation.evidence import expit, logit
from paritrana.estimation.field import Field, fit
from paritrana.estimation.joint import Joint, join
from paritrana.indicators.catalogue import COVERAGE
from paritrana.record.years import YEARS

SCATTER = dict(zip(YEARS, (1.0, 0.75, 1.3), strict=True))  # of the errors of cells in each year, times the usual one
LOTS = 4  # of figures for the whole record


@cache
def estimates() -> Estimates:
    return bundled_estimates("hypothesis-a")


def normal(scale: float, count: int) -> Floats:
    """So many scores that are spread as those of a normal of this standard deviation, one at each of its quantiles."""
    made: Floats = scale * ndtri((np.arange(count) + 0.5) / count)
    return made


def test_with_many_values_of_a_year_its_own_scatter_decides_and_without_any_that_of_all_years() -> None:
    all_years = np.concatenate([normal(0.5, 5000), normal(1.0, 5000)])
    own = np.arange(10_000) < 5000
    assert factor(all_years, own) == pytest.approx(0.5, rel=0.01)
    assert factor(all_years, ~own) == pytest.approx(1.0, rel=0.01)
    held = 0.9 * (1 + 1 / ALL_YEARS)  # with one value beyond so many
    together = brentq(lambda end: ndtr(end / 0.5) + ndtr(end) - 1 - held, 0, 3)
    assert factor(all_years, np.zeros(10_000, dtype=bool)) == pytest.approx(together / ndtri(0.95), rel=0.01)
    assert factor(np.zeros(0), np.zeros(0, dtype=bool)) == 1


def test_where_years_scatter_alike_so_are_their_factors() -> None:
    alike = np.tile(normal(0.9, 60), 3)
    assert len({factor(alike, np.arange(180) // 60 == year) for year in range(3)}) == 1


# In thousandths: values that differ by less than the rounding of the product below would be one to it.
@given(st.lists(st.integers(10, 5000), min_size=10, max_size=80, unique=True))
def test_ranges_with_the_factor_of_a_year_hold_nine_in_ten_of_its_values_and_hardly_one_more(away: list[int]) -> None:
    scores = np.array(away) / 1000
    inside = (scores <= factor(scores, np.ones(len(scores), dtype=bool)) * ndtri(0.95) * (1 + 1e-12)).sum()
    assert 0.9 * len(scores) <= inside <= 0.9 * len(scores) + 2


def simulated(field: Field, rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Rows of an indicator with values drawn from its fitted field, but for errors that differ between years."""
    cells = estimates().cells
    sds = [INTERCEPT / 10, *field.sds[: len(cells.designs) - 1]]
    drawn = sum(
        design @ (sd * rng.standard_normal(design.shape[1]))
        for design, sd in zip(cells.designs[:-1], sds[:-1], strict=True)
    )
    error = field.cell_sd * rows["year"].map(SCATTER).to_numpy(np.float64) * rng.standard_t(5, len(rows))
    value = expit(drawn[field.at] + error)
    return rows.assign(value=value, low=value, high=value, source="")


def lot(seed: int) -> tuple[Joint, dict[str, pd.DataFrame]]:
    """The fields fitted to one lot of drawn figures."""
    made, rng = estimates(), np.random.default_rng(seed)
    used = {name: simulated(field, made.used[name], rng) for name, field in zip(FIELDS, made.joint.fields, strict=True)}
    return join(made.cells, [fit(made.cells, rows, []) for rows in used.values()]), used


def held(draws: Floats, rows: pd.DataFrame) -> pd.DataFrame:
    """Whether the 90 % range of its draws holds each value."""
    low, high = np.quantile(draws, [0.05, 0.95], axis=1)
    value = logit(rows["value"].to_numpy(np.float64))
    return rows[["year"]].assign(inside=(low <= value) & (value <= high))


@pytest.mark.slow
def test_nine_in_ten_drawn_figures_are_in_their_ranges_in_calm_years_and_in_restless_ones() -> None:
    calibrated, plain = [], []
    for seed in range(LOTS):
        joint, used = lot(seed)
        for at, rows in enumerate(used.values()):
            calibrated.append(held(cross_fitted(joint, at, rows), rows))
            plain.append(held(left_out(joint, at, len(rows)), rows))
    with_factor, without = (pd.concat(frames).groupby("year")["inside"].mean() for frames in (calibrated, plain))
    assert with_factor.to_numpy() == pytest.approx(np.full(len(YEARS), 0.9), abs=0.03), with_factor
    assert (without - 0.9).abs().max() > 0.035, without  # one error for all years is too wide or too narrow in some


def test_every_year_has_a_factor_and_one_without_figures_that_of_all_years_but_wider() -> None:
    made = estimates()
    assert set(made.calibration) == {(name, year) for name in FIELDS for year in YEARS}
    assert factors(made.joint, made.used) == made.calibration
    relabelled = {name: rows.assign(year=YEARS[0]) for name, rows in made.used.items()}
    without = factors(made.joint, relabelled)
    for name in FIELDS:
        assert 0 < without[name, YEARS[0]] <= without[name, YEARS[1]] == without[name, YEARS[2]]


def test_the_factor_of_a_left_out_value_is_that_of_the_other_regions() -> None:
    made = estimates()
    at, regions = FIELDS.index(COVERAGE.id), made.used[COVERAGE.id]["region_code"].to_numpy()
    own, field = regions == regions[0], made.joint.fields[at]
    wrong = field.z.copy()
    wrong[: len(regions)][own] += 99.0  # as if the model had missed all values of one region by far
    fields = tuple(replace(field, z=wrong) if place == at else other for place, other in enumerate(made.joint.fields))
    missed = replace(made, joint=replace(made.joint, fields=fields)).left_out(COVERAGE.id).draws
    spread, before = (np.ptp(logit(draws), axis=1) for draws in (missed, made.left_out(COVERAGE.id).draws))
    assert np.allclose(spread[own], before[own])
    assert (spread[~own] >= before[~own] - 1e-9).all()
    assert (spread[~own] > before[~own]).any()


def test_a_factor_narrows_the_draws_of_its_year_alone() -> None:
    """All that is drawn of a gap lies as much nearer to its middle as the factor says."""
    made, name = estimates(), COVERAGE.id
    half = replace(made, calibration={**made.calibration, (name, 2024): made.calibration[name, 2024] / 2})
    regions = made.regions("53")
    rows = made.recorded[2024].index
    at = next(place for place, code in enumerate(regions) if (code, name) not in rows)

    def width(which: Estimates, year: int, column: int) -> float:
        drawn = which.draws("53", year, 400, seed=1)[:, at, column]
        return float(np.ptp(logit(drawn)))

    assert width(half, 2024, 0) == pytest.approx(width(made, 2024, 0) / 2, rel=1e-6)
    assert width(half, 2023, 0) == width(made, 2023, 0)
    assert width(half, 2024, 1) == width(made, 2024, 1)
