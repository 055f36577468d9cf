"""Running one page: a notebook goes through Papermill in a kernel of its own and comes back as text.

The result is the same bytes for the same input: what Papermill and Jupyter write of times, paths and random ids is
taken out again. Nothing is written here; the coordinator writes what it is given.
"""

from __future__ import annotations

import copy
import hashlib
import logging
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from paritrana import paths
from paritrana.build.run.kernels import KERNEL_ENVIRONMENT, SCRATCH
from paritrana.build.run.outcome import Failure, failure_of
from paritrana.pages.titles import page_title
from paritrana.plan.book import PageSpec
from paritrana.plan.notebooks import declared, read_notebook
from paritrana.presentation.html import heading, markdown_text, page_metadata

TITLE_TOKEN = "# ⟦title⟧"  # in a notebook's first cell; a delimiter that MyST, Jinja and str.format leave alone
HIDDEN = ["remove-input"]  # panels read results; the notebook itself can be downloaded with all its code
STARTUP_SECONDS = 120
CLIENT = "warm_kernel.client.PromptClient"
QUIET_KERNEL = ["--log-level=50"]  # a kernel that is shut down reports the interrupt as an error on the terminal
PARTIAL = "partial.ipynb"
SAVED_ONCE = "saved-once"  # the name of the engine below
ANSI = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(rf"{re.escape(paths.LIBRARY.name)}/\S+\.py:\d+, in \w+")
# Run last and taken out again. POSIX keeps the peak of a process; elsewhere the cell shows nothing.
MEASURE = """
try:
    import resource, sys
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
except ImportError:
    pass
"""


class SavedOnce(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """Papermill's own engine, which leaves the notebook as far as it came, and does not save it before and after each
    cell: that took as long as all else that the coordinator's process does for a page.
    """

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs: Any) -> None:
        """Run the notebook's cells."""
        path, nb_man.output_path = nb_man.output_path, None
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        except Exception:
            nb_man.output_path = path
            raise


papermill_engines.register(SAVED_ONCE, SavedOnce)
logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what it would say of an error is in the failure


def make(spec: PageSpec) -> tuple[str | None, Failure | None, int | None]:
    """A notebook's page as text, or its failure; and the kernel's peak memory in bytes."""
    os.environ.update(KERNEL_ENVIRONMENT)
    path = paths.NOTEBOOKS / f"{spec.notebook}.ipynb"
    notebook = read_notebook(path)
    _refuse_other_parameters(declared(notebook), spec)
    notebook.cells.append(nbformat.v4.new_code_cell(MEASURE, id="measure"))
    with tempfile.TemporaryDirectory(prefix="paritrana-", dir=os.environ.get(SCRATCH)) as folder:
        try:
            executed = _execute(notebook, dict(spec.parameters), Path(folder))
        except Exception as error:  # what a cell raised, or a kernel that died
            return None, _failure(Path(folder) / PARTIAL, error), None
    measured = executed.cells.pop().outputs
    _refuse_stderr(executed)
    text = nbformat.writes(normalised(executed, spec)) + "\n"
    return text, None, int(measured[0].text) if measured else None


def _execute(notebook: nbformat.NotebookNode, values: dict[str, Any], folder: Path) -> nbformat.NotebookNode:
    """The notebook, executed.

    Sockets are files in a folder of the run's own: TCP ports that are chosen, released and bound again collide
    between kernels that start together. Papermill leaves the notebook there as far as it came.
    """
    try:
        return papermill.execute_notebook(
            notebook,
            folder / PARTIAL,
            parameters=values,
            engine_name=SAVED_ONCE,
            progress_bar=False,
            kernel_name="python3",
            start_timeout=STARTUP_SECONDS,
            extra_arguments=QUIET_KERNEL,
            autosave_cell_every=0,
            config=Config(KernelManager={"transport": "ipc", "ip": f"{folder}/kernel", "client_class": CLIENT}),
        )
    finally:
        loop = ensure_event_loop()  # Jupyter leaves its own open, and a Dask worker would gather one for each page
        if not loop.is_running():  # a caller's: Jupyter ran beside it
            loop.close()


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
    made.metadata = nbformat.from_dict(page_metadata())
    for index, cell in enumerate(made.cells):
        tags = sorted({*cell.metadata.get("tags", []), *(HIDDEN if cell.cell_type == "code" else [])})
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        cell.id = hashlib.sha256(f"{spec.name}/{index}".encode()).hexdigest()[:12]
        if cell.cell_type == "code":
            _move_what_is_told(cell)
        else:
            title = page_title(spec.notebook, dict(spec.parameters))
            cell.source = cell.source.replace(TITLE_TOKEN, heading(title))
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


def _move_what_is_told(cell: nbformat.NotebookNode) -> None:
    """What is told of a figure from the output's metadata, which MyST-NB ignores, to the cell's, which it reads.

    It reads a caption as Markdown.
    """
    for output in cell.get("outputs", []):
        images = [kind for kind in output.get("data", {}) if kind.startswith("image/")]
        for kind in images:
            told = output.metadata.get(kind, {})
            for name, what in (("alt", "alternative text"), ("caption", "a caption")):
                if not told.get(name):
                    raise ValueError(f"a figure without {what}")
            caption = markdown_text(told["caption"])
            cell.metadata["mystnb"] = {"image": {"alt": told["alt"]}, "figure": {"caption": caption}}
            output.metadata = nbformat.from_dict({})


def _refuse_stderr(notebook: nbformat.NotebookNode) -> None:
    """Nothing on stderr may reach a page: it is a warning that somebody has to read."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                lines = output.text.strip().splitlines()
                said = next((line for line in lines if "Warning: " in line), lines[-1])
                raise ValueError(f"a warning instead of silence: {said.rpartition('Warning: ')[2]}")


def _failure(partial: Path, error: Exception) -> Failure:
    """A run that did not come to its end; the cell is named by the last heading above it."""
    found = failure_of(error)
    if not partial.exists():  # the kernel never started
        return found
    text = partial.read_text(encoding="utf-8")
    raised = ANSI.sub("", "\n".join(getattr(error, "traceback", [])))
    frames = FRAME.findall(raised)
    said = f"{error.ename}: {error.evalue}" if isinstance(error, PapermillExecutionError) else found.error
    return Failure(_heading_above(text), said, frames[-1] if frames else "", raised or found.traceback, text)


def _heading_above(partial: str) -> str:
    """The last heading above the cell that raised, or else above the first one that was not run to its end."""
    found = ""
    for cell in nbformat.reads(partial, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            found = cell.source.splitlines()[0]
        if cell.cell_type == "code" and (cell.metadata.papermill.status == "failed" or cell.execution_count is None):
            break
    return "" if found == TITLE_TOKEN else found.lstrip("# ")
