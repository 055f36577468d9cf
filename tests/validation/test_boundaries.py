"""Boundary files that the maps could not read, or would draw wrongly: one sentence each."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from paritrana.record.maps import rings
from paritrana.validation.boundaries import check_boundaries
from paritrana.validation.sheet import Sheet

RING = [[100, 1], [101, 1], [101, 2], [100, 1]]


def shape(code: Any, coordinates: Any = (RING,), kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": code, "properties": {"kemendagri_code": code}, "geometry": geometry}


def said(folder: Path, content: bytes) -> list[str]:
    (folder / "provinces.geojson").write_bytes(content)
    frame = pd.DataFrame({"kemendagri_code": ["11", "12"]}, dtype="string")
    sheets = {name: Sheet(f"data/{name}.csv", {}, frame) for name in ("provinces", "regencies")}
    return [str(fault) for fault in check_boundaries(folder, sheets)]


def written(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_what_is_valid_is_what_the_maps_read(tmp_path: Path) -> None:
    many = shape("12", [[RING], [RING]], "MultiPolygon")
    for content in (written(shape("11"), many), b"\xef\xbb\xbf" + written(shape("11"), many)):
        assert said(tmp_path, content) == []
        assert [len(found) for found in rings(tmp_path / "provinces.geojson").values()] == [1, 2]


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "utf-16": (lambda: written(shape("11")).decode().encode("utf-16"), "expected text in UTF-8, but byte 1 is not"),
    "no JSON": (lambda: b"{\n'a': 1}", "row 2: expected JSON"),
    "NaN": (lambda: written(shape("11", [[[float("nan"), 1], *RING[1:]]])), "JSON, which has no NaN"),
    "a key twice": (lambda: b'{"type": 1, "type": 2}', '"type" stands twice'),
    "nested": (lambda: b"[" * 100_000, "not values nested hundreds of times"),
    "a list": (lambda: b"[]", "a FeatureCollection with a list of features"),
    "no list": (
        lambda: b'{"type": "FeatureCollection", "features": {}}',
        "a FeatureCollection with a list of features",
    ),
    "a number": (lambda: written(shape(11), shape("12")), "key features.1.id: expected an id that is a code"),
    "no feature": (lambda: written(shape("11"), 3), "key features.2.id: expected an id that is a code"),
    "twice": (lambda: written(shape("11"), shape("12"), shape("11")), '"11" was found, expected each code once'),
    "missing": (lambda: written(shape("11")), "expected a feature for 12, which data/provinces.csv has"),
    "other code": (
        lambda: written({**shape("11"), "properties": {"kemendagri_code": "12"}}, shape("12")),
        "the same code as kemendagri_code among the properties",
    ),
    "point": (lambda: written(shape("11", [1, 2], "Point"), shape("12")), "a Polygon or MultiPolygon as its geometry"),
    "none": (lambda: written({**shape("11"), "geometry": None}, shape("12")), "a Polygon or MultiPolygon"),
    "empty": (lambda: written(shape("11", []), shape("12")), "rings of coordinates in its Polygon"),
    "open": (lambda: written(shape("11", [[*RING[:3], [5, 5]]]), shape("12")), "closed rings, of at least 4 places"),
    "text": (lambda: written(shape("11", [[["100", 1], *RING[1:]]]), shape("12")), "pairs of numbers in its rings"),
    "swapped": (lambda: written(shape("11", [[[1, 100], *RING]]), shape("12")), "a latitude from -90 to 90"),
    "huge": (lambda: written(shape("11", [[[10**400, 1], *RING]]), shape("12")), "a longitude from -180 to 180"),
    "depth": (lambda: written(shape("11", [RING], "MultiPolygon"), shape("12")), "pairs of numbers in its rings"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_mistake_is_one_sentence(tmp_path: Path, name: str) -> None:
    make, expected = BAD[name]
    (sentence,) = said(tmp_path, make())
    assert expected in sentence and sentence.startswith("data/provinces.geojson")
