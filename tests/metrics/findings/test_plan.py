"""Sentences on the course of the plan."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from metrics.conformance import conformance, ordered
from metrics.findings import plan as say
from metrics.steps import Course, course
from metrics.timeline import timeline
from tests.metrics.frames import clock, events, moment, plan

NOW = moment("2026-03-20 12:00")
DETECTED, RESOLVED = ("detected", "2026-03-03 08:00"), ("resolved", "2026-03-09 12:00")
WORDS = ("acknowledged", "assessed", "team_assembled", "decision", "drafted", "approved", "contained")


def went(steps: pd.DataFrame, *rows: Any, now: pd.Timestamp = NOW) -> Course:
    return course(steps, timeline(events(*rows), clock(), now))


def after(*ends: str, over: bool = True) -> Course:
    """Steps due at 09:00 that were done at these times of the day, in turn; blank: not done."""
    named = list(zip(WORDS, ends, strict=False))
    rows = [(word, f"2026-03-03 {end}") for word, end in named if end]
    return went(plan(*({"fulfilled_by": word} for word, _ in named)), DETECTED, *rows, *([RESOLVED] if over else []))


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (after("08:10"), "The one required step due was on time (100 %, interval 21 % to 100 %)."),
        (after("10:10"), "The one required step due was not on time (0 %, interval 0 % to 79 %); one was late."),
        (after("08:10", "08:20"), "Both required steps due were on time (100 %, interval 34 % to 100 %)."),
        (after("10:10", ""), "Neither of the two required steps due was on time (0 %, interval 0 % to 66 %); one was late and one was missed."),
        (after("08:10", "", "", over=False), "One of three required steps due was on time (33 %, interval 6 % to 79 %); two are overdue."),
        (after("08:10", "08:20", "", over=False), "Two of three required steps due were on time (67 %, interval 21 % to 94 %); one is overdue."),
        (went(plan(), DETECTED), "Not measured: no plan was in force when the crisis began."),
        (went(plan({}), DETECTED, now=moment("2026-03-03 08:10")), "How many steps were on time can't be told: no required step was due by then."),
    ],
)  # fmt: skip
def test_how_many_were_on_time(found: Course, sentence: str) -> None:
    assert say.conformance(conformance(found), found) == sentence


def test_what_days_leave_open_is_said() -> None:
    steps = plan({"fulfilled_by": "acknowledged"}, {"fulfilled_by": "assessed"})
    found = went(steps, DETECTED, ("acknowledged", "2026-03-03 08:10"), ("assessed", "2026-03-03"), RESOLVED)
    assert say.conformance(conformance(found), found) == (
        "The one required step due was on time (100 %, interval 9 % to 100 %); of one more it can't be told, for want of "
        "exact times."
    )


def test_the_latest_and_the_missing() -> None:
    assert say.latest(after("08:10")) is None
    assert say.latest(after("09:01", "13:30")) == "“Step 2” came latest, 4 h 30 min after it was due."
    assert say.latest(after("", "", "")) == "“Step 1”, “Step 2” and “Step 3” were missed."
    assert say.latest(after(*[""] * 6, over=False)) == "“Step 1”, “Step 2”, “Step 3” and three others are overdue."
    day = went(plan({}), DETECTED, ("decision", "2026-03-04"))
    assert say.latest(day) == "“Step 1” came latest, between 15 h and 1 day 15 h after it was due."


def test_the_order() -> None:
    steps = plan({"fulfilled_by": "assessed"}, {"after_step": "Step 1"})
    wrong = went(steps, DETECTED, ("decision", "2026-03-03 08:10"), ("assessed", "2026-03-03 08:20"))
    assert (
        say.order(ordered(wrong)["order_inversions"], wrong) == "“Step 2” was done before a step that must come first."
    )
    right = went(steps, DETECTED, ("decision", "2026-03-03 08:20"), ("assessed", "2026-03-03 08:10"))
    assert say.order(ordered(right)["order_inversions"], right) is None
    assert say.order(ordered(after("08:10"))["order_inversions"], after("08:10")) is None


def test_a_plan_that_nobody_can_keep() -> None:
    steps = plan({"after_step": "Step 2"}, {"after_step": "Step 1"}, {"after_step": "Step 9"})
    assert say.contradictions(went(steps, DETECTED)) == (
        "The plan contradicts itself: “Step 1” and “Step 2” would have to follow themselves; “Step 3” names a step that "
        "the plan does not have."
    )
    assert say.contradictions(went(plan({"after_step": "Step 1"}), DETECTED)) == (
        "The plan contradicts itself: “Step 1” would have to follow itself."
    )
    assert say.contradictions(after("08:10")) is None


def test_events_that_fulfil_nothing() -> None:
    assert say.unplanned(went(plan({}), DETECTED)) == "The one recorded event fulfils no step of the plan."
    assert (
        say.unplanned(went(plan({}), DETECTED, RESOLVED))
        == "Neither of the two recorded events fulfils a step of the plan."
    )
    assert say.unplanned(after("08:10", over=False)) == "One of two recorded events fulfils no step of the plan."
    assert say.unplanned(after("08:10")) == "Two of three recorded events fulfil no step of the plan."
    assert say.unplanned(went(plan(), DETECTED)) is None


def test_roles_without_a_contact() -> None:
    assert say.roles([], "v1") is None
    assert say.roles(["HR", "Legal"], "v1") == "Plan v1 names no contact for HR and Legal."
