from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import conformance as of
from metrics.estimate import Status
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


# --- order -------------------------------------------------------------------------------------------------------------

CHAIN = plan(
    {"step": "Assess", "fulfilled_by": "assessed", "target_minutes": 600},
    {"step": "Decide", "fulfilled_by": "decision", "target_minutes": 600, "after_step": " assess"},
    {"step": "Say", "fulfilled_by": "statement", "target_minutes": 600, "after_step": "Decide"},
)


def test_done_before_a_step_it_must_follow_is_out_of_order_however_early() -> None:
    rows = (("statement", "2026-03-03 08:30"), ("assessed", "2026-03-03 09:00"))
    found = went(CHAIN, DETECTED, *rows, RESOLVED)
    assert [step.state for step in found.steps] == [State.ON_TIME, State.MISSED, State.OUT_OF_ORDER]
    assert found.steps[2].reason == "done before “Assess”, which it must follow"
    assert found.steps[2].lateness_minutes == -570.0
    assert {key: one.value for key, one in of.ordered(found).items()} == {
        "order_inversions": 1,
        "steps_out_of_place": 1,
    }
    assert of.conformance(found).value == pytest.approx(1 / 3)


def test_an_order_that_a_day_can_t_tell_leaves_the_step_undecided() -> None:
    found = went(CHAIN, DETECTED, ("assessed", "2026-03-03 10:00"), ("decision", "2026-03-03"), now=NOW)
    assert found.steps[1].state is State.UNCLEAR
    step = went(
        CHAIN.assign(target_minutes=1440), DETECTED, ("assessed", "2026-03-03 10:00"), ("decision", "2026-03-03")
    )
    assert step.steps[1].reason == "whether it came after “Assess” can't be told"
    assert of.ordered(step)["order_inversions"].basis == (
        "1 pair of done steps with a declared order; of 1 the order can't be told from days alone"
    )


def test_without_an_order_to_compare_there_is_no_number() -> None:
    found = of.ordered(went(plan({}), DETECTED))
    assert {one.status for one in found.values()} == {Status.NOT_APPLICABLE}


# --- conformance -------------------------------------------------------------------------------------------------------


def test_conformance_counts_required_steps_that_were_due_before_the_end() -> None:
    steps = plan(
        {"fulfilled_by": "acknowledged"},
        {"fulfilled_by": "assessed"},
        {"fulfilled_by": "contained", "required": False},
        {"fulfilled_by": "reviewed", "clock_starts": "resolved"},
        {"fulfilled_by": "approved", "clock_starts": "drafted"},
        {"fulfilled_by": "decision", "target_minutes": None},
    )
    found = went(steps, DETECTED, ("acknowledged", "2026-03-03 08:10"), ("assessed", "2026-03-03 10:00"), RESOLVED)
    got = of.conformance(found)
    assert (got.value, got.n, got.basis) == (0.5, 2, "1 of 2 required steps due")
    assert got.lo == pytest.approx(0.0945, abs=1e-4)  # Wilson 1 of 2
    assert found.steps[3].state is State.MISSED  # due after the resolution: said, and not counted


def test_steps_that_days_can_t_decide_widen_the_interval() -> None:
    steps = plan({"fulfilled_by": "acknowledged"}, {"fulfilled_by": "assessed"})
    rows = (DETECTED, ("acknowledged", "2026-03-03 08:10"), ("assessed", "2026-03-03"), RESOLVED)
    got = of.conformance(went(steps, *rows))
    assert (got.value, got.n) == (1.0, 1)
    assert got.lo == pytest.approx(0.0945, abs=1e-4)
    assert got.hi == 1.0
    assert got.basis == (
        "1 of 1 required step due; of 1 more it can't be told from a day alone whether they came in time, "
        "and the interval covers both readings"
    )
    alone = of.conformance(went(steps.iloc[[1]], *rows))
    assert (alone.status, alone.reason) == (
        Status.UNDEFINED, "it can't be told from a day alone whether the step due came in time",
    )  # fmt: skip


