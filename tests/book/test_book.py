"""The small book of two provinces, built for real by the command line and read in a real browser.

It guards the couplings that no unit test sees: notebooks with the library, Papermill with the kernels, generated pages
with Jupyter Book, and all of it with what a browser shows.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from paritrana.plan import stamps
from paritrana.plan.book import LAB_PROVINCES
from paritrana.record.regions import names
from paritrana.record.tables import bundled_tables
from paritrana.results.manifest import RESULTS, SUMS
from tests.browser import open_page, sideways, violations, words
from tests.crawl import reached, references, weight
from tests.project import edition
from tests.small_book import Book
from tests.translations import COMPUTED, FIXED, messages

FULL, EMPTY = "provinces/13-sumatera-barat", "provinces/95-papua-pegunungan"
CHAPTER = ("index", "coverage", "budget", "sensitivity")
PAGES = (
    "index", "award", "awards", "other-awards", "traps", "national", "zones", "lab", "calibration", "engine", "method",
    "data", "sources", "panel", "reproduce", "warm-kernels", "scale", "rap", "glossary", "bibliography",
    *(f"{chapter}/{page}" for chapter in (FULL, EMPTY) for page in CHAPTER),
)  # fmt: skip
# Words that no Indonesian sentence holds; titles of English works and terms in brackets are set apart below.
ENGLISH = re.compile(
    r"\b(the|and|with|from|this|that|are|was|not|which|share|budget|weights?|rank|ranking|workers?|page|search|next|"
    r"previous|figure|table|unknown|none|year|month|row|column|error|click|here|loading)\b",
    re.IGNORECASE,
)
# English on purpose: the bibliography, the glossary's translations, and terms quoted beside the Indonesian ones.
WITH_ENGLISH = (
    *("bibliography", "glossary", "method", "sources", "data", "panel", "reproduce", "warm-kernels", "scale", "rap"),
    "other-awards",  # names of companies
)
RAW = re.compile(r"\{[a-z_]+\}|⟦|⟧|\bnan\b|\bNone\b(?! of)|<NA>|\bNaN\b|\binf\b|\d\.\d{5,}|Traceback", re.ASCII)
# The whole book is to weigh no more than this. The small one has a chapter of the three heaviest and one of the eight
# lightest, which on average weigh what a chapter of the whole book does; what sidebars, search index and national page
# gain with 38 chapters comes on top (0.85 MB where this was written). 1.8 MB are what the weight lab loads of
# each province when it is chosen.
BUDGET, PROVINCES, GAIN = 21_500_000, 38, 1_000_000
# Files that no page leads to, for those who look for them: a licence, and the inventory that other books refer by.
UNLED = {
    Path(place, file) for place in ("", "en") for file in ("_static/scripts/bootstrap.js.LICENSE.txt", "objects.inv")
} | {Path(".nojekyll")}
# Function words of Indonesian, which no name of a region and no title has, and the words that pages say most.
INDONESIAN = re.compile(
    r"\b(yang|untuk|dari|dengan|tidak|adalah|pada|ini|itu|bila|jika|oleh|menurut|semua|setiap|hanya|belum|tahun|bobot|"
    r"peringkat|halaman|rentang|peluang|anggaran|cakupan|sumber|angka|kosong|tercatat|tabel|gambar|catatan|lihat|"
    r"sebelumnya|berikutnya|cari)\b",
    re.IGNORECASE,
)
# Indonesian on purpose. What is marked as Indonesian; the words of files; a source's own title or address, as a link to
# it has them; the terms of the glossary, which stand beside their translation.
IN_INDONESIAN = "body [lang=id], code, pre, article a[href^=http], dl.glossary dd em"
QUOTED = re.compile(r"""(?<!\w)"[^"]*"|“[^”]*”|(?<!\w)'[^']*'""")  # what a source says, in its own words
# A word of both languages; a kind of place, as kabupaten and desa are; a kind of regulation, as Perda is.
ALSO_ENGLISH = {"panel", "kelurahan", "instruksi"}
WORD = re.compile(r"[^\W\d_]{3,}")
NOT_SAID = re.compile(r"\{\w+\}|\]\([^)]*\)|`[^`]*`")  # places to fill, addresses and code in a message
PLACE = re.compile(r'\sid="([^"]+)"')
SWITCH = re.compile(r'<a class="[^"]*\blanguage-switch" href="([^"]*)" lang="(\w+)"')


def found_words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


