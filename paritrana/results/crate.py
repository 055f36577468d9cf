"""The results as a research object: results/ro-crate-metadata.json, which says what made them from what.

RO-Crate 1.1 (Soiland-Reyes et al., 2022) in the profile Process Run Crate 0.5 (Leo et al., 2024): the run is an action
with an instrument, this project's command; what it read; and what came out. Like the manifest it holds no time and no
path of the machine. Its date is that of the newest row of the data, for two builds of one record are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from paritrana.results.manifest import MANIFEST, RESULTS, Digests, versions
from paritrana.results.tidy import dumped

CRATE = "ro-crate-metadata.json"  # the name that the standard demands
CONTEXT = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]
BASE = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
LICENCE = "https://spdx.org/licenses/MIT"
KINDS = {".csv": "text/csv", ".json": "application/json"}
AUTHORS = "#authors"
ABOUT = (
    "Every number of the book as tables and as one JSON file for each province, with the inputs that they were made "
    "from. The weights of every rubric are hypotheses: no official weight is public."
)
Entity = dict[str, Any]


def crate_files(site: Path, name: str, year: int, until: str, read: Digests) -> Iterator[tuple[str, str]]:
    """The metadata of a site's results: (path below results/, text).

    `name` is the title of the book, `until` the newest date in its data (ISO), `read` its inputs with their SHA-256.
    """
    folder = site / RESULTS
    found = [path for path in sorted(folder.rglob("*")) if path.suffix in KINDS]
    made = [path.relative_to(folder).as_posix() for path in found if path.name not in (CRATE, Path(MANIFEST).name)]
    inputs = {path: digest for path, digest in read.items() if path.startswith(("data/", "params/", "notebooks/"))}
    graph = [*_crate(name, year, until, made), *_run(inputs, made), *map(_file, made), *map(_input, inputs.items())]
    yield CRATE, dumped({"@context": CONTEXT, "@graph": graph})


def _crate(name: str, year: int, until: str, made: list[str]) -> Iterator[Entity]:
    """The description of the crate, and the crate itself."""
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": _to("./"),
        "conformsTo": _to(BASE),
    }
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{name}: results, assessment year {year}",
        "description": ABOUT,
        "datePublished": until,
        "author": _to(AUTHORS),
        "publisher": _to(AUTHORS),
        "license": _to(LICENCE),
        "conformsTo": _to(PROFILE),
        "hasPart": [_to(path) for path in made],
        "mentions": _to("#build"),
    }
    yield {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    yield {"@id": LICENCE, "@type": "CreativeWork", "name": "MIT License", "description": "Of texts and code."}


def _run(inputs: Mapping[str, str], made: list[str]) -> Iterator[Entity]:
    """The action that made the results, with its instrument and who ran it."""
    told = versions()
    yield {
        "@id": "#build",
        "@type": "CreateAction",
        "name": "paritrana build",
        "description": "Runs the parameterised notebooks of every province and assembles the book.",
        "instrument": _to("#paritrana"),
        "agent": _to(AUTHORS),
        "actionStatus": "http://schema.org/CompletedActionStatus",
        "object": [_to(_id(path)) for path in inputs],
        "result": [_to(path) for path in made],
    }
    yield {
        "@id": "#paritrana",
        "@type": "SoftwareApplication",
        "name": "paritrana",
        "softwareVersion": told.pop("paritrana"),
        "softwareRequirements": ", ".join(f"{name} {version}" for name, version in told.items()),
        "license": _to(LICENCE),
    }
    yield {"@id": AUTHORS, "@type": "Organization", "name": "The authors of the Paritrana report book"}


def _file(path: str) -> Entity:
    """A file of the results."""
    return {"@id": path, "@type": "File", "name": path, "encodingFormat": KINDS[Path(path).suffix]}


def _input(item: tuple[str, str]) -> Entity:
    """A file of the project that was read: it is named and told by its digest, and lies in the project alone."""
    path, digest = item
    return {"@id": _id(path), "@type": "CreativeWork", "name": path, "sha256": digest}


def _id(path: str) -> str:
    return f"#{path}"


def _to(identity: str) -> Entity:
    return {"@id": identity}
