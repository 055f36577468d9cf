"""The weight lab as readers meet it: built for real, opened from a file and from a server, worked by keyboard alone."""

import csv
import functools
import gzip
import http.server
import io
import json
import math
import random
import re
import string
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from paritrana.build.site.sphinx_ext.lab import BUNDLE, DATA, STYLE
from paritrana.lab.estimates import DRAWS
from paritrana.lab.page import fullest
from tests.browser import open_page, sideways, violations
from tests.lab import parity
from tests.small_book import Book

MOST_CODE, MOST_DATA = 55_000, 200_000  # bytes: script and style compressed, the nation's data as they are
DRAWN = ".lab-ranking tbody td:nth-child(5):has-text('%')"  # a probability in the ranking
REST = 700  # milliseconds after which a rest of 500 is over
# Goes to an address, and tells the first weight's slider and whether the fourth is locked as soon as the lab followed.
FOLLOWED = """async (hash) => {
  const followed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  location.hash = hash;
  await followed;
  const slider = (at) => document.getElementById(`lab-weight-${at}`);
  return [slider(0).value, slider(3).disabled];
}"""
PAUSE = 900  # milliseconds after which a pause of 600 between two keys is over
CALLED = "ways => ways.map(way => way.ariaLabel)"
EXAMPLE = "99"  # the fictional province
RARE = 1e-3  # the chance of being told a fault where none is
STATES = """(hashes) => {
  const shown = [];
  for (const hash of hashes) {
    history.replaceState(null, "", hash);
    dispatchEvent(new HashChangeEvent("hashchange"));
    const note = document.querySelector(".lab-note");
    shown.push([note.hidden ? "" : note.textContent, document.querySelector("#lab-link").value.split("#")[1],
      document.querySelector(".lab-ranking caption").textContent]);
  }
  return shown;
}"""
INDONESIAN = re.compile(
    r"\b(yang|dan|atau|dengan|dari|untuk|bobot|daerah|peringkat|skor|tidak|jika|pilihan|unduh)\b", re.I
)


@contextmanager
def lab(
    browser: Browser, book: Book, address: str = "", width: int = 1280, page: str = "lab", **context: Any
) -> Iterator[Page]:
    """The lab's page with its first probabilities; nothing may go wrong on it."""
    with open_page(browser, book.url(page) + address, width, **context) as (opened, faults):
        opened.locator(DRAWN).first.wait_for()
        yield opened
        assert faults == []


def names(page: Page) -> list[str]:
    """The regions as they are ranked, those out of sight too."""
    page.wait_for_timeout(100)
    return page.locator(".lab-name").all_inner_texts()


def written(page: Page) -> list[str]:
    """What stands in the fields of the weights."""
    return [field.input_value() for field in page.locator(".lab-field input").all()]


def weights(page: Page) -> list[float]:
    """The weights in the fields, percent."""
    return [float(text.replace(",", ".")) for text in written(page)]


def link(page: Page) -> str:
    """The fragment of the address that the page offers."""
    return page.locator("#lab-link").input_value().split("#")[1]


def move(page: Page, criterion: int, percent: float) -> None:
    """Move a slider as a reader does."""
    page.locator(f"#lab-weight-{criterion}").fill(str(percent))


def write(page: Page, criterion: int, keys: str) -> Locator:
    """Write into an emptied field key by key, as a reader does; what was pressed must stand there after every key."""
    field = page.locator(".lab-field input").nth(criterion)
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    for at, key in enumerate(keys, start=1):
        page.keyboard.press(key)
        assert text_and_caret(field) == (keys[:at], at)
    return field


def text_and_caret(field: Locator) -> tuple[str, int]:
    """What stands in a field, and before which letter of it the caret is."""
    return tuple(field.evaluate("({value, selectionEnd}) => [value, selectionEnd]"))


def find_a_change(page: Page, button: str) -> None:
    """Ask what would make a region first, of one region after the other, until weights answer that can be applied."""
    for region in page.locator("#lab-ask-region option").all_inner_texts():
        page.select_option("#lab-ask-region", label=region)
        page.get_by_role("button", name=button).click()
        page.locator(".lab-answer p").first.wait_for()
        if page.locator(".lab-answer button").count():
            return
    raise AssertionError("no other region can be first")


def status(page: Page) -> str:
    """What is said to those who listen."""
    return page.locator("[role=status]").text_content() or ""


# ---- the page as it comes


def test_without_script_the_table_of_the_default_choice_is_there_and_sorted(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("lab"), java_script_enabled=False) as (page, _):
        table = page.locator("paritrana-lab table").nth(1)
        ranks = [text for text in table.locator("tbody td:nth-child(2)").all_inner_texts() if text != "–"]
        assert ranks == sorted(ranks, key=int) and ranks[0] == "1"
        assert page.get_by_text("Tanpa JavaScript").is_visible()
        static = [
            (row.locator("th").inner_text().split("\n")[0].split(" tanpa")[0], *row.locator("td").all_inner_texts())
            for row in table.locator("tbody tr").all()
        ]
    with lab(browser, book) as page:
        for row, shown in zip(static, page.locator(".lab-ranking tbody tr").all(), strict=True):
            cells = shown.locator("td").all_inner_texts()
            score = shown.locator(".lab-score").inner_text()
            assert (row[0], row[1], row[2].split("\n")[0].split(" ")[0], row[3]) == (
                shown.locator(".lab-name").inner_text(), cells[0].split("\n")[0], score, cells[2],
            )  # fmt: skip


def test_what_readers_download_is_small(book: Book) -> None:
    folder = book.site / "_static" / "lab"
    assert sorted(path.name for path in folder.iterdir()) == sorted([BUNDLE, DATA, STYLE, "provinces"])
    assert sum(len(gzip.compress((folder / name).read_bytes())) for name in (BUNDLE, STYLE)) <= MOST_CODE
    assert (folder / DATA).stat().st_size <= MOST_DATA


def test_no_other_page_loads_the_lab(book: Book) -> None:
    pages = (path for path in book.site.rglob("*.html") if "_static/lab/" in path.read_text(encoding="utf-8"))
    assert {path.relative_to(book.site).as_posix() for path in pages} == {"lab.html", "en/lab.html"}


def test_the_page_loads_each_file_of_the_lab(book: Book) -> None:
    html = (book.site / "lab.html").read_text(encoding="utf-8")
    assert re.findall(r"_static/lab/([\w.]+)\?v=[0-9a-f]+", html) == [STYLE, DATA, BUNDLE]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everything_that_can_be_opened_is_accessible(browser: Browser, book: Book, width: int, scheme: str) -> None:
    with lab(browser, book, width=width, color_scheme=scheme) as page:
        page.locator(".lab-name").first.click()
        page.get_by_role("button", name="Simpan bobot sekarang").click()
        find_a_change(page, "Cari perubahan terkecil")
        for summary in page.locator("paritrana-lab summary").all():
            summary.click()
        page.evaluate("() => { location.hash = 'v=1&damaged'; }")
        page.locator(".lab-note").first.wait_for()
        assert violations(page) == []
        assert sideways(page) == 0


