"""The process that kernels are forked from: `python -m paritrana.warm_kernel.zygote SOCKET OWNER`.

It imports what `WARM_KERNEL_PRELOAD` names, says on its standard output that it is ready or why not, and serves until
its owner (a process number) ends. It has one thread: a fork copies no other, and what another holds would stay locked.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
import threading
from pathlib import Path

from paritrana.warm_kernel.kernel import run_kernel
from paritrana.warm_kernel.server import Server
from paritrana.warm_kernel.start import PRELOAD, READY

# What ipykernel imports only when it runs, as far as a version of it has it.
KERNEL = (
    *("ipykernel.debugger", "IPython.core.debugger", "IPython.core.oinspect", "IPython.core.completerlib"),
    *("IPython.core.logger", "IPython.core.pylabtools", "tornado.platform.asyncio", "tornado.locks", "tornado.queues"),
    *("faulthandler", "psutil", "sqlite3"),
)


def main() -> None:
    """Preload and serve; in a child, be the kernel that was asked for."""
    path, owner = Path(sys.argv[1]), int(sys.argv[2])
    if Path(sys.path[0]) == Path.cwd():
        del sys.path[0]  # as ipykernel_launcher does: a kernel runs in a folder of its own
    environment = dict(os.environ)
    answer = os.dup(1)
    os.dup2(2, 1)  # what a module prints while it is imported is no answer
    server = Server(path, owner, environment)
    reason = preload(environment.get(PRELOAD, "").split())
    try:
        os.write(answer, (reason or READY).encode())
    except BrokenPipeError:  # the owner ended while the modules were imported
        sys.exit(1)
    os.close(answer)
    if reason:
        sys.exit(1)
    birth = server.serve()
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
