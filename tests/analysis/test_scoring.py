"""Scores are bounds of what the values give, whatever the scale, and never computed from nothing."""

import warnings
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from paritrana.analysis.known import record
from paritrana.analysis.province import scenario_ranks
from paritrana.analysis.ranking import ASSUMPTIONS, rank_under
from paritrana.analysis.scales import makes_a_scale
from paritrana.analysis.scoring import rank_keys, ranked_table, score_table, scores_on, total_points
from paritrana.checked import checked
from paritrana.engine.ranks import rank_range_of_gaps, ranks
from paritrana.engine.scores import FULL, Floats, Ints
from paritrana.engine.table import Scored, Weighted
from paritrana.faults import InvalidInput
from paritrana.parameters.page import province, province_codes
from paritrana.parameters.rubric import Rubric
from tests.lab import parity as lab

pytestmark = pytest.mark.slow

NAN = np.nan
FREELY = settings(deadline=None, max_examples=300)
ENOUGH = settings(FREELY, max_examples=100)  # for what must not matter
ROUNDING = 2  # millionths of a point
SCALES = st.sampled_from(["minmax", "zscore", "rank"])


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    """Nothing is divided by zero, overflows or is computed from NaN."""
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        yield


def rubric(*scales: object, direction: str = "up", **given: Any) -> Rubric:
    """A rubric with a criterion, all of one weight, for each scale or pair of goalposts."""
    criteria = [
        {
            "id": f"c{at}",
            "title": "x",
            "weight": 1,
            "direction": direction,
            "scale" if isinstance(scale, str) else "goalposts": scale,
        }
        for at, scale in enumerate(scales)
    ]
    content = {"id": "test", "title": "x", "status": "user", "source": "a test", "criteria": criteria, **given}
    return checked(Rubric, content, "test.yml")


def scored(made: Rubric, low: Any, high: Any = None) -> tuple[Ints, Ints]:
    """Scores of one column, or of a whole table."""
    ends = [np.array(end, dtype=float) for end in (low, low if high is None else high)]
    if ends[0].ndim == 1:
        (criterion,) = made.criteria
        return scores_on(made, criterion, ends[0], ends[1])
    table = score_table(made, made.criteria, ends[0], ends[1])
    return table.low, table.high


def points(made: Rubric, low: Any, high: Any = None) -> list[list[float]]:
    return [(end / 1e6).tolist() for end in scored(made, low, high)]


@st.composite
def intervals(draw: st.DrawFn, columns: int = 1, gaps: bool = True) -> tuple[Floats, Floats]:
    """A small table with ties, intervals and gaps, shape (N, K)."""
    rows = draw(st.integers(2, 6))
    number = st.one_of(st.integers(-3, 3).map(float), st.floats(-100, 100, allow_subnormal=False, width=32))
    cells = draw(st.lists(st.tuples(number, number), min_size=rows * columns, max_size=rows * columns))
    kinds = draw(st.lists(st.integers(0, 3), min_size=rows * columns, max_size=rows * columns))
    table = np.array([sorted(cell) if kind == 3 else (cell[0],) * 2 for cell, kind in zip(cells, kinds, strict=True)])
    if gaps:
        table[np.array(kinds) == 2] = NAN
    low, high = table.reshape(rows, columns, 2).transpose(2, 0, 1)
    return low, high


def realised(draw: Any, low: Floats, high: Floats) -> Floats:
    """Values inside the intervals: ends, and points between."""
    share = np.array(
        draw(st.lists(st.sampled_from([0.0, 1.0, 0.5, 0.25, 0.9]), min_size=low.size, max_size=low.size))
    ).reshape(low.shape)
    values: Floats = np.where(share == 1, high, low + share * (high - low))
    return values


DIRECTIONS = st.sampled_from(["up", "down"])


@FREELY
@given(intervals(), SCALES, DIRECTIONS, st.data())
def test_whatever_the_values_are_their_scores_lie_within_the_bounds(
    table: tuple[Floats, Floats], scale: str, direction: str, data: st.DataObject
) -> None:
    made, (low, high) = rubric(scale, direction=direction), table
    least, most = scored(made, low, high)
    values = realised(data.draw, low, high)
    lowest, highest = scored(made, values)
    assert (least - ROUNDING <= lowest).all() and (highest <= most + ROUNDING).all()
    assert (least >= 0).all() and (most <= FULL).all() and (least <= most).all()


