"""The search: its stemmer says the same as the one that makes the index, and every region is found at its place."""

import csv
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from paritrana.build.site.sphinx_ext.search import STEMMER_JS, STOP_WORDS, SearchIndonesian
from paritrana.pages.regions import place
from paritrana.paths import DATA
from paritrana.record.regions import names
from paritrana.record.tables import load
from tests.small_book import Book

ROOTS = """
ajar ambil anggar angkat arah atur awal baca bagi baik bangun banding bantu bayar beri biaya buku bukti cakup capai
catat daerah daftar dapat data dasar desa didik dorong dukung faktor guna hadir harga harap hasil hidup hitung iur jalan
jamin juang juara kaji kategori kembang kena kerja kuat laku lapor latih layan lindung luas manfaat masuk menang milik
nama nilai nyata olah pakai pandang pasti pekerja peluang pengaruh perintah peringkat pilih provinsi pusat rata rencana
rentan ringkas sapu santun sejahtera selisih serta siap simpul sosial sumber surat syarat tani tanding tanggung tempat
tenaga tentu terap tinggi tumbuh ubah ukur umum undang urut usaha wajib warga wilayah
"""
PREFIXES = """
di ke me mem men meng meny menye pe pem pen peng penye ter ber be bel per se diper memper belajar pelajar
"""
SUFFIXES = "i an kan nya ku mu lah kah pun annya kannya inya anlah kanlah"
REAL = """
kepesertaan penghargaan pekerja pekerjaan ketenagakerjaan perlindungan terlindungi diberikan menyampaikan disampaikan
bukunya pelajaran belajar pembelajaran mempelajari menyapu penyapu memakai pemakaian memerintah pemerintahan beserta
bekerja bekerjalah keberhasilan pertanggungjawaban memperingati apakah bagaimanapun kesi si an kan ni be pe ber per
kebijakan peraturan gubernur bupati walikota iuran santunan kecelakaan kematian pensiun rentan nelayan petani
"""
PAIRS = [
    ("kepesertaan", "serta"),
    ("penghargaan", "harga"),
    ("menyapu", "sapu"),
    ("memilih", "pilih"),
    ("bukunya", "buku"),
]


def vocabulary() -> list[str]:
    """All words of the data's names, roots with every prefix and suffix, and words that are hard."""
    texts = []
    for name in ("provinces", "regencies", "awards"):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
            texts += [" ".join(row.values()) for row in csv.DictReader(rows)]
    found = set(re.findall(r"[^\W\d_]+", " ".join([*texts, REAL]).lower())) | STOP_WORDS
    parts = product(["", *PREFIXES.split()], ROOTS.split(), ["", *SUFFIXES.split()])
    return sorted(found | {"".join(part) for part in parts})


def test_browser_and_index_agree_on_every_word(browser: Browser) -> None:
    words = vocabulary()
    assert len(words) > 10_000
    page = browser.new_page()
    page.add_script_tag(path=STEMMER_JS)
    script = "(words) => { const stemmer = new Stemmer(); return words.map((w) => stemmer.stemWord(w)); }"
    in_browser = page.evaluate(script, words)
    page.close()
    stem = SearchIndonesian({}).stem
    assert [(w, js, py) for w, js in zip(words, in_browser, strict=True) if js != (py := stem(w))] == []


@pytest.mark.parametrize(("word", "root"), PAIRS)
def test_words_lead_to_their_root(word: str, root: str) -> None:
    assert SearchIndonesian({}).stem(word) == root


def test_stop_words_are_plain_words() -> None:
    assert all(word.isalpha() and word.islower() for word in STOP_WORDS)


class Quiet(SimpleHTTPRequestHandler):
    """A server that tells nothing on the terminal."""

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, book: Book) -> Iterator[str]:
    """Where the site can be read: as files, and from a server."""
    if request.param == "file":
        yield book.site.as_uri()
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(book.site))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def results(page: Page, query: str) -> list[str]:
    """Where the search leads, the best first."""
    script = """query => Search._performSearch(...Search._parseQuery(query)).reverse()
        .map(([page, title, anchor]) => `${page}${anchor} ${title}`)"""
    found: list[str] = page.evaluate(script, query)
    return found


def test_every_region_is_found_at_its_place_by_each_of_its_names(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/search.html?q=agam")
    page.locator("#search-results li a").first.wait_for()
    regions, called = load().regencies.set_index("kemendagri_code"), names(load())
    folders = {"13": "provinces/13-sumatera-barat/index", "95": "provinces/95-papua-pegunungan/index"}
    here = regions[regions["province_code"].isin(list(folders))]
    lost = [
        query
        for code, region in here.iterrows()
        for query in (called[code], called[code].lower(), region["official_name"], f"kab {region['name']}")
        if query[:4] != "kab " or region["level"] == "kabupaten"
        if not any(
            found.startswith(f"{folders[region['province_code']]}#{place(code)} ")
            and found.lower().endswith(f"> {region['official_name'].lower()}")
            for found in results(page, query)[:3]
        )
    ]
    first = results(page, "mentawai")[0]
    page.close()
    assert len(here) == 27 and lost == []
    assert first.startswith("provinces/13-sumatera-barat/index#r-1309 ")


def test_a_result_shown_leads_to_the_region_which_is_unfolded(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/search.html?q=kota+solok")
    page.locator("#search-results li a").first.click()
    page.wait_for_url("**/13-sumatera-barat/index.html#r-1372")
    assert page.locator("#r-1372").is_visible()  # it stands in a list that is folded until a link leads into it
    page.close()
