"""DJPK, the budgets (APBD) of the kabupaten and kota of Jawa Timur: the Ministry of Finance, without a key.

The portal has its own codes of regions, so that names decide (`places`). Each budget is SpreadsheetML with the columns
Akun, Anggaran and Realisasi in full rupiah; of an account that stands in it several times the first one counts. The
data has budgets of Jawa Timur alone, rounded to ten million rupiah until 2024.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from paritrana.faults import Fault, InvalidInput
from paritrana.refresh.answers import json_of, refusal, rupiah, told
from paritrana.refresh.cache import Answer
from paritrana.refresh.changes import Source, Told
from paritrana.refresh.client import Client, gathered
from paritrana.refresh.folder import answers_in
from paritrana.refresh.places import Region, Regions, plain
from paritrana.refresh.spreadsheet import rows_of

BASE = "https://djpk.kemenkeu.go.id"
TABLE = "apbd_jawa_timur"
PROVINCE, OWN_CODE, CALLED = "35", "13", "jawatimur"  # Kemendagri code, the portal's code, the plain name
MONTH = "12"  # figures are cumulative within a year
ROUNDED = 5_000_000  # rupiah: half of what the figures until 2024 were rounded to
ACCOUNTS = {"Pendapatan Daerah": "revenue", "PAD": "pad", "TKDD": "tkdd", "Belanja Daerah": "expenditure"}
COLUMNS = {"Anggaran": "budget_idr", "Realisasi": "realised_idr"}
GOVERNMENT, NONE = "00", "--"  # the province itself, and the empty choice, among the regions
ENDS = (".xls", ".xml", ".csv")


def fetch(client: Client, year: int, regions: Regions) -> list[Told]:
    """The budgets of a year; raises InvalidInput with every fault of every answer."""
    listed = client.get(f"/portal/pemda/{OWN_CODE}/{year}", {}, partial(_listed, regions=regions))
    return gathered(partial(_budget, client, year, code, region) for code, region in listed.items())


def from_folder(folder: Path, year: int, regions: Regions) -> list[Told]:
    """The same from files that a person saved, each named by the code of its region, such as 35.01.xls."""
    by_code = {region.code: region for region in regions.all}
    named = "the code of a region of Jawa Timur, such as 35.01.xls"
    files = answers_in(folder, ENDS, named, by_code.__contains__)
    return gathered(partial(_told, answer, year, by_code[stem]) for stem, answer in files.items())


def _budget(client: Client, year: int, code: str, region: Region) -> Told:
    query = {"type": "apbd", "periode": MONTH, "tahun": str(year), "provinsi": OWN_CODE, "pemda": code}
    return client.get("/portal/csv_apbd", query, partial(_told, year=year, region=region))


def _listed(answer: Answer, regions: Regions) -> dict[str, Region]:
    """The portal's codes of the regions; raises InvalidInput where one is unknown, or one of ours is lacking."""
    listed, place = json_of(answer.content, answer.address), answer.address
    if not isinstance(listed, dict) or not all(isinstance(name, str) for name in listed.values()):
        raise refusal(place, "an object of codes and names")
    if plain(listed.get(GOVERNMENT, "")) != CALLED:
        raise refusal(f"{place}, {GOVERNMENT}", "Provinsi Jawa Timur", listed.get(GOVERNMENT))
    found = {code: regions.named(name) for code, name in listed.items() if code not in (GOVERNMENT, NONE)}
    unknown = {code: expected for code, expected in found.items() if isinstance(expected, str)}
    faults = [told(f"{place}, {code}", expected, listed[code]) for code, expected in unknown.items()]
    known = {code: region for code, region in found.items() if isinstance(region, Region)}
    faults += _uncounted(place, list(known.values()), regions)
    if faults:
        raise InvalidInput(faults)
    return known


def _uncounted(place: str, found: list[Region], regions: Regions) -> Iterator[Fault]:
    """Regions that an answer lists not once."""
    for region in regions.all:
        if (count := found.count(region)) != 1:
            yield told(place, f"{region.called} once, but it is there {count} times")


def _told(answer: Answer, year: int, region: Region) -> Told:
    """What a budget tells of its region; raises InvalidInput where an account or an amount is lacking."""
    if answer.accessed.year <= year:
        raise refusal(answer.address, "a year that was over then: figures are cumulative within it", answer.accessed)
    header, *rows = rows_of(answer.content, answer.address) or [[]]
    if lacking := [name for name in ("Akun", *COLUMNS) if header.count(name) != 1]:
        expected = f"a first row with Akun, Anggaran and Realisasi, each once; {', '.join(lacking)} is not"
        raise refusal(answer.address, expected, ", ".join(header))
    at = {name: header.index(name) for name in ("Akun", *COLUMNS)}
    first: dict[str, list[str]] = {}
    for row in rows:
        first.setdefault(row[at["Akun"]] if at["Akun"] < len(row) else "", row)
    numbers: dict[str, int] = {}
    faults: list[Fault] = []
    for account, name in ACCOUNTS.items():
        for column, end in COLUMNS.items():
            row = first.get(account, [])
            text = row[at[column]] if at[column] < len(row) else ""
            amount = rupiah(text)
            if not amount:  # a budget that was not handed in is all zeros
                where = f"{answer.address}, row {account}, column {column}"
                faults.append(told(where, "an amount in rupiah above zero", text if row else None))
            else:
                numbers[f"{name}_{end}"] = amount
    if faults:
        raise InvalidInput(faults)
    given = {column: text for column, text in region.cells().items() if column != "province"} | {"year": str(year)}
    return Told(f"{year}, {region.called}", given, numbers, dict.fromkeys(numbers, _source(year, answer.accessed)))


def _source(year: int, accessed: date) -> Source:
    """The page on which a reader finds the budgets."""
    address = f"{BASE}/portal/data/apbd?periode={MONTH}&tahun={year}&provinsi={OWN_CODE}"
    title = f"APBD of the kabupaten and kota of Jawa Timur, {year}"
    return Source(address, title, "Direktorat Jenderal Perimbangan Keuangan", accessed)
