from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import closing, gaps
from metrics.estimate import Status
from metrics.gaps import Held
from metrics.steps import State
from tests.metrics.frames import register

TODAY = pd.Timestamp("2026-06-01")
ALLOWED = {1: 180, 2: 90, 3: 60, 4: 30}


def day(number: int) -> str:
    """So many days after the first of January 2026."""
    return str((pd.Timestamp("2026-01-01") + pd.Timedelta(days=number)).date())


# --- as of a day -------------------------------------------------------------------------------------------------------


def test_as_of_a_day_what_came_later_has_not_happened() -> None:
    frame = register({"opened_on": day(10), "completed_on": day(50)}, {"opened_on": day(60)}, {"opened_on": None})
    seen = gaps.register(frame, pd.Timestamp(day(20)))
    assert seen[["code", "status"]].to_numpy().tolist() == [["G1", "in_progress"], ["G3", "open"]]
    assert seen["completed_on"].isna().all()
    assert gaps.register(frame, pd.Timestamp(day(50)))["status"].tolist() == ["implemented", "open"]


def test_what_is_open_and_what_is_overdue() -> None:
    frame = register(
        {"due_on": day(1)}, {"due_on": "2026-06-01"}, {"status": "planned"}, {"status": "in_progress", "due_on": day(2)},
        {"status": "validated", "due_on": day(1)}, {"status": "accepted", "due_on": day(1)},
    )  # fmt: skip
    assert gaps.still_open(frame)["code"].tolist() == ["G1", "G2", "G3", "G4"]
    assert gaps.overdue(frame, TODAY)["code"].tolist() == ["G1", "G4"]
    found = gaps.estimates(frame, TODAY, ALLOWED, gaps.chances(frame, []))
    assert {key: one.value for key, one in found.items() if one.unit == "count"} == {
        "gaps_open": 4, "gaps_overdue": 2, "gaps_recurring": 0,
    }  # fmt: skip


# --- age ---------------------------------------------------------------------------------------------------------------


def test_the_age_by_kaplan_meier() -> None:
    """Closed after 4, 10, 20 and 40 days, open for 30 and 3: S falls below one half at 20 (METRICS, reference case 2)."""
    ends = [{"opened_on": day(0), "completed_on": day(n)} for n in (4, 10, 20, 40)]
    frame = register(*ends, {"opened_on": "2026-05-02"}, {"opened_on": "2026-05-29"})
    found = closing.age_median(frame, TODAY)
    assert (found.value, found.n, found.basis) == (20.0, 6, "4 of 6 gaps implemented")
    assert found.lo == 4.0


def test_half_that_are_not_implemented_have_no_median() -> None:
    found = closing.age_median(register({"completed_on": day(9)}, {}, {}), TODAY)
    assert (found.status, found.reason) == (Status.NOT_REACHED, "at least half of three gaps are not implemented")
    one = closing.age_median(register({}), TODAY)
    assert (one.status, one.reason) == (Status.NOT_REACHED, "the one gap is not implemented")


def test_gaps_that_can_t_be_counted_are_said() -> None:
    frame = register(
        {"completed_on": day(10)}, {"completed_on": day(12)}, {"opened_on": day(20), "completed_on": day(19)},
        {"completed_on": None}, {"opened_on": None}, {"status": "accepted"}, {"opened_on": "2026-07-01"},
    )  # fmt: skip
    found = closing.age_median(frame, TODAY)
    assert (found.value, found.n) == (11.0, 2)
    assert found.basis == (
        "2 of 2 gaps implemented; left out: 1 without an opening date, 1 opened later, 2 closed without a date and "
        "1 completed before being opened"
    )


def test_times_that_run_backwards_are_said_to_do_so() -> None:
    found = closing.age_median(register({"opened_on": day(9), "completed_on": day(3)}), TODAY)
    assert (found.status, found.value) == (Status.INVALID_ORDER, None)
    assert found.reason == "no gap can be counted; left out: 1 completed before being opened"
    assert closing.age_median(register(), TODAY).reason == "no gap is recorded"


