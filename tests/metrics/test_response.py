from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.estimate import Better, Status
from metrics.response import INTERVALS, interval, intervals, used_events
from metrics.targets import is_missed
from tests.metrics.frames import clock, events, moment, public
from tests.soak import TIMES

NOW = moment("2026-03-20 12:00")
POSTED, DETECTED = ("posted", "2026-03-03 07:00"), ("detected", "2026-03-03 08:40")
STATEMENT = ("statement", "2026-03-03 17:52", public())
#: One event that makes each end of the table, two hours after its start where that is `detected`.
ENDS = {
    "time_to_acknowledge": ("acknowledged", {}),
    "time_to_assess": ("assessed", {}),
    "time_to_assemble": ("team_assembled", {}),
    "time_to_decision": ("decision", {}),
    "time_to_first_statement": ("statement", {"audience": "press"}),
    "time_to_first_internal_message": ("update", {"audience": "employees"}),
    "time_to_employee_contact": ("employee_contacted", {}),
    "time_to_contain": ("contained", {}),
    "time_to_resolve": ("resolved", {}),
}


@pytest.mark.parametrize(("metric", "end"), ENDS.items())
def test_from_detection_to_the_earliest_end(metric: str, end: tuple[str, dict[str, Any]]) -> None:
    milestone, more = end
    frame = events(DETECTED, (milestone, "2026-03-04 09:00", more), (milestone, "2026-03-03 10:40", more))
    found = interval(metric, frame, clock(), NOW)
    assert (found.value, found.unit, found.n, found.status) == (2.0, "hours", 1, Status.OK)
    assert found.lo is None
    assert used_events(metric, frame, clock(), NOW) == [1, 3]


def test_what_is_not_counted_from_detection() -> None:
    frame = events(POSTED, DETECTED, STATEMENT, ("resolved", "2026-03-05 12:00"), ("reviewed", "2026-03-15 00:00"))
    found = intervals(frame, clock(), NOW)
    assert found["time_to_detect"].value == pytest.approx(1 + 40 / 60)
    assert found["exposure_to_first_statement"].value == pytest.approx(10 + 52 / 60)
    assert (found["time_to_review"].value, found["time_to_review"].unit) == (9.5, "days")


def test_every_interval_of_the_table_is_there_and_points_the_right_way() -> None:
    found = intervals(events(), clock(), NOW)
    assert len(INTERVALS) == 13
    assert {row.id for row in INTERVALS} < set(found)
    assert [key for key, one in found.items() if one.unit == "hours" and one.better is not Better.LOWER] == [
        "internal_first_margin"
    ]


@pytest.mark.parametrize("audience", ["employees", "customers", "regulators", "partners", None])
def test_only_the_public_and_the_press_are_the_public(audience: str | None) -> None:
    frame = events(DETECTED, ("statement", "2026-03-03 10:00", {"audience": audience}))
    assert interval("time_to_first_statement", frame, clock(), NOW).status is Status.LOWER_BOUND


def test_a_statement_without_an_audience_is_said_and_never_makes_a_miss() -> None:
    frame = events(DETECTED, ("statement", "2026-03-03 10:00"))
    found = interval("time_to_first_statement", frame, clock("resolved"), NOW)
    assert found.reason == "no public statement recorded (1 message without an audience not counted)"
    assert not is_missed(found)


@pytest.mark.parametrize(
    ("missing", "metric", "reason"),
    [
        (DETECTED, "time_to_first_statement", "no detected event recorded"),
        (POSTED, "time_to_detect", "no posted event recorded"),
        (POSTED, "exposure_to_first_statement", "no posted event recorded"),
        (POSTED, "internal_first_margin", "no internal message recorded"),
        (POSTED, "time_to_review", "no resolved event recorded"),
    ],
)
def test_a_start_that_nobody_recorded(missing: tuple[str, str], metric: str, reason: str) -> None:
    rows = [row for row in (POSTED, DETECTED, STATEMENT) if row != missing]
    start = moment("2026-03-01 00:00")
    for status in ("open", "resolved"):
        found = interval(metric, events(*rows), clock(status, started_at=start), NOW)
        assert (found.value, found.status, found.reason) == (None, Status.UNDEFINED, reason)


