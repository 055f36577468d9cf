"""Making the site: Jupyter Book 1 turns the pages in `book/` into `_build/html`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

import yaml

from paritrana import paths
from paritrana.build import locks
from paritrana.build.site import edition, jupyter_book
from paritrana.build.site.contents import pages_in, table_of_contents
from paritrana.build.site.publishing import publish
from paritrana.build.site.state import STATE, State, frame_of, lab_of, pages_of, sizes, state_of, why
from paritrana.files import write_whole
from paritrana.parameters.page import Defaults, Params
from paritrana.plan import stamps
from paritrana.plan.book import RESULT_FILE, PageSpec
from paritrana.presentation.language import SOURCE_LANGUAGE
from paritrana.results.manifest import RESULTS, Digests, inputs, manifest_files
from paritrana.results.tidy import result_files


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


def make_site(defaults: Defaults, provinces: Sequence[Params], specs: Sequence[PageSpec]) -> Site:
    """Let Jupyter Book make the site of these pages, as far as it is not there; results and manifest go with it.

    The Indonesian site is `_build/html`, another edition `_build/html-LANGUAGE`. It takes the place of the old one
    when it is whole. Raises RuntimeError where Jupyter Book 2 is installed, or one that another build left works on.
    """
    jupyter_book.refuse_version_2()
    workshop = paths.BUILD / f"sphinx-{defaults.language}"
    with locks.held(workshop) as lock:
        return _made(defaults, provinces, specs, workshop, lock)


def _made(
    defaults: Defaults, provinces: Sequence[Params], specs: Sequence[PageSpec], workshop: Path, lock: int
) -> Site:
    """Make the site, for the one who holds the lock on Sphinx's working folder."""
    language, site = defaults.language, site_of(defaults.language)
    contents = table_of_contents(provinces, language)
    toc, config = workshop / "_toc.yml", workshop / "_config.yml"
    write_whole(toc, yaml.safe_dump(contents, allow_unicode=True, sort_keys=False))
    write_whole(config, edition.settings_text(paths.ROOT / "_config.yml", language))
    read = inputs()
    before, state = state_of(workshop), State(frame_of(specs, [toc, config]), pages_of(specs), lab_of(), read)
    reasons = why(before, state, site)
    if not reasons:
        return Site(site / "index.html")
    (workshop / STATE).unlink(missing_ok=True)
    # Of an older frame Sphinx would leave old pages and sidebars in place (jupyter-book#1801).
    if before is None or before.frame != state.frame:
        shutil.rmtree(workshop / "_build", ignore_errors=True)
    ended = jupyter_book.run(toc, config, workshop, pages_in(contents), lock)
    if ended.failure:
        stays = "the site of before stays" if site.exists() else "there is no site yet"
        failure = f"Jupyter Book {ended.failure}, so {stays}; see {jupyter_book.LOG}."
        return Site(site / "index.html", tuple(reasons), ended.warnings, failure)
    publish(workshop / "_build" / "html", site, partial(_finish, defaults, provinces, specs, read))
    if not ended.warnings:  # else all is read again next time: Sphinx warns only of pages that it reads
        write_whole(workshop / STATE, json.dumps(asdict(replace(state, files=sizes(site))), sort_keys=True))
    return Site(site / "index.html", tuple(reasons), ended.warnings)


def _finish(
    defaults: Defaults, provinces: Sequence[Params], specs: Sequence[PageSpec], read: Digests, site: Path
) -> None:
    """Take out of a site what does not belong there, and put the results, and the manifest of all that is there, in."""
    (site / ".buildinfo").unlink(missing_ok=True)  # a hash of this machine's paths: the site is the same elsewhere
    _remove_orphans(site)
    files = [paths.BOOK / file for spec in specs for file in spec.files if file.endswith(RESULT_FILE)]
    results = [json.loads(file.read_text(encoding="utf-8")) for file in files if file.exists()]
    found = [{name: value for name, value in result.items() if name != stamps.NAME} for result in results]
    for name, text in chain(result_files(found), manifest_files(site, defaults, provinces, read)):
        write_whole(site / RESULTS / name, text)


def site_of(language: str) -> Path:
    """Where the edition of a language is published."""
    return paths.BUILD / ("html" if language == SOURCE_LANGUAGE else f"html-{language}")


def _remove_orphans(site: Path) -> None:
    """Pictures of pages as they were before: Sphinx names a picture by its content and leaves the old one lying."""
    said = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    for picture in (site / "_images").glob("*"):
        if picture.name not in said:
            picture.unlink()
