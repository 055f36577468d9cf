"""Verification: the results of a site are made again, and what differs is named.

Three questions: are the files those of the manifest; are the project's inputs still those that the site was made from;
do the same numbers come out now? Where inputs have changed, the numbers are made from what is there now.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from paritrana.analysis.forecast import frozen_texts
from paritrana.analysis.known import bundled
from paritrana.analysis.modelled import bundled_estimates, estimates_for
from paritrana.analysis.province import analyse
from paritrana.digests import sha256
from paritrana.faults import one_line
from paritrana.parameters.page import Params
from paritrana.results.differences import Difference, cells, differences, is_number
from paritrana.results.estimates import estimates_texts
from paritrana.results.manifest import RESULTS, SUMS, Digests, Manifest, inputs, outputs, read_manifest, sums, versions
from paritrana.results.province import province_result
from paritrana.results.tidy import Result, result_files


@dataclass(frozen=True)
class Changes:
    """Files that are gone, changed and new against a manifest, by their paths."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.added)


@dataclass(frozen=True)
class Verification:
    """What a verification found.

    `files` (how many the manifest names) and `outputs` are about the site, `inputs` about the project. `versions`:
    what computes here otherwise than then: name -> (then, now). `numbers`: how many were compared. `differences`: by
    province code, none where all is the same. `rewritten`: result files, other than the provinces' own, that come out
    with other text. `faults`: sentences about what could not be read or made.
    """

    files: int
    outputs: Changes
    inputs: Changes
    versions: Mapping[str, tuple[str, str]]
    numbers: int
    differences: Mapping[str, tuple[Difference, ...]]
    rewritten: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs; other versions are no difference where the same comes out."""
        return not (self.outputs or self.inputs or any(self.differences.values()) or self.rewritten or self.faults)


def verify(site: Path, executor: Executor) -> Verification:
    """Verify a built site; each province is computed in a worker.

    Raises InvalidInput where the site has no sound manifest.
    """
    manifest, text = read_manifest(site)
    paths = {
        code: path for code, params in manifest.provinces.items() if (path := result_path(params)) in manifest.outputs
    }
    made, unmade = _computed({code: manifest.provinces[code] for code in paths}, executor)
    estimates, unestimated = _estimates(manifest, executor)
    stored, damaged = _stored(site, paths)
    both = [code for code in paths if code in made and code in stored]
    now = versions()
    return Verification(
        files=len(manifest.outputs),
        outputs=_outputs(site, manifest, text),
        inputs=changes(manifest.inputs, inputs()),
        versions={name: (then, now[name]) for name, then in manifest.versions.items() if now.get(name) != then},
        numbers=sum(is_number(value) for code in both for _, value in cells(made[code])),
        differences={code: tuple(differences(stored[code], made[code])) for code in both},
        rewritten=()
        if unmade or unestimated
        else tuple(_rewritten(site, list(made.values()), estimates, set(paths.values()))),
        faults=(*unmade, *unestimated, *damaged),
    )


def result_path(params: Params) -> str:
    """Where the result of a province lies in a site."""
    return f"{RESULTS}/{params.year}/{params.province}.json"


def computed(params: Params) -> Result:
    """The result of a province from the project's present inputs. Pure: it runs in any worker."""
    nation = bundled(params.year, params.rubric)
    return province_result(analyse(nation.tables, params, nation, estimates=estimates_for(params)))


def estimated(rubric: str, seed: int) -> dict[str, str]:
    """The estimates of each year from the project's present inputs, as text; for any worker too."""
    return estimates_texts(bundled_estimates(rubric), seed)


def _computed(provinces: Mapping[str, Params], executor: Executor) -> tuple[dict[str, Result], list[str]]:
    """The results of provinces, and a sentence for each that cannot be made."""
    made, faults = {}, []
    futures = {code: executor.submit(computed, params) for code, params in provinces.items()}
    for code, future in futures.items():
        try:
            made[code] = future.result()
        except Exception as error:  # data that cannot be read, a rubric that is gone: the others can be verified
            faults.append(one_line(f"province {code} cannot be computed: {error}"))
    return made, faults


def _estimates(manifest: Manifest, executor: Executor) -> tuple[dict[str, str], list[str]]:
    """The estimates of each year that the site has them of, as text, and a sentence if they cannot be made."""
    if not any(path.endswith("/estimates.csv") for path in manifest.outputs):
        return {}, []  # their page failed
    try:
        return executor.submit(estimated, manifest.national.rubric, manifest.national.seed).result(), []
    except Exception as error:  # as for a province
        return {}, [one_line(f"the estimates cannot be computed: {error}")]


def _stored(site: Path, paths: Mapping[str, str]) -> tuple[dict[str, Result], list[str]]:
    """The results in a site, and a sentence for each that is damaged; one that is missing is told with the files."""
    stored, faults = {}, []
    for code, path in paths.items():
        try:
            stored[code] = _read(site / path)
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            faults.append(one_line(f"{path} cannot be read: {error}"))
    return stored, faults


def _read(path: Path) -> Result:
    """The object in a JSON file; raises ValueError where it holds anything else."""
    content = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)
    if not isinstance(content, dict):
        raise ValueError("a JSON object was expected")
    return content


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


def _outputs(site: Path, manifest: Manifest, text: str) -> Changes:
    """What differs of the files, the sums among them; of the manifest itself only they can tell."""
    then, now = dict(manifest.outputs), outputs(site)
    then[SUMS] = sha256(sums(manifest, text))
    if (site / SUMS).is_file():
        now[SUMS] = sha256((site / SUMS).read_bytes())
    return changes(then, now)


def _rewritten(
    site: Path, made: Sequence[Result], estimates: Mapping[str, str], compared: Collection[str]
) -> Iterator[str]:
    """The other result files, tables above all, that are there with another text than these results give."""
    for name, text in result_files(made, {"estimates": estimates, "forecast": frozen_texts()}):
        path = f"{RESULTS}/{name}"
        if path not in compared and (site / path).is_file() and (site / path).read_bytes() != text.encode():
            yield path


def changes(then: Digests, now: Digests) -> Changes:
    """What differs between two sets of files."""
    return Changes(
        missing=tuple(sorted(then.keys() - now.keys())),
        changed=tuple(sorted(path for path in then.keys() & now.keys() if then[path] != now[path])),
        added=tuple(sorted(now.keys() - then.keys())),
    )
