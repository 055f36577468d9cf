"""Smallest changes against grids, all sets of tight rows, all sets of rivals and an independent solver, exactly."""

from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from paritrana.engine.exact import nearest as exact
from paritrana.engine.exact.nearest import Norm, nearest
from paritrana.engine.exact.polytope import space_rows
from paritrana.engine.rank_range import rank_ranges
from paritrana.engine.ranks import ranks
from paritrana.engine.scores import FULL, Floats, Ints
from paritrana.engine.smallest import Change, lift, overtake, rises
from paritrana.engine.spaces import WeightSpace, box, linear, order, simplex
from paritrana.engine.table import Scored, Weighted

pytestmark = pytest.mark.slow

often = settings(derandomize=True, deadline=None, max_examples=150)
NORMS: tuple[Norm, ...] = ("l1", "l2", "linf")
norms = st.sampled_from(NORMS)
GRID = 24  # steps on each side of the simplex


@st.composite
def tables(draw: st.DrawFn, criteria: int | None = None) -> tuple[Ints, Ints, Ints]:
    """Small tables with many ties and gaps, weights of zero among them."""
    count, width = draw(st.integers(2, 6)), criteria or draw(st.integers(1, 4))
    cells = st.lists(st.lists(st.integers(0, 5), min_size=width, max_size=width), min_size=count, max_size=count)
    low = np.array(draw(cells))
    gap = np.array(draw(cells)) * draw(st.integers(0, 1))
    parts = draw(st.lists(st.integers(0, 4), min_size=width, max_size=width).filter(lambda each: sum(each) > 0))
    return low, low + gap, np.array(parts)


def length(change: Floats, norm: Norm) -> float:
    return float({"l1": np.abs(change).sum(), "linf": np.abs(change).max(), "l2": np.sqrt((change**2).sum())}[norm])


def case(low: Ints, high: Ints, own: int, best_case: bool) -> Ints:
    """Twice the scores of the case that is asked for."""
    if not best_case:
        return low + high
    scores = 2 * low
    scores[own] = 2 * high[own]
    return scores


def rank_at(scores: Ints, own: int, parts: tuple[int, ...]) -> int:
    """Rank by exact totals."""
    total = [sum(int(x) * part for x, part in zip(row, parts, strict=True)) for row in scores]
    return 1 + sum(other > total[own] for other in total)


def grid(criteria: int, steps: int = GRID) -> Ints:
    """All whole parts that sum to `steps`."""
    cuts = product(range(steps + 1), repeat=criteria - 1)
    return np.array([(*cut, steps - sum(cut)) for cut in cuts if sum(cut) <= steps])


def by_solver(rows: Any, parts: Ints, norm: Norm) -> float | None:
    """Least distance by an independent linear programme, or for l2 by every set of tight rows."""
    criteria, start = len(parts), parts / parts.sum()
    if norm == "l2":
        return by_tight_sets(np.vstack([np.asarray(rows, dtype=float), np.eye(criteria)]), start)
    each, sizes = np.eye(criteria), criteria if norm == "l1" else 1
    column = -np.eye(criteria) if norm == "l1" else -np.ones((criteria, 1))
    above = np.vstack([np.hstack([each, column]), np.hstack([-each, column])])
    rivals = np.hstack([-np.asarray(rows, dtype=float), np.zeros((len(rows), sizes))])
    solved = linprog(
        np.append(np.zeros(criteria), np.ones(sizes)),
        A_ub=np.vstack([above, rivals]),
        b_ub=np.concatenate([start, -start, np.zeros(len(rows))]),
        A_eq=[[*np.ones(criteria), *np.zeros(sizes)]],
        b_eq=[1],
    )
    return float(solved.fun) if solved.status == 0 else None


def by_tight_sets(rows: Floats, start: Floats) -> float | None:
    """Distance of the nearest feasible foot over all sets of rows taken as tight."""
    feet = []
    for size in range(len(start)):
        for tight in combinations(range(len(rows)), size):
            equations = np.vstack([rows[list(tight)], np.ones(len(start))])
            foot = start + np.linalg.pinv(equations) @ (np.append(np.zeros(size), 1) - equations @ start)
            if (rows @ foot >= -1e-9).all() and abs(equations[:-1] @ foot).max(initial=0) < 1e-9:
                feet.append(length(foot - start, "l2"))
    return min(feet, default=None)


def agree(found: float | None, expected: float | None) -> bool:
    return found is None if expected is None else found is not None and abs(found - expected) < 1e-9


