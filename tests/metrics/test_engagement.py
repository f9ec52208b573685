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
