"""Crises and events by hand: who may, what is refused, two people at once, and that files never win in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from data.access import Viewer
from data.commands import hand, protected
from data.commands.batches import UndoRefused
from data.commands.entries import HandRefused, when
from data.commands.hand import Stale
from data.commands.merging import merge
from data.commands.records import Origin, Record, store
from data.engine import reading, writing
from data.enums import Role
from data.keys import of_event
from data.queries import hand as queries
from data.queries import provenance
from data.queries.crises import crises
from data.queries.reviews import meeting
from data.tables import Alias, AuditEntry, Crisis, CrisisRole, Edit, Event, Gap, Review, Sighting
from tests.data.world import NOON, crisis, gap, imported, minutes, one, open_batch, rows, undo

ADMIN, ANALYST = Viewer("Ada", Role.ADMIN), Viewer("Noor", Role.ANALYST)
LEADER, LEGAL, HR = Viewer("Lea", Role.LEADERSHIP), Viewer("Lex", Role.LEGAL), Viewer("Hana", Role.HR)
DETECTED = {"occurred_at": NOON, "milestone": "detected"}
STATEMENT = {"occurred_at": NOON + minutes(120), "milestone": "statement", "audience": "public", "platform": "X"}


def enter(code: str = "2026-03-thread", *events: dict[str, Any], **values: Any) -> list[int]:
    with writing() as session:
        hand.enter_crisis(session, ANALYST, code, {"title": "The thread"} | values)
        return [hand.enter_event(session, ANALYST, code, event) for event in events]


def correct(event: int, viewer: Viewer = ANALYST, seen: queries.Seen | None = None, **changes: Any) -> None:
    with writing() as session:
        hand.correct_event(session, viewer, event, changes, reason="The log was wrong", seen=seen)


def seen(event: int) -> queries.Seen:
    with reading() as session:
        entry = queries.event(session, ADMIN, event)
        assert entry is not None
        return entry.seen


def file_event(code: str, row: int = 2, **values: Any) -> Record:
    """An event as the incidents stream hands it over."""
    blank = dict.fromkeys(("occurred_on", "function", "audience", "platform", "detected_by", "description"))
    said = blank | {"milestone": "detected", "occurred_at": NOON} | values
    return Record(of_event(code.casefold(), said), row, {"crisis_id": one(Crisis, code.casefold())["id"], **said})


# --- entering ------------------------------------------------------------------------------------------------------


def test_a_crisis_with_two_events_is_entered_and_says_so(database: str) -> None:
    detected, statement = enter("2026-03-thread", DETECTED, STATEMENT, severity=3, topics=["thread"])
    assert rows(Crisis, "code", "title", "severity", "topics", "status", "batch_id", "version") == [
        ("2026-03-thread", "The thread", 3, ["thread"], "open", None, 1)
    ]
    assert rows(Edit, "action", "record", "actor", "role", "field") == [
        ("entered", "crisis", "Noor", "analyst", None),
        ("entered", "event", "Noor", "analyst", None),
        ("entered", "event", "Noor", "analyst", None),
    ]
    with reading() as session:
        sources = provenance.of_events(session, [detected, statement])
        assert provenance.at_places(provenance.places(session, Event).values()) == sources
    assert [(file.batch, file.file) for file in sources.files] == [(None, "entered by hand")]
    assert sources.rows == 2


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "Title is missing."),
        ({"title": "  "}, "Title is missing."),
        ({"title": "x" * 301}, "Title has at most 300 characters."),
        ({"title": "t", "severity": 5}, "Severity is a whole number from 1 to 4."),
        ({"title": "t", "timezone": "Mars"}, "Time zone is a zone such as Europe/Lisbon."),
        ({"title": "t", "status": "closed"}, "Status is one of open, resolved, reviewed."),
        ({"title": "t", "legal_hold": True}, "“legal_hold” is not a field that can be entered."),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_stored_is_refused_in_words(database: str, values: dict[str, Any], why: str) -> None:
    with writing() as session, pytest.raises(HandRefused) as refusal:
        hand.enter_crisis(session, ADMIN, "A", values)
    assert str(refusal.value) == why


def test_a_code_is_taken_whoever_spells_it(database: str) -> None:
    enter("2026-03-Thread")
    with writing() as session, pytest.raises(HandRefused, match="“2026-03-thread” is taken"):
        hand.enter_crisis(session, ADMIN, "2026-03-thread", {"title": "t"})
    with writing() as session, pytest.raises(HandRefused, match="at most 80 characters"):
        hand.enter_crisis(session, ADMIN, " ", {"title": "t"})


def test_an_event_is_entered_once(database: str) -> None:
    enter("A", STATEMENT)
    with writing() as session, pytest.raises(HandRefused, match="holds this event already"):
        hand.enter_event(session, ANALYST, "a", STATEMENT)


@pytest.mark.parametrize(
    ("text", "zone", "moment", "day"),
    [
        ("2026-03-02", "Europe/Berlin", datetime(2026, 3, 1, 23, tzinfo=UTC), date(2026, 3, 2)),
        ("2026-03-02 09:15", "Europe/Berlin", datetime(2026, 3, 2, 8, 15, tzinfo=UTC), None),
        ("2026-03-02T09:15+05:45", "Europe/Berlin", datetime(2026, 3, 2, 3, 30, tzinfo=UTC), None),
    ],
)
def test_times_are_read_in_the_zone_of_the_crisis(text: str, zone: str, moment: datetime, day: date | None) -> None:
    assert when(text, zone, today=date(2026, 3, 2)) == (moment, day)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-03-29 02:30", "did not exist in Europe/Berlin"),
        ("2025-10-26 02:30", "happened twice in Europe/Berlin"),
        ("soon", "“soon” is not a time"),
        ("2026-04-02", "after tomorrow"),
        ("1989-12-31 10:00", "before 1990"),
    ],
)
def test_times_that_are_none_are_refused(text: str, why: str) -> None:
    with pytest.raises(HandRefused, match=why):
        when(text, "Europe/Berlin", today=date(2026, 3, 31))


# --- correcting ----------------------------------------------------------------------------------------------------


def test_a_correction_is_told_with_who_from_and_to(database: str) -> None:
    (event,) = enter("A", STATEMENT)
    correct(event, LEADER, occurred_at=NOON + minutes(60), description="We are sorry")
    with reading() as session:
        told = queries.history(session, LEADER, "a")
    assert told["action"].tolist() == ["corrected", "corrected", "entered", "entered"]
    assert told.loc[told["field"] == "occurred_at", ["before", "after", "actor", "reason"]].to_numpy().tolist() == [
        ["2026-03-02T14:00:00+00:00", "2026-03-02T13:00:00+00:00", "Lea", "The log was wrong"]
    ]
    assert seen(event).version == 2


def test_the_second_of_two_people_is_told_and_shown_both(database: str) -> None:
    (event,) = enter("A", STATEMENT)
    mine = seen(event)
    correct(event, LEADER, seen=mine, occurred_at=NOON + minutes(60))
    with pytest.raises(Stale, match="Lea changed it since you opened it") as told:
        correct(event, ANALYST, seen=mine, occurred_at=NOON + minutes(30))
    assert told.value.present.values["occurred_at"] == NOON + minutes(60)
    assert told.value.by == "Lea"
    assert seen(event).values["occurred_at"] == NOON + minutes(60)
    correct(event, ANALYST, seen=told.value.present, occurred_at=NOON + minutes(30))
    assert (seen(event).version, seen(event).values["occurred_at"]) == (3, NOON + minutes(30))


def test_a_file_that_came_in_between_is_told_too(database: str) -> None:
    imported(Crisis, crisis("A", severity=1))
    with reading() as session:
        entry = queries.crisis(session, ADMIN, "A")
    assert entry is not None
    imported(Crisis, crisis("A", severity=2, platform="X"))
    with writing() as session, pytest.raises(Stale, match="It was changed since"):
        hand.correct_crisis(session, ADMIN, "A", {"severity": 4}, seen=entry.seen)
    with writing() as session:  # of what the file did not touch, nothing is in the way
        hand.correct_crisis(session, ADMIN, "A", {"title": "New"}, seen=entry.seen)
    assert (one(Crisis, "a")["severity"], one(Crisis, "a")["platform"], one(Crisis, "a")["title"]) == (2, "X", "New")


def test_a_correction_needs_a_reason_and_a_change(database: str) -> None:
    (event,) = enter("A", STATEMENT)
    with writing() as session, pytest.raises(HandRefused, match="needs a reason"):
        hand.correct_event(session, ADMIN, event, {"function": "PR"}, reason=" ")
    with pytest.raises(HandRefused, match="Nothing was changed"):
        correct(event, platform="X")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_may(database: str) -> None:
    (event,) = enter("A", STATEMENT)
    refused: list[tuple[str, Viewer]] = []
    for who in (ADMIN, ANALYST, LEADER, LEGAL, HR):
        deeds: dict[str, Any] = {
            "crisis": lambda s, v: hand.enter_crisis(s, v, v.name, {"title": "t"}),
            "event": lambda s, v: hand.enter_event(s, v, "A", DETECTED | {"description": v.name}),
            "correct": lambda s, v: hand.correct_event(s, v, event, {"description": v.name}, reason="r"),
            "edit": lambda s, v: hand.correct_crisis(s, v, "A", {"title": v.name}),
            "merge": lambda s, v: merge(s, v, v.name, "A"),
            "restrict": lambda s, v: hand.restrict(s, v, "A", [v.role, Role.ANALYST, Role.LEADERSHIP]),
            "counsel": lambda s, v: hand.counsel(s, v, "A", {"privilege_banner": v.name}),
        }
        for name, deed in deeds.items():
            try:
                with writing() as session:
                    deed(session, who)
            except HandRefused:
                refused.append((name, who))
    may = {name: [v.name for v in (ADMIN, ANALYST, LEADER, LEGAL, HR) if (name, v) not in refused] for name in deeds}
    assert may == {
        "crisis": ["Ada", "Noor"], "event": ["Ada", "Noor"], "correct": ["Ada", "Noor", "Lea"],
        "edit": ["Ada", "Noor"], "merge": ["Ada", "Noor"], "restrict": ["Ada"],
        "counsel": ["Ada"],
    }  # fmt: skip


def test_legal_restricts_but_not_themselves_out(database: str) -> None:
    (event,) = enter("A", STATEMENT)
    with writing() as session, pytest.raises(HandRefused, match="no longer see"):
        hand.restrict(session, LEGAL, "A", [Role.HR])
    with writing() as session:
        hand.restrict(session, LEGAL, "A", [Role.LEGAL])
    assert rows(CrisisRole, "role") == [(Role.LEGAL,)]
    with reading() as session:
        assert crises(session, ANALYST).empty
        assert queries.history(session, ANALYST, "A").empty
        assert queries.event(session, ANALYST, event) is None
    with pytest.raises(HandRefused, match="There is no such event"):
        correct(event, LEADER, function="PR")
    _, stored = imported(Crisis, crisis("A", restricted_to=["hr"]))
    assert [(held.field, held.stands) for held in stored.held] == [("restricted_to", ["legal"])]
    assert rows(CrisisRole, "role") == [(Role.LEGAL,)]
    with writing() as session:
        hand.restrict(session, LEGAL, "A", [])
    assert rows(CrisisRole) == []


def test_legal_sets_banner_hold_and_countersignature_with_a_history(database: str) -> None:
    number, _ = imported(Crisis, crisis("A"))
    with reading() as session:
        before = queries.crisis(session, LEGAL, "A")
    assert before is not None
    banner = {"privilege_banner": " Privileged: prepared for counsel ", "legal_hold": "yes"}
    with writing() as session:
        hand.counsel(session, LEGAL, "A", banner, reason="A claim is likely")
    with writing() as session, pytest.raises(Stale):
        hand.counsel(session, LEGAL, "A", {"legal_hold": False, "countersign": True}, seen=before.seen)
    with writing() as session, pytest.raises(HandRefused, match="Legal hold is yes or no"):
        hand.counsel(session, LEGAL, "A", {"legal_hold": "maybe"})
    with writing() as session, pytest.raises(HandRefused, match="“severity” is not a field"):
        hand.counsel(session, LEGAL, "A", {"severity": 4})
    imported(Crisis, crisis("A", severity=2))
    with pytest.raises(UndoRefused):
        undo(number)
    kept = one(Crisis, "a")
    assert (kept["privilege_banner"], kept["legal_hold"], kept["countersign"], kept["severity"]) == (
        "Privileged: prepared for counsel", True, False, 2,
    )  # fmt: skip
    with reading() as session:
        told = queries.history(session, LEGAL, "A")
        assert meeting(session, LEGAL, "A").banner == "Privileged: prepared for counsel"
    assert told[["field", "before", "after", "actor", "reason"]].to_numpy().tolist() == [
        ["legal_hold", False, True, LEGAL.name, "A claim is likely"],
        ["privilege_banner", None, "Privileged: prepared for counsel", LEGAL.name, "A claim is likely"],
    ]
    assert "legal protection of a crisis set" in {action for (action,) in rows(AuditEntry, "action")}


# --- files and hands -----------------------------------------------------------------------------------------------


def test_a_file_meets_the_corrected_event_and_changes_nothing(database: str) -> None:
    imported(Crisis, crisis("A"))
    imported(Event, file_event("A"))
    correct(1, occurred_at=NOON + minutes(30))
    _, stored = imported(Event, file_event("A", row=7, function="PR"), file="later.csv")
    assert [(h.row, h.field, h.stands, h.said, h.replaced) for h in stored.held] == [
        (7, "occurred_at", NOON + minutes(30), NOON, False)
    ]
    assert rows(Event, "occurred_at", "function") == [(NOON + minutes(30), "PR")]


def test_a_file_that_says_what_the_hand_said_meets_the_same_event(database: str) -> None:
    imported(Crisis, crisis("A"))
    imported(Event, file_event("A"))
    correct(1, occurred_at=NOON + minutes(30), description="Seen by support")
    _, stored = imported(Event, file_event("A", occurred_at=NOON + minutes(30), description="Seen by support"))
    assert (stored.held, len(rows(Event))) == ([], 1)


def test_a_file_may_be_asked_to_win(database: str) -> None:
    imported(Crisis, crisis("A", severity=1))
    with writing() as session:
        hand.correct_crisis(session, ADMIN, "A", {"severity": 4})
    with writing() as session:
        number = open_batch(session, "wins.csv")
        stored = store(session, Crisis, [crisis("A", severity=2)], Origin(number, None, over_hand=True))
    assert [(h.field, h.stands, h.said, h.replaced) for h in stored.held] == [("severity", 4, 2, True)]
    assert one(Crisis, "a")["severity"] == 2
    imported(Crisis, crisis("A", severity=3))  # the file had the last word, not the person
    assert one(Crisis, "a")["severity"] == 3
    undo(3)
    undo(number)
    assert one(Crisis, "a")["severity"] == 4


def test_what_was_cleared_by_hand_stays_empty(database: str) -> None:
    imported(Crisis, crisis("A", severity=1, started_at=NOON, started_on=date(2026, 3, 2)))
    with writing() as session:
        hand.correct_crisis(session, ADMIN, "A", {"severity": None, "started_on": None})
    number, stored = imported(Crisis, crisis("A", severity=3, started_at=NOON + minutes(5), platform="X"))
    assert [held.field for held in stored.held] == ["severity", "started_at"]
    undo(number)
    found = one(Crisis, "a")
    assert (found["severity"], found["started_at"], found["started_on"], found["platform"]) == (None, NOON, None, None)


def test_a_status_nobody_chose_is_the_file_s_to_say(database: str) -> None:
    enter("A")
    _, stored = imported(Crisis, crisis("A", status="resolved", title="By file"))
    assert [(held.field, held.said) for held in stored.held] == [("title", "By file")]
    assert (one(Crisis, "a")["status"], one(Crisis, "a")["title"]) == ("resolved", "The thread")


def test_an_undo_never_loses_a_hand_edit(database: str) -> None:
    imported(Crisis, crisis("A"))
    number, _ = imported(Event, file_event("A", row=4))
    later, _ = imported(Event, file_event("A", row=9, function="PR"))
    correct(1, occurred_at=NOON + minutes(30))
    last, _ = imported(Event, file_event("A", row=5, function="HR"))
    for refused in (number, later):
        with pytest.raises(UndoRefused, match="a person has edited"):
            undo(refused)
    undo(last)
    assert rows(Event, "occurred_at", "function", "batch_id") == [(NOON + minutes(30), "PR", None)]


def test_an_entry_stays_when_the_files_that_repeat_it_go(database: str) -> None:
    enter("A", DETECTED)
    number, stored = imported(Event, file_event("A", function="PR"))
    assert (len(rows(Event)), stored.held) == (1, [])
    undo(number)
    assert rows(Event, "milestone", "function", "batch_id") == [("detected", None, None)]


def test_history_and_entries_name_no_protected_term(database: str) -> None:
    imported(Crisis, crisis("A"))
    imported(Event, file_event("A", description="Ada Lovelace saw it"))
    correct(1, description="Ada Lovelace told us", occurred_at=NOON + minutes(10))
    with writing() as session:
        protected.add(session, LEGAL, "A", ["Ada Lovelace"])
    with writing() as session:
        hand.enter_event(session, ANALYST, "A", STATEMENT | {"description": "By Ada Lovelace", "function": "PR"})
        hand.correct_event(session, ANALYST, 1, {"function": "Ada Lovelace"}, reason="Ada Lovelace asked")
    assert "Lovelace" not in repr([rows(table) for table in (Event, Edit, Sighting, Alias)])
    imported(Event, file_event("A", description="[name withheld] saw it"))
    imported(Event, file_event("A", description="[name withheld] told us", occurred_at=NOON + minutes(10)))
    assert len(rows(Event)) == 2


# --- merging -------------------------------------------------------------------------------------------------------


def test_two_crises_become_one(database: str) -> None:
    enter("A", DETECTED, platform="X")
    imported(Crisis, crisis("B", title="Twin", category="Rant", platform="TikTok", topics=["t"], legal_hold=True))
    shared, _ = imported(Event, file_event("B", row=3), file="b.csv")
    number, _ = imported(Event, file_event("B", row=4, **STATEMENT), file="c.csv")
    imported(Gap, gap("G", crisis_id=one(Crisis, "b")["id"]))
    imported(Gap, gap("G", severity=2))
    with writing() as session:
        protected.add(session, LEGAL, "B", ["Ada"])
        merge(session, ANALYST, "b", "A", reason="The same thread")
    a = one(Crisis, "a")
    assert (a["title"], a["category"], a["platform"], a["topics"], a["legal_hold"]) == (
        "The thread", "Rant", "X", ["t"], True,
    )  # fmt: skip
    assert rows(Crisis, "code") == [("A",)]
    assert rows(Event, "milestone", "crisis_id") == [("detected", a["id"]), ("statement", a["id"])]
    assert rows(Gap, "crisis_id") == [(a["id"],)]
    with reading() as session:
        assert queries.codes(session, ANALYST) == {"b": "A"}
        told = queries.history(session, ANALYST, "B")
    assert told.loc[told["action"] == "merged", ["field", "before", "reason"]].to_numpy().tolist()[-1] == [
        None, "B", "The same thread",
    ]  # fmt: skip
    for refused in (1, shared):
        with pytest.raises(UndoRefused):
            undo(refused)
    undo(number)
    assert rows(Event, "milestone", "crisis_id") == [("detected", a["id"])]


def test_the_reason_of_a_merger_names_no_protected_term(database: str) -> None:
    enter("A")
    enter("B")
    with writing() as session:
        protected.add(session, LEGAL, "A", ["Ada Lovelace"])
        merge(session, ANALYST, "B", "A", reason="Both began\nwith Ada Lovelace")
    assert {reason for (reason,) in rows(Edit, "reason") if reason} == {"Both began with [name withheld]"}


def test_files_that_name_the_former_code_go_to_the_crisis_it_is_now(database: str) -> None:
    imported(Crisis, crisis("A"), crisis("B", row=3))
    number, _ = imported(Gap, gap("G", crisis_id=one(Crisis, "b")["id"]))
    imported(Gap, gap("G", severity=2))
    with writing() as session:
        merge(session, ANALYST, "B", "A")
    _, stored = imported(Crisis, crisis("B", title="By file", severity=4))
    assert (rows(Crisis, "code", "title", "severity"), stored.held) == ([("A", "A", None)], [])
    with writing() as session, pytest.raises(HandRefused, match="is taken"):
        hand.enter_crisis(session, ADMIN, "B", {"title": "t"})
    undo(number)
    assert rows(Gap, "crisis_id", "severity") == [(None, 2)]


def test_a_restriction_of_either_stays_in_force(database: str) -> None:
    enter("A")
    enter("B")
    enter("C")
    with writing() as session:
        hand.restrict(session, ADMIN, "B", [Role.LEGAL, Role.ANALYST])
        hand.restrict(session, ADMIN, "C", [Role.HR])
        merge(session, ANALYST, "B", "A")
    assert rows(CrisisRole, "role") == [(Role.ANALYST,), (Role.HR,), (Role.LEGAL,)]
    with writing() as session, pytest.raises(HandRefused, match="restricted to different roles"):
        merge(session, ADMIN, "C", "A")
    with writing() as session, pytest.raises(HandRefused, match="no crisis “C”"):
        merge(session, ANALYST, "C", "A")
    with writing() as session, pytest.raises(HandRefused, match="one crisis already"):
        merge(session, ANALYST, "B", "A")


def test_a_crisis_whose_review_is_signed_does_not_go(database: str) -> None:
    enter("A")
    enter("B")
    with writing() as session:
        session.add(Review(crisis_id=one(Crisis, "b")["id"], signed_at=NOON, signed_by="Lea"))
    with writing() as session, pytest.raises(HandRefused, match="The review of B is signed"):
        merge(session, ADMIN, "B", "A")
    with writing() as session:
        merge(session, ADMIN, "A", "B")
    assert rows(Crisis, "code") == [("B",)]
