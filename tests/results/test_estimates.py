"""The estimates of a year as rows: every region and indicator, what is recorded as it is, and quantiles in order."""

import pytest

from paritrana.analysis.known import bundled
from paritrana.analysis.modelled import bundled_estimates
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.parameters.page import national
from paritrana.results.estimates import DECIMALS, estimates_table

pytestmark = pytest.mark.slow
ORDER = ["q05", "q10", "q25", "median", "q75", "q90", "q95"]


@pytest.mark.parametrize("year", [2023, 2024])
def test_each_region_and_indicator_has_one_row_whose_quantiles_are_in_order(year: int) -> None:
    defaults = national()
    table, known = (
        estimates_table(bundled_estimates(defaults.rubric), year, defaults.seed),
        bundled(year, defaults.rubric),
    )
    assert len(table) == 514 * len(CRITERION_INDICATORS)
    assert not table.duplicated(["region_code", "indicator"]).any()
    quantiles = table[ORDER]
    assert quantiles.notna().all(axis=None)
    assert (quantiles.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    recorded = table[table["basis"] == "recorded"].set_index(["region_code", "indicator"])
    assert set(recorded.index) == set(known.recorded[year].index)
    ends = known.recorded[year][["low", "high"]].astype(float).loc[recorded.index].round(DECIMALS)
    assert (recorded["q05"] >= ends["low"]).all()
    assert (recorded["q95"] <= ends["high"]).all()
    shares = table[table["indicator"].isin(["coverage_employed", "vulnerable_per_informal", "non_asn"])]
    modelled = shares[shares["basis"] == "modelled"][ORDER]
    assert ((modelled >= 0) & (modelled <= 1)).all(axis=None)
