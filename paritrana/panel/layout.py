"""The workbook of a panel, declared once: its sheets, and of each column the key, words, unit, help, kind and limits.

Row 1 of a sheet has the keys of its columns, rows 2 to 4 what a person reads: title, unit, help. What is filled in
begins in row 5. The keys are the same in every language, so that a workbook is read whatever its words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from paritrana.indicators.catalogue import INDICATORS
from paritrana.parameters.rubric import KINDS
from paritrana.presentation.language import Text
from paritrana.record.years import YEARS
from paritrana.sheets.grids import Most

Kind = Literal["text", "code", "number", "count", "money", "percent", "year", "date", "choice", "address", "record"]
KEYS, TITLES, UNITS, HELP, FIRST = 1, 2, 3, 4, 5  # rows, counted from 1
LANGUAGES = ("id", "en")
REGIONAL = "kabupaten_kota"  # the category whose candidates, figures and indicators the record knows
FIGURE, JURY = "figure", "jury"  # where the values of a criterion come from
YES, NO = "yes", "no"
NONE = "none"  # a kind of regulation: there is none
LONGEST = 500  # characters of a cell
MOST_ROWS, MOST_COLUMNS = Most.rows, Most.columns  # of a sheet that is read; larger ones are no panel's
POINTS = (0.0, 100.0)  # of a juror, where the panel does not say otherwise


@dataclass(frozen=True)
class Column:
    """A column: `key`, words, `kind` of its cells, and what is asked of them.

    `locked` cells are filled in by the template; those of the kind `record` are for the eye and are never read. A
    number lies from `least` to `most`. `choices` are pairs of what is kept and the word that stands for it.
    """

    key: str
    title: str
    help: str = ""
    kind: Kind = "text"
    unit: str = ""
    required: bool = False
    locked: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A sheet: `key`, `title` as on its tab, one sentence on what to do, its columns, and which of them tell rows apart."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    ids: tuple[str, ...]

    def column(self, key: str) -> Column:
        """The column of this key; raises KeyError where there is none."""
        return {column.key: column for column in self.columns}[key]


@dataclass(frozen=True)
class Scored:
    """A criterion as the sheets of figures and scores need it: a column of its own, and the limits of its values."""

    key: str
    title: str
    unit: str = ""
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Figure:
    """A figure of the record that a panel can give itself: its column, and the observation that it stands for."""

    key: str
    indicator: str
    segment: str
    kind: Kind
    step: int = 0  # years after the assessment year


FIGURES = (
    Figure("active_participants", "active_participants", "all", "count"),
    Figure("active_participants_before", "active_participants", "all", "count", -1),
    Figure("vulnerable_protected", "vulnerable_workers_protected", "vulnerable", "count"),
    Figure("vulnerable_budget", "vulnerable_workers_budget_idr", "vulnerable", "money"),
    Figure("non_asn_coverage", "non_asn_coverage_pct", "non_asn", "percent"),
)
SHEETS = ("cover", "candidates", "criteria", "figures", "jurors", "scores", "regulations", "documents")
GUIDE = "guide"  # a sheet with text only


def categories(say: Text) -> tuple[tuple[str, str], ...]:
    """The categories of the award, as in the record of results, each with its word."""
    return (
        (REGIONAL, say("kabupaten/kota")),
        ("provinsi", say("provinsi")),
        ("desa", say("desa/kelurahan")),
        ("usaha_besar", say("usaha besar")),
        ("usaha_menengah", say("usaha menengah")),
        ("usaha_mikro", say("usaha mikro")),
        ("layanan_publik", say("layanan publik")),
        ("other", say("lainnya")),
    )


def sheet_title(say: Text, key: str) -> str:
    """What the tab of a sheet says."""
    return {
        GUIDE: say("Petunjuk"),
        "cover": say("Sampul"),
        "candidates": say("Peserta"),
        "criteria": say("Kriteria"),
        "figures": say("Angka"),
        "jurors": say("Juri"),
        "scores": say("Nilai"),
        "regulations": say("Regulasi"),
        "documents": say("Dokumen"),
    }[key]


def sheets(say: Text, category: str, typed: Sequence[Scored], judged: Sequence[Scored]) -> tuple[Sheet, ...]:
    """The sheets of a category, in their order; the criteria whose values are `typed` or `judged` have columns."""
    regional = category == REGIONAL
    made = [
        cover(say),
        candidates(say, regional),
        criteria(say),
        figures(say, regional, typed),
        jurors(say),
        scores(say, regional, judged),
        *([regulations(say)] if regional else []),
        documents(say),
    ]
    return tuple(made)


def _yes_no(say: Text) -> tuple[tuple[str, str], ...]:
    return ((YES, say("ya")), (NO, say("tidak")))


def _code(say: Text, regional: bool) -> Column:
    asked = say("Kode wilayah dengan titiknya") if regional else say("Nomor atau kode yang tidak berulang")
    return Column("code", say("Kode"), asked, "code", required=True, locked=regional, width=9)


def _name(say: Text, regional: bool) -> Column:
    return Column("name", say("Nama"), say("Nama peserta"), required=True, locked=regional, width=30)


def _document(say: Text) -> Column:
    return Column("document", say("Dokumen"), say("Kode dokumen dari lembar Dokumen, misalnya D1"), "code", width=11)


def _note(say: Text) -> Column:
    return Column("note", say("Catatan"), say("Boleh kosong"), width=32)


def cover(say: Text) -> Sheet:
    """What the workbook is about, in one row."""
    columns = (
        Column("title", say("Judul"), say("Judul penilaian ini"), required=True, width=36),
        Column("organiser", say("Panel"), say("Siapa yang menilai"), width=28),
        Column("province", say("Kode provinsi"), say("Dua angka, misalnya 13"), "code", required=True, width=11),
        Column(
            "year",
            say("Tahun penilaian"),
            say("Tahun yang dinilai, bukan tahun penyerahan"),
            "year",
            required=True,
            least=YEARS[0],
            most=YEARS[-1],
            width=12,
        ),
        Column("category", say("Kategori"), say("Pilih dari daftar"), "choice", required=True, choices=categories(say)),
        Column("date", say("Tanggal"), say("Tanggal penilaian, misalnya 2025-10-31"), "date", width=12),
        Column(
            "confidential",
            say("Rahasia"),
            say("ya: laporan diberi tanda RAHASIA"),
            "choice",
            required=True,
            choices=_yes_no(say),
            width=10,
        ),
        _note(say),
    )
    return Sheet("cover", sheet_title(say, "cover"), say("Satu baris tentang penilaian ini."), columns, ())


def candidates(say: Text, regional: bool) -> Sheet:
    """Who is judged."""
    columns = (
        _code(say, regional),
        _name(say, regional),
        Column("place", say("Tempat"), say("Kecamatan atau kabupaten/kota; boleh kosong"), width=24),
        Column(
            "ranked",
            say("Dinilai"),
            say("tidak: peserta ini tidak ikut diperingkat"),
            "choice",
            required=True,
            choices=_yes_no(say),
            width=9,
        ),
        _note(say),
    )
    about = say("Satu baris untuk setiap peserta. Nama yang sama dipakai di semua lembar.")
    return Sheet("candidates", sheet_title(say, "candidates"), about, columns, ("code",))


def criteria(say: Text) -> Sheet:
    """The rubric: weights, goalposts and where the values come from."""
    kinds = ((FIGURE, say("angka")), (JURY, say("juri")))
    of_book = tuple((each.id, each.title(say)) for each in INDICATORS)
    columns = (
        Column("id", say("Kode kriteria"), say("Huruf kecil, misalnya coverage"), "code", required=True, width=18),
        Column("title", say("Kriteria"), say("Nama yang dibaca orang"), required=True, width=30),
        Column(
            "kind",
            say("Asal nilai"),
            say("angka: dari lembar Angka; juri: dari lembar Nilai"),
            "choice",
            required=True,
            choices=kinds,
            width=10,
        ),
        Column(
            "indicator",
            say("Indikator"),
            say("Diisi bila dihitung dari catatan; kosong bila angkanya diketik langsung"),
            "choice",
            choices=of_book,
            width=18,
        ),
        Column(
            "weight",
            say("Bobot"),
            say("Bilangan bulat, misalnya 30; yang berarti ialah perbandingannya"),
            "count",
            required=True,
            least=0,
            most=100_000,
            width=9,
        ),
        Column("zero", say("Nilai untuk 0 poin"), say("Dalam satuan kriteria"), "number", required=True),
        Column("full", say("Nilai untuk 100 poin"), say("Dalam satuan kriteria"), "number", required=True),
        Column("unit", say("Satuan"), say("Misalnya orang, %, poin"), width=12),
        _note(say),
    )
    about = say("Bobot di sini ialah usulan untuk panel, bukan bobot resmi: tidak ada bobot resmi yang diumumkan.")
    return Sheet("criteria", sheet_title(say, "criteria"), about, columns, ("id",))


def figures(say: Text, regional: bool, typed: Sequence[Scored]) -> Sheet:
    """Figures of the candidates, the record's beside the empty cells."""
    own = [column for figure in FIGURES for column in _beside_record(say, figure)] if regional else []
    columns = (_code(say, regional), _name(say, regional), *own, *_columns_of(say, typed), _document(say), _note(say))
    about = say("Kosongkan sel yang tidak diketahui: kosong berarti tidak diketahui, 0 berarti nol.")
    return Sheet("figures", sheet_title(say, "figures"), about, columns, ("code",))


