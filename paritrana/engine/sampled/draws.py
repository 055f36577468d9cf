"""Draws of weights and values, and the ranks that each gives, in whole numbers held by floats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from paritrana.engine.logarithms import rounded_logs
from paritrana.engine.rules import PLAIN, Rule, Ties, sharing
from paritrana.engine.scores import MAX_PARTS, Floats, Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Scored

BLOCK = 1024  # draws worked on at once, with one random stream


PARTS = MAX_PARTS  # parts in a drawn set of weights


EXACT = 2**53  # below it every whole number is a float


SERIAL = 2**18  # multiplications for which OpenBLAS starts no threads; waiting for them costs more than they do


T = TypeVar("T")


def row_ranks(totals: Ints) -> Ints:
    """Ranks in each row of totals of shape (D, N): one more than the number of strictly greater totals in the row.

    Raises ValueError where a total and an index do not fit into one whole number.
    """
    count = totals.shape[1]
    bits = _bits(count)
    if np.abs(totals).max(initial=0) >= 2.0 ** (63 - bits):
        raise ValueError(too_large(count))
    keys = -totals << bits
    keys |= np.arange(count)
    return Order.of(keys, bits, np.empty_like(keys)).ranks()


def _bits(count: int) -> int:
    """Bits for the index of so many alternatives."""
    return max(1, (count - 1).bit_length())


def too_large(count: int) -> str:
    """What is said of scores whose totals a float cannot hold with the place of each alternative."""
    return f"scores are too large to rank {count} alternatives exactly"


def most_parts(weights: WeightSpace | Ints, criteria: int) -> int:
    """The greatest sum of a set of weights; each drawn one is rounded, by half a part at most."""
    if isinstance(weights, WeightSpace):
        if weights.criteria != criteria:
            raise ValueError(f"a space of {criteria} weights was expected, one of {weights.criteria} was given")
        return PARTS + criteria
    return int(weights.sum())


def draw_parts(weights: WeightSpace | Ints, size: int, rng: np.random.Generator) -> Floats:
    """Weights of `size` draws in whole parts, shape (size, K).

    A whole block is drawn in any case, so that the first draws are the same however many are wanted.
    """
    if isinstance(weights, WeightSpace):
        drawn = weights.draw(BLOCK, rng)[:size] * PARTS
        return np.rint(drawn, out=drawn)
    return np.broadcast_to(weights.astype(float), (size, len(weights)))


def shared(work: Callable[[range], T], blocks: int, threads: int) -> Iterator[T]:
    """The blocks' work done in so many threads, each of which takes every block of its turn."""
    shares = [range(first, blocks, threads) for first in range(min(threads, blocks))]
    if len(shares) <= 1:
        return map(work, shares)
    with ThreadPoolExecutor(len(shares)) as pool:
        return pool.map(work, shares)


@dataclass(frozen=True, eq=False)
class Inside:
    """Where values lie inside some intervals: `widths` (C,) of them, in points also where logarithms are added up.

    For these `logs` are the lowest scores and the logarithms of both ends, each (C,).
    """

    widths: Floats
    logs: tuple[Floats, Floats, Floats] | None = None

    @staticmethod
    def of(table: Scored, rows: Ints, columns: Ints) -> Inside:
        """Of the intervals at these places, each array (C,)."""
        at = rows, columns
        if table.points is None:
            return Inside((table.high - table.low)[at].astype(float))
        low, high = table.points.low[at].astype(float), table.points.high[at].astype(float)
        return Inside(high - low, (low, table.low[at].astype(float), table.high[at].astype(float)))

    def above(self, shares: Floats) -> Floats:
        """What is added to the lowest where values lie at these shares (size, C) of the way; in their memory."""
        shares *= self.widths
        np.rint(shares, out=shares)
        if self.logs is not None:
            start, low, high = self.logs
            np.clip(rounded_logs(shares + start), low, high, out=shares)
            shares -= low
        return shares


