"""What was announced: the candidates of a province's award, and its podium."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paritrana.record.tables import Tables

PODIUM = {"rank_1": 1, "rank_2": 2, "rank_3": 3}
CANDIDATE = ("nominee", "finalist")  # results that name a candidate as such
FEWEST_NAMED = 2  # candidates named as such that make a list


def announced(
    tables: Tables, province: str, year: int, regions: Sequence[str]
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """The known candidates of a province's award and the announced podium.

    Candidates are known where a list of them is: at least two regions are called nominee or finalist, and not all of
    these won a place. They are then all with an announced result. A list that is just the podium tells only who won,
    and leaves the candidates empty.
    """
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
    named = set(rows.loc[rows["result"].isin(CANDIDATE), "region_code"])
    listed = len(named) >= FEWEST_NAMED and not named <= podium.keys()
    return tuple(sorted(set(rows["region_code"]))) if listed else (), dict(
        sorted(podium.items(), key=lambda item: (item[1], item[0]))
    )
