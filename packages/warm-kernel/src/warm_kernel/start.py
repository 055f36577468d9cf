"""Starting and ending a zygote, the process that kernels are forked from."""

from __future__ import annotations

import os
import shutil
import socket
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
STDERR = 2
WAITING = 128  # requests that may wait while the modules are imported
END_SECONDS = 10
# A thread that BLAS starts when it is imported would be missing in a fork.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")

_lock = threading.Lock()
_ended: set[str] = set()  # the sockets of zygotes that this process has ended


def is_available() -> bool:
    """Whether kernels can be forked here: on Linux, unless WARM_KERNEL_SPAWN=1 is set.

    The frameworks of macOS do not survive a fork, and Windows has none.
    """
    return sys.platform == "linux" and os.environ.get(SPAWN) != "1"


@contextmanager
def zygote(preload: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Start a process that imports these modules; gives the variables that make Jupyter fork its kernels from it.

    The variables are for os.environ, here or in other processes, before the first kernel starts; who asks for a kernel
    while the modules are imported waits. At the end the process ends with every kernel forked from it. `environment` is
    added to the environment that the modules are imported in.

    Where `is_available` is false nothing starts, there are no variables, and kernels are spawned as ever. They are also
    spawned, each with a warning that says why, if a module cannot be imported or leaves a thread running. Raises
    OSError if there can be no socket.
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

    Raises OSError if there can be no socket.
    """
    running = os.environ.get(ADDRESS)
    if running:
        return running
    with _lock:
        return _own_zygote(os.getpid(), os.environ.get(PRELOAD, "")).address


@cache
def _own_zygote(_owner: int, preload: str) -> Zygote:
    """A process's own zygote for these modules; a fork of the process gets another."""
    return Zygote({PRELOAD: preload})


def was_ended(path: str) -> bool:
    """Whether this process has ended the zygote of a socket, on purpose."""
    return path in _ended


class Zygote:
    """A zygote that ends with this process, at the latest.

    Its socket is there at once; requests wait until it has imported its modules. Raises OSError if there can be none.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="warm-kernel-"))  # mode 0700: for nobody else
        self.address = str(self.folder / "zygote")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(WAITING)
            self.process = subprocess.Popen(
                [sys.executable, "-m", "warm_kernel.zygote", str(listener.fileno()), str(os.getpid())],
                env={**os.environ, **environment, **dict.fromkeys(THREADS, "1")},
                stdin=subprocess.DEVNULL,
                stdout=STDERR,  # what a module prints while it is imported is no output of this process
                pass_fds=[listener.fileno()],
                start_new_session=True,  # Ctrl-C in a terminal is for its owner
            )

    def end(self) -> None:
        """End it and every kernel forked from it; who still waits for one gets none."""
        _ended.add(self.address)
        self.process.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
