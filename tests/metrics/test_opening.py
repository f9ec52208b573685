from __future__ import annotations

from datetime import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.clock import hours_between
from metrics.estimate import Status
from metrics.opening import OpeningHours
from metrics.response import BUSINESS, BUSINESS_METRICS, METRICS, SINGLE_BUSINESS, number, used, used_events
from metrics.statements import path_estimates, statement_path
from metrics.targets import is_missed
from metrics.timeline import timeline
from tests.metrics.frames import clock, events, moment, public

NEW_YORK = "America/New_York"


def office(zone: str = NEW_YORK, country: str | None = "US", opens: int = 9, closes: int = 17) -> OpeningHours:
    return OpeningHours(zone, time(opens), time(closes), country)


def between(start: str, end: str, hours: OpeningHours) -> float:
    return hours.between(moment(start, hours.timezone), moment(end, hours.timezone))


# --- the hours themselves ----------------------------------------------------------------------------------------------


def test_reference_case_9() -> None:
    """METRICS, case 9: Thu 3 Jul 2025 16:00 → Mon 7 Jul 10:00, 4 July a holiday, is 90 h and 2 business hours."""
    start, end = moment("2025-07-03 16:00", NEW_YORK), moment("2025-07-07 10:00", NEW_YORK)
    assert hours_between(start, end) == 90
    assert office().between(start, end) == 2
    assert office(country=None).between(start, end) == 10
    assert office().between(end, start) == -2


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-07-01 10:00", "2025-07-01 10:30", 0.5),
        ("2025-07-01 07:00", "2025-07-01 20:00", 8),
        ("2025-07-01 17:00", "2025-07-02 09:00", 0),
        ("2025-07-05 00:00", "2025-07-06 23:00", 0),
        ("2025-07-04 09:00", "2025-07-04 17:00", 0),
        ("2025-07-01 10:00", "2025-07-01 10:00", 0),
        ("2025-12-31 16:00", "2026-01-02 10:00", 2),
        ("2025-03-07 16:00", "2025-03-10 10:00", 2),  # clocks go forward in between
        ("2024-12-30 09:00", "2026-01-02 17:00", 8 * (2 + 250 + 1)),  # over three years
    ],
)
def test_what_lies_within_the_opening_hours(start: str, end: str, expected: float) -> None:
    assert between(start, end, office()) == pytest.approx(expected)


def test_a_country_has_its_own_weekend() -> None:
    friday_to_sunday = ("2025-05-02 00:00", "2025-05-05 00:00")
    assert between(*friday_to_sunday, office("Asia/Riyadh", "SA")) == 8
    assert between(*friday_to_sunday, office("Asia/Riyadh", None)) == 8
    assert between("2025-05-04 00:00", "2025-05-05 00:00", office("Asia/Riyadh", "SA")) == 8
    assert between("2025-05-04 00:00", "2025-05-05 00:00", office("Asia/Riyadh", None)) == 0


def test_hours_are_read_on_the_crisis_s_own_clock() -> None:
    start, end = moment("2025-07-01 00:00", "UTC"), moment("2025-07-02 00:00", "UTC")
    assert office("Asia/Tokyo", None).between(start, end) == 8
    assert office("Asia/Tokyo", None).between(moment("2025-07-01 08:00", "UTC"), end) == 0
    assert office("UTC", None).between(moment("2025-07-01 08:00", "UTC"), end) == 8


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-29", 2),  # 02:00 to 03:00 does not exist in Berlin
        ("2026-10-25", 4),  # 02:00 to 03:00 comes twice
        ("2026-10-18", 3),
    ],
)
def test_a_night_shift_on_a_day_on_which_clocks_change(day: str, expected: float) -> None:
    """These are Sundays, on which Saudi Arabia works."""
    night = office("Europe/Berlin", "SA", 1, 4)
    assert between(day, f"{day} 12:00", night) == expected


