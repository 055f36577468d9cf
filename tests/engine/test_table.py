"""The table that the engine is asked about: what it gives, and each way to make none."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paritrana.engine.scores import Ints
from paritrana.engine.table import Scored, Weighted

LOW = np.array([[10, 20], [30, 5]])
HIGH = np.array([[10, 25], [31, 5]])


@st.composite
def ends(draw: st.DrawFn) -> tuple[Ints, Ints]:
    count, criteria = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    cells = st.lists(st.integers(-5, 5), min_size=count * criteria, max_size=count * criteria)
    one, other = (np.array(draw(cells), dtype=np.int64).reshape(count, criteria) for _ in range(2))
    return one, other


def faults(low: Any, high: Any, parts: Any = None) -> list[str]:
    with pytest.raises(ValueError) as caught:
        _ = Scored(low, high) if parts is None else Weighted(low, high, parts)
    return str(caught.value).split("; ")


@given(ends())
def test_two_arrays_are_a_table_exactly_where_no_lower_end_is_the_higher_one(table: tuple[Ints, Ints]) -> None:
    low, high = table
    if any(a > b for a, b in zip(low.ravel().tolist(), high.ravel().tolist(), strict=True)):
        (said,) = faults(low, high)
        found = re.search(r"(-?\d+) and (-?\d+) were found of alternative (\d+) on criterion (\d+)", said)
        assert found is not None
        one, other, row, column = map(int, found.groups())
        assert (low[row, column], high[row, column]) == (one, other) and one > other
    else:
        made = Scored(low, high)
        assert made.shape == low.shape
        assert (made.twice_middle - low == high).all()


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (LOW, HIGH[:1], ["one shape (N, K) were expected, (2, 2) and (1, 2) were found"]),
        (LOW[0], HIGH[0], ["one shape (N, K) were expected, (2,) and (2,) were found"]),
        (LOW / 1, HIGH, ["lowest scores in whole numbers (int64) were expected, float64 was found"]),
        (LOW / 1, HIGH / 1, ["lowest scores", "highest scores"]),
        (LOW.astype(np.int32), HIGH, ["int32 was found"]),
        (HIGH, LOW, ["25 and 20 were found of alternative 0 on criterion 1 (counted from 0), and 1 more such"]),
        (np.array([[np.nan]]), np.array([[1]]), ["float64 was found", "nan and 1 were found"]),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence_for_each_fault(low: Any, high: Any, said: list[str]) -> None:
    found = faults(low, high)
    assert len(found) == len(said)
    assert all(part in sentence for part, sentence in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([1, 2, 3], "a weight for each of 2 criteria was expected, the shape (3,) was found"),
        ([[1, 2]], "the shape (1, 2) was found"),
        ([0.5, 0.5], "weights in whole parts (int64) were expected, float64 was found"),
        ([3, -1], "weights of at least zero were expected, -1 was found for criterion 1"),
        ([0, 0], "at least one positive weight was expected, all are zero"),
    ],
)
def test_what_are_no_weights_is_refused(parts: list[Any], said: str) -> None:
    (found,) = faults(LOW, HIGH, np.array(parts))
    assert said in found


def test_faults_of_scores_and_of_weights_are_told_together() -> None:
    assert len(faults(HIGH, LOW, np.array([0, 0]))) == 2


def test_some_rows_of_a_weighted_table_keep_its_weights() -> None:
    made = Scored(LOW, HIGH).weighted(np.array([2, 1])).rows([1])
    assert isinstance(made, Weighted)
    assert (made.low.tolist(), made.high.tolist(), made.parts.tolist()) == ([[30, 5]], [[31, 5]], [2, 1])
    assert [end.tolist() for end in made.totals] == [[65], [67]]


def test_other_weights_take_the_place_of_those_of_a_table() -> None:
    assert Scored.exact(LOW).weighted(np.array([2, 1])).weighted(np.array([0, 1])).totals[0].tolist() == [20, 5]