@dataclass(frozen=True, eq=False)
class Table:
    """Scores laid out for drawing, alternatives with the most intervals first.

    `owner` (N,) is the alternative in each place and `base` (K, N) are its lowest scores. Intervals stand in slots:
    the first of every alternative that has one, then the second, ...; slot s fills the first `reach[s]` places, so
    that it is added without searching. `columns` (C,) are the criteria of the intervals, slot by slot, and `inside`
    tells where their values lie. `fits`: the total itself is ranked, and fits into one whole number with an index.
    """

    owner: Ints
    base: Floats
    reach: list[int]
    columns: Ints
    inside: Inside
    bits: int
    rule: Rule
    fits: bool

    @staticmethod
    def of(table: Scored, most_parts: int, rule: Rule = PLAIN) -> Table:
        """Raises ValueError where totals would not be exact."""
        low, high = table.low, table.high
        count = len(low)
        bits = _bits(count)
        greatest = int(max(np.abs(low).max(initial=0), np.abs(high).max(initial=0))) * most_parts
        fits = _fits(greatest, count, bits) and rule.decimals is None
        unknown = high > low
        owner = np.argsort(-unknown.sum(axis=1), kind="stable")
        place, column = np.nonzero(unknown[owner])
        slot = np.arange(len(place)) - np.searchsorted(place, place)
        by_slot = np.argsort(slot, kind="stable")
        inside = Inside.of(table, owner[place][by_slot], column[by_slot])
        reach = np.bincount(slot).tolist()
        return Table(owner, low[owner].T.astype(float), reach, column[by_slot], inside, bits, rule, fits)

    def keys(self, parts: Floats, rng: np.random.Generator, room: Room) -> Ints:
        """Total and index of each alternative in one whole number, the greater total in the smaller number.

        Of the draws with the given parts (size, K); shape (size, N), in the room's memory.
        """
        size = len(parts)
        # Shifted as weights, of which there are few; a power of two leaves floats exact.
        shifted = parts * -(2.0**self.bits if self.fits else 1.0)
        totals = product(shifted, self.base, room.totals[:size])
        if self.reach:
            inside = self.inside.above(rng.random(out=room.inside[:size]))
            inside *= shifted.take(self.columns, axis=1, out=room.factors[:size], mode="clip")
            start = 0
            for reach in self.reach:
                totals[:, :reach] += inside[:, start : start + reach]
                start += reach
        return _keys(totals, parts, self, room)


@dataclass(frozen=True, eq=False)
class Sample:
    """Scores that were drawn together elsewhere: `scores` (D, N, K) are draws of the whole table.

    Each set of weights meets one of them, chosen at random, so that what is alike in a draw stays together.
    """

    owner: Ints
    inside: Inside
    scores: Floats
    bits: int
    rule: Rule
    fits: bool

    @staticmethod
    def of(scores: Ints, most_parts: int, rule: Rule = PLAIN) -> Sample:
        """Raises ValueError where totals would not be exact."""
        count = scores.shape[1]
        bits = _bits(count)
        fits = _fits(int(np.abs(scores).max(initial=0)) * most_parts, count, bits) and rule.decimals is None
        return Sample(np.arange(count), Inside(np.zeros(0)), scores.astype(float), bits, rule, fits)

    def keys(self, parts: Floats, rng: np.random.Generator, room: Room) -> Ints:
        """Total and index of each alternative in one whole number, as `Table.keys` gives them."""
        size = len(parts)
        chosen = rng.integers(len(self.scores), size=BLOCK)[:size]
        # Whole numbers below 2**53: sums are exact in any order, and a power of two leaves them so.
        shifted = parts * -(2.0**self.bits if self.fits else 1.0)
        return _keys(np.matmul(self.scores[chosen], shifted[:, :, None])[:, :, 0], parts, self, room)


def _fits(greatest: int, count: int, bits: int) -> bool:
    """Whether such a total, shifted, does not wrap around; raises ValueError where no float holds it."""
    if greatest >= EXACT:
        raise ValueError(too_large(count))
    return greatest < 2 ** (63 - bits)


