"""What the site is put together from beside its pages: the table of contents, and parts of hand-written pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from paritrana import paths
from paritrana.checked import read_yaml
from paritrana.faults import Fault, InvalidInput, relative
from paritrana.indicators.nation import Nation
from paritrana.pages import fragments, start
from paritrana.pages.regions import place
from paritrana.pages.titles import province_name
from paritrana.parameters.page import Params
from paritrana.plan.book import CHAPTERS, FOR_DEVELOPERS, PROVINCE_NOTEBOOKS, chapter
from paritrana.presentation.language import Text
from paritrana.record import maps
from paritrana.record.regions import names

CONTENTS = "_toc.yml"  # in `book/`, and with the provinces in it in an edition's book
BEFORE_PROVINCES = "Metode dan data"  # the part of it after which the provinces come: no reader looks below 38 of them


def table_of_contents(provinces: Sequence[Params], language: str, folder: Path = paths.BOOK) -> dict[str, Any]:
    """`book/_toc.yml` with one chapter per province put in its place, captions in the language of the book.

    The captions are translated here because the table of contents is read after Sphinx has translated the pages; one
    that is not known here stays as it is written. Raises InvalidInput where the provinces have no place in it, and
    where it is no table of contents.
    """
    path = folder / CONTENTS
    contents: dict[str, Any] = read_yaml(path)
    try:
        parse_toc_data(contents)
    except MalformedError as error:
        raise _unusable(path, f"a table of contents was expected ({error})") from error
    parts = contents.get("parts") or []
    found = [part.get("caption") for part in parts]
    if BEFORE_PROVINCES not in found:
        raise _unusable(path, f'a part with the caption "{BEFORE_PROVINCES}" was expected: the provinces come after it')
    place = found.index(BEFORE_PROVINCES) + 1
    say = Text(language)
    told = [_told(part, _captions(say)) for part in parts]
    return {**contents, "parts": [*told[:place], _chapters(provinces, say("Provinsi")), *told[place:]]}


def _unusable(path: Path, expected: str) -> InvalidInput:
    return InvalidInput([Fault(relative(path), None, None, None, expected)])


def _captions(say: Text) -> dict[str, str]:
    """The captions of parts as they are written, and in the language of the book."""
    return {
        "Penghargaan": say("Penghargaan"),
        "Nasional": say("Nasional"),
        BEFORE_PROVINCES: say("Metode dan data"),
        FOR_DEVELOPERS: say("Untuk pengembang"),
    }


def _told(part: Mapping[str, Any], captions: Mapping[str, str]) -> dict[str, Any]:
    """A part with its caption in the language of the book, if it has one."""
    return {key: captions.get(value, value) if key == "caption" else value for key, value in part.items()}


def _chapters(provinces: Sequence[Params], caption: str) -> dict[str, Any]:
    """The part of the provinces."""
    chapters = [
        {
            "file": f"{chapter(params)}/index",
            "title": f"{province_name(params.province)}, {params.year}",  # shorter than the page's own heading
            "sections": [{"file": f"{chapter(params)}/{name}"} for name in PROVINCE_NOTEBOOKS],
        }
        for params in provinces
    ]
    return {"caption": caption, "chapters": chapters}


def pages_in(contents: Mapping[str, Any]) -> Iterator[str]:
    """The pages that a table of contents names, as they are called in the book, without suffix."""
    for key in ("root", "file"):
        if key in contents:
            yield str(contents[key])
    for key in ("parts", "chapters", "sections"):
        for part in contents.get(key, ()):
            yield from pages_in(part)


def generated_parts(
    nation: Nation, provinces: Sequence[Params], results: Sequence[Mapping[str, Any]], language: str
) -> dict[str, str]:
    """The generated parts of hand-written pages by their places in the book.

    `results` are those of the provinces' pages, without the pages that failed.
    """
    say, called, borders = Text(language), names(nation.tables), maps.provinces()
    found = chapters_of(provinces, results, called)
    parts = {
        "answer": [("", start.answer(say, found, len(found) == len(borders)))],
        "finder": [("", start.finder(say, found))],
        "map": [("", start.province_map(say, found, borders, called))],
        "headline": fragments.headline(say, nation, len(provinces)),
        "files": fragments.files(say, nation.tables),
        "corrections": fragments.corrections(say, nation.tables),
        "sources": fragments.sources(say, nation.tables),
    }
    return {f"{CHAPTERS}/_{name}.json": fragments.as_json(sections) for name, sections in parts.items()}


def chapters_of(
    provinces: Sequence[Params], results: Sequence[Mapping[str, Any]], called: Mapping[str, str]
) -> list[start.Chapter]:
    """What the start page tells of the provinces, in the order of their codes; `called` names every region."""
    folders = {params.province: chapter(params) for params in provinces}
    return [
        start.Chapter(
            code=result["province_code"],
            name=result["name"],
            href=f"{folders[result['province_code']]}/index.html",
            leader=called[result["leader"]] if result["leader"] else "",
            share=result["leader_share"],
            why=next(iter(result["no_leader"]), ""),
            cells=(result["cells_recorded"], result["cells"]),
            regions=tuple((place(row["region_code"]), called[row["region_code"]]) for row in result["regions"]),
        )
        for result in sorted(results, key=lambda one: one["province_code"])
    ]
