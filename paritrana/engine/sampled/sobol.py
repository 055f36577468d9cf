"""Grouped Sobol indices by sampling, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from paritrana.engine.sampled.shares import CONFIDENCE
from paritrana.engine.scores import Floats, Ints

BATCHES = 128  # sums kept apart for the bootstrap


# Draws evaluated at once, with one random stream. Not the block of `draws`: each of these is evaluated twice and once
# for every group, and another size would give other numbers.
BLOCK = 512


RESAMPLES = 1000  # of the bootstrap


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


def sobol(
    function: Model, groups: Mapping[str, Sampler], *, draws: int, seed: int, confidence: float = CONFIDENCE
) -> Sobol:
    """Indices of `function`, which takes an array of each group's values and gives outputs (count,) or (count, Q).

    Each group draws its values by itself, independent of the others: a function of a count and a random generator
    that gives an array of that length. Takes `draws` x (G + 2) evaluations. Raises ValueError where there is no group,
    or where there are less than two draws.

    >>> def uniform(count, rng):
    ...     return rng.random(count)
    >>> found = sobol(lambda v: v["a"] + 2 * v["b"], {"a": uniform, "b": uniform}, draws=4096, seed=1)
    >>> found.first.round(1)  # variances of 1 : 4
    array([[0.2],
           [0.8]])
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
