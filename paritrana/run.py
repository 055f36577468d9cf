"""Running one page: a notebook goes through Papermill in a kernel of its own and comes back as bytes.

The result is the same bytes for the same input: what Papermill and Jupyter write of times, paths and random ids is
taken out again. Nothing is written here; the coordinator writes what it is given.
"""

from __future__ import annotations

import copy
import hashlib
import os
import tempfile
import time
import traceback
from dataclasses import dataclass
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from paritrana import paths
from paritrana.markup import markdown_text
from paritrana.pages.titles import page_title
from paritrana.plan import PageSpec

TITLE_TOKEN = "⟦title⟧"  # in a notebook's first cell; a delimiter that MyST, Jinja and str.format leave alone
HIDDEN = ["remove-input"]  # panels read results; the notebook itself can be downloaded with all its code
# One thread per kernel: two kernels on two cores would otherwise fight for both.
KERNEL_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
STARTUP_SECONDS = 120
QUIET_KERNEL = ["--log-level=50"]  # a kernel that is shut down reports the interrupt as an error on the terminal


@dataclass(frozen=True)
class Failure:
    """Why a page is missing: the heading above the cell, the error in one line, and the traceback for the log."""

    cell: str
    error: str
    traceback: str


@dataclass(frozen=True)
class PageResult:
    """A finished page as notebook text, or the failure that it ended in; and how long it took in seconds."""

    spec: PageSpec
    content: str | None
    failure: Failure | None
    seconds: float


def run_page(spec: PageSpec) -> PageResult:
    """Run a page's notebook with its parameters. Never raises for what the notebook does: see `PageResult.failure`."""
    start = time.monotonic()
    os.environ.update(KERNEL_ENVIRONMENT)
    path = paths.NOTEBOOKS / f"{spec.notebook}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    try:
        _refuse_other_parameters(set(papermill.inspect_notebook(path)), spec)
        executed = _execute(notebook, dict(spec.parameters))
        _refuse_stderr(executed)
        content, failure = nbformat.writes(normalised(executed, spec)) + "\n", None
    except PapermillExecutionError as error:
        content, failure = None, _failure(notebook, error)
    except Exception as error:  # a kernel that dies, a parameter nobody declared: one page's failure all the same
        content, failure = None, Failure("", f"{type(error).__name__}: {error}", traceback.format_exc())
    return PageResult(spec, content, failure, time.monotonic() - start)


def _execute(notebook: nbformat.NotebookNode, values: dict[str, Any]) -> nbformat.NotebookNode:
    """The notebook, executed.

    Sockets are files in a folder of the run's own: TCP ports that are chosen, released and bound again collide
    between kernels that start together.
    """
    with tempfile.TemporaryDirectory(prefix="paritrana-") as sockets:
        return papermill.execute_notebook(
            notebook,
            None,
            parameters=values,
            progress_bar=False,
            cwd=str(paths.ROOT),
            kernel_name="python3",
            start_timeout=STARTUP_SECONDS,
            extra_arguments=QUIET_KERNEL,
            autosave_cell_every=0,
            config=Config(KernelManager={"transport": "ipc", "ip": f"{sockets}/kernel"}),
        )


def _refuse_other_parameters(declared: set[str], spec: PageSpec) -> None:
    """Papermill only warns of a parameter that the notebook does not declare, and runs on without it."""
    given = {key for key, _ in spec.parameters}
    if given != declared:
        unknown, missing = ", ".join(sorted(given - declared)), ", ".join(sorted(declared - given))
        raise ValueError(
            f"the parameters cell of {spec.notebook}.ipynb lacks: {unknown or '-'}; not given: {missing or '-'}"
        )


def normalised(notebook: nbformat.NotebookNode, spec: PageSpec) -> nbformat.NotebookNode:
    """The executed notebook without anything that differs from run to run, its title filled in."""
    made = copy.deepcopy(notebook)
    made.cells = [cell for section in _sections(made.cells) if not _is_empty(section) for cell in section]
    made.metadata = nbformat.from_dict({"kernelspec": made.metadata["kernelspec"], "language_info": {"name": "python"}})
    for index, cell in enumerate(made.cells):
        tags = sorted({*cell.metadata.get("tags", []), *(HIDDEN if cell.cell_type == "code" else [])})
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        cell.id = hashlib.sha256(f"{spec.name}/{index}".encode()).hexdigest()[:12]
        if cell.cell_type == "code":
            _move_alternative_text(cell)
        else:
            cell.source = cell.source.replace(
                TITLE_TOKEN, markdown_text(page_title(spec.notebook, dict(spec.parameters)))
            )
            if "⟦" in cell.source:
                raise ValueError(f"{spec.notebook}.ipynb, cell {index}: a token that nobody fills: {cell.source}")
    return made


def _sections(cells: list[nbformat.NotebookNode]) -> list[list[nbformat.NotebookNode]]:
    """The cells in groups, each begun by a Markdown cell."""
    groups: list[list[nbformat.NotebookNode]] = []
    for cell in cells:
        if cell.cell_type == "markdown" or not groups:
            groups.append([])
        groups[-1].append(cell)
    return groups


def _is_empty(section: list[nbformat.NotebookNode]) -> bool:
    """Whether a section has code that shows nothing: its heading would stand alone on the page."""
    code = [cell for cell in section if cell.cell_type == "code"]
    return bool(code) and not any(cell.outputs for cell in code)


def _move_alternative_text(cell: nbformat.NotebookNode) -> None:
    """Alternative text from the output's metadata, which MyST-NB ignores, to the cell's, which it reads."""
    for output in cell.get("outputs", []):
        images = [kind for kind in output.get("data", {}) if kind.startswith("image/")]
        for kind in images:
            alt = output.metadata.get(kind, {}).get("alt")
            if not alt:
                raise ValueError("a figure without alternative text")
            cell.metadata["mystnb"] = {"image": {"alt": alt}}
            output.metadata = nbformat.from_dict({})


def _refuse_stderr(notebook: nbformat.NotebookNode) -> None:
    """Nothing on stderr may reach a page: it is a warning that somebody has to read."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                raise ValueError(f"a warning instead of silence: {output.text.strip().splitlines()[-1]}")


def _failure(notebook: nbformat.NotebookNode, error: PapermillExecutionError) -> Failure:
    """A raising cell as a failure; the cell is named by the last heading above it."""
    headings = [
        cell.source.splitlines()[0].lstrip("# ")
        for cell in notebook.cells[: error.cell_index]
        if cell.cell_type == "markdown" and cell.source.startswith("#")
    ]
    return Failure(headings[-1] if headings else "", f"{error.ename}: {error.evalue}", "\n".join(error.traceback))
