from __future__ import annotations

import math
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.intervals import wilson
from metrics.survival import Flags, Known, Times, kaplan_meier, log_rank, median, median_ranks, share_by

#: Remission in weeks, 6-mercaptopurine and placebo; + is censored (Freireich et al., Blood 1963;21:699–716).
TREATED = "6,6,6,6+,7,9+,10,10+,11+,13,16,17+,19+,20+,22,23,25+,32+,32+,34+,35+"
PLACEBO = "1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23"


def read(text: str) -> tuple[Times, Flags]:
    words = text.split(",")
    return np.array([float(w.rstrip("+")) for w in words]), np.array([not w.endswith("+") for w in words])


# --- published values --------------------------------------------------------------------------------------------------


def test_reference_case_1() -> None:
    """METRICS, case 1: S(6, 7, 10, 13, 16, 22, 23) of the 6-MP arm, and its median."""
    times, ended = read(TREATED)
    curve = kaplan_meier(times, ended)
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.survival == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert median(times, ended).value == 23


def test_median_intervals_of_the_two_arms() -> None:
    """PROC LIFETEST's log-log intervals of these data: 13 to no end (6-MP), 4 to 11 (placebo)."""
    times, ended = read(TREATED)
    assert median(times, ended) == Known(23, 13, None)
    placebo = kaplan_meier(*read(PLACEBO))
    assert placebo.times[np.argmax(placebo.lower <= 0.5)] == 4
    assert placebo.times[np.argmax(placebo.upper <= 0.5)] == 11


def test_the_log_log_interval_is_scipy_s() -> None:
    times, ended = read(TREATED)
    curve = kaplan_meier(times, ended)
    theirs = stats.ecdf(stats.CensoredData(uncensored=times[ended], right=times[~ended])).sf.confidence_interval(
        method="log-log"
    )
    for time in curve.times:
        _, lower, upper = curve.at(time)
        assert (lower, upper) == pytest.approx((float(theirs.low.evaluate(time)), float(theirs.high.evaluate(time))))


def test_log_rank_of_the_two_arms() -> None:
    """χ² = 16.79 on 1 degree of freedom (Kleinbaum & Klein, Survival Analysis, 2012, chapter 2)."""
    p = log_rank(*read(TREATED), *read(PLACEBO))
    assert p == pytest.approx(stats.chi2.sf(16.793, 1), rel=1e-3)
    assert log_rank(*read(PLACEBO), *read(TREATED)) == pytest.approx(p)


def test_reference_case_2() -> None:
    """METRICS, case 2: closed 4, 10, 20, 40 h; open at 30 h and 3 h; target 24 h → 0.60."""
    found = share_by(*read("4,10,20,40,30+,3+"), 24)
    assert found.value == pytest.approx(0.6)
    assert found.lo is not None
    assert found.hi is not None
    assert 0 < found.lo < 0.6 < found.hi < 1


@pytest.mark.parametrize(
    ("n", "ranks"), [(1, None), (5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (12, (3, 10)), (20, (6, 15))]
)
def test_reference_case_12(n: int, ranks: tuple[int, int] | None) -> None:
    """METRICS, case 12: ranks of the order statistics around the median; 12 and 20 after Conover's table."""
    assert median_ranks(n) == ranks


@given(st.integers(6, 300))
def test_the_ranks_cover_95_percent_and_no_closer_pair_does(n: int) -> None:
    ranks = median_ranks(n)
    assert ranks is not None
    outside = [2 * sum(math.comb(n, k) for k in range(low)) / 2**n for low in (ranks[0], ranks[0] + 1)]
    assert outside[0] <= 0.05 < outside[1]


# --- medians -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", Known(5)),
        ("5+", Known(None)),
        ("1,2,3,4,100", Known(3)),
        ("1,2,3,4", Known(2.5)),
        ("7,7,7,7,7,7", Known(7, 7, 7)),
        ("6,5,4,3,2,1", Known(3.5, 1, 6)),
        ("1,2,3,4,5,6,7,8,9", Known(5, 2, 8)),
        ("1,2,3,inf+,inf+", Known(3)),
        ("1,2,inf+,inf+,inf+", Known(None)),
        ("1,2,3,4,inf+,inf+", Known(3.5, 1, None)),
        ("1,1,inf+,inf+,inf+,inf+", Known(None, 1, None)),
        ("1,2,inf+,inf+", Known(2)),
        ("1+,2+,3+,4+,5+,6+", Known(None)),
    ],
)
def test_medians_by_hand(text: str, expected: Known) -> None:
    assert median(*read(text)) == expected