@pytest.mark.parametrize(("width", "scale"), [(320, 1), (640, 2)])
def test_the_page_never_scrolls_sideways(browser: Browser, book: Book, width: int, scale: int) -> None:
    with lab(browser, book, width=width, device_scale_factor=scale) as page:
        page.locator(".lab-name").first.click()
        page.select_option("#lab-assumption", "anything")
        assert sideways(page) == 0


def test_it_says_that_weights_are_hypotheses_and_nothing_announced_changes(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        text = page.locator("article").inner_text()
        assert "Semua bobot di sini adalah hipotesis" in text
        assert "tidak mengubah peringkat yang diumumkan" in text


def test_the_english_edition_of_the_lab_is_in_english(browser: Browser, book: Book) -> None:
    with lab(browser, book, page="en/lab") as page:
        page.locator(".lab-name").first.click()
        find_a_change(page, "Find the smallest change")
        write(page, 0, "abc").press("Enter")
        assert "Write a number from 0 to 100, such as 12.5." in status(page)
        shown = page.evaluate(
            """() => [...document.querySelectorAll("paritrana-lab *")].flatMap((e) => [e.getAttribute("aria-label"),
              ...[...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data)]).filter(Boolean)"""
        )
        assert [text for text in shown if INDONESIAN.search(text)] == []
        assert re.fullmatch(r"\d+\.\d", page.locator(".lab-score").first.inner_text())


# ---- weights


def test_the_sum_is_always_100_and_locked_weights_stay(browser: Browser, book: Book) -> None:
    draw = random.Random(16800)
    with lab(browser, book) as page:
        page.get_by_label("Kunci bobot Pekerja rentan").check()
        kept = weights(page)[1]
        for _ in range(30):
            move(page, draw.choice([0, 2, 3, 4]), draw.uniform(0, 100))
            assert sum(round(100 * weight) for weight in weights(page)) == 10_000
            assert weights(page)[1] == kept
        assert page.locator("#lab-weight-1").is_disabled()
        page.get_by_role("button", name="Bobot sama").click()
        assert weights(page) == [20] * 5
        page.get_by_role("button", name="Hanya Regulasi: 100 %").click()
        assert weights(page) == [0, 0, 0, 100, 0]
        page.get_by_role("button", name="Kembali ke rubrik").click()
        assert weights(page) == [37.5, 25, 12.5, 12.5, 12.5]


def test_a_slider_that_goes_to_its_end_and_back_leaves_the_others_in_proportion(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        before = weights(page)
        for percent in (80, 100, 60, before[0]):
            move(page, 0, percent)
        assert weights(page) == before


# What is pressed, and what stands in the field after the tabulator; "" where it is refused.
PRESSED = {
    "12.5": "12.5", "0.5": "0.5", "7.25": "7.25", "33.333": "33.33", "12,5": "12,5", "33,333": "33,33", "12.50": "12.5",
    "12.": "12", ",5": "0,5", "007": "7", "-5": "0", "250": "100", "12,5 %": "12,5",
    "abc": "", "1e1": "", "-": "", ",": "", "1.234,5": "", "12 5": "", "0x10": "", "Infinity": "",
}  # fmt: skip


def test_what_is_pressed_key_by_key_is_what_counts_with_point_and_with_comma(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        for keys, expected in PRESSED.items():
            page.get_by_role("button", name="Bobot sama").click()
            field = write(page, 0, keys)
            page.keyboard.press("Tab")
            refused = field.get_attribute("aria-invalid") == "true"
            assert (refused, field.input_value()) == (not expected, expected or keys), keys
            in_force = 20 if refused else float(expected.replace(",", "."))
            assert page.locator("#lab-weight-0").input_value() == f"{in_force:g}", keys


def test_the_fields_write_the_decimal_sign_that_the_reader_writes(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        assert written(page) == ["37,5", "25", "12,5", "12,5", "12,5"]
        write(page, 1, "30.5").press("Enter")
        assert written(page) == ["34.75", "30.5", "11.59", "11.58", "11.58"]
    with lab(browser, book, page="en/lab") as page:
        assert written(page)[0] == "37.5"
        write(page, 0, "7,25").press("Tab")
        assert written(page)[0] == "7,25"
        write(page, 0, "7.25").press("Tab")
        assert written(page)[0] == "7.25"


def test_deleting_and_inserting_leave_the_caret_where_it_is(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        field = page.locator(".lab-field input").first
        field.focus()
        page.keyboard.press("End")
        for left in ("37,", "37", "3"):
            page.keyboard.press("Backspace")
            assert text_and_caret(field) == (left, len(left))
        for keys in ("32", "325"):
            page.keyboard.press(keys[-1])
            assert text_and_caret(field) == (keys, len(keys))
        for key, expected in (
            ("ArrowLeft", ("325", 2)), ("Period", ("32.5", 3)), ("Home", ("32.5", 0)), ("Delete", ("2.5", 0)),
            ("4", ("42.5", 1)), ("Shift+ArrowRight", ("42.5", 2)), ("6", ("46.5", 2)),
        ):  # fmt: skip
            page.keyboard.press(key)
            assert text_and_caret(field) == expected
        page.keyboard.press("Enter")
        assert weights(page)[0] == 46.5


def test_pauses_between_keys_change_the_ranking_but_nothing_in_the_field(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        before = weights(page)
        field = write(page, 0, "1")
        for keys, in_force in (("12", "12"), ("12.", "12"), ("12.5", "12.5")):
            page.wait_for_timeout(PAUSE)
            page.keyboard.press(keys[-1])
            assert text_and_caret(field) == (keys, len(keys))
            page.wait_for_timeout(PAUSE)
            assert text_and_caret(field) == (keys, len(keys))
            assert page.locator("#lab-weight-0").input_value() == in_force
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(PAUSE)
        assert text_and_caret(field) == ("12.5", 3)
        page.keyboard.press("Tab")
        rest = sum(before[1:])
        assert weights(page) == pytest.approx([12.5, *(87.5 * weight / rest for weight in before[1:])], abs=0.01)


def test_an_empty_field_asks_for_nothing(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        before = weights(page)
        field = write(page, 0, "4")
        page.wait_for_timeout(PAUSE)
        assert weights(page)[1:] != before[1:]
        page.keyboard.press("Backspace")
        page.wait_for_timeout(PAUSE)
        assert field.input_value() == ""
        page.keyboard.press("Tab")
        assert weights(page) == before
        assert field.get_attribute("aria-invalid") != "true"


def test_what_is_no_number_is_refused_in_sight_and_said(browser: Browser, book: Book) -> None:
    refusal = "Itu bukan angka, jadi bobot Cakupan tetap 37,50 %. Tulis angka dari 0 sampai 100, misalnya 12,5."
    with lab(browser, book) as page:
        before = link(page)
        field = write(page, 0, "3")
        page.wait_for_timeout(PAUSE)
        page.keyboard.press("x")
        page.keyboard.press("Enter")
        shown = page.locator(".lab-refusal").first
        assert status(page).replace("\N{NO-BREAK SPACE}", " ") == refusal
        assert shown.inner_text().replace("\N{NO-BREAK SPACE}", " ") == refusal
        expect(field).to_have_accessible_description(shown.inner_text())
        assert text_and_caret(field) == ("3x", 2)
        page.keyboard.press("Tab")
        assert (field.input_value(), field.get_attribute("aria-invalid")) == ("3x", "true")
        assert violations(page) == []
        assert sideways(page) == 0
        page.wait_for_timeout(REST)
        assert link(page) == before
        field.focus()
        page.keyboard.press("End")
        page.keyboard.press("Backspace")
        assert not shown.is_visible() and field.get_attribute("aria-invalid") == "false"
        page.keyboard.press("Enter")
        assert weights(page)[0] == 3


def test_a_refused_field_is_right_again_when_the_weights_change_elsewhere(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        field = write(page, 0, "abc")
        page.locator("#lab-radius").press("ArrowRight")
        assert field.input_value() == "abc"
        page.get_by_role("button", name="Kembali ke rubrik").click()
        assert weights(page) == [37.5, 25, 12.5, 12.5, 12.5]
        assert not page.locator(".lab-refusal").first.is_visible()


def test_escape_takes_back_all_since_the_first_key(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        before, address = weights(page), link(page)
        for keys in ("6", "abc", ""):
            write(page, 0, keys)
            page.wait_for_timeout(PAUSE)
            page.keyboard.press("Escape")
            assert weights(page) == before
            page.wait_for_timeout(REST)
            assert link(page) == address
        write(page, 0, "60").press("Enter")
        page.keyboard.press("Escape")
        assert weights(page)[0] == 60


def test_the_arrows_step_from_what_is_written(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        field = write(page, 0, "40")
        for key, expected in (("ArrowUp", "40,01"), ("ArrowUp", "40,02"), ("ArrowDown", "40,01")):
            page.keyboard.press(key)
            assert field.input_value() == expected
            assert page.locator("#lab-weight-0").input_value() == expected.replace(",", ".")
        write(page, 0, "100")
        page.keyboard.press("ArrowUp")
        assert weights(page) == [100, 0, 0, 0, 0]


def test_a_change_from_elsewhere_leaves_the_field_alone_in_which_somebody_writes(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        address = some_address(page)
        page.get_by_role("button", name="Kembali ke rubrik").click()
        page.wait_for_timeout(REST)
        field = write(page, 0, "12.")
        assert page.evaluate(FOLLOWED, address) == ["61.3", True]  # at once: after a pause what is written counts
        assert text_and_caret(field) == ("12.", 3)
        page.keyboard.press("5")
        page.keyboard.press("Enter")
        assert weights(page)[0] == 12.5


def test_a_field_that_goes_while_somebody_writes_moves_no_weight(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        address = some_address(page)
        page.select_option("#lab-province", "13")
        page.wait_for_timeout(REST)
        write(page, 0, "12")
        page.evaluate("(hash) => { location.hash = hash; }", address)
        page.locator("#lab-weight-3:disabled").wait_for()
        page.wait_for_timeout(PAUSE)
        assert weights(page)[0] == 61.3
        assert link(page) == address


def test_a_window_that_loses_the_keyboard_leaves_its_field_as_it_is(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        field = write(page, 0, "12.")
        field.dispatch_event("blur")  # the field stays the page's active element, as when another window is called
        assert text_and_caret(field) == ("12.", 3)
        assert page.locator("#lab-weight-0").input_value() == "12"


def test_what_is_pasted_is_read_as_what_is_pressed(browser: Browser, book: Book) -> None:
    with lab(browser, book, permissions=["clipboard-read", "clipboard-write"]) as page:
        for text, expected in ((" 12,5\N{NO-BREAK SPACE}%\n", 12.5), ("33.333", 33.33)):
            page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
            write(page, 0, "")
            page.keyboard.press("Control+v")
            page.keyboard.press("Tab")
            assert weights(page)[0] == expected


def test_the_tabulator_goes_through_the_fields_and_changes_nothing(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        before, address = page.locator(".lab-criteria").inner_html(), link(page)
        press(page, "Cakupan, persen")
        press(page, "Hanya Regulasi: 100 %")
        page.wait_for_timeout(PAUSE)
        assert page.locator(".lab-criteria").inner_html() == before
        assert link(page) == address


def test_other_criteria_keep_the_proportions_of_the_weights(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-assumption", "anything")  # brings the interview in with the rubric's share
        assert weights(page) == [30, 20, 10, 10, 10, 10, 10]
        page.get_by_role("button", name="Hanya Cakupan: 100 %").click()
        page.select_option("#lab-assumption", "plausible")
        assert weights(page) == [100, 0, 0, 0, 0]


def test_what_cannot_be_ranked_is_said_and_weights_come_back(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        move(page, 0, 60)
        kept = weights(page)
        page.select_option("#lab-province", "95")
        assert page.get_by_text("Pilihan ini tidak dapat diperingkat").is_visible()
        assert not page.locator(".lab-ranking").is_visible()
        page.wait_for_timeout(REST)
        dead = link(page)
        page.select_option("#lab-province", "13")
        assert weights(page) == kept
        assert page.evaluate(STATES, [f"#{dead}"])[0][:2] == ["", dead]


# ---- the ranking


def test_the_leader_is_said_once_after_a_rest(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", EXAMPLE)
        page.wait_for_timeout(REST)
        before, said = names(page)[0], status(page)
        page.get_by_role("button", name="Hanya Cakupan: 100 %").click()
        assert names(page)[0] != before
        assert status(page) == said
        page.wait_for_timeout(REST)
        assert status(page).startswith(f"Peringkat 1 berubah: dari {before} ke {names(page)[0]}, skor ")
        assert page.locator("[aria-live]:not([aria-live=off])").count() == 1


def test_moves_are_told_by_sign_arrow_and_word(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", EXAMPLE)
        before = names(page)
        page.get_by_role("button", name="Hanya Cakupan: 100 %").click()
        for place, (name, told) in enumerate(
            zip(names(page), page.locator(".lab-move").all_text_contents(), strict=True)
        ):
            moved = before.index(name) - place
            expected = f"▲ +{moved} naik {moved} tempat" if moved > 0 else f"▼ −{-moved} turun {-moved} tempat"
            assert told == (expected if moved else "= tetap")


def test_the_nation_shows_the_first_regions_and_all_when_asked(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", "ID")
        assert page.locator(".lab-ranking tbody tr").count() == 50
        page.get_by_role("button", name="Tampilkan semua 514 daerah").click()
        assert page.locator(".lab-ranking tbody tr").count() == 514
        move(page, 0, 90)
        page.wait_for_timeout(REST)
        assert len(set(names(page))) == 514
        ranks = [int(text) for text in page.locator(".lab-rank").all_inner_texts() if text != "–"]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_rows_glide_only_where_motion_is_welcome(browser: Browser, book: Book, motion: str) -> None:
    with lab(browser, book, reduced_motion=motion) as page:
        page.locator(".lab-ranking").scroll_into_view_if_needed()
        page.select_option("#lab-province", EXAMPLE)
        page.wait_for_timeout(REST)
        page.get_by_role("button", name="Hanya Regulasi: 100 %").click()
        gliding = page.evaluate("() => document.getAnimations().some((one) => one.effect.target.tagName === 'TR')")
        assert gliding is (motion == "no-preference")


def test_a_region_opens_to_its_figures_and_their_sources(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", "13")
        page.get_by_role("button", name="Kota Padang Panjang").click()
        detail = page.locator(".lab-detail")
        assert "55,5\N{NO-BREAK SPACE}%" in detail.inner_text()
        hrefs = [anchor.get_attribute("href") or "" for anchor in detail.locator("a").all()]
        assert hrefs and all(href.startswith(("https://", "http://", "sources.html#")) for href in hrefs)
        page.get_by_role("button", name="Kota Padang Panjang").click()
        assert detail.count() == 0


def test_no_name_from_the_data_becomes_markup(browser: Browser, book: Book) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    path = book.site / "_static" / "lab" / DATA
    honest = path.read_text(encoding="utf-8")
    code, name = '"13.74","Kota Padang Panjang"', hostile.replace("<", "\\u003c")
    assert code in honest
    try:
        path.write_text(honest.replace(code, f'"13.74","{name}"'), encoding="utf-8")
        with lab(browser, book) as page:
            assert hostile in names(page)
            page.get_by_role("button", name=hostile, exact=True).click()
            page.get_by_text("Bagan ini sebagai tabel").click()
            assert page.locator("paritrana-lab img").count() == 0
    finally:
        path.write_text(honest, encoding="utf-8")


# ---- what is modelled


def chosen(page: Page) -> tuple[str, str]:
    """Which province, and which assumption about gaps."""
    return page.locator("#lab-province").input_value(), page.locator("#lab-assumption").input_value()


def note(page: Page) -> str:
    """What is said of gaps that are not shown as they were chosen to be; nothing where they are."""
    return " ".join(text for text in page.locator(".lab-file + .lab-note").all_inner_texts() if text)


def shown(page: Page) -> list[list[str]]:
    """What the ranking shows of each region, but for probabilities."""
    rows = page.locator(".lab-ranking tbody tr").all()
    return [[row.locator(".lab-name").inner_text(), *row.locator("td").all_inner_texts()[:3]] for row in rows]


def shares(page: Page, radius: int) -> dict[str, float]:
    """How often each region is first when weights move so far."""
    page.locator("#lab-radius").fill(str(radius))
    page.get_by_text(re.compile(rf"^Dari 10\.000 percobaan dengan bobot ± {radius} poin")).wait_for()
    names_, cells = page.locator(".lab-name").all_inner_texts(), page.locator(".lab-ranking td:nth-child(5)")
    read = [text.replace("\N{NO-BREAK SPACE}%", "").replace(",", ".") for text in cells.all_inner_texts()]
    return {name: float(text) / 100 for name, text in zip(names_, read, strict=True)}


def apart(share: float, other: float) -> float:
    """The relative entropy of two shares, from 0 on."""
    parts = ((share, other), (1 - share, 1 - other))
    return sum(one * math.log(one / two) for one, two in parts if one > 0)


@pytest.mark.parametrize(("radius", "weights_", "slack"), [(0, "own", 0.005), (100, "any", 0.03)])
def test_a_region_is_first_as_often_as_on_the_pages_of_its_province(
    browser: Browser, book: Book, radius: int, weights_: str, slack: float
) -> None:
    """With the rubric's weights and with any at all, but for the number of draws of values.

    The mean of `DRAWS` values from 0 to 1 strays from its expectation as seldom as Chernoff's bound says (Hoeffding
    1963, theorem 1 and section 6: also without replacement). Which weights are drawn, 10,000 here and 20,000 there,
    changes a share by `slack` at most: five standard errors; with the rubric's own it is only that the page takes some
    of its draws of values once more than others.
    """
    found = json.loads((book.site / "results" / "2024" / "13.json").read_text(encoding="utf-8"))
    names_ = {row["region_code"]: row["name"] for row in found["regions"]}
    page_has = {
        row["region_code"]: row["acceptability"][0]
        for row in found["acceptability"]
        if (row["candidates"], row["assumption"], row["weights"]) == ("all", "modelled", weights_)
    }
    assert len(page_has) == 19
    with lab(browser, book, "#p=13") as page:
        assert (chosen(page), note(page)) == (("13", "modelled"), "")
        lab_has = shares(page, radius)
    limit = math.log(2 * len(page_has) / RARE) / DRAWS
    for code, share in page_has.items():
        own = lab_has[next(name for name in lab_has if name.endswith(names_[code]))]
        near = min(max(own, share - slack), share + slack)  # of what the page may mean the nearest
        assert apart(own, min(max(near, 1e-9), 1 - 1e-9)) <= limit, (code, share, own)


def test_the_lab_begins_with_the_assumption_of_the_pages_in_a_province_of_the_book(
    browser: Browser, book: Book
) -> None:
    with lab(browser, book) as page:
        assert (chosen(page), note(page)) == (("13", "modelled"), "")
        assert "&a=m&" in link(page)
        text = page.locator("article").inner_text()
        assert f"satu dari {DRAWS} kemungkinan menurut model" in text and "ditarik bersama" in text
        page.select_option("#lab-assumption", "plausible")
        page.locator(DRAWN).first.wait_for()
        assert "&a=p&" in link(page) and "ditarik bersama: satu dari" not in page.locator("article").inner_text()


def test_the_first_province_is_the_fullest_of_the_book() -> None:
    data = parity.data()
    assert fullest(data) not in ("13", "95")
    assert fullest(data | {"scripts": {"13": "", "95": ""}}) == "13"


@pytest.mark.parametrize(("province", "area"), [("64", "Kalimantan Timur"), ("ID", "Seluruh Indonesia")])
def test_what_the_book_does_not_have_is_shown_with_wide_ranges_and_said(
    browser: Browser, book: Book, province: str, area: str
) -> None:
    with lab(browser, book, f"#p={province}") as page:
        assert chosen(page) == (province, "modelled")
        assert note(page).startswith(f"Buku ini tidak memuat perkiraan untuk {area}, jadi")
        wide = shown(page)
        page.select_option("#lab-assumption", "plausible")
        assert (shown(page), note(page)) == (wide, "")


def test_a_province_without_gaps_needs_nothing_that_is_modelled(browser: Browser, book: Book) -> None:
    with lab(browser, book, f"#p={EXAMPLE}") as page:
        assert (chosen(page), note(page)) == ((EXAMPLE, "modelled"), "")


def test_what_is_loaded_is_said_and_nothing_can_be_changed_until_it_is_there(browser: Browser, book: Book) -> None:
    held: list[Route] = []
    with served(book) as root, open_page(browser, f"{root}lab.html#p={EXAMPLE}") as (page, faults):
        page.locator(DRAWN).first.wait_for()
        before = shown(page)
        page.route("**/provinces/13.js?v=*", lambda route: held.append(route))
        page.select_option("#lab-province", "13")
        expect(page.locator(".lab-file + .lab-note")).to_have_text("Perkiraan untuk Sumatera Barat sedang dimuat.")
        page.wait_for_timeout(REST)
        assert status(page) == note(page) == "Perkiraan untuk Sumatera Barat sedang dimuat."
        assert page.locator("[inert] .lab-ranking").count() == 1 and shown(page) == before
        assert page.get_by_role("button", name="Unduh tabel (CSV)").is_disabled()
        page.select_option("#lab-year", "2023")  # another choice of what is awaited
        held[0].continue_()
        page.get_by_role("button", name="Kota Padang Panjang").wait_for()
        assert page.locator("[inert]").count() == 0 and note(page) == "" and len(held) == 1
        assert "2023" in page.locator(".lab-ranking caption").inner_text()
        page.locator(DRAWN).first.wait_for()
        page.wait_for_timeout(REST)
        assert status(page).startswith("Peringkat 1") and "p=13&y=2023" in page.url
        assert [fault for fault in faults if not fault.startswith(f"request: {root}")] == []


def test_a_choice_that_was_left_while_it_was_loaded_stays_left(browser: Browser, book: Book) -> None:
    held: list[Route] = []
    with served(book) as root, open_page(browser, f"{root}lab.html#p={EXAMPLE}") as (page, _):
        page.locator(DRAWN).first.wait_for()
        before = shown(page)
        page.route("**/provinces/13.js?v=*", lambda route: held.append(route))
        page.select_option("#lab-province", "13")
        page.locator("[inert]").wait_for(state="attached")
        page.select_option("#lab-province", EXAMPLE)
        assert page.locator("[inert]").count() == 0 and note(page) == ""
        held[0].continue_()
        page.wait_for_timeout(REST)
        assert (chosen(page)[0], shown(page)) == (EXAMPLE, before)


def test_what_cannot_be_loaded_is_said_and_wide_ranges_are_shown(browser: Browser, book: Book) -> None:
    path = book.site / "_static" / "lab" / "provinces" / "13.js"
    kept = path.rename(path.with_suffix(".away"))
    try:
        with open_page(browser, f"{book.url('lab')}#p=13") as (page, faults):
            page.locator(DRAWN).first.wait_for()
            said = "Perkiraan untuk Sumatera Barat tidak dapat dimuat, jadi data kosong dianggap"
            assert note(page).startswith(said) and status(page).startswith(said)
            wide = shown(page)
            assert chosen(page) == ("13", "modelled") and "&a=m&" in link(page)
            assert "data kosong: wajar." in (page.locator(".lab-paper").text_content() or "")
            page.select_option("#lab-assumption", "plausible")
            assert (shown(page), note(page)) == (wide, "")
            assert [fault for fault in faults if "ERR_FILE_NOT_FOUND" not in fault] == []
    finally:
        kept.rename(path)


def test_links_made_before_anything_was_modelled_show_what_they_showed(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-assumption", "plausible")
        page.wait_for_timeout(REST)
        old, wide = link(page), shown(page)
    with lab(browser, book, f"#{old}") as page:
        assert (chosen(page), note(page), shown(page)) == (("13", "plausible"), "", wide)
        assert not page.locator(".lab-note").first.is_visible()


# ---- how sure


def test_draws_show_their_progress_and_can_be_cancelled(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", "ID")
        page.get_by_role("progressbar").wait_for()
        page.wait_for_function("() => document.querySelector('paritrana-lab progress').value > 0")
        page.get_by_role("button", name="Batalkan").click()
        assert not page.get_by_role("progressbar").is_visible()
        assert page.locator(DRAWN).count() == 0
        assert page.get_by_text("Peluang belum dihitung untuk bobot ini").is_visible()
        page.select_option("#lab-province", EXAMPLE)
        page.locator(DRAWN).first.wait_for()


def test_the_probabilities_of_every_region_and_every_rank_sum_to_one(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", EXAMPLE)
        page.locator(DRAWN).first.wait_for()
        firsts = [
            float(text[:-2].replace(",", "."))
            for text in page.locator(".lab-ranking td:nth-child(5)").all_inner_texts()
        ]
        assert abs(sum(firsts) - 100) < 0.5
        page.get_by_text("Peluang setiap peringkat", exact=True).click()
        assert page.locator("table.heat tbody tr").count() == len(firsts)
        assert "10.000 percobaan" in page.locator("article").inner_text()


def test_the_next_overtaking_happens_where_it_is_said_to(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", EXAMPLE)
        page.wait_for_timeout(REST)
        told = (
            page.locator("h3:has-text('Pergantian urutan') ~ ul li")
            .first.inner_text()
            .replace("\N{NO-BREAK SPACE}", " ")
        )
        found = re.fullmatch(
            r"Jika bobot (.+) (naik|turun) ([\d,]+) poin persen menjadi ([\d,]+) %, (.+) menyusul (.+)\.", told
        )
        assert found
        title, way, _, weight, passing, passed = found.groups()
        before = names(page)
        assert before.index(passing) > before.index(passed)
        beyond = float(weight.replace(",", ".")) + (1 if way == "naik" else -1)
        write(
            page,
            [text[2:] for text in page.locator(".lab-criterion > label").all_inner_texts()].index(title),
            f"{beyond:.2f}",
        )
        page.keyboard.press("Enter")
        assert names(page).index(passing) < names(page).index(passed)


def test_a_pair_is_compared_on_every_weight(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", EXAMPLE)
        options = page.locator("#lab-pair-0 option").all_inner_texts()
        page.select_option("#lab-pair-0", label=options[0])
        page.select_option("#lab-pair-1", label=options[1])
        page.get_by_text(f"Bobot yang menempatkan {options[0]} di depan {options[1]}").wait_for()
        page.wait_for_timeout(REST)
        assert "&x=" in link(page)


# ---- questions and scenarios


def test_the_smallest_change_can_be_applied_and_makes_the_region_first(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", EXAMPLE)
        for option in page.locator("#lab-ask-region option").all_inner_texts():
            page.get_by_role("button", name="Kembali ke rubrik").click()
            page.select_option("#lab-ask-region", label=option)
            page.get_by_role("button", name="Cari perubahan terkecil").click()
            page.locator(".lab-answer p").first.wait_for()
            apply = page.get_by_role("button", name="Terapkan bobot ini")
            if apply.count():
                apply.click()
                assert names(page)[0] == option
            else:
                assert re.search("Tidak ada bobot|sudah menjadi", page.locator(".lab-answer").inner_text())


def test_weights_that_give_the_announced_podium_can_be_applied(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", EXAMPLE)
        announced = re.findall(r"(\d)\. ([\w. ]+?)(?:,| dan |\.$)", page.locator("#lab-announced").inner_text())
        assert len(announced) == 3
        page.get_by_role("button", name="Bobot mana yang menghasilkan podium").click()
        page.get_by_role("button", name="Terapkan bobot ini").click()
        ranked = dict(zip(names(page), page.locator(".lab-rank").all_inner_texts(), strict=True))
        assert all(int(ranked[name]) <= int(place) for place, name in announced)  # a tie counts as given


def test_a_podium_that_no_weights_give_is_said_to_be_impossible(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", "92")
        page.select_option("#lab-year", "2023")
        page.select_option("#lab-assumption", "known")
        page.get_by_role("button", name="Bobot mana yang menghasilkan podium").click()
        page.get_by_text("Tidak ada bobot yang menghasilkan podium yang diumumkan").wait_for()


def test_up_to_three_scenarios_are_compared_and_come_back_with_the_address(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.get_by_role("button", name="Simpan bobot sekarang").click()
        for rubric in ("regulation-heavy", "equal"):
            page.select_option("#lab-scenario", rubric)
            page.get_by_role("button", name="Tambahkan").click()
        expect(page.get_by_role("button", name="Tambahkan")).to_be_disabled()
        page.wait_for_timeout(REST)
        titles = page.locator(".lab-scenarios strong").all_inner_texts()
        assert titles == ["Skenario 1", "Berat pada regulasi", "Bobot sama"]
        assert page.locator(".lab-axis").count() == 5
        address = link(page)
        page.get_by_role("button", name="Gunakan Berat pada regulasi").click()
        assert weights(page) == [12.5, 12.5, 12.5, 50, 12.5]
        page.get_by_role("button", name="Hapus Skenario 1").click()
        assert page.locator(".lab-scenarios li").count() == 2
    with lab(browser, book, f"#{address}") as page:
        assert page.locator(".lab-scenarios strong").all_inner_texts() == titles


# ---- the address


def some_address(page: Page) -> str:
    """An address that says more than the default one."""
    page.select_option("#lab-province", EXAMPLE)
    move(page, 0, 61.3)
    page.get_by_label("Kunci bobot Regulasi").check()
    page.get_by_role("button", name="Simpan bobot sekarang").click()
    page.wait_for_timeout(REST)
    return link(page)


def damaged(address: str, count: int = 100) -> list[str]:
    """So many damaged and hostile addresses: cut short, changed, of other versions, scripts, huge numbers, noise."""
    draw = random.Random(16800)
    made = [f"#{address[:cut]}" for cut in draw.sample(range(1, len(address)), 25)]
    for _ in range(25):
        at = draw.randrange(len(address))
        letter = draw.choice([one for one in string.ascii_letters + string.digits if one != address[at]])
        made.append(f"#{address[:at]}{letter}{address[at + 1 :]}")
    made += [f"#{address.replace('v=1', f'v={version}')}" for version in (0, 2, 99, "1.0", "x")]
    scripts = (
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        '"><img src=x onerror=alert(1)>',
        "${alert(1)}",
        "%3Csvg%20onload",
    )
    made += [f"#v=1&p={script}&w=1.1.1.1.1" for script in scripts]
    made += [
        re.sub("w=[^&]+", f"w={weights}", f"#{address}")
        for weights in ("9" * 400, "1e9.1", "-1.2.3.4.5", "NaN", "0.0.0.0.0")
    ]
    made += [f"#{more}&{address}" for more in ("w=1.1", "h=0", "__proto__=1", "constructor=x", "p=13")]
    made += [
        "#" + "".join(draw.choices(string.printable[:94], k=draw.randrange(1, 900))) for _ in range(count - len(made))
    ]
    return made


def test_a_hundred_damaged_addresses_give_the_default_and_a_note(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        default, caption = link(page), page.locator(".lab-ranking caption").inner_text()
        address = some_address(page)
        hashes = damaged(address)
        assert len(set(hashes)) == 100
        shown = page.evaluate(STATES, [one for pair in ((f"#{address}", bad) for bad in hashes) for one in pair])
        assert {tuple(good[:2]) for good in shown[::2]} == {("", address)}
        for bad, (note, now, title) in zip(hashes, shown[1::2], strict=True):
            assert (note[:20], now, title) == ("Tautan ini rusak ata", default, caption), bad


@pytest.mark.parametrize("address", ["v=1&p=<script>alert(1)</script>", "v=2", "v=1&w=1.2.3&h=x", "%E0%A4%A"])
def test_a_damaged_address_that_is_opened_gives_the_default_and_a_note(
    browser: Browser, book: Book, address: str
) -> None:
    with lab(browser, book, f"#{address}") as page:
        assert page.locator(".lab-note").get_by_text("Tautan ini rusak").is_visible()
        assert weights(page) == [37.5, 25, 12.5, 12.5, 12.5]


def test_a_link_survives_what_messengers_do_to_it(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        address = some_address(page)
        ends = (
            ".",
            ")",
            ",",
            "!",
            "…",
            "”",
            "%20",
            "&utm_source=whatsapp&utm_medium=chat",
            "?fbclid=IwAR0-x_Y",
            "&gclid=1",
        )
        sent = [f"#{address}{end}" for end in ends]
        sent += [f"#{address.replace('&', mark)}" for mark in ("&amp;", "%26")]
        sent += [
            f"#{address.replace('=', '%3D').replace('~', '%7E')}",
            f"#{address.replace('&', '&amp;')}&amp;utm_id=3.",
        ]
        shown = page.evaluate(STATES, sent)
        assert [(note, now) for note, now, _ in shown] == [("", address)] * len(sent)


def test_a_province_page_leads_to_the_lab_with_its_province(browser: Browser, book: Book) -> None:
    with lab(browser, book, "#p=13") as page:
        assert page.locator("#lab-province").input_value() == "13"
        assert not page.locator(".lab-note").first.is_visible()
    with lab(browser, book, "#p=77") as page:
        assert page.locator(".lab-note").get_by_text("Tautan ini rusak").is_visible()


WITNESSES = """(links) => links.map(({hash, name}) => {
  history.replaceState(null, "", hash);
  dispatchEvent(new HashChangeEvent("hashchange"));
  const row = [...document.querySelectorAll(".lab-ranking tbody tr")]
    .find((one) => one.querySelector(".lab-name").textContent === name);
  const told = [...document.querySelectorAll(".lab-note")].some((note) => !note.hidden);
  return [told, row.querySelector(".lab-rank").textContent];
})"""


def test_the_lab_shows_every_rank_under_the_weights_that_a_province_page_names_for_it(
    browser: Browser, book: Book
) -> None:
    with open_page(browser, book.url("provinces/13-sumatera-barat/sensitivity"), width=390) as (opened, faults):
        ways = opened.locator("details.fold a")
        called = [re.fullmatch(r".*: (.*) di peringkat (\d+)", text) for text in ways.evaluate_all(CALLED)]
        hashes = ways.evaluate_all("ways => ways.map(way => way.hash)")
        first = opened.locator("details.fold").first
        first.locator("summary").click()
        first.get_by_role("link").last.click()
        opened.wait_for_url("**/lab.html#*")
        expect(opened.locator(".lab-note").first).to_be_hidden()
        assert opened.locator("#lab-province").input_value() == "13" and hashes[1].split("&w=")[1] in opened.url + "&h="
        links = [{"hash": one, "name": match[1]} for one, match in zip(hashes, called, strict=True) if match]
        assert len(links) == len(hashes) > 15
        shown = opened.evaluate(WITNESSES, links)
        assert shown == [[False, match[2]] for match in called if match]
        assert faults == []


def test_a_place_on_the_page_is_no_damaged_address(browser: Browser, book: Book) -> None:
    with lab(browser, book, "#cara-membaca-halaman-ini") as page:
        move(page, 0, 60)
        page.evaluate("() => { location.hash = '#lab-ask'; }")
        page.wait_for_timeout(50)
        assert weights(page)[0] == 60
        assert not page.locator(".lab-note").first.is_visible()


def test_every_state_comes_back_from_its_address(browser: Browser, book: Book) -> None:
    question = """(seed) => {
      const core = ParitranaLabCore();
      const data = ParitranaLabData;
      const tableOf = (choice) => core.table(data, choice);
      const states = ParitranaLabState(data, "abc", {...data, province: "13", candidates: "all"}, tableOf);
      const next = (count) => { seed = (seed * 48271) % 2147483647; return seed % count; };
      const one = (list) => list[next(list.length)];
      const failed = [];
      for (let round = 0; round < 300; round++) {
        const choice = {province: one([...data.provinces.map(({code}) => code), "ID"]), year: one(data.years),
          rubric: one(data.rubrics).id, candidates: one(["all", "nominees"]),
          assumption: one(["modelled", "plausible", "anything", "known"])};
        const {criteria, codes} = tableOf(choice);
        const weights = () => states.reduced(criteria.map((_, at) => at ? next(1000) : 1 + next(1000)));
        const state = {...choice, parts: weights(), locked: criteria.map(() => next(2) === 1), radius: next(101),
          scenarios: Array.from({length: next(4)}, () => next(2) || !criteria.length ? {rubric: one(data.rubrics).id}
            : {parts: weights()}), pair: codes.length > 1 && next(2) ? [codes[0], codes[1]] : []};
        const address = states.write(state);
        const found = states.read(address);
        if (JSON.stringify(found?.state) !== JSON.stringify(state) || found.other) failed.push([address, found]);
      }
      return failed;
    }"""
    with lab(browser, book) as page:
        assert page.evaluate(question, 16800) == []


def test_an_address_made_with_other_data_is_shown_with_a_note(browser: Browser, book: Book) -> None:
    question = """(link) => {
      const core = ParitranaLabCore();
      const tableOf = (choice) => core.table(ParitranaLabData, choice);
      const first = {...ParitranaLabData, province: "13", candidates: "all"};
      return ParitranaLabState(ParitranaLabData, "older", first, tableOf).write(
        {...ParitranaLabState(ParitranaLabData, "", first, tableOf).start(), parts: [4, 3, 2, 1, 1]});
    }"""
    with lab(browser, book) as page:
        address = page.evaluate(question)
    with lab(browser, book, address) as page:
        assert page.locator(".lab-note").get_by_text("versi data yang lain").is_visible()
        assert weights(page)[0] == pytest.approx(400 / 11, abs=0.01)


@contextmanager
def served(book: Book) -> Iterator[str]:
    """The site on a port of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=book.site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def test_from_a_server_it_is_as_from_a_file_and_asks_nobody_else(browser: Browser, book: Book) -> None:
    def shown(page: Page) -> list[str]:
        page.locator(DRAWN).first.wait_for()
        return [*page.locator(".lab-ranking").all_inner_texts(), *page.locator(".lab-criteria").all_inner_texts()]

    with lab(browser, book) as page:
        address = some_address(page)
    with lab(browser, book, f"#{address}") as page:
        from_file = shown(page)
    with served(book) as root, open_page(browser, f"{root}lab.html#{address}") as (page, faults):
        assert shown(page) == from_file
        assert [fault for fault in faults if not fault.startswith(f"request: {root}")] == []


# ---- what is taken along


def test_the_link_is_copied(browser: Browser, book: Book) -> None:
    with lab(browser, book, permissions=["clipboard-read", "clipboard-write"]) as page:
        move(page, 0, 50)
        page.wait_for_timeout(REST)  # the leader is said then, in the same place
        page.get_by_role("button", name="Salin tautan").click()
        page.wait_for_function("() => document.querySelector('[role=status]').textContent === 'Tautan disalin.'")
        assert page.evaluate("() => navigator.clipboard.readText()").endswith(link(page))


def saved(page: Page, button: Locator) -> tuple[str, bytes]:
    """The name and the content of a file that a button hands over."""
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_the_csv_holds_what_the_table_shows(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        move(page, 1, 40)
        page.locator(DRAWN).first.wait_for(state="detached")
        page.locator(DRAWN).first.wait_for()
        name, content = saved(page, page.get_by_role("button", name="Unduh tabel (CSV)"))
        rows = list(csv.DictReader(io.StringIO(content.decode())))
        assert re.fullmatch(r"paritrana-\d\d-\d{4}-hypothesis-a\.csv", name)
        for row, shown in zip(rows, page.locator(".lab-ranking tbody tr").all(), strict=True):
            cells = [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown.locator("td").all_inner_texts()]
            assert row["region"] == shown.locator(".lab-name").inner_text()
            assert (row["rank"] or "–") == cells[0].split("\n")[0]
            assert f"{float(row['score']):.1f}".replace(".", ",") == shown.locator(".lab-score").inner_text()
            assert f"{row['best_rank']}–{row['worst_rank']}" == cells[2]
            assert f"{100 * float(row['share_first']):.1f} %".replace(".", ",") == cells[3]
            added = sum(float(value) for key, value in row.items() if key.startswith("adds_"))
            assert abs(added - float(row["score"])) < 1e-9
        parts = [int(part.split("=")[1]) for part in rows[0]["weights"].split()]
        assert [round(100 * part / sum(parts), 2) for part in parts] == weights(page)


def test_the_chart_is_saved_with_what_it_shows(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        _, drawing = saved(page, page.get_by_role("button", name="Unduh bagan (SVG)"))
        text = drawing.decode()
        ranked = [
            name
            for name, rank in zip(names(page), page.locator(".lab-rank").all_inner_texts(), strict=True)
            if rank != "–"
        ]
        assert all(f"{place} {name}<" in text for place, name in enumerate(ranked, start=1))
        assert "Cakupan 37,50" in text and "bukan bobot resmi" in text and "Versi data" in text
        _, pixels = saved(page, page.get_by_role("button", name="Unduh bagan (PNG)"))
        size = re.search(r'width="([\d.]+)" height="([\d.]+)"', text)
        assert size and pixels[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", pixels[16:24])[0] == 2 * int(float(size.group(1)))


def test_paper_states_the_weights_the_data_and_the_address(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        move(page, 0, 50)
        page.wait_for_timeout(REST)
        page.emulate_media(media="print")
        paper = page.locator(".lab-paper").inner_text().replace("\N{NO-BREAK SPACE}", " ")
        assert "A Cakupan 50,00 %" in paper and "bukan bobot resmi" in paper
        assert "Peringkat yang diumumkan tidak berubah" in paper
        assert unquote(paper.split("#")[1].strip()) == link(page)
        assert not page.locator(".lab-weights").is_visible()
        assert page.locator(".lab-ranking").is_visible()


# ---- by keyboard alone

FOCUSED = """(name) => {
  const {activeElement: own} = document;
  return [own.id, own.getAttribute("aria-label"), own.textContent.trim()].includes(name);
}"""
SEEN = """() => {
  const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""


def press(page: Page, name: str, *keys: str, tab: str = "Tab") -> None:
    """Go with the tabulator to what has this id, label or text; it is seen to have the keyboard; press keys there."""
    for _ in range(150):
        if page.evaluate(FOCUSED, name):
            break
        page.keyboard.press(tab)
    assert page.evaluate(FOCUSED, name), f"the tabulator does not reach {name}"
    assert page.evaluate(SEEN), name
    for key in keys:
        page.keyboard.press(key)


def test_choices_and_weights_are_made_by_keyboard_alone(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        press(page, "lab-province")
        page.keyboard.type("Provinsi Con")
        assert page.locator("#lab-province").input_value() == EXAMPLE
        press(page, "lab-year", "ArrowUp")
        assert "2023" in page.locator(".lab-ranking caption").inner_text()
        press(page, "lab-candidates", "ArrowDown")
        assert page.locator("#lab-candidates").input_value() == "nominees"
        press(page, "lab-assumption", "ArrowDown", "ArrowDown")
        assert page.locator("#lab-assumption").input_value() == "anything"
        press(page, "lab-rubric", "ArrowDown")
        assert weights(page)[:3] == [25, 20, 15]
        press(page, "Arti pilihan ini", "Enter")
        assert page.get_by_text("batas yang paling aman").is_visible()
        press(page, "Cakupan, persen", "Control+a", "5", "0")
        assert weights(page)[0] == 50
        press(page, "lab-weight-0", "ArrowRight")
        assert weights(page)[0] == 51
        press(page, "Kunci bobot Cakupan", "Space")
        assert page.locator("#lab-weight-0").is_disabled()
        press(page, "Hanya Pertumbuhan: 100 %", "Enter")
        assert weights(page)[2] == 100
        press(page, "Kembali ke rubrik", "Enter")
        assert weights(page)[:3] == [25, 20, 15]
        press(page, "Bobot sama", "Enter")
        assert max(weights(page)) - min(weights(page)) < 0.02


def test_the_ranking_and_its_sureness_are_read_by_keyboard_alone(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.select_option("#lab-province", EXAMPLE)
        page.locator(DRAWN).first.wait_for()
        leader = names(page)[0]
        press(page, leader, "Enter")
        assert page.locator(".lab-detail").is_visible()
        press(page, "lab-radius", "ArrowRight")
        assert page.get_by_text("± 11 poin persen", exact=True).is_visible()
        page.wait_for_timeout(REST)
        page.get_by_role("button", name="Hitung ulang peluang").wait_for()  # hidden while probabilities are drawn
        press(page, "Hitung ulang peluang", "Enter")
        page.locator(DRAWN).first.wait_for()
        press(page, "Peluang setiap peringkat", "Enter")
        assert page.locator("table.heat").is_visible()
        first = page.locator("#lab-pair-0").input_value()
        press(page, "lab-pair-0", "ArrowDown")
        assert page.locator("#lab-pair-0").input_value() != first
        press(page, "lab-pair-1", "ArrowUp")
        page.select_option("#lab-province", "ID")
        page.get_by_role("progressbar").wait_for()
        press(page, "Batalkan", "Enter", tab="Shift+Tab")
        assert page.evaluate(FOCUSED, "Hitung ulang peluang")  # the keyboard stays where the button was


def test_the_keyboard_stays_where_it_is_while_answers_change(browser: Browser, book: Book) -> None:
    with lab(browser, book) as page:
        page.get_by_text("Bagan ini sebagai tabel").focus()
        weight = page.locator("#lab-weight-0")
        weight.evaluate("(slider) => { slider.value = 60; slider.dispatchEvent(new Event('input', {bubbles: true})); }")
        page.wait_for_timeout(REST)
        assert weights(page)[0] == 60
        assert page.evaluate(FOCUSED, "Bagan ini sebagai tabel")


def test_questions_scenarios_and_files_are_had_by_keyboard_alone(browser: Browser, book: Book) -> None:
    with lab(browser, book, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.select_option("#lab-province", EXAMPLE)
        press(page, "lab-ask-region", "ArrowDown", "ArrowDown")
        press(page, "Cari perubahan terkecil", "Enter")
        page.locator(".lab-answer p").first.wait_for()
        press(page, "Bobot mana yang menghasilkan podium yang diumumkan?", "Enter", tab="Shift+Tab")
        page.get_by_text("Podium yang diumumkan dapat dihasilkan").wait_for()
        before = weights(page)
        press(page, "Terapkan bobot ini", "Enter")
        assert weights(page) != before
        press(page, "Simpan bobot sekarang", "Enter")
        press(page, "lab-scenario", "ArrowDown")
        press(page, "Tambahkan", "Enter")
        page.locator(".lab-scenarios li").nth(1).wait_for()
        press(page, "Gunakan Skenario 1", "Enter")
        press(page, "Hapus Skenario 1", "Enter")
        assert page.evaluate(FOCUSED, "Simpan bobot sekarang")
        press(page, "Bagan ini sebagai tabel", "Enter")
        page.evaluate("() => { window.print = () => document.body.classList.add('printed'); }")  # no dialog in tests
        for name in ("Unduh bagan (SVG)", "Unduh bagan (PNG)"):
            with page.expect_download():
                press(page, name, "Enter")
        press(page, "lab-link")
        press(page, "Salin tautan", "Enter")
        page.wait_for_function("() => document.querySelector('[role=status]').textContent === 'Tautan disalin.'")
        with page.expect_download():
            press(page, "Unduh tabel (CSV)", "Enter")
        press(page, "Cetak", "Enter")
        assert page.locator("body.printed").count() == 1
