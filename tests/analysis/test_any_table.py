"""`paritrana rank` from the outside: published cases, closed forms, and tables and rubrics that cannot be used."""

import csv
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from scipy.stats import binomtest
from typer.testing import CliRunner

from paritrana.analysis.any_table import range_in_words, rank_table, sentences, share_in_words
from paritrana.analysis.own_table import read_table
from paritrana.analysis.scoring import score_table
from paritrana.cli.app import app
from paritrana.engine.rank_range import rank_ranges
from paritrana.engine.spaces import simplex
from paritrana.parameters.rubric import load_rubric
from paritrana.paths import DATA

CASES = DATA / "cases"


def rubric(
    folder: Path,
    weights: dict[str, float],
    scale: str | None = None,
    criterion: dict[str, Any] | None = None,
    **given: Any,
) -> Path:
    """A user's rubric, with goalposts 0 and 1 for each criterion unless the first has a scale."""
    criteria: list[dict[str, Any]] = [
        {"id": name, "title": {"id": name, "en": name}, "weight": weight, "goalposts": [0, 1]}
        for name, weight in weights.items()
    ]
    if scale:
        del criteria[0]["goalposts"]
        criteria[0]["scale"] = scale
    criteria[0] |= criterion or {}
    content = {
        "id": "mine",
        "title": {"id": "x", "en": "x"},
        "status": "user",
        "source": "a test",
        "criteria": criteria,
    }
    path = folder / "mine.yml"
    path.write_text(yaml.safe_dump({**content, **given}), encoding="utf-8")
    return path


def table(folder: Path, rows: dict[str, list[Any]], criteria: list[str]) -> Path:
    path = folder / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", *criteria])
        writer.writerows([name, *values] for name, values in rows.items())
    return path


def run(table_file: Path, rubric_file: Path, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["rank", str(table_file), "--rubric", str(rubric_file), "--json", *words])
    assert done.exit_code == 0, done.output
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def faults_of(table_file: Path, rubric_file: Path, *words: str) -> list[str]:
    done = CliRunner().invoke(app, ["rank", str(table_file), "--rubric", str(rubric_file), "--json", *words])
    assert done.exit_code == 2
    assert done.stdout == ""
    return done.stderr.strip().splitlines()


def test_two_criteria_give_the_closed_forms(tmp_path: Path) -> None:
    # A = (1, 0), B = (0, 1), C = (0.7, 0.7): A is first for w1 > 0.7, B for w1 < 0.3.
    made = run(
        table(tmp_path, {"A": [1, 0], "B": [0, 1], "C": [0.7, 0.7]}, ["a", "b"]),
        rubric(tmp_path, {"a": 0.5, "b": 0.5}),
        "--draws",
        "50000",
    )
    assert made["score"] == {"A": 50, "B": 50, "C": 70}
    assert made["rank"] == {"A": 2, "B": 2, "C": 1}
    assert made["rank_range"] == {"A": [1, 3], "B": [1, 3], "C": [1, 2]}
    for name, share in {"A": 0.3, "B": 0.3, "C": 0.4}.items():
        assert made["acceptability"][name][0] == pytest.approx(share, abs=4 * math.sqrt(0.25 / 50000))
    assert made["weight_intervals"]["a"]["leader"] == pytest.approx([0.3, 0.7])
    assert made["central_weights"]["A"]["a"] == pytest.approx(0.85, abs=0.01)
    assert made["confidence"] == {"A": 1.0, "B": 1.0, "C": 1.0}
    # From (0.5, 0.5) to (0.7, 0.3): 0.2 + 0.2.
    assert made["certificates"]["A"]["l1"] == pytest.approx(0.4)
    assert made["certificates"]["A"]["weights"] == pytest.approx({"a": 0.7, "b": 0.3})
    assert made["certificates"]["C"]["l1"] == 0


