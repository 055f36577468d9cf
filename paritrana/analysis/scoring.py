"""From values and a rubric to what the engine ranks: whole scores, and totals in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from paritrana.analysis.scales import relative_scores
from paritrana.engine.logarithms import geometric_points, log_scores, rounded_logs
from paritrana.engine.ranks import rank_range_of_gaps
from paritrana.engine.rules import Rule
from paritrana.engine.scores import FULL, LARGEST, POINT, Floats, Ints, criterion_scores, totals
from paritrana.engine.table import Scored, Weighted
from paritrana.faults import Fault, InvalidInput, relative
from paritrana.parameters.rubric import Criterion, Rubric, rubric_path

FEWEST = 2  # alternatives that a ranking needs
Table = TypeVar("Table", bound=Scored)


def score_table(rubric: Rubric, criteria: Sequence[Criterion], low: Floats, high: Floats) -> Scored:
    """Criterion scores of values of shape (N, K), in millionths of a point (see `scores_on`)."""
    scored = [scores_on(rubric, criterion, low[:, at], high[:, at]) for at, criterion in enumerate(criteria)]
    return Scored(*(np.stack(ends, axis=1) for ends in zip(*scored, strict=True)))


def scores_on(rubric: Rubric, criterion: Criterion, low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Scores (lowest, highest) of values of shape (N,) on one criterion, in millionths of a point.

    NaN stands for an unknown value: anything the criterion allows, 0 to 100 points. Under fixed goalposts the scores
    are those of the ends, under a scale of the table they are bounds (see `scales`). Raises InvalidInput where a value
    has no score that can be added up (see `scorable`).
    """
    up = criterion.direction == "up"
    if criterion.goalposts is None:
        return relative_scores(low, high, str(criterion.scale), up=up, clip=rubric.clip)
    least, most = scorable(rubric, criterion)
    beyond = [value for value in (*low, *high) if value < least or value > most]
    if beyond:
        file, key = relative(rubric_path(rubric.id)), f"criteria.{criterion.id}"
        raise InvalidInput([Fault(file, None, key, f"{beyond[0]:g}", f"{in_words(least, most)}, as clip is false")])
    lowest, highest = criterion_scores(low, high, criterion.goalposts, up=up, clip=rubric.clip)
    unknown = np.isnan(low) & np.isnan(high)
    return np.where(unknown, 0, lowest), np.where(unknown, FULL, highest)


def scorable(rubric: Rubric, criterion: Criterion) -> tuple[float, float]:
    """The least and the greatest value that has a score.

    Fixed goalposts without clipping set limits: totals must be exact (see `engine.scores.LARGEST`), and no geometric
    mean has a score below 0.
    """
    if rubric.clip or criterion.goalposts is None:
        return -np.inf, np.inf
    start, end = criterion.goalposts
    most = LARGEST // POINT / 100  # of the way between the goalposts
    least = 0.0 if rubric.aggregation == "geometric" else -most
    low, high = (least, most) if criterion.direction == "up" else (1 - most, 1 - least)
    return start + low * (end - start), start + high * (end - start)


def in_words(least: float, most: float) -> str:
    """What was expected of a value beyond these limits."""
    return f"a value from {least:.12g} to {most:.12g} was expected"


def ranked_sample(rubric: Rubric, sample: Ints) -> Ints:
    """What the engine adds up of scores that were drawn together, shape (D, N, K): see `ranked_table`.

    A score that is alike in all draws is known, and its ties are kept.
    """
    if rubric.aggregation != "geometric":
        return sample
    known = (sample == sample[:1]).all(axis=0)
    return np.where(known, log_scores(np.where(known, sample[0], 0)), rounded_logs(sample)).astype(np.int64)


def parts_of(rubric: Rubric, criteria: Sequence[Criterion]) -> Ints:
    """The weights of some of a rubric's criteria as whole parts, shape (K,)."""
    return np.array([rubric.parts[criterion.id] for criterion in criteria], dtype=np.int64)


def ranked_table(rubric: Rubric, scored: Table) -> Table:
    """The table that the engine adds up: scores, or their logarithms where the rubric takes the geometric mean."""
    return scored.geometric() if rubric.aggregation == "geometric" else scored


def rank_ends(rubric: Rubric, table: Weighted) -> tuple[Ints, Ints]:
    """Best and worst rank of each alternative, each (N,), whatever its values inside their intervals.

    `table` is what the engine adds up (`ranked_table`).
    """
    rule, whole = rule_of(rubric), float(table.parts.sum())
    lowest, highest = (rule.keys(total, whole) for total in table.totals)
    return rank_range_of_gaps(lowest, highest, rule.ties)


def rank_keys(rubric: Rubric, scored: Weighted) -> Ints:
    """Whole numbers, shape (N,), that rank the alternatives at the middle of their intervals; equal is a tie.

    Exact totals, or totals rounded to the rubric's decimals (half a unit is rounded up).
    """
    table, rule = ranked_table(rubric, scored), rule_of(rubric)
    if rule.decimals is None:
        return totals(table.twice_middle, table.parts)
    return rule.keys(totals(table.twice_middle // 2, table.parts), float(table.parts.sum()))


def rule_of(rubric: Rubric) -> Rule:
    """What the rubric makes of totals before they are ranked."""
    return Rule(rubric.ties, rubric.round, rubric.aggregation == "geometric")


def total_points(rubric: Rubric, scores: Ints, parts: Ints) -> Floats:
    """The total of each alternative in points, shape (N,), exact (before any rounding of the rubric)."""
    if rubric.aggregation == "geometric":
        return geometric_points(scores, parts)
    points: Floats = totals(scores, parts) / (float(parts.sum()) * POINT)
    return points
