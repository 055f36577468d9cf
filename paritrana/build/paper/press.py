"""The PDF files of a site: one of each province's first page, and the whole book of an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paritrana.build.paper import binding
from paritrana.build.paper.front import INSIDE, Identity, Line, foot, front, numbers
from paritrana.build.paper.printer import Printer, printer
from paritrana.plan.book import CHAPTERS
from paritrana.presentation.language import Text

FOLDER = "pdf"  # in the site
READY = Path(__file__).with_name("ready.js").read_text(encoding="utf-8")

Told = Callable[[str], None]  # hears which page is printed


@dataclass(frozen=True)
class Papers:
    """The PDF files by their names in the site's folder `pdf`, and a sentence for each that could not be made."""

    files: Mapping[str, bytes]
    failures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Printed:
    """A page of the site as PDF, its headings (the title first) and the captions of tables that no size fits."""

    pdf: bytes
    headings: tuple[str, ...]
    clipped: tuple[str, ...]


def names(contents: Mapping[str, Any], identity: Identity) -> list[str]:
    """The names of the files that a site has when every page could be printed."""
    return [*(_brief(page) for page in _briefs(contents)), book_name(identity)]


def book_name(identity: Identity) -> str:
    """The file of the whole book, which tells its edition also where it lies alone."""
    return f"paritrana-{identity.language}-{identity.year}-{identity.rubric}.pdf"


def _brief(page: str) -> str:
    """The file of a province's first page."""
    return f"{page.split('/')[1]}.pdf"


def _briefs(contents: Mapping[str, Any]) -> list[str]:
    """The first pages of provinces that a table of contents names."""
    pages = (line.page for line in lines(contents))
    return [page for page in pages if page.startswith(f"{CHAPTERS}/") and page.endswith("/index")]


def lines(contents: Mapping[str, Any], depth: int = 0) -> Iterator[Line]:
    """A table of contents as lines in its order; the text of a page without a title of its own is empty."""
    if "caption" in contents:
        yield Line(0, str(contents["caption"]))
    page = contents.get("root") or contents.get("file")
    if page:
        yield Line(depth, str(contents.get("title", "")), str(page))
    for key in ("parts", "chapters", "sections"):
        for part in contents.get(key, ()):
            yield from lines(part, 0 if key == "parts" else depth + 1)


def papers(site: Path, contents: Mapping[str, Any], identity: Identity, told: Told) -> Papers:
    """Print the pages of a site in `site`: the briefs, and the book, which is made only if no page of it is missing.

    Raises RuntimeError where no Chromium is installed.
    """
    known = list(lines(contents))
    pages = [line.page for line in known if line.page]
    files: dict[str, bytes] = {}
    with printer() as press:
        briefs, without = _each(press, site, _briefs(contents), identity, (), told)
        for page, made in briefs.items():
            files[_brief(page)] = binding.same(made.pdf, made.headings[0], made.headings)
        printed, lost = _each(press, site, pages, identity, pages, told)
        if not lost:
            told(book_name(identity))
            files[book_name(identity)] = _book(press, known, printed, identity)
    why = f"{FOLDER}/{book_name(identity)}: not made, as {len(lost)} of its pages could not be printed"
    return Papers(files, (*sorted({*without, *lost}), *([why] if lost else [])))


def _each(
    press: Printer, site: Path, wanted: Sequence[str], identity: Identity, pages: Sequence[str], told: Told
) -> tuple[dict[str, Printed], list[str]]:
    """What was printed of the wanted pages, and a sentence for each that could not be."""
    from playwright.sync_api import Error

    made: dict[str, Printed] = {}
    failures = []
    for page in wanted:
        told(f"{FOLDER}: {page}")
        try:
            made[page] = _printed(press, site, page, identity, pages)
        except Error as error:
            failures.append(f"{page}: could not be printed ({error.message.splitlines()[0]})")
        else:
            failures += [f"{page}: on paper a table is cut off: {caption}" for caption in made[page].clipped]
    return made, failures


def _printed(press: Printer, site: Path, page: str, identity: Identity, pages: Sequence[str]) -> Printed:
    """A page of the site, in the book where `pages` names those of it, else alone."""
    words = {"sources": Text(identity.language)("Sumber halaman ini")}
    given = {"root": f"{site.as_uri()}/", "inside": INSIDE, "pages": list(pages), **words}
    style = foot(identity, f"{page}.html", numbered=not pages)
    pdf, told = press.document((site / f"{page}.html").as_uri(), READY, given, style)
    return Printed(pdf, tuple(told["headings"]) or (page,), tuple(told["clipped"]))


def _book(press: Printer, known: Sequence[Line], printed: Mapping[str, Printed], identity: Identity) -> bytes:
    """The book: its front matter is printed twice, for how long it is moves the numbers that stand in it."""
    told = [Line(line.depth, line.text or printed[line.page].headings[0], line.page) for line in known]
    before = binding.count(press.text(front(identity, told, {})))
    starts, at = {}, before + 1
    for line in told:
        if line.page:
            starts[line.page] = at
            at += binding.count(printed[line.page].pdf)
    chapters = [
        binding.Chapter(line.page, line.text, line.depth, printed[line.page].pdf, printed[line.page].headings)
        if line.page
        else binding.Chapter("", line.text, line.depth)
        for line in told
    ]
    opening, counted = press.text(front(identity, told, starts)), press.text(numbers(2, at - 1), tagged=False)
    return binding.bound(opening, chapters, counted, identity.title, identity.language, INSIDE)
