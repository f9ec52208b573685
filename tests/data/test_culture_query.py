"""The door to the culture log: what leaves it, and that no small group can be worked out from it."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access import LOCAL, Viewer
from data.engine import reading
from data.enums import Role
from data.queries import culture
from tests.small import bring, setting

UNTIL = date(2026, 12, 31)


def row(kind: str, department: str, on: str = "2026-02-01", **fields: Any) -> dict[str, Any]:
    return {
        "date": on,
        "kind": kind,
        "department": department,
        "assigned": "",
        "completed": "",
        "employees": "",
    } | fields


def trained(department: str, assigned: int, completed: int, on: str = "2026-02-01") -> dict[str, Any]:
    return row("training", department, on, assigned=assigned, completed=completed)


def read(viewer: Viewer = LOCAL, until: date = UNTIL) -> pd.DataFrame:
    with reading() as session:
        return culture.activities(session, viewer, until)


def figures(found: pd.DataFrame) -> list[tuple[Any, ...]]:
    return [
        tuple(None if pd.isna(value) else value for value in (r.department, r.assigned, r.completed, r.withheld))
        for r in found.itertuples()
    ]


def test_small_departments_are_pooled_and_rows_name_their_entries(database: str) -> None:
    bring("culture.csv", [trained("Big", 50, 40), trained("Legal", 4, 1), trained("Lab", 3, 3), trained("big ", 9, 9, "2026-05-01")])  # fmt: skip
    found = read()
    assert figures(found) == [("Big", 50, 40, None), ("Big", 9, 9, None), (None, 7, 4, None)]
    assert [len(ids) for ids in found["ids"]] == [1, 1, 2]
    assert read(until=date(2026, 3, 1)).shape[0] == 2
    assert dict(found.dtypes.astype(str)) == dict(read(until=date(2000, 1, 1)).dtypes.astype(str))


@pytest.mark.usefixtures("small")
def test_the_smallest_named_department_joins_a_pool_that_is_too_small() -> None:
    bring("culture.csv", [trained("Big", 50, 40), trained("Middle", 20, 10), trained("Legal", 4, 1)])
    assert figures(read()) == [("Big", 50, 40, None), (None, 24, 11, None)]


@pytest.mark.usefixtures("small")
def test_a_pool_that_nobody_can_join_is_withheld() -> None:
    bring(
        "culture.csv",
        [trained("Big", 50, 40), trained("Legal", 4, 1, "2026-03-01"), row("training", "Legal", assigned=4)],
    )
    assert figures(read()) == [
        ("Big", 50, 40, None),
        (None, None, None, None),
        (None, None, None, "fewer than 5 people"),
    ]


@pytest.mark.usefixtures("small")
def test_a_department_that_was_small_once_is_not_named() -> None:
    bring("culture.csv", [trained("Big", 50, 40), trained("Lab", 30, 20), row("headcount", "Lab", employees=4), row("recognition", "Lab", employees=1)])  # fmt: skip
    found = read()
    assert sorted(found["department"].dropna()) == ["Big"]
    assert found.loc[found["kind"] == "recognition", "employees"].tolist() == [1.0]


@pytest.mark.usefixtures("small")
def test_who_is_named_does_not_depend_on_the_day_looked_from() -> None:
    """Else Lab's figures of February, told by the first of two days, would leave Legal's alone in the second."""
    bring("culture.csv", [trained("Big", 50, 40), trained("Lab", 9, 2), trained("Legal", 4, 1), trained("Ops", 7, 7)])
    assert set(read(until=date(2026, 3, 1))["department"].dropna()) == {"Big", "Lab"}
    bring("later.csv", [trained("Lab", 4, 2, "2026-04-01"), trained("Big", 50, 2, "2026-04-01")])
    assert set(read(until=date(2026, 3, 1))["department"].dropna()) == set(read()["department"].dropna()) == {"Ops"}


@pytest.mark.usefixtures("small")
def test_a_higher_k_hides_more_and_one_below_the_floor_no_less() -> None:
    bring("culture.csv", [trained("Big", 50, 40), trained("Middle", 20, 10), trained("Small", 6, 1)])
    assert len(read()["department"].dropna()) == 3
    setting("anonymity.k", "21")
    assert figures(read()) == [("Big", 50, 40, None), (None, 26, 11, None)]


@pytest.mark.usefixtures("small")
def test_only_those_who_may_see_the_culture_log_do() -> None:
    bring("culture.csv", [trained("Big", 50, 40), row("headcount", "Big", employees=50)])
    for role in Role:
        sees = role in (Role.LEADERSHIP, Role.LEGAL, Role.HR, Role.ADMIN)
        viewer = Viewer("test", role)
        with reading() as session:
            found = [
                read(viewer),
                culture.headcounts(session, viewer, UNTIL),
                culture.departments(session, viewer, UNTIL),
            ]
        assert [len(frame) for frame in found] == [1 if sees else 0] * 3, role


@pytest.mark.usefixtures("small")
def test_the_headcount_of_the_company_is_that_of_each_department_s_latest_row() -> None:
    bring("culture.csv", [
        row("headcount", "A", "2026-01-01", employees=10), row("headcount", "B", "2026-01-01", employees=20),
        row("headcount", "a", "2026-04-01", employees=12), row("headcount", "", "2026-04-01", employees=99),
    ])  # fmt: skip
    with reading() as session:
        found = culture.headcounts(session, LOCAL, UNTIL)
    assert [(str(d)[:10], n) for d, n in zip(found["held_on"], found["employees"], strict=True)] == [
        ("2026-01-01", 30), ("2026-04-01", 32),
    ]  # fmt: skip


@pytest.mark.usefixtures("small")
def test_a_company_without_departments_has_a_headcount_too() -> None:
    bring("culture.csv", [row("headcount", "", "2026-01-01", employees=99)])
    with reading() as session:
        assert culture.headcounts(session, LOCAL, UNTIL)["employees"].tolist() == [99]


@pytest.mark.usefixtures("small")
def test_an_ambassador_counts_by_the_latest_row_and_where_there_is_a_headcount() -> None:
    bring("culture.csv", [
        *(row("headcount", name, employees=9) for name in ("A", "B", "C")), row("headcount", "Closed", employees=0),
        row("ambassador", "a", employees=1), row("ambassador", "B", employees=1),
        row("ambassador", "B", "2026-05-01", employees=0), row("ambassador", "Elsewhere", employees=1),
    ])  # fmt: skip
    with reading() as session:
        assert sorted(culture.departments(session, LOCAL, UNTIL)["ambassador"]) == [False, False, True]


SIZES = st.lists(st.integers(0, 12), min_size=1, max_size=6)


@given(st.lists(SIZES, min_size=1, max_size=3), st.integers(3, 8))
def test_no_sum_of_what_leaves_is_of_a_small_group(days: list[list[int]], k: int) -> None:
    """Rule 1 by trying all: every total that can be shown, less every sum of departments that are, leaves nobody or k."""
    entries = [
        (f"D{unit}", pd.Timestamp("2026-01-01") + pd.Timedelta(days=day), people)
        for day, sizes in enumerate(days)
        for unit, people in enumerate(sizes)
    ]
    log = pd.DataFrame(entries, columns=["unit", "held_on", "people"]).astype({"people": "float64"})
    log = log.assign(
        activity_id=range(len(log)), kind="training", assigned=log["people"], completed=0.0, employees=None
    )
    named = culture._named(log, k)
    log = log.assign(department=log["unit"].where(log["unit"].isin(named), None))
    columns = ["held_on", "kind", "department", "assigned", "completed", "employees", "withheld", "ids"]
    shown = pd.DataFrame(list(culture._published(log, k)), columns=columns)
    for _, rows in shown.groupby("held_on"):
        alone = [int(n) for n in rows["assigned"].dropna() if n]
        for size in range(1, len(alone) + 1):
            assert all(sum(part) >= k for part in itertools.combinations(alone, size))
