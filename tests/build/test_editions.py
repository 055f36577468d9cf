"""Editions stand side by side: each has a name and folders of its own, and is brought up to date alone."""

import json
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from paritrana import paths
from paritrana.build.site.settings import settings
from paritrana.build.site.sitemap import sitemap
from paritrana.faults import InvalidInput
from paritrana.parameters.page import Defaults, national
from paritrana.plan.edition import edition_of, site_asked_for
from tests.project import copy, edition, made, paritrana
from tests.small_book import Book, another

BUILD = ("build", "-p", "95")
BOTH = ("build", "-p", "13", "-p", "95")  # the provinces of the small book
ENGLISH = Path("paritrana/presentation/locale/en/LC_MESSAGES/paritrana.po")
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
    assert edition_of(national(), ["id"]).name.startswith("id-2024-hypothesis-a-")


def test_every_parameter_makes_another_edition() -> None:
    assert OTHER.keys() == Defaults.model_fields.keys()
    names = {edition_of(other(**{key: value}), ["id"]).name for key, value in OTHER.items()}
    assert len(names | {edition_of(national(), ["id"]).name}) == len(OTHER) + 1


def test_the_first_language_of_a_site_has_its_root_and_each_other_a_folder() -> None:
    assert [edition_of(other(language=language), ["id", "en"]).place for language in ("id", "en")] == ["", "en"]
    assert [edition_of(other(language=language), ["en", "id"]).place for language in ("id", "en")] == ["id", ""]


@pytest.mark.parametrize(
    ("given", "site"),
    [
        ({}, "html"),
        ({"language": "en"}, "html-en"),
        ({"language": "id"}, "html-id"),
        ({"year": 2023}, "html-2023-hypothesis-a"),
        ({"rubric": "equal", "language": "en"}, "html-en-2024-equal"),
    ],
)
def test_the_usual_site_has_the_usual_place_and_others_have_their_own(given: dict[str, object], site: str) -> None:
    assert site_asked_for(given) == paths.BUILD / site


def test_a_site_with_an_address_lists_its_pages_for_search_engines() -> None:
    told = sitemap("https://example.org/p/", ["index", "en/a&b"])
    places = [
        each.text for each in ElementTree.fromstring(told).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert places == ["https://example.org/p/index.html", "https://example.org/p/en/a%26b.html"]


@pytest.mark.parametrize(
    ("language", "address"), [("id", "https://example.org/p/"), ("en", "https://example.org/p/en/")]
)
def test_an_edition_has_the_address_of_its_folder(tmp_path: Path, language: str, address: str) -> None:
    config = tmp_path / "_config.yml"
    config.write_text("sphinx: {config: {}}\nhtml: {baseurl: https://example.org/p}\n", encoding="utf-8")
    assert settings(config, language, ["id", "en"])["html"]["baseurl"] == address
    assert settings(config, language, [language])["html"]["baseurl"] == "https://example.org/p/"


@pytest.mark.parametrize("said", ["example.org", "file:///site", "https://", "https://example.org/?page=1", "[1]"])
def test_an_address_that_is_none_is_told_in_one_sentence(tmp_path: Path, said: str) -> None:
    config = tmp_path / "_config.yml"
    config.write_text(f"sphinx: {{config: {{}}}}\nhtml:\n  baseurl: {said}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"an address such as https://.* was expected"):
        settings(config, "id", ["id"])


def times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_site_has_all_its_languages_and_one_of_a_single_language_stands_beside_it(book: Book, tmp_path: Path) -> None:
    folder = another(book, tmp_path / "book")
    site = folder / "_build" / "html"
    pages = {name for name in made(folder) if not name.startswith("en/")}
    assert (len(pages), made(folder)) == (15, pages | {f"en/{name}" for name in pages})
    assert files(folder / "book") == files(copy(tmp_path / "source") / "book")
    before, first = times(site), files(site)
    assert not (site / "en" / "results").exists()
    manifest = json.loads(first["results/manifest.json"])
    assert manifest["languages"] == ["id", "en"]
    assert manifest["outputs"].keys() == first.keys() - {"results/manifest.json", "results/SHA256SUMS"}

    assert paritrana(folder, *BOTH, "--language", "en").returncode == 0
    english = folder / "_build" / "html-en"
    assert (made(folder), times(site)) == (set(), before)
    assert (english / "results" / "manifest.json").is_file()
    assert [path for path in english.rglob("*.html") if "hreflang" in path.read_text(encoding="utf-8")] == []

    done = paritrana(folder, *BOTH)
    assert (done.returncode, "0 pages made, 30 as they were" in done.stderr) == (0, True)
    assert files(site) == first

    with (folder / ENGLISH).open("a", encoding="utf-8") as catalogue:
        catalogue.write("# later\n")
    explained = paritrana(folder, *BOTH, "--dry-run").stdout.splitlines()
    assert {line.split(":")[0] for line in explained if line.endswith("runs: translation")} == {
        f"en/{name}" for name in pages
    }


def test_a_page_that_fails_in_one_language_is_there_in_the_other(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    only = ("--only", "en/provinces/95-*/budget", "--only", "provinces/95-*/budget")
    path = folder / "notebooks" / "budget.ipynb"
    content = nbformat.read(path, as_version=4)
    content.cells[3].source += "\nassert language == 'id', 'no English'"
    nbformat.write(content, path)
    done = paritrana(folder, *BUILD, *only)
    page = "provinces/95-papua-pegunungan/budget"
    assert (done.returncode, made(folder)) == (1, {page})
    assert f"failed: en/{page}" in done.stderr
    assert f"again: paritrana build --only en/{page}" in done.stderr
    assert (edition(folder) / "book" / f"{page}.ipynb").is_file()
    assert "no English" in (edition(folder, language="en") / "book" / f"{page}.md").read_text(encoding="utf-8")


def test_a_dry_run_says_what_would_run_and_writes_nothing(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    done = paritrana(folder, *BUILD, "--explain", "--dry-run")
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 22)
    for place in ("", "en/"):
        page = f"{place}provinces/95-papua-pegunungan/budget"
        assert f"{page}: runs: there is no such page yet" in done.stdout.splitlines()
    assert not (folder / "_build").exists()
