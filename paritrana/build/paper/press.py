"""The PDF files of a site: one of each province's first page, and the whole book of an edition.

They lie beside the site, not in it: the site is the same bytes wherever it is made, and says so of each of its files;
a PDF has the fonts of the machine and the ways of its Chromium in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from paritrana.build.paper import binding
from paritrana.build.paper.front import INSIDE, Identity, Line, foot, front, numbers
from paritrana.build.paper.printer import Printer, printer
from paritrana.build.site.publication import data_until
from paritrana.build.site.site import Book
from paritrana.files import write_whole
from paritrana.parameters.page import book_rubric
from paritrana.parameters.rubric import rubric_path
from paritrana.plan.book import CHAPTERS, FOR_DEVELOPERS, LAB
from paritrana.presentation.language import Text
from paritrana.record.tables import bundled_tables

BOOK = "book.pdf"
SOURCES = "sources"  # the page that lists every source with its address: numbers would tell them twice
READY = Path(__file__).with_name("ready.js").read_text(encoding="utf-8")

Told = Callable[[str], None]  # hears which page is printed


@dataclass(frozen=True)
class Papers:
    """The PDF files of an edition by their names, and a sentence for each page that could not be printed as it is."""

    files: Mapping[str, bytes]
    failures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Printed:
    """A page of the site as PDF, its headings (the title first) and the captions of tables that no size fits."""

    pdf: bytes
    headings: tuple[str, ...]
    clipped: tuple[str, ...]


@dataclass(frozen=True)
class Original:
    """What is printed: the folder of an edition in the site, and what it says of itself."""

    folder: Path
    identity: Identity


def print_site(site: Path, books: Sequence[Book], told: Told) -> tuple[Path, tuple[str, ...]]:
    """Print a finished site into the folder beside it; returns that folder and what could not be printed.

    A folder for each edition, as in the site; what an earlier build left there goes. Raises RuntimeError where no
    Chromium is installed, OSError where a file cannot be written.
    """
    folder = folder_of(site)
    failures: list[str] = []
    with printer() as press:
        for book in books:
            place = book.edition.place
            original = Original(site / place, identity_of(book))
            made = papers(press, original, book.contents, lambda page: told(f"pdf: {page}"))
            for name, pdf in made.files.items():
                write_whole(folder / place / name, pdf)
            for file in (folder / place).glob("*.pdf"):
                if file.name not in made.files:
                    file.unlink()
            failures += [book.edition.called(failure) for failure in made.failures]
    return folder, tuple(failures)


def folder_of(site: Path) -> Path:
    """Where the PDF files of a site lie: `paper` beside `html`, `paper-en` beside `html-en`."""
    return site.with_name(site.name.replace("html", "paper", 1))


def identity_of(book: Book) -> Identity:
    """What the paper says of the edition that it is from."""
    rubric = book_rubric(rubric_path(book.defaults.rubric)).title
    return Identity(
        title=book.settings["title"],
        language=book.defaults.language,
        year=book.defaults.year,
        rubric=Text(book.defaults.language).title(rubric),
        version=version("paritrana"),
        newest=data_until(bundled_tables()),
        address=book.settings["html"].get("baseurl") or "",
    )


def papers(press: Printer, original: Original, contents: Mapping[str, Any], told: Told) -> Papers:
    """Print the pages of an edition: the briefs, and the book, which is made only if no page of it is missing."""
    known = list(_readers(lines(contents), original.identity.language))
    pages = [line.page for line in known if line.page]
    briefs = [page for page in pages if page.startswith(f"{CHAPTERS}/") and page.endswith("/index")]
    alone, without = _each(press, original, briefs, (), told)
    files = {
        f"{page.split('/')[1]}.pdf": binding.same(made.pdf, made.headings[0], made.headings)
        for page, made in alone.items()
    }
    printed, lost = _each(press, original, pages, pages, told)
    failures = sorted({*without, *lost})
    if missing := len(pages) - len(printed):
        return Papers(files, (*failures, f"{BOOK}: not made, as {missing} of its pages could not be printed"))
    told(BOOK)
    return Papers({**files, BOOK: _book(press, known, printed, original.identity)}, tuple(failures))


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


def _readers(known: Iterator[Line], language: str) -> Iterator[Line]:
    """The lines for readers of results: without the developers' part, and without the lab, which paper cannot move."""
    left_out = Text(language)(FOR_DEVELOPERS)
    within = ""
    for line in known:
        within = within if line.page else line.text
        if within != left_out and line.page != LAB:
            yield line


def _each(
    press: Printer, original: Original, wanted: Sequence[str], pages: Sequence[str], told: Told
) -> tuple[dict[str, Printed], list[str]]:
    """What was printed of the wanted pages, and a sentence for each that could not be, or not whole."""
    made: dict[str, Printed] = {}
    failures = []
    for page in wanted:
        told(page)
        try:
            made[page] = _printed(press, original, page, pages)
        except Error as error:
            failures.append(f"{page}: could not be printed ({error.message.splitlines()[0]})")
        else:
            failures += [f"{page}: on paper a table is cut off: {caption}" for caption in made[page].clipped]
    return made, failures


def _printed(press: Printer, original: Original, page: str, pages: Sequence[str]) -> Printed:
    """A page of the site: in the book, where `pages` names those of it, else alone and without its annex."""
    site, identity = original.folder, original.identity
    say = Text(identity.language)
    given = {
        "root": f"{site.as_uri()}/",
        "inside": INSIDE,
        "pages": list(pages),
        "sources": "" if page == SOURCES else say("Sumber halaman ini"),
        "annex": bool(pages),
        "about": not pages or page == pages[0],
        "style": foot(identity, page, numbered=not pages),
    }
    pdf, told = press.document((site / f"{page}.html").as_uri(), READY, given)
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
    opening, counted = press.text(front(identity, told, starts)), press.text(numbers(at - 1), tagged=False)
    return binding.bound(opening, chapters, counted, identity.title, identity.language, INSIDE)
