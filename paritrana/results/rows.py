"""What a result holds: every table and column with its type, its unit and its meaning, in one place.

The result of a province is one JSON object: what is said of the province as a whole, and for each table a list of rows.
These models are its structure. Its JSON Schema is made from them, and so are the columns of the CSV tables, which hold
the same rows of all provinces, and their Table Schemas.

Ranks: 1 is best. "At the middle" takes every value at the middle of its interval; it is told only of regions with any
recorded figure, because the middle of what nobody recorded says nothing. An empty value does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from paritrana.analysis.headline import NoLeader
from paritrana.parameters.page import Assumption


def _in(unit: str, **limits: Any) -> Any:
    """A number in a unit."""
    return Field(json_schema_extra={"unit": unit}, **limits)


Code = Annotated[
    str, Field(pattern=r"^\d{2}\.\d{2}$", description="Kemendagri code of the kabupaten or kota: text, never a number.")
]
ProvinceCode = Annotated[str, Field(pattern=r"^\d{2}$", description="Kemendagri code of the province.")]
CriterionId = Annotated[str, Field(description="Id of the criterion in the rubric.")]
Rank = Annotated[int, _in("rank", ge=1)]
MeanRank = Annotated[float, _in("rank", ge=0)]
Points = Annotated[float, _in("points")]
Share = Annotated[float, _in("share", ge=0, le=1)]
Weight = Annotated[float, _in("share", ge=0, le=1, description="Weight of the criterion; the weights sum to 1.")]
Index = Annotated[float, _in("share")]
Likeness = Annotated[float, _in("correlation")]
Persons = Annotated[int, _in("persons", ge=0)]
Count = Annotated[int, _in("count", ge=0)]
Day = Annotated[str, Field(description="Date that the figure speaks of; for a regulation the year.")]
Doubtful = Annotated[bool, Field(description="Whether a figure behind it is marked as doubtful.")]
Observations = Annotated[tuple[str, ...], Field(description="Keys of the rows of data/observations.csv behind it.")]
Sources = Annotated[tuple[str, ...], Field(description="Keys of the rows of data/sources.csv behind it.")]
Exact = Annotated[str, Field(pattern=r"^\d+(/\d+)?$", description="The same number as an exact fraction.")]
Weights = Literal["any", "own"]
Stays = Literal["leader", "podium", "any"]
Ends = Literal["middle", "free"]
Point = Literal["nearest_l1", "nearest_l2", "centre"]


class Row(BaseModel):
    """A row of a table; `key` names the columns that tell the rows of a province apart."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
    key: ClassVar[tuple[str, ...]] = ()


class Ranked(Row):
    """A row about one ranking."""

    candidates: Literal["all", "nominees"] = Field(description="Who is ranked: all regions, or the announced nominees.")
    assumption: Assumption = Field(description="What a gap may be (book/method.md).")


class Criterion(Row):
    """The rubric: its criteria with their weights. No weights of the award are public: see rubric_status."""

    key = ("criterion",)
    criterion: CriterionId
    weight: Weight
    weight_exact: Exact
    indicator: str | None = Field(description="Indicator that is scored; empty for what is never public.")
    direction: Literal["up", "down"] = Field(description="Whether more is better.")
    goalpost_low: Index | None = Field(description="Value that makes 0 points (100 where less is better).")
    goalpost_high: Index | None = Field(description="Value that makes 100 points (0 where less is better).")
    scale: str | None = Field(description="Scale that depends on the table, in place of goalposts.")


class Region(Row):
    """The kabupaten and kota, the labour force survey (Sakernas, August of the year), and what was announced."""

    key = ("region_code",)
    region_code: Code
    name: str = Field(description="Name without its level.")
    level: Literal["kabupaten", "kota"] = Field(description="Kind of region.")
    labour_force: Persons | None = Field(description="Labour force.")
    employed: Persons | None = Field(description="Employed persons.")
    informal_employed: Persons | None = Field(description="Employed in informal work.")
    formal_employed: Persons | None = Field(description="Employed in formal work.")
    employed_public_admin: Persons | None = Field(description="Employed in public administration.")
    nominee: bool = Field(description="Whether any result of this year's award is known of it.")
    announced_rank: Rank | None = Field(description="Announced place among the first three.")


