"""Jupyter Book as a build runs it: `python -P leash.py jupyter-book build ...`; it ends, at once, with its build.

Standard input is a pipe of which the build alone holds the other end, so that the end of the build, by whatever
signal, is the end of this input. Unlike a wish of Linux (PR_SET_PDEATHSIG) this works on macOS too, leaves no gap
before the wish is made, and does not mistake the end of the thread that started this for the end of the build.
"""

import os
import signal
import sys
import threading

FINISHED = "PARITRANA_FINISHED"  # the file in which the Sphinx extension marks the end of a build that came to one


def _end_with(build: int) -> None:
    """Wait for the end of the build; then end this process and what it has started."""
    while os.read(build, 1):
        pass
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    """Hold on to the build and be Jupyter Book."""
    build = os.dup(0)  # one that is not inherited
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(target=_end_with, args=(build,), daemon=True).start()
    # Imported here: it takes a second, in which the build may end.
    from jupyter_book.cli.main import main as jupyter_book

    sys.argv = sys.argv[1:]
    sys.exit(jupyter_book())


if __name__ == "__main__":
    main()
