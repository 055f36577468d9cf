"""Which pages another record would change, told without making any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paritrana.analysis.inputs import hashes_of, rows_of_province, spreads_of
from paritrana.indicators.nation import Nation
from paritrana.plan.book import CALIBRATION_NOTEBOOK, LAB, NATIONAL_NOTEBOOK, ZONES_NOTEBOOK, PageSpec
from paritrana.plan.inputs import RECORD_NOTEBOOKS

WHOLE = (NATIONAL_NOTEBOOK, ZONES_NOTEBOOK, CALIBRATION_NOTEBOOK, LAB)  # what reads the whole record


def changed_pages(before: Nation, after: Nation, specs: Sequence[PageSpec]) -> Iterator[str]:
    """The names of the pages that read something else of the nation after than before; some data did change."""
    old, new = hashes_of(before), hashes_of(after)
    spreads = spreads_of(before) != spreads_of(after)
    differs: dict[str, bool] = {}
    for spec in specs:
        province = dict(spec.parameters).get("province")
        if province and province not in differs:
            rows = rows_of_province(before, old, province), rows_of_province(after, new, province)
            differs[province] = rows[0] != rows[1]
        whole = spec.notebook in WHOLE
        if whole or (province and (differs[province] or (spreads and spec.notebook not in RECORD_NOTEBOOKS))):
            yield spec.name
