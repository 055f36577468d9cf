"""The zygote's server: takes requests, forks kernels, and tells those who asked for them when they end."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path

from warm_kernel.kernel import Birth
from warm_kernel.wire import Request, close_all, is_own_kernel, receive_request, say

# Variables that Python, the C library or Matplotlib reads once, when it starts: a fork would come too late for them.
READ_ONCE = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC_", "MPL", "MATPLOTLIB")
THREADS = "_NUM_THREADS"
OWNER_SECONDS = 0.5  # how often it looks whether its owner lives
REQUEST_SECONDS = 10  # a request that takes longer to arrive is given up


class Server:
    """Serves one Unix socket for as long as its owner, a process, lives; with a `refusal`, it says no more than that.

    `environment` is the one that modules were imported in.
    """

    def __init__(self, listener: socket.socket, owner: int, environment: dict[str, str], refusal: str) -> None:
        self.listener, self.owner, self.environment, self.refusal = listener, owner, environment, refusal
        self.kernels: dict[int, socket.socket] = {}  # by process number: the connection to whoever asked for it
        self.imported = dict(os.environ.items() - environment.items())  # variables that modules set
        self.ending = False
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.listener, selectors.EVENT_READ, self.accept)
        self.signals, self.waker = socket.socketpair()
        self.selector.register(self.signals, selectors.EVENT_READ, self.reap)
        self.handle_signals()

    def handle_signals(self) -> None:
        """The end of a child and the request to end wake the selector; an interrupt is not for the zygote."""
        self.signals.setblocking(False)
        self.waker.setblocking(False)
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "ending", True))
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self) -> Birth | None:
        """Fork kernels until the owner ends, and end with them; returns, in each child, what it is born for."""
        while os.getppid() == self.owner and not self.ending:
            for key, _ in self.selector.select(OWNER_SECONDS):
                birth = key.data()
                if birth:
                    return birth
        for pid in self.kernels:
            kill(pid)
            os.waitpid(pid, 0)
        shutil.rmtree(Path(self.listener.getsockname()).parent, ignore_errors=True)
        return None

    def accept(self) -> Birth | None:
        """Take a request, and fork or refuse; returns something in the child only."""
        connection, _ = self.listener.accept()
        connection.settimeout(REQUEST_SECONDS)
        streams: list[int] = []
        try:
            request, streams = receive_request(connection)
            self.refuse_unlike(request)
            birth = Birth(replace(request, env={**self.imported, **request.env}), streams, connection)
            if self.fork(birth):
                return birth
        except (OSError, ValueError) as error:
            say(connection, f"refused {error}")
            connection.close()
        close_all(streams)
        return None

    def refuse_unlike(self, request: Request) -> None:
        """Raises ValueError with the reason if a fork would not be the kernel that is wanted."""
        if self.refusal:
            raise ValueError(self.refusal)
        if not is_own_kernel(request.argv):
            raise ValueError(f"it is no ipykernel of {sys.executable}")
        if not Path(request.cwd).is_dir():
            raise ValueError(f"there is no folder {request.cwd}")
        for name in sorted(request.env.keys() | self.environment.keys()):
            theirs, ours = request.env.get(name), self.environment.get(name)
            if name.startswith(READ_ONCE) and theirs != ours:
                raise ValueError(f"{name} is {theirs!r} there and {ours!r} where the libraries were imported")
            if name.endswith(THREADS) and theirs not in {None, "1"}:
                raise ValueError(f"{name} is {theirs}, and a forked kernel has one thread")

    def fork(self, birth: Birth) -> bool:
        """Whether this is the child. Raises OSError if the system has no room for another process."""
        pid = os.fork()
        if pid == 0:
            self.close()
            return True
        self.kernels[pid] = birth.connection
        self.selector.register(birth.connection, selectors.EVENT_READ, lambda: self.abandon(pid))
        say(birth.connection, f"pid {pid}")
        return False

    def close(self) -> None:
        """In a child: let go of all that is the zygote's."""
        signal.set_wakeup_fd(-1)
        self.selector.close()
        for held in [self.listener, self.signals, self.waker, *self.kernels.values()]:
            held.close()

    def abandon(self, pid: int) -> None:
        """Whoever asked for this kernel is gone, for nothing is sent after a request: end it if it has not ended."""
        connection = self.kernels.get(pid)
        if connection:
            self.selector.unregister(connection)
            connection.close()
            kill(pid)

    def reap(self) -> None:
        """Report each kernel that has ended."""
        with contextlib.suppress(BlockingIOError):
            self.signals.recv(4096)
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                self.report(*ended)

    def report(self, pid: int, status: int) -> None:
        """Tell whoever asked for a kernel how it ended."""
        connection = self.kernels.pop(pid, None)
        if connection and connection.fileno() != -1:
            self.selector.unregister(connection)
            say(connection, f"exit {os.waitstatus_to_exitcode(status)}")
            connection.close()


def kill(pid: int) -> None:
    """Kill a kernel and what it started: it leads a session, unless it was forked this very moment."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        os.killpg(pid, signal.SIGKILL)
