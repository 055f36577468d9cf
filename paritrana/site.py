"""Making the site: Jupyter Book 1 turns the pages in `book/` into `_build/html`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from paritrana import paths
from paritrana.build import write_whole
from paritrana.i18n import SOURCE_LANGUAGE, Text
from paritrana.params import Params
from paritrana.plan import PROVINCE_NOTEBOOKS, chapter
from paritrana.sphinx_ext import edition

LOG = paths.BUILD / "logs" / "jupyter-book.log"
BEFORE_PROVINCES = "Nasional"  # the part of _toc.yml after which the provinces come
SPHINX_SECONDS = 1800


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


def make_site(provinces: Sequence[Params], language: str) -> tuple[Path, list[str]]:
    """Let Jupyter Book make the site: (its first page, the lines of warnings and errors).

    The Indonesian site is `_build/html`, another edition `_build/html-LANGUAGE`. It takes the place of the old one
    when it is whole. Raises RuntimeError where Jupyter Book 2 is installed.
    """
    _refuse_jupyter_book_2()
    toc, config = paths.BUILD / "_toc.yml", paths.BUILD / "_config.yml"
    write_whole(toc, yaml.safe_dump(table_of_contents(provinces, language), allow_unicode=True, sort_keys=False))
    edition.write_settings(paths.ROOT / "_config.yml", language, config)
    output = paths.BUILD / "fresh"
    shutil.rmtree(output, ignore_errors=True)
    words: list[str | Path] = ["build", paths.BOOK, "--config", config, "--toc", toc, "--path-output", output]
    # In an empty folder: a new table of contents leaves old sidebars behind (jupyter-book#1801), and old pages.
    command = [Path(sys.executable).with_name("jupyter-book"), *words, "-W", "--keep-going", "--quiet"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SPHINX_SECONDS, check=False)
    said = done.stdout + done.stderr
    write_whole(LOG, said)
    marked = [line for line in said.splitlines() if "WARNING" in line or "ERROR" in line]
    if done.returncode and not marked:
        marked = [f"Jupyter Book stopped with exit code {done.returncode}; see {LOG}"]
    return _take_place(output / "_build" / "html", language) / "index.html", marked


def _take_place(fresh: Path, language: str) -> Path:
    """Put a finished site where the old one was; without one the old stays."""
    site = paths.BUILD / ("html" if language == SOURCE_LANGUAGE else f"html-{language}")
    (fresh / ".buildinfo").unlink(missing_ok=True)  # a hash of this machine's paths: the site is the same elsewhere
    if (fresh / "index.html").exists():
        shutil.rmtree(site, ignore_errors=True)
        fresh.rename(site)
    return site


def _refuse_jupyter_book_2() -> None:
    """Version 2 would rename `_config.yml` and drop half of it: stop before it can."""
    found = version("jupyter-book")
    if found.split(".")[0] != "1":
        raise RuntimeError(
            f"Jupyter Book 1 is needed, {found} is installed: run `make book`, which installs the locked versions"
        )
