"""Culture: the log by department and quarter, never of a small group, and beside it what the crises show."""

from __future__ import annotations

from typing import Any

import pytest

from data.enums import Role
from tests.pages.looking import alerts, frames, healthy, said, title
from tests.small import bring, crisis, log

KINDS = ("Training", "Policy", "Workshops", "Ambassadors", "Recognitions", "Check-ins", "Feedback sessions")


def entry(kind: str, department: str, on: str = "2026-02-01", **fields: Any) -> dict[str, Any]:
    return {
        "date": on,
        "kind": kind,
        "department": department,
        "assigned": "",
        "completed": "",
        "employees": "",
    } | fields


@pytest.mark.usefixtures("sample_database")
def test_each_activity_by_department_and_quarter(open_page: Any) -> None:
    page = healthy(open_page("culture"))
    assert title(page) == "Culture"
    training = frames(page)[0]
    assert training.columns.tolist() == ["Department", *(f"{y} Q{q}" for y, q in ((2025, 3), (2025, 4), (2026, 1), (2026, 2), (2026, 3), (2026, 4)))]  # fmt: skip
    assert training["Department"].tolist() == ["Engineering", "Marketing", "Sales", "Support", "Others, together"]
    assert training["2026 Q4"].iloc[0] == "89 % of 87"
    for kind in KINDS:
        page = healthy(open_page("culture", what=kind))
        assert frames(page)[0].iloc[0].notna().all(), kind
    assert "Departments of fewer than 5 people are not shown alone" in said(page)


@pytest.mark.usefixtures("sample_database")
def test_beside_it_what_the_crises_show_without_a_claim(open_page: Any) -> None:
    page = healthy(open_page("culture"))
    crises = frames(page)[1]
    assert crises[["Category", "Policy section"]].iloc[-1].tolist() == ["Offensive post", "2 Respect for others"]
    assert crises["Policy section"].iloc[0] == "not recorded"
    assert "Of four crises, two fall in “Offensive post”; one falls under each of “2 Respect" in said(page)
    assert "Beside each other, not because of each other" in said(page)
    page.session_state["culture_crises"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page = healthy(page.run())
    assert title(page) == "Crisis review"
    assert page.query_params["crisis"] in ("2026-11-comments", ["2026-11-comments"])


@pytest.mark.usefixtures("small")
def test_nothing_at_all(open_page: Any) -> None:
    page = healthy(open_page("culture"))
    assert alerts(page) == [
        "No culture log is imported yet: trainings, workshops, ambassadors, recognitions, check-ins.",
        "There is no crisis yet to put beside it.",
    ]
    assert frames(page) == []


@pytest.mark.usefixtures("small")
def test_one_of_the_two_alone(open_page: Any) -> None:
    log("thread", "2026-03-02 09:00 posted")
    page = healthy(open_page("culture"))
    assert "Of one crisis, no category is recorded; no policy section is recorded." in said(page)
    bring("c.csv", [entry("training", "Sales", assigned=40, completed=30)])
    page = healthy(open_page("culture"))
    assert frames(page)[0].to_numpy().tolist() == [["Sales", "75 % of 40"]]
    assert "Workshops: not recorded." in said(healthy(open_page("culture", what="Workshops")))


@pytest.mark.usefixtures("small")
def test_no_small_department_is_named_or_left_alone(open_page: Any) -> None:
    small = [entry(kind, "Lab", employees=3) for kind in ("headcount", "workshop", "recognition", "check_in")]
    mine = [
        entry("training", "Lab", assigned=3, completed=1),
        entry("policy_acknowledgement", "Lab", assigned=3, completed=3),
    ]
    bring("c.csv", [entry("training", "Sales", assigned=40, completed=30), *small, *mine])
    for kind in KINDS:
        page = healthy(open_page("culture", what=kind))
        assert "Lab" not in said(page)
        assert all("Lab" not in frame.to_string() for frame in frames(page))
    training = frames(healthy(open_page("culture")))[0]
    assert training.to_numpy().tolist() == [["Others, together", "72 % of 43"]]
    policy = frames(healthy(open_page("culture", what="Policy")))[0]
    assert policy.to_numpy().tolist() == [["Others, together", "hidden"]]


@pytest.mark.usefixtures("small")
def test_a_crisis_that_one_may_not_see_is_not_beside_it(open_page: Any, seen_by: Any) -> None:
    crisis("secret", restricted_to="legal", category="Leak", policy_section="9 Secrets")
    seen_by(Role.HR)
    assert "Leak" not in said(healthy(open_page("culture")))
    seen_by(Role.LEGAL)
    assert "Of one crisis, one falls in “Leak”; one falls under “9 Secrets”." in said(healthy(open_page("culture")))
