"""Scenarios compared by hand, by SciPy's own examples, and by published rank correlations."""

import json
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.agreement import Comparison, Mover, compare
from paritrana.engine.scores import Floats
from paritrana.paths import DATA

pytestmark = pytest.mark.slow

CASES = json.loads((DATA / "cases" / "scikit_criteria" / "expected.json").read_text(encoding="utf-8"))
often = settings(derandomize=True, deadline=None, max_examples=200)


def pair(one: list[Any], other: list[Any], **how: Any) -> Comparison:
    return compare({"one": np.array(one), "other": np.array(other)}, **how)


def tau_b(one: Floats, other: Floats) -> float:
    """Kendall's tau-b by counting pairs."""
    signs = np.array(
        [(np.sign(one[i] - one[j]), np.sign(other[i] - other[j])) for i, j in combinations(range(len(one)), 2)]
    )
    untied = (signs != 0).sum(axis=0)
    return float(signs.prod(axis=1).sum() / np.sqrt(untied.prod())) if untied.all() else float("nan")


def test_the_example_of_scipys_kendalltau() -> None:
    made = pair([12, 2, 1, 12, 2], [1, 4, 7, 1, 0], of="totals")
    assert made.kendall[0, 1] == pytest.approx(-0.47140452079103173)


def test_the_example_of_scipys_spearmanr() -> None:
    assert pair([1, 2, 3, 4, 5], [5, 6, 7, 8, 7], of="totals").spearman[0, 1] == pytest.approx(0.8207826816681233)


def test_the_example_of_scipys_weightedtau() -> None:
    made = pair([12, 2, 1, 12, 2], [1, 4, 7, 1, 0], of="totals")
    assert made.weighted[0, 1] == pytest.approx(-0.56694968153682723)


@pytest.mark.parametrize(
    ("other", "kendall", "spearman", "weighted"),
    [
        ([1, 2, 3], 1, 1, 1),
        ([3, 2, 1], -1, -1, -1),
        # Exchanges weigh 1/rank + 1/rank: 3/2, 4/3 and 5/6 of 11/3 in all.
        ([2, 1, 3], 1 / 3, 1 / 2, 1 - 2 * 9 / 22),
        ([1, 3, 2], 1 / 3, 1 / 2, 1 - 2 * 5 / 22),
    ],
)
def test_three_alternatives_by_hand(other: list[int], kendall: float, spearman: float, weighted: float) -> None:
    made = pair([1, 2, 3], other)
    assert (made.kendall[0, 1], made.spearman[0, 1]) == (pytest.approx(kendall), pytest.approx(spearman))
    assert made.weighted[0, 1] == pytest.approx(weighted)


def test_an_exchange_at_the_top_weighs_more_than_one_at_the_bottom() -> None:
    start = list(range(1, 11))
    top, bottom = (pair(start, other).weighted[0, 1] for other in ([2, 1, *start[2:]], [*start[:8], 10, 9]))
    assert top < bottom < 1


def test_published_rankings_correlate_as_published() -> None:
    case = CASES["van2021_window7"]
    made = compare({name: np.array(ranking) for name, ranking in case["ranks"].items()})
    at = {name: number for number, name in enumerate(made.names)}
    kind = {"WSM": "WSM_invert_vector", "WPM": "WPM_invert_vector", "TOPSIS": "TOPSIS_negate_vector"}
    for published, found in [(case["pearson"], made.spearman), (case["kendall"], made.kendall)]:
        for names, value in published.items():
            one, other = (at[kind[name]] for name in names.split("_"))
            assert found[one, other] == pytest.approx(value, abs=1e-6), names


def test_ranks_and_the_totals_they_come_from_compare_alike() -> None:
    totals = np.array([[90, 40, 40, 70], [10, 80, 40, 40], [1, 2, 3, 4]])
    by_total = compare(dict(zip("abc", totals, strict=True)), of="totals")
    by_rank = compare(dict(zip("abc", by_total.ranks, strict=True)))
    assert by_total.ranks.tolist() == [[1, 3, 3, 2], [4, 1, 2, 2], [4, 3, 2, 1]]
    for measure in ("kendall", "spearman", "weighted"):
        assert getattr(by_total, measure) == pytest.approx(getattr(by_rank, measure))


@often
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=2, max_size=9))
def test_tau_b_is_that_of_counting_pairs(values: list[tuple[int, int]]) -> None:
    one, other = np.array(values, dtype=float).T
    assert compare({"one": one, "other": other}).kendall[0, 1] == pytest.approx(tau_b(one, other), nan_ok=True)


@often
@given(st.lists(st.permutations(range(1, 8)), min_size=1, max_size=4), st.permutations(range(7)))
def test_measures_are_symmetric_and_do_not_depend_on_the_order_of_rows(rows: list[list[int]], order: list[int]) -> None:
    made = compare({str(number): np.array(row) for number, row in enumerate(rows)})
    moved = compare({str(number): np.array(row)[order] for number, row in enumerate(rows)})
    for measure in ("kendall", "spearman", "weighted"):
        found = getattr(made, measure)
        assert found == pytest.approx(found.T) and found == pytest.approx(getattr(moved, measure))
        assert np.diag(found) == pytest.approx(np.ones(len(rows)))
        assert (np.abs(found) <= 1 + 1e-12).all()


def test_a_scenario_in_which_all_are_equal_is_like_no_other() -> None:
    made = pair([1, 1, 1], [1, 2, 3])
    for found in (made.kendall, made.spearman, made.weighted):
        assert np.isnan(found[0]).all() and np.isnan(found[:, 0]).all() and found[1, 1] == pytest.approx(1)


def test_movers_come_by_the_size_of_their_move() -> None:
    made = pair([1, 2, 3, 4, 5], [4, 2, 1, 3, 5])
    assert made.movers("one", "other", list("abcde")) == [Mover("a", 1, 4), Mover("c", 3, 1), Mover("d", 4, 3)]
    assert made.movers("other", "one", list("abcde"), most=1) == [Mover("a", 4, 1)]
    assert [mover.change for mover in made.movers("one", "other", list("abcde"))] == [3, -2, -1]


def test_moves_of_one_size_come_in_the_order_before() -> None:
    made = pair([2, 1, 3, 3], [1, 2, 4, 3])
    assert [mover.alternative for mover in made.movers("one", "other", list("abcd"))] == ["b", "a", "c"]


def test_between_the_same_rankings_nobody_moves() -> None:
    assert pair([1, 2], [1, 2]).movers("one", "other", ["a", "b"]) == []


def test_a_scenario_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the scenarios one, other was expected, third was found"):
        pair([1, 2], [1, 2]).movers("one", "third", ["a", "b"])


@pytest.mark.parametrize("scenarios", [{}, {"one": np.array([1, 2]), "other": np.array([1])}])
def test_scenarios_of_different_alternatives_are_refused(scenarios: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="scenarios of the same alternatives"):
        compare(scenarios)


def test_a_missing_total_is_refused() -> None:
    with pytest.raises(ValueError, match="a rank or a total of every alternative was expected"):
        pair([1.0, np.nan], [1, 2], of="totals")
