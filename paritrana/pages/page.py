"""The page that a notebook writes: its analysis, its language, and the way to the sources."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paritrana.analysis.known import bundled
from paritrana.analysis.province import ProvinceAnalysis, analyse
from paritrana.analysis.ranking import Ranking
from paritrana.indicators.nation import Nation
from paritrana.pages.record_page import ROOT_OF_PROVINCES, RecordPage
from paritrana.parameters import page as parameters
from paritrana.presentation.language import Text


@dataclass(frozen=True)
class Page(RecordPage):
    """A province's page that ranks its regions."""

    analysis: ProvinceAnalysis

    def leader(self, ranking: Ranking) -> int:
        """The position of the region with a record that is most often first."""
        known = np.array([code in self.recorded for code in ranking.regions])
        return int(np.argmax(np.where(known, ranking.any_weights.share[:, 0], -1.0)))

    def order(self, ranking: Ranking) -> np.ndarray:
        """Positions of a ranking's regions by expected rank, those without any recorded figure after the others."""
        unrecorded = np.array([code not in self.recorded for code in ranking.regions])
        return np.lexsort([ranking.any_weights.expected_rank, unrecorded])


def open_page(province: str, *, deep: bool = False, **given: object) -> Page:
    """The page of a province from the bundled data; raises InvalidInput where a parameter cannot be used.

    Only with `deep` does it hold the exact sensitivity.
    """
    params = parameters.province(province, given)
    return page_of(bundled(params.year, params.rubric), params, deep=deep)


def page_of(nation: Nation, params: parameters.Params, *, deep: bool = False) -> Page:
    """The page of a province from a nation at hand."""
    analysis = analyse(nation.tables, params, nation, deep=deep)
    return Page(Text(params.language), analysis.nation.tables, ROOT_OF_PROVINCES, analysis)
