"""What was announced: every recipient's results, the candidates of a province's award, and its podium."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from paritrana.record.tables import Tables

PODIUM = {"rank_1": 1, "rank_2": 2, "rank_3": 3}
CANDIDATE = ("nominee", "finalist")  # results that name a candidate as such
PLACES = (*PODIUM, "harapan_1", "harapan_2", "harapan_3")  # results with a rank, best first
RESULTS = (*PLACES, "winner", "finalist", "nominee")  # every result, best first
# What tells one recipient of one award from all others.
ONE = ["assessment_year", "stage", "province_code", "category", "recipient", "recipient_level", "region_code"]
# How a note tells the day: "handed over 2025-07-29 Surabaya", "ceremony 7 July 2025", "given 2025-08-13".
HANDED_OVER = re.compile(
    r"\b(?:given|handed (?:over|out)|ceremony(?: of)?|ceremony of the award)(?: on)? "
    r"(\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]+ \d{4})"
)
DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y")
NATION = "00"  # in place of a province: the national award
PROVINCES = "provinsi"  # the category of provinces
FEWEST_NAMED = 2  # candidates besides the winners that make a list


@dataclass(frozen=True)
class Told:
    """What one source says of a recipient: the result, the year on the award's label, and what was noted of it."""

    result: str
    source: str
    edition: int
    note: str


@dataclass(frozen=True)
class Announced:
    """All that is announced of one recipient of one award; what its sources say stands best result first.

    `year` is the year judged, None where it is not known; `stage` is national, province or kabupaten; `province` is
    empty where a company has none, `region` where the recipient is no region.
    """

    year: int | None
    stage: str
    province: str
    category: str
    recipient: str
    level: str
    region: str
    told: tuple[Told, ...]

    @property
    def result(self) -> str:
        """The best result that a source says."""
        return self.told[0].result

    @property
    def places(self) -> tuple[str, ...]:
        """The ranks that sources name, best first; more than one where they disagree."""
        return tuple(dict.fromkeys(one.result for one in self.told if one.result in PLACES))

    @property
    def won(self) -> bool:
        """Whether it won something, and was not only a candidate."""
        return self.result not in CANDIDATE


def recipients(tables: Tables) -> tuple[Announced, ...]:
    """What every recipient got in every award: newest year first, then by province and result; unknown years last."""
    rows = tables.awards.assign(order=tables.awards["result"].map(RESULTS.index))
    found = []
    for key, told in rows.sort_values("order", kind="stable").groupby(ONE, dropna=False, sort=False):
        year, *texts = (None if pd.isna(part) else part for part in key)
        stage, province, category, recipient, level, region = (str(part or "") for part in texts)
        said = tuple(
            Told(row.result, row.source_id, int(row.edition), row.note if isinstance(row.note, str) else "")
            for row in told.itertuples()
        )
        found.append(Announced(int(year) if year else None, stage, province, category, recipient, level, region, said))
    return tuple(sorted(found, key=_order))


def _order(one: Announced) -> tuple[int, str, int, str, str]:
    return (-(one.year or 0), one.province, RESULTS.index(one.result), one.region, one.recipient)


def announced(
    tables: Tables, province: str, year: int, regions: Sequence[str]
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    """The known candidates of a province's award and the announced podium.

    Candidates are known where a list of them is: at least two regions that won no place are called nominee or finalist.
    They are then all with an announced result. A list that is just the podium, or the podium and one name, tells who
    won and not who was considered, and leaves the candidates empty.
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
    listed = len(named - podium.keys()) >= FEWEST_NAMED
    return tuple(sorted(set(rows["region_code"]))) if listed else (), dict(
        sorted(podium.items(), key=lambda item: (item[1], item[0]))
    )


def handed_over(tables: Tables, province: str, year: int) -> str | None:
    """The month (ISO, `2025-07`) in which a province's award for an assessment year was handed over.

    The national award is that of NATION. Read out of the notes on its results, in all categories; the month that most
    of them tell. None where no note tells one, or as many tell another.
    """
    notes = _results(tables, province, year)["note"].dropna()
    days = [_month(day) for note in notes for day in HANDED_OVER.findall(note)]
    told = Counter(day for day in days if day).most_common(2)
    if not told or (len(told) == 2 and told[0][1] == told[1][1]):
        return None
    return told[0][0]


def labels(tables: Tables, province: str, year: int) -> tuple[int, ...]:
    """The years on the label of a province's award, or the national one's, for an assessment year.

    Sources may disagree.
    """
    return tuple(sorted({int(edition) for edition in _results(tables, province, year)["edition"]}))


def _results(tables: Tables, province: str, year: int) -> pd.DataFrame:
    """The results of a province's own award for an assessment year, or of the national one."""
    rows = tables.awards
    of_award = rows["stage"] == "national" if province == NATION else rows["stage"] == "province"
    where = of_award if province == NATION else of_award & (rows["province_code"] == province)
    return rows[where & (rows["assessment_year"] == year)]


def _month(day: str) -> str | None:
    """A day as the month it lies in; None where it is no day of a calendar."""
    for form in DAYS:
        try:
            return datetime.strptime(day.replace("Sept ", "Sep "), form).strftime("%Y-%m")
        except ValueError:
            continue
    return None
