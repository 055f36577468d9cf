"""Probabilities in words, on the scale of book/method.md."""

import pytest

from paritrana import paths
from paritrana.presentation.language import Text
from paritrana.presentation.likelihood import likelihood, times_chance

SCALE = [
    (1, "hampir pasti"),
    (0.99, "hampir pasti"),
    (0.9899, "sangat mungkin"),
    (0.90, "sangat mungkin"),
    (0.8999, "mungkin besar"),
    (0.66, "mungkin besar"),
    (0.6599, "kira-kira setengah kemungkinannya"),
    (0.5, "kira-kira setengah kemungkinannya"),
    (0.3301, "kira-kira setengah kemungkinannya"),
    (0.33, "kecil kemungkinannya"),
    (0.1001, "kecil kemungkinannya"),
    (0.10, "sangat kecil kemungkinannya"),
    (0.0101, "sangat kecil kemungkinannya"),
    (0.01, "hampir mustahil"),
    (0, "hampir mustahil"),
]


@pytest.mark.parametrize(("probability", "word"), SCALE)
def test_on_a_border_the_most_decided_word_is_said(probability: float, word: str) -> None:
    assert likelihood(Text("id"), probability) == word


def test_the_words_are_those_that_the_method_documents() -> None:
    section = (paths.BOOK / "method.md").read_text(encoding="utf-8").split("(method-words)=")[1]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if "%" in line and line.startswith("|")]
    documented = [word.strip() for _, word in rows]
    assert documented == list(dict.fromkeys(word for _, word in SCALE))


@pytest.mark.parametrize(
    ("share", "places", "said"),
    [
        (0.046, 38, "1,7 kali peluang acak 2,6\xa0%"),
        (0.097, 27, "2,6 kali peluang acak 3,7\xa0%"),
        (0.02, 9, "0,2 kali peluang acak 11,1\xa0%"),
        (0.001, 35, "kurang dari 0,1 kali peluang acak 2,9\xa0%"),
        (0.0, 35, "kurang dari 0,1 kali peluang acak 2,9\xa0%"),
        (0.101, 10, "sama dengan peluang acak 10,0\xa0%"),
    ],
)
def test_beside_an_announced_place_stands_how_many_times_chance(share: float, places: int, said: str) -> None:
    assert times_chance(Text("id"), share, places, 20_000) == said
