"""Stage 4, what can hardly be as it stands: such a figure is kept, but not without a word to whoever reads it.

A figure of a kabupaten or kota that is suspect needs a row in `flags.csv`, or a note that says more than that it is
rounded.
"""

from collections.abc import Iterator

import pandas as pd

from paritrana.faults import Fault
from paritrana.validation.sheet import Cells, Sheet, Sheets

PARTICIPANTS = (
    "active_participants",
    "formal_participants",
    "informal_participants",
    "construction_participants",
    "non_asn_participants",
    "village_participants",
    "vulnerable_workers_protected",
)
BUDGET, WORKERS = "vulnerable_workers_budget_idr", "vulnerable_workers_protected"
CONTRIBUTION = 16_800  # rupiah a month for each worker
FEWEST_MONTHS, MOST_MONTHS = 0.5, 36
# A branch that tells, counts or aims, or whose head does, may well speak of one region.
BRANCH = r"(?<!by the )(?<!by the BPJS )\b(?:branch|cabang)\b(?! head)"
NO_ANSWER = r"\W*(?:rounded(?: in source)?|about|more than|almost|nearly|planned|year inferred)?\W*"
ASKED = "a row in data/flags.csv or a note that explains it, for "


def check_suspects(sheets: Sheets) -> Iterator[Fault]:
    """A suspect figure without a flag and without a note: too large, of a branch, or money that does not fit."""
    sheet, flags = sheets["observations"], sheets["flags"]
    if not (flags.complete("observation_id") and {"note", "observation_id"} <= set(sheet.frame)):
        return
    answered = sheet.text("observation_id").isin(flags.text("observation_id")) | ~_lacks_an_answer(sheet)
    asked = sheet.text("level").isin(["kabupaten", "kota"]) & ~answered
    value = sheet.number("value")
    share = (sheet.text("unit") == "percent") & (sheet.text("indicator") != "growth_pct")
    yield from sheet.faults(asked & share & (value > 100), "value", f"{ASKED}the share exceeds 100 %")
    force = _labour_force(sheet, sheets["labour_force"])
    written = force.map("{:.0f}".format).astype("string")
    many = sheet.text("indicator").isin(PARTICIPANTS) & (sheet.text("status") != "planned") & (value > force)
    yield from sheet.faults(asked & many, "value", f"{ASKED}it exceeds the labour force of the region, " + written)
    branch = sheet.text("definition").str.contains(BRANCH, case=False) & (sheet.text("status") != "planned")
    yield from sheet.faults(asked & branch, "definition", f"{ASKED}a branch can be larger than the region")
    months = _months(sheet)
    odd = (months < FEWEST_MONTHS) | (months > MOST_MONTHS)
    said = months.map("{:.1f}".format).astype("string")
    yield from sheet.faults(
        asked & odd, "value", ASKED + "it pays " + said + " months for the workers of its own source"
    )


def _lacks_an_answer(sheet: Sheet) -> Cells:
    """Whether the note of a row says nothing, or no more than that the figure is rounded."""
    return sheet.text("note").str.fullmatch(NO_ANSWER, case=False).fillna(False).astype(bool)


def _labour_force(sheet: Sheet, survey: Sheet) -> Cells:
    """The labour force of each row's region in the year of the survey that is nearest to its own, persons."""
    known = pd.Series(
        survey.number("labour_force").to_numpy(),
        index=pd.MultiIndex.from_arrays([survey.text("kemendagri_code"), survey.number("year")]),
    ).dropna()
    if known.empty:
        return pd.Series(float("nan"), index=sheet.frame.index)
    years = known.index.get_level_values(1)
    year = sheet.number("year").clip(years.min(), years.max()).fillna(years.max())
    known = known[~known.index.duplicated()]
    return known.reindex(pd.MultiIndex.from_arrays([sheet.text("region_code"), year])).set_axis(sheet.frame.index)


def _months(sheet: Sheet) -> Cells:
    """The months for which a budget pays the workers of its own source: of several counts the one that fits best."""
    columns = {name: sheet.text(name) for name in ("region_code", "year", "source_id", "indicator")}
    rows = pd.DataFrame({**columns, "value": sheet.number("value")}).rename_axis("line").reset_index()
    key = ["region_code", "year", "source_id"]
    workers = rows[(rows["indicator"] == WORKERS) & (rows["value"] > 0)]
    pairs = rows[rows["indicator"] == BUDGET].merge(workers, on=key, suffixes=("", "_of_workers"))
    pairs["months"] = pairs["value"] / pairs["value_of_workers"] / CONTRIBUTION
    pairs["off"] = (pairs["months"] - pairs["months"].clip(FEWEST_MONTHS, MOST_MONTHS)).abs()
    best = pairs.sort_values("off").drop_duplicates("line").set_index("line")["months"]
    return best.reindex(sheet.frame.index)
