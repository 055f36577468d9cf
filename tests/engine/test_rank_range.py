"""Exact rank ranges against every cell of small arrangements, against closed forms and against their own witnesses."""

import json
import os
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, milp

from paritrana.engine import rank_range, spaces
from paritrana.engine.exact import solver
from paritrana.engine.exact.boxes import Claims, most_passed
from paritrana.engine.exact.polytope import polytope_of
from paritrana.engine.rank_range import RankRanges, rank_ranges, split
from paritrana.engine.ranks import rank_range_of_gaps, ranks
from paritrana.engine.scores import FULL, MAX_PARTS, Floats, Ints, totals
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored, Weighted
from paritrana.paths import DATA
from tests.engine.test_preference import KINDS, corners, planes, table

pytestmark = pytest.mark.slow

CASES = json.loads((DATA / "cases" / "analytic" / "expected.json").read_text(encoding="utf-8"))
often = settings(derandomize=True, deadline=None, max_examples=60)


def known(scores: Any, space: WeightSpace | None = None) -> RankRanges:
    """Exact rank ranges of scores without gaps, over all weights unless told otherwise."""
    array = np.array(scores)
    return rank_ranges(Scored.exact(array), space or spaces.simplex(array.shape[1]), effort=None)


def ends(found: RankRanges) -> tuple[list[int], list[int]]:
    """Best and worst ranks, which have to be proved."""
    assert found.best_proved.all()
    assert found.worst_proved.all()
    return found.best.tolist(), found.worst.tolist()


def by_cells(low: Ints, high: Ints, rows: list[list[int]]) -> tuple[list[int], list[int]]:
    """Best and worst ranks by looking into every corner, edge and cell that the rivals' lines cut a space into.

    Every face of the arrangement holds the middle of some of its corners (up to as many as there are criteria).
    """
    found: tuple[list[int], list[int]] = ([], [])
    for own in range(len(low)):
        best, worst = np.delete(low - high[own], own, axis=0), np.delete(high - low[own], own, axis=0)
        for leads, ranks_found, extreme in ((best, found[0], min), (worst, found[1], max)):
            points = corners(rows, leads.tolist())
            points = points // np.gcd.reduce(points, axis=1)[:, None]
            middles = [sum(some) for size in range(1, low.shape[1] + 1) for some in combinations(points, size)]
            ranks_found.append(1 + extreme((leads.astype(object) @ np.array(middles).T > 0).sum(axis=0).tolist()))
    return found


def exact_rank(low: Ints, high: Ints, own: int, parts: Any, *, best: bool) -> int:
    """Rank of one alternative in its best or worst case, by the definition, in whole numbers."""
    mine, others = (high, low) if best else (low, high)
    total = [sum(int(a) * int(b) for a, b in zip(row, parts, strict=True)) for row in others]
    total[own] = sum(int(a) * int(b) for a, b in zip(mine[own], parts, strict=True))
    return 1 + sum(value > total[own] for value in total)


def check_witnesses(low: Ints, high: Ints, space: WeightSpace, found: RankRanges) -> None:
    for own in range(len(low)):
        assert exact_rank(low, high, own, found.best_parts[own], best=True) == found.best_attained[own]
        assert exact_rank(low, high, own, found.worst_parts[own], best=False) == found.worst_attained[own]
    for parts, weights in ((found.best_parts, found.best_weights), (found.worst_parts, found.worst_weights)):
        assert polytope_of(space).holds(parts).all()
        assert all(space.contains(row, tolerance=2e-9) for row in weights)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("criteria", "count", "tables"), [(2, 6, 60), (3, 4, 25)])
def test_ranges_are_those_of_every_cell_of_the_region(kind: str, criteria: int, count: int, tables: int) -> None:
    rng = np.random.default_rng(criteria)
    for _ in range(tables):
        parts = rng.integers(1, 6, criteria).tolist()
        space, rows = planes(parts, kind, Fraction(int(rng.integers(0, 6)), 5), rng)
        low, high = table(count, criteria, int(rng.choice([2, 5, FULL])), rng)
        found = rank_ranges(Scored(low, high), space, effort=None)
        assert ends(found) == by_cells(low, high, rows)
        check_witnesses(low, high, space, found)