def check_witness(change: Change, scores: Ints, own: int, parts: Ints, norm: Norm) -> None:
    """That the exact weights have the length and the rank that are said."""
    if change.parts is None:
        assert change.impossible and change.distance is None and change.weights is None and change.rank is None
        return
    whole = sum(change.parts)
    weights = np.array([part / whole for part in change.parts])
    assert change.weights is not None and change.distance is not None
    assert min(change.parts) >= 0
    assert np.abs(change.weights - weights).max() < 1e-15
    assert abs(length(weights - parts / parts.sum(), norm) - change.distance) < 1e-12
    assert change.rank == rank_at(scores, own, change.parts)


@often
@given(tables(), norms, st.booleans())
def test_first_place_is_as_near_as_an_independent_solver_says(
    table: tuple[Ints, Ints, Ints], norm: Norm, best: bool
) -> None:
    low, high, parts = table
    for own in range(len(low)):
        scores = case(low, high, own, best)
        change = lift(Weighted(low, high, parts), own, 1, simplex(len(parts)), norm=norm, best_case=best)
        check_witness(change, scores, own, parts, norm)
        assert change.rank in (1, None)
        assert agree(change.distance, by_solver(scores[own] - scores, parts, norm))


@often
@given(tables(), norms)
def test_a_place_among_three_is_the_best_over_all_pairs_let_pass(table: tuple[Ints, Ints, Ints], norm: Norm) -> None:
    low, high, parts = table
    scores = low + high
    for own in range(len(low))[:2]:
        change = lift(Weighted(low, high, parts), own, 3, simplex(len(parts)), norm=norm)
        check_witness(change, scores, own, parts, norm)
        assert change.rank is None or change.rank <= 3
        rivals = [rival for rival in range(len(low)) if rival != own]
        kept = combinations(rivals, max(len(rivals) - 2, 0))
        tried = [by_solver(scores[own] - scores[list(each)], parts, norm) for each in kept]
        assert agree(change.distance, min((each for each in tried if each is not None), default=None))


@often
@given(tables(criteria=3), norms, st.integers(1, 3), st.booleans())
def test_no_weights_on_a_fine_grid_do_it_nearer(
    table: tuple[Ints, Ints, Ints], norm: Norm, places: int, best: bool
) -> None:
    low, high, parts = table
    tried = grid(3)
    for own in range(len(low)):
        total = tried @ case(low, high, own, best).T
        good = tried[(total > total[:, [own]]).sum(axis=1) < places] / GRID
        change = lift(Weighted(low, high, parts), own, places, simplex(3), norm=norm, best_case=best)
        if change.distance is None:
            assert not len(good)
        else:
            assert all(length(weights - parts / parts.sum(), norm) >= change.distance - 1e-12 for weights in good)


@often
@given(tables(), norms, st.sampled_from(["box", "order", "linear"]), st.integers(0, 5))
def test_in_a_region_it_is_as_near_as_an_independent_solver_says(
    table: tuple[Ints, Ints, Ints], norm: Norm, kind: str, size: int
) -> None:
    low, high, parts = table
    space = space_of(kind, parts, size)
    rows = np.vstack([space_rows(space).astype(float), np.zeros((1, len(parts)))])
    for own in range(len(low))[:2]:
        scores = low + high
        change = lift(Weighted(low, high, parts), own, 1, space, norm=norm)
        check_witness(change, scores, own, parts, norm)
        assert change.weights is None or space.contains(change.weights)
        assert agree(change.distance, by_solver(np.vstack([scores[own] - scores, rows]), parts, norm))


def space_of(kind: str, parts: Ints, size: int) -> WeightSpace:
    """A box around the weights, an order of importance or limits on sums of weights."""
    if kind == "box":
        return box(parts / parts.sum(), size / 10)
    if kind == "order":
        return order(list(range(len(parts)))[::-1])
    return linear(np.vstack([np.arange(len(parts), dtype=float), -np.ones(len(parts))]), np.array([size / 3, -0.5]))


@often
@given(tables(), norms, st.booleans())
def test_overtaking_one_rival_is_being_first_of_two(table: tuple[Ints, Ints, Ints], norm: Norm, best: bool) -> None:
    low, high, parts = table
    change = overtake(Weighted(low, high, parts), 0, 1, simplex(len(parts)), norm=norm, best_case=best)
    check_witness(change, case(low, high, 0, best), 0, parts, norm)
    pair = lift(Weighted(low[:2], high[:2], parts), 0, 1, simplex(len(parts)), norm=norm, best_case=best)
    assert change.distance == pair.distance


