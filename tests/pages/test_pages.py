"""What the pages say, as HTML: sentences and tables of real provinces, and of a small ranking counted by hand."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from html import unescape
from itertools import pairwise
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

from paritrana.analysis.province import analyse
from paritrana.engine.acceptability import acceptability
from paritrana.engine.inverse import Reproduction, reproduction
from paritrana.engine.rank_range import split
from paritrana.engine.scores import POINT
from paritrana.engine.smallest import lift
from paritrana.engine.spaces import simplex
from paritrana.engine.stability import stability
from paritrana.engine.table import Weighted
from paritrana.indicators.nation import survey_nation
from paritrana.pages import budget, coverage, leaders, national, overview, podium, regions, results, sensitivity
from paritrana.pages.national import NationalPage, open_national
from paritrana.pages.page import Page, open_page, page_of
from paritrana.parameters import page as params
from paritrana.parameters.rubric import load_rubric, rubric_path, strength_of
from paritrana.paths import BOOK
from paritrana.presentation.language import Text
from paritrana.record.tables import load
from paritrana.results.province import province_result

pytestmark = pytest.mark.slow

SENSITIVITY = (
    "summary sureness ranking_table ranges_table weights_table stability_table attribution_table firsts_table "
    "rises_table scores_table scenarios_table comparison_table assumptions_table interview"
)
COVERAGE = "summary findings coverage_table stated_table denominators segments_table years_table targets_table others"
BUDGET = "summary budget_table cost_table findings province_money others"
OVERVIEW = "summary leaders record_table"
NATIONAL = "leaders summary map_of_coverage map_findings provinces_table completeness_table podiums_table place_table"
PARTS = (
    (sensitivity, SENSITIVITY),
    (podium, "announced reproduced score_sheets"),
    (leaders, "lead"),
    (coverage, COVERAGE),
    (budget, BUDGET),
    (overview, OVERVIEW),
    (regions, "one_by_one"),
    (results, "all_years"),
)
RANKED = (
    "ranking_table ranges_table stability_table attribution_table firsts_table rises_table scores_table scenarios_table"
)
INDONESIAN = ("dan", "dengan", "yang", "tidak", "dari", "untuk")
ENGLISH = ("the", "and", "with", "not", "from", "for")
SCALE = (  # from this share on a word, from the documented scale
    (0.99, "hampir pasti"),
    (0.90, "sangat mungkin"),
    (0.66, "mungkin besar"),
    (0.33, "kira-kira setengah kemungkinannya"),
    (0.10, "kecil kemungkinannya"),
    (0.01, "sangat kecil kemungkinannya"),
    (0.00, "hampir mustahil"),
)
HAIR = Fraction(1, 10**12)
WIDER = 3 * POINT  # by which any value may lie outside of a made-up interval
PLAUSIBLE = "plausible"  # what is exact stands on it, and all of a page can be told from one ranking
FEW = 500  # draws where shares do not matter
MARKUP = "<b>x</b>"
BREAKING = f"{MARKUP}\n\n```{{raw}} html\u2028{MARKUP}"

Sayings = dict[str, str]


def sayings(page: Page) -> Sayings:
    """All HTML of a province's pages by what makes it."""
    return {f"{_last(module)}.{name}": getattr(module, name)(page) for module, names in PARTS for name in names.split()}


def national_sayings(page: NationalPage) -> Sayings:
    """All HTML of the national page."""
    return {f"national.{name}": getattr(national, name)(page) for name in NATIONAL.split()}


def _last(module: ModuleType) -> str:
    return module.__name__.split(".")[-1]


def plain(html: str) -> str:
    """The text that a reader sees."""
    return unescape(re.sub(r"<[^>]*>", " ", html))


