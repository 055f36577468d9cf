"""The nation as the lab's script reads it: the scores of every region, year and criterion, compactly.

Nothing is computed here but what `paritrana.gaps` and `paritrana.scoring` compute for the book. Regions without a
record are an exception each where a neighbouring year speaks for them (`filled`); for the others one interval stands
once (`fill`). That is all that three of the assumptions about gaps need: under "anything" what is not recorded is open,
and "known" leaves criteria out. What is "modelled" of a province comes in a script of its own (see `lab.estimates`).
The fictional province comes after the real ones and is marked as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from paritrana.analysis.headline import disowned
from paritrana.analysis.scoring import scores_on
from paritrana.engine.scores import POINT, Floats, Ints
from paritrana.faults import Fault, InvalidInput, relative
from paritrana.indicators import gaps
from paritrana.indicators.doubts import Doubts
from paritrana.indicators.nation import Nation, survey_years
from paritrana.pages.vocabulary import Words
from paritrana.parameters import page as parameters
from paritrana.parameters.page import Defaults, book_rubric, scenario_rubrics, scenarios_path
from paritrana.parameters.rubric import Criterion, Rubric, rubric_path, strength_of
from paritrana.presentation.language import Text
from paritrana.record.awards import announced
from paritrana.record.example import PROVINCE, Example, read_example
from paritrana.record.tables import Tables
from paritrana.record.years import YEARS

VERSION = 1
NATION = "ParitranaLabData"  # the name by which the script finds it
NO_GAP: dict[str, Any] = {"draws": 0, "steps": 1, "years": {}}  # what is modelled of a province without gaps: nothing
MOST_POINTS = 1_000  # a score up to which every sum in the browser is exact, whatever the weights


@dataclass(frozen=True)
class Origins:
    """Where figures are from, in the reader's language.

    `places` numbers the sources and `doubts` what speaks against figures, each in the order of first use.
    """

    words: Words
    places: dict[str, int] = field(default_factory=dict)
    doubts: dict[str, int] = field(default_factory=dict)

    def of(self, indicator: str, row: pd.Series, kinds: Sequence[str]) -> list[Any]:
        """Kind, figure, date, sources and, where it has any, doubts (as positions) of a row of `gaps.plausible`."""
        say = self.words.say
        value = self.words.value(indicator, row["low"], row["high"])
        links = [self.places.setdefault(source, len(self.places)) for source in row["sources"]]
        against = [self.doubts.setdefault(self.words.doubt(kind), len(self.doubts)) for kind in kinds]
        return [row["kind"], value, say.date(row["as_of"]), links, *([against] if against else [])]


@dataclass(frozen=True)
class Definition:
    """How a criterion turns values into scores, whatever its weight; criteria that are alike share a column."""

    rubric: Rubric
    criterion: Criterion

    @property
    def key(self) -> str:
        """Equal where the scores are."""
        kept = self.criterion.model_dump(mode="json", exclude={"title", "weight"})
        return json.dumps([kept, self.rubric.clip], sort_keys=True)


def strength_key(rubric: Rubric) -> str:
    """Equal where regulations are worth the same."""
    return json.dumps(strength_of(rubric), sort_keys=True)


def rubrics_of(defaults: Defaults) -> list[Rubric]:
    """The rubrics to start from: the scenarios and the book's own.

    Only those with fixed goalposts: a scale that depends on the table has other scores for every set of candidates.
    Raises InvalidInput where there is none.
    """
    rubrics = {rubric.id: rubric for rubric in scenario_rubrics(defaults.scenarios)}
    rubrics.setdefault(defaults.rubric, book_rubric(rubric_path(defaults.rubric)))
    fixed = [rubric for rubric in rubrics.values() if all(criterion.goalposts for criterion in rubric.criteria)]
    if not fixed:
        expected = "a rubric with goalposts for every criterion was expected among them, for the weight lab"
        file = relative(scenarios_path(defaults.scenarios))
        raise InvalidInput([Fault(file, None, "rubrics", ", ".join(rubrics), expected)])
    return fixed


def first_rubric(rubrics: Sequence[Rubric], defaults: Defaults) -> str:
    """The rubric that the lab begins with: the book's own, or the first where that one is not among them."""
    ids = [rubric.id for rubric in rubrics]
    return defaults.rubric if defaults.rubric in ids else ids[0]


