"""What a book was made from and what came out: results/manifest.json, and results/SHA256SUMS for coreutils.

Two builds of the same sources give the same manifest. So it holds no time, no path of the machine, and no git commit:
a commit names a history, not the sources, so that a word changed in the README, or a folder without its repository,
would make other bytes of the same book. The SHA-256 of every input says what was read, which a commit cannot.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path

from paritrana import paths
from paritrana.checked import Strict, checked
from paritrana.digests import sha256
from paritrana.faults import Fault, InvalidInput, relative
from paritrana.parameters.page import Defaults, Params
from paritrana.results.tidy import dumped

RESULTS = "results"  # the folder in the site
MANIFEST, SUMS = f"{RESULTS}/manifest.json", f"{RESULTS}/SHA256SUMS"
LAB = ("lab/dev.html", "lab/lab.css", "lab/arithmetic", "lab/view")  # what of the lab's folder a book is made from
READ = ("_config.yml", "requirements.txt", "book", "data", *LAB, "notebooks", "packages", "params")  # of the project
LEFT = ("*.mo", "*/__pycache__/*", "*.egg-info/*", "*/.*")  # what Sphinx, Python and editors leave among the sources
COMPUTING = ("numpy", "scipy", "pandas")  # libraries that decide the last digits

Digests = dict[str, str]  # path with slashes -> SHA-256 in hexadecimal digits


class Manifest(Strict):
    """What a book was made with and from, and what came out.

    `versions` are those of the project, of Python and of the libraries that compute; `languages` those of the site,
    that of its root first; `national` and `provinces` (by code) the parameters of its root; `inputs` are below the
    project's root, `outputs` below the site's, results included.
    """

    versions: dict[str, str]
    languages: list[str]
    national: Defaults
    provinces: dict[str, Params]
    inputs: Digests
    outputs: Digests


def manifest_files(
    site: Path, languages: Sequence[str], defaults: Defaults, provinces: Sequence[Params], read: Digests
) -> Iterator[tuple[str, str]]:
    """The manifest of a finished site, made from the inputs `read`, and its sums: (path below results/, text)."""
    made = Manifest(
        versions=versions(),
        languages=list(languages),
        national=defaults,
        provinces={params.province: params for params in provinces},
        inputs=read,
        outputs=outputs(site),
    )
    text = dumped(made.model_dump(mode="json"))
    yield Path(MANIFEST).name, text
    yield Path(SUMS).name, sums(made, text)


def versions() -> dict[str, str]:
    """The versions of what computes here."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"paritrana": version("paritrana"), "python": python} | {name: version(name) for name in COMPUTING}


def inputs(root: Path = paths.ROOT) -> Digests:
    """Everything that a book of the project in `root` is made from, this library included, wherever it lies."""
    parts = [*((root, root / part) for part in READ), (paths.LIBRARY.parent, paths.LIBRARY)]
    return {
        path: digest
        for folder, part in parts
        for path, digest in _digests(folder, part).items()
        if not any(fnmatch(path, pattern) for pattern in LEFT)
    }


def outputs(site: Path) -> Digests:
    """Every file of a site but the manifest and its sums, which cannot hold themselves."""
    return {path: digest for path, digest in _digests(site, site).items() if path not in (MANIFEST, SUMS)}


def _digests(root: Path, part: Path) -> Digests:
    """The files of a part of a folder, or the part itself where it is a file."""
    files = [part] if part.is_file() else [path for path in part.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()) for path in sorted(files)}


def sums(manifest: Manifest, text: str) -> str:
    """The lines that `sha256sum --check` reads in the site's folder; `text` is that of the manifest itself."""
    known: Mapping[str, str] = manifest.outputs | {MANIFEST: sha256(text)}
    return "".join(f"{known[path]}  {path}\n" for path in sorted(known))


def read_manifest(site: Path) -> tuple[Manifest, str]:
    """The manifest of a site and its text; raises InvalidInput where there is none, or where it is damaged."""
    path = site / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
    except (OSError, ValueError) as error:
        raise InvalidInput([Fault(relative(path), None, None, None, f"a manifest was expected ({error})")]) from error
    return checked(Manifest, content, relative(path)), text
