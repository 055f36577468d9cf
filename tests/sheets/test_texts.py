"""A table in text: in any usual encoding, with any usual mark between its cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paritrana.sheets.texts import BETWEEN, Unreadable, decoded, rows_of

WORD = st.text(st.characters(codec="cp1252", exclude_categories=["C", "Z"]), min_size=1, max_size=6)
GRID = st.integers(2, 5).flatmap(lambda wide: st.lists(st.lists(WORD, min_size=wide, max_size=wide), min_size=3))


@given(GRID, st.sampled_from(BETWEEN))
def test_rows_are_found_under_any_mark_that_parts_them(grid: list[list[str]], mark: str) -> None:
    plain = [[cell.translate(dict.fromkeys(map(ord, BETWEEN + '"='), "x")) for cell in row] for row in grid]
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(plain)
    assert [cells for _, cells in rows_of(out.getvalue())] == plain


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_text_is_the_same_in_every_encoding_that_says_what_it_is(text: str) -> None:
    assert decoded(text.encode("utf-8-sig")).text == text
    assert decoded(text.encode("utf-16")).text == text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("é".encode() + b"\xe9", "text in UTF-8 was expected, but byte 3 is not"),
        (b"a\x81", "text in UTF-8, UTF-16 or Windows-1252 was expected, but byte 2 is of none of them"),
        (b"a" * 500 + b"\0", "there are zero bytes in it"),
        (b"\xff\xfea", "text in UTF-16 was expected, but byte 3 is not"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, expected: str) -> None:
    with pytest.raises(Unreadable, match=expected):
        decoded(content)


def test_cells_hold_line_breaks_and_marks_in_quotes_and_rows_carry_the_line_they_end_on() -> None:
    assert rows_of('a;b\n"x\ny";"1;2"\n\nz;3\n') == [(1, ["a", "b"]), (3, ["x\ny", "1;2"]), (5, ["z", "3"])]
    assert rows_of("sep=|\na|b\n") == [(2, ["a", "b"])]