def test_no_plan_and_nothing_due_are_different_things() -> None:
    assert of.conformance(went(plan(), DETECTED)).status is Status.UNDEFINED
    nothing = of.conformance(went(plan({}), DETECTED, now=moment("2026-03-03 08:10")))
    assert (nothing.status, nothing.reason) == (Status.NOT_APPLICABLE, "no required step was due by then")


MILESTONES = ("acknowledged", "assessed", "team_assembled", "decision", "drafted", "approved", "contained")


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 3000), st.booleans()), min_size=1, max_size=7),
    st.randoms(use_true_random=False),
)
def test_conformance_is_1_when_each_step_is_on_time(steps: list[tuple[int, int, bool]], dice: Any) -> None:
    """Issue: a conformance of 1 when each step is on time; here done by its time, and after the step it follows."""
    rows, made, at = [DETECTED], [], 0
    for milestone, (spare, after, follows) in zip(MILESTONES, steps, strict=False):
        at = at + after if follows else after
        when = moment("2026-03-03 08:00") + pd.Timedelta(minutes=at)
        rows.append((milestone, when.tz_convert("Europe/Berlin").strftime("%Y-%m-%d %H:%M")))
        made.append({"fulfilled_by": milestone, "target_minutes": at + spare, "after_step": f"Step {len(made)}" if follows else None})  # fmt: skip
    dice.shuffle(rows)
    found = went(plan(*made), *rows, ("resolved", "2026-12-01 12:00"), now=moment("2027-01-01 00:00"))
    if all(step.state is State.ON_TIME for step in found.steps):
        assert of.conformance(found).value == 1.0
        assert set(of.section_states(found).values()) == {State.ON_TIME}
        assert of.capability_ratings(found)["Respond"].value == "P"
    else:  # a step that follows one which came later than it
        assert {step.state for step in found.steps} == {State.ON_TIME, State.OUT_OF_ORDER}


# --- sections and roles ------------------------------------------------------------------------------------------------


def rated(on_time: int, late: int, missed: int) -> Any:
    words = iter(("acknowledged", "assessed", "team_assembled", "decision", "drafted", "approved", "contained"))
    named = [(next(words), kind) for kind, n in (("09", on_time), ("11", late), ("", missed)) for _ in range(n)]
    rows = [(word, f"2026-03-03 {hour}:00") for word, hour in named if hour]
    found = went(plan(*({"fulfilled_by": word} for word, _ in named)), DETECTED, *rows, RESOLVED)
    return of.capability_ratings(found)["Respond"].value, of.section_states(found)["Respond"]


@pytest.mark.parametrize(
    ("counts", "letter", "state"),
    [
        ((4, 0, 0), "P", State.ON_TIME),
        ((3, 1, 0), "S", State.LATE),
        ((2, 1, 0), "M", State.LATE),
        ((6, 0, 1), "M", State.MISSED),
        ((0, 3, 0), "M", State.LATE),
        ((0, 0, 2), "U", State.MISSED),
    ],
)
def test_the_rating_of_a_section_and_its_worst_step(counts: tuple[int, int, int], letter: str, state: State) -> None:
    assert rated(*counts) == (letter, state)


def test_a_section_that_was_not_tested_has_no_rating_and_one_that_days_leave_open_neither() -> None:
    steps = plan({}, {"section": "Later", "clock_starts": "resolved", "fulfilled_by": "reviewed"})
    found = of.capability_ratings(went(steps, DETECTED, ("decision", "2026-03-03")))
    assert {name: (one.status, one.reason) for name, one in found.items()} == {
        "Respond": (Status.UNDEFINED, "M or P: some steps are known only to the day"),
        "Later": (Status.NOT_APPLICABLE, "no required step of this section was put to the test"),
    }


def test_a_role_has_a_contact_if_any_of_its_steps_names_one() -> None:
    steps = plan(
        {"role": "PR"}, {"role": "pr ", "contact": None}, {"role": "HR", "contact": " "},
        {"role": "Legal", "contact": None, "required": False},
    )  # fmt: skip
    assert of.role_coverage(steps).value == pytest.approx(2 / 3)
    assert of.uncovered(steps) == ["HR"]
    assert of.role_coverage(plan()).reason == "there is no plan"
    assert of.role_coverage(plan({"required": False})).reason == "the plan has no required steps"
