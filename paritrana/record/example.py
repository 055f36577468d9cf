"""Provinsi Contoh, the fictional province with a value for every criterion; see `data/example/README.md`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from paritrana import paths
from paritrana.checked import ONE_LINE
from paritrana.engine.ranks import from_first_on
from paritrana.engine.scores import Floats
from paritrana.faults import CONTROL, Fault, InvalidInput, relative

PROVINCE = "99"  # the code of no real province
FILE = "example/provinsi-contoh.csv"  # in data/
CODE = re.compile(rf"{PROVINCE}\.\d\d")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
# What is asked of the other columns than those of the criteria.
EXPECTED = {
    "name": (re.compile(r".*\S.*"), "a name was expected"),
    "code": (CODE, f"a code such as {PROVINCE}.01 was expected"),
    "nominee": (re.compile("yes|no"), "yes or no was expected"),
    "announced_rank": (re.compile("[1-9]?"), "a place, or nothing, was expected"),
}


@dataclass(frozen=True, eq=False)
class Example:
    """The fictional regions in the order of their codes; `values` holds those of each criterion, shape (N,).

    `nominees` and `podium`, (code, rank) by rank, are an invented announcement.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    values: dict[str, Floats]
    nominees: tuple[str, ...]
    podium: tuple[tuple[str, int], ...]


def read_example(data: Path = paths.DATA) -> Example:
    """The fictional province from a folder of data; raises InvalidInput with every fault of its file."""
    path = data / FILE
    rows = _rows(path)
    if faults := list(_faults(relative(path), rows)):
        raise InvalidInput(faults)
    rows = rows.sort_values("code")
    placed = rows[rows["announced_rank"] != ""].sort_values("announced_rank")
    return Example(
        codes=tuple(rows["code"]),
        names=tuple(rows["name"]),
        values={name: rows[name].to_numpy(np.float64) for name in rows.columns.difference(list(EXPECTED))},
        nominees=tuple(rows.loc[rows["nominee"] == "yes", "code"]),
        podium=tuple((code, int(rank)) for code, rank in zip(placed["code"], placed["announced_rank"], strict=True)),
    )


def _rows(path: Path) -> pd.DataFrame:
    """The file as texts, indexed by the lines of the file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        columns = list(zip(*rows, strict=True))
        return pd.DataFrame(dict(zip(header, columns, strict=True)), index=range(2, len(rows) + 2), dtype=str)
    except (OSError, ValueError, csv.Error) as error:
        expected = f"a readable CSV file in UTF-8 with a header and as many cells in each row was expected ({error})"
        raise InvalidInput([Fault(relative(path), None, None, None, expected)]) from error


def _faults(file: str, rows: pd.DataFrame) -> Iterator[Fault]:
    """A fault for each cell that is not what it should be; the province is to be complete."""
    lacking = [name for name in EXPECTED if name not in rows]
    yield from (Fault(file, 1, name, None, "a column of this name was expected") for name in lacking)
    for column in rows:
        pattern, expected = EXPECTED.get(column, (NUMBER, "a number was expected"))
        for line, cell in rows[column].items():
            if CONTROL.search(cell) or not pattern.fullmatch(cell):
                yield Fault(file, int(str(line)), str(column), cell, ONE_LINE if CONTROL.search(cell) else expected)
    for column in {"name", "code"} & set(rows):
        for line, cell in rows.loc[rows[column].duplicated(), column].items():
            yield Fault(file, int(str(line)), column, cell, "what no other row has was expected")
    if not lacking and not from_first_on(sorted(int(rank) for rank in rows["announced_rank"] if rank.isdigit())):
        yield Fault(file, None, "announced_rank", None, "the places from the first on were expected")
