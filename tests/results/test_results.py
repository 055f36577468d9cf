"""The result files of real provinces: they come back as they were, agree with themselves, and describe themselves."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import frictionless
import numpy as np
import pandas as pd
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from paritrana.analysis.headline import headline
from paritrana.analysis.known import bundled
from paritrana.analysis.modelled import bundled_estimates
from paritrana.analysis.province import ProvinceAnalysis, analyse
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.parameters import page as params
from paritrana.record.tables import load
from paritrana.results.estimates import estimates_table
from paritrana.results.package import json_schema, table_schema
from paritrana.results.province import province_result
from paritrana.results.rows import NATIONWIDE, TABLES
from paritrana.results.tidy import Result, csv_text, json_text, result_files, tidy_tables

pytestmark = pytest.mark.slow

THIN, EMPTY, PODIUM = "13", "95", "61"  # a thin record, an empty one, one with an announced podium
LED = "51"  # one of which a leader may be named
KEY = ["candidates", "assumption", "region_code"]


def analysed(code: str) -> ProvinceAnalysis:
    return analyse(load(), params.province(code, {"draws": 2_000}))


@pytest.fixture(scope="module")
def analyses() -> Mapping[str, ProvinceAnalysis]:
    return {code: analysed(code) for code in (THIN, PODIUM, EMPTY)}


@pytest.fixture(scope="module")
def results(analyses: Mapping[str, ProvinceAnalysis]) -> dict[str, Result]:
    return {code: province_result(analysis) for code, analysis in analyses.items()}


@pytest.fixture(scope="module")
def tables(results: dict[str, Result]) -> dict[str, pd.DataFrame]:
    return tidy_tables(list(results.values()))


@pytest.fixture(scope="module")
def estimates() -> dict[str, dict[str, str]]:
    """Estimates of the year of the results, and of one that has no others."""
    of_years = {
        str(year): csv_text(estimates_table(bundled_estimates("hypothesis-a"), year, 16_800)) for year in (2023, 2024)
    }
    return {"estimates": of_years}


@pytest.fixture(scope="module")
def package(
    results: dict[str, Result], estimates: dict[str, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a year, written."""
    folder = tmp_path_factory.mktemp("results")
    for name, text in result_files(list(results.values()), estimates):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "2024"


def faults(package: Path) -> set[tuple[str, str]]:
    """What frictionless finds in a folder: the table and the kind of each fault."""
    report = frictionless.validate(str(package / "datapackage.json"))
    return {(task.name, error.type) for task in report.tasks for error in task.errors} | {
        ("", error.type) for error in report.errors
    }


def test_a_result_comes_back_from_its_file_as_it_was(results: dict[str, Result], package: Path) -> None:
    for code, result in results.items():
        text = (package / f"{code}.json").read_text(encoding="utf-8")
        assert json.loads(text) == result
        assert "NaN" not in text


def test_the_same_analysis_gives_the_same_bytes(
    analyses: Mapping[str, ProvinceAnalysis], results: dict[str, Result]
) -> None:
    again = analyse(load(), analyses[PODIUM].params)
    made = list(results.values())
    assert json_text(province_result(again)) == json_text(results[PODIUM])
    assert dict(result_files(made[::-1], {})) == dict(result_files(made, {}))


def test_both_editions_have_the_same_results(
    analyses: Mapping[str, ProvinceAnalysis], results: dict[str, Result]
) -> None:
    english = replace(analyses[THIN], params=analyses[THIN].params.model_copy(update={"language": "en"}))
    assert province_result(english) == results[THIN]


def test_a_result_keeps_to_its_schema(results: dict[str, Result]) -> None:
    schema = Draft202012Validator(json_schema())
    for result in results.values():
        schema.validate(result)
    spoilt = {**results[THIN], "rankings": [{**results[THIN]["rankings"][0], "rank_best": "first"}]}
    assert [list(error.path) for error in schema.iter_errors(spoilt)] == [["rankings", 0, "rank_best"]]


def test_every_column_is_described_and_every_number_has_a_unit() -> None:
    for table in TABLES | NATIONWIDE:
        for field in table_schema(table)["fields"]:
            assert field["description"], (table, field)
            if field["type"] in ("integer", "number") and field["name"] != "seed":
                assert field["unit"], (table, field)