def nation_data(tables: Tables, defaults: Defaults) -> dict[str, Any]:
    """What the lab computes with, as JSON can hold it; texts in the language of the book.

    No province has a script under `scripts` yet: whoever writes them fills in their checksums.
    """
    rubrics, example = rubrics_of(defaults), read_example()
    codes = sorted(tables.regencies["kemendagri_code"])
    definitions = definitions_of(rubrics)
    origins = Origins(Words(Text(defaults.language), tables, ""))
    say, columns = origins.words.say, list(definitions)
    made = _scores(origins, list(definitions.values()), codes, example)
    return {
        "version": VERSION,
        "years": list(YEARS),
        "year": defaults.year,
        "rubric": first_rubric(rubrics, defaults),
        "assumption": defaults.assumption,
        "provinces": _provinces(say, tables),
        "regions": _regions(origins.words, codes, example),
        "rubrics": [_rubric(say, rubric, columns) for rubric in rubrics],
        "criteria": {
            criterion.id: {"title": say.title(criterion.title), "indicator": criterion.indicator}
            for rubric in rubrics
            for criterion in rubric.criteria
        },
        **_announcements(tables, example),
        "scores": {year: [column for column, _ in pairs] for year, pairs in made.items()},
        "origins": {year: [told for _, told in pairs] for year, pairs in made.items()},
        "doubts": list(origins.doubts),
        "links": [[link.href, link.title] for link in origins.words.sources(origins.places)],
        "scripts": {},
        "estimates": {PROVINCE: NO_GAP},
    }


def as_script(name: str, data: Any) -> str:
    """A classic script that puts data into a global variable; the same data give the same text."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Also safe inside a page: neither the end of a script nor what old scripts take for the end of a line.
    for sign in ("<", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f"globalThis.{name}={text};\n"


def definitions_of(rubrics: Sequence[Rubric]) -> dict[str, Definition]:
    """The different definitions of criteria by their keys, in the order of the rubrics."""
    found = [Definition(rubric, criterion) for rubric in rubrics for criterion in rubric.criteria]
    return {definition.key: definition for definition in found}


def _provinces(say: Text, tables: Tables) -> list[dict[str, Any]]:
    """The provinces by code, the fictional one last."""
    real = tables.provinces.sort_values("kemendagri_code")
    made: list[dict[str, Any]] = [
        {"code": code, "name": name, "slug": parameters.province(code).slug}
        for code, name in zip(real["kemendagri_code"], real["name"], strict=True)
    ]
    return [*made, {"code": PROVINCE, "name": say("Provinsi Contoh (rekaan)"), "slug": "", "fictional": True}]


def _regions(words: Words, codes: Sequence[str], example: Example) -> list[tuple[str, str, int]]:
    """Code, name and position of the province of each region."""
    tables = words.tables
    owners = dict(zip(tables.regencies["kemendagri_code"], tables.regencies["province_code"], strict=True))
    provinces = sorted(tables.provinces["kemendagri_code"])
    real = [(code, words.name(code), provinces.index(owners[code])) for code in codes]
    return real + [(code, name, len(provinces)) for code, name in zip(example.codes, example.names, strict=True)]


def _rubric(say: Text, rubric: Rubric, columns: Sequence[str]) -> dict[str, Any]:
    """A rubric with the positions of its criteria's columns."""
    return {
        "id": rubric.id,
        "title": say.title(rubric.title),
        "source": say.title(rubric.source),
        "status": rubric.status,
        "aggregation": rubric.aggregation,
        "ties": rubric.ties,
        "round": rubric.round,
        "criteria": [criterion.id for criterion in rubric.criteria],
        "parts": list(rubric.parts.values()),
        "columns": [columns.index(Definition(rubric, criterion).key) for criterion in rubric.criteria],
    }