@pytest.fixture(scope="module")
def indonesian() -> set[str]:
    """The words of all Indonesian sentences of the book that no English one has."""
    said, english = zip(*(pair for path in (COMPUTED, FIXED) for pair in messages(path)), strict=True)
    return found_words(" ".join(NOT_SAID.sub(" ", text) for text in said)) - found_words(" ".join(english))


@pytest.fixture(scope="module")
def called() -> re.Pattern[str]:
    """What somebody or something is called in the data, which no language changes."""
    tables = bundled_tables()
    columns = (tables.sources["publisher"], tables.sources["title"], tables.awards["recipient"])
    texts = {str(text) for column in columns for text in column.dropna()} | set(names(tables).values())
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def files_of(book: Book, chapter: str) -> set[Path]:
    """The files that a chapter adds to the site: its pages, their sources, their figures, its script for the lab."""
    pages = set((book.site / chapter).iterdir())
    figures = {file for page in pages for file in references(page) if file.parent.name == "_images"}
    files = pages | figures | set((book.site / "_sources" / chapter).iterdir())
    return {file.relative_to(book.site) for file in files} | {script_of(chapter)}


def script_of(chapter: str) -> Path:
    """What the weight lab loads when the chapter's province is chosen."""
    return Path(LAB_PROVINCES, f"{Path(chapter).name[:2]}.js")


@pytest.fixture(params=PAGES, scope="module")  # module: each page is opened once for all its tests
def page(request: pytest.FixtureRequest, browser: Browser, book: Book) -> Iterator[Page]:
    with open_page(browser, book.url(request.param)) as (opened, faults):
        yield opened
        assert faults == []


def name_of(page: Page) -> str:
    return unquote(urlsplit(page.url).path).split("/_build/html/")[1].removesuffix(".html")


def test_the_summary_counts_the_pages_and_no_warning(book: Book) -> None:
    assert re.search(r"30 pages made, 0 as they were, 0 failed, 0 warnings", book.said)


def test_the_book_has_the_chosen_provinces_and_no_other(book: Book) -> None:
    chapters = sorted(path.name for path in (book.site / "provinces").iterdir())
    assert chapters == ["13-sumatera-barat", "95-papua-pegunungan"]


def test_a_page_shows_no_placeholder_and_no_raw_number(page: Page) -> None:
    assert [text for text in words(page) if RAW.search(text) and "doi:" not in text] == []