class Figure(Row):
    """The record: the figure that the rule picks for each region, indicator, segment and denominator of a year.

    Low and high differ where sources of equal standing disagree.
    """

    key = ("figure_year", "region_code", "indicator", "segment", "denominator")
    figure_year: int = Field(description="Year that the figure speaks of.", json_schema_extra={"unit": "year"})
    region_code: str = Field(pattern=r"^\d{2}(\.\d{2})?$", description="Kemendagri code; two digits are the province.")
    indicator: str = Field(description="What is measured, as in data/observations.csv.")
    segment: str = Field(description="Segment of participants that the figure covers.")
    denominator: str | None = Field(description="Base of a coverage share; compare only inside one base.")
    low: float = Field(description="Lowest value.", json_schema_extra={"unit": "see column unit"})
    high: float = Field(description="Highest value.", json_schema_extra={"unit": "see column unit"})
    unit: str = Field(description="Unit of the figure.")
    status: Literal["actual", "cumulative"] = Field(description="A fact of its date, or a running sum over years.")
    as_of: Day | None
    year_basis: Literal["stated", "inferred", "unknown"] = Field(description="How the year is known.")
    months: Annotated[int, _in("months")] | None = Field(description="Months of contributions, where stated.")
    fund: str | None = Field(description="Fund that pays.")
    paid_by_level: str | None = Field(description="Level that pays.")
    doubtful: Doubtful
    observations: Observations
    sources: Sources
    others: Count = Field(description="Figures that were not picked.")


class PassedOver(Row):
    """Figures of the assessment year that the rule did not pick, and why."""

    key = ("observation_id",)
    observation_id: str = Field(description="Key of the row of data/observations.csv.")
    region_code: str = Field(pattern=r"^\d{2}(\.\d{2})?$", description="Kemendagri code; two digits are the province.")
    indicator: str = Field(description="What is measured.")
    segment: str = Field(description="Segment of participants that the figure covers.")
    denominator: str | None = Field(description="Base of a coverage share.")
    value: float = Field(description="The figure.", json_schema_extra={"unit": "see column unit"})
    unit: str = Field(description="Unit of the figure.")
    reason: Literal["agrees", "outranked", "planned", "part", "branch", "mixed_group", "not_own"] = Field(
        description="A chosen figure says the same; another figure stands higher; it is a plan; a part of a total; of "
        "the area of a BPJS branch; of a wider group than the indicator's; or others pay for it."
    )


class Value(Row):
    """What the criteria score: each region's indicators, recorded, or plausible where nothing is recorded."""

    key = ("region_code", "indicator")
    region_code: Code
    indicator: str = Field(description="Derived indicator; its formula is in paritrana/indicators/derive.py.")
    low: Index | None = Field(description="Lowest value; 1 is 100 %.")
    high: Index | None = Field(description="Highest value.")
    kind: Literal["recorded", "conflict", "converted", "neighbour", "nationwide", "modelled"] = Field(
        description="Recorded; sources disagree; from another base; neighbouring year; unknown: nationwide or modelled."
    )
    as_of: Day | None
    doubtful: Doubtful
    observations: Observations
    sources: Sources


class Measure(Row):
    """What follows from the record beside the criteria: cover, gap, and what money buys."""

    key = ("region_code", "measure")
    region_code: Code
    measure: str = Field(description="What is measured; its formula is in paritrana/indicators/measures.py.")
    low: float = Field(description="Lowest value.", json_schema_extra={"unit": "see column unit"})
    high: float = Field(description="Highest value.", json_schema_extra={"unit": "see column unit"})
    unit: str = Field(description="Unit of the values.")


class Ranking(Ranked):
    """Scores and ranks under the rubric's weights, how far they can move, and what is to be expected.

    `rank_best` and `rank_worst` are exact over any weights and any values inside the intervals; with `weights_` over
    any weights at the middle of the values; with `gaps_` over any values at the rubric's weights. Where gaps are
    modelled the intervals are 90 % ranges, beyond which a value may lie: nothing is exact then over any weights.
    """

    key = ("candidates", "assumption", "region_code")
    region_code: Code
    recorded: bool = Field(description="Whether any figure of the region is recorded.")
    score_low: Points = Field(description="Lowest total score.")
    score_middle: Points | None = Field(description="Total score at the middle.")
    score_high: Points = Field(description="Highest total score.")
    rank: Rank | None = Field(description="Rank at the middle, among recorded regions.")
    rank_best: Rank | None = Field(description="Best rank under any weights and values.")
    rank_worst: Rank | None = Field(description="Worst rank under any weights and values.")
    rank_proved: bool | None = Field(
        description="Whether best and worst rank are proved to be reached; else they are bounds."
    )
    weights_best: Rank | None = Field(description="Best rank under any weights, at the middle, among recorded regions.")
    weights_worst: Rank | None = Field(
        description="Worst rank under any weights, at the middle, among recorded regions."
    )
    gaps_best: Rank = Field(description="Best rank under any values, rubric's weights.")
    gaps_worst: Rank = Field(description="Worst rank under any values, rubric's weights.")
    any_expected_rank: MeanRank = Field(description="Mean rank over random weights and values.")
    any_expected_rank_error: MeanRank = Field(description="Its standard error.")
    any_rank_low: Rank = Field(description="5th percentile of the rank over random weights and values.")
    any_rank_high: Rank = Field(description="95th percentile of it.")
    own_expected_rank: MeanRank = Field(description="Mean rank over random values, rubric's weights.")
    own_expected_rank_error: MeanRank = Field(description="Its standard error.")
    own_rank_low: Rank = Field(description="5th percentile of the rank over random values, rubric's weights.")
    own_rank_high: Rank = Field(description="95th percentile of it.")


