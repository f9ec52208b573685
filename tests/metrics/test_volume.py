from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest

from metrics import volume
from metrics.engagement import reaction
from metrics.estimate import Status
from metrics.windows import Windows, daily_series, windows
from tests.metrics.frames import daily

DAY0 = pd.Timestamp("2026-03-03")
BEFORE = [8, 12] * 14  # median 10, MAD 2


def read(
    during: Iterable[int], *, before: Iterable[int] = BEFORE, end: str = "2026-03-13", negative: object = 0.0
) -> tuple[pd.DataFrame, Windows]:
    counts = [*before, *during]
    start = DAY0 - pd.Timedelta(days=len(list(before)))
    series = daily_series(daily(counts, start=f"{start:%Y-%m-%d}", negative=negative))
    return series, windows(DAY0, pd.Timestamp(end))


def test_the_baseline_is_a_median_and_a_robust_spread() -> None:
    series, w = read([50])
    base = volume.baseline(series, w.before)
    assert base is not None
    assert (base.volume, base.spread, base.days) == (10, pytest.approx(math.sqrt(10)), 28)
    wide = volume.baseline(read([50], before=[2, 18] * 14)[0], w.before)
    assert wide is not None
    assert wide.spread == pytest.approx(1.4826 * 8)


def test_the_baseline_needs_fourteen_days() -> None:
    series, w = read([50], before=[10] * 13)
    found = volume.peak_volume_ratio(series, w)
    assert (found.value, found.status) == (None, Status.INSUFFICIENT_N)
    assert found.reason == "13 of the days before the crisis have data; 14 are needed"


def test_the_peak_is_the_first_of_equals_within_the_crisis() -> None:
    series, w = read([20, 110, 110, *[10] * 8, 500])
    assert volume.peak(series, w) == (pd.Timestamp("2026-03-04"), 110)
    assert volume.peak_volume_ratio(series, w).value == 11
    assert volume.baseline_daily_volume(series, w).value == 10


def test_a_peak_over_nothing_has_no_ratio_but_is_said() -> None:
    series, w = read([340], before=[0] * 28)
    found = volume.peak_volume_ratio(series, w)
    assert (found.value, found.status) == (None, Status.UNDEFINED)
    assert "340 posts on 3 March 2026" in (found.reason or "")


def test_days_below_normal_do_not_pay_back() -> None:
    series, w = read([30, 0, 15, *[10] * 7])
    assert volume.excess_posts(series, w).value == 25


def test_the_half_life_is_interpolated_between_days() -> None:
    # Half of 110 over 10 is 60: reached between 90 (day 1) and 50 (day 2).
    series, w = read([110, 90, 50, 10])
    assert volume.half_life(series, w).value == pytest.approx(1.75)
    on_the_level, w = read([110, 60, 10])
    assert volume.half_life(on_the_level, w).value == 1


def test_a_half_life_may_end_after_the_crisis_and_not_after_the_data() -> None:
    series, w = read([110] * 10 + [80, 40], end="2026-03-05")
    assert volume.half_life(series, w).value == pytest.approx(10.5)
    ends, w = read([110, 90])
    found = volume.half_life(ends, w)
    assert (found.value, found.status) == (None, Status.NOT_REACHED)
    assert "4 March 2026" in (found.reason or "")


def test_a_half_life_does_not_bridge_days_without_data() -> None:
    series, w = read([110, 90, 70, 20])
    gap = series[series["date"] != pd.Timestamp("2026-03-05")]
    assert volume.half_life(gap, w).status is Status.NOT_REACHED


def test_what_never_rose_has_no_half_life() -> None:
    assert volume.half_life(*read([10, 9, 8])).status is Status.NOT_APPLICABLE


def test_over_is_the_first_of_seven_calm_days() -> None:
    # Calm is up to 10 + 2·√10 = 16.3 posts.
    series, w = read([90, 40, *[16] * 6, 17, *[16] * 7, 90])
    assert volume.crisis_over_on(series, w).value == "2026-03-12"
    short, w = read([90, 40, *[16] * 6])
    assert volume.crisis_over_on(short, w).status is Status.NOT_REACHED


