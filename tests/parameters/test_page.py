"""Parameters: defaults, what overrides them, and all faults of them together."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from paritrana import paths
from paritrana.faults import InvalidInput
from paritrana.parameters.page import (
    book_rubric,
    faults,
    languages,
    national,
    province,
    province_codes,
    scenario_rubrics,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the parameters that a test may change."""
    return shutil.copytree(paths.PARAMS, tmp_path / "params")


def written(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def change(file: Path, **values: object) -> None:
    """Put keys into a YAML file."""
    file.write_text(yaml.safe_dump(written(file) | values), encoding="utf-8")


def told(error: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str | None, str | None]]:
    """File, key and value of each fault."""
    return [(Path(fault.file).name, fault.column, fault.value) for fault in error.value.faults]


def test_the_parameters_at_hand_have_no_fault() -> None:
    assert [str(fault) for fault in faults()] == []


def test_the_defaults_are_those_of_the_file() -> None:
    said = written(paths.PARAMS / "national.yml")
    assert {**national().model_dump(), "languages": languages()} == {**said, "language": said["languages"][0]}


def test_a_site_has_the_languages_of_the_file_or_the_one_that_is_given() -> None:
    assert languages() == ["id", "en"]
    assert languages({"language": "en", "year": 2023}) == ["en"]
    assert national().language == "id"


@pytest.mark.parametrize(
    ("said", "key", "expected"),
    [
        ([], "languages", "a list with at least 1 in it was expected"),
        ("id", "languages", "a list was expected"),
        (["id", "fr"], "languages.2", "id or en was expected"),
        (["en", "en"], "languages", "each language once was expected, that of the site's root first, as in [id, en]"),
    ],
)
def test_languages_that_are_none_are_told_in_one_sentence(folder: Path, said: object, key: str, expected: str) -> None:
    change(folder / "national.yml", languages=said)
    (fault,) = faults(folder)
    assert (Path(fault.file).name, fault.column, fault.expected) == ("national.yml", key, expected)


def test_a_language_that_stands_elsewhere_is_told(folder: Path) -> None:
    change(folder / "national.yml", language="id")
    change(folder / "provinces" / "13.yml", languages=["en"])
    told_of = [(Path(fault.file).name, fault.column) for fault in faults(folder)]
    assert told_of == [("national.yml", "language"), ("13.yml", "languages")]


def test_a_province_has_the_defaults_where_it_says_nothing() -> None:
    own = written(paths.PARAMS / "provinces" / "13.yml")
    assert province("13").model_dump() == national().model_dump() | own


def test_a_province_overrides_the_defaults(folder: Path) -> None:
    change(folder / "provinces" / "13.yml", rubric="equal", draws=500)
    assert (province("13", folder=folder).rubric, province("13", folder=folder).draws) == ("equal", 500)


def test_what_one_province_overrides_leaves_the_others_alone(folder: Path) -> None:
    change(folder / "provinces" / "13.yml", rubric="equal")
    assert province("14", folder=folder).rubric == national(folder=folder).rubric


def test_what_is_given_overrides_the_province(folder: Path) -> None:
    change(folder / "provinces" / "13.yml", rubric="equal")
    assert province("13", {"rubric": "hypothesis-b"}, folder).rubric == "hypothesis-b"


def test_nothing_given_overrides_nothing() -> None:
    assert province("13", {"year": None, "rubric": None}) == province("13")


def test_every_province_has_an_address_of_its_own() -> None:
    slugs = [province(code).slug for code in province_codes()]
    assert len(slugs) == len(set(slugs)) == 38


def test_all_faults_of_what_is_given_are_told_together() -> None:
    with pytest.raises(InvalidInput) as error:
        province("13", {"year": 2031, "rubric": "hypothesis-z", "draws": 0, "speed": 3})
    assert sorted(told(error), key=str) == [
        ("parameter", "draws", "0"),
        ("parameter", "rubric", "hypothesis-z"),
        ("parameter", "speed", None),
        ("parameter", "year", "2031"),
    ]


def test_a_fault_is_told_at_the_file_that_holds_it(folder: Path) -> None:
    change(folder / "national.yml", draws=0)
    change(folder / "provinces" / "13.yml", year=2031)
    with pytest.raises(InvalidInput) as error:
        province("13", folder=folder)
    assert sorted(told(error)) == [("13.yml", "year", "2031"), ("national.yml", "draws", "0")]


def test_a_fault_of_the_defaults_is_told_once_and_not_for_each_province(folder: Path) -> None:
    content = written(folder / "national.yml")
    del content["year"]
    (folder / "national.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    (fault,) = faults(folder)
    assert (Path(fault.file).name, fault.column, fault.expected) == ("national.yml", "year", "this key is missing")


def test_a_default_that_is_overridden_everywhere_is_still_checked(folder: Path) -> None:
    change(folder / "national.yml", year=2031)
    for code in province_codes(folder):
        change(folder / "provinces" / f"{code}.yml", year=2024)
    (fault,) = faults(folder)
    assert Path(fault.file).name == "national.yml"


def test_a_province_that_is_none_is_refused_by_its_code() -> None:
    with pytest.raises(InvalidInput, match=r'province: "1313" was found.*one of 11 to 96\.'):
        province("1313")


def test_a_rubric_of_the_book_scores_indicators_of_the_book(folder: Path) -> None:
    file = folder / "rubrics" / "equal.yml"
    content = written(file)
    content["criteria"][0]["indicator"] = "village_share"
    content["criteria"][3]["strength"] = None
    change(file, criteria=content["criteria"])
    for read in (lambda: book_rubric(file), lambda: scenario_rubrics("main", folder)):
        with pytest.raises(InvalidInput) as error:
            read()
        assert told(error) == [
            ("equal.yml", "criteria.coverage.indicator", "village_share"),
            ("equal.yml", "criteria.regulation.strength", None),
        ]


def test_a_slip_in_a_rubric_is_told_once_although_scenarios_use_it_too(folder: Path) -> None:
    content = written(folder / "rubrics" / "equal.yml")
    content["criteria"][0]["indicator"] = ""
    change(folder / "rubrics" / "equal.yml", criteria=content["criteria"])
    assert [(Path(fault.file).name, fault.column) for fault in faults(folder)] == [
        ("equal.yml", "criteria.coverage.indicator")
    ]


def test_scenarios_are_rubrics_in_their_order() -> None:
    names = written(paths.PARAMS / "scenarios" / "main.yml")["rubrics"]
    assert [rubric.id for rubric in scenario_rubrics("main")] == names


def test_what_an_editor_leaves_beside_parameters_is_none(folder: Path) -> None:
    for name in ("provinces/.#51.yml", "provinces/._51.yml", "rubrics/.equal.yml", "scenarios/.main.yml"):
        (folder / name).write_bytes(b"\0")
    assert faults(folder) == []
    assert province_codes(folder) == province_codes()
