"""Two results of a province, number by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from paritrana.results.rows import TABLES

ABSENT = object()  # stands for what one side does not have
Place = tuple[str, str, str]  # table ("" for the province as a whole), the key of the row in words, field


@dataclass(frozen=True)
class Difference:
    """A value that is stored otherwise than it is computed; ABSENT on the side that lacks it.

    `table` and `row` are empty for what is said of the province as a whole. The field of a list ends in the position,
    counted from 1: acceptability[3] is that of the third rank.
    """

    table: str
    row: str
    field: str
    stored: object
    computed: object

    @property
    def absolute(self) -> float | None:
        """Computed minus stored, where both are numbers."""
        if not is_number(self.stored) or not is_number(self.computed):
            return None
        return float(self.computed) - float(self.stored)  # type: ignore[arg-type]

    @property
    def relative(self) -> float | None:
        """The same as a share of what is stored; None where that is zero."""
        return self.absolute / abs(float(self.stored)) if self.absolute is not None and self.stored else None  # type: ignore[arg-type]


def is_number(value: object) -> bool:
    """Whether this is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def differences(stored: dict[str, Any], computed: dict[str, Any]) -> Iterator[Difference]:
    """Every value that differs, is missing or is too much, in the order of what is computed."""
    before, after = dict(cells(stored)), dict(cells(computed))
    for place in after | before:
        one, other = before.get(place, ABSENT), after.get(place, ABSENT)
        if one != other:
            yield Difference(*place, one, other)


def cells(result: dict[str, Any]) -> Iterator[tuple[Place, object]]:
    """Every value of a result with its place; what is no table of rows is one value."""
    for name, content in result.items():
        if name in TABLES and isinstance(content, list) and all(isinstance(row, dict) for row in content):
            for row in content:
                key = " ".join(str(row.get(part)) for part in TABLES[name].key)
                yield from (((name, key, field), value) for field, value in _row(row))
        else:
            yield ("", "", name), content


def _row(row: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """The values of a row; lists item by item."""
    for field, value in row.items():
        if isinstance(value, list):
            yield from ((f"{field}[{at}]", item) for at, item in enumerate(value, start=1))
        else:
            yield field, value
