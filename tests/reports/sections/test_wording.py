from __future__ import annotations

import pytest

from metrics.catalogue import ALL
from metrics.estimate import Estimate, Status, absent
from reports.sections.wording import interval, value, with_unit


@pytest.mark.parametrize(
    ("amount", "unit", "metric", "told"),
    [
        (9.2, "hours", "", "9 h 12 min"),
        (-2 / 3, "hours", "internal_first_margin", "−40 min"),
        (0, "hours", "", "0 min"),
        (1, "days", "", "1 day"),
        (3.5, "days", "", "3.5 days"),
        (0.58, "share", "favourable", "58 %"),
        (-0.06, "share", "morale_vs_before", "−6 points"),
        (-0.06, "share", "favourable_change", "−6 points"),
        (0.06, "share", "favourable_vs_rest", "+6 points"),
        (0.58, "share", "favourable_shrunken", "58 %"),
        (-26.3, "enps", "enps_change", "−26.3"),
        (0.12, "share", "net_sentiment_change_after", "+12 points"),
        (-0.25, "share", "net_sentiment_before", "−25 points"),
        (0.3, "share", "share_negative_during", "30 %"),
        (11.04, "times", "", "11 times"),
        (15.2, "percent", "", "15.2 %"),
        (-33.33, "enps", "", "−33.3"),
        (4.126, "score", "", "4.1"),
        (12, "count", "", "12"),
        (6, "points", "", "6 points"),
        (1, "points", "", "1 point"),
        (-1, "points", "reputation_vs_before", "−1 point"),
        (1, "posts a day", "", "1 post a day"),
        (1234, "posts", "", "1,234 posts"),
        (200, "point·days", "", "200 point·days"),
        (12_000, "impressions", "", "12,000 impressions"),
        (0.142, "p", "log_rank_time_to_detect", "p = 0.14"),
        (0.4, "times", "trend_time_to_detect", "0.4 times"),
        (-0.2, "share", "sentiment_level", "−20 points"),
        (0.0023, "share a day", "sentiment_slope", "+0.23 points a day"),
        (-0.01, "share a day", "sentiment_slope_change", "−1 point a day"),
        (0.2446, "Cliff's δ", "sentiment_effect_size", "0.24"),
        (-1, "standard deviations", "reputation_z", "−1 standard deviation"),
        (-3.46, "standard deviations", "reputation_z", "−3.5 standard deviations"),
    ],
)
def test_a_number_in_the_words_of_its_unit(amount: float, unit: str, metric: str, told: str) -> None:
    assert with_unit(amount, unit, metric) == told
    assert value(Estimate(value=amount, unit=unit), metric) == told


def test_every_metric_s_unit_has_words() -> None:
    for metric in ALL.values():
        if metric.unit == "date":
            assert value(Estimate(value="2026-03-08", unit="date"), metric.id) == "8 March 2026"
        else:
            told = value(Estimate(value=3, unit=metric.unit), metric.id)
            assert "3" in told
            assert "None" not in told


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.NOT_REACHED, "not yet"),
        (Status.INSUFFICIENT_N, "too few"),
        (Status.SUPPRESSED, "hidden"),
        (Status.UNDEFINED, "not recorded"),
        (Status.INVALID_ORDER, "times contradict"),
        (Status.NOT_APPLICABLE, "does not apply"),
        (Status.LOWER_BOUND, "not known"),
    ],
)
def test_what_is_absent_is_said_in_words(status: Status, told: str) -> None:
    assert value(absent(status, "why", unit="hours")) == told
    assert interval(absent(status, "why", unit="hours")) is None


def test_every_status_has_words() -> None:
    for status in Status:
        if status not in (Status.OK, Status.CODED):
            assert value(absent(status, "why", unit="hours"))


def test_missed_is_not_the_same_as_not_recorded() -> None:
    assert value(absent(Status.UNDEFINED, "missed", unit="hours")) == "missed"


def test_a_lower_bound_says_at_least() -> None:
    running = Estimate(value=4.5, unit="hours", status=Status.LOWER_BOUND, reason="still running")
    assert value(running) == "at least 4 h 30 min"


@pytest.mark.parametrize(("lo", "hi", "told"), [(0.0, 0.1, "at most 10 %"), (0.9, 1.0, "at least 90 %")])
def test_a_coded_share_is_its_band(lo: float, hi: float, told: str) -> None:
    assert value(Estimate(lo=lo, hi=hi, unit="share", status=Status.CODED, reason="near none or all")) == told


def test_an_interval_is_its_two_ends() -> None:
    assert interval(Estimate(value=0.5, lo=0.4, hi=0.6, unit="share"), "favourable") == "40 % to 60 %"
    change = Estimate(value=-0.06, lo=-0.13, hi=0.01, unit="share")
    assert interval(change, "morale_vs_before") == "−13 points to +1 point"
    assert interval(Estimate(value=0.5, unit="share")) is None


def test_an_interval_that_the_data_do_not_close_is_its_one_end() -> None:
    assert interval(Estimate(value=9.0, lo=4.0, unit="hours")) == "4 h or more"
    assert interval(Estimate(value=9.0, hi=20.0, unit="hours")) == "up to 20 h"


def test_letters_and_states_are_shown_as_they_are() -> None:
    assert value(Estimate(value="P", unit="rating", n=3)) == "P"
    unknown = Estimate(value="not_exercised", unit="state", status=Status.NOT_APPLICABLE, reason="no crisis since")
    assert value(unknown) == "not exercised"
