"""How good the estimates are: what was left out of them, against what was recorded or announced.

Recorded values are left out one by one (a region's value of an indicator in one year; its other years, and all other
regions, stay). Announced places are never in: no estimate knows of an award. Every score is set beside that of
*plausible*, places beside those of equal chances too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from paritrana import paths
from paritrana.analysis.contests import Contest, contests
from paritrana.analysis.forecast import frozen_scores
from paritrana.analysis.inputs import of_everything, of_rubric
from paritrana.analysis.kept import key_for, once
from paritrana.analysis.known import bundled_years
from paritrana.analysis.modelled import estimates_from
from paritrana.analysis.store import estimates_under
from paritrana.digests import digest
from paritrana.engine.scores import Floats
from paritrana.engine.verification import (
    bootstrap_error,
    crps_of_draws,
    crps_uniform,
    interval_score,
    ranked_probability,
)
from paritrana.estimation.estimates import Estimates
from paritrana.indicators import gaps
from paritrana.indicators.catalogue import COVERAGE, GROWTH, NON_ASN, VULNERABLE
from paritrana.indicators.nation import Nation, survey_years
from paritrana.parameters.page import Defaults, book_rubric, strength_under
from paritrana.parameters.rubric import rubric_path
from paritrana.record.tables import Tables
from paritrana.record.years import YEARS

TESTED = (COVERAGE.id, VULNERABLE.id, GROWTH.id, NON_ASN.id)
LEVELS = {"inside50": 0.5, "inside80": 0.8, "inside90": 0.9}
WIDEST = 0.9  # the level of the range that is scored
TOTAL = "total"
Report = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Left:
    """Values of one indicator in one year, (n,), each as if it were not recorded.

    `draws` (n, D) are what the estimates say of each, `low` and `high` (n,) what is *plausible*.
    """

    indicator: str
    year: int
    value: Floats
    draws: Floats
    low: Floats
    high: Floats

    @property
    def reach(self) -> Floats:
        """The level of the narrowest central range of the draws that holds each value, (n,)."""
        return np.abs(2 * (self.draws < self.value[:, None]).mean(axis=1) - 1)

    @property
    def reach_plausible(self) -> Floats:
        """The same of the uniform distribution on the *plausible* range; infinite beyond it."""
        middle, half = (self.low + self.high) / 2, (self.high - self.low) / 2
        level = np.abs(self.value - middle) / np.where(half > 0, half, 1)
        made: Floats = np.where((level <= 1) & (half > 0), level, np.inf)
        return made


@dataclass(frozen=True, eq=False)
class BackTest:
    """All that was left out: recorded values by indicator and year, and announced results by `all` and `nominees`."""

    years: tuple[int, ...]
    seed: int
    left: tuple[Left, ...]
    contests: Mapping[str, Sequence[Contest]]


def leave_out(
    nations: Mapping[int, Nation], estimates: Estimates, years: Sequence[int], defaults: Defaults
) -> BackTest:
    """Leave out each recorded value, and each announced result, of some years; `nations` are those of all years."""
    rubric = book_rubric(rubric_path(defaults.rubric))
    told: dict[str, list[Contest]] = {"all": [], "nominees": []}
    for year in years:
        for group, contest in contests(nations[year], estimates, rubric, defaults):
            told[group].append(contest)
    wanted = {year: nations[year] for year in years}
    left = [one for name in TESTED for one in _left_out(name, wanted, estimates)]
    return BackTest(tuple(years), defaults.seed, tuple(left), told)


def bundled_backtest(defaults: Defaults) -> BackTest:
    """All of the bundled record left out, for the pages of all languages; kept, if there is where."""
    rubric = defaults.rubric
    read = json.dumps([rubric, defaults.draws, defaults.seed])
    return once(
        paths.ANALYSES / f"backtest-{digest(read)}.pickle",
        key_for(__name__, {"parameters": read, "rubric": of_rubric(rubric), **of_everything(rubric)}),
        lambda: leave_out(bundled_years(rubric), estimates_under(rubric), YEARS, defaults),
    )


def _left_out(name: str, nations: Mapping[int, Nation], estimates: Estimates) -> Iterator[Left]:
    """The values of an indicator, by year."""
    left = estimates.left_out(name)
    for year, nation in nations.items():
        here = (left.rows["year"] == year).to_numpy()
        rows = left.rows[here]
        if len(rows):
            low, high = gaps.plausible_without(nation.recorded, year, list(rows["region_code"]), name).to_numpy().T
            yield Left(name, year, rows["value"].to_numpy(np.float64), left.draws[here], low, high)


def backtest(tables: Tables, years: Sequence[int], defaults: Defaults) -> Report:
    """All scores as plain numbers, by indicator and year, and by candidates and year (see book/method.md)."""
    strength = strength_under(defaults.rubric)
    nations = survey_years(tables, YEARS, strength)
    told = report(leave_out(nations, estimates_from(nations), years, defaults))
    return {**told, "frozen": frozen_scores(tables)}


def report(told: BackTest) -> Report:
    """The scores of what was left out."""
    made: Report = {name: {} for name in TESTED}
    for left in told.left:
        made[left.indicator][str(left.year)] = ranges(left)
    groups, years, seed = told.contests.items(), told.years, told.seed
    return {
        "ranges": made,
        "first_place": {name: _by_year(group, years, first_place, seed) for name, group in groups},
        "podium": {name: _by_year(group, years, podium, seed) for name, group in groups},
        "assumption": "modelled",
        "years": list(years),
        "seed": seed,
    }


def ranges(left: Left) -> Report:
    """Scores of the ranges of one indicator's values of a year."""
    value = left.value
    ends = {at: np.quantile(left.draws, [(1 - at) / 2, (1 + at) / 2], axis=1) for at in LEVELS.values()}
    inside = {key: float(((ends[at][0] <= value) & (value <= ends[at][1])).mean()) for key, at in LEVELS.items()}
    tail = (left.high - left.low) * (1 - WIDEST) / 2  # of a uniform distribution
    least, most = ends[WIDEST]
    return {
        "n": len(value),
        **inside,
        "interval_score": float(interval_score(least, most, value, WIDEST).mean()),
        "interval_score_plausible": float(interval_score(left.low + tail, left.high - tail, value, WIDEST).mean()),
        "crps": float(crps_of_draws(left.draws, value).mean()),
        "crps_plausible": float(crps_uniform(left.low, left.high, value).mean()),
    }