def hardly_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the first box of each task alone, so that programmes have to do the rest."""
    monkeypatch.setattr(
        rank_range, "most_passed", lambda rows, times, low, high, _: most_passed(rows, times, low, high, 0)
    )


@pytest.mark.parametrize("levels", [2, 4, FULL])
def test_ranges_do_not_depend_on_how_far_boxes_are_divided(levels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    hardly_search(monkeypatch)
    rng = np.random.default_rng(12)
    for _ in range(8):
        low, high = table(7, 3, levels, rng)
        space, rows = planes([3, 2, 2], str(rng.choice(KINDS)), Fraction(4, 5), rng)
        found = rank_ranges(Scored(low, high), space, effort=None)
        assert ends(found) == by_cells(low, high, rows)
        check_witnesses(low, high, space, found)


@pytest.mark.parametrize(("shift", "best"), [(-1, 1), (0, 1), (1, 2)])
def test_first_place_on_a_single_point_of_six_criteria_is_found_or_excluded(shift: int, best: int) -> None:
    """Rival k scores c on criterion k alone, the last one s on all: it is first where c * w <= s for all six."""
    share = np.array([1, 2, 3, 5, 7, 12])  # of 30: the only point is share / 30
    scores = np.vstack([np.diag(84_000_000 // share), np.full(6, 2_800_000)])
    scores[0, 0] += shift
    found = known(scores)
    ends(found)
    assert found.best[6] == best
    check_witnesses(scores, scores, spaces.simplex(6), found)


@pytest.mark.parametrize(("shift", "worst"), [(-1, 6), (0, 6), (1, 7)])
def test_a_last_place_in_the_thinnest_sliver_is_found_and_a_tie_is_none(shift: int, worst: int) -> None:
    share = np.array([1, 2, 3, 5, 7, 12])
    scores = np.vstack([np.diag(84_000_000 // share), np.full(6, 2_800_000)])
    scores[0, 0] += shift
    found = known(scores)
    ends(found)
    assert found.worst[6] == worst
    check_witnesses(scores, scores, spaces.simplex(6), found)


@pytest.mark.parametrize("kind", KINDS)
def test_no_draw_ranks_outside_the_range_and_witnesses_attain_it(kind: str) -> None:
    rng = np.random.default_rng(4)
    for levels in (3, 10, FULL):
        space, _ = planes([5, 4, 3, 2, 1], kind, Fraction(1, 2), rng)
        low, high = table(15, 5, levels, rng)
        found = rank_ranges(Scored(low, high), space, effort=None)
        best, worst = ends(found)
        check_witnesses(low, high, space, found)
        for weights in space.draw(300, rng):
            values = rng.integers(low, high + 1)
            drawn = ranks(totals(values, np.rint(weights * MAX_PARTS).astype(np.int64)))
            assert (best <= drawn).all()
            assert (drawn <= worst).all()


def test_on_the_knife_edge_the_third_can_be_first_and_never_shares_the_last_place() -> None:
    scores = (np.array(CASES["knife_edge"]["X"]) * FULL).astype(np.int64)
    assert ends(known(scores)) == ([1, 1, 1], [3, 3, 2])
    assert known(scores).best_parts[2][0] == known(scores).best_parts[2][1]


@pytest.mark.parametrize(("shift", "best", "worst"), [(-1, 2, 3), (0, 1, 2), (1, 1, 2)])
def test_a_millionth_of_a_point_decides_beside_the_knife_edge(shift: int, best: int, worst: int) -> None:
    scores = np.array([[FULL, 0, 0], [0, FULL, 0], [FULL // 2 + shift, FULL // 2 + shift, 0]])
    space = spaces.linear(np.array([[0.0, 0.0, 1.0]]), np.array([0.5]))  # else all are nothing on the third alone
    found = known(scores, space)
    assert (found.best[2], found.worst[2]) == (best, worst)
    ends(found)
    check_witnesses(scores, scores, space, found)


def test_a_tie_on_weights_that_no_million_parts_can_say_is_found_and_witnessed() -> None:
    scores = np.array([[3, 0, 0], [0, 3, 0], [0, 0, 3], [1, 1, 1]]) * 1_000_000
    found = known(scores)
    assert ends(found) == ([1, 1, 1, 1], [4, 4, 4, 3])
    assert found.best_parts[3].tolist() == [1, 1, 1]
    check_witnesses(scores, scores, spaces.simplex(3), found)


def test_each_of_equals_can_be_first_and_last() -> None:
    case = CASES["identity"]
    best, worst = ends(known(np.eye(case["K"], dtype=np.int64) * FULL))
    assert best == [case["best_rank"]] * case["K"]
    # On a corner the others tie at nothing; beside it one alone is last.
    assert worst == [case["worst_rank"]] * case["K"]


def test_dominance_leaves_one_rank_each() -> None:
    case = CASES["dominated"]
    assert ends(known(case["X"], spaces.box(np.array([0.5, 0.5]), 0.4))) == (case["best"], case["worst"])


def test_the_middling_of_two_criteria_is_never_last() -> None:
    scores = np.rint(np.array(CASES["two_criteria"]["X"]) * FULL).astype(np.int64)
    assert ends(known(scores)) == ([1, 1, 1], [3, 3, 2])


def test_fixed_weights_give_the_range_of_the_gaps() -> None:
    rng = np.random.default_rng(6)
    for _ in range(20):
        parts = rng.integers(1, 9, 4)
        low, high = table(8, 4, 6, rng)
        space = spaces.box(parts / parts.sum(), 0.0)
        best, worst = rank_range_of_gaps(totals(low, parts), totals(high, parts))
        assert ends(rank_ranges(Scored(low, high), space, effort=None)) == (best.tolist(), worst.tolist())


def test_weights_that_are_no_short_fractions_can_be_fixed_too() -> None:
    scores = np.random.default_rng(7).integers(0, FULL, (9, 4))
    weights = np.random.default_rng(8).dirichlet(np.ones(4))
    expected = ranks(totals(scores, np.rint(weights * MAX_PARTS).astype(np.int64))).tolist()
    found = known(scores, spaces.box(weights, 0.0))
    assert ends(found) == (expected, expected)
    check_witnesses(scores, scores, spaces.box(weights, 0.0), found)


def test_one_alternative_and_one_criterion_have_one_rank() -> None:
    assert ends(known([[5, 7]])) == ([1], [1])
    assert ends(known([[5], [7], [5]])) == ([2, 1, 2], [2, 1, 2])


def test_an_empty_region_is_refused() -> None:
    with pytest.raises(ValueError, match="the space of weights is empty"):
        known(np.eye(2, dtype=int), spaces.linear(np.array([[1.0, 1.0]]), np.array([0.5])))


def one_by_one(rows: list[Floats], effort: float = np.inf) -> list[Claims]:
    """Searches over all weights, a task each."""
    criteria = rows[0].shape[1]
    times = [np.arange(1, len(own) + 1) for own in rows]
    ends = np.zeros(criteria), np.ones(criteria)
    return [most_passed([own], [often], *ends, effort) for own, often in zip(rows, times, strict=True)]


def random_leads(rng: np.random.Generator) -> list[Floats]:
    """Leads of some tasks: a large number of rivals, a small one, coarse ones that meet on knife edges."""
    return [
        rng.normal(0, 1, (60, 4)),
        rng.normal(0, 1, (3, 4)),
        rng.integers(-2, 3, (25, 4)).astype(float),
        np.eye(4) - 0.25,
    ]


def test_no_weights_drawn_pass_more_rivals_than_the_bound_of_a_search() -> None:
    rng = np.random.default_rng(21)
    for _ in range(10):
        rows = [own[np.abs(own).max(axis=1) > 0] for own in random_leads(rng)]
        weights = np.vstack([np.eye(4), np.full((1, 4), 0.25), rng.dirichlet(np.ones(4), 5_000)])
        for effort in (0, 500, np.inf):
            for own, found in zip(rows, one_by_one(rows, effort), strict=True):
                often = np.arange(1, len(own) + 1)
                assert (often @ (own @ weights.T >= 0)).max() <= found.bound[0]
                assert often @ (own @ found.points[0] >= -2e-9 * np.abs(own).max(axis=1)) == found.claimed[0]
                assert found.points[0].sum() == pytest.approx(1)


def test_tasks_searched_together_have_the_bounds_of_tasks_searched_alone() -> None:
    rng = np.random.default_rng(22)
    rows = [own[np.abs(own).max(axis=1) > 0] for _ in range(5) for own in random_leads(rng)]
    together = most_passed(rows, [np.arange(1, len(own) + 1) for own in rows], np.zeros(4), np.ones(4), np.inf)
    alone = one_by_one(rows)
    assert together.claimed.tolist() == together.bound.tolist() == [int(found.bound[0]) for found in alone]


def test_a_search_ends_where_rivals_exclude_each_other_but_on_a_knife_edge() -> None:
    """Two leads that are each other's opposite: both are passed where they are nothing, and there alone."""
    half = np.random.default_rng(23).normal(0, 1, (6, 5))
    found = most_passed([np.vstack([half, -half])], [np.ones(12, dtype=int)], np.zeros(5), np.ones(5), np.inf)
    meet = [
        size
        for size in range(1, 5)
        for some in combinations(half, size)
        if linprog(np.zeros(5), A_eq=[*some, np.ones(5)], b_eq=[0] * size + [1]).status == 0
    ]
    assert found.claimed[0] <= 6 + max(meet) <= found.bound[0] < 12


