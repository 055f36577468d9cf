"""Sensitivity indices against closed forms, complete enumeration and geometry."""

import json
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.stats import rankdata

from paritrana.engine.attribution import RankAttribution, rank_attribution
from paritrana.engine.ranks import ranks
from paritrana.engine.sampled.sobol import Array, Sampler, Sobol, sobol
from paritrana.engine.scores import FULL, POINT, Floats, Ints, totals
from paritrana.engine.spaces import box, linear, simplex
from paritrana.engine.table import Scored, Weighted
from paritrana.paths import DATA

pytestmark = pytest.mark.slow

CASES = json.loads((DATA / "cases" / "sobol" / "expected.json").read_text(encoding="utf-8"))
MANY = 2**18  # the standard error of an index is a few thousandths then


def uniforms(names: str, low: float = 0, high: float = 1) -> dict[str, Sampler]:
    return {name: lambda count, rng: rng.uniform(low, high, count) for name in names}


def ishigami(x: Mapping[str, Array]) -> Floats:
    a, b = CASES["ishigami"]["a"], CASES["ishigami"]["b"]
    return np.sin(x["1"]) + a * np.sin(x["2"]) ** 2 + b * x["3"] ** 4 * np.sin(x["1"])


def linear_sum(x: Mapping[str, Array]) -> Floats:
    """Indices 1/14, 4/14, 9/14, both first-order and total."""
    return x["1"] + 2 * x["2"] + 3 * x["3"]


def close(made: Sobol, first: Any, total: Any, tolerance: float = 0.01) -> bool:
    near = np.abs(made.first[:, 0] - first) <= tolerance
    return bool((near & (np.abs(made.total[:, 0] - total) <= tolerance)).all())


def known(scores: Ints, parts: list[int], **how: Any) -> RankAttribution:
    """Attribution without gaps."""
    return rank_attribution(Scored.exact(scores).weighted(np.array(parts)), **{"draws": 2000, "seed": 1, **how})


def test_indices_of_the_ishigami_function_are_the_published_ones() -> None:
    made = sobol(ishigami, uniforms("123", -np.pi, np.pi), draws=MANY, seed=1)
    assert close(made, CASES["ishigami"]["S1"], CASES["ishigami"]["ST"], CASES["tolerance"])
    assert made.evaluations == MANY * 5


