"""The tables of `data/` as data frames, typed by the Table Schemas of `data/datapackage.json`.

Loading is fast and trusts the files: it runs in every notebook kernel. Whether they are to be trusted is told by
`paritrana.validation`.
"""

import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from paritrana import paths
from paritrana.record.corrections import corrected, key_columns

PACKAGE = "datapackage.json"
CORRECTIONS = "corrections"  # the table of corrections
# All else is text: codes keep their dots and zeros, dates may be partial.
DTYPES = {"integer": "Int64", "number": "float64"}


@dataclass(frozen=True)
class Tables:
    """One data frame per table, columns as `datapackage.json` describes them, rows in the order of the file.

    Text is `str`, missing where the cell is empty; integers are `Int64`, missing as `<NA>`; numbers are `float64`.
    """

    provinces: pd.DataFrame  # 38 rows
    regencies: pd.DataFrame  # 514 rows
    labour_force: pd.DataFrame  # 514 rows a year, persons
    observations: pd.DataFrame  # one row per value and source; column unit gives the unit
    awards: pd.DataFrame  # one row per result and source
    regulations: pd.DataFrame  # one row per regulation and source
    sources: pd.DataFrame  # one row per page
    jury_scores: pd.DataFrame  # one row per criterion, points
    participants_province: pd.DataFrame  # one row per province, or former province, and year, persons
    apbd_jawa_timur: pd.DataFrame  # 38 rows a year, rupiah
    flags: pd.DataFrame  # observations that are not to be taken as they stand
    notes: pd.DataFrame  # what the tables say in words, in Indonesian, one row per text
    corrections: pd.DataFrame  # cells of the files that were wrong; the other tables hold the right values


NAMES = tuple(field.name for field in fields(Tables))


def load(folder: Path = paths.DATA) -> Tables:
    """Read all tables of the data package in `folder` and correct them, without validating them.

    Raises FileNotFoundError where `datapackage.json` or a table is not there, and ValueError where the package lacks
    a table, a cell can't be read as the type of its column, or a correction fits no cell.
    """
    package = json.loads((folder / PACKAGE).read_text(encoding="utf-8-sig"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    if lacking := [name for name in NAMES if name not in resources]:
        raise ValueError(f"{folder / PACKAGE} has no resource named {', '.join(lacking)}")
    read = {name: _read(folder / resources[name]["path"], resources[name]["schema"]) for name in NAMES}
    path, corrections = folder / resources[CORRECTIONS]["path"], read[CORRECTIONS]
    for name, own in corrections.groupby("table"):
        try:
            read[name] = corrected(read[name], own, key_columns(name, resources[name]["schema"]))
        except (ValueError, KeyError) as error:
            raise _unreadable(path, error) from error
    return Tables(**read)


@cache
def bundled_tables() -> Tables:
    """The tables of the project's own data, read once per process; raises as `load` does."""
    return load()


def _read(path: Path, schema: dict[str, Any]) -> pd.DataFrame:
    dtypes = {field["name"]: DTYPES.get(field["type"], "str") for field in schema["fields"]}
    try:
        return pd.read_csv(
            path,
            dtype=dtypes,
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8-sig",
        )
    except (ValueError, TypeError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> ValueError:
    return ValueError(f"{path} can't be read: {error}. `paritrana validate` names every fault.")
