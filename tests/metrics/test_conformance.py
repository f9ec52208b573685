from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import conformance as of
from metrics.estimate import Status
from metrics.steps import Course, State, course
from metrics.timeline import timeline
from tests.metrics.frames import clock, events, moment, plan

NOW = moment("2026-03-20 12:00")
DETECTED, RESOLVED = ("detected", "2026-03-03 08:00"), ("resolved", "2026-03-09 12:00")


def went(steps: pd.DataFrame, *rows: Any, status: str = "open", now: pd.Timestamp = NOW) -> Course:
    return course(steps, timeline(events(*rows), clock(status), now))


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
