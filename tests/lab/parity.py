"""The lab's arithmetic in a blank page of a real browser, and the same choices as the Python engine computes them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

from paritrana.analysis.known import record
from paritrana.analysis.modelled import Modelled, bundled_estimates, modelled
from paritrana.analysis.ranking import Ranking, rank_under
from paritrana.build.site.bundle import parts
from paritrana.engine.scores import POINT, Ints
from paritrana.indicators import gaps
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.nation import Nation, survey_nation
from paritrana.lab import NATION, as_script, nation_data
from paritrana.lab.estimates import NAME, province_scripts
from paritrana.parameters import page as parameters
from paritrana.parameters.page import Assumption, Defaults
from paritrana.parameters.rubric import Rubric, load_rubric, rubric_path, strength_of
from paritrana.record.awards import announced
from tests.factories import REAL

DRAWS = 100  # the fewest: what is drawn is not compared here
# What a page hands over: typed arrays as lists, whole numbers of any size as texts.
PLAIN = """(_, value) => typeof value === "bigint" ? `${value}` : ArrayBuffer.isView(value) ? [...value] : value"""
Choice = tuple[int, str, str, str, Assumption]  # year, province or ID, rubric, candidates, assumption


@cache
def defaults() -> Defaults:
    """The book's parameters with few draws."""
    return parameters.national({"draws": DRAWS})


@cache
def data() -> dict[str, Any]:
    """The nation as the build writes it."""
    return nation_data(REAL, defaults())


@cache
def script(code: str) -> str:
    """What is modelled of a province as the build writes it."""
    return province_scripts([code], defaults())[code]


def estimates(code: str) -> Any:
    """The same, read."""
    return json.loads(script(code).partition("=")[2].rstrip(";\n"))


@cache
def core() -> str:
    """The texts of the lab's arithmetic and of its Worker."""
    return "\n".join(path.read_text(encoding="utf-8") for path in parts() if path.parent.name == "arithmetic")


@contextmanager
def blank_page(browser: Browser, scripts: str) -> Iterator[Page]:
    """A page that holds nothing but the core (its text is given), the nation's data, and a few short hands."""
    page = browser.new_page()
    page.add_script_tag(content=scripts + as_script(NATION, data()))
    page.evaluate("""() => {
      globalThis.core = ParitranaLabCore();
      globalThis.tableOf = ([year, province, rubric, candidates, assumption]) =>
        core.table(ParitranaLabData, {year, province, rubric, candidates, assumption});
      globalThis.made = ({criteria, least, most, podium}) => {
        const [low, high] = [Float64Array.from(least), Float64Array.from(most)];
        const codes = Array.from({length: least.length / criteria}, (_, at) => `${at}`);
        return {codes, names: codes, provinces: codes, criteria: Array(criteria).fill(""), low, high, least: low,
          most: high, middle: low.map((value, at) => Math.floor((value + high[at]) / 2)), ties: "min", round: null,
          aggregation: "additive", podium: podium ?? [], podiumWhole: Boolean(podium), rankable: true,
          recorded: codes.map(() => true)};
      };
    }""")
    try:
        yield page
    finally:
        page.close()


def bring(page: Page, *codes: str) -> None:
    """Give a blank page what is modelled of provinces."""
    for code in codes:
        page.add_script_tag(content=script(code))
        page.evaluate(f"() => {{ ParitranaLabData.estimates['{code}'] = {NAME}{code}; }}")


def ask(page: Page, question: str, given: Any = None) -> Any:
    """The answer of a JavaScript function of one argument, which comes and goes as JSON."""
    wrapped = f"async (text) => JSON.stringify(await ({question})(JSON.parse(text)), {PLAIN})"
    return json.loads(page.evaluate(wrapped, json.dumps(given)))


def as_made(low: Ints, high: Ints) -> dict[str, Any]:
    """A table of scores (N, K) as the short hand `made` reads it."""
    return {"criteria": low.shape[1], "least": low.ravel().tolist(), "most": high.ravel().tolist()}


@cache
def rubric_of(name: str) -> Rubric:
    """A rubric of the project."""
    return load_rubric(rubric_path(name))


@cache
def nation_of(year: int) -> Nation:
    """The record and the indicators of a year."""
    return survey_nation(REAL, year, strength_of(rubric_of(defaults().rubric)))


@cache
def plausible(year: int) -> Any:
    """Recorded or plausible values of all regions."""
    codes = sorted(REAL.regencies["kemendagri_code"])
    nation = nation_of(year)
    return gaps.plausible(nation.recorded, nation.spreads, year, codes, CRITERION_INDICATORS)


@cache
def modelled_of(year: int, code: str) -> Modelled:
    """What is modelled of a province, as its pages have it."""
    params = parameters.province(code, {**defaults().model_dump(), "year": year})
    return modelled(bundled_estimates(params.rubric), record(params, nation_of(year)))


def ranking_of(choice: Choice) -> Ranking | None:
    """The ranking of `paritrana.analysis` for a choice of the lab."""
    year, province, rubric, candidates, assumption = choice
    frame = nation_of(year).recorded[year]
    nominees: list[str] = []
    regencies = REAL.regencies.sort_values("kemendagri_code")
    owners = regencies["province_code"]
    for code in sorted(set(owners)) if province == "ID" else [province]:
        regions = list(regencies.loc[owners == code, "kemendagri_code"])
        nominees += announced(REAL, code, year, regions)[0]
    regions = list(regencies.loc[(owners == province) | (province == "ID"), "kemendagri_code"])
    here = frame[frame.index.get_level_values("region_code").isin(regions)]
    chosen = regions if candidates == "all" else nominees
    model = modelled_of(year, province) if assumption == "modelled" else None
    return rank_under(rubric_of(rubric), defaults(), here, plausible(year), chosen, assumption, model)


def whole(points: Any) -> Ints:
    """Points of a ranking's scores back in millionths of a point."""
    return np.rint(points * POINT).astype(np.int64)


def random_parts(count: int, criteria: int, seed: int) -> Ints:
    """Weights in whole parts, shape (count, K): fine and coarse ones, some criteria without weight, some with all."""
    rng = np.random.default_rng(seed)
    spread = rng.choice([0.2, 1, 10], (count, 1))
    drawn = rng.gamma(spread, size=(count, criteria)) + 1e-12
    sums = rng.choice([7, 100, 10_000, 1_000_000], (count, 1))
    parts = np.floor(drawn / drawn.sum(axis=1, keepdims=True) * sums).astype(np.int64)
    parts[rng.random((count, criteria)) < 0.1] = 0
    parts[np.arange(0, count, 20)] = np.eye(criteria, dtype=np.int64)[
        rng.integers(0, criteria, len(range(0, count, 20)))
    ]
    parts[parts.sum(axis=1) == 0] = 1
    return parts
