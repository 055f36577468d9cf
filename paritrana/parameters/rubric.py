"""Rubrics: the criteria, their weights and their goalposts, read from `params/rubrics/NAME.yml`.

No weights of the award are public. A rubric therefore says where it comes from and what it is: a
`hypothesis` of this project, a set of a `user`, or `official` where a publication exists (none does).

Weights are exact: decimals of at most six places that sum to one, or whole numbers that are parts of
their own sum (1/1/1 are exact thirds). The engine sees them as whole parts, at most a million in sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from paritrana.checked import Strict, checked, like, read_yaml
from paritrana.faults import nearest, relative
from paritrana.files import visible
from paritrana.paths import PARAMS
from paritrana.presentation.language import Titled

PLACES = 6  # decimals of a weight
HUGE = 1e300
KINDS = ("UU", "PP", "Perpres", "Inpres", "Permen", "Perda", "Pergub", "Perbup", "Perwali", "Instruksi", "SE", "SK")
# No more than the engine's own: scores of at most 1e8 millionths times a million parts stay below 2**53. It is not
# taken from there, so that a page of the record, which has a rubric and ranks nothing, does not depend on the engine.
MAX_PARTS = 10**PLACES


def _exact(value: object) -> object:
    """A YAML number as the decimal that was written: 0.1 is one tenth, not its nearest binary fraction."""
    number = Decimal(str(value)) if _is_number(value) else None
    if number is None or not 0 <= number <= MAX_PARTS or number != round(number, PLACES):
        raise ValueError(f"a weight was expected: a number from 0 to {MAX_PARTS} with at most {PLACES} decimals")
    return number


def _kind(value: object) -> object:
    """A kind of regulation that the data know: another would silently be worth nothing."""
    if value not in KINDS:
        raise ValueError(f"a kind of regulation was expected, one of {', '.join(KINDS)}{nearest(value, KINDS)}")
    return value


def _strength(value: object) -> object:
    """What a kind of regulation is worth."""
    if not _is_number(value) or not 0 <= float(str(value)) <= 1:
        raise ValueError("a number from 0 to 1 was expected")
    return value


Weight = Annotated[Decimal, BeforeValidator(_exact)]


class Criterion(Strict):
    """One criterion: its weight, the indicator it scores, and how a value becomes points.

    Either `goalposts`, the fixed values that make 0 and 100 points, so that scores compare across tables; or `scale`,
    which depends on the table: `minmax` (its least and greatest value make 0 and 100), `zscore` (50 points at the
    mean, 10 more for each standard deviation, clipped to 0 and 100 as the rubric says) or `rank` (0 for the least,
    100 for the greatest, equal steps between, the middle of their steps for equals).

    A scale needs two known values that differ. `paritrana rank` refuses a column with gaps that has none, and intervals
    under a scale. In the book gaps are intervals: there each score of a scale is an interval that holds whatever the
    values are, 0 to 100 for every region where the known values need not differ, and 50 where all are known and equal
    (see `scales`).

    `indicator` is empty for what is never public (the interview). `strength` gives the value, 0 to 1, of each kind of
    regulation, for the criterion that scores regulation; a kind that it leaves out is unknown. Both are the book's
    (see `params.book_rubric`): any other table has a column for each criterion.
    """

    id: Annotated[str, like(r"[A-Za-z][\w.-]*", "letters, digits and _ were expected, a letter first, such as non_asn")]
    title: Titled
    weight: Weight
    indicator: str | None = None
    direction: Literal["up", "down"] = "up"
    goalposts: Annotated[tuple[float, float], Field(strict=False)] | None = None
    scale: Literal["minmax", "zscore", "rank"] | None = None
    strength: dict[Annotated[str, BeforeValidator(_kind)], Annotated[float, BeforeValidator(_strength)]] | None = None

    @field_validator("goalposts", mode="before")
    @classmethod
    def _low_below_high(cls, posts: Any) -> Any:
        if posts is None:
            return posts
        numbers = isinstance(posts, list | tuple) and len(posts) == 2 and all(map(_is_number, posts))
        if not numbers or not posts[0] < posts[1]:
            raise ValueError("two numbers were expected, the low one first, such as [0, 0.5]")
        return posts

    @model_validator(mode="after")
    def _one_scale(self) -> Criterion:
        if (self.goalposts is None) == (self.scale is None):
            raise ValueError("either goalposts or a scale was expected")
        return self


class Rubric(Strict):
    """A set of weighted criteria; see the module's text for the meaning of weights and status.

    `ties`: equal totals share the better rank (`min`), the worse (`max`), or the next one follows without a gap
    (`dense`). `clip`: values beyond the goalposts score 0 or 100. `round`: decimals of the total score that is
    ranked, in points; empty for the exact one. Both count wherever ranks are (see `engine.rules`). `aggregation`: a
    weighted mean, or the weighted geometric one, in which a score below a millionth of a point counts as a millionth.
    """

    id: Annotated[str, like(r"[A-Za-z0-9][\w-]*", "letters, digits and - were expected, such as equal-2")]
    title: Titled
    status: Literal["hypothesis", "official", "user"]
    source: Titled
    aggregation: Literal["additive", "geometric"] = "additive"
    ties: Literal["min", "max", "dense"] = "min"
    clip: bool = True
    round: Annotated[int, Field(ge=0, le=9)] | None = None
    criteria: list[Criterion] = Field(min_length=1)

    @field_validator("criteria")
    @classmethod
    def _whole(cls, criteria: list[Criterion]) -> list[Criterion]:
        ids = [criterion.id for criterion in criteria]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise PydanticCustomError(
                "twice", "criterion ids that differ from each other were expected", {"found": ", ".join(twice)}
            )
        _parts([criterion.weight for criterion in criteria])
        return criteria

    @model_validator(mode="after")
    def _no_mean_below_zero(self) -> Rubric:
        scales = [criterion.scale for criterion in self.criteria]
        if self.aggregation == "geometric" and not self.clip and "zscore" in scales:
            raise ValueError("clip: true was expected: a z-score may be below 0, of which there is no geometric mean")
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
    """The weights as whole parts; raises a pydantic error where they are no exact set of weights."""
    total = sum(weights, Decimal(0))
    if all(weight == weight.to_integral_value() for weight in weights):
        if not 0 < total <= MAX_PARTS:
            raise _sum_fault(total, f"whole weights whose sum is from 1 to {MAX_PARTS} were expected")
        return [int(weight) for weight in weights]
    if total != 1:
        raise _sum_fault(total, "weights whose sum is exactly 1, or whole numbers, were expected")
    return [int(weight * MAX_PARTS) for weight in weights]


def _sum_fault(total: Decimal, expected: str) -> PydanticCustomError:
    """A fault of all weights together: what was found is their sum."""
    return PydanticCustomError(
        "weights", "{expected}", {"found": f"a sum of {total.normalize():f}", "expected": expected}
    )


def _is_number(value: object) -> bool:
    """Whether this is a number that can be counted with: neither infinite nor NaN, and not true or false."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < HUGE


