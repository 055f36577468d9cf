"""Which project is worked on: a folder with the data, parameters, pages and notebooks that a book is made from.

A process works on one project: the one that the variable PARITRANA_PROJECT names, else the nearest at or above its
working folder. The command line sets the variable, and the processes and kernels that it starts inherit it. This module
imports nothing of the project.
"""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "PARITRANA_PROJECT"
PARTS = ("data/datapackage.json", "params", "book", "notebooks")


def missing(folder: Path) -> list[str]:
    """What a folder lacks to be a project."""
    return [part for part in PARTS if not (folder / part).exists()]


def nearest() -> Path | None:
    """The nearest project at or above the working folder."""
    try:
        here = Path.cwd()
    except OSError:  # it is gone
        return None
    return next((folder for folder in (here, *here.parents) if not missing(folder)), None)


def named() -> Path | None:
    """The project that the variable names."""
    folder = os.environ.get(VARIABLE)
    return Path(folder).resolve() if folder else None
