"""Joint draws packed into bytes: what is unpacked is what was packed but for half a step, and its ends are kept."""

import base64

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from paritrana.analysis.modelled import SAMPLE, bundled_estimates
from paritrana.engine.scores import FULL
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.lab.draws import DRAWS, STEPS, packed, year_draws


@given(st.integers(0, 2**32 - 1))
def test_a_packed_score_is_within_half_a_step_and_the_least_and_the_most_stay(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, rng.integers(1, FULL, 6), (DRAWS, 6), endpoint=True)
    least, most = scores.min(axis=0), scores.max(axis=0)
    steps = np.frombuffer(base64.b64decode(packed(scores, least, most)), dtype=np.uint8).reshape(6, DRAWS).T
    again = least + (most - least) * steps / STEPS
    assert (np.abs(again - scores) <= (most - least) / STEPS / 2 + 1e-6).all()
    assert (again.min(axis=0) == least).all() and (again.max(axis=0) == most).all()


def test_ranges_are_those_of_all_draws_and_values_the_first_of_them() -> None:
    made, estimates = year_draws(bundled_estimates("hypothesis-a"), 2024, 5), bundled_estimates("hypothesis-a")
    start = 0
    for code in ("11", "12"):
        drawn = estimates.draws(code, 2024, SAMPLE, 5)
        here = slice(start, start + drawn.shape[1])
        assert (made.values[:, here] == drawn[:DRAWS]).all()
        assert (made.low[here] == np.quantile(drawn, 0.05, axis=0)).all()
        assert (made.high[here] == np.quantile(drawn, 0.95, axis=0)).all()
        start = here.stop
    assert made.low.shape == (len(estimates.cells.regions), len(CRITERION_INDICATORS))
    assert {values.shape for values in made.alike.values()} == {(DRAWS, 38)}
