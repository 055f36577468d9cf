"""Every announced result stands once on one of two pages, with its source, and a reader finds it there."""

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from paritrana.pages import awards, other_awards
from paritrana.pages.announced import CATEGORIES, AwardsPage
from paritrana.pages.awards import FIRST_SOURCES, open_awards
from paritrana.presentation.entries import Box, Entry, Group, Row, listing, matrix
from paritrana.presentation.html import Cell, Link, Remark
from paritrana.presentation.language import Text
from paritrana.record.awards import recipients
from tests.browser import open_page
from tests.factories import REAL
from tests.hostile import texts
from tests.small_book import Book

REGIONS = "summary known_table gaps chooser regions_table first_sources"
OTHERS = "others_summary others_chooser national_provinces national_regions national_others"
ENTRY = re.compile(r"<(li|tr)[^>]* data-entry[^>]*>.*?</\1>", re.DOTALL)
SOURCE = re.compile(r'<a class="src" href="([^"]*)"')
SHOWN = re.compile(r"(\d+) dari (\d+) hasil ditampilkan")


def page(language: str = "id", rows: Any = None) -> AwardsPage:
    """The page of the real results, or of these rows of awards.csv alone."""
    tables = REAL if rows is None else replace(REAL, awards=rows)
    return AwardsPage(Text(language), tables, "", recipients(tables))


def regions(opened: AwardsPage) -> str:
    """All that the page of kabupaten/kota shows."""
    return "".join(getattr(awards, name)(opened) for name in REGIONS.split())


def others(opened: AwardsPage) -> str:
    """All that the other page shows."""
    shown = [getattr(other_awards, name)(opened) for name in OTHERS.split()]
    return "".join([*shown, *(other_awards.of_category(opened, key) for key in CATEGORIES[2:])])


def rows_of(**given: Any) -> Any:
    """Rows of awards.csv of the provincial award of Sumatera Barat, assessment year 2024; each key has as many values
    as there are rows."""
    count = len(next(iter(given.values())))
    own = {"edition": 2025, "assessment_year": 2024, "stage": "province", "province_code": "13", "note": None}
    own |= {"category": "kabupaten_kota", "recipient": "Padang Panjang", "recipient_level": "kota"}
    return REAL.awards.iloc[:count].assign(**{**own, "region_code": "13.74", **given})


# Every row


def test_every_source_of_every_row_is_linked_exactly_once_beside_its_recipient() -> None:
    opened, expected = page(), Counter[tuple[str, str]]()
    for one in opened.award:
        for link in opened.links(one):
            expected[opened.recipient(one), link.href] += 1
    assert sum(expected.values()) == len(REAL.awards)
    found = Counter[tuple[str, str]]()
    for entry in ENTRY.finditer(regions(opened) + others(opened)):
        [name] = re.findall(r"^<tr[^>]*><th[^>]*>([^<]*?) ?<|^<li[^>]*><a[^>]*>([^<]*)<", entry[0])
        found.update((unescape("".join(name)), unescape(href)) for href in SOURCE.findall(entry[0]))
    assert found == expected


def test_no_row_is_lost_or_told_twice_on_the_way_to_the_pages() -> None:
    keys = ["assessment_year", "stage", "category", "recipient", "result", "source_id"]
    rows = Counter(tuple(map(str, row)) for row in REAL.awards[keys].to_numpy())
    told = Counter(
        (str(one.year or "<NA>"), one.stage, one.category, one.recipient, each.result, each.source)
        for one in recipients(REAL)
        for each in one.told
    )
    assert told == rows


def test_a_result_stands_under_the_best_that_its_sources_say_and_the_others_say_what_they_said() -> None:
    html = awards.regions_table(page(rows=rows_of(result=["finalist", "rank_2", "winner"])))
    [title] = re.findall(r'<span class="label">(.*?)</span>', html)
    assert title == "2024: Peringkat 2"
    assert re.findall(r"menyebut: ([^\"]*)\"", html) == ["Pemenang tanpa peringkat"] * 2 + ["Finalis"] * 2


def test_a_second_rank_that_a_source_names_is_told() -> None:
    html = awards.regions_table(page(rows=rows_of(result=["rank_3", "rank_1"])))
    assert re.findall(r'<span class="badge badge-interval">(.*?)</span>', html) == ["disebut juga: Peringkat 3"]


