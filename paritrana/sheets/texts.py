"""Text files of tables: in any usual encoding, with any usual mark between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

Line = tuple[int, list[str]]  # a row of a file with the line on which it ends
BETWEEN = ",;\t|"
TOLD = re.compile(r"sep=(.)\r?\n")  # as Excel writes above a table
WIDE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")  # a letter of UTF-8 beyond ASCII


class Unreadable(ValueError):  # noqa: N818 - reads as what it is where it is caught
    """A file that is no table in text; its message says what was expected."""


@dataclass(frozen=True)
class Written:
    """A text with the name of its encoding, where that is not UTF-8."""

    text: str
    encoding: str = ""


def decoded(content: bytes) -> Written:
    """The text of a file in UTF-8, UTF-16 or Windows-1252; raises Unreadable where it is none of them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _wide(content, "utf-16")
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = content[first:400:2]
        if half.count(0) * 2 > len(half):
            return _wide(content, encoding)
    try:
        written = Written(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if WIDE.search(content):  # most of it is UTF-8: another encoding would garble that
            raise Unreadable(f"text in UTF-8 was expected, but byte {error.start + 1} is not") from error
        written = _single(content)
    if "\0" in written.text:
        raise Unreadable("a table in text was expected, but there are zero bytes in it")
    return written


def _wide(content: bytes, encoding: str) -> Written:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"text in UTF-16 was expected, but byte {error.start + 1} is not") from error
    if "\0" in text:
        raise Unreadable("a table in text was expected, but there are zero bytes in it")
    return Written(text, "UTF-16")


def _single(content: bytes) -> Written:
    try:
        return Written(content.decode("cp1252"), "Windows-1252")
    except UnicodeDecodeError as error:
        expected = f"text in UTF-8, UTF-16 or Windows-1252 was expected, but byte {error.start + 1} is of none of them"
        raise Unreadable(expected) from error


def rows_of(text: str) -> list[Line]:
    """The rows of a table in text that hold anything, by the mark under which most of them are equally long.

    Raises Unreadable where it is no CSV under any mark.
    """
    if told := TOLD.match(text):
        return [(line + 1, cells) for line, cells in _rows(text[told.end() :], told[1])]
    found: list[tuple[tuple[int, int], list[Line]]] = []
    broken = []
    for mark in BETWEEN:
        try:
            lines = _rows(text, mark)
        except Unreadable as error:
            broken.append(error)
            continue
        (width, count), *_ = Counter(len(cells) for _, cells in lines).most_common(1) or [(0, 0)]
        found.append(((count if width > 1 else 0, width), lines))
    if not found:
        raise broken[0]
    return max(found, key=lambda each: each[0])[1]


def _rows(text: str, mark: str) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Unreadable(f"a row of CSV was expected in line {reader.line_num} ({error})") from error
