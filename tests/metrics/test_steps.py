from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from metrics.steps import Course, State, Step, course
from metrics.timeline import timeline
from tests.metrics.frames import clock, events, moment, plan, public

NOW = moment("2026-03-20 12:00")
DETECTED, RESOLVED = ("detected", "2026-03-03 08:00"), ("resolved", "2026-03-09 12:00")


def went(steps: pd.DataFrame, *rows: Any, status: str = "open", now: pd.Timestamp = NOW) -> Course:
    return course(steps, timeline(events(*rows), clock(status), now))


def only(*rows: Any, now: pd.Timestamp = NOW, status: str = "open", **step: Any) -> Step:
    """What became of a plan's only step: a decision within an hour of detection, but for what `step` says."""
    return went(plan(step), *rows, status=status, now=now).steps[0]


# --- the state of a step -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "state", "lateness"),
    [
        ("08:00", State.ON_TIME, -60.0),
        ("09:00", State.ON_TIME, 0.0),
        ("09:00:29", State.ON_TIME, 29 / 60),  # 60 min by the digits shown: 1 h is never late for 1 h
        ("09:01", State.LATE, 1.0),
        ("14:12", State.LATE, 312.0),
    ],
)
def test_done_in_time_or_late(done: str, state: State, lateness: float) -> None:
    step = only(DETECTED, ("decision", f"2026-03-03 {done}"))
    assert (step.state, step.lateness_minutes) == (state, pytest.approx(lateness))
    assert step.events == (1, 2)


@pytest.mark.parametrize(
    ("now", "resolved", "state"),
    [
        ("08:59", False, State.NOT_DUE),
        ("09:00", False, State.NOT_DUE),
        ("09:01", False, State.MISSED),
        ("08:59", True, State.NOT_DUE),
        ("09:00", True, State.MISSED),
    ],
)
def test_not_done_is_missed_once_it_was_due(now: str, *, resolved: bool, state: State) -> None:
    over = [("resolved", "2026-03-03 08:30")] if resolved else []
    assert only(DETECTED, *over, now=moment(f"2026-03-03 {now}")).state is state


def test_an_optional_step_that_was_not_done_does_not_apply_and_one_that_was_is_judged() -> None:
    assert only(DETECTED, RESOLVED, required=False).state is State.NOT_APPLICABLE
    assert only(DETECTED, ("decision", "2026-03-04 08:00"), required=False).state is State.LATE


def test_a_step_whose_clock_never_started_does_not_apply() -> None:
    step = only(("decision", "2026-03-03 08:30"), RESOLVED)
    assert (step.state, step.reason) == (State.NOT_APPLICABLE, "no detected event recorded")
    assert only(DETECTED, clock_starts=None).reason == "the plan names no milestone that starts its clock"
    assert only(DETECTED, fulfilled_by=None).reason == "the plan names no milestone that shows it was done"


def test_what_was_done_before_the_clock_started_fulfils_nothing() -> None:
    found = went(plan({}), ("decision", "2026-03-03 07:00"), DETECTED, RESOLVED)
    assert found.steps[0].state is State.MISSED
    assert found.steps[0].reason == "recorded only before its clock started (2026-03-03 07:00, Europe/Berlin)"
    assert found.unplanned == (1, 2, 3)


def test_a_post_that_was_foreseen_was_noticed_in_time() -> None:
    step = {"fulfilled_by": "detected", "clock_starts": "posted"}
    posted, seen = ("posted", "2026-03-03 08:00"), ("detected", "2026-03-03 06:00")
    assert only(posted, (*seen, {"detected_by": "own_monitoring"}), **step).lateness_minutes == -60.0
    assert only(posted, (*seen, {"detected_by": "press"}), **step).state is State.MISSED


def test_an_event_fulfils_one_step_and_the_earliest_goes_first() -> None:
    steps = plan({"fulfilled_by": "update"}, {"fulfilled_by": "update", "target_minutes": 240})
    found = went(steps, DETECTED, ("update", "2026-03-03 11:00"), ("update", "2026-03-03 08:30"), RESOLVED)
    assert [step.lateness_minutes for step in found.steps] == [-30.0, -60.0]
    assert found.unplanned == (1, 4)


