"""What a panel handed in, checked: who is judged, by which rubric, with which figures and points.

The rows are kept as they were read (text by column), so that an overlay can be written from them and compared with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from paritrana.checked import checked
from paritrana.indicators.catalogue import indicator
from paritrana.panel.layout import FIGURE, JURY, NO, NONE, REGIONAL, YES
from paritrana.panel.reading import Values
from paritrana.parameters.rubric import Rubric
from paritrana.record.example import PROVINCE

HUNDRED = 100.0  # a share in percent, as a panel writes it


@dataclass(frozen=True)
class Criterion:
    """A criterion of the panel: its values come from jurors, from the record (`indicator`), or are typed.

    `per` is how many units of the panel make one of the rubric: 100 where shares are written in percent.
    """

    id: str
    title: str
    kind: str
    indicator: str
    weight: int
    zero: float
    full: float
    unit: str

    @property
    def per(self) -> float:
        """Units of the panel in one of the indicator."""
        return unit_factor(self.indicator)


def unit_factor(name: str) -> float:
    """In how many units a panel writes one of an indicator: shares are written in percent."""
    return HUNDRED if name and indicator(name).unit.write == "percent" else 1.0


@dataclass(frozen=True)
class Panel:
    """A checked workbook: `language`, and the rows of each sheet by its key."""

    language: str
    rows: Mapping[str, Sequence[Values]]

    @property
    def cover(self) -> Values:
        """What the panel's work is about."""
        return self.rows["cover"][0]

    @property
    def year(self) -> int:
        """The assessment year."""
        return int(self.cover["year"])

    @property
    def regional(self) -> bool:
        """Whether kabupaten/kota are judged, of which the record knows figures."""
        return self.cover["category"] == REGIONAL

    @property
    def invented(self) -> bool:
        """Whether it is of the fictional province."""
        return self.cover["province"] == PROVINCE

    @property
    def confidential(self) -> bool:
        """Whether the panel wants it kept to itself."""
        return self.cover["confidential"] == YES

    @cached_property
    def ranked(self) -> dict[str, str]:
        """The names of those who are ranked, by code, in the order of the sheet."""
        return {row["code"]: row["name"] for row in self.rows["candidates"] if row["ranked"] != NO}

    @cached_property
    def without_regulation(self) -> frozenset[str]:
        """The codes of those of whom the panel says that they have no regulation, which an empty sheet does not say."""
        return frozenset(row["code"] for row in self.rows["regulations"] if row["kind"] == NONE)

    @cached_property
    def jurors(self) -> tuple[str, ...]:
        """The codes of the jurors."""
        return tuple(row["juror"] for row in self.rows["jurors"])

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria in the order of the sheet."""
        return tuple(
            Criterion(
                row["id"],
                row["title"],
                row["kind"],
                row["indicator"],
                int(row["weight"]),
                float(row["zero"]),
                float(row["full"]),
                row["unit"],
            )
            for row in self.rows["criteria"]
        )

    @cached_property
    def judged(self) -> tuple[Criterion, ...]:
        """The criteria that jurors give points for."""
        return tuple(criterion for criterion in self.criteria if criterion.kind == JURY)

    @cached_property
    def points(self) -> np.ndarray:
        """The points of each juror, for each ranked candidate, on each judged criterion: shape (J, N, K), NaN if none."""
        jurors, codes = list(self.jurors), list(self.ranked)
        made = np.full((len(jurors), len(codes), len(self.judged)), np.nan)
        for row in self.rows["scores"]:
            if row["code"] in self.ranked:
                given = [float(row[one.id]) if row[one.id] else np.nan for one in self.judged]
                made[jurors.index(row["juror"]), codes.index(row["code"])] = given
        return made

    def typed(self, criterion: Criterion) -> np.ndarray:
        """The values of a criterion that were typed, of the ranked candidates: shape (N,), NaN where none."""
        given = {row["code"]: row[criterion.id] for row in self.rows["figures"]}
        return np.array([float(given[code]) if given.get(code) else np.nan for code in self.ranked])

    @property
    def rubric(self) -> Rubric:
        """The panel's rubric, in the units of its sheet; a criterion that is better the lower it is has `down`."""
        return rubric_of(self.cover["title"], self.criteria)


def rubric_of(title: str, criteria: Sequence[Criterion]) -> Rubric:
    """A rubric of the panel's own; raises InvalidInput where the criteria make none."""
    listed = [
        {
            "id": one.id,
            "title": one.title,
            "weight": one.weight,
            "indicator": one.indicator or None,
            "direction": "up" if one.zero < one.full else "down",
            "goalposts": sorted((one.zero, one.full)),
        }
        for one in criteria
    ]
    content = {"id": "panel", "title": title, "status": "user", "source": title, "criteria": listed}
    return checked(Rubric, content, "criteria")


def is_typed(criterion: Criterion) -> bool:
    """Whether the values of a criterion stand in the sheet of figures."""
    return criterion.kind == FIGURE and not criterion.indicator