@often
@given(tables(), norms)
def test_fractions_alone_give_the_same_as_doubles(table: tuple[Ints, Ints, Ints], norm: Norm) -> None:
    low, high, parts = table
    scores = low + high
    for own in range(len(low)):
        rows = scores[own] - scores
        quick = nearest(rows, parts, norm)
        if quick.distance == 0:
            continue
        slow = exact._programme_in_fractions(rows, parts, exact._table(rows, parts, "l1" if norm == "l2" else norm))
        assert slow.impossible == quick.impossible
        if norm != "l2":
            assert slow.distance == quick.distance
        elif not quick.impossible:
            every = np.vstack([rows, np.eye(len(parts), dtype=np.int64)])
            flat, short = len(parts) * every - every.sum(axis=1, keepdims=True), -(every @ parts)
            tight = exact._tight_in_fractions(every, flat, short)
            foot = exact._foot(rows, parts, every, flat, short, tight)
            assert foot is not None and foot.parts == quick.parts


@often
@given(tables(), norms)
def test_who_keeps_an_alternative_out_does_so_alone(table: tuple[Ints, Ints, Ints], norm: Norm) -> None:
    low, high, parts = table
    scores = low + high
    for own in range(len(low)):
        change = lift(Weighted(low, high, parts), own, 1, simplex(len(parts)), norm=norm)
        rivals = list(change.rivals)
        assert agree(change.distance, by_solver((scores[own] - scores)[rivals], parts, norm) if rivals else 0.0)
        if change.parts is not None:
            assert all(((scores[own] - scores)[rival].astype(object) @ change.parts) == 0 for rival in rivals)


@often
@given(tables(), norms, st.randoms(use_true_random=False))
def test_another_order_of_rows_and_criteria_changes_no_distance(
    table: tuple[Ints, Ints, Ints], norm: Norm, random: object
) -> None:
    low, high, parts = table
    rows, columns = list(range(len(low))), list(range(len(parts)))
    random.shuffle(rows), random.shuffle(columns)  # type: ignore[attr-defined]
    for places in (1, 2):
        plain = lift(Weighted(low, high, parts), rows[0], places, simplex(len(parts)), norm=norm)
        ends = [end[rows][:, columns] for end in (low, high)]
        moved = lift(Weighted(ends[0], ends[1], parts[columns]), 0, places, simplex(len(parts)), norm=norm)
        assert agree(moved.distance, plain.distance)


@often
@given(tables(), norms)
def test_a_dominated_newcomer_and_another_scale_change_nothing(table: tuple[Ints, Ints, Ints], norm: Norm) -> None:
    low, high, parts = table
    below = np.full((1, low.shape[1]), -1)
    plain = lift(Weighted(low, high, parts), 0, 1, simplex(len(parts)), norm=norm)
    more = lift(
        Weighted(np.vstack([low, below]), np.vstack([high, below]), parts), 0, 1, simplex(len(parts)), norm=norm
    )
    large = lift(Weighted(low * 1000, high * 1000, parts * 3), 0, 1, simplex(len(parts)), norm=norm)
    assert plain.distance == more.distance == large.distance


@often
@given(tables())
def test_splitting_a_criterion_in_two_keeps_the_weight_that_must_move(table: tuple[Ints, Ints, Ints]) -> None:
    low, high, parts = table
    wider = [np.hstack([end, end[:, -1:]]) for end in (low, high)]
    split = lift(
        Weighted(wider[0], wider[1], np.append(parts[:-1] * 2, [parts[-1]] * 2)), 0, 1, simplex(len(parts) + 1)
    )
    assert agree(split.distance, lift(Weighted(low, high, parts), 0, 1, simplex(len(parts))).distance)


@often
@given(tables(), st.integers(1, 6))
def test_one_millionth_less_than_the_rise_does_not_suffice(table: tuple[Ints, Ints, Ints], rank: int) -> None:
    low, high, parts = table
    rank = min(rank, len(low))
    found = rises(Weighted(low, high, parts), rank)
    before = ranks((low + high) @ parts)
    for own, criterion in product(range(len(low)), range(len(parts))):
        lifted = low.copy(), high.copy()
        need = int(found.millionths[own, criterion]) if found.possible[own, criterion] else FULL
        for end in lifted:
            end[own, criterion] += need
        after = ranks((lifted[0] + lifted[1]) @ parts)[own]
        if not found.possible[own, criterion]:
            assert before[own] > rank and after > rank and parts[criterion] == 0
        elif need == 0:
            assert before[own] <= rank
        else:
            for end in lifted:
                end[own, criterion] -= 1
            assert after <= rank < ranks((lifted[0] + lifted[1]) @ parts)[own]


def test_a_rise_beyond_full_points_is_not_possible() -> None:
    low = np.array([[90, 0], [95, 50]]) * 1_000_000
    found = rises(Scored.exact(low).weighted(np.array([1, 1])), 1)
    assert found.possible.tolist() == [[False, True], [True, True]]
    assert found.millionths.tolist() == [[0, 55_000_000], [0, 0]]


