"""What the build writes for the lab: small, always the same, nothing but what the book computes."""

import gzip
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paritrana import paths
from paritrana.analysis.any_table import rank_table, space_of
from paritrana.analysis.headline import disowned
from paritrana.analysis.own_table import read_table
from paritrana.engine.scores import FULL
from paritrana.faults import InvalidInput
from paritrana.lab import NATION, as_script, nation_data
from paritrana.lab.data import rubrics_of
from paritrana.lab.page import fullest
from paritrana.pages.vocabulary import Words
from paritrana.parameters import page as parameters
from paritrana.parameters.page import scenario_rubrics
from paritrana.presentation.language import Text
from paritrana.record.example import FILE, PROVINCE, read_example
from paritrana.record.years import YEARS
from paritrana.validation.example import check_example
from tests.factories import REAL
from tests.lab import parity as lab

MOST_BYTES = 200_000


def test_the_nation_is_small() -> None:
    text = as_script(NATION, lab.data()).encode()
    assert len(text) < MOST_BYTES
    assert len(gzip.compress(text)) < MOST_BYTES / 3


def test_the_same_data_give_the_same_text() -> None:
    shuffled = replace(REAL, regencies=REAL.regencies[::-1], provinces=REAL.provinces[::-1])
    assert as_script(NATION, nation_data(shuffled, lab.defaults())) == as_script(NATION, lab.data())


def test_the_script_is_json_that_cannot_end_a_page() -> None:
    hostile = {"name": "</script><!-- \u2028 \u2029", "value": [1, None, 0.5]}
    text = as_script(NATION, hostile)
    assert text.startswith("globalThis.ParitranaLabData=") and text.endswith(";\n")
    assert "<" not in text and text.isprintable() is False and "\u2028" not in text
    assert json.loads(text.removeprefix("globalThis.ParitranaLabData=").removesuffix(";\n")) == hostile


def test_every_space_of_every_province_is_there_and_the_fictional_ones_after_them() -> None:
    data = lab.data()
    codes = [code for code, _, _ in data["regions"]]
    assert codes[:514] == sorted(REAL.regencies["kemendagri_code"])
    owners = {code: data["provinces"][owner]["code"] for code, _, owner in data["regions"]}
    assert all(code.startswith(owner) for code, owner in owners.items())
    assert [province["code"] for province in data["provinces"] if province.get("fictional")] == [PROVINCE]
    assert {owners[code] for code in codes[514:]} == {PROVINCE} and len(codes) == 522
    assert "rekaan" in data["provinces"][-1]["name"]


def test_what_is_recorded_is_what_the_record_holds() -> None:
    data = lab.data()
    for year in YEARS:
        frame = lab.nation_of(year).recorded[year]
        for place, name in enumerate(data["rubrics"][0]["criteria"]):
            indicator = data["criteria"][name]["indicator"]
            column = data["scores"][str(year)][data["rubrics"][0]["columns"][place]]
            shown = [data["regions"][cell[0]][0] for cell in column["recorded"]]
            held = frame.index[frame.index.get_level_values("indicator") == indicator].get_level_values("region_code")
            assert [code for code in shown if not code.startswith(PROVINCE)] == sorted(held)


def test_scores_are_whole_and_of_the_scale() -> None:
    for columns in lab.data()["scores"].values():
        for column in columns:
            for _, *ends in column["recorded"] + column["filled"] + [[0, *(column["fill"] or [])]]:
                assert all(isinstance(end, int) and 0 <= end <= FULL for end in ends)
                assert ends == sorted(set(ends)) or len(set(ends)) == 1


def test_criteria_that_are_alike_share_a_column() -> None:
    data = lab.data()
    assert [rubric["id"] for rubric in data["rubrics"]] == [
        rubric.id for rubric in scenario_rubrics(lab.defaults().scenarios)
    ]
    assert {tuple(rubric["columns"]) for rubric in data["rubrics"]} == {tuple(range(7))}
    assert {len(columns) for columns in data["scores"].values()} == {7}


