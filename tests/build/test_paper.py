"""The book on paper: the small book printed once by the command, its PDF files read with PDF libraries."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from paritrana.build.paper import binding
from paritrana.build.paper.front import INSIDE, Identity, Line, foot, front
from paritrana.build.paper.press import Original, folder_of, lines, papers
from paritrana.build.paper.printer import LACKING, printing
from paritrana.build.site.contents import table_of_contents
from paritrana.plan import book as plan
from paritrana.record.tables import bundled_tables
from tests.browser import open_page
from tests.project import environment, log
from tests.small_book import Book, another

A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)
FOOT = 18 / 25.4 * 72
MARGIN = 20  # points in which nothing is printed
PROVINCES = ("13-sumatera-barat", "95-papua-pegunungan")
PLACES = {"": "id", "en": "en"}
SOURCES = {"": "Sumber halaman ini", "en": "Sources of this page"}
FEET = {"": ("Buku Laporan Paritrana 0.", "hipotesis"), "en": ("Paritrana Report Book 0.", "hypotheses")}
HINTS = {
    "": {
        "provinces/13-sumatera-barat/index": "dapat disaring menurut tahun",
        "national": "dengan tombol Tab",
        "other-awards": "Saringan berlaku untuk semua tabel",
    },
    "en": {
        "provinces/13-sumatera-barat/index": "can be filtered by year",
        "national": "with the Tab key",
        "other-awards": "The filter works on all tables",
    },
}
HEADING = re.compile(r"<h[12][^>]*>(.*?)</h[12]>", re.DOTALL)
TABLES_JS = """() => [...document.querySelectorAll("article.bd-article table:not(#annex table)")].map((table) =>
  [...table.querySelectorAll("th, td, caption")].filter((cell) => cell.checkVisibility()).map((cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup, summary, .cue").forEach((mark) => mark.remove());
    copy.querySelectorAll("li, div, span").forEach((part) => part.append(" "));
    return copy.textContent;
  }))"""


@dataclass(frozen=True)
class Paper:
    """The folder of the PDF files, the project that they are made in, and what the command said."""

    folder: Path
    project: Path
    said: str

    def file(self, place: str, name: str) -> Path:
        return self.folder / place / f"{name}.pdf"


def command(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command line of a copy, with other variables."""
    said = [sys.executable, "-m", "paritrana", "build", *words]
    own = environment(folder) | variables
    return subprocess.run(said, cwd=folder, env=own, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def paper(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The small book, printed in both languages; what an earlier build of more provinces left lies in the folder."""
    copied = another(book, tmp_path_factory.mktemp("paper"))
    (copied / "_build" / "paper" / "en").mkdir(parents=True)
    (copied / "_build" / "paper" / "en" / "51-bali.pdf").write_bytes(b"of another build")
    done = command(copied, "-p", "13", "-p", "95", "--pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    return Paper(copied / "_build" / "paper", copied, done.stderr)


def squeezed(text: str) -> str:
    """A text without what a line's end adds to it or takes from it."""
    return re.sub(r"[\s\x02\u00ad\u2011\ufffe-]+", "", text)


@cache
def texts(path: Path) -> tuple[str, ...]:
    """The text of each page, in the order in which it is drawn: marks of sources come after a page's other text."""
    with PdfDocument(path) as pdf:
        return tuple(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf)


def bookmarks(items: list[pikepdf.OutlineItem], depth: int = 0) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, item.title
        yield from bookmarks(list(item.children), depth + 1)


FILES = [(place, name) for place in PLACES for name in [*PROVINCES, "book"]]
BRIEFS = [(place, name) for place in PLACES for name in PROVINCES]


def test_each_edition_has_a_brief_of_each_province_and_one_book_and_nothing_else(paper: Paper) -> None:
    made = {path.relative_to(paper.folder).as_posix() for path in paper.folder.rglob("*") if path.is_file()}
    assert made == {f"{place}/{name}.pdf".lstrip("/") for place, name in FILES}
    assert f"On paper: {paper.folder}" in paper.said


def test_the_site_is_as_it_was_without_paper(paper: Paper, book: Book) -> None:
    manifest = json.loads((paper.project / "_build/html/results/manifest.json").read_text(encoding="utf-8"))
    assert not [path for path in manifest["outputs"] if path.endswith(".pdf")]
    assert [record["why"] for record in log(paper.project) if record["event"] == "site"] == [[]]


@pytest.mark.parametrize(("place", "name"), FILES)
def test_every_page_is_a4_and_no_glyph_lies_beyond_its_margins(paper: Paper, place: str, name: str) -> None:
    with PdfDocument(paper.file(place, name)) as pdf:
        for number, page in enumerate(pdf):
            assert page.get_size() == pytest.approx(A4, abs=1)
            shown = page.get_textpage()
            boxes = [shown.get_rect(at) for at in range(shown.count_rects())]
            beyond = [
                shown.get_text_bounded(left, low, right, high)
                for left, low, right, high in boxes
                if not (left > MARGIN and right < A4[0] - MARGIN and low > MARGIN and high < A4[1] - MARGIN)
            ]
            assert boxes, number
            assert (number, beyond) == (number, [])


@pytest.mark.parametrize(("place", "name"), FILES)
def test_a_file_is_tagged_and_says_its_language_and_its_title(paper: Paper, place: str, name: str) -> None:
    with pikepdf.open(paper.file(place, name)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == PLACES[place]
        tags = {str(tag.S) for tag in pdf.objects if isinstance(tag, pikepdf.Dictionary) and "/S" in tag}
        assert {"/H1", "/H2", "/P", "/TH", "/TD"} <= tags or name.startswith("95")
        assert str(pdf.docinfo.Title) == next(iter(bookmarks(list(pdf.open_outline().root))))[1]
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())


@pytest.mark.parametrize(("place", "name"), FILES)
def test_no_file_names_a_place_on_this_machine(paper: Paper, place: str, name: str) -> None:
    with pikepdf.open(paper.file(place, name)) as pdf:
        links = [link.A for page in pdf.pages for link in page.get("/Annots", []) if "/A" in link]
        addresses = [str(action.URI) for action in links if "/URI" in action]
    assert [address for address in addresses if not address.startswith(("https:", "http:", "mailto:"))] == []
    assert not [address for address in addresses if address.startswith(INSIDE)]


@pytest.mark.parametrize(("place", "name"), BRIEFS)
def test_a_brief_takes_two_pages_before_its_sources_and_has_no_annex(paper: Paper, place: str, name: str) -> None:
    said = texts(paper.file(place, name))
    assert len(said) <= 3
    if len(said) == 3:
        assert [number for number, text in enumerate(said) if SOURCES[place] in text] != [2]
    assert not [text for text in said if re.search("Lampiran teknis|Technical annex", text)]


@pytest.mark.parametrize("place", PLACES)
def test_what_only_a_screen_can_do_is_not_on_paper(paper: Paper, book: Book, place: str) -> None:
    said = squeezed("".join(text for name in ("13-sumatera-barat", "book") for text in texts(paper.file(place, name))))
    for page, hint in HINTS[place].items():
        assert hint in (book.site / place / f"{page}.html").read_text(encoding="utf-8")
        assert squeezed(hint) not in said


@pytest.mark.parametrize(("place", "name"), FILES)
def test_the_foot_of_a_page_says_the_book_its_version_that_weights_are_hypotheses_and_the_page(
    paper: Paper, place: str, name: str
) -> None:
    title, word = FEET[place]
    with PdfDocument(paper.file(place, name)) as pdf:
        feet = [page.get_textpage().get_text_bounded(top=FOOT) for page in pdf]
    for number, said in list(enumerate(feet, 1))[name == "book" :]:  # a book's title page has no foot
        assert title in said and word in said, (number, said)
        assert re.search(rf"(?<!\d){number} / {len(feet)}(?!\d)", said), (number, said)


@pytest.mark.parametrize(("place", "name"), BRIEFS)
def test_every_cell_of_every_table_is_on_paper(
    browser: Browser, paper: Paper, book: Book, place: str, name: str
) -> None:
    with open_page(browser, book.url(f"{place}/provinces/{name}/index".lstrip("/"))) as (page, _):
        tables = page.evaluate(TABLES_JS)
    said = squeezed("".join(texts(paper.file(place, name))))
    assert bool(tables) == (name[:2] == "13")
    for table in tables:
        words = {word for cell in table for word in re.findall(r"\w{2,}", cell)}
        assert [word for word in words if word not in said] == []


@pytest.mark.parametrize("place", PLACES)
def test_the_sources_of_a_brief_are_numbered_and_listed_at_its_end(paper: Paper, place: str) -> None:
    said = "\n".join(texts(paper.file(place, "13-sumatera-barat")))
    _, listed = said.split(SOURCES[place])
    numbers = [int(number) for number in re.findall(r"^(\d+)\. \D", listed, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(mark) for mark in re.findall(r"\[(\d+)\]", said)} == set(numbers)
    assert not re.search(r"\[[a-z]\]", said)
    assert listed.count("https://") > len(numbers) / 2


@pytest.mark.parametrize("place", PLACES)
def test_the_bookmarks_of_the_book_are_its_chapters_in_the_order_of_the_contents(paper: Paper, place: str) -> None:
    language = PLACES[place]
    chapters = table_of_contents(plan.book(["13", "95"], {"language": language})[1], language)
    known = list(lines(chapters))
    with pikepdf.open(paper.file(place, "book")) as pdf:
        marks = list(bookmarks(list(pdf.open_outline().root)))
        starts = {item.title: item for item in pdf.open_outline().root}
    left_out = {"engine", "warm-kernels", "scale", "rap", "lab"}
    at = 0
    for line in known:
        if line.page in left_out or line.text in {"Untuk pengembang", "For developers"}:
            continue
        if line.text:
            at = marks.index((line.depth, line.text), at)
        else:  # a chapter called as its page is
            at = next(after for after in range(at + 1, len(marks)) if marks[after][0] == line.depth)
    assert not {"Untuk pengembang", "For developers"} & set(starts)


@pytest.mark.parametrize("place", PLACES)
def test_the_contents_of_the_book_tell_the_page_on_which_a_chapter_begins(paper: Paper, place: str) -> None:
    said = texts(paper.file(place, "book"))
    for name in ("Sumatera Barat, 2024", "Papua Pegunungan, 2024"):
        number = next(int(found[1]) for text in said if (found := re.search(rf"^{name}\s+(\d+)$", text, re.MULTILINE)))
        title = {"": "tahun penilaian", "en": "assessment year"}[place]
        assert squeezed(f"{name.split(',')[0]}, {title}") in squeezed(said[number - 1])


@pytest.mark.parametrize("place", PLACES)
def test_the_page_of_all_sources_tells_addresses_in_full_and_has_no_list_of_its_own(paper: Paper, place: str) -> None:
    with pikepdf.open(paper.file(place, "book")) as pdf:
        marks = list(bookmarks(list(pdf.open_outline().root)))
    title = {"": "Daftar sumber", "en": "List of sources"}[place]
    at = next(at for at, (depth, name) in enumerate(marks) if name == title and depth == 1)
    below = [name for depth, name in marks[at + 1 : at + 40] if depth == 2]
    assert SOURCES[place] not in below[: below.index("Z") + 1]
    said = squeezed("".join(texts(paper.file(place, "book"))))
    addresses = bundled_tables().sources["url"].dropna()
    assert len(addresses) > 1000
    assert [address for address in addresses if squeezed(address) not in said] == []


def headings(site: Path) -> set[str]:
    """The first two levels of headings of all pages of a site."""
    found = (match for page in site.rglob("*.html") for match in HEADING.findall(page.read_text(encoding="utf-8")))
    return {" ".join(unescape(re.sub(r"<a class=.headerlink.*?</a>|<[^>]+>", "", text)).split()) for text in found}


@pytest.mark.parametrize("place", PLACES)
def test_a_bookmark_says_what_its_heading_says(paper: Paper, book: Book, place: str) -> None:
    language = PLACES[place]
    contents = {
        line.text for line in lines(table_of_contents(plan.book(["13", "95"], {"language": language})[1], language))
    }
    with pikepdf.open(paper.file(place, "book")) as pdf:
        marks = [name for _, name in bookmarks(list(pdf.open_outline().root))]
    assert len(marks) > 100
    assert set(marks[1:]) - headings(book.site / place) - contents == {SOURCES[place]}


def test_what_is_in_the_book_leads_to_pages_of_it_and_its_tags_know_every_page(paper: Paper) -> None:
    with pikepdf.open(paper.file("", "book")) as pdf:
        numbers = [int(page.obj.StructParents) for page in pdf.pages if "/StructParents" in page.obj]
        known = {number for number, _ in binding._pairs(pdf.Root.StructTreeRoot.ParentTree)}
        assert len(numbers) == len(set(numbers)) == len(pdf.pages)
        assert set(numbers) <= known
        pages = {page.objgen for page in pdf.pages}
        tags = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Pg" in each]
        assert {tag.Pg.objgen for tag in tags} == pages
        places = [link.Dest for page in pdf.pages for link in page.get("/Annots", []) if "/Dest" in link]
        named = [pdf.Root.Dests[str(place)].D if isinstance(place, pikepdf.Name) else place for place in places]
        assert len(named) > 100
        assert {place[0].objgen for place in named} <= pages


def test_a_page_is_the_same_bytes_whenever_it_is_printed(browser: Browser) -> None:
    page = "<!doctype html><html lang='id'><title>t</title><body><h1>Judul</h1><table><tr><th id='a'>x<td>1</table>"
    with printing(browser) as press:
        first = binding.same(press.text(page), "t")
        second = binding.same(press.text(page), "t")
    assert first == second


def test_where_the_site_has_an_address_each_page_tells_its_own(browser: Browser) -> None:
    told = Identity("Buku", "id", 2024, "Hipotesis A", "1.0", "2025-01-02", "https://example.org/p/")
    with printing(browser) as press:
        style = f"<!doctype html><style>{foot(told, 'a&b/index', numbered=True)}</style><p>isi</p>"
        alone = press.text(style)
        opening = press.text(front(told, [Line(0, "Bagian"), Line(1, "Bab", "bab")], {"bab": 3}))
    (said,) = [page.get_textpage().get_text_bounded() for page in PdfDocument(alone)]
    assert "https://example.org/p/a&b/index.html" in said
    title, contents = [page.get_textpage().get_text_bounded() for page in PdfDocument(opening)]
    assert "Hipotesis A" in title and "https://example.org/p/" in title
    assert re.search(r"Bab\s+3", contents)


def test_a_table_that_no_size_fits_is_told(browser: Browser, tmp_path: Path) -> None:
    cells = "".join(f"<td>{'x' * 60}</td>" for _ in range(40))
    table = f"<table><caption>Lebar</caption><tr>{cells}</table>"
    page = f'<html><body><article class="bd-article"><h1>A</h1>{table}</article>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    told = Identity("Buku", "id", 2024, "A", "1.0", "2025")
    with printing(browser) as press:
        contents = {"root": "index", "chapters": [{"file": "gone"}]}
        made = papers(press, Original(tmp_path, told), contents, lambda _: None)
    cut, gone, lost = sorted(made.failures, key=lambda failure: ("cut off" not in failure, failure.startswith("book")))
    assert cut == "index: on paper a table is cut off: Lebar"
    assert gone.startswith("gone: could not be printed (")
    assert lost == "book.pdf: not made, as 1 of its pages could not be printed"
    assert made.files == {}


@pytest.mark.parametrize(("site", "beside"), [("html", "paper"), ("html-en-2023-equal", "paper-en-2023-equal")])
def test_paper_lies_beside_the_site_that_it_is_of(site: str, beside: str) -> None:
    assert folder_of(Path("_build") / site) == Path("_build") / beside


def test_without_a_chromium_a_build_says_what_to_install_before_it_begins(book: Book, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "node").symlink_to(shutil.which("env") or "/usr/bin/env")
    done = command(book.folder, "--pdf", PATH=str(tools), PLAYWRIGHT_BROWSERS_PATH=str(tmp_path / "none"))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{LACKING}\n")


def test_pages_alone_are_not_printed(book: Book) -> None:
    done = command(book.folder, "--pdf", "--only", "national")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "--only" in done.stderr