def test_calm_days_must_follow_each_other_in_the_data() -> None:
    series, w = read([90, *[10] * 9])
    gap = series[series["date"] != pd.Timestamp("2026-03-06")]
    assert volume.crisis_over_on(series, w).value == "2026-03-04"
    assert volume.crisis_over_on(gap, w).status is Status.NOT_REACHED
    longer, w = read([90, *[10] * 12])
    assert volume.crisis_over_on(longer[longer["date"] != pd.Timestamp("2026-03-06")], w).value == "2026-03-07"


def test_bad_sentiment_keeps_a_quiet_crisis_alive() -> None:
    # Nothing negative before: the floor is −0.1, and one in eight is below it.
    quiet = [8] * 20
    negative = [0] * 28 + [1] * 5 + [0] * 15
    series, w = read(quiet, negative=negative)
    assert volume.crisis_over_on(series, w).value == "2026-03-08"


def test_a_crisis_begins_when_it_shows() -> None:
    series, w = read([10] * 9 + [90, 60] + [10] * 8)
    assert volume.crisis_over_on(series, w).value == "2026-03-14"
    nothing, w = read([10] * 9)
    assert volume.crisis_over_on(nothing, w).value == "2026-03-03"


def test_reignition_needs_two_loud_and_bad_days_within_ninety() -> None:
    # Loud is above 10 + 4·√10 = 22.6 posts.
    calm = [90, *[10] * 8]
    both = [*calm, 30, 30, 10]
    bad = [0] * 28 + [0] * 9 + [20, 20, 0]
    assert volume.reignited_on(*read(both, negative=bad)).value == "2026-03-12"
    assert volume.reignited_on(*read(both)).status is Status.NOT_REACHED
    not_loud_enough = [*calm, 22, 22, 10]
    assert volume.reignited_on(*read(not_loud_enough, negative=bad)).status is Status.NOT_REACHED
    once = [0] * 28 + [0] * 9 + [20, 0, 0]
    assert volume.reignited_on(*read(both, negative=once)).status is Status.NOT_REACHED
    late = [90, *[10] * 95, 30, 30]
    assert volume.reignited_on(*read(late, negative=[0] * 124 + [20, 20])).status is Status.NOT_REACHED


def test_the_crisis_ends_by_the_data_else_by_resolution_else_where_the_data_end() -> None:
    calm, _ = read([90, *[10] * 8])
    loud, _ = read([90] * 9)
    flat, _ = read([10] * 9)
    today = pd.Timestamp("2026-04-20")
    resolved = pd.Timestamp("2026-03-06")

    def end(
        series: pd.DataFrame, resolved_on: pd.Timestamp | None = None, as_of: pd.Timestamp = today
    ) -> tuple[str, bool]:
        found = volume.crisis_end(series, DAY0, as_of_date=as_of, resolved_on=resolved_on)
        return f"{found.day:%m-%d}", found.over

    assert end(calm, resolved) == ("03-04", True)
    assert end(flat, resolved) == ("03-07", True)
    assert end(loud, resolved) == ("03-07", True)
    assert end(loud) == ("03-12", False)
    assert end(loud, as_of=pd.Timestamp("2026-03-05")) == ("03-06", False)
    assert end(loud.iloc[:0]) == ("04-21", False)


def test_tomorrow_s_posts_do_not_change_today_s_reading() -> None:
    everything = daily([*BEFORE, 90, 60, *[10] * 10, 400], start="2026-02-03", negative=0.2)
    for cut in (29, 33, 40):
        today = everything["date"].iloc[cut]
        past = everything[everything["date"] <= today]
        seen = reaction(everything, DAY0, as_of_date=today)
        assert seen.estimates == reaction(past, DAY0, as_of_date=today).estimates


def test_scaling_all_volumes_keeps_the_ratio_and_scales_the_excess() -> None:
    counts = np.array([110, 60, 30, 10, 10, 10, 10, 10, 10, 10])
    small, w = read(counts)
    large, _ = read(counts * 7, before=[b * 7 for b in BEFORE])
    assert volume.peak_volume_ratio(large, w).value == volume.peak_volume_ratio(small, w).value
    assert volume.excess_posts(large, w).value == 7 * (volume.excess_posts(small, w).number or 0)
    assert volume.half_life(large, w).value == pytest.approx(volume.half_life(small, w).value)
