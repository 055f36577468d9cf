"""What a page is made from, as digests: the page runs again when one of them changed, and only then.

A page's inputs are its notebook, its parameters with the rubrics that they name, the rows it reads, the modules of
this library that its notebook imports, the lock file and Python's minor version. A province's page reads no more than
`nation.within` hands it, so that another province's new figure leaves it alone, unless that figure moves what the
nation says of a gap (a spread) or of a base (a derived indicator).
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path

import nbformat
import pandas as pd

from paritrana import paths
from paritrana.analysis.known import bundled
from paritrana.digests import digest
from paritrana.indicators.nation import tables_within
from paritrana.parameters.page import book_rubric, scenario_rubrics
from paritrana.parameters.rubric import rubric_path
from paritrana.plan.book import ENGINE_NOTEBOOK, LAB, NATIONAL_NOTEBOOK, OVERVIEW, PageSpec
from paritrana.presentation.language import SOURCE_LANGUAGE
from paritrana.record.regions import codes_of, of_codes
from paritrana.record.tables import Tables

Inputs = Mapping[str, str]  # what is read, in words -> its digest
RECORD_NOTEBOOKS = ("coverage", "budget")  # they rank nothing, and so read no spread (`pages.record_page.open_record`)
# What makes a page, with all that it imports, is part of the page. It is named here and never imported: what is stale
# is decided without loading what it is about.
RUNNER = "paritrana.build.run.notebook"
WRITERS = {OVERVIEW: "paritrana.build.run.overview", LAB: "paritrana.build.run.lab"}


def of_pages(specs: Sequence[PageSpec]) -> dict[str, Inputs]:
    """The inputs of each page, by its name."""
    return {spec.name: {**_of_machine(), **_of_notebook(spec.notebook), **_of_values(spec)} for spec in specs}


def changed(before: Inputs, now: Inputs) -> list[str]:
    """The inputs that differ, in words."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


# A process reads each input once. A worker that outlives a change of the code or the data goes on with what it has
# loaded, and its digests must say so.


@cache
def _of_machine() -> Inputs:
    """What every page depends on."""
    lock = paths.ROOT / "requirements.txt"
    return {"lock": digest(lock.read_bytes()), "Python": f"{sys.version_info.major}.{sys.version_info.minor}"}


def _of_values(spec: PageSpec) -> Inputs:
    """The values that a page receives, and what it reads because of them."""
    given = dict(spec.parameters)
    read: dict[str, str] = {"parameters": digest(json.dumps(given, sort_keys=True))}
    if given.get("language", SOURCE_LANGUAGE) != SOURCE_LANGUAGE:
        read["translation"] = _of_catalogues(given["language"])
    if spec.notebook == ENGINE_NOTEBOOK:
        return {**read, **_of_files(_case_files())}
    read["rubrics"] = _of_rubrics(given["rubric"], given["scenarios"])
    if spec.notebook in (NATIONAL_NOTEBOOK, LAB):
        return {**read, **_of_files(_data_files())}
    spreads = {} if spec.notebook in RECORD_NOTEBOOKS else _of_spreads(given["year"], given["rubric"])
    return {**read, **spreads, **_of_province(given["year"], given["rubric"], given["province"])}


@cache
def _of_rubrics(rubric: str, scenarios: str) -> str:
    """The digest of the rubrics that are named; comments and layout of their files do not count."""
    rubrics = [book_rubric(rubric_path(rubric)), *scenario_rubrics(scenarios)]
    return digest("\n".join(read.model_dump_json() for read in rubrics))


def _of_catalogues(language: str) -> str:
    """The digest of a language's catalogue."""
    return digest(b"".join(path.read_bytes() for path in sorted((paths.LOCALE / language).rglob("*.po"))))


def _of_spreads(year: int, rubric: str) -> Inputs:
    """What the nation says of a gap, for each indicator."""
    spreads = bundled(year, rubric).spreads
    return {f"nationwide spread of {name}": digest(repr(asdict(spread))) for name, spread in spreads.items()}


@cache
def _of_province(year: int, rubric: str, province: str) -> Inputs:
    """What is read of one province: its rows of each table, and the indicators derived from them."""
    nation, hashes = bundled(year, rubric), _row_hashes(year, rubric)
    codes = codes_of(nation.tables, province)
    read = _frames(
        tables_within(nation.tables, province),
        {near: of_codes(frame, codes) for near, frame in nation.recorded.items()},
    )
    return {name: digest(hashes[name].loc[frame.index].to_numpy().tobytes()) for name, frame in read.items()}


@cache
def _row_hashes(year: int, rubric: str) -> dict[str, pd.Series]:
    """A 64-bit hash of every row of the tables and of the derived indicators, numbers to the last bit."""
    nation = bundled(year, rubric)
    return {name: pd.util.hash_pandas_object(frame) for name, frame in _frames(nation.tables, nation.recorded).items()}


def _frames(tables: Tables, recorded: Mapping[int, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The frames that a province's page reads its rows from, by what they are called where a build explains itself."""
    rows = {f"rows of {field.name}": getattr(tables, field.name) for field in fields(Tables)}
    return {**rows, **{f"indicators of {year}": frame for year, frame in recorded.items()}}


def _of_files(files: Iterable[Path]) -> Inputs:
    """The digest of each file, by its path in the project."""
    return {file.relative_to(paths.ROOT).as_posix(): digest(file.read_bytes()) for file in sorted(files)}


def _case_files() -> list[Path]:
    return [path for path in (paths.DATA / "cases").rglob("*") if path.is_file()]


def _data_files() -> list[Path]:
    return [path for path in paths.DATA.rglob("*") if path.is_file() and path not in _case_files()]


@cache
def _of_notebook(name: str) -> Inputs:
    """A notebook's cells, and the modules of this library that they import, directly or through others."""
    if name in WRITERS:
        return {"library": _of_modules([WRITERS[name]])}
    cells = nbformat.read(paths.NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    written = [(cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in cells]
    imported = [module for kind, source, _ in written if kind == "code" for module in _imports(source)]
    return {"notebook": digest(json.dumps(written)), "library": _of_modules([*imported, RUNNER])}


def _of_modules(names: Iterable[str]) -> str:
    """The digest of modules of this library and of all that they import of it."""
    files = files_of_modules(names)
    return digest(b"".join(str(path.relative_to(paths.LIBRARY.parent)).encode() + path.read_bytes() for path in files))


def files_of_modules(names: Iterable[str]) -> list[Path]:
    """The source files of modules of this library and of all that they import of it, directly or through others."""
    found: set[Path] = set()
    waiting = [path for name in names for path in _files_of(name)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported_files(path)
    return sorted(found)


@cache
def _imported_files(path: Path) -> list[Path]:
    """The files of this library that a module imports itself."""
    return [other for name in _imports(path.read_text(encoding="utf-8")) for other in _files_of(name)]


def _imports(source: str) -> Iterator[str]:
    """The names of everything of this library that the source imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _files_of(name: str) -> Iterator[Path]:
    """The source files of a module of this library; of a package, its `__init__`; nothing for other names."""
    parts = name.split(".")
    if parts[0] == paths.LIBRARY.name:
        place = paths.LIBRARY.joinpath(*parts[1:])
        yield from (path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file())
