"""The page on how good the estimates are says the numbers of the back test, in both languages."""

from functools import cache

import pytest

from paritrana.pages import calibration
from paritrana.pages.calibration import CalibrationPage, open_calibration

pytestmark = pytest.mark.slow

PARTS = "summary ranges_table places_table podium_table places_findings groups_table weights_table frozen_forecasts"


@cache
def opened(language: str) -> CalibrationPage:
    return open_calibration(language=language, draws=500)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_part_says_something_and_no_sentence_is_left_untranslated(language: str) -> None:
    said = {name: getattr(calibration, name)(opened(language)) for name in PARTS.split()}
    assert all(said.values())
    words = " ".join(said.values()).split()
    assert ("yang" in words) == (language == "id")
    assert "nan" not in words


def test_the_tables_hold_the_scores_of_the_report() -> None:
    page = opened("en")
    table = calibration.ranges_table(page)
    for by_year in page.scores["ranges"].values():
        for row in by_year.values():
            assert f"{row['interval_score']:.3f}" in table
    first = page.scores["first_place"]["all"]["total"]
    assert f"{first['log_score']:.2f}" in calibration.places_table(page)
    assert f">{first['n']}<" in calibration.places_table(page)


def test_the_charts_say_in_words_what_they_show() -> None:
    page = opened("id")
    places = calibration.places_chart(page)
    assert places is not None
    for picture in (calibration.ranges_chart(page), places):
        assert picture.alt.startswith("Grafik ")
        assert b"<svg" in picture.data
