"""HTML and Markdown for pages: tables, facts, sentences and headings, with everything from data escaped.

Text from data is never markup. All of it goes into HTML through `escaped` and into Markdown through `markdown_text`:
both put it on one line first, since a line break is what ends a block. Only http(s) addresses and places in the book
become links. Between two blocks stands white space: who takes the markup away, as a search does, is left with words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from paritrana.faults import CONTROLS

SAFE_PREFIXES = ("http://", "https://", "#")
# Browsers drop or turn these when they read an address, and "/\\evil" becomes "//evil".
UNSAFE = re.compile(r"[\\\s\x00-\x1f]")
PLACE = "place-"  # begins the tag of a cell that names its section in every language; what follows is an id
BREAKS = re.compile(f"[ {CONTROLS}]+")  # with the spaces beside them; a no-break space is meant as it is
PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>#|!~$&^])")
# What a generated page has no use for is not read in its Markdown: HTML, directives, roles, pictures, targets.
NOT_READ = (
    *("html_block", "html_inline", "fence", "colon_fence", "code", "myst_role", "image", "autolink"),
    *("myst_target", "myst_line_comment", "attr", "span", "front_matter", "reference", "footnote_ref"),
)


@dataclass(frozen=True)
class Link:
    """An address and what it leads to; `title` is read out and shown on hovering.

    `label` is what a link that is only a letter is called aloud.
    """

    href: str
    title: str = ""
    label: str = ""


@dataclass(frozen=True)
class Remark:
    """What a reader must know of a figure, told under its table: what the figure is `of`, and the text.

    `language` is that of the text where it is not the page's.
    """

    of: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Footnotes:
    """What a table calls the remarks of its cells: the start of their ids, the title of the list, the word for one."""

    key: str
    title: str
    word: str


@dataclass(frozen=True)
class Fold:
    """What a cell opens on demand: the word to press, and lines, each with the way on from it.

    The label of a way is what it is called aloud: the same words stand in many cells. One without an address leads
    nowhere and is left out.
    """

    word: str
    lines: tuple[tuple[str, Link], ...]

    def inner(self) -> str:
        """The fold as HTML."""
        items = " ".join(f"<li>{escaped(text)} {_way(link)}</li>" for text, link in self.lines)
        return f'<details class="fold"><summary>{escaped(self.word)}</summary> <ul>{items}</ul></details>'


@dataclass(frozen=True)
class Cell:
    """One cell: text, the links to its sources, a small note under it, badges, CSS classes and style variables.

    A mark leads from it to each of its remarks, which the table lists. `before` stands in front of the text, outside of
    its link, `fold` under it.
    """

    text: str
    links: tuple[Link, ...] = ()
    note: str = ""
    badges: tuple[tuple[str, str], ...] = ()  # (kind, text)
    classes: str = ""
    style: str = ""
    remarks: tuple[Remark, ...] = ()
    before: str = ""
    fold: Fold | None = None

    def inner(self) -> str:
        """The content of the cell as HTML."""
        shown = linked(self.text, self.links)
        badges = "".join(f' <span class="badge badge-{kind}">{escaped(text)}</span>' for kind, text in self.badges)
        note = f' <span class="note">{escaped(self.note)}</span>' if self.note else ""
        before = f"{escaped(self.before)} " if self.before else ""
        fold = f" {self.fold.inner()}" if self.fold else ""
        return f"{before}{shown}{badges}{note}{fold}"


@dataclass(frozen=True)
class Place:
    """A place in a page that can be linked to: its id, its title, and the names by which a search finds it."""

    id: str
    title: str
    names: tuple[str, ...]

    def attributes(self) -> str:
        """The place as attributes of an element; the book's search reads them (`sphinx_ext.regions`)."""
        return f' id="{escaped(self.id)}" data-names="{escaped("|".join(self.names))}"'


@dataclass(frozen=True)
class Card:
    """A place with all that is told of it: a note beside its title, and parts, each a heading with its cells."""

    place: Place
    note: str
    parts: tuple[tuple[str, tuple[Cell, ...]], ...]


Rows = list[list[Cell | str]]  # a table's body; plain text stands for a cell with nothing else
Remarks = dict[tuple[str, str], list[str]]  # text and language of each remark -> what it is of


@dataclass(frozen=True)
class Column:
    """A column's heading, the unit under it, and whether it holds numbers."""

    title: str
    unit: str = ""
    numeric: bool = True

    def heading(self) -> str:
        """The heading cell as HTML."""
        unit = f' <span class="unit">({escaped(self.unit)})</span>' if self.unit else ""
        return f'<th scope="col"{_class("num" if self.numeric else "")}>{escaped(self.title)}{unit}</th>'


