"""An indicator is declared once: with a sixth one in a copy's catalogue, every surface knows it."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
import yaml

from paritrana.indicators.catalogue import CRITERION_INDICATORS, INDICATORS, indicator
from tests.project import copy

pytestmark = pytest.mark.slow

PADANG_PANJANG = "13.74"
PARTICIPANTS = "15.386"  # of Padang Panjang, 31 December 2024
SIXTH = """
PARTICIPANTS = Indicator(
    "participants",
    Unit("number", decimals=0, coarse=0),
    lambda known: ratio(figures(known.now, "active_participants"), pd.Series(1.0, index=known.survey.index)),
    title=lambda say: say("Peserta"),
    note=lambda say: say("orang"),
    neighbours=False,
)
INDICATORS = (*INDICATORS, PARTICIPANTS)
"""
AFTER = "\nCRITERION_INDICATORS ="
# Everything that tells of indicators, from one province of the copy.
TELL = """
import json
from dataclasses import replace
from paritrana.analysis.known import bundled
from paritrana.indicators import gaps
from paritrana.lab import nation_data
from paritrana.pages import national, overview, sensitivity
from paritrana.pages.page import open_page
from paritrana.parameters.page import national as defaults_with
from paritrana.results.province import province_result

given = {"rubric": "sixth", "draws": 100}
page = open_page("13", **given)
nation = bundled(2024, "sixth")
whole = national.NationalPage(page.say, nation.tables, "", (), nation, {})
lab = nation_data(nation.tables, defaults_with(given))
column = {rubric["id"]: dict(zip(rubric["criteria"], rubric["columns"])) for rubric in lab["rubrics"]}["sixth"]["f"]
filled = gaps.plausible(nation.recorded, nation.spreads, 2024, list(nation.survey.index), ["participants"])
print(json.dumps({
    "overview": overview.record_table(page),
    "national": national.completeness_table(whole),
    "weights": sensitivity.weights_table(page),
    "scores": sensitivity.scores_table(page),
    "lab": [cell[1] for cell in lab["origins"]["2024"][column]],
    "named": lab["criteria"]["f"],
    "kinds": sorted(set(filled["kind"])),
    "cells": page.analysis.cells[1],
    "result": province_result(page.analysis),
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a copy of the project says whose catalogue has one entry more, and a rubric that scores it."""
    folder = copy(tmp_path_factory.mktemp("sixth"))
    catalogue = folder / "paritrana" / "indicators" / "catalogue.py"
    text = catalogue.read_text(encoding="utf-8")
    assert text.count(AFTER) == 1
    catalogue.write_text(text.replace(AFTER, SIXTH + AFTER), encoding="utf-8")
    rubric = yaml.safe_load((folder / "params" / "rubrics" / "hypothesis-a.yml").read_text(encoding="utf-8"))
    sixth = {"id": "f", "title": "Banyaknya", "weight": 2, "indicator": "participants", "goalposts": [0, 20_000]}
    criteria = [{**criterion, "weight": 1} for criterion in rubric["criteria"]]
    written = yaml.safe_dump({**rubric, "id": "sixth", "criteria": [*criteria, sixth]})
    (folder / "params" / "rubrics" / "sixth.yml").write_text(written, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", TELL], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_overview_shows_a_new_indicator_with_its_unit_and_its_own_kind_of_number(told: Any) -> None:
    assert "Peserta" in told["overview"] and "orang" in told["overview"] and f">{PARTICIPANTS}<" in told["overview"]
    assert told["cells"] == 19 * (len(INDICATORS) + 1)


def test_the_national_page_counts_where_a_new_indicator_is_recorded(told: Any) -> None:
    assert told["national"].split("<tbody>")[0].count("<th ") == 1 + len(INDICATORS) + 1
    assert "Peserta" in told["national"]


def test_the_sensitivity_page_scores_a_new_indicator_between_goalposts_in_its_unit(told: Any) -> None:
    assert "0–20.000<" in told["weights"]
    assert "Banyaknya" in told["scores"]


def test_the_lab_has_the_figures_of_a_new_indicator(told: Any) -> None:
    assert told["named"] == {"title": "Banyaknya", "indicator": "participants"}
    assert PARTICIPANTS in told["lab"]


def test_the_results_have_the_values_of_a_new_indicator_and_its_criterion(told: Any) -> None:
    values = {value["region_code"]: value for value in told["result"]["values"] if value["indicator"] == "participants"}
    assert len(values) == 19 and values[PADANG_PANJANG]["low"] == 15_386
    assert [each["indicator"] for each in told["result"]["criteria"]][-1] == "participants"


def test_a_gap_of_a_new_indicator_is_filled_by_the_rule_of_its_entry(told: Any) -> None:
    assert told["kinds"] == ["nationwide", "recorded"]


def test_no_two_indicators_have_the_same_id_and_each_is_found_by_it() -> None:
    assert len(set(CRITERION_INDICATORS)) == len(INDICATORS)
    assert tuple(map(indicator, CRITERION_INDICATORS)) == INDICATORS
