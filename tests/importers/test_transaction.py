"""One transaction a file: all of its sheets or nothing, previews that write nothing, and the same file again."""

from __future__ import annotations

import pytest

from data.access import LOCAL, Viewer
from data.commands.batches import UndoRefused, undo
from data.engine import reading, writing
from data.enums import Role, Stream
from data.queries.batches import sheets
from importers import streams
from importers.context import Options
from importers.pipeline import apply, preview
from importers.result import FileStatus
from tests.importers.files import (
    comma_separated,
    contents,
    count,
    dump,
    fates,
    imported,
    on_sqlite,
    previewed,
    problems,
    setting,
    stored,
    undone,
    upload,
    workbook,
)

POSTS = ["posted_at", "platform", "post_id", "topic", "text", "impressions", "likes", "sentiment"]
FIRST = ["2026-05-01 10:00", "X", "1", "thread", "Not good", "100", "5", "-0.5"]
EVENTS = ["crisis", "occurred_at", "milestone"]


def posts(*rows: list[str]) -> str:
    return comma_separated([POSTS, *rows])


LOG = workbook(
    {
        "events": [EVENTS, ["C1", "2026-05-01 09:00", "posted"], ["C1", "2026-05-01 10:00", "detected"]],
        "crises": [["crisis", "title", "severity"], ["C1", "The thread", 3]],
    }
)


def test_sheets_of_a_workbook_share_one_batch(database: str) -> None:
    results = apply(upload(LOG, "log.xlsx"), Options(), LOCAL)
    assert [(r.sheet, fates(r)) for r in results] == [("crises", (1, 0, 0, 0, 0)), ("events", (2, 0, 0, 0, 0))]
    assert {r.batch for r in results} == {1}
    assert stored("batch", "file", "size", "status", "imported_by") == [("log.xlsx", len(LOG), "applied", "local user")]
    assert stored("batch_sheet", "sheet", "kind", "format", "rows", "new") == [
        ("crises", "incidents", "template_crises", 1, 1),
        ("events", "incidents", "template_events", 2, 2),
    ]
    assert stored("audit_entry", "action", "target") == [("file imported", "batch 1")]


@on_sqlite
def test_one_sheet_may_be_asked_for(database: str) -> None:
    (result,) = apply(upload(LOG), Options(sheet="events"), LOCAL)
    assert (result.sheet, fates(result)) == ("events", (2, 0, 0, 0, 0))
    assert stored("crisis", "title") == [("C1",)]


@on_sqlite
def test_a_sheet_beside_the_known_ones_that_lacks_a_column_is_told(database: str) -> None:
    sheets = {"crises": [["crisis", "title"], ["C1", "T"]], "events": [["crisis", "occurred_at", "function"], ["C1"]]}
    (result,) = apply(upload(workbook(sheets)), Options(), LOCAL)
    assert [(i.code, i.severity, i.sheet, i.column) for i in result.issues] == [
        ("column-missing", "warning", "events", "milestone")
    ]


def test_a_failure_in_the_second_sheet_leaves_nothing_of_the_first(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*arguments: object) -> None:
        assert count("crisis") == 0, "another reader does not see what is not done"
        raise OSError("the disk is full")

    monkeypatch.setitem(streams.STORE, "events", break_down)
    before = dump()
    with pytest.raises(OSError, match="disk is full"):
        apply(upload(LOG), Options(), LOCAL)
    assert dump() == before


@on_sqlite
def test_a_second_sheet_that_cannot_be_read_leaves_nothing_of_the_first(database: str) -> None:
    sheets = {"crises": [["crisis", "title"], ["C1", "T"]], "events": [EVENTS, ["C1", "03/04/2026", "posted"]]}
    before = dump()
    (result,) = apply(upload(workbook(sheets)), Options(), LOCAL)
    assert (result.status, problems([result])) == (FileStatus.REFUSED, ["date-order-ambiguous"])
    assert dump() == before


def test_strict_refuses_a_file_with_a_rejected_row_and_says_which(database: str) -> None:
    content = posts(FIRST, ["never", *FIRST[1:]])
    before = dump()
    (result,) = apply(upload(content), Options(strict=True), LOCAL)
    assert (result.status, result.rows, result.rejected) == (FileStatus.REFUSED, 0, 0)
    assert [(i.code, i.row) for i in result.issues] == [("strict", None), ("date-unreadable", 3)]
    assert dump() == before
    assert fates(imported(posts(FIRST), Options(strict=True))) == (1, 0, 0, 0, 0)


MIXED = posts(
    FIRST, FIRST, [*FIRST[:5], "200", "", ""], ["never", *FIRST[1:]], [""] * 8, ["2026-05-02", "X", "2", *[""] * 5]
)


def test_a_preview_tells_what_apply_does_and_writes_nothing(database: str) -> None:
    imported(posts([*FIRST[:5], "1", "", ""]))
    before = dump()
    foreseen = previewed(MIXED)
    assert dump() == before
    done = imported(MIXED)
    assert fates(done) == fates(foreseen) == (1, 2, 1, 1, 1)
    assert done.issues == foreseen.issues
    assert (foreseen.status, foreseen.batch, done.status) == (FileStatus.PREVIEWED, None, FileStatus.APPLIED)


@on_sqlite
def test_a_preview_of_a_workbook_and_of_a_refusal_writes_nothing(database: str) -> None:
    before = dump()
    assert [r.status for r in preview(upload(LOG), Options(), LOCAL)] == [FileStatus.PREVIEWED] * 2
    assert previewed("colour\nred\n").status is FileStatus.REFUSED
    assert dump() == before


@on_sqlite
def test_only_what_writes_raises_the_data_version(database: str) -> None:
    versions = stored("data_state", "version")
    for content in (posts(FIRST), posts(["2026-05-03", "X", "3", *[""] * 5]), "colour\nred\n", posts(FIRST)):
        apply(upload(content), Options(), LOCAL)
        versions += stored("data_state", "version")
    assert versions == [(0,), (1,), (2,), (2,), (2,)]


@on_sqlite
def test_the_same_file_is_unchanged_until_it_is_undone(database: str) -> None:
    first = imported(MIXED)
    before = dump()
    again = imported(MIXED)
    assert (again.status, again.batch, again.rows) == (FileStatus.UNCHANGED, first.batch, first.rows)
    assert fates(again) == (0, 0, 4, 1, 1)
    assert dump() == before
    other = imported(MIXED, Options(kind=Stream.ENGAGEMENT))
    assert (other.status, other.new, other.updated) == (FileStatus.APPLIED, 0, 2)
    undone(other.batch)
    undone(first.batch)
    assert contents() == {}
    assert fates(imported(MIXED)) == fates(first)


@on_sqlite
def test_the_sample_s_last_day_is_no_future(database: str) -> None:
    content = f"{','.join(EVENTS)}\nC1,2031-05-01,posted\n"
    assert problems([previewed(content)]) == ["date-implausible"]
    setting("sample.as_of", "2031-05-01T20:00:00+00:00")
    assert problems([previewed(content)]) == []


def test_a_role_cannot_undo_what_it_may_not_import(small: str) -> None:
    result = imported(comma_separated([EVENTS, ["thread", "2026-03-02 09:00", "detected"]]))
    assert result.batch is not None
    hr = Viewer("someone", Role.HR)
    with pytest.raises(UndoRefused, match="can't undo imports of incidents"), writing() as session:
        undo(session, hr, result.batch)
    with reading() as session:
        assert sheets(session, hr).empty
        assert sheets(session, LOCAL)["status"].tolist() == ["applied"]
