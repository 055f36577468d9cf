"""Kendall's W: published cases, brute force, and what must hold whatever the scores are."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.concordance import concordance, weighted_spearman, ws_coefficient


def by_hand(scores: np.ndarray) -> float:
    """W from its definition, ranks by counting and the correction for ties written out."""
    judges, count = scores.shape
    ranks = np.array([[(row < own).sum() + ((row == own).sum() + 1) / 2 for own in row] for row in scores])
    spread = ((ranks.sum(axis=0) - judges * (count + 1) / 2) ** 2).sum()
    ties = sum(size**3 - size for row in scores for size in np.unique(row, return_counts=True)[1])
    return float(12 * spread / (judges**2 * (count**3 - count) - judges * ties))


def test_the_example_of_siegel_has_its_published_value() -> None:
    """Siegel 1956, Nonparametric statistics, table 9.8: three executives on six applicants, s = 25.5, W = 0.16."""
    ranks = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float)
    assert concordance(-ranks, seed=1).w == pytest.approx(25.5 / 157.5)


@st.composite
def sheets(draw: st.DrawFn) -> np.ndarray:
    """Scores of two to five judges for three to seven alternatives, with many ties."""
    judges, count = draw(st.integers(2, 5)), draw(st.integers(3, 7))
    row = st.lists(st.integers(0, 4), min_size=count, max_size=count)
    return np.array(draw(st.lists(row, min_size=judges, max_size=judges)), dtype=float)


@given(sheets())
@settings(max_examples=60, deadline=None)
def test_it_is_what_its_definition_says_with_ties_too(scores: np.ndarray) -> None:
    found = concordance(scores, seed=1, draws=10)
    if (scores == scores[:, :1]).all(axis=1).any():
        assert np.isnan(found.w)
    else:
        assert found.w == pytest.approx(by_hand(scores))
        assert -1e-12 <= found.w <= 1 + 1e-12


def test_one_order_agrees_wholly_and_two_that_are_reversed_not_at_all() -> None:
    order = np.arange(6.0)
    assert concordance(np.array([order, order * 2, order - 9]), seed=1).w == pytest.approx(1)
    assert concordance(np.array([order, -order]), seed=1).w == pytest.approx(0)


def test_the_permutation_test_agrees_with_all_deals_counted() -> None:
    scores = np.array([[1, 2, 3], [1, 3, 2], [1, 2, 2]], dtype=float)
    deals = [np.array(deal, dtype=float) for deal in product(*(list(permutations(row)) for row in scores))]
    exact = float(np.mean([by_hand(deal) >= by_hand(scores) - 1e-9 for deal in deals]))
    found = concordance(scores, seed=1, draws=40_000)
    assert found.by_permutation == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 40_000) ** 0.5)


def test_agreement_by_chance_is_rarely_called_more() -> None:
    rng = np.random.default_rng(7)
    chances = [concordance(rng.random((3, 5)), seed=at, draws=300).by_permutation for at in range(300)]
    assert 0.02 < np.mean(np.array(chances) <= 0.05) < 0.09


def test_the_same_seed_gives_the_same_and_a_gap_is_refused() -> None:
    scores = np.random.default_rng(1).random((4, 6))
    assert concordance(scores, seed=3) == concordance(scores, seed=3)
    with pytest.raises(ValueError, match="two judges and three alternatives"):
        concordance(scores[:1], seed=1)
    with pytest.raises(ValueError, match="NaN was found"):
        concordance(np.full((2, 3), np.nan), seed=1)


def test_two_rankings_have_their_published_coefficients() -> None:
    """Salabun and Urbaniak 2020, as the tests of pyrepo-mcda have them: second and third exchanged, of five."""
    one, other = np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 4, 5])
    assert ws_coefficient(one, other) == pytest.approx(0.8542, abs=5e-5)
    assert weighted_spearman(one, other) == pytest.approx(0.8833, abs=5e-5)


@pytest.mark.parametrize("count", [2, 3, 5, 6])
def test_rankings_are_nearest_to_themselves_and_farthest_from_their_reverse(count: int) -> None:
    own = np.arange(1.0, count + 1)
    orders = [np.array(order, dtype=float) for order in permutations(own)]
    assert weighted_spearman(own, own) == ws_coefficient(own, own) == 1
    assert min(weighted_spearman(own, order) for order in orders) == pytest.approx(-1)
    assert weighted_spearman(own, own[::-1]) == pytest.approx(-1)
    assert all(0 <= ws_coefficient(own, order) < 1 for order in orders[1:])


def test_an_exchange_at_the_top_costs_more_than_one_at_the_end() -> None:
    own, top, end = np.arange(1.0, 7), np.array([2.0, 1, 3, 4, 5, 6]), np.array([1.0, 2, 3, 4, 6, 5])
    assert ws_coefficient(own, top) < ws_coefficient(own, end)
    assert weighted_spearman(own, top) < weighted_spearman(own, end)
    with pytest.raises(ValueError, match="two rankings of the same two alternatives or more"):
        ws_coefficient(own, own[:3])
