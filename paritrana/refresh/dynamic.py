"""A dynamic table of BPS: one column of the data out of its answer, region by region.

An answer has a list for each of five dimensions and `datacontent`, whose keys are their ids written one after the
other: region, variable, category, year, period (documentation of the BPS WebAPI, model `data`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from paritrana.checked import Strict, like
from paritrana.faults import Fault, InvalidInput, nearest, shown
from paritrana.refresh.answers import json_of, refusal, told, whole_number
from paritrana.refresh.cache import Answer
from paritrana.refresh.places import Region, Regions, plain

ZERO = 1900  # BPS counts years from here on
DIMENSIONS = ("vervar", "turvar", "tahun", "turtahun")
PERSONS = ("", "jiwa", "orang")
PERIODS = ("agustus", "tahun", "tahunan")  # plain names, the August survey before the year
WHOLES = ("jumlah", "total", "indonesia")


Column = Literal[
    "labour_force",
    "employed",
    "unemployed",
    "employees",
    "formal_employed",
    "informal_employed",
    "employed_age_15_19",
    "employed_age_65_plus",
    "employed_public_admin",
]


class Wanted(Strict):
    """One column of the data and where it is: `category` where the variable has several."""

    domain: Annotated[str, like(r"\d{2}00", "a province's domain of four digits in quotes, or 0000, was expected")]
    variable: int = Field(ge=1)
    category: str | None = None
    column: Column


@dataclass(frozen=True)
class Cells:
    """What a dynamic table tells of one column, by region, and the title of its variable."""

    title: str
    numbers: Mapping[Region, int]


def available(answer: Answer) -> dict[str, Any]:
    """An answer that says that it has what was asked for."""
    said = json_of(answer.content, answer.address)
    if not isinstance(said, dict):
        raise refusal(answer.address, "an object with status and data-availability")
    if said.get("status") != "OK":
        why = shown(str(said.get("message", "no message")))
        raise refusal(f"{answer.address}, status", f"OK ({why})", said.get("status"))
    if said.get("data-availability") != "available":
        raise refusal(f"{answer.address}, data-availability", "available", said.get("data-availability"))
    return said


def cells_of(answer: Answer, want: Wanted, year: int, known: Regions) -> Cells:
    """One column out of a dynamic table; raises InvalidInput with every fault of the table."""
    said, place = available(answer), answer.address
    lists = {name: _items(said, name, place) for name in DIMENSIONS}
    content = said.get("datacontent")
    if not isinstance(content, dict):
        raise refusal(f"{place}, datacontent", "an object of keys and numbers")
    title = _variable(said, want, place)
    category = _category(lists["turvar"], want, place)
    years = [number for number, label in lists["tahun"].items() if label.strip() == str(year)]
    if years != [str(year - ZERO)]:
        raise refusal(f"{place}, tahun", f"{year} as the year {year - ZERO}", ", ".join(lists["tahun"].values()))
    period = _period(lists["turtahun"], place)
    numbers, faults = _read(content, lists["vervar"], f"{want.variable}{category}{years[0]}{period}", place, known)
    if faults:
        raise InvalidInput(faults)
    return Cells(title, numbers)


def _items(said: Mapping[str, Any], name: str, place: str) -> dict[str, str]:
    """A dimension as labels by id."""
    items = said.get(name)
    if not isinstance(items, list) or not all(
        isinstance(item, dict) and {"val", "label"} <= set(item) for item in items
    ):
        raise refusal(f"{place}, {name}", "a list of objects with val and label")
    found = {str(item["val"]): str(item["label"]) for item in items}
    if not found or len(found) < len(items):
        raise refusal(f"{place}, {name}", "at least one object, each with a val of its own")
    return found


def _variable(said: Mapping[str, Any], want: Wanted, place: str) -> str:
    """The title of the variable, which must be the one that was asked for, and count persons."""
    match said.get("var"):
        case [{"val": number, "label": str(title), **rest}] if str(number) == str(want.variable):
            unit = str(rest.get("unit") or "")
            if unit.strip().lower() in PERSONS:
                return title
            raise refusal(f"{place}, var {number}, unit", "Orang or Jiwa: the data counts persons", unit)
    raise refusal(f"{place}, var", f"the variable {want.variable} alone")


def _category(labels: Mapping[str, str], want: Wanted, place: str) -> str:
    """The id of the category that is wanted: the only one where none is named."""
    called = None if want.category is None else plain(want.category)
    fits = [number for number, label in labels.items() if called in (None, plain(label))]
    if len(fits) == 1:
        return fits[0]
    near = nearest(want.category, labels.values()) if want.category else ""
    expected = f"{want.category or 'one category, or a category: in the file of the tables'}{near}"
    raise refusal(f"{place}, turvar", expected, ", ".join(labels.values()))


def _period(labels: Mapping[str, str], place: str) -> str:
    """The id of the August survey among the periods of the year."""
    for called in PERIODS:
        if fits := [number for number, label in labels.items() if plain(label) == called]:
            return fits[0]
    raise refusal(f"{place}, turtahun", "Agustus or Tahun", ", ".join(labels.values()))


def _read(
    content: Mapping[str, Any], labels: Mapping[str, str], rest: str, place: str, known: Regions
) -> tuple[dict[Region, int], list[Fault]]:
    """The numbers of the regions; `rest` is what a key has behind the region's id."""
    numbers: dict[Region, int] = {}
    faults: list[Fault] = []
    for number, label in labels.items():
        where, value = f'{place}, vervar {number} "{label}"', content.get(number + rest)
        if value is None or _is_whole(number, label, known):
            continue  # unknown to BPS, or the sum of others
        region, count = known.coded(number, label), whole_number(value)
        if isinstance(region, str):
            faults.append(told(where, region, label))
        elif count is None:
            faults.append(told(where, "a whole number of persons", value))
        elif region in numbers:
            faults.append(told(where, f"{region.called} once"))
        else:
            numbers[region] = count
    if not numbers and not faults:
        faults.append(told(f"{place}, datacontent", f"a number of a region under a key that ends with {rest}"))
    return numbers, faults


def _is_whole(number: str, label: str, known: Regions) -> bool:
    """Whether a row of a table is that of the province or of Indonesia."""
    called = plain(label)
    return called in (
        *WHOLES,
        *{plain(region.province) for region in known.all if f"{region.bps_code[:2]}00" == number},
    )
