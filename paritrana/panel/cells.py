"""One cell by the kind of its column: the text that is kept of it, or a sentence on what is wrong with it.

Kept are numbers as a program writes them (12345.5), dates as 2024-12-31 and choices by their ids. A number that was
typed as text is never guessed at: 12.345 is twelve thousand to one reader and twelve to another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from paritrana.faults import CONTROL, nearest, shown
from paritrana.panel.layout import LANGUAGES, LONGEST, Column, Kind
from paritrana.presentation.html import is_safe
from paritrana.presentation.language import Text
from paritrana.sheets.grids import Grids, Raw
from paritrana.sheets.numbers import PLAIN, alone, meant, written

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
CODE = re.compile(r"[\w.-]{1,40}")
# A program that opens a table would compute such a text.
COMPUTED = re.compile(r"[=@\t]|[+-].*[|(!]")
FIRST_DAY, DAYS = date(1899, 12, 30), range(20_000, 80_000)  # how spreadsheets count days: 1954 to 2119


@dataclass(frozen=True)
class Kept:
    """What is kept of a cell, or the `fault` that keeps it out."""

    text: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Reading:
    """How the cells of a file are read: the language of the sentences, and what its texts can be."""

    say: Text
    text_only: bool
    plain: bool

    @staticmethod
    def of(grids: Grids, say: Text) -> Reading:
        """The reading of a file."""
        return Reading(say, grids.text_only, grids.plain)

    def kept(self, column: Column, raw: Raw | None) -> Kept:
        """What is kept of a cell of the column."""
        say = self.say
        if raw is None:
            return Kept(fault=say("sel ini kosong; {title} harus diisi", title=column.title) if column.required else "")
        if raw.sort == "formula" or (raw.sort == "text" and COMPUTED.match(str(raw.value))):
            return Kept(fault=say('"{value}" ialah rumus; tempel nilainya saja', value=shown(str(raw.value))))
        if raw.sort == "error":
            return Kept(fault=say('"{value}" ialah kesalahan rumus; ketik nilainya', value=raw.value))
        if raw.sort == "text" and (broken := _broken(say, str(raw.value))):
            return Kept(fault=broken)
        ways: dict[Kind, Callable[[Column, Raw], Kept]] = {
            "text": self._text,
            "code": self._code,
            "date": self._date,
            "choice": self._choice,
            "address": self._address,
        }
        return ways.get(column.kind, self._number)(column, raw)

    def _text(self, _: Column, raw: Raw) -> Kept:
        if raw.sort == "date":
            told = self.say('"{value}" menjadi tanggal; format sel sebagai teks dan ketik kembali', value=raw.value)
            return Kept(fault=told)
        if isinstance(raw.value, float):
            return Kept(written(raw.value))
        return Kept(str(raw.value))

    def _code(self, _: Column, raw: Raw) -> Kept:
        text = written(raw.value) if isinstance(raw.value, float) else str(raw.value)
        if raw.sort == "number" and "." in text:
            expected = self.say(
                "{value} ialah angka; kode harus teks agar nol di belakangnya tidak hilang: format sel sebagai teks",
                value=self.said(float(text)),
            )  # fmt: skip
            return Kept(fault=expected)
        if raw.sort == "date" or not CODE.fullmatch(text):
            return Kept(fault=self.say('"{value}" bukan kode; pakai huruf, angka, titik, dan garis', value=shown(text)))
        return Kept(text)

    def _date(self, _: Column, raw: Raw) -> Kept:
        if isinstance(raw.value, date):
            return Kept(raw.value.isoformat())
        if isinstance(raw.value, float) and raw.value in DAYS:
            day = (FIRST_DAY + timedelta(days=int(raw.value))).isoformat()
            told = self.say("{value} ialah angka; bila maksudnya {day}, ketik begitu", value=int(raw.value), day=day)
            return Kept(fault=told)
        text = str(raw.value)
        if ISO.fullmatch(text) and _is_day(text):
            return Kept(text)
        return Kept(fault=self.say('"{value}" bukan tanggal seperti 2024-12-31', value=shown(text)))

    def _choice(self, column: Column, raw: Raw) -> Kept:
        text = written(raw.value) if isinstance(raw.value, float) else str(raw.value)
        if raw.sort == "truth":  # LibreOffice and Excel turn "true" into it
            text = "yes" if raw.value else "no"
        known = {word.casefold(): kept for kept, word in (*_in_all_languages(column), *column.choices)}
        known |= {kept.casefold(): kept for kept, _ in column.choices}
        if text.casefold() in known:
            return Kept(known[text.casefold()])
        words = [word for _, word in column.choices]
        close = near(self.say, text, words)
        listed = self.say.list(words, most=len(words))
        told = self.say('"{value}" tidak ada dalam daftar: {words}', value=shown(text), words=listed)
        return Kept(fault=told + close)

    def _address(self, _: Column, raw: Raw) -> Kept:
        text = str(raw.value)
        if text.startswith(("http://", "https://")) and is_safe(text) and not re.search(r"\s", text):
            return Kept(text)
        return Kept(fault=self.say('"{value}" bukan alamat web yang dimulai dengan https://', value=shown(text)))

    def _number(self, column: Column, raw: Raw) -> Kept:
        say = self.say
        if raw.sort == "date":
            return Kept(fault=say('"{value}" ialah tanggal, bukan angka; format sel sebagai angka', value=raw.value))
        if raw.sort == "text":
            found = [float(str(raw.value))] if self.plain and PLAIN.fullmatch(str(raw.value)) else meant(str(raw.value))
            if not self.text_only or len(found) != 1 or not alone(str(raw.value)):
                return Kept(fault=self._no_number(str(raw.value), found))
            raw = Raw("number", found[0])
        if raw.sort == "truth" or not isinstance(raw.value, float) or not math.isfinite(raw.value):
            return Kept(fault=say('"{value}" bukan angka', value=shown(str(raw.value))))
        value = round(raw.value * 100, 9) if raw.percent and column.unit == "%" else raw.value
        return Kept(written(value), self._limited(column, value))

    def _no_number(self, text: str, found: list[float]) -> str:
        """What is said of a text where a number was expected."""
        say, options = self.say, [self.said(value) for value in found]
        if not found:
            return say('"{value}" bukan angka; kosongkan sel bila tidak diketahui', value=shown(text))
        if len(found) == 1:
            return say('"{value}" ialah teks; ketik {number} sebagai angka', value=shown(text), number=options[0])
        return say(
            '"{value}" ialah teks yang bermakna ganda; ketik {first} atau {second} sebagai angka',
            value=shown(text),
            first=options[0],
            second=options[1],
        )

    def _limited(self, column: Column, value: float) -> str:
        """What is wrong with a number of the column; empty where nothing is."""
        say, said = self.say, self.said(value)
        if column.kind in ("count", "money", "year") and value != int(value):
            return say("{value} bukan bilangan bulat", value=said)
        if column.kind == "percent" and 0 < value <= 1:
            hundred = self.said(round(value * 100, 9))
            return say(
                "{value} tampaknya bagian dari 1; tulis {hundred} untuk {hundred} persen", value=said, hundred=hundred
            )
        if column.least is not None and value < column.least:
            return say("{value} terlalu kecil; paling sedikit {least}", value=said, least=self.said(column.least))
        if column.most is not None and value > column.most:
            return say("{value} terlalu besar; paling banyak {most}", value=said, most=self.said(column.most))
        return ""

    def said(self, value: float) -> str:
        """A number as a person of the language types it: without groups, with its decimal mark."""
        return written(value).replace(".", "," if self.say.language == "id" else ".")


def _broken(say: Text, text: str) -> str:
    """What is wrong with a text whatever its column is; empty where nothing is."""
    if len(text) > LONGEST:
        return say('"{value}" lebih panjang dari {most} huruf', value=shown(text), most=LONGEST)
    if CONTROL.search(text):
        return say('"{value}" lebih dari satu baris; tulis dalam satu baris', value=shown(text))
    return ""


def near(say: Text, text: str, words: list[str]) -> str:
    """` (maksudnya "x"?)` for the known word nearest to the text, or nothing."""
    close = nearest(text, words)
    return say(' (maksudnya "{word}"?)', word=close.split('"')[1]) if close else ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def _texts() -> tuple[Text, ...]:
    return tuple(Text(language) for language in LANGUAGES)


def _in_all_languages(column: Column) -> list[tuple[str, str]]:
    """The words of yes and no in every language: they are typed more often than picked."""
    kept = {each for each, _ in column.choices}
    return [
        (each, word) for say in _texts() for each, word in (("yes", say("ya")), ("no", say("tidak"))) if each in kept
    ]
