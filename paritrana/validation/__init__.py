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

from paritrana import paths
from paritrana.faults import Fault
from paritrana.record.tables import CORRECTIONS
from paritrana.validation.boundaries import check_boundaries
from paritrana.validation.corrections import make_corrections, told_of_corrections
from paritrana.validation.example import check_example
from paritrana.validation.files import read_sheets
from paritrana.validation.meaning import check_meaning
from paritrana.validation.package import read_package
from paritrana.validation.parameters import check_parameters

__all__ = ["validate"]


def validate(root: Path = paths.ROOT) -> list[Fault]:
    """Return every fault of the project, sorted by file, row and column; a clean one gives an empty list.

    `root` is the folder that holds `data/` and `params/`. Nothing is written, and no fault raises an error.
    """
    folder = root / "data"
    package, faults = read_package(folder)
    sheets, found = read_sheets(folder, package)
    faults += found
    if package:
        made, found = make_corrections(sheets)
        faults += found
        faults += told_of_corrections(check_meaning(sheets), made, sheets[CORRECTIONS].file)
        faults += check_boundaries(folder, sheets)
        faults += check_example(folder)
    faults += check_parameters(root, sheets)
    return _told_once(faults)


def _told_once(faults: Iterable[Fault]) -> list[Fault]:
    """Keep the first fault of each cell, in the order of the files."""
    first: dict[tuple[Any, ...], Fault] = {}
    for fault in faults:
        # Without a row there is no cell that was told already: several faults of one file are different faults.
        whole = (fault.value, fault.expected) if fault.row is None else None
        first.setdefault((fault.file, fault.row, fault.column, whole), fault)
    return sorted(first.values(), key=lambda f: (f.file, f.row or 0, f.column or "", f.value or "", f.expected))
