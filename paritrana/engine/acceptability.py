"""Rank acceptability: how often each alternative takes each rank when weights and gaps are drawn at random.

Stochastic multicriteria acceptability analysis, SMAA-2 (Lahdelma and Salminen 2001; Tervonen and Lahdelma 2007).
Weights are drawn from a region (by default uniform on the simplex: Dirichlet(1); normalised uniforms would not be
uniform) or fixed; a value inside an interval is uniform and independent of the others.

Draws come in blocks, each with a random stream of its own, so that the result does not depend on how many
threads share the work, memory does not grow with the number of draws, and more draws continue fewer. Drawn weights
and values are rounded to whole parts and millionths: totals stay exact, and a tie in the draw is a real tie.

Total and index of an alternative are packed into one whole number and sorted together, several times faster than
an argsort. The sort orders equal totals by index; what they share is put right afterwards, for them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from paritrana.engine.scores import MAX_PARTS, Floats, Ints
from paritrana.engine.spaces import Region, simplex

BLOCK = 1024  # draws worked on at once, with one random stream
PARTS = MAX_PARTS  # parts in a drawn set of weights
GRAINS = 10_000  # weights are rounded to this for the sum of their squares, which stays whole and so exact
EXACT = 2**53  # below it every whole number is a float
SERIAL = 2**18  # multiplications for which OpenBLAS starts no threads; waiting for them costs more than they do
CONFIDENCE = 0.95  # of a bound on sampling errors, where no other is asked for

T = TypeVar("T")


def binomial_error(share: Floats, draws: int) -> Floats:
    """Standard error of shares of so many independent draws."""
    return np.sqrt(share * (1 - share) / draws)


def hoeffding(cells: int, draws: int, confidence: float) -> float:
    """Half-width within which all `cells` shares lie at once, with at least this confidence (Hoeffding 1963)."""
    return float(np.sqrt(np.log(2 * cells / (1 - confidence)) / (2 * draws)))


@dataclass(frozen=True, eq=False)
class CentralWeights:
    """Mean of the weights that make an alternative first, shape (N, K), each row of sum one; NaN where none did.

    Weights that leave it tied for first count too. `standard_error` (N, K) is the Monte Carlo error of each mean,
    NaN where less than two draws make it first; `found` (N,) is the number of draws that do.
    """

    weights: Floats
    standard_error: Floats
    found: Ints


@dataclass(frozen=True, eq=False)
class Pairwise:
    """Pairwise winning index (Leskinen et al. 2006), shape (N, N): row against column.

    `above` is the share of draws in which the row's total is strictly greater, `tied` in which both are equal
    (0 on the diagonal).
    """

    above: Floats
    tied: Floats
    draws: int

    @property
    def standard_error(self) -> Floats:
        """Binomial standard error of `above`, shape (N, N)."""
        return binomial_error(self.above, self.draws)


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Shares of draws in which each alternative takes each rank.

    `share` has shape (N, N): alternative by rank, rank 1 first. Tied alternatives share the better rank,
    so that a row sums to one and a column need not. `standard_error` is the Monte Carlo error of each share
    (one standard error, same shape). `sampler` says how weights were drawn, `ties_for_first` in how many draws
    several alternatives were first. `central` and `pairwise` are there where they were asked for.
    """

    share: Floats
    draws: int
    seed: int
    sampler: str = ""
    ties_for_first: int = 0
    central: CentralWeights | None = None
    pairwise: Pairwise | None = None

    @property
    def standard_error(self) -> Floats:
        """Binomial standard error of each share, shape (N, N)."""
        return binomial_error(self.share, self.draws)

    def bound(self, confidence: float = CONFIDENCE) -> float:
        """Half-width of an interval around every share that holds for all cells at once (Hoeffding, union bound)."""
        return hoeffding(self.share.size, self.draws, confidence)

    @property
    def expected_rank(self) -> Floats:
        """Mean rank of each alternative, shape (N,)."""
        return self.share @ np.arange(1, len(self.share) + 1)

    @property
    def expected_rank_error(self) -> Floats:
        """Standard error of the mean rank, shape (N,)."""
        apart = np.arange(1, len(self.share) + 1) - self.expected_rank[:, None]
        return np.sqrt((self.share * apart**2).sum(axis=1) / self.draws)

    @property
    def median_rank(self) -> Ints:
        """The smallest rank that at least half of the draws do not exceed, shape (N,)."""
        return (np.cumsum(self.share, axis=1) < 0.5 - 1e-12).sum(axis=1) + 1

    def rank_interval(self, coverage: float = 0.9) -> tuple[Ints, Ints]:
        """Lowest and highest rank of the central `coverage` of draws, each shape (N,)."""
        tail = (1 - coverage) / 2
        cumulative = np.cumsum(self.share, axis=1)
        # The smallest rank whose cumulative share exceeds the tail; 1e-12 absorbs the rounding of sums.
        best = (cumulative <= tail + 1e-12).sum(axis=1) + 1
        worst = (cumulative < 1 - tail - 1e-12).sum(axis=1) + 1
        return best, worst

    @property
    def entropy(self) -> Floats:
        """Shannon entropy of each alternative's ranks in bits, shape (N,): 0 for one rank, log2(N) for all alike."""
        return -(self.share * np.log2(np.where(self.share > 0, self.share, 1))).sum(axis=1) + 0.0  # not -0.0

    def top(self, places: int) -> Floats:
        """Probability of a rank among the first `places`, shape (N,)."""
        return self.share[:, :places].sum(axis=1)


