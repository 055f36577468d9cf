"""A kernel that a zygote forked, in the form of the `subprocess.Popen` that Jupyter works with."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import socket
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress

from warm_kernel.wire import Request, send_request

# The zygote may still be importing. A kernel that has not bound its sockets by then is left to its client's patience.
ANSWER_SECONDS = 120
SILENT = "the zygote does not answer"

_connections: weakref.WeakSet[socket.socket] = weakref.WeakSet()


def _close_connections() -> None:
    """In a fork of this process: it must not keep kernels alive when this process ends."""
    for connection in list(_connections):
        connection.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close_connections)


class KernelProcess:
    """A kernel, for the process that asked for it. It is killed when this object or that process ends."""

    stdin = stdout = stderr = None

    def __init__(self, address: str, request: Request, streams: Sequence[int]) -> None:
        """Ask the zygote at this address. Raises ConnectionError if there is none."""
        self.pid = 0
        self.returncode: int | None = None
        self._is_ready = False
        self._refusal = ""
        self._unread = b""
        self._connection = socket.socket(socket.AF_UNIX)
        _connections.add(self._connection)
        self._connection.settimeout(ANSWER_SECONDS)
        try:
            self._connection.connect(address)
            send_request(self._connection, request, streams)
        except OSError as error:
            raise ConnectionError(SILENT) from error
        self._connection.setblocking(False)

    async def started(self) -> None:
        """Wait until the kernel's sockets are bound.

        Raises ValueError with the reason if the zygote refuses, ConnectionError if it ends.
        """
        deadline = time.monotonic() + ANSWER_SECONDS
        while self.poll() is None and not self._is_ready and time.monotonic() < deadline:
            await self.changed(1)
        if self._refusal:
            raise ValueError(self._refusal)
        if not self.pid:
            raise ConnectionError(SILENT)

    async def changed(self, seconds: float) -> None:
        """Wait until there is news of the kernel, no longer than this."""
        if self.poll() is not None:
            return
        loop, news = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._connection, news.set)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), seconds)
        finally:
            loop.remove_reader(self._connection)

    def poll(self) -> int | None:
        """The exit status, negative for a signal, or None while the kernel runs."""
        while self.returncode is None:
            try:
                self._take(self._connection.recv(4096))
            except BlockingIOError:
                return None
            except OSError:
                self._take(b"")
        self._connection.close()
        return self.returncode

    def _take(self, received: bytes) -> None:
        """Take in what the zygote said; nothing at all means that it has ended, and its kernels with it."""
        *lines, self._unread = (self._unread + received).split(b"\n")
        for word, _, rest in (line.decode().partition(" ") for line in lines):
            if word == "pid":
                self.pid = int(rest)
            elif word == "ready":
                self._is_ready = True
            elif word == "refused":
                self._refusal = rest
            else:
                self.returncode = int(rest)
        if not received and self.returncode is None:
            self.returncode = -signal.SIGKILL

    def wait(self) -> int | None:
        """The exit status, once the kernel has ended."""
        while self.poll() is None:
            news = select.poll()  # unlike select.select, in a process with any number of open files
            news.register(self._connection, select.POLLIN)
            news.poll()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)
