"""Small hand-made tables for tests: the real ones with a few rows put in their place."""

from dataclasses import replace
from itertools import count
from typing import Any

import pandas as pd

from paritrana.record.tables import Tables, load

REAL = load()
_numbers = count(1)


def observation(**given: Any) -> dict[str, Any]:
    """One observation of Padang Panjang, actual, stated, undated, from a press page; override what matters."""
    row: dict[str, Any] = dict.fromkeys(REAL.observations.columns)
    row |= {
        "observation_id": f"T{next(_numbers):05d}",
        "region_code": "13.74",
        "region_name": "Padang Panjang",
        "level": "kota",
        "province_code": "13",
        "year": 2024,
        "indicator": "active_participants",
        "segment": "all",
        "value": 100.0,
        "unit": "persons",
        "status": "actual",
        "year_basis": "stated",
        "definition": "made for a test",
        "source_id": "press",
    }
    return row | given


def source(source_id: str, url: str = "https://example.com/a", published: str | None = None) -> dict[str, Any]:
    """One source page."""
    return {"source_id": source_id, "url": url, "title": None, "publisher": "made for a test", "published": published}


def tables(*observations: dict[str, Any], flags: dict[str, str] | None = None, **sources: dict[str, Any]) -> Tables:
    """The real tables with only these observations, flags (observation -> flag) and sources."""
    pages = [source("press"), source("office", "https://padangpanjang.go.id/a"), *sources.values()]
    rows = pd.DataFrame(list(observations), columns=REAL.observations.columns)
    return replace(
        REAL,
        observations=rows.astype(REAL.observations.dtypes.to_dict()),
        flags=pd.DataFrame(
            [{"observation_id": key, "flag": flag, "reason": "made for a test"} for key, flag in (flags or {}).items()],
            columns=REAL.flags.columns,
        ),
        sources=pd.DataFrame(pages, columns=REAL.sources.columns),
    )
