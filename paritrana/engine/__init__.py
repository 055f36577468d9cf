"""The engine under the book: scores, ranks and how far they depend on weights and gaps.

It works on arrays and knows nothing of the award: N alternatives (rows) by K criteria (columns).

- A criterion score is a whole number of millionths of a point, 0 to 100 points: an int64 array of shape (N, K).
- A weight is a whole number of parts, at most a million in sum: an int64 array of shape (K,).
- A total is the sum of parts x scores: whole, below 2**53, so that sums are exact and ties are real ties.
- A score that is not known exactly is an interval: two arrays, `low` and `high`.
- A table of such scores is a `Scored`, with weights a `Weighted`: checked once, taken by every method. Draws of a whole
  table at once, and totals, are plain arrays.

What stands in `__all__` is public and can be imported from here; its examples are run as tests. The project itself
imports from the modules, so that a page depends on those alone that it uses. The four modules that need scipy.stats,
half of the time of an import, are loaded when something of theirs is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from paritrana.engine.acceptability import acceptability, acceptability_of_sample
from paritrana.engine.attribution import RankAttribution, rank_attribution
from paritrana.engine.confidence import Confidence, confidence_factors
from paritrana.engine.exact.nearest import Nearest
from paritrana.engine.logarithms import geometric_points, log_scores
from paritrana.engine.preference import Preference, covers, preference, tiers
from paritrana.engine.rank_range import RangeSplit, RankRanges, rank_ranges, split
from paritrana.engine.ranks import rank_range_of_gaps, ranks
from paritrana.engine.sampled.information import Information, information
from paritrana.engine.sampled.posterior import Announced, WeightPosterior, weight_posterior
from paritrana.engine.sampled.shares import Acceptability, CentralWeights, Pairwise
from paritrana.engine.sampled.sobol import Sobol, sobol
from paritrana.engine.scores import FULL, MAX_PARTS, POINT, criterion_scores, totals
from paritrana.engine.smallest import Change, Rise, lift, overtake, rises
from paritrana.engine.spaces import WeightSpace, box, dirichlet, linear, order, simplex
from paritrana.engine.stability import Span, Stability, stability
from paritrana.engine.table import Scored, Weighted

if TYPE_CHECKING:
    from paritrana.engine.agreement import Comparison, Mover, compare
    from paritrana.engine.audit import Consistency, Rounding, consistency, rounding, rounding_box, weights_that_rank
    from paritrana.engine.concordance import Concordance, concordance
    from paritrana.engine.inverse import Place, Podium, Reproduction, place, podium, reproduction

__all__ = [
    "FULL",
    "MAX_PARTS",
    "POINT",
    "Acceptability",
    "Announced",
    "CentralWeights",
    "Change",
    "Comparison",
    "Concordance",
    "Confidence",
    "Consistency",
    "Information",
    "Mover",
    "Nearest",
    "Pairwise",
    "Place",
    "Podium",
    "Preference",
    "RangeSplit",
    "RankAttribution",
    "RankRanges",
    "Reproduction",
    "Rise",
    "Rounding",
    "Scored",
    "Sobol",
    "Span",
    "Stability",
    "WeightPosterior",
    "WeightSpace",
    "Weighted",
    "acceptability",
    "acceptability_of_sample",
    "box",
    "compare",
    "concordance",
    "confidence_factors",
    "consistency",
    "covers",
    "criterion_scores",
    "dirichlet",
    "geometric_points",
    "information",
    "lift",
    "linear",
    "log_scores",
    "order",
    "overtake",
    "place",
    "podium",
    "preference",
    "rank_attribution",
    "rank_range_of_gaps",
    "rank_ranges",
    "ranks",
    "reproduction",
    "rises",
    "rounding",
    "rounding_box",
    "simplex",
    "sobol",
    "split",
    "stability",
    "tiers",
    "totals",
    "weight_posterior",
    "weights_that_rank",
]

LATE = {
    "Consistency": "audit",
    "Rounding": "audit",
    "consistency": "audit",
    "rounding": "audit",
    "rounding_box": "audit",
    "weights_that_rank": "audit",
    "Comparison": "agreement",
    "Mover": "agreement",
    "compare": "agreement",
    "Concordance": "concordance",
    "concordance": "concordance",
    "Place": "inverse",
    "Podium": "inverse",
    "Reproduction": "inverse",
    "place": "inverse",
    "podium": "inverse",
    "reproduction": "inverse",
}


def __getattr__(name: str) -> Any:
    """What is loaded when it is first asked for."""
    if name not in LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{LATE[name]}"), name)
