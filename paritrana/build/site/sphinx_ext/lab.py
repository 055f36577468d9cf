"""The weight lab's scripts and style, made of `lab/`: on its own page only, and as one script without comments."""

from collections.abc import Set as AbstractSet
from filecmp import cmp
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from paritrana.build.site import bundle

PAGE = "lab"
FOLDER = "lab"  # in _static
DATA, BUNDLE, STYLE = "nation.js", "all.js", "lab.css"  # what the page loads


def keep_data_off(app: Sphinx, config: Config) -> None:
    """Take the data from the list of what every page loads: Jupyter Book puts all of _static there."""
    config.html_js_files[:] = [file for file in config.html_js_files if not file[0].startswith(f"{FOLDER}/")]


def add(app: Sphinx) -> None:
    """Let Sphinx copy the script and the style."""
    made = _made(app)
    made.mkdir(parents=True, exist_ok=True)
    (made / BUNDLE).write_text(bundle.bundle(), encoding="utf-8")
    (made / STYLE).write_bytes(bundle.STYLE.read_bytes())
    app.config.html_static_path.append(str(made.parent))


def outdated(
    app: Sphinx, env: BuildEnvironment, added: AbstractSet[str], changed: AbstractSet[str], removed: AbstractSet[str]
) -> list[str]:
    """Let the lab's page be written again when what it loads changed: it names the checksum of each."""
    data = Path(app.srcdir) / "_static" / FOLDER / DATA
    there = Path(app.outdir) / "_static" / FOLDER
    sources = [path for path in (data, _made(app) / BUNDLE, _made(app) / STYLE) if path.is_file()]
    same = [(there / path.name).is_file() and cmp(path, there / path.name, shallow=False) for path in sources]
    return [] if all(same) else [PAGE]


def _made(app: Sphinx) -> Path:
    """Where what is made for Sphinx to copy lies."""
    return Path(app.doctreedir) / "static" / FOLDER


def load(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Let the lab's page load what it needs, after the page itself is there."""
    if pagename == PAGE:
        app.add_css_file(f"{FOLDER}/{STYLE}", priority=900)
        for name in (DATA, BUNDLE):
            app.add_js_file(f"{FOLDER}/{name}", priority=900, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Connect to the moments at which the files are named, copied, compared and loaded."""
    app.connect("config-inited", keep_data_off, priority=900)
    app.connect("builder-inited", add)
    app.connect("env-get-outdated", outdated)
    app.connect("html-page-context", load)
