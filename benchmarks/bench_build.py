"""What a build costs, against stock papermill and jupyter-book on the same pages, in one run.

    export PYTHONPATH=.
    python benchmarks/bench_build.py                      # the whole book, cold; nothing changed; one figure changed
    python benchmarks/bench_build.py --provinces 13 95    # the same with two provinces
    python benchmarks/bench_build.py --grow 38 380 --cluster 5000   # pages of small compute, on this machine alone and
                                                                    # through a local Dask cluster, drawn in one plot

The baseline runs the notebooks one after the other with `papermill.execute_notebook`, as a loop over provinces does,
and then `jupyter-book build`. Everything happens in a copy of the project in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, as_completed
from pathlib import Path
from unittest.mock import patch

import papermill
import psutil

from paritrana.build.run.executors import cluster, local
from paritrana.build.run.page import run_page
from paritrana.build.site.contents import table_of_contents
from paritrana.plan import book as plan
from paritrana.plan.book import PageSpec
from tests.project import copy, edition, made, python_path

SYNTHETIC = "../benchmarks/synthetic"  # seen from notebooks/; kept out of the book
STEP = 0.2  # seconds between two looks at the memory
MEGABYTE = 1_000_000


def build(folder: Path, provinces: list[str]) -> tuple[float, float]:
    """Seconds and peak memory in MB (every process of the build together) of `paritrana build` in a copy."""
    words = [word for code in provinces for word in ("--province", code)]
    environment = {**os.environ, "PYTHONPATH": python_path(folder)}
    start = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "paritrana", "build", "-q", *words], cwd=folder, env=environment)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(STEP)
    if process.returncode:
        sys.exit(f"the build ended with exit code {process.returncode}")
    return time.monotonic() - start, peak


def memory(pid: int) -> float:
    """Memory in MB of a process and all below it; what forked processes share is counted once (PSS)."""
    total = 0
    for process in [psutil.Process(pid), *_below(pid)]:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total / MEGABYTE


def _below(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def stock(specs: list[PageSpec], folder: Path) -> tuple[float, float]:
    """Seconds of papermill, one notebook after the other, and of `jupyter-book build` on what comes out."""
    start = time.monotonic()
    for spec in specs:
        target = folder / "book" / spec.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if spec.path.endswith(".ipynb"):
            source = folder / "notebooks" / f"{spec.notebook}.ipynb"
            papermill.execute_notebook(source, target, dict(spec.parameters), progress_bar=False)
    run = time.monotonic() - start
    words: list[str | Path] = [
        "build",
        folder / "book",
        "--config",
        folder / "_config.yml",
        "--toc",
        folder / "_toc.yml",
        "--quiet",
    ]
    start = time.monotonic()
    command = [Path(sys.executable).with_name("jupyter-book"), *words, "--path-output", folder / "stock"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return run, time.monotonic() - start


def whole_book(codes: list[str]) -> None:
    """A cold build against stock on the same pages; then nothing changed; then one figure of one province changed."""
    defaults, provinces = plan.book(codes)
    specs = plan.pages(defaults, provinces)
    kept = tempfile.TemporaryDirectory()  # overviews and parts of pages: stock tools do not make them
    overviews = Path(kept.name) / "provinces"
    with tempfile.TemporaryDirectory() as name:
        folder = copy(Path(name))
        cold, peak = build(folder, codes)
        say("paritrana build, cold", cold, f"{len(specs)} pages, peak {peak:.0f} MB (PSS of all its processes)")
        say("nothing changed", build(folder, codes)[0])
        table = folder / "data" / "observations.csv"
        # Padang Panjang's 15,386 active participants; without province 13 only the national page reads it.
        table.write_text(table.read_text(encoding="utf-8").replace(",15386,", ",15387,"), encoding="utf-8")
        say("one figure of one province changed", build(folder, codes)[0])
        book = edition(folder) / "book"
        shutil.copytree(book / "provinces", overviews, ignore=shutil.ignore_patterns("*.ipynb"))
        print(f"  it ran {', '.join(sorted(made(folder)))}")
    with tempfile.TemporaryDirectory() as name:
        folder = copy(Path(name))
        contents = table_of_contents(provinces, defaults.language)
        (folder / "_toc.yml").write_text(json.dumps(contents), encoding="utf-8")  # JSON is YAML
        shutil.copytree(overviews, folder / "book" / "provinces", dirs_exist_ok=True)
        run, html = stock(specs, folder)
    say("stock papermill, one by one", run, f"{sum(spec.path.endswith('.ipynb') for spec in specs)} notebooks")
    say("stock jupyter-book build", html)
    kept.cleanup()
    print(f"ratio: {(run + html) / cold:.1f}")


def say(what: str, seconds: float, more: str = "") -> None:
    """A line of the report."""
    print(f"{what:40s} {seconds:8.1f} s  {more}", flush=True)


def synthetic(count: int) -> list[PageSpec]:
    """Pages of small compute."""
    return [PageSpec(SYNTHETIC, f"synthetic/{number}.ipynb", (("number", number),)) for number in range(count)]


def finished(executor: Executor, specs: list[PageSpec]) -> Iterator[None]:
    """Run the pages; one step for each that is finished."""
    waiting = {executor.submit(run_page, spec) for spec in specs}
    for future in as_completed(waiting):
        waiting.discard(future)
        if failure := future.result().failure:
            sys.exit(failure.traceback)
        yield


Line = dict[int, float]  # pages -> seconds


def grow(counts: list[int]) -> dict[str, Line]:
    """How the time grows with the number of pages, forked against spawned kernels; spawned only up to 380."""
    measured: dict[str, Line] = {"forked": {}, "spawned (stock)": {}}
    for count in counts:
        measured["forked"][count] = _timed(count, spawn=False)
        say(f"{count} pages, forked kernels", measured["forked"][count])
        if count <= 380:
            measured["spawned (stock)"][count] = _timed(count, spawn=True)
            say(f"{count} pages, spawned kernels", measured["spawned (stock)"][count])
    return measured


def _timed(count: int, spawn: bool) -> float:
    start = time.monotonic()
    with patch.dict(os.environ, WARM_KERNEL_SPAWN="1" if spawn else "0"), local(2 * (os.cpu_count() or 1)) as executor:
        for _ in finished(executor, synthetic(count)):
            pass
    return time.monotonic() - start


def draw(measured: dict[str, Line], picture: Path) -> None:
    """The seconds over the pages, both logarithmic."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.subplots()
    for (name, line), marker in zip(measured.items(), "os^", strict=False):
        axes.loglog(list(line), list(line.values()), marker=marker, markersize=4, label=name)
    axes.set(xlabel="pages", ylabel="seconds")
    axes.legend(loc="lower right")
    figure.savefig(picture, metadata={"Date": None})
    print(f"drawn: {picture}")


