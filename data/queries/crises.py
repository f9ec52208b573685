"""Reading crises and their timelines. A crisis that the viewer may not see does not exist here."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
from sqlmodel import Session, col, select

from data.access import Viewer, visible_crises
from data.queries.frames import DAY, UTC_TIME, day_start, frame
from data.settings import load
from data.tables import Crisis, Event

_CRISES = {
    "crisis_id": "int64",
    "code": "text",
    "title": "text",
    "category": "text",
    "severity": "float64",
    "platform": "text",
    "started_at": UTC_TIME,
    "started_on": DAY,
    "timezone": "text",
    "status": "text",
    "summary": "text",
    "topics": "object",
    "policy_section": "text",
}

_EVENTS = {
    "crisis_id": "int64",
    "event_id": "int64",
    "milestone": "text",
    "occurred_at": UTC_TIME,
    "occurred_on": DAY,
    "function": "text",
    "audience": "text",
    "platform": "text",
    "detected_by": "text",
    "description": "text",
}


def crises(session: Session, viewer: Viewer) -> pd.DataFrame:
    """All crises the viewer may see, in order of their codes.

    Returns
    -------
    DataFrame
        crisis_id, code, title, category, severity (1–4 or NaN), platform, started_at (UTC or NaT), started_on (NaT
        unless only the day is known), timezone (the company's where the crisis names none), status, summary, topics,
        policy_section.
    """
    names = ("id", *list(_CRISES)[1:])
    statement = select(*(getattr(Crisis, name) for name in names)).where(visible_crises(viewer)).order_by(Crisis.code)
    found = frame(session, statement, _CRISES)
    found["timezone"] = found["timezone"].fillna(load(session)["company.timezone"])
    return found


def any_crisis(session: Session, viewer: Viewer) -> bool:
    """Whether there is a crisis that the viewer may see."""
    return session.exec(select(Crisis.id).where(visible_crises(viewer)).limit(1)).first() is not None


def events(session: Session, viewer: Viewer, crisis_ids: list[int] | None = None) -> pd.DataFrame:
    """The timelines of these crises (default: all), oldest event first.

    Returns
    -------
    DataFrame
        crisis_id, event_id, milestone, earliest and latest (UTC; equal where the moment is known, else the first
        instant of the local day and of the next), date_only, function, audience, platform, detected_by, description.
    """
    columns = [Event.crisis_id, Event.id, *(getattr(Event, name) for name in list(_EVENTS)[2:])]
    statement = (
        select(*columns, Crisis.timezone)
        .join(Crisis, col(Crisis.id) == col(Event.crisis_id))
        .where(visible_crises(viewer))
        .order_by(col(Event.occurred_at), col(Event.id))
    )
    if crisis_ids is not None:
        statement = statement.where(col(Event.crisis_id).in_(crisis_ids))
    found = frame(session, statement, _EVENTS | {"timezone": "text"})
    found["date_only"] = found["occurred_on"].notna()
    found["earliest"] = found["latest"] = found["occurred_at"]
    days = found[found["date_only"]]
    bounds = [_bounds(on, zone) for on, zone in zip(days["occurred_on"], _zones(session, days), strict=True)]
    for name, told in zip(("earliest", "latest"), zip(*bounds, strict=True), strict=False):
        found.loc[days.index, name] = pd.Series(told, index=days.index, dtype=UTC_TIME)
    ordered = ["crisis_id", "event_id", "milestone", "earliest", "latest", "date_only"]
    return found[ordered + list(_EVENTS)[5:]]


def _zones(session: Session, found: pd.DataFrame) -> pd.Series:
    return found["timezone"].fillna(load(session)["company.timezone"])


def _bounds(on: datetime, zone: str) -> tuple[datetime, datetime]:
    """The first instant of a local day and of the next."""
    day = on.date()
    return day_start(day, zone), day_start(day + timedelta(days=1), zone)