def test_without_effort_the_bounds_enclose_the_truth_and_say_where_they_are_not_proved() -> None:
    low, high = table(30, 6, FULL, np.random.default_rng(9))
    space = spaces.simplex(6)
    best, worst = ends(rank_ranges(Scored(low, high), space, effort=None))
    hasty = rank_ranges(Scored(low, high), space, effort=0)
    assert not (hasty.best_proved.all() and hasty.worst_proved.all())
    assert ((hasty.best <= best) & (best <= hasty.best_attained)).all()
    assert ((hasty.worst_attained <= worst) & (worst <= hasty.worst)).all()
    assert (hasty.best[hasty.best_proved] == np.array(best)[hasty.best_proved]).all()
    check_witnesses(low, high, space, hasty)
    # Who can be first, and who can be last, is decided all the same.
    assert (hasty.best == 1).tolist() == (np.array(best) == 1).tolist()
    assert (hasty.worst == len(low)).tolist() == (np.array(worst) == len(low)).tolist()


def test_the_same_table_has_the_same_bounds_each_time() -> None:
    low, high = table(24, 5, FULL, np.random.default_rng(12))
    once, again = (rank_ranges(Scored(low, high), spaces.simplex(5), effort=600) for _ in range(2))
    assert not (once.best_proved.all() and once.worst_proved.all())
    for name in ("best", "worst", "best_attained", "worst_attained", "best_parts", "worst_parts"):
        assert getattr(once, name).tolist() == getattr(again, name).tolist()


