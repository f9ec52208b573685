"""The rows behind a number, handed out: each with what is stored of it, and nothing that the viewer may not see."""

from __future__ import annotations

from data.access import Viewer
from data.commands import hand
from data.engine import reading, writing
from data.enums import Role
from data.queries import provenance
from data.queries.behind import rows_behind
from data.queries.provenance import SourceFile, Sources
from tests.data.world import NOON, minutes
from tests.small import log

ADMIN, LEAD = Viewer("Ada", Role.ADMIN), Viewer("Lea", Role.LEADERSHIP)


def behind(sources: Sources, viewer: Viewer) -> list[list[object]]:
    with reading() as session:
        return rows_behind(session, viewer, sources).to_numpy().tolist()


def test_each_row_stands_with_what_is_stored_of_it(database: str) -> None:
    log("A", "2026-03-02 12:00 statement description==1+1", "2026-03-02 12:05 statement")
    with writing() as session:
        hand.enter_event(session, ADMIN, "A", {"occurred_at": NOON + minutes(9), "milestone": "detected"})
    with reading() as session:
        sources = provenance.of_events(session, [1, 2, 3])
    assert behind(sources, ADMIN) == [
        ["log.csv", None, 2, "crisis", "A · A"],
        ["log.csv", None, 2, "event", "2026-03-02 12:00 UTC · statement · =1+1"],
        ["log.csv", None, 3, "event", "2026-03-02 12:05 UTC · statement"],
        ["entered by hand", None, None, None, None],
    ]
    assert [row[3:] for row in behind(sources, LEAD)] == [[None, None]] * 3, "leadership has no History"


def test_of_surveys_and_of_very_many_rows_only_the_file_is_named(database: str) -> None:
    files = SourceFile(1, "pulse.csv", None, None), SourceFile(1, "posts.csv", None, "2–9000 (8,999 of them)")
    assert [row[:3] for row in behind(Sources(None, files), ADMIN)] == [
        ["pulse.csv", None, "not shown"], ["posts.csv", None, "2–9000 (8,999 of them)"],
    ]  # fmt: skip
    assert behind(Sources(), ADMIN) == []
