"""Where the parts of the project and of this library lie.

Outside of any project ROOT is the folder that the library lies in: its own checkout, if it was installed from one.
"""

from pathlib import Path

from paritrana import project

LIBRARY = Path(__file__).resolve().parent
ROOT = project.named() or project.nearest() or LIBRARY.parent
DATA = ROOT / "data"
PARAMS = ROOT / "params"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"  # what is written by hand; what a build makes lies below _build (`plan.edition`)
LAB = ROOT / "lab"  # the weight lab's scripts; what the library makes for it is in `paritrana.lab`
BUILD = ROOT / "_build"
ANALYSES = BUILD / "analyses"  # what `analysis.store` keeps, of all editions
LOCALE = LIBRARY / "presentation" / "locale"
