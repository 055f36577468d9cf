"""Times the exact methods of the engine against what is commonly done instead, as ratios from one run.

Each pair answers the same question about the same random table (fixed seed), in one process, in turns: the engine and a
named baseline in NumPy or SciPy. Where both should find the same they are compared first, or the times would compare
nothing; a sample of weights cannot find the same, and how often it errs is printed instead.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from paritrana.analysis.province import analyse
from paritrana.engine.preference import Preference, preference
from paritrana.engine.rank_range import RankRanges, rank_ranges
from paritrana.engine.scores import FULL, Floats, Ints
from paritrana.engine.smallest import Change, lift
from paritrana.engine.spaces import WeightSpace, box, simplex
from paritrana.engine.stability import Stability, stability
from paritrana.engine.table import Scored
from paritrana.indicators.nation import survey_nation
from paritrana.parameters import page as params
from paritrana.parameters.rubric import load_rubric, rubric_path, strength_of
from paritrana.record.tables import load

SAMPLE = 100_000  # weights drawn to look for extreme ranks
BLOCK = 10_000  # of them at once
STEPS = 1_000  # weights tried for each criterion
PAIRS = 200  # pairs solved one by one; the time of all is scaled up from them
FEW = 100  # alternatives up to which exact rank ranges of a random table are timed
LARGE = 514  # alternatives of the table with correlated criteria
SHARED = 0.7  # share of a common quality in each of its scores
PROVINCE = "35"  # Jawa Timur, 38 regions
NEAR = 1e-6  # lengths of changes that agree, in weights that sum to one


@dataclass(frozen=True)
class Timed:
    """Median seconds of the engine and of its baseline, and what is to be said of them."""

    question: str
    baseline: str
    engine_seconds: float
    baseline_seconds: float
    note: str = ""

    def row(self) -> str:
        """A row of the table that is printed."""
        ratio = self.baseline_seconds / self.engine_seconds
        times = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"
        seconds = f"{self.engine_seconds * 1000:,.1f} | {self.baseline_seconds * 1000:,.1f}"
        return f"| {self.question} | {self.baseline} | {times} | {seconds} | {self.note} |"


def medians(rounds: int, *ways: Callable[[], object]) -> list[float]:
    """Median seconds of each way, run in turns."""
    seconds: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for way, spent in zip(ways, seconds, strict=True):
            start = time.perf_counter()
            way()
            spent.append(time.perf_counter() - start)
    return [statistics.median(spent) for spent in seconds]


def random_table(count: int, criteria: int) -> tuple[Ints, Ints]:
    """Scores (count, criteria), independent and uniform, and weights as parts (criteria,)."""
    rng = np.random.default_rng(count)
    return rng.integers(0, FULL, (count, criteria)), rng.integers(1, 10, criteria)


def correlated_table(count: int, criteria: int) -> tuple[Ints, Ints]:
    """Scores that share a quality of the alternative, as real indicators do, and weights as parts."""
    rng = np.random.default_rng(count)
    shared = SHARED * rng.random((count, 1)) + (1 - SHARED) * rng.random((count, criteria))
    return np.rint(shared * FULL).astype(np.int64), rng.integers(1, 10, criteria)


def sampled_ranges(scores: Ints, space: WeightSpace) -> tuple[Ints, Ints]:
    """The best and the worst rank of each alternative among many drawn weights."""
    rng, columns = np.random.default_rng(1), scores.T.astype(float)
    best, worst = np.full(len(scores), len(scores)), np.ones(len(scores), dtype=np.int64)
    for _ in range(SAMPLE // BLOCK):
        order = np.argsort(-(space.draw(BLOCK, rng) @ columns), axis=1)
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.arange(1, len(scores) + 1)[None, :], axis=1)
        best, worst = np.minimum(best, rank.min(axis=0)), np.maximum(worst, rank.max(axis=0))
    return best, worst


def missed(exact: RankRanges, sample: tuple[Ints, Ints]) -> str:
    """How many alternatives get another range from the sample; a sample can only be too narrow."""
    best, worst = sample
    if (best < exact.best).any() or (worst > exact.worst).any():
        raise SystemExit("a drawn rank lies outside of an exact range")
    wrong = int(((best > exact.best) | (worst < exact.worst)).sum())
    proved = int((exact.best_proved & exact.worst_proved).sum())
    return f"the sample gets {wrong} of {len(best)} wrong; {proved} proved"


def time_ranges(scores: Ints, space: WeightSpace, name: str, rounds: int) -> Timed:
    """Exact rank ranges against the extremes of a sample."""
    table = Scored.exact(scores)
    note = missed(rank_ranges(table, space, effort=None), sampled_ranges(scores, space))
    own, other = medians(rounds, lambda: rank_ranges(table, space, effort=None), lambda: sampled_ranges(scores, space))
    count, criteria = scores.shape
    return Timed(f"rank ranges, {count} x {criteria}, {name}", f"{SAMPLE:,} weights", own, other, note)


def stepped(scores: Ints, parts: Ints) -> Floats:
    """Ends of the weights, others in proportion, between which the leader and the order stay: shape (K, 2, 2)."""
    weights, columns = parts / parts.sum(), scores.T.astype(float)
    order = np.argsort(-(weights @ columns), kind="stable")
    grid = np.linspace(0, 1, STEPS)
    ends = np.empty((len(parts), 2, 2))
    for at, own in enumerate(weights):
        moved = np.outer((1 - grid) / (1 - own), weights)
        moved[:, at] = grid
        found = np.argsort(-(moved @ columns), axis=1, kind="stable")
        stays = [found[:, 0] == order[0], (found == order).all(axis=1)]
        ends[at] = [_around(grid, same, own) for same in stays]
    return ends


def _around(grid: Floats, same: np.ndarray, own: float) -> tuple[float, float]:
    """The outermost steps around `own` that are reached through steps where nothing changes."""
    changed = grid[~same]
    below, above = changed[changed < own].max(initial=-1.0), changed[changed > own].min(initial=2.0)
    kept = grid[(grid > below) & (grid < above)]
    return float(kept.min(initial=own)), float(kept.max(initial=own))


def agree_on_stability(exact: Stability, found: Floats) -> str:
    """By how much the steps miss the ends; they must do so by less than a step."""
    spans = [np.stack([span.low, span.high], axis=1) for span in (exact.leader, exact.ranking)]
    apart = float(np.abs(np.stack(spans, axis=1) - found).max())
    if apart > 1 / (STEPS - 1):
        raise SystemExit("the step search finds other stability intervals than the engine")
    return f"the steps miss ends by up to {apart:.4f}"


def time_stability(scores: Ints, parts: Ints, rounds: int) -> Timed:
    """Stability intervals of all criteria against a search by steps."""
    table = Scored.exact(scores).weighted(parts)
    note = agree_on_stability(stability(table), stepped(scores, parts))
    own, other = medians(rounds, lambda: stability(table), lambda: stepped(scores, parts))
    count, criteria = scores.shape
    return Timed(f"stability intervals, {count} x {criteria}", f"{STEPS:,} steps per criterion", own, other, note)


def lifted(scores: Ints, parts: Ints) -> list[Change]:
    """The engine's smallest changes that make each alternative first."""
    table, whole = Scored.exact(scores).weighted(parts), simplex(len(parts))
    return [lift(table, own, 1, whole) for own in range(len(scores))]


