"""Rejected rows come back as a workbook that can be corrected and uploaded again."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.access import LOCAL
from importers import rejects, storing
from importers.context import Options
from importers.issues import issue
from importers.pipeline import apply
from importers.read import read
from importers.result import FileStatus, Rejected, SheetResult
from tests.importers.files import comma_separated, contents, fates, imported, on_sqlite, stored, upload, workbook

POSTS = ["posted_at", "platform", "post_id", "likes", "text"]
CORRECT = "What to correct"


def cells(content: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


@on_sqlite
def test_a_corrected_reject_goes_in(database: str) -> None:
    rows = [
        ["2026-05-01 10:00", "X", "1", "4", "fine"],
        ["2026-13-01", "X", "2", "many", "=1+1"],
        ["", "X", "3", "5", "late"],
    ]
    result = imported(comma_separated([POSTS, *rows]))
    assert fates(result) == (1, 0, 0, 2, 0)
    content = rejects.workbook([result])
    (sheet,) = cells(content).values()
    assert sheet[0] == [*POSTS, "Row in your file", CORRECT]
    assert [row[:6] for row in sheet[1:]] == [
        ["2026-13-01", "X", "2", "many", "=1+1", 3],
        [None, "X", "3", "5", "late", 4],
    ]
    assert str(sheet[1][6]) == (
        "likes: “many” is not a number. Write digits only, such as 1200 or 0.35. "
        "posted_at: “2026-13-01” is not a date that can be read. Write it as 2026-03-31 14:05."
    )

    book = openpyxl.load_workbook(io.BytesIO(content))
    for line, (when, likes) in enumerate([(datetime(2026, 5, 2, 9), 7), (datetime(2026, 5, 3, 9), 5)], start=2):
        book.active.cell(line, 1, when)
        book.active.cell(line, 4, likes)
    buffer = io.BytesIO()
    book.save(buffer)
    assert fates(imported(buffer.getvalue())) == (2, 0, 0, 0, 0)
    assert stored("post", "external_id", "likes", "text") == [("1", 4, "fine"), ("2", 7, "=1+1"), ("3", 5, "late")]


@on_sqlite
def test_what_looks_like_a_formula_is_written_as_text(database: str) -> None:
    formulas = ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x.example")', "=cmd|' /C calc'!A0"]
    rows = [["never", "X", str(n), "", text] for n, text in enumerate(formulas)]
    content = rejects.workbook([imported(comma_separated([POSTS, *rows]))])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    (sheet,) = cells(content).values()
    assert [row[4] for row in sheet[1:]] == formulas
    book = openpyxl.load_workbook(io.BytesIO(content))
    (texts,) = book.active.iter_cols(min_row=2, min_col=5, max_col=5)
    assert {(cell.data_type, cell.quotePrefix) for cell in texts} == {("s", True)}
    assert not book.active["B2"].quotePrefix
    assert [row[4] for row in read("rejects.xlsx", content, limit_mb=1)[0].rows[1:]] == formulas


@on_sqlite
def test_each_sheet_of_each_file_has_its_own(database: str) -> None:
    log = workbook(
        {
            "crises": [["crisis", "title", "severity"], ["C1", "T", 9], ["C2", "T", 1]],
            "events": [
                ["crisis", "occurred_at", "milestone"],
                ["C2", date(2026, 5, 1), "posted"],
                ["C2", "x", "posted"],
            ],
        }
    )
    results = [*apply(upload(log), Options(), LOCAL), imported("date,kind\nx,training\n")]
    results += [imported("date,kind\n2026-05-01,training\n")]
    sheets = cells(rejects.workbook(results))
    assert list(sheets) == ["crises", "events", "rows"]
    assert [row[:4] for row in sheets["crises"][1:]] == [["C1", "T", 9, 2]]
    assert [row[:4] for row in sheets["events"][1:]] == [["C2", "x", "posted", 3]]


@on_sqlite
def test_a_row_that_only_the_database_could_reject_comes_back_too(database: str) -> None:
    (sheet,) = cells(rejects.workbook([imported("gap,title,section,crisis\nG1,T,S,C9\nG2,T,S,\n")])).values()
    assert [row[:5] for row in sheet[1:]] == [["G1", "T", "S", "C9", 2]]


@on_sqlite
def test_a_file_refused_for_its_rejected_rows_gives_them_back(database: str) -> None:
    content = comma_separated([POSTS, ["2026-05-01", "X", "1", "", ""], ["never", "X", "2", "", ""]])
    results = apply(upload(content), Options(strict=True), LOCAL)
    assert results[0].status is FileStatus.REFUSED
    (sheet,) = cells(rejects.workbook(results)).values()
    assert [row[:6] for row in sheet[1:]] == [["never", "X", "2", None, None, 3]]
    assert contents() == {}


@on_sqlite
def test_without_rejected_rows_the_workbook_is_empty(database: str) -> None:
    assert cells(rejects.workbook([imported("date,kind\n2026-05-01,training\n")])) == {"rows": []}
    assert cells(rejects.workbook(apply(upload(b""), Options(), LOCAL))) == {"rows": []}


@settings(max_examples=settings.default.max_examples // 4)
@given(
    name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
    row=st.lists(
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.text(), st.dates(), st.datetimes(), st.times(), st.timedeltas()
        ),
        max_size=6,
    ),
)
def test_any_cell_and_any_sheet_name_can_be_written(name: str, row: list[object]) -> None:
    rejected = Rejected(name, ["date", "kind"], {2: row[:2]})
    found = [issue("value-missing", sheet=name, row=2, column="date")]
    result = SheetResult("x.ods", FileStatus.APPLIED, issues=found, rejects=[rejected, rejected])
    content = rejects.workbook([result])
    assert len(openpyxl.load_workbook(io.BytesIO(content)).sheetnames) == 2
    (first, _) = read("rejects.xlsx", content, limit_mb=1)
    assert first.rows[1][2:] == [2, "date: “date” is empty; every row needs it."]


def test_rejected_rows_are_kept_as_they_stood(database: str) -> None:
    imported(workbook({"culture": [["date", "kind"], [datetime(2026, 5, 1), "nap"], ["soon", "training"]]}))
    assert stored("batch_sheet", "header") == [(["date", "kind"],)]
    assert stored("rejected_row", "sheet", "row", "cells") == [
        ("culture", 2, ["2026-05-01", "nap"]),
        ("culture", 3, ["soon", "training"]),
    ]


def test_of_a_survey_no_row_is_kept(database: str) -> None:
    imported("wave,question,answer,scale_min,scale_max\nw,q,9,1,5\nw,q,4,1,5\n")
    assert (stored("batch_sheet", "rejected", "header"), stored("rejected_row", "row")) == ([(1, None)], [])


@on_sqlite
def test_of_very_many_rejected_rows_the_first_are_kept_and_it_says_so(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "MOST", 2)
    result = imported(comma_separated([["date", "kind"], *[["soon", "training"]] * 3]))
    assert stored("rejected_row", "row") == [(2,), (3,)]
    assert [one.message for one in result.issues if one.code == "rejects-kept"] == [
        "3 rows were rejected; the first 2 of them are kept to be handed back. Correct what they have in common and import the file again."
    ]
    assert ("rejects-kept",) in stored("batch_issue", "code")
