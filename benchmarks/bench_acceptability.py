"""Times rank acceptability against plain NumPy and, where they are installed, against other packages.

All contestants draw weights uniform on the simplex, rank every alternative in every draw and count the ranks, in one
process, in turns; what is printed are medians and ratios of medians. Each one's shares must agree with the engine's
within the sampling error, or its time would compare nothing.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from scipy.stats import rankdata

from paritrana.engine.acceptability import acceptability
from paritrana.engine.sampled.shares import hoeffding
from paritrana.engine.scores import FULL, Floats, Ints
from paritrana.engine.table import Scored

Contestant = Callable[[Ints, int, int], Floats]  # (scores (N, K), draws, seed) -> share (N, N)
SURE = 0.999  # confidence with which two contestants' shares must agree


def engine(threads: int) -> Contestant:
    """The engine with so many threads."""

    def share(scores: Ints, draws: int, seed: int) -> Floats:
        return acceptability(Scored.exact(scores), draws=draws, seed=seed, threads=threads).share

    return share


def drawn_totals(scores: Ints, draws: int, seed: int) -> Floats:
    """Totals of all draws at once, shape (draws, N)."""
    weights = np.random.default_rng(seed).dirichlet(np.ones(scores.shape[1]), draws)
    return weights @ scores.T.astype(float)


def counted(ranks: Ints) -> Floats:
    """Shares from ranks 1..N of shape (draws, N)."""
    draws, count = ranks.shape
    cells = ranks - 1 + np.arange(count) * count
    return np.bincount(cells.ravel(), minlength=count * count).reshape(count, count) / draws


def argsort_twice(scores: Ints, draws: int, seed: int) -> Floats:
    """Plain NumPy; ties are broken by position."""
    return counted(np.argsort(np.argsort(-drawn_totals(scores, draws, seed), axis=1), axis=1) + 1)


def scipy_rankdata(scores: Ints, draws: int, seed: int) -> Floats:
    """scipy.stats.rankdata with the engine's rule for ties."""
    return counted(rankdata(-drawn_totals(scores, draws, seed), method="min", axis=1).astype(np.int64))


def pysensmcda_simulate(scores: Ints, draws: int, seed: int) -> Floats:
    """pysensmcda's SMAA simulation of a bare weighted sum, its fastest way."""
    from pysensmcda.smaa import rank_acceptability, simulate

    result = simulate(
        lambda matrix, weights, types: matrix @ weights,
        scores.astype(float),
        np.ones(scores.shape[1], dtype=int),
        num_samples=draws,
        reverse_ranking=True,
        store="accumulate",
        seed=seed,
    )
    return np.asarray(rank_acceptability(result))


def pymcdm_wsm(scores: Ints, draws: int, seed: int) -> Floats:
    """pymcdm's weighted sum and ranks, draw by draw, without its validation; it has no SMAA of its own."""
    from pymcdm.methods import WSM

    method = WSM(lambda column, cost=False: column)
    matrix, types = scores.astype(float), np.ones(scores.shape[1], dtype=int)
    weights = np.random.default_rng(seed).dirichlet(np.ones(scores.shape[1]), draws)
    return counted(
        np.array([method.rank(method(matrix, each, types, validation=False)) for each in weights], dtype=int)
    )


def contestants() -> dict[str, Contestant]:
    """Those that can be run here, the engine first."""
    here: dict[str, Contestant] = {
        "engine, 1 thread": engine(1),
        "engine, 2 threads": engine(2),
        "NumPy, argsort twice": argsort_twice,
        "SciPy, rankdata": scipy_rankdata,
    }
    peers = {"pysensmcda": pysensmcda_simulate, "pymcdm": pymcdm_wsm}
    return here | {name: peer for name, peer in peers.items() if find_spec(name)}


def measure(scores: Ints, draws: int, rounds: int) -> dict[str, float]:
    """Median seconds of each contestant, one run of each per round."""
    taking_part = contestants()
    shares = {name: run(scores, draws, 1) for name, run in taking_part.items()}  # also warms up
    first = next(iter(shares.values()))
    allowed = 2 * hoeffding(first.size, draws, SURE)
    for name, share in shares.items():
        if np.abs(share - first).max() > allowed:
            raise SystemExit(f"{name} gives other shares than the engine")
    seconds: dict[str, list[float]] = {name: [] for name in taking_part}
    for seed in range(rounds):
        for name, run in taking_part.items():
            start = time.perf_counter()
            run(scores, draws, seed)
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in seconds.items()}


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[38, 514], help="numbers of alternatives")
    parser.add_argument("--criteria", type=int, default=7)
    chosen = parser.parse_args()
    for count in chosen.sizes:
        scores = np.random.default_rng(count).integers(0, FULL, (count, chosen.criteria))
        medians = measure(scores, chosen.draws, chosen.rounds)
        fastest = min(medians.values())
        print(f"\n{count} alternatives x {chosen.criteria} criteria, {chosen.draws} draws, {chosen.rounds} rounds\n")
        print("| contestant | median, ms | times the fastest |\n| --- | ---: | ---: |")
        for name, median in medians.items():
            print(f"| {name} | {median * 1000:.1f} | {median / fastest:.1f} |")


if __name__ == "__main__":
    main()
