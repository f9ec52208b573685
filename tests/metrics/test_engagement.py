from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from metrics.catalogue import ALL
from metrics.engagement import METRICS, engagement_rate, reach, reaction
from metrics.estimate import Status
from metrics.windows import windows
from tests.metrics.frames import daily

DAY0 = pd.Timestamp("2026-03-03")
DURING = windows(DAY0, pd.Timestamp("2026-03-06")).during


def two_days(**more: object) -> pd.DataFrame:
    return daily([10, 10], start="2026-03-03", **more)


def test_reach_is_taken_where_it_is_given() -> None:
    frame = pd.concat(
        [
            two_days(impressions=1000.0, reach=[400.0, np.nan]),
            two_days(platform="Reddit", kind="owned", impressions=50.0),
        ]
    )
    assert reach(frame, DURING).value == 1500
    assert reach(frame, DURING, "owned").value == 100
    assert "reach given for 10 of 40 posts" in (reach(frame, DURING).basis or "")


def test_only_the_crisis_counts() -> None:
    frame = daily([1] * 6, start="2026-03-01", impressions=[1.0, 2, 4, 8, 16, 32])
    assert reach(frame, DURING).value == 4 + 8 + 16


def test_the_rate_leaves_out_what_has_no_impressions() -> None:
    frame = pd.concat(
        [
            two_days(impressions=1000.0, likes=30.0, comments=np.nan, shares=20.0),
            two_days(platform="Reddit", likes=9000.0),
            two_days(platform="TikTok", impressions=9000.0),
        ]
    )
    found = engagement_rate(frame, DURING)
    assert (found.value, found.n) == (pytest.approx(0.05), 20)


def test_the_finer_grain_wins_here_too() -> None:
    frame = pd.concat([two_days(impressions=10.0), two_days(grain="daily_total", impressions=999.0)])
    assert reach(frame, DURING).value == 20


@pytest.mark.parametrize("frame", [daily([]), two_days(), two_days(impressions=0.0, likes=1.0)])
def test_without_impressions_there_is_a_reason(frame: pd.DataFrame) -> None:
    assert engagement_rate(frame, DURING).status is Status.UNDEFINED


def test_the_reaction_holds_every_metric_of_the_topic() -> None:
    found = reaction(daily([10] * 40), DAY0, as_of_date=pd.Timestamp("2026-03-14"))
    of_labels = {"scorer_sensitivity", "scorer_specificity", "share_negative_corrected"}  # see test_agreement
    of_scores = {"sentiment_effect_size"}  # see test_effect_size
    assert set(found.estimates) == {metric.id for metric in METRICS} - of_labels - of_scores
    assert set(found.estimates) < set(ALL)


def owned(counts: list[float], *, start: str, grain: str, platform: str = "LinkedIn", **more: object) -> pd.DataFrame:
    posts = [1] * len(counts) if grain == "posts" else [0] * len(counts)
    return daily(posts, start=start, kind="owned", grain=grain, platform=platform, impressions=counts, **more)


def test_what_a_lifetime_total_holds_is_not_counted_again_from_the_days_after() -> None:
    """Posted on 4 March and seen 900 times ever; the page was seen 10, 300 and 600 times on 3, 4 and 5 March."""
    totals = owned([10.0, 300.0, 600.0], start="2026-03-03", grain="daily_total", likes=[1.0, 3, 6])
    frame = pd.concat([owned([900.0], start="2026-03-04", grain="posts", likes=9.0), totals])
    found = reach(frame, DURING)
    assert found.value == 10 + 900
    assert "LinkedIn: daily totals of 1 day (600) left out, as lifetime totals" in (found.basis or "")
    rate = engagement_rate(frame, DURING)
    assert rate.value == pytest.approx(10 / 910)
    assert "left out" in (rate.basis or "")
    alone = reach(totals, DURING)
    assert alone.value == 910
    assert "LinkedIn: daily totals of the channel, to posts of any age" in (alone.basis or "")


def test_a_post_of_before_or_elsewhere_or_without_numbers_leaves_daily_totals_alone() -> None:
    totals = owned([10.0, 300.0, 600.0], start="2026-03-03", grain="daily_total")
    before = owned([900.0], start="2026-03-02", grain="posts")
    elsewhere = owned([900.0], start="2026-03-03", grain="posts", platform="X")
    silent = owned([float("nan")], start="2026-03-03", grain="posts")
    assert reach(pd.concat([before, totals]), DURING).value == 910
    assert reach(pd.concat([elsewhere, totals]), DURING).value == 910 + 900
    assert reach(pd.concat([silent, totals]), DURING).value == 900, "the finer grain still wins on its own day"
    mentions = daily([3] * 3, start="2026-03-03", grain="daily_total", impressions=[10.0, 300, 600])
    assert reach(pd.concat([daily([1], start="2026-03-03", impressions=50.0), mentions]), DURING).value == 50 + 900


def test_reach_and_rate_are_also_told_by_kind() -> None:
    frame = pd.concat(
        [two_days(impressions=1000.0, likes=30.0), two_days(kind="owned", impressions=50.0, likes=10.0)],
        ignore_index=True,
    )
    found = reaction(frame, DAY0, as_of_date=pd.Timestamp("2026-03-04"))
    assert found.estimates["reach"].value == 2100
    assert {kind: known["reach"].value for kind, known in found.by_kind.items()} == {"mention": 2000, "owned": 100}
    rates = {kind: known["engagement_rate"].value for kind, known in found.by_kind.items()}
    assert rates == {"mention": pytest.approx(0.03), "owned": pytest.approx(0.2)}


def test_other_crises_are_named_only_where_they_run_into_the_windows() -> None:
    others = {
        "before the lines": (pd.Timestamp("2025-11-01"), pd.Timestamp("2026-01-01")),
        "in the lines": (pd.Timestamp("2026-01-10"), pd.Timestamp("2026-01-12")),
        "near": (pd.Timestamp("2026-02-10"), pd.Timestamp("2026-02-12")),
        "far": (pd.Timestamp("2026-09-01"), pd.Timestamp("2026-09-12")),
    }
    frame = daily([10] * 90, start="2026-01-01", negative=[3, 1, 2] * 30)
    found = reaction(frame, DAY0, as_of_date=pd.Timestamp("2026-03-31"), others=others)
    assert found.overlap == "overlaps with near"
    assert "overlaps with near" in (found.estimates["peak_volume_ratio"].basis or "")
    assert "overlaps with in the lines, near" in (found.estimates["sentiment_level_change"].basis or "")
    assert reaction(frame, DAY0, as_of_date=pd.Timestamp("2026-03-31")).overlap is None
