"""Rubrics: the criteria, their weights and their goalposts, read from `params/rubrics/NAME.yml`.

No weights of the award are public. A rubric therefore says where it comes from and what it is: a
`hypothesis` of this project, a set of a `user`, or `official` where a publication exists (none does).

Weights are exact: decimals of at most six places that sum to one, or whole numbers that are parts of
their own sum (1/1/1 are exact thirds). The engine sees them as whole parts, at most a million in sum.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from paritrana.faults import checked, read_yaml, relative
from paritrana.paths import PARAMS

MAX_PARTS = 1_000_000  # scores of at most 1e8 millionths times a million parts stay below 2**53


class Strict(BaseModel):
    """A frozen model that refuses unknown keys and silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Title(Strict):
    """A title in Indonesian and English."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """The title in `id` or `en`."""
        return self.en if language == "en" else self.id


def _as_decimal(value: object) -> object:
    """A YAML number as the decimal that was written: 0.1 is one tenth, not its nearest binary fraction."""
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


Weight = Annotated[Decimal, BeforeValidator(_as_decimal), Field(ge=0, decimal_places=6, allow_inf_nan=False)]


class Criterion(Strict):
    """One criterion: its weight, the indicator it scores and the goalposts that make 0 and 100 points.

    `indicator` is empty for what is never public (the interview). `strength` gives the value of each
    kind of regulation, for the criterion that scores regulation.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Title
    weight: Weight
    indicator: str | None = None
    direction: Literal["up", "down"] = "up"
    goalposts: tuple[float, float] = Field(strict=False)
    strength: dict[str, float] | None = None

    @field_validator("goalposts")
    @classmethod
    def _low_below_high(cls, goalposts: tuple[float, float]) -> tuple[float, float]:
        if not goalposts[0] < goalposts[1] or any(abs(post) == float("inf") for post in goalposts):
            raise ValueError("two finite numbers, the low one first, were expected")
        return goalposts


class Rubric(Strict):
    """A set of weighted criteria; see the module's text for the meaning of weights and status."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Title
    status: Literal["hypothesis", "official", "user"]
    source: Title | str
    aggregation: Literal["additive"] = "additive"
    ties: Literal["min"] = "min"
    clip: bool = True
    criteria: list[Criterion] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Rubric:
        ids = [criterion.id for criterion in self.criteria]
        if len(set(ids)) < len(ids):
            raise ValueError(f"criterion ids that differ were expected, {', '.join(ids)} were found")
        _parts([criterion.weight for criterion in self.criteria])
        return self

    @property
    def parts(self) -> dict[str, int]:
        """Criterion id -> its weight in whole parts."""
        weights = _parts([criterion.weight for criterion in self.criteria])
        return dict(zip((criterion.id for criterion in self.criteria), weights, strict=True))

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with this id; raises KeyError where there is none."""
        return {criterion.id: criterion for criterion in self.criteria}[criterion_id]


def _parts(weights: list[Decimal]) -> list[int]:
    """The weights as whole parts; raises ValueError where they are no exact set of weights."""
    total = sum(weights, Decimal(0))
    if all(weight == weight.to_integral_value() for weight in weights):
        if not 0 < total <= MAX_PARTS:
            raise ValueError(f"whole weights that sum to between 1 and {MAX_PARTS} were expected, their sum is {total}")
        return [int(weight) for weight in weights]
    if total != 1:
        raise ValueError(f"weights that sum to exactly 1 were expected, their sum is {total}")
    return [int(weight * MAX_PARTS) for weight in weights]


def load_rubric(path: Path) -> Rubric:
    """The rubric in a YAML file; raises InvalidInput with every fault in it."""
    return checked(Rubric, read_yaml(path), relative(path))


def rubric_path(rubric_id: str, folder: Path = PARAMS) -> Path:
    """Where the rubric of this id lies."""
    return folder / "rubrics" / f"{rubric_id}.yml"


def rubric_ids(folder: Path = PARAMS) -> list[str]:
    """The ids of the rubrics at hand, sorted."""
    return sorted(path.stem for path in (folder / "rubrics").glob("*.yml"))
