"""The process that kernels are forked from: `python -m warm_kernel.zygote SOCKET OWNER`.

It imports what `WARM_KERNEL_PRELOAD` names, and then serves a socket (a descriptor's number) on which requests may be
waiting, until its owner (a process number) ends. Where it can fork nothing it refuses them all and says why. It has one
thread: a fork copies no other, and what another holds would stay locked.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import socket
import sys
import threading
from pathlib import Path

from warm_kernel.kernel import run_kernel
from warm_kernel.server import Server
from warm_kernel.start import PRELOAD

# What ipykernel imports only when it runs, as far as a version of it has it.
KERNEL = (
    *("ipykernel.debugger", "IPython.core.debugger", "IPython.core.oinspect", "IPython.core.completerlib"),
    *("IPython.core.logger", "IPython.core.pylabtools", "tornado.platform.asyncio", "tornado.locks", "tornado.queues"),
    *("faulthandler", "psutil", "sqlite3"),
)


def main() -> None:
    """Preload and serve; in a child, be the kernel that was asked for."""
    listener, owner = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    if Path(sys.path[0]) == Path.cwd():
        del sys.path[0]  # as ipykernel_launcher does: a kernel runs in a folder of its own
    environment = dict(os.environ)
    refusal = preload(environment.get(PRELOAD, "").split())
    birth = Server(listener, owner, environment, refusal).serve()
    if birth:
        run_kernel(birth)


def preload(names: list[str]) -> str:
    """Import the modules; returns in one sentence why nothing can be forked then, else nothing."""
    # As ipykernel does before a notebook can import Matplotlib, which reads it then.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for name in KERNEL:
        with contextlib.suppress(ImportError), contextlib.redirect_stderr(io.StringIO()):
            importlib.import_module(name)
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            return f"the module {name} cannot be imported: {type(error).__name__}: {error}"
    threads = len(list(Path("/proc/self/task").iterdir())) - 1
    if threads:
        known = ", ".join(thread.name for thread in threading.enumerate())
        return f"importing {' '.join(names)} leaves {threads} more threads running (known to Python: {known})"
    gc.collect()
    gc.freeze()  # the collector of a child leaves these objects alone, and their pages stay shared
    return ""


if __name__ == "__main__":
    main()