def load_rubric(path: Path) -> Rubric:
    """The rubric in a YAML file; raises InvalidInput with every fault in it."""
    return checked(Rubric, read_yaml(path), relative(path))


def load_own_rubric(path: Path) -> Rubric:
    """The rubric in a YAML file for a table of one's own: what only a book shows of it may be left out.

    Raises InvalidInput with every fault in it.
    """
    content: dict[str, object] = read_yaml(path)
    criteria = content.get("criteria")
    if isinstance(criteria, list):
        content["criteria"] = [
            {"title": one["id"], **one} if isinstance(one, dict) and "id" in one else one for one in criteria
        ]
    usual = {"id": "own", "title": path.stem, "status": "user", "source": path.name}
    return checked(Rubric, {**usual, **content}, relative(path))


def rubric_path(rubric_id: str, folder: Path = PARAMS) -> Path:
    """Where the rubric of this id lies."""
    return folder / "rubrics" / f"{rubric_id}.yml"


def rubric_ids(folder: Path = PARAMS) -> list[str]:
    """The ids of the rubrics at hand, sorted."""
    return sorted(path.stem for path in visible(folder / "rubrics", "*.yml"))


def strength_of(rubric: Rubric) -> Mapping[str, float]:
    """The value of each kind of regulation that the rubric's criterion on regulation gives."""
    given = [criterion.strength for criterion in rubric.criteria if criterion.strength]
    return given[0] if given else {}
