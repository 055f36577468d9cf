"""What the book on paper has beside its pages: the foot of each, the title page, the contents, the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paritrana.presentation.html import escaped
from paritrana.presentation.language import Text

INSIDE = "https://inside.invalid/"  # begins the address of a page of the same book until it becomes a place in it
PAGE = "@page { size: A4; margin: 14mm 15mm 18mm; }"
FONT = "font-family: 'DejaVu Sans', Verdana, sans-serif;"
CONTENTS_STYLE = (
    "body { margin: 0; font-size: 10pt; } h1 { font-size: 26pt; margin: 70mm 0 6mm; }"
    " h2 { font-size: 16pt; break-before: page; }"
    " ol { list-style: none; margin: 0; padding: 0; }"
    " li { display: flex; gap: 3mm; padding: 0.7mm 0; break-inside: avoid; }"
    " li a { color: #000; flex: 1; text-decoration: none; }"
    " li.part { break-after: avoid; font-weight: 700; padding-top: 4mm; }"
    " li.deeper { padding-left: 8mm; font-size: 9pt; } .number { min-width: 14mm; text-align: right; }"
    " dl { display: grid; grid-template-columns: 45mm 1fr; gap: 1.5mm 4mm; } dt { color: #333; } dd { margin: 0; }"
)


@dataclass(frozen=True)
class Identity:
    """What a printed page says of the book it is from; `newest`: the date of the youngest source (ISO).

    `address`: that of the edition, with a slash at its end; empty where the site has none.
    """

    title: str
    language: str
    year: int
    rubric: str
    version: str
    newest: str
    address: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the contents: how deep it lies (0: part), its text, and its page in the book; a part has none."""

    depth: int
    text: str
    page: str = ""


def foot(identity: Identity, page: str, numbered: bool) -> str:
    """The style of a page's foot: the book, the year, that weights are hypotheses, and the address of the page."""
    say = Text(identity.language)
    words = say(
        "{title} {version} · tahun penilaian {year} · setiap bobot adalah hipotesis",
        title=identity.title,
        version=identity.version,
        year=identity.year,
    )
    box = f"color: #444; font-size: 7.5pt; {FONT}"
    place = f"{identity.address}{page}.html" if identity.address else ""
    number = 'counter(page) " / " counter(pages)' if numbered else '""'
    return (
        f"{PAGE} @page {{ @bottom-left {{ content: {_quoted(words)} '\\A' {_quoted(place)}; white-space: pre; {box} }}"
        f" @bottom-right {{ content: {number}; {box} }} }}"
    )


def _quoted(text: str) -> str:
    """Text as a string of CSS; in a style nothing of it can end the element either."""
    return '"' + "".join(char if char.isalnum() or char in " .,-/·()" else f"\\{ord(char):x} " for char in text) + '"'


def front(identity: Identity, lines: Sequence[Line], numbers: dict[str, int]) -> str:
    """The title page and the contents as one document; a page whose number is not known yet gets a wide one."""
    say = Text(identity.language)
    address = {say("Alamat"): identity.address} if identity.address else {}
    told = {
        say("Tahun penilaian"): str(identity.year),
        say("Bobot"): say("hipotesis ({rubric}); tidak ada bobot resmi yang diumumkan", rubric=identity.rubric),
        say("Versi"): identity.version,
        say("Data sampai"): say.date(identity.newest),
        **address,
    }
    contents = escaped(say("Daftar isi"))
    facts = "".join(f"<dt>{escaped(term)}</dt><dd>{escaped(value)}</dd>" for term, value in told.items())
    rows = "".join(_row(line, numbers) for line in lines)
    style = f"{foot(identity, 'index', numbered=False)} @page :first {{ @bottom-left {{ content: '' }} }}"
    return (
        f'<!doctype html><html lang="{identity.language}"><head><meta charset="utf-8">'
        f"<title>{escaped(identity.title)}</title>"
        f"<style>{style} body {{ {FONT} }} {CONTENTS_STYLE}</style></head><body><h1>{escaped(identity.title)}</h1>"
        f"<dl>{facts}</dl><h2>{contents}</h2><ol>{rows}</ol></body></html>"
    )


def _row(line: Line, numbers: dict[str, int]) -> str:
    if not line.page:
        return f'<li class="part">{escaped(line.text)}</li>'
    deeper = ' class="deeper"' if line.depth > 1 else ""
    number = numbers.get(line.page, 9999)
    link = f'<a href="{INSIDE}{escaped(line.page)}">{escaped(line.text)}</a>'
    return f'<li{deeper}>{link}<span class="number">{number}</span></li>'


def numbers(last: int) -> str:
    """Pages for all of a book but the first that hold nothing but their number, where a page leaves room for it."""
    pages = "".join(f"<div><p>{number} / {last}</p></div>" for number in range(2, last + 1))
    return (
        f"<!doctype html><style>@page {{ size: A4; margin: 0 }} body {{ margin: 0; font-size: 8pt; {FONT} }}"
        " div { break-after: page; height: 290mm; position: relative } div:last-child { break-after: auto }"
        f" p {{ bottom: 0; color: #444; margin: 0; position: absolute; right: 15mm }}</style>{pages}"
    )
