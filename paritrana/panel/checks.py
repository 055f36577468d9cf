"""What the sheets of a workbook say together: the same candidates everywhere, a rubric that ranks, points in their place.

`Known` is what the record knows of the province. Cells that are faulty by themselves are not held against others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from paritrana.faults import Fault, InvalidInput
from paritrana.panel.layout import FIGURES, JURY, NO, NONE, REGIONAL
from paritrana.panel.panel import Panel
from paritrana.panel.reading import ID, Filled, Line, Workbook
from paritrana.presentation.language import Text

MOST_TOLD = 200  # faults; what is wrong two hundred times is wrong everywhere
FEWEST = 2  # candidates that a ranking needs
CONTRIBUTION = 16_800  # rupiah a month for each worker
MONTHS = (0.5, 36.0)  # that a budget can be meant to pay
RESERVED = {"code", "name", "juror", "note", "document", *(figure.key for figure in FIGURES)}


@dataclass(frozen=True)
class Known:
    """The record's provinces and kabupaten/kota by code, and the labour force of each of these, persons."""

    provinces: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    force: Mapping[str, float] = field(default_factory=dict)


def panel_of(book: Workbook, faults: list[Fault], known: Known) -> Panel:
    """The checked panel; raises InvalidInput with the faults of the cells and those of the sheets together."""
    found = list(faults)
    for check in CHECKS:
        found += check(book, known)
    if found:
        raise InvalidInput(_told(list(dict.fromkeys(found)), book.say))
    rows = {key: [line.values for line in filled.lines] for key, filled in book.filled.items()}
    return Panel(book.say.language, {key: rows.get(key, []) for key in (*rows, "regulations")})


def _told(faults: list[Fault], say: Text) -> list[Fault]:
    """The faults that a person can read at once, and how many there are besides."""
    if len(faults) <= MOST_TOLD:
        return faults
    file = faults[0].file.split(",")[0]
    rest = say("dan {count} kekeliruan lagi", count=len(faults) - MOST_TOLD)
    return [*faults[:MOST_TOLD], Fault(file, None, None, None, rest)]


def _cover(book: Workbook, known: Known) -> Iterator[Fault]:
    """One row, with a province of the record."""
    cover, say = book.filled["cover"], book.say
    if len(cover.lines) != 1:
        yield cover.fault(None, "", say("satu baris isian ditunggu, ditemukan {count}", count=len(cover.lines)))
    for line in cover.lines:
        code = line.values["province"]
        if code and known.provinces and code not in known.provinces:
            yield cover.fault(line, "province", say('"{code}" bukan kode provinsi seperti 13', code=code))


def _regional(book: Workbook) -> bool:
    return any(line.values["category"] == REGIONAL for line in book.lines("cover"))


def _province(book: Workbook) -> str:
    return next((line.values["province"] for line in book.lines("cover")), "")


def _candidates(book: Workbook, known: Known) -> Iterator[Fault]:
    """At least two, each once; kabupaten/kota are all those of the province under their own names."""
    if "candidates" not in book.filled:
        return
    sheet, say = book.filled["candidates"], book.say
    yield from _twice(book, sheet, ("code",))
    yield from _twice(book, sheet, ("name",))
    ranked = [line for line in sheet.lines if line.values["ranked"] != NO]
    if len(ranked) < FEWEST:
        yield sheet.fault(None, "", say("paling sedikit {fewest} peserta yang dinilai ditunggu", fewest=FEWEST))
    own = {code: name for code, name in known.regions.items() if code.startswith(f"{_province(book)}.")}
    if not (_regional(book) and own):
        return
    for line in sheet.lines:
        yield from _named(sheet, line, own, say)
    there = {line.values["code"] for line in sheet.lines}
    for code, name in own.items():
        if code not in there:
            told = say(
                "baris untuk {code} ({name}) hilang; kembalikan, atau tulis tidak di kolom Dinilai",
                code=code,
                name=name,
            )
            yield sheet.fault(None, "", told)


