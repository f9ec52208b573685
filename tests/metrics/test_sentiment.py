from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from metrics.engagement import reaction
from metrics.estimate import Estimate, Status
from metrics.findings.clauses import distinguishable
from metrics.sentiment import net_sentiment, net_sentiment_change, share_negative
from metrics.windows import Windows, daily_series, windows
from tests.metrics.frames import daily

DAY0 = pd.Timestamp("2026-03-03")


def read(negative: list[int], posts: int = 20, days_during: int = 10) -> tuple[pd.DataFrame, Windows]:
    series = daily_series(daily([posts] * len(negative), negative=negative))
    return series, windows(DAY0, DAY0 + pd.Timedelta(days=days_during))


def noisy(level: float, days: int, seed: int) -> list[int]:
    return np.random.default_rng(seed).binomial(20, level, days).tolist()


def test_shares_are_pooled_over_posts_not_days() -> None:
    frame = pd.concat(
        [daily([1] * 27), daily([973], start="2026-03-02", negative=[973]), daily([1] * 9, start="2026-03-03")]
    )
    series, w = daily_series(frame), windows(DAY0, pd.Timestamp("2026-03-12"))
    assert share_negative(series, w, "before").value == pytest.approx(0.973)
    assert net_sentiment(series, w, "before").value == pytest.approx(-0.973)


def test_positive_minus_negative_over_all_scored() -> None:
    frame = daily([10] * 28).assign(positive=5, neutral=2, negative=1, unscorable=2)
    series, w = daily_series(frame), windows(DAY0, DAY0)
    found = net_sentiment(series, w, "before")
    assert (found.value, found.n) == (pytest.approx(4 / 8), 28 * 8)
    assert "20 % of 280 posts left out" in (found.basis or "")


def test_a_shift_is_seen_and_noise_is_not() -> None:
    before = noisy(0.2, 28, seed=1)
    shifted = net_sentiment_change(*read(before + noisy(0.6, 10, seed=2)), "during")
    same = net_sentiment_change(*read(before + noisy(0.2, 10, seed=3)), "during")
    assert shifted.value == pytest.approx(-0.4, abs=0.1)
    assert distinguishable(shifted) is True
    assert distinguishable(same) is False


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(7)
    truth, hits = 0.3, 0
    for _ in range(30):
        series, w = read(rng.binomial(20, truth, 28).tolist())
        found = share_negative(series, w, "before")
        hits += (found.lo or 0) <= truth <= (found.hi or 0)
    assert 25 <= hits <= 30


def test_the_same_data_give_the_same_interval() -> None:
    series, w = read(noisy(0.2, 38, seed=4))
    assert net_sentiment_change(series, w, "during") == net_sentiment_change(series, w, "during")


def test_fewer_than_eight_days_have_a_value_without_an_interval() -> None:
    series, w = read(noisy(0.2, 28, seed=1) + [10] * 7, days_during=7)
    for found in (net_sentiment(series, w, "during"), net_sentiment_change(series, w, "during")):
        assert found.status is Status.OK
        assert (found.lo, found.hi) == (None, None)
        assert "fewer than 8 days" in (found.basis or "")


def test_days_that_resemble_the_day_before_are_said() -> None:
    slow = [2] * 14 + [12] * 14
    fast = [2, 12] * 14
    assert "likely too narrow" in (net_sentiment(*read(slow), "before").basis or "")
    assert "likely too narrow" in (net_sentiment_change(*read(slow + noisy(0.2, 10, 1)), "during").basis or "")
    assert "likely too narrow" not in (net_sentiment(*read(fast), "before").basis or "")


def test_missing_windows_and_scores_say_why() -> None:
    series, w = read([5] * 38)
    after = net_sentiment(series, w, "after")
    assert (after.status, after.reason) == (
        Status.INSUFFICIENT_N,
        "0 of the days after the crisis have data; 14 are needed",
    )
    assert net_sentiment_change(series, w, "after").reason == f"after: {after.reason}"
    waiting = daily_series(daily([3] * 28).assign(neutral=2, unscored=1))
    found = net_sentiment(waiting, w, "before")
    assert (found.status, found.reason) == (Status.UNDEFINED, "28 posts not scored")
    foreign = daily_series(daily([3] * 28).assign(neutral=0, unscorable=3))
    assert net_sentiment(foreign, w, "before").reason == "none of 84 posts can be scored"
    silent = daily_series(daily([0] * 28))
    assert share_negative(silent, w, "before").reason == "no posts before the crisis"


def test_notes_reach_every_basis() -> None:
    frame = pd.concat([daily([20] * 60, negative=0.3), daily([4] * 20, platform="Reddit", negative=0.1)])
    others = {"other": (pd.Timestamp("2026-02-20"), pd.Timestamp("2026-02-21"))}
    found = reaction(frame, DAY0, as_of_date=pd.Timestamp("2026-04-20"), others=others).estimates
    for key in ("net_sentiment_before", "peak_volume_ratio", "crisis_over_on"):
        assert "overlaps with other" in (found[key].basis or "")
        assert "platforms cover different days" in (found[key].basis or "")


def test_turning_every_sign_turns_the_sentiment() -> None:
    series, w = read(noisy(0.3, 38, seed=5))
    swapped = series.assign(
        positive=series["negative"], negative=series["positive"], net_sentiment=-series["net_sentiment"]
    )
    a, b = (net_sentiment_change(s, w, "during") for s in (series, swapped))
    assert bounds(a) == pytest.approx([-x for x in reversed(bounds(b))])


def bounds(estimate: Estimate) -> list[float]:
    assert estimate.lo is not None
    assert estimate.hi is not None
    return [estimate.lo, estimate.number or 0.0, estimate.hi]
