"""Where the parts of the project lie. This module imports nothing of the project."""

from pathlib import Path

LIBRARY = Path(__file__).resolve().parent
ROOT = LIBRARY.parent
DATA = ROOT / "data"
PARAMS = ROOT / "params"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
LAB = ROOT / "lab"  # the weight lab's scripts; what the library makes for it is in `paritrana.lab`
GENERATED = BOOK / "provinces"  # chapters and parts of pages that a build makes
BUILD = ROOT / "_build"
LOCALE = LIBRARY / "presentation" / "locale"
