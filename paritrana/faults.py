"""What is wrong with an input, said once and in one place.

A `Fault` is one clear sentence: file, row, column, value, and what was expected.
Checks collect faults and report them together; `InvalidInput` carries them to whoever has to stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from paritrana.paths import ROOT

KEYED = (".yml", ".yaml", ".json", ".geojson", ".ipynb")  # files that have keys where tables have columns
LONGEST = 80  # characters of a value that a sentence quotes
# Characters that break a line or control what follows, in a class of a regular expression: LF, CR, VT, FF, NEL, the
# separators of lines and paragraphs, escapes, null.
CONTROLS = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
CONTROL = re.compile(f"[{CONTROLS}]")


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: where it is, what was found there and what was expected."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str

    def __str__(self) -> str:
        word = "key" if self.file.endswith(KEYED) else "column"
        place = [self.file, f"row {self.row}" if self.row else "", f"{word} {self.column}" if self.column else ""]
        found = "" if self.value is None else f'"{shown(self.value)}" was found, '
        return one_line(f"{', '.join(part for part in place if part)}: {found}{self.expected}.")


class InvalidInput(ValueError):  # noqa: N818 - reads as what it is where it is caught
    """Input that cannot be used; `faults` holds every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[InvalidInput], tuple[tuple[Fault, ...]]]:
        """Pickled with its faults: an exception is otherwise made anew from its text, letter by letter."""
        return type(self), (self.faults,)


def nearest(value: object, known: Iterable[str]) -> str:
    """` (did you mean "x"?)` for the known word nearest to the value, or nothing."""
    close = get_close_matches(str(value), list(known), n=1)
    return f' (did you mean "{close[0]}"?)' if close else ""


def one_line(text: str) -> str:
    """The text with control characters shown as escapes, so that a sentence stays on one line."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def shown(text: str) -> str:
    """A value as a sentence quotes it: on one line, and cut where it is long."""
    text = one_line(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def relative(path: Path) -> str:
    """The path as it is written in messages: from the project's root where it lies in it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
