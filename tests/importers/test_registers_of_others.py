"""A register that somebody else keeps: its own words for a status are mapped, and dates that contradict are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.access import LOCAL
from data.enums import Stream
from importers.context import Options
from importers.mapping import saved
from tests.data import world
from tests.importers.files import fates, imported, on_sqlite, problems
from tests.importers.mapping.files import suggested

pytestmark = [on_sqlite, pytest.mark.usefixtures("database")]
THEIRS = (
    "Nr;Titel;Abschnitt;Stand;Eröffnet\n"
    "L1;Niemand war erreichbar;Melden;offen;01.03.2026\n"
    "L2;Freigabe dauert;Antworten;wartet auf Budget;02.03.2026\n"
    "L3;Keine Vorlage;Antworten;umgesetzt;30.03.2026\n"
    "L4;Kein Archiv;Antworten;siehe Jira;31.03.2026\n"
)


def test_status_words_that_nobody_knows_are_mapped_by_the_analyst() -> None:
    columns = {"gap": "Nr", "title": "Titel", "section": "Abschnitt", "status": "Stand", "opened_on": "Eröffnet"}
    words = {"offen": "open", "umgesetzt": "implemented", "wartet auf Budget": "planned", "siehe Jira": ""}
    mapping = replace(
        suggested(THEIRS).mapping, name="Maßnahmenliste", kind=Stream.GAPS, record="gaps", columns=columns, constants={},
        items=(), values={"status": words},
    )  # fmt: skip
    assert mapping.lacking() == []
    saved.save(mapping, LOCAL)
    result = imported(THEIRS, Options(mapping=mapping))
    assert fates(result) == (4, 0, 0, 0, 0), result.issues
    assert world.rows("gap", "code", "status") == [
        ("L1", "open"), ("L2", "planned"), ("L3", "implemented"), ("L4", "open"),
    ]  # fmt: skip


def test_what_the_words_mean_is_suggested_and_the_rest_is_asked() -> None:
    found = suggested("Gap;Title;Section;Status\nL1;No one;Report;erledigt\nL2;Slow;Answer;wartet auf Budget\n")
    assert found.mapping.record == "gaps"
    assert found.mapping.values["status"]["erledigt"] == "implemented"
    assert found.unknown["status"] == ("wartet auf Budget",)


def test_a_word_that_was_not_mapped_rejects_its_row_and_names_the_known_ones() -> None:
    result = imported("gap,title,section,status\nL1,No one,Report,open\nL2,Slow,Answer,parked\n")
    assert fates(result) == (1, 0, 0, 1, 0)
    (told,) = [issue for issue in result.issues if issue.code == "word-unknown"]
    assert told.message == ("“parked” is not one of: open, planned, in_progress, implemented, validated, accepted.")


def test_dates_that_can_be_no_plan_are_told_and_the_rows_are_taken() -> None:
    result = imported(
        "gap,title,section,opened_on,start_on,due_on\n"
        "L1,No one,Report,2026-03-01,2026-03-10,2026-03-05\n"
        "L2,Slow,Answer,2026-03-01,2026-03-10,2026-02-05\n"
        "L3,Fine,Answer,2026-03-01,2026-03-10,2026-03-10\n"
    )
    assert fates(result) == (3, 0, 0, 0, 0)
    told = [issue.message for issue in result.issues if issue.code == "due-before"]
    assert told == [
        "“due_on” says 2026-03-05, which is before “start_on” (2026-03-10). Check both dates.",
        "“due_on” says 2026-02-05, which is before “start_on” (2026-03-10). Check both dates.",
    ]


def test_a_gap_that_was_closed_before_it_was_opened_is_rejected() -> None:
    result = imported(
        "gap,title,section,opened_on,completed_on,status\nL1,No one,Report,2026-03-02,2026-03-01,implemented\n"
    )
    assert fates(result) == (0, 0, 0, 1, 0)
    assert problems([result]) == ["order-reversed"]
