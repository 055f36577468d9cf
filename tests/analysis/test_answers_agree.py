"""Every option of a rubric against every method: whatever is asked, the answers never contradict each other.

Ranks are counted here by the definition, in fractions; of geometric means by products of powers in whole numbers.
"""

import json
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paritrana.analysis.any_table import (
    SPACES,
    Result,
    as_json,
    range_in_words,
    rank_table,
    sentences,
    space_of,
)
from paritrana.analysis.own_table import read_table
from paritrana.analysis.scoring import score_table
from paritrana.checked import checked
from paritrana.engine.exact.polytope import polytope_of
from paritrana.engine.scores import POINT
from paritrana.faults import InvalidInput
from paritrana.parameters.rubric import Rubric

DRAWS = 60
SCALES = ("goalposts", "minmax", "zscore", "rank")
KNOWN = ("0", "0.2", "0.3", "0.45", "0.6", "0.9", "1")
OPEN = ("", "0.2..0.6", "0.5..0.5", "0..1", "-0.5", "1.5", "0.3..1.5")
AGGREGATIONS, TIES, ROUNDS = ("additive", "geometric"), ("min", "max", "dense"), (None, 0, 1)


def rubric_with(scales: Sequence[str], weights: Sequence[int], **given_keys: Any) -> Rubric:
    """A rubric of a criterion for each scale and weight; the second one is better where it is less."""
    criteria = [
        {
            "id": f"c{at}",
            "title": "x",
            "weight": weight,
            "direction": "down" if at == 1 else "up",
            **({"goalposts": [0, 1]} if scale == "goalposts" else {"scale": scale}),
        }
        for at, (scale, weight) in enumerate(zip(scales, weights, strict=True))
    ]
    content = {"id": "test", "title": "x", "status": "user", "source": "a test", "criteria": criteria, **given_keys}
    return checked(Rubric, content, "test.yml")


def ranked(folder: Path, rubric: Rubric, rows: Sequence[Sequence[str]], space: str) -> Result | None:
    """The answers about a table; None where it is refused, which is a sentence for each fault and nothing else."""
    path = folder / "table.csv"
    header = ",".join(["name", *(criterion.id for criterion in rubric.criteria)])
    lines = [",".join([f"x{at}", *row]) for at, row in enumerate(rows)]
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    try:
        read = read_table(path, rubric)
        return rank_table(read, rubric, space_of(rubric, space, 0.2), draws=DRAWS, seed=1)
    except InvalidInput as refused:
        assert refused.faults and all(str(fault) for fault in refused.faults)
        return None


NEAR = Fraction(1, 10**8)  # logarithms that a table of whole parts cannot tell apart


