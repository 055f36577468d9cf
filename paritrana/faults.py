"""What is wrong with an input, said once and in one place.

A `Fault` is one clear sentence: file, row, column, value, and what was expected.
Checks collect faults and report them together; `InvalidInput` carries them to whoever has to stop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from paritrana.paths import ROOT

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: where it is, what was found there and what was expected."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str

    def __str__(self) -> str:
        word = "column" if self.file.endswith(".csv") else "key"
        place = [self.file, f"row {self.row}" if self.row else "", f"{word} {self.column}" if self.column else ""]
        found = "" if self.value is None else f'"{self.value}" was found, '
        return f"{', '.join(part for part in place if part)}: {found}{self.expected}."


class InvalidInput(ValueError):  # noqa: N818 - reads as what it is where it is caught
    """Input that cannot be used; `faults` holds every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def nearest(value: object, known: Iterable[str]) -> str:
    """` (did you mean "x"?)` for the known word nearest to the value, or nothing."""
    close = get_close_matches(str(value), list(known), n=1)
    return f' (did you mean "{close[0]}"?)' if close else ""


def relative(path: Path) -> str:
    """The path as it is written in messages: from the project's root where it lies in it."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


def read_yaml(path: Path) -> dict[str, object]:
    """The mapping in a YAML file.

    Raises InvalidInput where the file is missing, is not YAML or holds something other than a mapping.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise InvalidInput(
            [Fault(relative(path), None, None, None, f"a readable YAML file was expected: {reason}")]
        ) from error
    if not isinstance(content, dict):
        raise InvalidInput(
            [Fault(relative(path), None, None, str(content), "a mapping of keys to values was expected")]
        )
    return content


def checked(model: type[Model], content: object, file: str) -> Model:
    """The content as the model; raises InvalidInput with one sentence for every fault in it."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InvalidInput(_fault(model, item, file) for item in error.errors()) from error  # type: ignore[arg-type]


def _fault(model: type[BaseModel], item: dict[str, object], file: str) -> Fault:
    """One pydantic error as a fault; the column is the path of keys that leads to the value."""
    location = item["loc"] if isinstance(item["loc"], tuple) else ()
    key = ".".join(str(step) for step in location) or None
    message = str(item["msg"]).removeprefix("Value error, ")
    if item["type"] == "extra_forbidden":
        hint = nearest(location[-1], model.model_fields) if len(location) == 1 else ""
        return Fault(file, None, key, None, f"this key is not known{hint}")
    if item["type"] == "missing":
        return Fault(file, None, key, None, "this key is missing")
    value = None if key is None else str(item["input"])
    return Fault(file, None, key, value, message[0].lower() + message[1:])