def test_frictionless_finds_no_fault_in_the_package(package: Path) -> None:
    assert faults(package) == set()


def test_a_year_without_a_province_has_its_estimates_described(package: Path) -> None:
    assert {path.name for path in (package.parent / "2023").iterdir()} == {"estimates.csv", "datapackage.json"}
    assert faults(package.parent / "2023") == set()


def test_estimates_are_of_every_region_and_indicator_and_a_recorded_value_is_in_its_range(package: Path) -> None:
    rows = pd.read_csv(package / "estimates.csv", dtype={"region_code": str})
    regions = load().regencies["kemendagri_code"]
    assert len(rows) == len(regions) * len(CRITERION_INDICATORS)
    ordered = rows[["q05", "q10", "q25", "median", "q75", "q90", "q95"]]
    assert (ordered.diff(axis=1).iloc[:, 1:] >= 0).all().all()
    found = rows.set_index(["region_code", "indicator"])
    recorded = bundled(2024, "hypothesis-a").recorded[2024]
    assert set(found.index[found["basis"] == "recorded"]) == set(recorded.index)
    own = recorded[["low", "high"]].astype(float)
    told = found.loc[own.index]
    assert (told["q05"] >= own["low"] - 1e-6).all()
    assert (told["q95"] <= own["high"] + 1e-6).all()


def test_frictionless_finds_what_does_not_keep_to_the_package(results: dict[str, Result], tmp_path: Path) -> None:
    files = dict(result_files(list(results.values()), {}))
    wrong = files["2024/rankings.csv"].replace("61.01", "61.99")
    for name, text in {**files, "2024/rankings.csv": wrong}.items():
        (tmp_path / Path(name).name).write_text(text, encoding="utf-8")
    assert faults(tmp_path) == {("rankings", "hash-count"), ("rankings", "foreign-key")}


def test_every_table_holds_the_rows_of_every_province(
    results: dict[str, Result], tables: dict[str, pd.DataFrame]
) -> None:
    assert tables["provinces"]["province_code"].tolist() == [THIN, PODIUM, EMPTY]
    for name, frame in tables.items():
        if name not in ("provinces", "acceptability"):
            assert len(frame) == sum(len(result[name]) for result in results.values())


def test_a_csv_gives_the_same_numbers_as_the_json(results: dict[str, Result], package: Path) -> None:
    for name in ("rankings", "weight_intervals", "measures", "attribution"):
        read = pd.read_csv(package / f"{name}.csv", dtype={"region_code": str})
        rows = pd.DataFrame([row for result in results.values() for row in result[name]])
        for column in rows.select_dtypes("number"):
            np.testing.assert_array_equal(read[column].to_numpy(float), rows[column].to_numpy(float))


def test_the_probabilities_of_a_region_sum_to_one(tables: dict[str, pd.DataFrame]) -> None:
    sums = tables["acceptability"].groupby([*KEY, "weights"])["acceptability"].sum()
    assert len(sums) > 100
    np.testing.assert_allclose(sums, 1)


def test_errors_are_those_of_shares_of_independent_draws(tables: dict[str, pd.DataFrame]) -> None:
    share = tables["acceptability"]["acceptability"]
    error = tables["acceptability"]["acceptability_standard_error"]
    np.testing.assert_allclose(error, np.sqrt(share * (1 - share) / 2_000))


def test_no_draw_leaves_the_exact_range_of_ranks(tables: dict[str, pd.DataFrame]) -> None:
    taken = tables["acceptability"].query("acceptability > 0").merge(tables["rankings"], on=KEY, suffixes=("", "_own"))
    # Under *modelled* the ends are those of 90 % ranges, and a draw may well lie beyond them.
    taken = taken[taken["assumption"] != "modelled"]
    some, own = taken[taken["weights"] == "any"], taken[taken["weights"] == "own"]
    assert some["rank"].between(some["rank_best"], some["rank_worst"]).all()
    assert own["rank"].between(own["gaps_best"], own["gaps_worst"]).all()


