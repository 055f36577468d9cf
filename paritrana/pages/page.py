"""The page that a notebook writes: its analysis, its language, and the way to the sources."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paritrana.analysis.province import ProvinceAnalysis
from paritrana.analysis.ranking import Ranking
from paritrana.analysis.store import analysis_of
from paritrana.pages.record_page import ROOT_OF_PROVINCES, RecordPage
from paritrana.parameters import page as parameters
from paritrana.presentation.language import Text


@dataclass(frozen=True)
class Page(RecordPage):
    """A province's page that ranks its regions."""

    analysis: ProvinceAnalysis

    def order(self, ranking: Ranking) -> np.ndarray:
        """Positions of a ranking's regions by expected rank, those without any recorded figure after the others."""
        unrecorded = np.array([code not in self.recorded for code in ranking.regions])
        return np.lexsort([ranking.any_weights.expected_rank, unrecorded])


def open_page(province: str, **given: object) -> Page:
    """The page of a province from the bundled data; raises InvalidInput where a parameter cannot be used."""
    return page_of(analysis_of(parameters.province(province, given)))


def page_of(analysis: ProvinceAnalysis) -> Page:
    """The page that shows an analysis."""
    return Page(Text(analysis.params.language), analysis.nation.tables, ROOT_OF_PROVINCES, analysis)