def test_a_knife_edge_is_found_although_no_draw_hits_it(tmp_path: Path) -> None:
    case = json.loads((CASES / "analytic" / "expected.json").read_text(encoding="utf-8"))["knife_edge"]
    rows = {name: values[:2] for name, values in zip("ABC", case["X"], strict=True)}
    made = run(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 0.9, "b": 0.1}))
    assert made["rank_range"]["C"] == [1, 2]
    assert made["acceptability"]["C"][0] == 0
    assert made["certificates"]["C"]["weights"] == pytest.approx({"a": 0.5, "b": 0.5})


def test_what_cannot_happen_is_null(tmp_path: Path) -> None:
    made = run(table(tmp_path, {"A": [0.9, 0.8], "B": [0.2, 0.1]}, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 2}))
    assert made["rank_range"] == {"A": [1, 1], "B": [2, 2]}
    assert made["certificates"]["B"] == {"l1": None, "weights": None, "proved": True}
    assert made["central_weights"]["B"] is None
    assert made["confidence"]["B"] is None


def test_an_empty_cell_is_anything_and_an_interval_is_its_ends(tmp_path: Path) -> None:
    made = run(
        table(tmp_path, {"A": ["", 0.5], "B": ["0.2..0.4", 0.5], "C": [0.1, 0.4]}, ["a", "b"]),
        rubric(tmp_path, {"a": 0.5, "b": 0.5}),
    )
    assert made["score"] == {"A": [25, 75], "B": [35, 45], "C": 25}
    assert made["rank_range"]["A"] == [1, 3]


def test_the_human_development_index_is_reproduced_for_191_countries(tmp_path: Path) -> None:
    with (CASES / "hdi" / "hdi2021.csv").open(encoding="utf-8") as file:
        countries = [row for row in csv.DictReader(file) if row["hdi_2021"]]
    rows = {}
    for row in countries:
        life = (min(float(row["le_2021"]), 85) - 20) / 65
        education = (min(float(row["eys_2021"]), 18) / 18 + min(float(row["mys_2021"]), 15) / 15) / 2
        income = (math.log(min(float(row["gnipc_2021"]), 75000)) - math.log(100)) / (math.log(75000) - math.log(100))
        rows[row["iso3"]] = [life, education, income]
    # HDI has three decimals on 0 to 1: one on 0 to 100 points. Equal values share the better rank.
    thirds = rubric(tmp_path, {"life": 1, "education": 1, "income": 1}, aggregation="geometric", round=1)
    made = run(table(tmp_path, rows, ["life", "education", "income"]), thirds, "--draws", "1000")
    for row in countries:
        assert round(made["score"][row["iso3"]] / 100 + 1e-9, 3) == float(row["hdi_2021"]), row["country"]
        assert made["rank"][row["iso3"]] == int(float(row["hdi_rank_2021"])), row["country"]
        best, worst = made["rank_range"][row["iso3"]]
        assert best <= made["rank"][row["iso3"]] <= worst, row["country"]


def test_a_scale_may_depend_on_the_table(tmp_path: Path) -> None:
    path = rubric(tmp_path, {"a": 1})
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for scale, scores in {"minmax": [0, 50, 100], "rank": [0, 50, 100], "zscore": [37.753, 50, 62.247]}.items():
        content["criteria"] = [{"id": "a", "title": {"id": "a", "en": "a"}, "weight": 1, "scale": scale}]
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
        made = run(table(tmp_path, {"A": [1], "B": [2], "C": [3]}, ["a"]), path)
        assert list(made["score"].values()) == pytest.approx(scores, abs=1e-3)


@pytest.mark.parametrize(("ties", "expected"), [("min", [1, 1, 3]), ("max", [2, 2, 3]), ("dense", [1, 1, 2])])
def test_ties_follow_the_rubric(tmp_path: Path, ties: str, expected: list[int]) -> None:
    made = run(
        table(tmp_path, {"A": [1, 0], "B": [0, 1], "C": [0, 0]}, ["a", "b"]),
        rubric(tmp_path, {"a": 1, "b": 1}, ties=ties),
    )
    assert list(made["rank"].values()) == expected


