"""Text from data is never markup: whatever it holds, a reader sees it as it was written, on one line."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from docutils import nodes  # type: ignore[import-untyped]
from docutils.core import publish_doctree  # type: ignore[import-untyped]
from hypothesis import example, given
from myst_parser.parsers.docutils_ import Parser

from paritrana.faults import CONTROL
from paritrana.pages.fragments import missing_page
from paritrana.paths import LIBRARY
from paritrana.presentation.html import (
    NOT_READ,
    Card,
    Cell,
    Column,
    Fold,
    Footnotes,
    Link,
    Place,
    Remark,
    bullets,
    cards,
    details,
    facts,
    heading,
    is_safe,
    linked,
    links,
    one_line,
    paragraphs,
    places,
    table,
)
from tests.hostile import hostile, texts

NASTY = "\"'><script>alert('x')</script><img src=x onerror=alert(1)> &amp; {braces}"


class Reader(HTMLParser):
    """What a browser would make of HTML: elements with their attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def attributes(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def names(html: str) -> list[tuple[str, list[str]]]:
    """The elements and the names of their attributes."""
    return [(tag, sorted(attributes)) for tag, attributes in Reader(html).elements]


def one_row(cell: Cell) -> str:
    return table("caption", [Column("a"), Column("b")], [["name", cell]])


def remarked(remark: Remark, footnotes: Footnotes) -> str:
    return table("caption", [Column("a"), Column("b")], [["name", Cell("x", remarks=(remark,))]], footnotes=footnotes)


NOTES = Footnotes("note-a", "Notes", "note")
MAKERS: dict[str, Callable[[str], str]] = {
    "the text of a cell": lambda text: one_row(Cell(text)),
    "the text of a linked cell": lambda text: one_row(Cell(text, (Link("https://example.org/"),))),
    "the note of a cell": lambda text: one_row(Cell("x", note=text)),
    "a remark": lambda text: remarked(Remark("x", text), NOTES),
    "what a remark is of": lambda text: remarked(Remark(text, "x"), NOTES),
    "the title of remarks": lambda text: remarked(Remark("x", "x"), Footnotes("note-a", text, "note")),
    "a badge": lambda text: one_row(Cell("x", badges=(("gap", text),))),
    "the word of a fold": lambda text: one_row(Cell("x", fold=Fold(text, ()))),
    "a line of a fold": lambda text: one_row(Cell("x", fold=Fold("x", ((text, Link("a.html", "there")),)))),
    "the way out of a fold": lambda text: one_row(Cell("x", fold=Fold("x", (("x", Link("a.html", text)),)))),
    "the heading of a row": lambda text: table("caption", [Column("a")], [[text]]),
    "the heading of a column": lambda text: table("caption", [Column(text)], []),
    "the unit of a column": lambda text: table("caption", [Column("a", text)], []),
    "a caption": lambda text: table(text, [Column("a")], []),
    "a paragraph": lambda text: paragraphs([text]),
    "a bullet": lambda text: bullets([text]),
    "the value of a fact": lambda text: facts([(text, "label", "note")]),
    "the label of a fact": lambda text: facts([("1", text, "note")]),
    "the note of a fact": lambda text: facts([("1", "label", text)]),
    "a summary": lambda text: details(text, "<p>inner</p>"),
    "the text of a link": lambda text: linked(text, [Link("https://example.org/")]),
    "the title of a way": lambda text: links([(Link("a.html", text), "about")]),
    "what is at the end of a way": lambda text: links([(Link("a.html", "title"), text)]),
    "a text whose links are unsafe": lambda text: linked(text, [Link("javascript:alert(1)")]),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_text_from_data_adds_no_element_and_no_attribute(make: Callable[[str], str]) -> None:
    assert names(make(NASTY)) == names(make("harmless"))


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_text_from_data_is_read_as_it_was_written(make: Callable[[str], str]) -> None:
    assert NASTY in "".join(Reader(make(NASTY)).text)


@given(hostile())
@example("x\n\n```{raw} html\n<script>1</script>\n```")
def test_no_text_breaks_out_of_its_place_in_html(text: str) -> None:
    text = f"x{text}"
    for make in MAKERS.values():
        html = make(text)
        assert names(html) == names(make("harmless"))
        assert not CONTROL.search(html)
        assert one_line(text) in "".join(Reader(html).text)


def doctree(markdown: str, *, everything: bool) -> nodes.document:
    """What the book's parser makes of Markdown: with all that it can read, or as a generated page is read."""
    settings = {
        "myst_enable_extensions": [
            "colon_fence",
            "deflist",
            "attrs_inline",
            "attrs_block",
            "dollarmath",
            "substitution",
        ],
        "myst_disable_syntax": [] if everything else list(NOT_READ),
        "report_level": 5,
    }
    return publish_doctree(markdown, parser=Parser(), settings_overrides=settings)


def shape(tree: nodes.document) -> list[str]:
    """The kinds of nodes in their order."""
    return [type(node).__name__ for node in tree.findall() if not isinstance(node, nodes.system_message)]


@pytest.mark.parametrize("everything", [True, False])
@given(text=hostile())
@example(text=f"x{chr(0x2028)}# y")
@example(text="[x][x]\n\n[x]: http://example.org")
def test_a_heading_holds_nothing_but_its_text(everything: bool, text: str) -> None:
    tree = doctree(heading(f"Agam {text}"), everything=everything)
    assert shape(tree) == ["document", "title", "Text"]
    assert one_line(tree.astext()) == one_line(f"Agam {text}")


@given(hostile())
def test_the_page_of_a_failure_holds_nothing_but_its_sentences(text: str) -> None:
    tree = doctree(missing_page(f"Agam {text}", [f"Sebabnya: {text}", "Titik."]), everything=True)
    assert shape(tree) == ["document", "title", "Text", "paragraph", "Text", "paragraph", "Text"]


def test_every_break_and_every_markup_stays_text() -> None:
    for text in texts():
        assert names(paragraphs([text])) == [("p", [])]
        assert not CONTROL.search(heading(text))


def test_nothing_escapes_text_by_itself() -> None:
    """One place does it: what goes into a page elsewhere would lack the other half, the one line."""
    users = [
        path
        for path in LIBRARY.rglob("*.py")
        if re.search(r"^from html import|^import html", path.read_text("utf-8"), re.M)
    ]
    outside = {path.name for path in users if path.parent.name != "sphinx_ext"}
    assert outside == {"html.py"}


def test_the_address_of_a_link_stays_inside_its_attribute() -> None:
    html = linked("x", [Link(f"https://example.org/?q={NASTY}")])
    assert names(html) == [("a", ["class", "href"])]
    assert Reader(html).attributes("href") == [f"https://example.org/?q={NASTY}"]


def test_the_title_of_a_link_stays_inside_its_attribute() -> None:
    html = linked("x", [Link("https://example.org/", NASTY)])
    assert names(html) == [("a", ["class", "href", "title"])]
    assert Reader(html).attributes("title") == [NASTY]


def test_the_style_of_a_cell_stays_inside_its_attribute() -> None:
    assert names(one_row(Cell("x", style=NASTY))) == names(one_row(Cell("x", style="--share: 1")))


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "//evil.example/",
        # A browser drops spaces around an address and tabs and line breaks in it, and reads \\ as /.
        " //evil.example/",
        "/\t/evil.example/",
        "/\n/evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
    ],
)
def test_an_address_that_leads_astray_never_becomes_a_link(href: str) -> None:
    assert not is_safe(href)
    assert Reader(linked("x", [Link(href)])).elements == []


