"""Who may be called a leader: the rule on a made-up province, and every headline of 38 provinces in three years."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from paritrana.analysis.headline import Headline, headline
from paritrana.analysis.known import ProvinceRecord, record
from paritrana.analysis.modelled import estimates_for
from paritrana.analysis.province import ProvinceAnalysis
from paritrana.analysis.ranking import Ranking, main_ranking
from paritrana.analysis.wanted import nothing_wanted
from paritrana.indicators.nation import Nation, survey_years
from paritrana.pages import coverage, leaders, overview, sensitivity
from paritrana.pages.page import Page
from paritrana.parameters import page as params
from paritrana.parameters.rubric import load_rubric, rubric_path, strength_of
from paritrana.presentation.language import Text
from paritrana.record.tables import Tables, bundled_tables
from paritrana.record.years import YEARS
from tests.factories import REAL, observation, tables

PROVINCE = "93"  # Papua Selatan: four regions, of which nothing is recorded
MERAUKE, BOVEN, MAPPI, ASMAT = "93.01", "93.02", "93.03", "93.04"
RUBRIC = load_rubric(rubric_path("hypothesis-a"))
EMPLOYED = REAL.labour_force[REAL.labour_force["year"] == 2024].set_index("kemendagri_code")["employed"]


def cell(region: str, share: float, indicator: str = "active_participants", **given: Any) -> dict[str, Any]:
    """A count of participants, or of protected workers, that is this share of the employed."""
    segment = "vulnerable" if indicator.startswith("vulnerable") else "all"
    value = round(share * float(EMPLOYED[region]))
    return observation(
        region_code=region, province_code=PROVINCE, indicator=indicator, segment=segment, value=value, **given
    )


def sound() -> dict[str, dict[str, Any]]:
    """Merauke ahead on two indicators, and half of the regions recorded."""
    return {
        "covered": cell(MERAUKE, 0.9),
        "protected": cell(MERAUKE, 0.3, "vulnerable_workers_protected"),
        "other": cell(BOVEN, 0.1),
        "weak": cell(BOVEN, 0.01, "vulnerable_workers_protected"),
    }


def made(rows: dict[str, dict[str, Any]], flags: dict[str, str] | None = None) -> tuple[ProvinceRecord, Ranking]:
    """The record of the made-up province and its ranking."""
    named = {rows[key]["observation_id"]: flag for key, flag in (flags or {}).items()}
    given = replace(
        tables(*rows.values(), flags=named), regulations=REAL.regulations[REAL.regulations["province_code"] != PROVINCE]
    )
    nation = survey_years(given, [2024], strength_of(RUBRIC))[2024]
    known = record(params.province(PROVINCE, {"year": 2024, "draws": 2000, "assumption": "plausible"}), nation)
    ranking = main_ranking(known, None)
    assert ranking is not None
    return known, ranking


def found(rows: dict[str, dict[str, Any]], flags: dict[str, str] | None = None) -> Headline:
    known, ranking = made(rows, flags)
    return headline(known.nation, ranking)


def test_a_leader_with_a_sound_basis_is_named() -> None:
    said = found(sound())
    assert (said.leader, said.obstacles) == (MERAUKE, ())
    assert said.baseline == 0.25 < said.share
    assert (said.cells, said.regions, said.own_cells) == ((4, 20), (2, 4), (2, 5))
    assert said.sound == {MERAUKE, BOVEN}


@pytest.mark.parametrize("flag", ["doubtful", "branch", "mixed_group"])
def test_a_flagged_value_names_no_leader(flag: str) -> None:
    said = found(sound(), {"protected": flag})
    # A value of a branch or of a wider group may be left out of the pick; then a single cell is left.
    assert said.leader is None
    assert {"disowned", "single"} & set(said.obstacles)
    assert MERAUKE not in said.sound


def test_a_share_over_the_whole_names_no_leader() -> None:
    said = found(sound() | {"covered": cell(MERAUKE, 1.02)})
    assert said.obstacles == ("disowned",)
    assert said.doubts == ("over_100",)


def test_a_stated_share_over_the_whole_names_no_leader_though_it_is_converted_below_it() -> None:
    stated = observation(
        region_code=MERAUKE,
        province_code=PROVINCE,
        indicator="coverage_share_pct",
        denominator="potential",
        unit="percent",
        value=110.0,
    )
    eligible = cell(MERAUKE, 0.6, "eligible_workers")
    said = found(sound() | {"covered": stated, "eligible": eligible})
    assert "disowned" in said.obstacles and said.doubts == ("over_100",)


def test_a_figure_whose_year_no_source_states_names_no_leader() -> None:
    said = found(sound() | {"covered": cell(MERAUKE, 0.9, year_basis="inferred")})
    assert (said.obstacles, said.doubts) == (("disowned",), ("inferred",))


def test_another_page_that_states_the_year_of_the_same_figure_confirms_it() -> None:
    inferred = cell(MERAUKE, 0.9, year_basis="inferred", as_of="2024-12-31")
    assert found(sound() | {"covered": inferred, "again": cell(MERAUKE, 0.9)}).leader == MERAUKE
    other_year = cell(MERAUKE, 0.9, year=2023)
    assert found(sound() | {"covered": inferred, "again": other_year}).leader is None


def test_a_count_that_is_exactly_that_of_the_year_before_names_no_leader() -> None:
    before = cell(MERAUKE, 0.3, "vulnerable_workers_protected", year=2023)
    said = found(sound() | {"before": before})
    assert (said.leader, said.doubts) == (None, ("repeated",))
    planned = found(sound() | {"before": before | {"status": "planned"}})
    nearly = found(sound() | {"before": before | {"value": before["value"] - 1}})
    assert planned.leader == nearly.leader == MERAUKE


def test_nobody_protected_in_two_years_is_no_repeated_count() -> None:
    none = [cell(BOVEN, 0.0, "vulnerable_workers_protected", year=year) for year in (2023, 2024)]
    assert BOVEN in found(sound() | {"weak": none[1], "before": none[0]}).sound


def test_growth_may_be_over_the_whole() -> None:
    grown = observation(
        region_code=MERAUKE, province_code=PROVINCE, indicator="growth_pct", unit="percent", value=150.0
    )
    assert found(sound() | {"grown": grown}).leader == MERAUKE


def test_a_doubtful_figure_of_the_year_beside_it_names_no_leader() -> None:
    before = cell(MERAUKE, 1.3, year=2023)
    rows = sound() | {"strong": cell(MERAUKE, 0.4, "vulnerable_workers_protected"), "before": before}
    del rows["covered"], rows["protected"]
    said = found(rows | {"ours": observation(**_non_asn())})
    assert "disowned" in said.obstacles


def _non_asn() -> dict[str, Any]:
    return {
        "region_code": MERAUKE,
        "province_code": PROVINCE,
        "indicator": "non_asn_coverage_pct",
        "segment": "non_asn",
        "unit": "percent",
        "value": 100.0,
    }


def test_a_single_cell_names_no_leader() -> None:
    rows = sound()
    del rows["protected"]
    assert "single" in found(rows).obstacles


def test_a_neighbouring_year_alone_names_no_leader() -> None:
    rows = sound()
    rows["covered"]["year"] = rows["protected"]["year"] = 2023
    said = found(rows)
    assert said.leader != MERAUKE


def test_too_few_recorded_candidates_name_no_leader() -> None:
    rows = {key: row for key, row in sound().items() if key in ("covered", "protected")}
    said = found(rows)
    assert said.obstacles[0] == "few"
    assert said.best_known is not None and said.best_known.regions == 1


def test_a_candidate_that_is_first_as_often_leaves_nobody_named() -> None:
    known, ranking = made(sound())
    share = np.zeros((4, 4))
    first, rival = ranking.regions.index(MERAUKE), ranking.regions.index(ASMAT)
    for one, expected in ((0.45, {"rival"}), (0.505, {"rival"}), (0.55, set())):
        share[first, 0], share[rival, 0] = one, 1 - one
        chances = replace(ranking.any_weights, share=share)
        assert set(headline(known.nation, replace(ranking, any_weights=chances)).obstacles) == expected


def test_a_share_that_is_chance_within_its_error_leaves_nobody_named() -> None:
    known, ranking = made(sound())
    first = ranking.regions.index(MERAUKE)
    error = (0.25 * 0.75 / ranking.any_weights.draws) ** 0.5
    for errors, stands in ((1.9, True), (2.2, False)):
        share = np.full((4, 4), 0.0)
        share[first, 0] = 0.25 + errors * error
        chances = replace(ranking.any_weights, share=share)
        assert ("chance" in headline(known.nation, replace(ranking, any_weights=chances)).obstacles) == stands


def test_what_is_known_best_counts_no_doubtful_value() -> None:
    rows = sound() | {"third": cell(MAPPI, 0.2), "wrong": cell(ASMAT, 1.6)}
    best = found(rows).best_known
    assert best is not None
    assert (best.indicator, best.regions) == ("coverage_employed", 3)
    assert (round(best.low, 3), round(best.high, 3)) == (0.1, 0.9)


# Every headline of the book, read from its sentences, beside the rows of the record


@cache
def nations() -> dict[int, Nation]:
    return survey_years(bundled_tables(), YEARS, strength_of(RUBRIC))


def shallow(province: str, year: int) -> ProvinceAnalysis:
    """The analysis of a province with its main ranking alone: all that a headline is made from."""
    known = record(params.province(province, {"year": year, "draws": 1000}), nations()[year])
    main = main_ranking(known, estimates_for(known.params))
    return ProvinceAnalysis(
        **{field.name: getattr(known, field.name) for field in fields(known)},
        values=known.recorded,
        rankings={("all", known.params.assumption): main} if main else {},
        interview=known.recorded,
        scenarios=known.recorded,
        comparison=None,
        depths={},
        wanted=nothing_wanted(),
    )


def said_of(page: Page) -> Iterator[str]:
    """The sentences of a province's pages that could name a leader."""
    yield leaders.lead(page)
    for html in (overview.summary(page), sensitivity.summary(page), sensitivity.assumptions_table(page)):
        yield re.sub(r"<[^>]*>", " ", html)


