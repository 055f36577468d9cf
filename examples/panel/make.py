"""Makes the example workbook: twenty villages of Provinsi Contoh, which do not exist, with invented figures and points.

`python examples/panel/make.py` writes `desa.txt`, the names for a template, and `panel-desa.xlsx`, that template filled
in. The same numbers every time: they are drawn with a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from paritrana.files import write_whole
from paritrana.panel.template import template, wanted
from paritrana.panel.writing import workbook
from paritrana.presentation.language import Text
from paritrana.record.tables import bundled_tables

FOLDER = Path(__file__).resolve().parent
NAMES, WORKBOOK = "desa.txt", "panel-desa.xlsx"
WORDS = ("Andai", "Umpama", "Misal", "Rekaan", "Khayal", "Angan", "Tiruan", "Ibarat", "Kiasan", "Contoh")
JURORS = (("J1", "dinas tenaga kerja"), ("J2", "serikat pekerja"), ("J3", "akademisi"))
SEED = 2025


def names() -> list[str]:
    """Twenty villages that do not exist."""
    return [f"Desa {word} {side}" for word in WORDS for side in ("Barat", "Timur")]


def filled() -> bytes:
    """The template with every cell filled in."""
    say, chance = Text("id"), random.Random(SEED)
    asked = wanted("99", 2025, "desa", FOLDER / NAMES, len(JURORS), str(FOLDER / "rubric.yml"))
    sheets, rows = template(say, asked, bundled_tables())
    merit = {row["code"]: chance.betavariate(3, 3) for row in rows["candidates"]}
    given: dict[str, Sequence[Mapping[str, str]]] = {
        "cover": [{**rows["cover"][0], "organiser": "Panel Provinsi Contoh (rekaan)", "date": "2025-10-31"}],
        "figures": [{**row, **_figures(merit[row["code"]], chance)} for row in rows["figures"]],
        "jurors": [{"juror": juror, "role": role} for juror, role in JURORS],
        "scores": [{**row, **_points(merit[row["code"]], chance)} for row in rows["scores"]],
        "documents": [{"id": "D1", "title": "Rekapitulasi desa (rekaan)", "publisher": "Provinsi Contoh"}],
    }
    return workbook(say, sheets, {**rows, **given})


def _figures(merit: float, chance: random.Random) -> dict[str, str]:
    """Invented figures, better where the village is."""
    covered = [round(min(100.0, most * merit + chance.uniform(0, most / 3)), 1) for most in (80, 45, 90)]
    told = dict(zip(("coverage", "vulnerable", "staff"), map(str, covered), strict=True))
    return {**told, "arrears": str(chance.randint(0, 6)), "document": "D1"}


def _points(merit: float, chance: random.Random) -> dict[str, str]:
    """Invented points of a juror."""
    return {key: str(round(40 + 40 * merit + chance.uniform(0, 20))) for key in ("innovation", "interview")}


if __name__ == "__main__":
    write_whole(FOLDER / NAMES, "\n".join(names()) + "\n")
    write_whole(FOLDER / WORKBOOK, filled())
