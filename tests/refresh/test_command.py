"""The command on a copy of the project: from a portal or a folder; shown, refused, written, and then nothing new."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import REAL
from tests.project import copy, environment, paritrana
from tests.refresh.answering import EAST, budget, budget_file, dynamic, dynamic_file
from tests.refresh.portal import Portal, Reply, told
from tests.refresh.test_bps import TOKEN, path
from tests.refresh.test_dynamic import CODES, FORCE, NUMBERS
from tests.refresh.test_spreadsheet import workbook

pytestmark = pytest.mark.slow

# The command with a portal on this machine, and every log on the terminal.
AGAINST = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)
from paritrana.refresh import bps
bps.BASE = sys.argv.pop(1)
from paritrana.cli.app import app
app()
"""
TABLES = 'tables: [{domain: "1300", variable: 63, column: employed}]\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("project"))


def data(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / "data").iterdir() if path.is_file()}


def budgets(folder: Path, change: int = 0) -> Path:
    """The budgets of 2024 as files; that of Pacitan has another revenue."""
    folder.mkdir()
    for code in EAST:
        (folder / f"{code}.xls").write_bytes(budget_file(code, 2024))
    rows = budget("35.01", 2024)
    rows[1][1] = str(int(rows[1][1]) + change)
    (folder / "35.01.xls").write_bytes(workbook(rows))
    return folder


def against(portal: Portal, project: Path, tables: Path, *more: str) -> subprocess.CompletedProcess[str]:
    words = ["-c", AGAINST, portal.base, "refresh", "bps", "--year", "2025", "--tables", str(tables), *more]
    variables = {**environment(project), "BPS_TOKEN": TOKEN}
    return subprocess.run(
        [sys.executable, *words], cwd=project, env=variables, capture_output=True, text=True, check=False
    )


def test_budgets_from_a_folder_are_shown_written_and_then_nothing_new(project: Path, tmp_path: Path) -> None:
    before = data(project)
    saved = budgets(tmp_path / "saved", 10**9)
    shown = paritrana(project, "refresh", "djpk", "--year", "2024", "--from", str(saved), "--dry-run")
    assert shown.returncode == 0, shown.stderr
    old = REAL.apbd_jawa_timur.set_index(["year", "kemendagri_code"]).at[(2024, "35.01"), "revenue_budget_idr"]
    line = f"apbd_jawa_timur 2024, Kab. Pacitan, revenue_budget_idr: {old} -> {old + 10**9}"
    assert shown.stdout.splitlines()[0] == line
    assert shown.stdout.endswith(
        "Would add 1 to corrections.csv, 1 to notes.csv, 1 to sources.csv; nothing was written.\n"
    )
    assert data(project) == before

    done = paritrana(project, "refresh", "djpk", "--year", "2024", "--from", str(saved))
    assert done.stdout.endswith("Added 1 to corrections.csv, 1 to notes.csv, 1 to sources.csv.\n")
    after = data(project)
    assert {name for name in before if before[name] != after[name]} == {"corrections.csv", "notes.csv", "sources.csv"}
    again = paritrana(project, "refresh", "djpk", "--year", "2024", "--from", str(saved))
    assert again.stdout.endswith("Nothing is new: the data has what 38 rows tell.\n")
    assert data(project) == after
    assert paritrana(project, "validate").returncode == 0


def test_what_does_not_validate_is_told_and_nothing_is_written(project: Path, tmp_path: Path) -> None:
    """One worker more than the parts add up to."""
    before = data(project)
    (tmp_path / "tables.yml").write_text(TABLES, encoding="utf-8")
    folder = tmp_path / "saved"
    folder.mkdir()
    numbers = NUMBERS | {(CODES[0], "Bekerja"): NUMBERS[CODES[0], "Bekerja"] + 1}
    (folder / "1300-63-2025.json").write_bytes(dynamic_file(dynamic(2025, numbers)))
    words = ["refresh", "bps", "--year", "2025", "--tables", str(tmp_path / "tables.yml"), "--from", str(folder)]
    refused = paritrana(project, *words)
    assert refused.returncode == 1
    told = [line for line in refused.stderr.splitlines() if "expected" in line]
    assert any("labour_force.csv" in line and "the sum of" in line for line in told)
    assert any("_build/refresh/labour_force/corrections.csv, row 2, column value" in line for line in told)
    assert data(project) == before


def test_every_fault_of_a_folder_is_one_line(project: Path, tmp_path: Path) -> None:
    before, saved = data(project), budgets(tmp_path / "saved")
    (saved / "35.02.xls").write_bytes(b"<html>Maintenance</html>")
    (saved / "35.03.xls").write_bytes(budget_file("35.03", 2024)[:-10])
    refused = paritrana(project, "refresh", "djpk", "--year", "2024", "--from", str(saved))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert [line.split(":")[0].rsplit("/", 1)[-1] for line in refused.stderr.splitlines()] == ["35.02.xls", "35.03.xls"]
    assert data(project) == before


def test_the_token_is_in_no_byte_of_the_project_and_of_what_is_said(
    project: Path, tmp_path: Path, asked: Portal
) -> None:
    (tmp_path / "tables.yml").write_text(TABLES, encoding="utf-8")
    asked.says(path(63), Reply(b"busy", 503, {"Retry-After": "0"}), told(dynamic(2025, NUMBERS)))
    done = against(asked, project, tmp_path / "tables.yml", "--dry-run")
    assert done.returncode == 0, done.stderr
    total = int(FORCE.loc[CODES, "employed"].sum())
    assert f"2025, employed: {total} in 19 rows" in done.stdout
    assert done.stdout.endswith("Nothing is new: the data has what 19 rows tell.\n")
    assert asked.asked == [path(63)] * 2 and TOKEN in asked.asked[0]
    assert "urllib3" in done.stderr and "Asking http" in done.stderr
    assert TOKEN not in done.stdout + done.stderr
    kept = [file for file in project.rglob("*") if file.is_file()]
    assert any(file.suffix == ".answer" for file in kept)
    assert [file for file in kept if TOKEN.encode() in file.read_bytes() or TOKEN in file.name] == []
    again = against(asked, project, tmp_path / "tables.yml", "--dry-run")
    assert again.returncode == 0 and len(asked.asked) == 2


def test_without_a_token_nothing_is_asked(project: Path, tmp_path: Path) -> None:
    (tmp_path / "tables.yml").write_text(TABLES, encoding="utf-8")
    done = paritrana(project, "refresh", "bps", "--year", "2024", "--tables", str(tmp_path / "tables.yml"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "BPS_TOKEN or --token: expected your token of webapi.bps.go.id: letters and digits.\n"


@pytest.mark.parametrize("portal", ["bps", "bps-variables", "djpk", "kemnaker"])
def test_help_shows_an_example(project: Path, portal: str) -> None:
    done = paritrana(project, "refresh", portal, "--help")
    assert done.returncode == 0 and f"Example: paritrana refresh {portal}" in done.stdout