def _named(sheet: Filled, line: Line, names: Mapping[str, str], say: Text) -> Iterator[Fault]:
    """Whether a row has a code that is known, and the name that goes with it."""
    code, name = line.values["code"], line.values["name"]
    if code and code not in names:
        yield sheet.fault(line, "code", say('"{code}" bukan kode peserta di lembar ini', code=code))
    elif code and name and name != names[code]:
        others = [other for other, called in names.items() if called == name]
        hint = say(" ({name} berkode {code}; barisnya mungkin tertukar)", name=name, code=others[0]) if others else ""
        told = say('kode {code} ialah {name}, di sini tertulis "{found}"', code=code, name=names[code], found=name)
        yield sheet.fault(line, "name", told + hint)


def _twice(book: Workbook, sheet: Filled, keys: tuple[str, ...]) -> Iterator[Fault]:
    """Rows that cannot be told from an earlier one."""
    seen: dict[tuple[str, ...], int] = {}
    for line in sheet.lines:
        key = tuple(line.values[each] for each in keys)
        if not all(key[:1]) or line.faulty & set(keys):
            continue
        if key in seen:
            said = ", ".join(part for part in key if part)
            told = book.say('"{value}" sudah ada di baris {row}; setiap baris satu kali', value=said, row=seen[key])
            yield sheet.fault(line, keys[-1] if len(keys) == 1 else keys[0], told)
        seen.setdefault(key, line.row)


def _criteria(book: Workbook, _: Known) -> Iterator[Fault]:
    """Each once, with a key that a column can have, two different goalposts, and some weight among them."""
    sheet, say = book.filled["criteria"], book.say
    yield from _twice(book, sheet, ("id",))
    for line in sheet.lines:
        values = line.values
        if values["id"] and (not ID.fullmatch(values["id"]) or values["id"] in RESERVED):
            told = say('"{id}" tidak dapat menjadi kode kriteria; pakai huruf kecil dan garis bawah', id=values["id"])
            yield sheet.fault(line, "id", told)
        if values["zero"] and values["zero"] == values["full"]:
            told = say(
                "nilai untuk 0 poin dan untuk 100 poin sama, {value}; keduanya harus berbeda", value=values["full"]
            )
            yield sheet.fault(line, "full", told)
        if values["indicator"] and (values["kind"] == JURY or not _regional(book)):
            told = say("indikator hanya untuk angka kabupaten/kota; kosongkan sel ini")
            yield sheet.fault(line, "indicator", told)
    weights = [line.values["weight"] for line in sheet.lines]
    if not any(map(float, filter(None, weights))) and not any("weight" in line.faulty for line in sheet.lines):
        yield sheet.fault(None, "", say("paling sedikit satu kriteria dengan bobot di atas 0 ditunggu"))


def _figures(book: Workbook, known: Known) -> Iterator[Fault]:
    """A row for each candidate that is ranked, under its own name; figures that can be meant."""
    if "figures" not in book.filled:
        return
    sheet, say = book.filled["figures"], book.say
    names = _names(book)
    yield from _twice(book, sheet, ("code",))
    for line in sheet.lines:
        yield from _named(sheet, line, names, say)
        yield from _of_region(sheet, line, known, say)
    there = {line.values["code"] for line in sheet.lines}
    for code, name in _ranked(book).items():
        if code not in there:
            yield sheet.fault(None, "", say("baris untuk {code} ({name}) hilang; kembalikan", code=code, name=name))


def _of_region(sheet: Filled, line: Line, known: Known, say: Text) -> Iterator[Fault]:
    """Figures of a region that ask for a word in the column for notes."""
    values = line.values
    if values.get("note"):
        return
    force = known.force.get(values["code"], float("inf"))
    for key in ("active_participants", "active_participants_before", "vulnerable_protected"):
        if values.get(key) and float(values[key]) > force:
            told = say(
                "{value} orang melebihi angkatan kerja ({force}); periksa, atau jelaskan di kolom Catatan",
                value=values[key],
                force=f"{force:.0f}",
            )
            yield sheet.fault(line, key, told)
    workers, budget = (float(values.get(key) or 0) for key in ("vulnerable_protected", "vulnerable_budget"))
    if workers and budget and not MONTHS[0] <= budget / workers / CONTRIBUTION <= MONTHS[1]:
        months = say.number(budget / workers / CONTRIBUTION, 2)
        told = say(
            "anggaran ini membayar {months} bulan iuran bagi pekerja di baris yang sama; tulis rupiah penuh, atau jelaskan di kolom Catatan",
            months=months,
        )  # fmt: skip
        yield sheet.fault(line, "vulnerable_budget", told)


