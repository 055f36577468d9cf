"""Probabilities in words, from one documented scale.

Adapted from the guidance of the IPCC on the treatment of uncertainties (Mastrandrea et al. 2010): from a
probability on, a word; below the middle the words mirror those above it.
"""

from __future__ import annotations

from paritrana.presentation.language import Text

SURE = 0.66  # from here on "mungkin besar", and named among the likely
ERRORS = 2.0  # standard errors within which a share of draws is no other than chance
LEAST_TIMES = 0.1  # below this share of chance no figure is given
BORDERS = (0.99, 0.90, SURE, 0.33, 0.10, 0.01)  # from each on a word


def likelihood(say: Text, probability: float) -> str:
    """The word for a probability (0 to 1); a probability on a border takes the more emphatic word."""
    words = (
        say("hampir pasti"),
        say("sangat mungkin"),
        say("mungkin besar"),
        say("kira-kira setengah kemungkinannya"),
        say("kecil kemungkinannya"),
        say("sangat kecil kemungkinannya"),
    )
    scale = zip(BORDERS, words, strict=True)
    reached = (word for least, word in scale if (probability >= least if least > 0.5 else probability > least))
    return next(reached, say("hampir mustahil"))


def times_chance(say: Text, share: float, places: float, draws: int) -> str:
    """How many times as probable as by chance (one of `places`) a share of draws is, with that chance.

    Said of what was announced, where a word for the probability would sound like a verdict.
    """
    chance = 1 / places
    baseline = say.percent(chance)
    if abs(share - chance) <= ERRORS * (share * (1 - share) / draws) ** 0.5:
        return say("sama dengan peluang acak {baseline}", baseline=baseline)
    if share < LEAST_TIMES * chance:
        return say("kurang dari 0,1 kali peluang acak {baseline}", baseline=baseline)
    return say("{times} kali peluang acak {baseline}", times=say.number(share / chance, 1), baseline=baseline)
