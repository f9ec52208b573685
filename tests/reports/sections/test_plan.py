from __future__ import annotations

from typing import Any

import pytest

from metrics.estimate import Status
from tests.small import bring, log, pack, section

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-06-01 12:00"


def step(name: str, fulfilled_by: str, minutes: float | str, **fields: Any) -> dict[str, Any]:
    return {
        "plan_version": "v1", "section": "Respond", "step": name, "role": "PR lead", "contact": "pr@example.org",
        "fulfilled_by": fulfilled_by, "clock_starts": "detected", "target_minutes": minutes, "audience": "",
        "required": "yes", "after_step": "", "effective_from": "2026-01-01",
    } | fields  # fmt: skip


STEPS = (
    step("Notice", "detected", 60, clock_starts="posted", section="Detect"),
    step("Assess", "assessed", 60, section="Assess"),
    step("Decide", "decision", 90, after_step="Assess"),
    step("Speak", "statement", 180, audience="public", after_step="Decide"),
    step("Tell partners", "update", 180, audience="partners", required="no"),
    step("Review", "reviewed", 43200, clock_starts="resolved", role="Crisis lead", contact=""),
)


def thread(*more: str) -> None:
    bring("plan.csv", STEPS)
    log(
        "thread",
        "2026-03-02 08:00 posted",
        "2026-03-02 08:30 detected",
        "2026-03-02 09:50 decision",
        "2026-03-02 17:42 statement audience=public",
        "2026-03-05 09:00 resolved",
        *more,
    )


def test_the_states_in_the_document_as_interfaces_describes_them() -> None:
    thread()
    assert pack("thread", LATER)["plan"] == [
        {"step": "Notice", "state": "on_time", "lateness_minutes": -30.0},
        {"step": "Assess", "state": "missed", "lateness_minutes": None},
        {"step": "Decide", "state": "on_time", "lateness_minutes": -10.0},
        {"step": "Speak", "state": "late", "lateness_minutes": 372.0},
        {"step": "Tell partners", "state": "not_applicable", "lateness_minutes": None},
        {"step": "Review", "state": "missed", "lateness_minutes": None},
    ]


def test_numbers_name_the_rows_of_the_plan_and_of_the_log() -> None:
    thread()
    found = section("plan", "thread", LATER)
    share = found.measure("conformance")
    assert share is not None
    assert (share.estimate.value, share.estimate.n) == (0.5, 4)
    assert [(f.file, f.rows) for f in share.sources.files] == [("plan.csv", "2–5"), ("log.csv", "2–5")]
    ratings = {m.group["section"]: m.estimate.value for m in found.measures if m.id == "capability_rating"}
    assert ratings == {"Detect": "P", "Assess": "U", "Respond": "M"}
    assert found.frames["sections"]["state"].tolist() == ["on_time", "missed", "missed"]
    roles = found.measure("role_coverage")
    assert roles is not None
    assert (roles.estimate.value, [f.rows for f in roles.sources.files]) == (0.8, ["2–7"])


def test_what_the_section_says() -> None:
    thread("2026-03-02 18:00 other", "2026-03-02 09:55 assessed")
    assert section("plan", "thread", LATER).findings == (
        "One of four required steps due was on time (25 %, interval 5 % to 70 %); two were late and one was done out of order.",
        "“Speak” came latest, 6 h 12 min after it was due; “Review” was missed.",
        "“Decide” was done before a step that must come first.",
        "Plan v1 names no contact for Crisis lead.",
        "Three of seven recorded events fulfil no step of the plan.",
    )


def test_events_that_nobody_planned_are_kept() -> None:
    thread("2026-03-02 18:00 other")
    assert section("plan", "thread", LATER).frames["unplanned"]["milestone"].tolist() == ["posted", "other", "resolved"]


def test_as_of_a_moment_nothing_later_has_happened() -> None:
    thread()
    states = [row["state"] for row in pack("thread", "2026-03-02 09:00")["plan"]]
    assert states == ["on_time", "not_due", "not_due", "not_due", "not_applicable", "not_applicable"]


def test_without_a_plan_nothing_is_measured_and_nothing_fails() -> None:
    log("thread", "2026-03-02 08:00 posted")
    found = section("plan", "thread", LATER)
    assert found.findings == ("Not measured: no plan was in force when the crisis began.",)
    assert {m.estimate.status for m in found.measures} == {Status.UNDEFINED}
    assert pack("thread", LATER)["plan"] == []
    bring("plan.csv", [STEPS[0] | {"effective_from": "2026-04-01"}])
    assert section("plan", "thread", LATER).findings == found.findings


def test_a_crisis_without_events_has_a_plan_and_nothing_to_hold_against_it() -> None:
    bring("plan.csv", [STEPS[0] | {"effective_from": ""}])
    bring("crisis.csv", [{"crisis": "thread", "title": "Thread", "started_at": "2026-03-02 08:00"}])
    found = section("plan", "thread", LATER)
    assert found.findings == ("How many steps were on time can't be told: no required step was due by then.",)
    assert found.frames["steps"]["reason"].tolist() == ["no posted event recorded"]
