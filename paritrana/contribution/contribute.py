"""A contribution from its folder to the tables."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from paritrana import paths
from paritrana.contribution.differences import differences
from paritrana.contribution.order import placed
from paritrana.contribution.writing import write_together
from paritrana.faults import InvalidInput
from paritrana.files import csv_text
from paritrana.indicators.nation import survey_years
from paritrana.parameters.page import strength_under
from paritrana.plan.book import book, pages
from paritrana.plan.effects import changed_pages
from paritrana.record.tables import PACKAGE, Tables, load
from paritrana.record.years import YEARS
from paritrana.validation import validate_with


@dataclass(frozen=True)
class Contribution:
    """What is new in a folder: rows by table, and the texts that the files of the data would have with them."""

    rows: Mapping[str, int]
    texts: Mapping[str, str]  # by the name of the file in data/


@dataclass(frozen=True)
class Effects:
    """What a contribution changes: figures, a line each, and pages of the book of the default edition."""

    figures: Sequence[str]
    pages: Sequence[str]


def read(folder: Path) -> Contribution:
    """The rows of a folder that the data has not; raises InvalidInput with every fault of the data with them."""
    new, faults = validate_with(folder)
    if faults:
        raise InvalidInput(faults)
    package = json.loads((paths.DATA / PACKAGE).read_text(encoding="utf-8-sig"))
    files = {resource["name"]: resource["path"] for resource in package["resources"]}
    texts = {files[table]: _with(table, paths.DATA / files[table], rows) for table, rows in new.items()}
    return Contribution({table: len(rows) for table, rows in new.items()}, texts)


def effects(contribution: Contribution) -> Effects:
    """What the contribution would change."""
    defaults, provinces = book()
    strength = strength_under(defaults.rubric)
    before, after = (survey_years(tables, YEARS, strength) for tables in (load(), _tables(contribution)))
    year = defaults.year
    made = sorted(changed_pages(before[year], after[year], pages(defaults, provinces)))
    return Effects(list(differences(before, after)), made)


def write(contribution: Contribution) -> None:
    """Write the files, all or none; raises OSError where they cannot be written."""
    write_together(contribution.texts)


def _tables(contribution: Contribution) -> Tables:
    """The tables as they would be."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for path in paths.DATA.iterdir():
            if path.is_file() and path.name not in contribution.texts:
                (folder / path.name).symlink_to(path.resolve())
        for name, text in contribution.texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        return load(folder)


def _with(table: str, path: Path, new: pd.DataFrame) -> str:
    """The text of a table's file with new rows in it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    ordered = new[header].astype(object).to_numpy().tolist()
    return csv_text([header, *placed(table, header, rows, ordered)])
