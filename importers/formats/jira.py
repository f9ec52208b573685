"""Jira issues: one row an issue, which is detected when it was created.

The issue key is the crisis's code, the summary its title, and the priority its severity: highest 4, high 3, medium 2,
low 1. Who reported, works on or watches an issue, its description and its comments are not kept.
"""

from __future__ import annotations

from data.enums import Milestone, Stream
from importers.formats.base import Column, Format
from importers.formats.cases import event_rows, moment_among, without_people
from importers.formats.readers import name, text

_TIMES = ("created_at", "resolved_at")
_SEVERITY = {
    "blocker": 4, "highest": 4, "critical": 4, "high": 3, "major": 3, "medium": 2, "minor": 2, "low": 1, "lowest": 1,
    "trivial": 1,
}  # fmt: skip

JIRA = Format(
    name="jira",
    title="Jira issues",
    stream=Stream.INCIDENTS,
    record="events",
    columns=(
        Column("crisis", name, names=("Issue key",), required=True),
        Column("crisis_title", text, names=("Summary",)),
        Column("priority", text, names=("Priority",)),
        Column("created_at", moment_among(*_TIMES), names=("Created",), required=True),
        Column("resolved_at", moment_among(*_TIMES), names=("Resolved",)),
    ),
    telling=("Summary", "Issue key", "Issue Type", "Status", "Created"),
    personal=(
        "Assignee", "Assignee Id", "Reporter", "Reporter Id", "Creator", "Creator Id", "Watchers", "Watchers Id",
        "Comment", "Description", "Attachment", "Log Work", "Project lead", "Project lead id",
    ),
    extract=without_people,
    expand=event_rows({"created": Milestone.DETECTED, "resolved": Milestone.RESOLVED}, _SEVERITY),
)  # fmt: skip
