"""PDF files made anew with pikepdf: without what differs from run to run, and several bound to one book.

The tags of a PDF (ISO 32000-2, 14.7) are one tree over all its pages, in which each page finds its part by a number
of its own; binding several files puts their trees under one root and numbers their pages' parts anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

CLOCK = ("/CreationDate", "/ModDate", "/Creator", "/Producer")


@dataclass(frozen=True)
class Chapter:
    """A page of the site in the book: what it is called there, its PDF, and how deep its bookmark lies.

    Where it has no PDF it is a part: a bookmark over those that follow. `headings`: its title and those just below it,
    as the page has them.
    """

    name: str
    title: str
    depth: int
    pdf: bytes = b""
    headings: tuple[str, ...] = ()


def count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with Pdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def same(pdf: bytes, title: str, headings: Sequence[str] = ()) -> bytes:
    """A PDF as any run makes it: no clock, no random id; its bookmarks say what the page's headings say."""
    with Pdf.open(BytesIO(pdf)) as opened:
        _count_ids(opened)
        _rename(opened, headings)
        return _written(opened, title)


def bound(front: bytes, chapters: Sequence[Chapter], numbers: bytes, title: str, language: str, inside: str) -> bytes:
    """One PDF of the front matter and the chapters: bookmarks, tags, links from page to page, numbers at the foot.

    `numbers` has a page for each page of the book but the first. Links whose address begins with `inside` lead to the
    chapter that the rest of it names.
    """
    book = Pdf.new()
    empty = Dictionary(K=Array(), ParentTree=Dictionary(Nums=Array()), IDTree=Dictionary(Kids=Array()))
    root = book.make_indirect(empty)
    root.Type = Name.StructTreeRoot
    book.Root.StructTreeRoot = root
    book.Root.MarkInfo = Dictionary(Marked=True)
    book.Root.Lang = String(language)
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    starts: dict[str, int] = {}
    items = []
    for chapter in [Chapter("", title, 0, front), *chapters]:
        first = len(book.pages)
        starts[chapter.name] = first
        item = OutlineItem(chapter.title, first, "Fit") if chapter.pdf else OutlineItem(chapter.title)
        items.append((chapter.depth, item))
        if chapter.pdf:
            item.children.extend(_taken(book, chapter, first))
    _bookmark(book, items)
    _lead(book, starts, inside)
    _stamp(book, numbers)
    return _written(book, title)


def _taken(book: Pdf, chapter: Chapter, first: int) -> list[OutlineItem]:
    """Take the pages of a chapter and its tags into a book; returns bookmarks of the headings below its title."""
    with Pdf.open(BytesIO(chapter.pdf)) as source:
        _count_ids(source, first)
        _renumber(source, int(book.Root.StructTreeRoot.get("/ParentTreeNextKey", 0)))
        at = {page.obj.objgen: first + number for number, page in enumerate(source.pages)}
        _rename(source, chapter.headings)
        below = [OutlineItem(name, at[page], "XYZ", left=0, top=top) for name, page, top in _headings(source)[1:]]
        book.add_pages_from(source, outlines="ignore")  # with the places that links within it lead to
        if "/StructTreeRoot" in source.Root:
            _graft(book.Root.StructTreeRoot, book.copy_foreign(source.Root.StructTreeRoot))
        return below


def _rename(pdf: Pdf, headings: Sequence[str]) -> None:
    """Let bookmarks say what the headings of a page say.

    Chromium loses the space at the end of a line, and says a heading as often as it laid it out.
    """
    names = {_letters(heading) * times: heading for times in (4, 3, 2, 1) for heading in headings}
    with pdf.open_outline() as outline:
        for item in (item for title in outline.root for item in (title, *title.children)):
            item.title = names.get(_letters(item.title), item.title)


def _letters(text: str) -> str:
    return "".join(text.split())


def _headings(source: Pdf) -> list[tuple[str, tuple[int, int], float]]:
    """The headings of a PDF, its title first, and those just below it: text, object of the page, place on it."""
    with source.open_outline() as outline:
        items = [item for title in outline.root for item in (title, *title.children)]
        return [
            (item.title, item.destination[0].objgen, float(item.destination[3]))
            for item in items
            if isinstance(item.destination, Array)
        ]


