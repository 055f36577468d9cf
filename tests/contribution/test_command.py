"""The command on a copy of the project: shown, refused, written, and nothing the second time."""

from pathlib import Path

import pytest

from tests.contribution.test_faults import SOURCE, observation, sound, text, written
from tests.project import copy, paritrana

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("project"))


def data(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / "data").iterdir() if path.is_file()}


def test_a_contribution_is_shown_refused_written_and_then_nothing_new(project: Path, tmp_path: Path) -> None:
    before = data(project)
    broken = written(tmp_path / "broken", sound(observations=[observation(value="-1"), observation(source_id="x")]))
    refused = paritrana(project, "contribute", str(broken))
    assert refused.returncode == 1 and "not negative" in refused.stderr
    assert data(project) == before

    row = observation(indicator="village_participants", segment="village")
    new = written(tmp_path / "new", sound(observations=[row]))
    shown = paritrana(project, "contribute", str(new), "--dry-run")
    assert shown.returncode == 0, shown.stderr
    assert "Lombok Timur, village_participants, village, 2024: nothing -> 150000 (Oaaaaaaaa01)" in shown.stdout
    assert "provinces/52-nusa-tenggara-barat/coverage" in shown.stdout
    assert "provinces/11-aceh/coverage" not in shown.stdout
    assert "nothing was written" in shown.stdout
    assert data(project) == before

    done = paritrana(project, "contribute", str(new))
    assert done.stdout.endswith("Added 1 to observations.csv, 1 to sources.csv.\n")
    after = data(project)
    assert {name for name in before if before[name] != after[name]} == {"observations.csv", "sources.csv"}
    for name, added in (("observations.csv", row), ("sources.csv", SOURCE)):
        line = text([added]).encode().splitlines(keepends=True)[1]
        assert after[name].replace(line, b"") == before[name]

    again = paritrana(project, "contribute", str(new))
    assert again.stdout == f"Nothing is new: the data has every row of {new} already.\n"
    assert data(project) == after
    assert paritrana(project, "validate").returncode == 0