def test_not_yet_and_missed_are_different() -> None:
    frame = events(DETECTED)
    still = interval("time_to_contain", frame, clock("open"), moment("2026-03-03 11:10"))
    assert (still.value, still.status) == (2.5, Status.LOWER_BOUND)
    assert still.reason == "no contained event recorded up to 2026-03-03 11:10"
    for facts, rows in (("resolved", []), ("open", [("resolved", "2026-03-04 09:00")])):
        missed = interval("time_to_contain", events(DETECTED, *rows), clock(facts), NOW)
        assert (missed.value, missed.status, missed.reason) == (None, Status.UNDEFINED, "missed")
        assert is_missed(missed)


def test_what_closes_a_crisis_is_never_missed() -> None:
    by_status = interval("time_to_resolve", events(DETECTED), clock("resolved"), NOW)
    assert by_status.reason == "no resolved event recorded"
    resolved = events(DETECTED, ("resolved", "2026-03-10 12:00"))
    waiting = interval("time_to_review", resolved, clock("resolved"), NOW)
    assert (waiting.value, waiting.status) == (10.0, Status.LOWER_BOUND)
    assert interval("time_to_review", resolved, clock("reviewed"), NOW).reason == "no reviewed event recorded"


def test_only_what_had_happened_exists() -> None:
    frame = events(POSTED, DETECTED, STATEMENT, ("resolved", "2026-03-09 12:00"))
    facts = clock("resolved")
    for at in ("2026-03-03 08:39", "2026-03-03 17:51", "2026-03-03 17:52", "2026-03-09 11:59"):
        now = moment(at)
        known = frame[frame["earliest"] <= now]
        status = "resolved" if (known["milestone"] == "resolved").any() else "open"
        assert intervals(frame, facts, now) == intervals(known, clock(status), now), at
    early = interval("time_to_first_statement", frame, facts, moment("2026-03-03 17:51"))
    assert early.status is Status.LOWER_BOUND
    assert used_events("time_to_first_statement", frame, facts, moment("2026-03-03 17:51")) == [2]


def test_an_impossible_order_names_both_times() -> None:
    frame = events(DETECTED, ("statement", "2026-03-03 08:00", public()))
    found = interval("time_to_first_statement", frame, clock(), NOW)
    assert (found.value, found.status) == (None, Status.INVALID_ORDER)
    assert found.reason == "public statement (2026-03-03 08:00) lies before detected (2026-03-03 08:40), Europe/Berlin"


@pytest.mark.parametrize(
    ("by", "status"),
    [
        ("own_monitoring", Status.OK),
        ("employee", Status.OK),
        ("customer", Status.INVALID_ORDER),
        ("press", Status.INVALID_ORDER),
        (None, Status.INVALID_ORDER),
    ],
)
def test_detected_before_it_was_posted(by: str | None, status: Status) -> None:
    frame = events(("detected", "2026-03-03 06:00", {"detected_by": by}), POSTED)
    found = interval("time_to_detect", frame, clock(), NOW)
    assert found.status is status
    if status is Status.OK:
        assert (found.value, found.basis) == (0.0, "proactive")


def test_the_margin_of_employees_has_a_sign() -> None:
    first = events(DETECTED, STATEMENT, ("internal_message", "2026-03-03 17:12"))
    later = events(DETECTED, STATEMENT, ("statement", "2026-03-03 18:32", {"audience": "employees"}))
    assert interval("internal_first_margin", first, clock(), NOW).value == pytest.approx(40 / 60)
    assert interval("internal_first_margin", later, clock(), NOW).value == pytest.approx(-40 / 60)