def test_a_step_that_names_an_audience_takes_no_other_s_event_and_chooses_first() -> None:
    steps = plan({"fulfilled_by": "statement"}, {"fulfilled_by": "statement", "audience": "public"})
    rows = (("statement", "2026-03-03 08:30", public()), ("statement", "2026-03-03 08:40", {"audience": "press"}))
    assert [s.events for s in went(steps, DETECTED, *rows).steps] == [(1, 3), (1, 2)]
    only_press = went(plan(steps.iloc[1].to_dict()), DETECTED, rows[1], RESOLVED)
    assert only_press.steps[0].state is State.MISSED


def test_a_message_without_an_audience_never_makes_a_miss() -> None:
    step = only(DETECTED, ("statement", "2026-03-03 08:30"), RESOLVED, fulfilled_by="statement", audience="public")
    assert (step.state, step.reason) == (State.UNCLEAR, "1 message without an audience may have been it")


def test_a_crisis_that_counts_as_reviewed_without_a_date_has_not_missed_its_review() -> None:
    step = {"fulfilled_by": "reviewed", "clock_starts": "resolved", "target_minutes": 60}
    unsaid = only(RESOLVED, status="reviewed", **step)
    assert (unsaid.state, unsaid.reason) == (State.UNCLEAR, "the crisis counts as reviewed, but nobody recorded when")
    assert only(RESOLVED, status="resolved", **step).state is State.MISSED
    assert only(DETECTED, status="resolved", fulfilled_by="resolved").state is State.UNCLEAR


def test_what_started_the_clock_does_not_stop_it() -> None:
    steps = {"fulfilled_by": "update", "clock_starts": "update", "target_minutes": 60}
    assert only(("update", "2026-03-03 08:00"), **steps).state is State.MISSED
    assert only(("update", "2026-03-03 08:00"), ("update", "2026-03-03 08:30"), **steps).state is State.ON_TIME


def test_a_step_without_a_time_is_held_when_it_is_done_and_missed_when_the_crisis_ends() -> None:
    timeless = {"target_minutes": None}
    assert only(DETECTED, ("decision", "2026-03-08 08:00"), **timeless).state is State.ON_TIME
    assert only(DETECTED, **timeless).state is State.NOT_DUE
    assert only(DETECTED, RESOLVED, **timeless).state is State.MISSED


# --- known only to the day ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "target", "state", "bounds"),
    [
        ("2026-03-03", 24 * 60, State.ON_TIME, (-1440.0, -480.0)),
        ("2026-03-03", 60, State.UNCLEAR, (-60.0, 900.0)),
        ("2026-03-04", 60, State.LATE, (900.0, 2340.0)),
    ],
)
def test_both_bounds_must_agree(done: str, target: float, state: State, bounds: tuple[float, float]) -> None:
    step = only(DETECTED, ("decision", done), target_minutes=target)
    assert (step.state, step.lateness) == (state, bounds)
    assert step.lateness_minutes == (None if state is State.UNCLEAR else sum(bounds) / 2)


def test_a_clock_that_started_on_some_moment_of_a_day() -> None:
    day = ("detected", "2026-03-03")
    assert only(day, now=moment("2026-03-03 12:00")).state is State.UNCLEAR
    assert only(day, now=moment("2026-03-04 01:01")).state is State.MISSED
    assert only(day, ("decision", "2026-03-03 20:00"), target_minutes=1440).state is State.ON_TIME


def test_the_order_of_the_plan_is_its_positions_not_its_rows() -> None:
    steps = plan(
        {"fulfilled_by": "update"}, {"fulfilled_by": "update", "target_minutes": 240}, {"after_step": "Step 1"}
    )
    rows = (DETECTED, ("update", "2026-03-03 11:00"), ("update", "2026-03-03 08:30"), ("decision", "2026-03-03 08:10"))
    found = went(steps, *rows)
    assert went(steps.iloc[::-1], *rows) == found
    assert [step.step_id for step in found.steps] == [1, 2, 3]
