"""The workbook that a panel fills in: candidates, rubric and the record's figures are there, the rest is empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from paritrana.faults import Fault, InvalidInput, nearest, relative
from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.panel import layout, overlay
from paritrana.panel.checks import FEWEST
from paritrana.panel.layout import FIGURE, FIGURES, JURY, POINTS, REGIONAL, YES, Scored, Sheet
from paritrana.panel.panel import unit_factor
from paritrana.panel.reading import Values
from paritrana.parameters import page as parameters
from paritrana.parameters.rubric import Criterion, Rubric, load_rubric, rubric_path
from paritrana.presentation.language import Text
from paritrana.record import example
from paritrana.record.picking import pick
from paritrana.record.regions import names
from paritrana.record.tables import Tables
from paritrana.record.years import YEARS
from paritrana.sheets.numbers import written

Rows = Mapping[str, Sequence[Values]]  # by the key of the sheet


@dataclass(frozen=True)
class Wanted:
    """What a template is made for: `names` are the candidates where the record does not know them."""

    province: str
    year: int
    category: str
    rubric: Rubric
    jurors: int
    names: tuple[str, ...] = ()

    @property
    def regional(self) -> bool:
        """Whether the candidates are the kabupaten/kota of the province."""
        return self.category == REGIONAL


def wanted(province: str, year: int, category: str, names: Path | None, jurors: int, rubric: str | None) -> Wanted:
    """What a command asks for; raises InvalidInput with every fault in its words and in the files that it names."""
    faults = list(_unknown(province, year, category, names))
    read: Rubric | None = None
    called: tuple[str, ...] = ()
    try:
        usual = parameters.national().rubric
        path = Path(rubric) if rubric and Path(rubric).suffix else rubric_path(rubric or usual)
        read = load_rubric(path)
        faults += _without_goalposts(read, relative(path))
    except InvalidInput as error:
        faults += error.faults
    try:
        called = _called(names) if names else ()
    except InvalidInput as error:
        faults += error.faults
    if faults or read is None:
        raise InvalidInput(faults)
    return Wanted(province, year, category, read, jurors, called)


def _unknown(province: str, year: int, category: str, names: Path | None) -> Iterator[Fault]:
    """Faults in the words of a command."""
    codes = [*parameters.province_codes(), *([example.PROVINCE] if category != REGIONAL else [])]
    if province not in codes:
        yield Fault("--province", None, None, province, f"a code from {codes[0]} to {codes[-1]} was expected")
    if year not in YEARS:
        yield Fault("--year", None, None, str(year), f"a year from {YEARS[0]} to {YEARS[-1]} was expected")
    known = [key for key, _ in layout.categories(Text(layout.LANGUAGES[0]))]
    if category not in known:
        yield Fault(
            "--category", None, None, category, f"one of {', '.join(known)} was expected{nearest(category, known)}"
        )
    elif (category == REGIONAL) != (names is None):
        expected = (
            "a file with one candidate a line was expected"
            if names is None
            else "nothing was expected: the record knows them"
        )
        yield Fault("--names", None, None, None, f"{expected}, for {category}")


def _without_goalposts(rubric: Rubric, file: str) -> Iterator[Fault]:
    """Criteria with a scale that is made of the values: a juror cannot know what a point is worth under it."""
    for criterion in rubric.criteria:
        if criterion.goalposts is None:
            yield Fault(file, None, f"criteria.{criterion.id}.scale", criterion.scale, "goalposts were expected")


def _called(path: Path) -> tuple[str, ...]:
    """The names in a file, one a line; raises InvalidInput where it cannot be read or two are the same."""
    file = relative(path)
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            [Fault(file, None, None, None, f"a readable text file in UTF-8 was expected ({error})")]
        ) from error
    numbered = [(row, line) for row, line in enumerate(lines, start=1) if line]
    names = [line for _, line in numbered]
    faults = [
        Fault(file, row, None, line, "a name that no other line has was expected")
        for row, line in numbered
        if names.count(line) > 1
    ]
    if len(names) < FEWEST:
        faults.append(Fault(file, None, None, f"{len(names)} names", f"at least {FEWEST} were expected"))
    if faults:
        raise InvalidInput(faults)
    return tuple(names)


def template(say: Text, asked: Wanted, tables: Tables) -> tuple[tuple[Sheet, ...], Rows]:
    """The sheets of the workbook and what is filled in already."""
    criteria = [_criterion(say, asked, criterion) for criterion in asked.rubric.criteria]
    typed = [
        Scored(row["id"], row["title"], row["unit"])
        for row in criteria
        if row["kind"] == FIGURE and not row["indicator"]
    ]
    judged = [Scored(row["id"], row["title"], row["unit"], *POINTS) for row in criteria if row["kind"] == JURY]
    named = _candidates(asked, tables)
    who = [{"code": code, "name": name} for code, name in named.items()]
    jurors = [f"J{number}" for number in range(1, asked.jurors + 1)]
    rows: dict[str, Sequence[Values]] = {
        "cover": [_cover(say, asked, tables)],
        "candidates": [{**row, "ranked": YES} for row in who],
        "criteria": criteria,
        "figures": _figures(asked, tables, who),
        "jurors": [{"juror": juror} for juror in jurors],
        "scores": [{"juror": juror, **row} for juror in jurors for row in who],
    }
    return layout.sheets(say, asked.category, typed, judged), rows


def _cover(say: Text, asked: Wanted, tables: Tables) -> Values:
    province = overlay.provinces(tables)[asked.province]
    title = say(
        "Penilaian {category} {province} {year}",
        category=dict(layout.categories(say))[asked.category],
        province=province,
        year=asked.year,
    )
    kept = {"title": title, "province": asked.province, "year": str(asked.year), "category": asked.category}
    return {**kept, "confidential": YES}


def _candidates(asked: Wanted, tables: Tables) -> dict[str, str]:
    """The candidates by code: kabupaten/kota of the record, or the names that were given, counted."""
    if asked.regional:
        return {code: name for code, name in names(tables).items() if code.startswith(f"{asked.province}.")}
    width = len(str(len(asked.names)))
    return {f"P{number:0{width}d}": name for number, name in enumerate(asked.names, start=1)}


def _criterion(say: Text, asked: Wanted, criterion: Criterion) -> Values:
    """A criterion of the rubric as a row; what is never public is for the jurors."""
    name = criterion.indicator or ""
    known = name in CRITERION_INDICATORS
    row = {"id": criterion.id, "title": say.title(criterion.title), "weight": str(asked.rubric.parts[criterion.id])}
    if not name:
        zero, full, unit = (*POINTS, say("poin"))
    else:
        per = unit_factor(name) if known else 1.0
        zero, full = (per * post for post in criterion.goalposts or (0.0, 1.0))
        unit = "%" if per > 1 else say("kekuatan") if known else ""
    if criterion.direction == "down":
        zero, full = full, zero
    kind = FIGURE if name else JURY
    ends = {"zero": written(zero), "full": written(full), "unit": unit}
    return {**row, "kind": kind, "indicator": name if asked.regional and known else "", **ends}


def _figures(asked: Wanted, tables: Tables, who: Sequence[Values]) -> list[Values]:
    """A row for each candidate, with what the record has beside the empty cells."""
    if not asked.regional:
        return list(who)
    picked = {step: pick(tables, asked.year + step).picked for step in {figure.step for figure in FIGURES}}
    return [
        {
            **row,
            **{
                f"record_{one.key}": _recorded(picked[one.step], row["code"], one.indicator, one.segment)
                for one in FIGURES
            },
        }
        for row in who
    ]


def _recorded(picked: pd.DataFrame, code: str, indicator: str, segment: str) -> str:
    """The record's figure, or the two ends between which its sources disagree."""
    key = (code, indicator, segment, "")
    if key not in picked.index:
        return ""
    low, high = (written(float(picked.at[key, end])) for end in ("low", "high"))
    return low if low == high else f"{low} – {high}"