def test_an_award_is_told_by_both_its_years() -> None:
    html = awards.regions_table(page())
    row = html.partition('id="p-13"')[2].partition("</tr>")[0]
    assert "diserahkan November 2025, berlabel 2025" in row
    assert "diserahkan September 2024, berlabel 2024" in row
    national = other_awards.national_provinces(page())
    assert '2023 <span class="note">diserahkan September 2024, berlabel 2024</span>' in national


def test_every_note_stands_on_the_indonesian_pages_in_indonesian() -> None:
    texts = REAL.notes
    html = re.sub(r"<[^>]*>", "", regions(page()) + others(page()))
    translated = dict(zip(texts["note"], texts["indonesian"], strict=True))
    assert [note for note in REAL.awards["note"].dropna() if unescape(translated[note]) not in unescape(html)] == []
    assert 'lang="en"' not in regions(page()) + others(page())


def test_a_note_without_a_translation_says_that_it_is_english() -> None:
    html = awards.regions_table(page(rows=rows_of(result=["rank_1"], note=["told nowhere else"])))
    assert '<li>Kota Padang Panjang: <span lang="en">told nowhere else</span></li>' in html


# What is not there


def test_a_province_without_results_has_a_row_that_says_so_and_is_named_among_the_gaps() -> None:
    opened = page()
    html, lacking = awards.regions_table(opened), awards.gaps(opened)
    assert re.findall(r'id="p-(\d\d)"', html) == list(REAL.provinces["kemendagri_code"])
    row = html.partition('id="p-93"')[2].partition("</tr>")[0]
    assert "tidak ditemukan" in row and "data-entry" not in row
    assert all("Papua Selatan" in line for line in lacking.split("<li>")[1:4])
    assert "Pemenang nasional tahun penilaian 2024 belum ditemukan." in lacking


def test_the_table_of_what_is_known_counts_every_recipient_once() -> None:
    opened = page()
    html = awards.known_table(opened)
    rows = [re.findall(r'<td class="num">([^<]*)</td>', line) for line in html.partition("<tbody>")[2].split("</tr>")]
    assert sum(int(row[-1]) for row in rows if row) == len(opened.award) == len(opened.local) + len(opened.others)


# What a reader looks for


def test_the_first_result_of_each_region_on_a_page_has_the_regions_id() -> None:
    opened = page()
    for html in (regions(opened), others(opened)):
        ids = re.findall(r' id="([^"]*)"', html)
        assert len(ids) == len(set(ids))
    codes = {one.region for one in opened.local if one.region}
    assert {f'id="w-{code.replace(".", "")}"' for code in codes} <= set(re.findall(r'id="w-\d+"', regions(opened)))


@pytest.mark.parametrize(
    ("source", "said", "now"),
    [
        ("S85956cb6", "Nomine: Kota Sawahlunto, Kota Padang Panjang", "Sumatera Barat, tahun penilaian 2023"),
        ("Sbabd66bc", "Peringkat 2: Santur", "Sumatera Barat, tahun penilaian 2023 (diserahkan September 2024)"),
        ("Sfee75f2c", "Nomine: ", "Peringkat 1: Badung; Peringkat 2: Jembrana"),
        ("S65b9b477", "Peringkat 2: Kota Madiun", "Peringkat 1: Bojonegoro"),
    ],
)
def test_what_the_first_sources_said_stands_beside_what_is_known_now(source: str, said: str, now: str) -> None:
    assert source in FIRST_SOURCES
    [row] = [row for row in awards.first_sources(page()).split("<tr>") if f"sources.html#{source}" in row]
    text = re.sub(r"<[^>]*>", "", row)
    assert said in text and now in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_part_says_something_in_the_language_of_the_page(language: str) -> None:
    opened = open_awards(language=language)
    html = regions(opened) + others(opened)
    words = re.sub(r"<[^>]*>", " ", html).split()
    assert ("berlabel" in words) == (language == "id")
    assert ("labelled" in words) == (language == "en")
    assert "nan" not in words and "None" not in words