def test_what_the_solver_prints_does_not_reach_standard_output(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def talkative(*arguments: Any, **options: Any) -> Any:
        os.write(1, b"a line of the solver")
        calls.append(1)
        return milp(*arguments, **options)

    calls: list[int] = []
    monkeypatch.setattr(solver, "milp", talkative)
    hardly_search(monkeypatch)
    known(np.random.default_rng(10).integers(0, FULL, (12, 4)))
    print("a line of ours")
    assert calls
    assert capfd.readouterr() == ("a line of ours\n", "")


small = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=7).map(np.array)
WEIGHTS = np.array([0.5, 0.3, 0.2])


def boxed(scores: Ints, weights: Floats = WEIGHTS) -> RankRanges:
    return known(scores, spaces.box(weights, 0.4, relative=True))


@often
@given(small, st.permutations([0, 1, 2]), st.integers(2, 1000))
def test_another_order_of_criteria_or_unit_changes_no_range(scores: Ints, order: list[int], unit: int) -> None:
    assert ends(boxed(scores[:, order] * unit, WEIGHTS[order])) == ends(boxed(scores))


@often
@given(small, st.integers(0, 5))
def test_rows_in_another_order_have_the_ranges_in_that_order(scores: Ints, turn: int) -> None:
    best, worst = ends(boxed(scores))
    assert ends(boxed(np.roll(scores, turn, axis=0))) == (np.roll(best, turn).tolist(), np.roll(worst, turn).tolist())


@often
@given(small)
def test_a_newcomer_below_all_is_last_and_changes_nothing(scores: Ints) -> None:
    best, worst = ends(boxed(scores))
    last = len(scores) + 1
    assert ends(boxed(np.vstack([scores, scores.min(axis=0) - 1]))) == ([*best, last], [*worst, last])


@often
@given(small)
def test_a_twin_of_every_alternative_counts_twice_below_it(scores: Ints) -> None:
    best, worst = ends(boxed(scores))
    twice = ends(boxed(np.repeat(scores, 2, axis=0)))
    assert twice[0] == [2 * rank - 1 for rank in best for _ in range(2)]
    assert twice[1] == [2 * rank - 1 for rank in worst for _ in range(2)]


@often
@given(small)
def test_a_criterion_split_in_two_changes_no_range_over_all_weights(scores: Ints) -> None:
    assert ends(known(scores[:, [0, 1, 2, 2]])) == ends(known(scores))


@often
@given(small)
def test_scores_turned_over_turn_the_ranges_over_as_far_as_ties_let_them(scores: Ints) -> None:
    """Of n, rank r from above is n + 1 - r from below, or better where it ties."""
    (best, worst), (low, high) = ends(boxed(scores)), ends(boxed(4 - scores))
    assert (np.array(low) <= len(scores) + 1 - np.array(worst)).all()
    assert (np.array(best) <= len(scores) + 1 - np.array(high)).all()


def test_the_split_has_weights_alone_gaps_alone_and_both() -> None:
    rng = np.random.default_rng(11)
    for _ in range(20):
        parts = np.array([5, 3, 2])
        space = spaces.box(parts / parts.sum(), 0.3, relative=True)
        low, high = table(7, 3, 6, rng)
        found = split(Weighted(low, high, parts), space)
        best, worst = ends(found.both)
        assert found.gaps_best.tolist() == rank_range_of_gaps(totals(low, parts), totals(high, parts))[0].tolist()
        assert ends(found.weights) == ends(known(low + high, space))
        for narrow_best, narrow_worst in (ends(found.weights), (found.gaps_best, found.gaps_worst)):
            assert (best <= np.array(narrow_best)).all()
            assert (worst >= np.array(narrow_worst)).all()