@FREELY
@given(intervals(columns=2), SCALES, DIRECTIONS, st.sampled_from(["additive", "geometric"]), st.data())
def test_whatever_the_values_are_their_ranks_lie_within_the_rank_ranges(
    table: tuple[Floats, Floats], scale: str, direction: str, aggregation: str, data: st.DataObject
) -> None:
    made = rubric(scale, [-2, 2], direction=direction, aggregation=aggregation)
    low, high = table
    parts = np.array([1, 1], dtype=np.int64)
    least, most = scored(made, low, high)
    wide = Weighted(np.clip(least - ROUNDING, 0, FULL), np.clip(most + ROUNDING, 0, FULL), parts)
    best, worst = rank_range_of_gaps(*ranked_table(made, wide).totals)
    lowest, highest = scored(made, realised(data.draw, low, high))
    shares = np.array(data.draw(st.lists(st.sampled_from([0.0, 0.3, 1.0]), min_size=low.size, max_size=low.size)))
    chosen = lowest + ((highest - lowest) * shares.reshape(low.shape)).astype(np.int64)
    rank = ranks(ranked_table(made, Scored.exact(chosen).weighted(parts)).totals[0])
    assert (best <= rank).all() and (rank <= worst).all()
    middle = ranks(rank_keys(made, Weighted(least, most, parts)))
    assert (best <= middle).all() and (middle <= worst).all()
    assert np.isfinite(total_points(made, most, parts)).all()


def corners(low: Floats, high: Floats) -> Iterator[Floats]:
    """Every table whose values are at an end of their intervals."""
    for choice in np.ndindex(*(2,) * len(low)):
        yield np.where(choice, high, low)


@FREELY
@given(intervals(gaps=False), st.sampled_from(["minmax", "rank"]), DIRECTIONS)
def test_each_bound_of_min_max_and_rank_is_reached(table: tuple[Floats, Floats], scale: str, direction: str) -> None:
    made, (low, high) = rubric(scale, direction=direction), (table[0][:, 0], table[1][:, 0])
    assume(makes_a_scale(low, high))
    least, most = scored(made, low, high)
    every = np.array([scored(made, values)[0] for values in corners(low, high)])
    assert np.abs(every.min(axis=0) - least).max() <= ROUNDING
    assert np.abs(every.max(axis=0) - most).max() <= ROUNDING


@ENOUGH
@given(intervals(), SCALES)
def test_values_in_another_unit_have_the_same_scores(table: tuple[Floats, Floats], scale: str) -> None:
    made, (low, high) = rubric(scale), table
    for one, other in zip(scored(made, low, high), scored(made, low * 1024, high * 1024), strict=True):
        assert one.tolist() == other.tolist()


@ENOUGH
@given(intervals(), SCALES)
def test_upside_down_the_best_is_the_worst(table: tuple[Floats, Floats], scale: str) -> None:
    low, high = table
    least, most = scored(rubric(scale), low, high)
    lowest, highest = scored(rubric(scale, direction="down"), low, high)
    assert np.abs(lowest - (FULL - most)).max() <= ROUNDING
    assert np.abs(highest - (FULL - least)).max() <= ROUNDING


@ENOUGH
@given(intervals(gaps=False), SCALES)
def test_equal_values_have_equal_scores(table: tuple[Floats, Floats], scale: str) -> None:
    values = np.append(table[0], table[0][:1], axis=0)
    least, most = scored(rubric(scale), values)
    assert least.tolist() == most.tolist()
    assert least[0] == least[-1]


@pytest.mark.parametrize("scale", ["minmax", "zscore", "rank"])
@pytest.mark.parametrize("direction", ["up", "down"])
@pytest.mark.parametrize(
    "values", [[5, 5, NAN], [5, NAN, NAN], [NAN, NAN, NAN], [0.1 + 0.2, 0.3, NAN], [-0.0, 0.0, NAN]]
)
def test_known_values_that_do_not_differ_make_no_scale(values: list[float], scale: str, direction: str) -> None:
    assert points(rubric(scale, direction=direction), values) == [[0] * 3, [100] * 3]
    assert not makes_a_scale(np.array(values), np.array(values))


@pytest.mark.parametrize("scale", ["minmax", "zscore", "rank"])
def test_intervals_with_a_point_in_common_make_no_scale(scale: str) -> None:
    assert points(rubric(scale), [0, 5, 4], [5, 9, 6]) == [[0] * 3, [100] * 3]


@pytest.mark.parametrize("scale", ["minmax", "zscore", "rank"])
@pytest.mark.parametrize("values", [[5, 5, 5], [0.1 + 0.2, 0.3, 0.3], [0, 0, 0]])
def test_where_all_are_known_and_alike_the_criterion_tells_nobody_from_another(values: list[float], scale: str) -> None:
    assert points(rubric(scale), values) == [[50] * 3, [50] * 3]


@pytest.mark.parametrize("scale", ["minmax", "zscore", "rank"])
def test_a_table_without_rows_has_no_scores(scale: str) -> None:
    assert points(rubric(scale), []) == [[], []]


@pytest.mark.parametrize(
    ("scale", "expected"),
    [("minmax", [0, 25, 25, 100]), ("rank", [0, 50, 50, 100]), ("zscore", [40, 46.667, 46.667, 66.667])],
)
def test_scores_of_known_values_are_those_of_the_definition(scale: str, expected: list[float]) -> None:
    least, most = points(rubric(scale), [1, 2, 2, 5, NAN])
    assert least[:4] == most[:4] == pytest.approx(expected, abs=1e-3)
    assert (least[4], most[4]) == (0, 100)


