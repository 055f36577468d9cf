"""What goes over the socket between a zygote and those who ask it for kernels.

A request is one JSON object after its length, with three file descriptors. The answers are lines: `refused REASON`, or
`pid NUMBER`, `ready` when the kernel's sockets are bound, and `exit STATUS` (negative: a signal) when it has ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LENGTH = struct.Struct("!I")
LAUNCHER = "ipykernel_launcher"


@dataclass(frozen=True)
class Request:
    """The kernel that is wanted, in the terms of `subprocess.Popen`."""

    argv: list[str]
    cwd: str
    env: dict[str, str]


def send_request(connection: socket.socket, request: Request, streams: Sequence[int]) -> None:
    """Ask for a kernel whose standard input, output and error are these three descriptors."""
    body = json.dumps(asdict(request)).encode()  # escapes what os.environ holds of bytes that are no UTF-8
    socket.send_fds(connection, [LENGTH.pack(len(body))], streams)
    connection.sendall(body)


def receive_request(connection: socket.socket) -> tuple[Request, list[int]]:
    """The request and its descriptors, which the caller closes. Raises OSError if it does not arrive whole."""
    head, streams, _, _ = socket.recv_fds(connection, LENGTH.size, 3)
    try:
        with connection.makefile("rb") as file:
            return Request(**json.loads(file.read(*LENGTH.unpack(head)))), streams
    except (OSError, TypeError, ValueError, struct.error) as error:
        close_all(streams)
        raise ConnectionError("the request is not whole") from error


def say(connection: socket.socket, line: str) -> None:
    """Answer with a line; one who is gone needs no answer."""
    with contextlib.suppress(OSError):
        connection.sendall(f"{line}\n".encode())


def close_all(descriptors: Sequence[int]) -> None:
    """Close these descriptors."""
    for descriptor in descriptors:
        os.close(descriptor)


def is_own_kernel(argv: Sequence[str]) -> bool:
    """Whether a command starts ipykernel in the Python that runs here: the same environment and interpreter."""
    ours, theirs = Path(sys.executable), Path(argv[0])
    same = theirs.parent == ours.parent and theirs.exists() and theirs.samefile(ours)
    return same and argv[1:3] == ["-m", LAUNCHER]
