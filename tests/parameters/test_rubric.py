"""Weights are exact, and no rubric of the project passes itself off as official."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from paritrana.checked import checked, read_yaml
from paritrana.faults import InvalidInput
from paritrana.parameters.rubric import KINDS, MAX_PARTS, Rubric, load_rubric, rubric_ids, rubric_path
from paritrana.paths import DATA
from paritrana.plan.book import ZONES_RUBRIC


def content(*weights: object, **given: Any) -> dict[str, Any]:
    """A rubric with criteria a, b, c... of these weights."""
    criteria = [
        {"id": chr(ord("a") + place), "title": {"id": "x", "en": "x"}, "weight": weight, "goalposts": [0, 1]}
        for place, weight in enumerate(weights)
    ]
    return {
        "id": "test",
        "title": {"id": "Uji", "en": "Test"},
        "status": "user",
        "source": "made for a test",
        "criteria": criteria,
        **given,
    }


def rubric(*weights: object, **given: Any) -> Rubric:
    return checked(Rubric, content(*weights, **given), "test.yml")


def sentences(*weights: object, **given: Any) -> list[str]:
    """The faults of a rubric."""
    with pytest.raises(InvalidInput) as error:
        rubric(*weights, **given)
    return [str(fault) for fault in error.value.faults]


def test_one_part_each_of_three_is_an_exact_third() -> None:
    parts = rubric(1, 1, 1).parts
    assert {Fraction(part, sum(parts.values())) for part in parts.values()} == {Fraction(1, 3)}


def test_whole_weights_are_parts_of_their_own_sum() -> None:
    assert rubric(30, 20, 10).parts == {"a": 30, "b": 20, "c": 10}


def test_decimals_become_parts_of_a_million() -> None:
    assert rubric(0.1, 0.2, 0.7).parts == {"a": 100_000, "b": 200_000, "c": 700_000}


def test_decimals_that_no_binary_fraction_holds_sum_to_exactly_one() -> None:
    assert sum([0.1] * 10) != 1
    assert sum(rubric(*[0.1] * 10).parts.values()) == MAX_PARTS


def test_six_decimals_are_kept_to_the_last() -> None:
    assert rubric(0.333333, 0.333333, 0.333334).parts == {"a": 333_333, "b": 333_333, "c": 333_334}


def test_a_criterion_may_weigh_nothing() -> None:
    assert rubric(0, 1).parts == {"a": 0, "b": 1}


@pytest.mark.parametrize(
    ("weights", "total"),
    [((0.5, 0.49), "0.99"), ((0.333333,) * 3, "0.999999"), ((2, 0.5), "2.5"), ((0.5, 0.500001), "1.000001")],
)
def test_decimals_that_do_not_sum_to_one_are_refused_with_their_sum(weights: tuple[float, ...], total: str) -> None:
    assert sentences(*weights) == [
        f'test.yml, key criteria: "a sum of {total}" was found, '
        "weights whose sum is exactly 1, or whole numbers, were expected."
    ]


@pytest.mark.parametrize(("weights", "total"), [((0, 0), "0"), ((MAX_PARTS, 1), "1000001")])
def test_whole_weights_need_a_sum_that_the_engine_can_hold(weights: tuple[int, ...], total: str) -> None:
    (sentence,) = sentences(*weights)
    assert sentence.endswith(
        f'"a sum of {total}" was found, whole weights whose sum is from 1 to 1000000 were expected.'
    )


@pytest.mark.parametrize("weight", [-1, -0.1, 0.1234567, float("nan"), float("inf"), 1e40, 10**400, True, "0.5", None])
def test_what_is_no_weight_is_refused(weight: object) -> None:
    (sentence,) = sentences(weight, 1)
    assert sentence.startswith("test.yml, key criteria.a.weight: ")
    assert sentence.endswith("a weight was expected: a number from 0 to 1000000 with at most 6 decimals.")


@pytest.mark.parametrize("posts", [[1, 0], [1, 1], [0], [0, 1, 2], [0, "1"], [0, float("nan")], [0, float("inf")], 1])
def test_goalposts_that_are_none_are_refused(posts: object) -> None:
    criteria = content(1)["criteria"]
    criteria[0]["goalposts"] = posts
    (sentence,) = sentences(criteria=criteria)
    assert sentence.startswith("test.yml, key criteria.a.goalposts: ")
    assert sentence.endswith("two numbers were expected, the low one first, such as [0, 0.5].")


def with_strength(strength: object) -> dict[str, Any]:
    """A rubric whose criterion gives these values to kinds of regulation."""
    criteria = content(1)["criteria"]
    criteria[0]["strength"] = strength
    return {"criteria": criteria}


def test_kinds_of_regulation_are_those_of_the_data() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    (fields,) = [table["schema"]["fields"] for table in package["resources"] if table["name"] == "regulations"]
    assert [field["constraints"]["enum"] for field in fields if field["name"] == "kind"] == [list(KINDS)]


@pytest.mark.parametrize("worth", [-0.1, 1.1, float("nan"), float("inf"), 10**400, True, "1", None])
def test_what_no_regulation_can_be_worth_is_refused(worth: object) -> None:
    (sentence,) = sentences(**with_strength({"Perda": 1, "SE": worth}))
    assert sentence.startswith("test.yml, key criteria.a.strength.SE: ")
    assert sentence.endswith("a number from 0 to 1 was expected.")


def test_an_unknown_kind_of_regulation_is_refused_with_the_nearest() -> None:
    first, second = sentences(**with_strength({"Prda": 1, "perwali": 0.7, "SE": 0}))
    assert first == (
        'test.yml, key criteria.a.strength.Prda: "Prda" was found, a kind of regulation was expected, one of '
        f'{", ".join(KINDS)} (did you mean "Perda"?).'
    )
    assert second.startswith('test.yml, key criteria.a.strength.perwali: "perwali" was found, ')
    assert second.endswith('(did you mean "Perwali"?).')


def test_a_z_score_below_zero_has_no_geometric_mean() -> None:
    criteria = content(1)["criteria"]
    criteria[0] |= {"goalposts": None, "scale": "zscore"}
    assert sentences(criteria=criteria, aggregation="geometric", clip=False) == [
        "test.yml: clip: true was expected: a z-score may be below 0, of which there is no geometric mean."
    ]


def test_a_title_in_one_language_stands_for_both() -> None:
    criteria = content(1)["criteria"]
    criteria[0]["title"] = "Coverage"
    made = rubric(title="Mine", criteria=criteria)
    assert (made.title.id, made.title.en) == ("Mine", "Mine")
    assert made.criteria[0].title.in_language("id") == "Coverage"


def test_all_faults_of_a_rubric_are_told_together() -> None:
    told = sentences(-1, float("nan"), status="officiel", clip="yes")
    assert [sentence.split(":")[0] for sentence in told] == [
        "test.yml, key status",
        "test.yml, key clip",
        "test.yml, key criteria.a.weight",
        "test.yml, key criteria.b.weight",
    ]


def test_a_source_in_one_language_stands_for_both() -> None:
    source = rubric(1, source="a page").source
    assert (source.id, source.en) == ("a page", "a page")


def test_a_criterion_is_found_by_its_id() -> None:
    assert rubric(30, 70).criterion("b").weight == Decimal(70)


@pytest.mark.parametrize("name", rubric_ids())
def test_every_rubric_at_hand_is_a_hypothesis_and_says_so(name: str) -> None:
    loaded = load_rubric(rubric_path(name))
    assert loaded.status == "hypothesis"
    assert "bukan bobot resmi" in loaded.source.id.lower()
    assert "not official weights" in loaded.source.en.lower()


@pytest.mark.parametrize("name", rubric_ids())
def test_every_rubric_at_hand_carries_the_id_of_its_file(name: str) -> None:
    assert load_rubric(rubric_path(name)).id == name


@pytest.mark.parametrize("name", rubric_ids())
def test_the_weights_of_every_rubric_at_hand_are_those_of_its_file(name: str) -> None:
    written = yaml.safe_load(Path(rubric_path(name)).read_text(encoding="utf-8"))["criteria"]
    decimals = {criterion["id"]: Decimal(str(criterion["weight"])) for criterion in written}
    parts = load_rubric(rubric_path(name)).parts
    whole = all(weight == int(weight) for weight in decimals.values())
    assert parts == {key: int(weight * (1 if whole else MAX_PARTS)) for key, weight in decimals.items()}
    assert whole or sum(decimals.values()) == 1


def test_all_rubrics_of_regions_score_the_same_criteria() -> None:
    """Otherwise scenarios side by side would differ by more than their weights."""
    of_regions = set(rubric_ids()) - {ZONES_RUBRIC}

    def scored(name: str) -> list[tuple[Any, ...]]:
        return [(c.id, c.indicator, c.direction, c.goalposts) for c in load_rubric(rubric_path(name)).criteria]

    assert all(scored(name) == scored("hypothesis-a") for name in of_regions)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("010", "8"), ("1:30", "90"), ("0x10", "16"), ("0b11", "3"), ("1_0", "10"), ("1:30.5", "90.5")],
)
def test_a_number_that_means_another_one_is_refused(tmp_path: Path, written: str, meant: str) -> None:
    path = tmp_path / "odd.yml"
    path.write_text(f"id: odd\nround: {written}\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        load_rubric(path)
    (said,) = map(str, refused.value.faults)
    expected = f"a number in plain decimals was expected, such as {meant}, as which YAML reads this."
    assert said.endswith(f'odd.yml, row 2: "{written}" was found, {expected}')


@pytest.mark.parametrize(
    ("written", "number"),
    [("0", 0), ("10", 10), ("-3", -3), ("0.5", 0.5), (".5", 0.5), ("5.", 5.0), ("1.5e+3", 1500.0)],
)
def test_a_number_that_means_what_it_says_is_read(tmp_path: Path, written: str, number: float) -> None:
    path = tmp_path / "plain.yml"
    path.write_text(f"weight: {written}\n", encoding="utf-8")
    assert read_yaml(path) == {"weight": number}