@pytest.mark.parametrize("space", ["simplex", "box", "order", "dirichlet"])
def test_every_space_names_its_sampler_and_keeps_ranks_inside_the_exact_range(tmp_path: Path, space: str) -> None:
    rows: dict[str, list[Any]] = {"A": [0.9, 0.1, 0.3], "B": [0.5, 0.6, 0.2], "C": [0.1, 0.8, "0.2..0.9"]}
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    made = run(table(tmp_path, rows, ["a", "b", "c"]), rubric(tmp_path, weights), "--space", space, "--draws", "2000")
    assert made["space"] == space
    assert made["sampler"]
    for name, shares in made["acceptability"].items():
        taken = [rank for rank, share in enumerate(shares, start=1) if share > 0]
        best, worst = made["rank_range"][name]
        assert best <= min(taken) <= max(taken) <= worst
        assert sum(shares) == pytest.approx(1)


def test_a_gap_under_a_geometric_mean_gives_answers_that_agree(tmp_path: Path) -> None:
    # Own Monte Carlo of two million draws, the gap uniform on 0 to 100 points: A is first in 0.671.
    path = rubric(tmp_path, {"a": 1, "b": 1}, aggregation="geometric")
    made = run(table(tmp_path, {"A": ["", 0.6], "B": [0.3, 0.61]}, ["a", "b"]), path, "--draws", "100000")
    assert made["acceptability"]["A"][0] == pytest.approx(0.671, abs=0.006)
    assert made["confidence"]["A"] > 0.6
    assert made["rank"] == {"A": 1, "B": 2}
    assert made["certificates"]["A"]["l1"] == 0
    assert made["weight_intervals"]["a"]["leader"][0] < 0.5 < made["weight_intervals"]["a"]["leader"][1]


def test_equal_products_share_a_rank_and_a_score(tmp_path: Path) -> None:
    path = rubric(tmp_path, {"a": 1, "b": 1}, aggregation="geometric")
    rows: dict[str, list[Any]] = {"A": [0.2, 0.9], "B": [0.3, 0.6], "C": [0, 1], "D": [1, 0]}
    made = run(table(tmp_path, rows, ["a", "b"]), path, "--draws", "100")
    assert made["rank"] == {"A": 1, "B": 1, "C": 3, "D": 3}
    assert made["score"]["A"] == made["score"]["B"] == pytest.approx(42.4264069)
    # A score of nothing counts as a millionth of a point.
    assert made["score"]["C"] == made["score"]["D"] == pytest.approx(0.01)
    assert made["notes"] == [
        "A score of 0 counts as a millionth of a point in a geometric mean, in scores as in ranks."
    ]


def test_rows_may_come_in_any_order(tmp_path: Path) -> None:
    rows: dict[str, list[Any]] = {"A": [0.9, 0.1], "B": [0.5, 0.6], "C": [0.1, "0.2..0.9"]}
    path = rubric(tmp_path, {"a": 0.6, "b": 0.4})
    first = run(table(tmp_path, rows, ["a", "b"]), path)
    second = run(table(tmp_path, dict(reversed(rows.items())), ["a", "b"]), path)
    for key in ("score", "rank", "rank_range", "weight_intervals"):
        assert first[key] == second[key]


def test_without_json_it_prints_a_table_and_two_sentences(tmp_path: Path) -> None:
    path = table(tmp_path, {"A [b]": [1, 0], "B": [0, 1]}, ["a", "b"])
    done = CliRunner().invoke(app, ["rank", str(path), "--rubric", str(rubric(tmp_path, {"a": 2, "b": 1}))])
    assert done.exit_code == 0
    assert "A [b]" in done.stdout
    assert done.stdout.rstrip().endswith("2 of 2 alternatives can be first.")


