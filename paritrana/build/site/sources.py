"""The sources of an edition, put together for Jupyter Book: what is written by hand, beside the generated pages.

Files are copied, for links are not to be had everywhere, and only where they differ: Sphinx reads again what is newer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from paritrana import paths
from paritrana.faults import Fault, InvalidInput
from paritrana.files import write_whole
from paritrana.plan.book import CHAPTERS, PageSpec

COMPILED, CATALOGUE = ".mo", ".po"
IN_THE_WAY = "a build makes what has this name, below _build/: remove this, or give it another name"


def hand_written(folder: Path = paths.BOOK) -> dict[str, Path]:
    """The files of `book/` by their places in it, without what editors and systems leave and what Sphinx compiles."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name.as_posix(): path for name, path in files.items() if not _is_left(name)}


def _is_left(name: Path) -> bool:
    return name.suffix == COMPILED or any(part.startswith(".") for part in name.parts)


def refuse_what_is_made(specs: Sequence[PageSpec], editions: Collection[str], folder: Path = paths.BOOK) -> None:
    """Raises InvalidInput where `book/` holds something in the place of what a build makes.

    `editions` are the folders of those that a site has below its root.
    """
    made = {file for spec in specs for file in (*spec.files, spec.stub)}
    written = hand_written(folder)
    folders = {name.split("/")[0] for name in written if "/" in name} & {CHAPTERS, *editions}
    pages = {name for name in written if name in made and name.split("/")[0] not in folders}
    if found := sorted(folders | pages):
        raise InvalidInput(Fault(f"{paths.BOOK.name}/{name}", None, None, None, IN_THE_WAY) for name in found)


def assemble(book: Path, specs: Sequence[PageSpec], made: Mapping[str, str], folder: Path = paths.BOOK) -> None:
    """Put what is written by hand, and other texts by their places, beside the pages; nothing else stays there."""
    contents: dict[str, str | bytes] = {name: path.read_bytes() for name, path in hand_written(folder).items()}
    contents.update(made)
    _remove_others(book, {*contents, *(name for spec in specs for name in spec.present(book))})
    for name, content in contents.items():
        write_whole(book / name, content)


def _remove_others(book: Path, wanted: Collection[str]) -> None:
    """Remove files that are not wanted, and folders that are empty: Sphinx's time grows with every file it finds."""
    for path in sorted(book.rglob("*"), reverse=True):  # what a folder holds comes before the folder
        name = path.relative_to(book)
        source = name.with_suffix(CATALOGUE) if name.suffix == COMPILED else name
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif source.as_posix() not in wanted:
            path.unlink()
