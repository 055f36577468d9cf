"""The walls of the house: which room may know which, as ARCHITECTURE.md tells it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from paritrana.cli.app import app
from paritrana.paths import LIBRARY, ROOT

# From the ground up: a room imports rooms that stand before it, and nothing else of the library.
FLOORS = (
    *("project", "paths", "files", "digests", "code", "faults", "checked"),
    *("engine", "presentation", "record", "indicators", "estimation", "parameters", "validation"),
    *("sheets", "panel", "refresh", "analysis", "plan", "pages", "lab", "results", "contribution", "build", "cli"),
)
GROUND = FLOORS[:7]
# (who, what it never imports, directly or through others)
NEVER = (
    ("engine", ("paritrana.",), "paritrana.engine"),
    ("presentation", ("paritrana.record", "paritrana.parameters", "paritrana.indicators"), ""),
    ("record", ("paritrana.analysis", "paritrana.indicators"), ""),
    ("indicators", ("paritrana.analysis", "paritrana.engine.acceptability"), ""),
    ("estimation", ("paritrana.analysis", "paritrana.engine.acceptability", "paritrana.record.awards"), ""),
    ("validation", ("paritrana.analysis", "paritrana.pages", "paritrana.build"), ""),
    ("panel", ("paritrana.analysis", "paritrana.pages", "paritrana.build"), ""),
    ("refresh", ("paritrana.analysis", "paritrana.pages", "paritrana.build", "paritrana.contribution"), ""),
    ("refresh", ("paritrana.panel.overlay", "paritrana.panel.template", "paritrana.engine"), ""),
    # No request leaves a build or a page.
    *((room, ("paritrana.refresh",), "") for room in ("build", "plan", "pages", "lab", "results", "validation")),
    # What a panel keeps to itself reaches no site: nothing that makes one can read it.
    ("build", ("paritrana.panel", "paritrana.analysis.judging", "paritrana.pages.judging"), ""),
    ("plan", ("paritrana.panel",), ""),
    ("results", ("paritrana.panel",), ""),
    ("pages", ("paritrana.build",), ""),
    ("lab", ("paritrana.build", "paritrana.panel"), ""),
    ("results", ("paritrana.build", "paritrana.presentation.html", "paritrana.pages"), ""),
    ("build/run/notebook.py", ("paritrana.lab", "paritrana.results", "paritrana.pages.overview"), ""),
    ("pages/record_page.py", ("paritrana.engine", "paritrana.analysis.ranking"), ""),
    ("pages/other_awards.py", ("paritrana.engine", "paritrana.analysis", "paritrana.estimation"), ""),
)


def name_of(path: Path) -> str:
    """A file of the library as the module that it is."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in LIBRARY.rglob("*.py")}


@cache
def imported(module: str) -> frozenset[str]:
    """The modules of the library that one imports itself, anywhere in its text."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        found |= {name for name in names if name in MODULES}
    return frozenset(found - {"paritrana", module})


def reached(module: str) -> set[str]:
    """All that a module imports, directly or through others."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        new = imported(waiting.pop()) - found
        found |= new
        waiting += new
    return found


def room(module: str) -> str:
    return module.split(".")[1]


def within(place: str) -> list[str]:
    """The modules of a room, or the one of a file."""
    path = LIBRARY / place
    return [name for name, file in MODULES.items() if file == path or path in file.parents]


def arrows_up() -> Iterator[tuple[str, str]]:
    for module in MODULES.keys() - {"paritrana", "paritrana.__main__"}:
        for other in imported(module):
            if FLOORS.index(room(other)) > FLOORS.index(room(module)):
                yield module, other


def test_every_arrow_goes_down() -> None:
    assert sorted(arrows_up()) == []


@pytest.mark.parametrize(("who", "never", "own"), NEVER, ids=[who for who, _, _ in NEVER])
def test_a_room_never_knows(who: str, never: tuple[str, ...], own: str) -> None:
    modules = within(who)
    assert modules
    known = {(module, other) for module in modules for other in reached(module) if other.startswith(never)}
    assert sorted((module, other) for module, other in known if not (own and other.startswith(own))) == []


def test_the_packages_for_others_import_nothing_of_ours() -> None:
    sources = list((ROOT / "packages").rglob("*.py"))
    ours = re.compile(r"^\s*(import|from) paritrana", re.MULTILINE)
    assert sources
    assert [path.name for path in sources if ours.search(path.read_text(encoding="utf-8"))] == []


def test_no_module_reaches_itself() -> None:
    """A package's face may be reached by what lies in it: Python loads it first in any case."""
    faces = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    assert [module for module in MODULES.keys() - faces if module in reached(module)] == []


def test_the_page_about_the_architecture_names_every_room_and_every_stone() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    tree = text.split("## The rooms")[1].split("```")[1]
    named = re.findall(r"^ {2,4}(\w+)/", tree, re.MULTILINE)
    rooms = {
        path.parent.relative_to(LIBRARY).parts[-1] for path in LIBRARY.rglob("__init__.py") if path.parent != LIBRARY
    }
    assert set(named) == rooms - {"sphinx_ext"}
    assert set(FLOORS) == {room(name) for name in MODULES if name.count(".")} - {"__main__"}
    assert all(stone in tree for stone in GROUND)


def test_every_file_that_is_named_as_keeping_a_promise_is_there() -> None:
    table = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## The promises")[1]
    named = re.findall(r"`([\w/]+(?:\.py|/))`", table)
    assert named
    assert [path for path in named if not ((LIBRARY / path).exists() or (ROOT / path).exists())] == []


def test_the_recipes_name_files_that_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipes = re.split(r"^## (?=\d\. )", text, flags=re.MULTILINE)[1:]
    assert len(recipes) == 6
    for recipe in recipes:
        files = re.findall(r"`([\w./*-]+)`", "".join(re.findall(r"^\| (`.*?) \|", recipe, re.MULTILINE)))
        assert files, recipe
        assert [file for file in files if "NAME" not in file and not list(ROOT.glob(file))] == []
        assert "Show: `" in recipe


def test_the_commands_of_the_recipes_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = set(re.findall(r"\bmake (\w+)", text))
    assert [target for target in asked if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
    words = {command.split()[0] for command in re.findall(r"\.venv/bin/paritrana ([^`]+)`", text)}
    assert words <= {"build", "validate", "verify", "serve", "rank", "contribute", "backtest", "template", "import"}
    options = {
        word
        for command in re.findall(r"\.venv/bin/paritrana ([^`]+)`", text)
        for word in re.findall(r"--?\w+", command)
    }
    said = CliRunner().invoke(app, ["build", "--help"], env={"COLUMNS": "200"}).output
    assert [option for option in options if option.startswith("-") and option not in said] == []
