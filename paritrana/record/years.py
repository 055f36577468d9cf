"""The years that the record covers, and the window of years around an assessment year."""

from __future__ import annotations

BREAK_YEAR = 2023  # Sakernas has a new population base from here on: no comparison across it
LAST_YEAR = 2025  # the newest Sakernas in data/
PARTICIPANTS_YEAR = 2023  # of the participants by province that estimates and pages read
YEARS = tuple(range(BREAK_YEAR, LAST_YEAR + 1))  # assessment years that the data can carry

# Years whose recorded values may stand in for each other, around the assessment year.
WINDOW = (-1, 0, 1)


def window(year: int) -> list[int]:
    """The assessment year and its neighbours that the survey covers on this side of its break."""
    return [year + step for step in WINDOW if year + step in YEARS]