def rows(html: str) -> list[list[str]]:
    """The body of a table: the text of each cell without its notes, badges and folds."""
    body = re.sub(r"<details.*?</details>", "", html.partition("<tbody>")[2])
    body = re.sub(r'<span class="(note|badge)[^>]*>.*?</span>', "", body)
    return [[plain(cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in _lines(body)]


def notes(html: str) -> list[list[str]]:
    """The notes in each row of a table."""
    found = [re.findall(r'<span class="note">(.*?)</span>', row) for row in _lines(html.partition("<tbody>")[2])]
    return [[unescape(note) for note in row] for row in found]


def _lines(body: str) -> list[str]:
    return re.findall(r"<tr>.*?</tr>", body)


def sentences(html: str) -> list[str]:
    """The points of a list."""
    return [plain(point).strip() for point in re.findall(r"<li>.*?</li>", html)]


def ranked(page: Page) -> Any:
    """The main ranking and its depth, which must be there."""
    main, depth = page.analysis.main, page.analysis.depth
    assert main is not None
    assert depth is not None
    return main, depth


def totals(ranking: Any, parts: list[Fraction]) -> list[Fraction]:
    """Twice the total of each at the middle of its intervals, exactly."""
    middle = ranking.table.twice_middle.tolist()
    return [sum((part * value for part, value in zip(parts, row, strict=True)), Fraction(0)) for row in middle]


@pytest.fixture(scope="module")
def padang() -> Page:
    """Sumatera Barat: a thin record, no podium."""
    return open_page("13", assumption=PLAUSIBLE)


@pytest.fixture(scope="module")
def nusa() -> Page:
    """Nusa Tenggara Timur: a podium."""
    return open_page("53", assumption=PLAUSIBLE)


@pytest.fixture(scope="module")
def nusa_barat() -> Page:
    """Nusa Tenggara Barat: the one printed score sheet."""
    return open_page("52", assumption=PLAUSIBLE)


@pytest.fixture(scope="module")
def empty() -> Page:
    """Papua Pegunungan: nothing recorded."""
    return open_page("95")


@pytest.fixture(scope="module")
def in_english(padang: Page, nusa: Page, empty: Page) -> list[Page]:
    """The same provinces in English; the first opened in it from the start."""
    opened = open_page("13", language="en", assumption=PLAUSIBLE)
    return [opened, *(replace(page, say=opened.say) for page in (nusa, empty))]


@pytest.fixture(scope="module")
def nations() -> dict[str, NationalPage]:
    """The national page in both languages."""
    page = open_national(["13", "53"], draws=FEW)
    return {"id": page, "en": replace(page, say=Text("en"))}


@pytest.fixture(scope="module")
def indonesian(padang: Page, nusa: Page, empty: Page, nations: dict[str, NationalPage]) -> list[Sayings]:
    """All HTML in Indonesian."""
    return [*map(sayings, (padang, nusa, empty)), national_sayings(nations["id"])]


@pytest.fixture(scope="module")
def english(in_english: list[Page], nations: dict[str, NationalPage]) -> list[Sayings]:
    """All HTML in English."""
    return [*map(sayings, in_english), national_sayings(nations["en"])]


def pieces(pages: list[Sayings]) -> Iterator[tuple[str, str]]:
    """Every piece of HTML with the name of what makes it."""
    for page in pages:
        yield from page.items()


# The lead, and a province without a record


def led_by(page: Page, code: str, share: float, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The page where a region is first in this share of draws, and the rest of the rule is met."""
    monkeypatch.setattr("paritrana.analysis.headline.FEWEST_SHARE", 0.0)
    ranking, _ = ranked(page)
    chances, leader = ranking.any_weights, ranking.regions.index(code)
    shares = np.zeros_like(chances.share)
    shares[leader, 0] = share
    return with_ranking(page, replace(ranking, any_weights=replace(chances, share=shares)))


def test_a_lead_without_half_of_the_regions_names_nobody(padang: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paritrana.analysis.headline.FEWEST_SHARE", 0.6)  # half of them are recorded by now
    lead = leaders.lead(padang)
    assert "kurang dari setengah daerahnya" in lead
    assert "19 dari 95 isian, 10 dari 19 daerah tercatat" in lead
    assert not any(padang.name(code) in lead for code in padang.codes)
    assert sensitivity.summary(padang).startswith(f'<p class="lead">{lead}</p>')
    assert lead in plain(overview.summary(padang))
    assert "tidak menunjuk siapa yang teratas" in overview.leaders(padang)


@pytest.mark.parametrize(("least", "word"), SCALE)
def test_the_word_of_the_lead_follows_the_share(
    padang: Page, least: float, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = least + 0.005  # inside the band that starts here
    lead = leaders.lead(led_by(padang, "13.71", share, monkeypatch))
    if share < 1 / 19:  # chance
        assert "tidak ada daerah yang peluang peringkat 1-nya melebihi peluang acak" in lead
        return
    said = word if least >= 0.66 else "belum meyakinkan"
    shown = padang.say.percent(share)
    assert lead.startswith("Bila bobot diubah-ubah secara acak, Kota Padang menempati peringkat 1 pada ")
    assert (
        f"{shown} percobaan, terbanyak di antara 19 daerah (peluang acak {padang.say.percent(1 / 19)}; {said})" in lead
    )
    assert "19 dari 95 isian, 10 dari 19 daerah tercatat; Kota Padang sendiri 2 dari 5" in lead


def with_ranking(page: Page, ranking: Any, **depth: Any) -> Page:
    """The page with another main ranking, and other parts of its depth under every assumption."""
    analysis = page.analysis
    rankings = {**analysis.rankings, ("all", analysis.params.assumption): ranking}
    depths = {key: replace(found, **depth) for key, found in analysis.depths.items()}
    return replace(page, analysis=replace(analysis, rankings=rankings, depths=depths))


def test_a_scale_of_the_table_is_told_with_what_its_ranges_mean(padang: Page) -> None:
    ranking, _ = ranked(padang)
    warning, proved = "peringkat yang berupa rentang adalah batas aman", "Rentang ini terbukti pasti"
    assert warning not in sensitivity.weights_table(padang) and proved in sensitivity.ranges_table(padang)
    first, *others = ranking.rubric.criteria
    moving = first.model_copy(update={"goalposts": None, "scale": "minmax"})
    page = with_ranking(
        padang, replace(ranking, rubric=ranking.rubric.model_copy(update={"criteria": [moving, *others]}))
    )
    assert warning in sensitivity.weights_table(page) and "menurut tabel" in sensitivity.weights_table(page)
    assert proved not in sensitivity.ranges_table(page)
    result = province_result(page.analysis)
    shown = [row for row in result["rankings"] if (row["candidates"], row["assumption"]) == ("all", "plausible")]
    assert not any(row["rank_proved"] for row in shown)
    assert any(row["rank_proved"] for row in province_result(padang.analysis)["rankings"])


def test_nobody_is_named_where_an_unrecorded_region_is_as_likely(padang: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page = led_by(padang, "13.01", 0.9, monkeypatch)
    assert "13.01" not in page.recorded
    lead = leaders.lead(page)
    assert "tipis" not in lead
    assert not any(page.name(code) in lead for code in page.codes)


def test_an_empty_province_says_so_and_ranks_nobody(empty: Page) -> None:
    assert leaders.lead(empty) in plain(sensitivity.summary(empty))
    assert "peringkat tidak dapat disusun" in leaders.lead(empty)
    for html in (sensitivity.summary(empty), overview.leaders(empty)):
        assert "sedikitnya 4 dari 8 kabupaten/kota diperlukan dua angka tahun 2024 beserta sumbernya" in html
    assert sensitivity.figure(empty) is None
    assert [name for name in (*RANKED.split(), "sureness") if getattr(sensitivity, name)(empty)] == []
    assert podium.reproduced(empty) == ""
    assert "<table" not in sensitivity.summary(empty) + overview.leaders(empty) + podium.announced(empty)


def test_an_empty_province_still_counts_its_workers_and_their_cover(empty: Page) -> None:
    informal = int(empty.analysis.regions["informal_employed"].sum())
    assert empty.say.number(informal) in sensitivity.summary(empty)
    assert empty.say.rupiah(informal * 16_800 * 12) in budget.cost_table(empty)
    assert all(row[1] == "–" for row in rows(coverage.coverage_table(empty)))


def test_the_administrative_cities_of_jakarta_are_not_ranked_by_budget() -> None:
    page = open_page("31", draws=FEW)
    for html in (overview.summary(page), sensitivity.summary(page), budget.summary(page)):
        assert "tidak mempunyai APBD" in html and "tidak berlaku di sini" in html
    assert "diperlukan dua angka" not in overview.leaders(page)
    assert province_result(page.analysis)["no_leader"] == ["administrative"]
    assert "percobaan" not in regions.one_by_one(page)


def test_a_gap_that_a_neighbouring_year_fills_names_that_year_and_its_value(padang: Page) -> None:
    html = sensitivity.scores_table(padang)
    assert "dari tahun lain" not in html
    filled = padang.analysis.values
    filled = filled[filled["kind"] == "neighbour"]
    assert len(filled)
    for code, name in filled.index:
        near = next(
            (year, rows.loc[(code, name)])
            for year in (2023, 2025)
            if (code, name) in (rows := padang.analysis.nation.recorded[year]).index
        )
        assert f"{near[0]}: {padang.value(name, near[1]['low'], near[1]['high'])}" in html
    assert "tanpa angka 2024" in html and "tanpa rekaman" not in html


# Rank tables


def test_the_ranking_is_sorted_by_the_mean_rank_that_it_shows(padang: Page) -> None:
    recorded = {padang.name(code) for code in padang.recorded}
    shown = [(row[0], float(row[1].replace(",", "."))) for row in rows(sensitivity.ranking_table(padang))]
    parts = [[mean for name, mean in shown if (name in recorded) == known] for known in (True, False)]
    assert [name in recorded for name, _ in shown] == [True] * len(parts[0]) + [False] * len(parts[1])
    assert all(part == sorted(part) for part in parts)
    first = [float(row[1].replace(",", ".")) for row in rows(overview.leaders(padang))]
    assert first == parts[0][: len(first)]


def test_a_value_over_the_whole_carries_its_mark(padang: Page) -> None:
    for html in (overview.record_table(padang), overview.leaders(padang)):
        assert "di atas 100 %" in html


# Rank ranges


def brute_ranges(own: int, low: list[list[int]], high: list[list[int]]) -> tuple[int, int]:
    """Best and worst rank with two criteria: at each weight where two totals meet, and between any two of these."""
    best = [[other - mine for other, mine in zip(row, high[own], strict=True)] for row in low]
    worst = [[other - mine for other, mine in zip(row, low[own], strict=True)] for row in high]
    best[own] = worst[own] = [0, 0]

    def ranks_met(leads: list[list[int]]) -> list[int]:
        meets = {Fraction(b, b - a) for a, b in leads if a != b and 0 <= Fraction(b, b - a) <= 1}
        at = sorted(meets | {Fraction(0), Fraction(1)})
        tried = [*at, *((one + two) / 2 for one, two in pairwise(at))]
        return [1 + sum(share * a + (1 - share) * b > 0 for a, b in leads) for share in tried]

    return min(ranks_met(best)), max(ranks_met(worst))


SMALL = np.array([[[60, 62], [10, 15]], [[30, 30], [50, 50]], [[5, 20], [70, 80]], [[28, 31], [12, 40]]]) * POINT


def small_page(page: Page, low: Any, high: Any, places: list[int]) -> Page:
    """A page of a made-up ranking: the first recorded regions, two criteria, weights 2 to 1."""
    ranking, _ = ranked(page)
    codes = tuple(sorted(page.recorded))[: len(low)]
    table, whole = Weighted(low, high, np.array([2, 1])), simplex(2)
    made = replace(
        ranking,
        regions=codes,
        criteria=ranking.criteria[:2],
        table=table,
        any_weights=acceptability(table, draws=FEW, seed=1),
    )
    asked = [at for at, place in enumerate(places) if place]
    announced = [places[at] for at in asked]
    shown = with_ranking(
        page,
        made,
        split=split(table, whole, effort=None),
        stability=stability(table),
        firsts=tuple(lift(table, own, 1, whole) for own in range(len(low))),
        reproduction=tuple(
            reproduction(table, asked, announced, whole, free=free, draws=FEW, seed=1) for free in (False, True)
        ),
    )
    podium = {codes[at]: place for at, place in zip(asked, announced, strict=True)}
    anything = replace(
        shown.analysis.depths["all", "anything"],
        split=split(Weighted(low - WIDER, high + WIDER, table.parts), whole, effort=None),
    )
    depths = {**shown.analysis.depths, ("all", "anything"): anything}
    return replace(shown, analysis=replace(shown.analysis, podium=podium, depths=depths))


@pytest.fixture(scope="module")
def small(padang: Page) -> Page:
    """Four regions, two criteria, values known as intervals."""
    return small_page(padang, SMALL[:, :, 0], SMALL[:, :, 1], [1, 2, 3, 0])


def test_rank_ranges_are_those_of_an_enumeration(small: Page) -> None:
    ranking, _ = ranked(small)
    low, high = ranking.table.low.tolist(), ranking.table.high.tolist()
    middle = ranking.table.twice_middle.tolist()
    wider_low, wider_high = (ranking.table.low - WIDER).tolist(), (ranking.table.high + WIDER).tolist()
    shown = {row[0]: row[1:] for row in rows(sensitivity.ranges_table(small))}
    assert len(shown) == len(low)
    expected = {}
    for own, code in enumerate(ranking.regions):
        by_weights, by_both = brute_ranges(own, middle, middle), brute_ranges(own, low, high)
        best = 1 + sum(2 * row[0] + row[1] > 2 * high[own][0] + high[own][1] for row in _without(low, own))
        worst = 1 + sum(2 * row[0] + row[1] > 2 * low[own][0] + low[own][1] for row in _without(high, own))
        by_wider = brute_ranges(own, wider_low, wider_high)
        spans = (by_weights, (best, worst), by_both, by_wider)
        expected[small.name(code)] = spans
    assert shown == telling(small, expected)


def telling(page: Page, spans: dict[str, Any]) -> dict[str, list[str]]:
    """The ranges as they are written, without a third or fourth that is any rank for every region."""
    every = (1, len(spans))
    kept = [at for at in range(4) if at < 2 or any(tuple(row[at]) != every for row in spans.values())]
    return {name: [page.say.interval(*row[at]) for at in kept] for name, row in spans.items()}


def _without(table: list[list[int]], own: int) -> list[list[int]]:
    return [row for at, row in enumerate(table) if at != own]


@pytest.mark.parametrize("which", ["padang", "nusa"])
def test_rank_ranges_are_those_of_the_analysis(which: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(which)
    ranking, depth = ranked(page)
    parts, wide = depth.split, page.analysis.depths["all", "anything"].split.both
    html = sensitivity.ranges_table(page)
    shown = {row[0]: row[1:] for row in rows(html)}
    expected = {}
    for at, code in enumerate(ranking.regions):
        ends = [(part.best[at], part.worst[at]) for part in (parts.weights, parts.both, wide)]
        expected[page.name(code)] = [ends[0], (parts.gaps_best[at], parts.gaps_worst[at]), *ends[1:]]
    unknown = {page.name(code) for code in ranking.regions if code not in page.recorded}
    told = telling(page, expected)
    assert shown == {name: ["–", *row[1:]] if name in unknown else row for name, row in told.items()}
    count = len(ranking.regions)
    if all(len(row) == 2 for row in told.values()):
        assert f"setiap daerah dapat menempati peringkat 1 sampai {count}, juga dengan rentang yang wajar" in html
        return
    able = (parts.both.best == 1).sum()
    assert f"{able} dari {len(ranking.regions)} daerah dapat menjadi yang pertama" in html
    assert "terbukti pasti" in html


LINE = re.compile(r"<li>(?:peringkat )(\d+): (.*?) <a href=\"([^\"]*)\"")


@pytest.mark.parametrize("which", ["padang", "nusa", "small"])
def test_the_weights_under_a_rank_give_it_among_the_recorded(which: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(which)
    ranking, _ = ranked(page)
    recorded = [at for at, code in enumerate(ranking.regions) if code in page.recorded]
    html, named = sensitivity.ranges_table(page), {page.name(code): at for at, code in enumerate(ranking.regions)}
    told = 0
    for row, shown in zip(_lines(html.partition("<tbody>")[2]), rows(html), strict=True):
        own = named[shown[0]]
        cell = re.findall(r"<td.*?</td>", row)[0]
        lines = LINE.findall(cell)
        assert bool(lines) == (own in recorded)
        assert [rank for rank, _, _ in lines] == list(dict.fromkeys(shown[1].split("–"))) or own not in recorded
        for rank, said, href in lines:
            parts = [Fraction(part) for part in re.findall(r"&amp;w=([\d.]+)", href)[0].split(".")]
            reached = totals(ranking, parts)
            assert int(rank) == 1 + sum(reached[other] > reached[own] for other in recorded)
            shares = [page.say.percent(float(part / sum(parts))) for part in parts if part]
            assert [piece.rsplit(" ", 1)[-1] for piece in unescape(said).split("; ")] == shares
            told += 1
    assert told > 2


def test_a_cause_that_allows_every_rank_has_a_sentence_and_no_column(padang: Page, small: Page) -> None:
    assert "Keduanya" not in sensitivity.ranges_table(padang)
    assert sensitivity.ranges_table(small).count("Keduanya") >= 1


def test_the_interview_widens_nothing_where_nothing_is_limited(padang: Page) -> None:
    ranking, _ = ranked(padang)
    count = len(ranking.regions)
    html = sensitivity.interview(padang)
    whole = int(((ranking.best == 1) & (ranking.worst == count)).sum())
    assert 0 < whole < count
    assert f"{whole} daerah sudah berentang 1 sampai {count} tanpa wawancara" in html
    open_ended = replace(ranking, best=np.ones_like(ranking.best), worst=np.full_like(ranking.worst, count))
    html = sensitivity.interview(with_ranking(padang, open_ended))
    assert "Tanpa wawancara pun setiap daerah sudah dapat menempati" in html and "melebar" not in html


# Stability, and what makes a region first


def moved(parts: list[int], at: int, share: Fraction) -> list[Fraction]:
    """The weights with one at `share` and the others in proportion."""
    rest = sum(parts) - parts[at]
    return [share if k == at else (1 - share) * Fraction(part, rest) for k, part in enumerate(parts)]


@pytest.mark.parametrize("which", ["padang", "nusa", "small"])
def test_stability_names_who_overtakes_whom(which: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(which)
    ranking, depth = ranked(page)
    parts, span = ranking.table.parts.tolist(), depth.stability.leader
    html = sensitivity.stability_table(page)
    for at, (low, high) in enumerate(span.exact):
        said = []
        for sign, end, beyond in (("<", low, low - HAIR), (">", high, high + HAIR)):
            if not 0 <= beyond <= 1:
                continue
            inside, outside = (totals(ranking, moved(parts, at, where)) for where in (2 * end - beyond, beyond))
            old, new = inside.index(max(inside)), outside.index(max(outside))
            assert outside[new] > outside[old]
            names = [page.name(ranking.regions[one]) for one in (new, old)]
            said.append(f"{sign} {names[0]} menyusul {names[1]}")
        assert "; ".join(notes(html)[at]) == "; ".join(said)
        assert rows(html)[at][2] == page.say.interval(span.low[at], span.high[at], "percent", 1)


def test_somebody_is_overtaken_in_the_tables_above(padang: Page, small: Page) -> None:
    for page in (padang, small):
        assert " menyusul " in sensitivity.stability_table(page)


@pytest.mark.parametrize("which", ["padang", "nusa"])
def test_a_region_is_first_at_the_weights_that_are_named(which: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(which)
    ranking, depth = ranked(page)
    shown = {row[0]: row[1:] for row in rows(sensitivity.firsts_table(page))}
    assert set(shown) == {page.name(code) for code in ranking.regions if code in page.recorded}
    whole = int(ranking.table.parts.sum())
    for at, (code, change) in enumerate(zip(ranking.regions, depth.firsts, strict=True)):
        if code not in page.recorded:
            continue
        assert change.parts is not None
        weights = [Fraction(part, sum(change.parts)) for part in change.parts]
        reached = totals(ranking, weights)
        assert reached[at] == max(reached)
        named = [page.say.percent(float(weight)) for weight in weights]
        assert [piece.rsplit(" ", 1)[-1] for piece in shown[page.name(code)][1].split("; ")] == named
        taken = sum(abs(w - Fraction(int(p), whole)) for w, p in zip(weights, ranking.table.parts, strict=True)) / 2
        assert shown[page.name(code)][0] == page.say.number(float(100 * taken), 1)


def test_the_smallest_change_is_that_of_an_enumeration(small: Page) -> None:
    ranking, _ = ranked(small)
    middle, present = ranking.table.twice_middle.tolist(), Fraction(2, 3)
    shown = {row[0]: row[1] for row in rows(sensitivity.firsts_table(small))}
    for own, code in enumerate(ranking.regions):
        leads = [[mine - other for mine, other in zip(middle[own], row, strict=True)] for row in middle]
        # The nearest weight at which it is first is the present one, an end, or one where it ties.
        meets = {Fraction(b, b - a) for a, b in leads if a != b and 0 <= Fraction(b, b - a) <= 1}
        tried = meets | {present, Fraction(0), Fraction(1)}
        firsts = [share for share in tried if all(share * a + (1 - share) * b >= 0 for a, b in leads)]
        least = min((abs(share - present) for share in firsts), default=None)
        expected = "tidak mungkin" if least is None else small.say.number(float(100 * least), 1)
        assert shown[small.name(code)] == expected
    assert len(set(shown.values())) > 2


def test_a_region_that_cannot_be_first_is_said_to_be_unable(padang: Page) -> None:
    low = np.array([[20, 30], [10, 25], [50, 5]]) * POINT
    page = small_page(padang, low, low, [1, 0, 0])
    shown = {row[0]: row[1:] for row in rows(sensitivity.firsts_table(page))}
    able, dominated, _ = ranked(page)[0].regions
    assert shown[page.name(dominated)] == ["tidak mungkin", "–"]
    assert shown[page.name(able)][0] != "tidak mungkin"


def test_what_a_region_lacks_in_one_criterion_makes_it_first_and_no_less_does(nusa_barat: Page) -> None:
    ranking, _ = ranked(nusa_barat)
    recorded = [at for at, code in enumerate(ranking.regions) if code in nusa_barat.recorded]
    parts, middle = ranking.table.parts.tolist(), ranking.table.twice_middle.tolist()
    html = sensitivity.rises_table(nusa_barat)
    named = {nusa_barat.name(code): at for at, code in enumerate(ranking.regions)}
    told = 0
    for (name, place, *cells), lacking in zip(rows(html), notes(html), strict=True):
        own = named[name]
        assert int(place) == ranking.rank[own] > 1
        points = iter(lacking)
        for column, cell in enumerate(cells):
            criterion = ranking.rubric.criterion(ranking.criteria[column])
            known = (ranking.regions[own], criterion.indicator) in nusa_barat.analysis.recorded.index
            assert (cell == "tanpa angka 2024") == (not known)
            if not known:
                continue

            def first(points: float, own: int = own, column: int = column) -> bool:
                reached = [sum(part * score for part, score in zip(parts, row, strict=True)) for row in middle]
                return reached[own] + parts[column] * 2 * points * POINT >= max(reached[at] for at in recorded)

            score = middle[own][column] / (2 * POINT)
            if cell == "tidak cukup":
                assert not first(100 - score)
                continue
            least = float(next(points).removeprefix("+").removesuffix(" poin").replace(",", "."))
            assert first(least) and not first(least - 0.1)
            low, high = criterion.goalposts
            value = low + (score + least) / 100 * (high - low)
            assert abs(float(cell.partition("\N{NO-BREAK SPACE}")[0].replace(",", ".")) - 100 * value) <= 0.2
            told += 1
    assert told >= 3


# The announced podium


def expected_start(found: Reproduction) -> str:
    """How the sentence on a reproduction must go on."""
    if not found.possible:
        return "tidak ada bobot yang memberi podium yang diumumkan."
    return "podium yang diumumkan mungkin dalam" if found.clear else "podium yang diumumkan hanya mungkin bila"


@pytest.mark.parametrize("which", ["nusa", "small"])
def test_the_podium_is_possible_as_the_engine_says(which: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(which)
    middle, free = ranked(page)[1].reproduction
    said = sentences(podium.reproduced(page))
    assert said[0].startswith(f"Dengan nilai di tengah rentang, {expected_start(middle)}")
    assert said[1].startswith(f"Dengan nilai apa pun di dalam rentang, {expected_start(free)}")


def test_the_score_sheet_of_a_jury_stands_whole_on_the_page_of_its_province(nusa_barat: Page, padang: Page) -> None:
    html = podium.score_sheets(nusa_barat)
    for points in ("7,75", "5,16", "1,09", "9,00", "9,45", "10,00", "9,06", "51,51"):
        assert f">{points}<" in html
    assert "dari 110.300 (Desember 2023) menjadi 144.110 (Desember 2024)" in html and "Lombok Timur" in html
    assert "bukan bobot" in html
    assert podium.score_sheets(padang) == ""
    titles = [cell.source for cell in overview.notebook(nusa_barat).cells if cell.cell_type == "markdown"]
    assert "### Lembar nilai juri" in titles
    assert len(overview.notebook(padang).cells) == len(overview.notebook(nusa_barat).cells) - 2


def test_lombok_timurs_growth_is_one_range_on_its_page_in_the_method_and_in_the_traps(nusa_barat: Page) -> None:
    row = nusa_barat.analysis.recorded.loc["52.03", "growth"]
    said = nusa_barat.value("growth", row["low"], row["high"])
    assert said == "18,5–30,7\N{NO-BREAK SPACE}%"
    assert said in overview.record_table(nusa_barat)
    for page in ("method.md", "traps.md"):
        assert said in (BOOK / page).read_text(encoding="utf-8")


def test_the_share_of_weights_that_give_the_podium_is_about_that_of_draws_made_here(nusa: Page) -> None:
    ranking, depth = ranked(nusa)
    weights = np.random.default_rng(3).dirichlet(np.ones(len(ranking.table.parts)), 4000)
    low, high = weights @ ranking.table.low.T, weights @ ranking.table.high.T
    places = [ranking.regions.index(code) for code in nusa.analysis.podium]
    others = [at for at in range(len(ranking.regions)) if at not in places]
    possible = np.ones(len(weights), dtype=bool)
    for position, upper in enumerate(places):
        lower = [*places[position + 1 :], *others]
        possible &= (high[:, [upper]] > low[:, lower]).all(axis=1)
    free = depth.reproduction[1]
    assert possible.mean() == pytest.approx(free.share, abs=0.03)
    assert nusa.say.percent(free.share) in podium.reproduced(nusa)


def test_a_podium_that_no_weights_give_is_called_impossible(padang: Page) -> None:
    low = np.array([[10, 25], [20, 30], [50, 5]]) * POINT
    page = small_page(padang, low, low, [1, 2, 3])
    first = ranked(page)[0].regions[0]
    said = sentences(podium.reproduced(page))
    assert all(sentence.endswith("tidak ada bobot yang memberi podium yang diumumkan.") for sentence in said[:2])
    assert f"Tidak ada bobot yang dapat menjelaskan peringkat 1 bagi {page.name(first)}." in said
    assert not any("Bobot terdekat" in sentence for sentence in said)


def test_the_announced_podium_stands_beside_its_chances(nusa: Page) -> None:
    ranking, _ = ranked(nusa)
    shown = rows(podium.announced(nusa))
    assert [(row[0], row[1]) for row in shown] == [
        (nusa.name(code), str(r)) for code, r in nusa.analysis.podium.items()
    ]
    for row, (code, rank) in zip(shown, nusa.analysis.podium.items(), strict=True):
        chance = ranking.any_weights.share[ranking.regions.index(code), rank - 1]
        assert row[2] == (nusa.say.percent(chance) if code in nusa.recorded else "–")


def test_weights_that_are_the_rubrics_own_are_not_listed(small: Page, nusa: Page) -> None:
    for page in (small, nusa):
        near = ranked(page)[1].reproduction[1].nearest_l1
        said = podium.reproduced(page)
        own = near.distance == 0
        assert ("Bobot hipotesis sendiri sudah memungkinkannya" in said) == own
        assert ("Bobot terdekat" in said) == (near.distance is not None and not own)


def test_no_word_for_a_probability_stands_beside_what_was_announced(
    nusa: Page, nations: dict[str, NationalPage]
) -> None:
    shown = podium.announced(nusa), national.podiums_table(nations["id"])
    for html in shown:
        assert not any(word in plain(html) for _, word in SCALE)
        assert "kali peluang acak" in html
        assert "bukan peluang bahwa juri memilihnya" in html
    chance = nusa.say.percent(1 / len(nusa.codes))
    assert all(chance in note or "tanpa data" in note for row in notes(shown[0]) for note in row)


def test_winners_without_a_list_of_nominees_are_no_candidates(nusa: Page) -> None:
    assert nusa.analysis.podium and not nusa.analysis.nominees
    html = podium.announced(nusa)
    assert "Daftar nomine tidak diketahui; hanya pemenang yang diumumkan." in html
    assert "calon" not in html and all(len(row) == 3 for row in rows(html))
    assert "Daftar nomine tidak diketahui" in sensitivity.ranking_table(nusa, candidates="nominees")
    assert sensitivity.ranges_table(nusa, candidates="nominees") == ""


def test_a_winner_without_data_cannot_be_judged(nusa: Page) -> None:
    unknown = next(code for code in nusa.codes if code not in nusa.recorded)
    page = replace(nusa, analysis=replace(nusa.analysis, podium={unknown: 1}))
    assert "tanpa data 2024, tidak dapat dinilai" in podium.announced(page)
    assert rows(podium.announced(page))[0][2] == "–"


def test_a_podium_that_is_not_recorded_is_said_to_be_missing(padang: Page) -> None:
    assert "tidak ditemukan dalam data" in podium.announced(padang)
    assert podium.reproduced(padang) == ""


# Every piece of every page


def words_in(html: str, unwanted: tuple[str, ...]) -> set[str]:
    return set(re.findall(r"[\w-]+", plain(html).lower())) & set(unwanted)


def without_notes(html: str) -> str:
    """A page without what was noted of its figures: notes may quote a source in its own language."""
    return re.sub(r'<details class="others remarks">.*?</details>', "", html)


def without_english(html: str) -> str:
    """A page without what it marks as English."""
    return re.sub(r'<span lang="en">.*?</span>', "", html)


def test_english_pages_have_no_indonesian_words(english: list[Sayings]) -> None:
    assert {name: found for name, html in pieces(english) if (found := words_in(without_notes(html), INDONESIAN))} == {}


def test_indonesian_pages_have_no_english_words(indonesian: list[Sayings]) -> None:
    assert {
        name: found for name, html in pieces(indonesian) if (found := words_in(without_english(html), ENGLISH))
    } == {}


def test_the_languages_differ_where_something_is_said(indonesian: list[Sayings], english: list[Sayings]) -> None:
    pairs = zip(pieces(indonesian), pieces(english), strict=True)
    assert [name for (name, one), (_, other) in pairs if plain(one).strip() and one == other] == []


def test_nothing_unfilled_is_shown(indonesian: list[Sayings], english: list[Sayings]) -> None:
    wrong = re.compile(r"\bnan\b|\bNaN\b|\bNone\b|<NA>|\bNaT\b|\binf\b|\{(?!doc\})|(?<!\{doc)\}")
    assert [(name, found[0]) for name, html in pieces(indonesian + english) if (found := wrong.search(html))] == []


@pytest.fixture(scope="module")
def hostile() -> Sayings:
    """Padang Panjang and Sijunjung with markup for a name, and sources with markup for a publisher."""
    tables = load()
    renamed = tables.regencies["kemendagri_code"].isin(["13.74", "13.03"])
    regencies = tables.regencies.assign(name=tables.regencies["name"].mask(renamed, BREAKING))
    sources: pd.DataFrame = tables.sources.assign(publisher=f'"{BREAKING}')
    chosen = params.province("13", {"draws": FEW})
    strength = strength_of(load_rubric(rubric_path(chosen.rubric)))
    nation = survey_nation(replace(tables, regencies=regencies, sources=sources), chosen.year, strength)
    page = page_of(analyse(nation.tables, chosen, nation))
    return sayings(page)


def test_markup_in_names_is_escaped(hostile: Sayings) -> None:
    assert [name for name, html in hostile.items() if name != "leaders.lead" and MARKUP in html] == []
    named = [name for name, html in hostile.items() if "&lt;b&gt;x&lt;/b&gt;" in html]
    tables = {"sensitivity.ranges_table", "sensitivity.firsts_table", "coverage.coverage_table", "budget.cost_table"}
    assert tables <= set(named)
    assert {"sensitivity.sureness", "overview.leaders"} <= set(named)


def test_a_quote_in_a_source_ends_no_attribute(hostile: Sayings) -> None:
    assert 'title="&quot;&lt;b&gt;' in hostile["coverage.coverage_table"]
    assert [name for name, html in hostile.items() if 'title=""' in html] == []


def test_markup_in_names_is_escaped_on_the_national_page(nations: dict[str, NationalPage]) -> None:
    page = nations["id"]
    tables = page.tables
    renamed = [frame.assign(name=MARKUP) for frame in (tables.regencies, tables.provinces)]
    said = national_sayings(replace(page, tables=replace(tables, regencies=renamed[0], provinces=renamed[1])))
    assert [name for name, html in said.items() if MARKUP in html] == []
    assert "Kab. &lt;b&gt;x&lt;/b&gt;" in said["national.podiums_table"]
