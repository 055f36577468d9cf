"""The inverse problem against every set of weights on a grid, every choice of totals and closed forms."""

import json
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.inverse import Place, Reproduction, place, podium, reproduction
from paritrana.engine.ranks import ranks
from paritrana.engine.scores import FULL, POINT, Floats, Ints
from paritrana.engine.spaces import WeightSpace, box, linear, simplex
from paritrana.engine.table import Scored, Weighted
from paritrana.paths import DATA

pytestmark = pytest.mark.slow

CASES = json.loads((DATA / "cases" / "analytic" / "expected.json").read_text(encoding="utf-8"))
often = settings(derandomize=True, deadline=None, max_examples=70)
GRID = 12  # steps on each side of the simplex


@st.composite
def announcements(draw: st.DrawFn, criteria: int = 3) -> tuple[Ints, Ints, list[int], list[int]]:
    """Small tables in whole points with ties and gaps, and up to three announced places, some of them shared."""
    count = draw(st.integers(2, 5))
    cells = st.lists(st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria), min_size=count, max_size=count)
    low = np.array(draw(cells)) * POINT
    gap = np.array(draw(cells)) * POINT * draw(st.integers(0, 1))
    announced = draw(st.sampled_from([[1], [1, 2], [1, 1], [1, 2, 3], [1, 2, 2], [1, 1, 3], [1, 1, 1]]))[:count]
    positions = draw(st.permutations(range(count)))[: len(announced)]
    return low, low + gap, positions, announced


def grid(criteria: int = 3) -> Ints:
    """All whole parts that sum to GRID."""
    cuts = product(range(GRID + 1), repeat=criteria - 1)
    return np.array([(*cut, GRID - sum(cut)) for cut in cuts if sum(cut) <= GRID])


def solved(
    table: tuple[Ints, Ints, list[int], list[int]], space: WeightSpace, *, free: bool, draws: int = 100
) -> Reproduction:
    parts = np.array([3, 2, 1, 1, 1][: table[0].shape[1]])
    return reproduction(Weighted(table[0], table[1], parts), table[2], table[3], space, free=free, draws=draws, seed=1)


def in_order(total: Ints, positions: list[int], announced: list[int], *, clearly: bool) -> bool:
    """Whether totals give the announced places, or with ties for any of them."""
    others = [own for own in range(len(total)) if own not in positions]
    for own, rank in zip(positions, announced, strict=True):
        for rival, other in zip([*positions, *others], [*announced, *[len(total) + 1] * len(others)], strict=True):
            ahead = total[own] - total[rival]
            if rank < other and (ahead <= 0 if clearly else ahead < 0):
                return False
            if rank == other and ahead != 0:
                return False
    return True


def some_totals_do(low: Ints, high: Ints, positions: list[int], announced: list[int]) -> bool:
    """Whether totals between the ends give the announced places, ties allowed: only ends need be tried."""
    ends = sorted({*low.tolist(), *high.tolist()})
    choices = [[end for end in ends if first <= end <= last] for first, last in zip(low, high, strict=True)]
    for own in range(len(low)):
        if own not in positions:
            choices[own] = [low[own]]
    return any(in_order(np.array(total), positions, announced, clearly=False) for total in product(*choices))


@often
@given(announcements())
def test_rows_hold_where_known_values_give_the_places(table: tuple[Ints, Ints, list[int], list[int]]) -> None:
    low, high, positions, announced = table
    found = podium(Scored(low, high), positions, announced, free=False)
    for parts in grid():
        total = (low + high) @ parts
        margins = found.rows @ parts
        assert (margins >= 0).all() == in_order(total, positions, announced, clearly=False)
        assert (margins >= (found.steps > 0)).all() == in_order(total, positions, announced, clearly=True)


@often
@given(announcements())
def test_rows_hold_where_some_free_values_give_the_places(table: tuple[Ints, Ints, list[int], list[int]]) -> None:
    low, high, positions, announced = table
    found = podium(Scored(low, high), positions, announced, free=True)
    for parts in grid()[::3]:
        assert (found.rows @ parts >= 0).all() == some_totals_do(low @ parts, high @ parts, positions, announced)


