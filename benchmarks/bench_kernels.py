"""Times notebooks run by stock Papermill against the same with forked kernels, as ratios of one run.

Each way runs the same small notebook (pandas, scipy.stats, a figure) in 1, 2 and 4 processes at a time, in turns. The
processes have imported Papermill before, so that only what recurs with every notebook is timed. Outputs are compared
first: the script stops where they differ.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context

import nbformat
import papermill
import psutil
from traitlets.config import Config

from warm_kernel import zygote

MODULES = ["pandas", "scipy.stats", "matplotlib.pyplot"]
CELLS = [
    "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\nfrom scipy import stats",
    "table = pd.DataFrame({'x': np.arange(100), 'y': np.arange(100) ** 2})\ntable.describe()",
    "stats.linregress(table['x'], table['y'])",
    "figure, axes = plt.subplots()\naxes.plot(table['x'], table['y'])\naxes.set_title('y over x');",
]
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # for all alike: kernels must not fight for cores
FILES = {"transport": "ipc"}
PROMPT = {"client_class": "warm_kernel.client.PromptClient"}


@dataclass(frozen=True)
class Way:
    """A way to run a notebook: whether its kernel is forked, and what Jupyter's kernel manager is told."""

    name: str
    is_warm: bool
    manager: dict[str, str] = field(default_factory=dict)


WAYS = [
    Way("stock papermill", is_warm=False),  # the baseline
    Way("stock, sockets are files", is_warm=False, manager=FILES),
    Way("warm", is_warm=True),
    Way("warm, sockets are files", is_warm=True, manager=FILES),
    Way("warm, sockets are files, prompt client", is_warm=True, manager=FILES | PROMPT),
]


def run(manager: Mapping[str, str]) -> str:
    """Run the notebook and return its outputs as text."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    with tempfile.TemporaryDirectory() as folder:
        place = {"ip": f"{folder}/kernel"} if "transport" in manager else {}
        settings = {"kernel_name": "python3", "progress_bar": False, "extra_arguments": ["--log-level=50"]}
        done = papermill.execute_notebook(made, None, config=Config(KernelManager={**manager, **place}), **settings)
    return str([cell.outputs for cell in done.cells])


def enter(environment: Mapping[str, str]) -> None:
    """Take on these variables."""
    os.environ.update(environment)


@contextmanager
def pool(workers: int, environment: Mapping[str, str]) -> Iterator[ProcessPoolExecutor]:
    """Processes in this environment that have imported Papermill."""
    with ProcessPoolExecutor(workers, get_context("spawn"), enter, (environment,)) as executor:
        list(executor.map(run, [{}] * 2 * workers))
        yield executor


def processor_seconds() -> float:
    """Processor time of this process, of those below it, and of all that have ended there."""
    here = psutil.Process()
    times = [each.cpu_times() for each in [here, *here.children(recursive=True)]]
    return float(sum(each.user + each.system + each.children_user + each.children_system for each in times))


def timed(executor: ProcessPoolExecutor, way: Way, count: int) -> tuple[float, float]:
    """Seconds on the clock and of processor time for one notebook, of so many."""
    clock, processor = time.perf_counter(), processor_seconds()
    list(executor.map(run, [way.manager] * count))
    return (time.perf_counter() - clock) / count, (processor_seconds() - processor) / count


def measure(warm: Mapping[str, str], workers: int, each: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Median seconds per notebook by name of the way, on the clock and of processor time."""
    spent: dict[str, list[tuple[float, float]]] = {way.name: [] for way in WAYS}
    with pool(workers, {}) as stock, pool(workers, warm) as forking:
        pools = {False: stock, True: forking}
        if len({pools[way.is_warm].submit(run, way.manager).result() for way in WAYS}) > 1:
            raise SystemExit("the ways give different outputs")
        for _ in range(rounds):
            for way in WAYS:
                spent[way.name].append(timed(pools[way.is_warm], way, each * workers))
    return {name: (median(times, 0), median(times, 1)) for name, times in spent.items()}


def median(times: list[tuple[float, float]], column: int) -> float:
    """The median of a column."""
    return statistics.median(row[column] for row in times)


def main() -> None:
    """Print a table for each number of processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--each", type=int, default=3, help="notebooks per process and round")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    chosen = parser.parse_args()
    os.environ.update(ONE_THREAD)
    start = time.perf_counter()
    with zygote(MODULES) as warm:
        print(f"The warm process was ready after {time.perf_counter() - start:.1f} s.")
        for workers in chosen.processes:
            medians = measure(warm, workers, chosen.each, chosen.rounds)
            stock, _ = medians[WAYS[0].name]
            print(f"\n{workers} at a time, {chosen.rounds} rounds of {chosen.each * workers} notebooks\n")
            print("| way | s per notebook | stock / this | processor s per notebook |\n| --- | ---: | ---: | ---: |")
            for name, (clock, processor) in medians.items():
                print(f"| {name} | {clock:.2f} | {stock / clock:.1f} | {processor:.2f} |", flush=True)


if __name__ == "__main__":
    main()
