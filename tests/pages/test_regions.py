"""What is known of each region, together: nothing of the record is lost, and every region has its place."""

import re
from html import unescape

import pytest

from paritrana.pages.page import Page, open_page
from paritrana.pages.regions import REPORTED, aliases, one_by_one, place
from paritrana.record.tables import load

pytestmark = pytest.mark.slow

FEW = 500


@pytest.fixture(scope="module")
def padang() -> Page:
    return open_page("13", assumption="plausible", draws=FEW)


@pytest.fixture(scope="module")
def jember() -> Page:
    """Jawa Timur, the province with the most regions."""
    return open_page("35", assumption="plausible", draws=FEW)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def told(html: str) -> dict[str, str]:
    """What is told of each place, by its anchor, as text."""
    parts = re.split(r'<(?:details class="place"|li) id="([^"]+)"[^>]*>', html)
    texts = [plain(unescape(re.sub(r"<[^>]*>", " ", part))).strip() for part in parts[2::2]]
    return dict(zip(parts[1::2], texts, strict=True))


@pytest.mark.parametrize("which", ["padang", "jember"])
def test_every_region_has_one_place_and_is_called_by_its_name_there(which: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(which)
    html = one_by_one(page)
    assert sorted(re.findall(r' id="([^"]+)"', html)) == [place(code) for code in page.codes]
    texts = told(html)
    assert [code for code in page.codes if not texts[place(code)].startswith(page.name(code))] == []


def test_every_recorded_value_and_every_announced_result_stands_at_its_region(padang: Page) -> None:
    texts, say = told(one_by_one(padang)), padang.say
    for (code, name), row in padang.analysis.recorded.iterrows():
        shown = plain(padang.value(name, row["low"], row["high"]))
        assert f"{padang.criterion(name)}: {shown}" in texts[place(code)]
        assert say.date(row["as_of"]) in texts[place(code)]
    awards = load().awards
    for row in awards[awards["region_code"].isin(padang.codes)].itertuples():
        assert f"{int(row.assessment_year)}: " in texts[place(row.region_code)]
    results = (
        awards[awards["region_code"] == "13.74"].groupby(["assessment_year", "stage", "category", "result"]).ngroups
    )
    assert len(re.findall(r"tingkat (?:provinsi|nasional)", texts["r-1374"])) == results


def test_reported_figures_are_those_of_the_observations_with_what_was_noted(padang: Page) -> None:
    texts, seen = told(one_by_one(padang)), 0
    observations = load().observations.set_index("observation_id")
    picked = padang.analysis.nation.picks[padang.year].picked
    for (code, indicator, segment, _), figure in picked.iterrows():
        if code not in padang.codes or REPORTED.get(indicator) != segment or figure["low"] != figure["high"]:
            continue
        value = float(observations.at[figure["observations"][0], "value"])
        shown = f"{value:,.2f}" if indicator.endswith("_pct") else f"{value:,.0f}"
        assert shown.translate(str.maketrans(",.", ".,")) in texts[place(code)]
        assert all(plain(remark.text) in texts[place(code)] for remark in padang.remarks(figure["observations"]))
        seen += 1
    assert seen > 10


def test_chances_stand_beside_those_of_a_draw_by_lot(padang: Page) -> None:
    ranking = padang.analysis.main
    assert ranking is not None
    texts, say = told(one_by_one(padang)), padang.say
    low, high = ranking.any_weights.rank_interval()
    for at, code in enumerate(ranking.regions):
        assert f"Peringkat {say.interval(low[at], high[at])} dari 19 pada 90 % percobaan" in texts[place(code)]
        if code in padang.recorded:
            share = ranking.any_weights.share[at, :3].sum()
            assert plain(f"Tiga besar pada {say.percent(share)} percobaan") in texts[place(code)]
            assert "peluang acak 15,8 %" in texts[place(code)]


def test_regions_with_figures_come_first_and_the_others_are_folded(padang: Page) -> None:
    html = one_by_one(padang)
    order = re.findall(r'<details class="place" id="([^"]+)"', html)
    known = [anchor in {place(code) for code in padang.recorded} for anchor in order]
    assert known == sorted(known, reverse=True) and sum(known) == len(padang.recorded)
    folded = html.partition('<details class="others">')[2]
    assert len(order) + folded.count("<li id=") == len(padang.codes)


def test_a_region_without_a_figure_still_tells_what_full_cover_costs() -> None:
    page = open_page("95", draws=FEW)
    texts = told(one_by_one(page))
    for code in page.codes:
        cost = page.analysis.regions.at[code, "informal_employed"] * 16_800 * 12
        assert page.say.rupiah(cost) in texts[place(code)]
        assert "percobaan" not in texts[place(code)]


def test_the_cards_of_38_regions_stay_light(jember: Page) -> None:
    assert len(jember.codes) == 38
    assert len(one_by_one(jember).encode()) < 200_000


@pytest.mark.parametrize(
    ("name", "official", "others"),
    [
        ("Kab. Solok", "Kabupaten Solok", ("Kab Solok", "Solok")),
        ("Kota Solok", "Kota Solok", ("Solok",)),
        ("Kepulauan Mentawai", "Kabupaten Kepulauan Mentawai", ("Kab Kepulauan Mentawai", "Mentawai")),
        ("Way Kanan", "Kabupaten Way Kanan", ("Kab. Way Kanan", "Way Kanan")),
    ],
)
def test_a_region_is_looked_for_by_its_short_names_too(name: str, official: str, others: tuple[str, ...]) -> None:
    assert aliases(name, official)[0] == official
    assert {name, *others} <= set(aliases(name, official))
