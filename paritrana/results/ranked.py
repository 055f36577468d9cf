"""The rows about rankings: scores, ranks, how sure they are, and what would have to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from paritrana.analysis.depth import Depth
from paritrana.analysis.province import ProvinceAnalysis
from paritrana.analysis.ranking import Ranking
from paritrana.engine.inverse import Reproduction
from paritrana.engine.sampled.shares import Acceptability
from paritrana.engine.scores import POINT
from paritrana.engine.stability import NOBODY, Span
from paritrana.results import rows
from paritrana.results.numbers import fractions, plain


@dataclass(frozen=True)
class Subject:
    """A ranking, what is exact about it, the columns that name it, and the announced places (code -> rank)."""

    key: Mapping[str, Any]
    ranking: Ranking
    depth: Depth | None
    podium: Mapping[str, int]

    @property
    def regions(self) -> Iterator[tuple[int, str, bool]]:
        """Each region's position and code, and whether anything is recorded of it."""
        for at, code in enumerate(self.ranking.regions):
            yield at, code, bool(self.ranking.rank[at])

    @property
    def reproductions(self) -> dict[rows.Ends, Reproduction]:
        """Whether the announced podium is possible, by how values are taken; empty where that cannot be asked."""
        found = self.depth.reproduction if self.depth else None
        return {"middle": found[0], "free": found[1]} if found else {}


def tables(analysis: ProvinceAnalysis) -> dict[str, Any]:
    """The tables about the rankings of a deep analysis: name -> rows."""
    subjects = [
        Subject({"candidates": key[0], "assumption": key[1]}, ranking, analysis.depths.get(key), analysis.podium)
        for key, ranking in analysis.rankings.items()
    ]
    deep = [(subject, subject.depth) for subject in subjects if subject.depth]
    made = {name: tuple(row for subject in subjects for row in make(subject)) for name, make in MAKERS.items()}
    return made | {name: tuple(row for pair in deep for row in make(*pair)) for name, make in EXACT.items()}


def _rankings(of: Subject) -> Iterator[rows.Ranking]:
    ranking = of.ranking
    for at, code, recorded in of.regions:
        yield rows.Ranking(
            **of.key,
            region_code=code,
            recorded=recorded,
            score_low=float(ranking.total_low[at]),
            score_middle=float(ranking.total_middle[at]) if recorded else None,
            score_high=float(ranking.total_high[at]),
            rank=int(ranking.rank[at]) if recorded else None,
            **_exact(of, at, recorded),
            gaps_best=int(ranking.best[at]),
            gaps_worst=int(ranking.worst[at]),
            **_expected("any", ranking.any_weights, at),
            **_expected("own", ranking.own_weights, at),
        )


def _exact(of: Subject, at: int, recorded: bool) -> dict[str, Any]:
    """Ranks under any weights, with any values and at the middle; nothing where no exact method was asked."""
    if of.depth is None:
        return dict.fromkeys(("rank_best", "rank_worst", "rank_proved", "weights_best", "weights_worst"))
    both, weights = of.depth.split.both, of.depth.split.weights
    proved = both.best_proved & both.worst_proved & weights.best_proved & weights.worst_proved
    return {
        "rank_best": int(both.best[at]),
        "rank_worst": int(both.worst[at]),
        "rank_proved": bool(proved[at]) and not of.ranking.bounded,
        "weights_best": int(weights.best[at]) if recorded else None,
        "weights_worst": int(weights.worst[at]) if recorded else None,
    }


def _expected(weights: str, chances: Acceptability, at: int) -> dict[str, Any]:
    """Mean rank, its error, and the ranks between which 90 % of the draws lie."""
    low, high = chances.rank_interval()
    return {
        f"{weights}_expected_rank": float(chances.expected_rank[at]),
        f"{weights}_expected_rank_error": float(chances.expected_rank_error[at]),
        f"{weights}_rank_low": int(low[at]),
        f"{weights}_rank_high": int(high[at]),
    }


def _scores(of: Subject) -> Iterator[rows.Score]:
    for at, code, _ in of.regions:
        for column, name in enumerate(of.ranking.criteria):
            low, high = float(of.ranking.low[at, column]), float(of.ranking.high[at, column])
            yield rows.Score(**of.key, region_code=code, criterion=name, low=low, high=high)


def _acceptability(of: Subject) -> Iterator[rows.Acceptabilities]:
    sampled: dict[rows.Weights, Acceptability] = {"any": of.ranking.any_weights, "own": of.ranking.own_weights}
    for weights, chances in sampled.items():
        error = chances.standard_error
        for at, code, _ in of.regions:
            yield rows.Acceptabilities(
                **of.key,
                weights=weights,
                region_code=code,
                acceptability=tuple(chances.share[at].tolist()),
                acceptability_standard_error=tuple(error[at].tolist()),
            )


def _analyses(of: Subject) -> Iterator[rows.Analysis]:
    ranking, shift = of.ranking, of.depth.attribution.shift if of.depth else None
    yield rows.Analysis(
        **of.key,
        regions=len(ranking.regions),
        criteria=ranking.criteria,
        left_out=ranking.left_out,
        not_rankable=ranking.not_rankable,
        any_sampler=ranking.any_weights.sampler,
        any_ties_for_first=int(ranking.any_weights.ties_for_first),
        own_ties_for_first=int(ranking.own_weights.ties_for_first),
        average_shift=float(shift.mean[0]) if shift else None,
        average_shift_error=float(shift.standard_error[0]) if shift else None,
        attribution_draws=shift.draws if shift else None,
    )


