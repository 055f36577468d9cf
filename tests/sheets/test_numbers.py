"""What a number that was typed can mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paritrana.sheets.numbers import MARKS, PLAIN, Mark, alone, meant, typed, written


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12345", [12345]),
        ("-7", [-7]),
        ("12.345", [12345, 12.345]),
        ("12,345", [12345, 12.345]),
        ("12.3456", [12.3456]),
        ("1234.567", [1234.567]),
        ("0,125", [0.125]),
        ("1.234.567", [1234567]),
        ("1 234 567", [1234567]),
        ("1'234'567.5", [1234567.5]),
        ("1.234.567,5", [1234567.5]),
        ("1,234.5", [1234.5]),
        ("Rp1.457.000.000", [1457000000]),
        ("Rp. 5000", [5000]),
        ("96,5 %", [96.5]),
        ("15.386 orang", [15386, 15.386]),
        ("1.23.4", []),
        ("1,2,3", []),
        ("1.234,567.8", []),
        ("-", []),
        ("", []),
        ("dua", []),
        ("12abc", []),
    ],
)
def test_a_text_means_the_numbers_that_its_marks_allow(text: str, numbers: list[float]) -> None:
    assert meant(text) == numbers


@given(st.integers(0, 10**12), st.integers(0, 99), st.sampled_from([(".", ","), (",", ".")]))
def test_a_number_with_both_marks_means_one_number(whole: int, cents: int, marks: tuple[str, str]) -> None:
    thousands, decimal = marks
    if whole >= 1000:
        text = f"{whole:,}".replace(",", thousands) + f"{decimal}{cents:02d}"
        assert meant(text) == [float(f"{whole}.{cents:02d}")]


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.sampled_from(MARKS))
def test_what_a_program_writes_is_among_what_it_can_mean(value: float, mark: Mark) -> None:
    text = written(value)
    assert PLAIN.fullmatch(text)
    assert typed(text).by["point"] == value
    assert typed(text.replace(".", ",")).by["comma"] == value
    assert not typed(text).percent and alone(text)


@given(st.integers(-(10**9), 10**9), st.sampled_from([".", ",", " ", "'", "\N{NARROW NO-BREAK SPACE}"]))
def test_thousands_that_are_parted_are_read_under_the_mark_that_is_left(whole: int, between: str) -> None:
    found = typed(f"{whole:,}".replace(",", between)).by
    assert whole in found.values()
    if abs(whole) >= 10**6 and between in ".,":
        assert list(found) == ["comma" if between == "." else "point"]


@pytest.mark.parametrize(
    ("text", "by", "percent"),
    [
        ("1.234", {"point": 1.234, "comma": 1234}, False),
        ("-1,234", {"point": -1234, "comma": -1.234}, False),
        ("0.125", {"point": 0.125}, False),
        (",5", {"comma": 0.5}, False),
        ("2,5e3", {"comma": 2500}, False),
        ("70 %", {"point": 70, "comma": 70}, True),
        ("96,5 persen", {"comma": 96.5}, True),
        ("Rp1.457.000.000,00", {"comma": 1457000000}, False),
        ("1,5e", {}, False),
        ("\u0661", {}, False),
        ("1 23", {}, False),
        (".", {}, False),
    ],
)
def test_a_text_is_read_under_either_decimal_mark(text: str, by: dict[str, float], percent: bool) -> None:
    assert (typed(text).by, typed(text).percent) == (by, percent)
