"""Tables of different formats under each other in one sheet: each is read as one of its own, and counted once."""

from __future__ import annotations

import io
from datetime import date
from typing import cast

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access import LOCAL, Viewer
from data.enums import Role, Stream
from importers import rejects
from importers.context import Context, Options
from importers.formats import FORMATS
from importers.identify import Match, identify
from importers.mapping import saved
from importers.mapping.model import Mapping
from importers.pipeline import apply, preview
from importers.recognise import check_all
from importers.result import FileStatus, SheetResult
from importers.sheet import Cell, Sheet
from importers.stacked import apart
from importers.table import end_of
from tests.importers.files import (
    comma_separated,
    contents,
    fates,
    on_sqlite,
    problems,
    stored,
    undone,
    upload,
    workbook,
)

Rows = list[list[object]]
DAILY: Rows = [["date", "platform", "posts"], ["2026-03-01", "X", 4], ["2026-03-02", "X", 6]]
EVENTS: Rows = [["crisis", "occurred_at", "milestone"], ["C-1", "2026-03-01 09:00", "detected"]]
GAPS: Rows = [["gap", "title", "section", "severity"], ["G-1", "No text was ready", "Response", 2]]
LESSONS: Rows = [["lesson", "title", "observation"], ["L-1", "Speak early", "It was late"]]
POSTS: Rows = [["posted_at", "platform", "post_id", "text"], ["2026-03-01 10:00", "X", "17", "We are sorry"]]
SURVEY: Rows = [["wave", "question", "answer", "respondent"], ["Spring", "I was heard", 4, "r1"]]
TODAY = date(2026, 11, 1)
BY_NAME = {layout.name: layout for layout in FORMATS}
UNKNOWN: Rows = [["Day", "Campaign", "Followers"], ["2026-03-01", "Spring", 300]]


def stacked(*tables: Rows) -> Rows:
    """Tables under each other, a blank row between them."""
    return [line for place, table in enumerate(tables) for line in ([[]] if place else []) + table]


def imported(rows: Rows, options: Options | None = None) -> list[SheetResult]:
    """Import a sheet, and check that each row below its first header is counted once."""
    results = apply(upload(comma_separated(rows)), options or Options(), LOCAL)
    assert [sum(fates(result)) for result in results] == [result.rows for result in results]
    assert sum(result.rows for result in results) == len(rows) - 1
    return results


@on_sqlite
def test_each_table_is_a_result_of_its_own_in_the_order_of_storing(database: str) -> None:
    results = imported(stacked(DAILY, EVENTS, [["Open gaps"], *GAPS]))
    assert [(r.format, r.table, fates(r)) for r in results] == [
        ("template_events", 5, (1, 0, 0, 0, 1)),
        ("template_daily", 1, (2, 0, 0, 0, 4)),
        ("template_gaps", 9, (1, 0, 0, 0, 0)),
    ]
    assert [result.as_dict()["table"] for result in results] == [5, 1, 9]
    assert stored("event", "sheet", "row") == [(None, 6)]
    assert stored("daily_total", "sheet", "row") == [(None, 2), (None, 3)]
    assert stored("gap", "row") == [(10,)]


@on_sqlite
def test_a_sheet_of_one_format_says_nothing_of_tables(database: str) -> None:
    (result,) = imported(stacked(DAILY, DAILY))
    assert (result.table, "table" in result.as_dict(), result.issues) == (None, False, [])


@on_sqlite
def test_tables_of_words_alone_are_told_apart_too(database: str) -> None:
    """Their rows look like headers, and the further header like a row."""
    assert [r.format for r in imported(stacked(LESSONS, GAPS))] == ["template_gaps", "template_lessons"]
    assert problems(imported(stacked(GAPS, LESSONS))) == []


