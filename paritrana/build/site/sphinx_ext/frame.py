"""The block under every page: how to cite it, who publishes it, from which data, and how to say that it is wrong.

What a build knows comes from `_publication.json` in the book (`paritrana.build.site.publication`), what only the
publisher knows from `publication` in _config.yml. What is not set is not invented: the page says what there is.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from paritrana.plan.book import PUBLICATION

SETTINGS = ("publisher", "contact", "next_update")
# The tables of results that hold a page's numbers, by the last part of its name; a chapter's first page is "index".
TABLES = {
    "index": ("rankings", "record", "podiums"),
    "coverage": ("record", "measures", "passed_over"),
    "budget": ("record", "measures", "passed_over"),
    "sensitivity": (
        *("rankings", "acceptability", "scores", "weight_intervals", "certificates"),
        *("scenario_ranks", "comparisons", "podiums", "reproductions", "attribution"),
    ),
    "national": ("rankings", "measures", "podiums"),
    "lab": ("criteria", "scores", "rankings"),
    "calibration": ("estimates",),
}
# Those in the project's data, of pages that show them as they are.
DATA = {
    "awards": ("awards", "notes", "sources"),
    "other-awards": ("awards", "notes", "sources"),
    "zones": ("observations", "awards", "sources"),
    "sources": ("sources",),
    "data": ("observations", "sources", "corrections", "flags"),
}


def check(app: Sphinx, config: Config) -> None:
    """Raises ConfigError for a setting that is not known: it would say nothing, without a word."""
    unknown = sorted(set(config.publication) - set(SETTINGS))
    if unknown:
        raise ConfigError(f"_config.yml: publication: {unknown[0]}: one of {', '.join(SETTINGS)} was expected")


def said(value: object, language: str) -> str:
    """A setting, which may have a text for each language."""
    chosen = value.get(language) if isinstance(value, Mapping) else value
    return str(chosen or "").strip()


def address(contact: str) -> str:
    """Where a contact leads to: a page, or a letter; empty for one that is only words."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""


def read(app: Sphinx) -> None:
    """Give the facts of the edition and the settings of its publisher to the templates."""
    path, config = Path(app.srcdir) / PUBLICATION, app.config
    facts = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    settings = {name: said(config.publication.get(name), config.language) for name in SETTINGS}
    settings["contact_address"] = address(settings["contact"])
    config.html_context = {**config.html_context, "publication": {"chapters": {}, "tables": [], **facts, **settings}}


def tell(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Give a page what holds for it: the edition of its chapter, and the files that hold its numbers."""
    facts = context["publication"]
    folder, _, name = pagename.rpartition("/")
    chapter = facts["chapters"].get(folder, {})
    wanted = TABLES.get(name, ()) if chapter or pagename != "index" else ()
    year = chapter.get("year", facts.get("year"))
    files = [f"{year}/{table}.csv" for table in wanted if table in facts["tables"]]
    own = [chapter["file"]] if chapter.get("file") else []
    described = [f"{year}/datapackage.json"] if facts["tables"] else []
    context["publication"] = {
        **facts,
        "edition": chapter.get("edition", facts.get("edition")),
        "files": [*own, *files],
        "described": described,
        "data": [f"data/{table}.csv" for table in DATA.get(pagename, ())],
    }


def setup(app: Sphinx) -> None:
    """Offer the settings, and put both into every page."""
    app.add_config_value("publication", {}, "html", [dict])
    app.connect("config-inited", check)
    app.connect("builder-inited", read)
    app.connect("html-page-context", tell)