def _weight_intervals(of: Subject, depth: Depth) -> Iterator[rows.WeightInterval]:
    found = depth.stability
    spans: dict[rows.Stays, Span] = {"leader": found.leader, "podium": found.podium, "any": found.ranking}
    for at, name in enumerate(of.ranking.criteria):
        for stays, span in spans.items():
            yield rows.WeightInterval(
                **of.key, criterion=name, weight=float(found.weights[at]), stays=stays, **_span(of.ranking, span, at)
            )


def _span(ranking: Ranking, span: Span, at: int) -> dict[str, Any]:
    """The ends of a criterion's interval, and who passes whom just beyond them."""
    low, high = span.exact[at]
    below, above = (
        [None if one == NOBODY else ranking.regions[one] for one in pair] for pair in (span.below[at], span.above[at])
    )
    return {
        "low": float(span.low[at]),
        "low_exact": str(low),
        "high": float(span.high[at]),
        "high_exact": str(high),
        "passed_below": below[0],
        "passing_below": below[1],
        "passed_above": above[0],
        "passing_above": above[1],
    }


def _certificates(of: Subject, depth: Depth) -> Iterator[rows.Certificate]:
    for at, code, recorded in of.regions:
        if recorded:
            change = depth.firsts[at]
            yield rows.Certificate(
                **of.key,
                region_code=code,
                possible=not change.impossible,
                l1=change.distance,
                rank=change.rank,
                rivals=tuple(of.ranking.regions[rival] for rival in change.rivals),
            )


def _certificate_weights(of: Subject, depth: Depth) -> Iterator[rows.CertificateWeight]:
    for at, code, recorded in of.regions:
        if recorded and (parts := depth.firsts[at].parts) is not None:
            for name, weight in zip(of.ranking.criteria, fractions(parts), strict=True):
                yield rows.CertificateWeight(
                    **of.key, region_code=code, criterion=name, weight=float(weight), weight_exact=str(weight)
                )


def _rises(of: Subject, depth: Depth) -> Iterator[rows.Rise]:
    if of.ranking.rubric.aggregation != "additive":
        return
    found = depth.rises
    for at, code, recorded in of.regions:
        for column, name in enumerate(of.ranking.criteria if recorded else ()):
            points = found.millionths[at, column] / POINT if found.possible[at, column] else None
            yield rows.Rise(**of.key, region_code=code, criterion=name, points=points)


def _attribution(of: Subject, depth: Depth) -> Iterator[rows.Attribution]:
    shift = depth.attribution.shift
    names = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    for at, group in enumerate(shift.groups):
        yield rows.Attribution(**of.key, group=group, **{name: plain(getattr(shift, name)[at, 0]) for name in names})


def _reproductions(of: Subject) -> Iterator[rows.Reproduction]:
    code = of.ranking.regions
    for values, found in of.reproductions.items():
        low, high = found.bounds
        yield rows.Reproduction(
            **of.key,
            values=values,
            possible=found.possible,
            clear=found.clear,
            lead=plain(found.lead),
            radius=plain(found.radius),
            l1=found.nearest_l1.distance,
            l2=found.nearest_l2.distance,
            hits=found.hits,
            draws=found.draws,
            share=found.share,
            standard_error=found.standard_error,
            share_low=low,
            share_high=high,
            conflict=tuple(f"{code[above]}>{code[below]}" for above, below in found.conflict),
        )


def _reproduction_weights(of: Subject) -> Iterator[rows.ReproductionWeight]:
    for values, found in of.reproductions.items():
        points: dict[rows.Point, Sequence[Fraction | float]] = {
            "nearest_l1": fractions(found.nearest_l1.parts or ()),
            "nearest_l2": fractions(found.nearest_l2.parts or ()),
            "centre": [] if found.centre is None else [plain(weight) for weight in found.centre],
        }
        for point, weights in points.items():
            for name, weight in zip(of.ranking.criteria, weights, strict=False):
                yield rows.ReproductionWeight(
                    **of.key,
                    values=values,
                    point=point,
                    criterion=name,
                    weight=float(weight),
                    weight_exact=str(weight) if isinstance(weight, Fraction) else None,
                )


def _podiums(of: Subject) -> Iterator[rows.Podium]:
    chances = of.ranking.any_weights
    for place, (code, rank) in enumerate(of.podium.items()):
        ranked = code in of.ranking.regions and rank <= len(of.ranking.regions)
        cell = (of.ranking.regions.index(code), rank - 1) if ranked else None
        possible = {values: found.places[place].possible for values, found in of.reproductions.items()}
        yield rows.Podium(
            **of.key,
            region_code=code,
            announced_rank=rank,
            acceptability=float(chances.share[cell]) if cell else None,
            acceptability_standard_error=float(chances.standard_error[cell]) if cell else None,
            possible_middle=possible.get("middle"),
            possible_free=possible.get("free"),
        )


MAKERS: dict[str, Callable[[Subject], Iterator[rows.Row]]] = {
    "rankings": _rankings,
    "scores": _scores,
    "acceptability": _acceptability,
    "analyses": _analyses,
    "reproductions": _reproductions,
    "reproduction_weights": _reproduction_weights,
    "podiums": _podiums,
}
EXACT: dict[str, Callable[[Subject, Depth], Iterator[rows.Row]]] = {
    "weight_intervals": _weight_intervals,
    "certificates": _certificates,
    "certificate_weights": _certificate_weights,
    "rises": _rises,
    "attribution": _attribution,
}
