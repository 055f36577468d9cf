"""Dynamic tables of BPS: one column out of an answer, and every way in which an answer may not be one."""

from collections.abc import Callable
from typing import Any

import pytest

from paritrana.faults import InvalidInput
from paritrana.refresh.cache import Answer
from paritrana.refresh.dynamic import Cells, Wanted, cells_of
from paritrana.refresh.places import regions
from tests.factories import REAL
from tests.refresh.answering import dynamic, dynamic_file
from tests.refresh.portal import TODAY

WEST = regions(REAL, "13")
FORCE = REAL.labour_force[REAL.labour_force["year"] == 2025].set_index("bps_code")
CODES = sorted(region.bps_code for region in WEST.all)
NUMBERS = {(code, "Bekerja"): int(FORCE.at[code, "employed"]) for code in CODES}
WANT = Wanted(domain="1300", variable=63, category="Bekerja", column="employed")


def read(content: object, want: Wanted = WANT, year: int = 2025) -> Cells:
    return cells_of(Answer("here", dynamic_file(content), TODAY), want, year, WEST)


def table(**changed: Any) -> dict[str, Any]:
    return dynamic(2025, NUMBERS) | changed


def sentences(content: object, want: Wanted = WANT) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(content, want)
    return [str(fault) for fault in caught.value.faults]


def test_every_region_of_a_province_gets_its_own_number() -> None:
    found = read(table())
    assert found.title == "Angkatan kerja"
    assert {region.bps_code: number for region, number in found.numbers.items()} == FORCE["employed"][CODES].to_dict()


def test_the_category_decides_and_need_not_be_named_where_there_is_one() -> None:
    both = NUMBERS | {(code, "Penganggur Terbuka"): int(FORCE.at[code, "unemployed"]) for code in CODES}
    content = dynamic(2025, both, categories=("Bekerja", "Penganggur Terbuka"))
    want = WANT.model_copy(update={"category": "PENGANGGUR TERBUKA"})
    assert sum(read(content, want).numbers.values()) == FORCE["unemployed"][CODES].sum()
    assert sum(read(content).numbers.values()) == FORCE["employed"][CODES].sum()
    assert read(table(), WANT.model_copy(update={"category": None})) == read(table())
    (sentence,) = sentences(content, WANT.model_copy(update={"category": None}))
    assert '"Bekerja, Penganggur Terbuka" was found, expected one category' in sentence
    (sentence,) = sentences(content, WANT.model_copy(update={"category": "Bekerjaa"}))
    assert 'expected Bekerjaa (did you mean "Bekerja"?)' in sentence


def test_the_province_itself_and_a_sum_are_no_regions() -> None:
    content = table()
    for val, label in ((1300, "<b>SUMATERA BARAT</b>"), (9999, "Jumlah")):
        content["vervar"].append({"val": val, "label": label})
        content["datacontent"][f"{val}63101250"] = 5
    assert read(content) == read(table())


def test_a_table_that_counts_its_regions_by_numbers_of_its_own_is_read_by_their_names() -> None:
    content = table()
    own = {str(item["val"]): str(at) for at, item in enumerate(content["vervar"], start=1)}
    content["vervar"] = [{"val": own[str(item["val"])], "label": item["label"]} for item in content["vervar"]]
    content["datacontent"] = {own[key[:4]] + key[4:]: number for key, number in content["datacontent"].items()}
    assert read(content) == read(table())


def test_a_number_that_is_lacking_is_unknown() -> None:
    content = table()
    gone = next(iter(content["datacontent"]))
    del content["datacontent"][gone]
    found = {region.bps_code for region in read(content).numbers}
    assert set(CODES) - found == {gone[:4]}


def test_august_comes_before_the_year() -> None:
    content = table(turtahun=[{"val": 0, "label": "Tahun"}, {"val": 8, "label": "Agustus"}])
    content["datacontent"] = {key[:-1] + "8": number for key, number in content["datacontent"].items()}
    assert read(content) == read(table())


