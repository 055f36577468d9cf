"""A notebook as it lies in `notebooks/`: read, or refused in one sentence that is its page's failure and no other's."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import nbformat

from paritrana.code import imports
from paritrana.faults import Fault, InvalidInput, one_line, relative

# What editors leave out where they do not mind; every page runs under this one.
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")  # how Git marks what two people changed


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """The notebook in a file, with a kernel where it names none; raises InvalidInput where it is none."""
    file = relative(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _refused(file, None, f"a readable notebook was expected ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _refused(file, None, f"text in UTF-8 was expected, but byte {error.start + 1} is not") from error
    marked = next((at for at, line in enumerate(text.splitlines(), 1) if line.startswith(CONFLICT)), None)
    if marked:
        raise _refused(file, marked, "JSON was expected; this is a merge that was not brought to its end")
    try:
        json.loads(text)
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except json.JSONDecodeError as error:
        raise _refused(file, error.lineno, f"JSON was expected ({error.msg}, character {error.colno})") from error
    except Exception as error:  # what nbformat raises of what is no notebook is of many kinds
        reason = one_line(str(error).strip().split("\n")[0])
        raise _refused(file, None, f"a notebook of format 4 was expected ({reason})") from error
    notebook.metadata.setdefault("kernelspec", dict(KERNEL))
    return notebook


def _refused(file: str, row: int | None, expected: str) -> InvalidInput:
    return InvalidInput([Fault(file, row, None, None, expected)])


def imported(source: str) -> list[str]:
    """The names of this library that a cell imports; a cell that is no Python says so when it runs."""
    try:
        return list(imports(source))
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

    try:
        return list(imports(TransformerManager().transform_cell(source)))  # magics and shell commands
    except SyntaxError:
        return []


def declared(notebook: nbformat.NotebookNode) -> set[str]:
    """The names that the parameters cell gives a value."""
    cells = [cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    nodes = [node for source in cells[:1] for node in ast.parse(source).body]
    targets = [target for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in nodes if isinstance(node, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}
