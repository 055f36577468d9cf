"""Where the parts of the project lie. This module imports nothing of the project."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
PARAMS = ROOT / "params"
NOTEBOOKS = ROOT / "notebooks"
BOOK = ROOT / "book"
BUILD = ROOT / "_build"
LOCALE = Path(__file__).resolve().parent / "locale"