def test_figures_are_the_same_in_both_languages_and_texts_are_not() -> None:
    english = nation_data(REAL, parameters.national({"language": "en", "draws": lab.DRAWS}))
    assert english["scores"] == lab.data()["scores"]
    assert english["rubrics"][2]["title"] == "Equal weights"
    assert english["origins"] != lab.data()["origins"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of params/ that the library reads instead of the project's own."""
    shutil.copytree(paths.PARAMS, tmp_path / "params")
    for function in (parameters.scenario_rubrics, parameters.national):
        monkeypatch.setattr(function, "__defaults__", tuple(_moved(function.__defaults__ or (), tmp_path)))
    monkeypatch.setattr("paritrana.lab.data.rubric_path", lambda name: tmp_path / "params" / "rubrics" / f"{name}.yml")
    return tmp_path / "params"


def _moved(values: tuple[object, ...], folder: Path) -> list[object]:
    return [folder / "params" if value == paths.PARAMS else value for value in values]


def edited(folder: Path, name: str, change: Callable[[str], str]) -> None:
    """A new rubric made of hypothesis A."""
    text = (folder / "rubrics" / "hypothesis-a.yml").read_text(encoding="utf-8")
    (folder / "rubrics" / f"{name}.yml").write_text(
        change(text.replace("id: hypothesis-a", f"id: {name}")), encoding="utf-8"
    )


def test_a_rubric_of_other_goalposts_has_a_column_of_its_own(project: Path) -> None:
    growth = "indicator: growth, direction: up, goalposts: "
    edited(project, "steep", lambda text: text.replace(f"{growth}[0, 0.5]", f"{growth}[0, 0.25]"))
    data = nation_data(REAL, parameters.national({"rubric": "steep"}))
    assert data["rubrics"][-1]["id"] == data["rubric"] == "steep"
    assert data["rubrics"][-1]["columns"] == [0, 1, 7, 3, 4, 5, 6]
    plain, steep = (data["scores"]["2024"][at]["recorded"] for at in (2, 7))
    pairs = zip(plain, steep, strict=True)
    assert all(abs(min(2 * cell[1], FULL) - other[1]) <= 1 for cell, other in pairs)  # each is rounded by itself


def test_a_rubric_whose_scale_depends_on_the_table_is_not_offered(project: Path) -> None:
    edited(project, "relative", lambda text: text.replace("direction: up, goalposts: [0, 0.5]", "scale: minmax"))
    assert "relative" not in [rubric.id for rubric in rubrics_of(parameters.national({"rubric": "relative"}))]


def test_a_book_of_such_a_rubric_has_a_lab_that_begins_with_another(project: Path) -> None:
    edited(project, "relative", lambda text: text.replace("direction: up, goalposts: [0, 0.5]", "scale: minmax"))
    data = nation_data(REAL, parameters.national({"rubric": "relative"}))
    assert data["rubric"] == data["rubrics"][0]["id"] == "hypothesis-a"
    assert data == nation_data(REAL, parameters.national())


def test_a_lab_without_any_rubric_of_fixed_goalposts_is_refused(project: Path) -> None:
    edited(project, "relative", lambda text: text.replace("direction: up, goalposts: [0, 0.5]", "scale: minmax"))
    (project / "scenarios" / "main.yml").write_text("id: main\ntitle: x\nrubrics: [relative]\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r'main\.yml, key rubrics: "relative" was found, a rubric with goalposts'):
        nation_data(REAL, parameters.national({"rubric": "relative"}))


def test_scores_too_large_for_exact_sums_are_refused(project: Path) -> None:
    edited(project, "tiny", lambda text: text.replace("clip: true", "clip: false").replace("[0, 0.5]", "[0, 0.05]"))
    with pytest.raises(ValueError, match="vulnerable_workers: a score of more than 1000 points"):
        nation_data(REAL, parameters.national({"rubric": "tiny"}))


# ---- the fictional province


def test_the_fictional_province_is_complete_and_ranks_with_the_command_line() -> None:
    example, rubric = read_example(), lab.rubric_of("hypothesis-a")
    assert set(example.values) == {criterion.id for criterion in rubric.criteria}
    assert len(example.codes) == 8 and list(example.codes) == sorted(example.codes)
    result = rank_table(
        read_table(paths.DATA / FILE, rubric), rubric, space_of(rubric, "simplex", None), draws=100, seed=1
    )
    assert result.table.alternatives == example.names
    assert (np.sort(result.rank) == np.arange(1, 9)).all()
    assert (result.ranges.best == 1).sum() == 7  # each but one can be first, so that the lab has something to show


def test_the_fictional_province_is_in_no_real_table() -> None:
    example = read_example()
    names = set(REAL.regencies["name"]) | set(REAL.regencies["official_name"])
    assert not names & set(example.names)
    for table in (REAL.regencies, REAL.awards, REAL.observations, REAL.labour_force, REAL.regulations):
        for column in table.columns.intersection(["kemendagri_code", "region_code", "province_code"]):
            assert not table[column].astype("str").str.startswith(PROVINCE).any()


def test_the_invented_podium_is_one_of_nominees_from_the_first_place_on() -> None:
    example = read_example()
    assert [place for _, place in example.podium] == [1, 2, 3]
    assert {code for code, _ in example.podium} <= set(example.nominees) < set(example.codes)


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "expected"),
    [
        ("0.418", "many", 2, "coverage", "a number was expected"),
        ("0.418", "", 2, "coverage", "a number was expected"),
        ("99.02", "13.02", 3, "code", "a code such as 99.01"),
        ("99.02", "99.01", 3, "code", "what no other row has"),
        ("yes,2", "maybe,2", 2, "nominee", "yes or no"),
        ("yes,2", "yes,4", None, "announced_rank", "the places from the first on"),
        ("nominee", "nominated", 1, "nominee", "a column of this name"),
        (",0.88,", ",", None, None, "as many cells in each row"),
        ("Kab. Misal", '"', None, None, "a readable CSV file"),
    ],
)
def test_a_fault_in_the_fictional_province_is_told(
    tmp_path: Path, old: str, new: str, row: int | None, column: str | None, expected: str
) -> None:
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text((paths.DATA / FILE).read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    faults = list(check_example(tmp_path))
    assert (faults[0].file, faults[0].row, faults[0].column) == (f"data/{FILE}", row, column)
    assert expected in faults[0].expected


def test_the_project_has_its_fictional_province_and_a_missing_one_is_told(tmp_path: Path) -> None:
    assert list(check_example(paths.DATA)) == []
    (fault,) = check_example(tmp_path)
    assert "a readable CSV file" in fault.expected


def test_what_speaks_against_figures_goes_with_them_as_on_the_pages() -> None:
    """Of the book's year and province by province: the doubts that the rule for naming a leader sees."""
    data, words = lab.data(), Words(Text(lab.defaults().language), REAL, "")
    year = lab.defaults().year
    rubric = next(one for one in data["rubrics"] if one["id"] == data["rubric"])
    shown: dict[tuple[str, str], set[str]] = {}
    figured = set()
    for criterion, place in zip(rubric["criteria"], rubric["columns"], strict=True):
        column, told = data["scores"][str(year)][place], data["origins"][str(year)][place]
        for cell, origin in zip([*column["filled"], *column["recorded"]], told, strict=False):
            key = (data["regions"][cell[0]][0], data["criteria"][criterion]["indicator"])
            figured.add(key)
            if len(origin) > 4:
                shown[key] = {data["doubts"][at] for at in origin[4]}
    found = disowned(lab.nation_of(year))
    there = {key: {words.doubt(kind) for kind in kinds} for key, kinds in found.items() if key in figured}
    assert shown == there and len(shown) > 20


def test_the_lab_begins_where_most_is_recorded_that_nothing_speaks_against() -> None:
    data, year = lab.data(), str(lab.defaults().year)
    first, doubted = fullest(data), {region for region, *_ in _cells(data, year, doubted=True)}
    shares = {
        province["code"]: sum(data["regions"][cell[0]][2] == at for cell in _cells(data, year, doubted=False))
        / sum(region[2] == at for region in data["regions"])
        for at, province in enumerate(data["provinces"])
        if not province.get("fictional")
    }
    assert doubted and shares[first] == max(shares.values())


def _cells(data: dict[str, Any], year: str, *, doubted: bool) -> list[list[int]]:
    """The recorded cells of a year that something, or that nothing, speaks against."""
    found = []
    for column, told in zip(data["scores"][year], data["origins"][year], strict=True):
        for at, cell in enumerate(column["recorded"]):
            origin = told[len(column["filled"]) + at : len(column["filled"]) + at + 1]
            if origin and (len(origin[0]) > 4) == doubted:
                found.append(cell)
    return found
