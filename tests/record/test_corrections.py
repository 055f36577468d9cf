"""Corrections: the file keeps the old value, whoever loads the tables sees the right one, no misfit is silent."""

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest

from paritrana import paths
from paritrana.record.corrections import corrected, key_columns, row_keys
from paritrana.record.picking import pick
from paritrana.record.tables import load
from tests.factories import REAL, observation, tables


def corrections(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    """Corrections as (key, column, expected, value)."""
    return pd.DataFrame(list(rows), columns=["key", "column", "expected", "value"], dtype="str")


def frame() -> pd.DataFrame:
    return tables(
        observation(observation_id="Oa", value=5892), observation(observation_id="Ob", year=None)
    ).observations


KEY = ("observation_id",)


def test_a_number_a_year_and_a_text_are_put_right_and_nothing_else_changes() -> None:
    before = frame()
    rows = (("Oa", "value", "5892", "5829"), ("Ob", "year", None, "2023"), ("Ob", "status", "actual", "planned"))
    after = corrected(before, corrections(*rows), KEY)
    assert (after.at[0, "value"], after.at[1, "year"], after.at[1, "status"]) == (5829, 2023, "planned")
    pd.testing.assert_frame_equal(before, frame())
    assert dict(after.dtypes) == dict(before.dtypes)
    changed = (after != before).fillna(True) & ~(after.isna() & before.isna())
    assert changed.to_numpy().sum() == 3


def test_a_cell_can_be_emptied() -> None:
    after = corrected(
        frame(), corrections(("Oa", "year", "2024", None), ("Oa", "definition", "made for a test", None)), KEY
    )
    assert pd.isna(after.at[0, "year"]) and pd.isna(after.at[0, "definition"])


@pytest.mark.parametrize(
    "row",
    [
        ("Oa", "value", "5893", "5829"),
        ("Oa", "value", None, "5829"),
        ("Ob", "year", "2024", "2023"),
        ("Oc", "value", "5892", "5829"),
    ],
    ids=["another value stands", "a value stands", "nothing stands", "no such row"],
)
def test_a_correction_that_fits_no_cell_is_refused(row: tuple[str, str, str | None, str | None]) -> None:
    with pytest.raises(ValueError, match="to be corrected"):
        corrected(frame(), corrections(row), KEY)


def test_a_key_of_several_rows_is_refused() -> None:
    twice = pd.concat([frame(), frame()], ignore_index=True)
    with pytest.raises(ValueError, match='"Oa"'):
        corrected(twice, corrections(("Oa", "value", "5892", "5829")), KEY)


def test_rows_without_a_key_of_their_own_are_named_by_what_tells_them_apart() -> None:
    awards = REAL.awards
    keys = row_keys(awards, key_columns("awards", {}))
    assert "2024|province|16|special_prize|Musi Banyuasin|S693456b1" in set(keys)
    assert key_columns("sources", {"primaryKey": "source_id"}) == ("source_id",)
    assert key_columns("jury_scores", {"primaryKey": ["a", "b"]}) == ("a", "b")


def cells(file: str) -> dict[str, dict[str, str]]:
    with (paths.DATA / file).open(encoding="utf-8", newline="") as text:
        return {next(iter(row.values())): row for row in csv.DictReader(text)}


def test_every_corrected_observation_has_its_old_value_in_the_file_and_the_new_one_when_loaded() -> None:
    stands, loaded = cells("observations.csv"), REAL.observations.set_index("observation_id")
    rows = REAL.corrections[REAL.corrections["table"] == "observations"]
    assert len(rows)
    for row in rows.itertuples():
        assert stands[row.key][row.column] == ("" if pd.isna(row.expected) else row.expected)
        found = loaded.at[row.key, row.column]
        assert found == (row.value if isinstance(found, str) else float(row.value))


def test_a_prize_beside_the_ranking_is_no_place_of_it() -> None:
    """Musi Banyuasin 2024 and Bengkayang 2025 won special prizes, which their pages call winners."""
    prizes = REAL.awards[REAL.awards["category"] == "special_prize"]
    assert set(prizes["recipient"]) == {"Musi Banyuasin", "Bengkayang"}


def test_loading_a_misfit_raises_with_the_file_and_the_way_on(tmp_path: Path) -> None:
    folder = shutil.copytree(paths.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("*.geojson", "cases"))
    text = (folder / "corrections.csv").read_text(encoding="utf-8")
    (folder / "corrections.csv").write_text(text.replace(",5892,5829,", ",5893,5829,"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"corrections\.csv can't be read: .*O3efe9b6b51.*paritrana validate"):
        load(folder)


def test_fak_fak_has_two_dates_in_2023_and_the_one_nearest_to_the_end_of_the_year_is_picked() -> None:
    """20,755 are of January to August on one base, 16,332 of the turn of the year on another: no conflict."""
    rows = REAL.observations.set_index("observation_id")["as_of"]
    assert (rows["Od2c7097aec"], rows["O70a91caf20"]) == ("2023-08-31", "2023-12-31")
    picked = pick(REAL, 2023).picked.loc[("92.03", "active_participants", "all", "")]
    assert picked["low"] == picked["high"] == 16_332


def test_a_claim_of_full_coverage_without_a_base_is_doubtful_in_muna_barat() -> None:
    claims = REAL.observations[
        (REAL.observations["region_code"] == "74.13")
        & (REAL.observations["indicator"] == "coverage_share_pct")
        & (REAL.observations["value"] == 100)
        & (REAL.observations["status"] == "actual")
    ]
    flags = dict(zip(REAL.flags["observation_id"], REAL.flags["flag"], strict=True))
    assert len(claims) == 3
    assert {flags.get(one) for one in claims["observation_id"]} == {"doubtful"}
