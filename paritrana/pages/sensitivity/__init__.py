"""The sensitivity page: scores, ranks, and how sure they are when weights and gaps are open."""

from paritrana.pages.sensitivity.choices import (
    attribution_table,
    comparison_table,
    interview,
    scenarios_table,
    weights_table,
)
from paritrana.pages.sensitivity.exact import firsts_table, ranges_table, rises_table, stability_table
from paritrana.pages.sensitivity.ranking import (
    assumptions_table,
    figure,
    ranking_table,
    scores_table,
    summary,
    sureness,
)

__all__ = [
    "assumptions_table",
    "attribution_table",
    "comparison_table",
    "figure",
    "firsts_table",
    "interview",
    "ranges_table",
    "ranking_table",
    "rises_table",
    "scenarios_table",
    "scores_table",
    "stability_table",
    "summary",
    "sureness",
    "weights_table",
]