def _by_year(
    contests: Sequence[Contest], years: Sequence[int], score: Callable[[Sequence[Contest], int], Report], seed: int
) -> Report:
    """The scores of each year's contests and of all together."""
    groups = {str(year): [contest for contest in contests if contest.year == year] for year in years}
    return {name: score(group, seed) for name, group in {**groups, TOTAL: list(contests)}.items()}


def first_place(contests: Sequence[Contest], seed: int) -> Report:
    """Mean logarithmic and Brier score of the announced first place, where one is announced (alone)."""
    told = [contest for contest in contests if contest.winner]
    if not told:
        return {"n": 0}
    chance = np.array([1 / len(contest.candidates) for contest in told])
    own, other = (np.array([_of_winner(contest, shares(contest)) for contest in told]) for shares in (_own, _plausible))
    return {
        "n": len(told),
        "log_score": float(np.log(own).mean()),
        "log_score_plausible": float(np.log(other).mean()),
        "chance": float(np.log(chance).mean()),
        "error": bootstrap_error(np.log(own) - np.log(chance), seed),
        "brier": float(np.mean([_brier(contest, contest.shares) for contest in told])),
        "brier_plausible": float(np.mean([_brier(contest, contest.plausible) for contest in told])),
        "brier_chance": float((1 - chance).mean()),
    }


def podium(contests: Sequence[Contest], seed: int) -> Report:
    """Mean ranked probability score of the announced places: over the places of a contest, then over contests."""
    if not contests:
        return {"n": 0}
    own, other, chance = (
        np.array([_ranked(contest, shares(contest)) for contest in contests]) for shares in (_own, _plausible, _equal)
    )
    return {
        "n": len(contests),
        "ranked_probability_score": float(own.mean()),
        "ranked_probability_score_plausible": float(other.mean()),
        "chance": float(chance.mean()),
        "error": bootstrap_error(own - chance, seed),
    }


def _own(contest: Contest) -> Floats:
    return contest.shares


def _plausible(contest: Contest) -> Floats:
    return contest.plausible


def _equal(contest: Contest) -> Floats:
    """Equal chances of every rank."""
    count = len(contest.candidates)
    return np.full((count, count), 1 / count)


def _of_winner(contest: Contest, shares: Floats) -> float:
    """The probability that was given to the announced first."""
    return float(contest.firsts(shares)[contest.candidates.index(str(contest.winner))])


def _brier(contest: Contest, shares: Floats) -> float:
    """Sum of the squared errors of the probabilities of the first place (Brier 1950)."""
    came = np.array([code == contest.winner for code in contest.candidates], dtype=float)
    return float(((contest.firsts(shares) - came) ** 2).sum())


def _ranked(contest: Contest, shares: Floats) -> float:
    """Mean ranked probability score of the announced places of a contest."""
    at = [contest.candidates.index(code) for code in contest.podium]
    return float(ranked_probability(shares[at], np.array(list(contest.podium.values()))).mean())


def sentences(report: Report) -> Iterator[str]:
    """The report in lines for a terminal."""
    for name, by_year in report["ranges"].items():
        for year, row in by_year.items():
            yield (
                f"{name} {year}: 90 % ranges hold {row['inside90']:.1%} of {row['n']} left-out values; interval score "
                f"{_beside(row, 'interval_score', 3)}), crps {_beside(row, 'crps', 4)})"
            )
    for what, score in (("first_place", "log_score"), ("podium", "ranked_probability_score")):
        for name, by_year in report[what].items():
            for year, row in by_year.items():
                if row["n"]:
                    yield (
                        f"{what} among {name}, {year}: {row['n']} results, {score} {_beside(row, score, 3)}, "
                        f"chance {row['chance']:.3f} with an error of {row['error']:.3f})"
                    )
    for year, row in report["frozen"].items():
        yield _of_frozen(year, row)


def _of_frozen(year: str, row: Report) -> str:
    """A frozen forecast in a line for a terminal."""
    begun = f"forecast of {year}, frozen on {row['dated']}: {row['n']} results so far"
    if not row["n"]:
        return begun
    error = f" with an error of {row['error']:.3f}" if "error" in row else ""
    return f"{begun}, log_score {row['log_score']:.3f}, chance {row['chance']:.3f}{error}"


def _beside(row: Report, score: str, decimals: int) -> str:
    """A score and, in an open bracket, that of the plausible ranges."""
    return f"{row[score]:.{decimals}f} (plausible {row[f'{score}_plausible']:.{decimals}f}"