class Score(Ranked):
    """The score of each region on each criterion."""

    key = ("candidates", "assumption", "region_code", "criterion")
    region_code: Code
    criterion: CriterionId
    low: Points = Field(description="Lowest score.")
    high: Points = Field(description="Highest score.")


class Acceptabilities(Ranked):
    """Rank acceptability (SMAA-2): the share of random draws in which a region takes each rank.

    In JSON a list, the first rank first; in CSV a row for each rank. Tied regions share the better rank.
    """

    key = ("candidates", "assumption", "weights", "region_code")
    weights: Weights = Field(description="Any weights, uniform on the simplex, or the rubric's own.")
    region_code: Code
    acceptability: tuple[Share, ...] = Field(description="Share of draws.")
    acceptability_standard_error: tuple[Share, ...] = Field(description="Its Monte Carlo error, one standard error.")


class Analysis(Ranked):
    """Each ranking as a whole: what counts in it, who is in it, and how it was sampled."""

    key = ("candidates", "assumption")
    regions: Count = Field(description="Regions that are ranked.")
    criteria: tuple[str, ...] = Field(description="Criteria that count.")
    left_out: tuple[str, ...] = Field(description="Criteria of the rubric that do not.")
    not_rankable: tuple[str, ...] = Field(description="Candidates without one recorded figure among the criteria.")
    any_sampler: str = Field(description="How random weights were drawn.")
    any_ties_for_first: Count = Field(description="Draws of weights and values in which several are first.")
    own_ties_for_first: Count = Field(description="Draws of values in which several are first.")
    average_shift: MeanRank | None = Field(description="Average shift of ranks when all choices are left open.")
    average_shift_error: MeanRank | None = Field(description="Its standard error.")
    attribution_draws: Count | None = Field(description="Draws behind it and behind the table attribution.")


class WeightInterval(Ranked):
    """Weight-stability intervals: how far a weight can move, others in proportion, at the middle.

    Just beyond an end one region passes another; there is none where the end is weight 0 or 1.
    """

    key = ("candidates", "assumption", "criterion", "stays")
    criterion: CriterionId
    weight: Weight
    stays: Stays = Field(description="What stays in the interval: the first, the first three, every rank.")
    low: Share = Field(description="Lowest weight.")
    low_exact: Exact
    high: Share = Field(description="Highest weight.")
    high_exact: Exact
    passed_below: Code | None = Field(description="Who is passed just below it.")
    passing_below: Code | None = Field(description="Who passes there.")
    passed_above: Code | None = Field(description="Who is passed just above it.")
    passing_above: Code | None = Field(description="Who passes there.")


class Certificate(Ranked):
    """The smallest change of weights that makes a recorded region first or tied first, at the middle."""

    key = ("candidates", "assumption", "region_code")
    region_code: Code
    possible: bool = Field(description="Whether any weights do it; no is proved.")
    l1: Annotated[float, _in("share", ge=0)] | None = Field(
        description="Sum of all changes; half of it is the weight that is moved."
    )
    rank: Rank | None = Field(description="Rank at exactly these weights.")
    rivals: tuple[str, ...] = Field(description="Who it then ties with, or who together keep it out.")


class CertificateWeight(Ranked):
    """The weights of the table certificates; ties hold at the exact fractions only."""

    key = ("candidates", "assumption", "region_code", "criterion")
    region_code: Code
    criterion: CriterionId
    weight: Weight
    weight_exact: Exact


class Rise(Ranked):
    """How many points a recorded region lacks in one criterion alone to be first or tied first, at the middle.

    The weights are the rubric's; where it takes a geometric mean there are no rows.
    """

    key = ("candidates", "assumption", "region_code", "criterion")
    region_code: Code
    criterion: CriterionId
    points: Annotated[float, _in("points", ge=0)] | None = Field(
        description="Smallest rise of the score; empty where not even 100 points are enough."
    )