def one_line(text: object) -> str:
    """The text on one line: line breaks, other control characters and runs of spaces become one space."""
    return BREAKS.sub(" ", str(text)).strip(" ")


def escaped(text: object) -> str:
    """Text inside HTML, as content or in an attribute's quotation marks: nothing in it is markup."""
    return escape(one_line(text))


def markdown_text(text: object) -> str:
    """Text inside a line of Markdown: its punctuation stays punctuation."""
    return PUNCTUATION.sub(r"\\\1", one_line(text))


def heading(text: object, level: int = 1) -> str:
    """A heading in Markdown."""
    return f"{'#' * level} {markdown_text(text)}"


def page_metadata(description: str = "") -> dict[str, Any]:
    """What a generated notebook says of itself, so that its Markdown can hold nothing but text.

    `description` is what search engines and previews show of the page.
    """
    described = {"html_meta": {"description": one_line(description)}} if description else {}
    return {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "myst": {"disable_syntax": list(NOT_READ), **described},
    }


def linked(text: str, links: Sequence[Link]) -> str:
    """The text as a link to its first source, further sources as [a], [b] above the line after it.

    A number there would be read as part of the figure.
    """
    safe = [link for link in links if is_safe(link.href)]
    if not safe:
        return escaped(text)
    first, *rest = safe
    more = "".join(f' <sup class="more">{_anchor(f"[{_letter(at)}]", link)}</sup>' for at, link in enumerate(rest))
    return _anchor(text, first) + more


def is_safe(href: str) -> bool:
    """Whether the address may become a link: http(s), or a place in the book (a relative path)."""
    relative = ":" not in href and not href.startswith("//") and not UNSAFE.search(href)
    return href.startswith(SAFE_PREFIXES) or relative


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell | str]],
    classes: str = "data",
    footnotes: Footnotes | None = None,
) -> str:
    """A table with a caption; the first cell of each row is its heading. Scrolls inside itself where it is wide.

    The remarks of its cells follow as a numbered list, each text once. Raises ValueError where a cell has one and
    `footnotes` are not given: it would be lost.
    """
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    remarks = _remarks(cells)
    if remarks and footnotes is None:
        raise ValueError(f"the table {caption!r} has remarks, and no footnotes to tell them in")
    head = " ".join(column.heading() for column in columns)
    body = " ".join(_row(row, columns, footnotes, list(remarks)) for row in cells)
    listed = _listed(footnotes, remarks) if footnotes and remarks else ""
    return (
        f'<div class="table-wrap" role="region" tabindex="0" aria-label="{escaped(caption)}"><table class="{classes}">'
        f"<caption><span>{escaped(caption)}</span></caption> <thead><tr>{head}</tr></thead> <tbody>{body}</tbody>"
        f"</table></div> {listed}"
    )


def facts(items: Iterable[tuple[str, str, str]]) -> str:
    """Key figures side by side: (value, label, note)."""
    blocks = (
        f'<div class="fact"><dt class="label">{escaped(label)}</dt> <dd class="value">{escaped(value)}</dd> '
        f'<dd class="note">{escaped(note)}</dd></div>'
        for value, label, note in items
    )
    return f'<dl class="facts">{" ".join(blocks)}</dl> '


def paragraphs(sentences: Iterable[str], classes: str = "") -> str:
    """Each sentence as a paragraph of its own; empty ones are left out."""
    return "".join(f"<p{_class(classes)}>{escaped(sentence)}</p> " for sentence in sentences if sentence)


def bullets(sentences: Iterable[str]) -> str:
    """The sentences as a list; empty ones are left out."""
    if not any(sentences := list(sentences)):
        return ""
    return f"<ul>{' '.join(f'<li>{escaped(sentence)}</li>' for sentence in sentences if sentence)}</ul> "


def links(ways: Iterable[tuple[Link, str]], classes: str = "") -> str:
    """Places to go on to, as a list: the title of each leads there, if anywhere; what one finds there follows."""
    items = (f"<li>{_titled(way)}: {escaped(about)}</li>" for way, about in ways)
    return f"<ul{_class(classes)}>{' '.join(items)}</ul> "


def _titled(way: Link) -> str:
    return f'<a href="{escaped(way.href)}">{escaped(way.title)}</a>' if way.href else escaped(way.title)


def _way(way: Link) -> str:
    label = f' aria-label="{escaped(way.label)}"' if way.label else ""
    return f'<a href="{escaped(way.href)}"{label}>{escaped(way.title)}</a>' if way.href and is_safe(way.href) else ""


