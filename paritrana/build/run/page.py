"""Making one page, whatever it is made by: a notebook in a kernel of its own, or this library itself.

Nothing is written here; the coordinator writes what it is given.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from paritrana.build.run import estimates, lab, notebook, overview
from paritrana.build.run.outcome import PageResult, failure_of
from paritrana.plan.book import CALIBRATION_NOTEBOOK, LAB, OVERVIEW, PageSpec

WRITERS: Mapping[str, Callable[[Mapping[str, Any]], tuple[str, ...]]] = {OVERVIEW: overview.make, LAB: lab.make}
BESIDE: Mapping[str, Callable[[Mapping[str, Any]], tuple[str, ...]]] = {CALIBRATION_NOTEBOOK: estimates.make}


def run_page(spec: PageSpec) -> PageResult:
    """Make a page. Never raises for what its notebook does: see `PageResult.failure`."""
    start = time.monotonic()
    content, failure, peak = None, None, None
    try:
        if spec.notebook in WRITERS:
            content = dict(zip(spec.files, WRITERS[spec.notebook](dict(spec.parameters)), strict=True))
        else:
            text, failure, peak = notebook.make(spec)
            beside = BESIDE[spec.notebook](dict(spec.parameters)) if text and spec.notebook in BESIDE else ()
            content = dict(zip(spec.files, (text, *beside), strict=True)) if text is not None else None
    except Exception as error:  # a parameter nobody declared, a faulty notebook: one page's failure all the same
        failure = failure_of(error)
    return PageResult(spec, content, failure, time.monotonic() - start, peak)
