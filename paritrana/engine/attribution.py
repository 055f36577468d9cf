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
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from paritrana.engine.acceptability import EXACT, PARTS, row_ranks
from paritrana.engine.scores import FULL, POINT, Floats, Ints
from paritrana.engine.spaces import Region

BATCHES = 128  # sums kept apart for the bootstrap
BLOCK = 512  # draws evaluated at once
RESAMPLES = 1000  # of the bootstrap
CONFIDENCE = 0.95  # of its intervals
FLOOR = POINT  # the least score in a geometric mean, in which a zero would leave no difference between others
T_SPREAD = 10 * POINT  # points per standard deviation of a z-score, about 50 points (McCall's T-score)
LOG_UNIT = 10**12  # logarithms are rounded to this, so that equal geometric means are equal

Normalisation = Literal["goalposts", "min-max", "z-score", "rank"]
Aggregation = Literal["additive", "geometric"]
Array = npt.NDArray[Any]
Sampler = Callable[[int, np.random.Generator], Array]  # (count, rng) -> (count, ...)
Model = Callable[[Mapping[str, Array]], Floats]  # group -> (count, ...), to outputs of shape (count, Q)


@dataclass(frozen=True, eq=False)
class Sobol:
    """First-order and total indices of G groups for Q outputs, each array of shape (G, Q).

    `first_low`, `first_high`, `total_low` and `total_high` are the ends of a bootstrap interval of the given
    `confidence`, for each index by itself. An index may be estimated slightly below 0 or above 1. It is NaN where the
    output never changes, and so is its interval where the output changes too seldom. `mean` and `standard_error` (Q,)
    are of the output itself, over its 2 x `draws` independent values; `evaluations` counts all that were made,
    `draws` x (G + 2).
    """

    groups: tuple[str, ...]
    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats
    mean: Floats
    standard_error: Floats
    draws: int
    evaluations: int
    seed: int
    confidence: float


@dataclass(frozen=True, eq=False)
class RankAttribution:
    """What moves the ranks of N alternatives: `rank` has an output for each, `shift` one, the average shift.

    `reference` (N,) is the ranking that shifts are counted from: the given weights, the middle of every interval, the
    first normalisation and aggregation. `shift.mean[0]` is the average shift itself, with `shift.standard_error[0]`.
    """

    reference: Ints
    rank: Sobol
    shift: Sobol


def sobol(
    function: Model, groups: Mapping[str, Sampler], *, draws: int, seed: int, confidence: float = CONFIDENCE
) -> Sobol:
    """Indices of `function`, which takes an array of each group's values and gives outputs (count,) or (count, Q).

    Each group draws its values by itself, independent of the others: a function of a count and a random generator
    that gives an array of that length. Takes `draws` x (G + 2) evaluations. Raises ValueError where there is no group,
    or where there are less than two draws.
    """
    if not groups:
        raise ValueError("at least one group of inputs that vary was expected")
    if draws < 2:
        raise ValueError(f"at least two draws were expected, {draws} were asked for")
    sums, origin = _batch_sums(function, groups, draws, seed)
    first, total, mean, variance = _indices(sums.sum(axis=0, keepdims=True))
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1]))
    chosen = rng.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), RESAMPLES)
    ends = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = np.quantile(_bootstrap(sums, chosen), ends, axis=1)
    return Sobol(
        groups=tuple(groups),
        first=first[0],
        first_low=low[0],
        first_high=high[0],
        total=total[0],
        total_low=low[1],
        total_high=high[1],
        mean=mean[0] + origin,
        standard_error=np.sqrt(variance[0] / (2 * draws)),
        draws=draws,
        evaluations=draws * (len(groups) + 2),
        seed=seed,
        confidence=confidence,
    )


