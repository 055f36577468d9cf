"""What is told beside what the data has: new rows, corrections with the old value, and the pages that say it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from paritrana.faults import InvalidInput
from paritrana.pages.fragments import corrections
from paritrana.presentation.language import Text
from paritrana.refresh.changes import Changes, Source, Told, changes, sums, text_of_rows
from paritrana.refresh.places import Region, regions
from paritrana.validation import validate_with
from tests.contribution.small_project import PROVINCES, read, small_project, write
from tests.factories import REAL

DAY = date(2026, 11, 28)
SOURCE = Source("https://example.org/table?th=125", "Angkatan kerja, 2025", "Badan Pusat Statistik", DAY)
HERE = [region for code in PROVINCES for region in regions(REAL, code).all]
BIMA = next(region for region in HERE if region.code == "52.72")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("small"))


def row(region: Region, year: int, numbers: Mapping[str, int], source: Source = SOURCE) -> Told:
    given = region.cells() | {"year": str(year)}
    return Told(f"{year}, {region.called}", given, numbers, dict.fromkeys(numbers, source))


def has(root: Path, region: Region, year: int) -> dict[str, str]:
    rows = read(root / "data" / "labour_force.csv")
    return next(each for each in rows if each["year"] == str(year) and each["kemendagri_code"] == region.code)


def through_the_door(found: Changes, folder: Path, root: Path) -> list[str]:
    """The faults that the door finds in the files."""
    folder.mkdir()
    for name, rows in found.files.items():
        (folder / f"{name}.csv").write_text(text_of_rows(rows), encoding="utf-8")
    return list(map(str, validate_with(folder, root)[1]))


def test_what_the_data_has_already_changes_nothing(root: Path) -> None:
    own = has(root, BIMA, 2025)
    numbers = {column: int(own[column]) for column in ("labour_force", "employed", "unemployed")}
    assert changes("labour_force", [row(BIMA, 2025, numbers)], 0, root / "data") == Changes({}, [])


def test_another_value_is_a_correction_that_keeps_the_old_one_and_passes_the_door(root: Path, tmp_path: Path) -> None:
    own = has(root, BIMA, 2025)
    numbers = {"labour_force": int(own["labour_force"]) + 7, "unemployed": int(own["unemployed"]) + 7}
    found = changes("labour_force", [row(BIMA, 2025, numbers)], 0, root / "data")
    first, second = found.files["corrections"]
    assert first == {
        "table": "labour_force",
        "key": "2025|52.72",
        "column": "labour_force",
        "expected": own["labour_force"],
        "value": str(numbers["labour_force"]),
        "reason": "Badan Pusat Statistik told another value on 2026-11-28.",
        "source_id": SOURCE.source_id,
        "date": "2026-11-28",
    }
    assert second["column"] == "unemployed"
    assert found.lines[0] == (
        f"labour_force 2025, Kota Bima, labour_force: {own['labour_force']} -> {numbers['labour_force']}"
    )
    assert found.files["sources"] == [
        {
            "source_id": SOURCE.source_id,
            "url": SOURCE.address,
            "title": "Angkatan kerja, 2025 (accessed 2026-11-28)",
            "publisher": "Badan Pusat Statistik",
            "published": "",
        }
    ]
    assert found.files["notes"] == [
        {
            "note": "Badan Pusat Statistik told another value on 2026-11-28.",
            "indonesian": "Badan Pusat Statistik menyebut nilai lain pada 2026-11-28.",
        }
    ]
    assert "labour_force" not in found.files
    assert through_the_door(found, tmp_path / "new", root) == []


def test_a_value_that_does_not_add_up_does_not_pass_the_door(root: Path, tmp_path: Path) -> None:
    numbers = {"labour_force": int(has(root, BIMA, 2025)["labour_force"]) + 7}
    found = changes("labour_force", [row(BIMA, 2025, numbers)], 0, root / "data")
    (sentence,) = through_the_door(found, tmp_path / "new", root)
    assert "corrections.csv, row 2, column value" in sentence and "the sum of employed and unemployed" in sentence


def test_an_empty_cell_is_filled(root: Path, tmp_path: Path) -> None:
    """The survey of 2019 has no workers of 65 and over."""
    assert has(root, BIMA, 2019)["employed_age_65_plus"] == ""
    found = changes("labour_force", [row(BIMA, 2019, {"employed_age_65_plus": 3})], 0, root / "data")
    assert found.lines == ["labour_force 2019, Kota Bima, employed_age_65_plus: nothing -> 3"]
    assert through_the_door(found, tmp_path / "new", root) == []


def year_2026(root: Path, regions: list[Region]) -> Changes:
    numbers = {"labour_force": 1_100_000, "employed": 1_000_000, "unemployed": 100_000}
    return changes("labour_force", [row(region, 2026, numbers) for region in regions], 0, root / "data")


def test_a_new_year_of_every_region_passes_the_door_with_what_is_not_told_left_empty(
    root: Path, tmp_path: Path
) -> None:
    found = year_2026(root, HERE)
    assert len(found.files["labour_force"]) == len(HERE) and "corrections" not in found.files
    new = found.files["labour_force"][-1]
    assert new["employed"] == "1000000" and new["employees"] == "" and new["name"] == HERE[-1].name
    assert list(new) == list(has(root, BIMA, 2025))
    assert "new, labour_force 1100000, employed 1000000, unemployed 100000" in found.lines[0]
    assert through_the_door(found, tmp_path / "new", root) == []


def test_a_new_year_that_lacks_a_region_does_not_pass_the_door(root: Path, tmp_path: Path) -> None:
    (sentence,) = through_the_door(year_2026(root, HERE[1:]), tmp_path / "new", root)
    assert f"all {len(HERE)} regions in 2026, but there is no row for {HERE[0].code}" in sentence


def test_a_source_that_the_data_has_is_not_told_again(root: Path, tmp_path: Path) -> None:
    data = small_project(tmp_path) / "data"
    numbers = {"employed_age_65_plus": 3}
    first = changes("labour_force", [row(BIMA, 2019, numbers)], 0, data)
    write(data / "sources.csv", [*read(data / "sources.csv"), *map(dict, first.files["sources"])])
    again = changes("labour_force", [row(BIMA, 2019, numbers)], 0, data)
    assert set(again.files) == {"corrections", "notes"}


def test_a_cell_that_was_corrected_is_as_it_was_corrected(root: Path, tmp_path: Path) -> None:
    data = small_project(tmp_path) / "data"
    first = changes("labour_force", [row(BIMA, 2019, {"employed_age_65_plus": 3})], 0, data)
    write(data / "corrections.csv", [*read(data / "corrections.csv"), *map(dict, first.files["corrections"])])
    assert changes("labour_force", [row(BIMA, 2019, {"employed_age_65_plus": 3})], 0, data).files == {}
    with pytest.raises(InvalidInput) as caught:
        changes("labour_force", [row(BIMA, 2019, {"employed_age_65_plus": 4})], 0, data)
    assert str(caught.value) == (
        'labour_force, row 2019|52.72, employed_age_65_plus: "4" was found, expected 3, which data/corrections.csv has '
        "for it: change the value there if this one is right."
    )


def test_the_same_address_has_the_same_id_and_another_one_another(root: Path) -> None:
    other = Source(SOURCE.address + "4", SOURCE.title, SOURCE.publisher, DAY)
    assert SOURCE.source_id != other.source_id and len(SOURCE.source_id) == 9


def test_sums_stand_beside_those_of_the_year_before(root: Path) -> None:
    rows = [row(region, 2026, {"employed": 100}) for region in HERE]
    before = sum(int(each["employed"]) for each in read(root / "data" / "labour_force.csv") if each["year"] == "2025")
    assert sums("labour_force", rows, root / "data") == [
        f"2026, employed: {100 * len(HERE)} in {len(HERE)} rows; 2025 in the data: {before}"
    ]


def test_a_page_calls_a_corrected_row_by_its_region_and_year(root: Path, tmp_path: Path) -> None:
    numbers = {"employed_age_65_plus": 3}
    found = changes("labour_force", [row(BIMA, 2019, numbers)], 0, root / "data").files["corrections"]
    told = pd.DataFrame(list(found)).replace("", pd.NA).assign(source_id=REAL.sources["source_id"].iloc[0])
    ((_, shown),) = corrections(Text("id"), replace(REAL, corrections=told))
    assert "Kota Bima, 2019" in shown and "labour_force.employed_age_65_plus" in shown
    assert "Badan Pusat Statistik told another value" in shown
