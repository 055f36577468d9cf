"""Counting what draws give: ranks, weights at the first rank, pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from paritrana.engine.rules import Ties
from paritrana.engine.sampled.draws import (
    BLOCK,
    PARTS,
    Order,
    Room,
    Sample,
    Table,
    draw_parts,
)
from paritrana.engine.sampled.shares import (
    Acceptability,
    CentralWeights,
    Pairwise,
)
from paritrana.engine.scores import Floats, Ints
from paritrana.engine.spaces import WeightSpace

GRAINS = 10_000  # weights are rounded to this for the sum of their squares, which stays whole and so exact


def summed(tallies: Iterator[Tally]) -> Tally:
    """The tallies of all threads together: whole numbers, so that their order does not matter."""
    total = next(tallies)
    for other in tallies:
        for mine, its in zip(total.arrays(), other.arrays(), strict=True):
            mine += its
    return total


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts over draws, added to block by block.

    `ranks` (N * N,) rank by alternative; `ties` (1,); `weights` and `squares` (N, K) sums of the parts, and of squared
    grains, of the draws that make an alternative first; `above` (N, N). The last three are empty where not asked for.
    """

    ranks: Ints
    ties: Ints
    found: Ints
    weights: Floats
    squares: Floats
    above: Ints

    @staticmethod
    def empty(count: int, criteria: int, *, central: bool, pairwise: bool) -> Tally:
        """Nothing counted yet."""
        rows, pairs = count if central else 0, count if pairwise else 0
        return Tally(
            np.zeros(count * count, dtype=np.int64),
            np.zeros(1, dtype=np.int64),
            np.zeros(rows, dtype=np.int64),
            np.zeros((rows, criteria)),
            np.zeros((rows, criteria)),
            np.zeros((pairs, pairs), dtype=np.int64),
        )

    def arrays(self) -> tuple[npt.NDArray[np.int64] | Floats, ...]:
        """All that is counted."""
        return self.ranks, self.ties, self.found, self.weights, self.squares, self.above

    def add(
        self, table: Table | Sample, weights: WeightSpace | Ints, size: int, rng: np.random.Generator, room: Room
    ) -> None:
        """Count `size` more draws."""
        parts = draw_parts(weights, size, rng)
        # The totals are in the keys, and their memory is free.
        order = Order.of(table.keys(parts, rng, room), table.bits, room.totals[:size].view(np.int64))
        if len(self.above):
            _add_pairs(self.above, order)
        if len(self.weights):
            self._add_central(order, parts)
        self._add_ranks(order, table.rule.ties)

    def _add_ranks(self, order: Order, ties: Ties) -> None:
        count = order.cells.shape[1]
        self.ties[0] += (order.place == 1).sum()
        if len(order.place) and ties != "min":
            cells = (order.places(ties) - 1) * count + order.cells
            self.ranks[...] += np.bincount(cells.ravel(), minlength=count * count)
            return
        if len(order.place):
            shared = order.cells[order.draw, order.place]
            np.subtract.at(self.ranks, order.place * count + shared, 1)
            np.add.at(self.ranks, order.first * count + shared, 1)
        order.cells[...] += np.arange(0, count * count, count)  # the last use of the cells
        self.ranks[...] += np.bincount(order.cells.ravel(), minlength=count * count)

    def _add_central(self, order: Order, parts: Floats) -> None:
        also = order.first == 0
        draw = np.concatenate([np.arange(len(parts)), order.draw[also]])
        first = np.concatenate([order.cells[:, 0], order.cells[order.draw[also], order.place[also]]])
        self.found[...] += np.bincount(first, minlength=len(self.found))
        grains = np.rint(parts * (GRAINS / PARTS)) ** 2
        for column in range(parts.shape[1]):
            self.weights[:, column] += np.bincount(first, parts[draw, column], len(self.found))
            self.squares[:, column] += np.bincount(first, grains[draw, column], len(self.found))

    def result(self, draws: int, seed: int, weights: WeightSpace | Ints) -> Acceptability:
        """Counts as shares."""
        count = int(np.sqrt(len(self.ranks)))
        return Acceptability(
            share=np.ascontiguousarray(self.ranks.reshape(count, count).T / draws),
            draws=draws,
            seed=seed,
            sampler=weights.sampler if isinstance(weights, WeightSpace) else "fixed weights",
            ties_for_first=int(self.ties[0]),
            central=self._central() if len(self.weights) else None,
            pairwise=_pairwise(self.above, draws) if len(self.above) else None,
        )

    def _central(self) -> CentralWeights:
        found = self.found[:, None]
        with np.errstate(invalid="ignore", divide="ignore"):  # none found: NaN
            mean = self.weights / self.weights.sum(axis=1, keepdims=True)
            # The rounded squares may fall short of the square of the mean where all weights are alike.
            variance = np.maximum(self.squares / GRAINS**2 / found - mean**2, 0)
            error = np.where(found > 1, np.sqrt(variance / (found - 1)), np.nan)
        return CentralWeights(mean, error, self.found)


def _add_pairs(above: Ints, order: Order) -> None:
    """Count for each alternative (row) the draws in which each other one has a greater rank."""
    size, count = order.cells.shape
    # Small numbers side by side, filled up with ties: eight comparisons make a byte, eight bytes are counted at once.
    ranks = np.zeros((count, BLOCK), dtype=np.min_scalar_type(count))
    ranks[:, :size] = order.ranks(ranks.dtype).T
    worse = np.empty(ranks.shape, dtype=bool)
    for row, own in enumerate(ranks):
        np.greater(ranks, own, out=worse)
        bits = np.bitwise_count(np.packbits(worse).view(np.uint64))
        above[row] += bits.reshape(count, -1).sum(axis=1, dtype=np.int64)


def _pairwise(above: Ints, draws: int) -> Pairwise:
    tied = draws - above - above.T
    np.fill_diagonal(tied, 0)
    return Pairwise(above / draws, tied / draws, draws)
