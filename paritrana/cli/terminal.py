"""The terminal: what went wrong as a sentence there, and the code that a command ends with."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

console = Console(stderr=True)
UNUSABLE = 2  # exit code for a table or a rubric that cannot be ranked
INVALID = 1  # exit code for input that cannot be used, and for a book with a page missing
UNREADY = 2  # exit code where there is no project to work on, or a library is missing
INTERRUPTED = 130  # exit code after Ctrl+C, as shells have it
GO_ON = "What is made by now is kept: run the same command again to go on."


def complain(sentence: str, style: str = "red") -> None:
    """Print a sentence of what went wrong."""
    console.print(sentence, style=style, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def complaining(code: int = INVALID) -> Iterator[None]:
    """Turn faults into sentences on the terminal and an exit code."""
    from paritrana.faults import InvalidInput

    try:
        yield
    except InvalidInput as error:
        for fault in error.faults:
            complain(str(fault))
        raise typer.Exit(code) from error


@contextmanager
def building() -> Iterator[None]:
    """Turn what keeps a build from going on into a sentence; what is made by then is whole and stays.

    SIGTERM ends a build as Ctrl+C does.
    """
    from filelock import Timeout

    def end(*_: object) -> None:
        logging.disable()  # of kernels that are ended in the middle Jupyter would report at length
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        complain(f"Interrupted. {GO_ON}")
        sys.stdout.flush()
        os._exit(INTERRUPTED)  # Python would wait for threads whose kernels are gone
    except Timeout as error:
        complain(f"Another build is at work in this folder (it holds {error.lock_file}): wait for it to end.")
        raise typer.Exit(INVALID) from error
    except OSError as error:
        complain(f"{error.filename or 'a file'} could not be written: {error.strerror or error}. {GO_ON}")
        raise typer.Exit(INVALID) from error
    except RuntimeError as error:
        complain(str(error))
        raise typer.Exit(INVALID) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
