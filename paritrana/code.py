"""What a page or an analysis is made by, as digests: modules with all that they import of this library; the machine.

A process reads each file once. One that outlives a change of the code goes on with what it has loaded, and its digests
must say so.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from paritrana import paths
from paritrana.digests import digest


@cache
def of_machine() -> dict[str, str]:
    """The lock file and Python's minor version, on which every page depends."""
    lock = paths.ROOT / "requirements.txt"
    return {"lock": digest(lock.read_bytes()), "Python": f"{sys.version_info.major}.{sys.version_info.minor}"}


def of_modules(names: Iterable[str]) -> str:
    """The digest of modules of this library and of all that they import of it."""
    files = files_of_modules(names)
    return digest(b"".join(str(path.relative_to(paths.LIBRARY.parent)).encode() + path.read_bytes() for path in files))


def files_of_modules(names: Iterable[str]) -> list[Path]:
    """The source files of modules of this library and of all that they import of it, directly or through others."""
    found: set[Path] = set()
    waiting = [path for name in names for path in _files_of(name)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported_files(path)
    return sorted(found)


@cache
def _imported_files(path: Path) -> list[Path]:
    """The files of this library that a module imports itself."""
    return [other for name in imports(path.read_text(encoding="utf-8")) for other in _files_of(name)]


def imports(source: str) -> Iterator[str]:
    """The names of everything of this library that the source imports, anywhere in it."""
    for node in _statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _statements(block: ast.AST) -> Iterator[ast.AST]:
    """The statements in a block, and in the blocks of these; no expression holds one, and expressions are the most."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for node in getattr(block, name, ()):
            yield node
            yield from _statements(node)


def _files_of(name: str) -> Iterator[Path]:
    """The source files of a module of this library; of a package, its `__init__`; nothing for other names."""
    parts = name.split(".")
    if parts[0] == paths.LIBRARY.name:
        place = paths.LIBRARY.joinpath(*parts[1:])
        yield from (path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file())
