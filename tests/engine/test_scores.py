"""Scores are whole millionths of a point between fixed goalposts, and totals are exact sums."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.ranks import ranks
from paritrana.engine.scores import FULL, LARGEST, MAX_PARTS, POINT, Floats, Ints, criterion_scores, totals
from paritrana.paths import DATA

CASES = json.loads((DATA / "cases" / "scikit_criteria" / "expected.json").read_text(encoding="utf-8"))
often = settings(derandomize=True, deadline=None, max_examples=200)
finite = st.floats(-1e6, 1e6, allow_nan=False)
values = st.lists(finite, min_size=1, max_size=8).map(np.array)
goalposts = st.tuples(st.floats(-1000, 1000), st.floats(0.01, 1000)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def score(value: Floats, posts: tuple[float, float] = (0, 1), *, up: bool = True, clip: bool = True) -> Ints:
    """Scores of values that are known."""
    low, high = criterion_scores(value, value, posts, up=up, clip=clip)
    assert (low == high).all()
    return low


def table(scores: st.SearchStrategy[int], parts: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[Ints, Ints]]:
    """Scores of shape (N, K) and parts of shape (K,)."""

    def of(shape: tuple[int, int]) -> st.SearchStrategy[tuple[Ints, Ints]]:
        rows = st.lists(st.lists(scores, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
        return st.tuples(rows.map(np.array), st.lists(parts, min_size=shape[1], max_size=shape[1]).map(np.array))

    return st.tuples(st.integers(1, 8), st.integers(1, 6)).flatmap(of)


def test_the_goalposts_score_nothing_and_full_and_the_middle_half() -> None:
    assert score(np.array([10.0, 15.0, 20.0]), (10, 20)).tolist() == [0, FULL // 2, FULL]


def test_a_score_is_counted_in_millionths_of_a_point() -> None:
    assert score(np.array([15386 / 27745])).tolist() == [55_455_037]


def test_a_value_beyond_the_goalposts_scores_as_the_goalpost() -> None:
    assert score(np.array([-1.0, 2.0, -np.inf, np.inf])).tolist() == [0, FULL, 0, FULL]


def test_the_line_goes_on_beyond_the_goalposts_without_clip() -> None:
    assert score(np.array([-1.0, 2.0]), clip=False).tolist() == [-FULL, 2 * FULL]


def test_an_unknown_value_is_anything_between_the_goalposts() -> None:
    nothing = np.array([np.nan])
    assert [end.tolist() for end in criterion_scores(nothing, nothing, (3, 7))] == [[0], [FULL]]
    assert [end.tolist() for end in criterion_scores(nothing, nothing, (3, 7), up=False)] == [[0], [FULL]]


@pytest.mark.parametrize("up", [True, False])
def test_an_unknown_end_stays_on_its_side_of_an_end_beyond_the_goalpost(up: bool) -> None:
    low, high = np.array([np.nan, 1.5]), np.array([-0.5, np.nan])
    least, most = criterion_scores(low, high, (0, 1), up=up, clip=False)
    assert (least <= most).all()


def test_the_ends_of_an_interval_change_places_where_less_is_better() -> None:
    low, high = criterion_scores(np.array([0.2]), np.array([0.3]), (0, 1), up=False)
    assert (low.tolist(), high.tolist()) == ([70 * POINT], [80 * POINT])


def test_a_score_too_large_for_exact_totals_is_refused() -> None:
    with pytest.raises(ValueError, match="goalposts 0 and 1e-09 give a score of more than 9000 points"):
        score(np.array([1.0]), (0, 1e-9), clip=False)


@often
@given(values, goalposts, st.booleans())
def test_scores_stay_between_nothing_and_full(value: Floats, posts: tuple[float, float], up: bool) -> None:
    scores = score(value, posts, up=up)
    assert ((scores >= 0) & (scores <= FULL)).all()


@often
@given(values, goalposts)
def test_a_greater_value_never_scores_less(value: Floats, posts: tuple[float, float]) -> None:
    assert (np.diff(score(np.sort(value), posts)) >= 0).all()


@often
@given(values, goalposts)
def test_down_is_the_mirror_of_up(value: Floats, posts: tuple[float, float]) -> None:
    assert (score(value, posts, up=False) == FULL - score(value, posts)).all()


@often
@given(values, values, st.sampled_from([(0, 1), (-0.5, 0.25), (0, 100)]), st.booleans(), st.booleans())
def test_the_lowest_score_of_an_interval_is_not_above_the_highest(
    one: Floats, other: Floats, posts: tuple[float, float], up: bool, clip: bool
) -> None:
    one, other = one[: len(other)] / 1e6, other[: len(one)] / 1e6
    low, high = criterion_scores(np.minimum(one, other), np.maximum(one, other), posts, up=up, clip=clip)
    assert (low <= high).all()


@often
@given(table(st.integers(0, FULL), st.integers(0, MAX_PARTS // 6)))
def test_a_total_is_the_exact_sum(case: tuple[Ints, Ints]) -> None:
    scores, parts = case
    exact = [sum(int(a) * int(b) for a, b in zip(row, parts, strict=True)) for row in scores]
    assert totals(scores, parts).tolist() == exact
    assert max(exact) < 2**53


@pytest.mark.parametrize("score_of_all", [FULL, LARGEST])
def test_the_largest_total_is_exact_in_a_float_too(score_of_all: int) -> None:
    (total,) = totals(np.array([[score_of_all] * 2]), np.array([1, MAX_PARTS - 1]))
    assert total == score_of_all * MAX_PARTS <= 2**53
    assert int(float(total)) == total


@often
@given(table(st.integers(0, FULL), st.integers(0, 1000)), st.randoms(use_true_random=False))
def test_rows_in_another_order_give_the_totals_in_that_order(case: tuple[Ints, Ints], random: object) -> None:
    scores, parts = case
    order = np.arange(len(scores))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert (totals(scores[order], parts) == totals(scores, parts)[order]).all()


def test_the_weighted_sum_of_kracka_2010_is_the_published_one() -> None:
    case = CASES["kracka2010"]
    matrix = np.array(case["matrix"])
    matrix = np.where(np.array(case["objectives"]) < 0, 1 / matrix, matrix)
    shares = matrix / matrix.sum(axis=0)
    equal = np.ones(shares.shape[1], dtype=np.int64)
    total = totals(score(shares), equal)
    # A score is rounded to 1e-8 of full, a published one to as many places.
    assert total / (FULL * equal.sum()) == pytest.approx(case["score"], abs=case["tolerance"])
    assert ranks(total).tolist() == case["rank"]


def test_the_weighted_sum_of_van_2021_ranks_as_published() -> None:
    case = CASES["van2021_window7"]
    matrix = np.array(case["matrix"])
    matrix = np.where(np.array(case["objectives"]) < 0, 1 / matrix, matrix)
    unit = matrix / np.sqrt((matrix**2).sum(axis=0))
    total = totals(score(unit), np.ones(unit.shape[1], dtype=np.int64))
    assert ranks(total).tolist() == case["ranks"]["WSM_invert_vector"]
