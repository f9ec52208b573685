"""Taking a batch back leaves the database as if it had never been imported; later ones stay."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from data.access import LOCAL
from data.commands import batches
from data.commands.records import Origin, Record, ids
from data.commands.scores import Scored, store_scores
from data.engine import reading, writing
from data.enums import BatchStatus
from data.tables import (
    Answer,
    AuditEntry,
    Batch,
    BatchSheet,
    Crisis,
    CrisisRole,
    DailyTotal,
    Event,
    Gap,
    Lesson,
    Post,
    ProtectedTerm,
    Question,
    Response,
    Review,
    Sighting,
    Wave,
)
from tests.data.world import (
    HISTORY,
    NOON,
    crisis,
    dump,
    event,
    gap,
    imported,
    minutes,
    one,
    open_batch,
    post,
    put,
    rows,
    total,
    undo,
)

DAY = date(2026, 3, 2)
RECORDS = HISTORY - {"sighting"}


def crisis_id(code: str) -> int:
    with reading() as session:
        return ids(session, Crisis, [code])[code]


def test_the_last_of_two_leaves_exactly_the_former_state(database: str) -> None:
    """Every column type takes part: moments, days, numbers, words, lists, switches."""
    imported(Crisis, crisis("a", started_at=NOON, started_on=DAY, severity=2, topics=["x"], status="open"))
    imported(Event, event("e", crisis_id("a"), description="One", audience="public"))
    imported(Gap, gap("G", opened_on=DAY, target=1.5, status="planned"))
    imported(Post, post("p", sentiment=0.5, polarity=1, scored_by="export_score"), post("q", DAY, row=3))
    imported(DailyTotal, total(DAY, 10, positive=4))
    before = dump(without=HISTORY)
    with writing() as session:
        number = open_batch(session, "b.xlsx")
        origin = Origin(number, "s")
        put(
            session,
            Crisis,
            [crisis("a", started_at=NOON + minutes(9), severity=4, topics=[], status="resolved")],
            origin,
        )
        put(session, Crisis, [crisis("b", row=3)], origin)
        put(session, Event, [event("e", 1, function="PR"), event("f", ids(session, Crisis, ["b"])["b"], row=3)], origin)
        put(session, Gap, [gap("G", opened_on=date(2026, 4, 1), target=2.0, status="open", metric="m")], origin)
        put(
            session,
            Post,
            [post("p", NOON + minutes(20), likes=1, polarity=-1), post("q", NOON, row=3), post("r")],
            origin,
        )
        put(session, DailyTotal, [total(DAY, 12), total(date(2026, 3, 3), 1, row=3)], origin)
    assert dump(without=HISTORY) != before
    undo(number)
    assert dump(without=HISTORY) == before


def test_the_first_of_two_leaves_what_the_second_alone_would_make(database: str) -> None:
    imported(Gap, gap("other"))
    with writing() as session:
        session.add(Gap(key="by-hand", code="h", title="t", section="s"))
    first, _ = imported(Gap, gap("G", row=4, severity=1, metric="m", opened_on=DAY), gap("H", row=5))
    second, _ = imported(Gap, gap("G", row=8, title="Second", due_on=DAY), gap("I", row=9), file="b.csv")
    undo(first)
    found = one(Gap, "G")
    assert (found["title"], found["severity"], found["metric"], found["opened_on"]) == ("Second", None, None, None)
    assert (found["due_on"], found["batch_id"], found["row"], found["status"]) == (DAY, second, 8, "open")
    assert rows(Gap, "key") == [("G",), ("I",), ("by-hand",), ("other",)]
    assert rows(Sighting) == []


def test_a_record_of_one_batch_goes_with_it(database: str) -> None:
    before = dump(without=HISTORY - {"sighting"})
    number, _ = imported(Gap, gap("G"), gap("G", row=3, severity=2))
    undo(number)
    assert dump(without=HISTORY - {"sighting"}) == before


def test_the_middle_of_three(database: str) -> None:
    first, _ = imported(Gap, gap("G", severity=1, metric="a"))
    second, _ = imported(Gap, gap("G", row=5, severity=2, evidence="b"))
    imported(Gap, gap("G", row=6, severity=2))
    undo(second)
    found = one(Gap, "G")
    assert (found["severity"], found["metric"], found["evidence"], found["row"]) == (2, "a", None, 6)
    undo(first)
    found = one(Gap, "G")
    assert (found["severity"], found["metric"], found["row"]) == (2, None, 6)


def test_a_duplicate_row_never_becomes_the_place(database: str) -> None:
    first, _ = imported(Gap, gap("G", severity=1))
    second, _ = imported(Gap, gap("G", row=5, severity=2))
    imported(Gap, gap("G", row=6, severity=1), file="c.csv")
    undo(second)
    assert (one(Gap, "G")["batch_id"], one(Gap, "G")["row"]) == (first, 2)


def test_two_rows_of_one_file_keep_the_later_one(database: str) -> None:
    imported(Gap, gap("G", severity=1, metric="a"), gap("G", row=3, severity=2))
    second, _ = imported(Gap, gap("G", row=9, severity=3))
    undo(second)
    assert (one(Gap, "G")["severity"], one(Gap, "G")["metric"], one(Gap, "G")["row"]) == (2, "a", 3)


def test_defaults_return_where_only_they_are_left(database: str) -> None:
    first, _ = imported(Crisis, crisis("A", title="The thread", severity=3, status="resolved", topics=["t"]))
    imported(Crisis, crisis("a", row=4, platform="X"))
    undo(first)
    assert rows(Crisis, "code", "title", "severity", "status", "topics", "platform") == [
        ("a", "a", None, "open", [], "X")
    ]


def test_what_was_entered_by_hand_stays(database: str) -> None:
    with writing() as session:
        session.add(Gap(key="G", code="G", title="By hand", section="s", severity=3))
    before = dump(without=HISTORY)
    first, _ = imported(Gap, gap("G", severity=3, title="By hand", section="s"))
    second, _ = imported(Gap, gap("G", title="By file"))
    undo(second)
    undo(first)
    assert dump(without=HISTORY) == before


def test_an_edit_by_hand_stays_where_a_later_file_is_taken_back(database: str) -> None:
    imported(Gap, gap("G", severity=1))
    with writing() as session:
        session.get_one(Gap, 1).root_cause = "haste"
    number, _ = imported(Gap, gap("G", severity=2))
    undo(number)
    assert (one(Gap, "G")["severity"], one(Gap, "G")["root_cause"]) == (1, "haste")


def test_what_a_person_edited_since_is_not_taken_back(database: str) -> None:
    number, _ = imported(Gap, gap("G", severity=1), gap("H", row=3), gap("I", row=7), sheet="gaps")
    with writing() as session:
        put(session, Gap, [gap("G", severity=4), gap("I", title="Edited")], Origin(None, None))
    assert refused(number) == (
        f"Batch {number} can't be undone: a person has edited what it brought since (sheet gaps, row 2; sheet gaps, row 7)."
    )
    later, _ = imported(Gap, gap("G", severity=2))  # came after the edit: taking it back leaves the edit
    undo(later)
    assert one(Gap, "G")["severity"] == 4


def test_a_wave_keeps_the_salt_its_respondents_were_hashed_with(database: str) -> None:
    wave = {"name": "w", "audience": "employees"}
    first, _ = imported(Wave, Record("w", 2, wave | {"invited": 9}, {"salt": "one", "k": 5}))
    imported(Wave, Record("w", 2, wave, {"salt": "two", "k": 6}))
    undo(first)
    assert rows(Wave, "salt", "k", "invited") == [("one", 6, None)]


def test_restrictions_return(database: str) -> None:
    imported(Crisis, crisis("a", restricted_to=["legal"]), crisis("b"))
    number, _ = imported(Crisis, crisis("a", restricted_to=["legal", "hr"]), crisis("b", restricted_to=["hr"]))
    assert len(rows(CrisisRole)) == 3
    undo(number)
    assert rows(CrisisRole, "crisis_id", "role") == [(crisis_id("a"), "legal")]


# --- roll-ups and scores -------------------------------------------------------------------------------------------


def test_roll_ups_return_with_their_posts(database: str) -> None:
    imported(Post, post("p", sentiment=0.5, polarity=1, likes=3), post("d", DAY, row=3))
    imported(DailyTotal, total(DAY, 10, positive=4))
    before = dump(without=HISTORY)
    assert len(before["quarter_rollup"]) == 1
    assert len(before["day_rollup"]) == 2
    number, _ = imported(Post, post("p", NOON + minutes(60), likes=9), post("e", DAY, row=3), post("x", row=4))
    of_totals, _ = imported(DailyTotal, total(DAY, 11), total(date(2026, 3, 9), 5, row=3))
    undo(number)
    undo(of_totals)
    assert dump(without=HISTORY) == before


def test_a_score_survives_the_undo_of_a_file_that_only_repeated_the_post(database: str) -> None:
    imported(Post, post("p", text="Good"))
    number, _ = imported(Post, post("p", text="Good"))
    with writing() as session:
        store_scores(session, [Scored("p", "en", 0.4, 1)])
    before = dump(without=HISTORY)
    undo(number)
    assert dump(without=HISTORY) == before


def test_a_label_taken_back_gives_the_lexicon_its_place_again(database: str) -> None:
    imported(Post, post("p", text="Good"))
    with writing() as session:
        store_scores(session, [Scored("p", "en", 0.4, 1)])
    before = dump(without=HISTORY)
    number, _ = imported(Post, post("p", polarity=-1, scored_by="export_label"))
    undo(number)
    assert dump(without=HISTORY) == before


def test_a_text_taken_back_waits_for_the_lexicon_again(database: str) -> None:
    first, _ = imported(Post, post("p", text="Good"))
    imported(Post, post("p", text="Bad"))
    with writing() as session:
        store_scores(session, [Scored("p", "en", -0.4, -1)])
    undo(first)
    assert rows(Post, "text", "sentiment", "polarity", "scored_by") == [("Bad", -0.4, -1, "lexicon")]
    number, _ = imported(Post, post("p", text="Ugly"))
    with writing() as session:
        store_scores(session, [Scored("p", "en", -0.9, -1)])
    undo(number)
    assert rows(Post, "text", "sentiment") == [("Bad", -0.4)]


# --- refusals ------------------------------------------------------------------------------------------------------


def refused(number: int) -> str:
    before = dump()
    with pytest.raises(batches.UndoRefused) as caught:
        undo(number)
    assert dump() == before
    return str(caught.value)


def test_what_others_rest_on_is_not_taken_back(database: str) -> None:
    first, _ = imported(Crisis, crisis("a"), crisis("b"))
    other, _ = imported(Gap, gap("G", crisis_id=crisis_id("a")))
    assert f"Batch {first} can't be undone: later imports or entries rest on records that only it brought" in refused(
        first
    )
    undo(other)
    undo(first)
    assert rows(Crisis) == []


@pytest.mark.parametrize("table", [Event, Review, ProtectedTerm])
def test_what_was_entered_for_a_crisis_is_not_lost_with_it(database: str, table: type) -> None:
    number, _ = imported(Crisis, crisis("a"))
    values = {Event: {"key": "e", "occurred_at": NOON, "milestone": "posted"}, ProtectedTerm: {"term": "Jo"}}
    with writing() as session:
        session.add(table(crisis_id=crisis_id("a"), **values.get(table, {})))
    assert "can't be undone" in refused(number)


def test_a_lesson_that_names_a_gap_of_another_file_keeps_it(database: str) -> None:
    first, _ = imported(Gap, gap("G"))
    with reading() as session:
        gap_id = ids(session, Gap, ["G"])["G"]
    second, _ = imported(Lesson, Record("L", 2, {"code": "L", "title": "t", "observation": "o", "gap_id": gap_id}))
    assert "can't be undone" in refused(first)
    undo(second)
    undo(first)


def test_a_survey_goes_as_a_whole(database: str) -> None:
    before = dump(without=HISTORY)
    with writing() as session:
        number = open_batch(session)
        origin = Origin(number, None)
        put(session, Wave, [Record("w", 2, {"name": "w"}, {"salt": "s", "k": 5})], origin)
        put(session, Question, [Record("q", 2, {"text": "q", "kind": "scale"})], origin)
        put(session, Response, [Record("r", 2, {"wave_id": 1, "respondent": "r"})], origin)
        put(session, Answer, [Record("a", 2, {"response_id": 1, "question_id": 1, "value": 4})], origin)
    undo(number)
    assert dump(without=HISTORY) == before


def test_a_batch_is_taken_back_once(database: str) -> None:
    number, _ = imported(Gap, gap("G"))
    undo(number)
    assert refused(number) == f"There is no applied batch {number}."
    assert refused(99) == "There is no applied batch 99."


def test_a_refusal_that_is_caught_leaves_nothing_half_done(database: str) -> None:
    first, _ = imported(Crisis, crisis("a"))
    imported(Gap, gap("G", crisis_id=crisis_id("a")))
    before = dump(without=HISTORY - {"sighting"})
    with writing() as session:
        with pytest.raises(batches.UndoRefused):
            batches.undo(session, LOCAL, first)
        batches.audit.record(session, LOCAL, "went on")
    assert dump(without=HISTORY - {"sighting"}) == before
    assert rows(AuditEntry, "action")[-1] == ("went on",)


# --- what is said of a batch ---------------------------------------------------------------------------------------


def test_a_batch_is_kept_as_undone_and_told(database: str) -> None:
    number, _ = imported(Gap, gap("G"))
    undo(number)
    with reading() as session:
        batch = session.get_one(Batch, number)
        told = [(entry.action, entry.target) for entry in session.exec(select(AuditEntry).order_by(AuditEntry.id))]
    assert batch.status is BatchStatus.UNDONE
    assert batch.undone_at is not None
    assert told == [("file imported", f"batch {number}"), ("import undone", f"batch {number}")]


def test_only_an_applied_batch_is_found_by_its_fingerprint(database: str) -> None:
    number, _ = imported(Gap, gap("G"))
    with reading() as session:
        fingerprint = session.get_one(Batch, number).fingerprint
        assert batches.applied(session, fingerprint).id == number
        assert batches.applied(session, "other") is None
    undo(number)
    with reading() as session:
        assert batches.applied(session, fingerprint) is None


def test_sheets_and_issues_are_stored(database: str) -> None:
    counts = {"rows": 3, "new": 1, "updated": 0, "duplicate": 0, "rejected": 1, "skipped": 1}
    with writing() as session:
        number = open_batch(session)
        sheet = BatchSheet(batch_id=number, sheet="s", kind="gaps", format="f", **counts)
        batches.close_sheet(session, sheet, [{"code": "c", "severity": "error", "row": 4, "message": "m"}])
    assert rows("batch_issue", "batch_id", "code", "row", "column", "message") == [(number, "c", 4, None, "m")]
    assert rows(BatchSheet, "batch_id", *counts) == [(number, *counts.values())]
