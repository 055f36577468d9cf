"""What stands under every page: the facts that a build knows, and what only a publisher can say."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from paritrana.build.site.publication import data_until, publication
from paritrana.build.site.sphinx_ext.frame import DATA, TABLES, address, said
from paritrana.parameters.page import national, province
from paritrana.paths import DATA as DATA_FOLDER
from paritrana.plan import book as plan
from paritrana.plan.edition import Edition
from paritrana.record.tables import bundled_tables
from paritrana.results import rows

DEFAULTS, PROVINCES = plan.book(["13", "95"])
SPECS = plan.pages(DEFAULTS, PROVINCES)


def put(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}", encoding="utf-8")


def facts(folder: Path, place: str = "") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(publication(DEFAULTS, PROVINCES, SPECS, Edition(str(folder), place)))
    return made


def test_a_chapter_leads_to_its_results_only_where_there_are_some(tmp_path: Path) -> None:
    there, lacking = (plan.chapter(params) for params in PROVINCES)
    assert facts(tmp_path)["tables"] == []
    for file in ("index.ipynb", plan.RESULT_FILE):
        put(tmp_path / "book" / there / file)
    told = facts(tmp_path)
    files = {name: made["file"] for name, made in told["chapters"].items()}
    assert files == {there: "2024/13.json", lacking: ""}
    assert told["tables"] == list(rows.TABLES)


def test_an_edition_below_the_root_of_its_site_leads_up_to_the_results(tmp_path: Path) -> None:
    assert [facts(tmp_path, place)["results"] for place in ("", "en")] == ["results", "../results"]


def test_a_chapter_of_another_year_and_rubric_says_so(tmp_path: Path) -> None:
    other = province("13", {"year": 2023, "rubric": "equal", "language": "en"})
    made = json.loads(publication(national({"language": "en"}), [other], [], Edition(str(tmp_path))))
    (told,) = made["chapters"].values()
    assert told["edition"].startswith("assessment year 2023, rubric ")
    assert made["edition"].startswith("assessment year 2024, rubric ")
    assert made["edition"].split("rubric ")[1] != told["edition"].split("rubric ")[1]


def test_the_same_data_give_the_same_text(tmp_path: Path) -> None:
    assert facts(tmp_path) == facts(tmp_path)


def test_data_are_as_new_as_their_latest_source_or_correction() -> None:
    tables = bundled_tables()
    sources = pd.DataFrame({"published": pd.Series(["2025-03-01", None, "2024"], dtype="str")})
    corrections = pd.DataFrame({"date": pd.Series(["2024-12-31"], dtype="str")})
    assert data_until(replace(tables, sources=sources, corrections=corrections)) == "2025-03-01"
    assert data_until(replace(tables, sources=sources[1:2], corrections=corrections[:0])) == ""


def test_every_file_that_a_page_names_is_one_of_the_results_or_of_the_data() -> None:
    assert {name for names in TABLES.values() for name in names} <= {*rows.TABLES, "estimates"}
    assert all((DATA_FOLDER / f"{name}.csv").is_file() for names in DATA.values() for name in names)


@pytest.mark.parametrize(
    ("contact", "leads"),
    [
        ("hakjawab@contoh.go.id", "mailto:hakjawab@contoh.go.id"),
        ("https://contoh.go.id/hak-jawab", "https://contoh.go.id/hak-jawab"),
        ("loket 3, gedung A", ""),
        ("tulis ke kami @ kantor", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_contact_leads_to_a_letter_a_page_or_is_only_words(contact: str, leads: str) -> None:
    assert address(contact) == leads


def test_a_setting_may_have_a_text_for_each_language() -> None:
    assert (said({"id": "Mei 2027", "en": "May 2027"}, "en"), said("2027", "en"), said(None, "id")) == (
        "May 2027", "2027", "",
    )  # fmt: skip


def test_a_setting_that_is_not_known_stops_the_build(tmp_path: Path) -> None:
    own = {"extensions": ["paritrana.build.site.sphinx_ext"], "publication": {"contract": "x"}}
    with pytest.raises(ConfigError, match="publication: contract: one of publisher, contact, next_update was expected"):
        Sphinx(tmp_path, None, tmp_path / "html", tmp_path / "doctrees", "html", own, status=None)
