"""ServiceNow incidents: a case stands in as many rows as it had updates, and each says when it was opened.

A case is detected when it was opened. The tool closes cases by itself some days after they were resolved: that is no
review, so a closing counts only where a case has no time of resolution, and then as one. Priority 1 is severity 4,
the last priority of a case counts. Callers, and who opened, works on or resolved a case, are not kept.
"""

from __future__ import annotations

import pandas as pd

from data.enums import Milestone, Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.cases import event_rows, moment_among, without_people
from importers.formats.readers import name, text
from importers.values.column import is_missing

_TIMES = ("opened_at", "resolved_at", "closed_at")
_SEVERITY = {
    "1 - critical": 4, "2 - high": 3, "3 - moderate": 2, "4 - low": 1, "5 - planning": 1,
    "1": 4, "2": 3, "3": 2, "4": 1, "5": 1, "critical": 4, "high": 3, "moderate": 2, "low": 1, "planning": 1,
}  # fmt: skip
_as_events = event_rows({"opened": Milestone.DETECTED, "resolved": Milestone.RESOLVED}, _SEVERITY)


def one_case_a_number(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Say of each row of a case what the rows of that case together say."""
    filled = rows.copy()
    case = filled["crisis"]
    for field in ("crisis_title", "priority"):
        if field in filled:
            said = filled[field].map(lambda cell: None if cell is None or is_missing(cell) else cell)
            filled[field] = said.groupby(case).transform("last")
    if "closed_at" in filled:
        if "resolved_at" not in filled:
            return _as_events(filled.rename(columns={"closed_at": "resolved_at", "closed_on": "resolved_on"}), context)
        unresolved = filled["resolved_at"].isna().groupby(case).transform("all")
        for half in ("at", "on"):
            filled[f"resolved_{half}"] = filled[f"resolved_{half}"].where(~unresolved, filled[f"closed_{half}"])
    return _as_events(filled, context)


SERVICENOW = Format(
    name="servicenow",
    title="ServiceNow incidents",
    stream=Stream.INCIDENTS,
    record="events",
    columns=(
        Column("crisis", name, names=("number",), required=True),
        Column("crisis_title", text, names=("short_description",)),
        Column("priority", text, names=("priority",)),
        Column("opened_at", moment_among(*_TIMES), names=("opened_at",), required=True),
        Column("resolved_at", moment_among(*_TIMES), names=("resolved_at",)),
        Column("closed_at", moment_among(*_TIMES), names=("closed_at",)),
    ),
    telling=("number", "incident_state", "opened_at", "sys_updated_at"),
    personal=(
        "caller_id", "opened_by", "sys_created_by", "sys_updated_by", "assigned_to", "resolved_by", "closed_by",
        "description", "comments", "work_notes", "close_notes",
    ),
    extract=without_people,
    expand=one_case_a_number,
)  # fmt: skip
