"""What the project promises about the shape of its code: short functions, a docstring for all that is public."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from paritrana.paths import ROOT

LONGEST, MEDIAN, LONG = 45, 9, 22  # lines of a function: all, half of them, nine in ten
Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


@cache
def modules() -> dict[str, ast.Module]:
    """The package's modules by path, as syntax trees."""
    files = sorted([*(ROOT / "paritrana").rglob("*.py"), *(ROOT / "packages").rglob("*.py")])
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def found(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Every node of these kinds with the place where it stands."""
    for path, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, kinds):
                yield f"{path}:{getattr(node, 'lineno', 1)}", node


def lengths() -> dict[str, int]:
    """Lines of each function, without its decorators."""
    functions = [(place, node) for place, node in found(ast.FunctionDef, ast.AsyncFunctionDef)]
    return {
        f"{place} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for place, node in functions
        if isinstance(node, Function)
    }


def public(node: ast.Module | ast.ClassDef, path: str) -> Iterator[tuple[str, Definition]]:
    """The public classes and functions of a module, and the public methods of its public classes."""
    for child in node.body:
        if isinstance(child, Definition) and not child.name.startswith("_"):
            yield f"{path}:{child.lineno} {child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from public(child, path)


def test_the_package_is_read() -> None:
    assert len(modules()) > 50
    assert str(Path("paritrana") / "engine" / "smallest.py") in modules()


def test_no_function_is_long() -> None:
    assert {name: lines for name, lines in lengths().items() if lines > LONGEST} == {}


def test_half_of_the_functions_are_short() -> None:
    assert np.median(list(lengths().values())) <= MEDIAN


def test_nine_in_ten_functions_are_not_long() -> None:
    assert np.percentile(list(lengths().values()), 90) <= LONG


def test_every_module_has_a_docstring() -> None:
    assert [path for path, module in modules().items() if not ast.get_docstring(module)] == []


def test_all_that_is_public_has_a_docstring() -> None:
    lacking = [
        name
        for path, module in modules().items()
        for name, definition in public(module, path)
        if not ast.get_docstring(definition)
    ]
    assert lacking == []


def test_nothing_is_asserted() -> None:
    # `python -O` takes assertions away.
    assert [place for place, _ in found(ast.Assert)] == []


def test_no_exception_is_caught_without_its_name() -> None:
    bare = [place for place, node in found(ast.ExceptHandler) if isinstance(node, ast.ExceptHandler) and not node.type]
    assert bare == []
