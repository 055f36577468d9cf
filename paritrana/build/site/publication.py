"""What stands under every page: of which edition and version it is, from data up to when, and where its numbers lie.

No clock is read: the date is the latest one in the data, the version is that of the project.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from paritrana import paths
from paritrana.parameters.page import Defaults, Params, book_rubric
from paritrana.parameters.rubric import rubric_path
from paritrana.plan.book import ESTIMATES_FILE, RESULT_FILE, PageSpec, chapter
from paritrana.plan.edition import Edition
from paritrana.presentation.language import Text
from paritrana.record.tables import PACKAGE, Tables, bundled_tables
from paritrana.results.manifest import RESULTS
from paritrana.results.rows import TABLES


def publication(defaults: Defaults, provinces: Sequence[Params], specs: Sequence[PageSpec], edition: Edition) -> str:
    """The facts of an edition as JSON, for its pages; of a chapter whose results it has not no file is told."""
    say = Text(defaults.language)
    made = {file for spec in specs for file in spec.present(edition.book)}
    chapters = {chapter(params): _chapter(say, params, made) for params in provinces}
    tables = list(TABLES) if any(told["file"] for told in chapters.values()) else []
    facts = {
        "edition": _edition(say, defaults),
        "version": version("paritrana"),
        "data_until": say.date(data_until(bundled_tables())),
        "licences": licences(),
        "results": f"../{RESULTS}" if edition.place else RESULTS,  # once for all languages, at the site's root
        "year": defaults.year,
        "tables": [*tables, *(["estimates"] if ESTIMATES_FILE in made else [])],
        "chapters": chapters,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)


def _chapter(say: Text, params: Params, made: set[str]) -> Mapping[str, Any]:
    """What a province's chapter says of itself where the book's defaults do not hold."""
    file = f"{params.year}/{params.province}.json"
    there = f"{chapter(params)}/{RESULT_FILE}" in made
    return {"edition": _edition(say, params), "file": file if there else "", "year": params.year}


def _edition(say: Text, params: Defaults) -> str:
    """The assessment year and the rubric: no ranking is cited without either."""
    rubric = book_rubric(rubric_path(params.rubric))
    return say("tahun penilaian {year}, rubrik {rubric}", year=params.year, rubric=say.title(rubric.title))


def data_until(tables: Tables) -> str:
    """The latest date in the data: of a source, or of a correction (ISO; empty where none has a date)."""
    dates = [*tables.sources["published"].dropna(), *tables.corrections["date"].dropna()]
    return max(map(str, dates), default="")


def licences() -> Mapping[str, str]:
    """The licence of texts and code, as LICENSE begins, and that of the data, as their descriptor names it."""
    text = (paths.ROOT / "LICENSE").read_text(encoding="utf-8").partition("\n")[0].strip()
    package = json.loads((paths.DATA / PACKAGE).read_text(encoding="utf-8"))
    return {"text": text, "data": ", ".join(licence["title"] for licence in package["licenses"])}
