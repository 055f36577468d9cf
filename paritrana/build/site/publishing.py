"""Publishing: a whole new site takes the place of the old one in one moment, so that there always is one.

Beside the site `html`, `.html.new` is never whole: a site in the making, or an old one that goes. `.html.old` always
is: the old site while two names are exchanged where the system cannot do it in one step.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from paritrana import paths
from paritrana.build import locks
from paritrana.faults import Fault, InvalidInput, relative

AT_FDCWD = -100  # paths as seen from the working folder
EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
NEW, OLD = ".new", ".old"

Exchange = Callable[[Path, Path], bool]  # whether the names of two folders were exchanged


def publish(made: Mapping[str, Path], site: Path, finish: Callable[[Path], None]) -> None:
    """Put copies of what Sphinx made where the old site is, each at its place in the site, that of its root first.

    `finish` puts into it what Sphinx does not make. Raises OSError where it cannot be written; the old site stays then.
    """
    fresh = _beside(site, NEW)
    _put_back(site)
    try:
        for place, edition in made.items():
            _copy(edition, fresh / place)
        finish(fresh)
        take_place(fresh, site)
    finally:
        _put_back(site)


def _copy(made: Path, fresh: Path) -> None:
    """Copy a folder; raises the first OSError, where `shutil` has one with a list of hundreds."""
    try:
        shutil.copytree(made, fresh)
    except shutil.Error as error:
        _, place, reason = error.args[0][0]
        raise OSError(None, reason, place) from error


def take_place(fresh: Path, site: Path, exchanged: Exchange | None = None) -> None:
    """Let a folder take the place of the site; an old site has its name afterwards."""
    if not site.exists():
        fresh.rename(site)
    elif not (exchanged or at_once)(fresh, site):
        old = _beside(site, OLD)
        site.rename(old)
        fresh.rename(site)
        old.rename(fresh)


def at_once(first: Path, second: Path) -> bool:
    """Exchange two names in one step; False where this system, or this file system, has no such step."""
    library, names = ctypes.CDLL(None), (os.fsencode(first), os.fsencode(second))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*names, EXCHANGE) == 0)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        return bool(library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], EXCHANGE) == 0)
    return False


def put_back() -> None:
    """Clear up behind a build that was ended while it published: an old site that has no place gets it back.

    Raises OSError where that cannot be, or where another build is at work, which does it itself.
    """
    left = [path for end in (OLD, NEW) for path in paths.BUILD.glob(f".html*{end}")]
    if not left:
        return
    with locks.alone():
        for path in left:
            _put_back(paths.BUILD / path.name[1:].removesuffix(path.suffix))


def _put_back(site: Path) -> None:
    """Give a site its place back if it has none, and remove what else is left."""
    fresh, old = _beside(site, NEW), _beside(site, OLD)
    if old.exists() and not site.exists():
        old.rename(site)
    _remove(fresh)
    if old.exists():
        old.rename(fresh)  # half removed it must not pass for a site
        _remove(fresh)


def _remove(path: Path) -> None:
    """Remove whatever lies there, as far as it can be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def refuse_what_is_no_folder(site: Path) -> None:
    """Raises InvalidInput where something that no build has made stands where the site goes: it is not for us to move.

    A link may lead to a folder that others read, in which nothing can be exchanged in one step.
    """
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        kind = "link" if site.is_symlink() else "file"
        expected = f"a folder or nothing was expected where the site goes, and this is a {kind}: move it away first"
        raise InvalidInput([Fault(relative(site), None, None, None, expected)])


def _beside(site: Path, end: str) -> Path:
    return site.with_name(f".{site.name}{end}")
