"""The Data Package of a year's results: Table Schemas made from the models of the rows, and what lists the files.

Each table over provinces begins with the year and the province. A list of texts is one cell of a CSV, a space between
two; a list of numbers is over ranks, and becomes a row for each rank, numbered in the column `rank`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from inspect import getdoc
from pathlib import PurePath
from typing import Any

from paritrana.digests import sha256
from paritrana.results.rows import NATIONWIDE, TABLES, Province, ProvinceResult, Row

FIRST = ("year", "province_code")  # columns of every table over provinces
REGION = "region_code"
BEYOND = ("regions", "record", "passed_over")  # tables whose regions are not all kabupaten and kota of table regions
RANK: dict[str, Any] = {"type": "integer", "description": "Rank.", "unit": "rank", "minimum": 1, "nullable": False}
LIMITS = ("minimum", "maximum", "pattern", "enum")
ABOUT = (
    "Everything that the provinces' pages of the Paritrana report book show as numbers. No weights of the award are "
    "public: every set of weights is a hypothesis. Units stand in the property unit of each column (share: 1 is all; "
    "rank: 1 is best). Lists are one cell, a space between two. Each province is a JSON file too, as in schema.json. "
    "Floats are written so that they can be read back to the last digit."
)


@cache
def columns(table: str) -> dict[str, dict[str, Any]]:
    """The columns of a table in their order: name -> its property in the JSON Schema of a row, lists as their items."""
    found = {name: _flat(Province.model_json_schema()["properties"][name]) for name in _first(table)}
    for name, property_ in _model(table).model_json_schema()["properties"].items():
        if by_rank(property_):
            found.setdefault("rank", RANK)
        found[name] = _flat(property_)
    return found


def _model(table: str) -> type[Row]:
    """The model of a table's rows."""
    return NATIONWIDE[table] if table in NATIONWIDE else TABLES[table]


def _first(table: str) -> tuple[str, ...]:
    """The columns that a table begins with, beside those of its rows."""
    return FIRST if table in TABLES else ()


def by_rank(property_: Mapping[str, Any]) -> bool:
    """Whether a property is a list over ranks."""
    return property_.get("items", {}).get("type") == "number"


def _flat(property_: Mapping[str, Any]) -> dict[str, Any]:
    """A property without its wrapping: null beside a type, and lists."""
    branches = [branch for branch in property_.get("anyOf", ()) if branch["type"] != "null"]
    flat = {**(branches[0] if branches else {}), **property_}
    if "items" in flat:
        flat |= flat["items"]
    return flat | {"nullable": bool(branches) or flat.get("items", {}).get("type") == "string"}


def table_schema(table: str) -> dict[str, Any]:
    """The Table Schema of a table."""
    model, found = _model(table), columns(table)
    schema = {"fields": [_field(name, column) for name, column in found.items()], "missingValues": [""]}
    ranks = ["rank"] if found.keys() - model.model_fields >= {"rank"} else []
    if not any(found[name]["nullable"] for name in model.key):  # a primary key may not be empty
        schema["primaryKey"] = [*_first(table), *model.key, *ranks]
    if model.model_fields.keys() >= {REGION} and table not in {*BEYOND, *NATIONWIDE}:
        reference = {"resource": "regions", "fields": [REGION]}
        schema["foreignKeys"] = [{"fields": [REGION], "reference": reference}]
    return schema


def _field(name: str, column: Mapping[str, Any]) -> dict[str, Any]:
    limits = {limit: column[limit] for limit in LIMITS if limit in column}
    return {
        "name": name,
        "type": column["type"],
        "description": column.get("description", ""),
        "unit": column.get("unit"),
        "constraints": {"required": not column["nullable"], **limits},
    }


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a province's result."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **ProvinceResult.model_json_schema()}


def descriptor(year: int, files: Mapping[str, str]) -> dict[str, Any]:
    """The datapackage.json of a year; `files` holds the texts of its files by name."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"paritrana-results-{year}",
        "title": f"Hasil Buku Laporan Paritrana {year}",
        "description": ABOUT,
        "version": version("paritrana"),
        "licenses": [{"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}],
        "resources": [_resource(PurePath(name), text) for name, text in files.items()],
    }


def _resource(path: PurePath, text: str) -> dict[str, Any]:
    content = text.encode()
    written = {"bytes": len(content), "hash": f"sha256:{sha256(content)}"}
    file = {"path": path.name, "format": path.suffix[1:], "encoding": "utf-8", **written}
    if path.suffix == ".json":
        name = path.stem if path.stem == "schema" else f"province-{path.stem}"
        return {"name": name, "type": "json", **file, "mediatype": "application/json"}
    return {
        "name": path.stem,
        "type": "table",
        "description": getdoc(_model(path.stem)),
        **file,
        "mediatype": "text/csv",
        "dialect": {"delimiter": ","},
        "schema": table_schema(path.stem),
    }
