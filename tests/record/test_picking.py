"""The picking rule on hand-made conflicts, one rule at a time."""

from typing import Any

import pytest

from paritrana.record.picking import Picks, is_official, pick
from tests.factories import REAL, observation, source, tables

KEY = ("13.74", "active_participants", "all", "")


def value(picks: Picks, key: tuple[str, ...] = KEY) -> tuple[float, float]:
    row = picks.picked.loc[key]
    return row["low"], row["high"]


def picked_of(*rows: dict[str, Any], **given: Any) -> tuple[float, float]:
    return value(pick(tables(*rows, **given), 2024))


def test_a_single_figure_is_picked_with_its_source() -> None:
    row = pick(tables(observation(value=15386)), 2024).picked.loc[KEY]
    assert (row["low"], row["high"], row["sources"], row["others"]) == (15386, 15386, ("press",), 0)


def test_actual_comes_before_cumulative_even_if_the_cumulative_one_is_dated_better() -> None:
    cumulative = observation(value=2, status="cumulative", as_of="2024-12-31")
    assert picked_of(observation(value=1), cumulative) == (1, 1)


def test_a_plan_is_never_picked_and_stays_visible() -> None:
    picks = pick(tables(observation(status="planned")), 2024)
    assert picks.picked.empty
    assert list(picks.other["reason"]) == ["planned"]


def test_the_date_nearest_to_the_end_of_the_year_wins() -> None:
    rows = [observation(value=month, as_of=f"2024-{month:02d}-28") for month in (3, 11, 6)]
    assert picked_of(*rows) == (11, 11)


def test_a_dated_figure_comes_before_an_undated_one() -> None:
    assert picked_of(observation(value=1), observation(value=2, as_of="2024-01-02")) == (2, 2)


def test_a_stated_year_comes_before_an_inferred_one() -> None:
    assert picked_of(observation(value=1, year_basis="inferred", source_id="office"), observation(value=2)) == (2, 2)


def test_a_page_of_a_government_comes_before_newer_press() -> None:
    newer = source("newer", published="2025-05-05")
    rows = [observation(value=1, source_id="newer"), observation(value=2, source_id="office")]
    assert picked_of(*rows, newer=newer) == (2, 2)


@pytest.mark.parametrize(
    "note", ["rounded in source", "about", '"more than 30 thousand"', "stated as almost 14; rounded"]
)
def test_an_exact_figure_comes_before_a_newer_one_that_its_source_rounds(note: str) -> None:
    rounded = observation(value=1_400, source_id="newer", note=note)
    newer = source("newer", published="2025-05-05")
    assert picked_of(observation(value=1_457, note="in the city's budget"), rounded, newer=newer) == (1_457, 1_457)


def test_the_newest_page_wins_and_a_page_without_a_date_is_the_oldest() -> None:
    pages = {"new": source("new", published="2025-02-01"), "old": source("old", published="2024-02-01")}
    rows = [observation(value=1), observation(value=2, source_id="old"), observation(value=3, source_id="new")]
    assert picked_of(*rows, **pages) == (3, 3)


def test_figures_of_equal_standing_that_disagree_make_an_interval() -> None:
    picks = pick(tables(observation(value=100), observation(value=120), observation(value=110)), 2024)
    assert value(picks) == (100, 120)
    assert len(picks.picked.loc[KEY, "observations"]) == 3


def test_figures_of_equal_standing_that_agree_are_one_value() -> None:
    assert picked_of(observation(value=100), observation(value=100)) == (100, 100)


@pytest.mark.parametrize("flag", ["part", "branch", "mixed_group"])
def test_a_part_a_branch_area_and_a_wider_group_are_never_picked_and_stay_visible(flag: str) -> None:
    marked = observation(value=5, as_of="2024-12-31")
    flags = {marked["observation_id"]: flag}
    picks = pick(tables(marked, observation(value=50), flags=flags), 2024)
    assert value(picks) == (50, 50)
    assert list(picks.other["reason"]) == [flag]
    assert pick(tables(marked, flags=flags), 2024).picked.empty


