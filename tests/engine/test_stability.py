"""Weight-stability intervals against exact rankings on grids, just inside and just outside each end."""

from fractions import Fraction
from operator import mul

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paritrana.engine.scores import FULL, Ints
from paritrana.engine.stability import PODIUM, Span, Stability, stability
from paritrana.engine.table import Scored, Weighted

pytestmark = pytest.mark.slow

often = settings(derandomize=True, deadline=None, max_examples=300)
enough = settings(often, max_examples=100)  # for what must not matter: the brute force above has tried the numbers
BIT = Fraction(1, 10**9)  # nearer than any two breakpoints of the small tables


@st.composite
def tables(draw: st.DrawFn, largest: int = 6) -> tuple[Ints, Ints, Ints]:
    """Small tables with many ties, gaps of width zero and more, weights of zero and of everything."""
    count, criteria = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    cells = st.lists(
        st.lists(st.integers(0, largest), min_size=criteria, max_size=criteria), min_size=count, max_size=count
    )
    low = np.array(draw(cells))
    width = np.array(draw(cells)) * draw(st.integers(0, 1))
    parts = draw(st.lists(st.integers(0, 4), min_size=criteria, max_size=criteria).filter(lambda each: sum(each) > 0))
    return low, low + width, np.array(parts)


def totals_at(low: Ints, high: Ints, parts: Ints, criterion: int, weight: Fraction) -> list[int]:
    """Exact totals of the middle values where a criterion has this weight and the others keep their proportions.

    They are whole numbers, in a unit of their own for each weight: compared with each other only.
    """
    others = [0 if k == criterion else int(part) for k, part in enumerate(parts)]
    if sum(others) == 0:
        others = [int(k != criterion) for k in range(len(parts))]
    own, rest = weight.numerator * max(sum(others), 1), weight.denominator - weight.numerator
    weights = [own if k == criterion else rest * part for k, part in enumerate(others)]
    return [sum(map(mul, weights, row)) for row in (low + high).tolist()]


def counted(total: list[int]) -> list[int]:
    return [1 + sum(other > own for other in total) for own in total]


def keeps(kind: str, before: list[int], now: list[int]) -> bool:
    """Whether something stays, by the definition: preferences that held still hold."""
    rank = counted(before)
    everyone = range(len(before))
    if kind == "leader":
        return all(counted(now)[i] == 1 for i in everyone if rank[i] == 1)
    if kind == "ranking":
        return all(now[i] >= now[j] for i in everyone for j in everyone if before[i] >= before[j])
    members = [i for i in everyone if rank[i] <= PODIUM]
    last = max(rank[i] for i in members)
    shared = [i for i in members if rank[i] == last] if len(members) > PODIUM else []
    apart = all(now[i] >= now[j] for i in members for j in everyone if j not in members)
    return apart and len({now[i] for i in shared}) <= 1


def spans(found: Stability) -> dict[str, Span]:
    return {"leader": found.leader, "podium": found.podium, "ranking": found.ranking}


@often
@given(tables())
def test_it_stays_inside_and_at_both_ends_and_not_just_outside(table: tuple[Ints, Ints, Ints]) -> None:
    low, high, parts = table
    for kind, span in spans(stability(Weighted(low, high, parts))).items():
        for k, (start, end) in enumerate(span.exact):
            before = totals_at(low, high, parts, k, Fraction(int(parts[k]), int(parts.sum())))
            inside = [start, end, (start + end) / 2, *(start + (end - start) * step / 7 for step in range(1, 7))]
            assert all(keeps(kind, before, totals_at(low, high, parts, k, weight)) for weight in inside)
            outside = [weight for weight in (start - BIT, end + BIT) if 0 <= weight <= 1] if len(parts) > 1 else []
            assert not any(keeps(kind, before, totals_at(low, high, parts, k, weight)) for weight in outside)


@often
@given(tables())
def test_a_fine_grid_stays_exactly_inside(table: tuple[Ints, Ints, Ints]) -> None:
    low, high, parts = table
    if len(parts) == 1:
        return
    for kind, span in spans(stability(Weighted(low, high, parts))).items():
        for k, (start, end) in enumerate(span.exact):
            before = totals_at(low, high, parts, k, Fraction(int(parts[k]), int(parts.sum())))
            for step in range(31):
                weight = Fraction(step, 30)
                assert keeps(kind, before, totals_at(low, high, parts, k, weight)) == (start <= weight <= end)


@often
@given(tables())
def test_who_is_named_passes_just_beyond_the_end(table: tuple[Ints, Ints, Ints]) -> None:
    low, high, parts = table
    for span in spans(stability(Weighted(low, high, parts))).values():
        for k, (start, end) in enumerate(span.exact):
            for weight, beyond, (passed, passing) in (
                (start, start - BIT, span.below[k]),
                (end, end + BIT, span.above[k]),
            ):
                if passed < 0:
                    assert weight in (0, 1)
                    continue
                at, past = (totals_at(low, high, parts, k, each) for each in (weight, beyond))
                assert at[passed] == at[passing]
                assert past[passed] < past[passing]


