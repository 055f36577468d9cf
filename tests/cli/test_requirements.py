"""Who only ranks a table, or only uses the engine, need not install what the book is made with."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from paritrana.paths import ROOT

pytestmark = pytest.mark.slow

# What the first word names is found nowhere, as if it had never been installed.
WITHOUT = """
import sys
class Without:
    def __init__(self, finder):
        self.finder = finder
    def find_spec(self, name, path=None, target=None):
        return None if name.partition(".")[0] in refused else self.finder.find_spec(name, path, target)
refused = set(sys.argv.pop(1).split())
sys.meta_path[:] = [Without(finder) for finder in sys.meta_path if hasattr(finder, "find_spec")]
"""
TABLE = "name,coverage,growth\nA,0.5,0.1\nB,0.4..0.6,\n"


def installed_with(names: list[str]) -> Iterator[str]:
    """The distributions that come with these, themselves included."""
    waiting, found = list(names), set[str]()
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name not in found and (not requirement.marker or requirement.marker.evaluate({"extra": ""})):
            found.add(name)
            try:
                waiting += requires(name) or []
            except PackageNotFoundError:  # for another system
                continue
    yield from found


def not_brought(package: Path) -> list[str]:
    """The modules that installing a package does not bring, of all that is installed here."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    brought = {*installed_with(project["dependencies"]), project["name"]}
    modules = packages_distributions()
    return [name for name, owners in modules.items() if not {canonicalize_name(owner) for owner in owners} & brought]


@pytest.fixture(scope="module")
def refused() -> str:
    """What `pip install paritrana` does not bring."""
    others = not_brought(ROOT)
    assert {"pandas", "matplotlib", "jupyter_book", "papermill", "frictionless", "filelock"} <= set(others)
    return " ".join(others)


def run(refused: str, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + code, refused, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("module", ["paritrana.cli.app", "paritrana.engine", "paritrana.analysis.any_table"])
def test_a_module_is_imported_without_the_books_libraries(module: str, refused: str) -> None:
    done = run(refused, f"import {module}")
    assert (done.returncode, done.stderr) == (0, "")


def test_every_question_of_the_engine_is_imported_with_numpy_and_scipy_alone(refused: str) -> None:
    files = sorted((ROOT / "paritrana" / "engine").rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files]
    done = run(f"{refused} pydantic yaml typer rich babel", f"import {', '.join(names)}")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_table_is_ranked_without_the_books_libraries(refused: str, tmp_path: Path) -> None:
    table, rubric = tmp_path / "table.csv", tmp_path / "rubric.yml"
    table.write_text(TABLE, encoding="utf-8")
    criteria = [
        f"{{id: {name}, title: {{id: x, en: x}}, weight: 0.5, goalposts: [0, 1]}}" for name in ("coverage", "growth")
    ]
    rubric.write_text(
        f"id: two\ntitle: {{id: Dua, en: Two}}\nstatus: user\nsource: tried\ncriteria: [{', '.join(criteria)}]\n"
    )
    done = run(refused, "from paritrana.cli.app import app; app()", "rank", str(table), "--rubric", str(rubric))
    assert (done.returncode, done.stderr) == (0, "")
    assert "rank range" in done.stdout


@pytest.mark.parametrize("command", ["build", "validate", "contribute rows", "verify", "backtest", "serve"])
def test_a_command_of_the_book_says_what_has_to_be_installed(command: str, refused: str) -> None:
    done = run(refused, "from paritrana.cli.app import app; app()", *command.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert "pandas" in done.stderr
    assert done.stderr.endswith('pip install "paritrana[book]".\n')


@pytest.mark.parametrize(("project", "source"), [(".", "."), ("packages/warm-kernel", "src")])
def test_a_wheel_brings_every_file_that_lies_beside_the_modules(project: str, source: str) -> None:
    declared = tomllib.loads((ROOT / project / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    for name, patterns in declared["package-data"].items():
        folder = ROOT / project / source / name
        brought = {path for pattern in ["**/*.py", *patterns] for path in folder.glob(pattern)}
        there = {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        assert there - brought == set()
        assert all(list(folder.glob(pattern)) for pattern in patterns)


def test_the_warm_kernel_is_imported_with_nothing_but_what_it_asks_for() -> None:
    others = not_brought(ROOT / "packages" / "warm-kernel")
    assert {"paritrana", "papermill", "numpy", "jupyter_book"} <= set(others)
    names = [path.stem for path in sorted((ROOT / "packages/warm-kernel/src/warm_kernel").glob("[a-z]*.py"))]
    done = run(" ".join(others), f"import {', '.join(f'warm_kernel.{name}' for name in names)}")
    assert (done.returncode, done.stderr) == (0, "")
