"""The results as a research object: everything that it names is there, and everything that is there is named."""

import json
from typing import Any

import pytest

from paritrana.digests import sha256
from paritrana.results.crate import CRATE
from paritrana.results.manifest import MANIFEST, RESULTS
from tests.small_book import Book


@pytest.fixture(scope="module")
def entities(book: Book) -> dict[str, dict[str, Any]]:
    """Every entity of the small book's crate by its id."""
    graph = json.loads((book.site / RESULTS / CRATE).read_text(encoding="utf-8"))["@graph"]
    found = {entity["@id"]: entity for entity in graph}
    assert len(found) == len(graph)
    return found


def referred(value: object) -> list[str]:
    """The ids that a value refers to."""
    if isinstance(value, dict):
        return [value["@id"]] if value.keys() == {"@id"} else [one for part in value.values() for one in referred(part)]
    return [one for part in value for one in referred(part)] if isinstance(value, list) else []


def test_whatever_is_referred_to_is_described(entities: dict[str, dict[str, Any]]) -> None:
    outside = {"https://w3id.org/ro/crate/1.1"}  # the standard itself
    assert {one for entity in entities.values() for one in referred(entity)} - entities.keys() == outside


def test_the_files_of_the_crate_are_those_of_the_results(book: Book, entities: dict[str, dict[str, Any]]) -> None:
    folder = book.site / RESULTS
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    named = {one["@id"] for one in entities["./"]["hasPart"]}
    assert there - named == {CRATE, "manifest.json", "SHA256SUMS"}
    assert named - there == set()
    assert {one["@id"] for one in entities["#build"]["result"]} == named


def test_inputs_are_told_by_the_digests_of_the_manifest_and_of_the_files(
    book: Book, entities: dict[str, dict[str, Any]]
) -> None:
    inputs = json.loads((book.site / MANIFEST).read_text(encoding="utf-8"))["inputs"]
    told = {one["@id"].removeprefix("#"): entities[one["@id"]]["sha256"] for one in entities["#build"]["object"]}
    assert {path.partition("/")[0] for path in told} == {"data", "notebooks", "params"}
    assert told.items() <= inputs.items()
    assert all(sha256((book.folder / path).read_bytes()) == digest for path, digest in told.items())


def test_it_tells_no_weight_as_official_and_no_place_of_the_machine(book: Book) -> None:
    text = (book.site / RESULTS / CRATE).read_text(encoding="utf-8")
    assert str(book.folder) not in text
    assert "no official weight is public" in text