def test_opening_at_a_time_that_does_not_exist_is_opening_when_clocks_have_moved() -> None:
    night = OpeningHours("Europe/Berlin", time(2, 30), time(4), "SA")
    assert between("2026-03-29", "2026-03-29 12:00", night) == 1


def test_hours_that_never_open_are_refused() -> None:
    with pytest.raises(ValueError, match="never be open"):
        office(opens=17, closes=9)


instants = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: pd.Timestamp("2024-01-01", tz="UTC") + pd.Timedelta(minutes=minutes)
)


@settings(max_examples=60)
@given(instants, instants, instants, st.sampled_from([NEW_YORK, "Europe/Berlin", "Asia/Kathmandu", "UTC"]))
def test_business_hours_add_up_and_never_exceed_calendar_hours(
    a: pd.Timestamp, b: pd.Timestamp, c: pd.Timestamp, zone: str
) -> None:
    hours = office(zone)
    a, b, c = sorted((a, b, c))
    assert 0 <= hours.between(a, b) <= hours_between(a, b) + 1e-9
    assert hours.between(a, b) + hours.between(b, c) == pytest.approx(hours.between(a, c))


def test_the_zone_that_a_moment_is_written_in_changes_nothing() -> None:
    start, end = moment("2025-07-01 08:00", "UTC"), moment("2025-07-03 12:34", "UTC")
    moved = office().between(start.tz_convert("Asia/Tokyo"), end.tz_convert(NEW_YORK).as_unit("ns"))
    assert moved == office().between(start, end)


# --- the numbers of a crisis -------------------------------------------------------------------------------------------

BERLIN = office("Europe/Berlin", "DE")
#: A Friday, and the Monday after.
FRIDAY = [("posted", "2026-03-06 15:00"), ("detected", "2026-03-06 16:00")]
NOW = moment("2026-03-20 12:00")


def test_a_weekend_does_not_count() -> None:
    line = timeline(events(*FRIDAY, ("statement", "2026-03-09 10:00", public())), clock(), NOW)
    plain = number("time_to_first_statement", line)
    found = number("time_to_first_statement_business", line, BERLIN)
    assert (plain.value, found.value, found.unit, found.status) == (66, 2, "hours", Status.OK)
    assert found.basis == f"{plain.basis}; business hours: 09:00 to 17:00 on working days of DE, Europe/Berlin"
    assert used("time_to_first_statement_business", line, BERLIN) == used("time_to_first_statement", line)


def test_a_review_is_counted_in_business_hours_not_days() -> None:
    line = timeline(events(("resolved", "2026-03-06 16:00"), ("reviewed", "2026-03-10 12:00")), clock(), NOW)
    found = number("time_to_review_business", line, BERLIN)
    assert (found.value, found.unit) == (1 + 8 + 3, "hours")


def test_bounds_censoring_and_reasons_carry_over() -> None:
    day = timeline(events(*FRIDAY, ("decision", "2026-03-09")), clock(), NOW)
    found = number("time_to_decision_business", day, BERLIN)
    assert (found.lo, found.hi, found.value) == (1, 9, 5)
    open_line = timeline(events(*FRIDAY), clock(), moment("2026-03-09 10:00"))
    still = number("time_to_decision_business", open_line, BERLIN)
    assert (still.value, still.status) == (2, Status.LOWER_BOUND)
    over = timeline(events(*FRIDAY), clock("resolved"), NOW)
    assert is_missed(number("time_to_decision_business", over, BERLIN))
    none = timeline(events(("decision", "2026-03-09 10:00")), clock(), NOW)
    assert number("time_to_decision_business", none, BERLIN).reason == "no detected event recorded"


