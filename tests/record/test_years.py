"""Years whose values may stand in for each other: the neighbours, on one side of the survey's break."""

import pytest

from paritrana.record.tables import load
from paritrana.record.years import BREAK_YEAR, LAST_YEAR, YEARS, window


@pytest.mark.parametrize(("year", "years"), [(2023, [2023, 2024]), (2024, [2023, 2024, 2025]), (2025, [2024, 2025])])
def test_a_window_ends_where_the_survey_breaks_and_where_the_record_ends(year: int, years: list[int]) -> None:
    assert window(year) == years


def test_the_last_year_is_the_newest_of_the_survey() -> None:
    assert load().labour_force["year"].max() == LAST_YEAR
    assert YEARS[0] == BREAK_YEAR and YEARS[-1] == LAST_YEAR