@pytest.mark.parametrize("text", [*texts()][::7])
def test_whatever_the_data_say_it_is_text(text: str) -> None:
    def elements(said: str) -> list[str]:
        remark = (Remark(said, said),)
        box = Box((Group("a", (Entry(said, (Link("https://example.com", said),)),)),), said, remark)
        made = matrix("a", [("b", {})], [Row(said, (box,), said)], "c", "d", "e")
        made += listing("a", ["b", "c"], [({"year": said}, [Cell(said), Cell("d", remarks=remark)])], "e", "f")
        return re.findall(r"<\w+", made)

    assert elements(f"x{text}") == elements("x")


# In the browser


def counts(opened: Page) -> tuple[int, int]:
    """How many results the page says that it shows, and of how many."""
    found = SHOWN.search(opened.locator("form.filter output").inner_text())
    assert found
    return int(found[1]), int(found[2])


def visible(opened: Page) -> int:
    """How many results can be seen."""
    return sum(entry.is_visible() for entry in opened.locator("[data-entry]").all())


@pytest.mark.slow
def test_the_filter_shows_what_is_asked_for_and_says_how_many(browser: Browser, book: Book) -> None:
    opened = page()
    with open_page(browser, book.url("awards")) as (shown, faults):
        assert counts(shown) == (len(opened.local), len(opened.local)) == (visible(shown), visible(shown))
        shown.get_by_label("Provinsi", exact=True).select_option("13")
        shown.get_by_label("Tahun penilaian", exact=True).select_option("2024")
        own = [one for one in opened.local if (one.province, one.year) == ("13", 2024)]
        assert counts(shown)[0] == visible(shown) == len(own) > 0
        assert [row.locator("th").inner_text() for row in shown.locator("[data-row]:visible").all()] == [
            "Sumatera Barat"
        ]
        shown.get_by_label("Hasil", exact=True).select_option("winner")
        assert counts(shown)[0] == visible(shown) == sum(one.won for one in own)
        shown.get_by_role("button", name="Hapus saringan").click()
        shown.wait_for_function("() => document.querySelectorAll('tr[data-row]:not([hidden])').length === 38")
        assert counts(shown)[0] == len(opened.local)
        assert faults == []


@pytest.mark.slow
def test_a_gap_is_an_answer_to_where_and_when(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("awards")) as (shown, _):
        shown.get_by_label("Provinsi", exact=True).select_option("93")
        assert shown.locator("[data-row]:visible").count() == 1
        assert shown.locator(".gap:visible").first.inner_text() == "tidak ditemukan"
        shown.get_by_label("Hasil", exact=True).select_option("winner")
        assert shown.locator("[data-row]:visible").count() == 0
        assert shown.get_by_text("Tidak ada hasil yang cocok").first.is_visible()


@pytest.mark.slow
def test_a_name_is_found_by_keyboard_alone(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("other-awards")) as (shown, faults):
        shown.get_by_label("Kategori", exact=True).focus()
        for _ in range(4):
            shown.keyboard.press("Tab")
        shown.keyboard.type("gadjah mada")
        assert counts(shown)[0] == visible(shown) > 0
        assert all("Gadjah Mada" in text for text in shown.locator("[data-entry]:visible").all_inner_texts())
        shown.keyboard.press("Enter")  # sends no form away
        assert shown.locator("form.filter").count() == 1 and faults == []


@pytest.mark.slow
def test_a_link_to_a_region_marks_all_its_results_and_no_filter_hides_them(browser: Browser, book: Book) -> None:
    count = sum(one.region == "13.74" for one in page().local)
    with open_page(browser, book.url("awards") + "#w-1374") as (shown, _):
        assert shown.locator(".marked").count() == count > 1
        shown.get_by_label("Provinsi", exact=True).select_option("51")
        assert shown.locator(".marked:visible").count() == 0
        shown.evaluate("() => { location.hash = '#p-51'; location.hash = '#w-1374'; }")
        shown.locator(".marked:visible").first.wait_for()
        assert shown.locator(".marked:visible").count() == count


@pytest.mark.slow
def test_without_script_every_result_is_there_and_no_form(browser: Browser, book: Book) -> None:
    for name, own in (("awards", page().local), ("other-awards", page().others)):
        with open_page(browser, book.url(name), java_script_enabled=False) as (shown, _):
            assert shown.locator("form.filter").is_hidden()
            assert visible(shown) == len(own)


@pytest.mark.slow
def test_a_page_of_results_is_light(book: Book) -> None:
    for name in ("awards", "other-awards"):
        assert (book.site / f"{name}.html").stat().st_size < 300_000
