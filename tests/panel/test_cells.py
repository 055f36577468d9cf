"""Numbers that were typed as text: what they can mean, never guessed where they can mean two things."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from paritrana.panel.cells import Reading
from paritrana.panel.layout import Column
from paritrana.presentation.language import Text
from paritrana.sheets.grids import Raw
from paritrana.sheets.numbers import written

NUMBER = Column("points", "Nilai", kind="number")
WORKBOOK = Reading(Text("id"), text_only=False, plain=False)
CSV = Reading(Text("id"), text_only=True, plain=False)
OVERLAY = Reading(Text("id"), text_only=True, plain=True)


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
