"""Incident logs of case tools: what their layouts vary, and that nobody's name comes in."""

from __future__ import annotations

import pytest

from importers.context import Options
from tests.importers.files import comma_separated, dump, fates, imported, on_sqlite, problems, stored

PAGERDUTY = [
    "id",
    "incident_number",
    "description",
    "created_on",
    "resolved_on",
    "seconds_to_first_ack",
    "seconds_to_resolve",
]


@on_sqlite
def test_the_older_headings_of_pagerduty(database: str) -> None:
    result = imported(
        comma_separated([PAGERDUTY, ["Q1", 1, "A thread", "2026-03-02 08:00", "2026-03-02 09:00", 60, 3600]])
    )
    assert (result.format, problems([result])) == ("pagerduty", [])
    assert [time for _, time in stored("event", "milestone", "occurred_at")] == [
        "2026-03-02T08:00:00+00:00",
        "2026-03-02T08:01:00+00:00",
        "2026-03-02T09:00:00+00:00",
    ]


@on_sqlite
def test_a_pagerduty_file_without_the_time_of_creation_is_refused_with_the_column(database: str) -> None:
    header = [name for name in PAGERDUTY if name != "created_on"]
    result = imported(comma_separated([header, ["Q1", 1, "A thread", "2026-03-02 09:00", 60, 3600]]))
    assert [(i.code, i.column) for i in result.issues] == [("column-missing", "created_on")]


@on_sqlite
def test_a_day_alone_has_no_acknowledgement_at_a_time_of_day(database: str) -> None:
    imported(comma_separated([PAGERDUTY, ["Q1", 1, "A thread", "2026-03-02", "", 60, 3600]]))
    assert stored("event", "milestone", "occurred_on") == [("detected", "2026-03-02")]


JIRA = ["Summary", "Issue key", "Issue Type", "Status", "Priority", "Assignee", "Created", "Resolved"]


@on_sqlite
def test_one_time_column_decides_the_order_of_the_others(database: str) -> None:
    rows = [["A", "C-1", "Bug", "Done", "P", "", "3/4/2026 10:00", "3/21/2026 10:00"]]
    result = imported(comma_separated([JIRA, *rows]))
    assert problems([result]) == []
    assert [time for (time,) in stored("event", "occurred_at")] == [
        "2026-03-04T10:00:00+00:00",
        "2026-03-21T10:00:00+00:00",
    ]


@on_sqlite
def test_dates_that_decide_nothing_are_asked_about(database: str) -> None:
    rows = [["A", "C-1", "Bug", "Done", "P", "", "3/4/2026 10:00", "3/5/2026 10:00"]]
    assert set(problems([imported(comma_separated([JIRA, *rows]))])) == {"date-order-ambiguous"}
    imported(comma_separated([JIRA, *rows]), Options(date_order="dmy"))
    assert stored("event", "occurred_at")[0] == ("2026-04-03T10:00:00+00:00",)


@on_sqlite
def test_an_export_with_a_resolution_later_adds_that_alone(database: str) -> None:
    row = ["A", "C-1", "Bug", "Done", "High", "", "2026-03-04 10:00"]
    assert fates(imported(comma_separated([JIRA, [*row, ""], ["B", "C-2", *row[2:], ""]]))) == (2, 0, 0, 0, 0)
    later = imported(comma_separated([JIRA, [*row, "2026-03-05 10:00"], ["B", "C-2", *row[2:], ""]]))
    assert fates(later) == (1, 0, 1, 0, 0)


@on_sqlite
def test_a_priority_of_another_vocabulary_gives_no_severity(database: str) -> None:
    imported(comma_separated([JIRA, ["A", "C-1", "Bug", "Done", "Someday", "", "2026-03-04 10:00", ""]]))
    assert stored("crisis", "severity") == [(None,)]


SERVICENOW = ["number", "incident_state", "caller_id", "opened_at", "sys_updated_at", "closed_at"]


@on_sqlite
def test_a_closing_stands_for_a_resolution_that_is_no_column(database: str) -> None:
    imported(comma_separated([SERVICENOW, ["I1", "Closed", "Caller 1", "29-02-2016 01:16", "?", "01-03-2016 01:16"]]))
    assert stored("event", "milestone", "occurred_at") == [
        ("detected", "2016-02-29T01:16:00+00:00"),
        ("resolved", "2016-03-01T01:16:00+00:00"),
    ]


@on_sqlite
@pytest.mark.parametrize(
    "rows",
    [
        [JIRA, ["A", "C-1", "Bug", "Done", "High", "Marisoletta", "2026-03-04 10:00", ""]],
        [
            [*JIRA, "Comment"],
            ["A", "C-1", "Bug", "Done", "High", "", "2026-03-04 10:00", "", "04/Mar/26;Marisoletta;hm"],
        ],
        [SERVICENOW, ["I1", "Closed", "Marisoletta", "29-02-2016 01:16", "?", "?"]],
        [[*PAGERDUTY, "resolved_by_user_name"], ["Q1", 1, "A thread", "2026-03-02", "", 60, 3600, "Marisoletta"]],
    ],
)
def test_nobody_of_a_case_tool_is_stored_or_named(rows: list[list[object]], database: str) -> None:
    result = imported(comma_separated(rows))
    assert "column-dropped" in {i.code for i in result.issues}
    assert result.new == 1
    assert "Marisoletta" not in str(dump()) + str(result.as_dict())


@on_sqlite
def test_a_rejected_row_is_kept_without_its_people(database: str) -> None:
    result = imported(comma_separated([JIRA, ["A", "C-1", "Bug", "Done", "High", "Marisoletta", "never", ""]]))
    assert result.rejected == 1
    ((cells,),) = stored("rejected_row", "cells")
    assert cells == ["A", "C-1", "Bug", "Done", "High", None, "never", ""]
    assert "Marisoletta" not in str(dump())
