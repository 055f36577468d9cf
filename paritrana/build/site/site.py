"""Making the site: Jupyter Book 1 turns the pages of its editions into one site, such as `_build/html`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
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
from paritrana.build.site.publication import data_until, publication
from paritrana.build.site.publishing import publish
from paritrana.build.site.settings import settings_text
from paritrana.build.site.sitemap import SITEMAP, sitemap
from paritrana.build.site.sources import assemble
from paritrana.build.site.state import STATE, State, frame_of, lab_of, pages_of, sizes, state_of, sums_of, why
from paritrana.files import write_whole
from paritrana.parameters.page import Defaults, Params
from paritrana.plan import stamps
from paritrana.plan.book import ESTIMATES_FILE, PUBLICATION, RESULT_FILE, PageSpec
from paritrana.plan.edition import Edition
from paritrana.record.tables import bundled_tables
from paritrana.results.crate import crate_files
from paritrana.results.manifest import RESULTS, Digests, inputs, manifest_files
from paritrana.results.tidy import Result, result_files

CONFIG = "_config.yml"
AS_IT_IS = ".nojekyll"  # GitHub Pages would leave out every folder whose name begins with an underscore


@dataclass(frozen=True)
class Book:
    """A book as it is to be: which edition, with which parameters, table of contents, settings and generated pages."""

    edition: Edition
    defaults: Defaults
    provinces: Sequence[Params]
    contents: Mapping[str, Any]
    settings: Mapping[str, Any]
    specs: Sequence[PageSpec]

    @property
    def pages(self) -> list[str]:
        """What the book calls its pages, without suffix."""
        return list(pages_in(self.contents))


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


@dataclass(frozen=True)
class Draft:
    """An edition of the site in the making: its task for Jupyter Book, what it is made from, and why it is made."""

    book: Book
    task: jupyter_book.Task
    now: State
    why: tuple[str, ...]


def make_site(site: Path, books: Sequence[Book]) -> Site:
    """Let Jupyter Book make a site of these books, as far as it is not there; results and manifest go with it.

    It takes the place of the old one when it is whole. Raises RuntimeError where Jupyter Book 2 is installed, or one
    that another build left works on.
    """
    jupyter_book.refuse_version_2()
    read = inputs()
    with ExitStack() as stack:
        held = [stack.enter_context(locks.held(book.edition.workshop)) for book in books]
        results = _made_of(books, RESULT_FILE)
        drafts = [_draft(site, book, results, lock, read) for book, lock in zip(books, held, strict=True)]
        return _made(site, drafts, results, read)


def _draft(site: Path, book: Book, results: Sequence[Result], lock: int, read: Digests) -> Draft:
    """What an edition is made from now, for the one who holds the lock on Sphinx's working folder."""
    place, workshop = book.edition.book, book.edition.workshop
    settings = _put_together(book, results)
    now = State(frame_of(book.specs, place, settings), pages_of(book.specs, place), lab_of(), read)
    before = state_of(workshop) if jupyter_book.made_in(workshop).is_dir() else None
    reasons = why(before, now, site)
    if reasons:
        (workshop / STATE).unlink(missing_ok=True)
    # Of an older frame Sphinx would leave old pages and sidebars in place (jupyter-book#1801).
    if reasons and (before is None or before.frame != now.frame):
        shutil.rmtree(workshop / "_build", ignore_errors=True)
    log = paths.BUILD / "logs" / f"jupyter-book-{book.defaults.language}.log"
    told = f"{book.edition.place}: " if book.edition.place else ""
    task = jupyter_book.Task(place, workshop / CONFIG, workshop, book.pages, lock, log)
    return Draft(book, task, now, tuple(f"{told}{reason}" for reason in reasons))


