"""PagerDuty incidents: one row an incident, its milestones in columns and durations.

Detected when it was created, acknowledged so many seconds later as the tool counted to the first acknowledgement.
Urgency high is severity 3, low is 2. Who acknowledged, resolved or was assigned is not kept.
"""

from __future__ import annotations

import pandas as pd

from data.enums import Milestone, Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.cases import event_rows, moment_among, without_people
from importers.formats.readers import between, name, text

_TIMES = ("created_at", "resolved_at")
#: Seconds, up to a hundred years.
_duration = between(0, 3_155_760_000)
_as_events = event_rows(
    {"created": Milestone.DETECTED, "acknowledged": Milestone.ACKNOWLEDGED, "resolved": Milestone.RESOLVED},
    {"high": 3, "low": 2},
)


def from_durations(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Date what the tool counts in seconds from the creation; a written time of resolution comes first."""
    filled = rows.assign(
        acknowledged_at=_later(rows, "seconds_to_first_ack"),
        acknowledged_on=pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]"),
    )
    resolved = _later(rows, "seconds_to_resolve")
    filled["resolved_at"] = rows["resolved_at"].fillna(resolved) if "resolved_at" in rows else resolved
    filled["resolved_on"] = rows.get("resolved_on", pd.NaT)
    return _as_events(filled, context)


def _later(rows: pd.DataFrame, seconds: str) -> pd.Series:
    """The moment so many seconds after a creation whose time of day is known."""
    return (rows["created_at"] + pd.to_timedelta(rows[seconds], unit="s")).where(rows["created_on"].isna())


PAGERDUTY = Format(
    name="pagerduty",
    title="PagerDuty incidents",
    stream=Stream.INCIDENTS,
    record="events",
    columns=(
        Column("crisis", name, names=("id",), required=True),
        Column("crisis_title", text, names=("description",)),
        Column("priority", text, names=("urgency",)),
        Column("created_at", moment_among(*_TIMES), names=("created_on", "created_at"), required=True),
        Column("resolved_at", moment_among(*_TIMES), names=("resolved_on", "resolved_at")),
        Column("seconds_to_first_ack", _duration, names=("seconds_to_first_ack",)),
        Column("seconds_to_resolve", _duration, names=("seconds_to_resolve",)),
    ),
    telling=("id", "incident_number", "seconds_to_first_ack", "seconds_to_resolve"),
    personal=(
        "acknowledged_by_user_ids", "acknowledged_by_user_names", "assigned_to_user_ids", "assigned_to_user_names",
        "resolved_by_user_id", "resolved_by_user_name",
    ),
    extract=without_people,
    expand=from_durations,
)  # fmt: skip
