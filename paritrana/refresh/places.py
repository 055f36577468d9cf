"""Which region a portal means by a name or a code: found by its own table of regions, never guessed.

Portals write names in capitals, shortened, with or without their kind, and some under a name that is no longer used.
Where two regions of a province have one name, the kind must stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from paritrana.faults import nearest
from paritrana.record.tables import Tables

MARKUP = re.compile(r"<[^<>]{0,200}>")
KINDS = {"kota": "kota", "kab": "kabupaten", "kabupaten": "kabupaten"}
KIND = re.compile(r"^(kota|kabupaten|kab)\b\.?\s*(adm(inistrasi)?\b\.?\s*)?", re.IGNORECASE)
SHORT = ((r"\bkep\b\.?", "kepulauan"), (r"\bd\.?\s?i\.?\b|\bdaerah istimewa\b", "di"), (r"\bpeg\b\.?", "pegunungan"))
# What a portal is known to write -> the name of today. Names are plain (`plain`).
FORMER = {
    "tobasamosir": "toba",
    "pontianak": "mempawah",  # the kabupaten: the kota has its kind before it
    "sangihe": "kepulauansangihe",
    "okutimur": "ogankomeringulutimur",
    "okuselatan": "ogankomeringuluselatan",
    "malukutenggarabarat": "kepulauantanimbar",
    "membramotengah": "mamberamotengah",
}
FORMER_PROVINCES = {
    "bangkabelitung": "kepulauanbangkabelitung",
    "jakarta": "dkijakarta",
    "yogyakarta": "diyogyakarta",
    "ntb": "nusatenggarabarat",
    "ntt": "nusatenggaratimur",
}


def plain(name: str) -> str:
    """A name by its letters alone: no markup, kind of region, capitals, spaces or points, and nothing shortened."""
    text = KIND.sub("", re.sub(r"^provinsi\s+", "", MARKUP.sub("", name).strip(), flags=re.IGNORECASE))
    for pattern, full in SHORT:
        text = re.sub(pattern, full, text, flags=re.IGNORECASE)
    return re.sub(r"[^a-z]", "", text.lower())


def kind_of(name: str) -> str:
    """kabupaten or kota where the name says so, else nothing."""
    found = KIND.match(MARKUP.sub("", name).strip())
    return KINDS[found[1].lower()] if found else ""


@dataclass(frozen=True)
class Region:
    """A kabupaten or kota with the cells that its rows begin with, as text."""

    code: str
    bps_code: str
    level: str
    name: str
    province: str

    def cells(self) -> dict[str, str]:
        """The columns of a row that tell of the region."""
        told = {"kemendagri_code": self.code, "bps_code": self.bps_code, "level": self.level, "name": self.name}
        return {**told, "province": self.province}

    @property
    def called(self) -> str:
        """Its name with its kind."""
        return f"{'Kota' if self.level == 'kota' else 'Kab.'} {self.name}"


@dataclass(frozen=True)
class Regions:
    """The kabupaten and kota of a province, or of all."""

    all: tuple[Region, ...]

    def named(self, name: str) -> Region | str:
        """The region of a name, or what was expected in its place."""
        kind, called = kind_of(name), plain(name)
        names = {called, FORMER.get(called)}
        fits = [region for region in self.all if plain(region.name) in names and kind in ("", region.level)]
        if len(fits) == 1:
            return fits[0]
        if fits:
            return f"Kabupaten or Kota before the name, which {' and '.join(region.called for region in fits)} share"
        return f"a kabupaten or kota of data/regencies.csv{nearest(name, (region.called for region in self.all))}"

    def coded(self, code: str, name: str) -> Region | str:
        """The region of a BPS code, whose name must agree; by the name alone where no region has the code."""
        for region in self.all:
            if region.bps_code == code:
                agrees = self.named(name)
                names = {plain(region.name), *(old for old, new in FORMER.items() if new == plain(region.name))}
                same = plain(name) in names if isinstance(agrees, str) else agrees == region
                return region if same else f"{region.called}, which has the BPS code {code}"
        return self.named(name)


def regions(tables: Tables, province: str | None = None) -> Regions:
    """The regions of a province by its Kemendagri code, or all of them."""
    rows = tables.regencies
    rows = rows if province is None else rows[rows["province_code"] == province]
    columns = ["kemendagri_code", "bps_code", "level", "name", "province"]
    return Regions(tuple(Region(*map(str, row)) for row in rows[columns].to_numpy()))


def provinces(names: Iterable[str]) -> Mapping[str, str]:
    """The names by their plain form, and by those that portals use for them."""
    found = {plain(name): name for name in names}
    return found | {old: found[new] for old, new in FORMER_PROVINCES.items() if new in found and old not in found}


def province_by_bps(tables: Tables, code: str) -> str | None:
    """The Kemendagri code of a province by its BPS code of two digits."""
    rows: pd.DataFrame = tables.provinces[tables.provinces["bps_code"] == code]
    return None if rows.empty else str(rows.iloc[0]["kemendagri_code"])
