"""Files against hands, through the importers: what stands is told with what the file says, and either can be chosen."""

from __future__ import annotations

from data.commands import hand
from data.commands.merging import merge
from data.engine import writing
from data.tables import Crisis, Event
from importers.__main__ import main
from importers.context import Options
from importers.pipeline import Upload, apply, preview
from tests.data.world import NOON, minutes, one, rows
from tests.small import ADMIN, bring, event, log, table

LINES = ("2026-03-02 12:00 detected", "2026-03-02 14:00 statement audience=public")


def corrected() -> None:
    """A log whose detection was corrected by hand to half an hour later."""
    log("thread", *LINES)
    with writing() as session:
        hand.correct_event(session, ADMIN, 1, {"occurred_at": NOON + minutes(30)}, reason="The mail says so")


def test_what_a_person_said_stays_and_is_told(database: str) -> None:
    corrected()
    more = [event("thread", line) for line in (*LINES, "2026-03-02 15:00 update audience=public")]
    (done,) = bring("again.csv", more)
    assert (done.new, done.updated, done.duplicate) == (1, 0, 2)
    (told,) = [i for i in done.issues if i.code.startswith("hand-edit")]
    assert (told.code, told.severity, told.row, told.column) == ("hand-edit-kept", "warning", 2, "occurred_at")
    assert told.message == (
        "“occurred_at” of this event was set by hand and stays 2026-03-02 12:30 UTC; the file says 2026-03-02 12:00 UTC. "
        "To take the file's word, import it with --over-hand-edits."
    )
    assert one(Event, rows(Event, "key")[0][0])["crisis_id"] == 1
    assert (NOON + minutes(30),) in rows(Event, "occurred_at")
    assert (NOON,) not in rows(Event, "occurred_at")


def test_the_file_s_word_is_taken_where_it_is_asked_for(database: str) -> None:
    corrected()
    upload = Upload("again.csv", table([event("thread", line) for line in LINES[:1]]))
    (kept,) = preview(upload, Options(), ADMIN)
    (taken,) = apply(upload, Options(over_hand=True), ADMIN)
    assert ([i.code for i in kept.issues], [i.code for i in taken.issues]) == (
        ["hand-edit-kept"],
        ["hand-edit-replaced"],
    )
    assert kept.effects != taken.effects
    assert (NOON,) in rows(Event, "occurred_at")


def test_the_command_asks_for_it_too(database: str, tmp_path: object, capsys: object) -> None:
    from pathlib import Path

    corrected()
    file = Path(str(tmp_path)) / "again.csv"
    file.write_bytes(table([event("thread", LINES[0])]))
    assert main([str(file), "--over-hand-edits"]) == 0
    assert (NOON,) in rows(Event, "occurred_at")


def test_the_options_of_earlier_imports_keep_their_fingerprint() -> None:
    assert Options().as_dict() == {}
    assert Options(over_hand=True).as_dict() == {"over_hand": "True"}


def test_a_file_that_names_a_merged_crisis_goes_to_the_other(database: str) -> None:
    log("thread", LINES[0])
    log("twin", LINES[1], name="twin.csv")
    with writing() as session:
        merge(session, ADMIN, "twin", "thread")
    (done,) = bring(
        "twin2.csv", [event("twin", line) for line in (LINES[1], "2026-03-02 15:00 update audience=public")]
    )
    assert (done.new, done.duplicate) == (1, 1)
    assert rows(Crisis, "code") == [("thread",)]
    assert len(rows(Event)) == 3
