"""Geometric means in whole numbers: ties of equal products are exact, and no order of scores is lost."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.acceptability import acceptability
from paritrana.engine.confidence import confidence_factors
from paritrana.engine.logarithms import OCTAVE, geometric_points, log_scores, rounded_logs
from paritrana.engine.rank_range import rank_ranges
from paritrana.engine.ranks import ranks
from paritrana.engine.scores import FULL, LARGEST, POINT
from paritrana.engine.smallest import lift
from paritrana.engine.spaces import simplex
from paritrana.engine.stability import stability
from paritrana.engine.table import Scored

often = settings(derandomize=True, deadline=None, max_examples=300)
EVEN = np.array([1, 1])


def test_all_whole_points_of_equal_product_tie_and_no_others() -> None:
    points = np.arange(1, 101)
    sums = log_scores(points * POINT)[:, None] + log_scores(points * POINT)[None]
    products = points[:, None] * points[None]
    assert len(np.unique(sums)) == len(np.unique(products))
    order = np.argsort(products, axis=None)
    assert (np.sign(np.diff(sums.ravel()[order])) == np.sign(np.diff(products.ravel()[order]))).all()


@often
@given(
    st.lists(st.tuples(*[st.integers(0, 40)] * 3), min_size=2, max_size=6),
    st.tuples(*[st.integers(0, 5)] * 3).filter(any),
)
def test_ranks_are_those_of_exact_products_of_powers(rows: list[tuple[int, ...]], parts: tuple[int, ...]) -> None:
    # A score of nothing counts as a millionth of a point.
    exact = []
    for row in rows:
        product = Fraction(1)
        for score, part in zip(row, parts, strict=True):
            product *= max(Fraction(score), Fraction(1, POINT)) ** part
        exact.append(product)
    table = Scored.exact(np.array(rows) * POINT).geometric().weighted(np.array(parts))
    assert ranks(table.totals[0]).tolist() == [1 + sum(other > own for other in exact) for own in exact]
    assert (geometric_points(np.array(rows) * POINT, np.array(parts)) >= 0).all()


def test_the_next_millionth_of_a_point_is_always_more() -> None:
    for start in (1, 50 * POINT, FULL - 20_000):
        made = log_scores(np.arange(start, start + 20_001))
        assert (np.diff(made) > 0).all()
    scores = np.random.default_rng(1).integers(1, LARGEST, 20_000)
    assert np.abs(log_scores(scores) - OCTAVE * np.log2(scores)).max() < 2
    assert np.abs(rounded_logs(scores) - OCTAVE * np.log2(scores)).max() <= 0.5
    assert log_scores(np.array([[0, 1], [LARGEST, 0]])).tolist() == [[0, 0], [8_765_456_620, 0]]


def test_a_total_of_logarithms_is_exact_with_drawn_weights_too() -> None:
    most = int(log_scores(np.array([LARGEST]))[0])
    assert most <= LARGEST
    assert LARGEST * (1_000_000 + 700) < 2**53


def test_equal_means_are_equal_numbers() -> None:
    rows = np.array([[20, 90], [30, 60], [90, 20], [45, 40]]) * POINT
    assert set(geometric_points(rows, EVEN)) == {42.426406871}


def test_a_gap_is_drawn_in_points() -> None:
    # A's unknown score is uniform on 0 to 100: A is ahead of 30 x 61 where it is above 30.5.
    low, high = np.array([[0, 60], [30, 61]]) * POINT, np.array([[100, 60], [30, 61]]) * POINT
    table = Scored(low, high).geometric().weighted(EVEN)
    draws = 100_000
    fixed = acceptability(table, draws=draws, seed=1, parts=EVEN).share[:, 0]
    error = np.sqrt(0.695 * 0.305 / draws)
    assert np.abs(fixed - [0.695, 0.305]).max() <= 4 * error
    # Over all weights: an own Monte Carlo of two million draws of weights and points gave 0.671.
    over = acceptability(table, draws=draws, seed=1, central=True)
    assert over.share[:, 0] == pytest.approx([0.671, 0.329], abs=0.006)
    even = np.full((2, 2), 0.5)
    found = confidence_factors(table, even, draws=draws, seed=1)
    assert np.abs(found.share - [0.695, 0.305]).max() <= 4 * error


def test_what_lies_in_the_middle_is_the_middle_in_points() -> None:
    low, high = np.array([[0, 60], [30, 61]]) * POINT, np.array([[100, 60], [30, 61]]) * POINT
    table = Scored(low, high).geometric().weighted(EVEN)
    # 50 x 60 is ahead of 30 x 61 already: nothing has to change.
    assert lift(table, 0, 1, simplex(2)).distance == 0
    assert ranks(table.twice_middle @ EVEN).tolist() == [1, 2]
    # Equal where (50/30)**w = (61/60)**(1 - w).
    tie = np.log(61 / 60) / (np.log(61 / 60) + np.log(50 / 30))
    assert stability(table).leader.low[0] == pytest.approx(tie, abs=1e-6)
    assert table.rows([1]).twice_middle.tolist() == table.twice_middle[1:].tolist()


def test_a_tie_of_products_is_known_to_every_method() -> None:
    table = Scored.exact(np.array([[20, 90], [30, 60], [90, 20]]) * POINT).geometric().weighted(EVEN)
    fixed = acceptability(table, draws=100, seed=1, parts=EVEN)
    assert fixed.share[:, 0].tolist() == [1, 1, 1]
    assert [lift(table, own, 1, simplex(2)).distance for own in range(3)] == [0, 0, 0]
    assert rank_ranges(table, simplex(2)).best.tolist() == [1, 1, 1]
    span = stability(table).leader
    assert (span.low[0], span.high[0]) == (0.5, 0.5)


def test_every_drawn_total_lies_between_the_ends() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        ends = np.sort(rng.choice([0, 1, 5, POINT, 99 * POINT, FULL], (2, 5, 3)), axis=0)
        table = Scored(*ends).geometric()
        found = rank_ranges(table, simplex(3))
        share = acceptability(table, draws=300, seed=2).share > 0
        for own, (best, worst) in enumerate(zip(found.best, found.worst, strict=True)):
            assert best <= 1 + np.flatnonzero(share[own]).min() <= 1 + np.flatnonzero(share[own]).max() <= worst
