"""Rank acceptabilities against closed forms, within four standard errors of the draws."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.acceptability import BLOCK, Acceptability, acceptability
from paritrana.engine.ranks import rank_range_of_gaps, ranks
from paritrana.engine.scores import FULL, POINT, Floats, Ints, totals

CASES = json.loads((Path(__file__).parent / "cases" / "analytic" / "expected.json").read_text(encoding="utf-8"))
DRAWS = 20_000
rarely = settings(derandomize=True, deadline=None, max_examples=40)


def known(scores: Any, parts: list[int] | None = None, draws: int = DRAWS, seed: int = 1) -> Acceptability:
    """Acceptabilities of scores without gaps."""
    table = np.array(scores)
    return acceptability(table, table, draws=draws, seed=seed, parts=None if parts is None else np.array(parts))


def gaps(low: list[list[float]], high: list[list[float]], parts: list[int], seed: int = 1) -> Acceptability:
    """Acceptabilities of values in points inside gaps, under fixed weights."""
    ends = [(np.array(end) * POINT).astype(np.int64) for end in (low, high)]
    return acceptability(*ends, draws=DRAWS, seed=seed, parts=np.array(parts))


def points(case: str) -> Ints:
    """The matrix of a case, its values from 0 to 1 as points from 0 to 100."""
    return (np.array(CASES[case]["X"]) * FULL).astype(np.int64)


def close(share: Any, expected: Any) -> bool:
    """Whether shares lie within four standard errors of what they should be."""
    expected = np.broadcast_to(expected, np.shape(share))
    return bool((np.abs(share - expected) <= 4 * np.sqrt(expected * (1 - expected) / DRAWS)).all())


def random_table(count: int, criteria: int, seed: int = 1) -> tuple[Ints, Ints]:
    ends = np.random.default_rng(seed).integers(0, FULL, (2, count, criteria))
    return ends.min(axis=0), ends.max(axis=0)


def test_each_of_equals_takes_each_rank_equally_often() -> None:
    count = CASES["identity"]["K"]
    assert close(known(np.eye(count, dtype=np.int64) * FULL).share, 1 / count)


def test_three_alternatives_on_two_criteria_are_first_as_often_as_their_weights_allow() -> None:
    assert close(known(points("two_criteria")).top(1), CASES["two_criteria"]["first"])


def test_what_is_first_on_a_knife_edge_only_is_never_first_in_the_draws() -> None:
    assert close(known(points("knife_edge")).top(1), CASES["knife_edge"]["first"])


def test_on_the_knife_edge_itself_all_are_first() -> None:
    assert known(points("knife_edge"), parts=[1, 1, 0]).top(1).tolist() == [1, 1, 1]


def test_dominance_leaves_one_rank_each() -> None:
    assert known(np.array(CASES["dominated"]["X"]) * POINT).share.tolist() == np.eye(3).tolist()


def test_twins_share_their_rank_in_every_draw() -> None:
    share = known([[FULL, 0], [FULL, 0], [0, FULL]]).share
    assert (share[0] == share[1]).all()
    assert close(share, [[0.5, 0.5, 0], [0.5, 0.5, 0], [0.5, 0, 0.5]])


def test_weights_are_uniform_on_the_simplex_and_not_normalised_uniforms() -> None:
    """Of three criteria the first outweighs the others together with probability 1/4 (normalised uniforms: 1/6)."""
    first = known([[FULL, 0, 0], [0, FULL, FULL]]).top(1)
    assert close(first, [1 / 4, 3 / 4])


@pytest.mark.parametrize(
    ("low", "high", "probability"),
    [
        ([[0], [0]], [[100], [100]], 1 / 2),
        ([[0], [50]], [[100], [100]], 1 / 4),
        ([[0], [50]], [[100], [50]], 1 / 2),
        ([[20], [50]], [[60], [90]], 1 / 32),  # a triangle of 10 x 10 / 2 in a field of 40 x 40
        ([[60], [0]], [[100], [50]], 1),
    ],
)
def test_of_two_uniform_values_the_greater_is_first_as_geometry_says(
    low: list[list[float]], high: list[list[float]], probability: float
) -> None:
    assert close(gaps(low, high, [1]).top(1), [probability, 1 - probability])


def test_two_gaps_of_one_alternative_add_up_by_their_weights() -> None:
    """The sum of a uniform value of weight 2 and one of weight 1 beats 2.5 of 3 on a triangle of 1/2 x 1/4 / 2."""
    first = gaps([[0, 0], [2500 / 30, 2500 / 30]], [[100, 100], [2500 / 30, 2500 / 30]], [2, 1]).top(1)
    assert close(first, [1 / 16, 15 / 16])


def test_without_gaps_fixed_weights_give_the_one_rank_in_all_draws() -> None:
    scores, parts = random_table(38, 7)[0] // (10 * POINT) * POINT, [30, 20, 10, 10, 10, 10, 10]
    rank = ranks(totals(scores, np.array(parts)))
    assert len(set(rank.tolist())) < 38  # ties are among them
    assert (known(scores, parts).share[np.arange(38), rank - 1] == 1).all()


@pytest.mark.parametrize("parts", [None, np.array([1, 1, 1])])
def test_the_ranks_of_each_alternative_sum_to_one(parts: Ints | None) -> None:
    low, high = random_table(9, 3)
    result = acceptability(low, high, draws=3001, seed=5, parts=parts)
    assert result.share.sum(axis=1) == pytest.approx(np.ones(9), abs=1e-12)
    assert (result.share * 3001 == pytest.approx(np.rint(result.share * 3001))) and (result.share >= 0).all()


def test_the_same_seed_gives_the_same_digits() -> None:
    low, high = random_table(12, 4)
    one, other = (acceptability(low, high, draws=5000, seed=7) for _ in range(2))
    assert one.share.tobytes() == other.share.tobytes()


def test_another_seed_gives_other_draws() -> None:
    low, high = random_table(12, 4)
    assert (
        acceptability(low, high, draws=500, seed=7).share != acceptability(low, high, draws=500, seed=8).share
    ).any()


def test_more_draws_continue_the_draws_of_fewer() -> None:
    """The first block is the same, so that a result can be refined."""
    low, high = random_table(5, 3)
    one, two = (acceptability(low, high, draws=blocks * BLOCK, seed=7).share * blocks for blocks in (1, 2))
    assert (two - one >= 0).all()


@rarely
@given(st.integers(2, 6), st.integers(1, 4), st.integers(0, 2**32 - 1), st.booleans())
def test_draws_under_fixed_weights_stay_inside_the_exact_range(count: int, width: int, seed: int, ties: bool) -> None:
    low, high = random_table(count, width, seed)
    if ties:
        low, high = low // (50 * POINT), high // (50 * POINT)
    parts = np.arange(1, width + 1)
    best, worst = rank_range_of_gaps(totals(low, parts), totals(high, parts))
    share = acceptability(low, high, draws=300, seed=seed, parts=parts).share
    place = np.arange(1, count + 1)
    assert (share[(place < best[:, None]) | (place > worst[:, None])] == 0).all()


@rarely
@given(st.integers(0, 2**32 - 1))
def test_rows_in_another_order_give_the_shares_in_that_order(seed: int) -> None:
    scores = np.random.default_rng(seed).integers(0, 4, (7, 3)) * POINT
    order = np.random.default_rng(seed).permutation(7)
    assert (known(scores[order], draws=500).share == known(scores, draws=500).share[order]).all()


@rarely
@given(st.integers(0, 2**32 - 1))
def test_a_dominated_newcomer_changes_no_share_above_it(seed: int) -> None:
    scores = np.random.default_rng(seed).integers(1, 5, (6, 3)) * POINT
    before = known(scores, draws=500).share
    after = known(np.vstack([scores, scores.min(axis=0) - 1]), draws=500).share
    assert (after[:6, :6] == before).all()
    assert after[6].tolist() == [0] * 6 + [1]


def central(share: Floats, coverage: float) -> tuple[list[int], list[int]]:
    """The central ranks by going through them one by one."""
    tail = (1 - coverage) / 2
    best, worst = [], []
    for row in share:
        running = [sum(row[: place + 1]) for place in range(len(row))]
        best.append(next(place for place, sum_ in enumerate(running, 1) if sum_ > tail + 1e-9))
        worst.append(next(place for place, sum_ in enumerate(running, 1) if sum_ >= 1 - tail - 1e-9))
    return best, worst


@pytest.mark.parametrize("coverage", [0.5, 0.9, 0.95, 1])
def test_the_rank_interval_leaves_out_as_much_as_it_may_on_each_side(coverage: float) -> None:
    low, high = random_table(12, 4)
    result = acceptability(low, high, draws=1000, seed=3)
    best, worst = result.rank_interval(coverage)
    assert (best.tolist(), worst.tolist()) == central(result.share, coverage)


def test_a_tail_of_exactly_the_share_outside_is_left_out() -> None:
    result = Acceptability(np.array([[0.05, 0.9, 0.05]]), 100, 1)
    assert [end.tolist() for end in result.rank_interval(0.9)] == [[2], [2]]
    assert [end.tolist() for end in result.rank_interval(0.91)] == [[1], [3]]


def test_top_and_expected_rank_are_sums_over_the_ranks() -> None:
    result = Acceptability(np.array([[0.5, 0.25, 0.25], [0.125, 0.5, 0.375], [0.375, 0.25, 0.375]]), 100, 1)
    assert result.top(1).tolist() == [0.5, 0.125, 0.375]
    assert result.top(2).tolist() == [0.75, 0.625, 0.625]
    assert result.top(3).tolist() == [1, 1, 1]
    assert result.expected_rank.tolist() == [1.75, 2.25, 2]


def test_the_standard_error_is_the_binomial_one() -> None:
    result = Acceptability(np.array([[0.2, 0.8], [0, 1]]), 400, 1)
    assert result.standard_error == pytest.approx(np.array([[0.02, 0.02], [0, 0]]))


@pytest.mark.parametrize("count", [38, 514])
def test_the_nation_runs_in_bounded_memory(count: int) -> None:
    low, high = random_table(count, 7)
    tracemalloc.start()
    try:
        result = acceptability(low, high, draws=20_000, seed=16800)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200e6
    assert result.share.sum() == pytest.approx(count)


def test_scores_too_large_to_be_ranked_exactly_are_refused() -> None:
    with pytest.raises(ValueError, match="too large to rank 2 alternatives exactly"):
        known([[2**62], [0]], parts=[1], draws=1)
