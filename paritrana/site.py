"""Making the site: Jupyter Book 1 turns the pages in `book/` into `_build/html`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import yaml

from paritrana import edition, paths, stamps
from paritrana.contents import table_of_contents
from paritrana.files import write_whole
from paritrana.i18n import SOURCE_LANGUAGE
from paritrana.params import Defaults, Params
from paritrana.plan import RESULT_FILE, PageSpec
from paritrana.publishing import publish
from paritrana.results.files import result_files
from paritrana.results.manifest import RESULTS, Digests, inputs, manifest_files
from paritrana.site_state import STATE, State, frame_of, pages_of, sizes, state_of, why

LOG = paths.BUILD / "logs" / "jupyter-book.log"
SPHINX_SECONDS = 1800


@dataclass(frozen=True)
class Site:
    """The finished site: its first page, what was done for it, and the lines of warnings and errors.

    `why`: what made it new in whole or in part; empty where it is as it was.
    """

    index: Path
    why: tuple[str, ...]
    warnings: tuple[str, ...]


def make_site(defaults: Defaults, provinces: Sequence[Params], specs: Sequence[PageSpec]) -> Site:
    """Let Jupyter Book make the site of these pages, as far as it is not there; results and manifest go with it.

    The Indonesian site is `_build/html`, another edition `_build/html-LANGUAGE`. It takes the place of the old one
    when it is whole. Raises RuntimeError where Jupyter Book 2 is installed.
    """
    _refuse_jupyter_book_2()
    language = defaults.language
    workshop, site = paths.BUILD / f"sphinx-{language}", site_of(language)
    toc, config = workshop / "_toc.yml", workshop / "_config.yml"
    write_whole(toc, yaml.safe_dump(table_of_contents(provinces, language), allow_unicode=True, sort_keys=False))
    write_whole(config, edition.settings_text(paths.ROOT / "_config.yml", language))
    read = inputs()
    before, state = state_of(workshop), State(frame_of(specs, [toc, config]), pages_of(specs), read)
    reasons = why(before, state, site)
    if not reasons:
        return Site(site / "index.html", (), ())
    # Of an older frame Sphinx would leave old pages and sidebars in place (jupyter-book#1801).
    if before is None or before.frame != state.frame:
        shutil.rmtree(workshop / "_build", ignore_errors=True)
    (workshop / STATE).unlink(missing_ok=True)
    warnings = _jupyter_book(toc, config, workshop)
    if (workshop / "_build" / "html" / "index.html").exists():
        publish(workshop / "_build" / "html", site, partial(_finish, defaults, provinces, specs, read))
    if not warnings:  # else all is read again next time: Sphinx warns only of pages that it reads
        write_whole(workshop / STATE, json.dumps(asdict(replace(state, files=sizes(site))), sort_keys=True))
    return Site(site / "index.html", tuple(reasons), tuple(warnings))


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


def _jupyter_book(toc: Path, config: Path, output: Path) -> list[str]:
    """Run Jupyter Book over `book/`; returns the lines of warnings and errors."""
    words: list[str | Path] = ["build", paths.BOOK, "--config", config, "--toc", toc, "--path-output", output]
    command = [Path(sys.executable).with_name("jupyter-book"), *words, "-W", "--keep-going", "--quiet"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SPHINX_SECONDS, check=False)
    said = done.stdout + done.stderr
    write_whole(LOG, said)
    marked = [line for line in said.splitlines() if "WARNING" in line or "ERROR" in line]
    if done.returncode and not marked:
        marked = [f"Jupyter Book stopped with exit code {done.returncode}; see {LOG}"]
    return marked


def _remove_orphans(site: Path) -> None:
    """Pictures of pages as they were before: Sphinx names a picture by its content and leaves the old one lying."""
    said = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    for picture in (site / "_images").glob("*"):
        if picture.name not in said:
            picture.unlink()


def _refuse_jupyter_book_2() -> None:
    """Version 2 would rename `_config.yml` and drop half of it: stop before it can."""
    found = version("jupyter-book")
    if found.split(".")[0] != "1":
        raise RuntimeError(
            f"Jupyter Book 1 is needed, {found} is installed: run `make book`, which installs the locked versions"
        )
