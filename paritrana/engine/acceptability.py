"""Rank acceptability: how often each alternative takes each rank when weights and gaps are drawn at random.

Stochastic multicriteria acceptability analysis, SMAA-2 (Lahdelma and Salminen 2001; Tervonen and Lahdelma 2007).
Weights are drawn from a space (by default uniform on the simplex: Dirichlet(1); normalised uniforms would not be
uniform) or fixed; a value inside an interval is uniform and independent of the others.

Draws come in blocks, each with a random stream of its own, so that the result does not depend on how many
threads share the work, memory does not grow with the number of draws, and more draws continue fewer. Drawn weights
and values are rounded to whole parts and millionths: totals stay exact, and a tie in the draw is a real tie.

Total and index of an alternative are packed into one whole number and sorted together, several times faster than
an argsort. The sort orders equal totals by index; what they share is put right afterwards, for them alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paritrana.engine.rules import PLAIN, Rule
from paritrana.engine.sampled.draws import (
    BLOCK,
    Room,
    Sample,
    Table,
    most_parts,
    shared,
)
from paritrana.engine.sampled.shares import (
    Acceptability,
)
from paritrana.engine.sampled.tally import Tally, summed
from paritrana.engine.scores import Ints
from paritrana.engine.spaces import WeightSpace, simplex
from paritrana.engine.table import Scored, weight_faults


def acceptability(
    table: Scored,
    *,
    draws: int,
    seed: int,
    parts: Ints | None = None,
    space: WeightSpace | None = None,
    central: bool = False,
    pairwise: bool = False,
    threads: int = 1,
    rule: Rule = PLAIN,
) -> Acceptability:
    """Rank acceptability of the alternatives of a table; `rule` tells what is rounded and what ties share.

    Weights are drawn from `space` (the whole simplex where none is given), or fixed where `parts` (shape (K,)) are
    given. Central weights and the pairwise winning index cost time of their own and are made where asked for.

    >>> from paritrana.engine import POINT
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT)
    >>> acceptability(table, draws=20_000, seed=1).share[:, 0].round(1)  # first at w > 0.7, w < 0.3, else
    array([0.3, 0.3, 0.4])
    """
    criteria = table.shape[1]
    weights = _weights(criteria, parts, space)
    counted = Counted(draws, seed, weights, central, pairwise, threads)
    return counted.over(Table.of(table, most_parts(weights, criteria), rule), table.shape)


def acceptability_of_sample(
    scores: Ints,
    *,
    draws: int,
    seed: int,
    parts: Ints | None = None,
    space: WeightSpace | None = None,
    rule: Rule = PLAIN,
) -> Acceptability:
    """Rank acceptability of alternatives whose criterion scores were drawn together: `scores` of shape (D, N, K).

    Where values depend on each other, as small-area estimates of one province do, flat intervals would say too much:
    two regions that share an error keep their order. Weights as in `acceptability`.

    >>> from paritrana.engine import POINT
    >>> both = np.array([[[40], [50]], [[60], [70]]]) * POINT  # intervals overlap, but the second is always ahead
    >>> acceptability_of_sample(both, draws=1000, seed=1).share[:, 0]
    array([0., 1.])
    """
    weights = _weights(scores.shape[2], parts, space)
    counted = Counted(draws, seed, weights, central=False, pairwise=False, threads=1)
    return counted.over(Sample.of(scores, most_parts(weights, scores.shape[2]), rule), scores.shape[1:])


def _weights(criteria: int, parts: Ints | None, space: WeightSpace | None) -> WeightSpace | Ints:
    """Fixed weights, or the space that they are drawn from; raises ValueError where both are given, or no weights."""
    if parts is not None and space is not None:
        raise ValueError("weights are either fixed (parts) or drawn (space), not both")
    if parts is not None and (faults := list(weight_faults(parts, criteria))):
        raise ValueError("; ".join(faults))
    return parts if parts is not None else space or simplex(criteria)


@dataclass(frozen=True, eq=False)
class Counted:
    """How draws are made and what is counted of them."""

    draws: int
    seed: int
    weights: WeightSpace | Ints
    central: bool
    pairwise: bool
    threads: int

    def over(self, table: Table | Sample, shape: tuple[int, ...]) -> Acceptability:
        """Draw and count over a table of scores of N alternatives and K criteria (`shape`)."""
        if self.draws < 1:
            raise ValueError(f"at least one draw was expected, {self.draws} were asked for")
        count, criteria = shape
        streams = np.random.SeedSequence(self.seed).spawn(-(-self.draws // BLOCK))

        def tally(blocks: range) -> Tally:
            made = Tally.empty(count, criteria, central=self.central, pairwise=self.pairwise)
            room = Room.of(table)
            for block in blocks:
                size = min(BLOCK, self.draws - block * BLOCK)
                made.add(table, self.weights, size, np.random.default_rng(streams[block]), room)
            return made

        tallies = shared(tally, len(streams), self.threads)
        return summed(tallies).result(self.draws, self.seed, self.weights)
