"""Where the pages of a book run: in pre-warmed kernels on this machine, or on a Dask cluster.

Everything else takes any `concurrent.futures.Executor`. A page is a pure function of its inputs and workers write
nothing, so that no file system need be shared; a worker needs a copy of the project and its environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from paritrana import paths
from paritrana.build.run.kernels import KERNEL_ENVIRONMENT, SCRATCH
from warm_kernel import zygote

DASK = "dask:"  # before a scheduler's address
CONNECT_SECONDS = 20


@contextmanager
def local(jobs: int) -> Iterator[Executor]:
    """Threads that each wait for a kernel of its own, forked from one process that has imported the libraries.

    Threads suffice: the work is done in the kernels. Leaving early ends the kernels and does not wait for the threads.
    """
    pool = ThreadPoolExecutor(jobs)
    paths.ANALYSES.mkdir(parents=True, exist_ok=True)
    preload = KERNEL_ENVIRONMENT["WARM_KERNEL_PRELOAD"].split()
    with (
        TemporaryDirectory(prefix="paritrana-") as scratch,
        zygote(preload, KERNEL_ENVIRONMENT) as found,
        _environment({**found, SCRATCH: scratch}),
    ):
        try:
            yield pool
            pool.shutdown(wait=True)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Variables that hold for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a running Dask scheduler, such as tcp://10.0.0.5:8786.

    Raises RuntimeError with one sentence where Dask is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise RuntimeError('Dask is not installed here: run `pip install "paritrana[cluster]"`') from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise RuntimeError(f"no Dask scheduler answers at {address}: {error}") from error
    with client, client.get_executor(pure=False) as executor:
        yield executor


@contextmanager
def named(name: str, jobs: int) -> Iterator[Executor]:
    """The executor of a name: `local`, or `dask:` and a scheduler's address. Raises RuntimeError for another name."""
    if name == "local":
        with local(jobs) as executor:
            yield executor
    elif name.startswith(DASK):
        with cluster(name.removeprefix(DASK)) as executor:
            yield executor
    else:
        raise RuntimeError(f'"{name}" was found as executor, local or dask:tcp://HOST:PORT was expected')
