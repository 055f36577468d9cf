"""Ranking any table: the general door to the engine, behind `paritrana rank`.

How a table is read is in `own_table`. An unknown value is anything that the criterion allows. Intervals need fixed
goalposts: a scale that the table makes of its values would move with them, and what is said of ranks is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from paritrana.analysis.ruled import Certificate, certificates_under, notes, ranges_under
from paritrana.analysis.scales import makes_a_scale
from paritrana.analysis.scoring import (
    parts_of,
    rank_keys,
    ranked_table,
    rule_of,
    score_table,
    total_points,
)
from paritrana.engine.acceptability import acceptability
from paritrana.engine.confidence import Confidence, confidence_factors
from paritrana.engine.rank_range import RankRanges
from paritrana.engine.ranks import ranks
from paritrana.engine.sampled.shares import Acceptability, binomial_error, unseen
from paritrana.engine.scores import Floats, Ints
from paritrana.engine.spaces import WeightSpace, box, dirichlet, linear, order, simplex
from paritrana.engine.stability import Stability, stability
from paritrana.faults import Fault, InvalidInput, nearest
from paritrana.files import csv_text
from paritrana.parameters.rubric import Rubric

SPACES = ("simplex", "box", "dirichlet", "order")
LEAST_SHOWN = 0.05  # points: a smaller error would be shown as none
BOX_RADIUS = 0.1  # ten points of a hundred to either side


@dataclass(frozen=True, eq=False)
class Table:
    """Alternatives and their values on the rubric's criteria: `low`, `high` of shape (N, K), NaN where unknown.

    `notes` are what was decided while the table was read, in a sentence each.
    """

    alternatives: tuple[str, ...]
    low: Floats
    high: Floats
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Result:
    """All that is known of a table's ranking; arrays are in the order of the table and of the rubric's criteria.

    `score_low`, `score_high` in points; `rank` at the middle of the intervals. `space` is the set of weights that
    `ranges` and `chances` are about; `stability` and `certificates` are about the rubric's weights.
    """

    table: Table
    rubric: Rubric
    space: WeightSpace
    score_low: Floats
    score_high: Floats
    rank: Ints
    ranges: RankRanges
    chances: Acceptability
    confidence: Confidence
    stability: Stability
    certificates: tuple[Certificate, ...]

    @property
    def order(self) -> list[int]:
        """The alternatives by rank; those of one rank in the order of the table."""
        return sorted(range(len(self.rank)), key=lambda at: int(self.rank[at]))


def remarks(table: Table, rubric: Rubric) -> Iterator[str]:
    """What a reader should know of a table, in a sentence each: how it was read, columns that are alike in every row,
    values beyond the goalposts.
    """
    yield from table.notes
    for at, criterion in enumerate(rubric.criteria):
        low, high = table.low[:, at], table.high[:, at]
        if (low == high).all() and not (makes_a_scale(low, high) if criterion.scale else low.min() < low.max()):
            points = ": all score 50 points" if criterion.scale else ""
            yield f"{criterion.id} is {low[0]:g} in every row and tells nobody from another{points}."
        elif criterion.goalposts and rubric.clip:
            start, end = criterion.goalposts
            beyond = int(((low < start) | (high > end)).sum())
            known = int((~np.isnan(low)).sum())
            if beyond:
                yield f"{beyond} of {known} values of {criterion.id} lie beyond the goalposts and are clipped to them."
            if beyond and beyond == known and max(map(abs, criterion.goalposts)) <= 1:
                yield f"Is {criterion.id} in percent? Then write 55 as 55% or 0.55, or give goalposts such as [0, 100]."
    if (
        rubric.aggregation == "geometric"
        and (score_table(rubric, rubric.criteria, table.low, table.high).low == 0).any()
    ):
        yield "A score of 0 counts as a millionth of a point in a geometric mean, in scores as in ranks."


def space_of(rubric: Rubric, space: str, radius: float | None) -> WeightSpace:
    """The set of admissible weights that the command line names; raises InvalidInput where it is none."""
    parts = np.array(list(rubric.parts.values()), dtype=float)
    weights = parts / parts.sum()
    if radius is not None:
        _refuse_radius(space, radius)
    if space == "simplex":
        return simplex(len(weights))
    if space == "box":
        return box(weights, radius or BOX_RADIUS)
    if space == "order":
        return _order(parts)
    if space == "dirichlet" and (weights > 0).all():
        return dirichlet(weights * (radius or len(weights)))
    expected = "positive weights were expected for a Dirichlet distribution around them"
    if space not in SPACES:
        expected = f"one of {', '.join(SPACES)} was expected{nearest(space, SPACES)}"
    raise InvalidInput([Fault("--space", None, None, space, expected)])


def _refuse_radius(space: str, radius: float) -> None:
    """End where a radius means nothing: a box of 1 or more is every weight there is."""
    expected = ""
    if not 0 < radius < np.inf:
        expected = "a number greater than 0 was expected"
    elif space == "box" and radius >= 1:
        expected = f"a share below 1 was expected, such as {radius / 100:g} for {radius:g} points of a hundred"
    if expected:
        raise InvalidInput([Fault("--radius", None, None, f"{radius:g}", expected)])


def _order(parts: Floats) -> WeightSpace:
    """Weights in the rubric's order of importance; criteria of equal weight are in no order to each other."""
    if len(set(parts)) == len(parts):
        return order([int(at) for at in np.argsort(-parts)])
    rows = [
        np.eye(len(parts))[less] - np.eye(len(parts))[more]
        for more in range(len(parts))
        for less in range(len(parts))
        if parts[more] > parts[less]
    ]
    return linear(np.array(rows), np.zeros(len(rows))) if rows else simplex(len(parts))


