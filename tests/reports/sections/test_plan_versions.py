"""Versions beside each other: which counted when, what they judge, and what a signed review keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.access import Viewer
from data.commands import plans as commands
from data.commands import reviews
from data.commands.entries import HandRefused
from data.engine import reading, writing
from data.enums import Role
from reports.sections import plan_versions
from reports.sections.base import Section
from reports.sections.scope import portfolio
from reports.signing import frozen, sign
from tests.small import ADMIN, bring, crisis, log, moment, section

pytestmark = pytest.mark.usefixtures("small")
LATER = "2026-06-01 12:00"
ANALYST = Viewer("ana", Role.ANALYST)


def plan(version: str, start: str, minutes: int, **fields: Any) -> None:
    row = {
        "plan_version": version, "section": "Respond", "step": "Speak", "role": "PR", "contact": "pr@example.org",
        "fulfilled_by": "statement", "clock_starts": "detected", "target_minutes": minutes, "effective_from": start,
    }  # fmt: skip
    bring(f"{version}.csv", [row | fields])


def thread(code: str, day: str) -> None:
    log(code, f"{day} 08:00 posted", f"{day} 09:00 detected", f"{day} 11:00 statement audience=public", f"{day} 18:00 resolved", name=f"{code}.csv")  # fmt: skip


def seen(chosen: str | None = None) -> Section:
    with reading() as session:
        return plan_versions.plan_versions(portfolio(session, ADMIN, moment(LATER)), chosen)


def test_a_crisis_is_judged_by_the_version_in_force_when_it_began() -> None:
    plan("v1", "2026-01-01", 60)
    plan("v2", "2026-03-02", 180)
    for code, day in (("before", "2026-03-01"), ("on the day", "2026-03-02"), ("after", "2026-03-03")):
        thread(code, day)
    told = {code: section("plan", code, LATER) for code in ("before", "on the day", "after")}
    assert {code: one.facts["version"] for code, one in told.items()} == {
        "before": "v1",
        "on the day": "v2",
        "after": "v2",
    }
    assert {code: one.frames["steps"]["state"].tolist() for code, one in told.items()} == {
        "before": ["late"], "on the day": ["on_time"], "after": ["on_time"],
    }  # fmt: skip
    versions = seen().frames["versions"]
    assert versions["version"].tolist() == ["v2", "v1"]
    assert versions["crises"].tolist() == [2, 1]
    assert versions["in_force"].tolist() == [True, False]
    assert [f"{day:%Y-%m-%d}" for day in versions["until"].dropna()] == ["2026-03-01"]


def test_what_began_on_the_evening_before_in_its_own_zone_is_of_the_older_version() -> None:
    plan("v1", "2026-01-01", 60)
    plan("v2", "2026-03-02", 180)
    crisis("west", timezone="America/New_York", started_at="2026-03-01 20:00")
    assert section("plan", "west", LATER).facts["version"] == "v1"


def test_holes_of_the_chosen_version_are_said() -> None:
    plan("v1", "2026-01-01", 60, section="Detect", contact="")
    plan("v2", "2026-01-01", 60, clock_starts="approved", after_step="Gone")
    assert seen("v1").facts["problems"] == [
        "No contact for PR.",
        "No step for Respond, though another version or the register of gaps names it.",
        "Versions v1 and v2 overlap: they take effect on the same day, and only v2 counts.",
    ]
    told = seen()
    assert told.facts["version"] == "v2"
    assert told.facts["problems"][:2] == [
        "“Speak” is to follow a step that this version does not have.",
        "“Speak” waits for “approved”, to which no step leads: the clock never starts unless somebody records it.",
    ]


def test_without_a_plan_and_before_one_counts() -> None:
    assert seen().findings == ("There is no plan yet.",)
    assert seen("v1").facts["version"] is None
    plan("v1", "2027-01-01", 60)
    assert seen().findings == ("No version of the plan is in force.",)
    assert seen().facts["version"] == "v1"


def signed(code: str) -> None:
    with writing() as session:
        version = reviews.take_down(session, ADMIN, code, 0, held_on=date(2026, 4, 1), functions=[], decisions=[])
    sign(ADMIN, code, version, frozen(ADMIN, code, moment(LATER)))


def test_a_version_that_a_signed_review_uses_is_not_deleted_even_where_another_judges_the_crisis_now() -> None:
    plan("v1", "2026-01-01", 60)
    thread("thread", "2026-03-02")
    signed("thread")
    assert seen().facts["judged"] == "1 crisis is judged by plan v1, 1 review of them signed."
    with pytest.raises(HandRefused, match="A signed review was judged by plan v1"):
        plan_versions.delete(ANALYST, "v1")
    with writing() as session:
        commands.enter_version(session, ADMIN, "v2", {"effective_from": date(2026, 2, 1)}, copy_of="v1")
    assert section("plan", "thread", LATER).facts["version"] == "v2"
    with pytest.raises(HandRefused, match="A signed review was judged by plan v1"):
        plan_versions.delete(ANALYST, "v1")
    plan_versions.delete(ANALYST, "v2")
    assert seen().frames["versions"]["version"].tolist() == ["v1"]


def test_a_signed_review_that_the_viewer_may_not_see_counts_too() -> None:
    plan("v1", "2026-01-01", 60)
    crisis("thread", started_at="2026-03-02 08:00", restricted_to="legal")
    signed("thread")
    with pytest.raises(HandRefused, match="A signed review was judged"):
        plan_versions.delete(ANALYST, "v1")
