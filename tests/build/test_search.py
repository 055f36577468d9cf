"""The Indonesian stemmer of the search box says the same as the one that makes the index."""

import csv
import re
from itertools import product

import pytest
from playwright.sync_api import Browser

from paritrana.build.site.sphinx_ext.search import STEMMER_JS, STOP_WORDS, SearchIndonesian
from paritrana.paths import DATA

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
