"""BPS, the labour force of kabupaten and kota (Sakernas of August): the WebAPI of Statistics Indonesia, with a token.

A dynamic table is asked for by domain, variable and year. Which variable of which domain holds what is each office's
own, so that a file of the user says it (`wanted`); `find` lists the variables of a domain.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from pydantic import Field

from paritrana.checked import Strict, checked, read_yaml
from paritrana.faults import Fault, InvalidInput, relative
from paritrana.record.tables import Tables
from paritrana.refresh.answers import refusal, told, whole_number
from paritrana.refresh.cache import Answer
from paritrana.refresh.changes import Source, Told
from paritrana.refresh.client import Client, gathered
from paritrana.refresh.dynamic import ZERO, Cells, Wanted, available, cells_of
from paritrana.refresh.folder import answers_in
from paritrana.refresh.places import Region, Regions, province_by_bps, regions

BASE = "https://webapi.bps.go.id"
PATH = "/v1/api/list"
TABLE = "labour_force"
SECRET = "key"  # the parameter that carries the token
NATION = "0000"
MOST_PAGES = 500
Variable = tuple[int, str, str]  # id, title, unit


class Tabled(Strict):
    """The file that says where BPS has what."""

    tables: list[Wanted] = Field(min_length=1)


def secret(token: str) -> dict[str, str]:
    """The token as the parameter that carries it; raises InvalidInput, which does not show it, where it is none."""
    if not token.isalnum() or not token.isascii():
        raise InvalidInput([told("BPS_TOKEN or --token", "your token of webapi.bps.go.id: letters and digits")])
    return {SECRET: token}


def wanted(path: Path) -> list[Wanted]:
    """The tables that a file of the user names; raises InvalidInput with every fault in it."""
    return checked(Tabled, read_yaml(path), relative(path)).tables


def fetch(client: Client, tables: Tables, asked: Iterable[Wanted], year: int) -> list[Told]:
    """What BPS tells of a year; raises InvalidInput with every fault of every answer."""

    def one(want: Wanted) -> tuple[Wanted, Cells, Source]:
        return client.get(PATH, _query(want, year), partial(_one, want=want, year=year, tables=tables))

    return _rows(year, gathered(partial(one, want) for want in asked))


def from_folder(folder: Path, tables: Tables, asked: Iterable[Wanted], year: int) -> list[Told]:
    """The same from answers that a person saved, each named by domain, variable and year, such as 1300-63-2025.json."""
    by_name: dict[str, list[Wanted]] = {}
    for want in asked:
        by_name.setdefault(f"{want.domain}-{want.variable}-{year}", []).append(want)
    named = f"the domain, variable and year of a table that is asked for, such as {next(iter(by_name))}.json"
    files = answers_in(folder, (".json",), named, by_name.__contains__)
    if lacking := sorted(by_name.keys() - files.keys()):
        raise InvalidInput(told(relative(folder / f"{name}.json"), "this file; there is none") for name in lacking)
    pairs = [(files[name], want) for name, wants in by_name.items() for want in wants]
    return _rows(year, gathered(partial(_one, answer, want, year, tables) for answer, want in pairs))


def find(client: Client, domain: str, words: str) -> list[Variable]:
    """The variables of a domain whose title has all the words."""
    found: list[Variable] = []
    page, pages = 1, 1
    while page <= pages <= MOST_PAGES:
        query = {"model": "var", "lang": "ind", "domain": domain, "page": str(page)}
        pages, listed = client.get(PATH, query, _listed)
        found += [each for each in listed if all(word in each[1].lower() for word in words.lower().split())]
        page += 1
    return found


def _query(want: Wanted, year: int) -> dict[str, str]:
    table = {"domain": want.domain, "var": str(want.variable), "th": str(year - ZERO)}
    return {"model": "data", "lang": "ind", **table}


def _one(answer: Answer, want: Wanted, year: int, tables: Tables) -> tuple[Wanted, Cells, Source]:
    """What one table tells, and where a reader with a token of their own finds it."""
    cells = cells_of(answer, want, year, _known(tables, want.domain))
    address = f"{BASE}{PATH}?{urlencode(_query(want, year))}"
    return want, cells, Source(address, f"{cells.title}, {year}", "Badan Pusat Statistik", answer.accessed)


def _known(tables: Tables, domain: str) -> Regions:
    """The regions that a domain may tell of."""
    return regions(tables, None if domain == NATION else province_by_bps(tables, domain[:2]) or "")


def _listed(answer: Answer) -> tuple[int, list[Variable]]:
    """The number of pages of a list of variables, and this page of it."""
    match available(answer).get("data"):
        case [{"pages": int(pages)}, [*items]] if all(isinstance(item, dict) for item in items):
            listed = [(whole_number(item.get("var_id")), item.get("title"), item.get("unit")) for item in items]
            return pages, [
                (number, str(title), str(unit or "")) for number, title, unit in listed if number is not None
            ]
    raise refusal(f"{answer.address}, data", "a list of the pages and of the variables")


def _rows(year: int, columns: Iterable[tuple[Wanted, Cells, Source]]) -> list[Told]:
    """The columns put together to a row for each region; raises InvalidInput where two tell one cell differently."""
    numbers: dict[Region, dict[str, int]] = {}
    sources: dict[Region, dict[str, Source]] = {}
    faults: list[Fault] = []
    for want, cells, source in columns:
        for region, number in cells.numbers.items():
            own = numbers.setdefault(region, {})
            if own.setdefault(want.column, number) != number:
                place = f"{source.address}, {region.called}, {want.column}"
                faults.append(told(place, f"{own[want.column]}, as another table tells", number))
            sources.setdefault(region, {})[want.column] = source
    if faults:
        raise InvalidInput(faults)
    return [
        Told(f"{year}, {region.called}", region.cells() | {"year": str(year)}, own, sources[region])
        for region, own in sorted(numbers.items(), key=lambda item: item[0].bps_code)
    ]
