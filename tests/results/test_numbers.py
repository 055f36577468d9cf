"""What a cell becomes in JSON: Python's own number or text, nothing where it is missing."""

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from paritrana.results.numbers import fractions, plain


@pytest.mark.parametrize("missing", [float("nan"), np.nan, pd.NA, None, pd.NaT, ""])
def test_what_is_missing_is_nothing(missing: Any) -> None:
    assert plain(missing) is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [(np.int64(7), 7), (np.float64(0.5), 0.5), (np.bool_(True), True), ("a", "a"), (0, 0), (("a", "b"), ("a", "b"))],
)
def test_a_cell_is_a_value_of_python(cell: Any, value: Any) -> None:
    assert (plain(cell), type(plain(cell))) == (value, type(value))


def test_zero_has_no_minus() -> None:
    assert str(plain(np.float64(-0.0))) == "0.0"


def test_parts_are_shares_of_their_sum() -> None:
    assert fractions([1, 1, 1]) == [Fraction(1, 3)] * 3
    assert fractions([30, 20, 50]) == [Fraction(3, 10), Fraction(1, 5), Fraction(1, 2)]
