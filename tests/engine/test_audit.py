"""The rounding audit against the Human Development Index, an independent linear programme and every rounding."""

import csv
import json
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from paritrana.engine.audit import Consistency, consistency, rounding, rounding_box, weights_that_rank
from paritrana.engine.ranks import ranks
from paritrana.engine.scores import FULL, POINT, Floats, Ints
from paritrana.engine.spaces import box, simplex
from paritrana.engine.table import Scored, Weighted
from paritrana.paths import DATA

pytestmark = pytest.mark.slow

HDI = DATA / "cases" / "hdi"
often = settings(derandomize=True, deadline=None, max_examples=200)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Ints, Ints, Ints, Ints]:
    """Small boxes of scores with ties and zero widths, weights, and ranks that may or may not follow."""
    count, criteria = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    cells = st.lists(st.lists(st.integers(0, 4), min_size=criteria, max_size=criteria), min_size=count, max_size=count)
    low, width = np.array(draw(cells)), np.array(draw(cells)) // 2
    parts = np.array(draw(st.lists(st.integers(1, 3), min_size=criteria, max_size=criteria)))
    levels = np.array(draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)))
    return low, low + width, parts, ranks(levels)


def hdi() -> tuple[Floats, Floats, Ints]:
    """Unrounded index by its published formula, the published index and the published ranks."""
    with (HDI / "hdi2021.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["hdi_rank_2021"]]
    le, eys, mys, gni, published, rank = (
        np.array([float(row[name]) for row in rows])
        for name in ("le_2021", "eys_2021", "mys_2021", "gnipc_2021", "hdi_2021", "hdi_rank_2021")
    )
    health = (np.minimum(le, 85) - 20) / 65
    education = (np.minimum(eys, 18) / 18 + np.minimum(mys, 15) / 15) / 2
    income = (np.log(np.minimum(gni, 75_000)) - np.log(100)) / (np.log(75_000) - np.log(100))
    return np.cbrt(health * education * income), published, rank.astype(np.int64)


def test_29_of_191_ranks_of_the_human_development_index_come_from_rounding() -> None:
    checks = json.loads((HDI / "expected.json").read_text(encoding="utf-8"))["checks"]
    index, published, rank = hdi()
    found = rounding(index, 3)
    assert (np.abs(found.rounded - published) < 1e-12).sum() == checks["hdi_rounded_equal"]
    assert (found.rank_rounded == rank).sum() == checks["rank_from_rounded_equal"]
    assert found.differs.sum() == checks["rank_from_unrounded_differs"]
    assert not found.doubtful.any()


def test_a_total_at_a_half_is_doubtful() -> None:
    found = rounding(np.array([0.1245, 0.1246, 2.0]), 3)
    assert found.doubtful.tolist() == [True, False, False]


@often
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=8))
def test_ranks_are_those_of_the_rounded_and_the_unrounded_totals(thousandths: list[int]) -> None:
    found = rounding(np.array(thousandths) / 1000, 1)
    tenths = [round(Fraction(value, 100)) for value in thousandths]
    assert found.rank_unrounded.tolist() == [1 + sum(other > own for other in thousandths) for own in thousandths]
    if not found.doubtful.any():
        assert found.rank_rounded.tolist() == [1 + sum(other > own for other in tenths) for own in tenths]


def lead_by_solver(low: Ints, high: Ints, parts: Ints, published: Ints) -> float | None:
    """The largest lead of each rank over the next, by a linear programme over the scores in the box."""
    count, criteria = low.shape
    unequal, equal = [], []
    for own, rival in product(range(count), range(count)):
        row = np.zeros((count, criteria))
        row[own], row[rival] = row[own] - parts, row[rival] + parts
        if published[own] < published[rival]:
            unequal.append([*row.ravel(), 1])
        elif published[own] == published[rival] and own < rival:
            equal.append([*row.ravel(), 0])
    solved = linprog(
        [*np.zeros(count * criteria), -1],
        A_ub=unequal or None,
        b_ub=np.zeros(len(unequal)) if unequal else None,
        A_eq=equal or None,
        b_eq=np.zeros(len(equal)) if equal else None,
        bounds=[*zip(low.ravel(), high.ravel(), strict=True), (None, 1)],
    )
    return None if solved.status == 2 else float(solved.x[-1])


def totals_of(found: Consistency, low: Ints, high: Ints, parts: Ints) -> list[Fraction]:
    """Exact totals of the point that is returned."""
    assert found.place is not None and all(0 <= place <= 1 for place in found.place)
    ends = zip(found.place, (low @ parts).tolist(), (high @ parts).tolist(), strict=True)
    return [lower + place * (upper - lower) for place, lower, upper in ends]


def counted(total: list[Fraction]) -> list[int]:
    return [1 + sum(other > own for other in total) for own in total]


@often
@given(boxes())
def test_a_ranking_follows_where_a_linear_programme_over_the_scores_finds_a_lead(
    table: tuple[Ints, Ints, Ints, Ints],
) -> None:
    low, high, parts, published = table
    found = consistency(Weighted(low, high, parts), published)
    lead = lead_by_solver(low, high, parts, published)
    assert found.follows == (lead is not None and lead > 1e-7)
    if found.follows:
        assert counted(totals_of(found, low, high, parts)) == published.tolist()


@often
@given(boxes())
def test_the_pair_in_conflict_cannot_be_in_its_order(table: tuple[Ints, Ints, Ints, Ints]) -> None:
    low, high, parts, published = table
    found = consistency(Weighted(low, high, parts), published)
    if found.conflict is not None:
        above, below = found.conflict
        assert published[above] <= published[below]
        beyond = (high @ parts)[above] - (low @ parts)[below]
        assert beyond < 0 or (beyond == 0 and published[above] < published[below])


