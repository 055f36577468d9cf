"""What was announced: the candidates of a province's award, and its podium."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paritrana.record.tables import Tables

PODIUM = {"rank_1": 1, "rank_2": 2, "rank_3": 3}


def announced(
    tables: Tables, province: str, year: int, regions: Sequence[str]
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """The known candidates of a province's award (any announced result) and the announced podium."""
    awards = tables.awards
    rows = awards[
        (awards["stage"] == "province")
        & (awards["category"] == "kabupaten_kota")
        & (awards["province_code"] == province)
        & (awards["assessment_year"] == year)
        & awards["region_code"].isin(list(regions))
    ]
    ranked = rows[rows["result"].isin(list(PODIUM))].drop_duplicates(["region_code", "result"])
    podium = {code: PODIUM[result] for code, result in zip(ranked["region_code"], ranked["result"], strict=True)}
    return tuple(sorted(set(rows["region_code"]))), dict(sorted(podium.items(), key=lambda item: (item[1], item[0])))
