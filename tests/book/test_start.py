"""The start page in a real browser: whoever looks for a place comes to what is known of it, by field, map or search."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import open_page
from tests.small_book import Book

SOLOK = "13-sumatera-barat/index.html#r-1302"
MENTAWAI = "13-sumatera-barat/index.html#r-1309"
YALIMO = "95-papua-pegunungan/index.html#r-9506"


def found(page: Page) -> list[str]:
    return page.locator("#finder-list [role=option]").all_text_contents()


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("kab solok", SOLOK),
        ("kabupaten solok", SOLOK),
        ("KAB. SOLOK", SOLOK),
        ("kota solok", "13-sumatera-barat/index.html#r-1372"),
        ("mentawai", MENTAWAI),
        ("kep mentawai", MENTAWAI),
        ("yalimo", YALIMO),
        ("papua pegunungan", "95-papua-pegunungan/index.html"),
    ],
)
def test_what_is_typed_leads_to_the_place(browser: Browser, book: Book, typed: str, leads_to: str) -> None:
    with open_page(browser, book.url("index")) as (page, faults):
        page.get_by_role("combobox").fill(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{leads_to}")
        anchor = leads_to.partition("#")[2]
        assert not anchor or page.locator(f"#{anchor}").count() == 1
    assert faults == []


def test_the_finder_is_used_by_keyboard_alone_and_says_how_many_names_match(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("index")) as (page, _):
        field = page.get_by_role("combobox")
        field.fill("solok")
        names = found(page)
        assert len(names) >= 3
        assert page.locator("form.finder [role=status]").text_content() == f"{len(names)} nama cocok"
        field.press("ArrowDown")
        field.press("ArrowDown")
        second = page.locator("#finder-list [aria-selected=true]")
        assert second.text_content() == names[1]
        assert field.get_attribute("aria-activedescendant") == second.get_attribute("id")
        field.press("Escape")
        assert not page.locator("#finder-list").is_visible()
        field.fill("atlantis")
        assert found(page) == []
        assert page.locator("form.finder [role=status]").text_content() == "Tidak ada nama yang cocok di buku ini."


def test_without_a_script_the_list_of_provinces_leads_on(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("index"), java_script_enabled=False) as (page, _):
        assert not page.locator("form.finder").is_visible()
        page.get_by_text("Daftar provinsi").click()
        page.locator("ul.chapters").get_by_role("link", name="Papua Pegunungan").click()
        page.wait_for_url("**/95-papua-pegunungan/index.html")


def test_a_province_on_the_map_is_a_link_with_a_name_that_the_keyboard_reaches(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("index")) as (page, _):
        link = page.locator(".map-wrap a[href*='13-sumatera-barat']")
        assert (link.get_attribute("aria-label") or "").startswith("Sumatera Barat: ")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/13-sumatera-barat/index.html")


@pytest.mark.parametrize(
    ("sought", "leads_to"), [("Mentawai", MENTAWAI), ("kab solok", SOLOK), ("Kabupaten Yalimo", YALIMO)]
)
def test_the_search_leads_to_the_place_of_a_region(browser: Browser, book: Book, sought: str, leads_to: str) -> None:
    with open_page(browser, f"{book.url('search')}?q={sought.replace(' ', '+')}") as (page, _):
        results = page.locator("#search-results li a")
        results.first.wait_for()
        page.wait_for_timeout(500)  # results come one by one
        assert any((link.get_attribute("href") or "").endswith(leads_to) for link in results.all()[:5])


def test_every_region_of_a_province_has_its_place(browser: Browser, book: Book) -> None:
    with open_page(browser, book.url("provinces/13-sumatera-barat/index")) as (page, _):
        assert page.locator("[id^='r-13']").count() == 19
