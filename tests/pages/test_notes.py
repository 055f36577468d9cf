"""What was noted of a figure when its source was read stands under its table, in the reader's language."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pandas as pd
import pytest

from paritrana.indicators.catalogue import CRITERION_INDICATORS
from paritrana.indicators.frames import figures
from paritrana.pages import budget, coverage, overview, sensitivity
from paritrana.pages.page import Page, open_page
from paritrana.pages.vocabulary import Words
from paritrana.presentation.html import Column, Rows, table
from paritrana.presentation.language import Text
from paritrana.record.picking import pick
from tests.factories import REAL, observation, tables
from tests.hostile import texts

MARK = re.compile(r'<a class="noted" href="#([^"]+)">([^<]*)</a>')
ITEM = re.compile(r'<li id="([^"]+)">(.*?): <span([^>]*)>(.*?)</span></li>')
INFERRED = "Tahunnya disimpulkan; sumber tidak menyebutnya."
HOSTILE = [*texts()][::7]
INDONESIAN = dict(zip(REAL.notes["note"], REAL.notes["indonesian"], strict=True))
TABLES = (
    (coverage, "coverage_table stated_table denominators segments_table years_table targets_table others"),
    (budget, "budget_table cost_table province_money others"),
    (overview, "record_table"),
    (sensitivity, "scores_table"),
)


def shown(*observations: dict[str, Any], language: str = "id", codes: tuple[str, ...] = ("13.74",)) -> str:
    """A table of the picked participants of regions, from these observations alone."""
    given = tables(*observations)
    words = Words(Text(language), given, "../../")
    rows: Rows = [[code, words.picked(figures(pick(given, 2024), "active_participants"), code)] for code in codes]
    return table("participants", [Column("region"), Column("number")], rows, footnotes=words.footnotes("a"))


def told(html: str) -> dict[str, str]:
    """The text of each note under a table, by its id."""
    return {place: unescape(text) for place, _, _, text in ITEM.findall(html)}


def test_the_mark_of_a_figure_with_a_note_leads_to_the_note_in_indonesian() -> None:
    html = shown(observation(note="rounded in source"))
    assert MARK.findall(html.partition("</table>")[0]) == [("note-a-1", "catatan 1")]
    assert ITEM.findall(html.partition("</table>")[2]) == [
        ("note-a-1", "Kota Padang Panjang, peserta aktif 2024", "", "dibulatkan di sumber")
    ]


def test_a_figure_without_a_note_has_neither_a_mark_nor_a_list() -> None:
    html = shown(observation())
    assert "catatan" not in html.casefold() and "<details" not in html


def test_an_inferred_year_is_told() -> None:
    assert list(told(shown(observation(year_basis="inferred"))).values()) == [INFERRED]
    both = shown(observation(year_basis="inferred", note="rounded"))
    assert list(told(both).values()) == ["dibulatkan", INFERRED]
    assert [words for _, words in MARK.findall(both)] == ["catatan 1", "catatan 2"]


def test_the_notes_of_sources_that_disagree_are_all_told() -> None:
    html = shown(observation(note="rounded"), observation(value=200.0, note="rounded; year inferred"))
    assert list(told(html).values()) == ["dibulatkan", "dibulatkan; tahun disimpulkan"]


def test_a_note_of_several_regions_is_told_once_with_all_of_them() -> None:
    rows = [observation(note="rounded"), observation(note="rounded", region_code="13.03", level="kabupaten")]
    html = shown(*rows, codes=("13.74", "13.03"))
    assert [place for place, _ in MARK.findall(html)] == ["note-a-1"] * 2
    [(_, of, _, _)] = ITEM.findall(html)
    assert of == "Kota Padang Panjang, peserta aktif 2024; Sijunjung, peserta aktif 2024"


def test_a_note_without_a_translation_is_told_as_it_was_written_and_says_that_it_is_english() -> None:
    assert ITEM.findall(shown(observation(note="told nowhere else")))[0][2:] == (' lang="en"', "told nowhere else")


def test_the_reason_of_a_flag_is_told_beside_the_note() -> None:
    row = observation(note="rounded")
    given = tables(row, flags={row["observation_id"]: "doubtful"})
    words = Words(Text("id"), given, "../../")
    remarks = words.remarks([row["observation_id"]])
    assert [(remark.text, remark.language) for remark in remarks] == [("dibulatkan", ""), ("made for a test", "en")]


def test_in_english_a_note_is_told_as_it_was_written() -> None:
    html = shown(observation(note="rounded in source", year_basis="inferred"), language="en")
    assert list(told(html).values()) == ["rounded in source", "Its year is inferred; the source does not state it."]
    assert MARK.findall(html)[0] == ("note-a-1", "note 1") and "lang=" not in html


@pytest.mark.slow
@pytest.mark.parametrize("note", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_note_holds_it_is_text(note: str) -> None:
    def elements(html: str) -> list[str]:
        return re.findall(r"<[^>]*>", html)

    assert elements(shown(observation(note=f"x{note}"))) == elements(shown(observation(note="told nowhere else")))


def test_a_table_that_could_not_tell_the_remarks_of_its_cells_is_refused() -> None:
    cell = Words(Text("id"), given := tables(observation(note="rounded")), "").picked(
        figures(pick(given, 2024), "active_participants"), "13.74"
    )
    with pytest.raises(ValueError, match="no footnotes"):
        table("participants", [Column("region"), Column("number")], [["a", cell]])


# Real pages


@pytest.fixture(scope="module")
def padang() -> Page:
    """Sumatera Barat, where many figures have notes."""
    return open_page("13", draws=500)


def noted(page: Page, ids: tuple[str, ...]) -> set[str]:
    """What is to be told of these observations."""
    rows: pd.DataFrame = page.tables.observations.set_index("observation_id").loc[list(ids)]
    reasons = page.tables.flags.loc[page.tables.flags["observation_id"].isin(ids), "reason"]
    notes = {INDONESIAN.get(note, note) for note in [*rows["note"].dropna(), *reasons]}
    return notes | ({INFERRED} if (rows["year_basis"] != "stated").any() else set())


@pytest.mark.slow
def test_each_figure_of_a_real_table_leads_to_all_its_notes_and_to_no_others(padang: Page) -> None:
    recorded, html = padang.analysis.recorded, overview.record_table(padang)
    listed, count = told(html), 0
    known = [code for code in padang.codes if code in padang.recorded]
    for code, line in zip(known, re.findall(r"<tr>.*?</tr>", html.partition("<tbody>")[2]), strict=True):
        for name, cell in zip(CRITERION_INDICATORS, re.findall(r"<td.*?</td>", line), strict=True):
            own = noted(padang, recorded.at[(code, name), "observations"]) if (code, name) in recorded.index else set()
            assert {listed[place] for place, _ in MARK.findall(cell)} == own
            count += bool(own)
    assert count > 5


@pytest.mark.slow
def test_every_mark_leads_to_a_note_of_its_own_table_and_every_note_is_led_to(padang: Page) -> None:
    for module, names in TABLES:
        places: list[str] = []
        for name in names.split():
            html = getattr(module, name)(padang)
            listed = [place for place, *_ in ITEM.findall(html)]
            assert {place for place, _ in MARK.findall(html)} == set(listed)
            places += listed
        assert len(places) == len(set(places)) > 0


@pytest.mark.slow
def test_notes_change_nothing_else_of_a_page(padang: Page) -> None:
    silent = padang.tables.observations.assign(note=None)
    bare = replace(padang, tables=replace(padang.tables, observations=silent))
    html = coverage.coverage_table(padang)
    assert without_remarks(html) == without_remarks(coverage.coverage_table(bare)) != html


def without_remarks(html: str) -> str:
    """A table without the marks and the list of its remarks."""
    return re.sub(r' <span class="note marks">.*?</span>|<details class="others remarks">.*</details>', "", html)