def _beside_record(say: Text, figure: Figure) -> Iterable[Column]:
    """The column of a figure, and the one that shows what the record has."""
    titles = {
        "active_participants": (say("Peserta aktif"), say("orang"), say("Per 31 Desember tahun penilaian")),
        "active_participants_before": (
            say("Peserta aktif setahun sebelumnya"),
            say("orang"),
            say("Per 31 Desember tahun sebelumnya"),
        ),
        "vulnerable_protected": (
            say("Pekerja rentan terlindungi"),
            say("orang"),
            say("Yang iurannya dibayar anggaran daerah sendiri"),
        ),
        "vulnerable_budget": (say("Anggaran pekerja rentan"), say("rupiah"), say("Rupiah penuh, bukan juta")),
        "non_asn_coverage": (say("Cakupan non-ASN"), "%", say("Tulis 95 untuk 95 persen")),
    }
    title, unit, asked = titles[figure.key]
    yield Column(figure.key, title, asked, figure.kind, unit, least=0, most=_most(figure.kind))
    beside = say("Untuk dibandingkan; tidak dibaca kembali")
    yield Column(f"record_{figure.key}", say("Menurut catatan publik"), beside, "record", unit, locked=True)


def _most(kind: Kind) -> float:
    """The greatest figure of a kind that can be meant: persons of a region, rupiah, percent."""
    return {"count": 1e8, "money": 1e14, "percent": 200.0}.get(kind, 1e15)


