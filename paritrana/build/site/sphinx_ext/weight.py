"""What themes bring and no reader needs: files that no page uses, and the blank lines of their templates."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

from paritrana.build.site.sphinx_ext.head import CARD

# In _static; tests/book/test_book.py finds what else the pages of a book do not lead to.
UNUSED = (
    "scripts/fontawesome.js*",
    "scripts/*.map",
    "styles/*.map",
    "locales",
    "vendor",
    "images",
    "*webpack-macros.html",  # the theme's templates, also copied as they are
    "translations.js",  # see interface.py
    "minus.png",
    "plus.png",
    "preview.png",  # for the README
    "card.svg",  # what card.png is made from
    "check-solid.svg",
    "copy-button.svg",  # its script holds both pictures itself
    "copybutton_funcs.js",
    "indonesian-stemmer.js",  # part of language_data.js
)


def trim_templates(app: Sphinx) -> None:
    """Let a line of a template that only says what to do leave no line in the page."""
    if app.builder.format == "html":
        environment = app.builder.templates.environment
        environment.trim_blocks = environment.lstrip_blocks = True


def remove_unused(app: Sphinx, error: Exception | None) -> None:
    """Remove what matches; Sphinx copies its static files anew at each build."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    others = ["interface-id.js"] if app.config.language != "id" else []
    addressless = [] if app.config.html_baseurl else [CARD]
    for path in (found for pattern in (*UNUSED, *others, *addressless) for found in static.glob(pattern)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def setup(app: Sphinx) -> None:
    """Set up before the first template is read, clean up behind everything else."""
    app.connect("builder-inited", trim_templates)
    app.connect("build-finished", remove_unused, priority=900)