def rank_table(table: Table, rubric: Rubric, space: WeightSpace, *, draws: int, seed: int) -> Result:
    """Everything about a table's ranking under a rubric and a space of weights."""
    scored = score_table(rubric, rubric.criteria, table.low, table.high).weighted(parts_of(rubric, rubric.criteria))
    ranked = ranked_table(rubric, scored)
    rule, rank = rule_of(rubric), ranks(rank_keys(rubric, scored), rubric.ties)
    chances = acceptability(ranked, draws=draws, seed=seed, space=space, central=True, rule=rule)
    central = chances.central.weights if chances.central else np.full(ranked.shape, np.nan)
    return Result(
        table=table,
        rubric=rubric,
        space=space,
        score_low=total_points(rubric, scored.low, scored.parts),
        score_high=total_points(rubric, scored.high, scored.parts),
        rank=rank,
        ranges=ranges_under(rule, ranked, space),
        chances=chances,
        confidence=confidence_factors(ranked, central, draws=draws, seed=seed, rule=rule),
        stability=stability(ranked),
        certificates=certificates_under(rule, ranked, rank),
    )


def near_ranges(result: Result) -> RankRanges:
    """The ranks that weights within ten points of a hundred of the rubric's can give."""
    rubric, table = result.rubric, result.table
    scored = score_table(rubric, rubric.criteria, table.low, table.high).weighted(parts_of(rubric, rubric.criteria))
    return ranges_under(rule_of(rubric), ranked_table(rubric, scored), box(result.stability.weights, BOX_RADIUS))


def all_notes(result: Result) -> tuple[str, ...]:
    """What a reader should know of a ranking: of its table, and of what its rubric leaves unsaid."""
    return (*remarks(result.table, result.rubric), *notes(rule_of(result.rubric)))


