"""From the cells of frames and arrays to the numbers and texts that JSON knows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd


def plain(value: Any) -> Any:
    """A cell as Python's own value; None where it is missing (NaN, NA) or an empty text, no minus before zero."""
    if isinstance(value, tuple):
        return value
    if pd.isna(value) or value == "":
        return None
    value = value.item() if hasattr(value, "item") else value
    return value + 0.0 if isinstance(value, float) else value


def fractions(parts: Sequence[int]) -> list[Fraction]:
    """Whole parts as shares of their own sum."""
    whole = sum(parts)
    return [Fraction(part, whole) for part in parts]
