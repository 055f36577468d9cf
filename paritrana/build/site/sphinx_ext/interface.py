"""The words around the pages, in the language of the book: themes and extensions translate only a part of theirs."""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import _, translators

from paritrana.build.site.sphinx_ext.scripts import mend

HERE = Path(__file__).parent
TRANSLATIONS = "_static/translations.js"
# The copy button keeps its words in a script, in a table with other languages.
COPY_BUTTON_TABLE = "const messages = {\n"
COPY_BUTTON_WORDS = """  'id': {
    'copy': 'Salin',
    'copy_to_clipboard': 'Salin ke papan klip',
    'copy_success': 'Tersalin!',
    'copy_failure': 'Gagal menyalin',
  },
"""


def load_catalogue(app: Sphinx) -> None:
    """Put the book's own words before those of Sphinx and the themes, which stay as the second choice."""
    path = HERE / "locale" / app.config.language / "LC_MESSAGES" / "sphinx.po"
    if not path.is_file():
        return
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(path.read_bytes()), locale=app.config.language))
    words = GNUTranslations(BytesIO(compiled.getvalue()))
    words.add_fallback(app.translator)
    app.translator = translators["general", "sphinx"] = words


def translate_settings(app: Sphinx, config: Config) -> None:
    """Translate the words that themes and extensions take from the settings."""
    config.html_theme_options["search_bar_text"] = str(_("Search this book..."))
    if config.language == "id":
        config.nb_code_prompt_show = "Tampilkan isi sel"
        config.nb_code_prompt_hide = "Sembunyikan isi sel"
        app.add_js_file("interface-id.js", priority=600)


def add_static_files(app: Sphinx) -> None:
    """Let Sphinx copy this package's scripts into the book."""
    app.config.html_static_path.append(str(HERE / "static"))


def leave_out_translations(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Leave out Sphinx's words for its scripts: interface-id.js has them all, and the policy forbids how they come."""
    context["script_files"][:] = [script for script in context["script_files"] if script.filename != TRANSLATIONS]


def translate_copy_button(app: Sphinx, error: Exception | None) -> None:
    """Add Indonesian to the words of the copy button, once its script is in place."""
    if not error and app.config.language == "id":
        mend(app, "copybutton.js", COPY_BUTTON_TABLE, COPY_BUTTON_TABLE + COPY_BUTTON_WORDS)


def setup(app: Sphinx) -> None:
    """Connect each translation to the moment at which its words are used."""
    load_catalogue(app)
    app.connect("config-inited", translate_settings)
    app.connect("builder-inited", add_static_files)
    app.connect("html-page-context", leave_out_translations)
    app.connect("build-finished", translate_copy_button)
    app.add_js_file("from-file.js", priority=600)
