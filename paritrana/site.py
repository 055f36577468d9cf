"""Making the site: Jupyter Book 1 turns the pages in `book/` into `_build/html`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from paritrana import paths
from paritrana.build import write_whole
from paritrana.i18n import SOURCE_LANGUAGE
from paritrana.params import Params
from paritrana.plan import PROVINCE_NOTEBOOKS, chapter
from paritrana.sphinx_ext import edition

LOG = paths.BUILD / "logs" / "jupyter-book.log"
PROVINCE_PART = "Provinsi"
BEFORE_PROVINCES = "Nasional"  # the part of _toc.yml after which the provinces come
SPHINX_SECONDS = 1800


def table_of_contents(provinces: Sequence[Params]) -> dict[str, Any]:
    """`book/_toc.yml` with one chapter per province put in its place."""
    contents: dict[str, Any] = yaml.safe_load((paths.BOOK / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [
        {
            "file": f"{chapter(params)}/index",
            "sections": [{"file": f"{chapter(params)}/{name}"} for name in PROVINCE_NOTEBOOKS],
        }
        for params in provinces
    ]
    captions = [part["caption"] for part in contents["parts"]]
    contents["parts"].insert(captions.index(BEFORE_PROVINCES) + 1, {"caption": PROVINCE_PART, "chapters": chapters})
    return contents


def make_site(provinces: Sequence[Params], language: str) -> tuple[Path, list[str]]:
    """Let Jupyter Book make the site: (its first page, the lines of warnings and errors).

    The Indonesian site is `_build/html`, another edition `_build/LANGUAGE/_build/html`. Raises RuntimeError where
    Jupyter Book 2 is installed.
    """
    _refuse_jupyter_book_2()
    toc, config = paths.BUILD / "_toc.yml", paths.BUILD / "_config.yml"
    write_whole(toc, yaml.safe_dump(table_of_contents(provinces), allow_unicode=True, sort_keys=False))
    edition.write_settings(paths.ROOT / "_config.yml", language, config)
    output = paths.ROOT if language == SOURCE_LANGUAGE else paths.BUILD / language
    words: list[str | Path] = ["build", paths.BOOK, "--config", config, "--toc", toc, "--path-output", output]
    # --all: a new table of contents leaves old sidebars behind (jupyter-book#1801).
    command = [Path(sys.executable).with_name("jupyter-book"), *words, "-W", "--keep-going", "--all", "--quiet"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SPHINX_SECONDS, check=False)
    said = done.stdout + done.stderr
    write_whole(LOG, said)
    marked = [line for line in said.splitlines() if "WARNING" in line or "ERROR" in line]
    if done.returncode and not marked:
        marked = [f"Jupyter Book stopped with exit code {done.returncode}; see {LOG}"]
    return output / "_build" / "html" / "index.html", marked


def _refuse_jupyter_book_2() -> None:
    """Version 2 would rename `_config.yml` and drop half of it: stop before it can."""
    found = version("jupyter-book")
    if found.split(".")[0] != "1":
        raise RuntimeError(
            f"Jupyter Book 1 is needed, {found} is installed: run `make book`, which installs the locked versions"
        )