@often
@given(announcements(), st.booleans(), st.sampled_from([None, 0.0, 0.2]))
def test_what_is_possible_is_what_some_weights_do(
    table: tuple[Ints, Ints, list[int], list[int]], free: bool, radius: float | None
) -> None:
    space = simplex(3) if radius is None else box(np.array([0.5, 0.25, 0.25]), radius)
    found = solved(table, space, free=free)
    rows = podium(Scored(*table[:2]), *table[2:], free=free)
    inside = [parts for parts in grid() if space.contains(parts / GRID)]
    weak = [parts for parts in inside if (rows.rows @ parts >= 0).all()]
    clear = [parts for parts in inside if (rows.rows @ parts >= (rows.steps > 0)).all()]
    assert found.possible or not weak
    assert found.clear or not clear
    assert found.possible or not found.clear
    if found.possible:
        for nearest in (found.nearest_l1, found.nearest_l2):
            assert nearest.parts is not None and nearest.weights is not None
            assert all(sum(int(x) * part for x, part in zip(row, nearest.parts, strict=True)) >= 0 for row in rows.rows)
            assert space.contains(nearest.weights)


@often
@given(announcements(), st.booleans())
def test_no_weights_on_the_grid_are_nearer_clearer_or_deeper_inside(
    table: tuple[Ints, Ints, list[int], list[int]], free: bool
) -> None:
    found, rows = solved(table, simplex(3), free=free), podium(Scored(*table[:2]), *table[2:], free=free)
    every = np.vstack([rows.rows / POINT, np.eye(3)])
    norms = np.linalg.norm(every - every.mean(axis=1, keepdims=True), axis=1)
    start = np.array([3, 2, 1]) / 6
    for weights in grid() / GRID:
        margins = rows.rows @ weights / (2 * POINT)
        apart = rows.steps > 0
        if found.lead is not None and (margins[~apart] >= 0).all() and apart.any():
            assert (margins[apart] / rows.steps[apart]).min() <= found.lead + 1e-7
        if (margins >= 0).all():
            assert found.nearest_l1.distance is not None and found.nearest_l2.distance is not None
            assert np.abs(weights - start).sum() >= found.nearest_l1.distance - 1e-9
            assert np.linalg.norm(weights - start) >= found.nearest_l2.distance - 1e-9
            assert found.radius is not None
            depth = (every @ weights)[norms > 1e-9] / norms[norms > 1e-9]
            assert depth.min() <= found.radius + 1e-7


@often
@given(announcements(), st.booleans())
def test_the_centre_is_as_far_from_every_side_as_the_radius_says(
    table: tuple[Ints, Ints, list[int], list[int]], free: bool
) -> None:
    found, rows = solved(table, simplex(3), free=free), podium(Scored(*table[:2]), *table[2:], free=free)
    assert (found.centre is None) == (not found.possible)
    if found.centre is None or found.radius is None:
        return
    every = np.vstack([rows.rows / POINT, np.eye(3)])
    norms = np.linalg.norm(every - every.mean(axis=1, keepdims=True), axis=1)
    assert abs(found.centre.sum() - 1) < 1e-9
    assert (every @ found.centre >= found.radius * norms - 1e-6).all()


@often
@given(announcements(), st.booleans())
def test_places_in_conflict_are_impossible_even_alone(
    table: tuple[Ints, Ints, list[int], list[int]], free: bool
) -> None:
    found, rows = solved(table, simplex(3), free=free), podium(Scored(*table[:2]), *table[2:], free=free)
    assert (len(found.conflict) > 0) == (not found.possible)
    named = [pair in found.conflict for pair in map(tuple, rows.pairs.tolist())]
    if not found.possible:
        assert not any((rows.rows[named] @ parts >= 0).all() for parts in grid())
        assert found.lead is None or found.lead < 0


