"""The small book of two provinces in both languages, built by the command line; once for all tests that read it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.panel.secrets import keep
from tests.project import copy, paritrana


@dataclass(frozen=True)
class Book:
    """The built small book and what the command said."""

    folder: Path
    said: str

    @property
    def site(self) -> Path:
        return self.folder / "_build" / "html"

    def url(self, page: str) -> str:
        return f"{(self.site / page).as_uri()}.html"


def another(book: Book, folder: Path) -> Path:
    """A copy of the built book that a test may change: its pages and its site are as a build there would find them."""
    return shutil.copytree(book.folder, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)


def build(folder: Path) -> Book:
    """Build the small book in a folder, in which a panel keeps what nobody else may see (`tests.panel.secrets`)."""
    keep(copy(folder))
    done = paritrana(folder, "build", "--province", "13", "--province", "95")
    assert done.returncode == 0, done.stdout + done.stderr
    return Book(folder, done.stderr)