def test_a_page_is_in_indonesian(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "id"
    assert page.locator("article [lang=en]").all_inner_texts() == []  # a remark of the data without its Indonesian
    if name_of(page) not in WITH_ENGLISH:
        assert [text for text in words(page) if ENGLISH.search(text)] == []


@pytest.mark.parametrize("name", [*PAGES, "search"])
def test_nothing_is_left_in_indonesian_on_an_english_page(
    browser: Browser, book: Book, indonesian: set[str], called: re.Pattern[str], name: str
) -> None:
    with open_page(browser, book.url(f"en/{name}")) as (opened, faults):
        assert opened.locator("html").get_attribute("lang") == "en"
        opened.locator(IN_INDONESIAN).evaluate_all("marked => marked.forEach(one => one.remove())")
        said = words(opened)
    assert faults == []
    assert [text for text in said if RAW.search(text) and "doi:" not in text] == []
    own = [(text, called.sub("", QUOTED.sub("", text))) for text in said]
    assert [text for text, rest in own if found_words(rest) & (indonesian - ALSO_ENGLISH)] == []
    assert [text for text, rest in own if INDONESIAN.search(rest)] == []


def other_language(page: Path) -> tuple[Path, str]:
    """Where the switch of a page leads, and to which language."""
    ((href, language),) = SWITCH.findall(page.read_text(encoding="utf-8"))
    return (page.parent / unquote(href)).resolve(), language


def test_every_page_leads_to_itself_in_the_other_language_and_back(book: Book) -> None:
    site = book.site.resolve()
    pages = {path.relative_to(site) for path in site.rglob("*.html")}
    english = {page for page in pages if page.parts[0] == "en"}
    assert {Path("en", page) for page in pages - english} == english
    assert {Path(f"{name}.html") for name in PAGES} <= pages - english
    for page in pages - english:
        assert other_language(site / page) == (site / "en" / page, "en")
        assert other_language(site / "en" / page) == (site / page, "id")


def test_the_switch_is_followed_from_a_file_on_a_phone(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url(f"{FULL}/budget"), width=390) as (opened, faults):
        opened.get_by_role("link", name="English").click()
        opened.wait_for_url(book.url(f"en/{FULL}/budget"))
        assert opened.locator("h1").inner_text().startswith("Budget: Sumatera Barat")
        opened.get_by_role("link", name="Bahasa Indonesia").click()
        opened.wait_for_url(book.url(f"{FULL}/budget"))
        assert faults == []


def test_a_page_has_the_same_places_in_both_languages(book: Book) -> None:
    for page in (path.relative_to(book.site / "en") for path in (book.site / "en").rglob("*.html")):
        own, other = (PLACE.findall((book.site / place / page).read_text(encoding="utf-8")) for place in ("", "en"))
        assert (page, own) == (page, other)


@pytest.mark.parametrize(
    "address",
    [
        f"{FULL}/index.html#r-1374",
        "awards.html#p-13",
        "traps.html#musim-bulan-yang-mana",
        "search.html?q=Padang",
        "national.html#top",
    ],
)
def test_the_switch_keeps_the_place_and_the_question(browser: Browser, book: Book, address: str) -> None:
    site = f"{book.site.as_uri()}/"
    with open_page(browser, f"{site}{address}") as (opened, faults):
        opened.get_by_role("link", name="English").click()
        opened.wait_for_url(f"{site}en/{address}")
        opened.get_by_role("link", name="Bahasa Indonesia").click()
        opened.wait_for_url(f"{site}{address}")
    assert faults == []


def test_the_switch_leads_to_the_section_that_is_read(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url(f"{FULL}/index"), width=390) as (opened, faults):
        opened.evaluate("document.getElementById('record').scrollIntoView({behavior: 'instant'})")
        box = opened.get_by_role("link", name="English").bounding_box() or {"x": 0, "y": 0}
        opened.mouse.click(box["x"] + 5, box["y"] + 5)  # a click of the locator would first scroll the page
        opened.wait_for_url(f"{book.url(f'en/{FULL}/index')}#record")
        expect(opened.locator("#record > h2")).to_be_in_viewport()
    assert faults == []


def test_the_lab_is_as_it_was_in_the_other_language(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("lab")) as (opened, faults):
        opened.select_option("#lab-province", "13")
        opened.select_option("#lab-rubric", "equal")
        opened.wait_for_url("**/lab.html#v=1&p=13&*r=equal&*")
        state = urlsplit(opened.url).fragment
        opened.get_by_role("link", name="English").click()
        opened.wait_for_url(f"{book.url('en/lab')}#{state}")
        chosen = [opened.locator(f"#lab-{name}").input_value() for name in ("province", "rubric")]
        assert chosen == ["13", "equal"]
        expect(opened.locator(".lab-ranking")).to_contain_text("Kota Padang Panjang")
    assert faults == []


@pytest.mark.parametrize("name", ["index", f"{FULL}/sensitivity", "lab"])
@pytest.mark.parametrize("width", [390, 320])
def test_an_english_page_is_accessible_and_never_scrolls_sideways(
    browser: Browser, book: Book, name: str, width: int
) -> None:
    with open_page(browser, book.url(f"en/{name}"), width=width) as (opened, faults):
        assert (sideways(opened), violations(opened), faults) == (0, [], [])


def test_the_numbers_are_there_once_and_both_editions_lead_to_them(book: Book) -> None:
    sums = (book.site / SUMS).resolve()
    assert not (book.site / "en" / RESULTS).exists()
    assert all(sums in references(book.site / place / "reproduce.html") for place in ("", "en"))


def test_every_picture_of_a_page_is_there_and_has_alternative_text(page: Page) -> None:
    for image in page.locator("article img").all():
        assert len(image.get_attribute("alt") or "") > 40
        assert image.evaluate("image => image.complete && image.naturalWidth > 0")


def test_every_link_of_a_page_leads_somewhere(page: Page, book: Book) -> None:
    here = Path(unquote(urlsplit(page.url).path))
    for href in {link.get_attribute("href") or "" for link in page.locator("a[href]").all()}:
        parts = urlsplit(href)
        if parts.scheme or href.startswith("#"):
            assert parts.scheme in ("", "http", "https"), href
            continue
        target = (here.parent / unquote(parts.path)).resolve()
        assert target.is_file(), f"{here.name}: {href}"
        state_of_lab = parts.fragment.startswith(("p=", "v="))
        if parts.fragment and target.suffix == ".html" and not state_of_lab:
            assert f'id="{parts.fragment}"' in target.read_text(encoding="utf-8"), href


@pytest.mark.parametrize("own", CHAPTER)
def test_tabs_lead_from_each_page_of_a_province_to_the_others_and_to_the_lab(
    browser: Browser, book: Book, own: str
) -> None:
    with open_page(browser, book.url(f"{FULL}/{own}"), 390) as (page, faults):
        tabs = page.locator("h1 + nav.tabs a")
        there = [urlsplit(href) for href in tabs.evaluate_all("links => links.map(link => link.href)")]
        names = [Path(unquote(each.path)).stem for each in there]
        assert names == [*CHAPTER, "lab"] and there[-1].fragment == "p=13"
        assert tabs.evaluate_all("links => links.map(link => link.ariaCurrent)").index("page") == CHAPTER.index(own)
        assert sideways(page) == 0 and faults == []


def test_a_page_that_is_of_no_province_has_no_tabs(book: Book) -> None:
    assert 'class="tabs"' not in (book.site / "index.html").read_text(encoding="utf-8")


def test_every_anchor_on_a_page_is_unique(page: Page) -> None:
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_every_table_has_a_caption_and_named_headings(page: Page) -> None:
    for table in page.locator("table.data").all():
        assert (table.locator("caption").text_content() or "").strip()
        assert all(text.strip() for text in table.locator("thead th").all_text_contents())
        assert table.locator("thead th:not([scope])").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_never_scrolls_sideways_on_a_phone(browser: Browser, book: Book, name: str) -> None:
    with open_page(browser, book.url(name), width=390) as (opened, faults):
        assert (sideways(opened), violations(opened), faults) == (0, [], [])


# A page of each kind: by hand, with formulas, with tables, of the whole country, the lab, a province's, an empty one's.
KINDS = (
    "index",
    "method",
    "data",
    "awards",
    "national",
    "lab",
    f"{FULL}/index",
    f"{FULL}/sensitivity",
    f"{EMPTY}/index",
)


@pytest.mark.parametrize("name", KINDS)
def test_a_page_of_each_kind_is_accessible_on_a_dark_desk_in_english(browser: Browser, book: Book, name: str) -> None:
    with open_page(browser, book.url(f"en/{name}"), color_scheme="dark") as (opened, faults):
        opened.locator("article details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        assert opened.locator("html").get_attribute("data-theme") == "dark"
        assert (sideways(opened), violations(opened), faults) == (0, [], [])


@pytest.mark.parametrize("name", [f"{FULL}/{page}" for page in CHAPTER])
def test_the_sidebar_leads_to_every_chapter_and_marks_the_readers_own(browser: Browser, book: Book, name: str) -> None:
    with open_page(browser, book.url(name)) as (opened, _):
        leads = opened.locator(".bd-docs-nav a").evaluate_all("links => links.map(a => a.href.split('#')[0])")
        marked = opened.locator(".bd-docs-nav .current").all_inner_texts()
    chapters = [page for page in PAGES if "/" not in page or page.endswith("/index")]
    assert sorted(leads) == sorted(book.url(page) for page in chapters)
    assert marked == ["Sumatera Barat, 2024"]


def test_pages_for_developers_are_folded_away_but_for_who_reads_one(browser: Browser, book: Book) -> None:
    for name, opened in (("index", False), ("method", False), ("engine", True)):
        with open_page(browser, book.url(name)) as (page, _):
            part = page.locator("#pst-primary-sidebar .bd-docs-nav details")
            assert part.locator("summary").inner_text() == "Untuk pengembang"
            seen = part.get_by_role("link").evaluate_all("links => links.map(a => a.href.split('#')[0])")
            told = ["engine", "warm-kernels", "scale", "rap"] if opened else []  # of a closed part none can be seen
            assert seen == [book.url(one) for one in told]
            assert page.locator("#pst-primary-sidebar .bd-docs-nav p.caption").last.inner_text() == "Provinsi"


def test_a_smaller_heading_is_never_larger(browser: Browser, book: Book) -> None:
    sizes = "headings => headings.map(one => parseFloat(getComputedStyle(one).fontSize))"
    for width in (320, 390, 768, 1280, 1920):
        with open_page(browser, book.url("method"), width=width) as (page, _):
            least, most = (
                [edge(page.locator(f"article {name}").evaluate_all(sizes)) for name in ("h1", "h2", "h3")]
                for edge in (min, max)
            )
            assert least[0] > most[1] and least[1] > most[2], width


def text_of(browser: Browser, book: Book, name: str) -> str:
    with open_page(browser, book.url(name)) as (opened, _):
        text: str = opened.locator("article").inner_text()
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_padang_panjangs_three_denominators_stand_on_its_provinces_page(browser: Browser, book: Book) -> None:
    text = text_of(browser, book, f"{FULL}/coverage")
    for figure in ("96,52 %", "78,00 %", "55,5 %", "52,7 %", "15.386", "27.745"):
        assert figure in text


def test_padang_panjangs_budget_buys_10_4_months(browser: Browser, book: Book) -> None:
    text = text_of(browser, book, f"{FULL}/budget")
    assert "Rp1.457.000.000 untuk 8.300 pekerja cukup untuk 10,4 bulan" in text


def test_an_empty_record_is_said_plainly_with_what_is_known(browser: Browser, book: Book) -> None:
    text = text_of(browser, book, f"{EMPTY}/sensitivity")
    assert "Agar dapat diperingkat" in text
    assert "Sakernas Agustus 2024" in text
    assert "Peluang pertama" not in text


def test_the_cost_of_full_cover_is_told_for_every_region_of_an_empty_province(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url(f"{EMPTY}/budget")) as (opened, _):
        table = opened.locator("table.data", has=opened.get_by_text("Biaya melindungi setiap pekerja informal"))
        assert table.locator("tbody tr").count() == 8 + 1  # eight kabupaten and the province's sum


def test_no_weight_is_called_official(browser: Browser, book: Book) -> None:
    text = text_of(browser, book, f"{FULL}/sensitivity")
    assert "bobot hipotesis, bukan bobot resmi" in text


@pytest.mark.parametrize("name", ["coverage", "budget", "sensitivity"])
def test_every_recorded_figure_leads_to_its_source(browser: Browser, book: Book, name: str) -> None:
    with open_page(browser, book.url(f"{FULL}/{name}")) as (opened, _):
        for cell in opened.locator("table.data td.num:has(.note)").all():
            if re.match(r"^\d.*\d{4}$", cell.inner_text().replace("\n", " ")):  # a figure with its date
                assert cell.locator("a.src").count() > 0, cell.inner_text()


def test_a_search_finds_a_page_from_a_file(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("search") + "?q=Sawahlunto") as (opened, _):
        opened.locator("#search-results li a").first.wait_for()
        assert "13-sumatera-barat" in (opened.locator("#search-results li a").first.get_attribute("href") or "")


def test_only_the_search_page_loads_the_search_index(book: Book) -> None:
    index = (book.site / "searchindex.js").resolve()
    assert [page for page in book.site.rglob("*.html") if index in references(page)] == [book.site / "search.html"]


def test_the_first_page_leads_to_every_file_of_the_site(book: Book) -> None:
    files = {path.relative_to(book.site) for path in book.site.rglob("*") if path.is_file()}
    # Of the results the book leads to the two files that list all others.
    listed = {Path(line.split(maxsplit=1)[1]) for line in (book.site / SUMS).read_text(encoding="utf-8").splitlines()}
    chosen = {Path(place, script_of(chapter)) for place in ("", "en") for chapter in (FULL, EMPTY)}
    assert files - reached(book.site)[0] - {file for file in listed if file.parts[0] == RESULTS} == UNLED | chosen


def test_no_page_and_no_style_sheet_refers_to_a_file_that_is_not_there(book: Book) -> None:
    missing = reached(book.site)[1]
    # The theme's style sheet names fonts for its icons; no page shows a sign of them (see weight.py).
    assert {file for file in missing if "fontawesome" not in file.parts} == set()


def test_a_book_of_38_such_provinces_keeps_its_weight(book: Book) -> None:
    files = {path.relative_to(book.site) for path in book.site.rglob("*") if path.is_file()}
    # Neither data to take along, nor the other edition, which weighs as much: a reader is in one at a time.
    everything = {file for file in files if file.parts[0] not in (RESULTS, "en")}
    chapters = [files_of(book, FULL), files_of(book, EMPTY)]
    rest = weight(book.site, everything.difference(*chapters))
    mean = sum(weight(book.site, files) for files in chapters) / len(chapters)
    assert rest + PROVINCES * mean + GAIN < BUDGET


def test_no_file_of_the_site_knows_where_it_was_built(book: Book) -> None:
    for path in book.site.rglob("*"):
        assert path.name != ".buildinfo"
        assert path.is_dir() or str(book.folder).encode() not in path.read_bytes(), path


def test_notebooks_in_the_book_hold_nothing_of_the_run(book: Book) -> None:
    for path in edition(book.folder).glob("book/**/*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert sorted(notebook["metadata"]) == ["kernelspec", "language_info", stamps.NAME, "myst"]
        assert str(book.folder) not in path.read_text(encoding="utf-8")
        assert all("papermill" not in cell["metadata"] for cell in notebook["cells"])
        assert all(set(cell["metadata"]) <= {"tags", "mystnb"} for cell in notebook["cells"])
