"""Draws from regions of weights, against closed forms, moments and references drawn another way."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from paritrana.engine.scores import Floats
from paritrana.engine.spaces import WeightSpace, box, dirichlet, linear, order, simplex

DRAWS = 20_000
rarely = settings(derandomize=True, deadline=None, max_examples=40)


def drawn(space: WeightSpace, count: int = DRAWS, seed: int = 1) -> Floats:
    return space.draw(count, np.random.default_rng(seed))


def fits(sample: Floats, distribution: object) -> bool:
    """Kolmogorov-Smirnov, at a level that one test in a thousand of a true sample misses."""
    return bool(stats.kstest(sample, distribution.cdf).pvalue > 1e-3)  # type: ignore[attr-defined]


def alike(one: Floats, other: Floats) -> bool:
    """Two-sample Kolmogorov-Smirnov of each column and of the greatest, at 0.001 over all of them."""
    pairs = [*zip(one.T, other.T, strict=True), (one.max(axis=1), other.max(axis=1))]
    return bool(min(stats.ks_2samp(*pair).pvalue for pair in pairs) > 1e-3 / len(pairs))


def rejected(space: WeightSpace, count: int, seed: int = 2) -> Floats:
    """Uniform draws by the plainest rejection from the simplex."""
    offered = np.random.default_rng(seed).dirichlet(np.ones(space.criteria), count)
    return offered[(offered @ space.matrix.T <= space.bound).all(axis=1)]


def rank_order_centroid(criteria: int) -> Floats:
    """Mean of weights in an order of importance (Barron and Barrett 1996): 1/K times the sum of 1/k..1/K."""
    return np.cumsum(1 / np.arange(criteria, 0, -1))[::-1] / criteria


def within(mean_of: Floats, expected: Floats) -> bool:
    """Whether column means lie within four standard errors of what they should be."""
    error = mean_of.std(axis=0) / np.sqrt(len(mean_of))
    return bool((np.abs(mean_of.mean(axis=0) - expected) <= 4 * error + 1e-12).all())


@pytest.mark.parametrize("criteria", [2, 3, 7])
def test_each_weight_of_the_simplex_is_distributed_as_beta(criteria: int) -> None:
    sample = drawn(simplex(criteria))
    assert all(fits(column, stats.beta(1, criteria - 1)) for column in sample.T)


def test_one_criterion_has_all_the_weight() -> None:
    regions = [simplex(1), box(np.ones(1), 0.5), order([0]), linear(np.ones((1, 1)), np.ones(1))]
    assert all(drawn(space, 3).tolist() == [[1]] * 3 for space in regions)


@pytest.mark.parametrize("criteria", [2, 4, 7])
def test_weights_in_an_order_have_the_rank_order_centroid_as_their_mean(criteria: int) -> None:
    importance = list(np.random.default_rng(criteria).permutation(criteria))
    sample = drawn(order(importance))[:, importance]
    assert (np.diff(sample, axis=1) <= 0).all()
    assert within(sample, rank_order_centroid(criteria))


@pytest.mark.parametrize("criteria", [4, 7])
def test_an_order_given_as_constraints_is_drawn_like_an_order(criteria: int) -> None:
    """Of seven criteria the order is one 5040th of the simplex: too thin for rejection, so that it is walked."""
    cone = linear(order(range(criteria)).matrix, np.zeros(criteria - 1))
    assert ("hit-and-run" in cone.sampler) == (criteria == 7)
    sample = drawn(cone, 10_000)
    assert within(sample, rank_order_centroid(criteria))
    assert alike(sample, drawn(order(range(criteria)), seed=3))


def test_a_box_of_two_weights_is_a_uniform_line() -> None:
    assert fits(drawn(box(np.array([0.3, 0.7]), 0.1))[:, 0], stats.uniform(0.2, 0.2))


def test_a_box_of_three_weights_has_the_marginals_of_a_hexagon() -> None:
    """Around thirds the density of one weight falls from the middle to half of it at either end."""
    radius = 0.2
    away = np.abs(drawn(box(np.full(3, 1 / 3), radius))[:, 0] - 1 / 3) / radius
    assert stats.kstest(away, lambda distance: (2 * distance - distance**2 / 2) / 1.5).pvalue > 1e-3


@pytest.mark.parametrize(
    "space",
    [
        box(np.array([0.4, 0.3, 0.2, 0.1]), 0.15),
        box(np.array([0.4, 0.3, 0.2, 0.1]), 0.5, relative=True),
        box(np.array([0.9, 0.05, 0.05]), 0.3),
        linear(np.array([[1.0, -2, 0, 0], [0, 1, 1, -1]]), np.array([0.0, 0.2])),
        linear(np.zeros((0, 3)), np.zeros(0)),
    ],
)
def test_regions_are_drawn_uniformly(space: WeightSpace) -> None:
    assert "rejection" in space.sampler
    assert alike(drawn(space), rejected(space, 300_000))


def test_walks_are_uniform_where_rejection_can_tell() -> None:
    space = linear(np.array([[1.0, -2, 0, 0, 0], [0, 1, 1, -1, 0], [0.5, 0, 0, 1, -1]]), np.array([0.0, 0.2, 0.1]))
    assert alike(space._walked(10_000, np.random.default_rng(1)), rejected(space, 300_000))


def test_a_slice_a_ten_thousandth_thick_is_walked_from_end_to_end() -> None:
    """Where the first two weights are equal, the other two and their sum make a triangle."""
    space = linear(np.array([[1.0, -1, 0, 0], [-1, 1, 0, 0]]), np.array([1e-4, 1e-4]))
    sample = drawn(space)
    assert "hit-and-run" in space.sampler
    assert fits(sample[:, 2], stats.beta(1, 2)) and fits(sample[:, 3], stats.beta(1, 2))
    assert fits(sample[:, 0] - sample[:, 1], stats.uniform(-1e-4, 2e-4))


def test_an_equation_leaves_a_flat_region_that_is_drawn_all_the_same() -> None:
    space = linear(np.array([[1.0, 1, 0, 0], [-1, -1, 0, 0]]), np.array([0.6, -0.6]))
    sample = drawn(space)
    assert sample[:, :2].sum(axis=1) == pytest.approx(np.full(DRAWS, 0.6), abs=1e-9)
    assert fits(sample[:, 0], stats.uniform(0, 0.6)) and fits(sample[:, 2], stats.uniform(0, 0.4))


def test_walks_do_not_depend_on_each_other() -> None:
    sample = drawn(linear(order(range(7)).matrix, np.zeros(6)), 5000)[:, 0]
    assert abs(np.corrcoef(sample[1:], sample[:-1])[0, 1]) < 4 / np.sqrt(5000)


@pytest.mark.parametrize("criteria", [12, 20])
def test_a_wide_box_of_many_weights_is_hit_often_enough(criteria: int) -> None:
    space = box(np.full(criteria, 1 / criteria), 0.25)
    assert "simplex" in space.sampler
    assert within(drawn(space, 2000), np.full(criteria, 1 / criteria))


@pytest.mark.parametrize("weights", [[1 / 3, 1 / 3, 1 / 3], [0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1], [1.0, 0.0]])
def test_a_box_without_reach_is_one_point(weights: list[float]) -> None:
    sample = drawn(box(np.array(weights), 0), 5)
    assert sample == pytest.approx(np.tile(weights, (5, 1)), abs=1e-12)


def test_a_criterion_of_weight_zero_keeps_it_in_a_relative_box() -> None:
    sample = drawn(box(np.array([0.5, 0.5, 0]), 0.2, relative=True), 500)
    assert (sample[:, 2] == 0).all()
    assert sample[:, 0].std() > 0.05


def test_dirichlet_weights_have_their_mean() -> None:
    assert within(drawn(dirichlet(np.array([4.0, 2, 1]))), np.array([4, 2, 1]) / 7)


@pytest.mark.parametrize(
    ("matrix", "bound"), [([[1.0, 0], [-1, 0]], [0.2, -0.3]), ([[1.0, 1]], [0.5])], ids=["crossed", "sum below one"]
)
def test_a_region_without_weights_is_refused(matrix: list[list[float]], bound: list[float]) -> None:
    with pytest.raises(ValueError, match="no weights satisfy the constraints"):
        drawn(linear(np.array(matrix), np.array(bound)), 1)


def test_a_box_without_weights_is_refused() -> None:
    with pytest.raises(ValueError, match="no weights of sum one lie in the box"):
        drawn(box(np.array([0.5, 0.6]), 0.01), 1)


@pytest.mark.parametrize("radius", [-0.1, np.inf, np.nan])
def test_a_radius_is_at_least_zero_and_finite(radius: float) -> None:
    with pytest.raises(ValueError, match="a radius of at least 0 was expected"):
        box(np.array([0.5, 0.5]), radius)


@rarely
@example(3, 5, 5, 1e-7)  # as thin as a solver's tolerance
@example(3, 5, 3, 1e-7)
@given(st.integers(2, 6), st.integers(1, 5), st.integers(0, 2**32 - 1), st.floats(0, 0.2))
def test_what_is_drawn_lies_in_the_region(criteria: int, rows: int, seed: int, room: float) -> None:
    """Constraints around a point of the simplex, some so tight that the space is that point or nearly."""
    rng = np.random.default_rng(seed)
    matrix = rng.integers(-3, 4, (rows, criteria)).astype(float)
    space = linear(matrix, matrix @ rng.dirichlet(np.ones(criteria)) + room * rng.integers(0, 2, rows))
    sample = drawn(space, 50)
    assert sample.shape == (50, criteria)
    assert all(space.contains(weights, 1e-6) for weights in sample)


@rarely
@given(st.integers(2, 8), st.floats(0, 1), st.booleans(), st.integers(0, 2**32 - 1))
def test_what_is_drawn_lies_in_the_box(criteria: int, radius: float, relative: bool, seed: int) -> None:
    centre = np.random.default_rng(seed).dirichlet(np.ones(criteria))
    space = box(centre, radius, relative=relative)
    sample = drawn(space, 50)
    assert all(space.contains(weights) for weights in sample)
    reach = centre * radius if relative else np.full(criteria, radius)
    assert (np.abs(sample - centre) <= reach + 1e-9).all()


@pytest.mark.parametrize("space", [simplex(3), box(np.full(3, 1 / 3), 0.1), linear(np.eye(3), np.full(3, 0.34))])
def test_the_same_random_stream_gives_the_same_weights(space: WeightSpace) -> None:
    assert drawn(space, 100).tobytes() == drawn(space, 100).tobytes()