def _renumber(source: Pdf, start: int) -> None:
    """Count the parts of pages and annotations in the tags from `start` on."""
    for page in source.pages:
        for holder, key in (
            (page.obj, "/StructParents"),
            *((each, "/StructParent") for each in page.get("/Annots", [])),
        ):
            if key in holder:
                holder[key] = int(holder[key]) + start
    if "/StructTreeRoot" in source.Root:
        root = source.Root.StructTreeRoot
        pairs = list(_pairs(root.ParentTree))
        root.ParentTree = Dictionary(Nums=Array([part for number, kids in pairs for part in (number + start, kids)]))
        root.ParentTreeNextKey = start + max((number for number, _ in pairs), default=-1) + 1


def _pairs(node: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    """The entries of a tree of numbers (ISO 32000-2, 7.9.7)."""
    entries = list(node.get("/Nums", Array()))
    yield from zip(map(int, entries[::2]), entries[1::2], strict=True)
    for kid in node.get("/Kids", Array()):
        yield from _pairs(kid)


def _graft(root: pikepdf.Object, other: pikepdf.Object) -> None:
    """Put the tags of another PDF under the root of a book's."""
    kids = other.K if isinstance(other.K, Array) else Array([other.K])
    for kid in kids:
        kid.P = root
        root.K.append(kid)
    root.ParentTree.Nums.extend(other.ParentTree.Nums)
    root.ParentTreeNextKey = other.ParentTreeNextKey
    root.IDTree.Kids.extend(other.IDTree.Kids)


def _bookmark(book: Pdf, items: Sequence[tuple[int, OutlineItem]]) -> None:
    """Lay bookmarks in one another by their depth; a part opens where its first page does."""
    with book.open_outline() as outline:
        open_: list[tuple[int, OutlineItem]] = []
        for depth, item in items:
            open_ = [(above, over) for above, over in open_ if above < depth]
            (open_[-1][1].children if open_ else outline.root).append(item)
            item.is_closed = depth > 0
            open_.append((depth, item))


def _lead(book: Pdf, starts: Mapping[str, int], inside: str) -> None:
    """Let links to pages of the book lead to their places in it."""
    for page in book.pages:
        for link in page.get("/Annots", []):
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(inside):
                del link["/A"]
                link.Dest = Array([book.pages[starts[address.removeprefix(inside)]].obj, Name.Fit])


def _stamp(book: Pdf, numbers: bytes) -> None:
    """Put a page of `numbers` over each page but the first, as something that is no part of its text."""
    with Pdf.open(BytesIO(numbers)) as stamps:
        for page, stamp in zip(list(book.pages)[1:], stamps.pages, strict=True):
            name = page.add_resource(book.copy_foreign(stamp.as_form_xobject()), Name.XObject)
            page.contents_add(b"q", prepend=True)
            page.contents_add(f"Q /Artifact BMC q {name} Do Q EMC".encode())


def _count_ids(pdf: Pdf, first: int = 0) -> None:
    """Name the tags by the page that a PDF begins on and their order: Chromium counts all that it has ever shown."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    tags = [tag for tag in pdf.objects if isinstance(tag, Dictionary) and tag.get("/Type") == Name.StructElem]
    named = [tag for tag in tags if "/ID" in tag]
    names = {bytes(tag.ID): String(f"{first:06d}-{number:06d}") for number, tag in enumerate(named)}
    for tag in named:
        tag.ID = names[bytes(tag.ID)]
    for cell in (each for tag in tags for each in tag.get("/A", Array())):
        if "/Headers" in cell:
            cell.Headers = Array([names.get(bytes(head), head) for head in cell.Headers])
    pairs = Array([part for tag in named for part in (tag.ID, tag)])
    leaf = [pdf.make_indirect(Dictionary(Limits=Array([pairs[0], pairs[-2]]), Names=pairs))] if named else []
    pdf.Root.StructTreeRoot.IDTree = Dictionary(Kids=Array(leaf))


def _written(pdf: Pdf, title: str) -> bytes:
    """The bytes of a PDF, whose id is a digest of what is in it."""
    for key in CLOCK:
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    pdf.docinfo[Name.Title] = String(title)
    written = BytesIO()
    pdf.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()