def _names(book: Workbook) -> dict[str, str]:
    """The candidates by code; the first where a code stands twice."""
    found: dict[str, str] = {}
    for line in book.lines("candidates"):
        if line.values["code"] and line.values["name"]:
            found.setdefault(line.values["code"], line.values["name"])
    return found


def _ranked(book: Workbook) -> dict[str, str]:
    out = {line.values["code"] for line in book.lines("candidates") if line.values["ranked"] == NO}
    return {code: name for code, name in _names(book).items() if code not in out}


def _scores(book: Workbook, _: Known) -> Iterator[Fault]:
    """Points of known jurors for known candidates, a row for each pair; jurors each once."""
    if not {"scores", "jurors"} <= set(book.filled):
        return
    sheet, jurors, say = book.filled["scores"], book.filled["jurors"], book.say
    yield from _twice(book, jurors, ("juror",))
    yield from _twice(book, sheet, sheet.sheet.ids)
    known = [line.values["juror"] for line in jurors.lines]
    for line in sheet.lines:
        if line.values["juror"] and line.values["juror"] not in known:
            told = say('"{juror}" tidak ada di lembar {title}', juror=line.values["juror"], title=jurors.tab)
            yield sheet.fault(line, "juror", told)
        yield from _named(sheet, line, _names(book), say)
    for juror in known if sheet.lines else ():
        there = {line.values["code"] for line in sheet.lines if line.values["juror"] == juror}
        lacking = [name for code, name in _ranked(book).items() if code not in there]
        if lacking:
            told = say("baris {juror} untuk {names} hilang; kembalikan", juror=juror, names=say.list(lacking, 4))
            yield sheet.fault(None, "", told)


def _regulations(book: Workbook, _: Known) -> Iterator[Fault]:
    """Regulations of candidates, each once."""
    if "regulations" not in book.filled:
        return
    sheet = book.filled["regulations"]
    yield from _twice(book, sheet, sheet.sheet.ids)
    for line in sheet.lines:
        yield from _incomplete(sheet, line, book.say)
        if line.values["code"] and line.values["code"] not in _names(book):
            yield sheet.fault(
                line, "code", book.say('"{code}" bukan kode peserta di lembar ini', code=line.values["code"])
            )


def _incomplete(sheet: Filled, line: Line, say: Text) -> Iterator[Fault]:
    """What a regulation lacks; of none there is nothing to say."""
    for key in ("year", "subject") if line.values["kind"] not in ("", NONE) else ():
        if not line.values[key] and key not in line.faulty:
            yield sheet.fault(
                line, key, say("sel ini kosong; {title} harus diisi", title=sheet.sheet.column(key).title)
            )


def _documents(book: Workbook, _: Known) -> Iterator[Fault]:
    """Documents each once, and those that are named elsewhere are there."""
    if "documents" not in book.filled:
        return
    documents, say = book.filled["documents"], book.say
    yield from _twice(book, documents, ("id",))
    known = {line.values["id"] for line in documents.lines}
    for key in ("figures", "regulations"):
        for line in book.lines(key):
            if line.values["document"] and line.values["document"] not in known:
                told = say('"{id}" tidak ada di lembar {title}', id=line.values["document"], title=documents.tab)
                yield book.filled[key].fault(line, "document", told)


def _something(book: Workbook, _: Known) -> Iterator[Fault]:
    """Not one figure and not one score: the workbook was not filled in."""
    own = {"code", "name", "juror", "note", "document"}
    cells = [
        line.values[key] or key in line.faulty
        for sheet in ("figures", "scores", "regulations")
        for line in book.lines(sheet)
        for key in line.values
        if key not in own or sheet == "regulations"
    ]
    if not any(cells) and {"figures", "scores"} <= set(book.filled):
        yield book.filled["figures"].fault(None, "", book.say("belum ada angka atau nilai yang diisi"))


CHECKS: tuple[Callable[[Workbook, Known], Iterator[Fault]], ...] = (
    _cover,
    _candidates,
    _criteria,
    _figures,
    _scores,
    _regulations,
    _documents,
    _something,
)
