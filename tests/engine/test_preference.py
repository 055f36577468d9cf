"""Necessary and possible preference against every corner of a space, found by another way in whole numbers."""

from fractions import Fraction
from itertools import combinations, pairwise, product
from math import lcm

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine import spaces
from paritrana.engine.exact.leads import leads
from paritrana.engine.exact.polytope import Bools, Whole, extreme_points, polytope_of
from paritrana.engine.exact.programme import largest_lead
from paritrana.engine.preference import Preference, covers, preference, tiers
from paritrana.engine.scores import FULL, Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored

pytestmark = pytest.mark.slow

often = settings(derandomize=True, deadline=None, max_examples=300)
KINDS = ["simplex", "box", "order", "linear"]


def planes(
    parts: list[int], kind: str, radius: Fraction, rng: np.random.Generator
) -> tuple[WeightSpace, list[list[int]]]:
    """A space around weights given as parts, and its constraints as rows of whole numbers a with a @ w >= 0."""
    count, weights = len(parts), [Fraction(part, sum(parts)) for part in parts]
    least = np.eye(count, dtype=int).tolist()
    if kind == "simplex":
        return spaces.simplex(count), least
    if kind == "order":
        order = rng.permutation(count).tolist()
        steps = [least[more] for more in order]
        return spaces.order(order), least + [list(np.subtract(a, b)) for a, b in pairwise(steps)]
    if kind == "linear":
        matrix = rng.integers(-2, 3, (2, count))
        matrix[:, 0] = -2  # all weight on the first criterion satisfies everything
        return spaces.linear(matrix.astype(float), np.zeros(2)), least + (-matrix).tolist()
    ends = [(weight * (1 - radius), weight * (1 + radius)) for weight in weights]
    rows = [[(own == k) - low for own in range(count)] for k, (low, _) in enumerate(ends)]
    rows += [[high - (own == k) for own in range(count)] for k, (_, high) in enumerate(ends)]
    whole = [[int(value * lcm(*(v.denominator for v in row))) for value in row] for row in rows]
    return spaces.box(np.array(parts) / sum(parts), float(radius), relative=True), least + whole


