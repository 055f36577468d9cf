"""What a kernel has ready before a notebook starts: every page's module, the record of the default year with its
digests and estimates, and fonts.

A process that imports this can be forked into kernels. What is read here is read by a kernel that starts from nothing
too; only the time differs.
"""

import io

from matplotlib.figure import Figure

from paritrana.analysis.store import estimates_kept, key_of
from paritrana.pages import (
    awards,
    budget,
    calibration,
    coverage,
    engine,
    national,
    other_awards,
    overview,
    sensitivity,
    wanted,
    zones,
)
from paritrana.parameters.page import province, province_codes
from paritrana.presentation import notebook as show

__all__ = [
    "awards",
    "budget",
    "calibration",
    "coverage",
    "engine",
    "national",
    "other_awards",
    "overview",
    "sensitivity",
    "show",
    "wanted",
    "zones",
]

_first = province(province_codes()[0])
key_of(_first)
estimates_kept(_first)
_figure = Figure()
_figure.subplots().set_title("0")
_figure.savefig(io.BytesIO(), format="svg")