@often
@given(announcements(), st.integers(1, 5), st.booleans())
def test_a_place_alone_is_possible_where_some_weights_and_values_give_it(
    table: tuple[Ints, Ints, list[int], list[int]], rank: int, free: bool
) -> None:
    low, high, _, _ = table
    found = place(Scored(low, high), 0, rank, simplex(3), free=free)
    tried = [attains(low @ parts, high @ parts, rank, free) for parts in grid()]
    assert found.possible is not False or not any(tried)
    if found.parts is not None:
        parts = np.array(found.parts, dtype=object)
        assert found.possible and attains(low @ parts, high @ parts, rank, free)


def attains(low: Ints, high: Ints, rank: int, free: bool) -> bool:
    """Whether the first alternative has a rank for some totals between the ends (or at their middle)."""
    if not free:
        low, high = low + high, low + high
    ends = sorted({end for end in (*low, *high) if low[0] <= end <= high[0]})
    # Twice the totals, so that the middle between two ends is whole.
    own = [*(2 * end for end in ends), *(first + second for first, second in pairwise(ends))]
    return any((2 * low[1:] > x).sum() < rank <= 1 + (2 * high[1:] > x).sum() for x in own)


@often
@given(announcements(), st.booleans())
def test_the_places_of_a_clear_podium_are_possible_alone(
    table: tuple[Ints, Ints, list[int], list[int]], free: bool
) -> None:
    found = solved(table, simplex(3), free=free)
    assert not found.clear or all(each.possible for each in found.places)


@often
@given(announcements(), st.booleans(), st.randoms(use_true_random=False))
def test_another_order_of_rows_and_criteria_changes_nothing(
    table: tuple[Ints, Ints, list[int], list[int]], free: bool, random: object
) -> None:
    low, high, positions, announced = table
    rows, columns = list(range(len(low))), [0, 1, 2]
    random.shuffle(rows), random.shuffle(columns)  # type: ignore[attr-defined]
    moved = [rows.index(own) for own in positions]
    parts = np.array([3, 2, 1])
    plain = solved(table, simplex(3), free=free)
    ends = [end[rows][:, columns] for end in (low, high)]
    other = reproduction(
        Weighted(ends[0], ends[1], parts[columns]), moved, announced, simplex(3), free=free, draws=10, seed=1
    )
    assert (plain.possible, plain.clear) == (other.possible, other.clear)
    assert plain.nearest_l2.distance == pytest.approx(other.nearest_l2.distance, abs=1e-12)
    assert plain.nearest_l1.distance == pytest.approx(other.nearest_l1.distance, abs=1e-12)


@often
@given(announcements())
def test_free_values_allow_all_that_the_middle_allows(table: tuple[Ints, Ints, list[int], list[int]]) -> None:
    middle, free = solved(table, simplex(3), free=False), solved(table, simplex(3), free=True)
    assert free.possible or not middle.possible
    assert free.hits >= middle.hits


@pytest.mark.parametrize(("first", "share"), list(enumerate(CASES["two_criteria"]["first"])))
def test_the_share_of_draws_is_that_of_the_closed_form(first: int, share: float) -> None:
    scores = (np.array(CASES["two_criteria"]["X"]) * FULL).astype(np.int64)
    found = reproduction(
        Scored.exact(scores).weighted(np.array([1, 1])), [first], [1], simplex(2), free=False, draws=20_000, seed=3
    )
    assert abs(found.share - share) < 4 * found.standard_error
    assert found.bounds[0] < share < found.bounds[1]


def test_a_podium_between_two_breakpoints_has_its_centre_in_the_middle() -> None:
    scores = (np.array([[1, 0], [0, 1], [0.7, 0.7]]) * FULL).astype(np.int64)
    found = reproduction(
        Scored.exact(scores).weighted(np.array([9, 1])), [2, 0, 1], [1, 2, 3], simplex(2), free=False, draws=99, seed=1
    )
    # The third is first and the first second for weights from 0.5 to 0.7.
    assert found.centre == pytest.approx(np.array([0.6, 0.4]))
    assert found.radius == pytest.approx(0.1 * 2**0.5)
    assert found.nearest_l1.parts == (7, 3)
    assert found.nearest_l1.distance == pytest.approx(0.4)
    # 70 - 100 w = t and 200 w - 100 = t.
    assert found.lead == pytest.approx(40 / 3)