@on_sqlite
def test_two_tables_of_the_same_stream_do_not_collide(database: str) -> None:
    results = imported(stacked(POSTS, DAILY))
    assert [(r.kind, r.format, r.new) for r in results] == [
        ("engagement", "template_posts", 1),
        ("engagement", "template_daily", 2),
    ]
    again = apply(upload(comma_separated(stacked(POSTS, DAILY))), Options(), LOCAL)
    assert [(r.status, r.duplicate, sum(fates(r))) for r in again] == [
        (FileStatus.UNCHANGED, r.new, r.rows) for r in results
    ]


@on_sqlite
def test_the_preview_says_what_the_import_does_and_undo_takes_back_all_tables(database: str) -> None:
    rows = stacked(EVENTS, DAILY, UNKNOWN, GAPS, POSTS)
    before = contents()
    seen = preview(upload(comma_separated(rows)), Options(), LOCAL)
    assert contents() == before
    results = imported(rows)
    assert [(r.format, r.table, fates(r)) for r in seen] == [(r.format, r.table, fates(r)) for r in results]
    assert [r.first for r in seen] == [r.first for r in results]
    assert problems(results).count("table-left-out") == 1
    undone(results[0].batch)
    assert contents() == before


@on_sqlite
def test_formats_may_take_turns(database: str) -> None:
    more = [DAILY[0][::-1], [7, "Instagram", "2026-03-03"]]
    events, daily = imported(stacked(DAILY, EVENTS, more, [EVENTS[0], ["C-1", "2026-03-02 09:00", "resolved"]]))
    assert (events.new, daily.new) == (2, 3)
    assert stored("daily_total", "platform", "posts", "row")[-1] == ("Instagram", 7, 9)
    assert [i.row for r in (daily, events) for i in r.issues if i.code == "table-read"] == [1, 8, 5, 11]


@on_sqlite
def test_rejected_rows_come_back_under_the_header_of_their_table(database: str) -> None:
    bad_day, bad_event = ["soon", "X", 3], ["C-1", "later", "resolved"]
    results = imported(stacked([*DAILY, bad_day], [*EVENTS, bad_event]))
    assert [(r.format, r.rejected) for r in results] == [("template_events", 1), ("template_daily", 1)]
    book = openpyxl.load_workbook(io.BytesIO(rejects.workbook(results)))
    told = [[cell.value for cell in row][:4] for sheet in book for row in sheet.iter_rows()]
    ours = "Row in your file"
    assert told == [[*EVENTS[0], ours], [*bad_event, 8], [*DAILY[0], ours], ["soon", "X", "3", 4]]


@on_sqlite
def test_errors_in_cells_are_told_of_their_table_alone(database: str) -> None:
    gap: list[object] = ["G-2", "#REF!", "Response", 2]
    book = openpyxl.load_workbook(io.BytesIO(workbook({"all": stacked(DAILY, [*GAPS, gap])})))
    book["all"]["B7"].data_type = "e"
    buffer = io.BytesIO()
    book.save(buffer)
    daily, gaps = apply(upload(buffer.getvalue(), "book.xlsx"), Options(), LOCAL)
    assert (fates(daily), daily.sheet, problems([daily])) == ((2, 0, 0, 0, 2), "all", [])
    assert [(i.code, i.row, i.column) for i in gaps.issues if i.code != "table-read"] == [("excel-error", 7, "title")]
    assert fates(gaps) == (1, 0, 0, 1, 0)


@on_sqlite
def test_a_saved_mapping_reads_a_further_table_however_far_down(database: str) -> None:
    headings = ("Tag", "Wert")
    mapping = Mapping(
        "Portal", Stream.REPUTATION, "scores", headings=headings, columns={"date": "Tag", "score": "Wert"},
        constants={"source": "Portal"}, date_order="ymd",
    )  # fmt: skip
    days = [[f"2026-03-{day:02}", "X", day] for day in range(1, 29)]
    rows = stacked([DAILY[0], *days], [list(headings), ["2026-03-05", 41]])
    assert problems(imported(rows)) == ["table-left-out"]
    saved.save(mapping, LOCAL)
    daily, scores = imported(rows)
    assert (scores.format, scores.table, scores.new) == ("mapping:Portal", 31, 1)
    assert daily.duplicate == 28
    assert stored("reputation_score", "source", "score", "row") == [("Portal", 41.0, 32)]


