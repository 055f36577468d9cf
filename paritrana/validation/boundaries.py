"""The boundary files: GeoJSON with one shape per code of their table."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paritrana.faults import Fault
from paritrana.validation.sheet import Sheet, Sheets, fault_at


def check_boundaries(folder: Path, sheets: Sheets) -> Iterator[Fault]:
    """The boundary files must be GeoJSON with one shape per code of their table."""
    for table in ("provinces", "regencies"):
        path, file = folder / f"{table}.geojson", f"data/{table}.geojson"
        try:
            yield from _check_shapes(file, _shapes(path), sheets[table])
        except FileNotFoundError:
            continue  # told with the package
        except UnicodeDecodeError:
            yield fault_at(file, None, None, None, "text in UTF-8")
        except json.JSONDecodeError as error:
            yield fault_at(file, error.lineno, None, None, f"JSON ({error.msg}, character {error.colno})")
        except (KeyError, TypeError):
            yield fault_at(file, None, None, None, "a FeatureCollection whose features have an id and a geometry")


def _shapes(path: Path) -> dict[str, Any]:
    """Map the id of each feature to its coordinates."""
    features = json.loads(path.read_bytes())["features"]
    return {shape["id"]: shape["geometry"]["coordinates"] for shape in features}


def _check_shapes(file: str, shapes: dict[str, Any], sheet: Sheet) -> Iterator[Fault]:
    codes = set(sheet.text("kemendagri_code").dropna())
    if sheet.complete("kemendagri_code"):
        for code in sorted(shapes.keys() - codes):
            yield fault_at(file, None, "id", code, f"a kemendagri_code of {sheet.file}")
        for code in sorted(codes - shapes.keys()):
            yield fault_at(file, None, "id", None, f"a feature for {code}, which {sheet.file} has")
