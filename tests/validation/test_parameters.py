"""Files of parameters that the build would not read are told."""

from pathlib import Path

import pandas as pd
import pytest

from paritrana.validation.parameters import check_parameters
from paritrana.validation.sheet import Sheet


@pytest.mark.parametrize("name", ["rubrics/mine.yaml", "rubrics/mine.YML", "provinces/13.yaml"])
def test_a_file_whose_name_ends_otherwise_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / "params" / name
    path.parent.mkdir(parents=True)
    path.write_text("id: mine\n", encoding="utf-8")
    sheets = {"provinces": Sheet("data/provinces.csv", {}, pd.DataFrame(), whole=False)}
    said = [str(fault) for fault in check_parameters(tmp_path, sheets)]
    expected = (
        f"params/{name}: expected the name {path.stem}.yml: a file of parameters that ends otherwise is not read."
    )
    assert [sentence for sentence in said if name in sentence] == [expected]