@on_sqlite
def test_a_table_of_another_kind_than_asked_is_left_out(database: str) -> None:
    (result,) = imported(stacked(DAILY, GAPS), Options(kind=Stream.ENGAGEMENT))
    assert (result.format, problems([result])) == ("template_daily", ["table-left-out"])


@on_sqlite
def test_nobody_imports_what_is_not_theirs_below_what_is(database: str) -> None:
    before = contents()
    content = comma_separated(stacked(SURVEY, DAILY))
    (result,) = apply(upload(content), Options(), Viewer("human resources", Role.HR))
    assert (result.status, problems([result])) == (FileStatus.REFUSED, ["kind-forbidden"])
    assert contents() == before


@on_sqlite
def test_a_survey_below_another_table_is_as_private_as_alone(database: str) -> None:
    rows = stacked(DAILY, [*SURVEY, ["Spring", "I was heard", "secretly unhappy", "r2"]])
    daily, survey = imported(rows)
    assert (daily.new, survey.kind, survey.first) == (2, "survey", None)
    assert all(one.value is None for one in survey.issues)
    assert "secretly" not in str([r.as_dict() for r in (daily, survey)])


@pytest.mark.parametrize("sheet", [None, "a sheet"])
@given(
    order=st.lists(st.sampled_from([DAILY, EVENTS, GAPS, LESSONS, POSTS]), min_size=1, max_size=6),
    blanks=st.integers(1, 3),
    titled=st.booleans(),
)
def test_any_stack_is_told_apart_and_every_row_counted_once(
    sheet: str | None, order: list[Rows], blanks: int, titled: bool
) -> None:
    rows: list[list[Cell]] = []
    for place, table in enumerate(order):
        rows += [*([[]] * blanks if place else []), *([["A title"]] if titled else []), *table]
    context = Context(Options(), company=None, company_zone="UTC", today=TODAY, k=5, paired=False)
    match = identify(Sheet(sheet, rows), context)
    assert match is not None
    checked = check_all(apart(match, context), context)
    assert len(checked) == len({id(table) for table in order})
    assert sum(one.total for one in checked) == end_of(Sheet(sheet, rows)) - match.header - 1
    assert sum(len(one.rows) for one in checked) == sum(len(table) - 1 for table in order)
    assert not any(one.rejected for one in checked)


def test_every_format_needs_some_heading() -> None:
    """Else a quick look at a row could not tell that no format knows it."""
    assert all(layout.telling or any(column.required for column in layout.columns) for layout in FORMATS)


def test_a_sheet_of_very_many_blank_rows_and_words_is_one_table() -> None:
    rows: list[list[Cell]] = [*LESSONS, *([["L-2", "Words", "More words"], [], ["L-3", "Other", "words"]] * 20_000)]
    context = Context(Options(), company=None, company_zone="UTC", today=TODAY, k=5, paired=False)
    assert apart(Match(Sheet(None, rows), BY_NAME["template_lessons"], 0), context)[0].begins == ()


def test_thousands_of_tables_are_not_told_apart() -> None:
    rows = cast("list[list[Cell]]", stacked(*[LESSONS, GAPS] * 3_000))
    context = Context(Options(), company=None, company_zone="UTC", today=TODAY, k=5, paired=False)
    found = apart(Match(Sheet(None, rows), BY_NAME["template_lessons"], 0), context)
    assert (len(found), sum(len(one.begins) for one in found)) == (2, 500)


@on_sqlite
def test_hundreds_of_words_below_blank_rows_are_read(database: str) -> None:
    rows = [
        LESSONS[0],
        *(line for n in range(700) for line in ([f"L-{n}", "Words", "More"], [], ["a", "b", f"{n} c"])),
    ]
    (result,) = imported(rows)
    assert (result.format, result.rejected) == ("template_lessons", 0)