def test_an_accepted_gap_is_no_longer_followed_and_one_opened_again_is_open() -> None:
    accepted = register({"completed_on": day(10)}, {"status": "accepted", "completed_on": day(5)})
    assert closing.age_median(accepted, TODAY).value == 10.0
    again = register({"completed_on": day(10), "status": "open"})
    assert closing.age_median(again, TODAY).status is Status.NOT_REACHED


# --- in time -----------------------------------------------------------------------------------------------------------


def test_the_share_in_time_counts_open_gaps_as_far_as_they_are_known() -> None:
    """Times 4, 10, 20, 40 closed and 30, 3 open against 24 allowed: 0.60 (METRICS, reference case 2)."""
    ends = [{"opened_on": day(0), "completed_on": day(n)} for n in (4, 10, 20, 40)]
    frame = register(*ends, {"opened_on": "2026-05-02"}, {"opened_on": "2026-05-29"})
    found = closing.closure_within_sla(frame, TODAY, {3: 24})
    assert found.value == pytest.approx(0.60)
    assert (found.n, found.basis) == (6, "of 6 gaps")


def test_each_gap_has_the_time_of_its_severity() -> None:
    rows = [{"severity": s, "completed_on": day(d)} for s, d in ((4, 30), (4, 31), (1, 180), (2, 45))]
    frame = register(*rows, {"severity": None, "completed_on": day(1)})
    found = closing.closure_within_sla(frame, pd.Timestamp("2026-12-01"), ALLOWED)
    assert (found.value, found.n, found.basis) == (0.75, 4, "of 4 gaps; left out: 1 without a severity")
    each = closing.closure_by_severity(frame, pd.Timestamp("2026-12-01"), ALLOWED)
    assert {severity: one.value for severity, one in each.items()} == {4: 0.5, 2: 1.0, 1: 1.0}


def test_before_any_gap_has_used_up_its_time_nothing_is_known() -> None:
    frame = register({"opened_on": "2026-05-30"}, {"opened_on": "2026-05-29"})
    found = closing.closure_within_sla(frame, TODAY, ALLOWED)
    assert (found.status, found.reason) == (Status.INSUFFICIENT_N, "neither of the two gaps has used up its time yet")
    assert (
        closing.closure_within_sla(frame.iloc[[0]], TODAY, ALLOWED).reason == "the one gap has not used up its time yet"
    )


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), min_size=1, max_size=9), st.integers(1, 150))
def test_more_time_never_makes_fewer_gaps_in_time(spans: list[tuple[int, bool]], allowed: int) -> None:
    rows = [
        {"opened_on": day(0), "completed_on": day(n)}
        if ended
        else {"opened_on": str((TODAY - pd.Timedelta(days=n)).date())}
        for n, ended in spans
    ]
    frame = register(*rows)
    short, long = (closing.closure_within_sla(frame, TODAY, {3: limit}).number for limit in (allowed, allowed + 20))
    if short is not None and long is not None:
        assert long >= short - 1e-12


# --- coming back -------------------------------------------------------------------------------------------------------


def held(crisis: str, number: int, **states: State) -> Held:
    return Held(crisis, pd.Timestamp(day(number)), {name.replace("_", " "): state for name, state in states.items()})


APPROVAL = {"step": "Approve it", "completed_on": day(30)}


def test_a_gap_comes_back_where_the_register_names_its_step_again() -> None:
    frame = register(APPROVAL | {"crisis": "a"}, {"step": "approve  IT", "crisis": "B"})
    crises = [held(code, n, approve_it=State.ON_TIME) for code, n in (("a", 1), ("b", 40), ("c", 50))]
    could = gaps.chances(frame, crises)
    assert could.to_numpy().tolist() == [["G1", "b", True], ["G1", "c", False]]
    found = gaps.estimates(frame, TODAY, ALLOWED, could)
    assert (found["gaps_recurring"].value, found["gap_recurrence"].value) == (1, 0.5)
    assert found["gap_recurrence"].basis == "1 of 2 later crises in which one could come back"


