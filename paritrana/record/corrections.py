"""Corrections: single cells of the record that were read or told wrongly, put right wherever the tables are loaded.

The table itself keeps what stood there, so that the old value, the new one and the reason can be shown beside each
other. A correction names the row by its key: the cells of its key columns, joined by `|`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

SEPARATOR = "|"
# Tables without a primary key: the columns that tell their rows apart well enough to correct one.
KEYS: Mapping[str, tuple[str, ...]] = {
    "awards": ("edition", "stage", "province_code", "category", "recipient", "source_id"),
    "regulations": ("region_code", "kind", "number", "year", "subject", "source_id"),
}


def key_columns(table: str, schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns whose cells, joined by `|`, name a row of the table; `schema` is its Table Schema."""
    key = schema.get("primaryKey", KEYS.get(table, ()))
    return (key,) if isinstance(key, str) else tuple(key)


def row_keys(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """The key of each row as text; an empty cell is empty in it."""
    cells = (frame[column].astype("string").fillna("") for column in columns)
    first, *rest = cells
    return first.str.cat(rest, sep=SEPARATOR) if rest else first


def corrected(frame: pd.DataFrame, corrections: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """The frame with its corrections; `corrections` are those of this table, `columns` its key.

    Raises ValueError where a correction matches no row or more than one, or where another value stands than it expects.
    """
    if corrections.empty:
        return frame
    frame, keys = frame.copy(), row_keys(frame, columns)
    for row in corrections.itertuples():
        rows = frame.index[keys == row.key]
        if len(rows) != 1 or not _same(frame.at[rows[0], row.column], row.expected):
            raise ValueError(f'no single row "{row.key}" has the {row.column} that is to be corrected')
        frame.at[rows[0], row.column] = _typed(row.value, frame[row.column].dtype)
    return frame


def _same(found: object, text: object) -> bool:
    """Whether a cell holds what the text says; both may be missing."""
    if pd.isna(found) or pd.isna(text):
        return bool(pd.isna(found) and pd.isna(text))
    return found == text if isinstance(found, str) else float(str(found)) == float(str(text))


def _typed(text: object, dtype: object) -> object:
    """The text as a value of a column's type."""
    if pd.isna(text):
        return pd.NA if dtype == "Int64" else float("nan")
    return int(str(text)) if dtype == "Int64" else float(str(text)) if dtype == "float64" else text
