"""What a kernel has ready before a notebook starts: every page's module, the record of the default year, and fonts.

A process that imports this can be forked into kernels. What is read here is read by a kernel that starts from nothing
too; only the time differs.
"""

import io

from matplotlib.figure import Figure

from paritrana.analysis.known import bundled
from paritrana.pages import budget, coverage, engine, national, overview, sensitivity
from paritrana.parameters.page import national as defaults
from paritrana.presentation import notebook as show

__all__ = ["budget", "coverage", "engine", "national", "overview", "sensitivity", "show"]

bundled(defaults().year, defaults().rubric)
_figure = Figure()
_figure.subplots().set_title("0")
_figure.savefig(io.BytesIO(), format="svg")
