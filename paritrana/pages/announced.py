"""What pages of announced results are made from: a result and its sources in words, and the entries of a table's cell.

It ranks nothing and reaches no engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from paritrana.pages.vocabulary import Words
from paritrana.presentation.entries import Entry, Group, Keys
from paritrana.presentation.html import Link, Remark
from paritrana.record.awards import CANDIDATE, RESULTS, Announced, handed_over

PLACE, REGIONS = "province", "kabupaten_kota"  # the stage and the category of most results
CATEGORIES = (
    *("kabupaten_kota", "provinsi", "desa", "usaha_besar", "usaha_menengah", "usaha_mikro", "layanan_publik"),
    *("special_prize", "other"),
)
UNKNOWN = "unknown"  # the assessment year of a result, where it is not known


@dataclass(frozen=True)
class AwardsPage(Words):
    """A page of announced results; `award` are all of them, each recipient of an award once."""

    award: tuple[Announced, ...]

    def of(self, stages: Sequence[str], categories: Sequence[str]) -> list[Announced]:
        """The results of some stages and categories."""
        return [one for one in self.award if one.stage in stages and one.category in categories]

    @cached_property
    def local(self) -> list[Announced]:
        """The results of kabupaten/kota before provincial juries."""
        return self.of([PLACE], [REGIONS])

    @property
    def others(self) -> list[Announced]:
        """All other results."""
        return [one for one in self.award if one not in self.local]

    @cached_property
    def provinces(self) -> list[str]:
        """The codes of all provinces."""
        return list(self.tables.provinces["kemendagri_code"])

    def recipient(self, one: Announced) -> str:
        """Who it is, unmistakably where it is a region."""
        if one.region:
            return self.name(one.region)
        return self.told(one.recipient)[0]

    def category(self, key: str) -> str:
        """A category in words."""
        return {
            "provinsi": self.say("Provinsi"),
            "kabupaten_kota": self.say("Kabupaten/kota"),
            "desa": self.say("Desa dan kelurahan"),
            "usaha_besar": self.say("Usaha besar"),
            "usaha_menengah": self.say("Usaha menengah"),
            "usaha_mikro": self.say("Usaha mikro"),
            "layanan_publik": self.say("Layanan publik"),
            "special_prize": self.say("Penghargaan khusus"),
            "other": self.say("Kategori lain"),
        }[key]

    def year(self, year: int | None) -> str:
        """An assessment year in words."""
        return str(year) if year else self.say("tidak diketahui")

    def other_years(self, province: str, year: int | None, editions: Iterable[int]) -> str:
        """The other years that an award goes by: when it was handed over, and those on its label."""
        month = handed_over(self.tables, province, year) if year else None
        labels = [str(edition) for edition in sorted(set(editions))]
        given = [self.say("diserahkan {month}", month=self.say.month(month))] if month else []
        return ", ".join([*given, self.say("berlabel {labels}", labels=self.say.list(labels))])

    def links(self, one: Announced) -> tuple[Link, ...]:
        """Its sources, best result first; one that says another result than is shown tells so."""
        made = []
        for link, told in zip(self.sources(each.source for each in one.told), one.told, strict=True):
            if told.result != one.result:
                saying = self.say("menyebut: {result}", result=self.result(told.result))
                label = f"{link.label}, {saying}" if link.label else ""
                link = Link(link.href, f"{link.title}, {saying}", label)
            made.append(link)
        return tuple(made)

    def disputed(self, one: Announced) -> tuple[tuple[str, str], ...]:
        """A badge for each further rank that a source names."""
        return tuple(
            ("interval", self.say("disebut juga: {result}", result=self.result(each))) for each in one.places[1:]
        )

    def remarks_on(self, results: Iterable[Announced]) -> tuple[Remark, ...]:
        """What was noted of some results when their sources were read."""
        return tuple(remark for one in results for remark in self.noted(one))

    def noted(self, one: Announced) -> tuple[Remark, ...]:
        """What was noted of it when its sources were read."""
        return tuple(Remark(self.recipient(one), *self.told(told.note)) for told in one.told if told.note)


def newest_first(results: Iterable[Announced]) -> list[int | None]:
    """The assessment years of some results; one that is not known comes last."""
    return sorted({one.year for one in results}, key=lambda year: -(year or 0))


def year_key(year: int | None) -> str:
    """An assessment year as what results are chosen by."""
    return str(year) if year else UNKNOWN


def kind_key(one: Announced) -> str:
    """Whether it won something or was a candidate, as what results are chosen by."""
    return "winner" if one.won else "candidate"


def mark_of(region: str) -> str:
    """What all results of a region share, and the id of its first one on a page; empty for no region."""
    return f"w-{region.replace('.', '')}" if region else ""


def grouped(
    page: AwardsPage, results: Iterable[Announced], seen: set[str], prefix: str = "", more: Keys | None = None
) -> list[Group]:
    """Results of one award, those of the same result under its name; `more` are further keys of each.

    The first result of a region that is not in `seen` gets the region's id, and the region is put in there.
    """
    made = []
    ordered = sorted(results, key=lambda one: RESULTS.index(one.result))
    for result, same in groupby(ordered, key=lambda one: one.result):
        entries = [entry(page, one, seen) for one in same]
        keys = {"kind": "candidate" if result in CANDIDATE else "winner", **(more or {})}
        made.append(Group(f"{prefix}{page.result(result)}", tuple(entries), keys))
    return made


def entry(page: AwardsPage, one: Announced, seen: set[str]) -> Entry:
    """One result as an entry of a cell."""
    mark = mark_of(one.region)
    anchor = "" if mark in seen else mark
    seen.add(mark)
    keys = {"province": one.province} if one.stage == "national" else {}  # elsewhere the row has it
    return Entry(page.recipient(one), page.links(one), page.disputed(one), anchor, mark, keys)