def test_rounding_counts_in_shares_ranges_and_certificates(tmp_path: Path) -> None:
    # Totals of 55.002 and 55 points are both 55.0: A and B share the first place.
    rows: dict[str, list[Any]] = {"A": [0.50004, 0.6], "B": [0.5, 0.6], "C": [0.1, 0.2]}
    made = run(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}, round=1), "--draws", "500")
    assert made["rank"] == {"A": 1, "B": 1, "C": 3}
    # Without rounding B is behind A wherever `a` has weight; with it only where half a unit lies between them: they are
    # 0.004 x weight apart, in units of 0.1 points, so in 2 % of draws.
    assert made["acceptability"]["B"][0] == pytest.approx(0.98, abs=0.03)
    assert made["rank_range"] == {"A": [1, 1], "B": [1, 2], "C": [3, 3]}
    assert made["certificates"]["B"] == {"l1": 0, "weights": {"a": 0.5, "b": 0.5}, "proved": True}
    assert made["confidence"]["A"] == 1
    assert made["confidence"]["C"] is None
    assert "rounded to 1 decimals" in made["notes"][0]


@pytest.mark.parametrize(("ties", "rank", "worst"), [("min", 1, 1), ("max", 2, 2), ("dense", 1, 1)])
def test_ties_count_in_shares_ranges_and_certificates(tmp_path: Path, ties: str, rank: int, worst: int) -> None:
    rows: dict[str, list[Any]] = {"A": [0.5, 0.6], "B": [0.5, 0.6], "C": [0.1, 0.2]}
    made = run(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}, ties=ties), "--draws", "500")
    assert made["rank"]["A"] == made["rank"]["B"] == rank
    assert made["acceptability"]["A"][rank - 1] == 1
    assert made["rank_range"]["A"] == [rank, worst]
    # Two equals are never alone in the first place.
    assert (made["certificates"]["A"]["l1"] is None) == (ties == "max")
    assert made["rank"]["C"] == (2 if ties == "dense" else 3)
    assert made["acceptability"]["C"][made["rank"]["C"] - 1] == 1


