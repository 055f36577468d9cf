"""The estimates of the bundled record: what must hold of every draw, and the fit against brute force."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from paritrana.engine.scores import Floats
from paritrana.estimation.cells import cells_of
from paritrana.estimation.estimates import FIELDS, Estimates, estimate
from paritrana.estimation.evidence import expit, logit, totals, values
from paritrana.estimation.field import Field, fit, moments, solved
from paritrana.indicators.catalogue import COVERAGE, CRITERION_INDICATORS, REGULATION, VULNERABLE
from paritrana.indicators.frames import of_indicator
from paritrana.indicators.nation import Nation, survey_years
from paritrana.parameters.page import book_rubric
from paritrana.parameters.rubric import rubric_path, strength_of
from paritrana.record.tables import Tables, bundled_tables
from paritrana.record.years import YEARS

YEAR, LAMPUNG, SUMBAR = 2024, "18", "13"


@cache
def nations() -> dict[int, Nation]:
    return survey_years(bundled_tables(), YEARS, strength_of(book_rubric(rubric_path("hypothesis-a"))))


def estimated(tables: Tables) -> Estimates:
    return estimate(tables, {year: nation.recorded[year] for year, nation in nations().items()}, nations()[YEAR].picks)


@cache
def estimates() -> Estimates:
    return estimated(bundled_tables())


@cache
def drawn(province: str) -> Floats:
    return estimates().draws(province, YEAR, 400, seed=1)


def values_of(province: str, name: str) -> pd.DataFrame:
    return of_indicator(nations()[YEAR].recorded[YEAR], name).reindex(estimates().regions(province))


@pytest.mark.parametrize("name", FIELDS)
def test_draws_of_shares_lie_between_nothing_and_all_where_nothing_is_recorded(name: str) -> None:
    gaps = values_of(LAMPUNG, name)["low"].isna().to_numpy()
    inside = drawn(LAMPUNG)[:, gaps, CRITERION_INDICATORS.index(name)]
    assert gaps.any()
    assert inside.min() >= 0
    assert inside.max() <= 1
    assert (inside.std(axis=0) > 0).all()


@pytest.mark.parametrize("name", CRITERION_INDICATORS)
def test_a_recorded_value_is_in_every_draw_and_an_interval_holds_all(name: str) -> None:
    for province in (LAMPUNG, SUMBAR):
        rows = values_of(province, name)
        known = rows["low"].notna().to_numpy()
        inside = drawn(province)[:, known, CRITERION_INDICATORS.index(name)]
        low, high = (rows[end].to_numpy(np.float64)[known] for end in ("low", "high"))
        assert (inside >= low - 1e-12).all()
        assert (inside <= high + 1e-12).all()


def test_an_order_that_is_plain_in_one_article_stays_plain() -> None:
    """The shares of Lampung are on one unknown base: whatever it is, it is the same for all."""
    rows = values_of(LAMPUNG, COVERAGE.id)
    pages = rows["sources"].dropna().map(lambda ids: ids[0])
    same = rows["sources"].map(lambda ids: isinstance(ids, tuple) and ids[0] == pages.mode()[0])
    one = (same & (rows["low"] < rows["high"])).to_numpy()
    order = np.argsort(rows["low"].to_numpy(np.float64)[one])
    inside = drawn(LAMPUNG)[:, one, CRITERION_INDICATORS.index(COVERAGE.id)][:, order]
    assert one.sum() >= 10
    assert (np.diff(inside, axis=1) >= -1e-12).all()
    assert (inside.std(axis=0) > 0).all()


def test_regions_of_a_province_are_uncertain_together() -> None:
    """Their sum is more uncertain than if each were drawn by itself."""
    inside = logit(estimates().draws("53", YEAR, 3000, seed=2)[:, :, CRITERION_INDICATORS.index(COVERAGE.id)])
    inside = inside[:, inside.std(axis=0) > 0]
    assert inside.sum(axis=1).var() > 1.2 * inside.var(axis=0).sum()


def test_the_same_seed_gives_the_same_draws_and_another_others() -> None:
    again = estimates().draws(LAMPUNG, YEAR, 400, seed=1)
    assert (again == drawn(LAMPUNG)).all()
    assert (estimates().draws(LAMPUNG, YEAR, 400, seed=2) != again).any()


def test_who_won_changes_no_draw() -> None:
    tables = bundled_tables()
    without = replace(tables, awards=tables.awards.iloc[:0], jury_scores=tables.jury_scores.iloc[:0])
    assert (estimated(without).draws(LAMPUNG, YEAR, 400, seed=1) == drawn(LAMPUNG)).all()


def test_a_region_without_a_regulation_found_most_probably_has_none() -> None:
    gaps = values_of(SUMBAR, REGULATION.id)["low"].isna().to_numpy()
    inside = drawn(SUMBAR)[:, gaps, CRITERION_INDICATORS.index(REGULATION.id)]
    assert 0.02 < (inside > 0).mean() < 0.5


def without_value(field: Field, at: int) -> Field:
    """The field without one of its observations, its components as they are."""
    rest = np.arange(len(field.z)) != at
    return replace(
        field,
        rows=field.rows[rest],
        z=field.z[rest],
        noise=field.noise[np.ix_(rest, rest)],
        apart=field.apart[rest],
        observed=field.observed[rest],
        at=np.delete(field.at, at),
    )


def test_leaving_a_value_out_is_fitting_without_it() -> None:
    joint = estimates().joint
    field = joint.fields[FIELDS.index(VULNERABLE.id)]
    mean, variance = solved(joint.cells, field).left_out()
    for at in (3, 50, 120):
        means, variances = moments(joint.cells, without_value(field, at))
        assert means[field.at[at]] == pytest.approx(mean[at], abs=1e-6)
        assert variances[field.at[at]] == pytest.approx(variance[at], rel=1e-5)


def test_the_scale_of_the_field_is_undone() -> None:
    shares = np.linspace(0, 1, 101)
    assert expit(logit(shares)) == pytest.approx(shares, abs=1e-12)


def test_stated_totals_of_provinces_bring_the_sums_of_their_regions_nearer() -> None:
    tables = bundled_tables()
    cells = cells_of(tables, YEARS)
    rows = values({year: nation.recorded[year] for year, nation in nations().items()}, COVERAGE.id)
    stated = totals(tables, nations()[YEAR].picks, YEARS)

    def apart(field: Field) -> float:
        share = expit(moments(cells, field)[0])
        sums = [
            share[cells.of(year)][here] @ cells.employed[cells.of(year)][here]
            for year, provinces, _ in stated
            for here in [np.isin(cells.provinces[cells.of(year)], provinces)]
        ]
        return float(np.median(np.abs(np.log(np.array(sums) / [persons for _, _, persons in stated]))))

    assert apart(fit(cells, rows, stated)) < 0.8 * apart(fit(cells, rows, []))


def test_a_total_without_error_is_what_its_regions_sum_to() -> None:
    """One province, nothing recorded but its neighbours, and a total that is taken at its word."""
    joint = estimates().joint
    cells, field = joint.cells, joint.fields[0]
    inside = np.zeros(len(cells))
    places = [cells.at(code, YEAR) for code in estimates().regions("53")]
    inside[places] = 1 / len(places)
    told = replace(
        field,
        rows=sparse.vstack([field.rows, sparse.csr_matrix(inside)]).tocsr(),
        z=np.append(field.z, -1.0),
        noise=np.pad(field.noise, (0, 1)),
        apart=np.append(field.apart, 1e-9),
        observed=np.append(field.observed, False),
    )
    assert moments(cells, told)[0][places].mean() == pytest.approx(-1.0, abs=1e-3)


def test_every_region_has_a_row_for_every_indicator_with_its_quantiles_in_order() -> None:
    table = estimates().table(YEAR, 200, seed=1)
    assert len(table) == 514 * len(CRITERION_INDICATORS)
    assert not table.duplicated(["region_code", "indicator"]).any()
    ordered = table[["q05", "q10", "q25", "median", "q75", "q90", "q95"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= 0).all()
    recorded = set(
        table.loc[table["basis"] == "recorded", ["region_code", "indicator"]].itertuples(index=False, name=None)
    )
    assert recorded == set(nations()[YEAR].recorded[YEAR].index)