def named_in(page: Page, text: str) -> set[str]:
    """The regions in a text; longer names first, for Manokwari Selatan does not name Manokwari."""
    found = set()
    for code in sorted(page.codes, key=lambda code: -len(page.name(code))):
        text, count = re.subn(rf"\b{re.escape(page.name(code))}\b", "", text)
        found |= {code} if count else set()
    return found


def faults(analysis: ProvinceAnalysis, code: str, given: Tables) -> list[str]:
    """Why a region must not be named, from the rows of the record and the shares of the ranking."""
    year, ranking = analysis.params.year, analysis.main
    assert ranking is not None
    wrong = []
    flagged, stated = set(given.flags["observation_id"]), given.observations.set_index("observation_id")
    filled = set()
    for near in (year, year - 1, year + 1):
        frame = nations()[year].recorded.get(near)
        if frame is None:
            continue
        for (region, name), row in frame.iterrows():
            if region != code or name in filled or (near != year and name == "regulation"):
                continue
            filled.add(name)
            behind = stated.loc[list(row["observations"])]
            if row["doubtful"] or flagged & set(row["observations"]):
                wrong.append(f"{name} of {near} is flagged")
            for each in behind.itertuples():
                alike = given.observations[
                    (given.observations["region_code"] == each.region_code)
                    & (given.observations["indicator"] == each.indicator)
                    & (given.observations["segment"] == each.segment)
                    & (given.observations["value"] == each.value)
                    & (given.observations["status"] != "planned")
                ]
                if not ((alike["year"] == each.year) & (alike["year_basis"] == "stated")).any():
                    wrong.append(f"no page states the year of {name} of {near}")
                if each.unit == "persons" and each.value > 0 and (alike["year"] == each.year - 1).any():
                    wrong.append(f"{name} of {near} is that of the year before")
            if name != "growth" and row["high"] > 1:
                wrong.append(f"{name} of {near} is over 100 %")
            if ((behind["unit"] == "percent") & (behind["value"] > 100) & (behind["indicator"] != "growth_pct")).any():
                wrong.append(f"{name} of {near} is stated over 100 %")
    recorded = analysis.recorded.index.to_frame(index=False)
    if (recorded["region_code"] == code).sum() < 2:
        wrong.append("a single cell")
    if 2 * recorded["region_code"].nunique() < len(analysis.regions):
        wrong.append("few candidates are recorded")
    share, draws = dict(zip(ranking.regions, ranking.any_weights.share[:, 0], strict=True)), ranking.any_weights.draws
    if share[code] - (share[code] * (1 - share[code]) / draws) ** 0.5 <= 1 / len(analysis.regions):
        wrong.append("no more than chance")
    if any(other >= share[code] for region, other in share.items() if region != code):
        wrong.append("another is first as often")
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("year", YEARS)
def test_no_headline_names_a_leader_that_the_record_does_not_bear(year: int) -> None:
    given, broken, named = bundled_tables(), {}, 0
    for province in given.provinces["kemendagri_code"]:
        page = Page(Text("id"), given, "../../", shallow(province, year))
        for text in said_of(page):
            codes = named_in(page, text)
            named += bool(codes)
            wrong = [fault for code in codes for fault in faults(page.analysis, code, given)]
            recorded, cells = page.analysis.cells
            if codes and not re.search(rf"\b{recorded}(/| dari ){cells}\b", text):
                wrong.append("without its basis")
            if wrong or len(codes) > 1:
                broken[page.analysis.province["name"], text] = wrong
        assert all(not faults_of_extreme(page, sentence) for sentence in coverage.findings(page).split("<li>"))
    assert broken == {}
    assert named or year < 2025  # the rule lets somebody be named where the record is dense