def _keys(totals: Floats, parts: Floats, table: Table | Sample, room: Room) -> Ints:
    """Keys of totals (size, N) that are shifted already, or under the table's rule, all of them below zero."""
    keys = room.keys[: len(totals)]
    if table.fits:
        np.copyto(keys, totals, casting="unsafe")
    else:
        ranked = table.rule.keys(-totals, parts.sum(axis=1, keepdims=True))
        # Places among the distinct ones of a draw: they always fit.
        order = np.argsort(-ranked, axis=1, kind="stable")
        falling = np.take_along_axis(ranked, order, axis=1)
        np.put_along_axis(keys, order, np.cumsum(np.diff(falling, axis=1, prepend=falling[:, :1]) != 0, axis=1), axis=1)
        keys <<= table.bits
    keys |= table.owner
    return keys


def product(left: Floats, right: Floats, out: Floats) -> Floats:
    """The matrix product in `out`, some rows at a time, each time too little for the threads of OpenBLAS."""
    rows = max(1, SERIAL // right.size)
    for start in range(0, len(left), rows):
        np.matmul(left[start : start + rows], right, out=out[start : start + rows])
    return out


@dataclass(frozen=True, eq=False)
class Room:
    """Memory for one block of draws after the other: asking for it anew each time would cost more than the sums.

    `totals` and `keys` (BLOCK, N), `inside` and `factors` (BLOCK, C).
    """

    totals: Floats
    keys: Ints
    inside: Floats
    factors: Floats

    @staticmethod
    def of(table: Table | Sample) -> Room:
        """Room for a block of the table."""
        totals, inside = (BLOCK, len(table.owner)), (BLOCK, len(table.inside.widths))
        return Room(np.empty(totals), np.empty(totals, dtype=np.int64), np.empty(inside), np.empty(inside))


@dataclass(frozen=True, eq=False)
class Order:
    """Draws in order of rank: `cells` (D, N) holds the alternatives, best first.

    Of the places in `cells` that share a better one, `draw`, `place` and `first` (each (S,)) name the draw, the place
    and the one whose rank it shares.
    """

    cells: Ints
    draw: Ints
    place: Ints
    first: Ints

    @staticmethod
    def of(keys: Ints, bits: int, spare: Ints) -> Order:
        """Sorts keys in place; what is in `spare`, of the same shape, is lost."""
        keys.sort(axis=1)
        mask = (1 << bits) - 1
        # Neighbours with the same total differ in the bits of the index only.
        apart = np.bitwise_xor(keys[:, 1:], keys[:, :-1], out=spare[:, 1:]).view(np.uint64)
        keys &= mask
        if apart.min(initial=EXACT) > mask:
            none = np.zeros(0, dtype=np.int64)
            return Order(keys, none, none, none)
        draw, place = np.nonzero(apart <= mask)
        place += 1
        # Shared places that follow each other share with the same one: the last before them.
        follows = np.diff(draw * keys.shape[1] + place, prepend=-1) == 1
        at = np.arange(len(place))
        start = np.maximum.accumulate(np.where(follows, 0, at))
        return Order(keys, draw, place, place[start] - 1)

    def places(self, ties: Ties) -> Ints:
        """The rank at each place, shape (D, N)."""
        tied = np.zeros(self.cells.shape, dtype=bool)
        tied[self.draw, self.place] = True
        return sharing(tied, ties)

    def ranks(self, dtype: npt.DTypeLike = np.int64) -> npt.NDArray[np.int64]:
        """Ranks by draw and alternative, shape (D, N)."""
        size, count = self.cells.shape
        ranks = np.empty((size, count), dtype=dtype)
        np.put_along_axis(ranks, self.cells, np.arange(1, count + 1, dtype=dtype)[None], axis=1)
        ranks[self.draw, self.cells[self.draw, self.place]] = self.first + 1
        return ranks
