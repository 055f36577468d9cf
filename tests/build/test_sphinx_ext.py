"""A small book, built for real in both languages and read in a real browser, from files."""

import contextlib
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from paritrana.build.site.settings import settings, settings_text
from paritrana.build.site.sphinx_ext import head
from paritrana.paths import BOOK, ROOT
from tests.browser import open_page, sideways, violations, words

LANGUAGES = ("id", "en")
ADDRESS = "https://example.org/p/"
PAGES = ("index", "notebook", "bibliography", "search")
TOC = """{format: jb-book, root: index, parts: [{caption: Bagian, chapters: [{file: notebook}]},
  {caption: Lampiran, chapters: [{file: bibliography}]}]}"""
INDEX = """---
description: 'Ringkasan "awal" & batas'
---
# Kepesertaan jaminan sosial

<a href="results/manifest.json">Bilangan</a>

Kepesertaan diukur dari jumlah pekerja, {math}`w_i \\ge 0`, lihat {eq}`skor` dan {cite:p}`uji2007`.

```{math}
:label: skor
s = \\sum_{i=1}^{n} w_i \\cdot x_i
```

:::{note}
Catatan penting.
:::

```{dropdown} Lipat
Isi lipatan.
```

## Bagian kedua

```python
print("halo")
```
"""
PUBLICATION = {
    "edition": "2024", "version": "1.2.3", "data_until": "2025", "results": "results", "year": 2024, "chapters": {},
    "tables": ["rankings"], "licences": {"text": "MIT", "data": "MIT"},
}  # fmt: skip
BIBLIOGRAPHY = "# Daftar pustaka\n\n```{bibliography}\n```\n"
REFERENCES = "@article{uji2007, author={Uji, Tommi}, title={Judul}, journal={Jurnal}, year={2007}}\n"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ROW = """<tr><th scope="row">Kabupaten Aceh Barat Daya</th>
<td class="num"><a class="src" href="bibliography.html">1.234.567</a></td>
<td class="range"><span class="bar" style="--lo:12;--hi:60;--mid:30"></span>12–60</td>
<td style="--p:{p}" class="{hi}">{p}</td><td><span class="badge badge-{badge}">{badge}</span></td>
<td class="text">Catatan yang panjang dan makan tempat di layar sempit</td></tr>"""
BADGES = ("known", "interval", "gap", "doubtful", "synthetic", "hypothesis")
TABLE = """<div class="table-wrap" tabindex="0" role="region" aria-labelledby="{kind}"><table class="{kind}">
<caption id="{kind}">Judul tabel {kind} <span class="note">Urut menurut skor.</span></caption>
<thead><tr><th scope="col">Daerah</th><th scope="col" class="num">Jumlah <span class="unit">(jiwa)</span></th>
<th scope="col">Rentang</th><th scope="col">Peluang</th><th scope="col">Keadaan</th><th scope="col">Catatan</th></tr>
</thead><tbody>{rows}</tbody></table></div>"""
FACTS = """<p class="lead">Kalimat utama.</p><dl class="facts"><div class="fact"><dt class="label">Cakupan</dt>
<dd class="value"><a class="src" href="bibliography.html">34,2%</a></dd><dd class="note">dari pekerja</dd></div></dl>
<details class="others"><summary>Angka lain</summary><p>Lipatan angka.</p></details>"""
LONG_LINE = ("panjang " * 40).strip()
# What the pages above say and not the interface; both editions show it as it is.
CONTENT = f"""{INDEX} {BIBLIOGRAPHY} {BADGES} {ROW} {FACTS} {LONG_LINE} {TABLE} {TOC} Judul tabel data Judul tabel heat
Bagian angka
Provinsi Contoh tabel() gambar() Gambar naik. Uji, 2007 Uji07 Tommi Uji. Judul. Jurnal, 2007. .md .ipynb .pdf Ctrl
Keterangan *gambar*. paritrana contribute data/corrections.csv data/datapackage.json CSV"""


