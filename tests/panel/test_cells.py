"""Numbers that were typed as text: what they can mean, never guessed where they can mean two things."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paritrana.panel.cells import Reading, meant, written
from paritrana.panel.grids import Raw
from paritrana.panel.layout import Column
from paritrana.presentation.language import Text

NUMBER = Column("points", "Nilai", kind="number")
WORKBOOK = Reading(Text("id"), text_only=False, plain=False)
CSV = Reading(Text("id"), text_only=True, plain=False)
OVERLAY = Reading(Text("id"), text_only=True, plain=True)


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


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_what_is_kept_of_a_number_is_the_number(value: float) -> None:
    kept = OVERLAY.kept(NUMBER, Raw("text", written(float(value))))
    assert (kept.fault, float(kept.text)) == ("", float(value))


def test_a_workbook_has_numbers_so_that_a_text_is_none_and_csv_has_only_texts() -> None:
    assert CSV.kept(NUMBER, Raw("text", "96,5")).text == "96.5"
    assert WORKBOOK.kept(NUMBER, Raw("text", "96,5")).fault == '"96,5" ialah teks; ketik 96,5 sebagai angka'
    assert CSV.kept(NUMBER, Raw("text", "96.500")).fault.endswith("ketik 96500 atau 96,5 sebagai angka")
    assert OVERLAY.kept(NUMBER, Raw("text", "96.500")).text == "96.5"


def test_a_cell_that_shows_percent_is_read_as_percent() -> None:
    column = Column("non_asn", "Cakupan", kind="percent", unit="%", least=0, most=200)
    assert WORKBOOK.kept(column, Raw("number", 0.965, percent=True)).text == "96.5"


def test_a_choice_is_understood_in_either_language_and_by_its_id() -> None:
    column = Column("ranked", "Dinilai", kind="choice", choices=(("yes", "ya"), ("no", "tidak")))
    for text in ("ya", "YA", "yes", "Yes"):
        assert WORKBOOK.kept(column, Raw("text", text)).text == "yes"
    assert WORKBOOK.kept(column, Raw("truth", value=False)).text == "no"
    assert WORKBOOK.kept(column, Raw("text", "tidk")).fault.endswith('(maksudnya "tidak"?)')


def test_a_date_is_kept_by_its_day() -> None:
    column = Column("date", "Tanggal", kind="date")
    assert WORKBOOK.kept(column, Raw("date", date(2024, 12, 31))).text == "2024-12-31"
    assert WORKBOOK.kept(column, Raw("text", "2024-02-30")).fault