def _made(site: Path, drafts: Sequence[Draft], results: Sequence[Result], read: Digests) -> Site:
    """Make the editions that something is new of, and the site of all."""
    new = [draft for draft in drafts if draft.why]
    reasons = tuple(reason for draft in new for reason in draft.why)
    if not new:
        return Site(site / "index.html")
    ended = dict(zip((draft.book.edition for draft in new), jupyter_book.run([each.task for each in new]), strict=True))
    warnings = tuple(line for each in ended.values() for line in each.warnings)
    failures = [(draft, failure) for draft in new if (failure := ended[draft.book.edition].failure)]
    if failures:
        stays = "the site of before stays" if site.exists() else "there is no site yet"
        told = [f"Jupyter Book {failure}, so {stays}; see {draft.task.log}." for draft, failure in failures]
        return Site(site / "index.html", reasons, warnings, " ".join(told))
    made = {draft.book.edition.place: draft.task.site for draft in drafts}
    publish(made, site, partial(_finish, [draft.book for draft in drafts], results, read))
    # Of one with warnings all is read again next time: Sphinx warns only of pages that it reads.
    sound = [draft for draft in drafts if draft not in new or not ended[draft.book.edition].warnings]
    _remember(site, sound)
    return Site(site / "index.html", reasons, warnings)


def _remember(site: Path, drafts: Iterable[Draft]) -> None:
    """Keep beside each edition what it and the site were made from."""
    files, sums = sizes(site), sums_of(site)
    for draft in drafts:
        finished = replace(draft.now, files=files, sums=sums)
        write_whole(draft.task.workshop / STATE, json.dumps(asdict(finished), sort_keys=True))


def _put_together(book: Book, results: Sequence[Result]) -> list[Path]:
    """Put the sources of the edition together; returns what is in every page of it, beside the extension."""
    defaults, config = book.defaults, book.edition.workshop / CONFIG
    nation = bundled(defaults.year, defaults.rubric)
    parts = generated_parts(nation, book.provinces, results, defaults.language)
    contents = yaml.safe_dump(dict(book.contents), allow_unicode=True, sort_keys=False)
    facts = publication(defaults, book.provinces, book.specs, book.edition)
    assemble(book.edition.book, book.specs, {**parts, CONTENTS: contents, PUBLICATION: facts})
    write_whole(config, settings_text(book.settings))
    return [book.edition.book / CONTENTS, book.edition.book / PUBLICATION, config]


def _finish(books: Sequence[Book], results: Sequence[Result], read: Digests, site: Path) -> None:
    """Take out of a site what does not belong there, and put the results, and the manifest of all that is there, in."""
    for book in books:
        folder = site / book.edition.place
        (folder / ".buildinfo").unlink(missing_ok=True)  # a hash of this machine's paths: it is the same elsewhere
        _remove_orphans(folder, book.pages)
    write_whole(site / AS_IT_IS, "")
    if address := books[0].settings["html"].get("baseurl"):
        pages = [book.edition.called(page) for book in books for page in book.pages]
        write_whole(site / SITEMAP, sitemap(address, pages))
    estimates = dict(zip(("estimates",), _made_of(books, ESTIMATES_FILE), strict=False))  # none where the page failed
    nationwide = {**estimates, "forecast": frozen_texts()}
    spoken = [book.defaults.language for book in books]
    first = books[0]
    about = (str(first.settings["title"]), first.defaults.year, data_until(bundled_tables()))
    for name, text in chain(
        result_files(results, nationwide),
        crate_files(site, *about, read),
        manifest_files(site, spoken, first.defaults, first.provinces, read),
    ):
        write_whole(site / RESULTS / name, text)


def _made_of(books: Sequence[Book], name: str) -> list[Result]:
    """What was made beside pages under a file name, without stamps, as far as it is there in one of the editions.

    The numbers of a page are the same in each language.
    """
    places = {
        file: [book.edition.book / file for book in books]
        for spec in books[0].specs
        for file in spec.files
        if Path(file).name == name
    }
    files = [there[0] for copies in places.values() if (there := [copy for copy in copies if copy.exists()])]
    made = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return [{key: value for key, value in content.items() if key != stamps.NAME} for content in made]


def _remove_orphans(folder: Path, pages: Iterable[str]) -> None:
    """Pictures of pages as they were before: Sphinx names a picture by its content and leaves the old one lying."""
    said = "".join((folder / f"{page}.html").read_text(encoding="utf-8") for page in pages)
    for picture in (folder / "_images").glob("*"):
        if picture.name not in said:
            picture.unlink()