@dataclass(frozen=True, eq=False)
class Confidence:
    """Confidence factors, shape (N,): share of draws of the values in which an alternative's own weights make it first.

    First or tied first; NaN where it has no such weights. Without intervals a factor is 0 or 1, and exact.
    """

    share: Floats
    draws: int
    seed: int

    @property
    def standard_error(self) -> Floats:
        """Binomial standard error, shape (N,)."""
        return binomial_error(self.share, self.draws)

    def bound(self, confidence: float = CONFIDENCE) -> float:
        """Half-width of an interval around every factor that holds for all at once (Hoeffding, union bound)."""
        return hoeffding(len(self.share), self.draws, confidence)


def acceptability(
    low: Ints,
    high: Ints,
    *,
    draws: int,
    seed: int,
    parts: Ints | None = None,
    region: Region | None = None,
    central: bool = False,
    pairwise: bool = False,
    threads: int = 1,
) -> Acceptability:
    """Rank acceptability of alternatives whose criterion scores lie in [low, high], both shape (N, K).

    Weights are drawn from `region` (the whole simplex where none is given), or fixed where `parts` (shape (K,)) are
    given. Central weights and the pairwise winning index cost time of their own and are made where asked for.
    """
    if draws < 1:
        raise ValueError(f"at least one draw was expected, {draws} were asked for")
    if parts is not None and region is not None:
        raise ValueError("weights are either fixed (parts) or drawn (region), not both")
    count, criteria = low.shape
    weights = parts if parts is not None else region or simplex(criteria)
    table = _Table.of(low, high, _most_parts(weights, criteria))
    streams = np.random.SeedSequence(seed).spawn(-(-draws // BLOCK))

    def tally(blocks: range) -> _Tally:
        made = _Tally.empty(count, criteria, central=central, pairwise=pairwise)
        room = _Room.of(table)
        for block in blocks:
            made.add(table, weights, min(BLOCK, draws - block * BLOCK), np.random.default_rng(streams[block]), room)
        return made

    return _sum(_shared(tally, len(streams), threads)).result(draws, seed, weights)


def confidence_factors(
    low: Ints, high: Ints, weights: Floats, *, draws: int, seed: int, threads: int = 1
) -> Confidence:
    """How often the weights of row i make alternative i first (SMAA-2: with i's central weights).

    Scores lie in [low, high], shape (N, K), and only these are drawn; `weights` has shape (N, K), NaN where
    an alternative has none.
    """
    candidates = np.flatnonzero(~np.isnan(weights).any(axis=1))
    duel = _Duel.of(low, high, candidates, np.rint(weights[candidates] * PARTS))
    # Values of their own: the central weights were made from the first draws.
    streams = np.random.SeedSequence([seed, 1]).spawn(-(-draws // BLOCK))

    def wins(blocks: range) -> Ints:
        won = np.zeros(len(candidates), dtype=np.int64)
        for block in blocks:
            won += duel.won(min(BLOCK, draws - block * BLOCK), np.random.default_rng(streams[block]))
        return won

    share = np.full(len(low), np.nan)
    share[candidates] = sum(_shared(wins, len(streams), threads)) / draws
    return Confidence(share, draws, seed)


def row_ranks(totals: Ints) -> Ints:
    """Ranks in each row of totals of shape (D, N): one more than the number of strictly greater totals in the row.

    Raises ValueError where a total and an index do not fit into one whole number.
    """
    count = totals.shape[1]
    bits = _bits(count)
    if np.abs(totals).max(initial=0) >= 2.0 ** (63 - bits):
        raise ValueError(_too_large(count))
    keys = -totals << bits
    keys |= np.arange(count)
    return _Order.of(keys, bits, np.empty_like(keys)).ranks()


def _bits(count: int) -> int:
    """Bits for the index of so many alternatives."""
    return max(1, (count - 1).bit_length())


def _too_large(count: int) -> str:
    return f"scores are too large to rank {count} alternatives exactly"


def _most_parts(weights: Region | Ints, criteria: int) -> int:
    """The greatest sum of a set of weights; each drawn one is rounded, by half a part at most."""
    if isinstance(weights, Region):
        if weights.criteria != criteria:
            raise ValueError(f"a region of {criteria} weights was expected, one of {weights.criteria} was given")
        return PARTS + criteria
    return int(weights.sum())


def _draw_parts(weights: Region | Ints, size: int, rng: np.random.Generator) -> Floats:
    """Weights of `size` draws in whole parts, shape (size, K).

    A whole block is drawn in any case, so that the first draws are the same however many are wanted.
    """
    if isinstance(weights, Region):
        drawn = weights.draw(BLOCK, rng)[:size] * PARTS
        return np.rint(drawn, out=drawn)
    return np.broadcast_to(weights.astype(float), (size, len(weights)))


def _shared(work: Callable[[range], T], blocks: int, threads: int) -> Iterator[T]:
    """The blocks' work done in so many threads, each of which takes every block of its turn."""
    shares = [range(first, blocks, threads) for first in range(min(threads, blocks))]
    if len(shares) <= 1:
        return map(work, shares)
    with ThreadPoolExecutor(len(shares)) as pool:
        return pool.map(work, shares)


def _sum(tallies: Iterator[_Tally]) -> _Tally:
    """The tallies of all threads together: whole numbers, so that their order does not matter."""
    total = next(tallies)
    for other in tallies:
        for mine, its in zip(total.arrays(), other.arrays(), strict=True):
            mine += its
    return total


@dataclass(frozen=True, eq=False)
class _Table:
    """Scores laid out for drawing, alternatives with the most intervals first.

    `owner` (N,) is the alternative in each place and `base` (K, N) are its lowest scores. Intervals stand in slots:
    the first of every alternative that has one, then the second, ...; slot s fills the first `reach[s]` places, so
    that it is added without searching. `columns` and `widths` (C,) are criteria and widths of the intervals, slot by
    slot.
    """

    owner: Ints
    base: Floats
    reach: list[int]
    columns: Ints
    widths: Floats
    bits: int

    @staticmethod
    def of(low: Ints, high: Ints, most_parts: int) -> _Table:
        """Raises ValueError where totals would not be exact."""
        count = len(low)
        bits = _bits(count)
        greatest = int(max(np.abs(low).max(initial=0), np.abs(high).max(initial=0))) * most_parts
        if greatest >= min(EXACT, 2 ** (63 - bits)):  # shifted, such a total would wrap around
            raise ValueError(_too_large(count))
        unknown = high > low
        owner = np.argsort(-unknown.sum(axis=1), kind="stable")
        place, column = np.nonzero(unknown[owner])
        slot = np.arange(len(place)) - np.searchsorted(place, place)
        by_slot = np.argsort(slot, kind="stable")
        widths = (high - low)[owner[place], column].astype(float)
        reach = np.bincount(slot).tolist()
        return _Table(owner, low[owner].T.astype(float), reach, column[by_slot], widths[by_slot], bits)

    def keys(self, parts: Floats, rng: np.random.Generator, room: _Room) -> Ints:
        """Total and index of each alternative in one whole number, the greater total in the smaller number.

        Of the draws with the given parts (size, K); shape (size, N), in the room's memory.
        """
        size = len(parts)
        # Shifted as weights, of which there are few; a power of two leaves floats exact.
        shifted = parts * -(2.0**self.bits)
        totals = _product(shifted, self.base, room.totals[:size])
        if self.reach:
            inside = rng.random(out=room.inside[:size])
            inside *= self.widths
            np.rint(inside, out=inside)
            inside *= shifted.take(self.columns, axis=1, out=room.factors[:size], mode="clip")
            start = 0
            for reach in self.reach:
                totals[:, :reach] += inside[:, start : start + reach]
                start += reach
        keys = room.keys[:size]
        np.copyto(keys, totals, casting="unsafe")
        keys |= self.owner
        return keys


def _product(left: Floats, right: Floats, out: Floats) -> Floats:
    """The matrix product in `out`, some rows at a time, each time too little for the threads of OpenBLAS."""
    rows = max(1, SERIAL // right.size)
    for start in range(0, len(left), rows):
        np.matmul(left[start : start + rows], right, out=out[start : start + rows])
    return out


@dataclass(frozen=True, eq=False)
class _Room:
    """Memory for one block of draws after the other: asking for it anew each time would cost more than the sums.

    `totals` and `keys` (BLOCK, N), `inside` and `factors` (BLOCK, C).
    """

    totals: Floats
    keys: Ints
    inside: Floats
    factors: Floats

    @staticmethod
    def of(table: _Table) -> _Room:
        """Room for a block of the table."""
        totals, inside = (BLOCK, len(table.owner)), (BLOCK, len(table.widths))
        return _Room(np.empty(totals), np.empty(totals, dtype=np.int64), np.empty(inside), np.empty(inside))


@dataclass(frozen=True, eq=False)
class _Order:
    """Draws in order of rank: `cells` (D, N) holds the alternatives, best first.

    Of the places in `cells` that share a better one, `draw`, `place` and `first` (each (S,)) name the draw, the place
    and the one whose rank it shares.
    """

    cells: Ints
    draw: Ints
    place: Ints
    first: Ints

    @staticmethod
    def of(keys: Ints, bits: int, spare: Ints) -> _Order:
        """Sorts keys in place; what is in `spare`, of the same shape, is lost."""
        keys.sort(axis=1)
        mask = (1 << bits) - 1
        # Neighbours with the same total differ in the bits of the index only.
        apart = np.bitwise_xor(keys[:, 1:], keys[:, :-1], out=spare[:, 1:]).view(np.uint64)
        keys &= mask
        if apart.min(initial=EXACT) > mask:
            none = np.zeros(0, dtype=np.int64)
            return _Order(keys, none, none, none)
        draw, place = np.nonzero(apart <= mask)
        place += 1
        # Shared places that follow each other share with the same one: the last before them.
        follows = np.diff(draw * keys.shape[1] + place, prepend=-1) == 1
        at = np.arange(len(place))
        start = np.maximum.accumulate(np.where(follows, 0, at))
        return _Order(keys, draw, place, place[start] - 1)

    def ranks(self, dtype: npt.DTypeLike = np.int64) -> npt.NDArray[np.int64]:
        """Ranks by draw and alternative, shape (D, N)."""
        size, count = self.cells.shape
        ranks = np.empty((size, count), dtype=dtype)
        np.put_along_axis(ranks, self.cells, np.arange(1, count + 1, dtype=dtype)[None], axis=1)
        ranks[self.draw, self.cells[self.draw, self.place]] = self.first + 1
        return ranks


@dataclass(frozen=True, eq=False)
class _Tally:
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
    def empty(count: int, criteria: int, *, central: bool, pairwise: bool) -> _Tally:
        """Nothing counted yet."""
        rows, pairs = count if central else 0, count if pairwise else 0
        return _Tally(
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

    def add(self, table: _Table, weights: Region | Ints, size: int, rng: np.random.Generator, room: _Room) -> None:
        """Count `size` more draws."""
        parts = _draw_parts(weights, size, rng)
        # The totals are in the keys, and their memory is free.
        order = _Order.of(table.keys(parts, rng, room), table.bits, room.totals[:size].view(np.int64))
        if len(self.above):
            _add_pairs(self.above, order)
        if len(self.weights):
            self._add_central(order, parts)
        self._add_ranks(order)

    def _add_ranks(self, order: _Order) -> None:
        count = order.cells.shape[1]
        if len(order.place):
            self.ties[0] += (order.place == 1).sum()
            shared = order.cells[order.draw, order.place]
            np.subtract.at(self.ranks, order.place * count + shared, 1)
            np.add.at(self.ranks, order.first * count + shared, 1)
        order.cells[...] += np.arange(0, count * count, count)  # the last use of the cells
        self.ranks[...] += np.bincount(order.cells.ravel(), minlength=count * count)

    def _add_central(self, order: _Order, parts: Floats) -> None:
        also = order.first == 0
        draw = np.concatenate([np.arange(len(parts)), order.draw[also]])
        first = np.concatenate([order.cells[:, 0], order.cells[order.draw[also], order.place[also]]])
        self.found[...] += np.bincount(first, minlength=len(self.found))
        grains = np.rint(parts * (GRAINS / PARTS)) ** 2
        for column in range(parts.shape[1]):
            self.weights[:, column] += np.bincount(first, parts[draw, column], len(self.found))
            self.squares[:, column] += np.bincount(first, grains[draw, column], len(self.found))

    def result(self, draws: int, seed: int, weights: Region | Ints) -> Acceptability:
        """Counts as shares."""
        count = int(np.sqrt(len(self.ranks)))
        return Acceptability(
            share=np.ascontiguousarray(self.ranks.reshape(count, count).T / draws),
            draws=draws,
            seed=seed,
            sampler=weights.sampler if isinstance(weights, Region) else "fixed weights",
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


def _add_pairs(above: Ints, order: _Order) -> None:
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


@dataclass(frozen=True, eq=False)
class _Duel:
    """Each candidate, under its own weights, against all alternatives.

    Candidates C of N alternatives, under `parts` (C, K). `own` names each candidate's alternative. A candidate is first
    where its total is not below `floor` (C,), the greatest total that is known without drawing, nor below the total of
    a rival that can exceed that: `reachable` (N, C). `base` (N, C) are the lowest totals, `columns` and `widths` the
    criteria and widths of each alternative's intervals.
    """

    own: Ints
    parts: Floats
    floor: Floats
    reachable: npt.NDArray[np.bool_]
    base: Floats
    columns: list[Ints]
    widths: list[Floats]

    @staticmethod
    def of(low: Ints, high: Ints, own: Ints, parts: Floats) -> _Duel:
        """Raises ValueError where totals would not be exact."""
        greatest = max(np.abs(low).max(initial=0), np.abs(high).max(initial=0)) * parts.sum(axis=1).max(initial=0)
        if greatest >= EXACT:
            raise ValueError(_too_large(len(low)))
        base, most = low @ parts.T, high @ parts.T
        at = np.arange(len(own))
        rivals = base.copy()
        rivals[own, at] = -np.inf
        floor = rivals.max(axis=0, initial=-np.inf)
        reachable = most > np.maximum(floor, base[own, at])
        reachable[own, at] = False
        reachable[:, most[own, at] < floor] = False  # the candidate cannot win anyway
        unknown = [np.flatnonzero(row) for row in high > low]
        widths = [(high - low)[row, columns].astype(float) for row, columns in enumerate(unknown)]
        return _Duel(own, parts, floor, reachable, base, unknown, widths)

    def won(self, size: int, rng: np.random.Generator) -> Ints:
        """In how many of `size` draws of the values each candidate is first, shape (C,)."""
        most = np.repeat(self.floor[:, None], size, axis=1)
        mine = np.repeat(self.base[self.own, np.arange(len(self.own))][:, None], size, axis=1)
        candidate = {alternative: at for at, alternative in enumerate(self.own.tolist())}
        for row, (columns, widths) in enumerate(zip(self.columns, self.widths, strict=True)):
            above = np.rint(rng.random((BLOCK, len(columns)))[:size] * widths)
            if row in candidate:
                mine[candidate[row]] += above @ self.parts[candidate[row], columns]
            reached = np.flatnonzero(self.reachable[row])
            if len(reached):
                rival = _product(self.parts[np.ix_(reached, columns)], above.T, np.empty((len(reached), size)))
                rival += self.base[row, reached][:, None]
                most[reached] = np.maximum(most[reached], rival)
        return (mine >= most).sum(axis=1)
