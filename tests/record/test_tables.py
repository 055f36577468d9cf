"""The tables as they are loaded: names, types, gaps, and that loading is fast and teaches when it can't."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from paritrana import paths
from paritrana.record import tables
from paritrana.record.tables import NAMES, Tables, load


@pytest.fixture(scope="module")
def loaded() -> Tables:
    return load()


def test_every_table_has_the_columns_of_its_schema_and_rows(loaded: Tables) -> None:
    package = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"] if "schema" in resource}
    assert set(schemas) == set(NAMES)
    for name in NAMES:
        frame = getattr(loaded, name)
        assert list(frame) == [field["name"] for field in schemas[name]["fields"]], name
        assert len(frame), name


def test_every_column_is_described(loaded: Tables) -> None:
    package = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        assert resource["title"] and resource["description"] and resource["sources"] and resource["licenses"]
        for field in resource.get("schema", {}).get("fields", []):
            assert {"name", "type", "title", "description", "unit", "constraints"} <= field.keys(), field


def test_sizes(loaded: Tables) -> None:
    sizes = {name: len(getattr(loaded, name)) for name in ("provinces", "regencies", "participants_province")}
    assert sizes == {"provinces": 38, "regencies": 514, "participants_province": 34}
    assert (loaded.labour_force.groupby("year").size() == 514).all()


def test_codes_are_text_and_keep_their_zeros_and_dots(loaded: Tables) -> None:
    assert {"11.10", "13.70", "13.74"} - set(loaded.regencies["kemendagri_code"]) == {"13.70"}
    assert "00" in set(loaded.observations["region_code"])
    codes = [name for name in map(str, loaded.observations) if name.endswith(("_code", "_id"))]
    assert all(pd.api.types.is_string_dtype(loaded.observations[name]) for name in codes)


def test_types_and_gaps(loaded: Tables) -> None:
    observations, force = loaded.observations, loaded.labour_force
    assert observations["year"].dtype == "Int64" and observations["year"].isna().sum() == 9
    assert observations["value"].dtype == "float64"
    assert observations["as_of"].dropna().str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()
    assert not (observations["note"] == "").any() and observations["note"].isna().any()
    assert force["employed_age_65_plus"].dtype == "Int64"
    assert force.loc[force["year"] == 2019, "employed_age_65_plus"].isna().all()
    assert {"2025", "2024-09"} & set(loaded.sources["published"].dropna().str.slice(0, 7))


def test_flags_mark_observations(loaded: Tables) -> None:
    marked = loaded.flags.merge(loaded.observations, on="observation_id", validate="one_to_one")
    assert len(marked) == len(loaded.flags)
    parts = marked[marked["flag"] == "part"]
    regions = {"Lamongan", "Bolaang Mongondow Selatan", "Ende", "Manggarai Barat", "Metro"}
    assert set(parts["region_name"]) == regions
    lamongan = parts[(parts["region_name"] == "Lamongan") & (parts["unit"] == "persons")]
    assert lamongan["value"].sum() == 46_173
    assert 126.15 in set(marked.loc[marked["flag"] == "doubtful", "value"])


def test_loading_leaves_frictionless_alone() -> None:
    code = "import sys, paritrana.record.tables as t; t.load(); sys.exit('frictionless' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, check=True)


def test_a_byte_order_mark_and_crlf_change_nothing(loaded: Tables, tmp_path: Path) -> None:
    folder = shutil.copytree(paths.DATA, tmp_path / "data")
    text = (folder / "awards.csv").read_text(encoding="utf-8")
    (folder / "awards.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    pd.testing.assert_frame_equal(load(folder).awards, loaded.awards)


def test_an_unreadable_cell_raises_with_the_file_and_the_way_on(tmp_path: Path) -> None:
    folder = shutil.copytree(paths.DATA, tmp_path / "data")
    text = (folder / "jury_scores.csv").read_text(encoding="utf-8")
    (folder / "jury_scores.csv").write_text(text.replace(",7.75,", ",12x,"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"jury_scores\.csv can't be read: .*12x.*paritrana validate"):
        load(folder)


def test_a_table_that_the_package_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / tables.PACKAGE).write_text('{"resources": []}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"has no resource named provinces, regencies"):
        load(tmp_path)


def test_a_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path)
