"""Ranking any table: the general door to the engine, behind `paritrana rank`.

The table is a CSV: the first column names the alternatives, a column per criterion id follows (other columns are left
alone). An empty cell is unknown (anything the criterion allows), `lo..hi` is an interval. Intervals need fixed
goalposts: a scale that the table makes of its values would move with them, and what is said of ranks is exact.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from paritrana.analysis.ruled import Certificate, certificates_under, notes, ranges_under
from paritrana.analysis.scales import makes_a_scale
from paritrana.analysis.scoring import (
    FEWEST,
    in_words,
    parts_of,
    rank_keys,
    ranked_table,
    rule_of,
    scorable,
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
from paritrana.faults import Fault, InvalidInput, nearest, relative
from paritrana.parameters.rubric import Criterion, Rubric

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
SPACES = ("simplex", "box", "dirichlet", "order")
LEAST_SHOWN = 0.05  # points: a smaller error would be shown as none
BOX_RADIUS = 0.1  # ten points of a hundred to either side
Line = tuple[int, list[str]]  # a row of a file with its line number
Ends = list[tuple[float, float]]  # the lowest and highest value of each cell of a row


@dataclass(frozen=True, eq=False)
class Table:
    """Alternatives and their values on the rubric's criteria: `low`, `high` of shape (N, K), NaN where unknown."""

    alternatives: tuple[str, ...]
    low: Floats
    high: Floats


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


def read_table(path: Path, rubric: Rubric) -> Table:
    """The table of a CSV file; raises InvalidInput with every fault in it."""
    file = relative(path)
    lines = _lines(path, file)
    if not lines:
        raise InvalidInput([Fault(file, None, None, None, "a header and rows were expected, the file is empty")])
    (_, header), *rows = lines
    faults = [*_header_faults(file, header, rubric), *_row_faults(file, header, rows)]
    if faults:
        raise InvalidInput(faults)
    places = [header.index(criterion.id, 1) for criterion in rubric.criteria]
    values, faults = _values(file, [(line, [row[at].strip() for at in places]) for line, row in rows], rubric)
    faults = faults or list(_unscorable(file, rows, values, rubric))
    if faults:
        raise InvalidInput(faults)
    ends = np.array(values)
    return Table(tuple(row[0].strip() for _, row in rows), ends[:, :, 0], ends[:, :, 1])


