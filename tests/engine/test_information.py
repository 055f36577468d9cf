"""The worth of knowing a value, against closed forms and against the decision tried on fresh draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.sampled.information import BINS, information
from paritrana.engine.scores import FULL

DRAWS = 40_000


def uniform(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).random(shape)


def in_points(values: np.ndarray) -> np.ndarray:
    """Values of 0 to 1 as scores of one criterion."""
    return np.rint(values * FULL).astype(np.int64)[:, :, None]


def test_to_know_the_one_open_value_settles_who_is_first() -> None:
    values = np.column_stack([np.full(DRAWS, 0.5), uniform(1, DRAWS)])
    found = information(in_points(values), values, seed=1)
    assert found.now == pytest.approx(0.5, abs=0.02)
    assert found.then[1] == pytest.approx(1, abs=0.002)
    assert found.then[0] == found.now


def test_of_two_open_values_one_is_worth_a_quarter() -> None:
    """Two uniform values: known that one is u, the better name is right with max(u, 1 - u), on average 3/4."""
    values = uniform(2, DRAWS, 2)
    found = information(in_points(values), values, seed=1)
    assert found.now == pytest.approx(0.5, abs=0.01)
    assert found.gain == pytest.approx(np.full(2, 0.25), abs=0.01)


def test_of_many_equal_ones_the_worth_of_one_follows_from_its_distribution() -> None:
    """N uniform values: known that one is u, it is first with p = u**(N - 1), each other with (1 - p) / (N - 1)."""
    count = 5
    values = uniform(3, DRAWS * 4, count)
    found = information(in_points(values), values, seed=1)
    edges = np.linspace(0, 1, BINS + 1)  # within a bin the name is chosen once
    own = np.diff(edges**count) / count
    others = (np.diff(edges) - own) / (count - 1)
    assert found.then == pytest.approx(np.full(count, np.maximum(own, others).sum()), abs=0.006)


def test_what_says_nothing_is_worth_nothing() -> None:
    values = uniform(4, DRAWS, 6)
    noise = uniform(5, DRAWS, 30)
    found = information(in_points(values), noise, seed=1)
    assert (np.abs(found.then - found.now) <= 4 * np.maximum(found.error, 1e-3)).all()


def test_a_value_of_two_kinds_is_told_apart() -> None:
    """A regulation is there or not: all equal values are one bin."""
    there = (uniform(6, DRAWS) < 0.7).astype(float)
    values = np.column_stack([np.full(DRAWS, 0.5), there])
    found = information(in_points(values), values, seed=1)
    assert found.now == pytest.approx(0.7, abs=0.01)
    assert found.then[1] == pytest.approx(1, abs=1e-9)


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(1, 4))
def test_to_know_more_never_costs_more_than_the_noise(seed: int, alternatives: int, criteria: int) -> None:
    rng = np.random.default_rng(seed)
    scores = (rng.random((2000, alternatives, criteria)) * FULL).astype(np.int64)
    found = information(scores, scores[:, :, 0].astype(float), seed=seed)
    assert 0 < found.now <= 1
    assert (found.then <= 1).all()
    assert (found.then - found.now >= -5 * np.maximum(found.error, 0.004)).all()


def test_the_same_seed_gives_the_same_answer_and_too_few_draws_none() -> None:
    values = uniform(7, 200, 3)
    first, again = (information(in_points(values), values, seed=9) for _ in range(2))
    assert (first.then == again.then).all()
    with pytest.raises(ValueError, match=f"at least {2 * BINS} draws were expected, 3 were found"):
        information(in_points(values[:3]), values[:3], seed=9)
