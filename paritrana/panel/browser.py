"""The layout of a panel's workbook as the weight lab reads it: `python -m paritrana.panel.browser` writes it.

Nothing of any panel is in it: words of sheets and columns, and what each cell may hold, in every language.
"""

from __future__ import annotations

import json
from typing import Any

from paritrana import paths
from paritrana.files import write_whole
from paritrana.panel.layout import GUIDE, LANGUAGES, REGIONAL, Column, Sheet, categories, sheet_title, sheets
from paritrana.presentation.language import Text

SCRIPT = paths.LAB / "reading" / "layout.js"
HEAD = """// @ts-check
// Written by `python -m paritrana.panel.browser`: the sheets of a panel's workbook, by language.
"""


def script() -> str:
    """A classic script with the sheets of each language; the same layout gives the same text."""
    text = json.dumps({lang: _language(Text(lang)) for lang in LANGUAGES}, ensure_ascii=False, separators=(",", ":"))
    return f"{HEAD}const ParitranaLabLayout = /** @type {{Record<string, LabLayout>}} */ ({text});\n"


def _language(say: Text) -> dict[str, Any]:
    """The sheets of kabupaten/kota, each sheet and column marked that other categories do not have."""
    other = next(key for key, _ in categories(say) if key != REGIONAL)
    elsewhere = {sheet.key: {column.key for column in sheet.columns} for sheet in sheets(say, other, (), ())}
    return {
        "guide": sheet_title(say, GUIDE),
        "sheets": [_sheet(sheet, elsewhere.get(sheet.key)) for sheet in sheets(say, REGIONAL, (), ())],
    }


def _sheet(sheet: Sheet, elsewhere: set[str] | None) -> dict[str, Any]:
    columns = [_column(column, elsewhere is not None and column.key not in elsewhere) for column in sheet.columns]
    made = {"key": sheet.key, "title": sheet.title, "ids": sheet.ids, "columns": columns}
    return made | ({"regional": True} if elsewhere is None else {})


def _column(column: Column, regional: bool) -> dict[str, Any]:
    """What is asked of a column's cells; what it does not ask is left out."""
    asked = {
        "unit": column.unit,
        "required": column.required,
        "choices": column.choices,
        "regional": regional,
    }
    limits = {"least": column.least, "most": column.most}
    return {
        "key": column.key,
        "title": column.title,
        "kind": column.kind,
        **{key: value for key, value in asked.items() if value},
        **{key: value for key, value in limits.items() if value is not None},
    }


if __name__ == "__main__":
    write_whole(SCRIPT, script())