def test_a_wrong_order_within_one_night_is_still_wrong() -> None:
    line = timeline(events(("detected", "2026-03-07 23:00"), ("decision", "2026-03-07 22:00")), clock(), NOW)
    assert number("time_to_decision_business", line, BERLIN).status is Status.INVALID_ORDER
    foreseen = events(("posted", "2026-03-07 23:00"), ("detected", "2026-03-07 22:00", {"detected_by": "employee"}))
    assert number("time_to_detect_business", timeline(foreseen, clock(), NOW), BERLIN).basis == "proactive"


def test_the_margin_of_employees_keeps_its_sign() -> None:
    told = ("internal_message", "2026-03-09 12:00")
    line = timeline(events(*FRIDAY, ("statement", "2026-03-09 10:00", public()), told), clock(), NOW)
    assert number("internal_first_margin_business", line, BERLIN).value == -2
    assert str(BERLIN.between(moment("2026-03-08 12:00"), moment("2026-03-08 10:00"))) == "0.0"  # and not −0


def test_silence_and_cadence_are_the_longest_and_middle_gap_of_business_hours() -> None:
    rows = [("statement", "2026-03-06 16:30", public()), ("update", "2026-03-09 09:30", public())]
    line = timeline(events(*FRIDAY, *rows, ("resolved", "2026-03-09 15:30")), clock(), NOW)
    assert number("longest_silence", line).value == 65
    assert number("longest_silence_business", line, BERLIN).value == 6
    assert used("longest_silence_business", line, BERLIN) == [4, 5]
    assert number("update_cadence_business", line, BERLIN).value == 1


def test_the_path_in_business_hours_adds_up_to_the_whole() -> None:
    frame = events(*FRIDAY, ("decision", "2026-03-09 09:30"), ("statement", "2026-03-09 10:00", public()))
    path = statement_path(frame, clock(), NOW, BERLIN.between)
    assert {key: one.value for key, one in path_estimates(path).items()} == {"decision": 1.5, "published": 0.5}
    assert used_events("statement_path_business", frame, clock(), NOW) == [2, 3, 4]


def test_every_time_has_a_twin_in_business_hours() -> None:
    timed = {metric.id for metric in METRICS if metric.unit in ("hours", "days")}
    assert set(BUSINESS.values()) == timed
    assert [metric.id for metric in BUSINESS_METRICS] == list(BUSINESS)
    assert set(BUSINESS) - set(SINGLE_BUSINESS) == {"statement_path_business"}
    with pytest.raises(ValueError, match="needs the business hours"):
        number("time_to_detect_business", timeline(events(*FRIDAY), clock(), NOW))


milestones = st.sampled_from(["posted", "detected", "decision", "statement", "update", "contained", "resolved"])
times = st.integers(0, 20_000).map(lambda minutes: pd.Timestamp("2026-03-01") + pd.Timedelta(minutes=minutes))
stamps = st.builds(lambda at, day: at.strftime("%Y-%m-%d" if day else "%Y-%m-%d %H:%M"), times, st.booleans())


@settings(max_examples=40)
@given(st.lists(st.tuples(milestones, stamps), max_size=10), times, st.sampled_from(["open", "resolved"]))
def test_whatever_was_logged_business_hours_never_exceed_calendar_hours(
    rows: list[tuple[str, str]], now: pd.Timestamp, status: str
) -> None:
    frame = events(*[(milestone, at, public()) for milestone, at in rows])
    line = timeline(frame, clock(status), moment(now.isoformat()))
    for key in SINGLE_BUSINESS:
        found, plain = number(key, line, BERLIN), number(BUSINESS[key], line)
        hours = 24 if plain.unit == "days" else 1
        assert (found.number is None) == (plain.number is None), key
        if BUSINESS[key] != "longest_silence":  # which gap is the longest differs, and with it whether it still runs
            assert found.status is plain.status, key
        for mine, whole in ((found.number, plain.number), (found.hi, plain.hi)):
            if mine is not None and whole is not None:
                assert abs(mine) <= abs(whole) * hours + 1e-9 or key == "internal_first_margin_business", key
