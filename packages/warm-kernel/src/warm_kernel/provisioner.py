"""Jupyter's provisioner of warm kernels: `JUPYTER_DEFAULT_PROVISIONER_NAME=warm-kernel` selects it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from warm_kernel.process import KernelProcess
from warm_kernel.start import address, is_available, was_ended
from warm_kernel.wire import Request, is_own_kernel

STREAMS = ("stdin", "stdout", "stderr")
POLL_SECONDS = 1.0


class WarmProvisioner(LocalProvisioner):
    """Forks an ipykernel of this Python from a zygote, and spawns every other kernel as its base class does."""

    process: Any = None  # a KernelProcess or a subprocess.Popen
    _is_ending = False

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel with a command and the options of subprocess.Popen."""
        self._is_ending = False
        options = LocalProvisioner._scrub_kwargs(kwargs)
        if not is_available() or not is_own_kernel(cmd) or not options.keys() <= {"cwd", "env", *STREAMS}:
            return await super().launch_kernel(cmd, **kwargs)
        try:
            self.process = await _forked(cmd, options)
        except (OSError, ValueError) as error:
            self.log.warning("A kernel is spawned, not forked: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid  # it leads its session
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def poll(self) -> int | None:
        """The exit status, or None while the kernel runs.

        Jupyter sleeps between its questions whether a kernel that it has told to end is still there. The first answer
        comes when the kernel has ended, so that it need not sleep.
        """
        if self._is_ending and isinstance(self.process, KernelProcess):
            await self.process.changed(POLL_SECONDS)
        return await super().poll()

    async def shutdown_requested(self, restart: bool = False) -> None:
        """The kernel has been told to end."""
        self._is_ending = True
        await super().shutdown_requested(restart)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once."""
        self._is_ending = True
        await super().kill(restart)


async def _forked(cmd: list[str], options: dict[str, Any]) -> KernelProcess:
    """A kernel forked from the zygote.

    Raises OSError if there is none, ValueError if it refuses, and RuntimeError if it was ended meanwhile: whoever ended
    it wants no kernel any more, not even a spawned one.
    """
    path = address()
    request = Request(
        argv=[os.path.expanduser(word) for word in cmd],  # noqa: PTH111 (a word need not be a path)
        cwd=str(Path(options.get("cwd") or "").absolute()),
        env={**(options.get("env") or os.environ), "JPY_PARENT_PID": str(os.getpid())},  # as jupyter_client's launcher
    )
    with Path(os.devnull).open() as nothing:
        defaults = (nothing, 1, 2)
        streams = [_descriptor(options.get(name), other) for name, other in zip(STREAMS, defaults, strict=True)]
        try:
            process = KernelProcess(path, request, streams)
            await process.started()
        except OSError as error:
            if was_ended(path):
                raise RuntimeError("kernels are no longer forked") from error
            raise
    return process


def _descriptor(stream: Any, default: Any) -> int:
    """The number of an open file, given as subprocess.Popen takes it. Raises ValueError for PIPE and its like."""
    chosen = default if stream is None else stream
    number: int = chosen if isinstance(chosen, int) else chosen.fileno()
    if number < 0:
        raise ValueError(f"{stream!r} is no open file")
    return number
