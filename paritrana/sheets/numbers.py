"""Numbers that a person typed: what a text can mean, by the mark that parts its decimals.

1.234 is one and a bit where a point parts decimals, and twelve hundred thirty-four where a comma does. A text is read
under both; who knows the rest of its column decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Mark = Literal["point", "comma"]
MARKS: tuple[Mark, Mark] = ("point", "comma")
PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")  # as a program writes it
BEFORE = re.compile(r"^(?:rp\.?|idr)\s*", re.IGNORECASE)
PERCENT = re.compile(r"\s*(?:%|persen|percent)$", re.IGNORECASE)
UNIT = re.compile(r"\s*(?:orang|persons|poin|points)$", re.IGNORECASE)
SPACES = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]")


def _forms(decimal: str, other: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number with one kind of mark between thousands, and one without, by the mark of its decimals."""
    part = re.escape(decimal)
    grouped = rf"([+-]?)([1-9][0-9]{{0,2}})((?:(?:{re.escape(other)}[0-9]{{3}})+|(?:'[0-9]{{3}})+|(?: [0-9]{{3}})+))"
    plain = rf"([+-]?)(?=[0-9]|{part}[0-9])([0-9]*)()"
    return re.compile(rf"{grouped}(?:{part}([0-9]+))?"), re.compile(rf"{plain}(?:{part}([0-9]*))?([eE][+-]?[0-9]+)?")


FORMS: Mapping[Mark, tuple[re.Pattern[str], re.Pattern[str]]] = {"point": _forms(".", ","), "comma": _forms(",", ".")}


@dataclass(frozen=True)
class Typed:
    """What a text means as a number, by the mark of its decimals; `percent` where it says so behind the number."""

    by: Mapping[Mark, float]
    percent: bool = False

    @property
    def open(self) -> bool:
        """Whether it means two numbers."""
        return len(set(self.by.values())) > 1

    @property
    def sure(self) -> Mark | None:
        """The mark of its decimals, where it says so itself."""
        return next(iter(self.by)) if len(self.by) == 1 else None


def typed(text: str) -> Typed:
    """The numbers that a text can mean; none where it is none.

    >>> typed("12.345").by, typed("12,5").by, typed("70 %").percent, typed("-").by
    ({'point': 12.345, 'comma': 12345.0}, {'comma': 12.5}, True, {})
    """
    bare = SPACES.sub(" ", text).strip()
    percent = PERCENT.search(bare) is not None
    bare = UNIT.sub("", PERCENT.sub("", BEFORE.sub("", bare)))
    return Typed({mark: value for mark in MARKS if (value := _value(bare, mark)) is not None}, percent)


def alone(text: str) -> bool:
    """Whether no word, currency or percent sign stands around the number of a text."""
    return not any(around.search(text) for around in (BEFORE, PERCENT, UNIT))


def _value(bare: str, mark: Mark) -> float | None:
    for form in FORMS[mark]:
        if found := form.fullmatch(bare):
            sign, first, groups, decimals, *power = found.groups(default="")
            whole = first + re.sub("[^0-9]", "", groups)
            return float(f"{sign}{whole or 0}.{decimals or 0}{power[0] if power else ''}")
    return None


def meant(text: str) -> list[float]:
    """The numbers that a text can mean: none, one, or two, that of thousands first.

    >>> meant("12.345"), meant("12,5"), meant("1.234.567"), meant("Rp1.234,50"), meant("0.125"), meant("-")
    ([12345.0, 12.345], [12.5], [1234567.0], [1234.5], [0.125], [])
    """
    return sorted(set(typed(text).by.values()), key=abs, reverse=True)


def written(value: float) -> str:
    """A number as a program keeps it: a whole one without a point."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
