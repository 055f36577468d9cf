"""How good the estimates are: what was left out of them, against what was recorded or announced.

Recorded values are left out one by one (a region's value of an indicator in one year; its other years, and all other
regions, stay). Announced places are never in: no estimate knows of an award. Every score is set beside that of
*plausible*, places beside those of equal chances too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from paritrana.analysis.known import ProvinceRecord, record
from paritrana.analysis.modelled import Modelled, estimates_of, modelled
from paritrana.analysis.ranking import province_values, scores_of
from paritrana.analysis.scoring import ranked_scores
from paritrana.engine.acceptability import acceptability, acceptability_of_sample
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
from paritrana.parameters.page import Defaults, book_rubric, province, province_codes
from paritrana.parameters.rubric import Rubric, rubric_path, strength_of
from paritrana.record.tables import Tables

TESTED = (COVERAGE.id, VULNERABLE.id, GROWTH.id, NON_ASN.id)
LEVELS = {"inside50": 0.5, "inside80": 0.8, "inside90": 0.9}
WIDEST = 0.9  # the level of the range that is scored
TOTAL = "total"
Report = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Contest:
    """One announced result and the probabilities that were given to it.

    `candidates` are N codes, `podium` the announced places of some; `shares` and `plausible` (N, N) are the
    probabilities of each rank under random weights, from estimates and from *plausible* ranges, of so many `draws`.
    """

    year: int
    candidates: tuple[str, ...]
    podium: Mapping[str, int]
    shares: Floats
    plausible: Floats
    draws: int

    @property
    def winner(self) -> str:
        """The announced first."""
        return next(code for code, place in self.podium.items() if place == 1)


def backtest(tables: Tables, years: Sequence[int], defaults: Defaults) -> Report:
    """All scores as plain numbers, by indicator and year, and by candidates and year (see book/method.md)."""
    rubric = book_rubric(rubric_path(defaults.rubric))
    strength = strength_of(rubric)
    nations = survey_years(tables, years, strength)
    estimates = estimates_of(tables, strength)
    contests: dict[str, list[Contest]] = {"all": [], "nominees": []}
    for year in years:
        for code in province_codes():
            params = province(code, {**defaults.model_dump(), "year": year})
            known = record(params, nations[year])
            for group, contest in _contests(known, estimates, rubric):
                contests[group].append(contest)
    return {
        "ranges": {name: ranges(name, nations, estimates) for name in TESTED},
        "first_place": {name: _by_year(group, years, first_place, defaults.seed) for name, group in contests.items()},
        "podium": {name: _by_year(group, years, podium, defaults.seed) for name, group in contests.items()},
        "assumption": "modelled",
        "years": list(years),
        "seed": defaults.seed,
    }


def _contests(known: ProvinceRecord, estimates: Estimates, rubric: Rubric) -> Iterator[tuple[str, Contest]]:
    """The announced result of a province among all regions, and among its nominees where there is a list."""
    if not known.podium:
        return
    model, values = modelled(estimates, known), province_values(known)
    yield "all", _contest(known, tuple(known.regions.index), model, values, rubric)
    if set(known.nominees) > set(known.podium):
        yield "nominees", _contest(known, known.nominees, model, values, rubric)


def _contest(
    known: ProvinceRecord, candidates: tuple[str, ...], model: Modelled, values: pd.DataFrame, rubric: Rubric
) -> Contest:
    """The probabilities of ranks among these candidates, the interview left out."""
    params = known.params
    criteria = [criterion for criterion in rubric.criteria if criterion.indicator is not None]
    sample = ranked_scores(rubric, model.scores(rubric, criteria, candidates))
    low, high, _ = scores_of(rubric, values, candidates, criteria)
    least, most = ranked_scores(rubric, low), ranked_scores(rubric, high)
    return Contest(
        year=params.year,
        candidates=candidates,
        podium=known.podium,
        shares=acceptability_of_sample(sample, draws=params.draws, seed=params.seed).share,
        plausible=acceptability(least, most, draws=params.draws, seed=params.seed).share,
        draws=params.draws,
    )


def ranges(name: str, nations: Mapping[int, Nation], estimates: Estimates) -> Report:
    """Scores of the ranges of an indicator, by year."""
    left = estimates.left_out(name)
    made = {}
    for year, nation in nations.items():
        here = (left.rows["year"] == year).to_numpy()
        if here.any():
            made[str(year)] = _year_of_ranges(name, left.rows[here], left.draws[here], nation)
    return made


def _year_of_ranges(name: str, rows: pd.DataFrame, draws: Floats, nation: Nation) -> Report:
    """Scores of the ranges of one year's left-out values."""
    value = rows["value"].to_numpy(np.float64)
    ends = {level: np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=1) for level in LEVELS.values()}
    inside = {key: float(((ends[at][0] <= value) & (value <= ends[at][1])).mean()) for key, at in LEVELS.items()}
    low, high = _plausible_without(name, list(rows["region_code"]), nation)
    tail = (high - low) * (1 - WIDEST) / 2  # of a uniform distribution
    least, most = ends[WIDEST]
    return {
        "n": len(rows),
        **inside,
        "interval_score": float(interval_score(least, most, value, WIDEST).mean()),
        "interval_score_plausible": float(interval_score(low + tail, high - tail, value, WIDEST).mean()),
        "crps": float(crps_of_draws(draws, value).mean()),
        "crps_plausible": float(crps_uniform(low, high, value).mean()),
    }


def _plausible_without(name: str, regions: Sequence[str], nation: Nation) -> tuple[Floats, Floats]:
    """The *plausible* range of each region if its own value of the year were not recorded."""
    ends = []
    for code in regions:
        without = dict(nation.recorded)
        without[nation.year] = without[nation.year].drop((code, name))
        spread = gaps.spreads(without, [name])
        row = gaps.plausible(without, spread, nation.year, [code], [name]).iloc[0]
        ends.append((float(row["low"]), float(row["high"])))
    low, high = np.array(ends).T
    return low, high


def _by_year(
    contests: Sequence[Contest], years: Sequence[int], score: Callable[[Sequence[Contest], int], Report], seed: int
) -> Report:
    """The scores of each year's contests and of all together."""
    groups = {str(year): [contest for contest in contests if contest.year == year] for year in years}
    return {name: score(group, seed) for name, group in {**groups, TOTAL: list(contests)}.items()}


def first_place(contests: Sequence[Contest], seed: int) -> Report:
    """Mean logarithmic and Brier score of the announced first place, where one is announced (alone)."""
    told = [contest for contest in contests if list(contest.podium.values()).count(1) == 1]
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


def _firsts(contest: Contest, shares: Floats) -> Floats:
    """Probabilities of the first place, (N,), that sum to one; half a draw more for each, so that none is nil."""
    counts = shares[:, 0] * contest.draws + 0.5
    made: Floats = counts / counts.sum()
    return made


def _of_winner(contest: Contest, shares: Floats) -> float:
    """The probability that was given to the announced first."""
    return float(_firsts(contest, shares)[contest.candidates.index(contest.winner)])


def _brier(contest: Contest, shares: Floats) -> float:
    """Sum of the squared errors of the probabilities of the first place (Brier 1950)."""
    came = np.array([code == contest.winner for code in contest.candidates], dtype=float)
    return float(((_firsts(contest, shares) - came) ** 2).sum())


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


def _beside(row: Report, score: str, decimals: int) -> str:
    """A score and, in an open bracket, that of the plausible ranges."""
    return f"{row[score]:.{decimals}f} (plausible {row[f'{score}_plausible']:.{decimals}f}"
