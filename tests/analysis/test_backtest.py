"""The back test: its scores on results made up for it, and what the bundled record reaches."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from paritrana import paths
from paritrana.analysis import backtest as of_backtest
from paritrana.analysis.backtest import Report, backtest, bundled_backtest, first_place, podium, sentences
from paritrana.analysis.contests import Contest
from paritrana.engine.scores import Floats
from paritrana.indicators.catalogue import COVERAGE, VULNERABLE
from paritrana.parameters.page import national
from paritrana.record.tables import bundled_tables

CODES = ("99.01", "99.02", "99.03", "99.04")
EQUAL = np.full((4, 4), 0.25)


def contest(shares: Floats, places: dict[str, int], draws: int = 10_000) -> Contest:
    return Contest(2024, "99", CODES, places, shares, EQUAL, draws, np.zeros((1, 4, 1), dtype=np.int64))


def sure(order: tuple[int, ...]) -> Floats:
    """Rank shares of a forecaster that is sure of an order."""
    shares: Floats = np.eye(4)[list(order)]
    return shares


def test_equal_chances_score_as_chance_does() -> None:
    told = contest(EQUAL, {"99.02": 1, "99.01": 2})
    first, places = first_place([told], seed=1), podium([told], seed=1)
    assert first["log_score"] == pytest.approx(first["chance"]) == pytest.approx(np.log(1 / 4))
    assert first["brier"] == pytest.approx(first["brier_chance"]) == pytest.approx(3 / 4)
    assert places["ranked_probability_score"] == pytest.approx(places["chance"])


def test_who_is_sure_and_right_loses_next_to_nothing_and_who_is_sure_and_wrong_almost_all() -> None:
    right, wrong = (first_place([contest(sure(order), {"99.01": 1})], seed=1) for order in ((0, 1, 2, 3), (3, 1, 2, 0)))
    assert right["log_score"] == pytest.approx(0, abs=1e-3)
    assert right["brier"] == pytest.approx(0, abs=1e-3)
    assert wrong["log_score"] == pytest.approx(np.log(0.5 / 10_002))
    assert wrong["brier"] == pytest.approx(2, abs=1e-3)


def test_a_tie_for_the_first_place_is_shared_between_those_who_tie() -> None:
    shares = np.array([[1.0, 0, 0, 0], [1.0, 0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 1.0]])
    assert first_place([contest(shares, {"99.01": 1})], seed=1)["log_score"] == pytest.approx(np.log(1 / 2), abs=1e-3)


def test_a_result_without_one_first_place_is_none_for_it_and_counts_for_the_podium() -> None:
    """Nobody announced as first, and two."""
    told = [contest(EQUAL, {"99.02": 2, "99.03": 3}), contest(EQUAL, {"99.02": 1, "99.03": 1})]
    assert first_place(told, seed=1) == {"n": 0}
    assert podium(told, seed=1)["n"] == 2


def test_the_podium_of_an_order_that_came_is_perfect() -> None:
    told = contest(sure((2, 0, 1, 3)), {"99.02": 1, "99.03": 2, "99.01": 3})
    assert podium([told], seed=1)["ranked_probability_score"] == 0


@cache
def report() -> Report:
    return backtest(bundled_tables(), [2023, 2024, 2025], national())


@pytest.mark.slow
def test_nine_in_ten_left_out_values_are_in_their_ranges_which_are_far_sharper_than_plausible_ones() -> None:
    for name in (COVERAGE.id, VULNERABLE.id):
        for year, row in report()["ranges"][name].items():
            assert 0.88 <= row["inside90"] <= 0.93, (name, year)
            assert row["interval_score"] <= 0.75 * row["interval_score_plausible"], (name, year)
            assert row["crps"] < row["crps_plausible"], (name, year)


@pytest.mark.slow
def test_announced_winners_get_more_than_equal_chances_would_give_them() -> None:
    everyone, nominees = (report()["first_place"][name] for name in ("all", "nominees"))
    assert all(everyone[year]["log_score"] > everyone[year]["chance"] for year in ("2023", "2024"))
    assert everyone["total"]["log_score"] - everyone["total"]["chance"] >= 0.30
    assert nominees["total"]["log_score"] - nominees["total"]["chance"] >= 0.10
    places = report()["podium"]["all"]["total"]
    assert places["ranked_probability_score"] < places["chance"] < places["ranked_probability_score_plausible"]


@pytest.mark.slow
def test_the_report_is_said_in_lines() -> None:
    lines = list(sentences(report()))
    assert any(line.startswith("coverage_employed 2024: 90 % ranges hold") for line in lines)
    assert any(line.startswith("first_place among all, total: 32 results") for line in lines)


def test_the_bundled_record_is_left_out_once_for_all_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is read again only by what would make the same: other draws are made from nothing."""
    monkeypatch.setattr(paths, "ANALYSES", tmp_path)
    defaults = national({"draws": 100})
    made = bundled_backtest(defaults)
    monkeypatch.setattr(of_backtest, "leave_out", lambda *_: pytest.fail("left out again"))
    read = bundled_backtest(defaults.model_copy(update={"language": "en"}))
    assert of_backtest.report(read) == of_backtest.report(made)
    with pytest.raises(pytest.fail.Exception, match="left out again"):
        bundled_backtest(defaults.model_copy(update={"draws": 200}))
