"""Plan gaps: the state of the plan, the register in three shapes, one gap in detail, and editing that two people share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.commands import gaps, hand, strengths
from data.engine import writing
from data.enums import Role
from tests.data.world import rows
from tests.pages.looking import alerts, buttons, click, fill, frames, healthy, said, title
from tests.pages.test_loop import STEPS
from tests.small import ADMIN, bring, crisis, log, setting

pytestmark = pytest.mark.usefixtures("small")
REGISTER = [
    {
        "gap": "G-01", "title": "Slow statement", "section": "Respond", "severity": 4, "status": "open",
        "responsible_function": "Legal", "opened_on": "2026-01-10", "due_on": "2026-02-01",
        "corrective_action": "Name a deputy", "element": "organisation",
    },
    {
        "gap": "G-02", "title": "No alerts", "section": "Detect", "severity": 2, "status": "implemented",
        "responsible_function": "PR", "opened_on": "2026-01-10", "completed_on": "2026-01-20",
    },
    {"gap": "G-03", "title": "Nobody asked partners", "section": "Follow up", "status": "accepted"},
]  # fmt: skip


def register() -> None:
    bring("gaps.csv", REGISTER)
    setting("sample.as_of", "2026-03-01T12:00:00+00:00")


def table(page: Any) -> Any:
    return frames(page)[0]


def test_an_empty_page_says_how_to_begin(open_page: Any) -> None:
    page = healthy(open_page("plan_gaps"))
    (told,) = alerts(page)
    assert told.startswith("No gap is recorded yet. Import the register that you keep, write the first gap down")
    assert buttons(page) >= {"New gap"}
    page = click(page, "new_gap")
    fill(page, title="Slow statement")
    page = click(page, "save_gap")
    assert "Section is missing." in alerts(page)


def test_a_plan_and_a_crisis_without_a_gap_show_the_state_of_the_plan(open_page: Any) -> None:
    bring("plan.csv", STEPS)
    log("thread", "2026-03-02 07:00 posted", "2026-03-02 08:00 detected", "2026-03-02 17:00 statement audience=public")
    setting("sample.as_of", "2026-04-01T12:00:00+00:00")
    page = healthy(open_page("plan_gaps"))
    assert (
        "In the latest crisis, “thread”, the one section of the plan that was put to the test did not hold: Respond (late)."
        in said(page)
    )
    page = healthy(open_page("plan_gaps", view="Register"))
    assert alerts(page)[0].startswith("No gap is recorded yet.")


def test_gaps_without_a_plan_have_a_register_and_no_heat_map(open_page: Any) -> None:
    register()
    page = healthy(open_page("plan_gaps"))
    assert title(page) == "One of three gaps in the register is open and overdue."
    assert "The state of the plan is not known" in said(page)


def test_the_register_tells_age_deadlines_and_effect(open_page: Any) -> None:
    register()
    shown = table(healthy(open_page("plan_gaps", view="Register"))).set_index("Gap")
    assert shown.loc["G-01", ["Status", "Age", "Came back"]].tolist() == [
        "Open, overdue by 28 days", "50 days, 20 days over 30 days", "not tested",
    ]  # fmt: skip
    assert shown.loc["G-02", ["Status", "Age", "Effectiveness"]].tolist() == [
        "Implemented", "10 days, within 90 days", "○ not exercised",
    ]  # fmt: skip
    assert shown.loc["G-03", ["Severity", "Function", "Age"]].tolist() == ["not set", "not recorded", "not recorded"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"status": "Implemented"}, ["G-02"]),
        ({"gap_severity": "4"}, ["G-01"]),
        ({"section": "Follow up"}, ["G-03"]),
        ({"responsible_function": "PR"}, ["G-02"]),
        ({"deadline": "Overdue"}, ["G-01"]),
        ({"effect": "Not exercised"}, ["G-01", "G-02", "G-03"]),
    ],
)
def test_filters_stand_in_the_address(open_page: Any, asked: dict[str, str], left: list[str]) -> None:
    register()
    page = healthy(open_page("plan_gaps", view="Register", **asked))
    assert table(page)["Gap"].tolist() == left


def test_filters_that_leave_nothing_say_so(open_page: Any) -> None:
    register()
    page = healthy(open_page("plan_gaps", view="Register", status="Open", responsible_function="PR"))
    assert alerts(page) == ["No gap is left by these filters."]


def test_the_board_has_a_column_a_status_and_its_cards_open_the_gap(open_page: Any) -> None:
    register()
    page = healthy(open_page("plan_gaps", view="Board"))
    assert "Open · 1" in said(page).replace("*", "")
    assert "In progress · 0" in said(page).replace("*", "")
    page = click(page, "card_G-01")
    assert page.query_params["gap"] == "G-01"
    assert "G-01: Slow statement" in said(page)


def test_the_improvement_plan_has_the_columns_of_fema(open_page: Any) -> None:
    register()
    shown = table(healthy(open_page("plan_gaps", view="Improvement plan")))
    assert list(shown) == [
        "Capability", "Issue", "Corrective action", "Element", "Responsible", "Contact", "Start", "Completion", "Status",
    ]  # fmt: skip
    assert shown[shown["Capability"] == "Respond"].iloc[0].tolist()[1:5] == [
        "G-01: Slow statement", "Name a deputy", "Organisation", "Legal",
    ]  # fmt: skip
    assert shown["Completion"].tolist() == ["20 Jan 2026", "none planned", "due 1 Feb 2026"]
    assert shown["Status"].tolist()[0] == "Implemented, ○ not exercised"


def test_a_link_to_a_gap_that_is_not_there_says_so(open_page: Any) -> None:
    register()
    page = healthy(open_page("plan_gaps", gap="G-99"))
    assert alerts(page) == ["There is no gap “G-99” here."]


def test_a_gap_of_a_restricted_crisis_is_not_there_for_others(open_page: Any, seen_by: Callable[[Role], None]) -> None:
    register()
    crisis("secret")
    with writing() as session:
        gaps.enter_gap(session, ADMIN, {"title": "Hidden", "section": "Respond", "crisis": "secret"}, code="G-09")
        hand.restrict(session, ADMIN, "secret", [Role.LEGAL])
    seen_by(Role.ANALYST)
    page = healthy(open_page("plan_gaps", gap="G-09", view="Register"))
    assert "There is no gap “G-09” here." in alerts(page)
    assert "G-09" not in table(page)["Gap"].tolist()
    seen_by(Role.LEGAL)
    assert "G-09: Hidden" in said(healthy(open_page("plan_gaps", gap="G-09")))


def test_who_keeps_no_register_reads_it(open_page: Any, seen_by: Callable[[Role], None]) -> None:
    register()
    for role in (Role.HR, Role.LEGAL):
        seen_by(role)
        page = healthy(open_page("plan_gaps", gap="G-01"))
        assert "G-01: Slow statement" in said(page)
        assert not buttons(page) & {"New gap", "Edit", "Plan the fix", "Accept the risk"}
    seen_by(Role.AUDITOR)
    assert "Your role does not include this page" in alerts(open_page("plan_gaps"))[0]


def test_a_gap_is_edited_and_what_contradicts_is_refused_in_words(open_page: Any) -> None:
    register()
    page = click(open_page("plan_gaps", gap="G-01"), "edit_gap")
    fill(page, due_on=date(2026, 1, 5))
    page = click(page, "save_gap")
    assert alerts(page)[-1] == "The due date lies before the day it was opened: 2026-01-05 is before 2026-01-10."
    fill(page, due_on=date(2026, 4, 1), contact="legal@example.org", reason="The budget came")
    click(page, "save_gap")
    assert ("G-01", date(2026, 4, 1), "legal@example.org") in rows("gap", "code", "due_on", "contact")
    assert {row[1] for row in rows("edit", "field", "reason")} == {"The budget came"}


def test_the_second_of_two_editors_sees_both_versions(open_page: Any) -> None:
    register()
    page = click(open_page("plan_gaps", gap="G-01"), "edit_gap")
    with writing() as session:
        gaps.edit_gap(session, ADMIN, "G-01", {"due_on": date(2026, 5, 1), "severity": 3})
    fill(page, due_on=date(2026, 4, 1))
    page = click(page, "save_gap")
    assert next(a for a in alerts(page) if a.startswith("test changed this at "))
    assert frames(page)[-1].to_numpy().tolist() == [
        ["Severity", "4", "3", "left as it is now"],
        ["Due", "1 Feb 2026", "1 May 2026", "1 Apr 2026"],
    ]
    click(page, "save_mine")
    assert ("G-01", date(2026, 4, 1), 3) in rows("gap", "code", "due_on", "severity")


def test_a_status_offers_only_what_may_follow_and_asks_for_what_it_needs(open_page: Any) -> None:
    register()
    page = healthy(open_page("plan_gaps", gap="G-02"))
    assert buttons(page) & {"Open it again", "Plan the fix", "Begin the fix", "The fix is in place", "Validate the fix"} == {
        "Open it again", "Validate the fix",
    }  # fmt: skip
    page = click(click(page, "move_validated"), "save_move")
    assert alerts(page)[-1] == "Validated needs evidence: say what shows that the fix holds."
    fill(page, evidence="The drill of February")
    click(page, "save_move")
    assert ("G-02", "validated", "The drill of February") in rows("gap", "code", "status", "evidence")
    assert not buttons(healthy(open_page("plan_gaps", gap="G-03"))) & {"Open it again", "Plan the fix"}


def test_the_register_is_downloaded(open_page: Any) -> None:
    register()
    page = healthy(open_page("plan_gaps", view="Register"))
    labels = {button.proto.label for button in page.get("download_button")}
    assert labels == {"Download the register", "As CSV"}


LESSONS = [
    {"lesson": "L-1", "title": "Prepared texts", "observation": "They were ready", "kind": "strength", "crisis": "one"},
    {"lesson": "L-2", "title": "Duty phone", "observation": "It was answered", "kind": "strength", "crisis": "one"},
    {"lesson": "L-3", "title": "No rota", "observation": "Nobody came", "kind": "improvement", "crisis": "one"},
]


def told(code: str, month: int, hours: int) -> None:
    day = f"2026-{month:02}-02"
    log(
        code, f"{day} 07:00 posted", f"{day} 08:00 detected", f"{day} {8 + hours:02}:00 statement audience=public",
        f"2026-{month:02}-09 09:00 resolved", name=f"{code}.csv",
    )  # fmt: skip


def test_strengths_are_followed_and_said_to_be_kept_or_lost(open_page: Any) -> None:
    bring("plan.csv", STEPS)
    told("one", 1, 2)
    bring("lessons.csv", LESSONS)
    setting("sample.as_of", "2026-03-01T12:00:00+00:00")
    page = healthy(open_page("plan_gaps", view="Strengths"))
    assert "2 strengths are recorded; none names a metric and a target by which a crisis could check it." in said(page)
    assert table(page)["What the crises say"].tolist() == [
        f"{code} is not exercised: the strength names no metric." for code in ("L-1", "L-2")
    ]
    with writing() as session:
        by = {"owner": "PR", "check_step": "Speak", "check_metric": "time_to_first_statement", "check_target": 3}
        strengths.follow_strength(session, ADMIN, "L-1", by)
    told("two", 4, 2)
    setting("sample.as_of", "2026-05-01T12:00:00+00:00")
    page = healthy(open_page("plan_gaps", view="Strengths"))
    assert table(page)["State"].tolist() == ["● kept", "○ not exercised"]
    told("three", 7, 6)
    setting("sample.as_of", "2026-08-01T12:00:00+00:00")
    page = healthy(open_page("plan_gaps", view="Strengths"))
    assert table(page).iloc[0].tolist() == [
        "L-1", "Prepared texts", "PR", "Time to first statement: 3 h", "✕ lost", "L-1 was lost: 6 h in “three”, against 3 h.",
    ]  # fmt: skip
    assert frames(page)[1][["Crisis", "Value", "What it says"]].to_numpy().tolist() == [
        ["two", "2 h", "● kept"], ["three", "6 h", "✕ lost"],
    ]  # fmt: skip


def test_a_gap_that_came_back_names_the_crises_by_their_titles(open_page: Any) -> None:
    bring("plan.csv", STEPS)
    told("one", 1, 6)
    fixed = {
        "crisis": "one",
        "step": "Speak",
        "completed_on": "2026-02-01",
        "status": "implemented",
        "origin": "conformance",
    }
    bring("gaps.csv", [{"gap": "G-01", "title": "Slow", "section": "Respond", "opened_on": "2026-01-10", **fixed}])
    told("two", 4, 6)
    setting("sample.as_of", "2026-05-01T12:00:00+00:00")
    page = healthy(open_page("plan_gaps", gap="G-01", view="Register"))
    assert "came back in 1 crisis" in said(page)
    assert "It came back in “two”." in said(page)
    assert frames(page)[-1]["Came back"].tolist() == ["in 1 of 1"]


def test_without_a_strength_the_page_says_what_one_is(open_page: Any) -> None:
    register()
    page = healthy(open_page("plan_gaps", view="Strengths"))
    assert alerts(page)[0].startswith("What worked is written down as a lesson of the kind strength")