def _columns_of(say: Text, scored: Iterable[Scored]) -> Iterable[Column]:
    """A column for each criterion whose values are given directly."""
    for one in scored:
        asked = say("Boleh kosong bila tidak diketahui")
        yield Column(one.key, one.title, asked, "number", one.unit, least=one.least, most=one.most)


def jurors(say: Text) -> Sheet:
    """Who gives points."""
    columns = (
        Column("juror", say("Kode juri"), say("Misalnya J1"), "code", required=True, width=11),
        Column("name", say("Nama"), say("Boleh kosong; tidak tampil di laporan"), width=30),
        Column("role", say("Unsur"), say("Misalnya dinas, serikat, akademisi"), width=24),
    )
    about = say("Satu baris untuk setiap juri. Laporan menyebut juri dengan kodenya.")
    return Sheet("jurors", sheet_title(say, "jurors"), about, columns, ("juror",))


def scores(say: Text, regional: bool, judged: Sequence[Scored]) -> Sheet:
    """The points of each juror for each candidate."""
    juror = Column("juror", say("Kode juri"), say("Seperti di lembar Juri"), "code", required=True, width=11)
    columns = (juror, _code(say, regional), _name(say, regional), *_columns_of(say, judged), _note(say))
    about = say("Satu baris untuk setiap juri dan peserta. Kosongkan sel yang tidak dinilai.")
    return Sheet("scores", sheet_title(say, "scores"), about, columns, ("juror", "code"))


def regulations(say: Text) -> Sheet:
    """Regulations of the candidates."""
    kinds = ((NONE, say("tidak ada")), *((kind, kind) for kind in KINDS))
    columns = (
        Column("code", say("Kode"), say("Kode wilayah dengan titiknya"), "code", required=True, width=9),
        Column("kind", say("Jenis"), say("Pilih dari daftar"), "choice", required=True, choices=kinds, width=11),
        Column("number", say("Nomor"), say("Boleh kosong"), width=12),
        Column("year", say("Tahun"), say("Tahun penetapan"), "year", least=2000, most=YEARS[-1], width=8),
        Column("subject", say("Tentang"), say("Judul atau isi singkat"), width=44),
        _document(say),
    )
    ids = ("code", "kind", "number", "year", "subject")
    about = say(
        "Satu baris untuk setiap regulasi; pilih tidak ada bila sudah diperiksa dan memang tidak ada. Catatan publik tetap dihitung di samping isian ini."
    )
    return Sheet("regulations", sheet_title(say, "regulations"), about, columns, ids)


def documents(say: Text) -> Sheet:
    """The papers that figures and regulations come from."""
    columns = (
        Column("id", say("Kode dokumen"), say("Misalnya D1"), "code", required=True, width=13),
        Column("title", say("Judul"), say("Judul dokumen"), required=True, width=44),
        Column("publisher", say("Penerbit"), say("Lembaga yang menerbitkan"), width=28),
        Column("date", say("Tanggal"), say("Misalnya 2024-12-31"), "date", width=12),
        Column("url", say("Alamat"), say("Alamat web; boleh kosong"), "address", width=40),
    )
    about = say("Satu baris untuk setiap dokumen yang menjadi sumber angka atau regulasi.")
    return Sheet("documents", sheet_title(say, "documents"), about, columns, ("id",))


def guide(say: Text) -> tuple[str, ...]:
    """What the first sheet says."""
    return (
        say("Isi hanya sel yang tidak berwarna abu-abu. Baris 1 sampai 4 setiap lembar jangan diubah."),
        say("Kosong berarti tidak diketahui; 0 berarti nol. Jangan menulis tanda hubung atau kata di kolom angka."),
        say("Tulis angka tanpa pemisah ribuan; desimal menurut setelan program, misalnya 12,5."),
        say("Tempel nilai saja: rumus, sel gabungan, dan tautan ke berkas lain ditolak."),
        say("Kriteria boleh ditambah: tambahkan barisnya di lembar Kriteria dan kolom berkode sama di lembar Angka atau Nilai."),
        say("Periksa dan baca kembali dengan: paritrana import NAMA-BERKAS. Semua kekeliruan disebut sekaligus dengan lembar dan selnya."),
        say("Bobot dan batas di lembar Kriteria ialah usulan, bukan bobot resmi; panel dapat mengubahnya."),
    )  # fmt: skip