@often
@given(boxes(), st.integers(0, 1))
def test_with_rounded_totals_it_follows_where_some_rounding_gives_it(
    table: tuple[Ints, Ints, Ints, Ints], decimals: int
) -> None:
    low, high, parts, published = table
    scale = POINT // 4 if decimals == 0 else POINT // 40
    low, high = low * scale, high * scale
    unit = Fraction(POINT * int(parts.sum()), 10**decimals)
    half = Fraction(1, 2)
    cells = []
    for lower, upper in zip((low @ parts).tolist(), (high @ parts).tolist(), strict=True):
        # A cell is possible where it meets the interval of the total, halves either way.
        around = range(int(lower / unit) - 2, int(upper / unit) + 3)
        cells.append([cell for cell in around if (cell - half) * unit <= upper and lower <= (cell + half) * unit])
    possible = any(counted([Fraction(cell) for cell in chosen]) == published.tolist() for chosen in product(*cells))
    found = consistency(Weighted(low, high, parts), published, decimals=decimals)
    assert found.follows == possible
    if found.follows:
        total = [value / unit for value in totals_of(found, low, high, parts)]
        near = [[cell for cell in own if abs(cell - value) <= half] for own, value in zip(cells, total, strict=True)]
        assert any(counted([Fraction(cell) for cell in chosen]) == published.tolist() for chosen in product(*near))


@often
@given(boxes())
def test_ranks_of_any_point_of_the_box_follow(table: tuple[Ints, Ints, Ints, Ints]) -> None:
    low, high, parts, _ = table
    for share in (0, 1):
        inside = low + share * (high - low)
        assert consistency(Weighted(low, high, parts), ranks(inside @ parts)).follows
    assert consistency(Scored.exact(low).weighted(parts), ranks(low @ parts)).place == (Fraction(0),) * len(low)


@often
@given(boxes(), st.randoms(use_true_random=False))
def test_another_order_of_rows_and_criteria_changes_nothing(
    table: tuple[Ints, Ints, Ints, Ints], random: object
) -> None:
    low, high, parts, published = table
    rows, columns = list(range(len(low))), list(range(len(parts)))
    random.shuffle(rows), random.shuffle(columns)  # type: ignore[attr-defined]
    moved = consistency(Weighted(low[rows][:, columns], high[rows][:, columns], parts[columns]), published[rows])
    assert moved.follows == consistency(Weighted(low, high, parts), published).follows


@often
@given(boxes())
def test_weights_are_found_where_some_on_a_grid_give_the_ranking(table: tuple[Ints, Ints, Ints, Ints]) -> None:
    low, high, parts, published = table
    found = weights_that_rank(Weighted(low, high, parts), published, simplex(len(parts)))
    for other in product(range(7), repeat=len(parts)):
        if sum(other) and consistency(Weighted(low, high, np.array(other)), published).follows:
            assert found.distance is not None
            change = np.abs(np.array(other) / sum(other) - parts / parts.sum()).sum()
            assert change >= found.distance - 1e-12
    if found.parts is not None:
        # A hair wider, so that ties may be broken: the ranking follows.
        lower, upper = (list(map(int, end.astype(object) @ np.array(found.parts, dtype=object))) for end in (low, high))
        pairs = product(range(len(low)), repeat=2)
        assert all(upper[own] >= lower[rival] for own, rival in pairs if published[own] <= published[rival])


def test_weights_known_to_their_rounding_can_save_a_ranking() -> None:
    scores = np.array([[60, 40], [40, 61]]) * POINT
    parts, published = np.array([50, 50]), np.array([1, 2])
    assert consistency(rounding_box(scores, 0).weighted(parts), published).follows
    assert not consistency(Scored.exact(scores).weighted(parts), published).follows
    assert weights_that_rank(Scored.exact(scores).weighted(parts), published, box(parts / 100, 0.001)).impossible
    assert weights_that_rank(Scored.exact(scores).weighted(parts), published, box(parts / 100, 0.05)).parts == (21, 20)


def test_a_box_reaches_half_a_unit_to_both_sides() -> None:
    shown = rounding_box(np.array([[12 * POINT, FULL]]), 1)
    assert (shown.high - shown.low == POINT // 10).all()
    assert shown.low.tolist() == [[11_950_000, 99_950_000]]


def test_scores_with_more_decimals_than_said_are_refused() -> None:
    with pytest.raises(ValueError, match="rounded to 1 decimals"):
        rounding_box(np.array([[12_340_000]]), 1)
    with pytest.raises(ValueError, match="0 to 5 decimals"):
        rounding_box(np.array([[1]]), 6)


def test_191_ranks_that_follow_are_found_and_one_swapped_pair_is_named() -> None:
    rng = np.random.default_rng(4)
    true, parts = rng.integers(0, FULL, (191, 4)), np.array([40, 30, 20, 10])
    shown = np.rint(true / (POINT // 10)).astype(np.int64) * (POINT // 10)
    table = rounding_box(shown, 1).weighted(parts)
    published = ranks(true @ parts)
    assert consistency(table, published).follows
    swapped = published.copy()
    first, last = int(np.argmin(published)), int(np.argmax(published))
    swapped[[first, last]] = swapped[[last, first]]
    found = consistency(table, swapped)
    assert found.conflict is not None and not found.follows
