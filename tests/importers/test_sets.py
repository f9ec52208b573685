"""The files of one upload: stored in the order in which they rest on each other, and taken back together."""

from __future__ import annotations

import pytest

from data.access import LOCAL
from data.commands.batches import UndoRefused
from importers import sets
from importers.result import FileStatus
from importers.sets import Asked
from importers.undo import undo_set
from tests.importers.files import contents, count, dump, imported, stored, upload

GAPS = "gap,title,section,crisis\nG-1,Slow,Response,C1\n"
EVENTS = "crisis,occurred_at,milestone\nC1,2026-03-02 08:00,posted\n"
BROKEN = b"\x89PNG\r\n\x1a\n"


def asked(*contents: str | bytes) -> list[Asked]:
    return [Asked(upload(content, f"file{n}.csv")) for n, content in enumerate(contents)]


def statuses(result: sets.SetResult) -> list[FileStatus]:
    return [file[0].status for file in result.files]


def test_a_gap_finds_the_crisis_of_a_file_that_was_dropped_after_it(database: str) -> None:
    before = dump()
    tried = sets.preview(asked(GAPS, EVENTS), LOCAL)
    assert statuses(tried) == [FileStatus.PREVIEWED] * 2
    assert [file[0].new for file in tried.files] == [1, 1]
    assert dump() == before
    done = sets.apply(asked(GAPS, EVENTS), LOCAL)
    assert [file[0].new for file in done.files] == [1, 1]
    assert stored("batch", "file", "set_id") == [("file1.csv", done.set_id), ("file0.csv", done.set_id)]


def test_a_refused_file_leaves_the_others_as_they_are(database: str) -> None:
    done = sets.apply(asked(BROKEN, EVENTS), LOCAL)
    assert statuses(done) == [FileStatus.REFUSED, FileStatus.APPLIED]
    assert count("event") == 1


def test_the_same_file_twice_in_a_set_goes_in_once(database: str) -> None:
    for run in (sets.preview, sets.apply):
        assert statuses(run(asked(EVENTS, EVENTS), LOCAL))[1] is FileStatus.UNCHANGED
    assert count("batch") == 1


def test_a_set_is_taken_back_as_a_whole(database: str) -> None:
    done = sets.apply(asked(GAPS, EVENTS), LOCAL)
    assert done.set_id is not None
    undo_set(done.set_id, LOCAL)
    assert contents() == {}


def test_a_set_on_which_others_rest_stays_whole(database: str) -> None:
    done = sets.apply(asked(EVENTS, "date,kind\n2026-05-01,training\n"), LOCAL)
    assert done.set_id is not None
    imported(GAPS)
    before = dump()
    with pytest.raises(UndoRefused, match="rest on records"):
        undo_set(done.set_id, LOCAL)
    assert dump() == before
