from __future__ import annotations

import pandas as pd
import pytest

from metrics.windows import daily_series, overlap_note, series_note, windows, with_uncounted
from tests.metrics.frames import daily

DAY0 = pd.Timestamp("2026-03-03")


def posts(series: pd.DataFrame) -> dict[str, int]:
    return dict(zip(series["date"].dt.strftime("%m-%d"), series["posts"], strict=True))


def test_the_finer_grain_wins_per_platform_kind_and_day() -> None:
    frame = pd.concat(
        [
            daily([4], start="2026-03-03"),
            daily([100, 50], start="2026-03-03", grain="daily_total"),
            daily([7], start="2026-03-03", platform="Reddit", grain="daily_total"),
        ]
    )
    assert posts(daily_series(frame)) == {"03-03": 11, "03-04": 50}


def test_rows_of_one_grain_are_added() -> None:
    assert posts(daily_series(pd.concat([daily([4], start="2026-03-03"), daily([6], start="2026-03-03")]))) == {
        "03-03": 10
    }


def test_owned_posts_count_only_where_there_is_no_mention_at_all() -> None:
    owned = daily([3, 3], start="2026-03-01", kind="owned")
    both = pd.concat([owned, daily([5], start="2026-03-02", platform="Reddit")])
    assert posts(daily_series(both)) == {"03-02": 5}
    assert series_note(both) is None
    assert posts(daily_series(owned)) == {"03-01": 3, "03-02": 3}
    assert series_note(owned) == "owned posts, as there are no mentions"


def test_a_covered_day_without_a_post_is_zero_and_an_uncovered_one_is_missing() -> None:
    frame = daily([2, 0, 0, 2, 0, 0, 1], start="2026-03-01")
    frame = frame[frame["posts"] > 0]
    later = daily([8], start="2026-03-10", platform="Reddit")
    series = daily_series(pd.concat([frame, later]))
    assert posts(series) == {
        "03-01": 2,
        "03-02": 0,
        "03-03": 0,
        "03-04": 2,
        "03-05": 0,
        "03-06": 0,
        "03-07": 1,
        "03-10": 8,
    }
    assert series["net_sentiment"].isna().tolist() == [False, True, True, False, True, True, False, False]


def test_platforms_of_different_spans_are_said() -> None:
    frame = pd.concat([daily([1, 1], start="2026-03-01"), daily([1], start="2026-03-02", platform="Reddit")])
    assert series_note(frame) == (
        "platforms cover different days (Reddit 2026-03-02 to 2026-03-02, X 2026-03-01 to 2026-03-02)"
    )


def test_the_coverage_may_be_wider_than_the_posts_of_a_topic() -> None:
    spans = pd.DataFrame(
        {"platform": ["X"], "first": [pd.Timestamp("2026-03-01")], "last": [pd.Timestamp("2026-03-04")]}
    )
    series = daily_series(daily([9], start="2026-03-03"), coverage=spans, until=pd.Timestamp("2026-03-03"))
    assert posts(series) == {"03-01": 0, "03-02": 0, "03-03": 9}


def test_nothing_after_until_exists() -> None:
    assert posts(daily_series(daily([1, 2, 3], start="2026-03-01"), until=pd.Timestamp("2026-03-02"))) == {
        "03-01": 1,
        "03-02": 2,
    }


def test_net_sentiment_leaves_out_the_unscored() -> None:
    frame = daily([10], positive=[4], neutral=[2], negative=[2], unscored=[2])
    frame[["positive", "neutral", "negative", "unscored"]] = [4, 2, 2, 2]
    assert daily_series(frame)["net_sentiment"].tolist() == [pytest.approx(2 / 8)]


def test_an_empty_frame_keeps_its_columns() -> None:
    series = daily_series(daily([]))
    assert series.columns.tolist() == [
        "date", "posts", "positive", "neutral", "negative", "unscored", "unscorable", "net_sentiment",
    ]  # fmt: skip
    assert series.empty


def test_the_three_windows_touch_and_do_not_overlap() -> None:
    w = windows(DAY0, pd.Timestamp("2026-03-12"))
    assert [(x.first.strftime("%m-%d"), x.last.strftime("%m-%d")) for x in (w.before, w.during, w.after)] == [
        ("02-03", "03-02"), ("03-03", "03-11"), ("03-12", "04-08"),
    ]  # fmt: skip


def test_a_window_says_what_it_lacks() -> None:
    w = windows(DAY0, pd.Timestamp("2026-03-04"))
    thirteen = daily_series(daily([1] * 13, start="2026-02-18"))
    assert w.before.shortfall(thirteen) == "13 of the days before the crisis have data; 14 are needed"
    assert w.before.shortfall(daily_series(daily([1] * 14, start="2026-02-17"))) is None
    assert w.during.shortfall(thirteen) == "0 of the days during the crisis have data; at least one is needed"
    running = windows(DAY0, pd.Timestamp("2026-03-20"), over=False)
    assert running.after.shortfall(thirteen) == "there is no day after the crisis yet"


def test_other_crises_that_run_into_the_windows_are_named() -> None:
    w = windows(DAY0, pd.Timestamp("2026-03-12"))
    day = pd.Timestamp
    others = {
        "long-ago": (day("2025-03-01"), day("2025-03-09")),
        "just-ended": (day("2026-01-20"), day("2026-02-03")),
        "in-the-baseline": (day("2026-01-20"), day("2026-02-04")),
        "next": (day("2026-04-08"), day("2026-04-20")),
        "much-later": (day("2026-04-09"), day("2026-04-20")),
    }
    assert overlap_note(w, others) == "overlaps with in-the-baseline, next"
    assert overlap_note(w, {}) is None


def test_days_of_which_nobody_counted_the_posts_cover_nothing() -> None:
    totals = daily(
        [0] * 40, platform="LinkedIn", kind="owned", grain="daily_total", posts=float("nan"), impressions=5.0
    )
    assert daily_series(totals).empty
    some = daily([2, 3], start="2026-02-10", platform="LinkedIn", kind="owned")
    assert daily_series(pd.concat([totals, some]))["posts"].tolist() == [2, 3]
    assert series_note(totals) is None
    w = with_uncounted(windows(DAY0, pd.Timestamp("2026-03-12")), pd.concat([totals, some]))
    assert (w.before.uncounted, w.during.uncounted, w.after.uncounted) == ((), ("LinkedIn",), ("LinkedIn",))
    assert w.during.shortfall(daily_series(some)) == (
        "on 0 of the days during the crisis posts were counted; at least one is needed"
        " (the daily totals of LinkedIn do not say how many posts there were)"
    )


def test_owned_posts_stand_in_for_no_mentions_that_nobody_counted() -> None:
    unknown = daily([0], grain="daily_total", posts=float("nan"))
    assert daily_series(pd.concat([unknown, daily([7], kind="owned")])).empty
