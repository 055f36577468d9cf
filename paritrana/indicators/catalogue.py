"""The indicators that the criteria of a rubric can score, each declared once.

What the record, the pages, the lab and the results say of an indicator they take from its entry here. A new one needs
its formula, its entry and its test, and the translation of its words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from paritrana.indicators.coverage import construction_ratio, coverage, eligible_ratio
from paritrana.indicators.frames import Evidence, figures, ratio
from paritrana.indicators.growth import growth
from paritrana.indicators.regulation import regulation

Say = Callable[[str], str]  # says a sentence in the reader's language (`presentation.language.Text`)


@dataclass(frozen=True)
class Unit:
    """What an indicator counts in, and how it is written: the style of `Text.interval`, and the decimals.

    `decimals` are those of a value, `coarse` those of a goalpost.
    """

    write: str
    decimals: int
    coarse: int


SHARE = Unit("percent", decimals=1, coarse=0)
STRENGTH = Unit("number", decimals=1, coarse=1)  # of regulation, from 0 to 1: no share of anything


def _nothing(say: Say) -> str:
    """No words."""
    return ""


@dataclass(frozen=True)
class Indicator:
    """An indicator as everything needs to know it.

    `derived` gives, for the regions with a figure, a frame with the columns of `frames.COLUMNS`. `title` is its name,
    `note` what a reader needs to know of its unit beside a value. `neighbours`: whether the value of a year beside the
    assessment year may stand in for a gap (see `gaps`).
    """

    id: str
    unit: Unit
    derived: Callable[[Evidence], pd.DataFrame]
    title: Callable[[Say], str]
    note: Callable[[Say], str] = _nothing
    neighbours: bool = True


COVERAGE = Indicator(
    "coverage_employed",
    SHARE,
    lambda known: coverage(
        known.now,
        known.survey,
        eligible_ratio(known.tables, known.picks, known.year),
        construction_ratio(known.tables),
    ),
    title=lambda say: say("Cakupan"),
)
VULNERABLE = Indicator(
    "vulnerable_per_informal",
    SHARE,
    lambda known: ratio(
        figures(known.now, "vulnerable_workers_protected", "vulnerable"), known.survey["informal_employed"]
    ),
    title=lambda say: say("Pekerja rentan"),
    note=lambda say: say("per pekerja informal"),
)
GROWTH = Indicator(
    "growth",
    SHARE,
    lambda known: growth(known.tables, known.now),
    title=lambda say: say("Pertumbuhan"),
)
REGULATION = Indicator(
    "regulation",
    STRENGTH,
    lambda known: regulation(known.tables, known.year, known.strength),
    title=lambda say: say("Regulasi"),
    note=lambda say: say("kekuatan 0–1"),
    # Earlier regulations are in the record of the year already, later ones say nothing of it.
    neighbours=False,
)
NON_ASN = Indicator(
    "non_asn",
    SHARE,
    lambda known: ratio(
        figures(known.now, "non_asn_coverage_pct", "non_asn"), pd.Series(100.0, index=known.survey.index)
    ),
    title=lambda say: say("Non-ASN"),
)

INDICATORS = (COVERAGE, VULNERABLE, GROWTH, REGULATION, NON_ASN)
CRITERION_INDICATORS = tuple(each.id for each in INDICATORS)


def indicator(name: str) -> Indicator:
    """The indicator of this id; raises KeyError where there is none."""
    return {each.id: each for each in INDICATORS}[name]
