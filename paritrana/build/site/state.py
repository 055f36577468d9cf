"""What a site was made from, kept in Sphinx's working folder: whether and how far it has to be made again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paritrana import paths
from paritrana.build.site import bundle
from paritrana.build.site.sources import hand_written
from paritrana.digests import digest, digest_of_files
from paritrana.pages.titles import page_title
from paritrana.plan.book import CHAPTERS, PageSpec
from paritrana.plan.inputs import changed
from paritrana.results.manifest import SUMS

STATE = "state.json"
EXTENSION = Path(__file__).parent / "sphinx_ext"


@dataclass(frozen=True)
class State:
    """What a site was made from.

    `frame`: what every page of the site depends on, digests by what they are called; `pages`: the digests of the
    generated files; `lab`: that of the weight lab's script and style, which its page alone loads; `inputs`: those of
    everything in the manifest; `files`: the size in bytes of every file of the site; `sums`: the digest of its
    SHA256SUMS, which no site of another edition has.
    """

    frame: Mapping[str, str]
    pages: Mapping[str, str]
    lab: str
    inputs: Mapping[str, str]
    files: Mapping[str, int] = field(default_factory=dict)
    sums: str = ""


def state_of(workshop: Path) -> State | None:
    """What Sphinx's working folder was made from; None where it is not known, as after an interruption."""
    try:
        return State(**json.loads((workshop / STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def why(before: State | None, now: State, site: Path) -> list[str]:
    """What makes the site, or a part of it, new."""
    if before is None:
        return ["there is no finished site yet"]
    if (before.files, before.sums) != (sizes(site), sums_of(site)):
        return ["the site is not as it was made"]
    frame, pages = changed(before.frame, now.frame), changed(before.pages, now.pages)
    lab = [] if before.lab == now.lab else ["the weight lab"]
    what = frame or [*([f"{len(pages)} pages"] if len(pages) > 1 else pages), *lab]
    return what or (["the manifest"] if before.inputs != now.inputs else [])


def frame_of(specs: Sequence[PageSpec], book: Path, settings: Sequence[Path]) -> dict[str, str]:
    """What every page of the site depends on: a change of one of these makes the whole site anew."""
    titles = {spec.path: page_title(spec.notebook, dict(spec.parameters)) for spec in specs}
    missing = [spec.name for spec in specs if not (book / spec.path).exists()]
    extension = [path for path in EXTENSION.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    return {
        "table of contents and settings": digest_of_files(settings),
        "titles of pages": digest(json.dumps([titles, missing], sort_keys=True)),
        "hand-written pages": digest_of_files(hand_written().values()),
        "Sphinx extension": digest_of_files(extension),
        "lock": digest_of_files([paths.ROOT / "requirements.txt"]),
    }


def pages_of(specs: Sequence[PageSpec], book: Path) -> dict[str, str]:
    """The digest of every generated file that Sphinx reads."""
    parts = sorted(path.relative_to(book).as_posix() for path in (book / CHAPTERS).glob("_*.json"))
    files = [*(file for spec in specs for file in spec.present(book)), *parts]
    return {file: digest((book / file).read_bytes()) for file in files}


def lab_of() -> str:
    """The digest of the weight lab's script and style as the site has them."""
    return digest(bundle.bundle() + bundle.STYLE.read_text(encoding="utf-8"))


def sizes(site: Path) -> dict[str, int]:
    """The size in bytes of every file of the site."""
    files = [path for path in sorted(site.rglob("*")) if path.is_file()]
    return {path.relative_to(site).as_posix(): path.stat().st_size for path in files}


def sums_of(site: Path) -> str:
    """The digest of what the site says of all its files; of a site that says nothing, no digest."""
    path = site / SUMS
    return digest(path.read_bytes()) if path.is_file() else ""
