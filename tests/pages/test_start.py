"""The start page answers its own title: how many provinces, which, and why not the others."""

import re
from html import unescape

import pytest

from paritrana.pages.start import REASONS, Chapter, answer, finder, province_map
from paritrana.presentation.language import Text
from paritrana.record.maps import provinces
from paritrana.record.regions import names
from paritrana.record.tables import load
from paritrana.results.rows import Province

SAY = Text("id")


def chapter(code: str, leader: str = "", why: str = "few", recorded: int = 5) -> Chapter:
    share, why = (0.4, "") if leader else (None, why)
    called = names(load())[code]
    return Chapter(code, called, f"provinces/{code}/index.html", leader, share, why, (recorded, 40), (("r-1", "Agam"),))


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html)))


def test_the_first_sentence_counts_and_the_list_names() -> None:
    html = answer(SAY, [chapter("13", "Kota Padang Panjang"), chapter("95", why="unrecorded"), chapter("18")], False)
    text = plain(html)
    assert text.startswith(
        "Di 1 dari 3 provinsi dalam buku ini, data yang ada cukup untuk menyebut siapa yang teratas; "
        "di 2 lainnya tidak."
    )
    assert "Sumatera Barat: Kota Padang Panjang, peringkat 1 pada 40,0 % percobaan" in text
    assert "tidak ada angka sama sekali (1 provinsi)" in text
    assert '<a href="provinces/13/index.html">' in html


@pytest.mark.parametrize(
    ("leaders", "whole", "said"),
    [
        (["", ""], True, "Tidak satu pun dari 2 provinsi mempunyai data yang cukup"),
        (["Agam", "Agam"], True, "Di semua 2 provinsi, data yang ada cukup"),
        (["Agam", ""], True, "Di 1 dari 2 provinsi, data yang ada cukup"),
    ],
)
def test_none_and_all_are_said_as_such(leaders: list[str], whole: bool, said: str) -> None:
    html = answer(SAY, [chapter(code, leader) for code, leader in zip(("13", "95"), leaders, strict=True)], whole)
    assert plain(html).startswith(said)
    assert ("Sebabnya" in html) == (not all(leaders))
    assert ("Sebabnya di provinsi lainnya" in html) == (any(leaders) and not all(leaders))


def test_every_reason_of_a_result_has_words() -> None:
    choices = Province.model_json_schema()["properties"]["no_leader"]["items"]["enum"]
    assert sorted(choices) == sorted(REASONS)
    text = plain(answer(SAY, [chapter("13", why=reason) for reason in choices], False))
    assert text.count("(1 provinsi)") == len(choices)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_map_leads_to_every_chapter_and_tells_it_without_colour(language: str) -> None:
    say, called = Text(language), names(load())
    found = [chapter(code, recorded=at) for at, code in enumerate(sorted(provinces()))]
    html = province_map(say, found, provinces(), called)
    assert len(html.encode()) < 80_000
    labels = [unescape(label) for label in re.findall(r'<a href="[^"]+" aria-label="([^"]+)"', html)]
    assert [label.split(":")[0] for label in labels] == [called[code] for code in sorted(provinces())]
    assert html.count('<path fill="url(#map-dots)"') == 1  # the one without a figure
    assert html.count('<path class="least"') == 3 and html.count('<path class="some"') == 7  # of 40 cells
    assert not re.search(r"<script|\son\w+=", html)


def test_provinces_beyond_the_book_are_drawn_and_lead_nowhere() -> None:
    html = province_map(SAY, [chapter("13", "Agam")], provinces(), names(load()))
    assert html.count("<a ") == 1 and html.count('<path class="absent"') == 37
    assert "tidak ada di buku ini" in html and html.count('class="mark named"') == 2  # on the map and in the legend


def test_a_name_is_no_markup_in_finder_and_map() -> None:
    evil = Chapter("13", "<b>x</b>", "x.html", '"><i>', 0.4, "", (1, 2), (("r-1", '"><script>'),))
    html = finder(SAY, [evil]) + answer(SAY, [evil], False) + province_map(SAY, [evil], provinces(), names(load()))
    assert not re.search(r"<b>|<i>|<script", html)
