"""What a forked child does to be the kernel that a spawned process would have been."""

from __future__ import annotations

import atexit
import ctypes
import gc
import io
import os
import runpy
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from ipykernel.kernelapp import IPKernelApp

from warm_kernel.wire import LAUNCHER, Request, say

PR_SET_PDEATHSIG = 1
CONTROL_SECONDS = 1.0
LIBC = ctypes.CDLL(None)


@dataclass(frozen=True)
class Birth:
    """What a child is forked for: the request, its three streams, and the connection to whoever made it."""

    request: Request
    streams: list[int]
    connection: socket.socket


def run_kernel(birth: Birth) -> NoReturn:
    """Run the kernel until it is shut down, and leave."""
    zygote = os.getppid()
    _detach(zygote)
    _take_over(birth)
    _refresh()

    def ready(_: object) -> None:
        say(birth.connection, "ready")
        birth.connection.close()

    # The poller of ipykernel watches the parent, which is the zygote, not the process that JPY_PARENT_PID names.
    app = IPKernelApp.instance(parent_handle=zygote)
    app.observe(ready, "kernel")  # set when the sockets are bound
    runpy.run_module(LAUNCHER, run_name="__main__", alter_sys=True)
    # ipykernel answers the request to end in this thread; closing its sockets meanwhile would hang for seconds.
    app.control_thread.join(CONTROL_SECONDS)
    _leave()


def _detach(zygote: int) -> None:
    """A session of its own, Python's own signal handling, and death when the zygote dies."""
    os.setsid()
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:
        os._exit(1)  # it died before the line above
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _take_over(birth: Birth) -> None:
    """Streams, folder, environment and arguments as they were asked for."""
    for number, stream in enumerate(birth.streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(birth.request.cwd)
    os.environ.clear()
    os.environ.update(birth.request.env)
    time.tzset()
    sys.path.insert(0, str(birth.request.cwd))  # as `python -m` does; the launcher takes it away
    sys.argv[1:] = birth.request.argv[3:]  # runpy puts the launcher's path before them
    sys.orig_argv[:] = birth.request.argv


def _refresh() -> None:
    """What a new process draws or looks up afresh; the module random does so by itself."""
    tempfile.tempdir = None
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random:
        numpy_random.seed()


def _leave() -> NoReturn:
    """End as Python does, but do not take the modules to pieces: it would copy every page shared with the zygote.

    The children of multiprocessing, too, end with os._exit.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()
    # Files that the kernel has left open, for the collector knows nothing of those that the zygote froze.
    for item in (sys.__stdout__, sys.__stderr__, *gc.get_objects()):
        if item is not None and issubclass(type(item), io.IOBase):
            with suppress(OSError, ValueError):
                item.flush()
    os._exit(0)