def programmed(scores: Ints, parts: Ints) -> list[float | None]:
    """The lengths of these changes by one linear programme for each: what is added and taken, at cost 1."""
    weights, points, count = parts / parts.sum(), scores / FULL, len(parts)
    lengths: list[float | None] = []
    for own in range(len(scores)):
        rows = np.delete(points, own, axis=0) - points[own]
        found = linprog(
            np.ones(2 * count),
            A_ub=np.vstack([np.hstack([rows, -rows]), np.hstack([-np.eye(count), np.eye(count)])]),
            b_ub=np.concatenate([-rows @ weights, weights]),
            A_eq=np.concatenate([np.ones(count), -np.ones(count)])[None, :],
            b_eq=[0.0],
            method="highs",
        )
        lengths.append(float(found.fun) if found.status == 0 else None)
    return lengths


def agree_on_changes(changes: list[Change], lengths: list[float | None]) -> str:
    """How many can be first at all; the lengths must be the same."""
    for change, length in zip(changes, lengths, strict=True):
        if (change.distance is None) != (length is None) or abs((change.distance or 0) - (length or 0)) > NEAR:
            raise SystemExit("linprog finds other smallest changes than the engine")
    return f"{sum(not change.impossible for change in changes)} can be first"


def time_changes(scores: Ints, parts: Ints, rounds: int) -> Timed:
    """Smallest changes that make each first against a linear programme for each."""
    note = agree_on_changes(lifted(scores, parts), programmed(scores, parts))
    own, other = medians(rounds, lambda: lifted(scores, parts), lambda: programmed(scores, parts))
    count, criteria = scores.shape
    return Timed(f"smallest change to be first, all of {count} x {criteria}", "linprog for each", own, other, note)


