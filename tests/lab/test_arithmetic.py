"""The lab in the browser against the engine in Python: the same to the last digit, in a real Chromium."""

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from scipy.stats import hypergeom

from paritrana.analysis.depth import reproduce_podium
from paritrana.analysis.modelled import SAMPLE, estimates_for
from paritrana.analysis.province import analyse
from paritrana.analysis.ranking import Ranking
from paritrana.analysis.scoring import rank_keys, rule_of, total_points
from paritrana.engine import inverse
from paritrana.engine.acceptability import acceptability
from paritrana.engine.exact.nearest import Nearest, nearest
from paritrana.engine.logarithms import log_scores
from paritrana.engine.ranks import from_first_on, rank_range_of_gaps, ranks
from paritrana.engine.scores import FULL, POINT, Ints, totals
from paritrana.engine.smallest import Change, lift
from paritrana.engine.spaces import box, simplex
from paritrana.engine.stability import Span, stability
from paritrana.engine.table import Scored, Weighted
from paritrana.lab.estimates import DRAWS, STEPS, packed
from paritrana.pages.vocabulary import Words
from paritrana.parameters.page import province
from paritrana.presentation.language import Text
from tests.factories import REAL
from tests.lab import parity as lab

# Five provinces and the nation, in years and under assumptions of which they have something to show.
PLACES: list[lab.Choice] = [
    (2024, "13", "hypothesis-a", "all", "plausible"),
    (2025, "35", "hypothesis-b", "all", "plausible"),
    (2024, "51", "equal", "all", "anything"),
    (2023, "92", "winner-shares", "all", "plausible"),
    (2025, "33", "coverage-heavy", "all", "anything"),
    (2024, "ID", "hypothesis-a", "all", "plausible"),
]
NAMES = [choice[1] for choice in PLACES]
MODELLED = (*NAMES[:5], "96")  # provinces of which the page has what is modelled
VECTORS = 200
RANK = """({choice, vectors, changes}) => {
  const table = {...tableOf(choice), ...changes};
  return vectors.map((parts) => core.rank(table, parts));
}"""
Z = 5  # standard errors that a sampled share may be apart
RARE = 1e-3  # the chance of being told a fault where none is, in a test that compares many counts


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with lab.blank_page(browser, lab.core()) as blank:
        lab.bring(blank, *MODELLED)
        yield blank


@pytest.fixture(scope="module")
def certain(browser: Browser) -> Iterator[Page]:
    """A page whose programmes are solved in whole numbers alone."""
    with lab.blank_page(browser, changed("MOST_PIVOTS = 1_000;", "MOST_PIVOTS = 0;")) as blank:
        yield blank


@pytest.fixture(scope="module")
def sloppy(browser: Browser) -> Iterator[Page]:
    """A page whose doubles take any column: what they end at is often no optimum, and must not stand the proof."""
    with lab.blank_page(browser, changed("<= least + NEGATIVE", "<= least + 9")) as blank:
        yield blank


def changed(old: str, new: str) -> str:
    """The scripts with one constant changed."""
    assert lab.core().count(old) == 1
    return lab.core().replace(old, new)


def ranking(choice: lab.Choice) -> Ranking:
    found = lab.ranking_of(choice)
    assert found is not None
    return found


def vectors(of: Ranking, count: int = VECTORS) -> Ints:
    return np.vstack([of.table.parts, lab.random_parts(count - 1, len(of.criteria), seed=len(of.regions))])


# ---- the table


def test_every_table_is_that_of_the_analysis(page: Page) -> None:
    years, groups = (2023, 2024, 2025), ["all", "nominees"]
    choices = [
        *product(years, [*NAMES[:5], "ID"], ["hypothesis-a"], groups, ["plausible", "anything", "known"]),
        *product(years, NAMES[:5], ["hypothesis-a"], groups, ["modelled"]),
    ]
    shown = lab.ask(page, "(choices) => choices.map(tableOf)", choices)
    rankable = 0
    for choice, table in zip(choices, shown, strict=True):
        found = lab.ranking_of(choice)  # type: ignore[arg-type]
        assert table["rankable"] == (found is not None), choice
        if found is None:
            continue
        rankable += 1
        shape = (len(found.regions), len(found.criteria))
        assert tuple(table["codes"]) == found.regions, choice
        assert tuple(table["criteria"]) == found.criteria, choice
        assert tuple(table["leftOut"]) == found.left_out, choice
        assert tuple(table["notRankable"]) == found.not_rankable, choice
        assert table["parts"] == found.table.parts.tolist(), choice
        assert table["assumption"] == found.assumption, choice
        assert table["recorded"] == (found.rank > 0).tolist(), choice
        assert (np.reshape(table["least"], shape) == found.table.low).all(), choice
        assert (np.reshape(table["most"], shape) == found.table.high).all(), choice
    assert rankable > len(choices) / 3  # few provinces have a list of nominees


def test_a_province_is_shown_as_its_page_shows_it(page: Page) -> None:
    for code, assumption in product(("13", "35", "96"), ("plausible", "modelled")):
        params = province(code, {"draws": lab.DRAWS, "assumption": assumption})
        analysis = analyse(REAL, params, deep=False, estimates=estimates_for(params))
        assert analysis.main is not None
        choice = (params.year, code, params.rubric, "all", assumption)
        compare(
            lab.ask(page, RANK, {"choice": choice, "vectors": [analysis.main.table.parts.tolist()]})[0], analysis.main
        )
        podium = lab.ask(
            page,
            "(choice) => { const t = tableOf(choice); return t.podium.map(([at, rank]) => [t.codes[at], rank]) }",
            choice,
        )
        assert dict(podium) == analysis.podium


# ---- what is modelled


DRAWN = [(2024, "13"), (2025, "35"), (2023, "92")]
RANKED = """({choice, changes, vectors, draws}) => {
  const table = {...tableOf(choice), ...changes};
  return vectors.map((parts) => core.sample(table, parts, 0, draws, 1).counts);
}"""


