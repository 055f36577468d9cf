"""A copy of the project that a test may build in and break, so that the reader's own book stays as it is."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from paritrana.paths import ROOT

PARTS = ("_config.yml", "book", "data", "lab", "notebooks", "packages", "paritrana", "params", "requirements.txt")


def _generated(folder: str, names: list[str]) -> set[str]:
    """What a build makes, and need not be copied."""
    made = {"__pycache__", "node_modules"} | {name for name in names if name.endswith((".mo", ".egg-info"))}
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


def python_path(folder: Path) -> str:
    """The variable PYTHONPATH for the library and the packages of the copy: they come before those installed."""
    return os.pathsep.join(map(str, (folder, folder / "packages" / "warm-kernel" / "src")))


def paritrana(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of the copy, not of the project under test."""
    environment = {**os.environ, "PYTHONPATH": python_path(folder), "COLUMNS": "400"}
    command = [sys.executable, "-m", "paritrana", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def log(folder: Path) -> list[dict[str, Any]]:
    """The whole lines of the last build's log: none before it has begun one."""
    path = folder / "_build" / "logs" / "build.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.endswith("}")]


def made(folder: Path) -> set[str]:
    """The pages that the last build made."""
    return {record["page"] for record in log(folder) if record.get("status") == "made"}
