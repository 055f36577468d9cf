"""Editions stand side by side: each has a name and folders of its own, and is brought up to date alone."""

from pathlib import Path

import pytest

from paritrana import paths
from paritrana.parameters.page import Defaults, national
from paritrana.plan.edition import edition_of
from tests.project import copy, edition, made, paritrana

BUILD = ("build", "-p", "95")
OTHER = {
    "year": 2023,
    "rubric": "equal",
    "scenarios": "others",
    "assumption": "known",
    "language": "en",
    "draws": 500,
    "seed": 7,
}


def other(**given: object) -> Defaults:
    return national().model_copy(update=given)


def test_an_edition_says_its_language_year_and_rubric() -> None:
    assert edition_of(national(), national()).name.startswith("id-2024-hypothesis-a-")


def test_every_parameter_makes_another_edition() -> None:
    assert OTHER.keys() == Defaults.model_fields.keys()
    names = {edition_of(other(**{key: value}), national()).name for key, value in OTHER.items()}
    assert len(names | {edition_of(national(), national()).name}) == len(OTHER) + 1


@pytest.mark.parametrize(
    ("given", "usual", "site"),
    [
        ({}, {}, "html"),
        ({"language": "en"}, {}, "html-en"),
        ({"language": "id"}, {"language": "en"}, "html-id"),
        ({"language": "en"}, {"language": "en"}, "html"),
        ({"year": 2023}, {}, "html-id-2023-hypothesis-a"),
        ({"rubric": "equal", "language": "en"}, {}, "html-en-2024-equal"),
        ({"year": 2023}, {"year": 2023}, "html"),
    ],
)
def test_the_usual_edition_has_the_usual_site_and_others_have_their_own(
    given: dict[str, object], usual: dict[str, object], site: str
) -> None:
    assert edition_of(other(**given), other(**usual)).site == paths.BUILD / site


def times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_an_edition_is_as_it_was_after_another_and_takes_the_usual_place_without_a_run(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    written, site = files(folder / "book"), folder / "_build" / "html"
    assert paritrana(folder, *BUILD).returncode == 0
    assert len(made(folder)) == 10
    before, first = {**times(edition(folder) / "book"), **times(site)}, files(site)
    assert paritrana(folder, *BUILD, "--language", "en").returncode == 0
    assert len(made(folder)) == 10
    done = paritrana(folder, *BUILD)
    assert (done.returncode, "0 pages made, 10 as they were" in done.stderr) == (0, True)
    assert {**times(edition(folder) / "book"), **times(site)} == before
    assert files(folder / "book") == written

    parameters = folder / "params" / "national.yml"
    usual = parameters.read_text(encoding="utf-8")
    parameters.write_text(usual.replace("language: id", "language: en"), encoding="utf-8")
    assert paritrana(folder, *BUILD).returncode == 0
    english = files(folder / "_build" / "html-en")
    told = {"results/manifest.json", "results/SHA256SUMS"}  # they say that the parameters were others
    assert {name for name, content in files(site).items() if content != english.get(name)} == told
    assert made(folder) == set()

    parameters.write_text(usual, encoding="utf-8")
    assert paritrana(folder, *BUILD).returncode == 0
    assert (made(folder), files(site)) == (set(), first)


def test_a_dry_run_says_what_would_run_and_writes_nothing(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    done = paritrana(folder, *BUILD, "--explain", "--dry-run")
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 10)
    assert "provinces/95-papua-pegunungan/budget: runs: there is no such page yet" in done.stdout.splitlines()
    assert not (folder / "_build").exists()