@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.booleans())
@settings(derandomize=True, deadline=None, max_examples=10)
def test_packed_draws_are_read_back_to_the_nearest_step(page: Page, seed: int, regions: int, some: bool) -> None:
    """Of the regions that are asked for, in their order; what has no draws is the same in each."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, FULL, (DRAWS, regions), endpoint=True)
    least, most = scores.min(axis=0), scores.max(axis=0)
    places = np.sort(rng.choice(99, regions, replace=False))
    rows = [int(place) for place in places if not some or rng.random() < 0.5] + [100]  # the last has none
    column = {
        "drawn": [[int(place), int(low), int(high)] for place, low, high in zip(places, least, most, strict=True)],
        "packed": packed(scores, least, most),
    }
    question = """([column, rows]) => ParitranaLabEstimates().sample({draws: DRAWS, steps: STEPS}, [null, column], rows,
      Float64Array.from(rows.flatMap((region) => [region, -1])))"""
    question = question.replace("DRAWS", str(DRAWS)).replace("STEPS", str(STEPS))
    shown = np.reshape(lab.ask(page, question, [column, rows]), (DRAWS, len(rows), 2))
    assert (shown[:, :, 0] == rows).all() and (shown[:, -1, 1] == -1).all()
    kept = [int(np.flatnonzero(places == row)[0]) for row in rows[:-1]]
    assert (np.abs(shown[:, :-1, 1] - scores[:, kept]) <= (most - least)[kept] / STEPS / 2 + 0.5).all()
    assert (shown[:, :-1, 1].min(axis=0) == least[kept]).all() and (shown[:, :-1, 1].max(axis=0) == most[kept]).all()


def drawn(page: Page, year: int, code: str, candidates: str = "all") -> tuple[Ints, Ints, Ranking]:
    """Joint draws of a province as the lab has them (DRAWS, N, K), its page's (SAMPLE, N, K), and the ranking."""
    choice: lab.Choice = (year, code, "hypothesis-a", candidates, "modelled")
    found, model = ranking(choice), lab.modelled_of(year, code)
    criteria = [found.rubric.criterion(name) for name in found.criteria]
    shown = lab.ask(page, "(choice) => tableOf(choice).sample", choice)
    sample = model.scores(found.rubric, criteria, found.regions)
    return np.array(shown, dtype=np.int64).reshape(DRAWS, *sample.shape[1:]), sample, found


def firsts(total: Ints) -> Ints:
    """In how many draws each region is first or tied first; totals (D, N)."""
    return np.asarray((total == total.max(axis=1, keepdims=True)).sum(axis=0))


@pytest.mark.parametrize("candidates", ["all", "nominees"])
def test_the_lab_has_the_first_joint_draws_of_the_page_but_for_half_a_step(page: Page, candidates: str) -> None:
    shown, sample, _ = drawn(page, 2024, "13", candidates)
    step = np.ptp(sample[:DRAWS], axis=0) / STEPS
    assert (np.abs(shown - sample[:DRAWS]) <= step / 2 + 1).all()
    assert (step > 0).mean() > 0.3


@pytest.mark.parametrize(("year", "code"), DRAWN)
def test_ranks_in_the_joint_draws_are_those_of_brute_force(page: Page, year: int, code: str) -> None:
    sample, _, found = drawn(page, year, code)
    weights = vectors(found, 10)
    choice = (year, code, "hypothesis-a", "all", "modelled")
    question = {"choice": choice, "vectors": weights.tolist(), "draws": 3 * DRAWS}  # each draw comes three times
    for parts, counts in zip(weights, lab.ask(page, RANKED, question), strict=True):
        total = sample @ parts
        rank = 1 + (total[:, None, :] > total[:, :, None]).sum(axis=2)
        expected_ = np.stack([(rank == place + 1).sum(axis=0) for place in range(rank.shape[1])], axis=1)
        assert (np.reshape(counts, expected_.shape) == 3 * expected_).all()


@pytest.mark.parametrize(("year", "code"), DRAWN)
def test_under_any_weights_a_region_is_first_as_often_as_on_the_page_but_for_the_number_of_draws(
    page: Page, year: int, code: str
) -> None:
    """The lab's draws are some of the page's own: how many of them have a region first is hypergeometric.

    Packing changes a draw only where the first is hardly ahead: its lead is less than what half a step can change.
    """
    _, sample, found = drawn(page, year, code)
    weights = vectors(found, 40)
    question = {"choice": (year, code, "hypothesis-a", "all", "modelled"), "vectors": weights.tolist(), "draws": DRAWS}
    for parts, counts in zip(weights, lab.ask(page, RANKED, question), strict=True):
        shown = np.reshape(counts, (len(found.regions), -1))[:, 0]
        total, half = sample @ parts, (np.ptp(sample[:DRAWS], axis=0) / STEPS / 2 + 1) @ parts
        lead = np.sort(total[:DRAWS], axis=1)
        close = (lead[:, -1] - lead[:, -2] <= 2 * half.max()).sum()
        assert (np.abs(shown - firsts(total[:DRAWS])) <= close).all()
        chance = hypergeom(SAMPLE, firsts(total), DRAWS)
        seldom = np.minimum(chance.cdf(firsts(total[:DRAWS])), chance.sf(firsts(total[:DRAWS]) - 1))
        assert (seldom > RARE / len(weights) / len(shown)).all()


def test_gaps_are_plausible_where_nothing_modelled_has_come(page: Page) -> None:
    """Of the nation, and of a province whose script is not there; the example needs none."""
    question = """([choice, other]) => [choice, other].map((one) => JSON.stringify(tableOf(one), (_, value) =>
      ArrayBuffer.isView(value) ? [...value] : value))"""
    for place in ("ID", "64"):
        kinds = [(2024, place, "hypothesis-a", "all", assumption) for assumption in ("modelled", "plausible")]
        modelled, plausible = lab.ask(page, question, kinds)
        assert modelled == plausible and json.loads(modelled)["assumption"] == "plausible"
    table = lab.ask(page, "(choice) => tableOf(choice)", (2024, "99", "hypothesis-a", "all", "modelled"))
    assert (table["assumption"], table["sample"], table["least"]) == ("modelled", None, table["most"])


def test_the_nation_is_shown_as_the_analysis_ranks_it(page: Page) -> None:
    found = ranking(PLACES[-1])
    assert len(found.regions) == 514
    compare(lab.ask(page, RANK, {"choice": PLACES[-1], "vectors": [found.table.parts.tolist()]})[0], found)


def compare(shown: dict[str, Any], found: Ranking) -> None:
    """What the lab shows under the rubric's weights, beside a ranking of the analysis."""
    assert shown["rank"] == found.rank.tolist()
    assert shown["best"] == found.best.tolist()
    assert shown["worst"] == found.worst.tolist()
    assert shown["low"] == found.total_low.tolist()
    assert shown["middle"] == found.total_middle.tolist()
    assert shown["high"] == found.total_high.tolist()


