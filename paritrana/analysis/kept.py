"""Values kept in files between the pages of a build and from one build to the next.

A kept value carries the digest of what it was made from and of its own bytes. It is used only if both are as they
should be: what was made from other data or code, or was damaged, is as good as nothing.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock

from paritrana.code import of_machine, of_modules
from paritrana.digests import digest, sha256
from paritrana.files import write_whole

Made = TypeVar("Made")


def key_for(module: str, made_from: Mapping[str, str]) -> str:
    """The digest of all that a value is made from: the machine, a module with its imports, and what it reads."""
    return digest(json.dumps({**of_machine(), "library": _library(module), **made_from}, sort_keys=True))


@cache
def _library(module: str) -> str:
    return of_modules([module])


def once(path: Path, key: str, make: Callable[[], Made]) -> Made:
    """What is kept there, or what is made and then kept; another process that makes the same is waited for.

    Where there is no folder to keep it in, it is made.
    """
    if not path.parent.is_dir():
        return make()
    with FileLock(path.with_suffix(".lock")):
        found: Made | None = kept(path, key)
        if found is None:
            found = make()
            keep(path, key, found)
    return found


def kept(path: Path, key: str) -> Any | None:
    """The value that is kept there, made from what the key is the digest of; None where there is no such value."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, _, body = content.partition(b"\n")
    if head.decode(errors="replace") != f"{key} {sha256(body)}":
        return None
    return pickle.loads(body)


def keep(path: Path, key: str, value: object) -> None:
    """Keep a value, if it can be: a full disk is no failure."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        write_whole(path, f"{key} {sha256(body)}\n".encode() + body)
