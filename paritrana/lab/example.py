"""Provinsi Contoh, the fictional province with a value for every criterion; see `data/example/README.md`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from paritrana import paths
from paritrana.engine.scores import Floats
from paritrana.rank import read_table
from paritrana.rubric import load_rubric, rubric_path

FILE = paths.DATA / "example" / "provinsi-contoh.csv"
RUBRIC = "hypothesis-a"  # whose criteria the columns of the file are
PROVINCE = "00"  # the code of no real province


@dataclass(frozen=True, eq=False)
class Example:
    """The fictional regions in the order of their codes; `low` and `high` hold the values of a criterion, shape (N,).

    `podium` is an invented announcement: (code, rank).
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    low: dict[str, Floats]
    high: dict[str, Floats]
    nominees: tuple[str, ...]
    podium: tuple[tuple[str, int], ...]


def read_example(path: Path = FILE) -> Example:
    """The fictional province; raises InvalidInput with every fault of its values."""
    rubric = load_rubric(rubric_path(RUBRIC))
    table = read_table(path, rubric)
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    placed = rows[rows["announced_rank"] != ""].sort_values("announced_rank")
    return Example(
        codes=tuple(rows["code"]),
        names=table.alternatives,
        low={criterion.id: table.low[:, at] for at, criterion in enumerate(rubric.criteria)},
        high={criterion.id: table.high[:, at] for at, criterion in enumerate(rubric.criteria)},
        nominees=tuple(rows.loc[rows["nominee"] == "yes", "code"]),
        podium=tuple(zip(placed["code"], placed["announced_rank"].astype(int).tolist(), strict=True)),
    )