def test_each_score_leads_to_its_figure_and_sources(page: Page) -> None:
    words, criteria = Words(Text("id"), REAL, ""), lab.rubric_of("hypothesis-a").criteria
    rows = lab.plausible(2024)
    question = """([codes, criteria]) => codes.flatMap((code) => criteria.map((criterion) => ["plausible", "anything"]
      .map((assumption) => core.origin(ParitranaLabData,
        {year: 2024, province: "ID", rubric: "hypothesis-a", candidates: "all", assumption}, code, criterion))))"""
    codes = [*rows.index.get_level_values("region_code").unique(), "99.01"]
    answers = iter(lab.ask(page, question, [codes, [criterion.id for criterion in criteria]]))
    kinds = set()
    for code, criterion in product(codes, criteria):
        near, strict = next(answers)
        row = rows.loc[(code, criterion.indicator)] if (code, criterion.indicator) in rows.index else None
        if row is None or row["kind"] == "nationwide":
            assert near is None and strict is None
            continue
        kinds.add(row["kind"])
        assert near["kind"] == row["kind"]
        assert [tuple(link) for link in near["links"]] == [(at.href, at.title) for at in words.sources(row["sources"])]
        assert near["date"] == words.say.date(row["as_of"])
        assert strict == (None if row["kind"] == "neighbour" else near)
    assert kinds == {"recorded", "conflict", "converted", "neighbour"}


# ---- scores, ranks, ranges under any weights


@pytest.mark.parametrize("choice", PLACES, ids=NAMES)
def test_scores_ranks_and_ranges_are_those_of_the_engine(page: Page, choice: lab.Choice) -> None:
    found = ranking(choice)
    weights = vectors(found)
    shown = lab.ask(page, RANK, {"choice": choice, "vectors": weights.tolist()})
    for parts, one in zip(weights, shown, strict=True):
        expected(one, found, parts)