def test_a_bound_is_told_as_a_bound_and_who_can_be_first_is_proved(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    criteria = list("abcdef")
    rows = {f"x{at}": row.tolist() for at, row in enumerate(rng.random((30, 6)).round(3))}
    given = load_rubric(rubric(tmp_path, dict.fromkeys(criteria, 1)))
    read = read_table(table(tmp_path, rows, criteria), given)
    result = rank_table(read, given, simplex(6), draws=500, seed=1)
    scored = score_table(given, given.criteria, read.low, read.high)
    hasty = replace(result, ranges=rank_ranges(scored, simplex(6), effort=0))
    open_ends = np.flatnonzero(~hasty.ranges.worst_proved)
    assert len(open_ends)
    assert f"to at most {hasty.ranges.worst[open_ends[0]]}" in range_in_words(hasty, int(open_ends[0]))
    proved = np.flatnonzero(result.ranges.best_proved & result.ranges.worst_proved)
    assert range_in_words(result, int(proved[0])).replace(" to ", "").isdigit()
    # Without gaps, over all weights, those who can be first are those with a certificate.
    able = sum(made.change.parts is not None for made in result.certificates)
    for found in (result, hasty):
        assert sentences(found)[1].endswith(f"{able} of 30 alternatives can be first.")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    criteria = list("abcdefgh")
    rows = {f"x{at}": row.tolist() for at, row in enumerate(rng.random((24, 8)).round(3))}
    files = table(tmp_path, rows, criteria), rubric(tmp_path, dict.fromkeys(criteria, 1))
    assert json.dumps(run(*files, "--draws", "500")) == json.dumps(run(*files, "--draws", "500"))


GOOD = {"A": [0.9, 0.1], "B": [0.2, 0.8]}


@pytest.mark.parametrize(
    ("rows", "columns", "sentence"),
    [
        ({"A": ["0.9x", 0.1], "B": [0.2, 0.8]}, ["a", "b"], 'row 2, column a: "0.9x" was found, a number such as 12.5'),
        ({"A": ["0,9", 0.1], "B": [0.2, 0.8]}, ["a", "b"], 'row 2, column a: "0,9" was found'),
        ({"A": ["0.9..0.1", 0.1], "B": [0.2, 0.8]}, ["a", "b"], "an interval with its lower end first was expected"),
        ({"A": ["nan", 0.1], "B": [0.2, 0.8]}, ["a", "b"], '"nan" was found'),
        ({"A": ["inf", 0.1], "B": [0.2, 0.8]}, ["a", "b"], '"inf" was found'),
        ({"A": ["1e999", 0.1], "B": [0.2, 0.8]}, ["a", "b"], "a finite number was expected"),
        ({"A": [0.9, 0.1]}, ["a", "b"], "at least two alternatives were expected"),
        ({"A": [0.9, 0.1], "A ": [0.2, 0.8]}, ["a", "b"], "a name that no other row has was expected"),
        ({"A": [0.9, 0.1], "": [0.2, 0.8]}, ["a", "b"], "the name of an alternative was expected"),
        (GOOD, ["a", "bb"], "column b: a column of this name was expected"),
        (GOOD, ["a", "a"], "each column once was expected"),
        ({"A": [0.9, 0.1, 7], "B": [0.2, 0.8]}, ["a", "b"], "4 cells"),
    ],
)
def test_a_bad_table_gives_a_clear_sentence(
    tmp_path: Path, rows: dict[str, list[Any]], columns: list[str], sentence: str
) -> None:
    said = faults_of(table(tmp_path, rows, columns), rubric(tmp_path, {"a": 1, "b": 1}))
    assert any(sentence in line for line in said), said


SCALES = pytest.mark.parametrize("scale", ["minmax", "zscore", "rank"])


@SCALES
@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([5, 5, ""], "5 in 2 of 3 rows"),
        (["", 0.5, ""], "0.5 in 1 of 3 rows"),
        (["", "", ""], "nothing in 3 rows"),
    ],
)
def test_a_scale_that_the_table_cannot_make_is_refused_in_one_sentence(
    tmp_path: Path, scale: str, values: list[Any], found: str, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = {name: [value, other] for name, value, other in zip("ABC", values, [0.1, 0.2, 0.3], strict=True)}
    (said,) = faults_of(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}, scale))
    assert said.endswith(
        f'table.csv, column a: "{found}" was found, two values that differ were expected, of which the scale {scale} '
        "is made, or goalposts, or leave it out."
    )
    assert capfd.readouterr().err == ""


@SCALES
@pytest.mark.parametrize("values", [[5, 5, 5], ["5..5", 5, 5.0000000000000001], ["0.3", "0.30000000000000004", "0.3"]])
def test_a_column_alike_in_every_row_decides_nothing_and_is_said(tmp_path: Path, scale: str, values: list[Any]) -> None:
    rows = {name: [value, other] for name, value, other in zip("ABC", values, [0.1, 0.2, 0.3], strict=True)}
    made = run(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}, scale), "--draws", "100")
    assert made["score"] == {"A": 30, "B": 35, "C": 40}
    assert made["rank_range"] == {"A": [1, 3], "B": [1, 2], "C": [1, 1]}
    (said,) = made["notes"]
    assert said.startswith("a is ") and said.endswith(
        "in every row and tells nobody from another: all score 50 points."
    )


def test_a_published_table_with_a_column_alike_in_every_row_is_reproduced(tmp_path: Path) -> None:
    # Rizan et al. (2020), simple additive weighting: the third criterion is 0.75 for all four.
    rows: dict[str, list[Any]] = {
        "A1": [0.75, 0.5, 0.75, 0, 0, 0, 1],
        "A2": [0.75, 1, 0.75, 0, 0, 0, 0.75],
        "A3": [0.75, 0.75, 0.75, 0, 0.5, 0.25, 1],
        "A4": [0.5, 0.5, 0.75, 1, 0.5, 0, 0.75],
    }
    names = [f"c{at}" for at in range(1, 8)]
    path = rubric(tmp_path, dict(zip(names, [0.1, 0.1, 0.1, 0.15, 0.2, 0.25, 0.1], strict=True)))
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for criterion, most in zip(content["criteria"], [0.75, 1, 0.75, 1, 0.5, 0.25, 1], strict=True):
        criterion["goalposts"] = [0, most]
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    made = run(table(tmp_path, rows, names), path, "--draws", "500")
    assert list(made["score"].values()) == pytest.approx([35, 37.5, 82.5, 64.2], abs=0.0501)
    assert made["rank"] == {"A1": 4, "A2": 3, "A3": 1, "A4": 2}
    assert made["notes"] == ["c3 is 0.75 in every row and tells nobody from another."]