def random_pairs(count: int) -> Ints:
    """Pairs of different alternatives, shape (PAIRS, 2)."""
    rng = np.random.default_rng(2)
    upper = rng.integers(0, count, PAIRS)
    return np.stack([upper, (upper + rng.integers(1, count, PAIRS)) % count], axis=1)


def leads_by_programmes(scores: Ints, space: WeightSpace, pairs: Ints) -> Floats:
    """The largest lead of each pair over a space, in shares of the scale."""
    ones = np.ones((1, space.criteria))
    found = [
        linprog(-lead, A_ub=space.matrix, b_ub=space.bound, A_eq=ones, b_eq=[1.0], method="highs").fun
        for lead in (scores[pairs[:, 0]] - scores[pairs[:, 1]]) / FULL
    ]
    return -np.array(found)


def agree_on_pairs(exact: Preference, largest: Floats, pairs: Ints) -> None:
    """Stop where a lead that floats can tell from nothing has another sign than the engine says."""
    clear = np.abs(largest) > NEAR
    if (exact.possible[pairs[:, 0], pairs[:, 1]] != (largest > 0))[clear].any():
        raise SystemExit("linprog finds other preferences than the engine")


def time_pairs(scores: Ints, space: WeightSpace, name: str, rounds: int) -> Timed:
    """Preference of all pairs against a linear programme for each, the time of all scaled up from a few."""
    count, criteria = scores.shape
    table, pairs = Scored.exact(scores), random_pairs(count)
    agree_on_pairs(preference(table, space), leads_by_programmes(scores, space, pairs), pairs)
    own, other = medians(rounds, lambda: preference(table, space), lambda: leads_by_programmes(scores, space, pairs))
    every = count * (count - 1)
    return Timed(
        f"preference of all {every:,} ordered pairs, {count} x {criteria}, {name}",
        "linprog for each pair",
        own,
        other * every / PAIRS,
        f"linprog run on {PAIRS} pairs and scaled up",
    )


def compared(sizes: list[int], criteria: int, rounds: int) -> Iterator[Timed]:
    """All comparisons, one after the other."""
    for count in sizes:
        scores, parts = random_table(count, criteria)
        near, whole = box(parts / parts.sum(), 0.25, relative=True), simplex(criteria)
        if count <= FEW:
            yield time_ranges(scores, near, "box 25 %", rounds)
            yield time_ranges(scores, whole, "simplex", rounds)
        yield time_stability(scores, parts, rounds)
        yield time_changes(scores, parts, rounds)
        yield time_pairs(scores, near, "box 25 %", rounds)


def large(criteria: int, rounds: int) -> Iterator[Timed]:
    """Rank ranges of large tables: correlated criteria in a narrow box and over all weights, then independent ones."""
    scores, parts = correlated_table(LARGE, criteria)
    yield time_ranges(scores, box(parts / parts.sum(), 0.1, relative=True), "correlated, box 10 %", rounds)
    yield time_ranges(scores, simplex(criteria), "correlated, simplex", rounds)
    scores, parts = random_table(LARGE, criteria)
    yield time_ranges(scores, box(parts / parts.sum(), 0.1, relative=True), "independent, box 10 %", rounds)


def time_province(rounds: int) -> float:
    """Median seconds for all that the sensitivity page shows of a province, the nation's record at hand."""
    chosen, tables = params.province(PROVINCE), load()
    nation = survey_nation(tables, chosen.year, strength_of(load_rubric(rubric_path(chosen.rubric))))
    analyse(tables, chosen, nation)  # warms up
    return medians(rounds, lambda: analyse(tables, chosen, nation))[0]


def main() -> None:
    """Print one table of all comparisons, and the seconds that a province takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[38, 514], help="numbers of alternatives")
    parser.add_argument("--criteria", type=int, default=7)
    parser.add_argument("--large", action="store_true", help=f"also rank ranges of {LARGE} alternatives, slow")
    chosen = parser.parse_args()
    print("| question | baseline | baseline / engine | engine, ms | baseline, ms | |")
    print("| --- | --- | ---: | ---: | ---: | --- |", flush=True)
    for timed in compared(chosen.sizes, chosen.criteria, chosen.rounds):
        print(timed.row(), flush=True)
    for timed in large(chosen.criteria, 1) if chosen.large else ():
        print(timed.row(), flush=True)
    print(f"\nAll of one province of 38 regions: {time_province(chosen.rounds):.2f} s")


if __name__ == "__main__":
    main()
