"""Small groups drawn towards all groups together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimate import Status
from metrics.shrinkage import prior_weight, shrunken

Groups = list[tuple[float, float]]


def test_a_small_group_moves_further_than_a_large_one() -> None:
    small, large, *_ = shrunken([(8, 10), (80, 100), (40, 100), (20, 60), (30, 50)])
    assert small.number is not None
    assert large.number is not None
    mean = 178 / 320
    assert mean < small.number < large.number < 0.8
    assert (small.lo or 0) < small.number < (small.hi or 1)
    assert (small.hi or 1) - (small.lo or 0) > (large.hi or 1) - (large.lo or 0)
    assert (small.n, small.status) == (10, Status.OK)


def test_the_weight_worked_out_by_hand() -> None:
    """Three groups of 20 with 5, 10 and 15: mean 0.5, spread 20*(1/16 + 0 + 1/16)/(1/4) = 10; room 60 - 20 - 2 = 38,
    so the correlation is (10 - 2)/38 = 4/19 and the common share weighs 19/4 - 1 = 3.75 answers.
    """
    groups: Groups = [(5, 20), (10, 20), (15, 20)]
    assert prior_weight(groups) == pytest.approx(3.75)
    first = shrunken(groups)[0]
    assert first.value == pytest.approx((5 + 0.5 * 3.75) / 23.75)
    assert first.basis == "drawn towards 50 % of 3 groups, which weighs as 4 answers"


def test_groups_that_differ_no_more_than_chance_nearly_share_one_value() -> None:
    found = shrunken([(10, 20), (10, 20), (10, 20), (11, 20)])
    assert prior_weight([(10, 20), (10, 20), (10, 20), (11, 20)]) == pytest.approx(80)
    assert max(e.number or 0 for e in found) - min(e.number or 0 for e in found) < 0.02
    assert all((e.hi or 0) > (e.lo or 1) for e in found)


def test_the_weight_of_drawn_groups_is_found_again() -> None:
    """400 groups of 30 whose shares come from Beta(6, 4): the common share weighs 10 answers."""
    random = np.random.default_rng(1)
    shares = random.beta(6, 4, size=400)
    groups = [(float(random.binomial(30, share)), 30.0) for share in shares]
    assert prior_weight(groups) == pytest.approx(10, rel=0.15)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([], None),
        ([(3, 9), (4, 9)], "only 2 groups shown exactly, 3 are needed"),
        ([(3, 9)], "only 1 group shown exactly, 3 are needed"),
        ([(9, 9), (8, 8), (7, 7)], "all groups answered alike"),
        ([(0, 9), (0, 8), (0, 7)], "all groups answered alike"),
    ],
)
def test_too_little_to_learn_from(groups: Groups, reason: str | None) -> None:
    found = shrunken(groups)
    assert [(e.status, e.value, e.reason) for e in found] == [(Status.INSUFFICIENT_N, None, reason)] * len(groups)


@given(st.lists(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=12))
def test_it_lies_between_the_group_and_all_groups_whatever_their_order(groups: list[tuple[int, int]]) -> None:
    found = shrunken(groups)
    again = shrunken(groups[::-1])[::-1]
    for (x, n), one, same in zip(groups, found, again, strict=True):
        assert one == same
        if one.number is not None:
            mean = sum(a for a, _ in groups) / sum(b for _, b in groups)
            lo, hi = sorted((x / n, mean))
            assert lo - 1e-9 <= one.number <= hi + 1e-9
            assert one.lo is not None
            assert one.hi is not None
            assert 0 <= one.lo <= one.number <= one.hi <= 1
