"""The mark of a build that came to its end whole, for whoever asks for one by naming a file in the environment.

An exit code cannot say it: with `-W --keep-going` a build with one warning and a build that broke off both give 1. Nor
does Sphinx break off for a page that it cannot write, as on a full disk: it warns, and goes on.
"""

import logging
import os
from pathlib import Path

from sphinx.application import Sphinx

from paritrana.build.site.leash import FINISHED

LAST = 1000  # later than other extensions, which copy files


class Unwritten(logging.Handler):
    """Listens for files that could not be written."""

    found = False

    def emit(self, record: logging.LogRecord) -> None:
        """Hear a warning."""
        arguments = record.args if isinstance(record.args, tuple) else ()
        self.found = self.found or any(isinstance(argument, OSError) for argument in arguments)


def setup(app: Sphinx) -> None:
    """Listen, and mark the end."""
    place, unwritten = os.environ.get(FINISHED), Unwritten(logging.WARNING)
    if not place:
        return
    logging.getLogger("sphinx").addHandler(unwritten)

    def mark(_: Sphinx, error: Exception | None) -> None:
        if error is None and not unwritten.found:
            Path(place).write_text("", encoding="utf-8")
        else:  # another extension failed after the mark was made
            Path(place).unlink(missing_ok=True)

    app.connect("build-finished", mark, priority=LAST)
