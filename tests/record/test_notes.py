"""What the tables say in words is there in Indonesian: no English text of the data reaches an Indonesian page."""

import pytest

from paritrana.pages import budget, coverage, overview
from paritrana.pages.record_page import open_record
from paritrana.pages.vocabulary import Words
from paritrana.parameters.page import province_codes
from paritrana.presentation.language import Text
from paritrana.record.notes import TEXTS, texts
from paritrana.record.years import YEARS
from tests.factories import REAL

TABLES = (
    (coverage, "coverage_table stated_table denominators segments_table years_table targets_table others"),
    (budget, "budget_table cost_table province_money others"),
    (overview, "record_table"),
)


WHOLE = [("flags", "reason"), ("corrections", "reason"), ("jury_scores", "evidence"), ("awards", "note")]


@pytest.mark.parametrize(("table", "column"), WHOLE)
def test_every_reason_evidence_and_note_of_an_award_has_its_indonesian(table: str, column: str) -> None:
    assert column in TEXTS[table]
    assert set(getattr(REAL, table)[column].dropna()) - set(REAL.notes["note"]) == set()


def test_every_translation_is_of_a_text_of_the_tables() -> None:
    assert set(REAL.notes["note"]) <= texts(REAL)


def test_a_text_is_told_in_the_language_of_the_page_and_says_so_where_it_cannot_be() -> None:
    reason = "More than the region's informal workers."
    told = "Lebih banyak daripada pekerja informal di daerah itu."
    assert Words(Text("id"), REAL, "").told(reason) == (told, "")
    assert Words(Text("en"), REAL, "").told(reason) == (reason, "")
    assert Words(Text("id"), REAL, "").told("told nowhere") == ("told nowhere", "en")


@pytest.mark.slow
@pytest.mark.parametrize("year", YEARS)
def test_no_table_of_any_province_tells_a_note_in_english(year: int) -> None:
    english = {}
    for province in province_codes():
        page = open_record(province, year=year)
        for module, names in TABLES:
            for name in names.split():
                html = getattr(module, name)(page)
                if 'lang="en"' in html:
                    english[province, name] = html.partition('lang="en"')[2][:200]
    assert english == {}
