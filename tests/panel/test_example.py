"""Twenty villages that do not exist and three jurors: from the template to the page, as the example and the book tell."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from paritrana.cli.app import app
from paritrana.paths import ROOT
from tests.panel.workbooks import faults

FOLDER = ROOT / "examples" / "panel"


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """The script that makes the example."""
    spec = importlib.util.spec_from_file_location("make_example", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_is_what_its_script_makes(make: ModuleType) -> None:
    assert (FOLDER / make.NAMES).read_text(encoding="utf-8").splitlines() == make.names()
    assert (FOLDER / make.WORKBOOK).read_bytes() == make.filled()
    assert faults(FOLDER / make.WORKBOOK) == []


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        (FOLDER / "README.md", ["template", "import"]),
        (ROOT / "book" / "panel.md", ["template", "template", "import", "import"]),
    ],
    ids=["README", "book"],
)
def test_the_commands_that_are_told_go_from_names_to_the_page(told: Path, steps: list[str], tmp_path: Path) -> None:
    commands = re.findall(r"^(?:\.venv/bin/)?paritrana (.+)$", told.read_text(encoding="utf-8"), re.MULTILINE)
    assert [command.split()[0] for command in commands] == steps
    for command in commands:
        words = [re.sub(r"^(my-panel|lembar|panels/)", rf"{tmp_path}/\1", word) for word in command.split()]
        words = [str(ROOT / word) if word.startswith("examples/") else word for word in words]
        done = CliRunner().invoke(app, ["-C", str(ROOT), *words])
        assert done.exit_code == 0, done.output
    (page,) = tmp_path.rglob("*-rahasia.html")
    text = page.read_text(encoding="utf-8")
    assert "Provinsi Contoh tidak ada" in text
    assert "Semua isian diketahui" in text
    assert text.count("Desa ") > 60
    assert list(tmp_path.glob("*.xlsx"))
