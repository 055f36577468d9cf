"""What tells one edition of the book from another, and where each is made: side by side, none over the other.

An edition is named by all that decides what its pages say, besides the data: its language, year and rubric, and a
digest of the other national parameters, such as `id-2024-hypothesis-a-5f0a3c`. Which provinces are in the book does
not count: a build of other ones brings the same edition up to date.

A site has an edition in each of its languages: that of the first at its root, each other in a folder of its code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paritrana import paths
from paritrana.digests import digest
from paritrana.parameters.page import Defaults, Given, languages, national

NAMED = ("language", "year", "rubric")  # parameters that stand in the name as they are
DIGITS = 6  # of the digest of the others
SITE = "html"


@dataclass(frozen=True)
class Edition:
    """An edition: its name, and the folder of its site that it lies in, which is empty for the site's root."""

    name: str
    place: str = ""

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

    def called(self, page: str) -> str:
        """How a page of the edition is spoken of: by its place in the site, such as `en/national`."""
        return f"{self.place}/{page}" if self.place else page


def edition_of(defaults: Defaults, spoken: Sequence[str]) -> Edition:
    """The edition of these national parameters in a site of these languages."""
    others = defaults.model_dump(exclude=set(NAMED))
    told = [str(getattr(defaults, name)) for name in NAMED]
    name = "-".join([*told, digest(json.dumps(others, sort_keys=True))[:DIGITS]])
    return Edition(name, place_of(defaults.language, spoken))


def place_of(language: str, spoken: Sequence[str]) -> str:
    """The folder of a site of these languages that the edition in one of them lies in."""
    return "" if language == spoken[0] else language


def site_asked_for(given: Given) -> Path:
    """The folder of the site with these parameters in place of those in params/; raises InvalidInput for faulty ones.

    What differs from `params/national.yml`, languages, year or rubric, stands in its name.
    """
    asked, usual = national(given), national()
    told = [] if languages(given) == languages() else languages(given)
    if (asked.year, asked.rubric) != (usual.year, usual.rubric):
        told += [str(asked.year), asked.rubric]
    return paths.BUILD / "-".join([SITE, *told])
