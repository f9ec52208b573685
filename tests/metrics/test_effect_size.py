from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.effect_size import cliffs_delta, sentiment_effect_size
from metrics.estimate import Estimate, Status
from metrics.windows import daily_series, windows
from tests.metrics.frames import daily

DAY0 = pd.Timestamp("2026-03-03")


def counted(values: list[int], bins: list[int]) -> np.ndarray:
    return np.array([values.count(one) for one in bins], dtype=float)


def histogram(days: Mapping[int, Mapping[float, int]]) -> pd.DataFrame:
    """Day relative to day 0 → score → posts."""
    rows = [
        (DAY0 + pd.Timedelta(days=day), score, posts) for day, known in days.items() for score, posts in known.items()
    ]
    types = {"date": "datetime64[us]", "score": "float64", "posts": "int64"}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def read(frame: pd.DataFrame, days: int = 10, **more: object) -> Estimate:
    series = daily_series(daily([10] * (28 + days), **more))
    return sentiment_effect_size(frame, series, windows(DAY0, DAY0 + pd.Timedelta(days=days)))


def drawn(level: float, days: range, seed: int) -> dict[int, dict[float, int]]:
    """Twenty scores a day around a level, in twentieths."""
    rng = np.random.default_rng(seed)
    found = {}
    for day in days:
        steps, posts = np.unique(np.round(rng.normal(level, 0.3, 20) * 20) / 20, return_counts=True)
        found[day] = dict(zip(steps.tolist(), posts.tolist(), strict=True))
    return found


def test_reference_case_7() -> None:
    """Cliff's δ of the two samples in METRICS, reference case 7; definition: Cliff, Psychol. Bull. 1993;114:494–509."""
    bins = [10, 20, 30, 40, 50]
    first = counted([10, 10, 20, 20, 20, 30, 30, 30, 40, 50], bins)
    second = counted([10, 20, 30, 40, 40, 50], bins)
    assert cliffs_delta(first, second) == pytest.approx(-0.25)
    assert cliffs_delta(second, first) == pytest.approx(0.25)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12), st.lists(st.integers(0, 6), min_size=1, max_size=12))
def test_it_is_what_all_pairs_say(first: list[int], second: list[int]) -> None:
    pairs = [np.sign(a - b) for a in first for b in second]
    bins = list(range(7))
    assert cliffs_delta(counted(first, bins), counted(second, bins)) == pytest.approx(np.mean(pairs))


def test_a_fall_is_positive_and_distinguishable() -> None:
    found = read(histogram(drawn(0.3, range(-28, 0), 1) | drawn(-0.2, range(10), 2)))
    assert found.lo is not None
    assert found.hi is not None
    assert 0 < found.lo < (found.number or 0) < found.hi < 1
    assert found.n == 760
    same = read(histogram(drawn(0.3, range(-28, 0), 1) | drawn(0.3, range(10), 3)))
    assert (same.lo or 0) < 0 < (same.hi or 0)


def test_all_below_all_above() -> None:
    days = {day: {0.5: 3} for day in range(-28, 0)} | {day: {-0.5: 1} for day in range(10)}
    found = read(histogram(days))
    assert (found.value, found.lo, found.hi) == (1, 1, 1)


def test_the_order_of_rows_and_days_outside_change_nothing() -> None:
    frame = histogram(drawn(0.3, range(-60, 0), 4) | drawn(0.0, range(30), 5))
    inside = frame[frame["date"].between("2026-02-03", "2026-03-12")]
    assert read(frame.sample(frac=1, random_state=1)) == read(inside)
    split = pd.concat([frame.assign(posts=1), frame.assign(posts=frame["posts"] - 1)])
    assert read(split) == read(frame)


def test_few_days_have_no_interval() -> None:
    found = read(histogram(drawn(0.3, range(-28, 0), 1) | drawn(-0.2, range(7), 2)), days=7)
    assert found.lo is None
    assert "no interval: fewer than 8 days with scores" in (found.basis or "")


def test_days_that_resemble_each_other_are_said() -> None:
    drift = {day: {round(0.05 * (day // 4), 2): 10} for day in range(-28, 0)}
    assert "likely too narrow" in (read(histogram(drift | drawn(0.0, range(10), 6))).basis or "")


@pytest.mark.parametrize(
    ("days", "more", "status", "reason"),
    [
        ({}, {}, Status.UNDEFINED, "no post before the crisis has a score"),
        ({-3: {0.1: 5}}, {}, Status.UNDEFINED, "no post during the crisis has a score"),
        ({-3: {0.1: 5}, 2: {0.2: 1}}, {"unscored": [0] * 37 + [1]}, Status.UNDEFINED, "1 post not scored"),
        ({-3: {0.1: 5}}, {"start": "2026-02-25"}, Status.INSUFFICIENT_N, "6 of the days before the crisis have data; 14 are needed"),
    ],
)  # fmt: skip
def test_without_scores_there_is_a_reason(
    days: dict[int, dict[float, int]], more: dict[str, object], status: Status, reason: str
) -> None:
    found = read(histogram(days), **more)
    assert (found.value, found.status, found.reason) == (None, status, reason)
