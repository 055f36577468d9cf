"""Reliability: bins counted by hand, and what results say of the weights where there is no result."""

import numpy as np
import pytest

from paritrana.analysis.backtest import Left
from paritrana.analysis.contests import Contest
from paritrana.analysis.reliability import first_places, podium_places, reliability, weights_told

CODES = ("99.01", "99.02", "99.03", "99.04")


def contest(places: dict[str, int]) -> Contest:
    scores = np.tile(np.array([[90, 10], [10, 90], [5, 5], [1, 1]]), (8, 1, 1))
    shares = np.array([[0.6, 0.2, 0.1, 0.1], [0.4, 0.3, 0.2, 0.1], [0, 0.3, 0.4, 0.3], [0, 0.2, 0.3, 0.5]])
    return Contest(2024, "99", CODES, places, shares, np.full((4, 4), 0.25), 10**9, scores)


def test_a_bin_says_how_often_it_came_and_how_many_there_were() -> None:
    low, high = reliability(np.array([0.0, 0.05, 0.5, 0.7, 1.0]), np.array([False, True, True, False, True]))
    assert (low.count, high.count) == (2, 3)
    assert (low.forecast, high.forecast) == pytest.approx((0.025, 2.2 / 3))
    assert (low.observed, high.observed) == pytest.approx((0.5, 2 / 3))
    assert high.low < high.observed < high.high


def test_places_are_told_of_every_candidate_where_they_were_announced() -> None:
    whole, without_first = contest({"99.01": 1, "99.03": 2, "99.02": 3}), contest({"99.02": 2})
    shares, came = first_places([whole, without_first])
    assert shares == pytest.approx([0.6, 0.4, 0, 0], abs=1e-6)
    assert came.tolist() == [True, False, False, False]
    shares, came = podium_places([whole, without_first])
    assert shares == pytest.approx([0.9, 0.9, 0.7, 0.5])
    assert came.tolist() == [True, True, True, False]


def test_a_winner_strong_in_one_criterion_makes_its_weight_larger_and_no_winner_says_nothing() -> None:
    told = weights_told([contest({"99.01": 1})] * 5, seed=1)
    assert told is not None
    assert told.mean[0] > 0.6
    assert weights_told([contest({"99.02": 2})], seed=1) is None


def test_the_reach_of_a_value_is_the_level_of_the_narrowest_range_that_holds_it() -> None:
    draws = np.tile(np.linspace(0, 1, 1001), (3, 1))
    value = np.array([0.5, 0.95, 2.0])
    left = Left("coverage_employed", 2024, value, draws, np.zeros(3), np.ones(3))
    assert left.reach == pytest.approx([0, 0.9, 1], abs=0.002)
    assert left.reach_plausible.tolist() == pytest.approx([0, 0.9, np.inf])
