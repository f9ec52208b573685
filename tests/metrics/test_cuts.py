"""Days cut from counts that were added up once are those of the series that each crisis would read by itself."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pandas as pd
from hypothesis import given

from metrics.calm import days_of
from metrics.cuts import Counted, Span
from metrics.volume import crisis_end, end_of
from metrics.windows import daily_series

DAY0 = pd.Timestamp("2026-03-02")
_COUNTS = ("posts", "positive", "neutral", "negative", "unscored", "unscorable")


@st.composite
def dailies(draw: st.DrawFn) -> pd.DataFrame:
    """DAILY of up to 80 days around day 0, some of them without a row, some told twice in two grains."""
    keys = draw(
        st.lists(
            st.tuples(
                st.integers(-40, 40),
                st.sampled_from(["X", "Reddit"]),
                st.sampled_from(["mention", "owned"]),
                st.sampled_from(["posts", "daily_total"]),
            ),
            min_size=1, max_size=60, unique=True,
        )
    )  # fmt: skip
    rows = []
    for day, *rest in keys:
        counts = [draw(st.integers(0, 9)) for _ in _COUNTS]
        posts = np.nan if rest[-1] == "daily_total" and draw(st.booleans()) else float(counts[0])
        rows.append((DAY0 + pd.Timedelta(days=day), *rest, posts, *counts[1:]))
    return pd.DataFrame(rows, columns=["date", "platform", "kind", "grain", *_COUNTS])


@given(daily=dailies(), first=st.integers(-45, 40), length=st.integers(1, 60), edge=st.integers(-10, 30))
def test_cut_days_are_those_of_the_series(daily: pd.DataFrame, first: int, length: int, edge: int) -> None:
    begin = DAY0 + pd.Timedelta(days=first)
    end = begin + pd.Timedelta(days=length - 1)
    spans = [Span(kind, DAY0 - pd.Timedelta(days=30), DAY0 + pd.Timedelta(days=edge)) for kind in ("mention", "owned")]
    found = Counted(daily).cut(begin, end, spans)

    mine = daily[daily["date"].between(begin, end)]
    if mine.empty:
        assert found is None
        return
    assert found is not None
    # Spans are the same for either kind, cut to the days asked for.
    covered = pd.DataFrame([("X", max(spans[0].first, begin), min(spans[0].last, end))], columns=["platform", "first", "last"])  # fmt: skip
    series = daily_series(mine, until=end, coverage=covered)
    for one, other in zip(found, days_of(series), strict=True):
        np.testing.assert_array_equal(one, other)
    asked = {"as_of_date": end, "resolved_on": None}
    assert end_of(found, DAY0, **asked) == crisis_end(series, DAY0, **asked)


def test_nothing_counted_is_nothing_cut() -> None:
    daily = pd.DataFrame(columns=["date", "platform", "kind", "grain", *_COUNTS]).astype({"date": "datetime64[us]"})
    assert Counted(daily).cut(DAY0, DAY0, []) is None
