from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics import culture
from metrics.estimate import Status
from tests.metrics.frames import culture_log as log

TODAY = pd.Timestamp("2026-08-15")


def heads(*rows: tuple[str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["held_on", "employees"])
    return frame.astype({"held_on": "datetime64[us]", "employees": "float64"})


def trained(assigned: float, completed: float, **more: Any) -> dict[str, Any]:
    return {"assigned": assigned, "completed": completed} | more


# --- completed ÷ assigned ----------------------------------------------------------------------------------------------


def test_completed_of_assigned_over_all_entries() -> None:
    frame = log(trained(50, 40), trained(30, 30, kind="policy_acknowledgement"), trained(150, 140))
    found = culture.completion("training_completion", frame)
    assert (found.value, found.n, found.basis) == (0.9, 200, "180 of 200 assigned")
    assert (found.lo, found.hi) == (None, None)
    assert culture.completion("policy_acknowledged", frame).value == 1.0


def test_entries_that_can_t_be_counted_are_said() -> None:
    frame = log(trained(10, 5), trained(np.nan, 5), trained(10, np.nan), trained(0, 0), trained(10, 11))
    found = culture.completion("training_completion", frame)
    assert (found.value, found.basis) == (
        0.5, "5 of 10 assigned; left out: 3 without both numbers and 1 with more completed than assigned",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("frame", "status", "reason"),
    [
        (log(), Status.UNDEFINED, "no training is recorded"),
        (log({}), Status.UNDEFINED, "no training can be counted; left out: 1 without both numbers"),
        (
            log(trained(5, 9)),
            Status.UNDEFINED,
            "no training can be counted; left out: 1 with more completed than assigned",
        ),
        (log({"withheld": "fewer than 5 people"}), Status.SUPPRESSED, "fewer than 5 people"),
    ],
)
def test_without_a_number_there_is_a_reason(frame: pd.DataFrame, status: Status, reason: str) -> None:
    found = culture.completion("training_completion", frame)
    assert (found.status, found.value, found.reason) == (status, None, reason)


def test_by_department_and_by_quarter() -> None:
    frame = log(
        trained(10, 5, department="HR"), trained(10, 9, department="PR"), trained(20, 20, held_on="2026-02-01"),
        trained(10, 6, department="HR", held_on="2026-02-01"), {"withheld": "fewer than 5 people"},
    )  # fmt: skip
    departments = culture.by_department("training_completion", frame)
    assert {name: one.value for name, one in departments.items()} == {"HR": 0.55, "PR": 0.9}
    quarters = culture.by_quarter("training_completion", frame)
    assert {name: one.value for name, one in quarters.items()} == {"2026 Q1": pytest.approx(26 / 30), "2026 Q2": 0.7}
    assert str(quarters["2026 Q2"].basis).endswith("; entries of too few people are withheld")


# --- ambassadors -------------------------------------------------------------------------------------------------------


def test_departments_with_an_ambassador() -> None:
    found = culture.ambassador_coverage(pd.DataFrame({"ambassador": [True, False, False]}))
    assert (found.value, found.basis) == (pytest.approx(1 / 3), "1 of 3 departments with a headcount")
    none = culture.ambassador_coverage(pd.DataFrame({"ambassador": []}))
    assert (none.status, none.reason) == (Status.UNDEFINED, "no department has a headcount")


# --- per 100 employees and quarter -------------------------------------------------------------------------------------


def thanks(on: str, employees: float = np.nan) -> dict[str, Any]:
    return {"kind": "recognition", "held_on": on, "employees": employees}


def test_recognitions_per_100_employees_and_quarter() -> None:
    frame = log(thanks("2026-01-05"), thanks("2026-03-31", 4), thanks("2026-07-01"), trained(9, 9))
    found = culture.rates(
        "recognitions", frame, heads(("2026-02-01", 200), ("2026-04-01", 250), ("2026-09-01", 9)), TODAY
    )
    assert {name: one.value for name, one in found.items()} == {"2026 Q1": 2.5, "2026 Q2": 0.0, "2026 Q3": 0.4}
    assert [one.status for one in found.values()] == [Status.OK, Status.OK, Status.LOWER_BOUND]
    assert found["2026 Q1"].basis == "5 recognitions among 200 employees"
    assert found["2026 Q3"].basis == "1 recognition among 250 employees"


def test_without_a_headcount_the_number_itself() -> None:
    found = culture.rates("recognitions", log(thanks("2026-01-05", 3)), heads(("2026-04-01", 250)), TODAY)
    assert (found["2026 Q1"].value, found["2026 Q1"].unit) == (3.0, "count")
    assert found["2026 Q1"].basis == "3 recognitions; no headcount recorded, so the number itself"


def test_a_quarter_is_over_on_its_last_day() -> None:
    frame, people = log(thanks("2026-01-05")), heads(("2026-01-01", 100))
    for today, status in (("2026-03-30", Status.LOWER_BOUND), ("2026-03-31", Status.OK)):
        assert culture.rates("recognitions", frame, people, pd.Timestamp(today))["2026 Q1"].status is status


def test_nothing_of_the_kind_is_no_rate() -> None:
    assert culture.rates("check_ins", log(thanks("2026-01-05")), heads(), TODAY) == {}
    assert culture.rates("check_ins", log(), heads(), TODAY) == {}


def test_the_order_of_rows_changes_nothing_and_the_input_stays() -> None:
    frame, people = log(thanks("2026-01-05"), thanks("2026-03-31", 4), thanks("2026-07-01")), heads(("2026-02-01", 200), ("2026-04-01", 250))  # fmt: skip
    before = frame.copy(deep=True), people.copy(deep=True)
    found = culture.rates("recognitions", frame, people, TODAY)
    assert culture.rates("recognitions", frame.iloc[::-1], people.iloc[::-1], TODAY) == found
    pd.testing.assert_frame_equal(frame, before[0])
    pd.testing.assert_frame_equal(people, before[1])


def test_by_department_and_quarter_those_without_a_name_are_one_group() -> None:
    days = [pd.Timestamp(day) for day in ("2026-01-05", "2026-02-05", "2026-02-05", "2026-04-05")]
    frame = log(
        trained(40, 30, department="Sales", held_on=days[0]),
        trained(10, 10, department="Sales", held_on=days[1]),
        trained(8, 4, department=None, held_on=days[2]),
        trained(40, 40, department="Sales", held_on=days[3]),
    )
    found = culture.by_department_and_quarter("training_completion", frame)
    assert {key: (e.number, e.n) for key, e in found.items()} == {
        ("Others, together", "2026 Q1"): (0.5, 8),
        ("Sales", "2026 Q1"): (0.8, 50),
        ("Sales", "2026 Q2"): (1.0, 40),
    }
    assert list(found) == [("Others, together", "2026 Q1"), ("Sales", "2026 Q1"), ("Sales", "2026 Q2")]
    assert culture.by_department_and_quarter("policy_acknowledged", frame) == {}


def test_entries_are_counted_and_recognitions_by_whom_they_name() -> None:
    winter, spring = pd.Timestamp("2026-01-05"), pd.Timestamp("2026-04-05")
    frame = log(
        {"kind": "recognition", "department": "Sales", "held_on": winter, "employees": 3.0},
        {"kind": "recognition", "department": "Sales", "held_on": winter, "employees": np.nan},
        {"kind": "workshop", "department": "Sales", "held_on": winter, "employees": 31.0},
        {"kind": "workshop", "department": None, "held_on": spring, "employees": 12.0},
    )
    assert culture.tally("recognition", frame) == {("Sales", "2026 Q1"): 4}
    assert culture.tally("workshop", frame) == {("Sales", "2026 Q1"): 1, ("Others, together", "2026 Q2"): 1}
    assert culture.tally("check_in", frame) == {}
