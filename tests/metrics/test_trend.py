from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.trend import MIN_TREND, Trend, log_trend


def of(*durations: float, days: list[float] | None = None) -> Trend | None:
    return log_trend(np.array(days or list(range(len(durations))), dtype=float), np.array(durations, dtype=float))


def test_a_steady_halving_is_the_factor_from_first_to_last() -> None:
    found = of(*[2.0**-k for k in range(8)])
    assert found is not None
    assert (found.factor, found.lo, found.hi) == pytest.approx((2**-7,) * 3)
    assert found.tau == pytest.approx(-1)
    assert found.p == pytest.approx(2 / math.factorial(8))  # exact: one order of 8! is as extreme at either end
    assert found.clear


def test_one_wild_crisis_does_not_make_a_trend() -> None:
    found = of(8, 8, 8, 8, 8, 8, 8, 800)
    assert found is not None
    assert found.factor == pytest.approx(1)
    assert not found.clear


def test_theil_sen_on_sen_s_own_example() -> None:
    """Sen, J. Am. Stat. Assoc. 1968;63:1379–1389, section 6: seven points with slope 4 and intercept 4.

    Each point stands here twice, to make the eight that are asked for; the slopes between the points stay what they are.
    """
    x, y = [1.0, 2, 3, 4, 10, 12, 18] * 2, [9.0, 15, 19, 20, 45, 55, 78] * 2
    found = of(*np.exp(np.array(y) / 10), days=x)
    assert found is not None
    assert math.log(found.factor) * 10 / 17 == pytest.approx(4.0)
    assert found.clear


@pytest.mark.parametrize("n", [0, 1, MIN_TREND - 1])
def test_fewer_than_eight_have_no_trend(n: int) -> None:
    assert of(*range(1, n + 1)) is None


def test_crises_of_one_moment_have_none_and_equal_times_have_a_flat_one() -> None:
    assert of(*range(1, 10), days=[5.0] * 9) is None
    assert of(*[3.0] * 9) == Trend(1, 1, 1, 0, 1)


@given(st.lists(st.tuples(st.integers(0, 20), st.floats(0.01, 1e6)), min_size=8, max_size=20))
def test_whatever_the_times_the_factor_is_finite_within_its_interval_and_order_does_not_matter(
    rows: list[tuple[int, float]],
) -> None:
    found = of(*[d for _, d in rows], days=[float(m) for m, _ in rows])
    if found is None:
        assert len({m for m, _ in rows}) == 1
        return
    assert 0 < found.lo <= found.factor <= found.hi < math.inf
    assert 0 <= found.p <= 1
    assert found == of(*[d for _, d in rows[::-1]], days=[float(m) for m, _ in rows[::-1]])


def test_among_very_many_ties_nothing_is_told_apart_from_chance() -> None:
    found = log_trend(np.array([0.0] * 7 + [1.0]), np.array([1.0] * 7 + [2.0]))
    assert found is not None
    assert found.factor == pytest.approx(2.0)
    assert found.lo <= 1 <= found.hi
    assert not found.clear