@dataclass(frozen=True)
class Edition:
    """One built book."""

    language: str
    html: Path

    def url(self, page: str) -> str:
        """Return where a page is; the search page with a question that has results."""
        return f"{(self.html / page).as_uri()}.html" + ("?q=peserta" if page == "search" else "")


def cell(source: str, output: dict[str, Any], metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return an executed code cell with one output."""
    shown = {"output_type": "display_data", "metadata": {}} | output
    return {
        "cell_type": "code",
        "execution_count": 1,
        "id": source.strip("()1"),
        "metadata": metadata or {},
        "outputs": [shown],
        "source": source,
    }


def notebook() -> str:
    """Return an executed notebook with key figures, tables, a picture and a line too long for its box."""
    shares = zip(("0.00", "0.30", "0.69", "0.70", "0.90", "1.00"), BADGES, strict=True)
    rows = "".join(ROW.format(p=p, hi="hi" if float(p) >= 0.7 else "", badge=badge) for p, badge in shares)
    html = FACTS + "".join(TABLE.format(kind=kind, rows=rows) for kind in ("data", "heat"))
    cells = [
        {"cell_type": "markdown", "id": "judul", "metadata": {}, "source": "# Provinsi Contoh"},
        {"cell_type": "markdown", "id": "bagian", "metadata": {}, "source": "## Bagian angka"},
        cell("tabel()", {"data": {"text/html": html}}, {"tags": ["hide-input", "place-angka"]}),
        cell(
            "gambar()",
            {"data": {"image/png": PIXEL}},
            {"mystnb": {"image": {"alt": "Gambar naik."}, "figure": {"caption": "Keterangan \\*gambar\\*."}}},
        ),
        cell("print(1)", {"output_type": "stream", "name": "stdout", "text": LONG_LINE}),
    ]
    cells[-1]["outputs"][0].pop("metadata")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def build(folder: Path, language: str) -> Edition:
    """Write the small book and build it with the project's settings, warnings being errors."""
    source = folder / "book"
    shutil.copytree(BOOK / "_static", source / "_static")
    files = {"_toc.yml": TOC, "index.md": INDEX, "notebook.ipynb": notebook(), "bibliography.md": BIBLIOGRAPHY}
    files |= {"references.bib": REFERENCES, "_publication.json": json.dumps(PUBLICATION)}
    for name, text in files.items():
        (source / name).write_text(text, encoding="utf-8")
    config = folder / "_config.yml"
    text = (ROOT / "_config.yml").read_text(encoding="utf-8")
    if language == "en":  # the other has no address
        text = text.replace("\nhtml:\n", f"\nhtml:\n  baseurl: {ADDRESS}\n")
    config.write_text(text, encoding="utf-8")
    config.write_text(settings_text(settings(config, language, LANGUAGES)), encoding="utf-8")
    program = Path(sys.executable).with_name("jupyter-book")
    command = [str(part) for part in (program, "build", source, "--config", config, "--path-output", folder)]
    done = subprocess.run([*command, "-W", "--keep-going"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return Edition(language, folder / "_build" / "html")


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """The small book in both languages."""
    return {language: build(tmp_path_factory.mktemp(language), language) for language in LANGUAGES}


@pytest.fixture(params=LANGUAGES)
def edition(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> Edition:
    """One edition after the other."""
    return editions[request.param]


def settled(page: Page) -> None:
    """Wait until search results, where there are any, are complete."""
    if "search.html" in page.url:
        expect(page.locator("#search-results h2")).to_have_text(re.compile("Hasil pencarian|Search Results"))


@pytest.mark.parametrize("name", PAGES)
def test_page_is_clean_in_light_and_dark_and_on_a_phone(
    browser: Browser, editions: dict[str, Edition], name: str
) -> None:
    with open_page(browser, editions["id"].url(name), color_scheme="light", reduced_motion="reduce") as (page, faults):
        settled(page)
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert violations(page) == []
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert sideways(page) == 0
        assert violations(page) == []
    assert faults == []


def test_wide_table_scrolls_in_itself(browser: Browser, editions: dict[str, Edition]) -> None:
    with open_page(browser, editions["id"].url("notebook"), 390) as (page, _):
        assert page.evaluate(
            "() => { const t = document.querySelector('.table-wrap'); return t.scrollWidth > t.clientWidth; }"
        )


@pytest.mark.parametrize("name", PAGES)
def test_no_english_in_the_indonesian_interface(browser: Browser, editions: dict[str, Edition], name: str) -> None:
    texts = {}
    for language, edition in editions.items():
        with open_page(browser, edition.url(name)) as (page, _):
            settled(page)
            texts[language] = set(words(page))
    shared = {text for text in texts["id"] & texts["en"] if re.search("[A-Za-z]{2}", text)}
    content = " ".join(CONTENT.split())
    assert {text for text in shared if " ".join(text.split()) not in content} == set()
    assert "Search" in texts["en"] and "Cari" in texts["id"]


@pytest.mark.parametrize(("question", "pages"), [("peserta", 1), ("zzz", 0)])
def test_search_from_a_file(browser: Browser, editions: dict[str, Edition], question: str, pages: int) -> None:
    with open_page(browser, editions["id"].url("search").replace("peserta", question)) as (page, faults):
        settled(page)
        assert page.locator("#search-results li").count() == pages
        found = page.locator("#search-results .search-summary").inner_text()
    assert ("Ditemukan 1 halaman" if pages else "Tidak ada halaman yang cocok") in found
    assert faults == []


def test_search_box_opens_from_the_keyboard(browser: Browser, edition: Edition) -> None:
    with open_page(browser, edition.url("index")) as (page, faults):
        page.keyboard.press("Control+k")
        page.locator("#pst-search-dialog input").fill("peserta")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=peserta")
    assert faults == []


def test_menu_on_a_phone(browser: Browser, editions: dict[str, Edition]) -> None:
    with open_page(browser, editions["id"].url("index"), 390) as (page, faults):
        page.locator(".primary-toggle:visible").click()
        expect(page.locator("dialog[open] nav")).to_be_visible()
        assert violations(page) == []
    assert faults == []


def test_theme_switch_works(browser: Browser, edition: Edition) -> None:
    with open_page(browser, edition.url("index"), color_scheme="light") as (page, faults):
        seen = []
        for _ in range(3):
            page.locator(".theme-switch-button:visible").click()
            seen.append(page.evaluate("document.documentElement.dataset.mode"))
        assert sorted(seen) == ["auto", "dark", "light"]
    assert faults == []


def test_pages_name_their_language_policy_and_description(edition: Edition) -> None:
    for name in PAGES:
        html = (edition.html / f"{name}.html").read_text(encoding="utf-8")
        assert f'<html lang="{edition.language}"' in html
        assert html.index("Content-Security-Policy") < html.index("<script")
        scripts = re.search("script-src ([^;]*);", html)
        assert scripts and "unsafe" not in scripts[1]
        assert not re.search(r"<[^>]*\son\w+=", html)
    index = (edition.html / "index.html").read_text(encoding="utf-8")
    assert '<meta name="description" content="Ringkasan &quot;awal&quot; &amp; batas" />' in index


@pytest.mark.parametrize("name", PAGES)
def test_the_head_of_a_page_describes_it_and_tells_where_it_is(edition: Edition, name: str) -> None:
    html = (edition.html / f"{name}.html").read_text(encoding="utf-8")
    before = html.split("</head>")[0]
    assert len(re.findall('name="viewport"', before)) == 1
    assert len(re.findall('name="description"', before)) == (name == "index")
    other = {"id": "en", "en": "id"}[edition.language]
    assert re.findall('"og:locale(?:|:alternate)" content="(..)_..', before) == [edition.language, other]
    near = {"id": (f"{name}.html", f"en/{name}.html"), "en": (f"../{name}.html", f"../en/{name}.html")}
    far = (f"{ADDRESS}{name}.html", f"{ADDRESS}en/{name}.html")
    places = far if edition.language == "en" else near["id"]
    assert re.findall('<link rel="alternate" hreflang="(..)" href="([^"]*)"', before) == list(
        zip(LANGUAGES, places, strict=True)
    )
    canonical = re.findall('(?:rel="canonical" href|"og:url" content)="([^"]*)"', before)
    assert canonical == ([far[1]] * 2 if edition.language == "en" else [])
    switch = re.findall('<a class="[^"]*language-switch" href="([^"]*)" lang="(..)" hreflang="(..)"[^>]*>([^<]*)', html)
    there = near[edition.language][LANGUAGES.index(other)]
    assert switch == [(there, other, other, {"id": "Bahasa Indonesia", "en": "English"}[other])]


def test_a_shared_link_shows_the_books_card_where_the_site_has_an_address(edition: Edition) -> None:
    before = (edition.html / "notebook.html").read_text(encoding="utf-8").split("</head>")[0]
    addresses = re.findall('(?:og:image|twitter:image)" content="([^"]*)"', before)
    card = edition.html / "_static" / "card.png"
    if edition.language == "id":  # without an address
        assert (addresses, card.exists(), "twitter:card" in before) == ([], False, False)
        return
    assert addresses == [f"{ADDRESS}en/_static/card.png"] * 2
    assert '<meta name="twitter:card" content="summary_large_image" />' in before
    size = [int(side) for side in re.findall('og:image:(?:width|height)" content="([^"]*)"', before)]
    assert card.read_bytes()[16:24] == b"".join(side.to_bytes(4) for side in size)  # the size in a PNG's own head
    assert size == [1200, 630]


def test_a_notebooks_sections_have_places_that_no_language_changes(editions: dict[str, Edition]) -> None:
    for edition in editions.values():
        html = (edition.html / "notebook.html").read_text(encoding="utf-8")
        assert re.findall('<section id="([^"]*)"', html) == ["top", "angka"]
        assert '<a class="headerlink" href="#angka"' in html


def test_both_editions_lead_to_the_results_at_the_root_of_the_site(editions: dict[str, Edition]) -> None:
    for language, place in (("id", ""), ("en", "../")):
        html = (editions[language].html / "index.html").read_text(encoding="utf-8")
        assert f'<a href="{place}results/manifest.json">' in html


def test_a_description_in_another_language_gives_way_and_a_page_without_one_has_its_first_words() -> None:
    tags = """
<meta content="Satu &amp; dua" lang="id" name="description" xml:lang="id" />
<meta content="One" lang="en" name="description" xml:lang="en" />
<meta content="width=device-width" name="viewport" /><meta content="x" name="other" />"""
    assert [head.sorted_out(tags, language)[1] for language in LANGUAGES] == ["Satu & dua", "One"]
    assert head.sorted_out(tags, "en")[0] == ['<meta content="x" name="other" />']
    page = nodes.document("", "", "", nodes.title("", "Judul"), nodes.paragraph("", "Kalimat satu. " + "panjang " * 40))
    assert head.first_words(page) == "Kalimat satu."
    page[1] = nodes.paragraph("", "panjang " * 40)
    assert head.first_words(page) == ("panjang " * 24) + "panjang …"


@pytest.mark.parametrize("name", ["index", "notebook"])
def test_a_page_says_how_it_is_cited_and_how_it_is_contradicted(browser: Browser, edition: Edition, name: str) -> None:
    words = {
        "id": ("Kutip halaman ini", "versi 1.2.3, data sampai 2025.", "berhak menjawab", "belum ditetapkan"),
        "en": ("Cite this page", "version 1.2.3, data up to 2025.", "right of reply", "no date is set"),
    }
    with open_page(browser, edition.url(name)) as (page, _):
        block = page.get_by_role("region", name=re.compile("Tentang halaman ini|About this page"))
        text = " ".join(block.inner_text().split())
        assert all(word in text for word in words[edition.language])
        assert f"“{page.locator('h1').inner_text().removesuffix('#')}”" in text
        page.emulate_media(media="print")
        assert block.is_visible()


def test_tables_and_figures_are_numbered_where_they_stand(browser: Browser, edition: Edition) -> None:
    table, figure, unduh = {"id": ("Tabel", "Gambar", "Unduh"), "en": ("Table", "Figure", "Download")}[edition.language]
    with open_page(browser, edition.url("notebook")) as (page, faults):
        numbers = page.locator("caption .number").evaluate_all("ones => ones.map(one => one.firstChild.textContent)")
        assert numbers == [f"{table} 1", f"{table} 2"]
        caption = page.locator("figcaption").inner_text()
        assert caption.startswith(f"{figure} 1") and "Keterangan *gambar*." in caption
        way = page.get_by_role("link", name=re.compile(unduh))
        assert way.get_attribute("href") == page.locator("figure img").get_attribute("src")
        assert page.locator("#table-2").count() == page.locator("#figure-1").count() == 1
    assert faults == []


def test_a_table_is_taken_along_with_its_notes_and_sources_in_one_form_of_numbers(
    browser: Browser, editions: dict[str, Edition]
) -> None:
    with open_page(browser, editions["id"].url("notebook")) as (page, faults):
        with page.expect_download() as taken:
            page.get_by_role("button", name="Unduh tabel ini sebagai CSV: Tabel 1").click()
        assert taken.value.suggested_filename == "html-notebook-table-1.csv"
        head, first, *rest = list(csv.reader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))))
    assert head == [
        "Daerah", "Jumlah (jiwa)", "Jumlah: sumber", "Rentang", "Peluang", "Keadaan", "Keadaan: catatan", "Catatan",
    ]  # fmt: skip
    assert first == [
        "Kabupaten Aceh Barat Daya", "1234567", "bibliography.html", "12–60", "0.00", "", "known",
        "Catatan yang panjang dan makan tempat di layar sempit",
    ]  # fmt: skip
    assert len(rest) == len(BADGES) - 1
    assert faults == []


MEASURED = """<div class="table-wrap"><table class="data"><caption><span>Uji</span></caption><thead><tr>
<th scope="col">Nama</th><th scope="col" class="num">Cakupan</th><th scope="col" class="num">Uang</th>
<th scope="col" class="num">Campur</th></tr></thead><tbody>
<tr><th scope="row">=1+1</th><td>22,4–52,5 %<span class="note">data 2025</span></td>
<td>Rp34.055.481.600</td><td>9</td></tr>
<tr><th scope="row">B, "b"</th><td>–</td><td>Rp1.000</td><td>9 Agu 2024</td></tr></tbody></table></div>"""


def test_intervals_money_gaps_and_words_of_a_table_are_read_by_machines(
    browser: Browser, editions: dict[str, Edition]
) -> None:
    page_of = editions["id"].html / "notebook.html"
    html = page_of.read_text(encoding="utf-8")
    start = html.index('<div class="table-wrap"')
    numbered = MEASURED.replace("<caption>", '<caption><span class="number" id="table-0">Tabel 0</span> ')
    other = page_of.with_name("measured.html")
    other.write_text(html[:start] + numbered + html[start:], encoding="utf-8")
    with open_page(browser, other.as_uri()) as (page, faults):
        with page.expect_download() as taken:
            page.get_by_role("button", name="Unduh tabel ini sebagai CSV: Tabel 0").click()
        rows = list(csv.reader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))))
    other.unlink()
    assert rows == [
        ["Nama", "Cakupan (%)", "Cakupan: catatan", "Uang (Rp)", "Campur"],
        ["'=1+1", "22.4..52.5", "data 2025", "34055481600", "9"],
        ['B, "b"', "", "", "1000", "9 Agu 2024"],
    ]
    assert faults == []


