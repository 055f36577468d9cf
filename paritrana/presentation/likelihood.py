"""Probabilities in words, from one documented scale.

Adapted from the guidance of the IPCC on the treatment of uncertainties (Mastrandrea et al. 2010): from a
probability on, a word; below the middle the words mirror those above it.
"""

from __future__ import annotations

from paritrana.presentation.language import Text


def likelihood(say: Text, probability: float) -> str:
    """The word for a probability (0 to 1); a probability on a border takes the more emphatic word."""
    scale = (
        (0.99, say("hampir pasti")),
        (0.90, say("sangat mungkin")),
        (0.66, say("mungkin besar")),
        (0.33, say("kira-kira sama mungkinnya dengan tidak")),
        (0.10, say("kecil kemungkinannya")),
        (0.01, say("sangat kecil kemungkinannya")),
    )
    reached = (word for least, word in scale if (probability >= least if least > 0.5 else probability > least))
    return next(reached, say("hampir mustahil"))
