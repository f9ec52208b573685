"""Files and rows that are wrong: one message a person can act on, nothing stored, and never an exception."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import LOCAL, Viewer
from data.enums import Role, Stream
from importers.context import Options
from importers.issues import TEMPLATES, Severity
from importers.pipeline import apply
from importers.result import FileStatus
from tests.importers.files import (
    comma_separated,
    contents,
    dump,
    fates,
    imported,
    on_sqlite,
    problems,
    stored,
    upload,
    workbook,
)
from tests.importers.test_read_workbooks import compound_file

EVENTS = "crisis,occurred_at,milestone"
POSTS = "posted_at,platform,post_id,likes,sentiment,text"
SURVEY = "wave,question,answer,opened_on,closed_on,invited,scale_min,scale_max"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(64)
LOCKED = compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
UNKNOWN = "The file has no sheet “May”. Its sheets: events, notes."

#: What is wrong → the file, how it is imported, the code, and words of the message.
REFUSED: dict[str, tuple[str | bytes, Options, str, str]] = {
    "empty file": (b"", Options(), "file-empty", "Export it again"),
    "only blanks": (" \r\n\r\n", Options(), "file-empty", "Export it again"),
    "header without rows": (f"{EVENTS}\n", Options(), "no-rows", "no row below it"),
    "header and blank rows": (f"{EVENTS}\n,,\n,,\n", Options(), "no-rows", "no row below it"),
    "another kind than asked": (
        "date,platform,posts\n2026-05-01,X,4\n", Options(kind=Stream.SURVEY), "kind-mismatch",
        "looks like engagement, not survey",
    ),
    "another kind than a wide table": (
        "date,platform,posts\n2026-05-01,X,4\n", Options(kind=Stream.REPUTATION), "kind-mismatch",
        "looks like engagement, not reputation",
    ),
    "workbook with a password": (LOCKED, Options(), "file-encrypted", "Remove the password"),
    "picture": (PNG, Options(), "file-unreadable", "a PNG picture"),
    "unknown format": ("colour,weight\nred,4\n", Options(), "format-unknown", "colour, weight"),
    "prose": ("Dear all,\nplease find the numbers below.\n", Options(), "format-unknown", "Say with --kind"),
    "required column missing": (
        "crisis,occurred_at,function\nC1,2026-05-01,PR\n", Options(), "column-missing", "“milestone” is missing",
    ),
    "gaps without a code are no crises": (
        "title,section,crisis,severity,status\nT,S,C1,2,open\n", Options(), "column-missing", "“gap” is missing",
    ),
    "daily totals without posts are no culture": (
        "date,platform,kind,likes\n2026-05-01,X,mention,3\n", Options(), "column-missing", "“posts” is missing",
    ),
    "scores without a source": (
        "date,score\n2026-05-01,3\n", Options(kind=Stream.REPUTATION), "column-missing", "“source” is missing",
    ),
    "log that names no crisis": (
        "occurred_at,milestone,function\n2026-05-01,posted,PR\n", Options(), "crisis-missing", "--crisis CODE",
    ),
    "unknown sheet": (
        workbook({"events": [["crisis", "occurred_at", "milestone"], ["C1", "2026-05-01", "posted"]], "notes": [["x"]]}),
        Options(sheet="May"), "sheet-unknown", UNKNOWN,
    ),
    "sheet of a text file": (f"{EVENTS}\nC1,2026-05-01,posted\n", Options(sheet="May"), "sheet-unknown", "text file"),
    "unknown time zone asked for": (
        f"{EVENTS}\nC1,2026-05-01,posted\n", Options(timezone="Mars/Base"), "zone-unknown", "“Mars/Base”",
    ),
    "days or months first": (
        f"{EVENTS}\nC1,03/04/2026,posted\nC1,05/04/2026,detected\n", Options(), "date-order-ambiguous", "--date-order",
    ),
    "comma or point": (
        "date,source,score\n2026-05-01,T,\"1,234\"\n", Options(), "decimal-ambiguous", "--decimal comma or point",
    ),
    "quotation mark that is never closed": (
        f'{POSTS}\n2026-05-01,X,1,2,,"so\n2026-05-01,X,2,2,,it goes\n', Options(), "quote-open", "never closed",
    ),
    "archive that was not taken apart": (
        b"PK\x05\x06" + bytes(18), Options(), "file-unreadable", "an archive without a workbook",
    ),
    "Qualtrics without a question": (
        "StartDate,EndDate,Status,Progress,ResponseId,RecordedDate\na,b,c,d,e,f\n\n2026-05-01,,0,100,R_1,2026-05-01\n",
        Options(), "column-missing", "“Q1” is missing",
    ),
}  # fmt: skip

#: What is wrong → the file, the code, the column, and the value that is repeated (never for a survey).
REJECTED: dict[str, tuple[str, str, str, str | None]] = {
    "date": (f"{EVENTS}\nC1,yesterday,posted\n", "date-unreadable", "occurred_at", "yesterday"),
    "date of Excel's year zero": (f"{EVENTS}\nC1,2026-13-45,posted\n", "date-unreadable", "occurred_at", "2026-13-45"),
    "date that lies ahead": (f"{EVENTS}\nC1,2036-01-01,posted\n", "date-implausible", "occurred_at", "2036-01-01"),
    "number with text": (f"{POSTS}\n2026-05-01,X,1,many,,\n", "number-unreadable", "likes", "many"),
    "part of a like": (f"{POSTS}\n2026-05-01,X,1,2.5,,\n", "number-unreadable", "likes", "2.5"),
    "fewer likes than none": (f"{POSTS}\n2026-05-01,X,1,-4,,\n", "out-of-range", "likes", "-4"),
    "sentiment above 1": (f"{POSTS}\n2026-05-01,X,1,,1.01,\n", "out-of-range", "sentiment", "1.01"),
    "sentiment below -1": (f"{POSTS}\n2026-05-01,X,1,,-2,\n", "out-of-range", "sentiment", "-2"),
    "more posts than a column holds": (
        "date,platform,posts\n2026-05-01,X,3000000000\n", "out-of-range", "posts", "3000000000",
    ),
    "more labelled posts than posts": (
        "date,platform,posts,positive,neutral,negative\n2026-05-01,X,3,2,1,1\n", "order-reversed", "posts", None,
    ),
    "milestone": (f"{EVENTS}\nC1,2026-05-01,apology\n", "word-unknown", "milestone", "apology"),
    "unknown role": ("crisis,title,restricted_to\nC1,T,legal; boss\n", "word-unknown", "restricted_to", "boss"),
    "time zone": (
        "crisis,title,timezone,started_at\nC1,T,Mars/Base,2026-05-01 10:00\n", "zone-unknown", "timezone", "Mars/Base",
    ),
    "time zone without a time": ("crisis,title,timezone\nC1,T,CESTT\n", "zone-unknown", "timezone", "CESTT"),
    "time that did not exist": (
        "crisis,title,timezone,started_at\nC1,T,America/New_York,2025-03-09 02:30\n", "time-nonexistent", "started_at",
        "2025-03-09 02:30",
    ),
    "severity": ("crisis,title,severity\nC1,T,5\n", "out-of-range", "severity", "5"),
    "unknown crisis": ("gap,title,section,crisis\nG1,T,S,C9\n", "reference-unknown", "crisis", "C9"),
    "unknown gap": ("lesson,title,observation,gap\nL1,T,O,G9\n", "reference-unknown", "gap", "G9"),
    "completed before it was opened": (
        "gap,title,section,opened_on,completed_on\nG1,T,S,2026-05-02,2026-05-01\n", "order-reversed", "completed_on", None,
    ),
    "wave closed before it opened": (
        f"{SURVEY}\nw,q,4,2026-05-02,2026-05-01,,1,5\n", "order-reversed", "closed_on", None,
    ),
    "invited": (f"{SURVEY}\nw,q,4,,,everybody,1,5\n", "number-unreadable", "invited", None),
    "fewer invited than none": (f"{SURVEY}\nw,q,4,,,-1,1,5\n", "out-of-range", "invited", None),
    "scale upside down": (f"{SURVEY}\nw,q,4,,,,5,1\n", "order-reversed", "scale_max", None),
    "scale of one point": (f"{SURVEY}\nw,q,4,,,,4,4\n", "order-reversed", "scale_max", None),
    "answer outside its scale": (f"{SURVEY}\nw,q,9,,,,1,5\n", "out-of-range", "answer", None),
    "no wave": (f"{SURVEY}\n,q,4,,,,1,5\n", "value-missing", "wave", None),
    "score on a scale upside down": (
        "date,source,score,scale_min,scale_max\n2026-05-01,T,4,5,1\n", "order-reversed", "scale_max", None,
    ),
    "score outside its scale": (
        "date,source,score,scale_min,scale_max\n2026-05-01,T,6,1,5\n", "out-of-range", "score", "6",
    ),
    "plan's first day": (
        "plan_version,section,step,role,effective_from\nv1,S,T,PR,soon\n", "date-unreadable", "effective_from", "soon",
    ),
    "negative target": (
        "plan_version,section,step,role,target_minutes\nv1,S,T,PR,-1\n", "out-of-range", "target_minutes", "-1",
    ),
    "neither yes nor no": (
        "plan_version,section,step,role,required\nv1,S,T,PR,perhaps\n", "word-unknown", "required", "perhaps",
    ),
    "more completed than assigned": (
        "date,kind,department,assigned,completed\n2026-05-01,training,HR,3,4\n", "order-reversed", "completed", None,
    ),
    "code of ten thousand characters": (f"{EVENTS}\n{'C' * 10_000},2026-05-01,posted\n", "too-long", "crisis", "C" * 200),
    "address of ten thousand characters": (
        f"posted_at,platform,url\n2026-05-01,X,http://x.example/{'a' * 10_000}\n", "too-long", "url",
        ("http://x.example/" + "a" * 200)[:200],
    ),
}  # fmt: skip


@on_sqlite
@pytest.mark.parametrize("case", REFUSED)
def test_a_file_from_which_nothing_can_be_taken(case: str, database: str) -> None:
    content, options, code, words = REFUSED[case]
    before = dump()
    (result,) = apply(upload(content, "May.xlsx"), options, LOCAL)
    assert (result.status, result.batch, fates(result), result.rows) == (FileStatus.REFUSED, None, (0,) * 5, 0)
    assert problems([result]) == [code]
    assert words in result.issues[0].message
    assert "{" not in result.issues[0].message
    assert dump() == before


@on_sqlite
@pytest.mark.parametrize("case", REJECTED)
def test_a_row_that_cannot_be_taken(case: str, database: str) -> None:
    content, code, column, value = REJECTED[case]
    result = imported(content)
    assert fates(result) == (0, 0, 0, 1, 0)
    assert problems([result]) == [code]
    (found,) = [issue for issue in result.issues if issue.severity is not Severity.INFO]
    assert (found.row, found.column, found.value) == (2, column, value)
    assert contents() == {}


@on_sqlite
def test_a_repeated_header_is_left_out_with_a_warning(database: str) -> None:
    result = imported(f"{EVENTS}\nC1,2026-05-01,posted\nCrisis,Occurred at,Milestone\nC1,2026-05-02,detected\n")
    assert fates(result) == (2, 0, 0, 0, 1)
    assert [(i.code, i.severity, i.row) for i in result.issues] == [("header-repeated", Severity.WARNING, 3)]


@on_sqlite
def test_more_cells_than_headings_are_told_and_trailing_delimiters_are_not(database: str) -> None:
    rows = "2026-05-01,X,1,4,0.5,it, goes, on\n2026-05-01,X,2,4,0.5,fine,,\n"
    result = imported(f"{POSTS}\n{rows}")
    assert fates(result) == (2, 0, 0, 0, 0)
    assert [(i.code, i.severity, i.row) for i in result.issues] == [("cells-beyond-header", Severity.WARNING, 2)]
    assert "2 cells more" in result.issues[0].message


@on_sqlite
def test_a_row_whose_quotation_mark_swallows_others_is_rejected(database: str) -> None:
    good = [f"2026-05-01,X,{i},4,0.5,fine" for i in range(9)]
    bad = [
        '2026-05-01,X,20,4,0.5,"so',
        *[f"2026-05-01,X,{i},4,0.5,fine" for i in (21, 22)],
        '2026-05-01,X,23,4,0.5,"x"',
    ]
    result = imported("\n".join([POSTS, *good, *bad, *[f"2026-05-02,X,{i},4,0.5,fine" for i in range(30, 39)]]))
    assert fates(result) == (18, 0, 0, 1, 0)
    assert [(i.code, i.row) for i in result.issues if i.severity is Severity.ERROR] == [("quote-swallows", 11)]


@on_sqlite
def test_a_pandas_index_repeated_headings_and_four_hundred_columns_do_not_disturb(database: str) -> None:
    header = ["", *POSTS.split(","), "likes", *[f"more {i}" for i in range(393)]]
    row = ["0", "2026-05-01", "X", "1", "4", "0.5", "w" * 10_000, "99", *["x"] * 393]
    assert fates(imported(comma_separated([header, row]))) == (1, 0, 0, 0, 0)
    assert stored("post", "external_id", "likes") == [("1", 4)]


@on_sqlite
def test_a_step_after_an_unknown_one_is_kept_with_a_warning(database: str) -> None:
    rows = "v1,S,Tell,PR,Approve\nv1,S,Ask,PR,tell\n"
    result = imported(f"plan_version,section,step,role,after_step\n{rows}")
    assert fates(result) == (2, 0, 0, 0, 0)
    assert [(i.code, i.severity, i.row, i.value) for i in result.issues] == [
        ("reference-unknown", Severity.WARNING, 2, "Approve")
    ]
    assert stored("plan_step", "step", "after_step") == [("Tell", "Approve"), ("Ask", "tell")]


@on_sqlite
def test_a_culture_row_needs_no_department(database: str) -> None:
    assert fates(imported("date,kind,department\n2026-05-01,workshop,\n")) == (1, 0, 0, 0, 0)
    assert stored("culture_activity", "department", "kind") == [(None, "workshop")]


def test_odd_text_is_kept_as_text(database: str) -> None:
    long = "word " * 2_000
    rows = f"2026-05-01 10:00,X,1,,,=1+1\n2026-05-01 10:00,X,2,,,nul\0 byte\n2026-05-01 10:00,X,3,,,{long}\n"
    rows += '2026-05-01 10:00,X,4,,,"@SUM(A1)\n=HYPERLINK(""http://x.example"")"\n'
    assert fates(imported(f"{POSTS}\n{rows}")) == (4, 0, 0, 0, 0)
    texts = [text for (text,) in stored("post", "text")]
    assert texts == ["=1+1", "nul byte", long.strip(), '@SUM(A1)\n=HYPERLINK("http://x.example")']


@pytest.mark.parametrize("letter", ["x", "ü", "漢", "😀"])
def test_the_longest_code_that_is_taken_can_be_stored(letter: str, database: str) -> None:
    bytes_a_letter = len(letter.encode())
    fits, too_long = letter * (500 // bytes_a_letter), letter * (500 // bytes_a_letter + 1)
    rows = "".join(f"2026-05-01 10:00,{name},{name},{name},{name}\n" for name in (fits, too_long))
    assert fates(imported(f"posted_at,platform,post_id,topic,source\n{rows}")) == (1, 0, 0, 1, 0)
    rows = "".join(f"2026-05-01,4,{name},{name},{name}\n" for name in (fits, too_long))
    assert fates(imported(f"date,posts,platform,topic,source\n{rows}")) == (1, 0, 0, 1, 0)


def test_a_nul_in_a_workbook_s_cell_reaches_no_table(database: str) -> None:
    content = workbook({"posts": [POSTS.split(","), ["2026-05-01", "X", 1, "many_x0000_", None, "a_x0000_b"]]})
    result = imported(content)
    assert problems([result]) == ["number-unreadable"]
    assert stored("batch_issue", "code") == [("number-unreadable",)]


@on_sqlite
@pytest.mark.parametrize(
    ("role", "content", "code"),
    [
        (Role.HR, "date,platform,posts\n2026-05-01,X,4\n", "kind-forbidden"),
        (Role.HR, "date,kind\n2026-05-01,training\n", None),
        (Role.HR, "wave,question,answer\nw,q,4\n", None),
        (Role.ANALYST, "date,platform,posts\n2026-05-01,X,4\n", None),
        (Role.LEADERSHIP, "date,kind\n2026-05-01,training\n", "kind-forbidden"),
        (Role.AUDITOR, "wave,question,answer\nw,q,4\n", "kind-forbidden"),
    ],
)
def test_a_role_imports_only_what_it_may(role: Role, content: str, code: str | None, database: str) -> None:
    (result,) = apply(upload(content), Options(), Viewer("somebody", role))
    assert problems([result]) == ([code] if code else [])
    assert (result.status is FileStatus.APPLIED) is (code is None)


def test_each_message_is_a_sentence_that_says_what_to_do() -> None:
    for code, sentence in TEMPLATES.items():
        assert sentence[0].isupper() or sentence[0] in "“{", code
        assert sentence.endswith((".", ")")), code


@on_sqlite
def test_no_issue_holds_a_value_it_was_not_given(database: str) -> None:
    result = imported(f"{SURVEY}\nw,q,4,,,,1,5\nw,q,Planted words,,,,1,5\nw,q,5,,,,1,5\nw,q,77,,,,1,5\n")
    told: list[dict[str, Any]] = [issue.as_dict() for issue in result.issues]
    assert [(one["code"], one["row"], one["value"]) for one in told] == [
        ("number-unreadable", 3, None),
        ("out-of-range", 5, None),
        ("audience-assumed", None, None),
    ]
    assert not any("Planted" in str(one) or "77" in str(one) for one in told)
