"""Kemnaker, the active participants of BPJS Ketenagakerjaan by province and segment: Satu Data of the ministry.

The list of its data sets is what the ministry's own page asks for; it is documented nowhere and may change. Each data
set is an Excel file. One a year counts participants by segment (`jenis kepesertaan`); work accidents are another data
set, which is not asked for, so that their columns stay empty in new rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from paritrana.record.tables import Tables
from paritrana.refresh.answers import json_of, refusal
from paritrana.refresh.cache import Answer
from paritrana.refresh.changes import Source, Told
from paritrana.refresh.client import Client
from paritrana.refresh.folder import answers_in
from paritrana.refresh.participants import Numbers, participants_of

BASE = "https://satudata.kemnaker.go.id"
PAGE = f"{BASE}/data/kumpulan-data"
HEADERS = {"Referer": PAGE}
LIST = "/api/v1/data/list_data"
TABLE = "participants_province"
PER_PAGE = 10  # what the ministry's own page asks for
MOST_PAGES = 500
TITLE = ("peserta", "bpjs ketenagakerjaan", "kepesertaan")  # words of the title that is looked for, beside the year


def fetch(client: Client, tables: Tables, year: int) -> list[Told]:
    """What the ministry tells of a year; raises InvalidInput where it lists no such data set, or several."""
    title, path = _data_set(client, year)
    return client.get(path, {}, partial(_told, address=BASE + path, title=title, tables=tables, year=year))


def from_folder(folder: Path, tables: Tables, year: int) -> list[Told]:
    """The same from the file that a person downloaded, named by the number of its page, such as 1726.xlsx."""
    files = answers_in(folder, (".xlsx",), "the number of its page, such as 1726.xlsx", str.isdecimal)
    if len(files) > 1:
        raise refusal(next(iter(files.values())).address, f"one file of {year}, but there are {len(files)}")
    ((number, answer),) = files.items()
    title = "Active participants of BPJS Ketenagakerjaan by segment"
    return _told(answer, f"{PAGE}/{number}", title, tables, year)


def _data_set(client: Client, year: int) -> tuple[str, str]:
    """The title and the path of the file of the one data set that counts participants by segment in a year."""
    found: dict[str, str] = {}
    for page in range(1, MOST_PAGES + 1):
        items = client.get(LIST, {"page": str(page), "limit": str(PER_PAGE)}, _listed)
        found |= {file: title for title, file in items if _wanted(title, year)}
        if not items:
            break
    place = client.base + LIST
    if len(found) != 1:
        named = "; ".join(found.values()) or "none"
        raise refusal(place, f"one data set of participants by segment (jenis kepesertaan) of {year}, found: {named}")
    ((file, title),) = found.items()
    if not file.startswith(f"{client.base}/"):
        raise refusal(f"{place}, {title}", f"a file of {client.base}", file)
    return title, file.removeprefix(client.base)


def _listed(answer: Answer) -> list[tuple[str, str]]:
    """The titles and files of one page of the list; none beyond the last page."""
    said: Any = json_of(answer.content, answer.address)
    match said:
        case {"data": {"data": [*items]}} if all(
            isinstance(item, dict) and isinstance(item.get("judul"), str) for item in items
        ):
            return [(item["judul"], str(item.get("file") or "")) for item in items]
    raise refusal(answer.address, "an object data with a list data, each of which has judul and file")


def _wanted(title: str, year: int) -> bool:
    words = re.sub(r"\s+", " ", title.lower())
    return all(word in words for word in TITLE) and re.search(rf"\b{year}\b", words) is not None


def _told(answer: Answer, address: str, title: str, tables: Tables, year: int) -> list[Told]:
    """A row for each province; raises InvalidInput where the year is not over: the data has Decembers."""
    if answer.accessed.year <= year:
        raise refusal(
            answer.address, "a year that was over then: the data has participants of December", answer.accessed
        )
    rows, present = tables.participants_province, tables.provinces
    first = rows[rows["year"] == rows["year"].min()]
    groups = dict(zip(first["province"], first["kemendagri_codes"], strict=True))
    own = dict(zip(present["name"], present["kemendagri_code"], strict=True))
    found = participants_of(answer, year, groups, own)
    source = Source(address, f"{title}, {year}", "Kementerian Ketenagakerjaan", answer.accessed)
    names = {codes: name for name, codes in [*own.items(), *groups.items()]}
    return [_row(codes, names[codes], numbers, year, source) for codes, numbers in found.items()]


def _row(codes: str, name: str, numbers: Numbers, year: int, source: Source) -> Told:
    given: Mapping[str, str] = {"year": str(year), "kemendagri_codes": codes, "province": name}
    return Told(f"{year}, {name}", given, numbers, dict.fromkeys(numbers, source))