def test_the_rank_lies_in_its_ranges_where_everybody_is_recorded(tables: dict[str, pd.DataFrame]) -> None:
    frame = tables["rankings"]
    recorded = frame[frame["recorded"] & frame["weights_best"].notna()]  # these are ranked among each other
    assert len(recorded) > 10
    assert recorded["rank"].between(recorded["weights_best"], recorded["weights_worst"]).all()
    whole = frame[frame.groupby([*KEY[:2], "province_code"])["recorded"].transform("all")]
    assert len(whole) > 2
    for kind in ("rank", "weights", "gaps"):
        assert whole["rank"].between(whole[f"{kind}_best"], whole[f"{kind}_worst"]).all()


def test_mean_ranks_follow_from_the_probabilities(tables: dict[str, pd.DataFrame]) -> None:
    chances = tables["acceptability"]
    means = (chances["rank"] * chances["acceptability"]).groupby([chances[name] for name in (*KEY, "weights")]).sum()
    stated = tables["rankings"].set_index(KEY)
    for weights in ("any", "own"):
        np.testing.assert_allclose(
            means.xs(weights, level="weights").reindex(stated.index), stated[f"{weights}_expected_rank"]
        )


def test_the_middle_of_what_nobody_recorded_is_not_told(tables: dict[str, pd.DataFrame]) -> None:
    frame = tables["rankings"]
    unrecorded = frame[~frame["recorded"]]
    assert len(unrecorded) > 10
    assert unrecorded[["rank", "score_middle", "weights_best", "weights_worst"]].isna().all(axis=None)
    assert set(tables["certificates"]["region_code"]) <= set(frame.loc[frame["recorded"], "region_code"])


def middles(tables: dict[str, pd.DataFrame], key: tuple[str, str]) -> dict[str, dict[str, int]]:
    """Twice the middle score of each region of a ranking on each criterion, in millionths of a point."""
    scores = tables["scores"].set_index(["candidates", "assumption"]).loc[key]
    twice = ((scores["low"] + scores["high"]) * 1_000_000).round().astype(int)
    rows = zip(scores["region_code"], scores["criterion"], twice, strict=True)
    found: dict[str, dict[str, int]] = {}
    for region, criterion, score in rows:
        if region.startswith(PODIUM):
            found.setdefault(region, {})[criterion] = score
    return found


def weights_of_certificates(tables: dict[str, pd.DataFrame], key: tuple[str, str]) -> Iterator[tuple[str, Any]]:
    frame = tables["certificate_weights"].set_index(["candidates", "assumption"]).loc[key]
    frame = frame[frame["region_code"].str.startswith(PODIUM)]
    for region, rows in frame.groupby("region_code"):
        yield str(region), dict(zip(rows["criterion"], map(Fraction, rows["weight_exact"]), strict=True))


def test_the_weights_of_a_certificate_make_their_region_first_and_are_as_far_as_they_say(
    tables: dict[str, pd.DataFrame],
) -> None:
    key = ("all", "plausible")
    ranked = tables["rankings"].query("recorded")["region_code"]  # a region of which nothing is recorded stands aside
    scores, told = {code: row for code, row in middles(tables, key).items() if code in set(ranked)}, 0
    own = tables["weight_intervals"].query("province_code == @PODIUM and candidates == 'all' and stays == 'any'")
    own = own[own["assumption"] == "plausible"].set_index("criterion")["weight"]
    distances = tables["certificates"].set_index(KEY)["l1"]
    for region, weights in weights_of_certificates(tables, key):
        totals = {code: sum(weights[name] * score for name, score in row.items()) for code, row in scores.items()}
        assert sum(weights.values()) == 1
        assert totals[region] == max(totals.values())
        moved = sum(abs(float(weight) - own[name]) for name, weight in weights.items())
        assert moved == pytest.approx(distances[(*key, region)])
        told += 1
    assert told > 3