def details(summary: str, inner: str) -> str:
    """Something that opens on demand."""
    return f'<details class="others"><summary>{escaped(summary)}</summary> {inner}</details> '


def cards(made: Iterable[Card]) -> str:
    """Cards that open on demand, and when a link leads to them. What was noted of a cell stands under it."""
    return " ".join(map(_card, made))


def places(lines: Iterable[tuple[Place, str]]) -> str:
    """Places of which one sentence is told, as a list."""
    items = (
        f"<li{place.attributes()}><strong>{escaped(place.title)}</strong>: {escaped(told)}</li>"
        for place, told in lines
    )
    return f"<ul>{' '.join(items)}</ul> "


def _card(card: Card) -> str:
    parts = " ".join(
        f"<div><dt>{escaped(title)}</dt> {' '.join(f'<dd>{cell.inner()}{_told(cell)}</dd>' for cell in cells)}</div>"
        for title, cells in card.parts
    )
    title = f'{escaped(card.place.title)} <span class="note">{escaped(card.note)}</span>'
    return f'<details class="place"{card.place.attributes()}><summary>{title}</summary> <dl>{parts}</dl></details>'


def _told(cell: Cell) -> str:
    """The remarks of a cell in full."""
    return "".join(
        f' <span class="note remark"{_lang(remark.language)}>{escaped(remark.text)}</span>' for remark in cell.remarks
    )


def _lang(language: str) -> str:
    return f' lang="{escaped(language)}"' if language else ""


def _row(
    row: Sequence[Cell], columns: Sequence[Column], footnotes: Footnotes | None, told: list[tuple[str, str]]
) -> str:
    first, *rest = row
    shown = [f'<th scope="row"{_class(first.classes)}>{first.inner()}{_marks(first, footnotes, told)}</th>']
    for cell, column in zip(rest, columns[1:], strict=True):
        classes = " ".join(filter(None, ["num" if column.numeric else "text", cell.classes]))
        style = f' style="{escaped(cell.style)}"' if cell.style else ""
        shown.append(f"<td{_class(classes)}{style}>{cell.inner()}{_marks(cell, footnotes, told)}</td>")
    return f"<tr>{' '.join(shown)}</tr>"


def _remarks(rows: Iterable[Sequence[Cell]]) -> Remarks:
    """Every remark of the cells in reading order, each text once with all that it is of."""
    found: Remarks = {}
    for remark in (remark for row in rows for cell in row for remark in cell.remarks):
        told = found.setdefault((remark.text, remark.language), [])
        if remark.of not in told:
            told.append(remark.of)
    return found


def _marks(cell: Cell, footnotes: Footnotes | None, told: list[tuple[str, str]]) -> str:
    """The ways from a cell to its remarks: words, since a number beside a figure would be read as part of it."""
    if footnotes is None or not cell.remarks:
        return ""
    numbers = sorted({told.index((remark.text, remark.language)) + 1 for remark in cell.remarks})
    ways = (
        f'<a class="noted" href="#{escaped(footnotes.key)}-{number}">{escaped(footnotes.word)} {number}</a>'
        for number in numbers
    )
    return f' <span class="note marks">{" ".join(ways)}</span>'


def _listed(footnotes: Footnotes, remarks: Remarks) -> str:
    """The remarks of a table as a numbered list that opens on demand, for its marks, and on paper."""
    items = []
    for number, ((text, language), of) in enumerate(remarks.items(), start=1):
        place = f'id="{escaped(footnotes.key)}-{number}"'
        items.append(f"<li {place}>{escaped('; '.join(of))}: <span{_lang(language)}>{escaped(text)}</span></li>")
    title = f"{escaped(footnotes.title)} ({len(items)})"
    return f'<details class="others remarks"><summary>{title}</summary> <ol>{" ".join(items)}</ol></details> '


def _anchor(text: str, link: Link) -> str:
    title = f' title="{escaped(link.title)}"' if link.title else ""
    # Only a letter: its name tells what it is. Elsewhere the text of the link is its name.
    label = f' aria-label="{escaped(link.label)}"' if link.label and text.startswith("[") else ""
    return f'<a class="src" href="{escaped(link.href)}"{title}{label}>{escaped(text)}</a>'


def _letter(at: int) -> str:
    """The letters that count further sources: a to z, then aa, ab and on."""
    first, last = divmod(at, 26)
    return (_letter(first - 1) if first else "") + "abcdefghijklmnopqrstuvwxyz"[last]


def _class(classes: str) -> str:
    return f' class="{classes}"' if classes else ""
