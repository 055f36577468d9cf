"""A panel's data over the record: kept in a folder of its own that is never part of the data that everybody reads.

The folder holds the sheets as CSV files, as the template has them, so that it is read by what reads a workbook, and the
mark `panel.yml`. A folder that another panel or another year has is not written over.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import yaml

from paritrana.digests import digest
from paritrana.faults import Fault, InvalidInput, relative
from paritrana.panel import layout
from paritrana.panel.checks import Known, panel_of
from paritrana.panel.layout import FIGURES, NONE, Scored, Sheet
from paritrana.panel.panel import Panel, is_typed
from paritrana.panel.reading import MARK, Values, read_workbook
from paritrana.panel.tables import ENDING
from paritrana.panel.writing import csv_texts
from paritrana.presentation.language import Text
from paritrana.record import example
from paritrana.record.regions import names
from paritrana.record.tables import Tables

FOLDER = "panels"  # in the project, ignored by git
IDENTITY = ("province", "year", "category")  # what makes two workbooks those of one panel's work
EXAMPLE = "Provinsi Contoh (rekaan)"  # fictional, and called so wherever it shows
OF_PANEL = "panel"  # how rows of a panel are told from those of the record


def provinces(tables: Tables) -> dict[str, str]:
    """The provinces by code, and the fictional one, in which a panel can try the way that it will go."""
    called = {code: name for code, name in names(tables).items() if "." not in code}
    return {**called, example.PROVINCE: EXAMPLE}


def known_of(tables: Tables, year: int) -> Known:
    """What the record knows of regions; the labour force of the year."""
    called = names(tables)
    force = tables.labour_force[tables.labour_force["year"] == year]
    return Known(
        provinces(tables),
        {code: name for code, name in called.items() if "." in code},
        dict(zip(force["kemendagri_code"], force["labour_force"].astype(float), strict=True)),
    )


def read_panel(path: Path, say: Text, tables: Tables) -> Panel:
    """The panel of a workbook, a folder of CSV files or an overlay; raises InvalidInput with every fault."""
    book, faults = read_workbook(path, say)
    years = [line.values["year"] for line in book.lines("cover") if line.values["year"]]
    return panel_of(book, faults, known_of(tables, int(years[0]) if years else 0))


def sheets_of(panel: Panel) -> tuple[Sheet, ...]:
    """The sheets of a panel's workbook, with the columns of its own criteria."""
    typed = [Scored(one.id, one.title, one.unit) for one in panel.criteria if is_typed(one)]
    judged = [Scored(one.id, one.title, one.unit, *sorted((one.zero, one.full))) for one in panel.judged]
    return layout.sheets(Text(panel.language), panel.cover["category"], typed, judged)


def differences(before: Panel | None, after: Panel) -> Iterator[str]:
    """A line for each cell that is new, gone or another, told apart by the ids of its row; for each sheet where all is."""
    say = Text(after.language)
    if before is None:
        for sheet in sheets_of(after):
            yield say("{sheet}: {count} baris", sheet=sheet.title, count=len(after.rows.get(sheet.key, ())))
        return
    empty = say("kosong")
    for sheet in sheets_of(after):
        old, new = (_by_id(panel, sheet) for panel in (before, after))
        for key in dict.fromkeys([*old, *new]):
            named = " ".join(key)
            for column in sheet.columns:
                then, now = (rows.get(key, {}).get(column.key, "") for rows in (old, new))
                if then != now and column.key not in sheet.ids:
                    place = ", ".join(part for part in (sheet.title, named, column.title) if part)
                    yield f"{place}: {then or empty} -> {now or empty}"
            if key not in old:
                yield say("{sheet}: baris baru {row}", sheet=sheet.title, row=named)
            if key not in new:
                yield say("{sheet}: baris {row} dihapus", sheet=sheet.title, row=named)


def _by_id(panel: Panel | None, sheet: Sheet) -> dict[tuple[str, ...], Values]:
    rows: Sequence[Values] = panel.rows.get(sheet.key, ()) if panel else ()
    return {tuple(row.get(key, "") for key in sheet.ids): row for row in rows}


def texts(panel: Panel) -> dict[str, str]:
    """The files of an overlay, by name."""
    mark = {
        "title": panel.cover["title"],
        "province": panel.cover["province"],
        "year": panel.year,
        "category": panel.cover["category"],
        "confidential": panel.confidential,
        "date": panel.cover["date"],
    }
    written = {f"{key}{ENDING}": text for key, text in csv_texts(sheets_of(panel), panel.rows).items()}
    return {**written, MARK: yaml.safe_dump(mark, allow_unicode=True, sort_keys=False)}


