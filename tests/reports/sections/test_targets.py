from __future__ import annotations

from typing import Any

import pytest

from tests.small import bring, crisis, log, section, setting

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-06-01 12:00"


def step(name: str, fulfilled_by: str, minutes: float | str, **fields: Any) -> dict[str, Any]:
    return {
        "plan_version": "v1", "section": "Response", "step": name, "role": "PR lead", "fulfilled_by": fulfilled_by,
        "clock_starts": "detected", "target_minutes": minutes, "effective_from": "2026-01-01",
    } | fields  # fmt: skip


def plan(*steps: dict[str, Any], name: str = "plan.csv") -> None:
    bring(name, steps)


def crisis_of(code: str, day: str) -> None:
    log(
        code,
        f"{day} 08:00 posted",
        f"{day} 09:00 detected",
        f"{day} 13:00 statement audience=public",
        f"{day} 14:00 internal_message",
        f"{day} 22:00 resolved",
        name=f"{code}.csv",
    )


def target(metric: str, code: str = "thread") -> float | None:
    measure = section("speed", code, LATER).measure(metric)
    assert measure is not None
    return measure.target


def test_a_plan_step_sets_the_target_in_the_metric_s_unit() -> None:
    plan(
        step("Notice", "detected", 45, clock_starts="posted"),
        step("Say something", "statement", 180, audience="public"),
        step("Review", "reviewed", 14_400, clock_starts="resolved"),
    )
    crisis_of("thread", "2026-03-02")
    assert target("time_to_detect") == 0.75
    assert target("time_to_first_statement") == 3.0
    assert target("time_to_review") == 10.0
    assert "plan v1's 3 h target" in section("speed", "thread", LATER).findings[0]


def test_settings_only_fill_holes() -> None:
    plan(step("Say something", "statement", 180, audience="public"))
    setting("targets.time_to_first_statement", "1")
    setting("targets.time_to_resolve", "10")
    crisis_of("thread", "2026-03-02")
    assert target("time_to_first_statement") == 3.0
    assert target("time_to_resolve") == 10.0
    assert target("time_to_contain") is None


def test_a_step_counts_only_from_its_own_start() -> None:
    plan(step("Say something", "statement", 180, audience="public", clock_starts="decision"))
    crisis_of("thread", "2026-03-02")
    assert target("time_to_first_statement") is None
    assert target("exposure_to_first_statement") is None


@pytest.mark.parametrize(
    ("audience", "expected"), [("public", 3.0), ("press", 3.0), ("", 3.0), ("employees", None), ("regulators", None)]
)
def test_a_statement_to_others_sets_no_target_for_the_public_one(audience: str, expected: float | None) -> None:
    plan(step("Say something", "statement", 180, audience=audience))
    crisis_of("thread", "2026-03-02")
    assert target("time_to_first_statement") == expected


def test_a_step_without_minutes_sets_none() -> None:
    plan(step("Talk", "statement", "", audience="public"), step("Say something", "statement", 240, audience="press"))
    crisis_of("thread", "2026-03-02")
    assert target("time_to_first_statement") == 4.0


def test_a_crisis_is_judged_by_the_plan_in_force_when_it_began() -> None:
    plan(step("Say something", "statement", 240))
    plan(step("Say something", "statement", 180, plan_version="v2", effective_from="2026-03-02"), name="v2.csv")
    plan(step("Say something", "statement", 60, plan_version="v3", effective_from="2026-05-01"), name="v3.csv")
    crisis_of("old", "2026-03-01")
    crisis_of("same day", "2026-03-02")
    crisis_of("new", "2026-05-20")
    found = {code: target("time_to_first_statement", code) for code in ("old", "same day", "new")}
    assert found == {"old": 4.0, "same day": 3.0, "new": 1.0}


def test_before_any_plan_there_is_no_plan() -> None:
    plan(step("Say something", "statement", 240))
    setting("targets.time_to_first_statement", "2")
    crisis_of("thread", "2025-12-31")
    assert target("time_to_first_statement") == 2.0


def test_without_a_posted_event_the_start_of_the_sheet_chooses_the_plan() -> None:
    plan(step("Say something", "statement", 180))
    crisis("thread", started_at="2026-03-02 08:00")
    log("thread", "2026-03-02 09:00 detected")
    crisis("undated")
    log("undated", "2026-03-02 09:00 detected", name="undated.log.csv")
    assert target("time_to_first_statement") == 3.0
    assert target("time_to_first_statement", "undated") is None
