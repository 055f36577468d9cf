"""Ranks and exact rank ranges, against counting and against every value that the gaps allow."""

import json
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.ranks import rank_range_of_gaps, ranks
from paritrana.engine.scores import Ints, totals
from paritrana.paths import DATA

CASES = json.loads((DATA / "cases" / "analytic" / "expected.json").read_text(encoding="utf-8"))
often = settings(derandomize=True, deadline=None, max_examples=200)
few_values = st.lists(st.integers(-3, 6), min_size=1, max_size=12).map(np.array)  # ties are common


def counted(total: Ints) -> list[int]:
    """Ranks by their definition."""
    return [1 + sum(other > own for other in total) for own in total]


def tried(low: Ints, high: Ints) -> tuple[list[int], list[int]]:
    """Best and worst ranks over every whole value inside the intervals."""
    grid = product(*(range(first, last + 1) for first, last in zip(low, high, strict=True)))
    each = [counted(np.array(values)) for values in grid]
    return [min(column) for column in zip(*each, strict=True)], [max(column) for column in zip(*each, strict=True)]


def test_equal_totals_share_the_better_rank() -> None:
    assert ranks(np.array([5, 9, 5, 1])).tolist() == [2, 1, 2, 4]


def test_all_equal_totals_are_all_first() -> None:
    assert ranks(np.zeros(5, dtype=np.int64)).tolist() == [1] * 5


def test_one_part_in_the_largest_total_decides() -> None:
    assert ranks(np.array([2**53 - 2, 2**53 - 1])).tolist() == [2, 1]


@often
@given(few_values)
def test_ranks_are_those_of_counting(total: Ints) -> None:
    assert ranks(total).tolist() == counted(total)


@often
@given(few_values, st.randoms(use_true_random=False))
def test_rows_in_another_order_give_the_ranks_in_that_order(total: Ints, random: object) -> None:
    order = np.arange(len(total))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert (ranks(total[order]) == ranks(total)[order]).all()


@often
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=8).map(np.array))
def test_a_dominated_newcomer_changes_no_rank_above_it(scores: Ints) -> None:
    parts = np.array([3, 2, 1])
    newcomer = scores.min(axis=0) - 1
    before = ranks(totals(scores, parts))
    after = ranks(totals(np.vstack([scores, newcomer]), parts))
    assert after.tolist() == [*before, len(scores) + 1]


def test_dominance_decides_the_ranks_under_any_weights() -> None:
    case = CASES["dominated"]
    for parts in product(range(3), repeat=2):
        if sum(parts):
            assert ranks(totals(np.array(case["X"]), np.array(parts))).tolist() == case["best"] == case["worst"]


def test_the_third_shares_first_place_on_the_knife_edge_and_nowhere_else() -> None:
    scores = (np.array(CASES["knife_edge"]["X"]) * 2).astype(np.int64)
    first = {
        parts: ranks(totals(scores, np.array(parts)))[2] == 1 for parts in [(1, 1, 0), (2, 2, 1), (2, 1, 0), (1, 2, 9)]
    }
    assert first == {(1, 1, 0): True, (2, 2, 1): True, (2, 1, 0): False, (1, 2, 9): False}


def test_the_rank_range_is_that_of_every_value_inside_the_gaps() -> None:
    rng = np.random.default_rng(16800)
    for _ in range(2000):
        count = rng.integers(1, 5)
        low = rng.integers(0, 4, count)
        high = low + rng.integers(0, 3, count) * rng.integers(0, 2, count)  # half of them have no width
        best, worst = rank_range_of_gaps(low, high)
        assert (best.tolist(), worst.tolist()) == tried(low, high), (low, high)


@pytest.mark.parametrize("count", [1, 2, 38])
def test_without_gaps_the_range_is_the_rank(count: int) -> None:
    total = np.random.default_rng(count).integers(0, 20, count)
    best, worst = rank_range_of_gaps(total, total)
    assert best.tolist() == worst.tolist() == ranks(total).tolist()


@often
@given(few_values, st.data())
def test_any_values_inside_the_gaps_rank_inside_the_range(low: Ints, data: st.DataObject) -> None:
    widths = st.lists(st.integers(0, 4), min_size=len(low), max_size=len(low)).map(np.array)
    width = data.draw(widths)
    inside = low + np.minimum(data.draw(widths), width)
    best, worst = rank_range_of_gaps(low, low + width)
    rank = ranks(inside)
    assert ((best <= rank) & (rank <= worst)).all()


def test_gaps_that_only_touch_leave_both_first() -> None:
    best, worst = rank_range_of_gaps(np.array([0, 5]), np.array([5, 5]))
    assert (best.tolist(), worst.tolist()) == ([1, 1], [2, 1])


@pytest.mark.parametrize("ties", ["min", "max", "dense"])
def test_ranges_of_gaps_hold_every_rank_that_values_give(ties: str) -> None:
    rng = np.random.default_rng(5)
    for _ in range(40):
        low = rng.integers(0, 4, 4)
        high = low + rng.integers(0, 3, 4)
        best, worst = rank_range_of_gaps(low, high, ties)
        every = [ranks(np.array(values), ties) for values in product(*map(range, low, high + 1))]
        if ties != "dense":
            assert best.tolist() == np.min(every, axis=0).tolist()
            assert worst.tolist() == np.max(every, axis=0).tolist()
        assert (best <= np.min(every, axis=0)).all() and (np.max(every, axis=0) <= worst).all()