def test_a_rank_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="rank from 1 to 2"):
        rises(Scored.exact(np.ones((2, 1), np.int64)).weighted(np.array([1])), 3)


def test_a_place_before_the_first_is_refused() -> None:
    with pytest.raises(ValueError, match="place from 1 on"):
        lift(Scored.exact(np.ones((2, 1), np.int64)).weighted(np.array([1])), 0, 0, simplex(1))


@pytest.mark.parametrize("norm", NORMS)
def test_the_knife_edge_is_hit_exactly(norm: Norm) -> None:
    # The third is first only where the first two weights are equal and the third is zero or ties stay ties.
    scores = np.array([[2, 0, 0], [0, 2, 0], [1, 1, 0]]) * 50_000_000
    change = lift(Scored.exact(scores).weighted(np.array([5, 3, 2])), 2, 1, simplex(3), norm=norm)
    assert change.parts is not None and change.parts[0] == change.parts[1]
    assert change.rank == 1
    assert change.distance == pytest.approx({"l1": 0.2, "l2": 0.02**0.5, "linf": 0.1}[norm], abs=1e-15)


def test_closed_forms_of_two_criteria() -> None:
    scores = np.array([[10, 0], [0, 10], [7, 7]])
    for norm, distance in (("l1", 0.4), ("l2", 0.2 * 2**0.5), ("linf", 0.2)):
        change = lift(Scored.exact(scores).weighted(np.array([1, 1])), 0, 1, simplex(2), norm=norm)  # type: ignore[arg-type]
        assert change.parts == (7, 3) and change.rivals == (2,)
        assert change.distance == pytest.approx(distance, abs=1e-15)


def test_the_convex_hull_of_rivals_excludes_whom_no_single_rival_dominates() -> None:
    scores = np.array([[4, 4], [9, 0], [0, 9]])
    change = lift(Scored.exact(scores).weighted(np.array([1, 1])), 0, 1, simplex(2))
    assert change.impossible and change.rivals == (1, 2)
    second = lift(Scored.exact(scores).weighted(np.array([1, 1])), 0, 2, simplex(2))
    assert second.parts in ((5, 4), (4, 5)) and second.rank == 2


def test_who_is_first_already_need_not_change_the_weights() -> None:
    scores = np.array([[5, 5], [1, 1]])
    change = lift(Scored.exact(scores).weighted(np.array([2, 4])), 0, 1, simplex(2))
    assert (change.distance, change.parts, change.rank) == (0.0, (1, 2), 1)


def test_a_box_of_thirds_is_read_as_thirds() -> None:
    rows = space_rows(box(np.array([1 / 3, 1 / 3, 1 / 3]), 0.1))
    values = {Fraction(int(row.max()), int(row.max() - row.min())) for row in rows}
    assert values == {Fraction(13, 30), Fraction(23, 30)}


@pytest.mark.parametrize("norm", NORMS)
def test_millions_of_a_point_are_told_apart(norm: Norm) -> None:
    """Random tables in full resolution: exact rank and independent distance."""
    rng = np.random.default_rng(5)
    for _ in range(20):
        scores, parts = rng.integers(0, FULL, (12, 5)), rng.multinomial(1_000_000, np.ones(5) / 5)
        for own in range(3):
            change = lift(Scored.exact(scores).weighted(parts), own, 1, simplex(5), norm=norm)
            check_witness(change, 2 * scores, own, parts, norm)
            if norm != "l2":
                assert agree(change.distance, by_solver((scores[own] - scores) / FULL, parts, norm))


def test_of_514_alternatives_each_can_be_first_or_is_proved_not_to() -> None:
    rng = np.random.default_rng(1)
    scores, parts = rng.integers(0, FULL, (514, 7)), rng.multinomial(1_000_000, np.ones(7) / 7)
    table = Scored.exact(scores).weighted(parts)
    found = [lift(table, own, 1, simplex(7)) for own in range(514)]
    best = scores.argmax(axis=0)
    assert all(found[own].rank == 1 for own in best)  # the whole weight on the criterion that it is best in
    assert {change.rank for change in found} == {1, None}


@pytest.mark.parametrize("bound", [0.12345678912, 1 / 3, 0.1, 0.7 - 0.2, 1e-10, 0.999999999999])
def test_two_proofs_read_a_set_of_weights_alike(bound: float) -> None:
    """Whether a rank can be reached is proved in one way, the weights that do it are found in another."""
    space = linear(np.array([[1.0, 0.0]]), np.array([bound]))
    for gap in range(1, 60, 7):
        scores = np.array([[FULL, 0], [0, gap * FULL // 60]])
        reached = rank_ranges(Scored.exact(scores), space).best[0] == 1
        assert reached == (lift(Scored.exact(scores).weighted(np.array([1, 1])), 0, 1, space).distance is not None)