def keys_of(rubric: Rubric, scores: Any, parts: Sequence[int]) -> tuple[list[Any], Fraction]:
    """What ranks alternatives whose scores are whole millionths of a point, by the definition; nearer ones tie."""
    whole = sum(parts)
    if rubric.aggregation == "additive":
        totals = [sum(int(s) * part for s, part in zip(row, parts, strict=True)) for row in scores]
        return rounded([Fraction(total, whole * POINT) for total in totals], rubric.round), Fraction(0)
    shares = [part // math.gcd(*parts) for part in parts]
    if rubric.round is None and sum(shares) < 200:
        powers = [[max(int(s), 1) ** part for s, part in zip(row, shares, strict=True)] for row in scores]
        return [math.prod(row) for row in powers], Fraction(0)
    logs = np.log(np.maximum(np.array(scores, dtype=float), 1)) @ np.array([part / whole for part in parts])
    if rubric.round is None:
        return [Fraction(float(log)) for log in logs], NEAR
    return rounded(
        [Fraction(float(np.exp(log))) / POINT + Fraction(1, 2 * POINT) for log in logs], rubric.round
    ), Fraction(0)


def rounded(points: list[Fraction], decimals: int | None) -> list[Any]:
    """Totals rounded half up."""
    return points if decimals is None else [math.floor(point * 10**decimals + Fraction(1, 2)) for point in points]


def rank_of(rubric: Rubric, scores: Any, parts: Sequence[int], own: int) -> int:
    keys, near = keys_of(rubric, scores, parts)
    if rubric.ties == "max":
        return sum(key >= keys[own] - near for key in keys)
    above = sorted(key for key in keys if key > keys[own] + near)
    if rubric.ties == "dense":
        return 1 + sum(at == 0 or key > above[at - 1] + near for at, key in enumerate(above))
    return 1 + len(above)


def check(result: Result, rubric: Rubric) -> None:
    """All answers of one result against each other."""
    scored = score_table(rubric, rubric.criteria, result.table.low, result.table.high)
    count, parts = scored.shape[0], list(rubric.parts.values())
    # The middle of additive scores may be half a millionth: twice the scores rank alike.
    whole = rubric.round is not None or rubric.aggregation == "geometric"
    at_middle = (scored.low + scored.high) // 2 if whole else scored.twice_middle
    ranges, share = result.ranges, result.chances.share
    exact = bool((scored.low == scored.high).all())
    for own in range(count):
        rank = int(result.rank[own])
        assert rank == rank_of(rubric, at_middle, parts, own)
        assert 1 <= ranges.best[own] <= rank <= ranges.worst[own] <= count
        assert ranges.best[own] <= ranges.best_attained[own] and ranges.worst_attained[own] <= ranges.worst[own]
        # Rivals at their ends may tie with each other, and under `dense` make a rank better than between the ends.
        assert rubric.ties == "dense" or ranges.best_attained[own] <= rank <= ranges.worst_attained[own]
        taken = np.flatnonzero(share[own]) + 1
        assert ranges.best[own] <= taken.min() <= taken.max() <= ranges.worst[own]
        check_witness(rubric, scored, own, ranges.best_parts[own], int(ranges.best_attained[own]), best=True)
        check_witness(rubric, scored, own, ranges.worst_parts[own], int(ranges.worst_attained[own]), best=False)
        check_certificate(result, rubric, at_middle, own)
        if exact and result.space.kind == "simplex":
            possible = result.certificates[own].change.parts is not None
            assert possible == (ranges.best_attained[own] == 1) or not result.certificates[own].proved
        confidence = result.confidence.share[own]
        assert np.isnan(confidence) or 0 <= confidence <= 1
        assert not np.isnan(result.score_low[own]) and result.score_low[own] <= result.score_high[own]
    assert share.sum(axis=1) == pytest.approx(1)
    assert polytope_of(result.space).holds(ranges.best_parts).all()
    for at, weight in enumerate(result.stability.weights):
        for span in (result.stability.leader, result.stability.podium, result.stability.ranking):
            assert span.low[at] - 1e-12 <= weight <= span.high[at] + 1e-12
    check_words(result)


def check_witness(rubric: Rubric, scored: Any, own: int, parts: Any, rank: int, *, best: bool) -> None:
    """The weights of a range give the rank that they are shown for."""
    mine, others = (scored.high, scored.low) if best else (scored.low, scored.high)
    scores = others.copy()
    scores[own] = mine[own]
    assert rank_of(rubric, scores, [int(part) for part in parts], own) == rank


def check_certificate(result: Result, rubric: Rubric, scores: Any, own: int) -> None:
    """The weights of a certificate make an alternative first; who is first already needs no change."""
    made = result.certificates[own]
    if made.change.parts is not None:
        assert made.change.rank == 1 == rank_of(rubric, scores, made.change.parts, own)
    assert (made.change.distance == 0) == (result.rank[own] == 1)


def check_words(result: Result) -> None:
    """What is said: no bound as a fact, no number that is none."""
    words = [range_in_words(result, at) for at in range(len(result.rank))]
    proved = result.ranges.best_proved & result.ranges.worst_proved
    assert [word.replace(" to ", "").isdigit() for word in words] == proved.tolist()
    assert not any("nan" in sentence for sentence in sentences(result))


def grid() -> Iterator[tuple[str, str, str, Any, bool]]:
    """Each option with each other one: scale, aggregation, ties, round, clip."""
    for scale, aggregation, ties, decimals, clip in product(SCALES, AGGREGATIONS, TIES, ROUNDS, (True, False)):
        if not (scale == "zscore" and aggregation == "geometric" and not clip):  # refused where rubrics are read
            yield scale, aggregation, ties, decimals, clip


FIXED = (["0.2", "0.1", "0.5"], ["0.3", "0.4", "0.5"], ["0.9", "0.7", "0.2"], ["0.3", "0.4", "0.5"])
WITH_GAP = (["0.2", "0.1", ""], ["0.3", "0.4", "0.5"], ["0.9", "0.7", "0.2"], ["0.3", "", "0.6"])


@pytest.mark.parametrize("rows", [FIXED, WITH_GAP], ids=["known", "gaps"])
def test_answers_agree_under_each_option_with_each_other(rows: Any, tmp_path: Path) -> None:
    for number, (scale, aggregation, ties, decimals, clip) in enumerate(grid()):
        rubric = rubric_with(
            ["goalposts", scale, "goalposts"],
            [2, 1, 1],
            aggregation=aggregation,
            ties=ties,
            round=decimals,
            clip=clip,
        )
        result = ranked(tmp_path, rubric, rows, SPACES[number % len(SPACES)])
        assert result is not None
        check(result, rubric)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rubric, list[list[str]], str]:
    """A rubric with any options, a small table with ties, gaps and intervals, and a space of weights."""
    scale, aggregation, ties, decimals, clip = draw(st.sampled_from(list(grid())))
    criteria = draw(st.integers(1, 3))
    scales = ["goalposts"] * criteria
    scales[draw(st.integers(0, criteria - 1))] = scale
    space = draw(st.sampled_from(SPACES))
    least = 1 if space == "dirichlet" else 0
    weights = draw(st.lists(st.integers(least, 3), min_size=criteria, max_size=criteria).filter(any))
    cell = st.sampled_from(KNOWN + (OPEN if draw(st.booleans()) else ()))
    rows = draw(st.lists(st.lists(cell, min_size=criteria, max_size=criteria), min_size=2, max_size=5))
    if draw(st.booleans()):
        rows.append(rows[0])
    rubric = rubric_with(scales, weights, aggregation=aggregation, ties=ties, round=decimals, clip=clip)
    return rubric, rows, space


anyhow = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@settings(anyhow, max_examples=60)
@given(cases())
def test_answers_agree_under_any_options(tmp_path: Path, case: tuple[Rubric, list[list[str]], str]) -> None:
    agree(tmp_path, *case)


@pytest.mark.slow
@settings(anyhow, max_examples=1500, derandomize=False)
@given(cases())
def test_answers_agree_under_any_options_at_length(tmp_path: Path, case: tuple[Rubric, list[list[str]], str]) -> None:
    agree(tmp_path, *case)


def agree(folder: Path, rubric: Rubric, rows: list[list[str]], space: str) -> None:
    """One case: answered, and answered the same way again, or refused."""
    result = ranked(folder, rubric, rows, space)
    if result is None:
        return
    check(result, rubric)
    again = ranked(folder, rubric, rows, space)
    assert again is not None
    assert json.dumps(as_json(result), allow_nan=False) == json.dumps(as_json(again), allow_nan=False)
