from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.estimate import Estimate, Status, absent
from metrics.lags import METRICS, POINTS, Point, half_life_at, lags, morale_trough, sentiment_trough
from metrics.windows import daily_series, windows
from tests.metrics.frames import daily

DAY0 = pd.Timestamp("2026-03-03")
NONE = absent(Status.UNDEFINED, "nobody asked", unit="date")


def days(*offsets: float | None) -> dict[str, Point]:
    """A point each, in days from day 0; None is none."""
    return {
        name: NONE if day is None else DAY0 + pd.Timedelta(days=day) for name, day in zip(POINTS, offsets, strict=True)
    }


def share(value: float) -> Estimate:
    return Estimate(value=value, unit="share", n=10)


def test_each_pair_has_a_lag_in_days_and_a_sign() -> None:
    found = lags(days(1, 2, 3.5, 2, 20, 52))
    assert list(found) == [metric.id for metric in METRICS]
    assert len(found) == 15
    assert found["lag_statement_to_volume_peak"].value == 1
    assert found["lag_volume_peak_to_half_life"].value == 1.5
    assert found["lag_half_life_to_sentiment_trough"].value == -1.5
    assert found["lag_volume_peak_to_sentiment_trough"].value == 0
    told = found["lag_reputation_trough_to_morale_trough"]
    assert (told.value, told.unit) == (32, "days")
    assert told.basis == "lowest reputation on 23 March 2026, lowest morale on 24 April 2026"


def test_a_point_without_a_place_gives_its_reason_to_its_lags_alone() -> None:
    found = lags(days(None, 2, 3.5, 2, 20, None))
    assert found["lag_statement_to_volume_peak"].reason == "no first statement: nobody asked"
    assert found["lag_statement_to_morale_trough"].reason == (
        "no first statement: nobody asked; no lowest morale: nobody asked"
    )
    assert found["lag_volume_peak_to_half_life"].status is Status.OK
    open_end = days(1, 2, None, 2, 20, 52) | {"half_life": absent(Status.NOT_REACHED, "not yet", unit="date")}
    assert lags(open_end)["lag_volume_peak_to_half_life"].status is Status.NOT_REACHED


@given(st.lists(st.integers(-50, 400), min_size=6, max_size=6))
def test_lags_add_up(offsets: list[int]) -> None:
    found = {key: one.number or 0.0 for key, one in lags(days(*offsets)).items()}
    for a, b, c in combinations(POINTS, 3):
        assert found[f"lag_{a}_to_{c}"] == found[f"lag_{a}_to_{b}"] + found[f"lag_{b}_to_{c}"]


def test_the_half_life_is_counted_from_the_peak() -> None:
    half = Estimate(value=1.5, unit="days", n=2)
    assert half_life_at((DAY0, 90), half) == pd.Timestamp("2026-03-04 12:00")
    still = absent(Status.NOT_REACHED, "not yet", unit="days")
    for peak in ((DAY0, 90), None):
        none = half_life_at(peak, still)
        assert isinstance(none, Estimate)
        assert (none.status, none.reason) == (Status.NOT_REACHED, "not yet")


def lowest(posts: list[int], negative: list[int], **more: object) -> Point:
    frame = daily([10] * 28 + posts, negative=[0] * 28 + negative, **more)
    return sentiment_trough(daily_series(frame), windows(DAY0, DAY0 + pd.Timedelta(days=len(posts))))


def test_the_lowest_sentiment_is_pooled_with_the_days_about_it() -> None:
    assert lowest([20, 20, 20, 20, 20], [0, 2, 8, 2, 0]) == pd.Timestamp("2026-03-05")
    assert lowest([20, 20, 20, 20], [5, 5, 5, 5]) == DAY0, "the first of equals"


def test_one_angry_post_of_a_quiet_day_is_not_the_lowest() -> None:
    assert lowest([40, 60, 40, 10, 1, 10], [10, 36, 20, 1, 1, 1]) == pd.Timestamp("2026-03-05")


@pytest.mark.parametrize(
    ("posts", "more", "reason"),
    [
        ([1, 1, 1], {}, "no day during had 5 scored posts about it"),
        ([9, 9, 9], {"unscored": [0] * 30 + [1]}, "1 post not scored"),
        ([], {}, "the crisis ended at once"),
    ],
)
def test_without_scored_posts_there_is_no_lowest(posts: list[int], more: dict[str, object], reason: str) -> None:
    none = lowest(posts, [0] * len(posts), **more)
    assert isinstance(none, Estimate)
    assert none.reason == reason


def test_the_lowest_morale_is_the_largest_fall() -> None:
    waves = [(DAY0 + pd.Timedelta(days=day), share(change)) for day, change in ((60, -0.04), (30, -0.1), (90, -0.1))]
    assert morale_trough(waves) == pd.Timestamp("2026-04-02")
    assert morale_trough(reversed(waves)) == pd.Timestamp("2026-04-02")


@pytest.mark.parametrize(
    ("waves", "status", "reason"),
    [
        ([], Status.UNDEFINED, "no employee survey since the crisis began"),
        ([(pd.NaT, share(-0.1))], Status.UNDEFINED, "no employee survey since the crisis began"),
        ([(DAY0, share(0.1)), (DAY0, share(0.0))], Status.NOT_APPLICABLE, "morale did not fall"),
        ([(DAY0, absent(Status.SUPPRESSED, "fewer than 5", unit="share"))], Status.SUPPRESSED, "fewer than 5"),
    ],
)
def test_without_a_fall_there_is_no_lowest_morale(
    waves: list[tuple[pd.Timestamp, Estimate]], status: Status, reason: str
) -> None:
    none = morale_trough(waves)
    assert isinstance(none, Estimate)
    assert (none.status, none.reason) == (status, reason)
