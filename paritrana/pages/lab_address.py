"""The address under which the weight lab shows a province's ranking with other weights: `lab/view/state.js` reads it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from paritrana.analysis.ranking import Ranking
from paritrana.engine.scores import MAX_PARTS
from paritrana.pages.page import Page
from paritrana.parameters.page import scenario_rubrics

VERSION = "1"  # of the form of an address
OFFSET, PRIME = 0x811C9DC5, 0x01000193  # of the check


def lab_address(page: Page, ranking: Ranking, candidates: str, parts: Sequence[int]) -> str:
    """The lab with this ranking's table under weights given as whole parts of their own sum, shape (K,).

    Empty where the lab would not show the same ranks: it has the rubrics of the scenarios, with goalposts for every
    criterion; weights in a million parts at most; and here equal scores share the better rank, unrounded.
    """
    rubric, divisor = ranking.rubric, math.gcd(*map(int, parts))
    reduced = [int(part) // divisor for part in parts]
    known = rubric.id in {each.id for each in scenario_rubrics(page.analysis.params.scenarios)}
    alike = rubric.ties == "min" and rubric.round is None and all(each.goalposts for each in rubric.criteria)
    if not (known and alike and sum(reduced) <= MAX_PARTS):
        return ""
    fields = {
        "v": VERSION,
        "p": page.analysis.params.province,
        "y": str(page.year),
        "r": rubric.id,
        "c": "" if candidates == "all" else candidates[0],
        "a": ranking.assumption[0],
        "w": ".".join(map(str, reduced)),
    }
    text = "&".join(f"{letter}={value}" for letter, value in fields.items() if value)
    return f"{page.root}lab.html#{text}&h={check(text)}"


def check(text: str) -> str:
    """The check at the end of an address: FNV-1a (Fowler, Noll and Vo 1991) in 32 bits, in base 36.

    >>> check("a"), check("foobar")  # their published values: e40c292c and bf9cf968
    ('1r9wi7g', '1h5yxyg')
    """
    code = OFFSET
    for letter in text:
        code = (code ^ ord(letter)) * PRIME % 2**32
    return np.base_repr(code, 36).lower()
