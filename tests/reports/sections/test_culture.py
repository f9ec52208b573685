"""The culture log in the documents, with its rows, and who may see it."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from reports.sections.culture import prepared
from reports.sections.portfolio import portfolio_pack
from reports.sections.scope import portfolio
from tests.small import bring, moment

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-12-01 12:00"


def whole(role: Role = Role.ADMIN) -> dict[str, Any]:
    with reading() as session:
        return portfolio_pack(session, Viewer("test", role), moment(LATER))


def entry(kind: str, department: str, day: str, **fields: Any) -> dict[str, Any]:
    return {
        "date": day,
        "kind": kind,
        "department": department,
        "assigned": "",
        "completed": "",
        "employees": "",
    } | fields


CULTURE = [
    entry("headcount", "Sales", "2026-01-02", employees=40),
    entry("headcount", "Legal", "2026-01-02", employees=4),
    entry("training", "Sales", "2026-02-02", assigned=40, completed=30),
    entry("training", "Legal", "2026-02-02", assigned=4, completed=1),
    entry("ambassador", "Legal", "2026-02-02", employees=1),
    entry("recognition", "Legal", "2026-02-02", employees=11),
]


def culture(as_of: str = LATER, role: Role = Role.ADMIN) -> Any:
    with reading() as session:
        return prepared(portfolio(session, Viewer("test", role), moment(as_of)))


def test_the_culture_log_with_its_rows() -> None:
    bring("culture.csv", CULTURE)
    found = culture()
    told = {(m.id, *m.group.values()): (m.estimate.value, [f.rows for f in m.sources.files]) for m in found.measures}
    assert told == {
        ("training_completion",): (pytest.approx(31 / 44), ["4–5"]),
        ("training_completion", "2026 Q1"): (pytest.approx(31 / 44), ["4–5"]),
        ("policy_acknowledged",): (None, []),
        ("ambassador_coverage",): (0.5, ["2–3, 6"]),
        ("recognitions", "2026 Q1"): (25.0, ["7"]),
    }
    assert found.findings == (
        "70 % of those assigned completed their training (31 of 44).",
        "How many acknowledged the policy can't be told: no policy acknowledgement is recorded.",
        "One of two departments has an ambassador.",
        "2026 Q1: 25 recognitions per 100 employees.",
        "Check-ins not measured: none is recorded.",
        "Departments of fewer than 5 people are not shown alone, nor where they could be worked out.",
    )
    ids = {m["id"] for m in whole()["metrics"]}
    assert {"training_completion", "ambassador_coverage", "recognitions"} <= ids


def test_nobody_else_sees_the_culture_log() -> None:
    bring("culture.csv", CULTURE)
    for role in (Role.ANALYST, Role.AUDITOR):
        assert culture(role=role).measures == ()
        assert whole(role=role)["metrics"] == []
        assert "Legal" not in str(whole(role=role))
    assert whole(role=Role.LEADERSHIP)["metrics"] != []


def test_no_figure_of_a_small_department_is_in_any_document() -> None:
    bring("culture.csv", CULTURE)
    assert [m["group"] for m in whole()["metrics"] if "department" in m["group"]] == []
    bring("more.csv", [entry("training", name, "2026-02-02", assigned=30, completed=20) for name in ("HR", "PR")])
    named = {m["group"]["department"]: m["value"] for m in whole()["metrics"] if "department" in m["group"]}
    assert set(named) == {"PR", "Sales"}  # Legal is too small, and HR hides it
