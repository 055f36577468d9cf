"""Gaps that are modelled: what is recorded stays, what is not is drawn together, and exact methods do without."""

import numpy as np
import pytest

from paritrana.analysis.known import bundled, record
from paritrana.analysis.modelled import SAMPLE, TAILS, Modelled, estimates_for, modelled
from paritrana.analysis.province import ProvinceAnalysis, analyse
from paritrana.analysis.ranking import exact_assumption
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.parameters.page import Params, province

pytestmark = pytest.mark.slow
PARAMS = province("18", {"draws": 2000, "assumption": "modelled"})


@pytest.fixture(scope="module")
def lampung() -> Modelled:
    estimates = estimates_for(PARAMS)
    assert estimates is not None
    return modelled(estimates, record(PARAMS, bundled(PARAMS.year, PARAMS.rubric)))


@pytest.fixture(scope="module")
def analysis() -> ProvinceAnalysis:
    nation = bundled(PARAMS.year, PARAMS.rubric)
    return analyse(nation.tables, PARAMS, nation, estimates=estimates_for(PARAMS))


def test_other_assumptions_need_no_estimates() -> None:
    for assumption in ("plausible", "anything", "known"):
        params = PARAMS.model_copy(update={"assumption": assumption})
        assert estimates_for(params) is None
        assert exact_assumption(params.assumption) == assumption
    assert exact_assumption("modelled") == "plausible"


def test_ranges_are_what_is_recorded_else_the_ends_of_the_draws(lampung: Modelled) -> None:
    known = record(PARAMS, bundled(PARAMS.year, PARAMS.rubric)).recorded
    assert lampung.draws.shape == (SAMPLE, len(lampung.regions), len(CRITERION_INDICATORS))
    for (code, name), row in lampung.ranges.iterrows():
        drawn = lampung.draws[:, lampung.regions.index(code), CRITERION_INDICATORS.index(name)]
        if (code, name) in known.index:
            assert (row["low"], row["high"]) == (known.loc[(code, name), "low"], known.loc[(code, name), "high"])
            assert row["low"] - 1e-9 <= drawn.min() <= drawn.max() <= row["high"] + 1e-9
        else:
            assert row["kind"] == "modelled"
            assert np.mean((drawn >= row["low"]) & (drawn <= row["high"])) >= TAILS[1] - TAILS[0] - 0.01


def test_probabilities_come_from_the_joint_draws(analysis: ProvinceAnalysis) -> None:
    main, exact = analysis.main, analysis.exact
    assert main is not None and exact is not None
    assert (main.assumption, exact.assumption) == ("modelled", "plausible")
    assert main.regions == exact.regions
    assert main.any_weights.share.sum(axis=0) == pytest.approx(np.ones(len(main.regions)), abs=1e-9)
    assert not np.array_equal(main.any_weights.share, exact.any_weights.share)


def test_nothing_is_called_exact_about_modelled_ranges(analysis: ProvinceAnalysis) -> None:
    assert {assumption for _, assumption in analysis.depths} == {"plausible", "anything", "known"}
    assert analysis.depth is analysis.depths["all", "plausible"]


def test_the_same_seed_gives_the_same_draws_in_every_province_alone(lampung: Modelled) -> None:
    params: Params = PARAMS
    estimates = estimates_for(params)
    assert estimates is not None
    again = modelled(estimates, record(params, bundled(params.year, params.rubric)))
    assert np.array_equal(again.draws, lampung.draws)