@often
@given(tables())
def test_the_rubrics_weight_lies_inside_and_what_needs_more_is_narrower(table: tuple[Ints, Ints, Ints]) -> None:
    found = stability(Weighted(*table))
    for span in spans(found).values():
        assert (span.low <= found.weights).all() and (found.weights <= span.high).all()
        assert [(float(start), float(end)) for start, end in span.exact] == list(zip(span.low, span.high, strict=True))
    assert (found.leader.low <= found.ranking.low).all() and (found.ranking.high <= found.leader.high).all()
    assert (found.podium.low <= found.ranking.low).all() and (found.ranking.high <= found.podium.high).all()


@enough
@given(tables(), st.randoms(use_true_random=False))
def test_rows_and_criteria_in_another_order_give_the_same_intervals(
    table: tuple[Ints, Ints, Ints], random: object
) -> None:
    low, high, parts = table
    rows, columns = list(range(len(low))), list(range(len(parts)))
    random.shuffle(rows), random.shuffle(columns)  # type: ignore[attr-defined]
    moved = stability(Weighted(low[rows][:, columns], high[rows][:, columns], parts[columns]))
    for kind, span in spans(stability(Weighted(low, high, parts))).items():
        assert spans(moved)[kind].exact == tuple(span.exact[k] for k in columns)


@enough
@given(tables(), st.integers(2, 9))
def test_scaling_scores_or_weights_changes_nothing(table: tuple[Ints, Ints, Ints], factor: int) -> None:
    low, high, parts = table
    plain = [span.exact for span in spans(stability(Weighted(low, high, parts))).values()]
    assert [span.exact for span in spans(stability(Weighted(low * factor, high * factor, parts))).values()] == plain
    assert [span.exact for span in spans(stability(Weighted(low, high, parts * factor))).values()] == plain


@enough
@given(tables())
def test_a_newcomer_below_all_does_not_move_the_leader(table: tuple[Ints, Ints, Ints]) -> None:
    low, high, parts = table
    below = np.full((1, low.shape[1]), -1)
    more = stability(Weighted(np.vstack([low, below]), np.vstack([high, below]), parts))
    assert more.leader.exact == stability(Weighted(low, high, parts)).leader.exact


@enough
@given(tables())
def test_splitting_another_criterion_in_two_changes_nothing(table: tuple[Ints, Ints, Ints]) -> None:
    low, high, parts = table
    if len(parts) < 3 or np.count_nonzero(parts) < 2:  # the shares of a criterion with all the weight are its own rule
        return
    wider = [np.hstack([end, end[:, -1:]]) for end in (low, high)]
    split = stability(Weighted(wider[0], wider[1], np.append(parts[:-1] * 2, [parts[-1]] * 2)))
    for kind, span in spans(stability(Weighted(low, high, parts))).items():
        assert spans(split)[kind].exact[:-2] == span.exact[:-1]


def test_two_criteria_change_leaders_at_the_published_breakpoints() -> None:
    scores = np.array([[10, 0], [0, 10], [7, 7]])
    found = stability(Scored.exact(scores).weighted(np.array([1, 1])))
    assert found.leader.exact[0] == (Fraction(3, 10), Fraction(7, 10))
    assert found.leader.below[0].tolist() == [2, 1]
    assert found.leader.above[0].tolist() == [2, 0]


def test_equals_that_tie_for_good_do_not_end_an_interval() -> None:
    scores = np.array([[5, 1], [5, 1], [2, 2]])
    found = stability(Scored.exact(scores).weighted(np.array([1, 1])))
    assert found.ranking.exact[0] == (Fraction(1, 4), Fraction(1))


def test_those_who_tie_by_chance_part_at_once() -> None:
    scores = np.array([[4, 0], [0, 4]])
    found = stability(Scored.exact(scores).weighted(np.array([1, 1])))
    assert found.leader.exact == ((Fraction(1, 2), Fraction(1, 2)),) * 2
    assert found.podium.exact == ((Fraction(0), Fraction(1)),) * 2


def test_the_others_share_equally_what_a_criterion_with_all_the_weight_gives_up() -> None:
    scores = np.array([[6, 0, 0], [0, 9, 9]])
    found = stability(Scored.exact(scores).weighted(np.array([1, 0, 0])))
    assert found.equal_shares.tolist() == [True, False, False]
    assert found.leader.exact[0] == (Fraction(3, 5), Fraction(1))


def test_the_only_criterion_has_nowhere_to_go() -> None:
    scores = np.array([[6], [0]])
    assert stability(Scored.exact(scores).weighted(np.array([3]))).leader.exact == ((Fraction(1), Fraction(1)),)


def test_breakpoints_that_doubles_cannot_tell_apart_are_told_apart() -> None:
    # Rivals 1 and 2 catch the leader at weights that differ by 3e-17.
    scores = np.array([[0, FULL], [FULL, FULL - 1 - FULL // 3], [FULL, FULL - FULL // 3]])
    found = stability(Scored.exact(scores).weighted(np.array([1, 999_999])))
    lead = FULL - (FULL - FULL // 3)
    assert found.leader.exact[0][1] == Fraction(lead, lead + FULL)
    assert found.leader.above[0].tolist() == [0, 2]


def test_without_an_alternative_nothing_can_change() -> None:
    with pytest.raises(ValueError, match="at least one alternative"):
        stability(Scored.exact(np.ones((0, 2), dtype=np.int64)).weighted(np.array([1, 1])))