def with_value(value: object) -> dict[str, Any]:
    content = table()
    content["datacontent"][next(iter(content["datacontent"]))] = value
    return content


def labelled(label: str) -> dict[str, Any]:
    content = table()
    content["vervar"][0]["label"] = label
    return content


FIRST = f'here, vervar {CODES[0]} "Kabupaten Kepulauan Mentawai"'
BROKEN: dict[str, tuple[object, str]] = {
    "a list": ([], "here: expected an object with status and data-availability."),
    "an error": (
        {"status": "Error", "message": "Please re-check your key"},
        'here, status: "Error" was found, expected OK (Please re-check your key).',
    ),
    "not there": (
        {"status": "OK", "data-availability": "list-not-available"},
        'here, data-availability: "list-not-available" was found, expected available.',
    ),
    "no regions": (table(vervar=[]), "here, vervar: expected at least one object, each with a val of its own."),
    "regions are a text": (table(vervar="x"), "here, vervar: expected a list of objects with val and label."),
    "a region twice": (
        table(vervar=dynamic(2025, NUMBERS)["vervar"] * 2),
        "here, vervar: expected at least one object, each with a val of its own.",
    ),
    "another key for labels": (
        table(turvar=[{"id": 1, "name": "Bekerja"}]),
        "here, turvar: expected a list of objects with val and label.",
    ),
    "no numbers": (table(datacontent=None), "here, datacontent: expected an object of keys and numbers."),
    "empty numbers": (
        table(datacontent={}),
        "here, datacontent: expected a number of a region under a key that ends with 63101250.",
    ),
    "another variable": (
        table(var=[{"val": 64, "label": "TPT", "unit": "Persen"}]),
        "here, var: expected the variable 63 alone.",
    ),
    "percent": (
        table(var=[{"val": 63, "label": "TPAK", "unit": "Persen"}]),
        'here, var 63, unit: "Persen" was found, expected Orang or Jiwa: the data counts persons.',
    ),
    "another year": (
        table(tahun=[{"val": 124, "label": "2024"}]),
        'here, tahun: "2024" was found, expected 2025 as the year 125.',
    ),
    "another count of years": (
        table(tahun=[{"val": 143, "label": "2025"}]),
        'here, tahun: "2025" was found, expected 2025 as the year 125.',
    ),
    "February": (
        table(turtahun=[{"val": 0, "label": "Februari"}]),
        'here, turtahun: "Februari" was found, expected Agustus or Tahun.',
    ),
    "a fraction": (with_value(12.5), f'{FIRST}: "12.5" was found, expected a whole number of persons.'),
    "thousands": (with_value("12.500"), f'{FIRST}: "12.500" was found, expected a whole number of persons.'),
    "a dash": (with_value("-"), f'{FIRST}: "-" was found, expected a whole number of persons.'),
    "a list as a number": (with_value([1]), f'{FIRST}: "[1]" was found, expected a whole number of persons.'),
    "another name": (
        labelled("Kota Padang"),
        f'here, vervar {CODES[0]} "Kota Padang": "Kota Padang" was found, expected Kab. Kepulauan Mentawai, '
        f"which has the BPS code {CODES[0]}.",
    ),
}


@pytest.mark.parametrize(("content", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_is_none_is_one_sentence(content: object, expected: str) -> None:
    assert sentences(content) == [expected]


def test_every_number_at_fault_is_told() -> None:
    content = table()
    content["datacontent"] = dict.fromkeys(content["datacontent"], 0.5)
    assert len(sentences(content)) == 19


def shifted(by: Callable[[str], str]) -> dict[str, Any]:
    content = table()
    content["vervar"] = [{"val": by(str(item["val"])), "label": item["label"]} for item in content["vervar"]]
    return content


def test_rows_that_are_put_against_other_regions_are_told() -> None:
    """As they were in a workbook of the survey: each figure under the code of its neighbour."""
    after = dict(zip(sorted(CODES), [*sorted(CODES)[1:], min(CODES)], strict=True))
    assert len(sentences(shifted(after.__getitem__))) == 19
