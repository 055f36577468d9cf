"""The words of the pages: names of regions, indicators, funds and bases, and the way to the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from paritrana.indicators.catalogue import indicator
from paritrana.indicators.doubts import DOUBTFUL
from paritrana.presentation.html import Cell, Footnotes, Link, Remark
from paritrana.presentation.language import SOURCE_LANGUAGE, Text
from paritrana.record.regions import names
from paritrana.record.tables import Tables

SAKERNAS = "data.html#sakernas"
NOTES_LANGUAGE = "en"  # of what the tables of the data say in words (`record.notes`)


@dataclass(frozen=True)
class Words:
    """The language of a page with the names of regions and the addresses of sources in it."""

    say: Text
    tables: Tables
    root: str

    def name(self, code: str) -> str:
        """A region's name as it is unmistakable: Kota Solok, Kab. Solok, Agam."""
        return self._names.get(code, code)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Every region's name by its code; a page asks for hundreds."""
        return names(self.tables)

    def sources(self, ids: Iterable[str]) -> tuple[Link, ...]:
        """Where each source can be read: its own address, else its entry in the list of sources."""
        links = []
        for number, source in enumerate(ids, start=1):
            row = self._sources[source]
            said = ", ".join(
                str(part) for part in (row.publisher, self.say.date(row.published)) if part and part == part
            )
            href = row.url if isinstance(row.url, str) else f"{self.root}sources.html#{source}"
            label = self.say("sumber ke-{number}: {source}", number=number, source=said) if number > 1 else ""
            links.append(Link(href, said, label))
        return tuple(links)

    @cached_property
    def _sources(self) -> dict[str, Any]:
        """Every source by its id."""
        return {row.source_id: row for row in self.tables.sources.itertuples()}

    def footnotes(self, table: str) -> Footnotes:
        """What a table calls the remarks of its figures; `table` tells it from the others of its page."""
        return Footnotes(f"note-{table}", self.say("Catatan angka"), self.say("catatan"))

    def remarks(self, observations: Iterable[str]) -> tuple[Remark, ...]:
        """What was noted of these observations when they were read, why they are flagged, and whose year is inferred."""
        found = []
        for row in self.observed(observations):
            of = f"{self.name(row.region_code)}, {self.indicator(row.indicator)} {row.year}"
            noted = [row.note] if isinstance(row.note, str) else []
            noted += [self._flagged[row.observation_id]] if row.observation_id in self._flagged else []
            found += [Remark(of, *self.told(text)) for text in noted]
            if row.year_basis != "stated":
                found.append(Remark(of, self.say("Tahunnya disimpulkan; sumber tidak menyebutnya.")))
        return tuple(found)

    def observed(self, ids: Iterable[str]) -> Iterator[Any]:
        """The observations of these ids, as rows with the columns of their table."""
        return (self._observations[one] for one in ids)

    @cached_property
    def _observations(self) -> dict[str, Any]:
        """Every observation by its id."""
        return {row.observation_id: row for row in self.tables.observations.itertuples()}

    @cached_property
    def _flagged(self) -> dict[str, str]:
        """Why an observation is flagged, by its id."""
        return dict(zip(self.tables.flags["observation_id"], self.tables.flags["reason"], strict=True))

    @cached_property
    def _translated(self) -> dict[str, str]:
        """The Indonesian for each text of the data that has one."""
        notes = self.tables.notes
        return dict(zip(notes["note"], notes["indonesian"], strict=True))

    def told(self, text: str) -> tuple[str, str]:
        """A text of the data in the language of the page with "", or as it was written with the language it is in."""
        if self.say.language == NOTES_LANGUAGE:
            return text, ""
        translated = self._translated.get(text) if self.say.language == SOURCE_LANGUAGE else None
        return (translated, "") if translated else (text, NOTES_LANGUAGE)

    def result(self, key: str) -> str:
        """An announced result in words."""
        return {
            "rank_1": self.say("Peringkat 1"),
            "rank_2": self.say("Peringkat 2"),
            "rank_3": self.say("Peringkat 3"),
            "harapan_1": self.say("Harapan 1"),
            "harapan_2": self.say("Harapan 2"),
            "harapan_3": self.say("Harapan 3"),
            "winner": self.say("Pemenang tanpa peringkat"),
            "finalist": self.say("Finalis"),
            "nominee": self.say("Nomine"),
        }[key]

    def stage(self, key: str) -> str:
        """Before which jury, in words."""
        return {
            "national": self.say("tingkat nasional"),
            "province": self.say("tingkat provinsi"),
            "kabupaten": self.say("tingkat kabupaten"),
        }[key]

    def survey(self, text: str) -> Cell:
        """A figure of the labour force survey, leading to its source."""
        return Cell(text, (Link(f"{self.root}{SAKERNAS}", "BPS, Sakernas"),))

    def denominator(self, key: str) -> str:
        """The base of a stated share in words."""
        return {
            "employed": self.say("penduduk bekerja"),
            "labour_force": self.say("angkatan kerja"),
            "potential": self.say("pekerja potensial (layak)"),
            "workers_unspecified": self.say("pekerja, tanpa rincian"),
            "target": self.say("target"),
            "unspecified": self.say("tidak disebut"),
        }.get(key, "")

    def fund(self, key: object) -> str:
        """The source of a budget in words."""
        return {
            "apbd_kabupaten_kota": self.say("APBD kabupaten/kota"),
            "apbd_province": self.say("APBD provinsi"),
            "dbh_cht": self.say("DBH CHT"),
            "dbh_sawit": self.say("DBH sawit"),
            "mixed": self.say("campuran"),
            "csr": self.say("CSR"),
            "village_fund": self.say("dana desa"),
            "baznas": self.say("Baznas"),
            "asn_donation": self.say("sumbangan ASN"),
        }.get(str(key), self.say("tidak disebut"))

    def payer(self, key: object) -> str:
        """Whose money it is, in words."""
        return {
            "regency": self.say("kabupaten/kota"),
            "province": self.say("provinsi"),
            "village": self.say("desa"),
            "company": self.say("perusahaan"),
            "other": self.say("bersama"),
        }.get(str(key), self.say("tidak disebut"))

    def indicator(self, key: str) -> str:
        """An indicator of the observations in words."""
        return {
            "active_participants": self.say("peserta aktif"),
            "coverage_share_pct": self.say("cakupan yang dinyatakan"),
            "eligible_workers": self.say("pekerja potensial (layak)"),
            "vulnerable_workers_protected": self.say("pekerja rentan terlindungi"),
            "vulnerable_workers_budget_idr": self.say("anggaran pekerja rentan"),
            "formal_participants": self.say("peserta penerima upah"),
            "informal_participants": self.say("peserta bukan penerima upah"),
            "construction_participants": self.say("peserta jasa konstruksi"),
            "non_asn_participants": self.say("peserta non-ASN"),
            "non_asn_coverage_pct": self.say("cakupan non-ASN"),
            "growth_pct": self.say("pertumbuhan"),
            "village_participants": self.say("peserta perangkat desa dan lembaga"),
            "labour_force": self.say("angkatan kerja menurut sumber"),
            "coverage_target_pct": self.say("target cakupan"),
        }.get(key, key)

    def criterion(self, key: str) -> str:
        """A derived indicator that a criterion scores, in words."""
        return indicator(key).title(self.say)

    def unit(self, key: str) -> str:
        """What a reader needs to know of a derived indicator's unit; empty where its values say it themselves."""
        return indicator(key).note(self.say)

    def value(self, key: str, low: float, high: float) -> str:
        """A value of a derived indicator, or the interval that it lies in."""
        unit = indicator(key).unit
        return self.say.interval(low, high, unit.write, unit.decimals)

    def goalposts(self, key: str, low: float, high: float) -> str:
        """The values of a derived indicator that make 0 and 100 points."""
        unit = indicator(key).unit
        return self.say.interval(low, high, unit.write, unit.coarse)

    def badges(self, kind: str, doubts: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
        """What a reader must know of a value that is not simply recorded; `doubts` as in `indicators.doubts`."""
        said = {
            "conflict": ("interval", self.say("sumber berbeda")),
            "converted": ("interval", self.say("disetarakan")),
            "neighbour": ("gap", self.say("dari tahun lain")),
            "modelled": ("gap", self.say("perkiraan")),
            "anything": ("gap", self.say("apa pun")),
        }
        badges = [said[kind]] if kind in said else []
        return (*badges, *(("doubtful", self.doubt(each)) for each in doubts))

    def doubt(self, kind: str) -> str:
        """What speaks against a value, in a word or two."""
        return {
            "over_100": self.say("di atas 100 %"),
            "branch": self.say("angka cabang BPJS"),
            "mixed_group": self.say("kelompok lebih luas"),
            "inferred": self.say("tahun disimpulkan"),
            "repeated": self.say("sama dengan tahun sebelumnya"),
        }.get(kind, self.say("diragukan"))

    def region(self, code: str, recorded: bool, year: int) -> Cell:
        """A region's name; one without any figure of the year says so: it may have one of the year beside it."""
        lacking = self.say("tanpa angka {year}", year=year)
        return Cell(self.name(code), badges=() if recorded else (("gap", lacking),))

    def picked(self, rows: pd.DataFrame, code: str, write: str = "number") -> Cell:
        """A picked figure with its source, or a dash where nothing is recorded."""
        if code not in rows.index:
            return Cell("–", classes="gap")
        row = rows.loc[code]
        kind = "conflict" if row["low"] < row["high"] else "recorded"
        text = self.say.interval(row["low"], row["high"], write)
        return Cell(
            text,
            self.sources(row["sources"]),
            self.say.date(row["as_of"]),
            self.badges(kind, [DOUBTFUL] if row["doubtful"] else []),
            remarks=self.remarks(row["observations"]),
        )
