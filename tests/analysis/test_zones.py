"""Provinces in their zones: who is compared with whom, ranks counted anew, and what was announced."""

from functools import cache

import numpy as np

from paritrana.analysis.zones import Zone, zones
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.parameters import page as params
from paritrana.plan.book import ZONES_RUBRIC
from paritrana.record.years import YEARS
from tests.factories import REAL

DRAWS = 4000
ERRORS = 5.0


@cache
def found() -> dict[int, list[Zone]]:
    return zones(REAL, params.national({"rubric": ZONES_RUBRIC, "draws": DRAWS}))


def every() -> list[Zone]:
    return [zone for year in found().values() for zone in year]


def test_every_province_is_in_one_zone_of_each_year_newest_first() -> None:
    assert list(found()) == sorted(YEARS, reverse=True)
    for year in found().values():
        assert sorted(code for zone in year for code in zone.provinces) == sorted(REAL.provinces["kemendagri_code"])


def test_chances_are_those_of_weights_and_values_drawn_anew() -> None:
    rng = np.random.default_rng(7)
    for zone in found()[2023]:
        assert zone.ranking is not None
        low, high = zone.ranking.low, zone.ranking.high
        weights = rng.dirichlet(np.ones(low.shape[1]), DRAWS)
        drawn = low + (high - low) * rng.random((DRAWS, *low.shape))
        totals = np.einsum("dnk,dk->dn", drawn, weights)
        share = np.bincount(totals.argmax(axis=1), minlength=len(low)) / DRAWS
        told = zone.ranking.any_weights.share[:, 0]
        error = np.sqrt((told * (1 - told) + share * (1 - share)) / DRAWS) + 1 / DRAWS
        assert (abs(told - share) < ERRORS * error).all(), zone.name


def test_a_province_is_scored_by_what_is_recorded_of_it_alone() -> None:
    for zone in every():
        assert set(zone.recorded.index.get_level_values("region_code")) <= set(zone.provinces)
        assert set(zone.recorded.index.get_level_values("indicator")) <= set(CRITERION_INDICATORS)


def test_a_share_over_the_whole_names_no_leader() -> None:
    [java] = [zone for zone in found()[2023] if "31" in zone.provinces]
    assert java.said is not None
    assert (java.said.first, java.said.leader) == ("31", None)
    assert "over_100" in java.said.doubts


def test_the_figure_of_the_undivided_papua_is_none_of_the_province_that_kept_its_name() -> None:
    [east] = [zone for zone in found()[2023] if "91" in zone.provinces]
    assert ("91", "coverage_employed") not in east.recorded.index


def test_what_the_national_jury_announced_stands_beside_its_zone() -> None:
    [east] = [zone for zone in found()[2023] if "96" in zone.provinces]
    assert set(east.announced) == {"52", "92", "96"}
    assert east.announced["96"].result == "rank_1"