def expected(shown: dict[str, Any], found: Ranking, parts: Ints, rubric: Any = None) -> None:
    """What the lab shows, beside what the engine computes from the same scores and weights."""
    rubric = rubric or found.rubric
    low, high, known = lab.whole(found.low), lab.whole(found.high), found.rank > 0
    rank = np.zeros(len(known), dtype=np.int64)
    keys = rank_keys(rubric, Weighted(low, high, parts))
    rank[known] = ranks(keys[known], rubric.ties)
    assert shown["rank"] == rank.tolist()
    assert shown["low"] == total_points(rubric, low, parts).tolist()
    assert shown["middle"] == total_points(rubric, (low + high) // 2, parts).tolist()
    assert shown["high"] == total_points(rubric, high, parts).tolist()
    lowest, highest = (rule_of(rubric).keys(total, parts.sum()) for total in found.table.weighted(parts).totals)
    best, worst = rank_range_of_gaps(lowest, highest, rubric.ties)
    assert shown["best"] == best.tolist()
    assert shown["worst"] == worst.tolist()
    order = sorted(np.flatnonzero(known), key=lambda at: (-keys[at], at)) + np.flatnonzero(~known).tolist()
    assert shown["order"] == [int(at) for at in order]


@pytest.mark.parametrize("changes", [{"ties": "max"}, {"ties": "dense"}, {"round": 0}, {"round": 2, "ties": "dense"}])
def test_ties_and_rounding_are_those_of_the_rubric(page: Page, changes: dict[str, Any]) -> None:
    choice = PLACES[0]
    found = ranking(choice)
    weights = vectors(found, 50)
    rubric = found.rubric.model_copy(update=changes)
    shown = lab.ask(page, RANK, {"choice": choice, "vectors": weights.tolist(), "changes": changes})
    for parts, one in zip(weights, shown, strict=True):
        expected(one, found, parts, rubric)


@pytest.mark.parametrize("changes", [{"ties": "max"}, {"ties": "dense"}, {"round": 0}, {"round": 0, "ties": "max"}])
def test_ties_and_rounding_count_in_draws(page: Page, changes: dict[str, Any]) -> None:
    low = np.array([[50, 60], [50, 60], [40, 70], [0, 100], [50, 60]]) * POINT + np.arange(5)[:, None] * (POINT // 5)
    question = """({scores, changes}) => {
      const table = {...made(scores), ...changes};
      return [core.sample(table, [1, 1], 1e-13, 20, 1).expected, core.rank(table, [1, 1])];
    }"""
    drawn, shown = lab.ask(page, question, {"scores": lab.as_made(low, low), "changes": changes})
    assert drawn == shown["rank"] == shown["best" if changes.get("ties") != "dense" else "rank"]
    rubric = lab.rubric_of("hypothesis-a").model_copy(update=changes)
    keys = rank_keys(rubric, Scored.exact(low).weighted(np.array([1, 1])))
    assert drawn == ranks(keys, rubric.ties).tolist()


def test_half_a_unit_is_rounded_up_where_doubles_fall_short_of_it(page: Page) -> None:
    scores = np.arange(0, FULL + 1, POINT // 200)[:, None]  # every half of a hundredth of a point
    rubric = lab.rubric_of("hypothesis-a").model_copy(update={"round": 2})
    question = "(table) => core.rank({...made(table), round: 2}, [1]).keys"
    keys = lab.ask(page, question, lab.as_made(scores, scores))
    assert keys == rank_keys(rubric, Scored.exact(scores).weighted(np.array([1]))).tolist()
    assert keys[57] == 29  # 0.285 points, 28.499999999999996 hundredths


def test_a_geometric_mean_ranks_and_reads_as_in_the_engine(page: Page) -> None:
    choice = PLACES[0]
    found = ranking(choice)
    rubric = found.rubric.model_copy(update={"aggregation": "geometric"})
    low, high = lab.whole(found.low), lab.whole(found.high)
    weights = vectors(found, 50)
    question = """({choice, vectors}) => {
      const rubrics = ParitranaLabData.rubrics.map((rubric) => ({...rubric, aggregation: "geometric"}));
      const table = core.table({...ParitranaLabData, rubrics}, choice);
      return {least: table.least, most: table.most, ranks: vectors.map((parts) => core.rank(table, parts))};
    }"""
    named = dict(zip(["year", "province", "rubric", "candidates", "assumption"], choice, strict=True))
    shown = lab.ask(page, question, {"choice": named, "vectors": weights.tolist()})
    least, most = log_scores(low), log_scores(high)
    assert shown["least"] == least.ravel().tolist()
    assert shown["most"] == most.ravel().tolist()
    known = found.rank > 0
    for parts, one in zip(weights, shown["ranks"], strict=True):
        assert (
            np.array(one["rank"])[known].tolist()
            == ranks(rank_keys(rubric, Weighted(low, high, parts))[known]).tolist()
        )
        best, worst = rank_range_of_gaps(totals(least, parts), totals(most, parts))
        assert (one["best"], one["worst"]) == (best.tolist(), worst.tolist())
        # Logarithms and powers differ in their last bits from one library to the next.
        assert np.allclose(one["middle"], total_points(rubric, (low + high) // 2, parts), rtol=1e-12, atol=1e-12)


def test_a_gap_under_a_geometric_mean_is_drawn_in_points(page: Page) -> None:
    # A is ahead of 30 x 61 where its unknown score is above 30.5 points: exactly 0.695 of the draws of equal weights.
    question = """([low, high]) => {
      const table = {...made({criteria: 2, least: low, most: high}), aggregation: "geometric"};
      const logs = {least: core.logScores(table.low), most: core.logScores(table.high)};
      return core.sample({...table, ...logs}, [1, 1], 1e-9, 20000, 1).first;
    }"""
    ends = [[score * POINT for score in scores] for scores in ([0, 60, 30, 61], [100, 60, 30, 61])]
    first = lab.ask(page, question, ends)
    assert abs(first[0] - 0.695) <= 4 * (0.695 * 0.305 / 20_000) ** 0.5


def test_equal_products_are_equal_ranks(page: Page) -> None:
    question = """([low]) => {
      const table = {...made({criteria: 2, least: low, most: low}), aggregation: "geometric"};
      const logs = core.logScores(table.low);
      return core.rank({...table, least: logs, most: logs}, [1, 1]);
    }"""
    shown = lab.ask(page, question, [[score * POINT for score in (20, 90, 30, 60, 40, 45, 50, 50)]])
    assert shown["rank"] == shown["best"] == shown["worst"] == [2, 2, 2, 1]


def test_logarithms_of_scores_are_the_same_whole_numbers(page: Page) -> None:
    scores = np.unique(np.append(np.random.default_rng(1).integers(0, FULL + 1, 20_000), [0, 1, 2, POINT, FULL]))
    question = """(scores) => {
      const rubrics = [{...ParitranaLabData.rubrics[0], aggregation: "geometric"}];
      const recorded = scores.map((score, at) => [at, score]);
      const column = {fill: null, filled: [], recorded};
      const regions = scores.map((_, at) => [`${at}`, "", 0]);
      const data = {...ParitranaLabData, rubrics, regions, scores: {2024: rubrics[0].criteria.map(() => column)}};
      const table = core.table(data, {year: 2024, province: "ID", rubric: rubrics[0].id, candidates: "all",
        assumption: "plausible"});
      return table.least.filter((_, at) => at % table.criteria.length === 0);
    }"""
    assert lab.ask(page, question, scores.tolist()) == log_scores(scores).tolist()


def test_contributions_sum_to_the_score(page: Page) -> None:
    for choice in PLACES:
        found = ranking(choice)
        shown = lab.ask(page, RANK, {"choice": choice, "vectors": vectors(found, 5).tolist()})
        for one in shown:
            contributions = np.reshape(one["contributions"], found.low.shape)
            assert (contributions >= 0).all()
            assert np.allclose(contributions.sum(axis=1), one["middle"], rtol=1e-9)


def test_weights_that_are_none_are_refused(page: Page) -> None:
    question = """(choice) => {
      const table = tableOf(choice);
      return [[], [1], [0, 0, 0, 0, 0], [1, 1, 1, 1, -1], [0.5, 0, 0, 0, 0], [1e6, 1, 0, 0, 0]].filter((parts) => {
        try { core.rank(table, parts); return true } catch (error) { return !(error instanceof RangeError) }
      });
    }"""
    assert lab.ask(page, question, PLACES[0]) == []


# ---- the fictional province


def test_the_fictional_province_is_a_full_case(page: Page) -> None:
    question = """() => {
      const table = tableOf([2024, "99", "hypothesis-a", "all", "plausible"]);
      const at = (name) => table.names.indexOf(name);
      return {table, rank: core.rank(table, table.parts), overtakings: core.nextOvertaking(table, table.parts),
        firsts: table.codes.map((_, at) => core.smallestFirst(table, table.parts, at)),
        podium: core.podium(table, table.parts)};
    }"""
    shown = lab.ask(page, question)
    table = shown["table"]
    low = np.reshape(table["least"], (8, 7)).astype(np.int64)
    parts = np.array(table["parts"])
    assert table["least"] == table["most"] and all(table["recorded"]) and all(table["cells"])
    assert table["leftOut"] == table["notRankable"] == []
    assert (
        shown["rank"]["rank"] == shown["rank"]["best"] == shown["rank"]["worst"] == ranks(totals(low, parts)).tolist()
    )
    assert crossings(shown["overtakings"]) == by_stability(Scored.exact(low).weighted(parts))
    for own, first in enumerate(shown["firsts"]):
        same_change(first, lift(Scored.exact(low).weighted(parts), own, 1, simplex(7)))
    assert sum(first["possible"] for first in shown["firsts"]) == 7
    assert shown["podium"]["middle"]["possible"] and shown["podium"]["middle"]["distance"] > 0


def test_the_nation_holds_no_fictional_region(page: Page) -> None:
    codes = lab.ask(page, "(choice) => tableOf(choice).codes", PLACES[-1])
    assert len(codes) == 514 and not [code for code in codes if code.startswith("99")]


# ---- who passes whom, and where


@pytest.mark.parametrize("choice", PLACES, ids=NAMES)
def test_overtakings_are_those_of_the_engine(page: Page, choice: lab.Choice) -> None:
    found = ranking(choice)
    weights = vectors(found)
    question = (
        "({choice, vectors}) => { const t = tableOf(choice); return vectors.map((p) => core.nextOvertaking(t, p)) }"
    )
    shown = lab.ask(page, question, {"choice": choice, "vectors": weights.tolist()})
    known = np.flatnonzero(found.rank > 0)
    for parts, one in zip(weights, shown, strict=True):
        assert crossings(one) == by_stability(found.table.rows(known).weighted(parts), known)
        distances = [entry["distance"] for entry in one]
        assert distances == sorted(distances)
        for entry in one:
            above, below = map(int, entry["exact"])
            assert entry["weight"] == above / below
            present = Fraction(int(parts[entry["criterion"]]), int(parts.sum()))
            assert entry["distance"] == float(abs(Fraction(above, below) - present))


def crossings(shown: list[dict[str, Any]]) -> set[Any]:
    """What the lab says: criterion, direction, exact weight, who is passed, who passes."""
    return {
        (one["criterion"], one["direction"], Fraction(*map(int, one["exact"])), one["down"], one["up"]) for one in shown
    }


def by_stability(table: Weighted, at: Ints | None = None) -> set[Any]:
    """The same by the engine; `at` are the positions of the rows."""
    return ends_of(stability(table).ranking, np.arange(table.shape[0]) if at is None else at)


def ends_of(span: Span, at: Ints | None = None) -> set[Any]:
    """The ends of the intervals in which the ranking stays, where somebody passes somebody."""
    return {
        (k, direction, span.exact[k][end], *(int(one if at is None else at[one]) for one in pairs[k]))
        for direction, pairs, end in (("down", span.below, 0), ("up", span.above, 1))
        for k in range(len(pairs))
        if pairs[k, 0] >= 0
    }


def test_leads_are_those_of_brute_force(page: Page) -> None:
    rng = np.random.default_rng(7)
    for criteria in (1, 2, 4, 7):
        low = rng.integers(0, 5, (12, criteria)) * 20 * POINT
        high = np.minimum(low + rng.integers(0, 2, low.shape) * 10 * POINT, FULL)
        weights = lab.random_parts(6, criteria, seed=criteria)
        weights[0] = np.eye(criteria, dtype=np.int64)[0]
        question = """({table, vectors}) => vectors.map((parts) =>
          Array.from({length: 11}, (_, at) => core.leads(made(table), parts, at, at + 1)))"""
        shown = lab.ask(page, question, {"table": lab.as_made(low, high), "vectors": weights.tolist()})
        for parts, pairs in zip(weights, shown, strict=True):
            for own, leads in enumerate(pairs):
                for k, lead in enumerate(leads):
                    check_lead(lead, (low + high)[own] - (low + high)[own + 1], parts, k)


def check_lead(lead: dict[str, Any], difference: Ints, parts: Ints, k: int) -> None:
    """One criterion's segment, tried out at its ends and at steps between 0 and 1 in fractions."""
    ends = [Fraction(*map(int, end)) for end in lead["exact"]] if lead["exact"] else []
    assert (lead["segment"] or []) == [float(end) for end in ends]
    steps = [Fraction(1)] if len(parts) == 1 else [Fraction(step, 24) for step in range(25)]
    for weight in {*steps, *ends}:
        ahead = moved_lead(difference, parts, k, weight)
        inside = bool(ends) and ends[0] <= weight <= ends[1]
        on_border = weight in ends and 0 < weight < 1
        assert (ahead > 0) == (inside and ahead != 0)
        assert not on_border or ahead == 0
        assert not lead["tied"] or ahead == 0


def moved_lead(difference: Ints, parts: Ints, k: int, weight: Fraction) -> Fraction:
    """The lead where criterion k has this weight and the others keep their proportions."""
    others = [int(part) if j != k else 0 for j, part in enumerate(parts)]
    if sum(others) == 0:
        others = [int(j != k) for j in range(len(parts))]
    shares = [Fraction(part, max(sum(others), 1)) * (1 - weight) for part in others]
    shares[k] = weight
    return sum((share * int(value) for share, value in zip(shares, difference, strict=True)), Fraction(0))


# ---- the smallest change, and the podium


@pytest.mark.parametrize("choice", PLACES, ids=NAMES)
def test_smallest_changes_are_those_of_the_engine(page: Page, choice: lab.Choice) -> None:
    found = ranking(choice)
    weights = vectors(found, 8)
    regions = np.random.default_rng(3).choice(len(found.regions), min(8, len(found.regions)), replace=False)
    question = """({choice, vectors, regions}) => {
      const table = tableOf(choice);
      return vectors.map((parts) => regions.map((region) => core.smallestFirst(table, parts, region)));
    }"""
    given = {"choice": choice, "vectors": weights.tolist(), "regions": regions.tolist()}
    for parts, firsts in zip(weights, lab.ask(page, question, given), strict=True):
        for own, first in zip(regions.tolist(), firsts, strict=True):
            rows = np.union1d(np.flatnonzero(found.rank), [own])
            place = int(np.searchsorted(rows, own))
            change = lift(found.table.rows(rows).weighted(parts), place, 1, simplex(len(parts)))
            same_change(first, replace(change, rivals=tuple(rows[list(change.rivals)].tolist())))
            check_first(first, found.table.twice_middle, own, rows)


def same_change(shown: dict[str, Any], change: Change) -> None:
    """The same answer to the last digit: distance, weights, exact parts, and who holds it."""
    assert shown["possible"] == (not change.impossible)
    assert tuple(map(int, shown["parts"])) == (change.parts or ())
    assert shown["weights"] == ([] if change.weights is None else change.weights.tolist())
    assert shown["distance"] == change.distance
    assert tuple(shown["rivals"]) == change.rivals


def check_first(first: dict[str, Any], scores: Ints, own: int, among: Ints | None = None) -> None:
    """Who ties at the exact weights; and that the weights beside them really make the region first of these rows."""
    among = np.arange(len(scores)) if among is None else among
    if not first["possible"]:
        assert first["near"] is None and first["tied"] == []
        return
    total = scores.astype(object) @ np.array([int(part) for part in first["parts"]], dtype=object)
    assert total[own] == total[among].max()
    assert first["tied"] == [at for at in among if total[at] == total[own] and at != own]
    if first["near"] is not None:
        near = np.array(first["near"])
        assert near.sum() == 10_000 and near.min() >= 0
        assert (scores @ near)[own] == (scores @ near)[among].max()
        assert np.abs(near / 10_000 - first["weights"]).sum() < 0.01


@pytest.mark.parametrize("code", ["34", "36"])
def test_what_is_exact_is_as_on_the_page_of_the_province(page: Page, code: str) -> None:
    params = province(code, {"year": 2023, "draws": lab.DRAWS})
    analysis = analyse(REAL, params)
    main, depth = analysis.main, analysis.depth
    assert main is not None and depth is not None and 0 < (main.rank == 0).sum() < len(main.rank)
    question = """(choice) => { const t = tableOf(choice); return {overtakings: core.nextOvertaking(t, t.parts),
      firsts: t.codes.map((_, at) => core.smallestFirst(t, t.parts, at))} }"""
    shown = lab.ask(page, question, (2023, code, params.rubric, "all", params.assumption))
    assert crossings(shown["overtakings"]) == ends_of(depth.stability.ranking)
    for own, (first, change) in enumerate(zip(shown["firsts"], depth.firsts, strict=True)):
        same_change(first, change)
        if main.rank[own] == 1:
            assert first["distance"] == 0


small = st.integers(0, 2**32 - 1)


@settings(derandomize=True, deadline=None, max_examples=5)
@given(small)
def test_smallest_changes_of_tables_full_of_ties_are_those_of_the_engine(page: Page, seed: int) -> None:
    cases = tied_cases(seed, 40)
    question = "(cases) => cases.map(({table, parts, own}) => core.smallestFirst(made(table), parts, own))"
    for case, first in zip(cases, lab.ask(page, question, [named(case) for case in cases]), strict=True):
        low, high, parts, own = case
        same_change(first, lift(Weighted(low, high, parts), own, 1, simplex(len(parts))))
        check_first(first, low + high, own)


def tied_cases(seed: int, count: int) -> list[tuple[Ints, Ints, Ints, int]]:
    """Small tables of small whole scores, weights of zero among them."""
    rng = np.random.default_rng(seed)
    cases = []
    for _ in range(count):
        shape = (int(rng.integers(2, 8)), int(rng.integers(1, 6)))
        low, parts = rng.integers(0, 5, shape), rng.integers(0, 4, shape[1])
        parts[0] += parts.sum() == 0
        cases.append((low, low + rng.integers(0, 3, shape), parts, 0))
    return cases


def named(case: tuple[Ints, Ints, Ints, int]) -> dict[str, Any]:
    low, high, parts, own = case
    return {"table": lab.as_made(low, high), "parts": parts.tolist(), "own": own}


def test_without_the_help_of_doubles_distances_are_the_same(page: Page, certain: Page, sloppy: Page) -> None:
    cases = tied_cases(11, 150)
    question = "(cases) => cases.map(({table, parts, own}) => core.smallestFirst(made(table), parts, own))"
    given_ = [named(case) for case in cases]
    expected_ = lab.ask(page, question, given_)
    for other in (certain, sloppy):
        for case, one, same in zip(cases, expected_, lab.ask(other, question, given_), strict=True):
            assert (one["possible"], one["distance"]) == (same["possible"], same["distance"])
            check_first(same, case[0] + case[1], 0)


def test_the_programmes_of_the_nation_can_be_solved_in_whole_numbers(page: Page, certain: Page) -> None:
    question = """(choice) => { const table = tableOf(choice);
      return [0, 202, 359].map((at) => core.smallestFirst(table, table.parts, at)) }"""
    for one, other in zip(lab.ask(page, question, PLACES[-1]), lab.ask(certain, question, PLACES[-1]), strict=True):
        assert (one["possible"], one["distance"]) == (other["possible"], other["distance"])


PODIUM = """(choice) => { const table = tableOf(choice);
  return {podium: table.podium, whole: table.podiumWhole, found: core.podium(table, table.parts)} }"""


def test_podiums_are_reproduced_as_the_engine_reproduces_them(page: Page) -> None:
    seen = {"whole": 0, "moved": 0}
    for year, code in product((2023, 2024, 2025), sorted(REAL.provinces["kemendagri_code"])):
        choice: lab.Choice = (year, code, "hypothesis-a", "all", "plausible")
        shown = lab.ask(page, PODIUM, choice)
        announced = [rank for _, rank in shown["podium"]]
        assert shown["whole"] == from_first_on(announced)
        found = lab.ranking_of(choice) if shown["whole"] else None
        if found is None:
            assert shown["found"] is None
            continue
        seen["whole"] += 1
        for key, free in (("middle", False), ("free", True)):
            at = [row for row, _ in shown["podium"]]
            asked = inverse.podium(found.table, at, announced, free=free)
            same_podium(shown["found"][key], asked, found.table.parts)
            seen["moved"] += bool(shown["found"][key]["distance"])
    assert min(seen.values()) > 3, seen


def same_podium(shown: dict[str, Any], asked: inverse.Podium, parts: Ints) -> None:
    """The same answer as of the engine, and weights beside it that keep every inequality."""
    closest: Nearest = nearest(asked.rows, parts, "l1")
    assert shown["possible"] == (not closest.impossible)
    assert shown["distance"] == closest.distance
    assert tuple(map(int, shown["parts"])) == (closest.parts or ())
    ahead = asked.rows - inverse.GRAIN * asked.steps[:, None]
    assert shown["clear"] == (not nearest(ahead, parts, "l1").impossible)
    pairs = [asked.pairs[row].tolist() for row in closest.binding] if closest.impossible else []
    assert shown["conflict"] == pairs
    if shown["near"] is not None:
        assert (asked.rows @ np.array(shown["near"]) >= 0).all()


@settings(derandomize=True, deadline=None, max_examples=3)
@given(small)
def test_podiums_that_no_weights_give_are_told_with_their_reason(page: Page, seed: int) -> None:
    places = [[1, 2, 3], [1, 1, 3], [1], [1, 2], [1, 2, 2]]
    cases = [case for case in tied_cases(seed, 200) if len(case[0]) > 3]
    given_ = [named(case) for case in cases]
    for at, case in enumerate(given_):
        case["table"]["podium"] = [[row, place] for row, place in enumerate(places[at % len(places)])]
    answers = lab.ask(page, "(cases) => cases.map(({table, parts}) => core.podium(made(table), parts))", given_)
    possible = []
    for (low, high, parts, _), case, both in zip(cases, given_, answers, strict=True):
        positions, announced = zip(*case["table"]["podium"], strict=True)
        for key, free in (("middle", False), ("free", True)):
            same_podium(both[key], inverse.podium(Scored(low, high), positions, announced, free=free), parts)
            possible.append(both[key]["possible"])
    assert 0.1 < np.mean(possible) < 0.9


def test_a_podium_is_reproduced_as_on_the_page_of_its_province(page: Page) -> None:
    params = province("34", {"draws": lab.DRAWS, "assumption": "plausible"})
    analysis = analyse(REAL, params, deep=False)
    assert analysis.main is not None
    shown = lab.ask(page, PODIUM, (params.year, "34", params.rubric, "all", "plausible"))["found"]
    for name, free in (("middle", False), ("free", True)):
        one, found = shown[name], reproduce_podium(analysis.main, analysis.podium, params, free=free)
        assert found is not None
        assert (one["possible"], one["clear"]) == (found.possible, found.clear)
        assert [tuple(pair) for pair in one["conflict"]] == list(found.conflict)
        assert one["weights"] == ([] if found.nearest_l1.weights is None else found.nearest_l1.weights.tolist())


# ---- weights


def moves(seed: int, count: int) -> list[dict[str, Any]]:
    """Weights with locks, and one of them to be moved: also far too little, far too much, and between whole numbers."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        size = int(rng.integers(1, 10))
        cuts = np.sort(rng.integers(0, 10_001, size - 1)) if rng.random() < 0.8 else rng.choice([0, 10_000], size - 1)
        weights = np.diff([0, *np.sort(cuts), 10_000])
        value = rng.choice([float(rng.integers(0, 10_001)), rng.uniform(-500, 12_000), 0.0, 10_000.0, -1e9, 1e300])
        locked = rng.random(size) < rng.choice([0, 0.3, 0.9])
        made.append(
            {"weights": weights.tolist(), "locked": locked.tolist(), "index": int(rng.integers(size)), "value": value}
        )
    return made


MOVE = "(cases) => cases.map(({weights, locked, index, value}) => core.weights.move(weights, locked, index, value))"


@settings(derandomize=True, deadline=None, max_examples=5)
@given(small)
def test_moving_a_weight_keeps_the_sum_the_locks_and_the_proportions(page: Page, seed: int) -> None:
    cases = moves(seed, 4_000)
    for case, moved in zip(cases, lab.ask(page, MOVE, cases), strict=True):
        check_move(case, moved)


def check_move(case: dict[str, Any], moved: list[int]) -> None:
    weights, locked, index = case["weights"], case["locked"], case["index"]
    free = [at for at in range(len(weights)) if at != index and not locked[at]]
    assert sum(moved) == 10_000
    assert all(isinstance(weight, int) and weight >= 0 for weight in moved)
    assert all(moved[at] == weights[at] for at in range(len(weights)) if locked[at])
    if locked[index] or not free:
        assert moved == weights
        return
    shares = [weights[at] for at in free]
    room = sum(shares) + weights[index]
    assert moved[index] == min(max(np.floor(case["value"] + 0.5), 0), room)
    left = room - moved[index]
    even = [1] * len(free) if sum(shares) == 0 else shares
    for at, share in zip(free, even, strict=True):
        # Largest remainders: each is its exact share rounded down or up.
        exact = Fraction(left * share, sum(even))
        assert exact.__floor__() <= moved[at] <= exact.__ceil__()
    for (one, mine), (other, its) in product(zip(free, even, strict=True), repeat=2):
        assert mine <= its or moved[one] >= moved[other], case


@settings(derandomize=True, deadline=None, max_examples=3)
@given(small)
def test_moving_a_weight_to_where_it_is_changes_nothing(page: Page, seed: int) -> None:
    cases = [case | {"value": case["weights"][case["index"]]} for case in moves(seed, 2_000)]
    for case, moved in zip(cases, lab.ask(page, MOVE, cases), strict=True):
        # Not even where all the others are zero: there is nothing to share.
        assert moved == case["weights"]


def test_weights_that_are_no_number_move_nothing(page: Page) -> None:
    assert lab.ask(page, "() => core.weights.move([6000, 4000], [false, false], 0, NaN)") == [6000, 4000]


def test_starting_weights_sum_to_the_whole(page: Page) -> None:
    question = """() => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) => [core.weights.equal(count),
      ...Array.from({length: count}, (_, at) => core.weights.only(count, at))])"""
    for count, (equal, *only) in enumerate(lab.ask(page, question), 1):
        assert sum(equal) == 10_000 and max(equal) - min(equal) <= 1
        assert (np.array(only) == 10_000 * np.eye(count)).all()


@settings(derandomize=True, deadline=None, max_examples=3)
@given(small)
def test_parts_become_weights_and_back(page: Page, seed: int) -> None:
    vectors = [parts.tolist() for width in (1, 5, 7) for parts in lab.random_parts(700, width, seed)]
    question = """(vectors) => vectors.map((parts) => {
      const weights = core.weights.fromParts(parts);
      return [weights, core.weights.toParts(weights), core.weights.fromParts(core.weights.toParts(weights))];
    })"""
    for parts, (weights, back, again) in zip(vectors, lab.ask(page, question, vectors), strict=True):
        assert sum(weights) == 10_000 and again == weights
        exact = [Fraction(10_000 * part, sum(parts)) for part in parts]
        assert all(abs(weight - share) < 1 for weight, share in zip(weights, exact, strict=True))
        assert np.gcd.reduce(back) == 1
        if all(share.denominator == 1 for share in exact):
            assert [Fraction(part, sum(back)) for part in back] == [Fraction(part, sum(parts)) for part in parts]


# ---- random draws


def draws_of(page: Page, low: Ints, high: Ints, parts: Ints, radius: float, draws: int) -> dict[str, Any]:
    question = "({table, parts, radius, draws}) => core.sample(made(table), parts, radius, draws, 5)"
    shown: dict[str, Any] = lab.ask(
        page, question, {"table": lab.as_made(low, high), "parts": parts.tolist(), "radius": radius, "draws": draws}
    )
    return shown


@pytest.mark.parametrize("radius", [0, 0.02, 0.1, 0.3, 1])
@pytest.mark.parametrize("choice", [PLACES[0], PLACES[2]], ids=["13", "51"])
def test_drawn_ranks_are_as_frequent_as_in_the_engine(page: Page, choice: lab.Choice, radius: float) -> None:
    found = ranking(choice)
    compare_draws(page, found.table.low, found.table.high, found.table.parts, radius)


@pytest.mark.parametrize("radius", [0.05, 0.25, 0.6])
def test_drawn_weights_are_as_frequent_as_in_the_engine(page: Page, radius: float) -> None:
    # Each alternative is best on one criterion: its rank is that of the criterion's weight.
    parts = np.array([30, 20, 20, 10, 10, 5, 5])
    scores = np.eye(7, dtype=np.int64) * FULL
    compare_draws(page, scores, scores, parts, radius)


def compare_draws(page: Page, low: Ints, high: Ints, parts: Ints, radius: float) -> None:
    """Shares and mean ranks within the errors of both sides; what follows from the counts exactly."""
    draws = 10_000
    shown = draws_of(page, low, high, parts, radius, draws)
    made = acceptability(Scored(low, high), draws=4 * draws, seed=3, space=box(parts / parts.sum(), radius))
    counts = np.reshape(shown["counts"], made.share.shape)
    assert (counts.sum(axis=1) == draws).all()
    share = counts / draws
    pooled = (share + 4 * made.share) / 5
    error = np.sqrt(pooled * (1 - pooled) * (1 / draws + 1 / (4 * draws)))
    often = pooled * draws > 20
    assert (np.abs(share - made.share)[often] <= Z * error[often]).all()
    places = np.arange(1, len(low) + 1)
    spread = np.sqrt(np.maximum(pooled @ places**2 - (pooled @ places) ** 2, 0) * 5 / (4 * draws))
    assert (np.abs(share @ places - made.expected_rank) <= Z * spread + 1e-12).all()
    check_summary(shown, type(made)(share, draws, 0))


def check_summary(shown: dict[str, Any], same: Any) -> None:
    """Mean, first, top three and interval, as the engine draws them from the same shares."""
    best, worst = same.rank_interval(0.9)
    assert np.allclose(shown["expected"], same.expected_rank, rtol=1e-12)
    assert np.allclose(shown["first"], same.share[:, 0], rtol=1e-12)
    assert np.allclose(shown["top3"], same.top(3), rtol=1e-12)
    assert (shown["best"], shown["worst"]) == (best.tolist(), worst.tolist())


def test_draws_do_not_depend_on_how_they_are_cut(page: Page) -> None:
    question = """(choice) => {
      const table = tableOf(choice);
      const cut = core.sampling(table, table.parts, 0.1, 9);
      for (const some of [1, 63, 0, 136]) cut.draw(some);
      const text = (found) => JSON.stringify({...found, counts: [...found.counts]});
      const [whole, other] = [9, 10].map((seed) => text(core.sample(table, table.parts, 0.1, 200, seed)));
      return [text(cut.result()) === whole, whole === other];
    }"""
    assert lab.ask(page, question, PLACES[0]) == [True, False]


def test_exact_ties_share_the_better_rank(page: Page) -> None:
    scores = np.full((3, 2), 50 * POINT)
    scores[2] = 0
    shown = draws_of(page, scores, scores, np.array([1, 1]), 0.3, 100)
    assert np.reshape(shown["counts"], (3, 3)).tolist() == [[100, 0, 0], [100, 0, 0], [0, 0, 100]]


def test_random_numbers_are_those_of_the_named_generator(page: Page) -> None:
    # One region with an interval from 0 to 1 point beats the other where a drawn number is more than a half.
    low, high = np.array([[0], [POINT // 2]]), np.array([[POINT], [POINT // 2]])
    drawn = xoshiro(5, 1000)
    first = sum(round_half_up(value * POINT) >= POINT // 2 for value in drawn)
    assert draws_of(page, low, high, np.array([1]), 0, 1000)["counts"][0] == first


def round_half_up(value: float) -> int:
    return int(np.floor(value + 0.5))


def xoshiro(seed: int, count: int) -> list[float]:
    """xoshiro128** as published, seeded by splitmix32."""
    mask, state = 2**32 - 1, []
    for _ in range(4):
        seed = (seed + 0x9E3779B9) & mask
        mixed = ((seed ^ (seed >> 16)) * 0x21F0AAAD) & mask
        mixed = ((mixed ^ (mixed >> 15)) * 0x735A2D97) & mask
        state.append(mixed ^ (mixed >> 15))
    drawn = []
    for _ in range(count):
        five = state[1] * 5 & mask
        drawn.append((((five << 7) | (five >> 25)) * 9 & mask) / 2**32)
        shifted = state[1] << 9 & mask
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= shifted
        state[3] = ((state[3] << 11) | (state[3] >> 21)) & mask
    return drawn


# ---- the Worker


WORKER = """async ({choice, questions}) => {
  const worker = new Worker(URL.createObjectURL(new Blob([ParitranaLabWorkerText()], {type: "text/javascript"})));
  const table = tableOf(choice);
  const answers = [];
  const waiting = new Set(questions.filter((question) => !question.cancelled).map((question) => question.id));
  await new Promise((done) => {
    worker.onmessage = ({data}) => {
      answers.push(data);
      if (!("progress" in data)) waiting.delete(data.id);
      if (waiting.size === 0) done();
    };
    for (const question of questions) worker.postMessage({table, parts: table.parts, ...question});
  });
  worker.terminate();
  return answers;
}"""


def test_the_worker_answers_as_the_core_does(page: Page) -> None:
    choice = PLACES[0]
    questions = [
        {"id": 1, "kind": "sample", "radius": 0.05, "draws": 3000, "seed": 2},
        {"id": 2, "kind": "smallestFirst", "region": 3},
        {"id": 3, "kind": "leads", "a": 0, "b": 1},
        {"id": 4, "kind": "podium"},
    ]
    answers = lab.ask(page, WORKER, {"choice": choice, "questions": questions})
    question = """(choice) => { const t = tableOf(choice); return {1: core.sample(t, t.parts, 0.05, 3000, 2),
      2: core.smallestFirst(t, t.parts, 3), 3: core.leads(t, t.parts, 0, 1), 4: core.podium(t, t.parts)} }"""
    same = lab.ask(page, question, choice)
    results = {str(answer["id"]): answer["result"] for answer in answers if "result" in answer}
    assert json.dumps(results, sort_keys=True) == json.dumps(same, sort_keys=True)


def test_a_newer_question_cancels_an_older_one_and_progress_is_told(page: Page) -> None:
    questions = [
        {"id": 1, "kind": "sample", "radius": 0.05, "draws": 10**9, "seed": 2, "cancelled": True},
        {"id": 2, "kind": "sample", "radius": 0.05, "draws": 40_000, "seed": 2},
    ]
    answers = lab.ask(page, WORKER, {"choice": PLACES[-1], "questions": [questions[0], questions[1] | {"draws": 1500}]})
    told = [answer["progress"] for answer in answers if answer["id"] == 2 and "progress" in answer]
    assert told == sorted(told) and told[0] > 0 and told[-1] < 1
    asked = [answer["id"] for answer in answers]
    assert 1 not in asked[asked.index(2) :]
    assert answers[-1]["result"]["draws"] == 1500


def test_what_cannot_be_answered_is_told(page: Page) -> None:
    answers = lab.ask(
        page, WORKER, {"choice": PLACES[0], "questions": [{"id": 1, "kind": "leads", "a": 0, "b": 1, "parts": [0]}]}
    )
    assert answers[0]["error"].startswith("RangeError: weights in whole parts")