def _announcements(tables: Tables, example: Example) -> dict[str, Any]:
    """Known candidates and announced podiums by year and province."""
    nominees: dict[str, Any] = {}
    podiums: dict[str, Any] = {}
    owners = tables.regencies.groupby("province_code")["kemendagri_code"]
    for year in map(str, YEARS):
        judged = replace(tables, awards=tables.awards[tables.awards["assessment_year"] == int(year)])
        told = {code: announced(judged, code, int(year), sorted(regions)) for code, regions in owners}
        nominees[year] = {code: list(names) for code, (names, _) in told.items() if names} | {
            PROVINCE: list(example.nominees)
        }
        podiums[year] = {code: list(podium.items()) for code, (_, podium) in told.items() if podium} | {
            PROVINCE: list(example.podium)
        }
    return {"nominees": nominees, "podiums": podiums}


def _scores(
    origins: Origins, definitions: Sequence[Definition], codes: Sequence[str], example: Example
) -> dict[str, list[tuple[dict[str, Any], list[Any]]]]:
    """The columns of each year, each with where its cells are from."""
    strengths = {strength_key(definition.rubric): strength_of(definition.rubric) for definition in definitions}
    surveys = {key: survey_years(origins.words.tables, YEARS, strength) for key, strength in strengths.items()}
    made: dict[str, list[tuple[dict[str, Any], list[Any]]]] = {}
    for year in YEARS:
        made[str(year)] = []
        against = {key: disowned(nations[year]) for key, nations in surveys.items()}
        for definition in definitions:
            key = strength_key(definition.rubric)
            column, told = _column(definition, surveys[key][year], against[key], codes, origins)
            column["recorded"] += _fictional(definition, example, len(codes))
            made[str(year)].append((column, told))
    return made


def _column(
    definition: Definition, nation: Nation, against: Doubts, codes: Sequence[str], origins: Origins
) -> tuple[dict[str, Any], list[Any]]:
    """One criterion's scores: who has a record, what is plausible for the others; and where either is from.

    `against` is what speaks against values (`headline.disowned`).
    """
    indicator = definition.criterion.indicator
    if indicator is None:  # never public
        return {"fill": None, "filled": [], "recorded": []}, []
    rows = gaps.plausible(nation.recorded, nation.spreads, nation.year, codes, [indicator])
    kinds = rows["kind"].to_numpy()
    low, high = in_whole(definition, rows["low"].to_numpy(float), rows["high"].to_numpy(float))
    nationwide, neighbour = np.flatnonzero(kinds == "nationwide"), np.flatnonzero(kinds == "neighbour")
    recorded = np.flatnonzero((kinds != "nationwide") & (kinds != "neighbour"))
    column = {
        "fill": [int(low[nationwide[0]]), int(high[nationwide[0]])] if len(nationwide) else None,
        "filled": cells(neighbour, low, high),
        "recorded": cells(recorded, low, high),
    }
    told = [
        origins.of(indicator, rows.iloc[row], against.get((codes[row], indicator), ()))
        for row in (*neighbour, *recorded)
    ]
    return column, told


def _fictional(definition: Definition, example: Example, first: int) -> list[list[int]]:
    """The cells of the fictional regions, whose positions begin at `first`."""
    values = example.values.get(definition.criterion.id)
    if values is None:
        return []
    low, high = in_whole(definition, values, values)
    return cells(range(len(low)), low, high, first)


def in_whole(definition: Definition, low: Floats, high: Floats) -> tuple[Ints, Ints]:
    """Scores of values of shape (N,), in millionths of a point.

    Raises ValueError where one is so large that sums in the browser would not be exact.
    """
    lowest, highest = scores_on(definition.rubric, definition.criterion, low, high)
    if max(np.abs(lowest).max(initial=0), np.abs(highest).max(initial=0)) > MOST_POINTS * POINT:
        raise ValueError(
            f"{definition.criterion.id}: a score of more than {MOST_POINTS} points is too large for the lab"
        )
    return lowest, highest


def cells(rows: Iterable[int], low: Ints, high: Ints, first: int = 0) -> list[list[int]]:
    """Position (from `first` on), lowest score, and the highest where it is another."""
    return [[first + int(row), int(low[row]), *([int(high[row])] if high[row] > low[row] else [])] for row in rows]
