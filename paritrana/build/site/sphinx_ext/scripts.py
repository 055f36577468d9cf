"""Scripts that Sphinx and its extensions copy into the book, mended where they stand."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError


def mend(app: Sphinx, name: str, text: str, mended: str) -> None:
    """Put other text in place of some in a copied script, once; only HTML has such scripts.

    Raises ExtensionError where the script is no longer as it was.
    """
    script = Path(app.outdir) / "_static" / name
    if app.builder.format != "html" or not script.is_file():
        return
    code = script.read_text(encoding="utf-8")
    if mended in code:
        return
    if text not in code:
        raise ExtensionError(f"{name} has changed: what is to be mended in it is not where it was")
    script.write_text(code.replace(text, mended, 1), encoding="utf-8")
