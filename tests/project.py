"""A copy of the project that a test may build in and break, so that the reader's own book stays as it is."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from paritrana.parameters.page import languages, national
from paritrana.paths import ROOT
from paritrana.plan.edition import edition_of

PARTS = (
    "LICENSE",
    "_config.yml",
    "book",
    "data",
    "lab",
    "notebooks",
    "packages",
    "paritrana",
    "params",
    "requirements.txt",
)


def _unread(_: str, names: list[str]) -> set[str]:
    """What lies among the sources and is none."""
    return {"__pycache__", "node_modules"} | {name for name in names if name.endswith((".mo", ".egg-info"))}


def copy(folder: Path, *spoken: str) -> Path:
    """Copy what a build reads; where languages are named, its site is one in these."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=_unread)
        else:
            shutil.copy(source, folder / part)
    if spoken:
        speak(folder, *spoken)
    return folder


def speak(folder: Path, *spoken: str) -> None:
    """Let the site of the copy be one in these languages."""
    path = folder / "params" / "national.yml"
    said = f"languages: [{', '.join(spoken)}]"
    path.write_text(re.sub(r"languages: \[.*?\]", said, path.read_text(encoding="utf-8")), encoding="utf-8")


def python_path(folder: Path) -> str:
    """The variable PYTHONPATH for the library and the packages of the copy: they come before those installed."""
    return os.pathsep.join(map(str, (folder, folder / "packages" / "warm-kernel" / "src")))


def environment(folder: Path) -> dict[str, str]:
    """The variables for a command of the copy: its own library, and lines long enough for every sentence."""
    return {**os.environ, "PYTHONPATH": python_path(folder), "COLUMNS": "400"}


def paritrana(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line of the copy, not of the project under test."""
    command = [sys.executable, "-m", "paritrana", *words]
    return subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)


def edition(folder: Path, **given: object) -> Path:
    """Where a build of the copy makes an edition."""
    return folder / edition_of(national(given), languages()).folder.relative_to(ROOT)


def log(folder: Path) -> list[dict[str, Any]]:
    """The whole lines of the last build's log: none before it has begun one."""
    path = folder / "_build" / "logs" / "build.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.endswith("}")]


def made(folder: Path) -> set[str]:
    """The pages that the last build made."""
    return {record["page"] for record in log(folder) if record.get("status") == "made"}
