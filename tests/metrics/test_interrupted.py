from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.estimate import Estimate, Status
from metrics.interrupted import METRICS, interrupted
from metrics.windows import SERIES_COLUMNS, Windows, windows

DAY0 = pd.Timestamp("2026-03-03")
W = windows(DAY0, DAY0 + pd.Timedelta(days=10))


def series(values: np.ndarray, first: int) -> pd.DataFrame:
    """A daily series from a day relative to day 0 on; NaN is a day without a scored post."""
    frame = pd.DataFrame({"date": pd.date_range(DAY0 + pd.Timedelta(days=first), periods=len(values))})
    return frame.assign(posts=10, positive=0, neutral=10, negative=0, unscored=0, unscorable=0, net_sentiment=values)[
        SERIES_COLUMNS
    ]


def broken(n: int, *, level: float = 0.2, slope: float = 0.0, jump: float = 0.0, bend: float = 0.0) -> np.ndarray:
    """Two straight lines over n days on each side of day 0."""
    days = np.arange(-n, n)
    return level + slope * days + np.where(days >= 0, jump + bend * days, 0)


def noise(n: int, seed: int, sd: float = 0.05) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, sd, n)


def change(found: dict[str, Estimate]) -> Estimate:
    return found["sentiment_level_change"]


def test_the_four_coefficients_are_found_again() -> None:
    truth = {"level": 0.2, "slope": 0.002, "jump": -0.4, "bend": 0.004}
    found = interrupted(series(broken(56, **truth) + noise(112, seed=1), -56), W)
    assert list(found) == [metric.id for metric in METRICS]
    for estimate, value in zip(found.values(), truth.values(), strict=True):
        assert estimate.lo is not None
        assert estimate.hi is not None
        assert estimate.lo < value < estimate.hi
    assert change(found).value == pytest.approx(-0.4, abs=0.05)
    assert change(found).n == 112


def test_a_steady_fall_is_no_jump() -> None:
    """A comparison of means would see one: the days after lie 0.28 below those before."""
    found = change(interrupted(series(broken(28, slope=-0.01) + noise(56, seed=2), -28), W))
    assert found.lo is not None
    assert found.hi is not None
    assert found.lo < 0 < found.hi


def test_days_that_lie_on_the_lines_need_no_interval() -> None:
    found = interrupted(series(broken(20, jump=-0.3), -20), W)
    assert (change(found).value, change(found).lo) == (pytest.approx(-0.3), None)
    assert "no interval" in (change(found).basis or "")


def test_only_eight_weeks_on_each_side_count() -> None:
    values = broken(80) + noise(160, seed=3)
    values[:24], values[-24:] = 9.0, -9.0
    near = series(values, -80)
    assert change(interrupted(near, W)) == change(interrupted(near.iloc[24:-24], W))
    assert change(interrupted(near, W)).n == 112


def test_days_without_data_keep_their_place() -> None:
    values = broken(40, slope=0.01) + noise(80, seed=4, sd=0.01)
    values[10:30] = np.nan
    found = interrupted(series(values, -40), W)
    assert found["sentiment_slope"].value == pytest.approx(0.01, abs=0.002)
    assert change(found).n == 60
    missing = series(values, -40)
    assert interrupted(missing[missing["net_sentiment"].notna()], W) == found


@pytest.mark.parametrize(
    ("before", "since", "reason"),
    [
        (7, 20, "7 of the 56 days before day 0 have scored posts; 8 are needed"),
        (1, 20, "1 of the 56 days before day 0 has scored posts; 8 are needed"),
        (20, 0, "0 of the 56 days from day 0 on have scored posts; 8 are needed"),
    ],
)
def test_eight_days_with_data_are_needed_on_each_side(before: int, since: int, reason: str) -> None:
    days = series(noise(40, seed=5), -20)
    days = days.iloc[20 - before : 20 + since]
    found = interrupted(days, W)
    assert {(one.value, one.status, one.reason) for one in found.values()} == {(None, Status.INSUFFICIENT_N, reason)}


def test_few_days_are_called_too_narrow() -> None:
    assert "likely too narrow" in (change(interrupted(series(noise(23, seed=6), -12), W)).basis or "")
    assert "likely too narrow" not in (change(interrupted(series(noise(24, seed=6), -12), W)).basis or "")


def test_posts_that_wait_for_the_scorer_hold_the_lines_back() -> None:
    waiting = series(noise(40, seed=7), -20)
    waiting.loc[[3, 25], "unscored"] = 2
    assert change(interrupted(waiting, W)).reason == "4 posts not scored"
    waiting.loc[25, "unscored"], waiting.loc[3, "unscored"] = 0, 1
    assert change(interrupted(waiting, W)).reason == "1 post not scored"


def test_notes_reach_the_basis() -> None:
    noted = Windows(W.day0, W.end, W.before, W.during, W.after, ("overlaps with other",))
    assert "overlaps with other" in (change(interrupted(series(noise(40, seed=8), -20), noted)).basis or "")


@settings(max_examples=25)
@given(st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.25, 1.0, np.nan]), min_size=24, max_size=60), st.integers(8, 16))
def test_no_series_is_too_odd(values: list[float], before: int) -> None:
    """Whatever the days hold there is a number within its interval, or a reason."""
    for estimate in interrupted(series(np.array(values), -before), W).values():
        if estimate.number is None:
            assert estimate.reason
        elif estimate.lo is not None:
            assert estimate.hi is not None
            assert estimate.lo <= estimate.number <= estimate.hi


@settings(max_examples=15)
@given(st.floats(-0.5, 0.5), st.floats(0.5, 3))
def test_adding_and_stretching_carry_over(shift: float, stretch: float) -> None:
    values = broken(20, jump=-0.3) + noise(40, seed=9)
    plain, moved = (change(interrupted(series(v, -20), W)) for v in (values, shift + stretch * values))
    for a, b in ((plain.value, moved.value), (plain.lo, moved.lo), (plain.hi, moved.hi)):
        assert b == pytest.approx(stretch * float(a or 0), rel=1e-3, abs=1e-6)
