"""The page of what is recorded of a province: it ranks nothing, and so knows no engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from paritrana.analysis.known import ProvinceRecord, bundled, record
from paritrana.indicators.doubts import Doubts
from paritrana.indicators.measures import measures
from paritrana.pages.vocabulary import Words
from paritrana.parameters import page as parameters
from paritrana.presentation.html import Cell, Link
from paritrana.presentation.language import Text

ROOT_OF_PROVINCES = "../../"  # from provinces/NN-name/ to the start of the book


@dataclass(frozen=True)
class RecordPage(Words):
    """A province's page that shows what is recorded, and ranks nothing."""

    analysis: ProvinceRecord

    @property
    def codes(self) -> list[str]:
        """The province's kabupaten/kota."""
        return list(self.analysis.regions.index)

    @property
    def year(self) -> int:
        """The assessment year."""
        return self.analysis.params.year

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The regions with at least one recorded figure."""
        return frozenset(self.analysis.recorded.index.get_level_values("region_code"))

    @property
    def is_administrative(self) -> bool:
        """Whether the regions of the province are administrative ones, without a budget of their own."""
        return self.analysis.is_administrative

    @property
    def no_own_budget(self) -> str:
        """Why administrative regions are not ranked by budget."""
        return self.say(
            "Kota dan kabupaten di {province} bersifat administratif: tidak mempunyai APBD maupun peraturan daerah sendiri, sehingga pemeringkatan menurut anggaran tidak berlaku di sini; yang membayar ialah provinsi.",
            province=self.analysis.province["name"],
        )

    @property
    def doubts(self) -> Doubts:
        """What speaks against the recorded values of the year."""
        return self.analysis.nation.doubts[self.year]

    def marks(self, code: str, name: str) -> tuple[tuple[str, str], ...]:
        """The badges of a recorded value: how it came about, and what speaks against it."""
        return self.badges(self.analysis.recorded.at[(code, name), "kind"], self.doubts.get((code, name), ()))

    @cached_property
    def _measures(self) -> pd.DataFrame:
        """What follows from the record beside the criteria."""
        return measures(self.analysis.regions, self.analysis.recorded, self.analysis.nation.picks[self.year])

    def measure(
        self, code: str, name: str, links: tuple[Link, ...], write: str = "number", decimals: int = 0, note: str = ""
    ) -> Cell:
        """A measure of a region (see `measures.UNITS`) with its sources, or a dash where it has none."""
        if (code, name) not in self._measures.index:
            return Cell("–", note=note)
        ends = self._measures.loc[(code, name)]
        return Cell(self.say.interval(ends["low"], ends["high"], write, decimals), links, note)


def open_record(province: str, **given: object) -> RecordPage:
    """The page of what is recorded of a province; raises InvalidInput where a parameter cannot be used.

    It has no use for what the nation says of a gap, and so is not handed it: such a page need not run again when
    another province's figure changes.
    """
    params = parameters.province(province, given)
    nation = replace(bundled(params.year, params.rubric), spreads={})
    found = record(params, nation)
    return RecordPage(Text(params.language), found.nation.tables, ROOT_OF_PROVINCES, found)
