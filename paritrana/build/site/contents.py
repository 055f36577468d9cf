"""What the site is put together from beside its pages: the table of contents, and parts of hand-written pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from paritrana import paths
from paritrana.files import write_whole
from paritrana.indicators.nation import Nation
from paritrana.pages import fragments
from paritrana.parameters.page import Params
from paritrana.plan.book import PROVINCE_NOTEBOOKS, chapter
from paritrana.presentation.language import Text

BEFORE_PROVINCES = "Nasional"  # the part of _toc.yml after which the provinces come


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


def pages_in(contents: Mapping[str, Any]) -> Iterator[str]:
    """The pages that a table of contents names, as they are called in `book/`, without suffix."""
    for key in ("root", "file"):
        if key in contents:
            yield str(contents[key])
    for key in ("parts", "chapters", "sections"):
        for part in contents.get(key, ()):
            yield from pages_in(part)


def write_fragments(nation: Nation, provinces: Sequence[Params], language: str) -> None:
    """The generated parts of hand-written pages: the headline of the start page, the list of sources.

    Chapters of earlier builds that are not in this book go: Sphinx's time grows with every file it finds.
    """
    say = Text(language)
    parts = {
        "headline": fragments.headline(say, nation, len(provinces)),
        "sources": fragments.sources(say, nation.tables),
    }
    for name, sections in parts.items():
        write_whole(paths.GENERATED / f"_{name}.json", fragments.as_json(sections))
    wanted = {params.slug for params in provinces}
    for folder in paths.GENERATED.iterdir():
        if folder.is_dir() and folder.name not in wanted:
            shutil.rmtree(folder)
