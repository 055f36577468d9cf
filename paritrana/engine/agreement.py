"""Scenarios side by side: how alike their rankings are, and who moves between them.

Kendall's tau-b (Kendall 1945, which takes ties into account), Spearman's rho (ranks of ties averaged) and the
weighted tau of Vigna (2015), in which exchanges near the top count more: hyperbolic weights, by both rankings in turn.
All are 1 for the same order and -1 for the reverse; they describe the rankings given and have no sampling error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from paritrana.engine.ranks import ranks as ranks_of
from paritrana.engine.scores import Floats, Ints


@dataclass(frozen=True, eq=False)
class Comparison:
    """S scenarios for N alternatives.

    `ranks` (S, N); `kendall`, `spearman` and `weighted` (S, S) are symmetric, with NaN where a scenario ranks all
    alternatives equal.
    """

    names: tuple[str, ...]
    ranks: Ints
    kendall: Floats
    spearman: Floats
    weighted: Floats

    def movers(self, before: str, after: str, alternatives: Sequence[str], most: int | None = None) -> list[Mover]:
        """Who has another rank in scenario `after` than in `before`: the largest moves first, at most `most`.

        Moves of one size stand in the order of the ranks before, then of the alternatives.
        """
        start, end = (self.ranks[self._position(name)].tolist() for name in (before, after))
        moved = [Mover(*each) for each in zip(alternatives, start, end, strict=True) if each[1] != each[2]]
        return sorted(moved, key=lambda mover: (-abs(mover.change), mover.before))[:most]

    def _position(self, name: str) -> int:
        if name not in self.names:
            raise ValueError(f"one of the scenarios {', '.join(self.names)} was expected, {name} was found")
        return self.names.index(name)


@dataclass(frozen=True)
class Mover:
    """An alternative with its ranks before and after; `change` is negative where it rises."""

    alternative: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """Places lost (positive) or won (negative)."""
        return self.after - self.before


def compare(scenarios: Mapping[str, Ints | Floats], *, of: Literal["ranks", "totals"] = "ranks") -> Comparison:
    """Compare scenarios by their ranks (1 is best) or totals (higher is better), each of shape (N,).

    Raises ValueError where there is no scenario, or where they rank different numbers of alternatives.

    >>> found = compare({"even": np.array([1, 2, 3]), "other": np.array([1, 3, 2])})
    >>> float(found.kendall[0, 1].round(2))  # (2 - 1) / 3
    0.33
    """
    if len({len(values) for values in scenarios.values()}) != 1:
        raise ValueError("scenarios of the same alternatives were expected, all of one length")
    values = np.array(list(scenarios.values()))
    if np.isnan(values).any():
        raise ValueError("a rank or a total of every alternative was expected, NaN was found")
    strength = -values if of == "ranks" else values
    return Comparison(
        names=tuple(scenarios),
        ranks=values.astype(np.int64) if of == "ranks" else np.array([ranks_of(each) for each in values]),
        kendall=_pairs(strength, lambda one, other: stats.kendalltau(one, other).statistic),
        spearman=_pairs(strength, _spearman),
        weighted=_pairs(strength, _weighted),
    )


def _pairs(strength: Floats, measure: Callable[[Floats, Floats], float]) -> Floats:
    """A symmetric measure of each pair of rows, shape (S, S)."""
    count = len(strength)
    made = np.empty((count, count))
    for row in range(count):
        for column in range(row + 1):
            made[row, column] = made[column, row] = measure(strength[row], strength[column])
    return made


def _spearman(one: Floats, other: Floats) -> float:
    if _flat(one) or _flat(other):  # SciPy warns
        return float("nan")
    return float(stats.spearmanr(one, other).statistic)


def _weighted(one: Floats, other: Floats) -> float:
    if _flat(one) or _flat(other):  # SciPy would break the ties, by position in the second ranking
        return float("nan")
    return float(stats.weightedtau(one, other).statistic)


def _flat(values: Floats) -> bool:
    return bool((values == values[0]).all())
