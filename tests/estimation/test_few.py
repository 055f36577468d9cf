"""Pooled indicators against their published forms and by counting draws."""

import numpy as np
import pandas as pd
import pytest

from paritrana.estimation.few import GROWTH_MEAN, AllOrPart, Like, Pooled, Unseen

DRAWS = 40_000


def found(pages: list[int], strength: float = 0.7) -> pd.DataFrame:
    """Regulations that were found on so many pages each."""
    sources = [tuple(f"S{at}" for at in range(count)) for count in pages]
    return pd.DataFrame({"low": strength, "high": strength, "sources": sources})


def test_without_a_value_growth_is_the_prior() -> None:
    drawn = Pooled.of(np.zeros(0)).draw(DRAWS, 1, np.random.default_rng(1))
    assert np.median(drawn) == pytest.approx(GROWTH_MEAN, abs=0.01)


def test_many_values_of_growth_leave_nothing_of_the_prior() -> None:
    values = np.random.default_rng(2).normal(0.3, 0.05, 2000)
    drawn = Pooled.of(values).draw(DRAWS, 1, np.random.default_rng(1))
    assert drawn.mean() == pytest.approx(0.3, abs=0.01)
    assert drawn.std() == pytest.approx(0.05, abs=0.01)


def test_few_values_of_growth_share_what_is_uncertain_of_their_mean() -> None:
    """Predictive covariance of two regions is that of the mean: scale / (shape - 1) / values."""
    pooled = Pooled.of(np.array([0.0, 0.1, 0.3, 0.25, 0.1]))
    drawn = pooled.draw(DRAWS * 5, 2, np.random.default_rng(1))
    expected = pooled.scale / (pooled.shape - 1) / pooled.values
    assert np.cov(drawn.T)[0, 1] == pytest.approx(expected, rel=0.1)


def test_the_chance_of_all_is_the_rule_of_succession() -> None:
    """Laplace: (full + 1) / (all + 2)."""
    drawn = AllOrPart.of(np.array([1.0, 1.0, 0.999, 0.4])).draw(DRAWS, 3, np.random.default_rng(1))
    assert (drawn == 1).mean() == pytest.approx(4 / 6, abs=0.01)
    assert drawn.min() >= 0


def test_missed_regulations_are_chaos_estimate() -> None:
    """Chao 1987, in its form without bias: 10 found once and 4 twice give 10 x 9 / (2 x 5) = 9 missed."""
    unseen = Unseen.of(found([1] * 10 + [2] * 4 + [3]), regions=115)
    assert unseen.mean == pytest.approx(9.5 / 101)
    drawn = unseen.draw(DRAWS, 4, np.random.default_rng(1))
    assert (drawn > 0).mean() == pytest.approx(9.5 / 101, abs=0.01)
    assert set(np.unique(drawn)) == {0.0, 0.7}


def test_where_no_regulation_was_found_none_is_drawn() -> None:
    assert not Unseen.of(found([]), regions=20).draw(100, 3, np.random.default_rng(1)).any()


def test_an_indicator_without_a_model_is_like_what_is_recorded_of_it() -> None:
    values = np.array([0.2, 0.4, 0.9])
    drawn = Like(values).draw(30_000, 2, np.random.default_rng(1))
    for value in values:
        assert np.isclose(drawn, value).mean() == pytest.approx(1 / 3, abs=0.01)
    assert np.isnan(Like(np.array([])).draw(5, 2, np.random.default_rng(1))).all()
