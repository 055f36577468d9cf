"""Full-text search in Indonesian: stop words and the Snowball stemmer, for the index and for the search box."""

from functools import cache
from pathlib import Path

import snowballstemmer
from sphinx.application import Sphinx
from sphinx.search import SearchLanguage, languages, parse_stop_word

from paritrana.build.site.sphinx_ext.scripts import mend

STEMMER_JS = Path(__file__).parent / "static" / "indonesian-stemmer.js"
# A result is written as HTML. A page's title comes escaped from Sphinx's index, the title of a section as bare text.
BARE_TITLE = "titles[file] !== title ? `${titles[file]} > ${title}` : title,"
ESCAPED_TITLE = (
    "((html) => titles[file] !== html ? `${titles[file]} > ${html}` : html)"
    '(Object.assign(document.createElement("div"), { textContent: title }).innerHTML),'
)

# Words so common that every page has them. None of them names something that a reader would look for.
STOP_WORDS = parse_stop_word("""
ada adalah agar akan aku anda antara apa apabila apakah atas atau bagaimana bagi bahwa banyak beberapa begitu belum
bila bisa bukan dalam dan dapat dari daripada dengan di dia diri dua harus hal hanya hingga ia ialah ini itu jadi jika
juga kalau kami karena kata ke kembali kemudian kepada ketika kita lagi lah lain lalu lebih maka masih mereka merupakan
namun nya oleh orang pada para paling pernah pula pun saat saja sama sampai sangat satu saya se sebab sebagai
sebagaimana sebelum sebuah secara sedang sedangkan sehingga sejak selain selalu selama seluruh semua seorang seperti
serta sesudah setelah setiap siapa suatu sudah tanpa tapi telah tentang terhadap tersebut tetapi tidak tiap
untuk yaitu yakni yang
""")


class SearchIndonesian(SearchLanguage):
    """How Sphinx splits, filters and stems Indonesian words."""

    lang = "id"
    language_name = "Indonesian"
    stopwords = STOP_WORDS
    js_stemmer_code = STEMMER_JS.read_text(encoding="utf-8")

    def init(self, options: dict[str, str]) -> None:
        """Prepare the stemmer that the index is made with; the pages of a book share most of their words."""
        self.root = cache(snowballstemmer.stemmer("indonesian").stemWord)

    def stem(self, word: str) -> str:
        """Return the root of a word, as the search box in the browser does."""
        return str(self.root(word.lower()))


def escape_titles(app: Sphinx, error: Exception | None) -> None:
    """Let the search write a section's title as text."""
    if not error:
        mend(app, "searchtools.js", BARE_TITLE, ESCAPED_TITLE)


def setup(app: Sphinx) -> None:
    """Teach Sphinx the search language `id`, and its search that a title is text."""
    languages["id"] = SearchIndonesian
    app.connect("build-finished", escape_titles)