def as_json(result: Result) -> dict[str, Any]:
    """The result as one JSON object; what does not exist is null."""
    names, criteria = result.table.alternatives, [criterion.id for criterion in result.rubric.criteria]
    central = result.chances.central
    intervals = {"leader": result.stability.leader, "podium": result.stability.podium, "any": result.stability.ranking}
    return {
        "alternatives": list(names),
        "criteria": criteria,
        "weights": _named(criteria, result.stability.weights),
        "score": {
            name: low if low == high else [low, high]
            for name, low, high in zip(names, result.score_low.tolist(), result.score_high.tolist(), strict=True)
        },
        "rank": dict(zip(names, result.rank.tolist(), strict=True)),
        "rank_range": _pairs(names, result.ranges.best, result.ranges.worst),
        "rank_range_proved": _pairs(names, result.ranges.best_proved, result.ranges.worst_proved),
        "acceptability": dict(zip(names, result.chances.share.tolist(), strict=True)),
        "acceptability_standard_error": dict(zip(names, result.chances.standard_error.tolist(), strict=True)),
        "acceptability_unseen": unseen(result.chances.draws),
        "central_weights": {
            name: _named(criteria, central.weights[at]) if central is not None and central.found[at] else None
            for at, name in enumerate(names)
        },
        "confidence": {
            name: None if np.isnan(share) else share
            for name, share in zip(names, result.confidence.share.tolist(), strict=True)
        },
        "weight_intervals": {
            criterion: {key: [float(span.low[at]), float(span.high[at])] for key, span in intervals.items()}
            for at, criterion in enumerate(criteria)
        },
        "certificates": {
            name: {
                "l1": made.change.distance,
                "weights": None if made.change.weights is None else _named(criteria, made.change.weights),
                "proved": made.proved,
            }
            for name, made in zip(names, result.certificates, strict=True)
        },
        "notes": list(all_notes(result)),
        "space": result.space.kind,
        "sampler": result.space.sampler,
        "draws": result.chances.draws,
        "seed": result.chances.seed,
    }


def as_csv(result: Result) -> str:
    """A row for each alternative, by rank: score, rank range and shares of draws, as the text of a CSV file."""
    head = ("rank", "alternative", "score_low", "score_high", "best_rank", "worst_rank", "first", "top_three", "proved")
    ranges, top = result.ranges, result.chances.top(3)
    proved = ranges.best_proved & ranges.worst_proved
    rows = [
        (
            int(result.rank[at]),
            result.table.alternatives[at],
            *(float(end[at]) for end in (result.score_low, result.score_high)),
            *(int(end[at]) for end in (ranges.best, ranges.worst)),
            float(result.chances.share[at, 0]),
            float(top[at]),
            str(bool(proved[at])).lower(),
        )
        for at in result.order
    ]
    return csv_text([head, *rows])


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))


def _pairs(names: Sequence[str], first: Any, second: Any) -> Mapping[str, list[Any]]:
    return {name: [a, b] for name, a, b in zip(names, first.tolist(), second.tolist(), strict=True)}


def range_in_words(result: Result, at: int) -> str:
    """The best and worst rank of an alternative; an end that is not proved to be reached is told as the bound it is."""
    ranges = result.ranges
    best = f"{ranges.best[at]}" if ranges.best_proved[at] else f"at best {ranges.best[at]}"
    worst = f"{ranges.worst[at]}" if ranges.worst_proved[at] else f"at most {ranges.worst[at]}"
    return f"{best} to {worst}"


def share_in_words(share: float, draws: int) -> str:
    """A share of draws with its standard error in points; where none or all of them have it, how far it may be off.

    >>> share_in_words(0.25, 10_000), share_in_words(0, 10_000), share_in_words(1, 10_000)
    ('25.0% ± 0.4', '0.0% (at most 0.037%)', '100.0% (at least 99.963%)')
    """
    if share == 0:
        return f"{share:.1%} (at most {100 * unseen(draws):.2g}%)"
    if share == 1:
        return f"{share:.1%} (at least {100 - 100 * unseen(draws):.5g}%)"
    error = 100 * float(binomial_error(share, draws))
    return f"{share:.1%} ± {error:.1f}" if error >= LEAST_SHOWN else f"{share:.3%} ± {error:.1g}"


def sentences(result: Result) -> tuple[str, ...]:
    """Who is most often first and how surely; how far its rank and the first place can move; what holds for what."""
    share = result.chances.share[:, 0]
    leader = int(np.argmax(share))
    name, chance = result.table.alternatives[leader], share_in_words(share[leader], result.chances.draws)
    ranges = result.ranges
    able, maybe = int((ranges.best_attained == 1).sum()), int((ranges.best == 1).sum())
    counted = f"{able}" if able == maybe else f"{able}, and at most {maybe},"
    return (
        f"{name} is first in {chance} of {result.chances.draws:,} draws of weights and values.",
        f"Over all admissible weights and values its rank is {range_in_words(result, leader)}; "
        f"{counted} of {len(share)} alternatives can be first.",
        *all_notes(result),
    )
