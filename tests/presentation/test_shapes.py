"""Maps as SVG: areas keep their size, and whatever stands in them is text."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paritrana.presentation.shapes import Shape, path, shape_map, small_map
from paritrana.record.maps import provinces


def corners(data: str) -> np.ndarray:
    """Path data read back: the corners in absolute units."""
    numbers = [int(number) for number in re.findall(r"-?\d+", data)]
    return np.cumsum(np.array(numbers).reshape(-1, 2), axis=0)


def area(ring: np.ndarray) -> float:
    """The area in a ring (the shoelace formula)."""
    x, y = ring.T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=20))
def test_a_path_has_the_area_of_its_ring(points: list[tuple[int, int]]) -> None:
    ring = np.array(points)
    data = path(ring)
    assert area(ring) == (area(corners(data)) if data else 0)


def test_corners_on_a_line_and_repeated_ones_are_left_out() -> None:
    assert path(np.array([[0, 0], [5, 0], [5, 0], [9, 0], [9, 9], [0, 9], [0, 0]])) == "M9 0l0 9-9 0 0-9z"
    assert path(np.array([[0, 0], [5, 5], [9, 9], [0, 0]])) == ""


def test_no_province_is_lost_and_areas_stay_as_they_are() -> None:
    shapes = [Shape(rings, code, "", "most", "x.html") for code, rings in provinces().items()]
    drawn = re.findall(r'<path class="most" d="([^"]*)"', shape_map(shapes, "x"))
    assert len(drawn) == 38 and all(drawn)
    unit = (2000 - 40) / (141.02 - 95.039)
    for shape, data in zip(shapes, drawn, strict=True):
        true = sum(area(ring) for ring in shape.rings) * unit**2
        shown = sum(area(corners(part)) for part in data.split("M") if part)
        assert shown == pytest.approx(true, rel=0.05, abs=60)


def test_a_small_map_keeps_within_its_grid_and_leaves_room_to_write_below() -> None:
    for tall in (False, True):
        corner = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 3.0], [0.0, 3.0]])
        html = small_map([Shape([corner if tall else corner[:, ::-1]], "", "", "most")], "x")
        width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', html)[0])
        drawn = corners(re.findall(r'<path class="most" d="([^"]*)"', html)[0])
        sides = np.ptp(drawn, axis=0)
        assert width == 1000 and (drawn >= 20).all() and (drawn[:, 0] <= width - 20).all()
        assert drawn[:, 1].max() <= height - 20 - 90 and max(sides) == width - 40
        assert max(sides) / min(sides) == pytest.approx(3, rel=0.01)


def test_what_is_told_of_an_area_is_text() -> None:
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    html = shape_map([Shape([square], "<b>", '"onload="', "most", 'x.html"><b>', '"><b>')], "<i>")
    assert "<b>" not in html and "<i>" not in html and '"onload="' not in html
    assert html.count('<circle class="mark ') == 1
