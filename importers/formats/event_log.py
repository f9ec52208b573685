"""A status tool's event log: one row per update of an incident.

The earliest row of an incident is also its detection. Scheduled maintenance is no crisis and is skipped.
"""

from __future__ import annotations

import pandas as pd

from data.enums import Audience, Milestone, Stream
from importers.context import Context
from importers.formats.base import Column, Format
from importers.formats.readers import moment, name, text, word
from importers.sheet import Sheet
from importers.table import Raw, plain

#: The tool's status → our milestone.
MILESTONES = {
    "investigating": Milestone.ACKNOWLEDGED.value,
    "identified": Milestone.ASSESSED.value,
    "update": Milestone.UPDATE.value,
    "monitoring": Milestone.CONTAINED.value,
    "resolved": Milestone.RESOLVED.value,
}
_SEVERITY = {"none": 1, "minor": 2, "major": 3, "critical": 4}
_MAINTENANCE = "maintenance"


def without_maintenance(sheet: Sheet, header: int, layout: Format) -> Raw:
    """The plain table, all rows of a scheduled maintenance skipped."""
    raw = plain(sheet, header, layout)
    impact = raw.cells["impact"].map(lambda cell: str(cell).strip().casefold())
    maintained = raw.cells["crisis"].isin(set(raw.cells.loc[impact == _MAINTENANCE, "crisis"]))
    raw.skipped |= set(raw.cells.index[maintained])
    raw.cells = raw.cells[~maintained]
    return raw


def with_detection(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Say what the log implies: an update is told to the public, and the first row of an incident detects it."""
    public = rows["milestone"].eq(Milestone.UPDATE.value)
    severity = rows["impact"].str.casefold().map(_SEVERITY)
    told = rows.assign(audience=public.map({True: Audience.PUBLIC.value, False: None}), crisis_severity=severity)
    first = told.sort_values("occurred_at", kind="stable").drop_duplicates("crisis")
    return pd.concat([told, first.assign(milestone=Milestone.DETECTED.value, audience=None)])


EVENT_LOG = Format(
    name="event_log",
    title="an event log of a status tool",
    stream=Stream.INCIDENTS,
    record="events",
    columns=(
        Column("crisis", name, names=("incident_id",), required=True),
        Column("crisis_title", text, names=("title",)),
        Column("impact", text),
        Column("occurred_at", moment, names=("at",), required=True),
        Column("milestone", word(Milestone, MILESTONES), names=("status",), required=True),
        Column("description", text, names=("message",)),
    ),
    telling=("incident_id", "impact", "at", "status", "message"),
    extract=without_maintenance,
    expand=with_detection,
)
