"""What tells one edition of the book from another, and where each is made: side by side, none over the other.

An edition is named by all that decides what its pages say, besides the data: its language, year and rubric, and a
digest of the other national parameters, such as `id-2024-hypothesis-a-5f0a3c`. Which provinces are in the book does
not count: a build of other ones brings the same edition up to date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from paritrana import paths
from paritrana.digests import digest
from paritrana.parameters.page import Defaults

NAMED = ("language", "year", "rubric")  # parameters that stand in the name as they are
DIGITS = 6  # of the digest of the others
SITE = "html"


@dataclass(frozen=True)
class Edition:
    """An edition: its name, and the folder that it is published in."""

    name: str
    site: Path

    @property
    def folder(self) -> Path:
        """Where all that is made for the edition lies, but for its site."""
        return paths.BUILD / self.name

    @property
    def book(self) -> Path:
        """Its sources for Jupyter Book: the generated pages, and a copy of the hand-written ones."""
        return self.folder / "book"

    @property
    def workshop(self) -> Path:
        """Sphinx's working folder."""
        return self.folder / "sphinx"

    @property
    def failed(self) -> Path:
        """Where the traceback of a failed page lies, and its notebook as far as it came."""
        return self.folder / "failed"


def edition_of(defaults: Defaults, usual: Defaults) -> Edition:
    """The edition of these national parameters; `usual` are those of `params/national.yml`."""
    others = defaults.model_dump(exclude=set(NAMED))
    name = "-".join([_told(defaults), digest(json.dumps(others, sort_keys=True))[:DIGITS]])
    return Edition(name, paths.BUILD / _site(defaults, usual))


def _told(defaults: Defaults) -> str:
    return "-".join(str(getattr(defaults, name)) for name in NAMED)


def _site(defaults: Defaults, usual: Defaults) -> str:
    """The folder of the site: the usual one, one of a language, or one of a language, a year and a rubric."""
    if (defaults.year, defaults.rubric) != (usual.year, usual.rubric):
        return f"{SITE}-{_told(defaults)}"
    return SITE if defaults.language == usual.language else f"{SITE}-{defaults.language}"
