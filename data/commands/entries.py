"""What a person may enter by hand, checked before it is stored, with words for what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from data.enums import Audience, CrisisStatus, Detector, Milestone
from data.queries.frames import day_start

EARLIEST = dt.date(1990, 1, 1)


class HandRefused(ValueError):
    """What was entered by hand cannot be stored; the message says why."""


def blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
MaybeLine = Annotated[Line | None, BeforeValidator(blank_is_none)]
MaybeText = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)] | None, BeforeValidator(blank_is_none)
]


class EventEntry(BaseModel):
    """One dated entry of a timeline. Where only the day is known, `occurred_on` is set and `occurred_at` its start."""

    model_config = ConfigDict(extra="forbid")

    occurred_at: dt.datetime
    occurred_on: dt.date | None = None
    milestone: Milestone
    function: MaybeLine = None
    audience: Annotated[Audience | None, BeforeValidator(blank_is_none)] = None
    platform: MaybeLine = None
    detected_by: Annotated[Detector | None, BeforeValidator(blank_is_none)] = None
    description: MaybeText = None


class CrisisEntry(BaseModel):
    """What is said of a crisis itself."""

    model_config = ConfigDict(extra="forbid")

    title: Line
    category: MaybeLine = None
    policy_section: MaybeLine = None
    severity: Annotated[Annotated[int, Field(ge=1, le=4)] | None, BeforeValidator(blank_is_none)] = None
    platform: MaybeLine = None
    started_at: dt.datetime | None = None
    started_on: dt.date | None = None
    timezone: MaybeLine = None
    status: CrisisStatus = CrisisStatus.OPEN
    summary: MaybeText = None
    topics: list[Line] = []

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in available_timezones():
            raise ValueError("zone")
        return zone


class CounselEntry(BaseModel):
    """What Legal says of a crisis: its privilege banner, its legal hold, and whether Legal countersigns its review."""

    model_config = ConfigDict(extra="forbid")

    privilege_banner: MaybeLine = None
    legal_hold: bool = False
    countersign: bool = False


class MarkerEntry(BaseModel):
    """A dated note for every time axis."""

    model_config = ConfigDict(extra="forbid")

    happened_on: dt.date
    title: Line


#: Field → what a person calls it.
LABELS = {
    "occurred_at": "Time", "occurred_on": "Day", "milestone": "Milestone", "function": "Function",
    "audience": "Audience", "platform": "Platform", "detected_by": "Detected by", "description": "Description",
    "title": "Title", "category": "Category", "severity": "Severity", "started_at": "Start", "started_on": "Start day",
    "timezone": "Time zone", "status": "Status", "summary": "Summary", "topics": "Topics",
    "restricted_to": "Restricted to", "happened_on": "Day", "privilege_banner": "Privilege banner",
    "legal_hold": "Legal hold", "countersign": "Countersignature of Legal", "policy_section": "Policy section",
    "observation": "Observation", "discussion": "Discussion", "conclusion": "Conclusion", "kind": "Kind",
    "recommendation": "Recommendation", "confidence": "Confidence", "evidence": "Evidence", "crisis": "Crisis",
    "counter_evidence": "Counter-evidence", "gap": "Gap", "metrics": "Metrics", "events": "Events", "tags": "Tags",
    "share_safe": "Summary for employees", "observed_on": "Observed on", "learned_on": "Learned on",
    "reviewed_summary": "Reviewed summary", "section": "Section", "step": "Step", "origin": "Origin",
    "element": "Element", "root_cause": "Root cause", "corrective_action": "Corrective action",
    "responsible_function": "Responsible function", "contact": "Contact", "opened_on": "Opened", "start_on": "Start",
    "due_on": "Due", "completed_on": "Completed", "metric": "Metric", "target": "Target",
    "owner": "Owner", "check_step": "Step", "check_metric": "Metric", "check_target": "Target",
}  # fmt: skip
_WRONG = {
    "severity": "is a whole number from 1 to 4", "timezone": "is a zone such as Europe/Lisbon",
    "milestone": "is one of " + ", ".join(Milestone), "audience": "is one of " + ", ".join(Audience),
    "detected_by": "is one of " + ", ".join(Detector), "status": "is one of " + ", ".join(CrisisStatus),
    "legal_hold": "is yes or no", "countersign": "is yes or no",
    "happened_on": "is a day such as 2026-03-31",
}  # fmt: skip


def event(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an event as they are stored.

    Raises
    ------
    HandRefused
        If something is missing or cannot be.
    """
    return checked(EventEntry, values)


