"""Rank acceptabilities against closed forms, within four standard errors of the draws."""

import json
import tracemalloc
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.acceptability import acceptability, acceptability_of_sample
from paritrana.engine.confidence import Confidence, confidence_factors
from paritrana.engine.ranks import rank_range_of_gaps, ranks
from paritrana.engine.rules import Rule, Ties
from paritrana.engine.sampled import draws as module
from paritrana.engine.sampled.draws import BLOCK, row_ranks
from paritrana.engine.sampled.shares import Acceptability, CentralWeights, Pairwise
from paritrana.engine.scores import FULL, POINT, Floats, Ints, totals
from paritrana.engine.spaces import WeightSpace, box, linear, order, simplex
from paritrana.engine.table import Scored
from paritrana.paths import DATA

CASES = json.loads((DATA / "cases" / "analytic" / "expected.json").read_text(encoding="utf-8"))
DRAWS = 20_000
rarely = settings(derandomize=True, deadline=None, max_examples=40)


def known(scores: Any, parts: list[int] | None = None, draws: int = DRAWS, seed: int = 1) -> Acceptability:
    """Acceptabilities of scores without gaps."""
    table = np.array(scores)
    return acceptability(Scored.exact(table), draws=draws, seed=seed, parts=None if parts is None else np.array(parts))


def gaps(low: list[list[float]], high: list[list[float]], parts: list[int], seed: int = 1) -> Acceptability:
    """Acceptabilities of values in points inside gaps, under fixed weights."""
    ends = [(np.array(end) * POINT).astype(np.int64) for end in (low, high)]
    return acceptability(Scored(*ends), draws=DRAWS, seed=seed, parts=np.array(parts))


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
    result = acceptability(Scored(low, high), draws=3001, seed=5, parts=parts)
    assert result.share.sum(axis=1) == pytest.approx(np.ones(9), abs=1e-12)
    assert (result.share * 3001 == pytest.approx(np.rint(result.share * 3001))) and (result.share >= 0).all()


def test_the_same_seed_gives_the_same_digits() -> None:
    low, high = random_table(12, 4)
    one, other = (acceptability(Scored(low, high), draws=5000, seed=7) for _ in range(2))
    assert one.share.tobytes() == other.share.tobytes()


def test_another_seed_gives_other_draws() -> None:
    low, high = random_table(12, 4)
    assert (
        acceptability(Scored(low, high), draws=500, seed=7).share
        != acceptability(Scored(low, high), draws=500, seed=8).share
    ).any()


def test_more_draws_continue_the_draws_of_fewer() -> None:
    """The first block is the same, so that a result can be refined."""
    low, high = random_table(5, 3)
    one, two = (acceptability(Scored(low, high), draws=blocks * BLOCK, seed=7).share * blocks for blocks in (1, 2))
    assert (two - one >= 0).all()


@rarely
@given(st.integers(2, 6), st.integers(1, 4), st.integers(0, 2**32 - 1), st.booleans())
def test_draws_under_fixed_weights_stay_inside_the_exact_range(count: int, width: int, seed: int, ties: bool) -> None:
    low, high = random_table(count, width, seed)
    if ties:
        low, high = low // (50 * POINT), high // (50 * POINT)
    parts = np.arange(1, width + 1)
    best, worst = rank_range_of_gaps(totals(low, parts), totals(high, parts))
    share = acceptability(Scored(low, high), draws=300, seed=seed, parts=parts).share
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
    result = acceptability(Scored(low, high), draws=1000, seed=3)
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
        result = acceptability(Scored(low, high), draws=20_000, seed=16800)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 200e6
    assert result.share.sum() == pytest.approx(count)


def test_scores_too_large_to_be_ranked_exactly_are_refused() -> None:
    with pytest.raises(ValueError, match="too large to rank 2 alternatives exactly"):
        known([[2**62], [0]], parts=[1], draws=1)


def everything(low: Ints, high: Ints, **how: Any) -> Acceptability:
    """Acceptabilities with central weights and pairwise winning index."""
    return acceptability(Scored(low, high), central=True, pairwise=True, **{"draws": DRAWS, "seed": 1, **how})


def central_of(result: Acceptability) -> CentralWeights:
    assert result.central is not None
    return result.central