def test_a_day_is_bounds_and_their_midpoint() -> None:
    frame = events(DETECTED, ("decision", "2026-03-04"))
    found = interval("time_to_decision", frame, clock(), NOW)
    lo = 15 + 20 / 60
    assert (found.lo, found.hi, found.value) == pytest.approx((lo, lo + 24, lo + 12))
    assert "known only to the day" in (found.basis or "")


def test_bounds_never_lie_below_zero_and_order_is_wrong_only_for_sure() -> None:
    same_day = interval("time_to_decision", events(DETECTED, ("decision", "2026-03-03")), clock(), NOW)
    assert (same_day.lo, same_day.hi) == pytest.approx((0, 15 + 20 / 60))
    both = interval("time_to_decision", events(("detected", "2026-03-03"), ("decision", "2026-03-03")), clock(), NOW)
    assert (both.lo, both.value, both.hi) == (0, 12, 24)
    day_before = interval("time_to_decision", events(DETECTED, ("decision", "2026-03-02")), clock(), NOW)
    assert day_before.status is Status.INVALID_ORDER
    assert "2026-03-02 00:00 to 2026-03-03 00:00" in (day_before.reason or "")


def test_a_day_on_which_clocks_change_has_23_hours() -> None:
    frame = events(("detected", "2026-03-29 00:00"), ("decision", "2026-03-29"))
    assert interval("time_to_decision", frame, clock(), moment("2026-04-20 12:00")).hi == 23


def test_the_day_of_now_ends_now() -> None:
    frame = events(DETECTED, ("decision", "2026-03-03"))
    assert interval("time_to_decision", frame, clock(), moment("2026-03-03 10:40")).hi == 2


def test_an_exact_time_bounds_a_day_of_the_same_milestone() -> None:
    frame = events(DETECTED, ("decision", "2026-03-03"), ("decision", "2026-03-03 09:40"))
    found = interval("time_to_decision", frame, clock(), NOW)
    assert (found.lo, found.hi) == (0, 1)
    assert used_events("time_to_decision", frame, clock(), NOW) == [1, 2, 3]


def test_running_since_some_day_is_at_least_the_shorter_reading() -> None:
    found = interval("time_to_decision", events(("detected", "2026-03-03")), clock(), moment("2026-03-05 00:00"))
    assert (found.value, found.lo, found.hi, found.status) == (24, 24, 48, Status.LOWER_BOUND)


def test_of_events_at_the_same_moment_the_first_by_id_is_used() -> None:
    frame = events(DETECTED, DETECTED, STATEMENT, STATEMENT)
    assert used_events("time_to_first_statement", frame, clock(), NOW) == [1, 3]


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(KeyError):
        interval("time_to_panic", events(DETECTED), clock(), NOW)


milestones = st.sampled_from(["posted", "detected", "decision", "statement", "update", "contained", "resolved"])
times = st.integers(0, 20_000).map(lambda minutes: pd.Timestamp("2026-03-01") + pd.Timedelta(minutes=minutes))
stamps = st.builds(lambda at, day: at.strftime("%Y-%m-%d" if day else "%Y-%m-%d %H:%M"), times, st.booleans())


@settings(max_examples=40 * TIMES)
@given(st.lists(st.tuples(milestones, stamps), max_size=10), times, st.sampled_from(["open", "resolved"]))
def test_whatever_was_logged_an_interval_is_a_sane_number_or_a_reason(
    rows: list[tuple[str, str]], now: pd.Timestamp, status: str
) -> None:
    frame = events(*[(milestone, at, public()) for milestone, at in rows])
    for key, found in intervals(frame, clock(status), moment(now.isoformat())).items():
        assert (found.number is None) == (found.status not in (Status.OK, Status.LOWER_BOUND)), key
        if found.number is not None and key != "internal_first_margin":
            assert (found.lo or 0) >= 0
            assert found.number >= 0