def crisis(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a crisis as they are stored; raises like `event`."""
    return checked(CrisisEntry, values)


def counsel(values: Mapping[str, Any]) -> dict[str, Any]:
    """What Legal says of a crisis, as it is stored; raises like `event`."""
    return checked(CounselEntry, values)


def marker(values: Mapping[str, Any], *, today: dt.date) -> dict[str, Any]:
    """The values of a context marker as they are stored; raises like `event`, and where it lies before 1990 or ahead."""
    said = checked(MarkerEntry, values)
    _refuse_elsewhere(said["happened_on"], today)
    return said


def checked(
    model: type[BaseModel],
    values: Mapping[str, Any],
    wrong_words: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The values as the model takes them; raises like `event`. `wrong_words` says of its own fields what they are, and
    `labels` what they are called.
    """
    try:
        return model.model_validate(dict(values)).model_dump()
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        raise HandRefused(_told(first, _WRONG | dict(wrong_words or {}), LABELS | dict(labels or {}))) from None


def _told(error: Any, wrong: Mapping[str, str], labels: Mapping[str, str]) -> str:
    field = str(error["loc"][0]) if error["loc"] else ""
    label = labels.get(field, field)
    if error["type"] == "extra_forbidden":
        return f"“{field}” is not a field that can be entered."
    if error["type"] in {"missing", "string_too_short"} or error.get("input") is None:
        return f"{label} is missing."
    if error["type"] == "string_too_long":
        return f"{label} has at most {error['ctx']['max_length']:,} characters."
    return f"{label} {wrong.get(field, 'cannot be read')}."


def when(text: str, zone: str, *, today: dt.date) -> tuple[dt.datetime, dt.date | None]:
    """A time as a person writes it: the moment in UTC, and the day where only that is known.

    Parameters
    ----------
    text : str
        ``2026-03-02``, ``2026-03-02 09:15`` in `zone`, or with an offset of its own, ``2026-03-02 09:15+01:00``.
    today : date
        One day later is the latest that is taken, 1990 the earliest.

    Raises
    ------
    HandRefused
        If it cannot be read, lies elsewhere, or names a time that a clock change skips or repeats.
    """
    given = text.strip()
    try:
        day = dt.date.fromisoformat(given) if len(given) <= 10 else None
        moment = dt.datetime.fromisoformat(given)
    except ValueError:
        raise HandRefused(
            f"“{given}” is not a time. Write it as 2026-03-31 14:05, or 2026-03-31 for the day."
        ) from None
    _refuse_elsewhere(moment.date(), today)
    if day is not None:
        return day_start(day, zone), day
    return (moment if moment.tzinfo else _local(moment, zone)).astimezone(dt.UTC), None


def _refuse_elsewhere(day: dt.date, today: dt.date) -> None:
    if not EARLIEST <= day <= today + dt.timedelta(days=1):
        raise HandRefused(f"{day.isoformat()} lies before 1990 or after tomorrow.")


def _local(moment: dt.datetime, zone: str) -> dt.datetime:
    """The moment on the clocks of a zone."""
    first, second = (moment.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    skipped = first.astimezone(dt.UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != moment
    what = "did not exist" if skipped else "happened twice"
    raise HandRefused(
        f"{moment:%Y-%m-%d %H:%M} {what} in {zone}: clocks changed. Add the offset, such as {moment:%H:%M}+02:00."
    )