def pairs_of(result: Acceptability) -> Pairwise:
    assert result.pairwise is not None
    return result.pairwise


def same(one: Acceptability, other: Acceptability) -> bool:
    """Whether all digits of two results are the same."""
    return all(
        mine.tobytes() == its.tobytes()
        for mine, its in [
            (one.share, other.share),
            (central_of(one).weights, central_of(other).weights),
            (central_of(one).standard_error, central_of(other).standard_error),
            (pairs_of(one).above, pairs_of(other).above),
        ]
    )


def outcomes(low: Ints, high: Ints) -> list[tuple[float, Ints]]:
    """Every table that rounded uniform values can give, with its probability: both ends half as often as the others."""
    cells = []
    for least, most in zip(low.ravel().tolist(), high.ravel().tolist(), strict=True):
        width = most - least
        chances = [1.0] if width == 0 else [(0.5 if step in (0, width) else 1) / width for step in range(width + 1)]
        cells.append([(chance, least + step) for step, chance in enumerate(chances)])
    return [
        (float(np.prod([chance for chance, _ in cell])), np.array([value for _, value in cell]).reshape(low.shape))
        for cell in product(*cells)
    ]


def small_gaps(rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Three alternatives on two criteria with at most four gaps of a few millionths of a point: ties are common."""
    low = rng.integers(0, 4, (3, 2))
    width = np.zeros(6, dtype=np.int64)
    width[rng.permutation(6)[:4]] = rng.integers(0, 4, 4)
    return low, low + width.reshape(3, 2)


def test_under_fixed_weights_all_shares_are_those_of_every_outcome() -> None:
    """Ranks, firsts shared and pairs, against counting over all values."""
    rng = np.random.default_rng(16800)
    for _ in range(12):
        low, high = small_gaps(rng)
        parts = rng.integers(1, 4, 2)
        share, above, tied = np.zeros((3, 3)), np.zeros((3, 3)), np.zeros((3, 3))
        for chance, table in outcomes(low, high):
            total = totals(table, parts)
            share[np.arange(3), ranks(total) - 1] += chance
            above += chance * (total[:, None] > total)
            tied += chance * ((total[:, None] == total) & ~np.eye(3, dtype=bool))
        made = everything(low, high, parts=parts)
        for found, expected in [(made.share, share), (pairs_of(made).above, above), (pairs_of(made).tied, tied)]:
            assert close(found, np.round(expected, 9))  # what is certain may have a probability of 0.9999999999999999


def test_confidence_factors_are_those_of_every_outcome() -> None:
    rng = np.random.default_rng(3)
    for _ in range(12):
        low, high = small_gaps(rng)
        weights = np.array([[0.5, 0.5], [0.25, 0.75], [1, 0]])
        expected = np.zeros(3)
        for chance, table in outcomes(low, high):
            total = table @ weights.T
            expected += chance * (np.diag(total) >= total.max(axis=0))
        made = confidence_factors(Scored(low, high), weights, draws=DRAWS, seed=2)
        assert close(made.share, np.round(expected, 9))


def test_shares_agree_with_ranking_every_draw_by_itself() -> None:
    """Another random stream, values and weights in floats, ranks by comparing all with all."""
    low, high = random_table(8, 4)
    high[np.random.default_rng(2).random(high.shape) < 0.6] = 0
    high = np.maximum(low, high)
    rng = np.random.default_rng(99)
    value = rng.uniform(low, high, (DRAWS, 8, 4))
    total = np.einsum("dnk,dk->dn", value, rng.dirichlet(np.ones(4), DRAWS))
    wins = total[:, :, None] > total[:, None, :]
    rank = 1 + wins.sum(axis=1)
    reference = np.stack([(rank == place).mean(axis=0) for place in range(1, 9)], axis=1)
    made = everything(low, high)
    for found, expected in [(made.share, reference), (pairs_of(made).above, wins.mean(axis=0))]:
        error = np.sqrt(2 * np.maximum(expected * (1 - expected), 1 / DRAWS) / DRAWS)
        assert (np.abs(found - expected) <= 4.5 * error).all()


@rarely
@given(st.lists(st.lists(st.integers(-3, 3), min_size=5, max_size=5), min_size=1, max_size=30).map(np.array))
def test_ranks_of_many_rows_are_those_of_each(rows: Ints) -> None:
    assert row_ranks(rows).tolist() == [ranks(row).tolist() for row in rows]


def test_ranks_of_thousands_of_rows_with_ties_are_those_of_each() -> None:
    for count in (1, 2, 3, 9, 38, 300):
        rows = np.random.default_rng(count).integers(0, count + 1, (500, count)) * 10**11
        assert row_ranks(rows).tolist() == [ranks(row).tolist() for row in rows]


def test_totals_too_large_for_their_index_are_refused() -> None:
    with pytest.raises(ValueError, match="too large to rank 3 alternatives exactly"):
        row_ranks(np.array([[2**61, 0, 1]]))


@pytest.mark.parametrize("count", [3, 40, 300])
def test_ties_are_counted_in_every_pair_and_for_first_place(count: int) -> None:
    """Few different scores under fixed weights: one ranking in all draws, full of ties; also past 255 alternatives."""
    for seed in range(5):
        scores = np.random.default_rng(seed).integers(0, 4, (count, 3)) * POINT
        parts = np.array([2, 1, 1])
        total = totals(scores, parts)
        made = everything(scores, scores, parts=parts, draws=1100)
        assert (made.share[np.arange(count), ranks(total) - 1] == 1).all()
        assert (pairs_of(made).above == (total[:, None] > total)).all()
        assert (pairs_of(made).tied == ((total[:, None] == total) & ~np.eye(count, dtype=bool))).all()
        assert made.ties_for_first == 1100 * ((total == total.max()).sum() > 1)


def test_draws_without_ties_for_first_have_none() -> None:
    assert known(random_table(38, 7)[0]).ties_for_first == 0


@rarely
@given(st.integers(2, 7), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_the_expected_rank_is_one_more_than_the_shares_of_losing(count: int, width: int, seed: int) -> None:
    low, high = random_table(count, width, seed)
    made = everything(low // (40 * POINT), high // (40 * POINT), draws=1500, seed=seed)
    pairs = pairs_of(made)
    assert made.expected_rank == pytest.approx(1 + pairs.above.sum(axis=0))
    everyone = pairs.above + pairs.above.T + pairs.tied + np.eye(count)
    assert everyone == pytest.approx(np.ones((count, count)))


def test_of_equals_each_wins_half_of_the_pairs() -> None:
    count = 6
    above = pairs_of(everything(*[np.eye(count, dtype=np.int64) * FULL] * 2)).above
    assert close(above[~np.eye(count, dtype=bool)], 1 / 2)
    assert (np.diag(above) == 0).all()


def test_central_weights_of_equals_are_the_published_ones() -> None:
    case = CASES["identity"]
    made = central_of(everything(*[np.eye(case["K"], dtype=np.int64) * FULL] * 2))
    expected = np.where(np.eye(case["K"], dtype=bool), case["own"], case["other"])
    assert (np.abs(made.weights - expected) <= 4 * made.standard_error).all()
    assert made.weights.sum(axis=1) == pytest.approx(np.ones(case["K"]))


def test_central_weights_lie_in_the_middle_of_where_an_alternative_is_first() -> None:
    """On two criteria these are the intervals from 0 over 0.3 and 0.7 to 1, in which the weights are uniform."""
    made = central_of(everything(points("two_criteria"), points("two_criteria")))
    middle, width = np.array([0.85, 0.15, 0.5]), np.array([0.3, 0.3, 0.4])
    assert (np.abs(made.weights[:, 0] - middle) <= 4 * made.standard_error[:, 0]).all()
    assert made.standard_error[:, 0] == pytest.approx(width / np.sqrt(12 * made.found), rel=0.05)
    assert made.found.sum() == DRAWS


def test_who_is_never_first_has_no_central_weights() -> None:
    made = everything(*[np.array(CASES["dominated"]["X"]) * POINT] * 2)
    assert np.isnan(central_of(made).weights[1:]).all() and central_of(made).found.tolist() == [DRAWS, 0, 0]
    assert central_of(made).weights[0] == pytest.approx([0.5, 0.5], abs=0.01)


def test_one_draw_tells_nothing_of_the_error_of_central_weights() -> None:
    made = central_of(everything(*[np.eye(2, dtype=np.int64) * FULL] * 2, draws=1))
    assert sorted(made.found.tolist()) == [0, 1]
    assert np.isnan(made.standard_error).all() and np.isnan(made.weights).any(axis=1).sum() == 1


def test_the_error_of_central_weights_of_two_draws_is_half_their_distance() -> None:
    """One alternative alone is first in both; its weights of one draw are the first of those of two."""
    scores = np.array([[1, 1]])
    one, two = (central_of(everything(scores, scores, draws=draws)) for draws in (1, 2))
    distance = 2 * np.abs(one.weights - two.weights)
    assert two.standard_error == pytest.approx(distance / 2, abs=1e-4)


def test_who_ties_for_first_has_central_weights_too() -> None:
    scores = np.array([[FULL, 0], [FULL, 0], [0, FULL]])
    made = central_of(everything(scores, scores))
    assert made.weights[0].tolist() == made.weights[1].tolist()
    assert made.found[0] == made.found[1] == DRAWS - made.found[2]


def test_central_weights_and_pairs_leave_the_shares_as_they_are() -> None:
    low, high = random_table(9, 3)
    plain = acceptability(Scored(low, high), draws=3000, seed=2)
    assert plain.central is None and plain.pairwise is None
    assert plain.share.tobytes() == everything(low, high, draws=3000, seed=2).share.tobytes()


@pytest.mark.parametrize("threads", [2, 3, 50])
def test_any_number_of_threads_gives_the_same_digits(threads: int) -> None:
    low, high = random_table(12, 4)
    low[:3] = high[:3] = low[3] // (50 * POINT) * 50 * POINT  # ties too
    alone, together = (everything(low, high, draws=7000, seed=4, threads=n) for n in (1, threads))
    assert same(alone, together) and alone.ties_for_first == together.ties_for_first
    weights = central_of(alone).weights
    one, other = (confidence_factors(Scored(low, high), weights, draws=7000, seed=4, threads=n) for n in (1, threads))
    assert one.share.tobytes() == other.share.tobytes()


@pytest.mark.parametrize("batch", [1, 10, 10**9])
def test_the_size_of_the_sums_makes_no_difference(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    low, high = random_table(12, 4)
    usual = everything(low, high, draws=3000)
    monkeypatch.setattr(module, "SERIAL", batch)
    assert same(everything(low, high, draws=3000), usual)


@pytest.mark.parametrize("space", [simplex(3), box(np.full(3, 1 / 3), 0.2), linear(np.eye(3), np.full(3, 0.5))])
def test_a_few_more_draws_continue_the_others(space: WeightSpace) -> None:
    low, high = random_table(5, 3)
    fewer, more = (acceptability(Scored(low, high), draws=n, seed=7, space=space).share * n for n in (1500, 1501))
    assert np.rint(more - fewer).sum() == 5 and np.rint(more - fewer).min() == 0


def test_weights_around_one_point_rank_as_fixed_weights() -> None:
    low, high = random_table(9, 4)
    fixed = acceptability(Scored(low, high), draws=2000, seed=3, parts=np.array([4, 3, 2, 1]))
    around = acceptability(Scored(low, high), draws=2000, seed=3, space=box(np.array([0.4, 0.3, 0.2, 0.1]), 0))
    assert (fixed.sampler, around.sampler) == ("fixed weights", "the one point of the space")
    assert np.abs(fixed.share - around.share).max() <= fixed.bound() + around.bound()


def test_an_order_of_importance_ranks_champions_of_one_criterion_in_that_order() -> None:
    scores = np.eye(4, dtype=np.int64) * FULL
    share = acceptability(Scored.exact(scores), draws=2000, seed=1, space=order([2, 0, 3, 1])).share
    assert share.tolist() == np.eye(4)[[1, 3, 0, 2]].tolist()


def test_in_a_box_the_first_is_as_frequent_as_its_part_of_the_box() -> None:
    """Weights of the first criterion from 0.5 to 0.9, the breakpoint of the first and third alternative at 0.7."""
    made = acceptability(
        Scored.exact(points("two_criteria")), draws=DRAWS, seed=1, space=box(np.array([0.7, 0.3]), 0.2)
    )
    assert close(made.top(1), [0.5, 0, 0.5])
    assert "uniform" in made.sampler


def test_scores_ten_times_as_large_give_the_same_shares() -> None:
    scores = random_table(9, 3)[0]
    assert (known(scores).share == known(scores * 10).share).all()
    assert (gaps([[0], [50]], [[100], [100]], [1]).share == gaps([[0], [50]], [[100], [100]], [10]).share).all()


def test_a_criterion_split_in_two_with_its_weight_gives_the_same_ranks() -> None:
    scores = random_table(12, 3)[0] // (25 * POINT) * POINT
    halves = known(scores[:, [0, 0, 1, 2]], parts=[2, 3, 3, 2], draws=1).share
    assert (halves == known(scores, parts=[5, 3, 2], draws=1).share).all()


@rarely
@given(st.integers(2, 7), st.integers(2, 4), st.integers(0, 2**32 - 1))
def test_without_gaps_central_weights_always_make_first(count: int, width: int, seed: int) -> None:
    """The weights that make an alternative first are convex: their mean is one of them."""
    scores = random_table(count, width, seed)[0]
    weights = central_of(everything(scores, scores, draws=500)).weights
    made = confidence_factors(Scored.exact(scores), weights, draws=1, seed=1).share
    assert (made[~np.isnan(made)] == 1).all() and (np.isnan(made) == np.isnan(weights[:, 0])).all()


def test_weights_that_do_not_make_first_have_no_confidence() -> None:
    scores = np.eye(3, dtype=np.int64) * FULL
    weights = np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2], [np.nan] * 3])
    made = confidence_factors(Scored.exact(scores), weights, draws=10, seed=1)
    assert made.share[:2].tolist() == [1, 0] and np.isnan(made.share[2])


def test_of_two_uniform_values_the_confidence_is_what_geometry_says() -> None:
    low, high = np.array([[20], [50]]) * POINT, np.array([[60], [90]]) * POINT
    made = confidence_factors(Scored(low, high), np.ones((2, 1)), draws=DRAWS, seed=1)
    assert close(made.share, [1 / 32, 31 / 32])
    assert made.standard_error == pytest.approx(np.full(2, np.sqrt(31 / 32 / 32 / DRAWS)), rel=0.1)


def test_where_nobody_is_ever_first_there_is_no_confidence() -> None:
    scores = np.zeros((2, 2), dtype=np.int64)
    assert np.isnan(confidence_factors(Scored.exact(scores), np.full((2, 2), np.nan), draws=10, seed=1).share).all()


def test_the_bound_is_hoeffdings_over_all_cells() -> None:
    result = Acceptability(np.eye(2), 1000, 1)
    assert result.bound(0.95) == result.bound() == pytest.approx(np.sqrt(np.log(2 * 4 / 0.05) / 2000))
    assert Confidence(np.ones(4), 1000, 1).bound() == result.bound()


def test_the_bound_holds_for_all_cells_at_once() -> None:
    scores = np.eye(5, dtype=np.int64) * FULL
    made = [acceptability(Scored.exact(scores), draws=300, seed=seed) for seed in range(100)]
    assert sum(np.abs(each.share - 1 / 5).max() > each.bound(0.9) for each in made) <= 10


def test_median_entropy_and_error_of_the_rank_are_those_of_the_distribution() -> None:
    result = Acceptability(np.array([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5], [0, 1, 0]]), 100, 1)
    assert result.median_rank.tolist() == [1, 2, 2]
    assert result.entropy.tolist() == [1.5, 1.5, 0]
    assert result.expected_rank_error == pytest.approx(np.array([np.std([1, 1, 2, 3]), np.std([1, 2, 3, 3]), 0]) / 10)


def test_entropy_is_greatest_where_all_ranks_are_alike() -> None:
    assert Acceptability(np.full((8, 8), 1 / 8), 100, 1).entropy.tolist() == [3] * 8


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"draws": 0}, "at least one draw was expected"),
        ({"parts": np.array([1, 1]), "space": simplex(2)}, "either fixed .* or drawn"),
        ({"parts": np.array([1, 1, 1])}, "a weight for each of 2 criteria was expected"),
        ({"parts": np.array([2, -1])}, "weights of at least zero were expected, -1 was found"),
        ({"space": simplex(3)}, "a space of 2 weights was expected, one of 3 was given"),
    ],
)
def test_what_cannot_be_drawn_is_refused(how: dict[str, Any], message: str) -> None:
    scores = np.eye(2, dtype=np.int64) * FULL
    with pytest.raises(ValueError, match=message):
        acceptability(Scored.exact(scores), **{"draws": 10, "seed": 1, **how})


def test_one_alternative_alone_is_first() -> None:
    made = everything(np.array([[0, 5]]), np.array([[5, 5]]), draws=10)
    assert made.share.tolist() == [[1]] and pairs_of(made).above.tolist() == [[0]]
    assert confidence_factors(
        Scored(np.array([[0]]), np.array([[5]])), np.ones((1, 1)), draws=10, seed=1
    ).share.tolist() == [1]


def test_a_sample_of_one_table_is_that_table() -> None:
    low, _ = random_table(6, 4)
    sampled = acceptability_of_sample(low[None], draws=DRAWS, seed=1)
    assert (np.abs(sampled.share - known(low).share) < 0.02).all()


def test_a_sample_of_independent_values_is_the_flat_interval() -> None:
    low, high = (np.array(end) * POINT for end in ([[10, 20], [15, 10], [5, 30]], [[60, 50], [40, 70], [80, 35]]))
    inside = np.random.default_rng(2).integers(low, high + 1, (DRAWS, 3, 2))
    parts = np.array([1, 3])
    flat = acceptability(Scored(low, high), draws=DRAWS, seed=1, parts=parts).share
    drawn = acceptability_of_sample(inside, draws=DRAWS, seed=1, parts=parts).share
    assert (np.abs(flat - drawn) < 0.03).all()


def test_what_is_alike_in_every_draw_keeps_its_order() -> None:
    level = np.random.default_rng(2).integers(0, FULL // 2, (500, 1, 3))
    drawn = level + np.array([[3], [1], [2]]) * POINT
    assert acceptability_of_sample(drawn, draws=2000, seed=1).share.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_ties_in_a_sample_share_the_better_rank() -> None:
    assert acceptability_of_sample(np.full((2, 3, 2), POINT), draws=100, seed=1).share[:, 0].tolist() == [1, 1, 1]


def test_a_sample_too_large_to_rank_exactly_is_refused() -> None:
    with pytest.raises(ValueError, match="too large to rank"):
        acceptability_of_sample(np.full((1, 3, 2), 2**40), draws=100, seed=1)


@pytest.mark.parametrize("ties", ["min", "max", "dense"])
@pytest.mark.parametrize("decimals", [None, 0])
def test_a_rule_counts_in_every_draw(ties: Ties, decimals: int | None) -> None:
    low = np.array([[50, 60], [50, 60], [40, 70], [0, 100], [50, 60]]) * POINT + np.arange(5)[:, None] * (POINT // 5)
    parts = np.array([3, 1])
    table, rule = Scored.exact(low), Rule(ties, decimals)
    share = acceptability(table, draws=50, seed=1, parts=parts, rule=rule).share
    total = low @ parts
    keys = total if decimals is None else np.floor(total / (4 * POINT) + 0.5).astype(np.int64)
    assert (np.argmax(share, axis=1) + 1).tolist() == ranks(keys, ties).tolist()
    sample = np.repeat(low[None], 3, axis=0)
    assert acceptability_of_sample(sample, draws=50, seed=1, parts=parts, rule=rule).share.tolist() == share.tolist()


def test_geometric_totals_of_thousands_of_alternatives_are_ranked_too() -> None:
    # With an index beside them they would not fit into one whole number.
    scores = np.random.default_rng(3).integers(1, FULL, (1500, 2))
    share = acceptability(Scored.exact(scores).geometric(), draws=3, seed=1, parts=np.array([500_000, 500_000])).share
    expected = ranks(np.round(np.log(scores).sum(axis=1) * 1e12).astype(np.int64))
    assert (np.argmax(share, axis=1) + 1).tolist() == expected.tolist()
