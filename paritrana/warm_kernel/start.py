"""Starting and ending a zygote, the process that kernels are forked from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ADDRESS = "WARM_KERNEL_ZYGOTE"  # the socket of a zygote that runs
PRELOAD = "WARM_KERNEL_PRELOAD"  # modules, separated by spaces
SPAWN = "WARM_KERNEL_SPAWN"  # 1: nothing is forked
READY = "ready"
END_SECONDS = 10
# A thread that BLAS starts when it is imported would be missing in a fork.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")

_lock = threading.Lock()


def is_available() -> bool:
    """Whether kernels can be forked here: on Linux, unless WARM_KERNEL_SPAWN=1 is set.

    The frameworks of macOS do not survive a fork, and Windows has none.
    """
    return sys.platform == "linux" and os.environ.get(SPAWN) != "1"


@contextmanager
def zygote(preload: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Start a process that has imported these modules; gives the variables that make Jupyter fork its kernels from it.

    The variables are for os.environ, here or in other processes, before the first kernel starts. At the end the process
    ends with every kernel forked from it. `environment` is added to the environment that the modules are imported in.
    Where `is_available` is false nothing starts, there are no variables, and kernels are spawned as ever.

    Raises RuntimeError with the reason if a module cannot be imported or leaves a thread running.
    """
    if not is_available():
        yield {}
        return
    started = Zygote({**(environment or {}), PRELOAD: " ".join(preload)})
    try:
        yield {"JUPYTER_DEFAULT_PROVISIONER_NAME": "warm-kernel", ADDRESS: started.address}
    finally:
        started.end()


def address() -> str:
    """The socket of the zygote that WARM_KERNEL_ZYGOTE names, else of one that this process starts when first asked.

    Raises RuntimeError, each time, if that one did not start.
    """
    running = os.environ.get(ADDRESS)
    if running:
        return running
    with _lock:
        own = _own_zygote(os.getpid(), os.environ.get(PRELOAD, ""))
    if isinstance(own, RuntimeError):
        raise own
    return own.address


@cache
def _own_zygote(_owner: int, preload: str) -> Zygote | RuntimeError:
    """A process's own zygote for these modules, or why there is none: a fork of the process gets another."""
    try:
        return Zygote({PRELOAD: preload})
    except RuntimeError as error:
        return error


class Zygote:
    """A zygote that ends with this process, at the latest. Raises RuntimeError if it does not start."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="warm-kernel-"))  # mode 0700: for nobody else
        self.address = str(self.folder / "zygote")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "paritrana.warm_kernel.zygote", self.address, str(os.getpid())],
            env={**os.environ, **environment, **dict.fromkeys(THREADS, "1")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C in a terminal is for its owner
        )
        answer = self._answer()
        if answer != READY:
            self.end()
            raise RuntimeError(f"no kernels can be forked: {answer or 'the process for them ended at once'}")

    def _answer(self) -> str:
        """What it says when it has imported the modules: that it is ready, or why not."""
        if self.process.stdout is None:
            return ""
        with self.process.stdout as pipe:
            return pipe.read()

    def end(self) -> None:
        """End it and every kernel forked from it."""
        self.process.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