def test_a_wide_table_says_that_there_is_more_until_its_end(browser: Browser, editions: dict[str, Edition]) -> None:
    with open_page(browser, editions["id"].url("notebook"), 390) as (page, _):
        wrap = page.locator(".table-wrap").first
        expect(wrap.locator(".cue")).to_be_visible()
        wrap.evaluate("wrap => { wrap.scrollLeft = wrap.scrollWidth; }")
        expect(wrap.locator(".cue")).to_be_hidden()
        page.set_viewport_size({"width": 1900, "height": 900})
        expect(wrap.locator(".cue")).to_be_hidden()


def test_a_page_that_is_no_document_is_not_to_be_cited(edition: Edition) -> None:
    assert 'class="publication"' not in (edition.html / "search.html").read_text(encoding="utf-8")


def test_printing_needs_no_script_in_an_attribute(browser: Browser, editions: dict[str, Edition]) -> None:
    with open_page(browser, editions["id"].url("index")) as (page, faults):
        page.evaluate("() => { window.print = () => { document.title = 'dicetak'; }; }")
        page.locator(".dropdown-download-buttons > button").click()
        page.locator("[data-print]").click()
        assert page.title() == "dicetak"
    assert faults == []


@pytest.mark.parametrize(
    "page",
    [
        "```{include} ../outside.md\n```",
        "```{literalinclude} ../outside.md\n```",
        "```{raw} html\n:file: ../outside.md\n```",
        "```{raw} html\n<script>1</script>\n```",
        "```{csv-table}\n:file: ../outside.md\n```",
        "```{figure} ../outside.png\n```",
        "![x](../outside.png)",
        "{download}`../outside.md`",
        "```{generated} ../outside\n```",
    ],
)
def test_no_page_is_made_of_a_file_outside_of_the_book(tmp_path: Path, page: str) -> None:
    for name in ("outside.md", "outside.png"):
        (tmp_path / name).write_text("from outside", encoding="utf-8")
    own = {"extensions": ["myst_parser", "paritrana.build.site.sphinx_ext"], "html_theme": "basic"}
    book = tmp_path / "book"
    book.mkdir()
    (book / "index.md").write_text(f"# Judul\n\n{page}\n", encoding="utf-8")
    said = io.StringIO()
    app = Sphinx(book, None, tmp_path / "html", tmp_path / "doctrees", "html", own, status=None, warning=said)
    with contextlib.suppress(ExtensionError):
        app.build()
    shutil.rmtree(tmp_path / "html" / "_sources", ignore_errors=True)  # there a page stands as it is written
    made = "".join(path.read_text("utf-8", "replace") for path in (tmp_path / "html").rglob("*") if path.is_file())
    assert "from outside" not in made
    assert "<script>1</script>" not in made
    assert said.getvalue()


def test_nothing_is_loaded_from_elsewhere(edition: Edition) -> None:
    loads = re.compile(
        r'<(?:script|link(?! rel="(?:alternate|canonical)")|img|iframe|source)\b[^>]*(?:src|href)="(?:https?:)?//[^"]*"'
    )
    for file in edition.html.glob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert loads.findall(html) == []
        assert not re.search("thebe|require.js|mathjax|fontawesome.js|unpkg|cdn", html, re.IGNORECASE)


def test_paper_shows_what_the_screen_folds(browser: Browser, editions: dict[str, Edition]) -> None:
    with open_page(browser, editions["id"].url("notebook")) as (page, _):
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.get_by_text("Lipatan angka.").is_visible()
        assert page.locator("h1").is_visible()
        assert not page.locator("#pst-primary-sidebar").is_visible()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert not page.get_by_text("Lipatan angka.").is_visible()