def faults_of_extreme(page: Page, sentence: str) -> list[str]:
    """Values over the whole among those that a coverage page calls exact, highest or lowest."""
    if "angka pasti" not in sentence.lower():
        return []
    shown = re.findall(r"([\d.]+(?:,\d+)?)\s%", sentence)
    return [value for value in shown if float(value.replace(".", "").replace(",", ".")) > 100]


def test_a_province_with_fourteen_of_fifteen_coverages_is_not_called_thin() -> None:
    page = Page(Text("id"), bundled_tables(), "../../", shallow("18", 2024))
    lead = leaders.lead(page)
    assert "tipis" not in lead and "kurang dari setengah" not in lead
    assert "14 dari 15 daerah tercatat" in lead and "cakupan" in lead


def test_padang_panjang_does_not_lead_on_a_count_that_five_figures_date_to_the_year_before() -> None:
    page = Page(Text("id"), bundled_tables(), "../../", shallow("13", 2024))
    assert page.doubts["13.74", "vulnerable_per_informal"] == ("repeated",)
    assert named_in(page, leaders.lead(page)) == set()
    flags = dict(zip(page.tables.flags["observation_id"], page.tables.flags["flag"], strict=True))
    assert flags["O5963559f12"] == "doubtful"


def test_a_province_with_one_cell_on_a_branch_names_nobody_and_no_figure() -> None:
    page = Page(Text("id"), bundled_tables(), "../../", shallow("21", 2024))
    assert named_in(page, leaders.lead(page)) == set()
    assert "112" not in leaders.lead(page)