def test_the_least_rise_makes_its_region_first_and_a_millionth_of_a_point_less_does_not(
    tables: dict[str, pd.DataFrame],
) -> None:
    key = ("all", "plausible")
    own = tables["criteria"].query("province_code == @PODIUM").set_index("criterion")["weight"]
    ranked = set(tables["rankings"].query("recorded")["region_code"])
    scores = {code: row for code, row in middles(tables, key).items() if code in ranked}
    parts = {name: round(100 * own[name]) for name in next(iter(scores.values()))}

    def first(code: str, criterion: str, rise: int) -> bool:
        totals = {one: sum(parts[name] * score for name, score in row.items()) for one, row in scores.items()}
        return totals[code] + parts[criterion] * 2 * rise >= max(totals.values())

    told = tables["rises"].set_index(["candidates", "assumption"]).loc[key]
    told = told[told["region_code"].isin(scores)]
    assert len(told) == len(scores) * len(parts) and told["points"].gt(0).sum() > 3 and told["points"].isna().any()
    for row in told.itertuples():
        least = 100_000_000 - scores[row.region_code][row.criterion] // 2  # to 100 points
        if pd.notna(row.points):
            least = round(1_000_000 * row.points)
            assert first(row.region_code, row.criterion, least)
        assert not first(row.region_code, row.criterion, least - 1) or least == 0


def test_exact_fractions_are_the_numbers_beside_them(tables: dict[str, pd.DataFrame]) -> None:
    pairs = (("weight_intervals", "low"), ("weight_intervals", "high"), ("certificate_weights", "weight"))
    for table, column in pairs:
        exact = tables[table][f"{column}_exact"].map(lambda text: float(Fraction(text)))
        np.testing.assert_array_equal(exact, tables[table][column])


def test_the_podium_is_the_announced_one_with_its_probability(tables: dict[str, pd.DataFrame]) -> None:
    places = tables["podiums"].query("candidates == 'all' and assumption == 'plausible'").set_index("region_code")
    assert places["announced_rank"].to_dict() == {"61.04": 1, "61.02": 2, "61.09": 3}
    chances = tables["acceptability"].query("weights == 'any'").set_index([*KEY, "rank"])["acceptability"]
    for code, place in places.iterrows():
        assert place["acceptability"] == chances["all", "plausible", code, place["announced_rank"]]
    known = tables["regions"].set_index("region_code")
    assert not known.loc[["61.04", "61.02", "61.09"], "nominee"].any()  # only winners were announced there
    assert known["announced_rank"].notna().sum() == 3


def test_every_picked_figure_is_one_of_the_data_with_its_source(tables: dict[str, pd.DataFrame]) -> None:
    data = load().observations.set_index("observation_id")
    for row in tables["record"].itertuples():
        values = data.loc[str(row.observations).split(), "value"]
        assert (row.low, row.high) == (values.min(), values.max())
        assert set(str(row.sources).split()) == set(data.loc[str(row.observations).split(), "source_id"])


def test_an_empty_record_has_its_labour_force_and_no_rank(results: dict[str, Result]) -> None:
    empty = results[EMPTY]
    assert len(empty["regions"]) == 8
    assert all(region["employed"] > 0 for region in empty["regions"])
    assert {empty[name] == [] for name in ("rankings", "acceptability", "interview", "scenario_ranks")} == {True}
    assert {value["kind"] for value in empty["values"]} == {"modelled"}


def test_a_result_names_the_leader_that_the_rule_names_or_says_why_nobody_is(
    analyses: Mapping[str, ProvinceAnalysis], results: dict[str, Result]
) -> None:
    every = {**analyses, LED: analysed(LED)}
    results = {**results, LED: province_result(every[LED])}
    told = tidy_tables(list(results.values()))["provinces"].set_index("province_code")
    for code in (THIN, PODIUM, LED):
        main = every[code].main
        assert main is not None
        found, result = headline(every[code].nation, main), results[code]
        assert (result["leader"], tuple(result["no_leader"])) == (found.leader, found.obstacles)
        assert (result["leader"] is None) == bool(result["no_leader"]) == (result["leader_share"] is None)
        assert result["leader_share"] in (None, found.share)
        assert told["no_leader"].fillna("").to_dict()[code].split() == list(found.obstacles)
    assert [results[code]["leader"] is None for code in (THIN, LED)] == [True, False]  # both have been seen
    assert (results[EMPTY]["leader"], results[EMPTY]["no_leader"]) == (None, ["unrecorded"])