def meetings(rows: list[list[int]]) -> list[tuple[int, ...]]:
    """Directions on which as many rows as fix one (for two or three criteria) are nothing."""
    found: list[tuple[int, ...]] = [(row[1], -row[0]) for row in rows]
    if len(rows[0]) == 3:
        found = [
            (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
            for a, b in combinations(rows, 2)
        ]
    return [*found, *(tuple(-value for value in point) for point in found)]


def corners(rows: list[list[int]], lines: list[list[int]] | None = None) -> Whole:
    """Where constraints (and lines through the space) meet inside it: whole parts, shape (V, K)."""
    inside = np.array(rows, dtype=object)
    distinct = {tuple(int(value) for value in row) for row in [*rows, *(lines or [])]}
    points = {p for p in meetings([list(row) for row in distinct]) if sum(p) > 0}
    return np.array([p for p in sorted(points) if (inside @ np.array(p, dtype=object) >= 0).all()], dtype=object)


def table(count: int, criteria: int, largest: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Scores, a third of the tables with gaps."""
    ends = rng.integers(0, largest + 1, (2, count, criteria))
    known = rng.random((count, criteria)) < (1 if rng.random() < 2 / 3 else 0.6)
    ends[1][known] = ends[0][known]
    return ends.min(axis=0), ends.max(axis=0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_preference_is_what_every_corner_of_the_region_says(kind: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(250):
        criteria = int(rng.integers(2, 4))
        parts = rng.integers(1, 6, criteria).tolist()
        space, rows = planes(parts, kind, Fraction(int(rng.integers(0, 6)), 5), rng)
        low, high = table(6, criteria, int(rng.choice([2, 5, FULL])), rng)
        points = corners(rows).T
        found = preference(Scored(low, high), space)
        for one, two in product(range(6), repeat=2):
            if one != two:
                safe, hoped = (low[one] - high[two]) @ points, (high[one] - low[two]) @ points
                assert found.necessary[one, two] == (safe >= 0).all()
                assert found.necessary_strict[one, two] == (safe > 0).all()
                assert found.possible[one, two] == (hoped >= 0).any()
                assert found.possible_strict[one, two] == (hoped > 0).any()


@pytest.mark.parametrize("kind", KINDS)
def test_the_extreme_points_are_the_corners_of_the_region(kind: str) -> None:
    rng = np.random.default_rng(2)
    for _ in range(100):
        space, rows = planes(rng.integers(1, 6, 3).tolist(), kind, Fraction(int(rng.integers(0, 6)), 5), rng)
        found = extreme_points(polytope_of(space), 3)
        assert found is not None
        expected = {tuple(Fraction(int(v), int(sum(point))) for v in point) for point in corners(rows)}
        assert {tuple(Fraction(int(v), int(sum(point))) for v in point) for point in found} == expected


@pytest.mark.parametrize("kind", KINDS)
def test_leads_are_those_of_a_linear_programme_with_exact_signs(kind: str) -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        criteria = int(rng.integers(2, 7))
        space, _ = planes(rng.integers(1, 6, criteria).tolist(), kind, Fraction(int(rng.integers(0, 6)), 5), rng)
        rows = rng.integers(-2, 3, (8, criteria)) if rng.random() < 0.5 else rng.integers(-FULL, FULL, (8, criteria))
        least, most = leads(rows, space)
        for row, small, large in zip(rows, least, most, strict=True):
            upper = largest_lead(row[None], polytope_of(space)).value
            lower = -largest_lead(-row[None], polytope_of(space)).value
            assert (np.sign(small), np.sign(large)) == (np.sign(float(lower)), np.sign(float(upper)))
            assert (small, large) == pytest.approx((float(lower), float(upper)), rel=1e-6, abs=1e-6 * abs(row).max())


def test_the_largest_lead_is_reached_and_its_binding_rows_forbid_more() -> None:
    rng = np.random.default_rng(4)
    for _ in range(300):
        criteria = int(rng.integers(2, 7))
        kind = str(rng.choice(KINDS))
        space, _ = planes(rng.integers(1, 6, criteria).tolist(), kind, Fraction(int(rng.integers(0, 6)), 5), rng)
        rows = rng.integers(-3, 4, (int(rng.integers(1, 9)), criteria))
        polytope = polytope_of(space)
        lead = largest_lead(rows, polytope)
        assert polytope.holds(lead.parts)
        assert min(Fraction(int(v), int(lead.parts.sum())) for v in rows.astype(object) @ lead.parts) == lead.value
        assert largest_lead(rows[lead.binding], polytope).value == lead.value


def test_so_many_extreme_points_that_programmes_are_solved_give_the_same_signs() -> None:
    rng = np.random.default_rng(5)
    weights = np.round(rng.dirichlet(np.full(9, 3.0)), 3)
    weights[0] += 1 - weights.sum()
    box = spaces.box(weights, 0.25, relative=True)
    same = spaces.linear(box.matrix, box.bound)
    assert extreme_points(polytope_of(same), 9) is None
    rows = rng.integers(-3, 4, (200, 9))
    for one, other in zip(leads(rows, same), leads(rows, box), strict=True):
        assert (np.sign(one) == np.sign(other)).all()
        assert one == pytest.approx(other, abs=1e-8)


def test_an_empty_region_is_refused() -> None:
    empty = spaces.linear(np.array([[1.0, 1.0]]), np.array([0.5]))
    with pytest.raises(ValueError, match="the space of weights is empty"):
        leads(np.eye(2, dtype=int), empty)
    with pytest.raises(ValueError, match="the space of weights is empty"):
        largest_lead(np.eye(2, dtype=int), polytope_of(empty))
    with pytest.raises(ValueError, match="the space of weights is empty"):
        leads(np.eye(2, dtype=int), spaces.box(np.array([0.9, 0.9]), 0.1))


def test_fixed_thirds_leave_a_tie_a_tie() -> None:
    scores = np.array([[3, 0, 0], [1, 1, 1], [0, 0, 3]]) * 7
    found = preference(Scored.exact(scores), spaces.box(np.ones(3) / 3, 0.0))
    assert found.necessary.all()
    assert not found.possible_strict.any()


def test_a_dominating_alternative_is_necessarily_preferred_over_all_weights_and_over_no_others() -> None:
    rng = np.random.default_rng(6)
    scores = rng.integers(0, 4, (40, 3))
    found = preference(Scored.exact(scores), spaces.simplex(3))
    dominating = (scores[:, None] >= scores).all(axis=2)
    assert (found.necessary == dominating).all()
    assert (found.preferred == (dominating & ~dominating.T)).all()


def test_an_alternative_is_as_good_as_itself_whatever_its_gaps() -> None:
    found = preference(Scored(np.array([[0, 0], [1, 1]]), np.array([[9, 9], [1, 1]])), spaces.simplex(2))
    assert found.necessary.tolist() == [[True, False], [False, True]]
    assert not found.necessary_strict.any()
    assert not found.possible_strict.diagonal().any()


small = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=9).map(np.array)


@often
@given(small, st.permutations([0, 1, 2]), st.integers(1, 1000))
def test_another_order_of_criteria_or_unit_changes_no_preference(scores: Ints, order: list[int], unit: int) -> None:
    weights = np.array([0.5, 0.3, 0.2])
    before = preference(Scored.exact(scores), spaces.box(weights, 0.1))
    after = preference(Scored.exact(scores[:, order] * unit), spaces.box(weights[order], 0.1))
    assert (before.necessary == after.necessary).all()
    assert (before.possible == after.possible).all()


@often
@given(small)
def test_a_narrower_region_keeps_what_is_necessary_and_adds_nothing_possible(scores: Ints) -> None:
    weights = np.array([0.5, 0.3, 0.2])
    whole, wide, narrow = (
        preference(Scored.exact(scores), space)
        for space in (spaces.simplex(3), spaces.box(weights, 0.2), spaces.box(weights, 0.1))
    )
    for wider, narrower in ((whole, wide), (wide, narrow)):
        assert (wider.necessary <= narrower.necessary).all()
        assert (wider.possible >= narrower.possible).all()


def chains(above: Bools) -> list[int]:
    """Longest chains by trying all of them."""

    def longest(one: int) -> int:
        return 1 + max((longest(int(other)) for other in np.flatnonzero(above[:, one])), default=0)

    return [longest(one) for one in range(len(above))]


@often
@given(small, st.integers(0, 2))
def test_tiers_are_longest_chains_and_covers_rebuild_the_order(scores: Ints, gap: int) -> None:
    found = preference(Scored(scores, scores + gap), spaces.simplex(3))
    for above in (found.necessary_strict, found.preferred):
        assert tiers(above).tolist() == chains(above)
        rebuilt = covering = covers(above)
        for _ in scores:
            rebuilt = rebuilt | ((rebuilt.astype(int) @ covering.astype(int)) > 0)
        assert (rebuilt == above).all()
        between = (above[:, :, None] & above[None]).any(axis=1)
        assert (covering == (above & ~between)).all()


def test_a_cycle_or_a_gap_in_the_relation_is_no_order() -> None:
    cycle = np.array([[False, True], [True, False]])
    gap = np.array([[False, True, False], [False, False, True], [False, False, False]])
    for above in (cycle, gap, np.eye(2, dtype=bool)):
        for function in (tiers, covers):
            with pytest.raises(ValueError, match="a strict partial order was expected"):
                function(above)


def test_one_alternative_is_one_tier() -> None:
    alone = preference(Scored(np.array([[1, 2]]), np.array([[3, 4]])), spaces.simplex(2))
    assert isinstance(alone, Preference)
    assert tiers(alone.necessary_strict).tolist() == [1]
