"""Boundaries: every region has closed rings, and they lie in Indonesia."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from paritrana.record import maps
from tests.factories import REAL

EAST, NORTH = (94, 142), (-12, 7)  # degrees from Sabang to Merauke, from Rote to Miangas
SQUARE = [[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 1]]


@pytest.mark.parametrize(("read", "table"), [(maps.provinces, REAL.provinces), (maps.regencies, REAL.regencies)])
def test_every_region_has_closed_rings_in_indonesia(
    read: Callable[[], dict[str, list[np.ndarray]]], table: object
) -> None:
    rings = read()
    assert rings.keys() == set(table["kemendagri_code"])  # type: ignore[index]
    for code, own in rings.items():
        assert own, code
        for ring in own:
            assert ring.shape[1:] == (2,) and (ring[0] == ring[-1]).all(), code
            for degrees, (low, high) in zip(ring.T, (EAST, NORTH), strict=True):
                assert low < degrees.min() and degrees.max() < high, code


@pytest.mark.parametrize(("kind", "coordinates"), [("Polygon", [SQUARE, HOLE]), ("MultiPolygon", [[SQUARE], [HOLE]])])
def test_holes_and_islands_are_rings_of_their_region(kind: str, coordinates: object, tmp_path: Path) -> None:
    shape = {"properties": {"kemendagri_code": "13"}, "geometry": {"type": kind, "coordinates": coordinates}}
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"features": [shape]}), encoding="utf-8")
    assert [ring.tolist() for ring in maps.rings(path)["13"]] == [SQUARE, HOLE]
