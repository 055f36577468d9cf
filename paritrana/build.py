"""Making the pages of a book: notebooks are run, and what comes back is written into `book/`.

Only this coordinator writes files, each whole or not at all. A page that fails is that page's failure: the others
finish, the book says which page is missing and why, and the caller learns of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paritrana import paths
from paritrana.i18n import Text
from paritrana.lab import NATION, as_script, nation_data
from paritrana.pages import fragments, lab, overview
from paritrana.pages.page import page_of
from paritrana.pages.titles import page_title
from paritrana.params import Defaults, Params
from paritrana.plan import chapter, engine_page, national_page, province_pages
from paritrana.run import Failure, PageResult, run_page
from paritrana.tables import load

GENERATED = paths.BOOK / "provinces"
FAILED = paths.BUILD / "failed"


@dataclass
class Report:
    """What a build did: the pages that were made, and those that failed."""

    made: list[str] = field(default_factory=list)
    failed: dict[str, Failure] = field(default_factory=dict)


Watch = Callable[[dict[Future[Any], str]], None]


def overview_page(params: Params) -> tuple[str, str]:
    """A province's first page: (its path in `book/`, its text). Pure: it runs in any worker."""
    page = page_of(load(), params)
    return f"{chapter(params)}/index.md", overview.markdown(page)


def make_pages(defaults: Defaults, provinces: Sequence[Params], executor: Executor, watch: Watch) -> Report:
    """Run every notebook and write every page of the book's generated part. `watch` sees the work that is left."""
    report = Report()
    specs = [spec for params in provinces for spec in province_pages(params)]
    # The national page takes longest: it starts first.
    waiting: dict[Future[Any], str] = {}
    for spec in [national_page(defaults, provinces), engine_page(defaults), *specs]:
        waiting[executor.submit(run_page, spec)] = spec.name
    for params in provinces:
        waiting[executor.submit(overview_page, params)] = f"{chapter(params)}/index"
    shutil.rmtree(FAILED, ignore_errors=True)
    watch(waiting)
    for future in as_completed(list(waiting)):
        name = waiting.pop(future)
        _take(future, name, report, defaults.language)
        watch(waiting)
    _write_fragments(defaults, provinces)
    _remove_strangers(provinces)
    return report


def _take(future: Future[Any], name: str, report: Report, language: str) -> None:
    """Write one finished page, or the page that says why it is missing."""
    try:
        result = future.result()
    except Exception as error:  # a worker that died, or an overview that could not be made
        failure = Failure("", f"{type(error).__name__}: {error}", repr(error))
        report.failed[name] = failure
        write_whole(paths.BOOK / f"{name}.md", _missing(name, name, failure, language))
        return
    if isinstance(result, PageResult):
        _take_notebook(result, report, language)
    else:
        write_whole(paths.BOOK / result[0], result[1])
        report.made.append(name)


def _take_notebook(result: PageResult, report: Report, language: str) -> None:
    """Write a notebook's page; a page of the other kind from an earlier build gives way."""
    spec = result.spec
    notebook, stub = paths.BOOK / spec.path, paths.BOOK / f"{spec.name}.md"
    if result.failure is None:
        write_whole(notebook, result.content or "")
        stub.unlink(missing_ok=True)
        report.made.append(spec.name)
        return
    report.failed[spec.name] = result.failure
    write_whole(FAILED / f"{spec.name.replace('/', '-')}.log", result.failure.traceback)
    title = page_title(spec.notebook, dict(spec.parameters))
    write_whole(stub, _missing(spec.name, title, result.failure, language))
    notebook.unlink(missing_ok=True)


def _missing(name: str, title: str, failure: Failure, language: str) -> str:
    """The page that stands where a page failed."""
    return fragments.missing_page(Text(language), name, title, failure.cell, failure.error)


def _write_fragments(defaults: Defaults, provinces: Sequence[Params]) -> None:
    """The generated parts of hand-written pages: the headline of the start page, the list of sources, the lab."""
    tables, say = load(), Text(defaults.language)
    write_whole(GENERATED / "_headline.md", fragments.headline(say, tables, defaults, len(provinces)))
    write_whole(GENERATED / "_sources.md", fragments.sources(say, tables))
    data = nation_data(tables, defaults)
    write_whole(paths.BOOK / "_static" / "lab" / "nation.js", as_script(NATION, data))
    write_whole(GENERATED / "_lab.md", lab.fragment(tables, defaults, data))


def _remove_strangers(provinces: Sequence[Params]) -> None:
    """Chapters of earlier builds that are not in this book: Sphinx's time grows with every file it finds."""
    wanted = {params.slug for params in provinces}
    for folder in GENERATED.iterdir():
        if folder.is_dir() and folder.name not in wanted:
            shutil.rmtree(folder)


def write_whole(path: Path, content: str) -> None:
    """Write a file that appears whole or not at all; its folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(content, encoding="utf-8")
    fresh.replace(path)
