"""Each trap finds what it is for, leaves what is usual, names the place, and stores the rows all the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from importers.context import Options
from importers.issues import Issue, Severity
from importers.pipeline import apply
from importers.result import SheetResult
from tests.importers.files import LOCAL, comma_separated, on_sqlite, previewed, upload, workbook

pytestmark = on_sqlite
TRAPS = {
    "date-far", "reply-before-event", "delay-contradicts", "id-rounded", "rating-outside", "rating-zero", "column-empty",
    "blank-trailing", "near-duplicate",
}  # fmt: skip


def told(content: str | bytes, **options: Any) -> list[Issue]:
    """The warnings of a file, all of whose rows are taken."""
    result = previewed(content, Options(**options))
    return of(result)


def of(result: SheetResult) -> list[Issue]:
    assert result.rejected == 0
    found = [issue for issue in result.issues if issue.code in TRAPS]
    assert {issue.severity for issue in found} <= {Severity.WARNING}
    return found


def places(issues: Sequence[Issue], code: str) -> list[tuple[int | None, str | None, str | None]]:
    return [(issue.row, issue.column, issue.value) for issue in issues if issue.code == code]


def events(*rows: tuple[str, str, str], crisis: str = "C") -> str:
    return comma_separated([["crisis", "occurred_at", "milestone", "description"], *[[crisis, *row] for row in rows]])


def posts(*rows: Sequence[object], more: Sequence[str] = ()) -> str:
    return comma_separated([["posted_at", "platform", "post_id", "text", *more], *rows])


def scores(*values: object, source: str = "Ratings") -> str:
    rows = [[f"2026-01-{day:02}", source, value] for day, value in enumerate(values, start=1)]
    return comma_separated([["date", "source", "score"], *rows])


# --- dates far from the others -----------------------------------------------------------------------------------

TIMELINE = [
    ("2026-03-02 09:00", "detected", ""),
    ("2026-03-02 10:00", "statement", "one"),
    ("2026-03-04", "resolved", ""),
]


def test_a_year_typed_wrong_is_named_with_the_date_it_should_be(database: str) -> None:
    (issue,) = told(events(*TIMELINE, ("2025-03-03 08:00", "update", "two")))[:1]
    assert (issue.code, issue.row, issue.column, issue.value) == ("date-far", 5, "occurred_at", "2025-03-03")
    assert issue.message == (
        "“2025-03-03” in “occurred_at” lies far from the other dates (2026-03-02 to 2026-03-04). "
        "Check the year; 2026-03-03 would fit."
    )


def test_crises_of_many_years_in_one_log_are_usual(database: str) -> None:
    rows = [[f"C{year}", f"{year}-0{day}-02", "detected"] for year in range(2019, 2026) for day in (3, 4, 5)]
    assert told(comma_separated([["crisis", "occurred_at", "milestone"], *rows])) == []


def test_dates_that_are_spread_or_in_two_heaps_are_usual(database: str) -> None:
    yearly = [[f"{year}-01-01", "S", 50 + year % 3] for year in range(2010, 2026)]
    assert told(comma_separated([["date", "source", "score"], *yearly])) == []
    heaps = [
        [f"{year}-05-{day:02} 09:00", "X", f"{year}-{day}", "words"] for year in (2023, 2026) for day in range(1, 20)
    ]
    assert told(posts(*heaps)) == []


def test_a_date_years_away_is_told_though_no_year_would_fit(database: str) -> None:
    rows = [[f"2026-05-{day:02} 09:00", "X", str(day), "words"] for day in range(1, 12)]
    (issue,) = told(posts(*rows, ["2015-11-02 09:00", "X", "20", "words"]))
    assert (issue.code, issue.row, issue.value) == ("date-far", 13, "2015-11-02")
    assert issue.message.endswith("Check the year.")


def test_of_many_rows_a_few_are_told_and_the_others_numbered(database: str) -> None:
    rows = [[f"2026-05-{1 + n % 20:02} 09:{n % 60:02}", "X", str(n), f"words {n}"] for n in range(300)]
    wrong = [[f"2025-05-{1 + n:02} 09:00", "X", f"w{n}", f"other {n}"] for n in range(25)]
    found = told(posts(*rows, *wrong))
    assert [issue.row for issue in found] == [302, 303, 304, 305, 306, None]
    assert found[-1].message == (
        "20 more rows in “posted_at” are like the ones above: "
        "307, 308, 309, 310, 311, 312, 313, 314, 315, 316, 317, 318 and 8 more."
    )


# --- order and delays --------------------------------------------------------------------------------------------


def test_a_reply_before_the_event_is_told(database: str) -> None:
    rows = [
        ("2026-03-02 09:00", "posted", ""),
        ("2026-03-02 09:30", "detected", ""),
        ("2026-03-02 08:00", "statement", ""),
    ]
    (issue,) = told(events(*rows, ("2026-03-02", "update", ""), ("2026-03-02 09:10", "other", "")))
    assert places([issue], "reply-before-event") == [(4, "occurred_at", "2026-03-02 08:00 UTC")]
    assert issue.message.startswith("“statement” is dated 2026-03-02 08:00 UTC, before")


def test_an_end_before_the_acknowledgement_is_told_once(database: str) -> None:
    rows = [
        ("2026-03-02 09:00", "acknowledged", ""),
        ("2026-03-02 08:00", "resolved", ""),
        ("2026-03-02 10:00", "posted", ""),
    ]
    assert [row for row, *_ in places(told(events(*rows)), "reply-before-event")] == [2, 3]


def test_an_answer_known_to_the_day_of_the_event_is_usual(database: str) -> None:
    assert told(events(("2026-03-02 09:00", "detected", ""), ("2026-03-02", "statement", ""))) == []


def delays(*rows: Sequence[object], heading: str = "reply delay (minutes)") -> list[Issue]:
    header = ["posted_at", "platform", "post_id", "text", "replied at", heading]
    return told(
        comma_separated([header, *[[*row[:1], "X", str(n), f"words {n}", *row[1:]] for n, row in enumerate(rows)]])
    )


GOOD = [["2026-03-02 09:00", "2026-03-02 09:30", 30], ["2026-03-03 09:00", "2026-03-03 10:00", 60]]


def test_a_stated_delay_that_contradicts_its_dates_is_told(database: str) -> None:
    (issue,) = delays(
        *GOOD, ["2026-03-04 09:00", "2026-03-04 09:45", 45], ["2026-03-05 09:00", "2026-03-05 09:20", 500]
    )
    assert places([issue], "delay-contradicts") == [(5, "reply delay (minutes)", "500")]
    assert "from “posted_at” to “replied at” it is 20." in issue.message


def test_the_unit_of_a_delay_is_found_and_rounding_forgiven(database: str) -> None:
    hours = [["2026-03-02 09:00", "2026-03-02 12:20", 3], ["2026-03-03 09:00", "2026-03-03 10:00", 1]]
    assert delays(*hours, ["2026-03-04 09:00", "2026-03-04 15:30", 6], heading="time to reply") == []
    (issue,) = delays(
        *hours,
        ["2026-03-04 09:00", "2026-03-04 15:30", 6],
        ["2026-03-05 09:00", "2026-03-05 10:00", 9],
        heading="delay",
    )
    assert issue.row == 5


def test_a_delay_that_measures_something_else_is_left(database: str) -> None:
    odd = [["2026-03-02 09:00", "2026-03-02 09:30", 700], ["2026-03-03 09:00", "2026-03-03 10:00", 900]]
    assert delays(*odd, ["2026-03-04 09:00", "2026-03-04 09:45", 45]) == []


def test_a_reply_column_before_the_post_is_told(database: str) -> None:
    (issue,) = delays(*GOOD, ["2026-03-04 09:00", "2026-03-03 09:45", ""], heading="note")
    assert places([issue], "reply-before-event") == [(4, "replied at", "2026-03-03 09:45")]


# --- ids ---------------------------------------------------------------------------------------------------------

LONG = 1_890_000_000_000_000_000


def some(*ids: object) -> list[list[object]]:
    return [["2026-03-02 09:00", "X", one, f"words {n}"] for n, one in enumerate(ids)]


@pytest.mark.parametrize(
    ("ids", "n"), [([LONG + 123_000, LONG + 456_000, LONG + 789_123], 2), (["1.89E+18", "1.9E+18", "12"], 2)]
)
def test_ids_rounded_by_a_spreadsheet_are_told_once_a_column(ids: list[object], n: int, database: str) -> None:
    (issue,) = told(posts(*some(*ids)))
    assert places([issue], "id-rounded") == [(None, "post_id", str(ids[0]))]
    assert issue.message.startswith(f"{n} ids in “post_id” were rounded")


def test_long_ids_that_a_workbook_holds_as_numbers_are_told(database: str) -> None:
    rows = some(LONG + 1_000_448, LONG + 2_000_896)
    (issue,) = told(workbook({"posts": [["posted_at", "platform", "post_id", "text"], *rows]}))
    assert issue.code == "id-rounded"


def test_whole_ids_are_usual(database: str) -> None:
    assert told(posts(*some(*[LONG + n * 7_919 for n in range(60)]))) == []
    assert told(posts(*some("abc000", "12000", 13_000))) == []


# --- ratings -----------------------------------------------------------------------------------------------------


def test_ratings_of_nought_among_others_are_told(database: str) -> None:
    (issue,) = told(scores(4.1, 3.9, 0, 4.4, 0, 4.0, 4.2))
    assert (issue.code, issue.column) == ("rating-zero", "score")
    assert issue.message.startswith(
        "2 of 7 ratings in “score” are 0, first in row 4, and all others lie from 3.9 to 4.4."
    )


def test_a_rating_outside_the_scale_of_the_others_is_told(database: str) -> None:
    assert places(told(scores(*[4.0] * 12, 42)), "rating-outside") == [(14, "score", "42")]


def test_scores_with_a_wide_scale_or_below_one_are_usual(database: str) -> None:
    assert told(scores(50, 0, 60, 0, 70, 80, 0, 0.5)) == []
    assert told(scores(50, 55, 60, 70, 80, 90, 99)) == []
    rows = [[f"2026-01-{day:02}", "S", value, 0, 10] for day, value in enumerate([9, 0, 8, 7, 6, 5], start=1)]
    assert told(comma_separated([["date", "source", "score", "scale_min", "scale_max"], *rows])) == []


# --- columns and duplicates --------------------------------------------------------------------------------------


def test_columns_that_are_nearly_empty_are_told_in_one_issue(database: str) -> None:
    rows = [[f"2026-05-{1 + n:02} 09:00", "X", str(n), f"words {n}", "", "", 5 if n < 2 else "", n] for n in range(20)]
    result = previewed(posts(*rows, more=("topic", "language", "likes", "reach")))
    empty = [(issue.severity, issue.row, issue.message.partition(". ")[0]) for issue in result.issues]
    assert empty == [
        (Severity.WARNING, None, "Nearly empty: “likes” (2 of 20)"),
        (Severity.INFO, None, "Nearly empty: “topic” (0 of 20), “language” (0 of 20)"),
    ]


def test_a_name_with_and_without_a_trailing_blank_is_told(database: str) -> None:
    rows = [["C1", "One", "Harassment"], ["C2", "Two", "Harassment "], ["C3", "Three", "Leak "]]
    found = told(comma_separated([["crisis", "title", "category"], *rows]))
    assert places(found, "blank-trailing") == [(None, "category", "Harassment")]


def test_events_that_say_almost_the_same_are_told(database: str) -> None:
    text = "We are investigating reports of degraded performance"
    rows = [
        ("2026-03-02 09:00", "acknowledged", text),
        ("2026-03-02 09:04", "acknowledged", f"{text}."),
        ("2026-03-02 09:06", "acknowledged", "The team found the cause and is deploying a fix"),
        ("2026-03-02 09:30", "acknowledged", f"{text}!"),
        ("2026-03-02 09:05", "update", f"{text}?"),
    ]
    (issue,) = told(events(*rows))
    assert places([issue], "near-duplicate") == [(3, "description", None)]
    assert "row 2" in issue.message


def test_posts_with_the_same_text_under_another_id_are_told(database: str) -> None:
    text = "They really should have answered sooner than this"
    rows = [
        ["2026-03-02 09:00", "X", "1", text],
        ["2026-03-02 09:05", "X", "2", text],
        ["2026-03-02 11:05", "X", "3", text],
        ["2026-03-02 09:01", "Reddit", "4", text],
        ["2026-03-02 09:01", "X", "5", "short"],
        ["2026-03-02 09:01", "X", "6", "short"],
    ]
    assert places(told(posts(*rows)), "near-duplicate") == [(3, "text", None)]


# --- all of them -------------------------------------------------------------------------------------------------


def test_of_a_survey_no_value_is_told(database: str) -> None:
    days = [f"2026-05-{1 + n:02}" for n in range(24)]
    header = ["wave", "question", "answer", "closed_on", "respondent", "department", "location"]
    rows = [
        ["w", "q", 4 if n else 0, day, f"r{n}", "HR" if n % 2 else "HR ", "" if n else "Marmalade"]
        for n, day in enumerate(days)
    ]
    found = told(comma_separated([header, *rows, ["w", "q", 4, "2021-05-03", "r99", "HR", ""]]))
    assert {issue.code for issue in found} == {"date-far", "column-empty"}
    assert {issue.value for issue in found} == {None}
    assert not any(secret in issue.message for issue in found for secret in ("2021", "2026", "Marmalade", "HR"))
    assert places(found, "date-far") == [(26, "closed_on", None)]


def test_warnings_are_kept_with_the_batch(database: str) -> None:
    (result,) = apply(upload(scores(*[4.0] * 12, 42)), Options(), LOCAL)
    assert (result.new, [issue.code for issue in of(result)]) == (13, ["rating-outside"])


def test_a_real_log_of_800_incidents_raises_few_warnings(database: str, shared: Path) -> None:
    (result,) = apply(upload((shared / "data" / "github_status_events.csv").read_bytes()), Options(), LOCAL)
    assert len(of(result)) <= 20