def existing(folder: Path, panel: Panel, say: Text, tables: Tables) -> Panel | None:
    """The panel that the folder holds; raises InvalidInput where the folder is another's."""
    if not folder.exists() or not any(folder.iterdir()):
        return None
    file = relative(folder)
    if not (folder / MARK).exists():
        told = say("folder ini berisi berkas lain; pilih folder kosong atau folder panel ini")
        raise InvalidInput([Fault(file, None, None, None, told)])
    before = read_panel(folder, say, tables)
    if any(before.cover[key] != panel.cover[key] for key in IDENTITY):
        told = say("folder ini milik penilaian lain ({title}); pilih folder lain", title=before.cover["title"])
        raise InvalidInput([Fault(file, None, None, None, told)])
    return before


def write(folder: Path, panel: Panel) -> None:
    """Write an overlay, whole or not at all; raises OSError where that cannot be, and what was there then stands."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir()
    for name, text in texts(panel).items():
        (fresh / name).write_text(text, encoding="utf-8", newline="")
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


def over_record(tables: Tables, panel: Panel) -> Tables:
    """The record with the panel's figures in place of its own, and the panel's regulations beside its own.

    Only what the panel gave is replaced: all rows of that region, indicator, segment and year.
    """
    rows = pd.DataFrame(list(_observations(tables, panel)), columns=tables.observations.columns)
    given = set(zip(rows["region_code"], rows["indicator"], rows["year"], strict=True))
    kept = [
        key not in given
        for key in zip(
            tables.observations["region_code"],
            tables.observations["indicator"],
            tables.observations["year"],
            strict=True,
        )
    ]
    regulations = pd.DataFrame(list(_regulations(tables, panel)), columns=tables.regulations.columns)
    sources = pd.DataFrame(list(_sources(panel)), columns=tables.sources.columns)
    return replace(
        tables,
        observations=_joined(tables.observations[kept], rows),
        regulations=_joined(tables.regulations, regulations),
        sources=_joined(tables.sources, sources),
    )


def _joined(frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return frame
    return pd.concat([frame, rows.astype(frame.dtypes.to_dict())], ignore_index=True)


def sources_of(panel: Panel) -> set[str]:
    """The ids that a panel and its documents have as sources of an overlaid record."""
    return {_source(panel, document) for document in ("", *(row["id"] for row in panel.rows["documents"]))}


def _source(panel: Panel, document: str) -> str:
    return "S" + digest(f"{OF_PANEL} {sorted(panel.cover.items())} {document}")[:8]


def _sources(panel: Panel) -> Iterator[Mapping[str, object]]:
    """The panel itself as a source, and its documents."""
    empty = {
        "id": "",
        "title": panel.cover["title"],
        "publisher": panel.cover["organiser"],
        "date": panel.cover["date"],
        "url": "",
    }
    for row in (empty, *panel.rows["documents"]):
        told = {"url": row["url"] or None, "title": row["title"], "publisher": row["publisher"] or OF_PANEL}
        yield {"source_id": _source(panel, row["id"]), **told, "published": row["date"] or f"{panel.year}-12-31"}


def _observations(tables: Tables, panel: Panel) -> Iterator[Mapping[str, object]]:
    """The figures that were given, as rows of the record at the end of their year."""
    level = dict(zip(tables.regencies["kemendagri_code"], tables.regencies["level"], strict=True))
    for row in panel.rows["figures"]:
        for figure in FIGURES:
            if not row.get(figure.key):
                continue
            year = panel.year + figure.step
            unit = {"count": "persons", "money": "IDR", "percent": "percent"}[figure.kind]
            of_rentan = figure.segment == "vulnerable"
            yield {
                "observation_id": "O" + digest(f"{_source(panel, '')} {row['code']} {figure.key}")[:10],
                "region_code": row["code"],
                "region_name": row["name"],
                "level": level[row["code"]],
                "province_code": panel.cover["province"],
                "year": year,
                "as_of": f"{year}-12-31",
                "indicator": figure.indicator,
                "segment": figure.segment,
                "value": float(row[figure.key]),
                "unit": unit,
                "status": "actual",
                "fund": "apbd_kabupaten_kota" if of_rentan else None,
                "paid_by_level": "regency" if of_rentan else None,
                "year_basis": "stated",
                "definition": panel.cover["title"],
                "source_id": _source(panel, row["document"]),
            }


def _regulations(tables: Tables, panel: Panel) -> Iterator[Mapping[str, object]]:
    level = dict(zip(tables.regencies["kemendagri_code"], tables.regencies["level"], strict=True))
    called = names(tables)
    for row in panel.rows["regulations"]:
        if row["kind"] == NONE:
            continue
        yield {
            "region_code": row["code"],
            "region_name": called[row["code"]],
            "level": level[row["code"]],
            "province_code": panel.cover["province"],
            "kind": row["kind"],
            "number": row["number"] or None,
            "year": int(row["year"]),
            "subject": row["subject"],
            "source_id": _source(panel, row["document"]),
        }
