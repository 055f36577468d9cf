"""The weight lab's scripts as one script: their order is told by `lab/dev.html`, which loads them one by one."""

from __future__ import annotations

import re
from pathlib import Path

from paritrana import paths

ORDER = paths.LAB / "dev.html"
STYLE = paths.LAB / "lab.css"
PART = re.compile(r'<script src="((?:arithmetic|reading|view)/\w+\.js)"></script>')
# Only comments that have their lines to themselves: nothing inside a line has to be understood.
COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def parts() -> list[Path]:
    """The scripts in their order: the arithmetic, what reads a file, the view, and the element last of all."""
    return [paths.LAB / name for name in PART.findall(ORDER.read_text(encoding="utf-8"))]


def bundle() -> str:
    """One script made of all of them: a third of their bytes when both are compressed."""
    return "".join(without_comments(path.read_text(encoding="utf-8")) for path in parts())


def without_comments(script: str) -> str:
    """A script without the lines that hold only comments, and without indents."""
    return INDENT.sub("", COMMENT.sub("", script))