def test_values_beyond_the_goalposts_are_counted(tmp_path: Path) -> None:
    rows: dict[str, list[Any]] = {"A": [70, 0.1], "B": [50, 0.8], "C": ["", 0.5]}
    made = run(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}), "--draws", "100")
    assert made["notes"] == [
        "2 of 2 values of a lie beyond the goalposts and are clipped to them.",
        "Is a in percent? Then write 55 as 55% or 0.55, or give goalposts such as [0, 100].",
    ]


def test_no_draw_or_every_draw_is_no_certainty(tmp_path: Path) -> None:
    files = table(tmp_path, {"A": [0.9, 0.8], "B": [0.2, 0.1]}, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 2})
    made = run(*files, "--draws", "200")
    expected = binomtest(0, 200).proportion_ci(0.95, "exact").high  # Clopper and Pearson 1934
    assert made["acceptability_unseen"] == pytest.approx(expected)
    done = CliRunner().invoke(app, ["rank", str(files[0]), "--rubric", str(files[1]), "--draws", "200"])
    assert "± 0.0" not in done.stdout
    assert "A is first in 100.0% (at least 98.172%) of 200 draws" in done.stdout
    assert share_in_words(1 / 1_000_000, 1_000_000) == "0.000% ± 0.0001"


@SCALES
@pytest.mark.parametrize(("other", "found"), [(6, "0..100"), ("4..6", "0..100 and 1 more")])
def test_an_interval_under_a_scale_that_it_would_move_is_refused(
    tmp_path: Path, scale: str, other: object, found: str
) -> None:
    rows: dict[str, list[Any]] = {"A": ["0..100", 0], "B": [5, 1], "C": [other, 0.6]}
    (said,) = faults_of(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}, scale))
    assert said.endswith(
        f'table.csv, row 2, column a: "{found}" was found, one number or nothing was expected: the scale {scale} moves '
        "with the values, and only fixed goalposts take intervals."
    )


@SCALES
def test_an_unknown_value_under_a_scale_may_score_anything(tmp_path: Path, scale: str) -> None:
    rows: dict[str, list[Any]] = {"A": [1, 0.5], "B": [2, 0.5], "C": ["", 0.4]}
    made = run(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}, scale), "--draws", "500")
    assert made["score"]["C"] == [20, 70]
    assert made["rank_range"]["C"] == [1, 3]
    assert all(best <= made["rank"][name] <= worst for name, (best, worst) in made["rank_range"].items())


@pytest.mark.parametrize(
    ("given", "value", "sentence"),
    [
        (
            {},
            "2000000",
            'row 3, column a: "2000000" was found, a value from -90 to 90 was expected, as the rubric',
        ),
        ({}, "1..91", 'row 3, column a: "91" was found, a value from -90 to 90 was expected'),
        ({"criterion": {"direction": "down"}}, "92", '"92" was found, a value from -89 to 91 was expected'),
        ({"aggregation": "geometric"}, "-0.1", '"-0.1" was found, a value from 0 to 90 was expected'),
    ],
)
def test_a_value_that_has_no_score_without_clipping_is_refused(
    tmp_path: Path, given: dict[str, Any], value: str, sentence: str
) -> None:
    rows: dict[str, list[Any]] = {"A": [0.9, 0.1], "B": [value, 0.8]}
    path = rubric(tmp_path, {"a": 1, "b": 1}, clip=False, **given)
    (said,) = faults_of(table(tmp_path, rows, ["a", "b"]), path)
    assert sentence in said
    rows["B"][0] = 0.7
    assert run(table(tmp_path, rows, ["a", "b"]), path, "--draws", "100")["rank"].keys() == {"A", "B"}


