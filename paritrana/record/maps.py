"""Boundaries of regions as rings of coordinates, from the GeoJSON files of `data/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from paritrana import paths


def rings(path: Path) -> dict[str, list[np.ndarray]]:
    """Outer and inner rings of every region by its code; each ring is (M, 2), degrees of longitude and latitude."""
    features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
    return {feature["properties"]["kemendagri_code"]: _rings(feature["geometry"]) for feature in features}


def regencies() -> dict[str, list[np.ndarray]]:
    """The rings of the 514 kabupaten/kota."""
    return rings(paths.DATA / "regencies.geojson")


def provinces() -> dict[str, list[np.ndarray]]:
    """The rings of the 38 provinces."""
    return rings(paths.DATA / "provinces.geojson")


def _rings(geometry: dict[str, Any]) -> list[np.ndarray]:
    """The rings of a Polygon or MultiPolygon."""
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return [np.asarray(ring, dtype=float) for polygon in polygons for ring in polygon]
