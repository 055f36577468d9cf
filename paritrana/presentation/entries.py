"""Lists of named entries that a reader can filter: tables with entries in their cells, and the form above them.

Each row, cell and entry says by `data-` attributes what it can be chosen by; `book/_static/filter.js` hides what was
not asked for. Without that script the form stays hidden and everything is there. All text goes through `html.escaped`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from paritrana.presentation.html import Cell, Link, Remark, escaped
from paritrana.presentation.language import DASH

Keys = Mapping[str, str]  # what a row, a cell or a group can be chosen by -> its value, or values with spaces between
Options = Sequence[tuple[str, str]]  # the values of a choice, each with the words for it


@dataclass(frozen=True)
class Entry:
    """A name with its sources; `anchor` is its id on the page, `mark` what all entries of the same thing share."""

    name: str
    links: tuple[Link, ...]
    badges: tuple[tuple[str, str], ...] = ()
    anchor: str = ""
    mark: str = ""
    keys: Keys = field(default_factory=dict)

    def html(self) -> str:
        """The entry as an item of a list."""
        place = f' id="{escaped(self.anchor)}"' if self.anchor else ""
        mark = f' data-mark="{escaped(self.mark)}"' if self.mark else ""
        shown = Cell(self.name, self.links, badges=self.badges).inner()
        return f"<li data-entry{_data(self.keys)}{place}{mark}>{shown}</li>"


@dataclass(frozen=True)
class Group:
    """Entries under one title."""

    title: str
    entries: tuple[Entry, ...]
    keys: Keys = field(default_factory=dict)

    def html(self) -> str:
        """The title and the list."""
        items = "".join(entry.html() for entry in self.entries)
        title = f'<span class="label">{escaped(self.title)}</span>'
        return f'<div class="group"{_data(self.keys)}>{title} <ul>{items}</ul></div>'


@dataclass(frozen=True)
class Box:
    """A cell with groups of entries: what all of them are of stands on top, the remarks are folded away below.

    One without entries is a gap in what is known, or else just empty.
    """

    groups: tuple[Group, ...] = ()
    note: str = ""
    remarks: tuple[Remark, ...] = ()
    keys: Keys = field(default_factory=dict)
    gap: bool = True

    def html(self, empty: str, folded: str) -> str:
        """The cell; `empty` is said where it is a gap, `folded` is the title of the remarks."""
        if not self.groups:
            classes, shown = ("text gap", empty) if self.gap else ("text", DASH)
            return f'<td class="{classes}"{_data(self.keys)}>{escaped(shown)}</td>'
        note = f'<span class="note">{escaped(self.note)}</span>' if self.note else ""
        listed = "".join(group.html() for group in self.groups)
        return f'<td class="text"{_data(self.keys)}>{note}{listed}{_folded(folded, self.remarks)}</td>'


@dataclass(frozen=True)
class Row:
    """A row of boxes under its heading."""

    title: str
    boxes: tuple[Box, ...]
    note: str = ""
    anchor: str = ""
    keys: Keys = field(default_factory=dict)


def matrix(
    caption: str, columns: Sequence[tuple[str, Keys]], rows: Iterable[Row], empty: str, folded: str, nothing: str
) -> str:
    """A table of boxes; the first of `columns` is that of the rows' headings.

    `empty` is said in a box without entries, `folded` is the title of a box's remarks, `nothing` is said in place of
    the table where a filter leaves no row of it.
    """
    head = "".join(f'<th scope="col"{_data(keys)}>{escaped(title)}</th>' for title, keys in columns)
    body = "".join(_row(row, empty, folded) for row in rows)
    return _wrapped(caption, head, body, nothing, "data entries")


def listing(
    caption: str, columns: Sequence[str], rows: Iterable[tuple[Keys, Sequence[Cell]]], folded: str, nothing: str
) -> str:
    """A table with one entry to a row; a row is its keys and its cells, whose remarks are `folded` away."""
    head = "".join(f'<th scope="col">{escaped(title)}</th>' for title in columns)
    body = "".join(_listed(keys, cells, folded) for keys, cells in rows)
    return _wrapped(caption, head, body, nothing, "data listed")


def filter_form(name: str, said: str, choices: Sequence[tuple[str, str, Options]], words: Mapping[str, str]) -> str:
    """The form of a page's filter; hidden until the script shows it.

    `name` is what it is called aloud; `said` tells `{shown}` of `{all}`; `choices` are key, title and options; `words`
    are those for `all` values, the field for a `text` and the button to `reset`.
    """
    selects = "".join(
        _field(
            title, key, "select", f"{_option('', words['all'])}{''.join(_option(*each) for each in options)}</select>"
        )
        for key, title, options in choices
    )
    search = _field(words["text"], "text", 'input type="search" autocomplete="off"')
    return (
        f'<form class="filter" role="search" aria-label="{escaped(name)}" data-said="{escaped(said)}" hidden>'
        f'{selects}{search}<button type="reset">{escaped(words["reset"])}</button>'
        '<output role="status"></output></form>'
    )


def _field(title: str, key: str, element: str, inner: str = "") -> str:
    """A field of the form with its label."""
    place = f"filter-{escaped(key)}"
    return (
        f'<div><label for="{place}">{escaped(title)}</label> '
        f'<{element} id="{place}" name="{escaped(key)}">{inner}</div>'
    )


def _option(value: str, text: str) -> str:
    return f'<option value="{escaped(value)}">{escaped(text)}</option>'


def _wrapped(caption: str, head: str, body: str, nothing: str, classes: str) -> str:
    """A table that scrolls inside itself, and what stands in its place where a filter leaves nothing of it."""
    return (
        f'<div class="table-wrap filtered" role="region" tabindex="0" aria-label="{escaped(caption)}">'
        f'<table class="{classes}"><caption><span>{escaped(caption)}</span></caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f'<p class="nothing" hidden>{escaped(nothing)}</p>'
    )


def _row(row: Row, empty: str, folded: str) -> str:
    place = f' id="{escaped(row.anchor)}"' if row.anchor else ""
    boxes = "".join(box.html(empty, folded) for box in row.boxes)
    title = Cell(row.title, note=row.note).inner()
    return f'<tr data-row{_data(row.keys)}><th scope="row"{place}>{title}</th>{boxes}</tr>'


def _listed(keys: Keys, cells: Sequence[Cell], folded: str) -> str:
    first, *rest = (
        f"{cell.inner()}{_folded(folded, [replace(remark, of='') for remark in cell.remarks])}" for cell in cells
    )
    shown = "".join(f'<td class="text">{inner}</td>' for inner in rest)
    return f'<tr data-row data-entry{_data(keys)}><th scope="row">{first}</th>{shown}</tr>'


def _folded(title: str, remarks: Sequence[Remark]) -> str:
    """Remarks that open on demand and on paper, each text once with all that it is of."""
    of: dict[tuple[str, str], dict[str, None]] = {}
    for remark in remarks:
        of.setdefault((remark.text, remark.language), {})[remark.of] = None
    items = "".join(
        f"<li>{_of(names)}<span{_lang(language)}>{escaped(text)}</span></li>" for (text, language), names in of.items()
    )
    return f"<details><summary>{escaped(title)} ({len(of)})</summary><ul>{items}</ul></details>" if of else ""


def _of(names: Iterable[str]) -> str:
    """What a remark is of; nothing where its row says so."""
    told = ", ".join(filter(None, names))
    return f"{escaped(told)}: " if told else ""


def _lang(language: str) -> str:
    return f' lang="{escaped(language)}"' if language else ""


def _data(keys: Keys) -> str:
    """Keys as attributes."""
    return "".join(f' data-{name}="{escaped(value)}"' for name, value in keys.items())
