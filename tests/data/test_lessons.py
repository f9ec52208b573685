"""Lessons by hand: who writes and moves what, what an approval asks for, two people at once, and what employees read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.access import Viewer
from data.commands import hand, lessons, protected
from data.commands.entries import HandRefused
from data.commands.hand import Stale
from data.engine import reading, writing
from data.enums import LessonStatus, Role
from data.lesson_paths import MOVES, next_steps
from data.queries import lessons as queries
from data.queries.hand import Seen
from data.share_safe import problems
from data.tables import Gap, Lesson
from tests.data.world import NOON, gap, imported, one, rows, undo
from tests.small import bring

ADMIN, ANALYST = Viewer("Ada", Role.ADMIN), Viewer("Noor", Role.ANALYST)
LEADER, LEGAL, HR = Viewer("Lea", Role.LEADERSHIP), Viewer("Lex", Role.LEGAL), Viewer("Hana", Role.HR)
SAID = {"title": "One approver", "observation": "It waited for one person."}
BORNE_OUT = {"evidence": "Three hours twice", "counter_evidence": "27 min in April", "confidence": "probable"}
S = LessonStatus


def enter(viewer: Viewer = ANALYST, code: str = "", **values: Any) -> str:
    with writing() as session:
        return lessons.enter(session, viewer, SAID | values, code)


def correct(code: str, viewer: Viewer = ANALYST, seen: Seen | None = None, **changes: Any) -> None:
    with writing() as session:
        lessons.correct(session, viewer, code, changes, seen=seen)


def move(code: str, to: LessonStatus, viewer: Viewer = ADMIN, reason: str = "") -> None:
    with writing() as session:
        lessons.move(session, viewer, code, to, reason=reason)


def review(code: str, viewer: Viewer = HR) -> None:
    with writing() as session:
        lessons.review(session, viewer, code)


def seen(code: str, viewer: Viewer = ADMIN) -> Seen:
    with reading() as session:
        entry = queries.lesson(session, viewer, code)
        assert entry is not None
        return entry.seen


def told(code: str, viewer: Viewer = ADMIN) -> list[tuple[Any, ...]]:
    with reading() as session:
        found = queries.history(session, viewer, code)
    return list(found[["actor", "field", "before", "after", "reason"]].itertuples(index=False, name=None))


# --- writing down and editing --------------------------------------------------------------------------------------


def test_a_lesson_goes_its_way_and_every_step_is_told(database: str) -> None:
    assert enter(HR) == "L-01"
    correct("l-01", ANALYST, **BORNE_OUT, tags=["approval"])
    for to, viewer in ((S.IDENTIFIED, ANALYST), (S.APPROVED, LEADER), (S.IMPLEMENTED, ANALYST), (S.LEARNED, LEADER)):
        move("L-01", to, viewer)
    assert rows(Lesson, "code", "status", "evidence", "confidence", "tags", "version", "batch_id") == [
        ("L-01", "learned", "Three hours twice", "probable", ["approval"], 6, None)
    ]
    assert one(Lesson, "l-01")["learned_on"] is not None
    steps = [(actor, before, after) for actor, field, before, after, _ in told("L-01") if field == "status"]
    assert steps[::-1] == [
        ("Noor", "observation", "identified"), ("Lea", "identified", "approved"),
        ("Noor", "approved", "implemented"), ("Lea", "implemented", "learned"),
    ]  # fmt: skip
    with reading() as session:
        assert list(queries.implemented_on(session)) == ["l-01"]


def test_what_a_lesson_names_is_stored_by_what_it_is(database: str) -> None:
    imported(Gap, gap("g-03"), gap("g-04"))
    with writing() as session:
        hand.enter_crisis(session, ANALYST, "Thread", {"title": "Thread"})
        hand.enter_event(session, ANALYST, "thread", {"occurred_at": NOON, "milestone": "statement"})
        (key,) = queries.event_keys(session, ANALYST, "thread")
    enter(crisis="thread", gap="G-03", events=[key], metrics=["time_to_first_statement"])
    assert {name: seen("L-01").values[name] for name in ("crisis", "gap", "events")} == {
        "crisis": "Thread", "gap": "g-03", "events": [key],
    }  # fmt: skip
    correct("L-01", gap="G-04", crisis=None)
    assert {(field, before, after) for _, field, before, after, _ in told("L-01") if field} == {
        ("gap", "g-03", "g-04"), ("crisis", "Thread", None),
    }  # fmt: skip
    correct("L-01", events=[])
    assert told("L-01")[0][1:4] == ("events", ["statement of 2026-03-02 12:00 UTC"], [])
    with writing() as session, pytest.raises(HandRefused, match="no gap “G-9”"):
        lessons.correct(session, ANALYST, "L-01", {"gap": "G-9"})
    with writing() as session, pytest.raises(HandRefused, match="no such event"):
        lessons.correct(session, ANALYST, "L-01", {"events": ["other"]})


def test_an_event_that_a_name_is_masked_in_stays_the_evidence(database: str) -> None:
    with writing() as session:
        hand.enter_crisis(session, ANALYST, "thread", {"title": "Thread"})
        said = {"occurred_at": NOON, "milestone": "statement", "description": "Wanda spoke"}
        hand.enter_event(session, ANALYST, "thread", said)
        (before,) = queries.event_keys(session, ANALYST, "thread")
    enter(crisis="thread", events=[before])
    correct("L-01", events=[before], tags=["a"])
    with writing() as session:
        protected.add(session, ADMIN, "thread", ["Wanda"])
        (after,) = queries.event_keys(session, ANALYST, "thread")
    assert after != before
    assert seen("L-01").values["events"] == [after]


def test_the_second_of_two_people_is_told(database: str) -> None:
    enter()
    before = seen("L-01")
    correct("L-01", LEADER, discussion="Theirs")
    with pytest.raises(Stale) as refusal:
        correct("L-01", ANALYST, before, discussion="Mine")
    assert (refusal.value.by, refusal.value.present.values["discussion"]) == ("Lea", "Theirs")
    correct("L-01", ANALYST, refusal.value.present, discussion="Mine")
    assert one(Lesson, "l-01")["discussion"] == "Mine"


def test_a_file_does_not_win_over_a_person_and_the_edit_outlives_its_undo(database: str) -> None:
    row = {"lesson": "L-07", "title": "Texts", "observation": "Quick", "status": "identified", "confidence": "possible"}
    bring("a.csv", [row])
    correct("L-07", confidence="confirmed")
    later = bring("b.csv", [row | {"confidence": "probable", "discussion": "More"}])
    found = one(Lesson, "l-07")
    assert (found["confidence"], found["discussion"]) == ("confirmed", "More")
    undo(later[0].batch or 0)
    found = one(Lesson, "l-07")
    assert (found["confidence"], found["discussion"], found["status"]) == ("confirmed", None, "identified")
    assert enter() == "L-08"


def test_protected_names_are_masked_as_they_are_typed(database: str) -> None:
    with writing() as session:
        hand.enter_crisis(session, ANALYST, "thread", {"title": "Thread"})
        protected.add(session, ADMIN, "thread", ["Wanda Lark"])
    enter(observation="wanda lark waited", share_safe="Nobody waits for Wanda Lark", tags=["Wanda Lark"])
    found = one(Lesson, "l-01")
    assert "anda" not in f"{found}"
    with pytest.raises(HandRefused, match="a protected name stands in it"):
        review("L-01")


small = pytest.mark.usefixtures("small")


@small
@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": " "}, "Title is missing."),
        ({"observation": ""}, "Observation is missing."),
        ({"observation": "x" * 10_001}, "Observation has at most 10,000 characters."),
        ({"observed_on": date(2999, 1, 1)}, "Observed on lies before 1990 or in the future."),
        ({"status": "learned"}, "“status” is not a field that can be entered."),
        ({"crisis": "nowhere"}, "There is no crisis “nowhere”."),
    ],
)
def test_what_cannot_be_stored_is_refused_in_words(values: dict[str, Any], why: str) -> None:
    with pytest.raises(HandRefused) as refusal:
        enter(**values)
    assert str(refusal.value) == why


@small
def test_a_code_is_taken_whoever_spells_it() -> None:
    enter(code="L-40")
    with pytest.raises(HandRefused, match="“l-40” is taken"):
        enter(code="l-40")
    assert enter() == "L-41"


# --- the way -------------------------------------------------------------------------------------------------------


@small
def test_who_moves_what() -> None:
    may = {
        role.value: [f"{start} → {to}" for start in S for to in next_steps(start, role)]
        for role in Role
        if role is not Role.ADMIN
    }
    assert may == {
        "leadership": [
            "observation → rejected", "identified → approved", "identified → rejected", "approved → implemented",
            "approved → rejected", "implemented → learned", "implemented → rejected", "learned → rejected",
        ],
        "analyst": [
            "observation → identified", "observation → rejected", "identified → rejected", "approved → implemented",
        ],
        "legal": [], "hr": [], "auditor": [],
    }  # fmt: skip
    assert all(to != start for start, steps in MOVES.items() for to in steps)


@small
@pytest.mark.parametrize(
    ("to", "viewer", "why"),
    [
        (S.APPROVED, ADMIN, "doesn't go from observation to approved"),
        (S.IDENTIFIED, LEADER, "can't move a lesson from observation to identified"),
        (S.REJECTED, ANALYST, "Say why"),
    ],
)
def test_a_step_that_there_is_not(to: LessonStatus, viewer: Viewer, why: str) -> None:
    enter()
    with pytest.raises(HandRefused, match=why):
        move("L-01", to, viewer)


@small
@pytest.mark.parametrize("missing", ["evidence", "counter_evidence", "confidence"])
def test_an_approval_asks_for_evidence_and_for_what_speaks_against_it(missing: str) -> None:
    enter(**{name: value for name, value in BORNE_OUT.items() if name != missing})
    move("L-01", S.IDENTIFIED)
    word = missing.replace("_", "-").capitalize()
    with pytest.raises(HandRefused, match=rf"^{word} must be given before a lesson is approved"):
        move("L-01", S.APPROVED)
    correct("L-01", **({"metrics": ["time_to_detect"]} if missing == "evidence" else {missing: BORNE_OUT[missing]}))
    move("L-01", S.APPROVED)
    assert one(Lesson, "l-01")["status"] == "approved"


@small
def test_what_was_approved_keeps_what_it_rests_on() -> None:
    enter(**BORNE_OUT)
    move("L-01", S.IDENTIFIED)
    move("L-01", S.APPROVED)
    with pytest.raises(HandRefused, match=r"^Counter-evidence can't go: the lesson was approved on it"):
        correct("L-01", counter_evidence=None)
    correct("L-01", counter_evidence="None found in three crises")
    move("L-01", S.REJECTED, LEADER, "It never came back")
    assert told("L-01")[0] == ("Lea", "status", "approved", "rejected", "It never came back")


@small
def test_who_may_not_write() -> None:
    for role in (Role.AUDITOR,):
        with pytest.raises(HandRefused, match="can't write down lessons"):
            enter(Viewer("x", role))
    enter()
    for viewer in (HR, LEGAL):
        with pytest.raises(HandRefused, match="can't edit lessons"):
            correct("L-01", viewer, title="t")


@small
def test_a_lesson_of_a_restricted_crisis_does_not_exist_for_others() -> None:
    with writing() as session:
        hand.enter_crisis(session, ANALYST, "secret", {"title": "Secret"})
        hand.restrict(session, ADMIN, "secret", [Role.LEGAL])
    enter(ADMIN, crisis="secret")
    with reading() as session:
        assert queries.in_full(session, ANALYST).empty
        assert queries.lesson(session, ANALYST, "L-01") is None
        assert queries.history(session, ANALYST, "L-01").empty
        assert queries.in_full(session, LEGAL)["withheld"].tolist() == [True]
    with pytest.raises(HandRefused, match="no lesson “L-01”"):
        correct("L-01", ANALYST, title="t")


# --- what employees read -------------------------------------------------------------------------------------------


@small
def test_a_summary_is_reviewed_as_it_is_and_again_when_it_changes() -> None:
    enter(share_safe="A statement never waits for one person.")
    review("L-01", LEGAL)
    found = seen("L-01").values
    assert (found["reviewed_summary"], found["reviewed_by"]) == (found["share_safe"], "Lex")
    with pytest.raises(HandRefused, match="reviewed already"):
        review("L-01")
    correct("L-01", share_safe="Nothing waits for one person.")
    assert seen("L-01").values["reviewed_summary"] != seen("L-01").values["share_safe"]
    review("L-01")
    assert seen("L-01").values["reviewed_by"] == "Hana"


@small
def test_nobody_reviews_their_own_summary_and_not_everybody_reviews() -> None:
    enter(HR, share_safe="We say sorry first.")
    for viewer, why in ((HR, "wrote this summary yourself"), (LEADER, "can't review"), (ANALYST, "can't review")):
        with pytest.raises(HandRefused, match=why):
            review("L-01", viewer)
    review("L-01", LEGAL)


@small
def test_a_summary_names_no_group_whatever_its_size() -> None:
    bring("c.csv", [{"date": "2026-02-01", "kind": "headcount", "department": "Support", "employees": 400}])
    enter(share_safe="Support told us first.")
    with pytest.raises(HandRefused, match="it names the group “Support”"):
        review("L-01")
    correct("L-01", share_safe="Ask for support early.")
    review("L-01")


@pytest.mark.parametrize(
    ("text", "against"),
    [
        ("We say sorry first.", []),
        ("Ask @wanda", ["an address or a handle stands in it"]),
        ("Ask w@x.example", ["an address or a handle stands in it"]),
        ("[name withheld] told us", ["a protected name stands in it"]),
        ("HR (2) helped", ["it names the group “HR (2)”"]),
        ("HRM is not meant", []),
    ],
)
def test_what_a_machine_can_tell(text: str, against: list[str]) -> None:
    assert problems(text, ["HR", "HR (2)"] if "(2)" not in text else ["HR (2)"]) == against
