"""The page that a notebook writes: its analysis, its language, and the way to the sources."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paritrana.analysis.province import ProvinceAnalysis
from paritrana.analysis.ranking import Ranking
from paritrana.analysis.store import analysis_of
from paritrana.engine.sampled.shares import binomial_error, unseen
from paritrana.pages.record_page import ROOT_OF_PROVINCES, RecordPage
from paritrana.parameters import page as parameters
from paritrana.presentation.html import Cell
from paritrana.presentation.language import Text


@dataclass(frozen=True)
class Page(RecordPage):
    """A province's page that ranks its regions."""

    analysis: ProvinceAnalysis

    def order(self, ranking: Ranking) -> np.ndarray:
        """Positions of a ranking's regions by expected rank, those without any recorded figure after the others."""
        unrecorded = np.array([code not in self.recorded for code in ranking.regions])
        return np.lexsort([ranking.any_weights.expected_rank, unrecorded])

    def chance(self, share: float, draws: int) -> Cell:
        """A share of draws with its Monte Carlo error (`chance`)."""
        return chance(self.say, share, draws)


def chance(say: Text, share: float, draws: int) -> Cell:
    """A share of draws with its Monte Carlo error: one standard error, in percentage points.

    Where none or all of the draws have it, no error is seen: how far it may be off (Clopper and Pearson 1934).
    """
    if share in (0, 1):
        off = unseen(draws)
        note = f"≤ {say.percent(off, 2)}" if share == 0 else f"≥ {say.percent(1 - off, 2)}"
    else:
        note = f"± {say.number(100 * float(binomial_error(share, draws)), 1)}"
    return Cell(say.percent(share), note=note)


def open_page(province: str, **given: object) -> Page:
    """The page of a province from the bundled data; raises InvalidInput where a parameter cannot be used."""
    return page_of(analysis_of(parameters.province(province, given)))


def page_of(analysis: ProvinceAnalysis) -> Page:
    """The page that shows an analysis."""
    return Page(Text(analysis.params.language), analysis.nation.tables, ROOT_OF_PROVINCES, analysis)
