"""Numbers, money, dates and lists take the form that Indonesian readers expect."""

import math

import pytest

from paritrana.presentation.language import Text, Title

say = Text("id")


def test_thousands_are_parted_by_dots() -> None:
    assert say.number(15386) == "15.386"


def test_decimals_follow_a_comma() -> None:
    assert say.number(1234.5, 2) == "1.234,50"


def test_a_share_is_a_percentage_with_a_comma_and_a_no_break_space() -> None:
    assert say.percent(0.9652, 2) == "96,52\N{NO-BREAK SPACE}%"


def test_an_amount_is_written_in_full_rupiah() -> None:
    assert say.rupiah(1_457_000_000) == "Rp1.457.000.000"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1_457_000_000, "Rp1,46 miliar"),
        (2_500_000_000_000, "Rp2,50 triliun"),
        (1_000_000, "Rp1,00 juta"),
        (999_999, "Rp999.999"),
        (16_800, "Rp16.800"),
        (0, "Rp0"),
    ],
)
def test_a_large_amount_is_written_with_its_magnitude(value: float, written: str) -> None:
    assert say.rupiah_short(value).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize("write", [say.number, say.percent, say.rupiah, say.rupiah_short])
def test_an_unknown_number_is_a_dash(write: object) -> None:
    assert callable(write)
    assert write(math.nan) == "–"


def test_an_unknown_number_is_no_zero() -> None:
    assert say.number(0) == "0"


@pytest.mark.parametrize(
    ("iso", "written"),
    [("2024-12-31", "31 Des 2024"), ("2024-08-01", "1 Agu 2024"), ("2024-09", "Sep 2024"), ("2024", "2024")],
)
def test_a_date_is_written_as_far_as_it_is_known(iso: str, written: str) -> None:
    assert say.date(iso) == written


@pytest.mark.parametrize("iso", [None, "", math.nan])
def test_no_date_is_nothing(iso: str | None) -> None:
    assert say.date(iso) == ""


def test_an_interval_whose_ends_are_written_alike_is_one_number() -> None:
    assert say.interval(0.5551, 0.5549, "percent", 1) == "55,5\N{NO-BREAK SPACE}%"


def test_an_interval_has_its_unit_once() -> None:
    assert say.interval(0.25, 0.5, "percent", 0) == "25–50\N{NO-BREAK SPACE}%"


def test_an_interval_of_amounts_shows_both() -> None:
    assert say.interval(16_800, 20_000, "rupiah") == "Rp16.800–Rp20.000"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ([], ""),
        (["Agam"], "Agam"),
        (["Agam", "Solok"], "Agam dan Solok"),
        (["Agam", "Solok", "Padang"], "Agam, Solok, dan Padang"),
    ],
)
def test_a_list_ends_with_and(words: list[str], written: str) -> None:
    assert say.list(words) == written


def test_a_long_list_counts_the_rest() -> None:
    assert say.list([str(number) for number in range(9)], most=3) == "0, 1, dan 7 lainnya"


@pytest.mark.parametrize("name", ["{name}", "{0}", "{", "}", "{{}}", "{name.__class__}", "%s", "%(name)s"])
def test_braces_in_a_name_stand_as_they_are(name: str) -> None:
    assert say("{name} di peringkat {rank}", name=name, rank=2) == f"{name} di peringkat 2"


def test_no_sentence_stays_empty() -> None:
    assert say("") == ""


def test_a_title_is_said_in_the_language() -> None:
    title = Title(id="Cakupan", en="Coverage")
    assert (say.title(title), say.title("Agam")) == ("Cakupan", "Agam")
    assert title.in_language("en") == "Coverage"


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        Text("xx")
