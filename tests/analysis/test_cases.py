"""The engine against the literature: every published figure on the book's page is reproduced."""

import pytest

from paritrana.analysis.cases import Case, all_cases

CASES = all_cases(draws=20_000, seed=1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.subject}-{case.figure}-{case.of}")
def test_a_published_figure_is_reproduced(case: Case) -> None:
    assert case.agrees, case


def test_another_seed_reproduces_them_too() -> None:
    assert [case for case in all_cases(draws=20_000, seed=2) if not case.agrees] == []


def test_a_figure_that_is_off_does_not_agree() -> None:
    assert not Case("a", "b", "", "c", published=1.0, computed=1.1, allowed=0.05).agrees