def _bootstrap(sums: Floats, chosen: Ints) -> Floats:
    """First-order and total indices of each resample, shape (2, RESAMPLES, G, Q)."""
    parts = np.array_split(chosen, max(1, chosen.shape[0] * sums[0].size // 2**21))  # not all resamples' sums at once
    return np.concatenate([_indices(np.tensordot(part, sums, 1))[:2] for part in parts], axis=1)


def _batch_sums(function: Model, groups: Mapping[str, Sampler], draws: int, seed: int) -> tuple[Floats, Floats]:
    """Sums over batches of draws, shape (batches, 3 + 3 G, Q): what `_indices` needs.

    Outputs are counted from an origin (Q,), the first of them: it cancels, large means cost no digits, and an output
    that never changes has no variance at all.
    """
    count = min(BATCHES, draws)
    batch = np.arange(draws) * count // draws
    made, origin = np.zeros(0), np.zeros(0)
    for block, stream in enumerate(np.random.SeedSequence(seed).spawn(-(-draws // BLOCK))):
        mine = batch[block * BLOCK : (block + 1) * BLOCK]
        first, second = _two_draws(groups, len(mine), np.random.default_rng(stream))
        one, other = _outputs(function, first), _outputs(function, second)
        mixed = [_outputs(function, {**first, name: second[name]}) for name in groups]
        if block == 0:
            origin, made = one[0], np.zeros((count, 3 + 3 * len(groups), one.shape[1]))
        terms = _terms(one - origin, other - origin, [each - origin for each in mixed])
        present, starts = np.unique(mine, return_index=True)
        made[present] += np.add.reduceat(terms, starts, axis=0)
    return made, origin


def _two_draws(
    groups: Mapping[str, Sampler], size: int, rng: np.random.Generator
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Two independent draws of all groups; a whole block each, so that more draws continue fewer."""
    drawn = {name: sampler(2 * BLOCK, rng) for name, sampler in groups.items()}
    return (
        {name: values[:size] for name, values in drawn.items()},
        {name: values[BLOCK : BLOCK + size] for name, values in drawn.items()},
    )


def _outputs(function: Model, values: Mapping[str, Array]) -> Floats:
    """Outputs as an array of shape (size, Q)."""
    made = np.asarray(function(values), dtype=float)
    return made[:, None] if made.ndim == 1 else made


def _terms(one: Floats, other: Floats, mixed: Sequence[Floats]) -> Floats:
    """What is summed over draws, shape (size, 3 + 3 G, Q)."""
    rows = [np.ones_like(one), one + other, one**2 + other**2]
    for each in mixed:
        rows += [other * (each - one), each - one, (each - one) ** 2]
    return np.stack(rows, axis=1)


def _indices(sums: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """First-order and total indices (R, G, Q), mean and variance (R, Q), of R sets of sums (R, 3 + 3 G, Q)."""
    count = sums[:, 0]
    mean = sums[:, 1] / (2 * count)
    variance = np.maximum(sums[:, 2] / (2 * count) - mean**2, 0)
    scale = (count * variance)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):  # no variance: NaN
        first = (sums[:, 3::3] - mean[:, None] * sums[:, 4::3]) / scale
        total = sums[:, 5::3] / (2 * scale)
    return first, total, mean, variance * (2 * count) / (2 * count - 1)


def rank_attribution(
    low: Ints,
    high: Ints,
    parts: Ints,
    region: Region | None = None,
    *,
    conflicts: npt.NDArray[np.bool_] | None = None,
    normalisations: Sequence[Normalisation] = ("goalposts",),
    aggregations: Sequence[Aggregation] = ("additive",),
    draws: int,
    seed: int,
    confidence: float = CONFIDENCE,
) -> RankAttribution:
    """Which choices move the ranks of alternatives whose criterion scores lie in [low, high], both shape (N, K).

    Groups, each only where there is something to vary: `weights` (drawn from `region`; `parts`, shape (K,), are the
    reference's), `missing values` (intervals), `conflicting sources` (intervals flagged in `conflicts`, shape (N, K)),
    `normalisation` and `aggregation` (each of those named equally likely; the first is the reference's).

    Normalisations of the scores among the alternatives of a draw: `goalposts` leaves them as they are; `min-max` gives
    0 to the least and 100 points to the greatest; `z-score` 50 points to the mean and 10 to a standard deviation;
    `rank` 100 points to the first and 0 to the last, in equal steps, the mean of their steps to equals. A criterion on
    which all are equal gives 50 points to each. Under `geometric` a score below 1 point counts as 1.
    """
    model = _Ranking.of(low, high, parts, region, conflicts, tuple(normalisations), tuple(aggregations))
    made = sobol(model.outputs, model.groups(region), draws=draws, seed=seed, confidence=confidence)
    count = len(low)
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
        low: Ints,
        high: Ints,
        parts: Ints,
        region: Region | None,
        conflicts: npt.NDArray[np.bool_] | None,
        normalisations: tuple[Normalisation, ...],
        aggregations: tuple[Aggregation, ...],
    ) -> _Ranking:
        """Raises ValueError where the choices are not known or totals would not be exact."""
        _check(low, high, parts, region, normalisations, aggregations)
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

    def groups(self, region: Region | None) -> dict[str, Sampler]:
        """How each group that varies is drawn."""
        groups: dict[str, Sampler] = {}
        if region is not None:
            groups["weights"] = lambda count, rng: np.rint(region.draw(count, rng) * PARTS)
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
    low: Ints,
    high: Ints,
    parts: Ints,
    region: Region | None,
    normalisations: Sequence[str],
    aggregations: Sequence[str],
) -> None:
    _check_names("normalisation", normalisations, NORMALISATIONS)
    _check_names("aggregation", aggregations, AGGREGATIONS)
    if region is not None and region.criteria != low.shape[1]:
        raise ValueError(f"a region of {low.shape[1]} weights was expected, one of {region.criteria} was given")
    greatest = max(FULL, int(np.abs(low).max(initial=0)), int(np.abs(high).max(initial=0)))
    if greatest * (max(PARTS, int(parts.sum())) + len(parts)) >= EXACT:
        raise ValueError("scores are too large for exact totals")


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
