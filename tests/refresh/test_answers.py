"""Bytes as text, JSON and numbers: what is none is told in one sentence with its place."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paritrana.faults import InvalidInput
from paritrana.refresh.answers import json_of, rupiah, text_of, whole_number

TEXT = '<?xml version="1.0" encoding="{}"?><a>Pangkajene é</a>'


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("latin-1", "ISO-8859-1"), ("cp1252", "cp1252")],
)
def test_text_is_read_in_the_encoding_that_it_says(encoding: str, declared: str) -> None:
    text = TEXT.format(declared)
    assert text_of(text.encode(encoding), "here", "XML") == text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("é".encode("latin-1"), "here: expected XML in UTF-8, but byte 1 is not."),
        (TEXT.format("klingon").encode(), 'here: "klingon" was found, expected XML in an encoding that is known.'),
        (b"", "here: expected XML, but it is empty."),
        (b" \r\n", "here: expected XML, but it is empty."),
        (b"\n <!doctype HTML><p>", "here: expected XML, but it is a page of HTML."),
        (b"\xef\xbb\xbf<HTML lang=id>", "here: expected XML, but it is a page of HTML."),
        (b"\xff\xfea", "here: expected XML in UTF-8, but byte 3 is not."),
    ],
)
def test_what_is_no_text_is_one_sentence(content: bytes, expected: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        text_of(content, "here", "XML")
    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"a": [1, 2', "JSON to its end (Expecting ',' delimiter, line 1, character 12)"),
        (b"nothing", "JSON to its end (Expecting value, line 1, character 1)"),
        (b"[" * 200_000, "JSON"),
        (b"9" * 5000, "JSON with plain values"),
    ],
)
def test_what_is_no_json_is_one_sentence(content: bytes, expected: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        json_of(content, "here")
    assert f"here: expected {expected}" in str(caught.value)


@pytest.mark.parametrize("value", [12, 12.0, "12", " 12 "])
def test_a_count_may_be_written_in_several_ways(value: object) -> None:
    assert whole_number(value) == 12


@pytest.mark.parametrize("value", [12.5, -1, "1.234", "1,234", "12,5", True, None, [], "", "-", "1e3", 1e300, "٣"])
def test_what_is_no_count_is_none(value: object) -> None:
    assert whole_number(value) is None


@given(st.integers(0, 10**15 - 1))
def test_every_count_comes_back(number: int) -> None:
    assert whole_number(number) == whole_number(str(number)) == number


@given(st.integers(0, 10**14), st.integers(0, 99))
def test_an_amount_is_at_most_half_a_rupiah_from_what_was_written(whole: int, cents: int) -> None:
    found = rupiah(f"{whole}.{cents:02d}")
    assert found is not None and abs(found - Fraction(whole * 100 + cents, 100)) <= Fraction(1, 2)


@pytest.mark.parametrize(
    "text", ["", "-", "2.402,58 M", "1,234", "-5", "1_000", "٣", "9" * 16, "NaN", "Infinity", "1e99", "Rp5"]
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert rupiah(text) is None


def test_published_amounts() -> None:
    assert rupiah("2520903337942") == 2_520_903_337_942
    assert rupiah("2531277365408.8") == 2_531_277_365_409
    assert [rupiah(text) for text in ("0.5", "1.5")] == [0, 2]
