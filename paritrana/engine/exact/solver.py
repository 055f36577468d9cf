"""Mixed-integer programmes, solved without a word on standard output."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scipy.optimize import milp

_output = threading.Lock()  # standard output belongs to the whole process: one redirection at a time


def quiet_milp(*terms: Any, **options: Any) -> Any:
    """`scipy.optimize.milp` (HiGHS), silenced: the callers' own output may be one JSON object and nothing else."""
    with _silence():
        return milp(*terms, **options)


@contextmanager
def _silence() -> Iterator[None]:
    """Nothing on standard output: some builds of HiGHS print lines of their own, whatever its options say."""
    with _output:
        sys.stdout.flush()
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)
