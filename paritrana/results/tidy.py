"""The files of a year: a JSON for each province, a CSV for each table over all provinces, and what describes them.

Tables of the whole country (`rows.NATIONWIDE`) come as they were made, of years that have no province's results too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from paritrana.record.tables import PACKAGE
from paritrana.results.package import FIRST, by_rank, columns, descriptor, json_schema
from paritrana.results.rows import TABLES, Province

Result = dict[str, Any]
DTYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "string": "str"}


def result_files(results: Sequence[Result], nationwide: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Every file about the results: (path below results/, text). The same results give the same texts.

    `nationwide` holds the text of each table of the whole country, by its name and by year.
    """
    of_country = {int(year) for texts in nationwide.values() for year in texts}
    for year in sorted({result["year"] for result in results} | of_country):
        chosen = sorted((one for one in results if one["year"] == year), key=lambda one: one["province_code"])
        files = {f"{result['province_code']}.json": json_text(result) for result in chosen}
        if chosen:
            files |= {f"{name}.csv": csv_text(frame) for name, frame in tidy_tables(chosen).items()}
            files["schema.json"] = dumped(json_schema())
        files |= {f"{name}.csv": texts[str(year)] for name, texts in nationwide.items() if str(year) in texts}
        files[PACKAGE] = dumped(descriptor(year, files))
        yield from ((f"{year}/{name}", text) for name, text in files.items())


def tidy_tables(results: Sequence[Result]) -> dict[str, pd.DataFrame]:
    """Every table over all provinces, columns as in its Table Schema: text, Int64, float64 or boolean, gaps missing."""
    return {table: _frame(table, results) for table in TABLES}


def _frame(table: str, results: Sequence[Result]) -> pd.DataFrame:
    rows = []
    for result in results:
        whole = {name: result[name] for name in Province.model_fields}
        own = [whole] if table == "provinces" else result[table]
        rows += [{**{name: whole[name] for name in FIRST}, **row} for row in own]
    kept = TABLES[table].model_json_schema()["properties"]
    ranked = [name for name, property_ in kept.items() if by_rank(property_)]
    frame = pd.DataFrame(rows, columns=list(dict.fromkeys((*FIRST, *kept))))
    for name in frame.columns.difference(ranked):
        frame[name] = frame[name].map(lambda cell: " ".join(cell) or None if isinstance(cell, list) else cell)
    if ranked:
        frame = frame.explode(ranked)
        frame["rank"] = frame.groupby(level=0).cumcount() + 1
    wanted = columns(table)
    dtypes = {name: DTYPES[column["type"]] for name, column in wanted.items()}
    return frame[list(wanted)].astype(dtypes).reset_index(drop=True)


def csv_text(frame: pd.DataFrame) -> str:
    """A table as CSV: gaps empty, true and false in small letters, floats with as many digits as tell them apart."""
    logical = frame.select_dtypes("boolean")
    shown = frame.assign(**{name: logical[name].map({True: "true", False: "false"}) for name in logical})
    text: str = shown.to_csv(index=False, lineterminator="\n")
    return text


def json_text(result: Result) -> str:
    """A result as JSON, each row of a table on a line of its own."""
    parts = [f"{_dumped(name)}: {_lines(value)}" for name, value in result.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _dumped(value)
    return "[\n" + ",\n".join(map(_dumped, value)) + "\n]"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def dumped(value: object) -> str:
    """A description as JSON for readers."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
