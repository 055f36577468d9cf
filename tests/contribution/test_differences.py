"""What a contribution changes is told figure by figure and page by page, and is what it changes."""

from dataclasses import replace

import pandas as pd
import pytest

from paritrana.contribution.differences import changed_figures, differences
from paritrana.indicators.nation import Nation, survey_nation
from paritrana.plan.book import book, pages
from paritrana.plan.effects import changed_pages
from paritrana.record.picking import pick
from paritrana.record.tables import Tables
from tests.factories import REAL, observation, tables

STRENGTH = {"Perda": 1.0, "Perbup": 0.7, "Perwali": 0.7, "SE": 0.4, "Instruksi": 0.4}
CALLED = {"13.74": "Kota Padang Panjang"}
ROW = observation(observation_id="Oa", value=100)


def told(before: Tables, after: Tables) -> list[str]:
    return list(changed_figures(pick(before, 2024), pick(after, 2024), CALLED))


def test_a_figure_of_a_gap_a_better_figure_and_a_contradiction() -> None:
    nothing, better = tables(), observation(observation_id="Ob", value=120, as_of="2024-12-31")
    about = "Kota Padang Panjang, active_participants, all, 2024"
    assert told(nothing, tables(ROW)) == [f"{about}: nothing -> 100 (Oa)"]
    assert told(tables(ROW), tables(ROW, better)) == [f"{about}: 100 -> 120 (Ob)"]
    equal = observation(observation_id="Oc", value=110.5)
    assert told(tables(ROW), tables(ROW, equal)) == [f"{about}: 100 -> 100..110.5 (Oa, Oc)"]
    share = observation(observation_id="Od", indicator="coverage_share_pct", denominator="potential", value=45.5)
    assert told(nothing, tables(share)) == [
        "Kota Padang Panjang, coverage_share_pct, all, potential, 2024: nothing -> 45.5 (Od)"
    ]


def test_a_flag_that_takes_a_figure_away_is_told_with_its_kind() -> None:
    found = told(tables(ROW), tables(ROW, flags={"Oa": "branch"}))
    assert found == ["Kota Padang Panjang, active_participants, all, 2024: 100 -> nothing (Oa: branch)"]


def test_a_figure_that_is_not_picked_changes_nothing() -> None:
    assert told(tables(ROW), tables(ROW, observation(status="planned", value=5))) == []


@pytest.fixture(scope="module")
def nation() -> Nation:
    return survey_nation(REAL, 2024, STRENGTH)


def with_first(row: dict[str, object]) -> Tables:
    """The real tables with a row before all others."""
    added = pd.DataFrame([row], columns=REAL.observations.columns).astype(REAL.observations.dtypes.to_dict())
    return replace(REAL, observations=pd.concat([added, REAL.observations], ignore_index=True))


def test_a_new_figure_changes_the_pages_of_its_province_and_of_the_nation_alone(nation: Nation) -> None:
    """A share of construction workers scores nothing: no spread moves, and rows behind it are the same rows."""
    source = REAL.observations.loc[REAL.observations["region_code"] == "13.74", "source_id"].iloc[0]
    row = observation(indicator="construction_participants", segment="construction", value=3, source_id=source)
    after = survey_nation(with_first({**row, "year": 2025, "region_code": "13.71"}), 2024, STRENGTH)
    defaults, provinces = book()
    found = set(changed_pages(nation, after, pages(defaults, provinces)))
    assert {name.split("/")[1] for name in found if "/1" in name or "/9" in name} == {"13-sumatera-barat"}
    whole = {name for name in found if not name.startswith("provinces/13-")}
    assert (len(found), whole) == (8, {"national", "zones", "calibration", "provinces/_lab"})
    assert "national" in found


def test_no_change_changes_no_page_of_a_province(nation: Nation) -> None:
    defaults, provinces = book()
    assert not [name for name in changed_pages(nation, nation, pages(defaults, provinces)) if "/" in name[10:]]


def test_recorded_cells_are_counted(nation: Nation) -> None:
    gone = replace(REAL, regulations=REAL.regulations[REAL.regulations["region_code"] != "13.74"])
    (line,) = differences({2024: survey_nation(gone, 2024, STRENGTH)}, {2024: nation})
    assert line == f"Recorded cells of 2024: {len(nation.recorded[2024]) - 1} -> {len(nation.recorded[2024])}"
