"""Files that themes bring and no page uses, taken out of the built book: six of its seven megabytes of static files."""

import shutil
from pathlib import Path

from sphinx.application import Sphinx

UNUSED = ("scripts/fontawesome.js*", "scripts/*.map", "styles/*.map", "locales", "vendor", "images")


def remove_unused(app: Sphinx, error: Exception | None) -> None:
    """Remove what matches; Sphinx copies its static files anew at each build."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for path in (found for pattern in UNUSED for found in static.glob(pattern)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def setup(app: Sphinx) -> None:
    """Clean up behind everything else."""
    app.connect("build-finished", remove_unused, priority=900)
