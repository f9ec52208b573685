"""Lessons in full with their numbers, what waits for a decision, and the digest that employees read."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import Viewer
from data.commands import lessons, protected
from data.engine import reading, writing
from data.enums import LessonStatus, Role
from data.queries.lessons import event_keys
from metrics.findings import lessons as say
from reports.documents.digest import html
from reports.sections.base import Section
from reports.sections.digest import Digest, digest
from reports.sections.lesson_board import board, one_lesson
from reports.sections.scope import portfolio
from tests.small import ADMIN, bring, crisis, front, log, moment

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-12-01 12:00"
HR = Viewer("Hana", Role.HR)


def lesson(code: str, status: str = "approved", **fields: str) -> dict[str, Any]:
    return {"lesson": code, "title": f"Title {code}", "observation": "seen", "status": status} | fields


def one(code: str, role: Role = Role.ADMIN, as_of: str = LATER) -> Section | None:
    with reading() as session:
        return one_lesson(portfolio(session, Viewer("test", role), moment(as_of)), code)


def read(role: Role = Role.ADMIN) -> Digest:
    with reading() as session:
        return digest(portfolio(session, Viewer("test", role), moment(LATER)))


def reviewed(*codes: str) -> None:
    with writing() as session:
        for code in codes:
            lessons.review(session, HR, code)


# --- one lesson ----------------------------------------------------------------------------------------------------


def test_a_lesson_shows_its_numbers_in_its_crisis_and_in_the_later_ones() -> None:
    log("a", "2026-01-02 09:00 posted", "2026-01-02 11:00 detected", name="a.csv")
    log("b", "2026-02-02 09:00 posted", "2026-02-02 12:00 detected", name="b.csv")
    log("c", "2026-03-02 09:00 posted", "2026-03-02 09:30 detected", name="c.csv")
    bring("l.csv", [lesson("L-1", crisis="b", metrics="time_to_detect; no_such_metric")])
    found = one("L-1")
    assert found is not None
    told = [(m.id, m.group["crisis"], m.estimate.value) for m in found.measures]
    assert told == [("time_to_detect", "b", 3.0), ("time_to_detect", "c", 0.5)]
    assert {file.file for file in found.sources.files} == {"l.csv", "b.csv", "c.csv"}
    assert found.findings == ("Approved. Next: to be put into practice, by an analyst or leadership.",)


def test_a_lesson_names_events_by_what_they_are() -> None:
    log("a", "2026-01-02 09:00 posted", "2026-01-02 11:00 detected")
    with writing() as session:
        key = list(event_keys(session, ADMIN, "a"))[1]
        code = lessons.enter(session, ADMIN, {"title": "t", "observation": "o", "crisis": "a", "events": [key]})
    found = one(code)
    assert found is not None
    assert found.frames["events"][["milestone", "crisis"]].to_numpy().tolist() == [["detected", "a"]]


def test_a_lesson_of_a_crisis_to_come_or_restricted_is_not_there() -> None:
    crisis("secret", restricted_to="legal", started_at="2026-01-02 09:00")
    log("later", "2026-11-02 09:00 posted")
    bring("l.csv", [lesson("L-1", crisis="later"), lesson("L-2", crisis="secret"), lesson("L-3")])
    assert one("L-1", as_of="2026-10-01 12:00") is None
    assert one("L-2", Role.ANALYST) is None
    assert one("L-2", Role.LEGAL) is not None
    with reading() as session:
        found = board(portfolio(session, Viewer("test", Role.ANALYST), moment(LATER)))
    assert found.frames["lessons"]["code"].tolist() == ["L-1", "L-3"]


def test_what_waits_to_be_validated_needs_a_decision() -> None:
    log("a", "2026-01-02 09:00 posted")
    bring(
        "l.csv",
        [lesson("L-1", "implemented"), lesson("L-2", evidence="e", counter_evidence="c", confidence="probable")],
    )
    with writing() as session:
        lessons.move(session, ADMIN, "L-2", LessonStatus.IMPLEMENTED)
    shown = front(LATER)
    found = {item.lesson: item for item in shown.decisions if item.lesson}
    assert shown.lessons_waiting == len(found) == 2
    assert (found["L-1"].what, found["L-1"].page, found["L-1"].function) == (
        "Validate lesson L-1: Title L-1", "lessons", "Leadership",
    )  # fmt: skip
    assert found["L-1"].since is None
    assert found["L-2"].since is not None
    with writing() as session:
        lessons.move(session, ADMIN, "L-2", LessonStatus.LEARNED)
    assert front(LATER).lessons_waiting == 1


# --- the digest ----------------------------------------------------------------------------------------------------


def test_only_what_was_reviewed_as_it_is_goes_to_employees() -> None:
    bring(
        "l.csv",
        [
            lesson("L-1", "learned", share_safe="We call first.", kind="strength"),
            lesson("L-2", "implemented", share_safe="Nobody waits."),
            lesson("L-3", "approved", share_safe="We will watch."),
            lesson("L-4", "approved"),
            lesson("L-5", "identified", share_safe="Not yet."),
            lesson("L-6", "rejected", share_safe="Never."),
        ],
    )
    assert (
        read().finding
        == "No lessons are in the digest for employees; three wait for a review and one has no summary yet."
    )
    reviewed("L-1", "L-2", "L-3", "L-5")
    found = read()
    assert [(line.code, line.text, line.reviewed_by) for line in found.lines] == [
        ("L-1", "We call first.", "Hana"), ("L-2", "Nobody waits.", "Hana"), ("L-3", "We will watch.", "Hana"),
    ]  # fmt: skip
    bring("m.csv", [lesson("L-2", "implemented", share_safe="Somebody waits.")])
    found = read()
    assert [line.code for line in found.lines] == ["L-1", "L-3"]
    assert (found.waiting, found.lacking) == (("L-2",), ("L-4",))


def test_restricted_and_privileged_crises_stay_out_whoever_asks() -> None:
    crisis("secret", restricted_to="legal", name="s.csv")
    log("open", "2026-01-02 09:00 posted")
    bring(
        "l.csv", [lesson("L-1", crisis="secret", share_safe="Quiet."), lesson("L-2", crisis="open", share_safe="Loud.")]
    )
    with writing() as session:
        lessons.review(session, ADMIN, "L-1")
        lessons.review(session, ADMIN, "L-2")
    assert [line.code for line in read(Role.LEGAL).lines] == ["L-2"]
    assert read(Role.LEGAL).finding.endswith("one stays out, being of a restricted or privileged crisis.")
    assert "stays out" not in read(Role.HR).finding
    assert html(read(Role.LEGAL)) == html(read(Role.HR))


def test_a_name_protected_or_a_group_named_later_takes_a_summary_out() -> None:
    crisis("a")
    bring("l.csv", [lesson("L-1", share_safe="Wanda Lark told us."), lesson("L-2", share_safe="Ask Facilities early.")])
    reviewed("L-1", "L-2")
    assert len(read().lines) == 2
    with writing() as session:
        protected.add(session, ADMIN, "a", ["Wanda Lark"])
    bring("c.csv", [{"date": "2026-02-01", "kind": "headcount", "department": "Facilities", "employees": 3}])
    found = read()
    assert (found.lines, found.waiting) == ((), ("L-1", "L-2"))
    assert "Wanda" not in html(found)


def test_the_document_stands_alone_and_shows_text_as_text() -> None:
    bring("l.csv", [lesson("L-1", share_safe="<script>alert(1)</script> & “we”", crisis="")])
    reviewed("L-1")
    text = html(read())
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “we”" in text
    for never in ("<script", "http", "src=", "@import", "url(", "L-1", "Title", "Hana"):
        assert never not in text, never
    assert "@media print" in text
    assert "There is nothing to read here yet." in html(Digest("", read().day, (), (), (), ""))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((1, 0, 0, 0), "One lesson is in the digest for employees."),
        (
            (0, 1, 2, 0),
            "No lessons are in the digest for employees; one waits for a review and two have no summary yet.",
        ),
        (
            (2, 0, 0, 2),
            "Two lessons are in the digest for employees; two stay out, being of a restricted or privileged crisis.",
        ),
    ],
)
def test_the_digest_in_a_sentence(counts: tuple[int, int, int, int], told: str) -> None:
    assert say.digest(*counts) == told


def test_where_a_lesson_stands_in_a_sentence() -> None:
    assert say.next_step("learned", {"rejected": ["leadership"]}) == "Learned: it held."
    assert say.next_step("rejected", {}) == "Rejected."
    assert (
        say.next_step("observation", {"identified": ["an analyst"]})
        == "Observed. Next: to be identified as a lesson, by an analyst."
    )
    assert (
        say.written_down("March 2025", "One approver", "learned")
        == "We wrote this down in March 2025: “One approver”, learned since."
    )
    assert say.written_down(None, "t", "rejected") == "We wrote this down before: “t”, rejected."
