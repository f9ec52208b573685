"""Crises and events by hand, from the pages: entered, corrected with both versions shown, told in a history."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.commands import hand
from data.engine import writing
from data.enums import Role
from data.tables import Crisis, CrisisRole, Event
from tests.data.world import NOON, minutes, rows
from tests.pages.looking import alerts, buttons, click, fill, frames, healthy, opened_popover, said, words
from tests.small import ADMIN, crisis, event, log, table

pytestmark = pytest.mark.usefixtures("small")
LINES = ("2026-03-02 12:00 detected", "2026-03-02 14:00 statement audience=public platform=X")


@pytest.mark.parametrize("where", ["overview", "crisis_review"])
def test_a_crisis_is_entered_where_there_is_none(open_page: Any, where: str) -> None:
    page = click(open_page(where), "new_crisis")
    fill(page, title="Angry thread", day=date(2026, 3, 2), time="09:30", severity=3, topics="thread, anger")
    page = click(page, "save_crisis")
    assert rows(Crisis, "code", "title", "severity", "topics", "batch_id") == [
        ("2026-03-angry-thread", "Angry thread", 3, ["thread", "anger"], None)
    ]
    assert page.query_params["crisis"] == "2026-03-angry-thread"
    assert page.query_params["section"] == "Timeline"


def refusals(page: Any) -> list[str]:
    """What was not done and why; the logs of these tests record no start, which is said too."""
    return [text for text in alerts(page) if not text.startswith("Nobody recorded when this crisis began")]


def test_what_is_missing_is_said_and_what_was_typed_stays(open_page: Any) -> None:
    page = click(open_page("overview"), "new_crisis")
    fill(page, title="Angry thread", time="09:30")
    page = click(page, "save_crisis")
    assert refusals(page) == ["The start has a time but no day."]
    assert next(w.value for w in page.text_input if w.key == "crisis_new_title") == "Angry thread"
    fill(page, day=date(2026, 3, 2), time="soon")
    assert refusals(click(page, "save_crisis"))[0].startswith("“2026-03-02 soon” is not a time.")
    assert rows(Crisis) == []


def test_an_event_is_added(open_page: Any) -> None:
    crisis("thread")
    page = click(open_page("crisis_review", section="Timeline"), "add_event")
    fill(page, day=date(2026, 3, 2), time="12:00")
    page = click(page, "save_event")
    assert refusals(page) == ["Milestone is missing."]
    fill(page, milestone="statement", audience="public", function="PR", description="We are sorry")
    page = click(page, "save_event")
    assert rows(Event, "occurred_at", "milestone", "function") == [(NOON, "statement", "PR")]
    files = frames(opened_popover(page, "timeline_sources"))[0]
    assert files["File"].tolist() == ["entered by hand"]


def test_a_correction_needs_a_reason_and_is_told(open_page: Any) -> None:
    log("thread", *LINES)
    page = click(open_page("crisis_review", section="Timeline"), "correct_event")
    fill(page, time="12:30")
    page = click(page, "save_correction")
    assert refusals(page) == ["Say why: a correction needs a reason."]
    fill(page, reason="The mail says so")
    page = click(page, "save_correction")
    assert (NOON + minutes(30),) in rows(Event, "occurred_at")
    page = opened_popover(page, "hand_history")
    assert "Detected, 2 Mar 12:30: time corrected by local user on" in said(page)
    assert "from 2 Mar 2026, 12:00 to 2 Mar 2026, 12:30." in said(page)
    assert frames(page)[-1]["Why"].tolist() == ["The mail says so"]


def test_the_second_of_two_sees_both_versions_and_decides(open_page: Any) -> None:
    log("thread", *LINES)
    page = click(open_page("crisis_review", section="Timeline"), "correct_event")
    with writing() as session:
        other = {"occurred_at": NOON + minutes(45), "function": "PR"}
        hand.correct_event(session, ADMIN, 1, other, reason="The chat says so")
    fill(page, time="12:30", reason="The mail says so")
    page = click(page, "save_correction")
    (told,) = refusals(page)
    assert told.startswith("test changed this at ")
    assert "Nothing of yours is saved yet." in told
    assert frames(page)[-1].to_numpy().tolist() == [
        ["Time", "2 Mar 2026, 12:00", "2 Mar 2026, 12:45", "2 Mar 2026, 12:30"],
        ["Function", "not recorded", "PR", "left as it is now"],
    ]
    assert (NOON + minutes(45),) in rows(Event, "occurred_at")
    page = click(page, "save_mine")
    assert refusals(page) == []
    assert (NOON + minutes(30), "PR") in rows(Event, "occurred_at", "function")


def test_the_second_of_two_may_keep_the_other_version(open_page: Any) -> None:
    log("thread", *LINES)
    page = click(open_page("crisis_review", section="Timeline"), "correct_event")
    with writing() as session:
        hand.correct_event(session, ADMIN, 1, {"occurred_at": NOON + minutes(45)}, reason="The chat says so")
    fill(page, time="12:30", reason="The mail says so")
    page = click(click(page, "save_correction"), "keep_theirs")
    assert (NOON + minutes(45),) in rows(Event, "occurred_at")
    assert refusals(page) == []


def test_who_sees_which_buttons(open_page: Any, seen_by: Any) -> None:
    log("thread", *LINES)
    found = {}
    for role in (Role.ANALYST, Role.LEADERSHIP, Role.LEGAL, Role.HR):
        seen_by(role)
        page = healthy(open_page("crisis_review", section="Timeline"))
        menus = [list(menu.proto.options) for menu in page.get("menu_button")]
        found[role.value] = sorted(buttons(page) & {"New crisis", "Add an event", "Correct an event"}), menus
    edits = [["Correct the crisis", "Merge it into another"]]
    assert found == {
        "analyst": (["Add an event", "Correct an event", "New crisis"], edits),
        "leadership": (["Correct an event"], []),
        "legal": ([], [["Restrict who sees it", "Privilege and legal hold"]]),
        "hr": ([], []),
    }


def test_an_address_with_the_code_of_a_merged_crisis_leads_to_the_other(open_page: Any) -> None:
    from data.commands.merging import merge

    log("thread", *LINES)
    crisis("twin", name="twin.csv")
    with writing() as session:
        merge(session, ADMIN, "twin", "thread")
    page = healthy(open_page("crisis_review", crisis="Twin", section="Timeline"))
    assert (page.query_params["crisis"], refusals(page)) == ("thread", [])
    page = healthy(open_page("case_library", library="Similar cases", crisis="Twin"))
    assert (page.query_params["crisis"], refusals(page)) == ("thread", [])
    assert rows(CrisisRole) == []


def menu(page: Any, label: str) -> Any:
    """The page after a choice in the Edit menu."""
    (edit,) = page.get("menu_button")
    return healthy(edit.select(label).run()) if hasattr(edit, "select") else healthy(edit.set_value(label).run())


def test_a_crisis_is_corrected_merged_and_restricted(open_page: Any) -> None:
    log("thread", *LINES)
    crisis("twin", name="twin.csv")
    page = menu(open_page("crisis_review", crisis="thread"), "Correct the crisis")
    fill(page, title="The thread", severity=4)
    page = click(page, "save_crisis")
    page = menu(page, "Restrict who sees it")
    page.multiselect(key="restrict_to").set_value([Role.LEGAL])
    page = click(page, "save_restriction")
    assert rows(Crisis, "code", "title", "severity") == [("thread", "The thread", 4), ("twin", "twin", None)]
    assert rows(CrisisRole, "role") == [(Role.LEGAL,)]
    page = menu(page, "Merge it into another")
    page = healthy(page.selectbox(key="merge_into").set_value("twin").run())
    page = click(page, "save_merge")
    assert (page.query_params["crisis"], rows(Crisis, "code")) == ("twin", [("twin",)])


def test_legal_sets_the_privilege_banner_which_then_stands_over_the_review(open_page: Any, seen_by: Any) -> None:
    log("thread", *LINES)
    seen_by(Role.LEGAL)
    page = menu(open_page("crisis_review", crisis="thread"), "Privilege and legal hold")
    fill(page, privilege_banner="Privileged: *prepared* for counsel", reason="A claim is likely")
    for toggle in page.toggle:
        toggle.set_value(True)
    page = click(page, "save_counsel")
    assert rows(Crisis, "privilege_banner", "legal_hold", "countersign") == [
        ("Privileged: *prepared* for counsel", True, True)
    ]
    seen_by(Role.LEADERSHIP)
    page = healthy(open_page("crisis_review", crisis="thread"))
    assert {":violet-badge[:material/gavel: Privileged]", ":gray-badge[:material/lock: Legal hold]"} <= {
        m.value for m in page.markdown
    }
    page = opened_popover(page, "hand_history")
    assert ["no", "yes", "A claim is likely"] in frames(page)[-1][["From", "To", "Why"]].to_numpy().tolist()
    for present in ({}, {"present": "1"}):
        for section in ("Summary", "Decide"):
            page = healthy(open_page("crisis_review", crisis="thread", section=section, **present))
            assert words("**Privileged: *prepared* for counsel**") in said(page)


def test_the_second_of_two_of_legal_sees_both_versions(open_page: Any) -> None:
    log("thread", *LINES)
    page = menu(open_page("crisis_review", crisis="thread"), "Privilege and legal hold")
    with writing() as session:
        hand.counsel(session, ADMIN, "thread", {"legal_hold": True})
    fill(page, privilege_banner="Privileged")
    page = click(page, "save_counsel")
    assert "Nothing of yours is saved yet." in refusals(page)[0]
    assert frames(page)[-1].to_numpy().tolist() == [
        ["Privilege banner", "not recorded", "not recorded", "Privileged"], ["Legal hold", "no", "yes", "left as it is now"],
    ]  # fmt: skip
    click(page, "save_mine")
    assert rows(Crisis, "privilege_banner", "legal_hold") == [("Privileged", True)]


def test_the_second_of_two_who_restrict_sees_both_versions(open_page: Any) -> None:
    log("thread", *LINES)
    page = menu(open_page("crisis_review", crisis="thread"), "Restrict who sees it")
    with writing() as session:
        hand.restrict(session, ADMIN, "thread", [Role.HR])
    page.multiselect(key="restrict_to").set_value([Role.LEGAL])
    page = click(page, "save_restriction")
    assert "Nothing of yours is saved yet." in refusals(page)[0]
    assert frames(page)[-1].to_numpy().tolist() == [["Restricted to", "not recorded", "hr", "legal"]]
    assert rows(CrisisRole, "role") == [(Role.HR,)]
    click(page, "save_mine")
    assert rows(CrisisRole, "role") == [(Role.LEGAL,)]


def test_a_file_that_says_otherwise_is_asked_about(open_page: Any) -> None:
    log("thread", *LINES)
    with writing() as session:
        hand.correct_event(session, ADMIN, 1, {"occurred_at": NOON + minutes(45)}, reason="The chat says so")
    page = open_page("import")
    content = table([event("thread", line) for line in (*LINES, "2026-03-02 15:00 update audience=public")])
    page.file_uploader[0].upload("again.csv", content, "text/csv")
    page = healthy(page.run())
    (question,) = page.radio
    assert words(question.label).startswith(
        "Does this file know better than what was entered by hand? “occurred_at” of this event was set by hand and stays "
        "2026-03-02 12:45 UTC; the file says 2026-03-02 12:00 UTC."
    )
    assert question.value is False
    assert frames(page)[0].iloc[0]["Updated"] == "0"
    page = healthy(question.set_value(True).run())
    assert frames(page)[0].iloc[0]["Updated"] == "1"
    page = click(page, "apply")
    assert (NOON,) in rows(Event, "occurred_at")
