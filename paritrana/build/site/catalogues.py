"""Collecting the texts for translation: `python -m paritrana.build.site.catalogues`, or `make texts`.

Two catalogues hold them. `paritrana/presentation/locale/en/LC_MESSAGES/paritrana.po` has the computed sentences
(gettext, found by Babel in the code). `book/locale/en/LC_MESSAGES/book.po` has the fixed ones: the hand-written pages
and the Markdown cells of the notebooks (found by Sphinx). The source language of both is Indonesian.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from paritrana import paths
from paritrana.pages.fragments import as_json
from paritrana.plan.book import (
    AWARDS_NOTEBOOKS,
    CALIBRATION_NOTEBOOK,
    CHAPTERS,
    ENGINE_NOTEBOOK,
    NATIONAL_NOTEBOOK,
    PROVINCE_NOTEBOOKS,
    ZONES_NOTEBOOK,
)

TRANSLATED = "en"
BIN = Path(sys.executable).parent
# Lines of a catalogue's header that hold a clock or the place of an address.
CLOCK = tuple(
    f'"{name}'
    for name in ("POT-Creation", "PO-Revision", "Last-Translator", "Language-Team", "Report-Msgid", "Generated-By")
)
# What the code calls to say a sentence: a Text at hand is named `say`; inside Text it is `self`.
KEYWORDS = ["--no-default-keywords", "--keyword=say", "--keyword=self"]


def collect() -> None:
    """Update both catalogues; translations at hand stay."""
    with tempfile.TemporaryDirectory() as folder:
        _computed(Path(folder))
        _fixed(Path(folder))


def _computed(folder: Path) -> None:
    """The sentences of the code."""
    template = folder / "paritrana.pot"
    _run("pybabel", "extract", *KEYWORDS, "--no-location", "--sort-output", "-o", template, paths.LIBRARY)
    target = paths.LOCALE / TRANSLATED / "LC_MESSAGES" / "paritrana.po"
    begun = "update" if target.exists() else "init"
    quiet = ["--no-fuzzy-matching", "--ignore-pot-creation-date"] if begun == "update" else []
    _run("pybabel", begun, *quiet, "-i", template, "-d", paths.LOCALE, "-D", "paritrana", "-l", TRANSLATED)
    _without_clock(target)


def _fixed(folder: Path) -> None:
    """The pages and the Markdown cells: the notebooks stand in for their 38 pages each."""
    book = folder / "book"
    shutil.copytree(paths.BOOK, book)
    chapter = book / CHAPTERS / "template"
    chapter.mkdir(parents=True)
    for name in _generated_parts():
        (chapter.parent / f"_{name}.json").write_text(as_json([]), encoding="utf-8")
    for name in (NATIONAL_NOTEBOOK, ZONES_NOTEBOOK, ENGINE_NOTEBOOK, CALIBRATION_NOTEBOOK, *AWARDS_NOTEBOOKS):
        shutil.copy(paths.NOTEBOOKS / f"{name}.ipynb", book)
    for name in PROVINCE_NOTEBOOKS:
        shutil.copy(paths.NOTEBOOKS / f"{name}.ipynb", chapter)
    contents = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [{"file": f"{CHAPTERS}/template/{name}"} for name in PROVINCE_NOTEBOOKS]
    contents["parts"].append({"caption": "Provinsi", "chapters": chapters})
    (book / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), encoding="utf-8")
    _run("jupyter-book", "build", book, "--config", paths.ROOT / "_config.yml", "--path-output", folder,
         "--builder", "custom", "--custom-builder", "gettext", "--quiet")  # fmt: skip
    found = folder / "_build" / "gettext"
    (found / "sphinx.pot").unlink(missing_ok=True)  # the theme's own strings
    _run("sphinx-intl", "update", "-p", found, "-d", paths.BOOK / "locale", "-l", TRANSLATED)
    _without_clock(paths.BOOK / "locale" / TRANSLATED / "LC_MESSAGES" / "book.po")


def _generated_parts() -> set[str]:
    """The names of the generated parts that hand-written pages show; their texts are among the computed sentences."""
    pages = (path.read_text(encoding="utf-8") for path in paths.BOOK.glob("*.md"))
    return {name for page in pages for name in re.findall(r"^```\{generated\} (\w+)$", page, re.MULTILINE)}


def _without_clock(catalogue: Path) -> None:
    """Take clock and addresses out of a catalogue's header: the same texts give the same file."""
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    catalogue.write_text("".join(line for line in lines if not line.startswith(CLOCK)), encoding="utf-8")


def _run(tool: str, *words: str | Path) -> None:
    """Run a tool of this environment; raises CalledProcessError where it fails."""
    subprocess.run([str(BIN / tool), *map(str, words)], check=True)


if __name__ == "__main__":
    collect()
