"""Lessons learned: the board, one lesson with its evidence, writing down, moving on, two people at once, the digest."""

from __future__ import annotations

from typing import Any

import pytest

from data.commands import lessons
from data.engine import writing
from data.enums import Role
from data.tables import Lesson
from tests.data.world import rows
from tests.pages.looking import alerts, frames, healthy, opened_popover, said, title, words
from tests.small import ADMIN, bring, crisis, log

HARM = "**x** :material/home: [l](http://x.example) <b>"


def click(page: Any, key: str) -> Any:
    """The page after a click on the button with this key."""
    return healthy(next(button for button in page.button if button.key == key).click().run())


def fill(page: Any, **values: Any) -> None:
    """Write into the widgets whose keys end so."""
    kinds = (page.text_input, page.text_area, page.date_input, page.selectbox, page.multiselect)
    for ending, value in values.items():
        (widget,) = [w for kind in kinds for w in kind if w.key and w.key.endswith(f"_{ending}")]
        widget.set_value(value)


def lesson(code: str = "L-01", **fields: str) -> dict[str, Any]:
    return {"lesson": code, "title": f"Title {code}", "observation": "It waited for one person"} | fields


def opened(page: Any) -> list[str]:
    """The codes of the lessons that the board shows."""
    return [
        b.label.removeprefix("Open ").replace("\\", "") for b in page.button if (b.key or "").startswith("open_board_")
    ]


# --- the board -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("sample_database")
def test_the_board_shows_every_lesson_by_status(open_page: Any) -> None:
    page = healthy(open_page("lessons"))
    assert title(page) == "Lessons learned"
    assert words(page.subheader[0].value).startswith("11 lessons in all: two are learned, three await validation")
    assert [words(m.value) for m in page.markdown if m.value.count("**") == 2 and "·" in m.value] == [
        "**Observed** · 2", "**Identified** · 1", "**Approved** · 2", "**Implemented** · 3", "**Learned** · 2",
    ]  # fmt: skip
    assert len(opened(page)) == 10
    assert page.expander[0].label == "Rejected: 1"


@pytest.mark.usefixtures("sample_database")
def test_filters_and_words_stand_in_the_address(open_page: Any) -> None:
    page = healthy(open_page("lessons", q="approval"))
    assert opened(page) == ["L-02"]
    page = healthy(open_page("lessons", kind="Strength", confidence="Probable"))
    assert opened(page) == ["L-06", "L-07"]
    page = healthy(open_page("lessons", of="2025-10-ticket", tag="updates"))
    assert opened(page) == ["L-08"]
    assert "1 of 11 lessons." in said(page)
    assert opened(healthy(open_page("lessons", q="nothing holds this"))) == []


@pytest.mark.usefixtures("sample_database")
def test_one_lesson_with_its_evidence_and_back(open_page: Any) -> None:
    page = healthy(open_page("lessons", lesson="L-03"))
    assert title(page) == "Tell colleagues first"
    numbers = frames(page)[0]
    assert numbers["Number"].tolist() == ["Employees heard before the public", "Time to first internal message"]
    assert numbers["2025-03-thread"].tolist() == ["−40 min", "9 h 52 min"]
    assert "Implemented. Next: to be validated as learned, by leadership." in said(page)
    files = frames(opened_popover(page, "lesson_sources"))[-1]
    assert {"lessons.xlsx", "incident_log.xlsx"} <= set(files["File"])
    page = click(open_page("lessons", lesson="L-03"), "all_lessons")
    assert title(page) == "Lessons learned"


@pytest.mark.usefixtures("sample_database")
def test_overview_leads_to_what_waits_to_be_validated(open_page: Any) -> None:
    page = healthy(open_page("overview"))
    page = healthy(page.toggle[0].set_value(True).run())
    found = frames(page)[0]
    mine = found[found["What"].str.startswith("Validate lesson")]
    assert mine["Decide in"].unique().tolist() == ["Lessons learned"]
    assert (len(mine), page.metric[5].value) == (3, "3")


# --- writing down, editing, moving ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_an_empty_page_says_how_to_begin_and_the_first_observation_is_written_down(open_page: Any) -> None:
    page = healthy(open_page("lessons"))
    assert alerts(page)[0].startswith("No lesson is written down yet. Begin with an observation")
    page = click(page, "new_lesson")
    page = click(page, "save_lesson")
    assert "Title is missing." in alerts(page)
    fill(page, title="One approver", observation="It waited", tags=["approval"])
    page = click(page, "save_lesson")
    assert rows(Lesson, "code", "title", "status", "tags", "batch_id") == [
        ("L-01", "One approver", "observation", ["approval"], None)
    ]
    assert title(page) == "One approver"
    assert page.query_params["lesson"] in ("L-01", ["L-01"])


@pytest.mark.usefixtures("sample_database")
def test_an_earlier_lesson_is_shown_while_one_is_typed(open_page: Any) -> None:
    page = click(open_page("lessons"), "new_lesson")
    assert "We wrote this down" not in said(page)
    fill(page, title="The approver was not there")
    page = healthy(page.run())
    assert (
        "We wrote this down in April 2025: “One approver is no approver”, put into practice, not validated yet."
        in said(page)
    )


