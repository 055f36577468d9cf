"""The start page: for which provinces the data let name who leads, a map of them, and a finder of every region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from paritrana.presentation.html import Link, details, escaped, links, paragraphs
from paritrana.presentation.language import Text
from paritrana.presentation.shapes import DOTS, Shape, dot, legend, shade, swatch, wide_map

STEPS = (0.10, 0.25)  # shares of the record at which the map takes another colour
REASONS = ("few", "disowned", "single", "rival", "chance", "unrecorded", "administrative")  # of headline.NoLeader


@dataclass(frozen=True)
class Chapter:
    """What the start page tells of a province that is in the book.

    `leader` is the name of the region that may be called the leader, with the share of draws in which it is first;
    empty where none may, `why` then is the reason that weighs most. `cells`: how many of its cells are recorded, and
    how many there are. `regions`: anchor and name of each of its regions.
    """

    code: str
    name: str
    href: str
    leader: str
    share: float | None
    why: str
    cells: tuple[int, int]
    regions: tuple[tuple[str, str], ...]


def answer(say: Text, chapters: Sequence[Chapter], whole: bool) -> str:
    """For how many provinces who leads may be named, and which; `whole` is whether the book has them all."""
    named = [chapter for chapter in chapters if chapter.leader]
    ways = [
        (
            Link(chapter.href, chapter.name),
            say(
                "{leader}, peringkat 1 pada {share} percobaan", leader=chapter.leader, share=say.percent(chapter.share)
            ),
        )
        for chapter in named
        if chapter.share is not None
    ]
    return (
        paragraphs([_first_sentence(say, len(named), len(chapters), whole)], "lead")
        + (links(ways) if ways else "")
        + paragraphs([_reasons(say, chapters)])
    )


def _first_sentence(say: Text, named: int, count: int, whole: bool) -> str:
    book = say("{count} provinsi", count=count) if whole else say("{count} provinsi dalam buku ini", count=count)
    if not named:
        return say("Tidak satu pun dari {book} mempunyai data yang cukup untuk menyebut siapa yang teratas.", book=book)
    if named == count:
        return say("Di semua {book}, data yang ada cukup untuk menyebut siapa yang teratas.", book=book)
    return say(
        "Di {named} dari {book}, data yang ada cukup untuk menyebut siapa yang teratas; di {others} lainnya tidak.",
        named=named,
        book=book,
        others=count - named,
    )


def _reasons(say: Text, chapters: Sequence[Chapter]) -> str:
    """Why nobody is named in the others, each reason with the number of provinces that it weighs most in."""
    counts = {reason: sum(chapter.why == reason for chapter in chapters) for reason in REASONS}
    told = [
        say("{reason} ({count} provinsi)", reason=reason_of(say, reason), count=count)
        for reason, count in sorted(counts.items(), key=lambda item: -item[1])
        if count
    ]
    if not told:
        return ""
    if any(chapter.leader for chapter in chapters):  # they stand right above, and the reasons are not theirs
        return say("Sebabnya di provinsi lainnya: {reasons}.", reasons="; ".join(told))
    return say("Sebabnya: {reasons}.", reasons="; ".join(told))


def reason_of(say: Text, reason: str) -> str:
    """Why nobody may be called the leader of a province, in a few words."""
    return {
        "few": say("kurang dari setengah daerahnya mempunyai angka yang dapat dibandingkan"),
        "disowned": say("yang paling sering di peringkat 1 bertumpu pada angka yang diragukan"),
        "single": say("yang paling sering di peringkat 1 hanya mempunyai satu isian"),
        "rival": say("beberapa daerah hampir sama seringnya di peringkat 1"),
        "chance": say("tidak ada daerah yang peluangnya melebihi peluang acak"),
        "unrecorded": say("tidak ada angka sama sekali"),
        "administrative": say("kota dan kabupatennya bersifat administratif, tanpa APBD sendiri"),
    }[reason]


def finder(say: Text, chapters: Sequence[Chapter]) -> str:
    """A field that leads to a province or a region as it is typed (`_static/finder.js`), and the list of provinces.

    Without a script there is the list alone.
    """
    label, hint = say("Cari provinsi atau kabupaten/kota"), say("misalnya: kab solok")
    none, some = say("Tidak ada nama yang cocok di buku ini."), say("{count} nama cocok", count="{count}")
    field = (
        f'<form class="finder" role="search" data-none="{escaped(none)}" data-some="{escaped(some)}" hidden>'
        f'<label for="finder-name">{escaped(label)}</label> <input id="finder-name" type="search" role="combobox" '
        f'aria-expanded="false" aria-controls="finder-list" aria-autocomplete="list" autocomplete="off" '
        f'placeholder="{escaped(hint)}"> <ul id="finder-list" role="listbox" '
        f'aria-label="{escaped(label)}" hidden></ul> <p role="status"></p></form> '
    )
    items = " ".join(_item(say, chapter) for chapter in chapters)
    return field + details(say("Daftar provinsi"), f'<ul class="chapters">{items}</ul>')


def _item(say: Text, chapter: Chapter) -> str:
    """A province in the list, with the names that the finder reads."""
    regions = "|".join(f"{anchor} {name}" for anchor, name in chapter.regions)
    return (
        f'<li data-regions="{escaped(regions)}"><a href="{escaped(chapter.href)}">{escaped(chapter.name)}</a> '
        f'<span class="note">{escaped(_about(say, chapter))}</span></li>'
    )


def province_map(
    say: Text, chapters: Iterable[Chapter], borders: Mapping[str, Sequence[np.ndarray]], names: Mapping[str, str]
) -> str:
    """The provinces by how much is recorded of them; a dot where who leads may be named. Those in the book are links."""
    found = {chapter.code: chapter for chapter in chapters}
    shapes = [
        Shape(
            rings,
            names[code],
            _about(say, found[code]) if code in found else "",
            _fill(found[code]) if code in found else "absent",
            found[code].href if code in found else "",
            "named" if code in found and found[code].leader else "",
        )
        for code, rings in sorted(borders.items())
    ]
    title = say("Peta provinsi menurut kelengkapan data; setiap provinsi adalah tautan ke babnya")
    return wide_map(shapes, title) + _legend(say, len(found) < len(shapes))


def _legend(say: Text, partial: bool) -> str:
    """What the colours, the pattern and the dot mean."""
    low, high = (say.percent(step, 0) for step in STEPS)
    keys = [
        (dot("named"), say("siapa yang teratas dapat disebut")),
        (swatch("most"), say("lebih dari {high} isian tercatat", high=high)),
        (swatch("some"), say("{low} sampai {high} isian", low=low, high=high)),
        (swatch("least"), say("kurang dari {low} isian", low=low)),
        (swatch(DOTS), say("tidak ada angka; bukan nol")),
        *([(swatch("absent"), say("tidak ada di buku ini"))] if partial else []),
    ]
    return legend(keys)


def _fill(chapter: Chapter) -> str:
    """How a province is filled: by the share of its cells that is recorded."""
    recorded, cells = chapter.cells
    return shade(recorded / cells, STEPS) if recorded else DOTS


def _about(say: Text, chapter: Chapter) -> str:
    """How much is recorded of a province, and who may be named."""
    recorded, cells = chapter.cells
    told = say("{recorded} dari {cells} isian tercatat", recorded=recorded, cells=cells)
    return "; ".join([told, say("teratas: {leader}", leader=chapter.leader)] if chapter.leader else [told])
