"""Every fault of the data and the parameters, each in one sentence: file, row, column, value, what was expected.

Four stages, each passing over what an earlier one found faulty, so that one mistake is told once:

1. the files: encoding, CSV, header, length of the rows (with the line number of a text editor);
2. the cells: what the Table Schemas of `data/datapackage.json` ask for (frictionless, and stricter on numbers);
3. the corrections: whether each fits the cell that it corrects; from then on the cell holds the right value;
4. the meaning: what only several columns or tables show together (pandas).

A cell that was found faulty, or could not be read, is unknown (NA) from then on; an empty cell is an empty string.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from paritrana import paths
from paritrana.faults import Fault
from paritrana.record.tables import CORRECTIONS
from paritrana.validation.additions import add, read_additions, told_of_additions
from paritrana.validation.boundaries import check_boundaries
from paritrana.validation.corrections import make_corrections, told_of_corrections
from paritrana.validation.example import check_example
from paritrana.validation.files import read_sheets
from paritrana.validation.meaning import check_meaning
from paritrana.validation.package import read_package
from paritrana.validation.parameters import check_parameters
from paritrana.validation.sheet import Descriptor, Sheets

__all__ = ["validate", "validate_with"]


def validate(root: Path = paths.ROOT) -> list[Fault]:
    """Return every fault of the project, sorted by file, row and column; a clean one gives an empty list.

    `root` is the folder that holds `data/` and `params/`. Nothing is written, and no fault raises an error.
    """
    folder = root / "data"
    package, faults = read_package(folder)
    sheets, found = read_sheets(folder, package)
    return _told_once([*faults, *found, *_check(root, package, sheets)])


def validate_with(folder: Path, root: Path = paths.ROOT) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Check the project as it would be with the rows of the CSV files in a folder.

    Returns the rows that are new, as text by table, and every fault as `validate` does; nothing is written.
    """
    package, faults = read_package(root / "data")
    sheets, found = read_sheets(root / "data", package)
    faults += found
    added, found = read_additions(folder, package)
    faults += found
    faults += add(sheets, added)
    new = {table: sheet.frame.copy() for table, sheet in added.items() if len(sheet.frame)}
    faults += told_of_additions(_check(root, package, sheets), sheets)
    return new, _told_once(faults)


def _check(root: Path, package: Descriptor, sheets: Sheets) -> list[Fault]:
    """The faults beyond single files and cells."""
    faults: list[Fault] = []
    if package:
        made, faults = make_corrections(sheets)
        faults += told_of_corrections(check_meaning(sheets), made, sheets[CORRECTIONS].file)
        faults += check_boundaries(root / "data", sheets)
        faults += check_example(root / "data")
    return [*faults, *check_parameters(root, sheets)]


def _told_once(faults: Iterable[Fault]) -> list[Fault]:
    """Keep the first fault of each cell, in the order of the files."""
    first: dict[tuple[Any, ...], Fault] = {}
    for fault in faults:
        # Without a row there is no cell that was told already: several faults of one file are different faults.
        whole = (fault.value, fault.expected) if fault.row is None else None
        first.setdefault((fault.file, fault.row, fault.column, whole), fault)
    return sorted(first.values(), key=lambda f: (f.file, f.row or 0, f.column or "", f.value or "", f.expected))