def test_an_interval_moves_the_scale_of_the_others() -> None:
    low, high = points(rubric("minmax"), [0, 5, 6], [100, 5, 6])
    assert (low, high) == ([0, 0, pytest.approx(100 / 95)], [100, pytest.approx(500 / 6), 100])


@pytest.mark.parametrize("scale", ["minmax", "zscore", "rank"])
def test_values_at_the_ends_of_what_a_float_can_hold_are_scored(scale: str) -> None:
    made = rubric(scale)
    assert scored(made, [-1.7e308, 0, 1.7e308])[0].tolist() == scored(made, [-1, 0, 1])[0].tolist()
    assert scored(made, [5e-324, 1e-323, 1.5e-323])[0].tolist() == scored(made, [-1, 0, 1])[0].tolist()


@pytest.mark.parametrize("scale", ["minmax", "zscore", "rank"])
def test_every_province_of_the_record_is_ranked_under_a_scale_or_not_at_all(scale: str) -> None:
    fixed = lab.rubric_of("hypothesis-a")
    relative = [criterion.model_copy(update={"goalposts": None, "scale": scale}) for criterion in fixed.criteria]
    made = fixed.model_copy(update={"criteria": relative})
    ranked = 0
    for code in province_codes():
        known = record(province(code, {"draws": 100}), lab.nation_of(2024))
        values = lab.plausible(2024).loc[list(known.regions.index)]
        for assumption in ASSUMPTIONS:
            ranking = rank_under(made, known.params, known.recorded, values, list(known.regions.index), assumption)
            if ranking is None:
                continue
            ranked += 1
            assert ((ranking.low >= 0) & (ranking.low <= ranking.high) & (ranking.high <= 100)).all()
            assert ((ranking.total_low <= ranking.total_middle) & (ranking.total_middle <= ranking.total_high)).all()
            named = ranking.rank > 0
            assert ((ranking.best <= ranking.rank) & (ranking.rank <= ranking.worst))[named].all()
            assert ranking.bounded == (ranking.low < ranking.high).any()
    assert ranked > 38


def test_criteria_without_weight_rank_nobody() -> None:
    fixed = lab.rubric_of("hypothesis-a")
    weights = [Decimal(criterion.indicator is None) for criterion in fixed.criteria]
    criteria = [each.model_copy(update={"weight": own}) for each, own in zip(fixed.criteria, weights, strict=True)]
    interview = fixed.model_copy(update={"id": "interview", "criteria": criteria})
    known = record(province("13", {"draws": 100}), lab.nation_of(2024))
    codes = list(known.regions.index)
    values = lab.plausible(2024).loc[codes]
    for assumption, ranked in {"plausible": False, "known": False, "anything": True}.items():
        found = rank_under(interview, known.params, known.recorded, values, codes, assumption)  # type: ignore[arg-type]
        assert (found is not None) == ranked
    assert list(scenario_ranks([fixed, interview], values, codes)) == [fixed.id]


def test_a_far_outlier_of_z_scores_leaves_the_points_only_without_clipping() -> None:
    values = [0.0] * 40 + [1.0]
    assert scored(rubric("zscore"), values)[1].max() == FULL
    assert scored(rubric("zscore", clip=False), values)[1].max() > FULL


@pytest.mark.parametrize("direction", ["up", "down"])
def test_huge_values_are_clipped_without_being_divided(direction: str) -> None:
    expected = [0, 100] if direction == "up" else [100, 0]
    assert points(rubric([0, 1e-300], direction=direction), [-1.7e308, 1.7e308]) == [expected, expected]


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"clip": False}, 91.0),
        ({"clip": False}, -91.0),
        ({"clip": False}, 1.7e308),
        ({"clip": False, "direction": "down"}, 92.0),
        ({"clip": False, "aggregation": "geometric"}, -0.5),
        ({"clip": False, "aggregation": "geometric", "direction": "down"}, 1.5),
    ],
)
def test_a_value_that_has_no_score_without_clipping_is_refused(given: dict[str, Any], value: float) -> None:
    with pytest.raises(
        InvalidInput, match=r"criteria\.c0: .* was found, a value from .* was expected, as clip is false"
    ):
        scored(rubric([0, 1], **given), [0.5, value])


@FREELY
@given(st.floats(allow_nan=False), DIRECTIONS, st.sampled_from(["additive", "geometric"]), st.booleans())
def test_a_value_is_scored_or_refused_and_nothing_else(
    value: float, direction: str, aggregation: str, clip: bool
) -> None:
    made = rubric([0, 1], [0, 1], direction=direction, aggregation=aggregation, clip=clip)
    parts = np.array([1, 1], dtype=np.int64)
    try:
        least, most = scored(made, [[value, 0.5], [0.25, 0.5]])
    except InvalidInput:
        assert not clip
        return
    assert np.isfinite(total_points(made, least, parts)).all()
    assert least.tolist() == most.tolist()
    assert not clip or ((least >= 0) & (least <= FULL)).all()