def _lines(path: Path, file: str) -> list[Line]:
    """The rows that hold anything, each with the line on which it ends."""
    try:
        reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        return [(reader.line_num, row) for row in reader if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        expected = f"a readable CSV file in UTF-8 was expected ({error})"
        raise InvalidInput([Fault(file, None, None, None, expected)]) from error


def _header_faults(file: str, header: Sequence[str], rubric: Rubric) -> list[Fault]:
    """Columns that are missing or stand twice."""
    wanted = [criterion.id for criterion in rubric.criteria]
    faults = [
        Fault(file, 1, name, None, f"a column of this name was expected{nearest(name, header[1:])}")
        for name in wanted
        if name not in header[1:]
    ]
    twice = [name for name, count in Counter(header).items() if count > 1 and name in wanted]
    return faults + [Fault(file, 1, name, name, "each column once was expected") for name in twice]


def _row_faults(file: str, header: Sequence[str], rows: Sequence[Line]) -> list[Fault]:
    """Rows of the wrong length, and names that are missing or stand twice."""
    faults = []
    names = Counter(row[0].strip() for _, row in rows)
    for line, row in rows:
        if len(row) != len(header):
            faults.append(
                Fault(file, line, None, f"{len(row)} cells", f"{len(header)} cells were expected, as in the header")
            )
        elif not row[0].strip():
            faults.append(Fault(file, line, header[0], "", "the name of an alternative was expected"))
        elif names[row[0].strip()] > 1:
            faults.append(Fault(file, line, header[0], row[0], "a name that no other row has was expected"))
    if len(rows) < FEWEST:
        faults.append(Fault(file, None, None, f"{len(rows)} rows", "at least two alternatives were expected"))
    return faults


def _values(file: str, cells: Sequence[Line], rubric: Rubric) -> tuple[list[Ends], list[Fault]]:
    """The cells as (low, high), and a fault for each that is neither a number, nor an interval, nor empty."""
    faults: list[Fault] = []
    values = []
    for line, row in cells:
        ends = []
        for cell, criterion in zip(row, rubric.criteria, strict=True):
            found = _ends(cell)
            if isinstance(found, str):
                faults.append(Fault(file, line, criterion.id, cell, found))
                found = (np.nan, np.nan)
            ends.append(found)
        values.append(ends)
    return values, faults


def _ends(cell: str) -> tuple[float, float] | str:
    """A cell's lowest and highest value, or what was expected of it."""
    if not cell:
        return np.nan, np.nan
    parts = [part.strip() for part in cell.split("..")]
    if len(parts) > 2 or not all(NUMBER.fullmatch(part) for part in parts):
        return "a number such as 12.5, an interval such as 10..15, or nothing was expected"
    ends = [float(part) for part in parts]
    if not np.isfinite(ends).all():
        return "a finite number was expected"
    if ends[0] > ends[-1]:
        return "an interval with its lower end first was expected"
    return ends[0], ends[-1]


def _unscorable(file: str, rows: Sequence[Line], values: Sequence[Ends], rubric: Rubric) -> Iterator[Fault]:
    """Criteria that cannot rank, and values that have no score; `values` holds the ends of each row's cells."""
    low, high = np.moveaxis(np.array(values), 2, 0)
    for at, criterion in enumerate(rubric.criteria):
        lines = [line for line, _ in rows]
        if criterion.scale:
            yield from _of_no_scale(file, lines, criterion, low[:, at], high[:, at])
        else:
            yield from _of_no_score(file, lines, rubric, criterion, low[:, at], high[:, at])


def _of_no_scale(file: str, lines: Sequence[int], criterion: Criterion, low: Floats, high: Floats) -> Iterator[Fault]:
    """A fault where the column makes no scale: intervals would move it, and it needs two values that differ."""
    known = np.flatnonzero(~np.isnan(low))
    wide = [int(at) for at in known if low[at] < high[at]]
    if wide:
        first, more = wide[0], len(wide) - 1
        found = f"{low[first]:g}..{high[first]:g}" + (f" and {more} more" if more else "")
        expected = f"one number or nothing was expected: the scale {criterion.scale} moves with the values, and only"
        yield Fault(file, lines[first], criterion.id, found, f"{expected} fixed goalposts take intervals")
    elif not makes_a_scale(low, high) and len(known) < len(low):
        expected = f"two values that differ were expected, of which the scale {criterion.scale} is made, or goalposts"
        found = f"{low[known[0]]:g} in {len(known)} of {len(low)} rows" if len(known) else f"nothing in {len(low)} rows"
        yield Fault(file, None, criterion.id, found, f"{expected}, or leave it out")


def _of_no_score(
    file: str, lines: Sequence[int], rubric: Rubric, criterion: Criterion, low: Floats, high: Floats
) -> Iterator[Fault]:
    """A fault for each value that fixed goalposts without clipping give no score."""
    least, most = scorable(rubric, criterion)
    for line, *ends in zip(lines, low, high, strict=True):
        beyond = [end for end in ends if end < least or end > most]
        if beyond:
            expected = f"{in_words(least, most)}, as the rubric does not clip"
            yield Fault(file, line, criterion.id, f"{beyond[0]:.12g}", expected)


def remarks(table: Table, rubric: Rubric) -> Iterator[str]:
    """What a reader should know of columns, in a sentence each: alike in every row, or beyond the goalposts."""
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
    if (
        rubric.aggregation == "geometric"
        and (score_table(rubric, rubric.criteria, table.low, table.high).low == 0).any()
    ):
        yield "A score of 0 counts as a millionth of a point in a geometric mean, in scores as in ranks."


def space_of(rubric: Rubric, space: str, radius: float | None) -> WeightSpace:
    """The set of admissible weights that the command line names; raises InvalidInput where it is none."""
    parts = np.array(list(rubric.parts.values()), dtype=float)
    weights = parts / parts.sum()
    if radius is not None and not 0 < radius < np.inf:
        raise InvalidInput([Fault("--radius", None, None, f"{radius:g}", "a number greater than 0 was expected")])
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
        "notes": [*remarks(result.table, result.rubric), *notes(rule_of(result.rubric))],
        "space": result.space.kind,
        "sampler": result.space.sampler,
        "draws": result.chances.draws,
        "seed": result.chances.seed,
    }


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
        *remarks(result.table, result.rubric),
        *notes(rule_of(result.rubric)),
    )
