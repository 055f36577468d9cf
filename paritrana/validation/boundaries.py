"""The boundary files: GeoJSON with one shape of closed rings per code of their table, as the maps read them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paritrana.faults import Fault
from paritrana.validation.json_file import read_json
from paritrana.validation.sheet import Sheet, Sheets, fault_at

CORNERS = 4  # of the smallest ring, whose last is its first


def check_boundaries(folder: Path, sheets: Sheets) -> Iterator[Fault]:
    """The boundary files must be GeoJSON with one shape per code of their table."""
    for table in ("provinces", "regencies"):
        file = f"data/{table}.geojson"
        try:
            content, faults = read_json(folder / f"{table}.geojson", file)
        except FileNotFoundError:
            continue  # told with the package
        yield from faults or _check_collection(file, content, sheets[table])


def _check_collection(file: str, content: Any, sheet: Sheet) -> Iterator[Fault]:
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        yield fault_at(file, None, None, None, "a FeatureCollection with a list of features")
        return
    codes = set(sheet.text("kemendagri_code").dropna()) if sheet.complete("kemendagri_code") else set()
    ids = [feature.get("id") if isinstance(feature, dict) else None for feature in features]
    seen = {code for code in ids if isinstance(code, str)}
    for at, (code, feature) in enumerate(zip(ids, features, strict=True), start=1):
        if not isinstance(code, str):
            yield fault_at(file, None, f"features.{at}.id", None, 'an id that is a code in quotes, such as "13"')
        elif ids.index(code) < at - 1:
            yield fault_at(file, None, "id", code, "each code once")
        elif codes and code not in codes:
            yield fault_at(file, None, "id", code, f"a kemendagri_code of {sheet.file}")
        elif wrong := _wrong(feature, code):
            yield fault_at(file, None, "id", code, wrong)
    for code in sorted(codes - seen) if len(seen) == len(ids) else ():  # else one that is there under no name
        yield fault_at(file, None, "id", None, f"a feature for {code}, which {sheet.file} has")


def _wrong(feature: dict[str, Any], code: str) -> str:
    """What was expected of a feature; empty where nothing is wrong."""
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(properties, dict) or properties.get("kemendagri_code") != code:
        return "the same code as kemendagri_code among the properties"
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return "a Polygon or MultiPolygon as its geometry"
    polygons = geometry.get("coordinates")
    polygons = [polygons] if geometry["type"] == "Polygon" else polygons
    if not isinstance(polygons, list) or not polygons or not all(isinstance(one, list) and one for one in polygons):
        return f"rings of coordinates in its {geometry['type']}"
    return next((wrong for polygon in polygons for ring in polygon if (wrong := _of_ring(ring))), "")


def _of_ring(ring: Any) -> str:
    if not isinstance(ring, list) or not all(map(_is_place, ring)):
        return "pairs of numbers in its rings, a longitude from -180 to 180 and a latitude from -90 to 90"
    if len(ring) < CORNERS or ring[0] != ring[-1]:
        return f"closed rings, of at least {CORNERS} places of which the last is the first"
    return ""


def _is_place(place: Any) -> bool:
    """Whether this is a longitude with a latitude."""
    return (
        isinstance(place, list)
        and len(place) in (2, 3)
        and all(isinstance(one, int | float) and not isinstance(one, bool) for one in place)
        and abs(place[0]) <= 180
        and abs(place[1]) <= 90
    )
