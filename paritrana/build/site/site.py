"""Making the site: Jupyter Book 1 turns the pages of an edition into its site, such as `_build/html`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from paritrana import paths
from paritrana.analysis.forecast import frozen_texts
from paritrana.analysis.known import bundled
from paritrana.build import locks
from paritrana.build.site import jupyter_book
from paritrana.build.site.contents import CONTENTS, generated_parts, pages_in
from paritrana.build.site.publication import publication
from paritrana.build.site.publishing import publish
from paritrana.build.site.settings import settings_text
from paritrana.build.site.sources import assemble
from paritrana.build.site.state import STATE, State, frame_of, lab_of, pages_of, sizes, state_of, sums_of, why
from paritrana.files import write_whole
from paritrana.parameters.page import Defaults, Params
from paritrana.plan import stamps
from paritrana.plan.book import ESTIMATES_FILE, PUBLICATION, RESULT_FILE, PageSpec
from paritrana.plan.edition import Edition
from paritrana.results.manifest import RESULTS, Digests, inputs, manifest_files
from paritrana.results.tidy import Result, result_files

CONFIG = "_config.yml"


@dataclass(frozen=True)
class Book:
    """A book as it is to be: which edition, with which parameters, table of contents and generated pages."""

    edition: Edition
    defaults: Defaults
    provinces: Sequence[Params]
    contents: Mapping[str, Any]
    specs: Sequence[PageSpec]


@dataclass(frozen=True)
class Site:
    """The site: its first page, what was done for it, and the lines of warnings and errors.

    `why`: what made it new in whole or in part; empty where it is as it was. `failure`: in one sentence why it could
    not be made; the site of before stays then, or there is none.
    """

    index: Path
    why: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    failure: str | None = None


def make_site(book: Book) -> Site:
    """Let Jupyter Book make the site of a book, as far as it is not there; results and manifest go with it.

    It takes the place of the old one when it is whole. Raises RuntimeError where Jupyter Book 2 is installed, or one
    that another build left works on.
    """
    jupyter_book.refuse_version_2()
    with locks.held(book.edition.workshop) as lock:
        return _made(book, lock)


def _made(book: Book, lock: int) -> Site:
    """Make the site, for the one who holds the lock on Sphinx's working folder."""
    place, workshop, site = book.edition.book, book.edition.workshop, book.edition.site
    results = _made_of(book, RESULT_FILE)
    settings = _put_together(book, results)
    read = inputs()
    now = State(frame_of(book.specs, place, settings), pages_of(book.specs, place), lab_of(), read)
    before = state_of(workshop)
    reasons = why(before, now, site)
    if not reasons:
        return Site(site / "index.html")
    (workshop / STATE).unlink(missing_ok=True)
    # Of an older frame Sphinx would leave old pages and sidebars in place (jupyter-book#1801).
    if before is None or before.frame != now.frame:
        shutil.rmtree(workshop / "_build", ignore_errors=True)
    ended = jupyter_book.run(place, workshop / CONFIG, workshop, pages_in(book.contents), lock)
    if ended.failure:
        stays = "the site of before stays" if site.exists() else "there is no site yet"
        failure = f"Jupyter Book {ended.failure}, so {stays}; see {jupyter_book.LOG}."
        return Site(site / "index.html", tuple(reasons), ended.warnings, failure)
    publish(workshop / "_build" / "html", site, partial(_finish, book, results, read))
    if not ended.warnings:  # else all is read again next time: Sphinx warns only of pages that it reads
        finished = replace(now, files=sizes(site), sums=sums_of(site))
        write_whole(workshop / STATE, json.dumps(asdict(finished), sort_keys=True))
    return Site(site / "index.html", tuple(reasons), ended.warnings)


def _put_together(book: Book, results: Sequence[Result]) -> list[Path]:
    """Put the sources of the edition together; returns what is in every page of it, beside the extension."""
    defaults, config = book.defaults, book.edition.workshop / CONFIG
    nation = bundled(defaults.year, defaults.rubric)
    parts = generated_parts(nation, book.provinces, results, defaults.language)
    contents = yaml.safe_dump(dict(book.contents), allow_unicode=True, sort_keys=False)
    facts = publication(defaults, book.provinces, book.specs, book.edition.book)
    assemble(book.edition.book, book.specs, {**parts, CONTENTS: contents, PUBLICATION: facts})
    write_whole(config, settings_text(paths.ROOT / CONFIG, defaults.language))
    return [book.edition.book / CONTENTS, book.edition.book / PUBLICATION, config]


def _finish(book: Book, results: Sequence[Result], read: Digests, site: Path) -> None:
    """Take out of a site what does not belong there, and put the results, and the manifest of all that is there, in."""
    (site / ".buildinfo").unlink(missing_ok=True)  # a hash of this machine's paths: the site is the same elsewhere
    _remove_orphans(site)
    estimates = dict(zip(("estimates",), _made_of(book, ESTIMATES_FILE), strict=False))  # none where the page failed
    nationwide = {**estimates, "forecast": frozen_texts()}
    for name, text in chain(
        result_files(results, nationwide), manifest_files(site, book.defaults, book.provinces, read)
    ):
        write_whole(site / RESULTS / name, text)


def _made_of(book: Book, name: str) -> list[Result]:
    """What was made beside pages under a file name, as far as it is there, without stamps."""
    files = [book.edition.book / file for spec in book.specs for file in spec.files if Path(file).name == name]
    made = [json.loads(file.read_text(encoding="utf-8")) for file in files if file.exists()]
    return [{key: value for key, value in content.items() if key != stamps.NAME} for content in made]


def _remove_orphans(site: Path) -> None:
    """Pictures of pages as they were before: Sphinx names a picture by its content and leaves the old one lying."""
    said = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    for picture in (site / "_images").glob("*"):
        if picture.name not in said:
            picture.unlink()