def through_a_cluster(count: int) -> dict[str, Line]:
    """Pages through a local Dask cluster of two workers, with the memory of all processes on the way."""
    import dask
    from distributed import LocalCluster

    line: Line = {}
    start, every = time.monotonic(), max(count // 10, 1)
    with (
        # Dask's own profiler keeps what it saw for an hour, and would hide what a page leaves behind.
        dask.config.set({"distributed.worker.profile.enabled": False}),
        LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as here,
        cluster(here.scheduler_address) as executor,
    ):
        for number, _ in enumerate(finished(executor, synthetic(count)), 1):
            if number % every == 0:
                line[number] = time.monotonic() - start
                say(f"{number} pages", line[number], f"{memory(os.getpid()):.0f} MB")
    return {"forked, Dask cluster (2 workers)": line}


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--provinces", nargs="*", default=[], metavar="NN")
    parser.add_argument("--grow", nargs="+", type=int, metavar="PAGES")
    parser.add_argument("--picture", type=Path, default=Path("growth.svg"))
    parser.add_argument("--cluster", type=int, metavar="PAGES")
    chosen = parser.parse_args()
    measured = grow(chosen.grow) if chosen.grow else {}
    measured |= through_a_cluster(chosen.cluster) if chosen.cluster else {}
    if measured:
        draw(measured, chosen.picture)
    else:
        whole_book(chosen.provinces)


if __name__ == "__main__":
    main()
