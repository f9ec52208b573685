"""A wider window holds at least as much: no number rests on fewer observations because more days were looked at."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.effect_size import sentiment_effect_size
from metrics.engagement import engagement_rate, reach
from metrics.estimate import Estimate
from metrics.rate_ratio import volume_rate_ratio
from metrics.sentiment import sentiments
from metrics.volume import baseline_daily_volume, excess_posts
from metrics.windows import daily_series, windows
from tests.metrics.frames import daily

DAY0 = pd.Timestamp("2026-03-03")


def numbers(frame: pd.DataFrame, before: int, during: int) -> dict[str, Estimate]:
    series = daily_series(frame)
    w = windows(DAY0, DAY0 + pd.Timedelta(days=during), baseline_days=before)
    scores = frame.rename(columns={"negative": "score"})[["date", "score", "posts"]]
    found = {key: one for key, one in sentiments(series, w).items() if "after" not in key}
    return found | {
        "baseline_daily_volume": baseline_daily_volume(series, w),
        "excess_posts": excess_posts(series, w),
        "volume_rate_ratio": volume_rate_ratio(series, w),
        "sentiment_effect_size": sentiment_effect_size(scores, series, w),
        "reach": reach(frame, w.during),
        "engagement_rate": engagement_rate(frame, w.during),
    }


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, 30), min_size=80, max_size=80),
    st.integers(14, 39),
    st.integers(1, 39),
    st.tuples(st.integers(0, 10), st.integers(0, 10)),
)
def test_widening_a_window_never_lowers_n(posts: list[int], before: int, during: int, more: tuple[int, int]) -> None:
    frame = daily(posts, start="2026-01-22", negative=0.3, impressions=10.0, likes=1.0)
    narrow, wide = numbers(frame, before, during), numbers(frame, before + more[0], during + more[1])
    assert [key for key, one in narrow.items() if wide[key].n < one.n] == []