class Attribution(Ranked):
    """Which choices move the ranks: Sobol indices of the average rank shift, with 95 % bootstrap intervals.

    Estimates: an index may come out slightly below 0 or above 1.
    """

    key = ("candidates", "assumption", "group")
    group: str = Field(description="Choice that is left open.")
    first: Index | None = Field(description="Share of the variance that it has alone.")
    first_low: Index | None = Field(description="Lower end.")
    first_high: Index | None = Field(description="Upper end.")
    total: Index | None = Field(description="Share together with other choices.")
    total_low: Index | None = Field(description="Lower end.")
    total_high: Index | None = Field(description="Upper end.")


class Reproduction(Ranked):
    """Whether some weights give the announced podium, with values at the middle, or free inside their intervals."""

    key = ("candidates", "assumption", "values")
    values: Ends = Field(description="Values at the middle of their intervals, or anywhere inside them.")
    possible: bool = Field(description="Whether some weights give every announced order or a tie.")
    clear: bool = Field(description="Whether they do so without a tie.")
    lead: Points | None = Field(description="How far each place can at most be ahead of the next.")
    radius: Index | None = Field(description="Radius of the largest ball of such weights.")
    l1: Annotated[float, _in("share", ge=0)] | None = Field(description="Smallest change of weights that does it.")
    l2: Annotated[float, _in("share", ge=0)] | None = Field(description="The same in Euclidean length.")
    hits: Count = Field(description="Random weights that do it clearly.")
    draws: Count = Field(description="Random weights drawn.")
    share: Share = Field(description="Share of all weights that do it clearly.")
    standard_error: Share = Field(description="Its standard error.")
    share_low: Share = Field(description="Lower 95 % bound of the share.")
    share_high: Share = Field(description="Upper 95 % bound of the share.")
    conflict: tuple[str, ...] = Field(description="Orders, above>below, that no weights give together.")


class ReproductionWeight(Ranked):
    """Weights that reproduce the announced podium."""

    key = ("candidates", "assumption", "values", "point", "criterion")
    values: Ends = Field(description="As in the table reproductions.")
    point: Point = Field(description="Nearest to the rubric's weights, or the centre of the largest ball.")
    criterion: CriterionId
    weight: Index = Field(description="Weight of the criterion; the weights sum to 1.")
    weight_exact: Exact | None


class Podium(Ranked):
    """Each announced place: how probable it is, and whether some weights give it alone."""

    key = ("candidates", "assumption", "region_code")
    region_code: Code
    announced_rank: Rank = Field(description="Announced place.")
    acceptability: Share | None = Field(description="Share of random weights and values that give it.")
    acceptability_standard_error: Share | None = Field(description="Its standard error.")
    possible_middle: bool | None = Field(
        None, description="Whether some weights give it at the middle; empty: undecided."
    )
    possible_free: bool | None = Field(description="The same with free values.")


class Interview(Row):
    """Rank ranges of all regions if the interview may give anything, gaps plausible, the rubric's weights."""

    key = ("region_code",)
    region_code: Code
    rank_best: Rank = Field(description="Best rank.")
    rank_worst: Rank = Field(description="Worst rank.")


class Scenario(Row):
    """Ranks of recorded regions at the middle under each rubric of the scenarios, without the interview."""

    key = ("rubric", "region_code")
    rubric: str = Field(description="Id of the rubric.")
    region_code: Code
    rank: Rank = Field(description="Rank among recorded regions.")


class Comparison(Row):
    """How alike two rubrics of the scenarios rank; empty where one ranks all equal."""

    key = ("rubric", "other")
    rubric: str = Field(description="Id of a rubric.")
    other: str = Field(description="Id of another.")
    kendall: Likeness | None = Field(description="Kendall's tau-b.")
    spearman: Likeness | None = Field(description="Spearman's rho.")
    weighted: Likeness | None = Field(description="Weighted tau: the top counts more.")


class Wanted(Row):
    """What recording an unknown value would be worth: how often the best name for the first place would be right.

    Over random weights and modelled gaps; the most useful first. No rows where gaps are not modelled.
    """

    key = ("region_code", "indicator")
    region_code: Code
    indicator: str = Field(description="Derived indicator that is not recorded.")
    now: Share = Field(description="Share of draws in which it is right now.")
    then: Share = Field(description="Share in which it would be, on average, once the value is known.")
    error: Share = Field(description="Standard error of the difference.")


