"""Words and numbers in the reader's language.

Sentences are written in Indonesian in the code and translated by the catalogues in `locale/`
(gettext through Babel); numbers, money and dates take the form of the language.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import Annotated

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import NumberPattern, parse_pattern
from pydantic import BeforeValidator

from paritrana.checked import Strict
from paritrana.paths import LOCALE

SOURCE_LANGUAGE = "id"  # the language the sentences in the code are written in
NO_BREAK = "\N{NO-BREAK SPACE}"
DASH = "–"
MILLION, BILLION, TRILLION = 10**6, 10**9, 10**12


def _translations(language: str) -> NullTranslations:
    """The catalogue of a language; the source language needs none. Raises FileNotFoundError where it is missing."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    with (LOCALE / language / "LC_MESSAGES" / "paritrana.po").open("rb") as file:
        compiled = BytesIO()
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _pattern(decimals: int) -> NumberPattern:
    """The form of a number with so many decimals: a page writes thousands of numbers."""
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


@dataclass(frozen=True)
class Text:
    """Says sentences and writes numbers in one language; call it with a sentence and its values.

    `Text("id")("{name} di peringkat {rank}", name="Agam", rank=2)` -> `"Agam di peringkat 2"`.
    """

    language: str
    catalogue: NullTranslations = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "catalogue", _translations(self.language))

    def __call__(self, sentence: str, /, **values: object) -> str:
        """The sentence in this language with its values filled in."""
        return self.catalogue.gettext(sentence).format(**values) if sentence else ""

    def title(self, title: Title | str) -> str:
        """A title that carries its own translations."""
        return title if isinstance(title, str) else title.in_language(self.language)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with grouped thousands: 15.386 in Indonesian, 15,386 in English; a dash where it is unknown."""
        if value is None or math.isnan(value):
            return DASH
        rounded = round(value, decimals) or 0  # a rounded -0.2 is 0, not -0
        return str(_pattern(decimals).apply(rounded if rounded == 0 else value, self.language))

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share as a percentage: 0.9652 -> 96,5 % (Indonesian), 96.5% (English)."""
        if share is None or math.isnan(share):
            return DASH
        return self.number(share * 100, decimals) + (f"{NO_BREAK}%" if self.language == "id" else "%")

    def rupiah(self, value: float) -> str:
        """An amount in full rupiah: Rp1.457.000.000."""
        return DASH if value is None or math.isnan(value) else f"Rp{self.number(value)}"

    def rupiah_short(self, value: float) -> str:
        """An amount in words of magnitude: Rp1,46 miliar; full rupiah below a million."""
        if value is None or math.isnan(value):
            return DASH
        for size, word in ((TRILLION, self("triliun")), (BILLION, self("miliar")), (MILLION, self("juta"))):
            # As it will be written: 999,999,999 is a billion.
            if abs(value) >= MILLION and round(abs(value) / size, 2) >= 1:
                return f"Rp{self.number(value / size, 2)} {word}"
        return self.rupiah(value)

    def interval(self, low: float, high: float, write: str = "number", decimals: int = 0) -> str:
        """One value, or `low–high` where the two ends are written differently; `write` names the style of an end."""
        style = getattr(self, write)
        first, last = (style(end) if write.startswith("rupiah") else style(end, decimals) for end in (low, high))
        if first == last:
            return str(first)
        return f"{self.number(low * 100, decimals) if write == 'percent' else first}{DASH}{last}"

    def date(self, iso: str | None) -> str:
        """A date of the record, whole (31 Des 2024) or in part (2024, 2024-09); empty where there is none."""
        if not isinstance(iso, str) or not iso:
            return ""
        parts = [int(part) for part in iso.split("-")]
        if len(parts) == 1:
            return iso
        form = "d MMM y" if len(parts) == 3 else "MMM y"
        return format_date(date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1), form, locale=self.language)

    def month(self, iso: str) -> str:
        """A month of the record (2025-11) in words: November 2025."""
        year, month = map(int, iso.split("-")[:2])
        return format_date(date(year, month, 1), "MMMM y", locale=self.language)

    def list(self, words: list[str], most: int = 7) -> str:
        """Words as an enumeration: A, B, dan C; beyond `most` the rest is only counted."""
        if len(words) > most:
            words = [*words[: most - 1], self("{count} lainnya", count=len(words) - most + 1)]
        return format_list(words, locale=self.language)


class Title(Strict):
    """A title in Indonesian and English; a file may give one text for both (`Titled`)."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """The title in `id` or `en`."""
        return self.en if language == "en" else self.id


def _both_languages(value: object) -> object:
    """One text stands for both languages."""
    return {"id": value, "en": value} if isinstance(value, str) else value


Titled = Annotated[Title, BeforeValidator(_both_languages)]