@pytest.mark.usefixtures("small")
def test_a_lesson_is_edited_and_moved_and_its_history_told(open_page: Any) -> None:
    log("thread", "2026-03-02 12:00 detected", "2026-03-02 14:00 statement audience=public")
    bring("l.csv", [lesson(crisis="thread", status="identified")])
    page = click(open_page("lessons", lesson="L-01"), "lesson_Approve")
    page = click(page, "save_move")
    assert alerts(page)[-1].startswith(
        "Confidence, counter-evidence and evidence must be given before a lesson is approved"
    )
    page = click(open_page("lessons", lesson="L-01"), "lesson_Edit")
    events = next(w for w in page.multiselect if (w.key or "").endswith("_events"))
    assert events.options == ["2 March 2026, 12:00 · detected", "2 March 2026, 14:00 · statement"]
    fill(
        page, metrics=["time_to_first_statement"], counter_evidence="None found", confidence="probable", reason="Review"
    )
    page = click(page, "save_lesson")
    page = click(click(page, "lesson_Approve"), "save_move")
    assert rows(Lesson, "status", "metrics", "confidence") == [("approved", ["time_to_first_statement"], "probable")]
    page = opened_popover(page, "lesson_history")
    told = frames(page)[-1]
    assert told.iloc[0][["Change", "From", "To"]].tolist() == ["Status corrected", "identified", "approved"]
    assert "Review" in told["Why"].tolist()


@pytest.mark.usefixtures("small")
def test_the_second_of_two_sees_both_versions_and_decides(open_page: Any) -> None:
    bring("l.csv", [lesson()])
    page = click(open_page("lessons", lesson="L-01"), "lesson_Edit")
    with writing() as session:
        lessons.correct(session, ADMIN, "L-01", {"discussion": "Theirs"})
    fill(page, discussion="Mine")
    page = click(page, "save_lesson")
    assert alerts(page)[-1].startswith("test changed this at ")
    assert frames(page)[-1].to_numpy().tolist() == [["Discussion", "not recorded", "Theirs", "Mine"]]
    page = click(page, "save_mine")
    assert rows(Lesson, "discussion") == [("Mine",)]


@pytest.mark.usefixtures("small")
def test_a_rejection_needs_a_reason_and_the_lesson_stays_on_record(open_page: Any) -> None:
    bring("l.csv", [lesson()])
    page = click(click(open_page("lessons", lesson="L-01"), "lesson_Reject"), "save_move")
    assert alerts(page)[-1] == "Say why the lesson is rejected."
    page.text_input(key="move_reason").set_value("Once only")
    page = click(page, "save_move")
    assert rows(Lesson, "status") == [("rejected",)]
    assert "Rejected." in said(page)


@pytest.mark.usefixtures("small")
def test_who_sees_which_buttons(open_page: Any, seen_by: Any) -> None:
    bring("l.csv", [lesson(status="identified", share_safe="Nobody waits.")])
    found = {}
    for role in (Role.ANALYST, Role.LEADERSHIP, Role.LEGAL, Role.HR):
        seen_by(role)
        page = healthy(open_page("lessons", lesson="L-01"))
        found[role.value] = sorted({b.label for b in page.button} - {"All lessons"})
    assert found == {
        "analyst": ["Edit", "Reject"], "leadership": ["Approve", "Edit", "Reject"], "legal": ["Review"], "hr": ["Review"],
    }  # fmt: skip


@pytest.mark.usefixtures("small")
def test_a_restricted_lesson_is_nowhere_and_an_unknown_one_is_said(open_page: Any, seen_by: Any) -> None:
    crisis("secret", restricted_to="legal")
    bring("l.csv", [lesson(crisis="secret", share_safe="Quiet."), lesson("L-02")])
    seen_by(Role.LEADERSHIP)
    page = healthy(open_page("lessons", lesson="L-01"))
    assert alerts(page) == ["There is no lesson “L-01” here."]
    assert opened(page) == ["L-02"]
    seen_by(Role.AUDITOR)
    assert alerts(open_page("lessons"))[0].startswith("Your role does not include this page")


@pytest.mark.usefixtures("small")
def test_what_a_file_says_is_shown_letter_by_letter(open_page: Any) -> None:
    names = ("discussion", "conclusion", "recommendation", "evidence", "counter_evidence", "share_safe")
    bring(
        "l.csv",
        [lesson() | dict.fromkeys(("title", "observation", *names), HARM) | {"tags": HARM, "status": "approved"}],
    )
    for where in ({"lesson": "L-01"}, {}, {"show": "For employees"}):
        page = healthy(open_page("lessons", **where))
        shown = [e.value for e in (*page.markdown, *page.title, *page.caption)] + [b.label for b in page.button]
        assert any("x\\.example" in text for text in shown)
        assert all("x.example" not in text and "<b>" not in text for text in shown)


# --- what employees read -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("sample_database")
def test_a_summary_is_reviewed_and_then_in_the_digest(open_page: Any) -> None:
    page = healthy(open_page("lessons", show="For employees"))
    assert "No lessons are in the digest for employees; seven wait for a review." in said(page)
    assert page.get("download_button")[0].proto.disabled
    page = click(page, "review_L-02")
    page = click(page, "save_review")
    assert "One lesson is in the digest for employees; six wait for a review." in said(page)
    assert not page.get("download_button")[0].proto.disabled
    page = healthy(open_page("lessons", lesson="L-02"))
    assert "Reviewed by local user on" in said(page)


@pytest.mark.usefixtures("small")
def test_a_summary_that_changed_meanwhile_is_read_again(open_page: Any) -> None:
    bring("l.csv", [lesson(status="approved", share_safe="Nobody waits.")])
    page = click(open_page("lessons", show="For employees"), "review_L-01")
    with writing() as session:
        lessons.correct(session, ADMIN, "L-01", {"share_safe": "Somebody waits."})
    page = click(page, "save_review")
    assert alerts(page)[-1] == "test changed this after you opened it. Close this and look at it again."
    assert rows(Lesson, "reviewed_summary") == [(None,)]
