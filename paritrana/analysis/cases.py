"""Published results and closed forms that the engine is held against, computed again each time.

The cases lie in `data/cases/`, each with the source of its figures. A page of the book shows published beside computed,
and a test demands that they agree.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from paritrana import paths
from paritrana.engine.acceptability import acceptability
from paritrana.engine.audit import rounding
from paritrana.engine.logarithms import geometric_points
from paritrana.engine.rank_range import rank_ranges
from paritrana.engine.ranks import ranks
from paritrana.engine.sampled.sobol import sobol
from paritrana.engine.scores import FULL, Floats, Ints, totals
from paritrana.engine.spaces import simplex
from paritrana.engine.stability import stability
from paritrana.engine.table import Scored

CASES = paths.DATA / "cases"
SIGMAS = 4  # standard errors within which a sampled figure must lie
SOBOL_TOLERANCE = 0.01  # as the peers' own tests ask for
# UNDP, Human Development Report 2021/22, technical notes: goalposts and caps.
LIFE, SCHOOL_EXPECTED, SCHOOL_MEAN, INCOME = (20, 85), 18, 15, (100, 75_000)


@dataclass(frozen=True)
class Case:
    """One figure: what was published (or follows in closed form) and what the engine computes.

    `figure` is a key, `of` what it is about where there are several. `allowed` is how far the two may lie apart: a
    rounding of the publication, or `SIGMAS` standard errors of a draw.
    """

    subject: str
    figure: str
    of: str
    source: str
    published: float
    computed: float
    allowed: float

    @property
    def agrees(self) -> bool:
        """Whether the two lie no further apart than allowed."""
        return abs(self.published - self.computed) <= self.allowed


def all_cases(draws: int, seed: int) -> list[Case]:
    """Every case; sampled ones with so many draws."""
    return [*_smaa(draws, seed), *_exact(), *_hdi(), *_weighted_sum(), *_sobol(draws, seed)]


def _read(name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))
    return made


def _scores(values: Any) -> Ints:
    """Scores on 0..1 as whole scores."""
    return np.rint(np.array(values, dtype=float) * FULL).astype(np.int64)


def _smaa(draws: int, seed: int) -> list[Case]:
    """Rank acceptability and central weights in closed form."""
    known, source = _read("analytic"), "closed form (SMAA-2, Lahdelma & Salminen 2001)"
    count = known["identity"]["K"]
    one = np.eye(count, dtype=np.int64) * FULL
    made = acceptability(Scored.exact(one), draws=draws, seed=seed, central=True)
    error = SIGMAS * math.sqrt(1 / count * (1 - 1 / count) / draws)
    cases = [Case("identity", "acceptability", "", source, 1 / count, float(made.share.max()), error * 1.5)]
    if made.central is not None:
        own = float(made.central.weights[0, 0])
        allowed = SIGMAS * float(made.central.standard_error[0, 0])
        cases.append(Case("identity", "central weight", "", source, known["identity"]["own"], own, allowed))
    two = known["two_criteria"]
    share = acceptability(Scored.exact(_scores(two["X"])), draws=draws, seed=seed).share[:, 0]
    for name, published, computed in zip("ABC", two["first"], share.tolist(), strict=True):
        allowed = SIGMAS * math.sqrt(published * (1 - published) / draws)
        cases.append(Case("two criteria", "first", name, source, published, computed, allowed))
    return cases


def _exact() -> list[Case]:
    """Rank ranges and breakpoints in closed form."""
    known = _read("analytic")
    edge, two = _scores(known["knife_edge"]["X"]), _scores(known["two_criteria"]["X"])
    best = rank_ranges(Scored.exact(edge), simplex(edge.shape[1])).best
    ends = stability(Scored.exact(two).weighted(np.array([1, 1]))).leader
    dominated = _scores(np.array(known["dominated"]["X"]) / 3)
    found = rank_ranges(Scored.exact(dominated), simplex(2))
    source, breaks = "closed form", known["two_criteria"]["breakpoints"]
    return [
        Case("knife edge", "best rank", "C", source, 1, float(best[2]), 0),
        Case("dominated", "worst rank", "A", source, known["dominated"]["worst"][0], float(found.worst[0]), 0),
        Case("dominated", "best rank", "C", source, known["dominated"]["best"][-1], float(found.best[-1]), 0),
        Case("two criteria", "lower breakpoint", "C", source, breaks[0], float(ends.low[0]), 1e-12),
        Case("two criteria", "upper breakpoint", "C", source, breaks[1], float(ends.high[0]), 1e-12),
    ]


def _hdi() -> list[Case]:
    """The Human Development Index of 2021: values, ranks, and ranks that hang on a rounded figure."""
    with (CASES / "hdi" / "hdi2021.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["hdi_2021"]]
    index = geometric_points(_scores([_dimensions(row) for row in rows]), np.array([1, 1, 1])) / 100
    audit = rounding(index, 3)
    published = np.array([float(row["hdi_2021"]) for row in rows])
    places = np.array([int(float(row["hdi_rank_2021"])) for row in rows])
    source, count = "UNDP, Human Development Report 2021/22", len(rows)
    same = int(np.isclose(audit.rounded, published, atol=1e-9).sum())
    return [
        Case("HDI 2021", "values", "", source, count, same, 0),
        Case("HDI 2021", "ranks", "", source, count, int((audit.rank_rounded == places).sum()), 0),
        Case("HDI 2021", "rounded ranks", "", source, 29, int(audit.differs.sum()), 0),
    ]


def _dimensions(row: Mapping[str, str]) -> list[float]:
    """Life expectancy, education and income of a country, each on 0..1."""
    life = (min(float(row["le_2021"]), LIFE[1]) - LIFE[0]) / (LIFE[1] - LIFE[0])
    expected = min(float(row["eys_2021"]), SCHOOL_EXPECTED) / SCHOOL_EXPECTED
    mean = min(float(row["mys_2021"]), SCHOOL_MEAN) / SCHOOL_MEAN
    income = math.log(min(float(row["gnipc_2021"]), INCOME[1]) / INCOME[0]) / math.log(INCOME[1] / INCOME[0])
    return [life, (expected + mean) / 2, income]


def _weighted_sum() -> list[Case]:
    """A weighted sum of the literature, as scikit-criteria's own tests have it."""
    case, source = _read("scikit_criteria")["kracka2010"], "scikit-criteria (kracka2010)"
    matrix = np.array(case["matrix"], dtype=float)
    matrix = np.where(np.array(case["objectives"]) < 0, 1 / matrix, matrix)
    equal = np.ones(matrix.shape[1], dtype=np.int64)
    total = totals(_scores(matrix / matrix.sum(axis=0)), equal)
    score = total / (FULL * equal.sum())
    agreeing = int((ranks(total) == np.array(case["rank"])).sum())
    return [
        Case("weighted sum", "largest score", "", source, max(case["score"]), float(score.max()), case["tolerance"]),
        Case("weighted sum", "ranks", "", source, len(score), agreeing, 0),
    ]


def _sobol(draws: int, seed: int) -> list[Case]:
    """Sobol indices of the Ishigami function."""
    case, source = _read("sobol")["ishigami"], "closed form (Ishigami & Homma 1990)"

    def angles(count: int, rng: np.random.Generator) -> Floats:
        return rng.uniform(-math.pi, math.pi, count)

    def ishigami(x: Mapping[str, Floats]) -> Floats:
        made: Floats = np.sin(x["x1"]) + case["a"] * np.sin(x["x2"]) ** 2 + case["b"] * x["x3"] ** 4 * np.sin(x["x1"])
        return made

    # A sampled index needs more draws than a share to be good to two decimals.
    found = sobol(ishigami, dict.fromkeys(("x1", "x2", "x3"), angles), draws=max(draws, 2**17), seed=seed)
    cases = []
    for at, name in enumerate(found.groups):
        first, total = float(found.first[at, 0]), float(found.total[at, 0])
        cases.append(Case("Ishigami", "first-order index", name, source, case["S1"][at], first, SOBOL_TOLERANCE))
        cases.append(Case("Ishigami", "total index", name, source, case["ST"][at], total, SOBOL_TOLERANCE))
    return cases
