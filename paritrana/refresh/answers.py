"""Answers as text, as JSON, as numbers: what is none is told with the place and with what was expected."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from paritrana.faults import Fault, InvalidInput

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DECLARED = re.compile(rb"<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
PAGE = re.compile(r"^\s*(<!doctype\s+html|<html)", re.IGNORECASE)
# Fifteen digits hold 999 trillion rupiah; digits of other scripts are none.
WORD, NUMBER = re.compile("([0-9]{1,15})"), re.compile(r"([0-9]{1,15})(?:\.0)?")
AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,10})?")


def refusal(place: str, expected: str, value: object = None) -> InvalidInput:
    """One fault of an answer as an error."""
    return InvalidInput([told(place, expected, value)])


def told(place: str, expected: str, value: object = None) -> Fault:
    """One fault of an answer: the place in it, the value there if it has one, and what was expected."""
    return Fault(place, None, None, None if value is None else str(value), f"expected {expected}")


def text_of(content: bytes, place: str, what: str) -> str:
    """The text of an answer: UTF-8, UTF-16 with its mark, or the encoding that its XML declares; no page of HTML.

    `what` is what was asked for, in words. Raises InvalidInput for anything else.
    """
    declared = DECLARED.match(content)
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "")
    try:
        text = content.decode(encoding or (declared[1].decode() if declared else "utf-8"))
    except UnicodeDecodeError as error:
        raise refusal(place, f"{what} in UTF-8, but byte {error.start + 1} is not") from None
    except LookupError:
        raise refusal(place, f"{what} in an encoding that is known", declared[1].decode() if declared else "") from None
    if PAGE.match(text):
        raise refusal(place, f"{what}, but it is a page of HTML")
    if not text.strip():
        raise refusal(place, f"{what}, but it is empty")
    return text


def json_of(content: bytes, place: str) -> object:
    """What an answer in JSON says; raises InvalidInput where it is none, or is cut."""
    text = text_of(content, place, "JSON")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}"
        raise refusal(place, f"JSON to its end ({error.msg}, {where})") from None
    except (RecursionError, ValueError):  # nested thousands of times, or a number of thousands of digits
        raise refusal(place, "JSON with plain values") from None


def whole_number(value: object) -> int | None:
    """A count as a whole number, None for what is none: 12, 12.0 and "12" are twelve; true, "1.234" and -1 are not."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = value.strip() if isinstance(value, str) else repr(value)
    found = (WORD if isinstance(value, str) else NUMBER).fullmatch(text)
    return int(found[1]) if found else None


def rupiah(text: str) -> int | None:
    """An amount in full rupiah, rounded half to even from what lies behind the point; None for what is none."""
    found = AMOUNT.fullmatch(text.strip())
    return int(Decimal(found[0]).to_integral_value()) if found else None
