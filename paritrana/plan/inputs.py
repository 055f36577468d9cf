"""What a page is made from, as digests: the page runs again when one of them changed, and only then.

A page's inputs are its notebook, its parameters with the rubrics that they name, the rows it reads, the modules of
this library that its notebook imports, the lock file and Python's minor version.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from paritrana import paths
from paritrana.analysis.inputs import Inputs, of_gaps, of_province, of_rubric, of_rubrics
from paritrana.code import of_machine, of_modules
from paritrana.digests import digest
from paritrana.faults import InvalidInput
from paritrana.files import visible
from paritrana.plan.book import (
    AWARDS_NOTEBOOKS,
    CALIBRATION_NOTEBOOK,
    ENGINE_NOTEBOOK,
    LAB,
    NATIONAL_NOTEBOOK,
    OVERVIEW,
    ZONES_NOTEBOOK,
    PageSpec,
)
from paritrana.plan.notebooks import imported, read_notebook
from paritrana.presentation.language import SOURCE_LANGUAGE

RECORD_NOTEBOOKS = ("coverage", "budget")  # they rank nothing, and so read no spread (`pages.record_page.open_record`)
AWARDS_TABLES = (
    "awards",
    "corrections",
    "notes",
    "provinces",
    "regencies",
    "sources",
)  # what pages of announced results read
BORDERS = "regencies.geojson"  # of which a province's first page has a map
# What makes a page, with all that it imports, is part of the page. It is named here and never imported: what is stale
# is decided without loading what it is about.
RUNNER = "paritrana.build.run.notebook"
WRITERS = {OVERVIEW: "paritrana.build.run.overview", LAB: "paritrana.build.run.lab"}
BESIDE = {CALIBRATION_NOTEBOOK: "paritrana.build.run.estimates"}  # what else makes a notebook's files


def of_pages(specs: Sequence[PageSpec]) -> dict[str, Inputs]:
    """The inputs of each page, by its name."""
    return {spec.name: {**of_machine(), **_of_notebook(spec.notebook), **_of_values(spec)} for spec in specs}


def changed(before: Inputs, now: Inputs) -> list[str]:
    """The inputs that differ, in words."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def _of_values(spec: PageSpec) -> Inputs:
    """The values that a page receives, and what it reads because of them."""
    given = dict(spec.parameters)
    read: dict[str, str] = {"parameters": digest(json.dumps(given, sort_keys=True))}
    if given.get("language", SOURCE_LANGUAGE) != SOURCE_LANGUAGE:
        read["translation"] = _of_catalogues(given["language"])
    if spec.notebook == ENGINE_NOTEBOOK:
        return {**read, **_of_files(_case_files())}
    if spec.notebook in AWARDS_NOTEBOOKS:
        return {**read, **_of_files(paths.DATA / f"{name}.csv" for name in AWARDS_TABLES)}
    if spec.notebook in (CALIBRATION_NOTEBOOK, ZONES_NOTEBOOK):
        return {**read, "rubric": of_rubric(given["rubric"]), **_of_files(_data_files())}
    read["rubrics"] = of_rubrics(given["rubric"], given["scenarios"])
    if spec.notebook in (NATIONAL_NOTEBOOK, LAB):
        return {**read, **_of_files(_data_files())}
    gaps = {} if spec.notebook in RECORD_NOTEBOOKS else of_gaps(given["year"], given["rubric"], given["assumption"])
    borders = _of_files([paths.DATA / BORDERS]) if spec.notebook == OVERVIEW else {}
    return {**read, **gaps, **borders, **of_province(given["year"], given["rubric"], given["province"])}


def _of_catalogues(language: str) -> str:
    """The digest of a language's catalogue."""
    return digest(b"".join(path.read_bytes() for path in visible(paths.LOCALE / language, "**/*.po")))


def _of_files(files: Iterable[Path]) -> Inputs:
    """The digest of each file, by its path in the project."""
    return {file.relative_to(paths.ROOT).as_posix(): digest(file.read_bytes()) for file in sorted(files)}


def _case_files() -> list[Path]:
    return visible(paths.DATA / "cases", "**/*")


def _data_files() -> list[Path]:
    cases = set(_case_files())
    return [path for path in visible(paths.DATA, "**/*") if path not in cases]


@cache
def _of_notebook(name: str) -> Inputs:
    """A notebook's cells, and the modules of this library that they import, directly or through others."""
    if name in WRITERS:
        return {"library": of_modules([WRITERS[name]])}
    path, beside = paths.NOTEBOOKS / f"{name}.ipynb", [BESIDE[name]] if name in BESIDE else []
    try:
        cells = read_notebook(path).cells
    except InvalidInput as error:  # the page's own failure, when it is made
        broken = path.read_bytes() if path.is_file() else str(error).encode()
        return {"notebook": digest(broken), "library": of_modules([RUNNER, *beside])}
    written = [(cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in cells]
    modules = [module for kind, source, _ in written if kind == "code" for module in imported(source)]
    return {"notebook": digest(json.dumps(written)), "library": of_modules([*modules, RUNNER, *beside])}