def test_a_podium_that_only_ties_give_is_possible_and_not_clear() -> None:
    scores = np.array([[2, 0], [0, 2], [1, 1]]) * POINT
    found = reproduction(
        Scored.exact(scores).weighted(np.array([1, 0])), [2, 0], [1, 2], simplex(2), free=False, draws=100, seed=1
    )
    assert (found.possible, found.clear, found.hits) == (True, False, 0)
    assert found.nearest_l2.parts == (1, 1)
    assert found.lead == pytest.approx(0, abs=1e-9)
    assert found.bounds[1] > 0


def test_each_rank_may_be_possible_alone_and_the_podium_not() -> None:
    scores = np.array([[3, 0], [0, 3], [2, 2]]) * POINT
    parts = np.array([1, 1])
    found = reproduction(Scored.exact(scores).weighted(parts), [0, 1], [1, 2], simplex(2), free=False, draws=9, seed=1)
    assert [each.possible for each in found.places] == [True, True]
    assert not found.possible
    assert set(found.conflict) == {(0, 1), (1, 2)}
    # Best at 6 w - 3 = t and 1 - 3 w = t.
    assert found.lead == pytest.approx(-1 / 3)


def test_a_rank_that_equals_jump_over_is_not_decided_or_impossible() -> None:
    twins = np.array([[1, 1], [2, 0], [2, 0]]) * POINT
    assert place(Scored.exact(twins), 0, 3, simplex(2), free=False).possible is True
    assert place(Scored.exact(twins), 0, 2, simplex(2), free=False) == Place(None, None, None)
    better = np.array([[1, 1], [2, 2], [2, 2]]) * POINT
    assert place(Scored.exact(better), 0, 2, simplex(2), free=False) == Place(False, None, None)
    assert place(Scored.exact(better), 1, 2, simplex(2), free=False) == Place(False, None, None)


def test_514_alternatives_of_millionths_give_back_a_podium_that_was_made() -> None:
    rng = np.random.default_rng(1)
    scores, hidden = rng.integers(0, FULL, (514, 7)), rng.multinomial(1_000_000, np.full(7, 1 / 7))
    rank = ranks(scores @ hidden)
    positions = [int(np.flatnonzero(rank == place)[0]) for place in (1, 2, 3)]
    parts = np.array([4, 1, 1, 1, 1, 1, 1])
    found = reproduction(
        Scored.exact(scores).weighted(parts), positions, [1, 2, 3], simplex(7), free=False, draws=2_000, seed=1
    )
    assert found.clear and [each.possible for each in found.places] == [True] * 3
    for own, each in zip(positions, found.places, strict=True):
        total = scores.astype(object) @ np.array(each.parts, dtype=object)
        assert 1 + sum(total > total[own]) == positions.index(own) + 1


@pytest.mark.parametrize("announced", [[1, 3], [2, 3], [1, 2, 2, 3], []])
def test_ranks_that_leave_a_place_open_are_refused(announced: list[int]) -> None:
    scores = np.ones((5, 2), dtype=np.int64)
    with pytest.raises(ValueError, match="without a gap"):
        podium(Scored.exact(scores), list(range(len(announced))), announced, free=False)


def test_one_alternative_announced_twice_is_refused() -> None:
    scores = np.ones((3, 2), dtype=np.int64)
    with pytest.raises(ValueError, match="different alternatives"):
        podium(Scored.exact(scores), [1, 1], [1, 2], free=False)


def test_a_region_without_weights_is_refused() -> None:
    scores, none = np.ones((3, 2), dtype=np.int64), linear(np.eye(2), np.array([0.1, 0.1]))
    with pytest.raises(ValueError, match="holds no weights"):
        reproduction(Scored.exact(scores).weighted(np.array([1, 1])), [0], [1], none, free=False, draws=1, seed=1)


def test_the_same_seed_gives_the_same_share() -> None:
    rng = np.random.default_rng(2)
    scores: Floats = rng.random((6, 3)) * FULL
    table = scores.astype(np.int64), scores.astype(np.int64), [0], [1]
    assert solved(table, simplex(3), free=False).hits == solved(table, simplex(3), free=False).hits
