"""Attribution: which uncertain choice moves the ranking, by variance-based sensitivity indices of grouped inputs.

An output depends on independent groups of inputs: the weights, the missing values, the conflicting sources, the
normalisation, the aggregation. The first-order index of a group is the share of the output's variance that fixing the
group would take away, on average; the total index the share that would be left if all else were fixed (Sobol' 1993;
Homma and Saltelli 1996). Their difference is what the group does together with others. A group is exchanged whole, so
that weights, which depend on each other because they sum to one, are one group.

First-order indices are estimated as in Saltelli et al. (2010), centred; total ones as in Jansen (1999). Draws come in
blocks; sums over some of them are kept instead of the draws, so that memory does not grow with their number, and
bootstrap intervals (Efron 1979) resample these sums.

The ranking's outputs are the rank of each alternative and the average shift of ranks against a reference ranking
(Saisana, Saltelli and Tarantola 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from paritrana.engine.sampled.draws import EXACT, PARTS, row_ranks
from paritrana.engine.sampled.shares import CONFIDENCE
from paritrana.engine.sampled.sobol import Array, Sampler, Sobol, sobol
from paritrana.engine.scores import FULL, POINT, Floats, Ints
from paritrana.engine.spaces import WeightSpace
from paritrana.engine.table import Weighted

FLOOR = 1  # the least score in a geometric mean, a millionth of a point (see `logarithms`)
T_SPREAD = 10 * POINT  # points per standard deviation of a z-score, about 50 points (McCall's T-score)
LOG_UNIT = 10**12  # logarithms are rounded to this, so that equal geometric means are equal

Normalisation = Literal["goalposts", "min-max", "z-score", "rank"]
Aggregation = Literal["additive", "geometric"]


@dataclass(frozen=True, eq=False)
class RankAttribution:
    """What moves the ranks of N alternatives: `rank` has an output for each, `shift` one, the average shift.

    `reference` (N,) is the ranking that shifts are counted from: the given weights, the middle of every interval, the
    first normalisation and aggregation. `shift.mean[0]` is the average shift itself, with `shift.standard_error[0]`.
    """

    reference: Ints
    rank: Sobol
    shift: Sobol


def rank_attribution(
    table: Weighted,
    space: WeightSpace | None = None,
    *,
    conflicts: npt.NDArray[np.bool_] | None = None,
    normalisations: Sequence[Normalisation] = ("goalposts",),
    aggregations: Sequence[Aggregation] = ("additive",),
    draws: int,
    seed: int,
    confidence: float = CONFIDENCE,
) -> RankAttribution:
    """Which choices move the ranks of the alternatives of a table.

    Groups, each only where there is something to vary: `weights` (drawn from `space`; the table's own are the
    reference's), `missing values` (intervals), `conflicting sources` (intervals flagged in `conflicts`, shape (N, K)),
    `normalisation` and `aggregation` (each of those named equally likely; the first is the reference's).

    Normalisations of the scores among the alternatives of a draw: `goalposts` leaves them as they are; `min-max` gives
    0 to the least and 100 points to the greatest; `z-score` 50 points to the mean and 10 to a standard deviation;
    `rank` 100 points to the first and 0 to the last, in equal steps, the mean of their steps to equals. A criterion on
    which all are equal gives 50 points to each. Under `geometric` a score below a millionth of a point counts as one.
    Of a table of logarithms the scores in points are taken.

    >>> from paritrana.engine import Scored, simplex
    >>> table = Scored.exact(np.array([[100, 0], [0, 100], [70, 70]]) * POINT).weighted(np.array([1, 1]))
    >>> found = rank_attribution(table, simplex(2), draws=64, seed=1)
    >>> found.reference, found.rank.groups
    (array([2, 2, 1]), ('weights',))
    """
    model = _Ranking.of(table, space, conflicts, tuple(normalisations), tuple(aggregations))
    made = sobol(model.outputs, model.groups(space), draws=draws, seed=seed, confidence=confidence)
    count = table.shape[0]
    return RankAttribution(model.reference, _part(made, slice(0, count)), _part(made, slice(count, count + 1)))


def _part(made: Sobol, outputs: slice) -> Sobol:
    """The indices of some of the outputs."""
    return replace(
        made,
        first=made.first[:, outputs],
        first_low=made.first_low[:, outputs],
        first_high=made.first_high[:, outputs],
        total=made.total[:, outputs],
        total_low=made.total_low[:, outputs],
        total_high=made.total_high[:, outputs],
        mean=made.mean[outputs],
        standard_error=made.standard_error[outputs],
    )


@dataclass(frozen=True, eq=False)
class _Ranking:
    """A ranking as a function of the choices that make it.

    `middle` (N, K) are the scores of the reference, `reference` (N,) its ranks; `unknown` holds, for each group of
    intervals, their positions in the flattened table, their lowest scores and their widths.
    """

    middle: Floats
    parts: Floats
    unknown: Mapping[str, tuple[Ints, Floats, Floats]]
    normalisations: tuple[Normalisation, ...]
    aggregations: tuple[Aggregation, ...]
    reference: Ints

    @staticmethod
    def of(
        table: Weighted,
        space: WeightSpace | None,
        conflicts: npt.NDArray[np.bool_] | None,
        normalisations: tuple[Normalisation, ...],
        aggregations: tuple[Aggregation, ...],
    ) -> _Ranking:
        """Raises ValueError where the choices are not known or totals would not be exact."""
        _check(table, space, normalisations, aggregations)
        low, high = _in_points(table)
        parts = table.parts
        flagged = np.zeros(low.shape, dtype=bool) if conflicts is None else conflicts
        kinds = {"missing values": ~flagged, "conflicting sources": flagged}
        cells = {name: np.flatnonzero(((high > low) & mask).ravel()) for name, mask in kinds.items()}
        unknown = {
            name: (at, low.ravel()[at].astype(float), (high - low).ravel()[at].astype(float))
            for name, at in cells.items()
            if len(at)
        }
        middle = (low + (high - low) // 2).astype(float)
        normalised = NORMALISATIONS[normalisations[0]](middle[None])
        reference = row_ranks(AGGREGATIONS[aggregations[0]](normalised, parts[None].astype(float)))[0]
        return _Ranking(middle, parts.astype(float), unknown, normalisations, aggregations, reference)

    def groups(self, space: WeightSpace | None) -> dict[str, Sampler]:
        """How each group that varies is drawn."""
        groups: dict[str, Sampler] = {}
        if space is not None:
            groups["weights"] = lambda count, rng: np.rint(space.draw(count, rng) * PARTS)
        groups |= {name: _uniforms(len(at)) for name, (at, _, _) in self.unknown.items()}
        options = {"normalisation": len(self.normalisations), "aggregation": len(self.aggregations)}
        return groups | {name: _options(size) for name, size in options.items() if size > 1}

    def outputs(self, values: Mapping[str, Array]) -> Floats:
        """Rank of each alternative and the average shift, shape (size, N + 1)."""
        ranks = row_ranks(self._totals(values))
        shift = np.abs(ranks - self.reference).mean(axis=1)
        return np.column_stack([ranks, shift])

    def _totals(self, values: Mapping[str, Array]) -> Ints:
        """Totals, shape (size, N); those of one draw have one scale, other draws may have others."""
        size = len(next(iter(values.values())))
        scores = self._scores(values, size)
        weights = np.broadcast_to(np.asarray(values.get("weights", self.parts)), (size, len(self.parts)))
        option = np.broadcast_to(np.asarray(values.get("normalisation", 0)), size)
        for number, name in enumerate(self.normalisations):
            _apply(scores, option == number, NORMALISATIONS[name])
        option = np.broadcast_to(np.asarray(values.get("aggregation", 0)), size)
        totals = np.empty(scores.shape[:2], dtype=np.int64)
        for number, aggregation in enumerate(self.aggregations):
            chosen = option == number
            totals[chosen] = AGGREGATIONS[aggregation](scores[chosen], weights[chosen])
        return totals

    def _scores(self, values: Mapping[str, Array], size: int) -> Floats:
        """Scores with the drawn values in them, whole numbers in floats, shape (size, N, K)."""
        scores = np.tile(self.middle.ravel(), (size, 1))
        for name, (at, lowest, widths) in self.unknown.items():
            scores[:, at] = lowest + np.rint(np.asarray(values[name]) * widths)
        return scores.reshape(size, *self.middle.shape)


def _uniforms(width: int) -> Sampler:
    return lambda count, rng: rng.random((count, width))


def _options(size: int) -> Sampler:
    return lambda count, rng: rng.integers(0, size, count)


def _check(
    table: Weighted, space: WeightSpace | None, normalisations: Sequence[str], aggregations: Sequence[str]
) -> None:
    _check_names("normalisation", normalisations, NORMALISATIONS)
    _check_names("aggregation", aggregations, AGGREGATIONS)
    criteria = table.shape[1]
    if space is not None and space.criteria != criteria:
        raise ValueError(f"a space of {criteria} weights was expected, one of {space.criteria} was given")
    greatest = max(FULL, *(int(np.abs(end).max()) for end in _in_points(table)))
    if greatest * (max(PARTS, int(table.parts.sum())) + criteria) >= EXACT:
        raise ValueError("scores are too large for exact totals")


def _in_points(table: Weighted) -> tuple[Ints, Ints]:
    """Lowest and highest scores, also where the table holds their logarithms."""
    return (table.low, table.high) if table.points is None else (table.points.low, table.points.high)


def _check_names(what: str, chosen: Sequence[str], known: Iterable[str]) -> None:
    if not chosen or set(chosen) - set(known) or len(set(chosen)) < len(chosen):
        raise ValueError(f"each {what} once, out of {', '.join(known)}, was expected, {list(chosen)} was found")


def _apply(scores: Floats, chosen: npt.NDArray[np.bool_], normalise: Callable[[Floats], Floats]) -> None:
    """Normalise the chosen draws in place."""
    if chosen.any():
        scores[chosen] = normalise(scores[chosen])


def _linear(scores: Floats, start: Floats, unit: Floats, origin: float, points: float) -> Floats:
    """origin + points x (scores - start) / unit in whole millionths, 50 points where the unit is 0."""
    flat = unit == 0
    scaled = np.rint(origin + points * (scores - start) / np.where(flat, 1, unit))
    return np.where(flat, FULL / 2, scaled)


def _min_max(scores: Floats) -> Floats:
    least = scores.min(axis=1, keepdims=True)
    return _linear(scores, least, scores.max(axis=1, keepdims=True) - least, 0, FULL)


def _z_score(scores: Floats) -> Floats:
    flat = scores.min(axis=1, keepdims=True) == scores.max(axis=1, keepdims=True)  # a rounded deviation may not be 0
    spread = np.where(flat, 0, scores.std(axis=1, keepdims=True))
    return _linear(scores, scores.mean(axis=1, keepdims=True), spread, FULL / 2, T_SPREAD)


def _rank_points(scores: Floats) -> Floats:
    size, count, criteria = scores.shape
    by_criterion = scores.transpose(0, 2, 1).reshape(-1, count).astype(np.int64)
    # Those strictly above, and those strictly below, leave equals in the middle of their places.
    above, below = row_ranks(by_criterion) - 1, row_ranks(-by_criterion) - 1
    points = np.rint(FULL * (0.5 + (below - above) / (2 * max(1, count - 1))))
    return points.reshape(size, criteria, count).transpose(0, 2, 1)


def _additive(scores: Floats, parts: Floats) -> Ints:
    return np.einsum("dnk,dk->dn", scores, parts).astype(np.int64)


def _geometric(scores: Floats, parts: Floats) -> Ints:
    shares = parts / parts.sum(axis=1, keepdims=True)
    logarithms = np.log(np.maximum(scores, FLOOR) / POINT)
    return np.rint(np.einsum("dnk,dk->dn", logarithms, shares) * LOG_UNIT).astype(np.int64)


# Scores of shape (size, N, K) to such scores, whole numbers in floats.
NORMALISATIONS: dict[str, Callable[[Floats], Floats]] = {
    "goalposts": lambda scores: scores,
    "min-max": _min_max,
    "z-score": _z_score,
    "rank": _rank_points,
}
# Scores of shape (size, N, K) and parts of shape (size, K) to totals of shape (size, N), comparable within a draw.
AGGREGATIONS: dict[str, Callable[[Floats, Floats], Ints]] = {"additive": _additive, "geometric": _geometric}