@pytest.mark.parametrize(
    "href",
    [
        "http://example.org/a?b=c:d",
        "https://example.org/",
        "#sources",
        "../../method.html",
        "method.html#method-words",
        "index.html",
    ],
)
def test_the_web_and_places_in_the_book_become_links(href: str) -> None:
    assert Reader(linked("x", [Link(href)])).attributes("href") == [href]


def test_further_sources_are_letters_in_brackets_after_the_first() -> None:
    links = [Link("https://example.org/1"), Link("javascript:x"), Link("https://example.org/2", "B", "sumber ke-2: B")]
    read = Reader(linked("12", links))
    assert read.attributes("href") == ["https://example.org/1", "https://example.org/2"]
    assert [text for text in read.text if text.strip()] == ["12", "[a]"]
    assert read.attributes("aria-label") == ["sumber ke-2: B"]


def test_no_count_of_sources_ends_in_a_numeral() -> None:
    read = Reader(linked("760.468", [Link(f"https://example.org/{at}") for at in range(30)]))
    shown = [text for text in read.text if text.strip()][1:]
    assert shown[:2] == ["[a]", "[b]"] and shown[25:28] == ["[z]", "[aa]", "[ab]"]
    assert len(set(shown)) == 29


def test_empty_sentences_are_left_out() -> None:
    assert names(paragraphs(["a", "", "b"])) == [("p", []), ("p", [])]
    assert names(bullets(["a", ""])) == [("ul", []), ("li", [])]


def test_a_row_needs_as_many_cells_as_there_are_columns() -> None:
    with pytest.raises(ValueError, match="zip"):
        table("caption", [Column("a"), Column("b")], [["only one"]])


def test_between_two_blocks_stands_white_space_so_that_a_search_is_left_with_words() -> None:
    columns = [Column("Kabupaten/kota"), Column("Peserta", "orang")]
    html = table("Judul", columns, [["Sawahlunto", Cell("105", note="2025")], ["Solok", "58"]])
    html += facts([("7", "angka", "tercatat")]) + paragraphs(["satu", "dua"]) + bullets(["tiga", "empat"])
    html += details("lima", paragraphs(["enam"])) + cards(
        [Card(Place("r", "Agam", ("Agam",)), "7", (("a", (Cell("b"),)),))]
    )
    words = re.sub(r"<[^<]+?>", "", html).split()  # as Sphinx takes it away
    said = "Judul Kabupaten/kota Peserta (orang) Sawahlunto 105 2025 Solok 58 angka 7 tercatat"
    said += " satu dua tiga empat lima enam"
    assert words == [*said.split(), "Agam", "7", "a", "b"]


def test_a_card_is_a_place_with_its_names_and_all_that_is_told_of_it() -> None:
    cell = Cell("12", before="Peserta:", remarks=(Remark("Agam", NASTY),))
    html = cards([Card(Place('r"x', NASTY, (NASTY, "Agam")), NASTY, ((NASTY, (cell,)),))])
    html += places([(Place("r-2", NASTY, ("Solok",)), NASTY)])
    read = Reader(html)
    assert {name for name, _ in read.elements} == {
        "details",
        "summary",
        "span",
        "dl",
        "div",
        "dt",
        "dd",
        "ul",
        "li",
        "strong",
    }
    assert read.attributes("id") == ['r"x', "r-2"]
    assert read.attributes("data-names") == [f"{NASTY}|Agam", "Solok"]
    assert "".join(read.text).count(NASTY) == 6
