"""A copy of the project that a test may build in and break, so that the reader's own book stays as it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from paritrana.paths import ROOT

PARTS = ("_config.yml", "book", "data", "notebooks", "paritrana", "params", "requirements.txt")


def _generated(folder: str, names: list[str]) -> set[str]:
    """What a build makes, and need not be copied."""
    made = {"__pycache__"} | {name for name in names if name.endswith(".mo")}
    if Path(folder) == ROOT / "book" / "_static" / "lab":
        made.add("nation.js")
    if Path(folder) == ROOT / "book":
        made |= {"provinces"} | {name for name in names if name.startswith(("national.", "engine."))}
    return made


def copy(folder: Path) -> Path:
    """Copy what a build reads, without what a build has made."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=_generated)
        else:
            shutil.copy(source, folder / part)
    return folder


def paritrana(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of the copy, not of the project under test."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "400"}
    command = [sys.executable, "-m", "paritrana", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