def test_another_weakness_of_the_same_step_is_another_gap() -> None:
    crises = [held("b", 40, approve_it=State.ON_TIME)]
    for element, expected in (("training", False), ("organisation", True), (None, True)):
        frame = register(
            APPROVAL | {"element": "organisation"}, {"step": "Approve it", "crisis": "b", "element": element}
        )
        assert gaps.chances(frame, crises)["reappeared"].tolist() == [expected]


@pytest.mark.parametrize(
    ("origin", "state", "expected"),
    [
        ("conformance", State.LATE, True),
        ("conformance", State.MISSED, True),
        ("conformance", State.OUT_OF_ORDER, True),
        ("conformance", State.UNCLEAR, False),
        ("conformance", State.ON_TIME, False),
        ("review", State.LATE, False),
    ],
)
def test_a_gap_of_conformance_comes_back_where_its_step_fails_again(
    origin: str, state: State, *, expected: bool
) -> None:
    could = gaps.chances(register(APPROVAL | {"origin": origin}), [held("b", 40, approve_it=state)])
    assert could["reappeared"].tolist() == [expected]


def test_only_later_crises_that_put_the_step_to_the_test_count() -> None:
    frame = register(APPROVAL, {"completed_on": day(1)}, {"step": "Approve it"})
    crises = [
        held("same day", 30, approve_it=State.LATE), held("not due", 40, approve_it=State.NOT_DUE),
        held("other plan", 41, something=State.LATE), held("no need", 42, approve_it=State.NOT_APPLICABLE),
    ]  # fmt: skip
    could = gaps.chances(frame, crises)
    assert could.empty
    none = gaps.recurrence(could)
    assert none.status is Status.NOT_APPLICABLE
    assert none.reason == "no later crisis put the step of an implemented gap to the test"


def test_a_crisis_counts_once_however_many_gaps_come_back_in_it() -> None:
    frame = register(*[APPROVAL | {"origin": "conformance"}] * 3)
    could = gaps.chances(frame, [held("b", 40, approve_it=State.LATE), held("c", 41, approve_it=State.ON_TIME)])
    assert (len(could), gaps.recurrence(could).value, gaps.recurrence(could).n) == (6, 0.5, 2)


def test_the_order_of_rows_changes_nothing_and_the_input_stays() -> None:
    frame = register(APPROVAL | {"crisis": "a"}, {"step": "Approve it", "crisis": "b"}, {"due_on": day(3)}, {})
    crises = [held(code, n, approve_it=State.LATE) for code, n in (("b", 40), ("c", 50))]
    before = frame.copy(deep=True)
    found = gaps.estimates(gaps.register(frame, TODAY), TODAY, ALLOWED, gaps.chances(frame, crises))
    again = frame.iloc[::-1]
    could = gaps.chances(again, crises[::-1])
    assert gaps.estimates(gaps.register(again, TODAY), TODAY, ALLOWED, could) == found
    pd.testing.assert_frame_equal(frame, before)


def test_nothing_in_gives_zeros_and_reasons_out() -> None:
    none = register()
    found = gaps.estimates(none, TODAY, ALLOWED, gaps.chances(none, []))
    assert {key: one.value for key, one in found.items()} == {
        "gaps_open": 0, "gaps_overdue": 0, "gaps_recurring": 0, "gap_age_median": None, "gap_closure_within_sla": None,
        "gap_recurrence": None,
    }  # fmt: skip
    assert all(one.reason for one in found.values() if one.value is None)


def test_what_a_person_attached_to_a_gap_is_its_return() -> None:
    fixed = register({"step": "Speak", "completed_on": "2026-02-01"})
    held = [Held("one", pd.Timestamp("2026-03-01"), {"speak": State.ON_TIME})]
    assert gaps.chances(fixed, held)["reappeared"].tolist() == [False]
    assert gaps.chances(fixed, held, {("G1", "one")})["reappeared"].tolist() == [True]
