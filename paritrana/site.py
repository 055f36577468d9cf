"""Making the site: Jupyter Book 1 turns the pages in `book/` into `_build/html`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from paritrana import edition, paths, stamps
from paritrana.files import write_whole
from paritrana.i18n import SOURCE_LANGUAGE, Text
from paritrana.inputs import changed, digest
from paritrana.nation import Nation
from paritrana.pages import fragments
from paritrana.pages.titles import page_title
from paritrana.params import Defaults, Params
from paritrana.plan import PROVINCE_NOTEBOOKS, RESULTS, PageSpec, chapter
from paritrana.results import manifest
from paritrana.results.files import result_files
from paritrana.results.manifest import inputs, manifest_files

LOG = paths.BUILD / "logs" / "jupyter-book.log"
BEFORE_PROVINCES = "Nasional"  # the part of _toc.yml after which the provinces come
SPHINX_SECONDS = 1800
STATE = "state.json"


def table_of_contents(provinces: Sequence[Params], language: str) -> dict[str, Any]:
    """`book/_toc.yml` with one chapter per province put in its place, captions in the language of the book.

    The captions are translated here because the table of contents is read after Sphinx has translated the pages.
    """
    say = Text(language)
    captions = {
        "Penghargaan": say("Penghargaan"),
        "Nasional": say("Nasional"),
        "Metode": say("Metode"),
        "Rujukan": say("Rujukan"),
    }
    contents: dict[str, Any] = yaml.safe_load((paths.BOOK / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [
        {
            "file": f"{chapter(params)}/index",
            "sections": [{"file": f"{chapter(params)}/{name}"} for name in PROVINCE_NOTEBOOKS],
        }
        for params in provinces
    ]
    place = [part["caption"] for part in contents["parts"]].index(BEFORE_PROVINCES) + 1
    parts = [{**part, "caption": captions[part["caption"]]} for part in contents["parts"]]
    contents["parts"] = [*parts[:place], {"caption": say("Provinsi"), "chapters": chapters}, *parts[place:]]
    return contents


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
    state, before = State(_frame(specs, [toc, config]), _of_pages(specs), inputs()), _state_before(workshop)
    why = _why(before, state, site)
    if not why:
        return Site(site / "index.html", (), ())
    # Of an older frame Sphinx would leave old pages and sidebars in place (jupyter-book#1801).
    if before is None or before.frame != state.frame:
        shutil.rmtree(workshop / "_build", ignore_errors=True)
    (workshop / STATE).unlink(missing_ok=True)
    warnings = _jupyter_book(toc, config, workshop)
    _publish(workshop / "_build" / "html", site, partial(_add_results, defaults, provinces, specs))
    if not warnings:  # else all is read again next time: Sphinx warns only of pages that it reads
        write_whole(workshop / STATE, json.dumps(asdict(replace(state, files=_sizes(site))), sort_keys=True))
    return Site(site / "index.html", tuple(why), tuple(warnings))


def _add_results(defaults: Defaults, provinces: Sequence[Params], specs: Sequence[PageSpec], site: Path) -> None:
    """Put the results, and then the manifest of all that is there, into a finished site."""
    files = [paths.BOOK / file for spec in specs for file in spec.files if file.endswith(RESULTS)]
    results = [json.loads(file.read_text(encoding="utf-8")) for file in files if file.exists()]
    found = [{name: value for name, value in result.items() if name != stamps.NAME} for result in results]
    for name, text in chain(result_files(found), manifest_files(site, defaults, provinces)):
        write_whole(site / manifest.RESULTS / name, text)


def write_fragments(nation: Nation, provinces: Sequence[Params], language: str) -> None:
    """The generated parts of hand-written pages: the headline of the start page, the list of sources.

    Chapters of earlier builds that are not in this book go: Sphinx's time grows with every file it finds.
    """
    say = Text(language)
    write_whole(paths.GENERATED / "_headline.md", fragments.headline(say, nation, len(provinces)))
    write_whole(paths.GENERATED / "_sources.md", fragments.sources(say, nation.tables))
    wanted = {params.slug for params in provinces}
    for folder in paths.GENERATED.iterdir():
        if folder.is_dir() and folder.name not in wanted:
            shutil.rmtree(folder)


def site_of(language: str) -> Path:
    """Where the edition of a language is published."""
    return paths.BUILD / ("html" if language == SOURCE_LANGUAGE else f"html-{language}")


@dataclass(frozen=True)
class State:
    """What a site was made from.

    `frame`: what every page of the site depends on, digests by what they are called; `pages`: the digests of the
    generated files; `inputs`: those of everything in the manifest; `files`: the size in bytes of every file.
    """

    frame: Mapping[str, str]
    pages: Mapping[str, str]
    inputs: Mapping[str, str]
    files: Mapping[str, int] = field(default_factory=dict)


def _state_before(workshop: Path) -> State | None:
    """What Sphinx's working folder was made from; None where it is not known, as after an interruption."""
    try:
        return State(**json.loads((workshop / STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _why(before: State | None, now: State, site: Path) -> list[str]:
    """What makes the site, or a part of it, new."""
    if before is None:
        return ["there is no finished site yet"]
    if before.files != _sizes(site):
        return ["the site is not as it was made"]
    frame, pages = changed(before.frame, now.frame), changed(before.pages, now.pages)
    what = frame or ([f"{len(pages)} pages"] if len(pages) > 1 else pages)
    return what or (["the manifest"] if before.inputs != now.inputs else [])


def _frame(specs: Sequence[PageSpec], settings: Sequence[Path]) -> dict[str, str]:
    """What every page of the site depends on: a change of one of these makes the whole site anew."""
    titles = {spec.path: page_title(spec.notebook, dict(spec.parameters)) for spec in specs}
    missing = [spec.name for spec in specs if not (paths.BOOK / spec.path).exists()]
    generated = {paths.BOOK / spec.path for spec in specs} | {paths.BOOK / f"{spec.name}.md" for spec in specs}
    written = [path for path in paths.BOOK.rglob("*") if path.is_file() and path.suffix != ".mo"]
    own = [path for path in written if path not in generated and paths.GENERATED not in path.parents]
    extension = [path for path in (paths.LIBRARY / "sphinx_ext").rglob("*") if path.suffix != ".pyc" and path.is_file()]
    return {
        "table of contents and settings": _of_files(settings),
        "titles of pages": digest(json.dumps([titles, missing], sort_keys=True)),
        "hand-written pages": _of_files(own),
        "Sphinx extension": _of_files(extension),
        "lock": _of_files([paths.ROOT / "requirements.txt"]),
    }


def _of_files(files: Iterable[Path]) -> str:
    """One digest of some files and their places in the project."""
    return digest("\n".join(f"{path.relative_to(paths.ROOT)} {digest(path.read_bytes())}" for path in sorted(files)))


def _of_pages(specs: Sequence[PageSpec]) -> dict[str, str]:
    """The digest of every generated file that Sphinx reads."""
    pages = [paths.BOOK / spec.path for spec in specs]
    files = [page if page.exists() else page.with_suffix(".md") for page in pages] + sorted(
        paths.GENERATED.glob("_*.md")
    )
    return {path.relative_to(paths.BOOK).as_posix(): digest(path.read_bytes()) for path in files}


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


def _publish(made: Path, site: Path, finish: Callable[[Path], None]) -> None:
    """Put a copy of what Sphinx made where the old site is; without a first page the old one stays.

    `finish` puts into it what Sphinx does not make.
    """
    if not (made / "index.html").exists():
        return
    fresh, old = site.with_name(f".{site.name}.new"), site.with_name(f".{site.name}.old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(made, fresh)
    (fresh / ".buildinfo").unlink(missing_ok=True)  # a hash of this machine's paths: the site is the same elsewhere
    _remove_orphans(fresh)
    finish(fresh)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _remove_orphans(site: Path) -> None:
    """Pictures of pages as they were before: Sphinx names a picture by its content and leaves the old one lying."""
    said = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    for picture in (site / "_images").glob("*"):
        if picture.name not in said:
            picture.unlink()


def _sizes(site: Path) -> dict[str, int]:
    """The size in bytes of every file of the site."""
    return {
        path.relative_to(site).as_posix(): path.stat().st_size for path in sorted(site.rglob("*")) if path.is_file()
    }


def _refuse_jupyter_book_2() -> None:
    """Version 2 would rename `_config.yml` and drop half of it: stop before it can."""
    found = version("jupyter-book")
    if found.split(".")[0] != "1":
        raise RuntimeError(
            f"Jupyter Book 1 is needed, {found} is installed: run `make book`, which installs the locked versions"
        )
