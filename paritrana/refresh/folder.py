"""Files that a person downloaded, in place of answers: some portals refuse programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from paritrana.faults import Fault, InvalidInput, relative
from paritrana.refresh.answers import told
from paritrana.refresh.cache import Answer


def answers_in(folder: Path, ends: tuple[str, ...], named: str, known: Callable[[str], bool]) -> dict[str, Answer]:
    """The files of a folder as answers, by their names without their end; `named` says what a name has to be.

    Each was accessed on the day on which it was last changed. Raises InvalidInput where there is none, one has another
    name, two have the same, or one cannot be read; hidden files are passed over.
    """
    place = relative(folder)
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InvalidInput([told(place, f"a folder with files that were downloaded ({error.strerror})")]) from None
    found: dict[str, Answer] = {}
    faults: list[Fault] = [] if paths else [told(place, f"files whose name is {named}; there is none")]
    for path in paths:
        if path.suffix.lower() not in ends or not known(path.stem):
            faults.append(told(relative(path), f"a file whose name is {named}"))
        elif path.stem in found:
            faults.append(told(relative(path), f"one file of this name, but {found[path.stem].address} has it, too"))
        else:
            try:
                changed = date.fromtimestamp(path.stat().st_mtime)
                found[path.stem] = Answer(relative(path), path.read_bytes(), changed)
            except OSError as error:
                faults.append(told(relative(path), f"a file that can be read ({error.strerror})"))
    if faults:
        raise InvalidInput(faults)
    return found
