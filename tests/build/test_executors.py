"""Pages run wherever an executor takes them, and come out in the same bytes."""

import os
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import LocalCluster

from paritrana import paths
from paritrana.build.run import coordinator as build
from paritrana.build.run import executors
from paritrana.build.run.outcome import PageResult
from paritrana.build.run.page import run_page
from paritrana.plan import book as plan
from paritrana.plan import inputs, stamps
from paritrana.plan.book import PageSpec
from paritrana.plan.edition import Edition
from paritrana.plan.stale import Decision

SPECS = plan.province_pages(plan.book(["95"])[1][0])[:3]  # the overview and two notebooks

Pages = dict[str, Mapping[str, str] | None]


def silent(record: Any) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def expected() -> Pages:
    """Each page from a kernel that is started as Jupyter starts one."""
    before = os.environ.get("WARM_KERNEL_SPAWN")
    os.environ["WARM_KERNEL_SPAWN"] = "1"
    try:
        return {spec.name: run_page(spec).content for spec in SPECS}
    finally:
        os.environ.pop("WARM_KERNEL_SPAWN")
        if before is not None:
            os.environ["WARM_KERNEL_SPAWN"] = before


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as started:
        yield started


def decisions(specs: list[PageSpec]) -> list[Decision]:
    found = inputs.of_pages(specs)
    return [Decision(Edition("one"), spec, found[spec.name], ("it was asked for",)) for spec in specs]


def results(name: str, jobs: int = 2) -> dict[str, PageResult]:
    with executors.named(name, jobs) as executor:
        return {result.spec.name: result for _, result in build.results(decisions(SPECS), executor, silent)}


def test_pages_of_forked_kernels_are_those_of_spawned_ones(expected: Pages) -> None:
    assert {name: result.content for name, result in results("local").items()} == expected


def test_pages_of_a_dask_cluster_are_those_of_this_machine(expected: Pages, cluster: LocalCluster) -> None:
    found = results(f"dask:{cluster.scheduler_address}")
    assert {name: result.content for name, result in found.items()} == expected


def test_a_killed_worker_of_a_cluster_loses_no_page(expected: Pages, cluster: LocalCluster) -> None:
    with executors.cluster(cluster.scheduler_address) as executor:
        pages = build.results(decisions(SPECS), executor, silent)
        worker = next(iter(cluster.workers.values()))
        psutil.Process(worker.pid).send_signal(signal.SIGKILL)
        assert {result.spec.name: result.content for _, result in pages} == expected


def test_a_broken_pool_loses_no_page(expected: Pages) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        pool.submit(os._exit, 1)  # a worker that ends without a word takes the whole pool along
        pages = build.results(decisions(SPECS), pool, silent)
        assert {result.spec.name: result.content for _, result in pages} == expected


def test_a_worker_with_another_copy_of_the_project_makes_no_page() -> None:
    spec = SPECS[1]
    other = {**inputs.of_pages([spec])[spec.name], "rows of observations": "another", "library": "another"}
    result = build.run_elsewhere(spec, other)
    assert result.content is None
    assert result.failure is not None
    assert (
        "the worker's copy of the project differs from this one: library, rows of observations" in result.failure.error
    )


def test_nothing_is_written_where_a_page_is_made() -> None:
    def times() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for place in (paths.BOOK, paths.BUILD) for path in place.rglob("*")}

    before = times()
    with ThreadPoolExecutor(1) as executor:
        assert executor.submit(run_page, SPECS[0]).result().content
    assert times() == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("slurm", '"slurm" was found as executor, local or dask:tcp://HOST:PORT was expected'),
        ("dask:tcp://127.0.0.1:1", "no Dask scheduler answers at tcp://127.0.0.1:1"),
        ("dask:nowhere", "no Dask scheduler answers at nowhere"),
    ],
)
def test_an_executor_that_cannot_be_had_is_told_in_one_sentence(
    name: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "CONNECT_SECONDS", 1)
    with pytest.raises(RuntimeError, match=sentence.replace("?", r"\?")), executors.named(name, 1):
        pytest.fail("there is none")


def test_a_stamp_survives_the_way_back(expected: Pages, tmp_path: Path) -> None:
    for spec in SPECS:
        for name, text in (expected[spec.name] or {}).items():
            path = tmp_path / name.replace("/", "-")
            path.write_text(stamps.stamped(name, text, {"lock": "x"}), encoding="utf-8")
            assert stamps.inputs_of(path) == {"lock": "x"}
