from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.intervals import (
    bootstrap_ratio,
    effective_n,
    lag1,
    net_promoter_interval,
    newcombe,
    percentile_interval,
    t_interval,
    wilson,
)

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(("count", "n", "expected"), [(81, 263, (0.2553, 0.3662)), (0, 20, (0, 0.1611))])
def test_wilson_reference_case_3(count: int, n: int, expected: tuple[float, float]) -> None:
    assert wilson(count, n) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "expected"), [((56, 70, 48, 80), (0.0524, 0.3339)), ((9, 10, 3, 10), (0.1705, 0.8090))]
)
def test_newcombe_reference_case_4(counts: tuple[int, int, int, int], expected: tuple[float, float]) -> None:
    assert newcombe(*counts) == pytest.approx(expected, abs=5e-5)


def test_net_promoter_reference_case_6() -> None:
    lo, hi = net_promoter_interval(10, 0, 10)
    assert hi == 1
    assert 0 < lo < 0.9
    lo, hi = net_promoter_interval(162, 54, 324)
    assert lo < 1 / 3 < hi
    # By hand: p̂ = 162.75/327 = .49771, d̂ = 54.75/327 = .16743, variance (.66514 − .33028²)/327 = .0017005.
    assert (lo, hi) == pytest.approx((0.33028 - 1.96 * 0.041237, 0.33028 + 1.96 * 0.041237), abs=5e-5)


@given(counts)
def test_wilson_holds_the_share_and_mirrors(pair: tuple[int, int]) -> None:
    count, n = pair
    lo, hi = wilson(count, n)
    assert 0 <= lo <= count / n <= hi <= 1
    assert wilson(n - count, n) == pytest.approx((1 - hi, 1 - lo))


@given(counts, counts)
def test_newcombe_holds_the_difference_and_mirrors(a: tuple[int, int], b: tuple[int, int]) -> None:
    lo, hi = newcombe(*a, *b)
    assert lo <= a[0] / a[1] - b[0] / b[1] <= hi
    assert newcombe(*b, *a) == pytest.approx((-hi, -lo))


def test_a_known_population_makes_the_interval_narrower() -> None:
    assert effective_n(50, 100) == pytest.approx(50 * 99 / 50)
    for unknown in (None, math.nan, 50, 40):
        assert effective_n(50, unknown) == 50
    wide, narrow = wilson(25, 50), wilson(25, 50, population=60)
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]


@pytest.mark.parametrize(("count", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_impossible_counts_are_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(count, n)


def test_t_against_a_table() -> None:
    assert t_interval(10, 2, 5) == pytest.approx(
        (10 - 2.776 * 2 / math.sqrt(5), 10 + 2.776 * 2 / math.sqrt(5)), abs=1e-3
    )


def test_the_bootstrap_of_a_constant_is_constant_and_streams_differ() -> None:
    ones = np.ones(10)
    assert percentile_interval(bootstrap_ratio(ones * 3, ones * 4, 0)) == (0.75, 0.75)
    days = np.arange(10.0)
    assert np.array_equal(bootstrap_ratio(days, ones, 0), bootstrap_ratio(days, ones, 0))
    assert not np.array_equal(bootstrap_ratio(days, ones, 0), bootstrap_ratio(days, ones, 1))


def test_lag1() -> None:
    assert lag1(np.array([1.0, -1.0] * 10)) == pytest.approx(-19 / 20)
    assert lag1(np.array([1.0] * 10 + [-1.0] * 10)) == pytest.approx((18 - 1) / 20)
    assert lag1(np.array([3.0, 3.0, 3.0])) == 0
    assert lag1(np.array([np.nan, np.nan])) == 0
    assert lag1(np.array([1.0, np.nan, 1.0, np.nan, -2.0])) == 0
