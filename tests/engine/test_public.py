"""What the engine offers to others: its public names, an example of every function, no more loaded than asked for."""

import ast
import doctest
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest

from paritrana import engine
from paritrana.paths import LIBRARY, ROOT

FUNCTIONS = [name for name in engine.__all__ if inspect.isfunction(getattr(engine, name))]
TABLES = ["Scored", "Weighted"]  # what the functions take


def imported(source: str) -> Iterator[str]:
    """The modules that names are imported from."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_each_method_is_public() -> None:
    methods = {
        "rank_ranges",
        "acceptability",
        "stability",
        "lift",
        "rises",
        "rank_attribution",
        "compare",
        "reproduction",
    }
    assert methods <= set(FUNCTIONS)


def test_a_name_that_is_not_there_is_told_as_of_any_module() -> None:
    with pytest.raises(AttributeError, match=r"'paritrana\.engine' has no attribute 'regions'"):
        _ = engine.regions


@pytest.mark.parametrize("name", [*FUNCTIONS, *TABLES])
def test_the_example_of_a_public_function_gives_what_it_says(name: str) -> None:
    function = getattr(engine, name)
    module = import_module(function.__module__)
    (test,) = doctest.DocTestFinder(recurse=False).find(function, name, module)
    assert test.examples, f"{name} has no example"
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert said == []


def test_the_example_of_the_readme_gives_what_it_says() -> None:
    (source,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    ask, said = source.strip().rsplit("\n", 1)[-1].split("  # ")
    names: dict[str, object] = {}
    exec(source, names)
    assert repr(eval(ask, names)) == said


def test_what_needs_scipy_stats_is_loaded_when_it_is_asked_for() -> None:
    code = "import sys; from paritrana import engine; print('scipy.stats' in sys.modules); engine.compare"
    code += "; print('scipy.stats' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_the_project_imports_from_the_engines_modules_so_that_a_page_depends_on_no_others() -> None:
    others = [path for path in sorted(LIBRARY.rglob("*.py")) if path != LIBRARY / "engine" / "__init__.py"]
    assert [path for path in others if "paritrana.engine" in imported(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_table_is_handed_over_as_one_value_not_as_its_ends(name: str) -> None:
    taken = set(inspect.signature(getattr(engine, name)).parameters)
    assert not {"low", "high", "parts"} <= taken
    assert "table" not in taken or not {"low", "high"} & taken