def test_indices_of_the_g_function_are_the_published_ones() -> None:
    a = np.array(CASES["g_function"]["a"])

    def product_of(x: Mapping[str, Array]) -> Floats:
        values = np.stack([x[name] for name in "12345678"], axis=1)
        return np.prod((np.abs(4 * values - 2) + a) / (1 + a), axis=1)

    made = sobol(product_of, uniforms("12345678"), draws=MANY // 4, seed=1)
    assert close(made, CASES["g_function"]["S1"], CASES["g_function"]["ST"], CASES["tolerance"])


def test_inputs_in_one_group_answer_together() -> None:
    """The first and third input of the Ishigami function interact with each other only."""
    pair: Sampler = lambda count, rng: rng.uniform(-np.pi, np.pi, (count, 2))  # noqa: E731
    groups = {"pair": pair} | uniforms("2", -np.pi, np.pi)
    made = sobol(
        lambda x: ishigami({"1": x["pair"][:, 0], "3": x["pair"][:, 1], "2": x["2"]}), groups, draws=MANY, seed=2
    )
    second = CASES["ishigami"]["S1"][1]
    assert close(made, [1 - second, second], [1 - second, second])


def test_inputs_that_add_up_share_the_variance_by_their_squares() -> None:
    made = sobol(linear_sum, uniforms("123"), draws=MANY // 4, seed=1)
    assert close(made, np.array([1, 4, 9]) / 14, np.array([1, 4, 9]) / 14)


def test_the_mean_of_an_output_does_not_spoil_the_indices() -> None:
    far = sobol(lambda x: linear_sum(x) + 1e6, uniforms("123"), draws=2000, seed=1)
    near = sobol(linear_sum, uniforms("123"), draws=2000, seed=1)
    assert far.first == pytest.approx(near.first, abs=1e-6) and far.total == pytest.approx(near.total, abs=1e-6)


def test_the_mean_comes_with_its_standard_error() -> None:
    made = sobol(linear_sum, uniforms("123"), draws=5000, seed=1)
    assert made.standard_error[0] == pytest.approx(np.sqrt(14 / 12 / 10_000), rel=0.05)
    assert abs(made.mean[0] - 3) <= 4 * made.standard_error[0]


def test_a_bootstrap_interval_holds_the_true_index_as_often_as_it_says() -> None:
    """Of 80 x 6 intervals of 95 %, some 456 should; each of a seed depends on the others."""
    first, total = (np.array(CASES["ishigami"][name])[:, None] for name in ("S1", "ST"))
    hits = []
    for seed in range(80):
        made = sobol(ishigami, uniforms("123", -np.pi, np.pi), draws=1000, seed=seed)
        hits += [(made.first_low <= first) & (first <= made.first_high)]
        hits += [(made.total_low <= total) & (total <= made.total_high)]
    assert 0.9 < np.mean(hits) < 0.985


def test_a_lower_confidence_gives_narrower_intervals_inside() -> None:
    wide, narrow = (sobol(linear_sum, uniforms("123"), draws=500, seed=1, confidence=c) for c in (0.95, 0.5))
    assert (wide.first_low < narrow.first_low).all() and (narrow.first_high < wide.first_high).all()
    assert (wide.total_low < narrow.total_low).all() and (narrow.total_high < wide.total_high).all()


def test_an_output_that_never_changes_has_nothing_to_share() -> None:
    made = sobol(lambda x: np.stack([x["1"], np.full(len(x["1"]), 0.1)], axis=1), uniforms("1"), draws=100, seed=1)
    assert np.isnan([made.first[0, 1], made.total[0, 1], made.first_low[0, 1]]).all()
    assert made.first[0, 0] == pytest.approx(1, abs=0.2) and made.standard_error[1] == 0


def test_the_same_seed_gives_the_same_digits() -> None:
    one, other = (sobol(linear_sum, uniforms("123"), draws=700, seed=5) for _ in range(2))
    assert one.first.tobytes() == other.first.tobytes() and one.total_low.tobytes() == other.total_low.tobytes()


def test_few_draws_are_their_own_batches() -> None:
    assert sobol(linear_sum, uniforms("123"), draws=2, seed=5).first.shape == (3, 1)


@pytest.mark.parametrize(
    ("groups", "draws", "message"),
    [({}, 100, "at least one group of inputs"), (uniforms("1"), 1, "at least two draws were expected")],
)
def test_what_has_no_variance_is_refused(groups: dict[str, Sampler], draws: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sobol(linear_sum, groups, draws=draws, seed=1)


def test_weights_alone_explain_all_that_moves() -> None:
    scores = np.eye(3, dtype=np.int64) * FULL
    made = known(scores, [3, 2, 1], space=simplex(3), draws=20_000)
    assert made.rank.groups == made.shift.groups == ("weights",)
    assert made.reference.tolist() == [1, 2, 3]
    assert made.rank.first == pytest.approx(np.ones((1, 3)), abs=0.05)
    assert made.rank.total == pytest.approx(np.ones((1, 3)), abs=0.05)
    # Six orders alike: shifts 0, 2, 2, 4, 4, 4 in sum.
    assert abs(made.shift.mean[0] - 16 / 18) <= 4 * made.shift.standard_error[0]
    assert np.abs(made.rank.mean - 2).max() <= 4 * made.rank.standard_error.max()


def test_two_alternatives_trade_places_under_half_of_the_weights() -> None:
    made = known(np.eye(2, dtype=np.int64) * FULL, [3, 1], space=simplex(2), draws=20_000)
    assert abs(made.shift.mean[0] - 1 / 2) <= 4 * made.shift.standard_error[0]
    assert made.shift.standard_error[0] == pytest.approx(0.5 / np.sqrt(40_000), rel=0.01)


def test_a_gap_and_a_conflict_of_the_same_reach_share_alike() -> None:
    """Whether one uniform value exceeds another: a third of the variance each, a third together."""
    low, high = np.array([[0], [0]]), np.array([[100], [100]]) * POINT
    made = rank_attribution(
        Weighted(low, high, np.array([1])), conflicts=np.array([[False], [True]]), draws=MANY // 8, seed=1, space=None
    )
    assert made.rank.groups == ("missing values", "conflicting sources")
    assert made.rank.first == pytest.approx(np.full((2, 2), 1 / 3), abs=0.03)
    assert made.rank.total == pytest.approx(np.full((2, 2), 2 / 3), abs=0.03)
    assert made.reference.tolist() == [1, 1]  # both middles are 50 points


def test_values_are_drawn_from_the_whole_interval_and_no_further() -> None:
    """Of values in 20..60 and 50..90 the first is greater with probability 1/32."""
    low, high = np.array([[20], [50]]) * POINT, np.array([[60], [90]]) * POINT
    made = rank_attribution(Weighted(low, high, np.array([1])), draws=20_000, seed=1)
    assert (np.abs(made.rank.mean - [2 - 1 / 32, 1 + 1 / 32]) <= 4 * made.rank.standard_error).all()
    assert abs(made.shift.mean[0] - 1 / 32) <= 4 * made.shift.standard_error[0]


def test_flags_exchanged_exchange_the_groups() -> None:
    low = np.random.default_rng(1).integers(0, FULL, (6, 3))
    high = np.minimum(low + 20 * POINT, FULL)
    flags = np.random.default_rng(2).random((6, 3)) < 0.4
    one, other = (
        rank_attribution(Weighted(low, high, np.array([1, 1, 1])), conflicts=f, draws=20_000, seed=1)
        for f in (flags, ~flags)
    )
    assert one.shift.total[:, 0] == pytest.approx(other.shift.total[::-1, 0], abs=0.04)


def test_cells_without_a_gap_make_no_group() -> None:
    scores = np.random.default_rng(1).integers(0, FULL, (6, 3))
    made = known(scores, [1, 1, 1], space=simplex(3), conflicts=np.ones((6, 3), dtype=bool))
    assert made.rank.groups == ("weights",)


def normalised(scores: Floats, how: str) -> Floats:
    """Normalisations column by column, in points and by their textbook formulas."""
    columns = []
    for column in scores.T:
        if how == "min-max":
            column = 100 * (column - column.min()) / (column.max() - column.min())
        if how == "z-score":
            column = 50 + 10 * (column - column.mean()) / column.std()
        if how == "rank":
            column = 100 * (rankdata(column) - 1) / (len(column) - 1)
        columns.append(column)
    return np.array(columns).T


def ranked(points: Floats, weights: Floats, how: str) -> Ints:
    # A score below a millionth of a point counts as one; rounded, so that equal means are equal.
    total = points @ weights if how == "additive" else np.log(np.maximum(points, 1e-6)) @ weights
    return rankdata(-np.round(total, 7), method="min").astype(np.int64)


def test_normalisation_and_aggregation_share_as_enumeration_says() -> None:
    """Eight ways to make a ranking, each as likely: shift and indices by analysis of variance of the eight."""
    scores = np.random.default_rng(4).integers(0, 20, (12, 3)) * 5 * POINT  # ties within columns
    normalisations, aggregations = ("goalposts", "min-max", "z-score", "rank"), ("additive", "geometric")
    parts = np.array([5, 3, 2])
    table = np.array(
        [
            [ranked(normalised(scores / POINT, how), parts / 10, combined) for combined in aggregations]
            for how in normalisations
        ]
    )
    shift = np.abs(table - table[0, 0]).mean(axis=2)
    made = known(scores, [5, 3, 2], normalisations=normalisations, aggregations=aggregations, draws=MANY // 8)
    assert made.reference.tolist() == table[0, 0].tolist() == ranks(totals(scores, parts)).tolist()
    assert abs(made.shift.mean[0] - shift.mean()) <= 4 * made.shift.standard_error[0]
    assert (np.abs(made.rank.mean - table.mean(axis=(0, 1))) <= 4 * made.rank.standard_error + 1e-12).all()
    first = np.array([shift.mean(axis=1).var(), shift.mean(axis=0).var()]) / shift.var()
    total = np.array([shift.var(axis=0).mean(), shift.var(axis=1).mean()]) / shift.var()
    assert close(made.shift, first, total, 0.03)


@pytest.mark.parametrize("normalisation", ["goalposts", "min-max", "z-score", "rank"])
@pytest.mark.parametrize("aggregation", ["additive", "geometric"])
def test_the_reference_is_made_by_the_first_of_the_choices(normalisation: Any, aggregation: Any) -> None:
    rng = np.random.default_rng(6)
    for _ in range(100):
        scores = rng.integers(0, 21, (9, 3)) * 5 * POINT
        scores[0], scores[1] = 0, FULL  # no criterion is all equal
        made = known(
            scores,
            [5, 3, 2],
            space=simplex(3),
            normalisations=(normalisation,),
            aggregations=(aggregation,),
            draws=2,
        )
        expected = ranked(normalised(scores / POINT, normalisation), np.array([0.5, 0.3, 0.2]), aggregation)
        assert made.reference.tolist() == expected.tolist()


def test_equal_products_are_equal_ranks() -> None:
    scores = np.array([[4, 9], [6, 6], [9, 4], [1, 36]]) * POINT
    assert known(scores, [1, 1], space=simplex(2), aggregations=("geometric",)).reference.tolist() == [1] * 4


@pytest.mark.parametrize("normalisation", ["min-max", "z-score", "rank"])
def test_a_criterion_on_which_all_are_equal_decides_nothing(normalisation: Any) -> None:
    scores = np.array([[30, 10], [30, 20], [30, 40]]) * POINT
    made = known(scores, [9, 1], space=simplex(2), normalisations=(normalisation,))
    assert made.reference.tolist() == [3, 2, 1]
    assert made.shift.mean[0] == 0 and np.isnan(made.shift.first).all()


def test_twins_have_the_same_rank_however_it_is_made() -> None:
    scores = np.random.default_rng(1).integers(0, FULL, (7, 4))
    scores[5] = scores[2]
    every: dict[str, Any] = {
        "normalisations": ("z-score", "min-max", "rank", "goalposts"),
        "aggregations": ("geometric", "additive"),
    }
    made = known(scores, [4, 3, 2, 1], space=simplex(4), **every)
    assert made.reference[5] == made.reference[2] and made.rank.mean[5] == made.rank.mean[2]
    assert (made.rank.total[:, 5] == made.rank.total[:, 2]).all()


def test_rows_in_another_order_give_the_indices_in_that_order() -> None:
    scores = np.random.default_rng(1).integers(0, FULL, (8, 3))
    shuffled = np.random.default_rng(2).permutation(8)
    how: dict[str, Any] = {"space": simplex(3), "normalisations": ("goalposts", "rank")}
    one, other = known(scores, [3, 2, 1], **how), known(scores[shuffled], [3, 2, 1], **how)
    assert (one.reference[shuffled] == other.reference).all()
    assert other.rank.first == pytest.approx(one.rank.first[:, shuffled])
    assert other.shift.total == pytest.approx(one.shift.total)


@pytest.mark.parametrize("space", [box(np.array([0.5, 0.3, 0.2]), 0.1), linear(np.eye(3), np.full(3, 0.6))])
def test_weights_come_from_any_region(space: Any) -> None:
    scores = np.random.default_rng(1).integers(0, FULL, (8, 3))
    made = known(scores, [5, 3, 2], space=space)
    assert made.shift.mean[0] < known(scores, [5, 3, 2], space=simplex(3)).shift.mean[0]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({}, "at least one group of inputs that vary"),
        ({"normalisations": ("vector",)}, "each normalisation once, out of goalposts, min-max, z-score, rank"),
        ({"aggregations": ("additive", "additive")}, "each aggregation once, out of additive, geometric"),
        ({"normalisations": ()}, "each normalisation once"),
        ({"space": simplex(3)}, "a space of 2 weights was expected, one of 3 was given"),
    ],
)
def test_choices_that_are_none_are_refused(how: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        known(np.eye(2, dtype=np.int64) * FULL, [1, 1], **how)


def test_scores_too_large_for_exact_totals_are_refused() -> None:
    with pytest.raises(ValueError, match="too large for exact totals"):
        known(np.eye(2, dtype=np.int64) * 2**40, [1, 1], space=simplex(2))


def test_all_combinations_of_groups_can_be_asked_for() -> None:
    rng = np.random.default_rng(1)
    low = rng.integers(0, FULL // 2, (5, 3))
    for regions, wide, flag, several in product([None, simplex(3)], [0, 1], [False, True], [1, 2]):
        if regions is None and not wide and several == 1:
            continue
        made = rank_attribution(
            Weighted(low, low + wide * 40 * POINT, np.array([1, 1, 1])),
            regions,
            conflicts=np.full((5, 3), flag),
            aggregations=("additive",) if several == 1 else ("additive", "geometric"),
            draws=300,
            seed=1,
        )
        groups = {"weights": regions is not None, "missing values": wide and not flag}
        groups |= {"conflicting sources": wide and flag, "aggregation": several > 1}
        assert made.rank.groups == tuple(name for name, there in groups.items() if there)
        assert made.rank.first.shape == (len(made.rank.groups), 5) and made.shift.first_high.shape[1] == 1