def test_the_total_of_the_tanjungpinang_branch_is_not_the_citys() -> None:
    """133,000 participants of the branch would cover 112 % of the city's employed."""
    picks = pick(REAL, 2024)
    own = picks.picked[picks.picked.index.get_level_values("region_code") == "21.72"]
    assert 133_000 not in set(own["high"])
    assert "branch" in set(picks.other.loc[picks.other["region_code"] == "21.72", "reason"])


def test_a_doubtful_figure_is_kept_and_flagged() -> None:
    row = observation()
    assert pick(tables(row, flags={row["observation_id"]: "doubtful"}), 2024).picked.loc[KEY, "doubtful"]


@pytest.mark.parametrize("payer", ["province", "company"])
def test_money_of_others_is_not_the_kabupatens_own(payer: str) -> None:
    budget = {"indicator": "vulnerable_workers_budget_idr", "segment": "vulnerable", "unit": "IDR"}
    own, foreign = (
        observation(value=1, paid_by_level="regency", **budget),
        observation(value=9, paid_by_level=payer, as_of="2024-12-31", **budget),
    )
    picks = pick(tables(own, foreign), 2024)
    assert value(picks, ("13.74", "vulnerable_workers_budget_idr", "vulnerable", "")) == (1, 1)
    assert list(picks.other["reason"]) == ["not_own"]


def test_shares_of_different_denominators_never_mix() -> None:
    share = {"indicator": "coverage_share_pct", "unit": "percent"}
    rows = [
        observation(value=96.52, denominator="workers_unspecified", **share),
        observation(value=78, denominator="potential", **share),
    ]
    picks = pick(tables(*rows), 2024)
    assert value(picks, ("13.74", "coverage_share_pct", "all", "potential")) == (78, 78)
    assert value(picks, ("13.74", "coverage_share_pct", "all", "workers_unspecified")) == (96.52, 96.52)


def test_another_year_is_not_looked_at() -> None:
    assert pick(tables(observation(year=2023)), 2024).picked.empty


def test_every_row_of_a_year_is_either_picked_or_passed_over_with_a_reason() -> None:
    for year in (2023, 2024, 2025):
        picks = pick(REAL, year)
        rows = REAL.observations[(REAL.observations["year"] == year) & REAL.observations["region_code"].notna()]
        picked = {row for ids in picks.picked["observations"] for row in ids}
        assert picked.isdisjoint(picks.other["observation_id"])
        assert picked | set(picks.other["observation_id"]) == set(rows["observation_id"])
        assert set(picks.other["reason"]) <= {
            "planned",
            "part",
            "branch",
            "mixed_group",
            "not_own",
            "outranked",
            "agrees",
        }


def test_a_host_that_only_ends_like_a_government_is_press() -> None:
    urls = source("x")["url"], "https://medgo.id/a", "https://bolselkab.go.id/b", "https://go.id.example.com/", None
    import pandas as pd

    assert list(is_official(pd.Series(urls))) == [False, False, True, False, False]


def test_another_source_of_the_same_figure_agrees_with_the_pick() -> None:
    same, other = observation(value=100.0, as_of="2024-11-30"), observation(value=90.0, as_of="2024-10-31")
    picks = pick(tables(observation(value=100.0, as_of="2024-12-31"), same, other), 2024)
    told = picks.other.set_index("observation_id")["reason"]
    assert told.to_dict() == {same["observation_id"]: "agrees", other["observation_id"]: "outranked"}


def test_two_dates_as_near_to_the_end_of_the_year_are_a_change_and_no_conflict() -> None:
    before, after = observation(value=100.0, as_of="2024-12-21"), observation(value=120.0, as_of="2025-01-10")
    picked = pick(tables(before, after), 2024).picked.iloc[0]
    assert (picked["low"], picked["high"]) == (100.0, 100.0)
