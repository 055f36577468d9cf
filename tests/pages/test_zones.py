"""The page of the province category, as a reader of either language finds it."""

import re

import pytest

from paritrana.pages import zones
from paritrana.pages.zones import ZonesPage
from paritrana.plan.book import ZONES_RUBRIC
from paritrana.record.years import YEARS


@pytest.fixture(scope="module", params=["id", "en"])
def page(request: pytest.FixtureRequest) -> ZonesPage:
    return zones.open_zones(["51"], rubric=ZONES_RUBRIC, language=request.param, draws=2000)


def rows(html: str) -> list[str]:
    return re.findall(r"<tr><th scope=\"row\">.*?</tr>", html)


def test_each_year_has_every_province_once(page: ZonesPage) -> None:
    for year in YEARS:
        names = [re.sub(r"<.*?>", "", re.sub(r"<span.*", "", row)).strip() for row in rows(zones.provinces(page, year))]
        assert sorted(names) == sorted(page.tables.provinces["name"])


def test_within_a_zone_the_most_often_first_stands_in_front(page: ZonesPage) -> None:
    of_zones = [len(zone.provinces) for zone in page.years[2023]]
    shown = [
        float(re.search(r"<td class=\"num\">([\d.,]+)", row)[1].replace(",", "."))  # type: ignore[index]
        for row in rows(zones.provinces(page, 2023))
    ]
    start = 0
    for size in of_zones:
        part = shown[start : start + size]
        assert part == sorted(part, reverse=True)
        start += size


def test_only_a_province_of_this_book_is_a_link_to_its_chapter(page: ZonesPage) -> None:
    html = zones.provinces(page, 2024)
    assert re.findall(r"provinces/[\w-]+/index.html", html) == ["provinces/51-bali/index.html"]


def test_a_zone_says_who_may_be_named_or_why_not_and_who_was_announced(page: ZonesPage) -> None:
    html = zones.findings(page, 2023)
    items = re.findall(r"<li>(.*?)</li>", html)
    assert len(items) == len(page.years[2023])
    [java] = [item for item in items if item.startswith("Jawa-Bali")]
    assert "Jawa Timur" in java and "DKI Jakarta" not in java


def test_the_lead_counts_the_zones_in_which_somebody_is_named(page: ZonesPage) -> None:
    for year, found in page.years.items():
        named = sum(bool(zone.said and zone.said.leader) for zone in found)
        assert re.search(rf"{named} \w+ {len(found)} .*?{year}", zones.lead(page))