class Province(Row):
    """The provinces, with the parameters of their analyses."""

    year: int = Field(description="Assessment year.", json_schema_extra={"unit": "year"})
    province_code: ProvinceCode
    name: str = Field(description="Name of the province.")
    rubric: str = Field(description="Id of the rubric.")
    rubric_status: Literal["hypothesis", "official", "user"] = Field(description="What its weights are.")
    aggregation: Literal["additive", "geometric"] = Field(description="How criterion scores become a total.")
    ties: Literal["min", "max", "dense"] = Field(description="Which rank equal totals share.")
    scenarios: str = Field(description="Id of the set of rubrics that are compared.")
    assumption: Assumption = Field(description="Assumption about gaps of the main ranking.")
    draws: Count = Field(description="Random draws behind each acceptability.")
    seed: int = Field(description="Seed of the draws.")
    cells_recorded: Count = Field(description="Region x indicator cells with a recorded value.")
    cells: Count = Field(description="Region x indicator cells.")
    leader: Code | None = Field(
        description="The region that may be called the leader of the main ranking, by the rule of "
        "paritrana/analysis/headline.py; empty where none may."
    )
    leader_share: Share | None = Field(description="Share of random weights and values in which it is first.")
    no_leader: tuple[NoLeader, ...] = Field(
        description="Why nobody may be called the leader: no figure at all (unrecorded); regions without a budget of "
        "their own (administrative); too few regions with a value that nothing speaks against (few); the one most "
        "often first brings a doubtful value (disowned) or only one (single), another is first as often (rival), or "
        "it is first no more often than by chance (chance)."
    )


class ProvinceResult(Province):
    """Everything that the pages of a province show as numbers.

    Rows are in the order of the analysis; what a page does not show (a ranking that cannot be made) has no rows.
    """

    criteria: tuple[Criterion, ...]
    regions: tuple[Region, ...]
    record: tuple[Figure, ...]
    passed_over: tuple[PassedOver, ...]
    values: tuple[Value, ...]
    measures: tuple[Measure, ...]
    rankings: tuple[Ranking, ...]
    scores: tuple[Score, ...]
    acceptability: tuple[Acceptabilities, ...]
    analyses: tuple[Analysis, ...]
    weight_intervals: tuple[WeightInterval, ...]
    certificates: tuple[Certificate, ...]
    certificate_weights: tuple[CertificateWeight, ...]
    rises: tuple[Rise, ...]
    attribution: tuple[Attribution, ...]
    reproductions: tuple[Reproduction, ...]
    reproduction_weights: tuple[ReproductionWeight, ...]
    podiums: tuple[Podium, ...]
    interview: tuple[Interview, ...]
    scenario_ranks: tuple[Scenario, ...]
    comparisons: tuple[Comparison, ...]
    wanted: tuple[Wanted, ...]


class Estimate(Row):
    """What every value that a rubric scores may be, in all regions of the country: quantiles of its distribution.

    A recorded value is itself in all of them, or a range where the record leaves one.
    """

    key = ("region_code", "indicator")
    region_code: Code
    indicator: str = Field(description="Indicator (book/method.md).")
    basis: Literal["recorded", "modelled"] = Field(description="Whether it is recorded, or only estimated.")
    median: Index = _in("share", description="50th percentile.")
    q05: Index = _in("share", description="5th percentile.")
    q10: Index = _in("share", description="10th percentile.")
    q25: Index = _in("share", description="25th percentile.")
    q75: Index = _in("share", description="75th percentile.")
    q90: Index = _in("share", description="90th percentile.")
    q95: Index = _in("share", description="95th percentile.")


# Table -> the model of its rows: what is said of provinces as a whole, then the lists of a result.
TABLES = MappingProxyType(
    {"provinces": Province}
    | {
        name: get_args(field.annotation)[0]
        for name, field in ProvinceResult.model_fields.items()
        if name not in Province.model_fields
    }
)


class Forecast(Row):
    """What was said of an assessment year before its results were announced, as it was frozen; never made anew.

    Under random weights and estimates of what nobody recorded, among all regions of the province.
    """

    key = ("region_code",)
    dated: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="Day on which the forecast was frozen.")
    province_code: ProvinceCode
    region_code: Code
    first: Share = _in("share", ge=0, le=1, description="Probability of the first place; sums to 1 in a province.")
    podium: Share = _in("share", ge=0, le=1, description="Probability of one of the first three places.")


# Tables that speak of the whole country, whatever provinces are in the book.
NATIONWIDE: Mapping[str, type[Row]] = MappingProxyType({"estimates": Estimate, "forecast": Forecast})