def test_nothing_has_no_median() -> None:
    assert median(np.array([]), np.array([], dtype=bool)) == Known(None)


spans = st.lists(
    st.tuples(st.one_of(st.integers(0, 40).map(float), st.just(math.inf)), st.booleans()), min_size=1, max_size=30
).map(lambda rows: (np.array([t for t, _ in rows]), np.array([e and math.isfinite(t) for t, e in rows])))


@given(spans)
def test_without_censoring_it_is_the_plain_median(rows: tuple[Times, Flags]) -> None:
    times = np.where(np.isfinite(rows[0]), rows[0], 50.0)
    assert median(times, np.ones(len(times), dtype=bool)).value == np.median(times)


@given(spans)
def test_a_median_lies_within_its_interval_and_order_does_not_matter(rows: tuple[Times, Flags]) -> None:
    times, ended = rows
    found = median(times, ended)
    assert found == median(times[::-1], ended[::-1])
    if found.value is not None:
        assert found.lo is None or found.lo <= found.value
        assert found.hi is None or found.value <= found.hi
        assert math.isfinite(found.value)


@given(spans)
def test_survival_is_scipy_s(rows: tuple[Times, Flags]) -> None:
    times, ended = rows
    curve = kaplan_meier(times, ended)
    far = np.minimum(times, 1000)
    theirs = stats.ecdf(stats.CensoredData(uncensored=far[ended], right=far[~ended])).sf
    assert curve.survival == pytest.approx(theirs.evaluate(curve.times))


# --- shares ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "n"),
    [
        ("1,2,3,30,40", 0.6, 5),
        ("24", 1.0, 1),
        ("25", 0.0, 1),
        ("1,2,inf+,inf+", 0.5, 4),  # missed counts as not within, whatever the target
        ("1,2,30+,24+", 0.5, 4),  # censored at or behind the target: known not to be within
    ],
)
def test_shares_without_censoring_before_the_target_are_counts(text: str, value: float, n: int) -> None:
    assert share_by(*read(text), 24) == Known(value, *wilson(round(value * n), n))


def test_where_all_or_none_are_within_the_interval_is_that_of_those_who_are_known() -> None:
    assert share_by(*read("3+,30,40"), 24) == Known(0.0, *wilson(0, 2))
    assert share_by(*read("3+,4,5"), 24) == Known(1.0, *wilson(2, 2))
    assert share_by(*read("3+,4+"), 24) == Known(None)


@given(spans, st.lists(st.integers(0, 45).map(float), min_size=2, max_size=6))
def test_the_share_within_a_target_never_falls_when_the_target_rises(
    rows: tuple[Times, Flags], limits: list[float]
) -> None:
    shares = [share_by(*rows, limit).value for limit in sorted(limits)]
    known = [share for share in shares if share is not None]
    assert all(b >= a - 1e-12 for a, b in pairwise(known))
    for limit in limits:
        found = share_by(*rows, limit)
        if found.value is not None and found.lo is not None and found.hi is not None:
            assert 0 <= found.lo <= found.value <= found.hi <= 1


# --- nothing to compare ------------------------------------------------------------------------------------------------


def test_log_rank_needs_two_groups_and_an_end() -> None:
    none: tuple[Times, Flags] = (np.array([]), np.array([], dtype=bool))
    assert log_rank(*none, *read("1,2")) is None
    assert log_rank(*read("1+,2+"), *read("3+")) is None
    assert log_rank(*read("1,2,inf+"), *read("1,2,inf+")) == pytest.approx(1)
    assert log_rank(*read("1,1,1"), *read("1,1,1,1,1,1,1")) is None
    assert log_rank(*read("1+,1+"), *read("2,3,4")) is None


def test_log_rank_takes_what_never_came_as_longer_than_all() -> None:
    assert log_rank(*read("1,2,inf+"), *read("3,4,5")) == log_rank(*read("1,2,90+"), *read("3,4,5"))


def test_no_warning_where_the_curve_reaches_0() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        curve = kaplan_meier(*read("1,2,3"))
    assert (curve.survival[-1], curve.lower[-1], curve.upper[-1]) == (0, 0, 1)
