"""Several files of the data written as one: all of them change, or none does.

New files are made in a folder of their own beside the old ones. With its mark the folder is whole: from then on the new
files take the place of the old ones, and what ends that in the middle is made up for by the next command (`finish`).
Without the mark it is thrown away, and the old files stand.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from paritrana import paths

STAGE = ".contribution"  # in the folder of the data
WHOLE = "whole"  # the mark


def write_together(texts: Mapping[str, str], data: Path = paths.DATA) -> None:
    """Write files of a folder, by name; raises OSError where that cannot be, and the old files stand then."""
    finish(data)
    stage = data / STAGE
    try:
        stage.mkdir()
        for name, text in texts.items():
            _write(stage / name, text)
        _write(stage / WHOLE, "")
    except OSError:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    finish(data)


def finish(data: Path = paths.DATA) -> None:
    """Bring to an end what a command that was killed has begun: forwards if it was whole, else back."""
    stage = data / STAGE
    if (stage / WHOLE).exists():
        for fresh in sorted(path for path in stage.iterdir() if path.name != WHOLE):
            fresh.replace((data / fresh.name).resolve())
    shutil.rmtree(stage, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    """Write a file down to the disk."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
