"""A client that is ready when the kernel has answered.

Jupyter's own client goes on listening for 0.2 s after the kernel's last word before the first cell runs. This one knows
which word is the last. Select it, for any kernel, with

    Config(KernelManager={"client_class": "warm_kernel.client.PromptClient"})
"""

from __future__ import annotations

import math
import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

REPLY_SECONDS = 1.0  # both as in jupyter_client
STATUS_SECONDS = 0.2


class PromptClient(AsyncKernelClient):
    """An asynchronous client whose `wait_for_ready` returns at once when the kernel is idle."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its published messages arrive.

        Raises RuntimeError if the kernel dies before, or has not answered within so many seconds.
        """
        deadline = time.monotonic() + (math.inf if timeout is None else timeout)
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answers(self) -> bool:
        """Ask once. What is published before the kernel is idle again is read and dropped."""
        asked = self.kernel_info()
        try:
            while (reply := await self.get_shell_msg(timeout=REPLY_SECONDS))["parent_header"].get("msg_id") != asked:
                pass
            while not _is_idle(await self.get_iopub_msg(timeout=STATUS_SECONDS), asked):
                pass
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


def _is_idle(message: dict[str, Any], asked: str) -> bool:
    """Whether a message is the kernel's last word on what was asked."""
    return message["parent_header"].get("msg_id") == asked and message["content"].get("execution_state") == "idle"