def test_huge_values_are_clipped_without_a_warning(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows: dict[str, list[Any]] = {"A": ["-1e308", 0.1], "B": ["1e308", 0.8], "C": ["-1.5e308..1.5e308", 0.5]}
    made = run(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}), "--draws", "100")
    assert made["score"] == {"A": 5, "B": 90, "C": [25, 75]}
    assert capfd.readouterr().err == ""


def test_any_table_may_have_any_indicator_or_none(tmp_path: Path) -> None:
    for indicator in ("gdp", "", None, "regulation"):
        path = rubric(tmp_path, {"a": 1, "b": 1}, criterion={"indicator": indicator})
        assert run(table(tmp_path, GOOD, ["a", "b"]), path, "--draws", "100")["score"] == {"A": 50, "B": 50}


def test_one_text_is_title_enough(tmp_path: Path) -> None:
    path = rubric(tmp_path, {"a": 1, "b": 1}, criterion={"title": "Coverage"}, title="Mine")
    assert run(table(tmp_path, GOOD, ["a", "b"]), path, "--draws", "100")["criteria"] == ["a", "b"]


def test_all_faults_of_a_table_are_told_together(tmp_path: Path) -> None:
    rows = {"A": ["x", 0.1], "B": [0.2, "y"], "C": ["5..1", 0]}
    assert len(faults_of(table(tmp_path, rows, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}))) == 3


@pytest.mark.parametrize(
    ("weights", "given", "sentence"),
    [
        ({"a": 0.5, "b": 0.4}, {}, "a sum of 0.9"),
        ({"a": -0.5, "b": 1.5}, {}, '"-0.5" was found'),
        ({"a": 0.1181, "b": 0.8974}, {}, "a sum of 1.0155"),  # as the published weights of WASPAS 2015
        ({"a": 0.5, "b": 0.5}, {"wieghts": 1}, "wieghts"),
        ({"a": 0.5, "b": 0.5}, {"aggregation": "median"}, '"median" was found'),
        ({"a": 0, "b": 0}, {}, "a sum of 0"),
        ({"a": 1, "b": 1}, {"criterion": {"strength": {"Prda": 1}}}, 'key criteria.a.strength.Prda: "Prda" was found'),
        ({"a": 1, "b": 1}, {"criterion": {"goalposts": [0, math.inf]}}, "two numbers were expected"),
        (
            {"a": 1, "b": 1},
            {"scale": "zscore", "aggregation": "geometric", "clip": False},
            "clip: true was expected: a z-score may be below 0",
        ),
    ],
)
def test_a_bad_rubric_gives_a_clear_sentence(
    tmp_path: Path, weights: dict[str, float], given: dict[str, Any], sentence: str
) -> None:
    said = faults_of(table(tmp_path, GOOD, ["a", "b"]), rubric(tmp_path, weights, **given))
    assert any(sentence in line for line in said), said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["--space", "boxx"], 'did you mean "box"?'), (["--space", "box", "--radius", "-1"], "greater than 0")],
)
def test_an_impossible_space_gives_a_clear_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    said = faults_of(table(tmp_path, GOOD, ["a", "b"]), rubric(tmp_path, {"a": 1, "b": 1}), *words)
    assert any(sentence in line for line in said), said


def test_missing_files_give_a_sentence_each(tmp_path: Path) -> None:
    assert "nowhere.csv" in faults_of(tmp_path / "nowhere.csv", rubric(tmp_path, {"a": 1, "b": 1}))[0]
    assert "nowhere.yml" in faults_of(table(tmp_path, GOOD, ["a", "b"]), tmp_path / "nowhere.yml")[0]
